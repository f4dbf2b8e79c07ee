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

/* The far end of what rolls, of working days and of office hours is a working day. */
static gj_instant over_of(const gj_calendar *calendar, gjr_term term, gj_day latest)
{
    return term.at_close || term.unit == GJ_WORKHOURS ? gjr_hours_close(calendar, latest)
                                                      : gjr_calendar_day_end(calendar, latest);
}

static gjr_range range_beyond(const gj_calendar *calendar, gjr_term term, gj_day from, int64_t n)
{
    const gjr_history *history = gjr_calendar_history(calendar);
    gj_day latest = farthest(calendar, history, from, n);
    return (gjr_range){nearest(calendar, history, from, n), latest, true,
                       over_of(calendar, term, latest)};
}

/* One day. Whether it is worked, and ends when the office closes, may not be announced. */
static gjr_range range_of_day(const gj_calendar *calendar, const gjr_count *count)
{
    bool ends_for_sure = count->at_close && count->beyond_published;
    return (gjr_range){count->due_day, count->due_day, false,
                       ends_for_sure ? gjr_calendar_day_end(calendar, count->due_day) : count->due};
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
    return range_beyond(calendar, term, later_of(before, published), 1);
}

/* Office hours of a first day that is not announced may all be lost, so the farthest is that of a
 * start on the evening before the next. */
static gjr_range range_of_workhours(const gj_calendar *calendar, gjr_term term,
                                    const gjr_count *count, gj_day published)
{
    gj_day from = later_of(count->start_day - 1, published);
    int64_t n = gjr_calendar_workdays_between(calendar, from, count->due_day);
    gjr_range range = range_beyond(calendar, term, from, n > 1 ? n : 1);
    if (count->start_day > published) {
        gj_instant evening = gjr_calendar_day_end(calendar, count->start_day);
        gj_day last = gjr_count_due(calendar, term, evening).due_day;
        n = gjr_calendar_workdays_between(calendar, count->start_day, last);
        gjr_range after = range_beyond(calendar, term, count->start_day, n > 1 ? n : 1);
        range.latest = after.latest;
        range.over = after.over;
    }
    return range;
}

gjr_range gjr_count_range_of(const gj_calendar *calendar, gjr_term term, const gjr_count *count)
{
    if (!hangs(term) || !count->beyond_published) {
        return range_of_day(calendar, count);
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
    return range_beyond(calendar, term, from, left > 1 ? left : 1);
}

typedef gj_day gaps_end(const gjr_gaps *gaps, gj_day after, int64_t amount);

/* Behind what is certain, what is left by what the list stops; of what rolls, one day from its last
 * day on. */
static gj_day end_of_stopped(const gjr_gaps *gaps, const gjr_gap_list *list, gaps_end *end)
{
    const gjr_term *term = &gaps->term;
    gj_day published = gjr_calendar_get_plan(gaps->calendar)->published_through;
    if (term->unit != GJ_WORKDAYS && term->unit != GJ_WORKHOURS) {
        gj_day raw = gjr_gaps_last(gaps, list, gaps->days);
        return end(gaps, later_of(raw - 1, published), 1);
    }
    gj_day from = later_of(gaps->after, published);
    int64_t whole = term->unit == GJ_WORKHOURS ? gjr_count_unit_ms(term->unit) : 1;
    int64_t left = term->budget * whole - gjr_gaps_count(gaps, list, gaps->after, from);
    return end(gaps, from, left > 1 ? left : 1);
}

/* Of hours and minutes, which hang on when a stop is over. */
static gjr_range range_of_time(const gjr_gaps *gaps)
{
    const gj_calendar *calendar = gaps->calendar;
    gj_instant earliest = gaps->least.due, latest = gaps->most.due;
    gj_day last = latest == GJ_NEVER ? GJR_DAY_MAX : gjr_calendar_day_of(calendar, latest - 1);
    return (gjr_range){gjr_calendar_day_of(calendar, earliest - 1), last, earliest != latest,
                       latest == GJ_NEVER ? gjr_calendar_day_end(calendar, last) : latest};
}

/* Of a number of days whose last does not roll, likewise. */
static gjr_range range_of_days(const gjr_gaps *gaps, const gjr_count *count)
{
    gj_day earliest =
        gaps->least.too_many ? gaps->after + 1 : gjr_gaps_last(gaps, &gaps->least, gaps->days);
    gj_day latest =
        gaps->most.too_many ? GJR_DAY_MAX : gjr_gaps_last(gaps, &gaps->most, gaps->days);
    gj_instant over = gjr_calendar_day_end(gaps->calendar, latest);
    return earliest == latest ? range_of_day(gaps->calendar, count)
                              : (gjr_range){earliest, latest, true, over};
}

gjr_range gjr_count_range_stopped(const gjr_gaps *gaps, const gjr_count *count)
{
    const gjr_term *term = &gaps->term;
    if (gjr_count_is_time(term->unit) && term->unit != GJ_WORKHOURS) {
        return range_of_time(gaps);
    }
    if (!count->beyond_published || term->budget == 0) {
        return range_of_day(gaps->calendar, count);
    }
    if (!hangs(*term)) {
        return range_of_days(gaps, count);
    }
    gj_day latest = end_of_stopped(gaps, &gaps->most, gjr_gaps_farthest);
    return (gjr_range){end_of_stopped(gaps, &gaps->least, gjr_gaps_nearest), latest, true,
                       over_of(gaps->calendar, *term, latest)};
}

gjr_range gjr_count_range(const gj_calendar *calendar, gjr_term term, gj_instant start)
{
    gjr_count count = gjr_count_due(calendar, term, start);
    return gjr_count_range_of(calendar, term, &count);
}

static gjr_count moved_to(const gjr_count *count, gj_day day, gj_instant due)
{
    gjr_count moved = *count;
    moved.due_day = day;
    moved.due = due;
    return moved;
}

gjr_count gjr_count_at_latest(const gjr_count *count, gjr_range range)
{
    return moved_to(count, range.latest, range.over);
}

gjr_count gjr_count_latest(const gj_calendar *calendar, gjr_term term, const gjr_count *count)
{
    return gjr_count_at_latest(count, gjr_count_range_of(calendar, term, count));
}

gjr_count gjr_count_earliest(const gj_calendar *calendar, gjr_term term, const gjr_count *count)
{
    gjr_range range = gjr_count_range_of(calendar, term, count);
    if (!range.open) {
        return *count;
    }
    return moved_to(count, range.earliest,
                    term.unit == GJ_WORKHOURS ? gjr_calendar_day_start(calendar, range.earliest)
                    : count->at_close         ? gjr_hours_close(calendar, range.earliest)
                                              : gjr_calendar_day_end(calendar, range.earliest));
}
