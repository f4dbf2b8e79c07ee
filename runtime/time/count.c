/* SPDX-License-Identifier: Apache-2.0
 *
 * See count.h. The articles behind it: the day of the start is not counted, hours run from the
 * instant (Civil Code 201); months and years end with the day of that number, or the month's last
 * (202); a last day that is a holiday moves to the day after it ends, and a day ends at 24:00 or
 * when business ends (203); working days leave the closed days out (Administrative Licensing
 * Law 82). */
#include "time/count.h"
#include "base/text.h"
#include "time/hours.h"

#include <assert.h>
#include <string.h>

#define MS_PER_MINUTE INT64_C(60000)

int64_t gjr_count_unit_ms(gj_unit unit)
{
    return unit == GJ_MINUTES                         ? MS_PER_MINUTE
           : unit == GJ_HOURS || unit == GJ_WORKHOURS ? GJR_MS_PER_HOUR
                                                      : 0;
}

bool gjr_count_is_time(gj_unit unit)
{
    return gjr_count_unit_ms(unit) > 0;
}

static int64_t months_of(gj_unit unit, int64_t amount)
{
    return unit == GJ_YEARS ? amount * 12 : amount;
}

static gj_instant instant_add(gj_instant from, int64_t ms)
{
    gj_instant sum;
    return __builtin_add_overflow(from, ms, &sum) ? GJ_NEVER : sum;
}

/* So much time of the unit after an instant, or before it. */
static gj_instant time_add(const gj_calendar *calendar, gj_unit unit, gj_instant from, int64_t ms)
{
    return unit == GJ_WORKHOURS ? gjr_hours_add(calendar, from, ms) : instant_add(from, ms);
}

static gj_instant end_of_day(const gj_calendar *calendar, gj_day day, bool at_close)
{
    return at_close ? gjr_hours_close(calendar, day) : gjr_calendar_day_end(calendar, day);
}

gj_day gjr_count_day_of(const gj_calendar *calendar, gj_instant at, bool at_close)
{
    gj_day day = gjr_calendar_day_of(calendar, at);
    return at_close && at >= gjr_hours_close(calendar, day) ? day + 1 : day;
}

/* ---- due ---- */

/* The days left of a number of them; none where more are consumed. */
static uint32_t days_left(int64_t length, gjr_term term)
{
    return term.consumed < length ? (uint32_t)(length - term.consumed) : 0;
}

/* How many days a number of months or years is, which its own start decides. */
static int64_t days_of_months(gjr_term term, gj_day start)
{
    gj_day begin = gjr_civil_clamp((int64_t)start - term.moved);
    gj_day last = gjr_civil_add_months(begin, months_of(term.unit, term.budget));
    return (last == GJ_NO_DAY ? (int64_t)GJR_DAY_MAX : last) - begin;
}

/* A day's end is its own; one that would lie past the last year is never due. */
static gjr_count count_of_days(const gj_calendar *calendar, gjr_term term, gj_day start, gj_day raw,
                               gj_day due)
{
    return (gjr_count){
        .start_day = start,
        .raw_due_day = raw,
        .due_day = due,
        .due = end_of_day(calendar, due, term.at_close),
        .at_close = term.at_close,
        .beyond_published = gjr_calendar_is_unpublished(calendar, due),
    };
}

static gjr_count count_of_time(const gj_calendar *calendar, gjr_term term, gj_instant start)
{
    int64_t left = term.budget * gjr_count_unit_ms(term.unit) - term.consumed;
    gj_instant due = time_add(calendar, term.unit, start, left);
    gj_day last = gjr_calendar_day_of(calendar, term.budget > 0 ? due - 1 : due);
    return (gjr_count){
        .start_day = gjr_calendar_day_of(calendar, start),
        .raw_due_day = last,
        .due_day = last,
        .due = due,
        .beyond_published =
            term.unit == GJ_WORKHOURS && gjr_calendar_is_unpublished(calendar, last),
    };
}

bool gjr_count_has_none_left(gjr_term term, const gjr_count *count)
{
    return term.consumed > 0 && count->raw_due_day <= count->start_day;
}

