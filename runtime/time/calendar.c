/* SPDX-License-Identifier: Apache-2.0
 *
 * See calendar.h. The rank of a day is how many working days there have been since 1970-01-01, that
 * day included; before then it is negative. Inside 1970–2199 ranks and their inverse are tables;
 * outside, whole weeks are counted, and both join at the edges, so every query is one formula over
 * rank_of and day_of_rank. */
#include "time/calendar.h"
#include "base/text.h"
#include "time/history.h"

#include <assert.h>
#include <string.h>

enum { DAY_COUNT = GJR_CALENDAR_DAY_LAST + 1, WEEK_ALL = 0x7F };

struct gj_calendar {
    const gj_allocator *allocator;
    gjb_arena arena; /* of all below */
    gjr_calendar_plan plan;
    gjr_history history;
    gj_day day_end;    /* the tables hold days 0 .. day_end - 1 */
    int64_t rank_last; /* of day_end - 1 */
    uint8_t *class;    /* [day]: a gjr_day_class */
    int32_t *rank;     /* [day] */
    gj_day *by_rank;   /* [rank - 1]: the working day that has it */
    /* From this instant on the wall stands still, so far ahead of UTC. */
    gj_instant steady_from;
    int64_t steady_ms;
};

/* Instants between these are on walls of 1970 to 9999 whatever the zone. */
#define STEADY_FIRST (2 * GJR_ZONE_OFFSET_MAX_S * GJR_MS_PER_SECOND)
#define STEADY_LAST  (GJR_DAY_MAX * GJR_MS_PER_DAY - STEADY_FIRST)

static const gj_calendar PLAIN = {.plan = {.week = WEEK_ALL, .published_through = GJ_NO_DAY},
                                  .steady_from = STEADY_FIRST};

static const gj_calendar *or_plain(const gj_calendar *calendar)
{
    return calendar != NULL ? calendar : &PLAIN;
}

/* ---- the weekly rule ---- */

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

static int week_length_workdays(uint8_t week)
{
    return __builtin_popcount(week);
}

static bool week_has(uint8_t week, gj_day day)
{
    return (week >> gjr_civil_weekday(day) & 1) != 0;
}

/* Working days of the weekly rule since Monday 1969-12-29, up to and including the day. */
static int64_t week_rank(uint8_t week, int64_t day)
{
    int64_t since = day + 3, weeks = floor_divide(since, 7);
    unsigned weekday = (unsigned)(since - weeks * 7);
    unsigned so_far = week & ((2u << weekday) - 1);
    return weeks * week_length_workdays(week) + __builtin_popcount(so_far);
}

/* The inverse: the day that week_rank first gives this rank. */
static int64_t week_day_of_rank(uint8_t week, int64_t rank)
{
    int64_t weeks = floor_divide(rank - 1, week_length_workdays(week));
    int64_t left = rank - 1 - weeks * week_length_workdays(week);
    int weekday = 0;
    while ((week >> weekday & 1) == 0 || left-- > 0) {
        weekday++;
    }
    return weeks * 7 + weekday - 3;
}

/* ---- ranks ---- */

static bool in_tables(const gj_calendar *calendar, gj_day day)
{
    return day >= GJR_CALENDAR_DAY_FIRST && day < calendar->day_end;
}

static int64_t rank_of(const gj_calendar *calendar, gj_day day)
{
    uint8_t week = calendar->plan.week;
    if (in_tables(calendar, day)) {
        return calendar->rank[day];
    }
    if (day < GJR_CALENDAR_DAY_FIRST) {
        return week_rank(week, day) - week_rank(week, -1);
    }
    return calendar->rank_last + week_rank(week, day) - week_rank(week, calendar->day_end - 1);
}

/* The working day that has the rank. */
static gj_day day_of_rank(const gj_calendar *calendar, int64_t rank)
{
    uint8_t week = calendar->plan.week;
    if (rank <= 0) {
        return gjr_civil_clamp(week_day_of_rank(week, rank + week_rank(week, -1)));
    }
    if (rank <= calendar->rank_last) {
        return calendar->by_rank[rank - 1];
    }
    int64_t beyond = rank - calendar->rank_last;
    return gjr_civil_clamp(week_day_of_rank(week, beyond + week_rank(week, calendar->day_end - 1)));
}

static bool class_is_worked(gjr_day_class class)
{
    return class == GJR_DAY_WORKING || class == GJR_DAY_ON;
}

/* ---- making one ---- */

static bool rows_copy(gj_calendar *calendar, const gjr_calendar_plan *plan)
{
    gjr_calendar_row *rows = gjb_arena_make(&calendar->arena, plan->row_count, sizeof *rows);
    if (rows == NULL) {
        return false;
    }
    gj_text last = {0}; /* neighbours mostly share a name, and then a copy */
    for (size_t i = 0; i < plan->row_count; i++) {
        rows[i] = plan->rows[i];
        if (gjb_text_is_present(rows[i].name) && !gjb_text_equal(rows[i].name, last)) {
            last = gjb_arena_text(&calendar->arena, rows[i].name);
            if (!gjb_text_is_present(last)) {
                return false;
            }
        }
        rows[i].name = gjb_text_is_present(rows[i].name) ? last : (gj_text){0};
    }
    calendar->plan.rows = rows;
    return true;
}

