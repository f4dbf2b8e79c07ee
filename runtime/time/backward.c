/* SPDX-License-Identifier: Apache-2.0
 *
 * See backward.h. No statute says whether the two end days of "fifteen days before" count; leaving
 * both out is what holds under either reading. */
#include "time/backward.h"

/* The last day that lies so many days before the target's with as many in between; within, the
 * first with no more in between. */
static gj_day day_back(const gj_calendar *calendar, gj_unit unit, uint32_t amount, bool within,
                       gj_day target)
{
    int64_t months = unit == GJ_YEARS ? (int64_t)amount * 12 : amount;
    gj_day found;
    switch (unit) {
    case GJ_WORKDAYS:
        return within ? gjr_calendar_workday_subtract(calendar, target, amount + 1)
                      : gjr_calendar_workday_subtract(calendar, target, amount) - 1;
    case GJ_MONTHS:
    case GJ_YEARS:
        found = gjr_civil_add_months(target, -months);
        return found == GJ_NO_DAY ? GJR_DAY_MIN : found - 1;
    case GJ_DAYS:
    case GJ_HOURS:
    case GJ_MINUTES:
    case GJ_WORKHOURS:
    case GJ_UNIT_COUNT:
        break;
    }
    return gjr_civil_clamp((int64_t)target - amount - 1);
}

static gjr_back back_of_time(const gj_calendar *calendar, gj_unit unit, uint32_t amount,
                             bool within, gj_instant act, gj_instant target)
{
    int64_t ms = unit == GJ_MINUTES ? GJR_MS_PER_HOUR / 60 : GJR_MS_PER_HOUR;
    gjr_count at = {.due = target};
    int64_t gone = gjr_count_gone(calendar, unit, act, target), whole = amount * ms;
    int64_t wrong = within ? gone - whole : whole - gone;
    return (gjr_back){
        .instant = gjr_count_beside(calendar, unit, &at, -(int64_t)amount),
        .amount = wrong > 0 ? (uint64_t)((wrong + ms - 1) / ms) : 0,
    };
}

gjr_back gjr_count_back(const gj_calendar *calendar, gj_unit unit, uint32_t amount, bool within,
                        gj_instant act, gj_instant target)
{
    if (gjr_count_is_time(unit)) {
        return back_of_time(calendar, unit, amount, within, act, target);
    }
    gj_day target_day = gjr_calendar_day_of(calendar, target);
    gjr_back back = {.day = day_back(calendar, unit, amount, within, target_day)};
    gj_day act_day = gjr_calendar_day_of(calendar, act);
    gj_day from = within ? act_day : back.day, to = within ? back.day : act_day;
    if (from < to) {
        bool worked = unit == GJ_WORKDAYS;
        back.amount = (uint64_t)(worked ? gjr_calendar_workdays_between(calendar, from, to)
                                        : (int64_t)to - from);
        back.amount = back.amount > 0 ? back.amount : 1;
    }
    return back;
}
