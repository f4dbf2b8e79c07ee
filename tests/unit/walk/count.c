/* SPDX-License-Identifier: Apache-2.0
 *
 * See count.h. */
#include "unit/walk/count.h"

/* ---- days ---- */

static bool is_stopped(const pauses *paused, int64_t end)
{
    for (int i = 0; i < paused->count; i++) {
        if (paused->items[i].since < end && paused->items[i].until >= end) {
            return true;
        }
    }
    return false;
}

/* Stopped for good: no day after it ever counts. */
static bool is_stopped_for_good(const pauses *paused, int64_t end)
{
    for (int i = 0; i < paused->count; i++) {
        if (paused->items[i].since < end && paused->items[i].until == NEVER) {
            return true;
        }
    }
    return false;
}

/* How many days it is before anything is stopped. */
static int days_of(const walked_days *days, time_length within, int start, bool *lost)
{
    bool has_number;
    if (within.unit != MONTHS && within.unit != YEARS) {
        return within.amount;
    }
    int months = within.unit == YEARS ? 12 * within.amount : within.amount;
    int day = days_months_on(days, start, months, &has_number);
    *lost = day >= DAYS_COUNT;
    return day - start;
}

static last_lawful last_day(const walked_days *days, time_length within, bool rolls, bool at_close,
                            int64_t start, const pauses *paused)
{
    last_lawful found = {NEVER, 0, false};
    int day = days_find(days, start);
    int left = days_of(days, within, day, &found.lost);
    bool rolling = false;
    while (!found.lost && (left > 0 || rolling)) {
        if (++day >= DAYS_COUNT) {
            found.lost = true;
            break;
        }
        int64_t end = days_end(days, day, at_close);
        if (is_stopped_for_good(paused, end)) {
            return found;
        }
        bool stopped = is_stopped(paused, end), open = days->at[day].open;
        if (left > 0) {
            left -= !stopped && (within.unit != WORKDAYS || open) ? 1 : 0;
        }
        rolling = left == 0 && rolls && (!open || stopped);
    }
    found.day = day;
    found.due = found.lost ? NEVER : days_end(days, day, at_close);
    return found;
}

/* ---- time ---- */

static int64_t overlap(int64_t from, int64_t to, int64_t since, int64_t until)
{
    from = from > since ? from : since;
    to = to < until ? to : until;
    return to > from ? to - from : 0;
}

static bool is_paused(const pauses *paused, int64_t at)
{
    for (int i = 0; i < paused->count; i++) {
        if (paused->items[i].since <= at && at < paused->items[i].until) {
            return true;
        }
    }
    return false;
}

/* Where a stop next begins or ends, or the end. */
static int64_t edge_after(const pauses *paused, int64_t from, int64_t to)
{
    for (int i = 0; i < paused->count; i++) {
        const pause_span *one = &paused->items[i];
        to = one->since > from && one->since < to ? one->since : to;
        to = one->until > from && one->until < to ? one->until : to;
    }
    return to;
}

static bool has_edge(const pauses *paused, int64_t from, int64_t to)
{
    return edge_after(paused, from, to) < to;
}

/* What counts between two instants, up to so much; *at is where that is used up. */
static int64_t span_walk(const pauses *paused, int64_t from, int64_t to, int64_t left, int64_t *at)
{
    int64_t counted = 0;
    while (from < to && counted < left) {
        int64_t next = edge_after(paused, from, to);
        int64_t more = is_paused(paused, from) ? 0 : next - from;
        more = more < left - counted ? more : left - counted;
        *at = from + more;
        counted += more;
        from = next;
    }
    return counted;
}

/* How much of a whole day counts, without a stop in it. */
static int64_t day_counts(const walked_days *days, time_unit unit, int day)
{
    int64_t minutes = 0;
    if (unit != WORKHOURS) {
        return days_minutes(days, day) * MS_A_MINUTE;
    }
    if (!days->at[day].open) {
        return 0;
    }
    for (int i = 0; i < days->span_count; i++) {
        minutes += days->span_to[i] - days->span_from[i];
    }
    return (days->span_count > 0 ? minutes : MINUTES_A_DAY) * MS_A_MINUTE;
}

