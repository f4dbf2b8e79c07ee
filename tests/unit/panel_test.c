/* SPDX-License-Identifier: Apache-2.0
 *
 * A docket judged by several threads beside the same judged by one: what is told, and in which
 * order, must be the same to the byte, also where whoever listens stops early, where something was
 * corrected, and where memory ends. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "unit/judge_sketch.h"

enum { ASK, HEAR, DECIDE, CASES = 700, EVENTS = 4000, THREADS_MOST = 5 };

static const sketch permit = {
    .stage_count = 3,
    .stages = {"asked", "heard", "decided"},
    .final = {[2] = true},
    .action_count = 3,
    .actions = {"ask", "hear", "decide"},
    .post_count = 1,
    .posts = {"clerk"},
    .edge_count = 3,
    .edges = {{0, ASK, NO, 0, {0}, 0, 0, 0},
              {0, HEAR, 1, 0, {0}, 0, 0, 0},
              {1, DECIDE, 2, 0, {0}, 0, 0, 0}},
    .field_count = 1,
    .fields = {{"count", "数量", GJR_TYPE_NUMBER, 0, false}},
    .limit_count = 1,
    .limits = {{"answer",
                {{GJR_TRIGGER_ACTION, ASK}},
                {{GJR_TRIGGER_ACTION, DECIDE}},
                1,
                1,
                5,
                GJR_UNIT_DAYS,
                false,
                GJR_SEVERITY_RED,
                NO}},
    .rule_count = 1,
    .rules = {{"positive", GJR_RULE_REQUIRE, HEAR, {ABOVE_ZERO, 0}, GJR_SEVERITY_YELLOW}},
};

typedef struct world {
    gj_image *image;
    gj_judge *judge;
    gj_docket *docket;
} world;

static uint64_t seed = 7;

static size_t pick(size_t count)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % count;
}

/* ---- an allocator that ends ---- */

static atomic_long blocks_left = LONG_MAX;

static void *ending_resize(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    (void)payload;
    const gj_allocator *below = gjb_alloc_default();
    bool ends = new_size > old_size && atomic_fetch_sub(&blocks_left, 1) <= 0;
    return ends ? NULL : below->resize(below->payload, pointer, old_size, new_size);
}

static const gj_allocator ending = {NULL, ending_resize};

/* ---- the docket ---- */

static void add(world *w, const gj_event *event)
{
    gj_added added;
    assert_int_equal(gj_docket_add(w->docket, event, &added), GJ_OK);
    assert_int_equal(added, GJ_ADDED);
}

static void events_add(world *w)
{
    for (int i = 0; i < EVENTS; i++) {
        char id[16], case_id[32], at[64], number[16];
        snprintf(id, sizeof id, "e%d", i);
        snprintf(case_id, sizeof case_id, "case-%zu", pick(CASES));
        snprintf(at, sizeof at, "2024-%02d-%02d 10:%02d", 1 + (int)pick(3), 1 + (int)pick(28),
                 (int)pick(60));
        snprintf(number, sizeof number, "%d", (int)pick(5) - 2);
        gj_event event = event_of(id, at, permit.actions[pick(3)], pick(4) > 0 ? "clerk" : "cook");
        gj_datum count = datum_of("count", GJ_DATUM_NUMBER, number);
        event.case_id = gjb_text_of(case_id);
        event.data = &count;
        event.data_count = pick(2);
        add(w, &event);
    }
}

static int world_open(void **state)
{
    world *w = calloc(1, sizeof *w);
    w->image = sketch_image(&permit);
    const gj_judge_options options = {
        .size = sizeof options, .allocator = &ending, .image = w->image};
    assert_int_equal(gj_judge_create(&options, &w->judge), GJ_OK);
    assert_int_equal(gj_docket_create(w->judge, &w->docket), GJ_OK);
    events_add(w);
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

/* ---- what is told ---- */

typedef struct told {
    gjb_buffer text;
    size_t cases, stop_after;
} told;

static bool write(void *payload, const char *bytes, size_t size)
{
    gjb_buffer_add(payload, bytes, size);
    return true;
}

static bool on_case(void *payload, const gj_case_result *result)
{
    told *to = payload;
    gj_writer out = {&to->text, write};
    gjb_buffer_add_text(&to->text, result->case_id);
    gjb_buffer_add_format(&to->text, " %zu %zu\n", result->event_count, result->step_count);
    for (size_t i = 0; i < result->finding_count; i++) {
        assert_int_equal(gj_finding_print(&result->findings[i], GJ_EN, &out), GJ_OK);
    }
    return ++to->cases != to->stop_after;
}

static gj_status judge(const world *w, uint32_t threads, size_t stop_after, told *to)
{
    *to = (told){.stop_after = stop_after};
    gjb_buffer_init(&to->text, NULL);
    const gj_docket_judging judging = {.size = sizeof judging,
                                       .until = GJ_NEVER,
                                       .with_steps = true,
                                       .threads = threads,
                                       .payload = to,
                                       .on_case = on_case};
    return gj_docket_judge(w->docket, &judging);
}

static void compare(const world *w, size_t stop_after)
{
    told one, several;
    assert_int_equal(judge(w, 0, stop_after, &one), GJ_OK);
    assert_true(one.text.size > 1000);
    for (uint32_t threads = 1; threads <= THREADS_MOST; threads++) {
        assert_int_equal(judge(w, threads, stop_after, &several), GJ_OK);
        assert_int_equal(several.cases, one.cases);
        assert_int_equal(several.text.size, one.text.size);
        assert_memory_equal(several.text.bytes, one.text.bytes, one.text.size);
        gjb_buffer_deinit(&several.text);
    }
    gjb_buffer_deinit(&one.text);
}

static void several_tell_as_one(void **state)
{
    compare(*state, 0);
}

static void whoever_listens_may_stop(void **state)
{
    static const size_t stops[] = {63, 64, 65, 200, 699};
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        compare(*state, stops[i]);
    }
}

/* What was corrected is settled while judging: then one thread judges. */
static void what_is_corrected_is_judged_likewise(void **state)
{
    world *w = *state;
    gj_event event = event_of("e-corrects", "2024-03-01 10:00", "ask", "clerk");
    event.case_id = gj_docket_case_id(w->docket, 0);
    event.corrects = gjb_text_of("e1");
    add(w, &event);
    compare(w, 0);
}

static void memory_may_end(void **state)
{
    const world *w = *state;
    told whole, part;
    size_t ended = 0;
    assert_int_equal(judge(w, 0, 0, &whole), GJ_OK);
    for (long left = 0; left < 1000; left = left * 5 / 4 + 1) {
        atomic_store(&blocks_left, left);
        gj_status status = judge(w, 3, 0, &part);
        atomic_store(&blocks_left, LONG_MAX);
        assert_true(status == GJ_OK || status == GJ_NO_MEMORY);
        assert_true(part.text.size <= whole.text.size);
        assert_true(part.text.size == 0 ||
                    memcmp(part.text.bytes, whole.text.bytes, part.text.size) == 0);
        assert_true(status == GJ_NO_MEMORY || part.text.size == whole.text.size);
        ended += status == GJ_NO_MEMORY ? 1 : 0;
        gjb_buffer_deinit(&part.text);
    }
    assert_true(ended > 3);
    gjb_buffer_deinit(&whole.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(several_tell_as_one, world_open, world_close),
        cmocka_unit_test_setup_teardown(whoever_listens_may_stop, world_open, world_close),
        cmocka_unit_test_setup_teardown(what_is_corrected_is_judged_likewise, world_open,
                                        world_close),
        cmocka_unit_test_setup_teardown(memory_may_end, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
