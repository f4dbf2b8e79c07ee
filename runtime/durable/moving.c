/* SPDX-License-Identifier: Apache-2.0
 *
 * See moving.h. Cases are read by a bounded number at a time, so that it takes no more memory
 * however many there are. */
#include "durable/moving.h"

#include "base/text.h"
#include "durable/desk.h"
#include "durable/log.h"
#include "engine/past.h"
#include "judge/finding.h"
#include "judge/regions.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { AT_ONCE = 200, NAME_SIZE = 80 };

/* ---- which ---- */

/* The migration of the rules from that version, by its row; GJR_NONE. */
static uint32_t migration_of(const gjr_rule_set *was, const gjr_rule_set *rules)
{
    const gjr_rows *rows = rules->judge->rows;
    const gjr_migration *row = gjb_text_equal(was->procedure, rules->procedure)
                                   ? gjr_succession_row(rows, was->version)
                                   : NULL;
    return row == NULL ? GJR_NONE : (uint32_t)(row - rows->migrations);
}

bool gjr_moving_is_from(const gjr_rule_set *was, const gjr_rule_set *rules)
{
    return was->moved_to == NULL && migration_of(was, rules) != GJR_NONE;
}

const gjr_succession *gjr_moving_succession(const gjr_rule_set *was, const gjr_rule_set *rules)
{
    return &rules->from[migration_of(was, rules)];
}

/* The numbers of some of its cases behind one. */
static size_t numbers_read(gjr_store *store, const gjr_rule_set *rules, int64_t after,
                           int64_t numbers[AT_ONCE])
{
    size_t count = 0;
    gjr_statement *rows = gjr_store_ask(store, GJR_QUERY_CASES_DEPLOYED_AFTER);
    if (rows != NULL) {
        gjr_statement_bind_int(rows, 1, rules->number);
        gjr_statement_bind_int(rows, 2, after);
        gjr_statement_bind_int(rows, 3, AT_ONCE);
        while (count < AT_ONCE && gjr_store_row(store, rows)) {
            numbers[count++] = gjr_statement_int(rows, 0);
        }
        gjr_store_done(rows);
    }
    return count;
}

/* ---- what has no place ---- */

/* Cases that have what has no place. */
typedef struct affected {
    const gjr_rule_set *was;
    const gjr_unplaced *why;
    int64_t count;
    char first[NAME_SIZE];
} affected;

static bool has_it(const gjr_case *judged, const gjr_unplaced *why)
{
    const gj_judge *judge = judged->judge;
    if (why->limit != GJR_NONE) {
        for (uint32_t i = 0; i < gjr_layout_clocks(&judge->rows->limits[why->limit]); i++) {
            uint32_t clock = gjr_layout_clock(&judge->layout, why->limit, i);
            if ((gjr_case_limit(judged, clock)->flags & GJR_LIMIT_RUNNING) != 0) {
                return true;
            }
        }
        return false;
    }
    uint32_t region = why->stage == GJR_NONE ? 0 : judge->rows->stages[why->stage].region;
    return why->stage == GJR_NONE || (gjr_regions_run(judged, region) &&
                                      gjr_case_regions(judged)[region].stage == why->stage);
}

static void case_look(gj_engine *engine, int64_t number, affected *with)
{
    gjr_case_file file;
    gjr_statement *row = gjr_store_ask(&engine->store, GJR_QUERY_CASE_BY_NUMBER);
    if (row == NULL) {
        return;
    }
    gjr_statement_bind_int(row, 1, number);
    if (gjr_store_row(&engine->store, row)) {
        gjr_rule_set *rules = gjr_rule_set_get(engine, with->was->number);
        gj_status status = gjr_case_file_init(&file, engine, rules, rules, row);
        bool open = status == GJ_OK && file.has_state &&
                    gjr_case_state(&file.judged)->closed_at == GJ_NEVER;
        if (open && has_it(&file.judged, with->why) && with->count++ == 0) {
            gj_text id = gjr_statement_text(row, 7);
            snprintf(with->first, sizeof with->first, "%.*s",
                     (int)gjb_text_cut(id, sizeof with->first - 1), id.bytes);
        }
        gjr_case_file_deinit(&file);
        gjr_store_fail(&engine->store, status);
    }
    gjr_store_done(row);
}

