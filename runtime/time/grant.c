/* SPDX-License-Identifier: Apache-2.0
 *
 * See grant.h. */
#include "time/grant.h"

#include "time/civil.h"
#include "time/range.h"

/* A month from the 10th on is over with the 9th, one from the 31st on with the month that has none.
 */
static gj_instant months_end(const gj_calendar *calendar, gj_instant begin, int64_t months)
{
    gj_day from = gjr_calendar_day_of(calendar, begin);
    gj_day to = gjr_civil_add_months(from, months);
    if (to == GJ_NO_DAY) {
        return GJ_NEVER;
    }
    bool has_number = gjr_civil_of_day(to).day == gjr_civil_of_day(from).day;
    return has_number ? gjr_calendar_day_start(calendar, to) : gjr_calendar_day_end(calendar, to);
}

/* From where it is counted as a term is. */
static gj_instant counted_from(const gj_calendar *calendar, gj_unit unit, gj_instant begin)
{
    return gjr_count_is_by_day(unit)
               ? gjr_calendar_day_start(calendar, gjr_calendar_day_of(calendar, begin)) - 1
               : begin;
}

gj_instant gjr_grant_end(const gj_calendar *calendar, gj_unit unit, uint32_t amount,
                         gj_instant begin)
{
    if (amount == 0) {
        return GJ_NEVER;
    }
    if (unit == GJ_MONTHS || unit == GJ_YEARS) {
        return months_end(calendar, begin, unit == GJ_YEARS ? 12 * (int64_t)amount : amount);
    }
    gjr_term term = {.unit = unit, .budget = amount};
    return gjr_count_due_at(calendar, term, counted_from(calendar, unit, begin));
}

gjr_grant_span gjr_grant_range(const gj_calendar *calendar, gj_unit unit, uint32_t amount,
                               gj_instant begin)
{
    gj_instant end = gjr_grant_end(calendar, unit, amount, begin);
    if (amount == 0 || (unit != GJ_WORKDAYS && unit != GJ_WORKHOURS)) {
        return (gjr_grant_span){end, end};
    }
    gjr_term term = {.unit = unit, .budget = amount};
    gjr_count count = gjr_count_due(calendar, term, counted_from(calendar, unit, begin));
    gjr_count earliest = gjr_count_earliest(calendar, term, &count);
    gjr_count latest = gjr_count_latest(calendar, term, &count);
    return (gjr_grant_span){earliest.due, latest.due};
}
