/* SPDX-License-Identifier: Apache-2.0
 *
 * Questions to the engine (engine.h): each by a connection of its own that only reads, taken from
 * those that are idle, so nobody waits for whoever writes. */
#include "durable/journal.h"
#include "durable/moving.h"

#include "base/text.h"
#include "engine/docket.h"
#include "engine/hearing.h"
#include "engine/past.h"
#include "judge/answers_file.h"

/* ---- readers ---- */

static gjr_store *reader_take(gj_engine *engine, gj_status *status)
{
    gjr_store *reader = NULL;
    pthread_mutex_lock(&engine->gate);
    if (engine->reader_count > 0) {
        reader = engine->readers[--engine->reader_count];
    }
    pthread_mutex_unlock(&engine->gate);
    *status = GJ_OK;
    if (reader != NULL) {
        return reader;
    }
    reader = gjb_alloc_create(engine->allocator, 1, sizeof *reader);
    if (reader == NULL) {
        *status = gjr_engine_fail_store(engine, NULL, GJ_NO_MEMORY);
        return NULL;
    }
    *status = gjr_engine_store_open(engine, reader, true);
    if (*status != GJ_OK) {
        gjr_store_deinit(reader);
        gjb_alloc_destroy(engine->allocator, reader, 1, sizeof *reader);
        return NULL;
    }
    return reader;
}

/* Idle again, unless there are enough of those. */
static void reader_give(gj_engine *engine, gjr_store *reader)
{
    gjr_store_clear(reader);
    pthread_mutex_lock(&engine->gate);
    bool kept = engine->reader_count < GJR_READERS_MAX;
    if (kept) {
        engine->readers[engine->reader_count++] = reader;
    }
    pthread_mutex_unlock(&engine->gate);
    if (!kept) {
        gjr_store_deinit(reader);
        gjb_alloc_destroy(engine->allocator, reader, 1, sizeof *reader);
    }
}

/* ---- which case ---- */

bool gjr_asked_init(gjr_asked *with, gj_engine *engine, gj_status *status)
{
    *with = (gjr_asked){.engine = engine, .reader = reader_take(engine, status)};
    gjb_arena_init(&with->arena, engine->allocator);
    *status = with->reader == NULL ? *status : gjr_rule_sets_refresh(engine, with->reader);
    return with->reader != NULL && *status == GJ_OK;
}

void gjr_asked_note(const gjr_asked *with, gj_status status)
{
    if (with->reader == NULL || status == GJ_OK) {
        return;
    }
    gjr_store_blame(with->reader, GJR_DAMAGE_TEXT);
    if (status != GJ_UNKNOWN) {
        gjr_engine_fail_store(with->engine, with->reader, status);
    } else if (with->is_of_procedure) {
        gjr_engine_fail_name(with->engine, GJR_FAILURE_CASE, with->id);
    } else {
        gjr_engine_fail(with->engine, GJR_FAILURE_PROCEDURE, NULL, NULL);
    }
}

void gjr_asked_deinit(gjr_asked *with)
{
    gjb_arena_deinit(&with->arena);
    if (with->reader != NULL) {
        reader_give(with->engine, with->reader);
    }
}

gj_status gjr_asked_damaged(gjr_asked *with, const char *en, const char *zh)
{
    gjr_store_fail_damaged(with->reader, en, zh, with->id);
    return GJ_IO;
}

gj_status gjr_asked_find(gjr_asked *with, gj_text procedure, gj_text id)
{
    with->id = id;
    const gjr_rule_set *any = gjr_rule_set_find(with->engine, procedure);
    gjr_statement *row = any == NULL ? NULL : gjr_store_ask(with->reader, GJR_QUERY_CASE_BY_ID);
    if (any == NULL) {
        return GJ_UNKNOWN;
    }
    with->is_of_procedure = true;
    if (row == NULL) {
        return with->reader->status;
    }
    gjr_statement_bind_text(row, 1, id);
    gjr_statement_bind_text(row, 2, any->procedure);
    bool there = gjr_store_row(with->reader, row);
    if (there) {
        with->number = gjr_statement_int(row, 0);
        with->latest = gjr_statement_int(row, 2);
        with->rules = gjr_rule_set_get(with->engine, gjr_statement_int(row, 1));
        with->opened = gjr_rule_set_get(with->engine, gjr_statement_int(row, 8));
        with->answers = gjb_arena_text(&with->arena, gjr_statement_text(row, 6));
    }
    gjr_store_done(row);
    if (with->reader->status != GJ_OK ||
        (there && with->answers.bytes == NULL && with->arena.failed)) {
        return with->reader->status != GJ_OK ? with->reader->status : GJ_NO_MEMORY;
    }
    if (there && (with->rules == NULL || with->opened == NULL)) {
        return gjr_asked_damaged(with, GJR_DAMAGE_RULES);
    }
    return there ? GJ_OK : GJ_UNKNOWN;
}

