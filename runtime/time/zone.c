/* SPDX-License-Identifier: Apache-2.0
 *
 * See zone.h. A change of offset at instant T touches two readings of the wall: T by the old offset
 * and T by the new one. Between the smaller and the greater of them lies the gap or the overlap;
 * from the greater on a reading surely belongs to the new offset. Both sequences rise strictly in a
 * checked zone, so both can be searched by halves. */
#include "time/zone.h"

#include <assert.h>

/* Instants further out are brought in first, so that nothing below can overflow. */
static const int64_t FAR_S = INT64_C(1) << 52;

static int64_t second_of(int64_t ms)
{
    return ms >= 0 ? ms / GJR_MS_PER_SECOND : -((-(ms + 1)) / GJR_MS_PER_SECOND) - 1;
}

/* The reading of the wall from which the row surely holds (greater) or may hold (smaller). */
static int64_t row_wall_s(const gjr_zone *zone, size_t row, bool greater)
{
    int32_t before = zone->rows[row - 1].offset_s, after = zone->rows[row].offset_s;
    bool take_after = greater ? after > before : after < before;
    return zone->rows[row].from_s + (take_after ? after : before);
}

static bool row_is_sound(const gjr_zone *zone, size_t row)
{
    const gjr_zone_row *this = &zone->rows[row];
    if (this->offset_s < -GJR_ZONE_OFFSET_MAX_S || this->offset_s > GJR_ZONE_OFFSET_MAX_S ||
        this->from_s < -FAR_S || this->from_s > FAR_S) {
        return false;
    }
    return row == 0 || this->from_s > this[-1].from_s;
}

bool gjr_zone_equal(const gjr_zone *a, const gjr_zone *b)
{
    bool equal = a->row_count == b->row_count;
    for (size_t i = 0; equal && i < a->row_count; i++) {
        equal =
            a->rows[i].from_s == b->rows[i].from_s && a->rows[i].offset_s == b->rows[i].offset_s;
    }
    return equal;
}

size_t gjr_zone_check(const gjr_zone *zone)
{
    for (size_t row = 0; row < zone->row_count; row++) {
        if (!row_is_sound(zone, row)) {
            return row;
        }
        if (row >= 2 && (row_wall_s(zone, row, true) <= row_wall_s(zone, row - 1, true) ||
                         row_wall_s(zone, row, false) <= row_wall_s(zone, row - 1, false))) {
            return row;
        }
    }
    return SIZE_MAX;
}

/* Most zones change twice a year, or no more: so a row is looked for first where it would be if the
 * last one, and half a year before it the one before, and so on, began there. */
enum { GUESS_STEPS = 3, HALF_YEAR_S = 15778476 };

static size_t row_guess(const gjr_zone *zone, int64_t second)
{
    int64_t before = zone->rows[zone->row_count - 1].from_s - second;
    uint64_t back = before <= 0 ? 0 : (uint64_t)before / HALF_YEAR_S + 1;
    return back < zone->row_count ? zone->row_count - 1 - back : 0;
}

static int64_t row_from(const gjr_zone *zone, size_t row)
{
    return zone->rows[row].from_s;
}

static int64_t row_wall_greater_s(const gjr_zone *zone, size_t row)
{
    return row_wall_s(zone, row, true);
}

static int64_t row_wall_smaller_s(const gjr_zone *zone, size_t row)
{
    return row_wall_s(zone, row, false);
}

/* The last row that begins, by that reading, at the second or before; else the first. */
static inline size_t row_find(const gjr_zone *zone, int64_t second,
                              int64_t (*begin)(const gjr_zone *zone, size_t row))
{
    size_t row = row_guess(zone, second);
    for (int i = 0; i < GUESS_STEPS; i++) {
        if (row > 0 && begin(zone, row) > second) {
            row--;
        } else if (row + 1 < zone->row_count && begin(zone, row + 1) <= second) {
            row++;
        } else {
            return row;
        }
    }
    size_t low = 0, high = zone->row_count; /* the row is in [low, high) */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (begin(zone, middle) <= second) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

static size_t row_of(const gjr_zone *zone, int64_t second)
{
    return row_find(zone, second, row_from);
}

int32_t gjr_zone_offset(const gjr_zone *zone, gj_instant instant)
{
    return zone->row_count == 0 ? 0 : zone->rows[row_of(zone, second_of(instant))].offset_s;
}

static bool row_holds(const gjr_zone *zone, size_t row, int64_t second)
{
    return row < zone->row_count && zone->rows[row].from_s <= second &&
           (row + 1 == zone->row_count || second < zone->rows[row + 1].from_s);
}

int32_t gjr_zone_offset_near(const gjr_zone *zone, gj_instant instant, size_t *row)
{
    int64_t second = second_of(instant);
    if (zone->row_count == 0) {
        return 0;
    }
    if (!row_holds(zone, *row, second)) {
        *row = row_of(zone, second);
    }
    return zone->rows[*row].offset_s;
}

static int64_t wall_of(gj_instant instant, int32_t offset_s)
{
    int64_t wall;
    if (__builtin_add_overflow(instant, offset_s * GJR_MS_PER_SECOND, &wall)) {
        return instant < 0 ? INT64_MIN : INT64_MAX;
    }
    return wall;
}

int64_t gjr_zone_wall_near(const gjr_zone *zone, gj_instant instant, size_t *row)
{
    return wall_of(instant, gjr_zone_offset_near(zone, instant, row));
}

int64_t gjr_zone_wall(const gjr_zone *zone, gj_instant instant)
{
    return wall_of(instant, gjr_zone_offset(zone, instant));
}

static gj_instant wall_minus(int64_t wall_ms, int32_t offset_s)
{
    gj_instant instant;
    if (__builtin_sub_overflow(wall_ms, offset_s * GJR_MS_PER_SECOND, &instant)) {
        return wall_ms < 0 ? INT64_MIN : INT64_MAX;
    }
    return instant;
}

gj_instant gjr_zone_instant(const gjr_zone *zone, int64_t wall_ms)
{
    if (zone->row_count == 0) {
        return wall_ms;
    }
    size_t row = row_find(zone, second_of(wall_ms), row_wall_greater_s);
    return wall_minus(wall_ms, zone->rows[row].offset_s);
}

gj_instant gjr_zone_day_start(const gjr_zone *zone, gj_day day)
{
    int64_t wall_ms = day * GJR_MS_PER_DAY;
    if (zone->row_count == 0) {
        return wall_ms;
    }
    size_t row = row_find(zone, second_of(wall_ms), row_wall_smaller_s);
    const gjr_zone_row *found = &zone->rows[row];
    if (row > 0 && second_of(wall_ms) < row_wall_s(zone, row, true) &&
        found->offset_s > found[-1].offset_s) {
        return found->from_s * GJR_MS_PER_SECOND; /* midnight is in the gap: the gap ends the day */
    }
    return wall_minus(wall_ms, found->offset_s);
}
