/* SPDX-License-Identifier: Apache-2.0
 *
 * See range.h. With W(d) the working days after the last day that is certain through d, by what is
 * known, and C, M what history bounds: whatever is announced, between W - C and W + M of them are
 * worked. So the n-th lies no earlier than the first d with W + M ≥ n, and no later than the first
 * with W - C ≥ n. The first is found by halving, since W + M only grows; the second by going on
 * from the n-th to the (n + C)-th until C no longer grows. */
#include "time/range.h"
#include "time/history.h"
#include "time/hours.h"

enum { STRIDES_MAX = 10000 };

/* The n-th working day after `from` at the earliest; n is at least 1. */
static gj_day nearest(const gj_calendar *calendar, const gjr_history *history, gj_day from,
                      int64_t n)
{
    gj_day low = from, high = gjr_calendar_workday_add(calendar, from, (uint32_t)n);
    while (high - low > 1) { /* low does not suffice, high does */
        gj_day middle = low + (high - low) / 2;
        int64_t days = (int64_t)middle - from;
        int64_t worked = gjr_calendar_workdays_between(calendar, from, middle) +
                         gjr_history_worked(history, days);
        if ((worked < days ? worked : days) >= n) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return high;
}

/* And at the latest; the end of time where no bound is found. */
static gj_day farthest(const gj_calendar *calendar, const gjr_history *history, gj_day from,
                       int64_t n)
{
    gj_day day = gjr_calendar_workday_add(calendar, from, (uint32_t)n);
    for (int stride = 0; stride < STRIDES_MAX && day < GJR_DAY_MAX; stride++) {
        int64_t wanted = n + gjr_history_closed(history, (int64_t)day - from);
        gj_day next = wanted > UINT32_MAX
                          ? GJR_DAY_MAX
                          : gjr_calendar_workday_add(calendar, from, (uint32_t)wanted);
        if (next == day) {
            return day;
        }
        day = next;
    }
    return GJR_DAY_MAX;
}

static gjr_range range_beyond(const gj_calendar *calendar, gj_day from, int64_t n)
{
    const gjr_history *history = gjr_calendar_history(calendar);
    return (gjr_range){nearest(calendar, history, from, n), farthest(calendar, history, from, n),
                       true};
}

static gj_day later_of(gj_day a, gj_day b)
{
    return a > b ? a : b;
}

/* Whether what is not announced can move it. */
static bool hangs(gjr_term term)
{
    switch (term.unit) {
    case GJ_WORKDAYS:
    case GJ_WORKHOURS:
        return term.budget > 0;
    case GJ_DAYS:
    case GJ_MONTHS:
    case GJ_YEARS:
        return term.rolls;
    case GJ_HOURS:
    case GJ_MINUTES:
    case GJ_UNIT_COUNT:
        break;
    }
    return false;
}

/* The first working day from its last day on, or from the first that is not announced. */
static gjr_range range_of_rolling(const gj_calendar *calendar, gjr_term term,
                                  const gjr_count *count, gj_day published)
{
    bool none_left = gjr_count_has_none_left(term, count);
    gj_day before = none_left ? count->start_day : count->raw_due_day - 1;
    return range_beyond(calendar, later_of(before, published), 1);
}

/* Office hours of a first day that is not announced may all be lost, so the farthest is that of a
 * start on the evening before the next. */
static gjr_range range_of_workhours(const gj_calendar *calendar, gjr_term term,
                                    const gjr_count *count, gj_day published)
{
    gj_day from = later_of(count->start_day - 1, published);
    int64_t n = gjr_calendar_workdays_between(calendar, from, count->due_day);
    gjr_range range = range_beyond(calendar, from, n > 1 ? n : 1);
    if (count->start_day > published) {
        gj_instant evening = gjr_calendar_day_end(calendar, count->start_day);
        gj_day last = gjr_count_due(calendar, term, evening).due_day;
        n = gjr_calendar_workdays_between(calendar, count->start_day, last);
        gjr_range after = range_beyond(calendar, count->start_day, n > 1 ? n : 1);
        range.latest = after.latest;
    }
    return range;
}

gjr_range gjr_count_range_of(const gj_calendar *calendar, gjr_term term, const gjr_count *count)
{
    if (!hangs(term) || !count->beyond_published) {
        return (gjr_range){count->due_day, count->due_day, false};
    }
    gj_day published = gjr_calendar_get_plan(calendar)->published_through;
    if (term.unit == GJ_WORKHOURS) {
        return range_of_workhours(calendar, term, count, published);
    }
    if (term.unit != GJ_WORKDAYS) {
        return range_of_rolling(calendar, term, count, published);
    }
    gj_day from = later_of(count->start_day, published);
    int64_t gone = gjr_calendar_workdays_between(calendar, count->start_day, from);
    int64_t left = (int64_t)term.budget - term.consumed - gone;
    return range_beyond(calendar, from, left > 1 ? left : 1);
}

/* ---- behind stops ---- */

void gjr_gaps_add(gjr_gaps *gaps, gj_day first, gj_day last)
{
    if (last < first) {
        return;
    }
    if (gaps->count > 0 && first <= gaps->items[gaps->count - 1].last + (int64_t)1) {
        gj_day *end = &gaps->items[gaps->count - 1].last;
        *end = last > *end ? last : *end;
    } else if (gaps->count == GJR_GAPS_MAX) {
        gaps->too_many = true;
    } else {
        gaps->items[gaps->count].first = first;
        gaps->items[gaps->count++].last = last;
    }
}

/* What is counted of the days after one day, which is announced, up to another: as far as is known,
 * and at least and at most. Each run of days between stops is bounded by itself, and all together
 * from the first to the last. */
typedef struct tally {
    int64_t known, least, most;
} tally;

static void tally_add(const gj_calendar *calendar, gj_day after, gj_day through, tally *to)
{
    const gjr_history *history = gjr_calendar_history(calendar);
    int64_t days = (int64_t)through - after;
    if (days <= 0) {
        return;
    }
    int64_t known = gjr_calendar_workdays_between(calendar, after, through);
    int64_t least = known - gjr_history_closed(history, days);
    int64_t most = known + gjr_history_worked(history, days);
    to->known += known;
    to->least += least > 0 ? least : 0;
    to->most += most < days ? most : days;
}

static tally tally_of(const gj_calendar *calendar, const gjr_gaps *gaps, gj_day after,
                      gj_day through)
{
    const gjr_history *history = gjr_calendar_history(calendar);
    tally found = {0};
    gj_day from = after;
    for (uint32_t i = 0; i < gaps->count && gaps->items[i].first <= through; i++) {
        tally_add(calendar, from, gaps->items[i].first - 1, &found);
        from = gaps->items[i].last > from ? gaps->items[i].last : from;
    }
    tally_add(calendar, from, through, &found);
    int64_t days = (int64_t)through - after;
    int64_t least = found.known - gjr_history_closed(history, days);
    int64_t most = found.known + gjr_history_worked(history, days);
    found.least = least > found.least ? least : found.least;
    found.most = most < found.most ? most : found.most;
    return found;
}

/* Which of the tally grows to n. */
typedef enum tallied { TALLIED_KNOWN, TALLIED_LEAST, TALLIED_MOST } tallied;

static int64_t tally_get(const tally *of, tallied which)
{
    return which == TALLIED_KNOWN ? of->known : which == TALLIED_LEAST ? of->least : of->most;
}

/* The first day through which so many are counted; what grows only is found by halving. */
static gj_day day_of_tally(const gj_calendar *calendar, const gjr_gaps *gaps, gj_day after,
                           int64_t n, tallied which)
{
    gj_day low = after, high = GJR_DAY_MAX;
    tally all = tally_of(calendar, gaps, after, high);
    if (tally_get(&all, which) < n) {
        return GJR_DAY_MAX;
    }
    while (high - low > 1) { /* low does not suffice, high does */
        gj_day middle = low + (high - low) / 2;
        tally some = tally_of(calendar, gaps, after, middle);
        if (tally_get(&some, which) >= n) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return high;
}

/* The n-th day, and on by as many as may be closed up to it, until these are no more. */
static gj_day farthest_stopped(const gj_calendar *calendar, const gjr_gaps *gaps, gj_day after,
                               int64_t n)
{
    gj_day day = day_of_tally(calendar, gaps, after, n, TALLIED_KNOWN);
    for (int stride = 0; stride < STRIDES_MAX && day < GJR_DAY_MAX; stride++) {
        tally found = tally_of(calendar, gaps, after, day);
        if (found.least >= n) {
            return day;
        }
        day = day_of_tally(calendar, gaps, after, n + found.known - found.least, TALLIED_KNOWN);
    }
    return GJR_DAY_MAX;
}

/* Days that count after one and through another, but for those that are stopped. */
static int64_t gone_stopped(const gj_calendar *calendar, const gjr_gaps *gaps, gj_day after,
                            gj_day through)
{
    tally found = tally_of(calendar, gaps, after, through);
    return found.known;
}

gjr_range gjr_count_range_stopped(const gj_calendar *calendar, gjr_term term, gj_day start_day,
                                  const gjr_count *count, const gjr_gaps *gaps)
{
    if (!hangs(term) || !count->beyond_published) {
        return (gjr_range){count->due_day, count->due_day, false};
    }
    gj_day published = gjr_calendar_get_plan(calendar)->published_through;
    bool rolls = term.unit != GJ_WORKDAYS;
    gj_day from = later_of(rolls ? count->raw_due_day - 1 : start_day, published);
    int64_t n = rolls ? 1 : term.budget - gone_stopped(calendar, gaps, start_day, from);
    n = n > 1 ? n : 1;
    if (gaps->too_many) {
        return (gjr_range){from + 1, GJR_DAY_MAX, true};
    }
    return (gjr_range){day_of_tally(calendar, gaps, from, n, TALLIED_MOST),
                       farthest_stopped(calendar, gaps, from, n), true};
}

gjr_range gjr_count_range(const gj_calendar *calendar, gjr_term term, gj_instant start)
{
    gjr_count count = gjr_count_due(calendar, term, start);
    return gjr_count_range_of(calendar, term, &count);
}

static gjr_count moved_to(const gj_calendar *calendar, const gjr_count *count, gj_day day,
                          bool at_close)
{
    gjr_count moved = *count;
    moved.due_day = day;
    moved.due = at_close ? gjr_hours_close(calendar, day) : gjr_calendar_day_end(calendar, day);
    return moved;
}

gjr_count gjr_count_at_latest(const gj_calendar *calendar, gjr_term term, const gjr_count *count,
                              gjr_range range)
{
    bool at_close = count->at_close || term.unit == GJ_WORKHOURS;
    return range.open ? moved_to(calendar, count, range.latest, at_close) : *count;
}

gjr_count gjr_count_latest(const gj_calendar *calendar, gjr_term term, const gjr_count *count)
{
    return gjr_count_at_latest(calendar, term, count, gjr_count_range_of(calendar, term, count));
}

gjr_count gjr_count_earliest(const gj_calendar *calendar, gjr_term term, const gjr_count *count)
{
    gjr_range range = gjr_count_range_of(calendar, term, count);
    if (!range.open) {
        return *count;
    }
    gjr_count moved = moved_to(calendar, count, range.earliest, count->at_close);
    if (term.unit == GJ_WORKHOURS) {
        moved.due = gjr_calendar_day_start(calendar, range.earliest);
    }
    return moved;
}
