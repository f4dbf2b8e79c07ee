/* SPDX-License-Identifier: Apache-2.0
 *
 * What a host may ask of a calendar: what it says, and what a day is. */
#include "time/range.h"

_Static_assert((int)GJ_DAY_WORKING == (int)GJR_DAY_WORKING && (int)GJ_DAY_ON == (int)GJR_DAY_ON &&
                   (int)GJ_OFFICE_HOURS_MAX == (int)GJR_CALENDAR_HOURS_MAX,
               "what is public is what is inside");

static void rows_count(const gjr_calendar_plan *plan, gj_calendar_summary *summary)
{
    for (size_t i = 0; i < plan->row_count; i++) {
        gjr_day_class class = plan->rows[i].class;
        size_t *count = class == GJR_DAY_HOLIDAY ? &summary->holidays
                        : class == GJR_DAY_OFF   ? &summary->off
                                                 : &summary->on;
        ++*count;
    }
}

gj_calendar_summary gj_calendar_summarise(const gj_calendar *calendar)
{
    const gjr_calendar_plan *plan = gjr_calendar_get_plan(calendar);
    gj_calendar_summary summary = {
        .name = plan->name,
        .revision = plan->revision,
        .source = plan->source,
        .zone = plan->zone.name,
        .week = plan->week,
        .hours_count = plan->hours_count,
        .published_through = plan->published_through,
        .first_day = plan->row_count > 0 ? plan->rows[0].day : GJ_NO_DAY,
        .last_day = plan->row_count > 0 ? plan->rows[plan->row_count - 1].day : GJ_NO_DAY,
    };
    for (size_t i = 0; i < plan->hours_count; i++) {
        summary.hours[i] = (gj_office_hours){plan->hours[i].from_minute, plan->hours[i].to_minute};
    }
    rows_count(plan, &summary);
    return summary;
}

gj_day_class gj_calendar_day_class(const gj_calendar *calendar, gj_day day)
{
    return (gj_day_class)gjr_calendar_class(calendar, gjr_civil_clamp(day));
}

gj_text gj_calendar_day_name(const gj_calendar *calendar, gj_day day)
{
    return gjr_calendar_day_name(calendar, day);
}

uint32_t gj_calendar_workdays(const gj_calendar *calendar, int32_t year)
{
    gjr_civil first = {year, 1, 1}, last = {year, 12, 31};
    if (!gjr_civil_is_valid(first)) {
        return 0;
    }
    return (uint32_t)gjr_calendar_workdays_between(calendar, gjr_civil_day(first) - 1,
                                                   gjr_civil_day(last));
}

gj_due gj_calendar_due(const gj_calendar *calendar, gj_unit unit, uint32_t budget, bool rolls,
                       gj_day start)
{
    gj_instant begin = gjr_calendar_day_start(calendar, gjr_civil_clamp(start));
    gjr_range range = gjr_count_range(
        calendar, (gjr_term){.unit = unit, .budget = budget, .rolls = rolls}, begin);
    return (gj_due){range.earliest, range.latest, range.open};
}

gj_day gj_day_of_date(int32_t year, int32_t month, int32_t day)
{
    gjr_civil civil = {year, month, day};
    return gjr_civil_is_valid(civil) ? gjr_civil_day(civil) : GJ_NO_DAY;
}

void gj_date_of_day(gj_day day, int32_t *year, int32_t *month, int32_t *of_month)
{
    gjr_civil civil = gjr_civil_of_day(gjr_civil_clamp(day));
    *year = civil.year;
    *month = civil.month;
    *of_month = civil.day;
}

uint32_t gj_day_weekday(gj_day day)
{
    return (uint32_t)gjr_civil_weekday(day);
}
