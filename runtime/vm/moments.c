/* SPDX-License-Identifier: Apache-2.0
 *
 * See moments.h. */
#include "vm/moments.h"

#include "time/civil.h"
#include "value/decimal.h"

enum { WORKDAYS_MAX = 1 << 20, MONTHS_MAX = 12 * 10000 };

static const gjr_value unknown = {.known = false};

static gjr_value value_of(int64_t number)
{
    return (gjr_value){.known = true, .as.number = number};
}

static gjr_value date_of(int64_t day)
{
    return day >= GJR_DAY_MIN && day <= GJR_DAY_MAX ? value_of(day) : unknown;
}

gjr_value gjr_moments_date_add(gj_day day, int64_t duration_ms)
{
    return duration_ms % GJR_MS_PER_DAY == 0 ? date_of(day + duration_ms / GJR_MS_PER_DAY)
                                             : unknown;
}

gjr_value gjr_moments_date_between(gj_day a, gj_day b)
{
    return value_of(((int64_t)a - b) * GJR_MS_PER_DAY);
}

gjr_value gjr_moments_time_add(gj_instant instant, int64_t duration_ms)
{
    int64_t sum;
    if (__builtin_add_overflow(instant, duration_ms, &sum) || sum < GJR_DAY_MIN * GJR_MS_PER_DAY ||
        sum >= (GJR_DAY_MAX + 1) * GJR_MS_PER_DAY) {
        return unknown;
    }
    return value_of(sum);
}

gjr_value gjr_moments_time_between(gj_instant a, gj_instant b)
{
    int64_t difference;
    return __builtin_sub_overflow(a, b, &difference) ? unknown : value_of(difference);
}

static bool is_count(int64_t number, int64_t most, int64_t *count)
{
    return gjr_decimal_to_int(number, count) && *count >= -most && *count <= most;
}

gjr_value gjr_moments_workdays_add(const gjr_facts *facts, gj_day day, int64_t number)
{
    int64_t count;
    if (!is_count(number, WORKDAYS_MAX, &count)) {
        return unknown;
    }
    gj_day found = facts->workday_add(facts->payload, day, (int32_t)count);
    return found != GJ_NO_DAY ? date_of(found) : unknown;
}

gjr_value gjr_moments_months_add(gj_day day, int64_t number)
{
    int64_t count;
    if (!is_count(number, MONTHS_MAX, &count)) {
        return unknown;
    }
    gj_day found = gjr_civil_add_months(day, count);
    return found != GJ_NO_DAY ? date_of(found) : unknown;
}
