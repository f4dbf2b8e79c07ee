/* SPDX-License-Identifier: Apache-2.0
 *
 * See reach.h. */
#include "judge/reach.h"

#include "image/opcode.h"
#include "time/count.h"

enum { MONTH_DAYS = 31, YEAR_DAYS = 366, DAY_MINUTES = 1440, DAY_HOURS = 24 };

/* ---- how far limits look ---- */

/* Of a working day, in minutes. */
static uint64_t office_minutes(const gj_calendar *calendar)
{
    const gjr_calendar_plan *plan = calendar == NULL ? NULL : gjr_calendar_get_plan(calendar);
    uint64_t minutes = 0;
    for (size_t i = 0; plan != NULL && i < plan->hours_count; i++) {
        minutes += (uint64_t)(plan->hours[i].to_minute - plan->hours[i].from_minute);
    }
    return minutes > 0 ? minutes : DAY_MINUTES;
}

/* A last day that rolls is one working day more; a day that has begun, one day. */
static void span_add(const gj_calendar *calendar, uint32_t unit, uint64_t amount,
                     uint64_t *workdays, uint64_t *days)
{
    *workdays += 1;
    *days += 1;
    switch ((gjr_unit)unit) {
    case GJR_UNIT_WORKDAYS:
        *workdays += amount;
        break;
    case GJR_UNIT_DAYS:
        *days += amount;
        break;
    case GJR_UNIT_HOURS:
        *days += amount / DAY_HOURS + 1;
        break;
    case GJR_UNIT_MINUTES:
        *days += amount / DAY_MINUTES + 1;
        break;
    case GJR_UNIT_MONTHS:
        *days += amount * MONTH_DAYS;
        break;
    case GJR_UNIT_YEARS:
        *days += amount * YEAR_DAYS;
        break;
    case GJR_UNIT_WORKHOURS:
        *workdays += amount * 60 / office_minutes(calendar) + 1;
        break;
    case GJR_UNIT_COUNT:
        break;
    }
}

static void limit_add(const gj_judge *judge, const gjr_limit *row, gjr_reach *reach)
{
    const gjr_rows *rows = judge->rows;
    const gj_calendar *calendar = gjr_judge_calendar(judge, row);
    uint32_t by = row->calendar == GJR_NONE ? 0 : row->calendar;
    uint64_t *workdays = &reach->workdays[by], *days = &reach->days;
    span_add(calendar, row->unit, row->budget, workdays, days);
    for (uint32_t i = 0; i < row->lengths_count; i++) {
        span_add(calendar, row->unit, rows->lengths[row->lengths_first + i].amount, workdays, days);
    }
    span_add(calendar, row->least_unit, row->least, workdays, days);
    for (uint32_t i = 0; i < row->rungs_count; i++) {
        const gjr_rung *rung = &rows->rungs[row->rungs_first + i];
        bool share = rung->kind == GJR_RUNG_SHARE;
        span_add(calendar, rung->unit, share ? 0 : rung->amount, workdays, days);
    }
    for (uint32_t i = 0; i < row->stops_count; i++) {
        const gjr_stop *stop = &rows->stops[row->stops_first + i];
        span_add(calendar, stop->granted_unit, stop->granted, workdays, days);
        span_add(calendar, stop->notice_unit, stop->notice_within, workdays, days);
    }
    for (uint32_t i = 0; i < row->extensions_count; i++) {
        const gjr_extension *extension = &rows->extensions[row->extensions_first + i];
        span_add(calendar, extension->notice_unit, extension->notice_within, workdays, days);
        span_add(calendar, row->unit, extension->amount, &reach->event_workdays[by],
                 &reach->event_days);
    }
}

/* ---- days that the case makes up ---- */

static bool is_moment(uint32_t type)
{
    return type == GJR_TYPE_DATE || type == GJR_TYPE_TIME;
}