/* Among all cases of that version. */
static void cases_look(gj_engine *engine, affected *with)
{
    int64_t numbers[AT_ONCE];
    size_t count = AT_ONCE;
    for (int64_t after = 0; count == AT_ONCE && engine->store.status == GJ_OK;
         after = numbers[count - 1]) {
        count = numbers_read(&engine->store, with->was, after, numbers);
        for (size_t i = 0; i < count; i++) {
            case_look(engine, numbers[i], with);
        }
        if (count == 0) {
            return;
        }
    }
}

/* What it is, and what to do, in either language; % is its name. */
static const char *const unplaced_words[][2] = {
    [GJR_UNPLACED_NOTHING] = {"", ""},
    [GJR_UNPLACED_STAGE] = {"stage \"%\" has no place in it; say where it goes",
                            "环节“%”在新版本中没有对应；请写明转至何环节"},
    [GJR_UNPLACED_FINALITY] = {"stage \"%\" goes to one that is final where it is not, or the "
                               "other way round; let it go to another",
                               "环节“%”与其对应环节一为终结、一非终结；请改转其他环节"},
    [GJR_UNPLACED_BRANCH] = {"the branches of \"%\" are others in it; keep them as they were",
                             "“%”的分支与新版本不同；请保留原有分支"},
    [GJR_UNPLACED_LIMIT] = {"limit \"%\" has no place in it; say where it goes, or that it ends",
                            "时限“%”在新版本中没有对应；请写明去向或者终止"},
    [GJR_UNPLACED_UNIT] = {"limit \"%\" has another unit in it; say `kept` or `anew`",
                           "时限“%”的单位与新版本不同；请写明保留或者重新起算"},
    [GJR_UNPLACED_KIND] = {"limit \"%\" is of another kind in it: counted back, due by a date, "
                           "or kept per key; say that it ends",
                           "时限“%”与其对应时限种类不同：倒算、截至某日或者分项；请写明终止"},
    [GJR_UNPLACED_TURN] = {"limit \"%\" has a stop or an extension that it has not there; say "
                           "`anew`",
                           "时限“%”的某项扣除或者延长在新版本中没有对应；请写明重新起算"},
    [GJR_UNPLACED_TWO_LIMITS] = {"limit \"%\" and another go to the same one; let one of them end",
                                 "时限“%”与另一时限去向相同；请写明其一终止"},
    [GJR_UNPLACED_FIELD] =
        {"field \"%\" has another type in it, or other choices; give the new one "
         "another name",
         "数据项“%”的类型或者取值与新版本不同；请为新数据项另取名称"},
    [GJR_UNPLACED_ZONE] = {"its calendar has another time zone; keep the one that it had",
                           "其日历的时区不同；请保留原时区"},
    [GJR_UNPLACED_NATIVES] =
        {"a version that asks natives neither gives nor takes cases; leave out "
         "`migrates from`",
         "使用外接的版本不能承接，也不能被承接；请删去“承接版本”"},
    [GJR_UNPLACED_NO_STAGE] = {"the version before has no stage \"%\"; correct the name",
                               "先前版本没有环节“%”；请更正名称"},
    [GJR_UNPLACED_NO_LIMIT] = {"the version before has no limit \"%\"; correct the name",
                               "先前版本没有时限“%”；请更正名称"},
};

static void name_add(gjb_buffer *out, gj_text name)
{
    gjb_buffer_add_text(out, (gj_text){name.bytes, gjb_text_cut(name, NAME_SIZE)});
}

/* With the name in its place. */
static void words_add(gjb_buffer *out, const char *words, gj_text name)
{
    const char *at = strchr(words, '%');
    if (at == NULL) {
        gjb_buffer_add_string(out, words);
        return;
    }
    gjb_buffer_add_text(out, (gj_text){words, (size_t)(at - words)});
    name_add(out, name);
    gjb_buffer_add_string(out, at + 1);
}

static void cases_add(gjb_buffer *out, bool en, const affected *cases)
{
    if (cases->count == 0) {
        return;
    }
    gjb_buffer_add_format(out, en ? " (case %s" : "（办件 %s", cases->first);
    if (cases->count > 1 && en) {
        gjb_buffer_add_format(out, " and %" PRId64 " more", cases->count - 1);
    } else if (cases->count > 1) {
        gjb_buffer_add_format(out, " 等%" PRId64 "件", cases->count);
    }
    gjb_buffer_add_string(out, en ? ")" : "）");
}

