/* SPDX-License-Identifier: Apache-2.0
 *
 * Civil dates: a day number and the year, month and day it stands for, in the proleptic Gregorian
 * calendar. A day number has no zone; a wall reading is a day and milliseconds into it. Dates run
 * from 0001-01-01 to 9999-12-31, the years that four digits can write; everything outside is
 * refused where it is read, so that arithmetic on what was accepted cannot leave 64 bits. */
#ifndef GJR_TIME_CIVIL_H
#define GJR_TIME_CIVIL_H

#include <guiju/guiju.h>

enum {
    GJR_YEAR_MIN = 1,
    GJR_YEAR_MAX = 9999,
    GJR_DAY_MIN = -719162, /* 0001-01-01 */
    GJR_DAY_MAX = 2932896, /* 9999-12-31 */
};

#define GJR_MS_PER_SECOND INT64_C(1000)
#define GJR_MS_PER_HOUR   INT64_C(3600000)
#define GJR_MS_PER_DAY    INT64_C(86400000)

typedef struct gjr_civil {
    int32_t year;
    int32_t month; /* 1..12 */
    int32_t day;   /* 1..31 */
} gjr_civil;

typedef enum gjr_weekday {
    GJR_MONDAY,
    GJR_TUESDAY,
    GJR_WEDNESDAY,
    GJR_THURSDAY,
    GJR_FRIDAY,
    GJR_SATURDAY,
    GJR_SUNDAY,
} gjr_weekday;

bool gjr_civil_is_valid(gjr_civil civil);
/* The civil date must be valid. */
gj_day gjr_civil_day(gjr_civil civil);
/* The day must lie in GJR_DAY_MIN..GJR_DAY_MAX. */
gjr_civil gjr_civil_of_day(gj_day day);
/* Any day. */
gjr_weekday gjr_civil_weekday(gj_day day);
/* Any number of days, brought into GJR_DAY_MIN..GJR_DAY_MAX. */
gj_day gjr_civil_clamp(int64_t day);
/* The same day so many months on, or back; where that month has none, its last. GJ_NO_DAY outside
 * the years of four digits. */
gj_day gjr_civil_add_months(gj_day day, int64_t months);
/* Exactly "2024-02-05"; false for anything else, 2024-02-30 among it. */
bool gjr_civil_parse(gj_text text, gj_day *day);
/* The day of a wall reading and the milliseconds into it; readings outside the years are clamped.
 */
gj_day gjr_civil_of_wall(int64_t wall_ms, int64_t *ms_of_day);

#endif