/* As span_walk, minute by minute from `from` to the end of its day. */
static int64_t day_walk(const walked_days *days, time_unit unit, int day, const pauses *paused,
                        int64_t from, int64_t left, int64_t *at)
{
    int64_t begin = days->at[day].begin, end = days->at[day + 1].begin;
    int64_t counted = 0, since = from, until, edge = from;
    bool stopped = false;
    for (int minute = (int)((from - begin) / MS_A_MINUTE); minute < days_minutes(days, day);
         minute++, since = until) {
        until = begin + (minute + 1) * MS_A_MINUTE;
        if (since >= edge) {
            edge = edge_after(paused, since, end);
            stopped = is_paused(paused, since);
        }
        if (unit == WORKHOURS && !days_is_office(days, day, minute)) {
            continue;
        }
        if (until > edge || (!stopped && until - since >= left - counted)) {
            counted += span_walk(paused, since, until, left - counted, at);
            edge = until;
        } else {
            counted += stopped ? 0 : until - since;
        }
        if (counted == left) {
            return counted;
        }
    }
    return counted;
}

static int64_t unit_ms(time_unit unit)
{
    return unit == MINUTES ? MS_A_MINUTE : MS_AN_HOUR;
}

static last_lawful last_instant(const walked_days *days, time_length within, int64_t start,
                                const pauses *paused)
{
    last_lawful found = {start, 0, false};
    int64_t left = within.amount * unit_ms(within.unit), now = start;
    for (int day = days_find(days, start); left > 0; day++) {
        if (day >= DAYS_COUNT) {
            found.lost = true;
            break;
        }
        int64_t begin = days->at[day].begin, end = days->at[day + 1].begin;
        int64_t whole = day_counts(days, within.unit, day);
        if (is_stopped_for_good(paused, now + 1)) {
            break;
        }
        if (now == begin && whole < left && !has_edge(paused, begin, end)) {
            left -= is_paused(paused, now) ? 0 : whole;
        } else {
            left -= day_walk(days, within.unit, day, paused, now, left, &found.due);
        }
        now = end;
    }
    found.due = left > 0 ? NEVER : found.due;
    return found;
}

/* ---- what is asked ---- */

last_lawful count_last(const walked_days *days, time_length within, bool rolls, bool at_close,
                       int64_t start, const pauses *paused)
{
    return unit_is_time(within.unit) ? last_instant(days, within, start, paused)
                                     : last_day(days, within, rolls, at_close, start, paused);
}

last_lawful count_granted(const walked_days *days, time_length most, int64_t opened)
{
    static const pauses none;
    if (unit_is_time(most.unit)) {
        return last_instant(days, most, opened, &none);
    }
    last_lawful found = {NEVER, 0, false};
    int day = days_find(days, opened);
    if (most.unit == MONTHS || most.unit == YEARS) {
        bool has_number;
        int months = most.unit == YEARS ? 12 * most.amount : most.amount;
        day = days_months_on(days, day, months, &has_number);
        day -= has_number ? 1 : 0; /* a month from the 10th on is over with the 9th */
    } else {
        int left = most.amount;
        for (; left > 0 && day < DAYS_COUNT; day++) {
            left -= most.unit == DAYS || days->at[day].open ? 1 : 0;
        }
        day--;
    }
    found.day = day;
    found.lost = day >= DAYS_COUNT;
    found.due = found.lost ? NEVER : days->at[day + 1].begin;
    return found;
}

int64_t count_over(const walked_days *days, time_unit unit, last_lawful due, int64_t until)
{
    int64_t over = 0, first = due.due;
    if (!unit_is_time(unit)) {
        int end = days_find(days, until);
        for (int day = due.day + 1; day <= end; day++) {
            over += unit != WORKDAYS || days->at[day].open ? 1 : 0;
        }
        return over > 0 ? over : 1;
    }
    for (int day = days_find(days, first); day < DAYS_COUNT && days->at[day].begin < until; day++) {
        int64_t begin = days->at[day].begin, end = days->at[day + 1].begin;
        if (begin >= first && end <= until) {
            over += day_counts(days, unit, day);
            continue;
        }
        for (int minute = 0; minute < days_minutes(days, day); minute++) {
            int64_t since = begin + minute * MS_A_MINUTE;
            bool counts = unit != WORKHOURS || days_is_office(days, day, minute);
            over += counts ? overlap(since, since + MS_A_MINUTE, first, until) : 0;
        }
    }
    over = (over + unit_ms(unit) - 1) / unit_ms(unit);
    return over > 0 ? over : 1;
}
