/* SPDX-License-Identifier: Apache-2.0
 *
 * A calendar: which days are worked, and where the wall stands. What a calendar says is a plan (a
 * weekly rule, dated exceptions both ways, a zone); what is asked of it is ranks. At creation two
 * tables are laid out over 1970–2199: rank (how many working days up to and including a day) and
 * its inverse, so that "the 20th working day after" is a subtraction and two look-ups, whatever the
 * span. Outside those years only the weekly rule holds, by arithmetic; no exception can lie there.
 *
 * Every function here takes NULL for "no calendar": UTC, and every day is a working day. Days
 * beyond 9999-12-31 are answered as that day, and its end as GJ_NEVER. */
#ifndef GJR_TIME_CALENDAR_H
#define GJR_TIME_CALENDAR_H

#include "base/arena.h"
#include "base/buffer.h"
#include "time/zone.h"

enum {
    GJR_CALENDAR_YEAR_FIRST = 1970,
    GJR_CALENDAR_YEAR_LAST = 2199,
    GJR_CALENDAR_DAY_FIRST = 0,    /* 1970-01-01 */
    GJR_CALENDAR_DAY_LAST = 84005, /* 2199-12-31 */
    GJR_CALENDAR_HOURS_MAX = 8,    /* spans of office hours in a day */
    GJR_CALENDAR_NAME_SIZE_MAX = 255,
};

typedef enum gjr_day_class {
    GJR_DAY_WORKING, /* by the weekly rule */
    GJR_DAY_WEEKEND, /* closed by the weekly rule */
    GJR_DAY_HOLIDAY, /* declared: statutory */
    GJR_DAY_OFF,     /* declared: closed otherwise */
    GJR_DAY_ON,      /* declared: worked */
} gjr_day_class;

/* A dated exception: holiday, off or on. */
typedef struct gjr_calendar_row {
    gj_day day;
    gjr_day_class class;
    gj_text name; /* "春节", or absent */
} gjr_calendar_row;

/* Office hours, in minutes since midnight; to is exclusive and may be 1440. */
typedef struct gjr_hours {
    uint16_t from_minute, to_minute;
} gjr_hours;

/* What a calendar says, before it is indexed. Everything is borrowed. */
typedef struct gjr_calendar_plan {
    gj_text name;
    gj_text source;   /* where it was written: "std.calendar.cn" */
    gj_text revision; /* "cn@2026-12-31/1f0c…"; a file has it from its hash */
    gjr_zone zone;
    uint8_t week; /* bit 0 Monday … bit 6 Sunday: worked */
    gjr_hours hours[GJR_CALENDAR_HOURS_MAX];
    size_t hours_count;
    gj_day published_through;     /* GJ_NO_DAY: nothing is said */
    const gjr_calendar_row *rows; /* by day, each day once */
    size_t row_count;
} gjr_calendar_plan;

/* Copies the plan, which must be as a loaded file is: see the claims of docs/CALENDAR.md. Freed
 * with gj_calendar_destroy. */
gj_status gjr_calendar_create(const gj_allocator *allocator, const gjr_calendar_plan *plan,
                              gj_calendar **calendar);
/* Borrowed until the calendar is destroyed. */
const gjr_calendar_plan *gjr_calendar_get_plan(const gj_calendar *calendar);

/* What its published days have seen (history.h): for days that are not announced yet. */
const struct gjr_history *gjr_calendar_history(const gj_calendar *calendar);

/* ---- days ---- */
bool gjr_calendar_is_workday(const gj_calendar *calendar, gj_day day);
gjr_day_class gjr_calendar_class(const gj_calendar *calendar, gj_day day);
/* The declared name of a day, or absent. Borrowed until the calendar is destroyed. */
gj_text gjr_calendar_day_name(const gj_calendar *calendar, gj_day day);
/* The n-th working day after `day`, which is not counted; 0 gives `day` itself. */
gj_day gjr_calendar_workday_add(const gj_calendar *calendar, gj_day day, uint32_t n);
/* The n-th working day before `day`, which is not counted; 0 gives `day` itself. */
gj_day gjr_calendar_workday_subtract(const gj_calendar *calendar, gj_day day, uint32_t n);
/* Working days after `after` up to and including `through`; negative when through lies before. */
int64_t gjr_calendar_workdays_between(const gj_calendar *calendar, gj_day after, gj_day through);
/* `day` where it is worked, else the first working day after it. */
gj_day gjr_calendar_next_workday(const gj_calendar *calendar, gj_day day);
/* Whether the day lies past what has been published. */
bool gjr_calendar_is_unpublished(const gj_calendar *calendar, gj_day day);

/* ---- the wall ---- */
gj_day gjr_calendar_day_of(const gj_calendar *calendar, gj_instant instant);
/* The same, looked for first where the last one was found (zone.h); *row begins as 0. */
gj_day gjr_calendar_day_near(const gj_calendar *calendar, gj_instant instant, size_t *row);
gj_instant gjr_calendar_day_start(const gj_calendar *calendar, gj_day day);
/* The first instant after the day. */
gj_instant gjr_calendar_day_end(const gj_calendar *calendar, gj_day day);
int32_t gjr_calendar_offset(const gj_calendar *calendar, gj_instant instant);
/* A stamp without an offset is on this calendar's wall. The stamp must be present and readable. */
gj_instant gjr_calendar_instant(const gj_calendar *calendar, const gj_stamp *stamp);

/* As source: compiled again under the same zone rules it gives the same file. */
void gjr_calendar_print(const gj_calendar *calendar, gjb_buffer *out);

#endif
