/* SPDX-License-Identifier: Apache-2.0
 *
 * Rule sets (engine.h): each procedure as it was deployed, with the calendars that came with it,
 * kept for as long as the store is, since cases stay with the one they opened under. */
#include "durable/engine.h"

#include "base/text.h"
#include "durable/moving.h"
#include "durable/rule_sets.h"
#include "durable/trust.h"
#include "engine/recount.h"

#include <string.h>

enum { WORDS_SIZE = 240 };

void gjr_rule_set_destroy(const gj_engine *engine, gjr_rule_set *rules)
{
    gjr_sitting_deinit(&rules->sitting);
    size_t count = rules->from == NULL ? 0 : rules->judge->rows->migration_count;
    for (size_t i = 0; i < count; i++) {
        gjr_succession_deinit(&rules->from[i]);
    }
    gjb_alloc_destroy(engine->allocator, rules->from, count, sizeof *rules->from);
    gj_judge_destroy(rules->judge);
    for (size_t i = 0; i < rules->calendar_count; i++) {
        gj_calendar_destroy(rules->calendars[i]);
    }
    gjb_alloc_destroy(engine->allocator, rules->calendars, rules->calendar_count,
                      sizeof(gj_calendar *));
    gj_image_destroy(rules->image);
    gjb_alloc_destroy(engine->allocator, rules, 1, sizeof *rules);
}

void gjr_rule_sets_destroy(gj_engine *engine)
{
    while (engine->rules != NULL) {
        gjr_rule_set *next = engine->rules->next;
        gjr_rule_set_destroy(engine, engine->rules);
        engine->rules = next;
    }
}

/* ---- making one ---- */

/* A claim of the verifier, in words; they are cut where there is no room. */
typedef struct words {
    char bytes[WORDS_SIZE];
    size_t size;
    bool is_full;
} words;

static bool words_write(void *payload, const char *bytes, size_t size)
{
    words *to = payload;
    size_t room = to->is_full ? 0 : sizeof to->bytes - 1 - to->size;
    size_t taken = gjb_text_cut((gj_text){bytes, size}, room);
    memcpy(to->bytes + to->size, bytes, taken);
    to->size += taken;
    to->is_full = to->is_full || taken < size;
    return true;
}

/* Notes why an image, or a calendar, was refused; returns the status. */
static gj_status refusal_note(gj_engine *engine, gjr_failure_kind kind, gj_status status,
                              const gj_refusal *why)
{
    words said[2] = {{.size = 0}};
    for (int lang = GJ_EN; lang <= GJ_ZH && status == GJ_REFUSED; lang++) {
        gj_writer out = {&said[lang], words_write};
        gj_refusal_print(why, (gj_lang)lang, &out);
    }
    if (status == GJ_REFUSED) {
        gjr_engine_fail(engine, kind, said[GJ_EN].bytes, said[GJ_ZH].bytes);
    } else if (status != GJ_OK) {
        gjr_engine_fail(engine, GJR_FAILURE_MEMORY, NULL, NULL);
    }
    return status;
}

gj_status gjr_rule_sets_image_load(gj_engine *engine, gj_bytes bytes, gj_image **image)
{
    gj_refusal why;
    gj_status status = gj_image_load(engine->allocator, bytes.bytes, bytes.size, image, &why);
    return refusal_note(engine, GJR_FAILURE_IMAGE, status, &why);
}

static gj_status calendars_load(gj_engine *engine, const gj_bytes *bytes, size_t count,
                                gjr_rule_set *rules)
{
    gj_status status = GJ_OK;
    rules->calendars = gjb_alloc_create(engine->allocator, count, sizeof(gj_calendar *));
    if (rules->calendars == NULL && count > 0) {
        return gjr_engine_fail_store(engine, NULL, GJ_NO_MEMORY);
    }
    rules->calendar_count = count;
    for (size_t i = 0; i < count && status == GJ_OK; i++) {
        gj_refusal why;
        status = gj_calendar_load(engine->allocator, bytes[i].bytes, bytes[i].size,
                                  &rules->calendars[i], &why);
        refusal_note(engine, GJR_FAILURE_CALENDAR, status, &why);
    }
    return status;
}

