/* SPDX-License-Identifier: Apache-2.0
 *
 * See account.h. Here marks get their names, and the account what the limit's clause says. */
#include "judge/account.h"

#include "judge/counted.h"
#include "judge/effect.h"
#include "judge/finding.h"
#include "judge/held.h"
#include "judge/key.h"
#include "judge/decisions.h"
#include "judge/length.h"
#include "judge/taken.h"
#include "time/grant.h"

typedef struct maker {
    const gj_judge *judge;
    const gjr_rows *rows;
    gjb_arena *arena;
    gj_account *to;
    bool no_memory;
} maker;

static const gj_citation *basis_make(maker *with, uint32_t first, uint32_t count)
{
    const gj_citation *basis =
        count > 0 ? gjr_citations_make(with->judge, first, count, with->arena) : NULL;
    with->no_memory |= basis == NULL && count > 0;
    return basis;
}

/* ---- marks ---- */

static gj_mark_kind kind_of(gjr_mark_kind kind)
{
    switch (kind) {
    case GJR_MARK_STARTED:
        return GJ_MARK_STARTED;
    case GJR_MARK_RUNG:
        return GJ_MARK_RUNG;
    case GJR_MARK_ENDED:
        return GJ_MARK_ENDED;
    case GJR_MARK_CLOSED:
        return GJ_MARK_CLOSED;
    case GJR_MARK_STOPPED:
        return GJ_MARK_STOPPED;
    case GJR_MARK_RESUMED:
        return GJ_MARK_RESUMED;
    case GJR_MARK_EXTENDED:
        return GJ_MARK_EXTENDED;
    case GJR_MARK_VOIDED:
        return GJ_MARK_VOIDED;
    case GJR_MARK_LAW:
        return GJ_MARK_RAN_OUT;
    case GJR_MARK_TOLD:
        return GJ_MARK_TOLD;
    case GJR_MARK_MEASURED:
        return GJ_MARK_MEASURED;
    case GJR_MARK_GRANTED:
        return GJ_MARK_GRANTED;
    }
    return GJ_MARK_STARTED;
}

static void named(const maker *with, uint32_t name, uint32_t title, gj_account_mark *mark)
{
    mark->subject = gjr_judge_text(with->judge, name);
    mark->subject_title = gjr_judge_text(with->judge, title);
}

static void cause_take(const maker *with, const gjr_trigger *cause, gj_account_mark *mark)
{
    const gjr_rows *rows = with->rows;
    switch ((gjr_trigger_kind)cause->kind) {
    case GJR_TRIGGER_ACTION:
        mark->cause = GJ_START_ACT;
        named(with, rows->actions[cause->target].name, rows->actions[cause->target].title, mark);
        return;
    case GJR_TRIGGER_ENTERING:
        mark->cause = GJ_START_ENTERING;
        named(with, rows->stages[cause->target].name, rows->stages[cause->target].title, mark);
        return;
    case GJR_TRIGGER_LEAVING:
        mark->cause = GJ_START_LEAVING;
        named(with, rows->stages[cause->target].name, rows->stages[cause->target].title, mark);
        return;
    case GJR_TRIGGER_FIELD:
        mark->cause = GJ_START_FIELD;
        named(with, rows->fields[cause->target].name, rows->fields[cause->target].title, mark);
        return;
    case GJR_TRIGGER_COUNT:
        mark->by_time = true;
        return;
    }
}

static void event_take(const maker *with, const gjr_mark *from, gj_account_mark *mark)
{
    mark->event = from->id;
    mark->source_id = from->source;
    mark->officer = from->officer;
    mark->post = mark->post_title = from->post_text;
    if (from->post != GJR_NONE) {
        mark->post = gjr_judge_text(with->judge, with->rows->posts[from->post].name);
        mark->post_title = gjr_judge_text(with->judge, with->rows->posts[from->post].title);
    }
}

static void rung_take(const maker *with, const gjr_mark *from, gj_account_mark *mark)
{
    const gjr_rung *row = &with->rows->rungs[from->row];
    mark->rung = gjr_finding_rung(row, from->at);
    mark->severity = (gj_severity)row->severity;
}

static void law_take(maker *with, const gjr_mark *from, gj_account_mark *mark)
{
    with->no_memory |=
        !gjr_effect_make(with->judge, from->row, from->number, with->arena, &mark->law);
}

static void length_take(maker *with, const gjr_mark *from, gj_account_mark *mark)
{
    with->no_memory |= !gjr_length_make(with->judge, from->row, (uint32_t)from->number, from->at,
                                        with->arena, &mark->length);
    mark->rows = gjr_decisions_make(with->judge, from->decided, from->decided_count, with->arena);
    mark->row_count = mark->rows == NULL ? 0 : from->decided_count;
    with->no_memory |= mark->rows == NULL && from->decided_count > 0;
}

