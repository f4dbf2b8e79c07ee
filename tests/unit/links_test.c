/* SPDX-License-Identifier: Apache-2.0
 *
 * What corrects and retracts what, at its extremes: chains and crowds so large that anything done
 * for each of a link's own links, or by a call for each, would not come to an end here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "unit/judge_sketch.h"

enum { MANY = 100000, ID_SIZE = 16 };

static const sketch plain_sketch = {
    .stage_count = 2,
    .stages = {"open", "closed"},
    .final = {false, true},
    .action_count = 2,
    .actions = {"apply", "approve"},
    .edge_count = 2,
    .edges = {{0, 0, NO, NO, {0}, 0, 0, 0}, {0, 1, 1, NO, {0}, 0, 0, 0}},
};

typedef struct world {
    gj_image *image;
    gj_judge *judge;
    gj_docket *docket;
    size_t events, findings, problems;
    gj_problem_code problem;
    char first[ID_SIZE]; /* the event's that was found about */
} world;

static int world_open(void **state)
{
    world *w = calloc(1, sizeof *w);
    w->image = sketch_image(&plain_sketch);
    w->judge = sketch_judge(w->image, NULL);
    assert_int_equal(gj_docket_create(w->judge, &w->docket), GJ_OK);
    *state = w;
    return 0;
}

static int world_close(void **state)
{
    world *w = *state;
    gj_docket_destroy(w->docket);
    gj_judge_destroy(w->judge);
    gj_image_destroy(w->image);
    free(w);
    return 0;
}

/* Event `number` corrects or retracts event `named`; a negative one names nothing. */
static void tell(world *w, int number, const char *action, int named, bool retracts)
{
    char id[ID_SIZE], of[ID_SIZE];
    snprintf(id, sizeof id, "e%d", number);
    snprintf(of, sizeof of, "e%d", named);
    gj_event event = event_of(id, "2024-01-01", action, NULL);
    gj_text *naming = retracts ? &event.retracts : &event.corrects;
    *naming = named < 0 ? (gj_text){0} : gjb_text_of(of);
    event.seq = (uint64_t)number;
    gj_added added;
    assert_int_equal(gj_docket_add(w->docket, &event, &added), GJ_OK);
    assert_int_equal(added, GJ_ADDED);
}

static bool count(void *payload, const gj_case_result *result)
{
    world *w = payload;
    w->events += result->event_count;
    w->findings += result->finding_count;
    if (result->finding_count > 0) {
        snprintf(w->first, sizeof w->first, "%.*s", (int)result->findings[0].event.size,
                 result->findings[0].event.bytes);
    }
    return true;
}

static bool count_problem(void *payload, const gj_problem *problem)
{
    world *w = payload;
    w->problems++;
    w->problem = problem->code;
    return true;
}

static void judge(world *w)
{
    gj_docket_judging judging = {
        .size = sizeof judging, .until = GJ_NEVER, .payload = w, .on_case = count};
    w->events = w->findings = w->problems = 0;
    assert_int_equal(gj_docket_judge(w->docket, &judging), GJ_OK);
    assert_int_equal(gj_docket_report_unmet(w->docket, w, count_problem), GJ_OK);
}

/* Each corrects the one before, the last one is the only one that deviates; and it is the first
 * that is found about. */
static void a_long_chain_of_corrections(void **state)
{
    world *w = *state;
    tell(w, 0, "apply", -1, false);
    for (int i = 1; i < MANY; i++) {
        tell(w, i, i == MANY - 1 ? "dance" : "apply", i - 1, false);
    }
    judge(w);
    assert_int_equal(w->events, 1);
    assert_int_equal(w->findings, 1);
    assert_string_equal(w->first, "e0");
    assert_int_equal(w->problems, 0);
}

/* The same, the last first; and until the first is told none means anything. */
static void a_chain_told_backwards(void **state)
{
    world *w = *state;
    for (int i = MANY - 1; i > 0; i--) {
        tell(w, i, i == MANY - 1 ? "dance" : "apply", i - 1, false);
    }
    judge(w);
    assert_int_equal(w->events, 0);
    assert_int_equal(w->problems, MANY - 1);
    assert_int_equal(w->problem, GJ_PROBLEM_UNMET);
    tell(w, 0, "apply", -1, false);
    judge(w);
    assert_int_equal(w->findings, 1);
    assert_int_equal(w->problems, 0);
}

/* Retracted, not retracted, retracted …: it hangs on the last. */
static void a_chain_of_retractions(void **state)
{
    world *w = *state;
    tell(w, 0, "apply", -1, false);
    for (int i = 1; i < MANY; i++) {
        tell(w, i, "", i - 1, true);
    }
    judge(w);
    assert_int_equal(w->events, (MANY - 1) % 2 == 0 ? 1 : 0);
    tell(w, MANY, "", MANY - 1, true);
    judge(w);
    assert_int_equal(w->events, MANY % 2 == 0 ? 1 : 0);
}

static void a_crowd_of_corrections(void **state)
{
    world *w = *state;
    for (int i = 1; i < MANY; i++) {
        tell(w, i, i == MANY - 1 ? "dance" : "apply", 0, false);
    }
    tell(w, 0, "apply", -1, false);
    judge(w);
    assert_int_equal(w->events, 1);
    assert_int_equal(w->findings, 1);
}

static void a_great_circle(void **state)
{
    world *w = *state;
    tell(w, MANY, "apply", -1, false);
    for (int i = 0; i < MANY; i++) {
        tell(w, i, "apply", (i + 1) % MANY, false);
    }
    tell(w, MANY + 1, "apply", 7, false); /* hangs on it */
    judge(w);
    assert_int_equal(w->events, 1);
    assert_int_equal(w->problems, MANY + 1);
    assert_int_equal(w->problem, GJ_PROBLEM_CIRCLE);
}

/* Whoever corrects it, and whoever corrects that, goes with what is retracted; nothing else does.
 */
static void what_is_retracted_takes_its_corrections_with_it(void **state)
{
    world *w = *state;
    tell(w, 0, "apply", -1, false);
    tell(w, 1, "dance", 0, false);
    tell(w, 2, "sing", 1, false);
    tell(w, 3, "apply", -1, false);
    judge(w);
    assert_int_equal(w->events, 2);
    assert_int_equal(w->findings, 1);
    tell(w, 4, "", 0, true);
    judge(w);
    assert_int_equal(w->events, 1);
    assert_int_equal(w->findings, 0);
    tell(w, 5, "", 4, true); /* taken back */
    judge(w);
    assert_int_equal(w->events, 2);
    assert_int_equal(w->findings, 1);
    tell(w, 6, "", 1, true); /* so is the correction, and what corrects it */
    judge(w);
    assert_int_equal(w->findings, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)
    const struct CMUnitTest tests[] = {
        TEST(a_long_chain_of_corrections),
        TEST(a_chain_told_backwards),
        TEST(a_chain_of_retractions),
        TEST(a_crowd_of_corrections),
        TEST(a_great_circle),
        TEST(what_is_retracted_takes_its_corrections_with_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