/* Notes why no judge can be made of a procedure; returns the status. */
static gj_status judge_note(gj_engine *engine, gj_text procedure, gj_status status)
{
    switch (status) {
    case GJ_OK:
        break;
    case GJ_UNBOUND:
        gjr_engine_fail_name(engine, GJR_FAILURE_UNBOUND, procedure);
        break;
    case GJ_OTHER_ZONE:
        gjr_engine_fail_name(engine, GJR_FAILURE_ZONE, procedure);
        break;
    case GJ_UNGRANTED:
        gjr_engine_fail_name(engine, GJR_FAILURE_UNGRANTED, procedure);
        break;
    case GJ_OVER_LIMIT:
        gjr_engine_fail_name(engine, GJR_FAILURE_LIMIT, procedure);
        break;
    case GJ_DONE:
    case GJ_MALFORMED:
    case GJ_REFUSED:
    case GJ_UNKNOWN:
    case GJ_IO:
    case GJ_NO_MEMORY:
    case GJ_BAD_ARGUMENT:
        gjr_engine_fail_store(engine, &engine->store, status);
    }
    return status;
}

static gj_status judge_make(gj_engine *engine, gj_text procedure, gjr_rule_set *rules)
{
    size_t index = gj_image_procedure_find(rules->image, procedure);
    if (index == GJ_NO_INDEX) {
        return gjr_engine_fail_store(engine, &engine->store, GJ_IO);
    }
    gj_judge_options options = {.size = sizeof options,
                                .allocator = engine->allocator,
                                .image = rules->image,
                                .procedure = procedure,
                                .calendars =
                                    (const gj_calendar *const *)(const void *)rules->calendars,
                                .calendar_count = rules->calendar_count,
                                .natives = engine->options.natives};
    rules->procedure = gj_image_procedure_name(rules->image, index);
    rules->title = gj_image_procedure_title(rules->image, index);
    rules->version = gj_image_procedure_version(rules->image, index);
    rules->unit = gj_image_procedure_identity(rules->image, index);
    gj_status status = gj_judge_create(&options, &rules->judge);
    status = status == GJ_OK ? gjr_sitting_init(&rules->sitting, rules->judge) : status;
    return judge_note(engine, rules->title, status);
}

gj_status gjr_rule_set_make(gj_engine *engine, gj_bytes image, gj_text procedure,
                            const gj_bytes *calendars, size_t calendar_count, gjr_rule_set **made)
{
    gjr_rule_set *rules = gjb_alloc_create(engine->allocator, 1, sizeof *rules);
    *made = NULL;
    if (rules == NULL) {
        return gjr_engine_fail_store(engine, NULL, GJ_NO_MEMORY);
    }
    gj_status status = gjr_rule_sets_image_load(engine, image, &rules->image);
    status = status == GJ_OK ? calendars_load(engine, calendars, calendar_count, rules) : status;
    status = status == GJ_OK ? judge_make(engine, procedure, rules) : status;
    if (status != GJ_OK) {
        gjr_rule_set_destroy(engine, rules);
        return status;
    }
    *made = rules;
    return GJ_OK;
}

/* With the gate locked: in force, of that procedure. */
static gjr_rule_set *in_force_find(gj_engine *engine, gj_text procedure)
{
    gjr_rule_set *i = engine->rules;
    while (i != NULL && !(i->replaced_by == NULL && gjb_text_equal(i->procedure, procedure))) {
        i = i->next;
    }
    return i;
}

/* An older version than the one in force is there for its cases alone. */
void gjr_rule_set_put(gj_engine *engine, gjr_rule_set *rules)
{
    pthread_mutex_lock(&engine->gate);
    gjr_rule_set *in_force = in_force_find(engine, rules->procedure);
    if (in_force != NULL && in_force->version > rules->version) {
        rules->replaced_by = in_force;
    } else if (in_force != NULL) {
        in_force->replaced_by = rules;
    }
    for (gjr_rule_set *i = engine->rules; i != NULL; i = i->next) {
        if (gjr_moving_is_from(i, rules)) {
            i->moved_to = rules;
            i->succession = gjr_moving_succession(i, rules);
        }
        if (gjr_live_may_recount(i->judge, rules->judge)) {
            i->recounted = rules;
        }
    }
    if (engine->rules == NULL) {
        engine->rules = rules;
    } else {
        engine->rules_last->next = rules;
    }
    engine->rules_last = rules;
    pthread_mutex_unlock(&engine->gate);
}

/* ---- finding ---- */

gjr_rule_set *gjr_rule_set_get(gj_engine *engine, int64_t number)
{
    pthread_mutex_lock(&engine->gate);
    gjr_rule_set *rules = engine->rules;
    while (rules != NULL && rules->number != number) {
        rules = rules->next;
    }
    pthread_mutex_unlock(&engine->gate);
    return rules;
}