static bool zone_copy(gj_calendar *calendar, const gjr_zone *zone)
{
    gjr_zone_row *rows = gjb_arena_make(&calendar->arena, zone->row_count, sizeof *rows);
    if (rows == NULL) {
        return false;
    }
    if (zone->row_count > 0) {
        memcpy(rows, zone->rows, zone->row_count * sizeof *rows);
    }
    calendar->plan.zone.rows = rows;
    return true;
}

/* A little after the zone's last row, where no reading of the wall is missing or comes twice. */
static void steady_find(gj_calendar *calendar)
{
    const gjr_zone *zone = &calendar->plan.zone;
    calendar->steady_from = STEADY_FIRST;
    if (zone->row_count > 0) {
        const gjr_zone_row *last = &zone->rows[zone->row_count - 1];
        gj_instant settled = (last->from_s + 2 * GJR_ZONE_OFFSET_MAX_S) * GJR_MS_PER_SECOND;
        bool alone = zone->row_count == 1 || settled < STEADY_FIRST;
        calendar->steady_from = alone ? STEADY_FIRST : settled;
        calendar->steady_ms = last->offset_s * GJR_MS_PER_SECOND;
    }
}

static bool is_steady(const gj_calendar *calendar, gj_instant instant)
{
    return instant >= calendar->steady_from && instant <= STEADY_LAST;
}

static bool text_copy(gj_calendar *calendar, gj_text *text)
{
    bool present = gjb_text_is_present(*text);
    *text = gjb_arena_text(&calendar->arena, *text);
    return gjb_text_is_present(*text) == present;
}

static bool plan_copy(gj_calendar *calendar, const gjr_calendar_plan *plan)
{
    calendar->plan = *plan;
    return text_copy(calendar, &calendar->plan.name) &&
           text_copy(calendar, &calendar->plan.source) &&
           text_copy(calendar, &calendar->plan.revision) &&
           text_copy(calendar, &calendar->plan.zone.name) && zone_copy(calendar, &plan->zone) &&
           rows_copy(calendar, plan);
}

static void classes_fill(gj_calendar *calendar)
{
    for (gj_day day = 0; day < calendar->day_end; day++) {
        bool worked = week_has(calendar->plan.week, day);
        calendar->class[day] = worked ? GJR_DAY_WORKING : GJR_DAY_WEEKEND;
    }
    for (size_t i = 0; i < calendar->plan.row_count; i++) {
        const gjr_calendar_row *row = &calendar->plan.rows[i];
        assert(in_tables(calendar, row->day));
        calendar->class[row->day] = (uint8_t)row->class;
    }
}

static bool tables_make(gj_calendar *calendar)
{
    calendar->day_end = DAY_COUNT;
    calendar->class = gjb_arena_make(&calendar->arena, DAY_COUNT, sizeof *calendar->class);
    calendar->rank = gjb_arena_make(&calendar->arena, DAY_COUNT, sizeof *calendar->rank);
    calendar->by_rank = gjb_arena_make(&calendar->arena, DAY_COUNT, sizeof *calendar->by_rank);
    if (calendar->class == NULL || calendar->rank == NULL || calendar->by_rank == NULL) {
        return false;
    }
    classes_fill(calendar);
    int32_t rank = 0;
    for (gj_day day = 0; day < calendar->day_end; day++) {
        if (class_is_worked((gjr_day_class)calendar->class[day])) {
            calendar->by_rank[rank++] = day;
        }
        calendar->rank[day] = rank;
    }
    calendar->rank_last = rank;
    return true;
}

gj_status gjr_calendar_create(const gj_allocator *allocator, const gjr_calendar_plan *plan,
                              gj_calendar **calendar)
{
    assert((plan->week & WEEK_ALL) != 0 && gjr_zone_check(&plan->zone) == SIZE_MAX);
    allocator = gjb_alloc_or_default(allocator);
    gj_calendar *created = gjb_alloc_create(allocator, 1, sizeof *created);
    if (created == NULL) {
        return GJ_NO_MEMORY;
    }
    created->allocator = allocator;
    gjb_arena_init(&created->arena, allocator);
    if (!plan_copy(created, plan) || !tables_make(created)) {
        gj_calendar_destroy(created);
        return GJ_NO_MEMORY;
    }
    steady_find(created);
    gjr_history_find(&created->plan, &created->history);
    *calendar = created;
    return GJ_OK;
}

void gj_calendar_destroy(gj_calendar *calendar)
{
    if (calendar != NULL) {
        const gj_allocator *allocator = calendar->allocator;
        gjb_arena_deinit(&calendar->arena);
        gjb_alloc_destroy(allocator, calendar, 1, sizeof *calendar);
    }
}

