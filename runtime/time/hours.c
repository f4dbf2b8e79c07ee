/* SPDX-License-Identifier: Apache-2.0
 *
 * See hours.h. An instant has a place: a day, and how much office time of that day lies before it.
 * All working days are as long, so the place of a sum is a division, and the way back from a place
 * to the wall walks the few spans of a day. */
#include "time/hours.h"

#define MS_PER_MINUTE INT64_C(60000)

/* The spans of a working day. */
typedef struct office {
    const gjr_hours *spans;
    size_t count;
    int64_t day_ms; /* all of them together */
} office;

static office office_of(const gj_calendar *calendar)
{
    static const gjr_hours always = {0, 1440};
    const gjr_calendar_plan *plan = gjr_calendar_get_plan(calendar);
    office of = {plan->hours, plan->hours_count, 0};
    if (of.count == 0) {
        of = (office){&always, 1, 0};
    }
    for (size_t i = 0; i < of.count; i++) {
        of.day_ms += (of.spans[i].to_minute - of.spans[i].from_minute) * MS_PER_MINUTE;
    }
    return of;
}

/* Office time of a working day before a time of day. */
static int64_t gone_of_day(const office *of, int64_t ms_of_day)
{
    int64_t gone = 0;
    for (size_t i = 0; i < of->count; i++) {
        int64_t from = of->spans[i].from_minute * MS_PER_MINUTE;
        int64_t to = of->spans[i].to_minute * MS_PER_MINUTE;
        if (ms_of_day > from) {
            gone += (ms_of_day < to ? ms_of_day : to) - from;
        }
    }
    return gone;
}

/* The time of day by which so much of a working day is gone, which is neither none nor more than it
 * has. */
static int64_t ms_of_day_at(const office *of, int64_t gone)
{
    size_t i = 0;
    for (; i + 1 < of->count; i++) {
        int64_t length = (of->spans[i].to_minute - of->spans[i].from_minute) * MS_PER_MINUTE;
        if (gone <= length) {
            break;
        }
        gone -= length;
    }
    return of->spans[i].from_minute * MS_PER_MINUTE + gone;
}

typedef struct place {
    gj_day day;
    int64_t gone; /* of its office time; none of a closed day */
} place;

static place place_of(const gj_calendar *calendar, const office *of, gj_instant instant)
{
    int64_t ms_of_day;
    const gjr_zone *zone = &gjr_calendar_get_plan(calendar)->zone;
    place found = {gjr_civil_of_wall(gjr_zone_wall(zone, instant), &ms_of_day), 0};
    if (gjr_calendar_is_workday(calendar, found.day)) {
        found.gone = gone_of_day(of, ms_of_day);
    }
    return found;
}

/* A time of a day on the wall; 24:00 is the day's end. */
static gj_instant instant_at(const gj_calendar *calendar, gj_day day, int64_t ms_of_day)
{
    if (day >= GJR_DAY_MAX || ms_of_day == GJR_MS_PER_DAY) {
        return gjr_calendar_day_end(calendar, day);
    }
    return gjr_zone_instant(&gjr_calendar_get_plan(calendar)->zone,
                            day * GJR_MS_PER_DAY + ms_of_day);
}

static uint32_t days_of(int64_t count)
{
    return count > UINT32_MAX ? UINT32_MAX : (uint32_t)count;
}

/* So much office time after the begin of a day; before it where negative. */
static gj_instant from_day(const gj_calendar *calendar, const office *of, gj_day day, int64_t ms)
{
    int64_t rest;
    if (ms > 0) {
        int64_t before = (ms - 1) / of->day_ms;
        rest = ms - before * of->day_ms;
        day = gjr_calendar_workday_add(calendar, day - 1, days_of(before + 1));
    } else {
        int64_t back = -ms / of->day_ms + 1;
        rest = ms + back * of->day_ms;
        day = gjr_calendar_workday_subtract(calendar, day, days_of(back));
    }
    return instant_at(calendar, day, ms_of_day_at(of, rest));
}

gj_instant gjr_hours_add(const gj_calendar *calendar, gj_instant from, int64_t ms)
{
    if (ms == 0 || from == GJ_NEVER) {
        return from;
    }
    office of = office_of(calendar);
    place start = place_of(calendar, &of, from);
    gj_instant found = from_day(calendar, &of, start.day, start.gone + ms);
    bool astray = ms > 0 ? found < from : found > from; /* the wall was set back meanwhile */
    return astray ? from : found;
}

int64_t gjr_hours_between(const gj_calendar *calendar, gj_instant from, gj_instant to)
{
    office of = office_of(calendar);
    place begin = place_of(calendar, &of, from), end = place_of(calendar, &of, to);
    int64_t days = gjr_calendar_workdays_between(calendar, begin.day - 1, end.day - 1);
    int64_t ms = days * of.day_ms + end.gone - begin.gone;
    return to > from && ms > 0 ? ms : 0;
}

int64_t gjr_hours_day_ms(const gj_calendar *calendar)
{
    office of = office_of(calendar);
    return of.day_ms;
}

/* Where an instant lies in a day: before it, in it, or behind it. */
static int64_t ms_in_day(const gj_calendar *calendar, gj_day day, gj_instant instant)
{
    int64_t ms_of_day;
    const gjr_zone *zone = &gjr_calendar_get_plan(calendar)->zone;
    if (instant == GJ_NEVER) {
        return GJR_MS_PER_DAY;
    }
    gj_day of = gjr_civil_of_wall(gjr_zone_wall(zone, instant), &ms_of_day);
    return of < day ? 0 : of > day ? GJR_MS_PER_DAY : ms_of_day;
}

int64_t gjr_hours_of_day(const gj_calendar *calendar, gj_day day, gj_instant from, gj_instant to)
{
    office of = office_of(calendar);
    int64_t gone = gone_of_day(&of, ms_in_day(calendar, day, to)) -
                   gone_of_day(&of, ms_in_day(calendar, day, from));
    return gone > 0 ? gone : 0;
}

gj_instant gjr_hours_close_if_worked(const gj_calendar *calendar, gj_day day)
{
    const gjr_calendar_plan *plan = gjr_calendar_get_plan(calendar);
    if (plan->hours_count == 0) {
        return gjr_calendar_day_end(calendar, day);
    }
    return instant_at(calendar, day, plan->hours[plan->hours_count - 1].to_minute * MS_PER_MINUTE);
}

gj_instant gjr_hours_close(const gj_calendar *calendar, gj_day day)
{
    return gjr_calendar_is_workday(calendar, day) ? gjr_hours_close_if_worked(calendar, day)
                                                  : gjr_calendar_day_end(calendar, day);
}