gjr_rule_set *gjr_rule_set_find(gj_engine *engine, gj_text procedure)
{
    gjr_rule_set *found = NULL;
    size_t count = 0;
    pthread_mutex_lock(&engine->gate);
    for (gjr_rule_set *i = engine->rules; i != NULL; i = i->next) {
        bool called = procedure.size == 0 || gjb_text_equal(i->procedure, procedure) ||
                      gjb_text_equal(i->title, procedure);
        if (i->replaced_by == NULL && called) {
            found = i;
            count++;
        }
    }
    pthread_mutex_unlock(&engine->gate);
    return count == 1 ? found : NULL;
}

bool gjr_rule_set_was_in_force(gj_engine *engine, const gjr_rule_set *rules, int64_t deployed)
{
    const gjr_rule_set *last = NULL;
    pthread_mutex_lock(&engine->gate);
    for (const gjr_rule_set *i = engine->rules; i != NULL && i->number <= deployed; i = i->next) {
        bool newer = last == NULL || i->version >= last->version;
        last = newer && gjb_text_equal(i->procedure, rules->procedure) ? i : last;
    }
    pthread_mutex_unlock(&engine->gate);
    return last == rules ||
           (last != NULL && strcmp(last->unit, rules->unit) == 0 && last->number < rules->number);
}

gjr_rule_set *gjr_rule_set_recounted(gj_engine *engine, gjr_rule_set *rules)
{
    pthread_mutex_lock(&engine->gate);
    gjr_rule_set *latest = rules->recounted != NULL ? rules->recounted : rules;
    pthread_mutex_unlock(&engine->gate);
    return latest;
}

static bool is_of_unit(const gjr_rule_set *a, const gjr_rule_set *b)
{
    return strcmp(a->unit, b->unit) == 0;
}

gjr_rule_set *gjr_rule_set_moved_to(gj_engine *engine, const gjr_rule_set *rules)
{
    pthread_mutex_lock(&engine->gate);
    gjr_rule_set *to = rules->moved_to;
    pthread_mutex_unlock(&engine->gate);
    return to;
}

gjr_rule_set *gjr_rule_set_at(gj_engine *engine, gjr_rule_set *opened, gjr_rule_set *now,
                              gj_instant at)
{
    gjr_rule_set *found = opened, *to;
    while (!is_of_unit(found, now) && (to = gjr_rule_set_moved_to(engine, found)) != NULL &&
           to->moves_at <= at) {
        found = to;
    }
    return is_of_unit(found, now) ? now : gjr_rule_set_recounted(engine, found);
}

bool gjr_rule_set_is_known(gj_engine *engine, gj_text procedure)
{
    pthread_mutex_lock(&engine->gate);
    const gjr_rule_set *i = engine->rules;
    while (i != NULL && !gjb_text_equal(i->procedure, procedure) &&
           !gjb_text_equal(i->title, procedure)) {
        i = i->next;
    }
    pthread_mutex_unlock(&engine->gate);
    return i != NULL;
}

/* With the gate locked. */
static bool opens(const gj_engine *engine, const gjr_rule_set *rules)
{
    return engine->key_count == 0 || rules->signed_by[0] != '\0';
}

bool gjr_rule_set_opens(gj_engine *engine, const gjr_rule_set *rules)
{
    pthread_mutex_lock(&engine->gate);
    bool opens_now = opens(engine, rules);
    pthread_mutex_unlock(&engine->gate);
    return opens_now;
}

gj_rule_set gjr_rule_set_told(gj_engine *engine, const gjr_rule_set *rules)
{
    pthread_mutex_lock(&engine->gate);
    gj_rule_set told = {.number = (uint64_t)rules->number,
                        .procedure = rules->procedure,
                        .title = rules->title,
                        .version = rules->version,
                        .unit = gjb_text_of(rules->unit),
                        .at = rules->at,
                        .in_force = rules->replaced_by == NULL && opens(engine, rules),
                        .signed_by = gjb_text_of(rules->signed_by),
                        .judge = rules->judge};
    pthread_mutex_unlock(&engine->gate);
    return told;
}

static const gjr_rule_set *rule_set_after(gj_engine *engine, const gjr_rule_set *rules)
{
    pthread_mutex_lock(&engine->gate);
    const gjr_rule_set *next = rules == NULL ? engine->rules : rules->next;
    pthread_mutex_unlock(&engine->gate);
    return next;
}

gj_status gj_engine_rule_sets(gj_engine *engine, void *payload,
                              bool (*on_rule_set)(void *payload, const gj_rule_set *rules))
{
    if (engine == NULL || on_rule_set == NULL) {
        return gjr_engine_misused(engine);
    }
    const gjr_rule_set *i = rule_set_after(engine, NULL);
    for (bool goes_on = true; i != NULL && goes_on; i = rule_set_after(engine, i)) {
        gj_rule_set told = gjr_rule_set_told(engine, i);
        goes_on = on_rule_set(payload, &told);
    }
    return GJ_OK;
}

