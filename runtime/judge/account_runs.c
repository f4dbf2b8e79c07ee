/* SPDX-License-Identifier: Apache-2.0
 *
 * The runs of an account: the one place that walks a limit's days, as a person does with a calendar
 * of paper. What is counted in time it takes from edge to edge instead: of a pause, of what has
 * gone, of due, and of office hours also of each day. */
#include "base/text.h"
#include "judge/account.h"
#include "time/hours.h"

#include <string.h>

enum { STEPS_MAX = 40000 }; /* days, or edges: more than a hundred years */

typedef struct walk {
    const gjr_account_span *span;
    gj_account *account;
    gjb_arena *arena;
    gj_account_run *runs;
    size_t count, capacity;
    size_t pause; /* the first that is not over */
    uint64_t total, over;
    gj_instant over_from; /* where it is over whatever is announced */
    bool no_memory;
} walk;

static bool is_declared(gj_why why)
{
    return why == GJ_WHY_HOLIDAY || why == GJ_WHY_OFF;
}

/* Takes the next one into the run before it where they belong together. */
static bool run_extend(walk *with, const gj_account_run *next)
{
    gj_account_run *run = with->count > 0 ? &with->runs[with->count - 1] : NULL;
    const gj_account *account = with->account;
    bool is_edge = run != NULL && account->has_due && !account->in_time &&
                   run->to == account->due_day; /* each page names that day */
    if (run == NULL || is_edge || run->end != next->begin || run->phase != next->phase ||
        run->extended != next->extended || run->counts != next->counts ||
        (run->why != next->why && !(is_declared(run->why) && is_declared(next->why))) ||
        !gjb_text_equal(run->name, next->name)) {
        return false;
    }
    run->to = next->to;
    run->end = next->end;
    run->why = next->why == GJ_WHY_HOLIDAY ? GJ_WHY_HOLIDAY : run->why;
    run->amount += next->amount;
    run->total = next->total;
    return true;
}

static bool grow(walk *with)
{
    size_t capacity = with->capacity == 0 ? 32 : with->capacity * 2;
    gj_account_run *runs = gjb_arena_make(with->arena, capacity, sizeof *runs);
    if (runs == NULL) {
        with->no_memory = true;
        return false;
    }
    if (with->count > 0) {
        memcpy(runs, with->runs, with->count * sizeof *runs);
    }
    with->runs = runs;
    with->capacity = capacity;
    return true;
}

/* False where there is room for no more. */
static bool run_add(walk *with, const gj_account_run *next)
{
    if (run_extend(with, next)) {
        return true;
    }
    if (with->count == GJR_COUNT_RUNS_MAX) {
        with->account->runs_cut = true;
        return false;
    }
    if (with->count == with->capacity && !grow(with)) {
        return false;
    }
    with->runs[with->count++] = *next;
    return true;
}

/* What the run counts is added up, in the account's measure. */
static void total_take(walk *with, gj_account_run *run, uint64_t amount)
{
    uint64_t *total = run->phase == GJ_PHASE_OVER ? &with->over : &with->total;
    run->amount = run->counts || run->why == GJ_WHY_OPEN ? amount : 0;
    *total += run->counts ? amount : 0;
    run->total = *total;
}

/* ---- days ---- */

static bool is_worked(const gj_calendar *calendar, gj_day day)
{
    uint8_t week = calendar == NULL ? UINT8_MAX : gjr_calendar_get_plan(calendar)->week;
    return gjr_calendar_class(calendar, day) == GJR_DAY_ON &&
           (week >> gjr_civil_weekday(day) & 1) == 0;
}

/* By the calendar alone. */
static void class_take(const walk *with, gj_account_run *run)
{
    const gj_calendar *calendar = with->span->calendar;
    switch (gjr_calendar_class(calendar, run->from)) {
    case GJR_DAY_WORKING:
    case GJR_DAY_ON:
        run->why = is_worked(calendar, run->from) ? GJ_WHY_WORKED : GJ_WHY_COUNTED;
        break;
    case GJR_DAY_WEEKEND:
        run->why = GJ_WHY_WEEKEND;
        break;
    case GJR_DAY_HOLIDAY:
        run->why = GJ_WHY_HOLIDAY;
        break;
    case GJR_DAY_OFF:
        run->why = GJ_WHY_OFF;
        break;
    }
    if (run->why != GJ_WHY_COUNTED) {
        run->name = gjr_calendar_day_name(calendar, run->from);
    }
}

