/* SPDX-License-Identifier: Apache-2.0
 *
 * See gaps.h. Each run of days between stops is bounded by what history has seen in as many days in
 * a row, and all together from the first to the last; a day of which a stop leaves a part is a run
 * of its own. */
#include "time/gaps.h"
#include "time/history.h"
#include "time/hours.h"

enum { STRIDES_MAX = 10000 };

/* ---- which ---- */

static void list_push(gjr_gap_list *list, gj_day first, gj_day last, int64_t left)
{
    if (last < first) {
        return;
    }
    if (list->count == GJR_GAPS_MAX) {
        list->too_many = true;
        return;
    }
    list->items[list->count].first = first;
    list->items[list->count].last = last;
    list->items[list->count++].left = left;
}

/* Whole days, joined to those before. */
static void days_add(gjr_gap_list *list, gj_day first, gj_day last)
{
    bool joins =
        list->count > 0 && last >= first && first <= list->items[list->count - 1].last + (int64_t)1;
    if (!joins) {
        list_push(list, first, last, 0);
    } else if (last > list->items[list->count - 1].last) {
        list->items[list->count - 1].last = last;
    }
}

/* What lies between the instants of a day's office time, which may have lost some before. */
static void part_add(gjr_gap_list *list, const gj_calendar *calendar, gj_day day, gj_instant from,
                     gj_instant to)
{
    int64_t lost = gjr_hours_of_day(calendar, day, from, to);
    if (list->count > 0 && list->items[list->count - 1].first == day) {
        int64_t *left = &list->items[list->count - 1].left;
        *left = *left > lost ? *left - lost : 0;
    } else {
        list_push(list, day, day, gjr_hours_day_ms(calendar) - lost);
    }
}

static void hours_add(gjr_gap_list *list, const gj_calendar *calendar, gj_instant from,
                      gj_instant to)
{
    from = from > list->until ? from : list->until;
    if (to <= from) {
        return;
    }
    list->until = to;
    gj_day first = gjr_calendar_day_of(calendar, from);
    gj_day last = to == GJ_NEVER ? GJR_DAY_MAX : gjr_calendar_day_of(calendar, to - 1);
    part_add(list, calendar, first, from, to);
    if (to == GJ_NEVER) {
        list_push(list, first + 1, last, 0);
    } else if (last > first) {
        list_push(list, first + 1, last - 1, 0);
        part_add(list, calendar, last, from, to);
    }
}

/* Hours and minutes last longer by as much as is stopped before they are due. */
static void time_add(gjr_gap_list *list, gj_instant from, gj_instant to)
{
    from = from > list->until ? from : list->until;
    if (to > from && from < list->due) {
        list->due = to == GJ_NEVER ? GJ_NEVER : list->due + (to - from);
        list->until = to;
    }
}

static bool is_of_hours(const gjr_gaps *gaps)
{
    return gaps->term.unit == GJ_WORKHOURS;
}

/* The first day stands by itself: what of it lies before the start is stopped too. */
void gjr_gaps_init(gjr_gaps *gaps, const gj_calendar *calendar, gjr_term term, gj_instant start)
{
    gj_day day = gjr_calendar_day_of(calendar, start);
    gjr_term length = {.unit = term.unit, .budget = term.budget};
    gaps->calendar = calendar;
    gaps->term = term;
    bool in_time = gjr_count_is_time(term.unit);
    gaps->days = in_time ? 0 : gjr_count_share(calendar, length, start, GJR_SHARE_ALL);
    gaps->after = is_of_hours(gaps) ? day - 1 : day;
    gaps->whole = is_of_hours(gaps) ? gjr_hours_day_ms(calendar) : 1;
    gjr_gap_list *const lists[] = {&gaps->least, &gaps->most};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        lists[i]->count = 0;
        lists[i]->too_many = false;
        lists[i]->until =
            in_time && !is_of_hours(gaps) ? start : gjr_calendar_day_start(calendar, day);
        lists[i]->due = start + term.budget * gjr_count_unit_ms(term.unit);
        if (is_of_hours(gaps)) {
            list_push(lists[i], day, day, gaps->whole);
            hours_add(lists[i], calendar, lists[i]->until, start);
        }
    }
}

/* The day that ends next after an instant, where days end when the office closes at the earliest or
 * at the latest. Working days do so for sure: another day does not count. */
static gj_day day_ending(const gjr_gaps *gaps, gj_instant at, bool at_the_earliest)
{
    const gj_calendar *calendar = gaps->calendar;
    gj_day day = gjr_calendar_day_of(calendar, at);
    if (!gaps->term.at_close || !gjr_calendar_is_unpublished(calendar, day)) {
        return gjr_count_day_of(calendar, at, gaps->term.at_close);
    }
    bool closes = at_the_earliest || gaps->term.unit == GJ_WORKDAYS;
    return closes && at >= gjr_hours_close_if_worked(calendar, day) ? day + 1 : day;
}

static void list_add(const gjr_gaps *gaps, gjr_gap_list *list, gj_instant from, gj_instant to)
{
    bool most = list == &gaps->most;
    if (is_of_hours(gaps)) {
        hours_add(list, gaps->calendar, from, to);
    } else if (gjr_count_is_time(gaps->term.unit)) {
        time_add(list, from, to);
    } else {
        days_add(list, day_ending(gaps, from, !most),
                 to == GJ_NEVER ? GJR_DAY_MAX : day_ending(gaps, to, most) - 1);
    }
}

