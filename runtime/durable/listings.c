/* SPDX-License-Identifier: Apache-2.0
 *
 * Cases and findings at a glance (engine.h), row by row as the store has them. A finding's row
 * takes what it shows out of the finding as it was printed, so that nothing is kept twice. */
#include "base/text.h"
#include "durable/case_file.h"
#include "durable/gate.h"
#include "judge/names.h"
#include "judge/sound.h"

#include <string.h>

/* ---- cases ---- */

typedef struct case_listing {
    gj_engine *engine;
    gjr_store *reader;
    gj_case_row row;
    void *payload;
    bool (*on_case)(void *payload, const gj_case_row *row);
} case_listing;

/* Where the state says that it stands. GJ_REFUSED: it is none. */
static gj_status stage_take(case_listing *with, const gjr_rule_set *rules, gj_text state)
{
    gjr_case judged;
    gj_status status = gjr_case_init(&judged, rules->judge);
    status = status == GJ_OK && state.bytes == NULL ? GJ_REFUSED : status;
    status = status == GJ_OK ? gjr_case_put(&judged, state, 0) : status;
    status = status == GJ_OK ? gjr_sound_check(&judged) : status;
    if (status == GJ_OK && gjr_case_state(&judged)->clock != INT64_MIN) {
        const gjr_rows *rows = rules->judge->rows;
        const gjr_stage *stage = &rows->stages[gjr_case_stage(&judged)];
        with->row.stage = gjr_rows_text(rows, stage->name);
        with->row.stage_title = gjr_rows_text(rows, stage->title);
        with->row.final = (stage->flags & GJR_STAGE_FINAL) != 0;
    }
    gjr_case_deinit(&judged);
    return status;
}

/* The stage's texts are the image's. */
static bool stage_hear(void *payload, const gj_case_result *result)
{
    gj_case_row *row = payload;
    row->stage = result->stage;
    row->stage_title = result->stage_title;
    row->final = result->final;
    return true;
}

/* Where it stands by its events, since its state is not sound. */
static gj_status stage_judge(case_listing *with)
{
    gjr_gate gate;
    const gjr_trial look = {.payload = &with->row, .on_case = stage_hear};
    gj_status status = gjr_gate_init(&gate, with->engine, with->row.procedure, with->row.case_id);
    status = status == GJ_OK ? gjr_gate_try(&gate, NULL, &look) : status;
    if (status != GJ_OK) {
        gjr_store_fail_damaged(with->reader, GJR_DAMAGE_EVENTS, with->row.case_id);
        status = GJ_IO;
    }
    gjr_gate_deinit(&gate);
    return status;
}

static void counts_take(gj_case_row *row, gjr_statement *from)
{
    row->event_count = (uint64_t)gjr_statement_int(from, 4);
    row->first_at = gjr_statement_is_null(from, 5) ? INT64_MIN : gjr_statement_int(from, 5);
    row->last_at = gjr_statement_is_null(from, 6) ? INT64_MIN : gjr_statement_int(from, 6);
    for (int i = 0; i < 3; i++) {
        row->open_counts[i] = (uint64_t)gjr_statement_int(from, 7 + i);
    }
    row->finding_count = (uint64_t)gjr_statement_int(from, 10);
}

/* Whether to go on. */
static bool case_list(case_listing *with, gjr_statement *from)
{
    const gjr_rule_set *rules = gjr_rule_set_get(with->engine, gjr_statement_int(from, 2));
    if (rules == NULL) {
        gjr_store_fail_damaged(with->reader, GJR_DAMAGE_RULES, gjr_statement_text(from, 1));
        return false;
    }
    with->row = (gj_case_row){.procedure = rules->procedure,
                              .procedure_title = rules->title,
                              .case_id = gjr_statement_text(from, 1),
                              .version = rules->version,
                              .judge = rules->judge};
    counts_take(&with->row, from);
    gj_status status = stage_take(with, rules, gjr_statement_text(from, 3));
    status = status == GJ_REFUSED ? stage_judge(with) : status;
    if (status != GJ_OK) {
        gjr_store_fail(with->reader, status);
        return false;
    }
    return with->on_case(with->payload, &with->row);
}

