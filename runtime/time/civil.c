/* SPDX-License-Identifier: Apache-2.0
 *
 * See civil.h. A year is taken to begin in March, so that the leap day is its last and the months
 * before any date follow one line, (153 m + 2) / 5; four centuries are always 146,097 days. */
#include "time/civil.h"

#include <assert.h>

enum {
    DAYS_PER_ERA = 146097, /* 400 years */
    EPOCH_SHIFT = 719468,  /* days from 0000-03-01 to 1970-01-01 */
    ERA_SHIFT = 400,       /* keeps the first years' divisions positive */
};

static bool year_is_leap(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int32_t month_length_days(int32_t year, int32_t month)
{
    static const int8_t lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return lengths[month - 1] + (month == 2 && year_is_leap(year) ? 1 : 0);
}

bool gjr_civil_is_valid(gjr_civil civil)
{
    return civil.year >= GJR_YEAR_MIN && civil.year <= GJR_YEAR_MAX && civil.month >= 1 &&
           civil.month <= 12 && civil.day >= 1 &&
           civil.day <= month_length_days(civil.year, civil.month);
}

gj_day gjr_civil_day(gjr_civil civil)
{
    assert(gjr_civil_is_valid(civil));
    int32_t year = civil.year + ERA_SHIFT - (civil.month <= 2 ? 1 : 0);
    int32_t month = (civil.month + 9) % 12; /* March is 0 */
    int32_t era = year / 400, year_of_era = year % 400;
    int32_t day_of_year = (153 * month + 2) / 5 + civil.day - 1;
    int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (era - 1) * DAYS_PER_ERA + day_of_era - EPOCH_SHIFT;
}

gjr_civil gjr_civil_of_day(gj_day day)
{
    assert(day >= GJR_DAY_MIN && day <= GJR_DAY_MAX);
    int32_t shifted = day + EPOCH_SHIFT + DAYS_PER_ERA;
    int32_t era = shifted / DAYS_PER_ERA, day_of_era = shifted % DAYS_PER_ERA;
    int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t month = (5 * day_of_year + 2) / 153;
    gjr_civil civil = {
        .year = (era - 1) * 400 + year_of_era,
        .month = month < 10 ? month + 3 : month - 9,
        .day = day_of_year - (153 * month + 2) / 5 + 1,
    };
    civil.year += civil.month <= 2 ? 1 : 0;
    return civil;
}

gjr_weekday gjr_civil_weekday(gj_day day)
{
    int32_t rest = (day % 7 + 3) % 7; /* 1970-01-01 was a Thursday */
    return (gjr_weekday)(rest < 0 ? rest + 7 : rest);
}

gj_day gjr_civil_clamp(int64_t day)
{
    if (day < GJR_DAY_MIN) {
        return GJR_DAY_MIN;
    }
    return day > GJR_DAY_MAX ? GJR_DAY_MAX : (gj_day)day;
}

gj_day gjr_civil_add_months(gj_day day, int64_t months)
{
    gjr_civil civil = gjr_civil_of_day(gjr_civil_clamp(day));
    int64_t month = (int64_t)civil.year * 12 + civil.month - 1;
    if (__builtin_add_overflow(month, months, &month) || month < GJR_YEAR_MIN * 12 ||
        month >= (GJR_YEAR_MAX + 1) * 12) {
        return GJ_NO_DAY;
    }
    civil.year = (int32_t)(month / 12);
    civil.month = (int32_t)(month % 12) + 1;
    while (!gjr_civil_is_valid(civil)) {
        civil.day--;
    }
    return gjr_civil_day(civil);
}

static bool digits_parse(const char *digits, size_t count, int32_t *number)
{
    *number = 0;
    for (size_t i = 0; i < count; i++) {
        if (digits[i] < '0' || digits[i] > '9') {
            return false;
        }
        *number = *number * 10 + (digits[i] - '0');
    }
    return true;
}

bool gjr_civil_parse(gj_text text, gj_day *day)
{
    if (text.bytes == NULL || text.size != 10 || text.bytes[4] != '-' || text.bytes[7] != '-') {
        return false;
    }
    gjr_civil civil;
    if (!digits_parse(text.bytes, 4, &civil.year) ||
        !digits_parse(text.bytes + 5, 2, &civil.month) ||
        !digits_parse(text.bytes + 8, 2, &civil.day) || !gjr_civil_is_valid(civil)) {
        return false;
    }
    *day = gjr_civil_day(civil);
    return true;
}

gj_day gjr_civil_of_wall(int64_t wall_ms, int64_t *ms_of_day)
{
    int64_t rest = wall_ms % GJR_MS_PER_DAY;
    int64_t day = wall_ms / GJR_MS_PER_DAY;
    if (rest < 0) {
        rest += GJR_MS_PER_DAY;
        day -= 1;
    }
    gj_day clamped = gjr_civil_clamp(day);
    if (clamped != day) {
        rest = clamped < day ? GJR_MS_PER_DAY - 1 : 0;
    }
    *ms_of_day = rest;
    return clamped;
}
