/* SPDX-License-Identifier: Apache-2.0
 *
 * Many live cases side by side, judged in batches, beside the same cases each by itself: what each
 * step raises and what each case holds in the end must be the same to the byte. The texts told are
 * sometimes long, so that cases outgrow the place that they have in common memory. And the look-up
 * of many keys at once beside that of each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/map.h"
#include "judge/cases.h"
#include "unit/judge_sketch.h"

enum { CASES = 300, EVENTS = 6000, BATCH_MAX = 40, TEXT_MAX = 300, SAID_SIZE = 1 << 22 };

static const sketch permit = {
    .stage_count = 4,
    .stages = {"asked", "heard", "decided", "closed"},
    .final = {[3] = true},
    .action_count = 5,
    .actions = {"ask", "hear", "decide", "close", "write"},
    .post_count = 2,
    .posts = {"window", "chief"},
    .edge_count = 5,
    .edges = {{0, 0, 1, NO, {0}, 0, 0, 0},
              {1, 1, 2, 0, {0}, 0, 0, 0},
              {2, 0, 1, NO, {0}, 0, 0, 0},
              {2, 2, NO, 1, {IS_TRUE, 1}, 2, 0, 0},
              {2, 3, 3, 0, {0}, 0, 0, 0}},
    .field_count = 3,
    .fields = {{"said", "陈述", GJR_TYPE_TEXT, 0, false},
               {"complete", "齐全", GJR_TYPE_BOOL, 0, false},
               {"until", "期限", GJR_TYPE_DATE, 0, false}},
    .limit_count = 2,
    .limits = {{"hearing",
                {{GJR_TRIGGER_ENTERING, 1}},
                {{GJR_TRIGGER_LEAVING, 1}},
                1,
                1,
                2,
                GJR_UNIT_DAYS,
                false,
                GJR_SEVERITY_YELLOW,
                NO},
               {"answer",
                {{GJR_TRIGGER_ACTION, 4}},
                {{GJR_TRIGGER_FIELD, 2}},
                1,
                1,
                3,
                GJR_UNIT_DAYS,
                false,
                GJR_SEVERITY_RED,
                NO}},
    .rule_count = 1,
    .rules = {{"complete", GJR_RULE_REQUIRE, 1, {IS_TRUE, 1}, GJR_SEVERITY_RED}},
};

static uint64_t seed = 7;

static size_t pick(size_t count)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % count;
}

/* ---- what was raised, as text ---- */

typedef struct said {
    char *bytes;
    size_t size;
} said;

static void raised_say(said *to, const gjr_event *event, const gjr_raised *raised, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const gjr_raised *one = &raised[i];
        int size = snprintf(to->bytes + to->size, SAID_SIZE - to->size,
                            "%.*s: %d #%u of %d %u in %u to %u at %lld since %lld by %.*s\n",
                            (int)event->id.size, event->id.bytes, (int)one->code, one->ordinal,
                            (int)one->subject, one->subject_index, one->stage, one->stage_after,
                            (long long)one->at, (long long)one->limit.since,
                            (int)one->limit.id.size, one->limit.id.bytes);
        to->size += (size_t)size;
        assert_true(to->size < SAID_SIZE);
    }
}

/* ---- the events ---- */

static void event_make(const gj_judge *judge, gjb_arena *arena, int number, gjr_event *event)
{
    static char text[TEXT_MAX];
    char id[32], at[32];
    memset(text, 'a' + number % 26, sizeof text);
    snprintf(id, sizeof id, "e%d", number);
    snprintf(at, sizeof at, "2024-%02d-%02d %02d:00", 1 + number / 500, 1 + number / 20 % 25,
             number % 20);
    gj_event told = event_of(id, at, permit.actions[pick(5)], permit.posts[pick(2)]);
    gj_datum data[] = {datum_of("said", GJ_DATUM_TEXT, ""), datum_of("complete", GJ_DATUM_BOOL, ""),
                       datum_of("until", GJ_DATUM_TEXT, "2024-06-01")};
    data[0].text = (gj_text){text, pick(10) == 0 ? TEXT_MAX : pick(20)};
    data[1].truth = pick(3) > 0;
    size_t first = pick(3);
    told.data = data + first;
    told.data_count = pick(4 - first);
    assert_int_equal(gjr_event_make(judge, &told, arena, event), GJ_OK);
}

/* ---- both ways ---- */

typedef struct world {
    gj_image *image;
    gj_judge *judge;
    gjb_arena arena;
    gjr_event events[EVENTS];
    uint32_t of[EVENTS];
    gjr_sitting step;
    said together, alone;
} world;

static int world_open(void **state)
{
    world *w = calloc(1, sizeof *w);
    w->image = sketch_image(&permit);
    w->judge = sketch_judge(w->image, NULL);
    gjb_arena_init(&w->arena, NULL);
    assert_int_equal(gjr_sitting_init(&w->step, w->judge), GJ_OK);
    w->together.bytes = calloc(1, SAID_SIZE);
    w->alone.bytes = calloc(1, SAID_SIZE);
    for (int i = 0; i < EVENTS; i++) {
        w->of[i] = (uint32_t)pick(CASES);
        event_make(w->judge, &w->arena, i, &w->events[i]);
    }
    *state = w;
    return 0;
}

static int world_close(void **state)
{
    world *w = *state;
    gjr_sitting_deinit(&w->step);
    gjb_arena_deinit(&w->arena);
    gj_judge_destroy(w->judge);
    gj_image_destroy(w->image);
    free(w->together.bytes);
    free(w->alone.bytes);
    free(w);
    return 0;
}

