/* SPDX-License-Identifier: Apache-2.0
 *
 * A calendar as it hangs on the wall: twelve years in which every day stands by itself, with its
 * date, whether it is worked and when its midnight is. Nothing is derived: who wants to know a day
 * walks to it. It shares no code with what it tests. */
#ifndef WALK_DAYS_H
#define WALK_DAYS_H

#include "unit/walk/chance.h"

#include <stddef.h>

enum {
    DAYS_FIRST_YEAR = 2020,
    DAYS_YEARS = 12,
    DAYS_COUNT = 4383,    /* 2020-01-01 to 2031-12-31 */
    DAYS_AGAIN = 7 * 313, /* about half of them, in whole weeks */
    SPANS_MAX = 3,
    MINUTES_A_DAY = 1440,
};
#define MS_A_MINUTE INT64_C(60000)
#define MS_AN_HOUR  INT64_C(3600000)
#define NEVER       INT64_MAX

typedef enum time_zone {
    ZONE_SHANGHAI,
    ZONE_UTC,
    ZONE_BERLIN,
    ZONE_NEW_YORK,
    ZONE_COUNT
} time_zone;
typedef enum day_mark { MARK_NONE, MARK_HOLIDAY, MARK_OFF, MARK_ON } day_mark;

typedef struct walked_day {
    int year, month, number; /* 2020, 1, 1 */
    int weekday;             /* 0 Monday */
    day_mark mark;
    bool open;
    int64_t begin; /* its midnight, in milliseconds of UTC since 1970 */
    int64_t close; /* when the office closes; of a day that is not worked, its end */
    /* The clock on the wall: from that minute of the day on it shows so many more, or fewer. */
    int shifted_from, shift;
} walked_day;

typedef struct walked_days {
    time_zone zone;
    bool week[7];
    int span_count; /* office hours; none: a day that is worked is open as long as it is */
    int span_from[SPANS_MAX], span_to[SPANS_MAX];
    bool office[MINUTES_A_DAY]; /* by the minute that the clock shows */
    int announced;              /* how many days are, from the first on */
    walked_day at[DAYS_COUNT + 1];
} walked_days;

/* A random one, and the same as a declaration in the language, of the name `office`, as far as it
 * is announced. */
void days_make(walked_days *of, chance *c);
/* The first half is announced, and comes again, day of the week by day of the week: so what comes
 * is no stranger than what was, whatever run of days is looked at. */
void days_repeat(walked_days *of);
void days_write(const walked_days *of, char *out, size_t size);

/* Of instants within the years. */
int days_find(const walked_days *of, int64_t instant);
/* When the day ends: at 24:00, or when the office closes. */
int64_t days_end(const walked_days *of, int day, bool at_close);
/* Whether that minute of the day, from its midnight on, is office time. */
bool days_is_office(const walked_days *of, int day, int minute);
/* How many minutes the day has. */
int days_minutes(const walked_days *of, int day);

/* The day of the same number so many months on, or the last of that month; DAYS_COUNT: out of
 * sight. *has_number tells which. */
int days_months_on(const walked_days *of, int day, int months, bool *has_number);

#endif