void gjr_gaps_add(gjr_gaps *gaps, gj_instant from, gj_instant to_earliest, gj_instant to_latest)
{
    list_add(gaps, &gaps->least, from, to_earliest);
    list_add(gaps, &gaps->most, from, to_latest);
}

/* ---- how much ---- */

/* What is counted: as far as is known, and at least and at most. */
typedef struct tally {
    int64_t known, least, most;
} tally;

/* A run of days of which each counts so much. */
static void tally_add(const gj_calendar *calendar, gj_day after, gj_day through, int64_t each,
                      tally *to)
{
    const gjr_history *history = gjr_calendar_history(calendar);
    int64_t days = (int64_t)through - after;
    if (days <= 0) {
        return;
    }
    int64_t known = gjr_calendar_workdays_between(calendar, after, through);
    int64_t least = known - gjr_history_closed(history, days);
    int64_t most = known + gjr_history_worked(history, days);
    to->known += known * each;
    to->least += least > 0 ? least * each : 0;
    to->most += (most < days ? most : days) * each;
}

static gj_day earlier_of(gj_day a, gj_day b)
{
    return a < b ? a : b;
}

static tally tally_of(const gjr_gaps *gaps, const gjr_gap_list *list, gj_day after, gj_day through)
{
    const gj_calendar *calendar = gaps->calendar;
    const gjr_history *history = gjr_calendar_history(calendar);
    tally found = {0};
    gj_day from = after;
    for (uint32_t i = 0; i < list->count && list->items[i].first <= through; i++) {
        tally_add(calendar, from, list->items[i].first - 1, gaps->whole, &found);
        if (list->items[i].first > after) {
            tally_add(calendar, list->items[i].first - 1, earlier_of(list->items[i].last, through),
                      list->items[i].left, &found);
        }
        from = list->items[i].last > from ? list->items[i].last : from;
    }
    tally_add(calendar, from, through, gaps->whole, &found);
    int64_t days = (int64_t)through - after;
    int64_t least = found.known - gjr_history_closed(history, days) * gaps->whole;
    int64_t most = found.known + gjr_history_worked(history, days) * gaps->whole;
    found.least = least > found.least ? least : found.least;
    found.most = most < found.most ? most : found.most;
    return found;
}

int64_t gjr_gaps_count(const gjr_gaps *gaps, const gjr_gap_list *list, gj_day after, gj_day through)
{
    tally found = tally_of(gaps, list, after, through);
    return found.known;
}

/* ---- through which day ---- */

gj_day gjr_gaps_last(const gjr_gaps *gaps, const gjr_gap_list *list, int64_t days)
{
    int64_t last = gaps->after + days;
    for (uint32_t i = 0; i < list->count && list->items[i].first <= last; i++) {
        gj_day first = list->items[i].first > gaps->after ? list->items[i].first : gaps->after + 1;
        last += list->items[i].last >= first ? (int64_t)list->items[i].last - first + 1 : 0;
    }
    return gjr_civil_clamp(last);
}

/* Which of the tally grows to the amount. */
typedef enum tallied { TALLIED_KNOWN, TALLIED_MOST } tallied;

static bool is_through(const gjr_gaps *gaps, const gjr_gap_list *list, gj_day after, gj_day through,
                       int64_t amount, tallied which)
{
    tally found = tally_of(gaps, list, after, through);
    return (which == TALLIED_KNOWN ? found.known : found.most) >= amount;
}

/* The first day through which so much is counted; what grows only is found by halving. */
static gj_day day_of_tally(const gjr_gaps *gaps, const gjr_gap_list *list, gj_day after,
                           int64_t amount, tallied which)
{
    gj_day low = after, high = GJR_DAY_MAX;
    if (!is_through(gaps, list, after, high, amount, which)) {
        return GJR_DAY_MAX;
    }
    while (high - low > 1) { /* low does not suffice, high does */
        gj_day middle = low + (high - low) / 2;
        if (is_through(gaps, list, after, middle, amount, which)) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return high;
}

gj_day gjr_gaps_nearest(const gjr_gaps *gaps, gj_day after, int64_t amount)
{
    return gaps->least.too_many ? after + 1
                                : day_of_tally(gaps, &gaps->least, after, amount, TALLIED_MOST);
}

/* By what is known, and on by as much as may be lost up to it, until that is no more. */
gj_day gjr_gaps_farthest(const gjr_gaps *gaps, gj_day after, int64_t amount)
{
    const gjr_gap_list *list = &gaps->most;
    if (list->too_many) {
        return GJR_DAY_MAX;
    }
    gj_day day = day_of_tally(gaps, list, after, amount, TALLIED_KNOWN);
    for (int stride = 0; stride < STRIDES_MAX && day < GJR_DAY_MAX; stride++) {
        tally found = tally_of(gaps, list, after, day);
        if (found.least >= amount) {
            return day;
        }
        day = day_of_tally(gaps, list, after, amount + found.known - found.least, TALLIED_KNOWN);
    }
    return GJR_DAY_MAX;
}
