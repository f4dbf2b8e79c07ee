/* SPDX-License-Identifier: Apache-2.0
 *
 * See count.h. The articles behind it: the day of the start is not counted, hours run from the
 * instant (Civil Code 201); a last day that is a holiday moves to the day after it ends, and a day
 * ends at 24:00 (Civil Code 203); working days leave the closed days out (Administrative Licensing
 * Law 82). */
#include "time/count.h"
#include "base/text.h"

#include <assert.h>
#include <string.h>

/* What is left of the term, added to its start. */
static gj_instant instant_add_rest(gj_instant start, gjr_term term)
{
    gj_instant due;
    int64_t rest = term.budget * GJR_MS_PER_HOUR - term.consumed;
    return __builtin_add_overflow(start, rest, &due) ? GJ_NEVER : due;
}

/* The days left of the term; none where more are consumed. */
static uint32_t days_left(gjr_term term)
{
    return term.consumed < term.budget ? (uint32_t)(term.budget - term.consumed) : 0;
}

/* A day's end is its own; one that would lie past the last year is never due. */
static gjr_count count_of_days(const gj_calendar *calendar, gj_day start, gj_day raw, gj_day due)
{
    return (gjr_count){
        .start_day = start,
        .raw_due_day = raw,
        .due_day = due,
        .due = gjr_calendar_day_end(calendar, due),
        .beyond_published = gjr_calendar_is_unpublished(calendar, due),
    };
}

static gjr_count count_of_hours(const gj_calendar *calendar, gjr_term term, gj_instant start)
{
    gj_instant due = instant_add_rest(start, term);
    gj_day last = gjr_calendar_day_of(calendar, term.budget > 0 ? due - 1 : due);
    return (gjr_count){
        .start_day = gjr_calendar_day_of(calendar, start),
        .raw_due_day = last,
        .due_day = last,
        .due = due,
    };
}

/* Where every day of the budget was consumed before and the last had not come, since it was closed,
 * it is none up to the day that is counted from. */
static gj_day rolled(const gj_calendar *calendar, gjr_term term, gj_day start_day, gj_day last)
{
    bool none_left = term.consumed > 0 && last == start_day;
    return gjr_calendar_next_workday(calendar, none_left ? last + 1 : last);
}

gjr_count gjr_count_due(const gj_calendar *calendar, gjr_term term, gj_instant start)
{
    gj_day start_day = gjr_calendar_day_of(calendar, start), last;
    switch (term.unit) {
    case GJ_WORKDAYS:
        last = gjr_calendar_workday_add(calendar, start_day, days_left(term));
        return count_of_days(calendar, start_day, last, last);
    case GJ_DAYS:
        last = gjr_civil_clamp((int64_t)start_day + days_left(term));
        return count_of_days(calendar, start_day, last,
                             term.rolls ? rolled(calendar, term, start_day, last) : last);
    case GJ_HOURS:
        return count_of_hours(calendar, term, start);
    }
    assert(false);
    return (gjr_count){0};
}

gj_instant gjr_count_due_at(const gj_calendar *calendar, gjr_term term, gj_instant start)
{
    if (term.unit == GJ_WORKDAYS) {
        gj_day day = gjr_calendar_day_of(calendar, start);
        return gjr_calendar_day_end(calendar,
                                    gjr_calendar_workday_add(calendar, day, days_left(term)));
    }
    return gjr_count_due(calendar, term, start).due;
}

gj_instant gjr_count_beside(const gj_calendar *calendar, gj_unit unit, const gjr_count *count,
                            int64_t amount)
{
    gj_instant instant;
    gj_day day = count->due_day;
    switch (unit) {
    case GJ_WORKDAYS:
        day = amount < 0 ? gjr_calendar_workday_subtract(calendar, day, (uint32_t)-amount)
                         : gjr_calendar_workday_add(calendar, day, (uint32_t)amount);
        return gjr_calendar_day_end(calendar, day);
    case GJ_DAYS:
        return gjr_calendar_day_end(calendar, gjr_civil_clamp(day + amount));
    case GJ_HOURS:
        return __builtin_add_overflow(count->due, amount * GJR_MS_PER_HOUR, &instant) ? GJ_NEVER
                                                                                      : instant;
    }
    assert(false);
    return GJ_NEVER;
}

static int64_t days_between(const gj_calendar *calendar, gj_unit unit, gj_day after, gj_day through)
{
    if (through <= after) {
        return 0;
    }
    return unit == GJ_WORKDAYS ? gjr_calendar_workdays_between(calendar, after, through)
                               : (int64_t)through - after;
}