void gjr_cases_list(gj_engine *engine, gjr_store *reader, const gjr_rule_set *rules, void *payload,
                    bool (*on_case)(void *payload, const gj_case_row *row))
{
    case_listing with = {
        .engine = engine, .reader = reader, .payload = payload, .on_case = on_case};
    gjr_statement *rows = gjr_store_ask(reader, GJR_QUERY_CASES);
    if (rows != NULL && rules != NULL) {
        gjr_statement_bind_text(rows, 1, rules->procedure);
    }
    while (gjr_store_row(reader, rows) && case_list(&with, rows)) {
    }
    gjr_store_done(rows);
}

gj_status gj_engine_cases(gj_engine *engine, gj_text procedure, void *payload,
                          bool (*on_case)(void *payload, const gj_case_row *row))
{
    gjr_asked asked;
    gj_status status;
    if (engine == NULL || on_case == NULL) {
        return gjr_engine_misused(engine);
    }
    const gjr_rule_set *rules = procedure.size > 0 ? gjr_rule_set_find(engine, procedure) : NULL;
    if (procedure.size > 0 && rules == NULL) {
        gjr_engine_fail(engine, GJR_FAILURE_PROCEDURE, NULL, NULL);
        return GJ_UNKNOWN;
    }
    if (gjr_asked_init(&asked, engine, &status)) {
        gjr_cases_list(engine, asked.reader, rules, payload, on_case);
        status = asked.reader->status;
    }
    gjr_asked_note(&asked, status);
    gjr_asked_deinit(&asked);
    return status;
}

/* ---- findings ---- */

/* The columns of a finding's row. */
enum {
    AT_CASE,
    AT_DEPLOYMENT,
    AT_ID,
    AT_CODE,
    AT_SEVERITY,
    AT_STATUS,
    AT_AT,
    AT_JSON,
    AT_BRANCH,
    AT_SUBJECT,
    AT_SUBJECT_TITLE,
    AT_KEY,
    AT_DEPARTMENT,
    AT_POST,
    AT_OFFICER,
    AT_DUE,
    AT_OVER,
    AT_OVER_UNIT,
};

typedef struct finding_listing {
    gjr_asked asked;
    const gj_finding_filter *filter;
    void *payload;
    bool (*on_finding)(void *payload, const gj_finding_row *row);
} finding_listing;

static gj_code code_of(gj_text name)
{
    int code = 0;
    while (code < GJ_CODE_COUNT && !gjb_text_equal_string(name, gj_code_name((gj_code)code))) {
        code++;
    }
    return (gj_code)code;
}

/* What the post and its department are called. */
static void titles_take(gj_finding_row *row)
{
    const gjr_rows *rows = row->judge->rows;
    uint32_t post =
        row->post.size > 0 ? gjr_judge_find_post(row->judge, row->post, row->department) : GJR_NONE;
    row->post_title = row->post;
    row->department_title = row->department;
    if (post != GJR_NONE) {
        gj_text title = gjr_rows_text(rows, rows->posts[post].title);
        row->post_title = title.size > 0 ? title : row->post;
    }
    for (uint32_t i = 0; i < rows->department_count; i++) {
        gj_text title = gjr_rows_text(rows, rows->departments[i].title);
        if (gjb_text_equal(gjr_rows_text(rows, rows->departments[i].name), row->department) &&
            title.size > 0) {
            row->department_title = title;
        }
    }
}

