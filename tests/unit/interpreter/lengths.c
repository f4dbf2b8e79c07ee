/* SPDX-License-Identifier: Apache-2.0
 *
 * See lengths.h. Office hours are read off the wall: a day and the milliseconds into it. */
#include "unit/interpreter/lengths.h"

bool plain_unit_is_time(gjc_unit unit)
{
    return unit == GJC_HOURS_UNIT || unit == GJC_MINUTES || unit == GJC_WORKHOURS;
}

int64_t plain_unit_ms(gjc_unit unit)
{
    return unit == GJC_MINUTES ? MS_PER_MINUTE : MS_PER_HOUR;
}

/* ---- office hours ---- */

/* The office's spans on a day, in milliseconds of the wall. */
typedef struct spans {
    int64_t from[OFFICE_SPANS_MAX], to[OFFICE_SPANS_MAX];
    int count;
} spans;

static spans spans_of(const plain_calendar *c, int day)
{
    spans found = {.count = 0};
    if (!plain_day_is_worked(c, day)) {
        return found;
    }
    for (int i = 0; i < c->office_count; i++) {
        found.from[i] = c->office[i].from * MS_PER_MINUTE;
        found.to[i] = c->office[i].to * MS_PER_MINUTE;
    }
    found.count = c->office_count;
    if (found.count == 0) {
        found = (spans){{0}, {MS_PER_DAY}, 1};
    }
    return found;
}

static int64_t wall_of(const plain_calendar *c, int64_t instant, int *day)
{
    *day = plain_day_of(c, instant);
    return instant + plain_offset_ms(c, instant) - *day * MS_PER_DAY;
}

static int64_t instant_of(const plain_calendar *c, int day, int64_t ms)
{
    gj_stamp stamp = {.present = true, .wall_ms = day * MS_PER_DAY + ms};
    return ms == MS_PER_DAY ? plain_day_start(c, day + 1) : plain_instant(c, &stamp);
}

static int64_t office_on(const plain_calendar *c, int64_t from, int64_t left)
{
    int day;
    int64_t now = wall_of(c, from, &day);
    for (;; day++, now = 0) {
        spans of = spans_of(c, day);
        for (int i = 0; i < of.count; i++) {
            int64_t begin = of.from[i] > now ? of.from[i] : now;
            int64_t length = of.to[i] > begin ? of.to[i] - begin : 0;
            if (length > 0 && left <= length) {
                int64_t found = instant_of(c, day, begin + left);
                return found < from ? from : found;
            }
            left -= length;
        }
    }
}

/* As far back as so much is left: over what is closed too. */
static int64_t office_back(const plain_calendar *c, int64_t from, int64_t left)
{
    int day;
    int64_t now = wall_of(c, from, &day);
    for (;; day--, now = MS_PER_DAY) {
        spans of = spans_of(c, day);
        for (int i = of.count - 1; i >= 0; i--) {
            int64_t end = of.to[i] < now ? of.to[i] : now;
            int64_t length = end > of.from[i] ? end - of.from[i] : 0;
            if (left < length) {
                int64_t found = instant_of(c, day, end - left);
                return found > from ? from : found;
            }
            left -= length;
        }
    }
}

static int64_t office_between(const plain_calendar *c, int64_t from, int64_t to)
{
    int first, last;
    int64_t begin = wall_of(c, from, &first), end = wall_of(c, to, &last), sum = 0;
    for (int day = first; day <= last; day++) {
        spans of = spans_of(c, day);
        for (int i = 0; i < of.count; i++) {
            int64_t low = day == first && begin > of.from[i] ? begin : of.from[i];
            int64_t high = day == last && end < of.to[i] ? end : of.to[i];
            sum += high > low ? high - low : 0;
        }
    }
    return sum;
}

/* ---- time ---- */

int64_t plain_time_shift(const plain_calendar *c, gjc_unit unit, int64_t from, int64_t ms)
{
    if (unit != GJC_WORKHOURS || ms == 0) {
        return from + ms;
    }
    return ms > 0 ? office_on(c, from, ms) : office_back(c, from, -ms);
}

int64_t plain_time_between(const plain_calendar *c, gjc_unit unit, int64_t from, int64_t to)
{
    if (to <= from) {
        return 0;
    }
    return unit == GJC_WORKHOURS ? office_between(c, from, to) : to - from;
}

/* ---- days ---- */

/* Month by month; the day's number is kept where the month has it. */
static int months_shift(int day, int months)
{
    plain_date date = plain_date_of(day);
    for (; months > 0; months--) {
        date.month = date.month == 12 ? 1 : date.month + 1;
        date.year += date.month == 1 ? 1 : 0;
    }
    for (; months < 0; months++) {
        date.month = date.month == 1 ? 12 : date.month - 1;
        date.year -= date.month == 12 ? 1 : 0;
    }
    int found;
    while ((found = plain_day_number(date)) == INT32_MIN) {
        date.day--;
    }
    return found;
}

int plain_day_shift(const plain_calendar *c, gjc_unit unit, int day, int amount)
{
    return unit == GJC_WORKDAYS ? plain_workday_add(c, day, amount)
           : unit == GJC_MONTHS ? months_shift(day, amount)
           : unit == GJC_YEARS  ? months_shift(day, 12 * amount)
                                : day + amount;
}

int64_t plain_day_end(const plain_calendar *c, int day, bool at_close)
{
    spans of = spans_of(c, day);
    return at_close && of.count > 0 ? instant_of(c, day, of.to[of.count - 1])
                                    : plain_day_start(c, day + 1);
}
