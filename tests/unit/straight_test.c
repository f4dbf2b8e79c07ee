/* SPDX-License-Identifier: Apache-2.0
 *
 * The step that is taken at once beside the whole step, which a sitting with a trace always takes:
 * after every event the two cases hold the same bytes, and the same was noted. The events are of
 * any act, post, order of time and data, so that often enough the step is not of that kind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "judge/straight.h"
#include "judge/trace.h"
#include "unit/judge_sketch.h"

enum { CASES = 400, EVENTS = 30 };

static const sketch permit = {
    .calendar = "cn",
    .stage_count = 5,
    .stages = {"asked", "heard", "read", "decided", "closed"},
    .final = {[4] = true},
    .action_count = 6,
    .actions = {"ask", "hear", "read", "decide", "write", "close"},
    .post_count = 2,
    .posts = {"window", "chief"},
    .edge_count = 8,
    .edges = {{0, 0, 1, NO, {0}, 0, 0, 0},
              {1, 1, 2, 0, {0}, 0, 0, 0},
              {2, 4, NO, NO, {0}, 2, 0, 0},
              {2, 2, 3, 0, {0}, 0, 0, 0},
              {3, 0, 1, NO, {0}, 0, 0, 0},
              {3, 3, NO, 1, {IS_TRUE, 0}, 0, 0, 0},
              {3, 4, NO, 1, {0}, 0, 0, 0},
              {3, 5, 4, NO, {0}, 0, 0, 0}},
    .field_count = 2,
    .fields = {{"complete", "齐全", GJR_TYPE_BOOL, 0, false},
               {"said", "陈述", GJR_TYPE_TEXT, 0, false}},
    .limit_count = 2,
    .limits = {{"hearing",
                {{GJR_TRIGGER_ACTION, 0}},
                {{GJR_TRIGGER_ACTION, 2}},
                1,
                1,
                5,
                GJR_UNIT_WORKDAYS,
                false,
                GJR_SEVERITY_YELLOW,
                1},
               {"answer",
                {{GJR_TRIGGER_ACTION, 4}},
                {{GJR_TRIGGER_ACTION, 0}},
                1,
                1,
                30,
                GJR_UNIT_DAYS,
                true,
                GJR_SEVERITY_RED,
                1}},
    .rule_count = 1,
    .rules = {{"complete", GJR_RULE_REQUIRE, 3, {IS_TRUE, 0}, GJR_SEVERITY_RED}},
};

static uint64_t seed = 7;

static unsigned pick(unsigned count)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % count;
}

/* The i-th event of a case: mostly the act that comes next, and sometimes anything. */
static gj_event event_make(int i, unsigned *day, gj_datum *datum, char *at, char *id)
{
    static const char *const usual[] = {"ask", "hear", "write", "read"};
    *day += pick(4);
    snprintf(at, 32, "2024-%02u-%02u %02u:00", 1 + *day / 28 % 12, 1 + *day % 28, 8 + pick(9));
    snprintf(id, 32, "%.*s%d", (int)pick(24), "a-name-as-long-as-it-may-be", i);
    const char *action = pick(6) == 0 ? permit.actions[pick(6)] : usual[i % 4];
    gj_event told = event_of(id, at, action, permit.posts[pick(8) == 0]);
    *datum = pick(2) == 0 ? datum_of("complete", GJ_DATUM_BOOL, NULL)
                          : datum_of("said", GJ_DATUM_TEXT, "what was said");
    datum->truth = pick(2) == 0;
    told.data = datum;
    told.data_count = pick(3) == 0;
    return told;
}

