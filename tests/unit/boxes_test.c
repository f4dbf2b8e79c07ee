/* SPDX-License-Identifier: Apache-2.0
 *
 * Boxes held against trying every point: random ones on small grids, in up to five columns. */
#include "analysis/boxes.h"

#include "base/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { GRID = 6, COLUMNS = 5, ROWS = 9, TRIALS = 20000, INTERVALS = 3 };

static uint64_t seed = 20260211;

static uint32_t draw(uint32_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 20) % below;
}

typedef struct random_box {
    gjc_interval intervals[COLUMNS][INTERVALS];
    gjc_side sides[COLUMNS];
} random_box;

/* Intervals of the numbers 0 … GRID - 1, in order and apart. */
static void side_draw(random_box *box, uint32_t column)
{
    gjc_interval *intervals = box->intervals[column];
    uint32_t count = 0;
    int64_t low = draw(2) == 0 ? 0 : draw(GRID);
    while (count < INTERVALS && low < GRID && (count == 0 || draw(2) == 0)) {
        int64_t high = draw(3) == 0 ? GRID - 1 : low + draw(3);
        intervals[count++] = (gjc_interval){low, high < GRID ? high : GRID - 1};
        low = high + 1 + draw(2);
    }
    if (draw(20) == 0)
        count = 0;
    box->sides[column] = (gjc_side){intervals, count};
}

static bool has(const gjc_side *sides, const int64_t *point, uint32_t columns)
{
    for (uint32_t c = 0; c < columns; c++) {
        bool found = false;
        for (uint32_t i = 0; i < sides[c].count; i++)
            found = found || (sides[c].intervals[i].low <= point[c] &&
                              point[c] <= sides[c].intervals[i].high);
        if (!found)
            return false;
    }
    return true;
}

static bool step(int64_t *point, uint32_t columns)
{
    for (uint32_t c = 0; c < columns; c++) {
        if (++point[c] < GRID)
            return true;
        point[c] = 0;
    }
    return false;
}

static bool in_one(const random_box *boxes, uint32_t count, const int64_t *point, uint32_t columns)
{
    for (uint32_t i = 0; i < count; i++)
        if (has(boxes[i].sides, point, columns))
            return true;
    return false;
}

/* Every corner of what was found is in the whole and in none of the boxes. */
static void spot_check(const random_box *boxes, uint32_t count, uint32_t columns,
                       const gjc_spot *spot)
{
    for (uint32_t corner = 0; corner < 1u << columns; corner++) {
        int64_t point[COLUMNS];
        for (uint32_t c = 0; c < columns; c++)
            point[c] = (corner >> c & 1) != 0 ? spot->sides[c].high : spot->sides[c].low;
        assert_true(has(boxes[count].sides, point, columns));
        assert_false(in_one(boxes, count, point, columns));
    }
}

static void what_is_left_out_is_found(void **state)
{
    (void)state;
    uint32_t found_count = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
        random_box boxes[ROWS + 1];
        gjc_box rows[ROWS];
        uint32_t columns = 1 + draw(COLUMNS), count = draw(ROWS + 1);
        for (uint32_t i = 0; i <= count; i++) {
            for (uint32_t c = 0; c < columns; c++)
                side_draw(&boxes[i], c);
            if (i < count)
                rows[i].sides = boxes[i].sides;
        }
        bool expected = false;
        int64_t point[COLUMNS] = {0};
        do
            expected = expected || (has(boxes[count].sides, point, columns) &&
                                    !in_one(boxes, count, point, columns));
        while (step(point, columns));
        gjb_arena arena;
        gjc_spot spot;
        gjb_arena_init(&arena, gjb_alloc_default());
        gjc_box whole = {boxes[count].sides};
        gjc_boxes_asking asking = {columns, &arena, 0};
        gjc_found found = gjc_boxes_find_left_out(&asking, &whole, rows, count, &spot);
        assert_int_equal(found, expected ? GJC_FOUND : GJC_FOUND_NONE);
        if (found == GJC_FOUND)
            spot_check(boxes, count, columns, &spot);
        gjb_arena_deinit(&arena);
        found_count += found == GJC_FOUND;
    }
    assert_in_range(found_count, TRIALS / 10, TRIALS - TRIALS / 10);
}

static void where_two_meet_is_found(void **state)
{
    (void)state;
    for (int trial = 0; trial < TRIALS; trial++) {
        random_box a, b;
        uint32_t columns = 1 + draw(COLUMNS);
        for (uint32_t c = 0; c < columns; c++) {
            side_draw(&a, c);
            side_draw(&b, c);
        }
        bool expected = false;
        int64_t point[COLUMNS] = {0};
        do
            expected = expected || (has(a.sides, point, columns) && has(b.sides, point, columns));
        while (step(point, columns));
        gjc_spot spot;
        gjc_box x = {a.sides}, y = {b.sides};
        assert_int_equal(gjc_boxes_meet(&x, &y, columns, &spot), expected);
        for (uint32_t c = 0; expected && c < columns; c++)
            point[c] = spot.sides[c].low;
        assert_true(!expected || (has(a.sides, point, columns) && has(b.sides, point, columns)));
    }
}

static void the_ends_of_all_numbers_are_no_edge(void **state)
{
    (void)state;
    gjb_arena arena;
    gjc_spot spot;
    const gjc_interval all = {INT64_MIN, INT64_MAX}, low = {INT64_MIN, 4}, high = {5, INT64_MAX};
    const gjc_interval higher = {6, INT64_MAX};
    const gjc_side whole = {&all, 1}, sides[] = {{&low, 1}, {&high, 1}, {&higher, 1}};
    const gjc_box box = {&whole}, both[] = {{&sides[0]}, {&sides[1]}},
                  apart[] = {{&sides[0]}, {&sides[2]}};
    gjb_arena_init(&arena, gjb_alloc_default());
    gjc_boxes_asking asking = {1, &arena, 0};
    assert_int_equal(gjc_boxes_find_left_out(&asking, &box, both, 2, &spot), GJC_FOUND_NONE);
    assert_int_equal(gjc_boxes_find_left_out(&asking, &box, apart, 2, &spot), GJC_FOUND);
    assert_int_equal(spot.sides[0].low, 5);
    assert_int_equal(spot.sides[0].high, 5);
    assert_int_equal(gjc_boxes_find_left_out(&asking, &box, both, 0, &spot), GJC_FOUND);
    assert_int_equal(spot.sides[0].low, INT64_MIN);
    asking.work = GJC_BOXES_WORK_MAX + 1;
    assert_int_equal(gjc_boxes_find_left_out(&asking, &box, both, 2, &spot), GJC_NOT_DECIDED);
    gjb_arena_deinit(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_left_out_is_found),
        cmocka_unit_test(where_two_meet_is_found),
        cmocka_unit_test(the_ends_of_all_numbers_are_no_edge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