const gjr_calendar_plan *gjr_calendar_get_plan(const gj_calendar *calendar)
{
    return &or_plain(calendar)->plan;
}

const gjr_history *gjr_calendar_history(const gj_calendar *calendar)
{
    return &or_plain(calendar)->history;
}

gj_text gj_calendar_name(const gj_calendar *calendar)
{
    return calendar->plan.name;
}

gj_text gj_calendar_revision(const gj_calendar *calendar)
{
    return calendar->plan.revision;
}

/* ---- days ---- */

gjr_day_class gjr_calendar_class(const gj_calendar *calendar, gj_day day)
{
    calendar = or_plain(calendar);
    if (in_tables(calendar, day)) {
        return (gjr_day_class)calendar->class[day];
    }
    return week_has(calendar->plan.week, day) ? GJR_DAY_WORKING : GJR_DAY_WEEKEND;
}

bool gjr_calendar_is_workday(const gj_calendar *calendar, gj_day day)
{
    return class_is_worked(gjr_calendar_class(calendar, day));
}

gj_text gjr_calendar_day_name(const gj_calendar *calendar, gj_day day)
{
    const gjr_calendar_plan *plan = gjr_calendar_get_plan(calendar);
    size_t low = 0, high = plan->row_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (plan->rows[middle].day < day) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < plan->row_count && plan->rows[low].day == day;
    return found ? plan->rows[low].name : (gj_text){0};
}

gj_day gjr_calendar_workday_add(const gj_calendar *calendar, gj_day day, uint32_t n)
{
    calendar = or_plain(calendar);
    if (n > 0 && in_tables(calendar, day)) {
        int64_t rank = calendar->rank[day] + (int64_t)n;
        if (rank <= calendar->rank_last) {
            return calendar->by_rank[rank - 1];
        }
    }
    return n == 0 ? day : day_of_rank(calendar, rank_of(calendar, day) + n);
}

gj_day gjr_calendar_workday_subtract(const gj_calendar *calendar, gj_day day, uint32_t n)
{
    calendar = or_plain(calendar);
    return n == 0 ? day : day_of_rank(calendar, rank_of(calendar, day - 1) - n + 1);
}

int64_t gjr_calendar_workdays_between(const gj_calendar *calendar, gj_day after, gj_day through)
{
    calendar = or_plain(calendar);
    return rank_of(calendar, through) - rank_of(calendar, after);
}

gj_day gjr_calendar_next_workday(const gj_calendar *calendar, gj_day day)
{
    bool worked = gjr_calendar_is_workday(calendar, day);
    return worked ? day : gjr_calendar_workday_add(calendar, day, 1);
}

bool gjr_calendar_is_unpublished(const gj_calendar *calendar, gj_day day)
{
    gj_day through = gjr_calendar_get_plan(calendar)->published_through;
    return through != GJ_NO_DAY && day > through;
}

/* ---- the wall ---- */

gj_day gjr_calendar_day_of(const gj_calendar *calendar, gj_instant instant)
{
    calendar = or_plain(calendar);
    if (is_steady(calendar, instant)) {
        return (gj_day)((uint64_t)(instant + calendar->steady_ms) / (uint64_t)GJR_MS_PER_DAY);
    }
    int64_t ms_of_day;
    return gjr_civil_of_wall(gjr_zone_wall(&calendar->plan.zone, instant), &ms_of_day);
}

gj_day gjr_calendar_day_near(const gj_calendar *calendar, gj_instant instant, size_t *row)
{
    int64_t ms_of_day;
    const gjr_zone *zone = &gjr_calendar_get_plan(calendar)->zone;
    return gjr_civil_of_wall(gjr_zone_wall_near(zone, instant, row), &ms_of_day);
}

gj_instant gjr_calendar_day_start(const gj_calendar *calendar, gj_day day)
{
    calendar = or_plain(calendar);
    gj_instant steady = day * GJR_MS_PER_DAY - calendar->steady_ms;
    return is_steady(calendar, steady) ? steady : gjr_zone_day_start(&calendar->plan.zone, day);
}

gj_instant gjr_calendar_day_end(const gj_calendar *calendar, gj_day day)
{
    return day >= GJR_DAY_MAX ? GJ_NEVER : gjr_calendar_day_start(calendar, day + 1);
}

int32_t gjr_calendar_offset(const gj_calendar *calendar, gj_instant instant)
{
    calendar = or_plain(calendar);
    return is_steady(calendar, instant) ? (int32_t)(calendar->steady_ms / GJR_MS_PER_SECOND)
                                        : gjr_zone_offset(&calendar->plan.zone, instant);
}

gj_instant gjr_calendar_instant(const gj_calendar *calendar, const gj_stamp *stamp)
{
    assert(stamp->present && !stamp->unreadable);
    if (stamp->zoned) {
        return stamp->wall_ms - stamp->offset_s * GJR_MS_PER_SECOND;
    }
    return gjr_zone_instant(&gjr_calendar_get_plan(calendar)->zone, stamp->wall_ms);
}
