/* SPDX-License-Identifier: Apache-2.0
 *
 * Zones: readings of the wall that are missing or come twice, and, over random tables, that
 * converting there and back is what the table says. */
#include "time/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#define HOUR INT64_C(3600000)
/* Amsterdam, 01:00Z of 2024-03-31 and of 2024-10-27. */
enum { SPRING_S = 1711846800, AUTUMN_S = 1729990800 };

static const gjr_zone_row AMSTERDAM_ROWS[] = {{0, 3600}, {SPRING_S, 7200}, {AUTUMN_S, 3600}};
static const gjr_zone AMSTERDAM = {.rows = AMSTERDAM_ROWS, .row_count = 3};

static void a_gap_shifts_forward(void **state)
{
    (void)state;
    int64_t spring = SPRING_S * INT64_C(1000);
    assert_int_equal(gjr_zone_offset(&AMSTERDAM, spring - 1), 3600);
    assert_int_equal(gjr_zone_offset(&AMSTERDAM, spring), 7200);
    assert_int_equal(gjr_zone_offset(&AMSTERDAM, INT64_MIN), 3600);
    assert_int_equal(gjr_zone_offset(&AMSTERDAM, INT64_MAX), 3600);
    /* 02:00 to 03:00 did not happen; 02:30 is 03:30. */
    assert_int_equal(gjr_zone_instant(&AMSTERDAM, spring + HOUR), spring);
    assert_int_equal(gjr_zone_instant(&AMSTERDAM, spring + HOUR + HOUR / 2), spring + HOUR / 2);
    assert_int_equal(gjr_zone_instant(&AMSTERDAM, spring + 2 * HOUR), spring);
    assert_int_equal(gjr_zone_instant(&AMSTERDAM, spring + HOUR - 1), spring - 1);
}

static void an_overlap_is_its_first(void **state)
{
    (void)state;
    int64_t autumn = AUTUMN_S * INT64_C(1000);
    /* 02:00 to 03:00 came twice. */
    assert_int_equal(gjr_zone_instant(&AMSTERDAM, autumn + HOUR), autumn - HOUR);
    assert_int_equal(gjr_zone_instant(&AMSTERDAM, autumn + 2 * HOUR - 1), autumn - 1);
    assert_int_equal(gjr_zone_instant(&AMSTERDAM, autumn + 2 * HOUR), autumn + HOUR);
}

static void a_day_begins_at_its_last_midnight(void **state)
{
    (void)state;
    /* At 00:30 of day 100 the wall goes back to 23:30 of day 99. */
    int64_t change_s = 100 * INT64_C(86400) + 1800;
    gjr_zone_row back[] = {{0, 0}, {change_s, -3600}};
    gjr_zone zone = {.rows = back, .row_count = 2};
    assert_int_equal(gjr_zone_day_start(&zone, 100), 100 * GJR_MS_PER_DAY + HOUR);
    assert_int_equal(gjr_zone_instant(&zone, 100 * GJR_MS_PER_DAY), 100 * GJR_MS_PER_DAY);
    /* At 23:30 of day 99 the wall goes on to 00:30 of day 100: there is no midnight. */
    gjr_zone_row forth[] = {{0, 0}, {100 * INT64_C(86400) - 1800, 3600}};
    zone.rows = forth;
    assert_int_equal(gjr_zone_day_start(&zone, 100), 100 * GJR_MS_PER_DAY - HOUR / 2);
    assert_int_equal(gjr_zone_day_start(&zone, 101), 101 * GJR_MS_PER_DAY - HOUR);
    /* A whole day left out, as Samoa did: it begins and ends at one instant. */
    gjr_zone_row skip[] = {{0, 0}, {100 * INT64_C(86400), 86400}};
    zone.rows = skip;
    assert_int_equal(gjr_zone_day_start(&zone, 100), 100 * GJR_MS_PER_DAY);
    assert_int_equal(gjr_zone_day_start(&zone, 101), 100 * GJR_MS_PER_DAY);
    assert_int_equal(gjr_zone_day_start(&zone, 102), 101 * GJR_MS_PER_DAY);
    gjr_zone utc = {0};
    assert_int_equal(gjr_zone_day_start(&utc, 7), 7 * GJR_MS_PER_DAY);
}

static void tables_that_cannot_stand(void **state)
{
    (void)state;
    gjr_zone_row order[] = {{0, 0}, {100, 0}, {100, 60}};
    gjr_zone_row offset[] = {{0, 0}, {100, 93601}};
    gjr_zone_row wall[] = {{0, 0}, {100000, 7200}, {100060, 0}, {100120, 60}};
    gjr_zone zone = {.rows = order, .row_count = 3};
    assert_int_equal(gjr_zone_check(&zone), 2);
    zone = (gjr_zone){.rows = offset, .row_count = 2};
    assert_int_equal(gjr_zone_check(&zone), 1);
    zone = (gjr_zone){.rows = wall, .row_count = 4};
    assert_int_equal(gjr_zone_check(&zone), 3);
    assert_int_equal(gjr_zone_check(&AMSTERDAM), SIZE_MAX);
    assert_int_equal(gjr_zone_instant(&AMSTERDAM, INT64_MIN), INT64_MIN);
    assert_int_equal(gjr_zone_wall(&AMSTERDAM, INT64_MAX), INT64_MAX);
}

/* The answer by trying every row, from what a gap and an overlap are. */
static gj_instant instant_tried(const gjr_zone *zone, int64_t wall)
{
    gj_instant best = INT64_MAX;
    for (size_t i = 0; i < zone->row_count; i++) {
        gj_instant instant = wall - zone->rows[i].offset_s * INT64_C(1000);
        bool begun = i == 0 || instant >= zone->rows[i].from_s * INT64_C(1000);
        bool lasts = i + 1 == zone->row_count || instant < zone->rows[i + 1].from_s * INT64_C(1000);
        best = begun && lasts && instant < best ? instant : best;
    }
    for (size_t i = 1; best == INT64_MAX && i < zone->row_count; i++) {
        int64_t change = zone->rows[i].from_s * INT64_C(1000);
        int64_t before = zone->rows[i - 1].offset_s * INT64_C(1000);
        int64_t after = zone->rows[i].offset_s * INT64_C(1000);
        best = wall >= change + before && wall < change + after ? wall - before : best;
    }
    return best;
}

static uint64_t random_next(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 20;
}

static void random_tables_agree(void **state)
{
    (void)state;
    uint64_t seed = 5;
    for (int table = 0; table < 500; table++) {
        gjr_zone_row rows[12];
        int64_t at = 0;
        for (size_t i = 0; i < 12; i++) {
            at += 200000 + (int64_t)(random_next(&seed) % 9000000);
            rows[i] = (gjr_zone_row){at, (int32_t)(random_next(&seed) % 100000) - 50000};
        }
        gjr_zone zone = {.rows = rows, .row_count = 12};
        assert_int_equal(gjr_zone_check(&zone), SIZE_MAX);
        for (int i = 0; i < 400; i++) {
            int64_t near = rows[random_next(&seed) % 12].from_s * 1000;
            int64_t wall = near + (int64_t)(random_next(&seed) % 200000000) - 100000000;
            assert_int_equal(gjr_zone_instant(&zone, wall), instant_tried(&zone, wall));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gap_shifts_forward),
        cmocka_unit_test(an_overlap_is_its_first),
        cmocka_unit_test(a_day_begins_at_its_last_midnight),
        cmocka_unit_test(tables_that_cannot_stand),
        cmocka_unit_test(random_tables_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