typedef struct batch {
    world *of;
    const gjr_visit *visits;
} batch;

static void on_raised(void *payload, size_t visit, const gjr_raised *raised, size_t count)
{
    batch *at = payload;
    assert_true(count > 0);
    raised_say(&at->of->together, at->visits[visit].event, raised, count);
}

static void judge_together(world *w, gjr_cases *cases)
{
    for (int i = 0; i < EVENTS;) {
        gjr_visit visits[BATCH_MAX];
        int count = 1 + (int)pick(BATCH_MAX);
        count = count < EVENTS - i ? count : EVENTS - i;
        for (int j = 0; j < count; j++) {
            visits[j] = (gjr_visit){w->of[i + j], &w->events[i + j]};
        }
        batch at = {w, visits};
        assert_int_equal(gjr_cases_step_all(cases, &w->step, visits, (size_t)count, on_raised, &at),
                         GJ_OK);
        i += count;
    }
}

/* Making much room leaves behind what nothing names any more: equal states are then equal bytes. */
static void states_compare(gjr_case *a, gjr_case *b)
{
    assert_int_equal(gjr_case_make_room(a, 1 << 16), GJ_OK);
    assert_int_equal(gjr_case_make_room(b, 1 << 16), GJ_OK);
    assert_int_equal(gjr_case_size(a), gjr_case_size(b));
    assert_memory_equal(a->bytes, b->bytes, gjr_case_size(a));
}

static void test_together_as_alone(void **state)
{
    world *w = *state;
    gjr_cases cases;
    gjr_case *alone = calloc(CASES, sizeof *alone);
    gjr_cases_init(&cases, w->judge);
    for (uint32_t i = 0; i < CASES; i++) {
        uint32_t index = 0;
        assert_int_equal(gjr_cases_add(&cases, &index), GJ_OK);
        assert_int_equal(index, i);
        assert_int_equal((uintptr_t)gjr_cases_get(&cases, i) % 64, 0);
        assert_int_equal(gjr_case_init(&alone[i], w->judge), GJ_OK);
    }
    judge_together(w, &cases);
    for (int i = 0; i < EVENTS; i++) {
        assert_int_equal(gjr_case_step(&w->step, &alone[w->of[i]], &w->events[i]), GJ_OK);
        raised_say(&w->alone, &w->events[i], w->step.raised, w->step.raised_count);
    }
    assert_true(w->alone.size > 100000);
    assert_string_equal(w->together.bytes, w->alone.bytes);
    size_t outgrown = 0;
    for (uint32_t i = 0; i < CASES; i++) {
        outgrown += gjr_cases_get(&cases, i)->lent ? 0 : 1;
        states_compare(gjr_cases_get(&cases, i), &alone[i]);
        gjr_case_deinit(&alone[i]);
    }
    assert_in_range(outgrown, 1, CASES);
    free(alone);
    gjr_cases_deinit(&cases);
}

static void test_many_keys(void **state)
{
    enum { KEYS = 1000, ASKED = 1500 };
    static char names[ASKED][16];
    static gj_text keys[ASKED];
    static uint32_t values[ASKED];
    (void)state;
    gjb_map map;
    gjb_map_init(&map, NULL, 3);
    gjb_map_find_all(&map, keys, 0, 0, values);
    for (uint32_t i = 0; i < ASKED; i++) {
        bool added;
        snprintf(names[i], sizeof names[i], "case-%u", i);
        keys[i] = gjb_text_of(names[i]);
        values[i] = i;
        gjb_map_find_all(&map, &keys[i], 1, UINT32_MAX, &values[i]);
        assert_int_equal(values[i], UINT32_MAX);
        if (i < KEYS) {
            assert_non_null(gjb_map_add(&map, keys[i], i * 3, &added));
        }
    }
    for (size_t first = 0; first < 40; first++) {
        gjb_map_find_all(&map, keys + first, ASKED - first, UINT32_MAX, values);
        for (size_t i = first; i < ASKED; i++) {
            assert_int_equal(values[i - first], i < KEYS ? i * 3 : UINT32_MAX);
        }
    }
    gjb_map_deinit(&map);
}

/* A state keeps what it is of at a place of its own: eight bytes, each of which counts. */
static void test_states_of_another(void **state)
{
    const gj_judge *judge = ((const world *)*state)->judge;
    gjr_case judged;
    assert_int_equal(gjr_case_init(&judged, judge), GJ_OK);
    size_t size = gjr_case_size(&judged);
    unsigned char *bytes = malloc(size);
    assert_non_null(bytes);
    memcpy(bytes, judged.bytes, size);
    gj_text kept = {(const char *)bytes, size};
    assert_int_equal(gjr_case_put(&judged, kept, 0), GJ_OK);
    for (uint32_t i = 0; i < GJR_CASE_IMAGE_SIZE; i++) {
        unsigned char *of = &bytes[judge->layout.image + i];
        *of ^= 1;
        assert_int_equal(gjr_case_put(&judged, kept, 0), GJ_REFUSED);
        *of ^= 1;
    }
    /* Of the same unit, in the format before this one. */
    bytes[judge->layout.image + GJR_CASE_IMAGE_SIZE - 1] ^= GJR_CASE_FORMAT ^ 1;
    assert_int_equal(gjr_case_put(&judged, kept, 0), GJ_REFUSED);
    assert_memory_equal(judged.bytes + judge->layout.image, judge->identity,
                        GJR_CASE_IMAGE_SIZE - 1);
    gjr_case_deinit(&judged);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_states_of_another, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_together_as_alone, world_open, world_close),
        cmocka_unit_test(test_many_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