/* ---- a case ---- */

typedef struct seeing {
    const gj_case_question *question;
    gj_rule_set rules;
    gj_coverage *coverage;
    gjr_succession by; /* to the rules that are supposed instead, where: */
    bool moves;
    bool seen;
} seeing;

static bool case_see(void *payload, const gj_case_result *result)
{
    seeing *with = payload;
    with->question->on_case(with->question->payload, &with->rules, with->coverage, result);
    with->seen = true;
    return true;
}

gjr_journal gjr_asked_journal(const gjr_asked *with)
{
    return (gjr_journal){with->reader, with->number, with->latest, with->id};
}

static gj_status docket_tell(void *payload, const gj_event *event)
{
    gj_added added;
    return gj_docket_add(payload, event, &added);
}

static gj_status docket_fill(gjr_asked *with, gj_docket *docket)
{
    gjr_journal journal = gjr_asked_journal(with);
    gjb_buffer lines;
    gjb_buffer_init(&lines, with->engine->allocator);
    gj_status status = gjr_journal_read(&journal, &lines);
    if (status == GJ_OK && with->answers.size > 0) {
        status = gj_docket_answers_read(docket, with->answers.bytes, with->answers.size);
        status = status == GJ_REFUSED ? gjr_asked_damaged(with, GJR_DAMAGE_ANSWERS) : status;
    }
    status = status == GJ_OK
                 ? gjr_journal_tell(&journal, gjb_buffer_text(&lines), docket, docket_tell)
                 : status;
    gjb_buffer_deinit(&lines);
    return status;
}

static const gj_judge *judge_of(const gjr_asked *with, const seeing *see)
{
    return see->question->instead != NULL ? see->question->instead : with->rules->judge;
}

/* The versions through which it would come to those rules, which are not its own: at that instant,
 * where they say how cases of its version go on. */
static gj_status supposed_add(gjr_asked *with, seeing *see, gj_instant at, gj_docket *docket)
{
    const gj_judge *was = gjr_rule_set_recounted(with->engine, with->rules)->judge;
    gj_status status = gjr_moving_suppose(with->engine, with->rules, was, see->question->instead,
                                          &see->by, &see->moves);
    with->answers = (gj_text){NULL, 0};
    if (status == GJ_OK && see->moves) {
        status = gjr_rule_set_add_past(with->engine, with->opened, with->rules, docket);
        status = status == GJ_OK ? gjr_docket_add_past(docket, was, &see->by, at) : status;
    }
    return status;
}

static gj_status case_judge(gjr_asked *with, seeing *see)
{
    gj_docket *docket = NULL;
    gj_instant until = see->question->until;
    gj_docket_judging judging = {.size = sizeof judging,
                                 .until = until == GJ_NEVER ? gjr_engine_now(with->engine) : until,
                                 .with_steps = true,
                                 .with_state = true,
                                 .with_accounts = true,
                                 .coverage = see->coverage,
                                 .payload = see,
                                 .on_case = case_see};
    gj_status status = gj_docket_create(judge_of(with, see), &docket);
    if (status == GJ_OK) {
        status = see->question->instead != NULL
                     ? supposed_add(with, see, judging.until, docket)
                     : gjr_rule_set_add_past(with->engine, with->opened, with->rules, docket);
    }
    status = status == GJ_OK ? docket_fill(with, docket) : status;
    status = status == GJ_OK ? gj_docket_judge(docket, &judging) : status;
    gj_docket_destroy(docket);
    if (see->moves) {
        gjr_succession_deinit(&see->by);
    }
    return status;
}

gj_status gj_engine_judge(gj_engine *engine, const gj_case_question *question)
{
    gjr_asked with;
    gj_status status;
    seeing see = {.question = question};
    if (engine == NULL || question == NULL || question->size < sizeof *question ||
        question->on_case == NULL) {
        return gjr_engine_misused(engine);
    }
    if (gjr_asked_init(&with, engine, &status)) {
        status = gjr_asked_find(&with, question->procedure, question->case_id);
    }
    if (status == GJ_OK) {
        with.rules = gjr_rule_set_at(engine, with.opened, with.rules, question->until);
        see.rules = gjr_rule_set_told(engine, with.rules);
        status = gj_coverage_create(judge_of(&with, &see), &see.coverage);
    }
    status = status == GJ_OK ? case_judge(&with, &see) : status;
    if (status != GJ_REFUSED) { /* of what is supposed: that is noted already */
        gjr_asked_note(&with, status);
    }
    gj_coverage_destroy(see.coverage);
    gjr_asked_deinit(&with);
    if (status == GJ_OK && !see.seen) {
        gjr_engine_fail_name(engine, GJR_FAILURE_CASE, question->case_id);
        status = GJ_UNKNOWN;
    }
    return status;
}

