/* SPDX-License-Identifier: Apache-2.0
 *
 * The judge in memory beside its floor: decoded events of a million live cases in random order. The
 * floor is the least that any such program does: a hash look-up of the case by its id, a transition
 * by table, one due day by prefix sums, and its state's write. Both read the same events, find the
 * case in the same map, and note the same: that a case is late, once, and that it was decided late;
 * that they note it equally often is checked. The floor counts its notes, the judge writes them.
 * Each is measured event by event, and in batches whose look-ups and states are asked for ahead.
 * Printed: nanoseconds of the processor an event and the ratio, medians of rounds in which the four
 * take turns. */
#include "bench/measuring.h"
#include "judge/cases.h"
#include "time/count.h"
#include "unit/judge_sketch.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    CASES = 1000000 / SIZE_DIVISOR,
    STEPS = 6,
    BATCH = 32, /* events taken at once */
    EVENTS = 2000000 / SIZE_DIVISOR / BATCH * BATCH,
    RANKS = 40000,
    SLOT_SIZE = 16, /* of an id */
};

static const sketch permit = {
    .calendar = "cn",
    .stage_count = 7,
    .stages = {"s0", "s1", "s2", "s3", "s4", "s5", "s6"},
    .final = {[6] = true},
    .action_count = 6,
    .actions = {"apply", "accept", "inspect", "propose", "approve", "deliver"},
    .post_count = 2,
    .posts = {"window", "chief"},
    .edge_count = 6,
    .edges = {{0, 0, 1, NO, {0}, 0, 0, 0},
              {1, 1, 2, 0, {0}, 0, 0, 0},
              {2, 2, 3, 0, {0}, 0, 0, 0},
              {3, 3, 4, 0, {0}, 0, 0, 0},
              {4, 4, 5, 1, {IS_TRUE, 0}, 0, 0, 0},
              {5, 5, 6, 0, {0}, 0, 0, 0}},
    .field_count = 1,
    .fields = {{"complete", "齐全", GJR_TYPE_BOOL, 0, false}},
    .limit_count = 1,
    .limits = {{"decide",
                {{GJR_TRIGGER_ACTION, 1}},
                {{GJR_TRIGGER_ACTION, 4}},
                1,
                1,
                20,
                GJR_UNIT_WORKDAYS,
                false,
                GJR_SEVERITY_YELLOW,
                1}},
    .rule_count = 1,
    .rules = {{"once_complete", GJR_RULE_REQUIRE, 3, {IS_TRUE, 0}, GJR_SEVERITY_RED}},
};

/* The floor's state of a case: where it stands, whether it is noted as late, and when it is due. */
typedef struct floor_case {
    uint16_t stage;
    bool late;
    int32_t due;
} floor_case;

typedef struct bench {
    gj_judge *judge;
    gjb_map ids;
    char (*names)[SLOT_SIZE];
    gjr_event *events;
    gj_text *case_ids; /* of each event, as it was told */
    gjr_cases cases;
    floor_case *floors;
    uint32_t *ranks, *days; /* the floor's prefix sums */
    uint64_t found, late;   /* notes of the judge, and of the floor */
} bench;

static uint64_t seed = 42;

static size_t pick(size_t count)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % count;
}

static double ns_since(double begin)
{
    return (seconds_now() - begin) * 1e9 / EVENTS;
}

/* Each case's events in their order, the cases picked at random. */
static void events_make(bench *b, gjb_arena *arena)
{
    static uint8_t next[CASES];
    for (uint32_t i = 0; i < EVENTS; i++) {
        char id[16], at[32];
        size_t of = pick(CASES);
        while (next[of] == STEPS) {
            of = pick(CASES);
        }
        int step = next[of]++;
        snprintf(id, sizeof id, "e%u", i);
        snprintf(at, sizeof at, "2024-%02d-%02d 10:00", 1 + step, 1 + (int)pick(28));
        gj_event told = event_of(id, at, permit.actions[step], permit.posts[step == 4]);
        gj_datum complete = datum_of("complete", GJ_DATUM_BOOL, NULL);
        complete.truth = true;
        told.data = &complete;
        told.data_count = step == 0;
        gj_status status = gjr_event_make(b->judge, &told, arena, &b->events[i]);
        b->case_ids[i] = gjb_arena_text(arena, gjb_text_of(b->names[of]));
        if (status != GJ_OK) {
            exit(1);
        }
    }
}