static void granted_take(const maker *with, const gjr_mark *from, gj_account_mark *mark)
{
    const gjr_stop *row = &with->rows->stops[from->row];
    gjr_grant_span granted =
        gjr_grant_range(gjr_judge_calendar(with->judge, &with->rows->limits[row->limit]),
                        (gj_unit)row->granted_unit, row->granted, from->began);
    mark->at_most_until = from->number;
    mark->at_most_earliest = granted.earliest;
    mark->at_most_latest = granted.latest;
}

static void mark_make(maker *with, const gjr_mark *from, gj_account_mark *mark)
{
    *mark = (gj_account_mark){
        .kind = kind_of(from->kind),
        .at = from->at,
        .at_offset_s = gjr_calendar_offset(with->judge->calendar, from->at),
        .by_law = from->by_law,
        .not_recorded = from->kind == GJR_MARK_STARTED && from->number != 0,
        .stays_overdue = from->kind == GJR_MARK_CLOSED && from->number != 0,
        .at_most_until = GJ_NEVER,
        .voids_extension = from->kind == GJR_MARK_VOIDED && from->number >= 0,
        .told = from->kind == GJR_MARK_TOLD ? from->number : GJ_NEVER,
        .clause = from->row,
        .began = from->began,
    };
    cause_take(with, &from->cause, mark);
    event_take(with, from, mark);
    if (from->notice > 0) {
        const gjr_action *row = &with->rows->actions[from->notice - 1];
        mark->notice = gjr_judge_text(with->judge, row->name);
        mark->notice_title = gjr_judge_text(with->judge, row->title);
    }
    if (from->kind == GJR_MARK_STOPPED) {
        granted_take(with, from, mark);
    } else if (from->kind == GJR_MARK_RUNG) {
        rung_take(with, from, mark);
    } else if (from->kind == GJR_MARK_EXTENDED || from->kind == GJR_MARK_GRANTED ||
               mark->voids_extension) {
        mark->amount = from->number;
    } else if (from->kind == GJR_MARK_LAW) {
        law_take(with, from, mark);
    } else if (from->kind == GJR_MARK_MEASURED) {
        length_take(with, from, mark);
    }
    mark->basis_count = from->basis_count;
    mark->basis = basis_make(with, from->basis_first, from->basis_count);
}

static bool ends(const gjr_mark *mark)
{
    return mark->kind == GJR_MARK_ENDED || mark->kind == GJR_MARK_LAW ||
           (mark->kind == GJR_MARK_CLOSED && mark->number == 0);
}

/* The next mark of the same start after `at`; the trace's count where there is none. */
static size_t next_mark(const gjr_trace *trace, size_t at)
{
    uint32_t clock = trace->items[at].clock;
    if (ends(&trace->items[at])) {
        return trace->count;
    }
    for (at++; at < trace->count && trace->items[at].clock != clock; at++) {
    }
    return at;
}

static void marks_make(maker *with, const gjr_trace *trace, size_t started)
{
    size_t count = 0;
    for (size_t i = started; i < trace->count; i = next_mark(trace, i)) {
        count++;
    }
    gj_account_mark *marks = gjb_arena_make(with->arena, count, sizeof *marks);
    with->no_memory |= marks == NULL;
    for (size_t i = started; marks != NULL && i < trace->count; i = next_mark(trace, i)) {
        mark_make(with, &trace->items[i], &marks[with->to->mark_count++]);
    }
    with->to->marks = marks;
}

/* ---- how it stands ---- */

/* Its end, or what is told. One that ran out is counted to the end of its last day. */
static void status_take(gj_account *to, gj_instant until, bool in_time)
{
    const gj_account_mark *last = &to->marks[to->mark_count - 1];
    bool closed = last->kind == GJ_MARK_CLOSED && !last->stays_overdue;
    bool ended = last->kind == GJ_MARK_ENDED, ran_out = last->kind == GJ_MARK_RAN_OUT;
    to->status = ran_out  ? GJ_ACCOUNT_RAN_OUT
                 : ended  ? GJ_ACCOUNT_ENDED
                 : closed ? GJ_ACCOUNT_CLOSED
                          : GJ_ACCOUNT_RUNNING;
    to->until = ended || closed || ran_out ? last->at - (ran_out && !in_time ? 1 : 0) : until;
}