/* ---- loading ---- */

/* All calendars of one deployment, copied into the arena. */
static gj_status calendars_read(gj_engine *engine, int64_t deployment, gjb_arena *arena,
                                gj_bytes **calendars, size_t *count)
{
    enum { CALENDARS_MAX = 64 };
    *count = 0;
    *calendars = gjb_arena_make(arena, CALENDARS_MAX, sizeof **calendars);
    gjr_statement *rows = gjr_store_ask(&engine->store, GJR_QUERY_DEPLOYED_CALENDARS);
    if (*calendars == NULL || rows == NULL) {
        return rows == NULL ? engine->store.status : GJ_NO_MEMORY;
    }
    gjr_statement_bind_int(rows, 1, deployment);
    while (*count < CALENDARS_MAX && gjr_store_row(&engine->store, rows)) {
        gj_text bytes = gjb_arena_text(arena, gjr_statement_text(rows, 1));
        (*calendars)[(*count)++] = (gj_bytes){bytes.bytes, bytes.size};
    }
    gjr_store_done(rows);
    return arena->failed ? GJ_NO_MEMORY : engine->store.status;
}

gj_status gjr_rule_sets_image_read(gj_engine *engine, gj_text identity, gjb_arena *arena,
                                   gj_bytes *image)
{
    gjr_statement *row = gjr_store_ask(&engine->store, GJR_QUERY_IMAGE);
    if (row == NULL) {
        return engine->store.status;
    }
    gjr_statement_bind_text(row, 1, identity);
    if (!gjr_store_row(&engine->store, row)) {
        return engine->store.status == GJ_OK ? GJ_IO : engine->store.status;
    }
    gj_text bytes = gjb_arena_text(arena, gjr_statement_text(row, 0));
    *image = (gj_bytes){bytes.bytes, bytes.size};
    gjr_store_done(row);
    return bytes.bytes == NULL ? GJ_NO_MEMORY : GJ_OK;
}

/* What a store has had of a name is told by rows beside the envelopes. */
static gj_status seal_hold(gj_engine *engine, const gj_seal *seal, gjr_statement *row)
{
    bool holds =
        seal->key_id[0] == '\0' || (gjb_text_equal(seal->name, gjr_statement_text(row, 8)) &&
                                    (int64_t)seal->version == gjr_statement_int(row, 9));
    if (!holds) {
        gjr_store_fail_damaged(&engine->store, GJR_DAMAGE_SEAL, gjr_statement_text(row, 1));
        return gjr_engine_fail_store(engine, &engine->store, GJ_IO);
    }
    return GJ_OK;
}

/* Whether that calendar came with the procedure before. What lies in the store of one revision is
 * one row, so it was checked then. */
static bool is_calendar_known(const gj_engine *engine, gj_text procedure, gj_text revision)
{
    for (const gjr_rule_set *i = engine->rules; i != NULL; i = i->next) {
        for (size_t j = 0; gjb_text_equal(i->procedure, procedure) && j < i->calendar_count; j++) {
            if (gjb_text_equal(gj_calendar_revision(i->calendars[j]), revision)) {
                return true;
            }
        }
    }
    return false;
}

/* Whether the deployment is one that was loaded before, of a version that is no more in force, with
 * calendars that came with it or with a later version: nobody signs those again. It has no envelope
 * then, and *seal is what is known of the one before. */
static bool is_older_recounted(gj_engine *engine, gjr_statement *row, int64_t number, gj_seal *seal)
{
    gj_text procedure = gjr_statement_text(row, 1), unit = gjr_statement_text(row, 4);
    gj_text image = gjr_statement_text(row, 5);
    const gjr_rule_set *before = NULL, *in_force = NULL;
    for (const gjr_rule_set *i = engine->rules; i != NULL; i = i->next) {
        bool same = gjb_text_equal(gjb_text_of(i->unit), unit) &&
                    gjb_text_equal(gjb_text_of(gj_image_identity(i->image)), image);
        before = same && gjb_text_equal(i->procedure, procedure) ? i : before;
        in_force = i->replaced_by == NULL && gjb_text_equal(i->procedure, procedure) ? i : in_force;
    }
    bool holds = before != NULL && in_force != NULL && before->version < in_force->version;
    gjr_statement *calendars =
        holds ? gjr_store_ask(&engine->store, GJR_QUERY_DEPLOYED_CALENDARS) : NULL;
    if (calendars == NULL) {
        return false;
    }
    gjr_statement_bind_int(calendars, 1, number);
    while (gjr_store_row(&engine->store, calendars)) {
        holds = holds && is_calendar_known(engine, procedure, gjr_statement_text(calendars, 0));
    }
    gjr_store_done(calendars);
    *seal = (gj_seal){.key_id = ""};
    memcpy(seal->key_id, before->signed_by, sizeof before->signed_by);
    return holds && engine->store.status == GJ_OK;
}