/* Milliseconds from one to the other, 0 where they are in the other order. */
static uint64_t ms_between(gj_instant from, gj_instant to)
{
    return to > from ? (uint64_t)to - (uint64_t)from : 0;
}

int64_t gjr_count_elapsed(const gj_calendar *calendar, gj_unit unit, gj_instant start,
                          gj_instant now)
{
    if (unit == GJ_HOURS) {
        return (int64_t)(ms_between(start, now) / (uint64_t)GJR_MS_PER_HOUR);
    }
    return days_between(calendar, unit, gjr_calendar_day_of(calendar, start),
                        gjr_calendar_day_of(calendar, now));
}

uint64_t gjr_count_over(const gj_calendar *calendar, gj_unit unit, const gjr_count *count,
                        gj_instant at)
{
    if (at < count->due) {
        return 0;
    }
    uint64_t over;
    if (unit == GJ_HOURS) {
        uint64_t late_ms = ms_between(count->due, at), hour_ms = (uint64_t)GJR_MS_PER_HOUR;
        over = late_ms / hour_ms + (late_ms % hour_ms > 0 ? 1 : 0);
    } else {
        over = (uint64_t)days_between(calendar, unit, count->due_day,
                                      gjr_calendar_day_of(calendar, at));
    }
    return over > 0 ? over : 1;
}

/* ---- runs ---- */

/* A day as a run of one; false where the day is an ordinary working day. */
static bool run_of_day(const gj_calendar *calendar, gj_day day, gj_run *run)
{
    uint8_t week = gjr_calendar_get_plan(calendar)->week;
    *run = (gj_run){.from = day, .to = day, .name = gjr_calendar_day_name(calendar, day)};
    switch (gjr_calendar_class(calendar, day)) {
    case GJR_DAY_WORKING:
        return false;
    case GJR_DAY_WEEKEND:
        run->kind = GJ_RUN_WEEKEND;
        return true;
    case GJR_DAY_HOLIDAY:
        run->kind = GJ_RUN_HOLIDAY;
        return true;
    case GJR_DAY_OFF:
        run->kind = GJ_RUN_OFF;
        return true;
    case GJR_DAY_ON:
        run->kind = GJ_RUN_WORKED;
        return (week >> gjr_civil_weekday(day) & 1) == 0;
    }
    return false;
}

static bool kind_is_declared(gj_run_kind kind)
{
    return kind == GJ_RUN_HOLIDAY || kind == GJ_RUN_OFF;
}

/* Takes the next day into the run where they belong together. */
static bool run_extend(gj_run *run, const gj_run *next)
{
    bool declared = kind_is_declared(run->kind) && kind_is_declared(next->kind);
    if (next->from != run->to + 1 || (run->kind != next->kind && !declared) ||
        !gjb_text_equal(run->name, next->name)) {
        return false;
    }
    run->to = next->to;
    run->kind = next->kind == GJ_RUN_HOLIDAY ? GJ_RUN_HOLIDAY : run->kind;
    return true;
}

/* The first run from *day on, and *day becomes the day after it; false where there is none. */
static bool run_take(const gj_calendar *calendar, gj_day *day, gj_day to, gj_run *run)
{
    while (*day <= to && !run_of_day(calendar, *day, run)) {
        ++*day;
    }
    if (*day > to) {
        return false;
    }
    gj_run next;
    do {
        ++*day;
    } while (*day <= to && run_of_day(calendar, *day, &next) && run_extend(run, &next));
    return true;
}

static size_t runs_count(const gj_calendar *calendar, gj_day from, gj_day to)
{
    gj_run run;
    size_t count = 0;
    while (count < GJR_COUNT_RUNS_MAX && run_take(calendar, &from, to, &run)) {
        count++;
    }
    return count;
}

gj_status gjr_count_runs(const gj_calendar *calendar, gj_day from, gj_day to, gjb_arena *arena,
                         gjr_runs *runs)
{
    from = gjr_civil_clamp(from);
    to = gjr_civil_clamp(to);
    *runs = (gjr_runs){.count = runs_count(calendar, from, to)};
    runs->items = gjb_arena_make(arena, runs->count, sizeof *runs->items);
    if (runs->items == NULL) {
        runs->count = 0;
        return GJ_NO_MEMORY;
    }
    for (size_t i = 0; i < runs->count; i++) {
        run_take(calendar, &from, to, &runs->items[i]);
    }
    return GJ_OK;
}