/* The pause that holds at the day's end, or NULL. Days are asked for in their order. */
static const gjr_pause *pause_of(walk *with, const gj_account_run *run)
{
    const gjr_account_span *span = with->span;
    gj_instant end = span->term.at_close ? gjr_hours_close(span->calendar, run->from) : run->end;
    while (with->pause < span->pause_count && span->pauses[with->pause].end < end) {
        with->pause++;
    }
    const gjr_pause *pause = &span->pauses[with->pause];
    return with->pause < span->pause_count && pause->begin < end ? pause : NULL;
}

/* Nobody knows yet whether the day is over. */
static bool is_open(const walk *with, const gj_account_run *run)
{
    const gj_account *account = with->account;
    return account->has_due && !gjr_account_is_backward(account) && run->begin >= account->due &&
           run->begin < with->over_from;
}

static void counts_take(const walk *with, gj_account_run *run)
{
    run->counts = run->why == GJ_WHY_COUNTED || run->why == GJ_WHY_WORKED;
    if (run->counts && is_open(with, run)) {
        run->why = GJ_WHY_OPEN;
        run->name = (gj_text){NULL, 0};
        run->counts = false;
    }
}

static void why_take(walk *with, gj_account_run *run)
{
    const gj_account *account = with->account;
    const gjr_pause *pause =
        run->phase != GJ_PHASE_OVER && run->from != account->start_day ? pause_of(with, run) : NULL;
    bool in_days = account->unit != GJ_WORKDAYS;
    if (run->from == account->start_day) {
        run->why = GJ_WHY_START;
    } else if (gjr_account_is_backward(account) && account->has_due &&
               run->from == account->until_day) {
        run->why = GJ_WHY_TARGET;
    } else if (pause != NULL) {
        run->why = GJ_WHY_STOPPED;
        run->name = pause->name;
    } else if (in_days && (run->phase == GJ_PHASE_OVER || with->total < with->span->whole)) {
        run->why = GJ_WHY_COUNTED;
    } else if (in_days && run->from == account->due_day) {
        run->why = GJ_WHY_MOVED;
    } else {
        class_take(with, run);
    }
    counts_take(with, run);
}

/* Counted back, what lies before the first lawful day is too much. */
static gj_phase phase_of(const gj_account *account, gj_day day)
{
    if (gjr_account_is_backward(account)) {
        return account->span == GJ_SPAN_WITHIN_BEFORE && account->has_due && day <= account->due_day
                   ? GJ_PHASE_OVER
                   : GJ_PHASE_GONE;
    }
    return account->has_due && day > account->due_day ? GJ_PHASE_OVER
           : day > account->until_day                 ? GJ_PHASE_TO_COME
                                                      : GJ_PHASE_GONE;
}

static bool day_add(walk *with, gj_day day)
{
    gj_account *account = with->account;
    gj_account_run run = {
        .from = day,
        .to = day,
        .begin = gjr_calendar_day_start(with->span->calendar, day),
        .end = gjr_calendar_day_end(with->span->calendar, day),
        .phase = phase_of(account, day),
    };
    why_take(with, &run);
    total_take(with, &run, 1);
    if (account->has_due && run.counts && with->total == with->span->whole && with->over == 0) {
        account->raw_due_day = day;
    }
    run.extended =
        run.counts && run.phase != GJ_PHASE_OVER && with->total > with->span->whole_before;
    return run_add(with, &run);
}

static void walk_days(walk *with)
{
    const gj_account *account = with->account;
    gj_day last = account->until_day > account->start_day ? account->until_day : account->start_day;
    bool minimum = account->span == GJ_SPAN_AT_LEAST; /* of which nothing is told once it is over */
    if (account->has_due && (minimum || account->due_day > last)) {
        last = account->due_day;
    }
    gj_day end = last < account->start_day + STEPS_MAX ? last : account->start_day + STEPS_MAX;
    with->account->runs_cut = end < last;
    for (gj_day day = account->start_day; day <= end && day_add(with, day); day++) {
    }
}

/* ---- time ---- */

static gj_instant nearer(gj_instant edge, gj_instant after, gj_instant other)
{
    return other > after && other < edge ? other : edge;
}

/* When what was there before it was extended is used up, or GJ_NEVER. */
static gj_instant added_at(const walk *with, gj_instant at)
{
    const gjr_account_span *span = with->span;
    if (span->whole_before == span->whole || with->total >= span->whole_before) {
        return GJ_NEVER;
    }
    int64_t rest = (int64_t)(span->whole_before - with->total);
    gj_instant added;
    if (span->term.unit == GJ_WORKHOURS) {
        return gjr_hours_add(span->calendar, at, rest);
    }
    return __builtin_add_overflow(at, rest, &added) ? GJ_NEVER : added;
}

