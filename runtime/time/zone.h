/* SPDX-License-Identifier: Apache-2.0
 *
 * A time zone as a sorted table: from this instant on, the wall is so far ahead of UTC. Row 0 holds
 * before all others too, whatever its instant. The table is written out by the compiler through the
 * year 2199 and travels in the calendar file, so a judgement never depends on the machine's rules;
 * after the last row its offset goes on.
 *
 * Where the wall is set forward, readings are missing (a gap); where it is set back, readings come
 * twice (an overlap). A reading in a gap is shifted forward by the gap's length; one in an overlap
 * is the first of its two instants. A day, though, begins when its midnight comes for the last
 * time: it ends as late as the wall allows. */
#ifndef GJR_TIME_ZONE_H
#define GJR_TIME_ZONE_H

#include "time/civil.h"

enum {
    GJR_ZONE_OFFSET_MAX_S = 93600, /* 26 hours either way, as RFC 8536 allows */
    GJR_ZONE_ROWS_MAX = 4096,
};

typedef struct gjr_zone_row {
    int64_t from_s; /* seconds since 1970-01-01T00:00:00Z */
    int32_t offset_s;
} gjr_zone_row;

typedef struct gjr_zone {
    gj_text name;
    const gjr_zone_row *rows; /* borrowed */
    size_t row_count;         /* at least 1 in a checked zone; 0 is UTC */
} gjr_zone;

/* SIZE_MAX where the table can be searched, else the first row that cannot stand: an offset out of
 * range, or instants whose order on the wall is not that of the rows. */
size_t gjr_zone_check(const gjr_zone *zone);
/* Whether both walls read the same at every instant, whatever they are called. */
bool gjr_zone_equal(const gjr_zone *a, const gjr_zone *b);

int32_t gjr_zone_offset(const gjr_zone *zone, gj_instant instant);
/* The same, looked for first where the last one was found: instants that come one after another
 * mostly lie between the same two changes. *row begins as 0. */
int32_t gjr_zone_offset_near(const gjr_zone *zone, gj_instant instant, size_t *row);
int64_t gjr_zone_wall(const gjr_zone *zone, gj_instant instant);
int64_t gjr_zone_wall_near(const gjr_zone *zone, gj_instant instant, size_t *row);
gj_instant gjr_zone_instant(const gjr_zone *zone, int64_t wall_ms);
/* The first instant of a day, which is the end of the day before, exclusive. */
gj_instant gjr_zone_day_start(const gjr_zone *zone, gj_day day);

#endif