/* Of the versions, by the new one's rows; returns GJ_REFUSED. */
static gj_status unplaced_note(gj_engine *engine, const affected *cases, const gj_judge *is)
{
    gjb_buffer said[2];
    const gjr_unplaced *why = cases->why;
    bool failed = false;
    for (int lang = GJ_EN; lang <= GJ_ZH; lang++) {
        bool en = lang == GJ_EN;
        gjb_buffer *out = &said[lang];
        gjb_buffer_init(out, engine->allocator);
        gjb_buffer_add_string(out, en ? "\"" : "“");
        name_add(out, gjr_judge_text(is, is->procedure->title));
        gjb_buffer_add_format(out, en ? "\", version %u to %u: " : "”第%u版至第%u版：",
                              cases->was->version, is->procedure->version);
        words_add(out, unplaced_words[why->kind][lang], why->name);
        cases_add(out, en, cases);
        gjb_buffer_add_byte(out, '\0');
        failed = failed || out->failed;
    }
    if (!failed) {
        gjr_engine_fail(engine, GJR_FAILURE_MIGRATION, said[GJ_EN].bytes, said[GJ_ZH].bytes);
    }
    gjb_buffer_deinit(&said[GJ_EN]);
    gjb_buffer_deinit(&said[GJ_ZH]);
    return failed ? gjr_engine_fail_store(engine, NULL, GJ_NO_MEMORY) : GJ_REFUSED;
}

gj_status gjr_moving_suppose(gj_engine *engine, const gjr_rule_set *was, const gj_judge *judged_by,
                             const gj_judge *is, gjr_succession *by, bool *moves)
{
    gjr_unplaced why;
    bool same = gjb_text_equal(was->procedure, gjr_judge_text(is, is->procedure->name));
    const gjr_migration *row = same ? gjr_succession_row(is->rows, was->version) : NULL;
    *moves = row != NULL;
    if (row == NULL) {
        return GJ_OK;
    }
    gj_status status = gjr_succession_init(by, judged_by, is, row, &why);
    const affected nobody = {.was = was, .why = &why};
    return status == GJ_REFUSED ? unplaced_note(engine, &nobody, is)
           : status == GJ_OK    ? GJ_OK
                                : gjr_engine_fail_store(engine, NULL, status);
}

/* ---- before it is in force ---- */

static gj_status one_prepare(gj_engine *engine, gjr_rule_set *was, gjr_rule_set *rules,
                             bool *prepared)
{
    gjr_unplaced why;
    uint32_t row = migration_of(was, rules);
    if (was->moved_to != NULL || row == GJR_NONE || prepared[row]) {
        return GJ_OK;
    }
    prepared[row] = true;
    gj_status status = gjr_succession_init(&rules->from[row], was->judge, rules->judge,
                                           &rules->judge->rows->migrations[row], &why);
    if (status == GJ_REFUSED) {
        affected cases = {.was = was, .why = &why};
        cases_look(engine, &cases);
        status = unplaced_note(engine, &cases, rules->judge);
    } else if (status != GJ_OK) {
        gjr_engine_fail_store(engine, &engine->store, status);
    }
    return status;
}

gj_status gjr_moving_prepare(gj_engine *engine, gjr_rule_set *rules)
{
    uint32_t count = rules->judge->rows->migration_count;
    gj_status status = GJ_OK;
    if (count == 0) {
        return GJ_OK;
    }
    bool *prepared = gjb_alloc_create(engine->allocator, count, sizeof *prepared);
    rules->from = gjb_alloc_create(engine->allocator, count, sizeof *rules->from);
    if (rules->from == NULL || prepared == NULL) {
        gjb_alloc_destroy(engine->allocator, prepared, count, sizeof *prepared);
        return gjr_engine_fail_store(engine, NULL, GJ_NO_MEMORY);
    }
    for (uint32_t i = 0; i < count; i++) {
        gjb_arena_init(&rules->from[i].arena, engine->allocator);
    }
    for (gjr_rule_set *i = engine->rules; i != NULL && status == GJ_OK; i = i->next) {
        status = one_prepare(engine, i, rules, prepared);
    }
    gjb_alloc_destroy(engine->allocator, prepared, count, sizeof *prepared);
    return status;
}

/* ---- one case ---- */

