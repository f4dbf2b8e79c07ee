/* SPDX-License-Identifier: Apache-2.0
 *
 * Limits are counted as the law counts them: random limits on random calendars, compiled from their
 * text, and random cases of them, judged; against walk/, which goes through the calendar day by day
 * and minute by minute by the articles alone and shares no code with the product. Due instants,
 * what is late and by how much, stops and extensions without effect, and the accounts must be the
 * same.
 *
 * GUIJU_WALK_SEED=N takes that one calendar alone, GUIJU_WALK_COUNT=M so many from there on.
 * `./dev prove` compares ten million cases with the release build (prove/walk_prove.c). */
#include "unit/walk/trial.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

enum { CALENDARS = 12, CASES = 150 };

/* Whether they are the calendars that are always tried, so that what is to be there is there. */
static bool calendars_try(bool (*run)(uint64_t seed, int cases, trial_counts *counts),
                          trial_counts *counts)
{
    const char *seed = getenv("GUIJU_WALK_SEED"), *count = getenv("GUIJU_WALK_COUNT");
    uint64_t first = seed != NULL ? strtoull(seed, NULL, 10) : 1;
    uint64_t calendars = count != NULL ? strtoull(count, NULL, 10) : seed != NULL ? 1 : CALENDARS;
    uint64_t wrong = 0;
    for (uint64_t i = 0; i < calendars; i++) {
        wrong += run(first + i, CASES, counts) ? 0 : 1;
    }
    printf("seeds %llu to %llu: ", (unsigned long long)first,
           (unsigned long long)(first + calendars - 1));
    trial_counts_print(counts);
    assert_int_equal(wrong, 0);
    return seed == NULL && count == NULL;
}

static void judged_as_walked(void **state)
{
    (void)state;
    trial_counts counts = {0};
    if (calendars_try(trial_run, &counts)) { /* nothing that is to be tried is hardly ever there */
        uint64_t cases = counts.cases;
        assert_true(counts.lost < cases / 4 && counts.stopped > cases / 4);
        assert_true(counts.late > cases / 10 && counts.held > cases / 50);
        assert_true(counts.extended > cases / 10 && counts.voided > cases / 20);
        assert_true(counts.measured > cases / 20);
        assert_true(counts.again > cases / 50 && counts.accounts > cases / 40);
    }
}

/* By what is announced the last day of a limit is a range, and is in it whatever comes; what is
 * found late then is late. GUIJU_WALK_SEED and GUIJU_WALK_COUNT as above. */
static void foretold_as_it_came(void **state)
{
    (void)state;
    trial_counts counts = {0};
    if (calendars_try(trial_run_unannounced, &counts)) {
        assert_true(counts.stopped > counts.cases / 4 && counts.late > counts.cases / 10);
        assert_true(counts.ranges > counts.cases / 10 && counts.narrow > counts.cases / 20);
    }
}

/* In these calendars a case goes on until after the last day of its years, where nothing can be
 * walked: it leads too far as one does that is due there, and is not compared. */
static void led_too_far_by_the_end(void **state)
{
    (void)state;
    static const uint64_t seeds[] = {31000179, 50200039};
    for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++) {
        trial_counts counts = {0};
        assert_true(trial_run(seeds[i], 250, &counts));
        assert_true(counts.lost > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(judged_as_walked),
                                       cmocka_unit_test(foretold_as_it_came),
                                       cmocka_unit_test(led_too_far_by_the_end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