/* False: it is none that this library writes. */
static bool finding_take(gj_finding_row *row, gjr_statement *from)
{
    struct {
        gj_text *to;
        int at;
    } texts[] = {{&row->case_id, AT_CASE},  {&row->id, AT_ID},
                 {&row->branch, AT_BRANCH}, {&row->subject, AT_SUBJECT},
                 {&row->key, AT_KEY},       {&row->subject_title, AT_SUBJECT_TITLE},
                 {&row->post, AT_POST},     {&row->department, AT_DEPARTMENT},
                 {&row->due, AT_DUE},       {&row->officer, AT_OFFICER},
                 {&row->over, AT_OVER},     {&row->over_unit, AT_OVER_UNIT},
                 {&row->json, AT_JSON}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        *texts[i].to = gjr_statement_text(from, texts[i].at);
    }
    int64_t severity = gjr_statement_int(from, AT_SEVERITY),
            status = gjr_statement_int(from, AT_STATUS);
    row->code = code_of(gjr_statement_text(from, AT_CODE));
    row->severity = (gj_severity)severity;
    row->status = (gj_finding_status)status;
    row->at = gjr_statement_int(from, AT_AT);
    titles_take(row);
    return row->code < GJ_CODE_COUNT && severity >= GJ_NOTICE && severity <= GJ_RED &&
           status >= GJ_OPEN && status <= GJ_WITHDRAWN;
}

static bool is_called(gj_text wanted, gj_text name, gj_text title)
{
    return wanted.size == 0 || gjb_text_equal(wanted, name) || gjb_text_equal(wanted, title);
}

/* Whether to go on. */
static bool finding_list(finding_listing *with, gjr_statement *from)
{
    const gj_finding_filter *filter = with->filter;
    uint32_t statuses = filter->statuses != 0 ? filter->statuses : 1u << GJ_OPEN | 1u << GJ_CLOSED;
    const gjr_rule_set *rules =
        gjr_rule_set_get(with->asked.engine, gjr_statement_int(from, AT_DEPLOYMENT));
    if (rules == NULL) {
        gjr_store_fail_damaged(with->asked.reader, GJR_DAMAGE_RULES,
                               gjr_statement_text(from, AT_CASE));
        return false;
    }
    gj_finding_row row = {
        .procedure = rules->procedure, .procedure_title = rules->title, .judge = rules->judge};
    if (!finding_take(&row, from)) {
        gjr_store_fail_damaged(with->asked.reader, GJR_DAMAGE_FINDING, row.id);
        return false;
    }
    bool wanted = (statuses >> row.status & 1) != 0 &&
                  is_called(filter->procedure, row.procedure, row.procedure_title) &&
                  is_called(filter->id, row.id, row.id) &&
                  is_called(filter->department, row.department, row.department_title) &&
                  is_called(filter->post, row.post, row.post_title);
    return !wanted || with->on_finding(with->payload, &row);
}

/* Of one case, or all. */
static gjr_statement *findings_ask(finding_listing *with)
{
    gjr_statement *rows =
        gjr_store_ask(with->asked.reader, with->asked.number != 0 ? GJR_QUERY_FINDING_ROWS_OF_CASE
                                                                  : GJR_QUERY_FINDING_ROWS);
    if (rows != NULL && with->filter->code.size > 0) {
        gjr_statement_bind_text(rows, 1, with->filter->code);
    }
    if (rows != NULL && with->asked.number != 0) {
        gjr_statement_bind_int(rows, 2, with->asked.number);
    }
    return rows;
}

gj_status gj_engine_findings(gj_engine *engine, const gj_finding_filter *filter, void *payload,
                             bool (*on_finding)(void *payload, const gj_finding_row *row))
{
    finding_listing with = {.filter = filter, .payload = payload, .on_finding = on_finding};
    gj_status status;
    if (engine == NULL || filter == NULL || filter->size < sizeof *filter || on_finding == NULL) {
        return gjr_engine_misused(engine);
    }
    if (filter->case_id.size == 0 && filter->procedure.size > 0 &&
        !gjr_rule_set_is_known(engine, filter->procedure)) {
        gjr_engine_fail(engine, GJR_FAILURE_PROCEDURE, NULL, NULL);
        return GJ_UNKNOWN;
    }
    if (gjr_asked_init(&with.asked, engine, &status) && filter->case_id.size > 0) {
        status = gjr_asked_find(&with.asked, filter->procedure, filter->case_id);
    }
    if (status == GJ_OK) {
        gjr_statement *rows = findings_ask(&with);
        while (gjr_store_row(with.asked.reader, rows) && finding_list(&with, rows)) {
        }
        gjr_store_done(rows);
        status = with.asked.reader->status;
    }
    gjr_asked_note(&with.asked, status);
    gjr_asked_deinit(&with.asked);
    return status;
}