static gjr_count count_of_calendar_days(const gj_calendar *calendar, gjr_term term,
                                        gj_instant start, int64_t length)
{
    gj_day start_day = gjr_calendar_day_of(calendar, start);
    gj_day last = gjr_civil_clamp((int64_t)start_day + days_left(length, term));
    gj_day raw = last == start_day ? gjr_civil_clamp((int64_t)last - term.back) : last;
    gjr_count count = {.start_day = start_day, .raw_due_day = raw};
    gj_day from = gjr_count_has_none_left(term, &count) ? start_day + 1 : last;
    return count_of_days(calendar, term, start_day, raw,
                         term.rolls ? gjr_calendar_next_workday(calendar, from) : last);
}

gjr_count gjr_count_due(const gj_calendar *calendar, gjr_term term, gj_instant start)
{
    gj_day start_day, last;
    switch (term.unit) {
    case GJ_WORKDAYS:
        start_day = gjr_calendar_day_of(calendar, start);
        last = gjr_calendar_workday_add(calendar, start_day, days_left(term.budget, term));
        return count_of_days(calendar, term, start_day, last, last);
    case GJ_DAYS:
        return count_of_calendar_days(calendar, term, start, term.budget);
    case GJ_MONTHS:
    case GJ_YEARS:
        start_day = gjr_calendar_day_of(calendar, start);
        return count_of_calendar_days(calendar, term, start, days_of_months(term, start_day));
    case GJ_HOURS:
    case GJ_MINUTES:
    case GJ_WORKHOURS:
        return count_of_time(calendar, term, start);
    case GJ_UNIT_COUNT:
        break;
    }
    assert(false);
    return (gjr_count){0};
}

gj_instant gjr_count_due_at(const gj_calendar *calendar, gjr_term term, gj_instant start)
{
    if (term.unit == GJ_WORKDAYS && !term.at_close) {
        gj_day day = gjr_calendar_day_of(calendar, start);
        return gjr_calendar_day_end(
            calendar, gjr_calendar_workday_add(calendar, day, days_left(term.budget, term)));
    }
    return gjr_count_due(calendar, term, start).due;
}

int64_t gjr_count_share(const gj_calendar *calendar, gjr_term term, gj_instant start,
                        uint32_t share)
{
    int64_t ms = gjr_count_unit_ms(term.unit);
    if (ms > 0) {
        return term.budget * ms / GJR_SHARE_ALL * share;
    }
    bool by_months = term.unit == GJ_MONTHS || term.unit == GJ_YEARS;
    int64_t length =
        by_months ? days_of_months(term, gjr_calendar_day_of(calendar, start)) : term.budget;
    return (length * share + GJR_SHARE_ALL - 1) / GJR_SHARE_ALL;
}

gj_instant gjr_count_share_at(const gj_calendar *calendar, gjr_term term, gj_instant start,
                              uint32_t share)
{
    int64_t used = gjr_count_share(calendar, term, start, share);
    if (gjr_count_is_time(term.unit)) {
        return time_add(calendar, term.unit, start, used - term.consumed);
    }
    gjr_term part = {.unit = term.unit == GJ_WORKDAYS ? GJ_WORKDAYS : GJ_DAYS,
                     .budget = (uint32_t)used,
                     .consumed = term.consumed,
                     .at_close = term.at_close};
    return gjr_count_due_at(calendar, part, start);
}

gj_instant gjr_count_beside(const gj_calendar *calendar, gj_unit unit, const gjr_count *count,
                            int64_t amount)
{
    gj_day day = count->due_day;
    switch (unit) {
    case GJ_WORKDAYS:
        day = amount < 0 ? gjr_calendar_workday_subtract(calendar, day, (uint32_t)-amount)
                         : gjr_calendar_workday_add(calendar, day, (uint32_t)amount);
        return end_of_day(calendar, day, count->at_close);
    case GJ_DAYS:
        return end_of_day(calendar, gjr_civil_clamp(day + amount), count->at_close);
    case GJ_MONTHS:
    case GJ_YEARS:
        day = gjr_civil_add_months(day, months_of(unit, amount));
        day = day != GJ_NO_DAY ? day : amount < 0 ? GJR_DAY_MIN : GJR_DAY_MAX;
        return end_of_day(calendar, day, count->at_close);
    case GJ_HOURS:
    case GJ_MINUTES:
    case GJ_WORKHOURS:
        return time_add(calendar, unit, count->due, amount * gjr_count_unit_ms(unit));
    case GJ_UNIT_COUNT:
        break;
    }
    assert(false);
    return GJ_NEVER;
}