static void prepare(bench *b, gjb_arena *arena)
{
    const gj_allocator *memory = gjb_alloc_default();
    b->names = gjb_alloc_create(memory, CASES, sizeof *b->names);
    b->events = gjb_alloc_create(memory, EVENTS, sizeof *b->events);
    b->case_ids = gjb_alloc_create(memory, EVENTS, sizeof *b->case_ids);
    b->floors = gjb_alloc_create(memory, CASES, sizeof *b->floors);
    b->ranks = gjb_alloc_create(memory, RANKS, sizeof *b->ranks);
    b->days = gjb_alloc_create(memory, RANKS, sizeof *b->days);
    gjb_map_init(&b->ids, NULL, 7);
    gjr_cases_init(&b->cases, b->judge);
    for (uint32_t i = 0; i < CASES; i++) {
        bool added;
        uint32_t index;
        snprintf(b->names[i], sizeof *b->names, "HLJ-2024-%05u", i);
        gjb_map_add(&b->ids, gjb_text_of(b->names[i]), i, &added);
        if (gjr_cases_add(&b->cases, &index) != GJ_OK) {
            exit(1);
        }
    }
    for (uint32_t day = 1; day < RANKS; day++) {
        bool worked = (day + 3) % 7 < 5;
        b->ranks[day] = b->ranks[day - 1] + worked;
        b->days[b->ranks[day]] = worked ? day : b->days[b->ranks[day]];
    }
    events_make(b, arena);
}

static void cases_reset(bench *b)
{
    for (uint32_t i = 0; i < CASES; i++) {
        gjr_case_reset(gjr_cases_get(&b->cases, i));
    }
}

static double judge_run(bench *b, gjr_sitting *step)
{
    cases_reset(b);
    double begin = seconds_now();
    for (uint32_t i = 0; i < EVENTS; i++) {
        uint32_t at = *gjb_map_find(&b->ids, b->case_ids[i]);
        if (gjr_cases_step(&b->cases, step, at, &b->events[i]) != GJ_OK) {
            exit(1);
        }
        b->found += step->raised_count;
    }
    return ns_since(begin);
}

static void note_count(void *payload, size_t visit, const gjr_raised *raised, size_t count)
{
    bench *b = payload;
    (void)visit;
    (void)raised;
    b->found += count;
}

static double judge_run_batches(bench *b, gjr_sitting *step)
{
    cases_reset(b);
    double begin = seconds_now();
    for (uint32_t i = 0; i < EVENTS; i += BATCH) {
        uint32_t at[BATCH];
        gjr_visit visits[BATCH];
        gjb_map_find_all(&b->ids, &b->case_ids[i], BATCH, UINT32_MAX, at);
        for (uint32_t j = 0; j < BATCH; j++) {
            visits[j] = (gjr_visit){at[j], &b->events[i + j]};
        }
        if (gjr_cases_step_all(&b->cases, step, visits, BATCH, note_count, b) != GJ_OK) {
            exit(1);
        }
    }
    return ns_since(begin);
}

/* How long one line of a case is waited for that was not asked for: each address hangs on the last
 * line's bytes, so nothing overlaps. Judging one by one waits twice at least, for the map and for
 * the case, since a step is longer than what the processor looks ahead; a floor's step is not. */
static double line_wait(const bench *b)
{
    size_t last = 0; /* always 0, but known only with the bytes */
    double begin = seconds_now();
    for (uint32_t i = 0; i < CASES; i++) {
        const gjr_case *judged = gjr_cases_get(&b->cases, (uint32_t)(pick(CASES) + last));
        last = judged->capacity >> 31;
    }
    double waited = (seconds_now() - begin) * 1e9 / CASES;
    return last == 0 ? waited : 0;
}

static void floor_reset(bench *b)
{
    for (uint32_t i = 0; i < CASES; i++) {
        b->floors[i] = (floor_case){.due = INT32_MAX};
    }
}