static void assert_same_notes(const gjr_sitting *one, const gjr_sitting *other)
{
    assert_int_equal(one->raised_count, other->raised_count);
    for (size_t i = 0; i < one->raised_count; i++) {
        const gjr_raised *a = &one->raised[i], *b = &other->raised[i];
        assert_int_equal(a->code, b->code);
        assert_int_equal(a->ordinal, b->ordinal);
        assert_int_equal(a->status, b->status);
        assert_int_equal(a->severity, b->severity);
        assert_int_equal(a->stage, b->stage);
        assert_int_equal(a->stage_after, b->stage_after);
        assert_int_equal(a->at, b->at);
        assert_int_equal(a->limit.since, b->limit.since);
        assert_int_equal(a->limit.rung_at, b->limit.rung_at);
    }
}

static void assert_same_state(const gjr_case *one, const gjr_case *other)
{
    assert_int_equal(gjr_case_size(one), gjr_case_size(other));
    assert_memory_equal(one->bytes, other->bytes, gjr_case_size(one));
}

typedef struct fixture {
    gj_image *image;
    gj_calendar *calendar;
    gj_judge *judge;
    gjr_sitting at_once, whole;
    gjr_trace trace;
    size_t taken; /* steps that were of that kind */
} fixture;

static void step_both(fixture *with, gjr_case *one, gjr_case *other, const gjr_event *event)
{
    if (gjr_straight_step(&with->at_once, one, one->bytes, event)) {
        with->taken++;
    } else {
        assert_int_equal(gjr_case_step(&with->at_once, one, event), GJ_OK);
    }
    gjr_trace_reset(&with->trace);
    assert_int_equal(gjr_case_step(&with->whole, other, event), GJ_OK);
    assert_same_notes(&with->at_once, &with->whole);
    assert_same_state(one, other);
}

static void run_case(fixture *with)
{
    gjr_case one, other;
    gjb_arena arena;
    unsigned day = 0;
    gjb_arena_init(&arena, NULL);
    assert_int_equal(gjr_case_init(&one, with->judge), GJ_OK);
    assert_int_equal(gjr_case_init(&other, with->judge), GJ_OK);
    for (int i = 0; i < EVENTS; i++) {
        char at[32], id[32];
        gj_datum datum;
        gjr_event event;
        gj_event told = event_make(i, &day, &datum, at, id);
        assert_int_equal(gjr_event_make(with->judge, &told, &arena, &event), GJ_OK);
        step_both(with, &one, &other, &event);
    }
    gjr_case_deinit(&one);
    gjr_case_deinit(&other);
    gjb_arena_deinit(&arena);
}

static void test_taken_at_once_is_the_whole_step(void **state)
{
    (void)state;
    fixture with = {.taken = 0};
    gjr_zone_row zone = {-1000000000, 8 * 3600};
    gjr_calendar_plan plan = {.name = gjb_text_of("cn"),
                              .revision = gjb_text_of("cn"),
                              .zone = {gjb_text_of("Asia/Shanghai"), &zone, 1},
                              .week = 0x1F,
                              .published_through = GJ_NO_DAY};
    assert_int_equal(gjr_calendar_create(NULL, &plan, &with.calendar), GJ_OK);
    with.image = sketch_image(&permit);
    with.judge = sketch_judge(with.image, with.calendar);
    assert_int_equal(gjr_sitting_init(&with.at_once, with.judge), GJ_OK);
    assert_int_equal(gjr_sitting_init(&with.whole, with.judge), GJ_OK);
    gjr_trace_init(&with.trace, gjb_alloc_default());
    with.whole.trace = &with.trace;
    for (int i = 0; i < CASES; i++) {
        run_case(&with);
    }
    print_message("%zu of %d steps were taken at once\n", with.taken, CASES * EVENTS);
    assert_in_range(with.taken, CASES * EVENTS / 10, CASES * EVENTS * 9 / 10);
    gjr_sitting_deinit(&with.at_once);
    gjr_sitting_deinit(&with.whole);
    gjr_trace_deinit(&with.trace);
    gj_judge_destroy(with.judge);
    gj_calendar_destroy(with.calendar);
    gj_image_destroy(with.image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_taken_at_once_is_the_whole_step)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