/* ---- gone, and over ---- */

/* Milliseconds from one to the other, 0 where they are in the other order. */
static int64_t ms_between(gj_instant from, gj_instant to)
{
    int64_t ms;
    if (to <= from) {
        return 0;
    }
    return __builtin_sub_overflow(to, from, &ms) ? INT64_MAX : ms;
}

static int64_t days_between(const gj_calendar *calendar, gj_unit unit, gj_day after, gj_day through)
{
    if (through <= after) {
        return 0;
    }
    return unit == GJ_WORKDAYS ? gjr_calendar_workdays_between(calendar, after, through)
                               : (int64_t)through - after;
}

int64_t gjr_count_gone(const gj_calendar *calendar, gj_unit unit, gj_instant from, gj_instant to)
{
    if (unit == GJ_WORKHOURS) {
        return gjr_hours_between(calendar, from, to);
    }
    return gjr_count_unit_ms(unit) > 0
               ? ms_between(from, to)
               : days_between(calendar, unit, gjr_calendar_day_of(calendar, from),
                              gjr_calendar_day_of(calendar, to));
}

int64_t gjr_count_whole(gj_unit unit, int64_t gone)
{
    int64_t ms = gjr_count_unit_ms(unit);
    return ms > 0 ? gone / ms : gone;
}

int64_t gjr_count_elapsed(const gj_calendar *calendar, gj_unit unit, gj_instant start,
                          gj_instant now)
{
    return gjr_count_whole(unit, gjr_count_gone(calendar, unit, start, now));
}

gj_unit gjr_count_over_unit(gj_unit unit)
{
    return unit == GJ_MONTHS || unit == GJ_YEARS ? GJ_DAYS : unit;
}

uint64_t gjr_count_over(const gj_calendar *calendar, gj_unit unit, const gjr_count *count,
                        gj_instant at)
{
    if (at < count->due) {
        return 0;
    }
    int64_t over, ms = gjr_count_unit_ms(unit);
    if (ms > 0) {
        int64_t gone = gjr_count_gone(calendar, unit, count->due, at);
        over = gone / ms + (gone % ms > 0 ? 1 : 0);
    } else {
        over = days_between(calendar, unit, count->due_day, gjr_calendar_day_of(calendar, at));
    }
    return over > 0 ? (uint64_t)over : 1;
}

uint64_t gjr_count_short(const gj_calendar *calendar, gj_unit unit, const gjr_count *count,
                         gj_instant at)
{
    if (at >= count->due) {
        return 0;
    }
    int64_t amount, ms = gjr_count_unit_ms(unit);
    if (ms > 0) {
        int64_t left = gjr_count_gone(calendar, unit, at, count->due);
        amount = left / ms + (left % ms > 0 ? 1 : 0);
    } else {
        amount =
            days_between(calendar, unit, gjr_calendar_day_of(calendar, at) - 1, count->due_day);
    }
    return amount > 0 ? (uint64_t)amount : 1;
}

/* A date told: it includes that day. A time: that instant. */
gjr_count gjr_count_by(const gj_calendar *calendar, gjr_term term, gj_instant start, gj_instant by)
{
    gj_day start_day = gjr_calendar_day_of(calendar, start);
    gj_day last = gjr_calendar_day_of(calendar, by);
    if (gjr_count_unit_ms(term.unit) == 0) {
        return count_of_days(calendar, term, start_day, last,
                             term.rolls ? gjr_calendar_next_workday(calendar, last) : last);
    }
    last = gjr_calendar_day_of(calendar, by - 1);
    return (gjr_count){.start_day = start_day, .raw_due_day = last, .due_day = last, .due = by};
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