static bool makes_days(const gjr_rows *rows)
{
    bool makes = false;
    for (uint32_t i = 0; !makes && i < rows->instruction_count; i++) {
        makes = gjr_word_op(rows->instructions[i].word) == GJR_OP_WORKDAYS_ADD;
    }
    for (uint32_t i = 0; !makes && i < rows->assignment_count; i++) {
        makes = is_moment(rows->fields[rows->assignments[i].field].type);
    }
    for (uint32_t i = 0; !makes && i < rows->field_count; i++) {
        makes = rows->fields[i].preset != GJR_NONE && is_moment(rows->fields[i].type);
    }
    return makes;
}

/* How long a limit is may be told. */
static bool tells_lengths(const gjr_rows *rows)
{
    bool tells = false;
    for (uint32_t i = 0; !tells && i < rows->length_count; i++) {
        tells = rows->lengths[i].value != GJR_NONE;
    }
    return tells;
}

gjr_reach gjr_reach_of(const gj_judge *judge)
{
    /* What the law does may have one limit begin where another ran out, over and over. */
    gjr_reach reach = {.anywhere = makes_days(judge->rows) || tells_lengths(judge->rows) ||
                                   judge->rows->effect_count > 0};
    for (uint32_t i = 0; i < judge->rows->limit_count; i++) {
        limit_add(judge, &judge->rows->limits[i], &reach);
    }
    for (uint32_t i = 0; i < judge->rows->relation_count; i++) {
        const gjr_relation *row = &judge->rows->relations[i];
        if (row->length > 0) {
            span_add(judge->calendar, row->unit, row->length, &reach.workdays[0], &reach.days);
        }
    }
    return reach;
}

/* ---- a case ---- */

static void day_add(gjr_extent *extent, gj_day day)
{
    extent->first = day < extent->first ? day : extent->first;
    extent->last = day > extent->last ? day : extent->last;
}

void gjr_extent_add(gjr_extent *extent, const gj_judge *judge, const gjr_event *event)
{
    extent->events++;
    day_add(extent, event->day);
    for (uint32_t i = 0; i < event->told_count; i++) {
        const gjr_told *told = &event->told[i];
        uint32_t type = judge->rows->fields[told->field].type;
        if (told->value.known && is_moment(type)) {
            day_add(extent, type == GJR_TYPE_DATE
                                ? (gj_day)told->value.as.number
                                : gjr_calendar_day_of(judge->calendar, told->value.as.number));
        }
    }
}

static gj_day move(gj_day day, uint64_t days, bool back)
{
    const uint64_t most = (uint64_t)((int64_t)GJR_DAY_MAX - GJR_DAY_MIN);
    int64_t by = (int64_t)(days < most ? days : most);
    int64_t to = back ? day - by : day + by;
    return to < GJR_DAY_MIN ? GJR_DAY_MIN : to > GJR_DAY_MAX ? GJR_DAY_MAX : (gj_day)to;
}

/* So many working days of one calendar farther. */
static void extent_widen(gjr_extent *far, const gj_calendar *calendar, uint64_t workdays)
{
    uint32_t by = workdays < UINT32_MAX ? (uint32_t)workdays : UINT32_MAX;
    far->first = gjr_calendar_workday_subtract(calendar, far->first, by);
    far->last = gjr_calendar_workday_add(calendar, far->last, by);
}

gjr_extent gjr_reach_from(const gjr_reach *reach, const gj_judge *judge, gjr_extent extent)
{
    uint64_t days = reach->days + extent.events * reach->event_days;
    gjr_extent far = extent;
    far.first = move(extent.first, days, true);
    far.last = move(extent.last, days, false);
    for (uint32_t i = 0; i == 0 || i < judge->rows->calendar_name_count; i++) {
        extent_widen(&far, judge->calendars[i].calendar,
                     reach->workdays[i] + extent.events * reach->event_workdays[i]);
    }
    if (reach->anywhere) {
        far.first = GJR_DAY_MIN;
        far.last = GJR_DAY_MAX;
    }
    return far;
}
