/* SPDX-License-Identifier: Apache-2.0
 *
 * The judge in memory beside its floor: decoded events of many live cases in random order. The
 * floor is the least that any such program does: a hash look-up of the case, a transition by table,
 * one due day by prefix sums. Printed: nanoseconds an event for both, and their ratio, the median
 * of five. */
#include "judge/step.h"
#include "time/count.h"
#include "unit/judge_sketch.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { CASES = 50000, STEPS = 6, EVENTS = CASES * STEPS, ROUNDS = 5, RANKS = 40000 };

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

typedef struct bench {
    const gj_judge *judge;
    gjb_map ids;
    char (*names)[16];
    gjr_event *events;
    gj_text *case_ids; /* of each event */
    gjr_case *cases;
    uint8_t *stages;        /* the floor's state of a case: where it stands */
    int32_t *dues;          /* and when it is due */
    uint32_t *ranks, *days; /* the floor's prefix sums */
    uint64_t found, late;
} bench;

static uint64_t seed = 42;

static size_t pick(size_t count)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % count;
}

static double now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* Each case's events in their order, the cases mixed at random. */
static void events_make(bench *b, gjb_arena *arena)
{
    static uint32_t order[EVENTS];
    static uint8_t next[CASES];
    for (uint32_t i = 0; i < EVENTS; i++) {
        order[i] = i / STEPS;
    }
    for (uint32_t i = EVENTS - 1; i > 0; i--) {
        size_t other = pick(i + 1);
        uint32_t kept = order[i];
        order[i] = order[other];
        order[other] = kept;
    }
    for (uint32_t i = 0; i < EVENTS; i++) {
        char id[16], at[32];
        int step = next[order[i]]++;
        snprintf(id, sizeof id, "e%u", i);
        snprintf(at, sizeof at, "2024-%02d-%02d 10:00", 1 + step, 1 + (int)pick(28));
        gj_event told = event_of(id, at, permit.actions[step], permit.posts[step == 4]);
        gj_datum complete = datum_of("complete", GJ_DATUM_BOOL, NULL);
        complete.truth = true;
        told.data = &complete;
        told.data_count = step == 0;
        gj_status status = gjr_event_make(b->judge, &told, arena, NULL, &b->events[i]);
        b->case_ids[i] = gjb_text_of(b->names[order[i]]);
        if (status != GJ_OK) {
            exit(1);
        }
    }
}

static void prepare(bench *b, gjb_arena *arena)
{
    b->names = calloc(CASES, sizeof *b->names);
    b->events = calloc(EVENTS, sizeof *b->events);
    b->case_ids = calloc(EVENTS, sizeof *b->case_ids);
    b->cases = calloc(CASES, sizeof *b->cases);
    b->stages = calloc(CASES, sizeof *b->stages);
    b->dues = calloc(CASES, sizeof *b->dues);
    b->ranks = calloc(RANKS, sizeof *b->ranks);
    b->days = calloc(RANKS, sizeof *b->days);
    gjb_map_init(&b->ids, NULL, 7);
    for (uint32_t i = 0; i < CASES; i++) {
        bool added;
        snprintf(b->names[i], sizeof *b->names, "HLJ-2024-%05u", i);
        gjb_map_add(&b->ids, gjb_text_of(b->names[i]), i, &added);
        gjr_case_init(&b->cases[i], b->judge, gjb_text_of(b->names[i]));
    }
    for (uint32_t day = 1; day < RANKS; day++) {
        bool worked = (day + 3) % 7 < 5;
        b->ranks[day] = b->ranks[day - 1] + worked;
        b->days[b->ranks[day]] = worked ? day : b->days[b->ranks[day]];
    }
    events_make(b, arena);
}

static double judge_run(bench *b, gjr_sitting *step)
{
    for (uint32_t i = 0; i < CASES; i++) {
        gjr_case_reset(&b->cases[i], gjb_text_of(b->names[i]));
    }
    double begin = now_ns();
    for (uint32_t i = 0; i < EVENTS; i++) {
        uint32_t at = *gjb_map_find(&b->ids, b->case_ids[i]);
        if (gjr_case_step(step, &b->cases[at], &b->events[i]) != GJ_OK) {
            exit(1);
        }
        b->found += step->raised_count;
    }
    return (now_ns() - begin) / EVENTS;
}

static double floor_run(bench *b)
{
    static const uint8_t table[8][8] = {{1},          {1, 2},          {2, 2, 3},
                                        {3, 3, 3, 4}, {4, 4, 4, 4, 5}, {5, 5, 5, 5, 5, 6}};
    for (uint32_t i = 0; i < CASES; i++) {
        b->stages[i] = 0;
        b->dues[i] = INT32_MAX;
    }
    double begin = now_ns();
    for (uint32_t i = 0; i < EVENTS; i++) {
        const gjr_event *event = &b->events[i];
        uint32_t at = *gjb_map_find(&b->ids, b->case_ids[i]);
        int32_t day = (int32_t)((event->at + 28800000) / 86400000);
        b->late += day > b->dues[at];
        if (event->action == 1) {
            b->dues[at] = (int32_t)b->days[b->ranks[day] + 20];
        } else if (event->action == 4) {
            b->dues[at] = INT32_MAX;
        }
        b->stages[at] = table[b->stages[at] & 7][event->action];
    }
    return (now_ns() - begin) / EVENTS;
}

static int double_compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values)
{
    qsort(values, ROUNDS, sizeof *values, double_compare);
    return values[ROUNDS / 2];
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
    double judged[ROUNDS], least[ROUNDS];
    gjr_calendar_create(NULL, &plan, &calendar);
    gj_image *image = sketch_image(&permit);
    b.judge = sketch_judge(image, calendar);
    gjb_arena_init(&arena, NULL);
    if (gjr_sitting_init(&step, b.judge) != GJ_OK) {
        return 1;
    }
    prepare(&b, &arena);
    for (int i = 0; i < ROUNDS; i++) {
        judged[i] = judge_run(&b, &step);
        least[i] = floor_run(&b);
    }
    double j = median(judged), f = median(least);
    printf("judge: %d events of %d cases, %zu bytes a case: %.0f ns an event; floor %.0f ns; "
           "ratio %.2f (%llu findings, %llu late)\n",
           EVENTS, CASES, gjr_case_size(&b.cases[0]), j, f, j / f,
           (unsigned long long)(b.found / ROUNDS), (unsigned long long)(b.late / ROUNDS));
    return 0;
}