/* The row's texts are borrowed from its statement, which nothing else asks meanwhile. */
static gj_status deployment_load(gj_engine *engine, gjr_statement *row)
{
    gjb_arena arena;
    gj_bytes image = {NULL, 0}, *calendars = NULL;
    size_t count = 0;
    gjr_rule_set *rules;
    gjb_arena_init(&arena, engine->allocator);
    int64_t number = gjr_statement_int(row, 0);
    gj_status status = calendars_read(engine, number, &arena, &calendars, &count);
    status = status == GJ_OK
                 ? gjr_rule_sets_image_read(engine, gjr_statement_text(row, 5), &arena, &image)
                 : status;
    gjr_engine_fail_store(engine, &engine->store, status);
    gj_seal seal;
    gj_text head = gjr_statement_text(row, 7);
    const gj_deployment stored = {.image = image, .calendars = calendars, .calendar_count = count};
    if (status == GJ_OK) {
        status = head.bytes == NULL && is_older_recounted(engine, row, number, &seal)
                     ? GJ_OK
                     : gjr_trust_check(engine, number, (gj_bytes){head.bytes, head.size}, &stored,
                                       &seal);
    }
    status = status == GJ_OK && head.bytes != NULL ? seal_hold(engine, &seal, row) : status;
    status = status == GJ_OK ? gjr_rule_set_make(engine, image, gjr_statement_text(row, 1),
                                                 calendars, count, &rules)
                             : status;
    if (status == GJ_OK) {
        status = gjr_moving_prepare(engine, rules);
        if (status != GJ_OK) {
            gjr_rule_set_destroy(engine, rules);
        }
    }
    if (status == GJ_OK) {
        rules->number = number;
        memcpy(rules->signed_by, seal.key_id, sizeof rules->signed_by);
        rules->at = gjr_statement_int(row, 6);
        rules->moves_at = gjr_statement_int(row, 10);
        gjr_rule_set_put(engine, rules);
    }
    gjb_arena_deinit(&arena);
    return status;
}

gj_status gjr_rule_sets_load(gj_engine *engine)
{
    gj_status status = GJ_OK;
    gjr_statement *rows = gjr_store_ask(&engine->store, GJR_QUERY_DEPLOYMENTS);
    if (rows == NULL) {
        return gjr_engine_fail_store(engine, &engine->store, engine->store.status);
    }
    gjr_statement_bind_int(rows, 1, engine->rules_last == NULL ? 0 : engine->rules_last->number);
    while (status == GJ_OK && gjr_store_row(&engine->store, rows)) {
        status = deployment_load(engine, rows);
    }
    gjr_store_done(rows);
    return status == GJ_OK && engine->store.status != GJ_OK
               ? gjr_engine_fail_store(engine, &engine->store, engine->store.status)
               : status;
}

/* How many deployments and keys the store has by now that are not loaded. */
static bool is_behind(gj_engine *engine, gjr_store *reader)
{
    gjr_statement *row = gjr_store_ask(reader, GJR_QUERY_DEPLOYED_LAST);
    bool behind = false;
    if (gjr_store_row(reader, row)) {
        pthread_mutex_lock(&engine->gate);
        int64_t last = engine->rules_last == NULL ? 0 : engine->rules_last->number;
        behind = gjr_statement_int(row, 0) > last ||
                 gjr_statement_int(row, 1) > (int64_t)engine->key_count;
        pthread_mutex_unlock(&engine->gate);
    }
    gjr_store_done(row);
    return behind;
}

gj_status gjr_rule_sets_refresh(gj_engine *engine, gjr_store *reader)
{
    gj_status status = GJ_OK;
    if (engine->options.reads_only && is_behind(engine, reader)) {
        gjr_counter_enter(engine);
        gjr_store_clear(&engine->store);
        if (is_behind(engine, &engine->store)) {
            status = gjr_trust_load(engine);
            status = status == GJ_OK ? gjr_rule_sets_load(engine) : status;
        }
        gjr_counter_leave(engine);
    }
    return status != GJ_OK ? status : reader->status;
}