/* Where the span that begins there ends: at the next edge of anything. */
static gj_instant edge_after(const walk *with, gj_instant at, gj_instant last)
{
    const gj_account *account = with->account;
    const gjr_account_span *span = with->span;
    gj_instant edge = nearer(last, at, account->until);
    edge = account->has_due ? nearer(nearer(edge, at, account->due), at, with->over_from) : edge;
    if (with->pause < span->pause_count) {
        edge = nearer(edge, at, span->pauses[with->pause].begin);
        edge = nearer(edge, at, span->pauses[with->pause].end);
    }
    if (account->unit == GJ_WORKHOURS) {
        gj_day day = gjr_calendar_day_of(span->calendar, at);
        edge = nearer(edge, at, gjr_calendar_day_end(span->calendar, day));
    }
    return nearer(edge, at, added_at(with, at));
}

static void span_why_take(const walk *with, gj_account_run *run)
{
    run->why = GJ_WHY_COUNTED;
    if (with->account->unit == GJ_WORKHOURS) {
        class_take(with, run);
    }
    const gjr_pause *pause = &with->span->pauses[with->pause];
    if (run->phase != GJ_PHASE_OVER && with->pause < with->span->pause_count &&
        pause->begin <= run->begin) {
        run->why = GJ_WHY_STOPPED;
        run->name = pause->name;
    }
    counts_take(with, run);
}

/* Those that are over by then. */
static void pauses_pass(walk *with, gj_instant at)
{
    const gjr_account_span *span = with->span;
    while (with->pause < span->pause_count && span->pauses[with->pause].end <= at) {
        with->pause++;
    }
}

static gj_phase time_phase_of(const gj_account *account, gj_instant begin)
{
    if (gjr_account_is_backward(account)) {
        return account->span == GJ_SPAN_WITHIN_BEFORE && account->has_due && begin < account->due
                   ? GJ_PHASE_OVER
                   : GJ_PHASE_GONE;
    }
    return account->has_due && begin >= account->due ? GJ_PHASE_OVER
           : begin >= account->until                 ? GJ_PHASE_TO_COME
                                                     : GJ_PHASE_GONE;
}

static bool span_add(walk *with, gj_instant begin, gj_instant end)
{
    const gjr_account_span *span = with->span;
    const gj_account *account = with->account;
    gj_account_run run = {
        .from = gjr_calendar_day_of(span->calendar, begin),
        .to = gjr_calendar_day_of(span->calendar, end - 1),
        .begin = begin,
        .end = end,
        .phase = time_phase_of(account, begin),
    };
    span_why_take(with, &run);
    run.extended = run.counts && run.phase != GJ_PHASE_OVER && with->total >= span->whole_before;
    total_take(with, &run, (uint64_t)gjr_count_gone(span->calendar, account->unit, begin, end));
    return run_add(with, &run);
}

static void walk_time(walk *with)
{
    const gj_account *account = with->account;
    gj_instant at = account->start, last = account->until;
    bool minimum = account->span == GJ_SPAN_AT_LEAST;
    last = account->has_due && account->due != GJ_NEVER && (minimum || account->due > last)
               ? account->due
               : last;
    for (int steps = 0; at < last && steps < STEPS_MAX; steps++) {
        pauses_pass(with, at);
        gj_instant edge = edge_after(with, at, last);
        if (!span_add(with, at, edge)) {
            return;
        }
        at = edge;
    }
    with->account->runs_cut = at < last;
}

/* When it is over for sure: a minimum is nothing to be over. */
static gj_instant over_from(const gjr_account_span *span, const gj_account *account)
{
    bool within = account->has_due && account->span != GJ_SPAN_AT_LEAST;
    return within && !gjr_account_is_backward(account) ? span->range.over : account->due;
}

gj_status gjr_account_make_runs(const gjr_account_span *span, gjb_arena *arena, gj_account *account)
{
    walk with = {.span = span, .account = account, .arena = arena};
    with.over_from = over_from(span, account);
    if (account->in_time) {
        walk_time(&with);
    } else {
        walk_days(&with);
    }
    account->runs = with.runs;
    account->run_count = with.count;
    return with.no_memory ? GJ_NO_MEMORY : GJ_OK;
}