static gj_status case_move(gjr_desk *desk, gjr_case_file *file, gjr_rule_set *to,
                           const gjr_succession *by, gjr_case *moved)
{
    static const gjr_book_cause by_time = {.kind = GJ_CAUSE_TIME},
                                by_move = {.kind = GJ_CAUSE_MIGRATION};
    gjr_rule_set *was = file->rules;
    uint32_t before = gjr_case_state(&file->judged)->finding_count;
    gj_status status = gjr_case_step_time(&was->sitting, &file->judged, to->moves_at);
    if (status != GJ_OK) {
        return status;
    }
    gjr_desk_note_step(desk, file, NULL, before, &by_time);
    before = gjr_case_state(&file->judged)->finding_count;
    status = gjr_case_migrate(by, &was->sitting, &file->judged, &to->sitting, moved, to->moves_at);
    if (status == GJ_OK) {
        gjr_desk_note_step(desk, file, NULL, before, &by_move);
        file->rules = to;
        gjr_desk_note_step(desk, file, NULL, before, &by_move);
    }
    return status;
}

void gjr_desk_move(gjr_desk *desk, gjr_case_file *file, gjr_rule_set *to, const gjr_succession *by)
{
    gj_problem_code problem;
    gjr_case moved = {.judge = to->judge};
    if (!file->has_state) {
        gjr_desk_anew(desk, file, (gjr_anew){.was = desk->judged_to}, &problem);
    }
    gj_status status = gjr_case_init(&moved, to->judge);
    status = status == GJ_OK && desk->store->status == GJ_OK ? case_move(desk, file, to, by, &moved)
                                                             : status;
    if (status != GJ_OK || desk->store->status != GJ_OK) {
        gjr_store_fail(desk->store, status);
        gjr_case_deinit(&moved);
        return;
    }
    gjr_case_deinit(&file->judged);
    file->judged = moved;
    gjr_case_file_take_move(file, to->moves_at);
    gjr_desk_note_changed(desk, file);
}

/* ---- all of them ---- */

/* It is open, or something of it runs on after its close. */
static bool goes_on(const gjr_case_file *file)
{
    const gjr_state *state = gjr_case_state(&file->judged);
    bool goes_on = !file->has_state || state->closed_at == GJ_NEVER || state->look_at != GJ_NEVER;
    for (uint32_t i = 0; !goes_on && i < file->judged.judge->layout.clock_count; i++) {
        goes_on = (gjr_case_limit(&file->judged, i)->flags & GJR_LIMIT_RUNNING) != 0;
    }
    return goes_on;
}

/* Those of one deployment; how many were moved. */
static int64_t cases_move(gjr_desk *desk, const gjr_rule_set *was, gjr_rule_set *to)
{
    int64_t numbers[AT_ONCE], moved = 0, after = 0;
    size_t count = AT_ONCE;
    while (count == AT_ONCE && desk->store->status == GJ_OK) {
        count = numbers_read(desk->store, was, after, numbers);
        for (size_t i = 0; i < count && desk->store->status == GJ_OK; i++) {
            gjr_case_file *file = gjr_desk_fetch(desk, numbers[i]);
            gjb_arena_reset(&desk->told);
            if (file != NULL && goes_on(file)) {
                gjr_desk_move(desk, file, to, gjr_moving_succession(file->rules, to));
                moved++;
            }
            after = numbers[i];
        }
        gjr_desk_clear(desk);
    }
    return moved;
}

gj_status gjr_moving_move(gj_engine *engine, gjr_rule_set *rules, gjr_chain *chain)
{
    gjr_desk desk;
    int64_t moved = 0;
    if (rules->judge->rows->migration_count == 0) {
        return GJ_OK;
    }
    gjr_desk_init(&desk, engine);
    desk.chain = *chain;
    for (gjr_rule_set *i = engine->rules; i != NULL && engine->store.status == GJ_OK; i = i->next) {
        moved += gjr_moving_is_from(i, rules) ? cases_move(&desk, i, rules) : 0;
    }
    *chain = desk.chain;
    gjr_desk_deinit(&desk);
    if (engine->store.status == GJ_OK && moved > 0) {
        gjr_log_number(engine, GJR_LOG_MOVED, moved);
    }
    return engine->store.status;
}

/* ---- judging anew ---- */

gj_status gjr_rule_set_add_past(gj_engine *engine, gjr_rule_set *opened, const gjr_rule_set *now,
                                gj_docket *docket)
{
    gj_status status = GJ_OK;
    gjr_rule_set *to;
    for (gjr_rule_set *i = opened; status == GJ_OK && strcmp(i->unit, now->unit) != 0; i = to) {
        to = gjr_rule_set_moved_to(engine, i);
        if (to == NULL) {
            return GJ_IO; /* a store that was altered */
        }
        status = gjr_docket_add_past(docket, gjr_rule_set_recounted(engine, i)->judge,
                                     i->succession, to->moves_at);
    }
    return status;
}
