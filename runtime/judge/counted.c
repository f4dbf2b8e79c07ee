/* SPDX-License-Identifier: Apache-2.0
 *
 * See counted.h. */
#include "judge/counted.h"

#include "time/count.h"

/* The days to be seen; false where there are none. */
static bool span_of(const gj_counted *counted, gj_day until, gj_day *from, gj_day *to)
{
    *from = counted->start_day + 1;
    *to = until > counted->due_day ? until : counted->due_day;
    switch (counted->unit) {
    case GJ_WORKDAYS:
        return true;
    case GJ_WORKHOURS:
        *from = counted->start_day;
        return true;
    case GJ_DAYS:
    case GJ_MONTHS:
    case GJ_YEARS:
        *from = counted->raw_due_day;
        *to = counted->due_day;
        return !counted->held && *from != *to;
    case GJ_HOURS:
    case GJ_MINUTES:
    case GJ_UNIT_COUNT:
        break;
    }
    return false;
}

static bool runs_take(const gj_calendar *calendar, gj_day until, gjb_arena *arena,
                      gj_counted *counted)
{
    gj_day from, to;
    gjr_runs runs = {0};
    if (!span_of(counted, until, &from, &to)) {
        return true;
    }
    bool made = gjr_count_runs(calendar, from, to, arena, &runs) == GJ_OK;
    counted->runs = runs.items;
    counted->run_count = runs.count;
    return made;
}

bool gjr_counted_hours(const gj_calendar *calendar, gj_unit unit, gjb_arena *arena,
                       const gj_office_hours **found, size_t *count)
{
    *found = NULL;
    *count = 0;
    if (unit != GJ_WORKHOURS || gjr_calendar_get_plan(calendar)->hours_count == 0) {
        return true;
    }
    const gjr_calendar_plan *plan = gjr_calendar_get_plan(calendar);
    gj_office_hours *hours = gjb_arena_make(arena, plan->hours_count, sizeof *hours);
    for (size_t i = 0; hours != NULL && i < plan->hours_count; i++) {
        hours[i] = (gj_office_hours){plan->hours[i].from_minute, plan->hours[i].to_minute};
    }
    *found = hours;
    *count = hours == NULL ? 0 : plan->hours_count;
    return hours != NULL;
}

bool gjr_counted_take_days(const gj_calendar *calendar, gj_day until, gjb_arena *arena,
                           gj_counted *counted)
{
    return runs_take(calendar, until, arena, counted) &&
           gjr_counted_hours(calendar, counted->unit, arena, &counted->hours, &counted->hour_count);
}