static void floor_step(bench *b, floor_case *of, const gjr_event *event)
{
    static const uint8_t table[8][8] = {{1},          {1, 2},          {2, 2, 3},
                                        {3, 3, 3, 4}, {4, 4, 4, 4, 5}, {5, 5, 5, 5, 5, 6}};
    int32_t day = (int32_t)((event->at + 28800000) / 86400000);
    if (day > of->due) {
        b->late++;
        of->late = true;
        of->due = INT32_MAX;
    }
    if (event->action == 1) {
        of->due = (int32_t)b->days[b->ranks[day] + 20];
    } else if (event->action == 4) {
        b->late += of->late;
        of->late = false;
        of->due = INT32_MAX;
    }
    of->stage = table[of->stage & 7][event->action];
}

static double floor_run(bench *b)
{
    floor_reset(b);
    double begin = seconds_now();
    for (uint32_t i = 0; i < EVENTS; i++) {
        floor_step(b, &b->floors[*gjb_map_find(&b->ids, b->case_ids[i])], &b->events[i]);
    }
    return ns_since(begin);
}

static double floor_run_batches(bench *b)
{
    floor_reset(b);
    double begin = seconds_now();
    for (uint32_t i = 0; i < EVENTS; i += BATCH) {
        uint32_t at[BATCH];
        gjb_map_find_all(&b->ids, &b->case_ids[i], BATCH, UINT32_MAX, at);
        for (uint32_t j = 0; j < BATCH; j++) {
            __builtin_prefetch(&b->floors[at[j]], 1);
        }
        for (uint32_t j = 0; j < BATCH; j++) {
            floor_step(b, &b->floors[at[j]], &b->events[i + j]);
        }
    }
    return ns_since(begin);
}

static void told(const char *how, double judged, double least)
{
    printf("  %s: %.0f ns an event; floor %.0f ns; %.2f of its rate\n", how, judged, least,
           least / judged);
}

int main(void)
{
    gjr_zone_row zone = {-1000000000, 8 * 3600};
    gjr_calendar_plan plan = {.name = gjb_text_of("cn"),
                              .revision = gjb_text_of("cn"),
                              .zone = {gjb_text_of("Asia/Shanghai"), &zone, 1},
                              .week = 0x1F,
                              .published_through = GJ_NO_DAY};
    static bench b;
    gj_calendar *calendar = NULL;
    gjb_arena arena;
    gjr_sitting step;
    double judged[MEASURED_RUNS], least[MEASURED_RUNS];
    double judged_batches[MEASURED_RUNS], least_batches[MEASURED_RUNS];
    gjr_calendar_create(NULL, &plan, &calendar);
    gj_image *image = sketch_image(&permit);
    b.judge = sketch_judge(image, calendar);
    gjb_arena_init(&arena, NULL);
    if (gjr_sitting_init(&step, b.judge) != GJ_OK) {
        return 1;
    }
    prepare(&b, &arena);
    for (int i = 0; i < MEASURED_RUNS; i++) {
        judged[i] = judge_run(&b, &step);
        least[i] = floor_run(&b);
        judged_batches[i] = judge_run_batches(&b, &step);
        least_batches[i] = floor_run_batches(&b);
    }
    if (b.found != b.late) {
        printf("judge: %llu notes; floor: %llu\n", (unsigned long long)b.found,
               (unsigned long long)b.late);
        return 1;
    }
    printf("judge: %d events of %d live cases, %llu notes\n", EVENTS, CASES,
           (unsigned long long)(b.found / MEASURED_RUNS / 2));
    printf("  a case: %zu bytes of state, %zu with all that it lies in\n",
           gjr_case_size(gjr_cases_get(&b.cases, 0)), gjr_cases_size(&b.cases) / CASES);
    printf("  a line of a case that was not asked for: %.0f ns\n", line_wait(&b));
    told("one by one", median_of(judged, MEASURED_RUNS), median_of(least, MEASURED_RUNS));
    told("in batches", median_of(judged_batches, MEASURED_RUNS),
         median_of(least_batches, MEASURED_RUNS));
    gjr_sitting_deinit(&step);
    gjr_cases_deinit(&b.cases);
    gjb_map_deinit(&b.ids);
    gjb_arena_deinit(&arena);
    gj_judge_destroy(b.judge);
    gj_calendar_destroy(calendar);
    gj_image_destroy(image);
    return 0;
}