typedef struct plain {
    void *payload;
    void (*on_case)(void *payload, const gj_judge *judge, const gj_case_result *result);
} plain;

static void plain_tell(void *payload, const gj_rule_set *rules, const gj_coverage *coverage,
                       const gj_case_result *result)
{
    const plain *with = payload;
    (void)coverage;
    with->on_case(with->payload, rules->judge, result);
}

gj_status gj_engine_case(gj_engine *engine, gj_text procedure, gj_text case_id, void *payload,
                         void (*on_case)(void *payload, const gj_judge *judge,
                                         const gj_case_result *result))
{
    plain with = {payload, on_case};
    gj_case_question question = {.size = sizeof question,
                                 .procedure = procedure,
                                 .case_id = case_id,
                                 .until = GJ_NEVER,
                                 .payload = &with,
                                 .on_case = plain_tell};
    return on_case == NULL ? gjr_engine_misused(engine) : gj_engine_judge(engine, &question);
}

/* ---- listings ---- */

/* Which question, and whether it is about one case. */
static bool query_of(gj_listing listing, bool of_case, gjr_query *query)
{
    switch (listing) {
    case GJ_LIST_FINDINGS:
    case GJ_LIST_WITHDRAWN:
        *query = of_case ? GJR_QUERY_FINDINGS_OF_CASE : GJR_QUERY_FINDINGS;
        return true;
    case GJ_LIST_REVISIONS:
        *query = GJR_QUERY_REVISIONS_OF_CASE;
        return of_case;
    case GJ_LIST_EVENTS:
        *query = GJR_QUERY_EVENTS_TO;
        return of_case;
    case GJ_LIST_CONFLICTS:
        *query = GJR_QUERY_CONFLICTS;
        return !of_case;
    }
    return false;
}

static bool is_listed(gj_listing listing, gjr_statement *row)
{
    bool findings = listing == GJ_LIST_FINDINGS || listing == GJ_LIST_WITHDRAWN;
    bool withdrawn = findings && gjr_statement_int(row, 1) == GJ_WITHDRAWN;
    return !findings || withdrawn == (listing == GJ_LIST_WITHDRAWN);
}

static gj_status items_list(gjr_asked *with, gjr_query query, gj_listing listing, void *payload,
                            bool (*on_item)(void *payload, gj_text json))
{
    gjr_statement *rows = gjr_store_ask(with->reader, query);
    bool goes_on = rows != NULL;
    if (rows != NULL && with->number != 0) {
        gjr_statement_bind_int(rows, 1, listing == GJ_LIST_EVENTS ? with->latest : with->number);
    }
    while (goes_on && gjr_store_row(with->reader, rows)) {
        goes_on = !is_listed(listing, rows) || on_item(payload, gjr_statement_text(rows, 0));
    }
    gjr_store_done(rows);
    return with->reader->status;
}

gj_status gj_engine_list(gj_engine *engine, gj_listing listing, gj_text procedure, gj_text case_id,
                         void *payload, bool (*on_item)(void *payload, gj_text json))
{
    gjr_asked with;
    gj_status status;
    gjr_query query;
    bool of_case = case_id.size > 0;
    if (engine == NULL || on_item == NULL || !query_of(listing, of_case, &query)) {
        return gjr_engine_misused(engine);
    }
    if (gjr_asked_init(&with, engine, &status)) {
        status = of_case ? gjr_asked_find(&with, procedure, case_id) : GJ_OK;
        status = status == GJ_OK ? items_list(&with, query, listing, payload, on_item) : status;
        gjr_asked_note(&with, status);
    }
    gjr_asked_deinit(&with);
    return status;
}

uint64_t gj_engine_case_count(gj_engine *engine)
{
    gjr_asked with;
    gj_status status;
    uint64_t count = 0;
    if (engine == NULL) {
        return 0;
    }
    if (gjr_asked_init(&with, engine, &status)) {
        gjr_statement *row = gjr_store_ask(with.reader, GJR_QUERY_CASE_COUNT);
        if (gjr_store_row(with.reader, row)) {
            count = (uint64_t)gjr_statement_int(row, 0);
        }
        gjr_store_done(row);
    }
    gjr_asked_deinit(&with);
    return count;
}