static void clause_take(maker *with, const gjr_limit *row)
{
    const gj_judge *judge = with->judge;
    const gjr_position *position = &with->rows->positions[row->position];
    gj_account *to = with->to;
    to->limit = gjr_judge_text(judge, row->name);
    to->limit_title = gjr_judge_text(judge, row->title);
    to->limit_kind = (gj_limit_kind)row->kind;
    to->file = gjr_judge_text(judge, position->file);
    to->line = position->line;
    to->column = position->column;
    to->basis_count = row->basis_count;
    to->basis = basis_make(with, row->basis_first, row->basis_count);
    to->duty_is_holder = (row->flags & GJR_LIMIT_OF_HOLDER) != 0;
    if (row->duty != GJR_NONE && !to->duty_is_holder) {
        to->duty = gjr_judge_text(judge, with->rows->posts[row->duty].name);
        to->duty_title = gjr_judge_text(judge, with->rows->posts[row->duty].title);
    }
    const gj_calendar *calendar = gjr_judge_calendar(judge, row);
    if (calendar != NULL) {
        to->calendar = gj_calendar_revision(calendar);
        with->no_memory |= !gjr_counted_hours(calendar, (gj_unit)row->unit, with->arena, &to->hours,
                                              &to->hour_count);
    }
    with->no_memory |=
        !gjr_finding_branch_path(judge, row->region, false, with->arena, &to->branch) ||
        !gjr_finding_branch_path(judge, row->region, true, with->arena, &to->branch_title);
}

static void key_take(maker *with, const gjr_mark *start)
{
    with->no_memory |= !gjr_key_text(with->judge, GJ_SUBJECT_LIMIT, start->limit, &start->key,
                                     false, with->arena, &with->to->key) ||
                       !gjr_key_text(with->judge, GJ_SUBJECT_LIMIT, start->limit, &start->key, true,
                                     with->arena, &with->to->key_title);
}

static gj_span span_of(const gjr_limit *row)
{
    if ((row->flags & GJR_LIMIT_BACKWARD) != 0) {
        return row->least > 0 ? GJ_SPAN_AT_LEAST_BEFORE : GJ_SPAN_WITHIN_BEFORE;
    }
    return row->by != GJR_NONE                  ? GJ_SPAN_BY
           : (row->flags & GJR_LIMIT_OPEN) != 0 ? GJ_SPAN_AT_LEAST
                                                : GJ_SPAN_WITHIN;
}

static void span_take(maker *with, const gjr_limit *row)
{
    with->to->span = span_of(row);
    if (row->by != GJR_NONE) {
        with->to->by = gjr_judge_text(with->judge, with->rows->fields[row->by].name);
        with->to->by_title = gjr_judge_text(with->judge, with->rows->fields[row->by].title);
    }
}

/* Who held the case while it was counted, and how much of it. */
static gj_status held_take(gjr_held_maker *held, const gjr_limit *row, gjr_pauses pauses,
                           gj_account *to)
{
    gjr_held_found found;
    bool backward = gjr_account_is_backward(to);
    gjr_held_span span = {
        .region = row->region,
        .from = to->start,
        .until = to->until,
        .pauses = pauses.items,
        .pause_count = pauses.count,
        .calendar = gjr_judge_calendar(held->judge, row),
        .unit = to->unit,
        .is_counted = true,
        .at_close = !backward && (row->flags & GJR_LIMIT_AT_CLOSE) != 0,
        .short_day = backward,
        .in_stops = true,
    };
    gj_status status = gjr_held_make(held, &span, &found);
    to->holdings = found.holdings;
    to->holding_count = found.holding_count;
    to->held = found.held;
    to->held_count = found.held_count;
    return status;
}

gj_status gjr_account_make(gjr_held_maker *held, const gjr_trace *trace, size_t started,
                           gj_instant until, gj_account *account)
{
    const gj_judge *judge = held->judge;
    const gjr_limit *row = &judge->rows->limits[trace->items[started].limit];
    gj_instant start = trace->items[started].at;
    gjr_pace pace = {.start = start, .since = start, .budget = row->budget, .own = row->budget};
    gjr_pauses pauses;
    maker with = {.judge = judge, .rows = judge->rows, .arena = held->arena, .to = account};
    *account = (gj_account){.instance = 1, .instance_count = 1};
    clause_take(&with, row);
    key_take(&with, &trace->items[started]);
    span_take(&with, row);
    marks_make(&with, trace, started);
    if (with.no_memory) {
        return GJ_NO_MEMORY;
    }
    status_take(account, until, gjr_count_is_time((gj_unit)row->unit));
    gjr_term term = (row->flags & GJR_LIMIT_OPEN) != 0 ||
                            (row->least > 0 && (row->flags & GJR_LIMIT_BACKWARD) != 0)
                        ? gjr_terms_least_of(row)
                        : gjr_terms_of(row, &pace);
    gj_status status =
        gjr_account_count(gjr_judge_calendar(judge, row), term, held->arena, account, &pauses);
    account->over = account->status == GJ_ACCOUNT_RAN_OUT ? 0 : account->over;
    return status == GJ_OK ? held_take(held, row, pauses, account) : status;
}
