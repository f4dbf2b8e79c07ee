/* SPDX-License-Identifier: Apache-2.0
 *
 * A live docket of a million cases, beside what any program does at least. One advance of the clock
 * over all of them of which a thousand are due: the floor takes the due ones from a binary heap of
 * instants and notes each as late in an array of states. The same advance over ten times fewer
 * cases, as many of them due, shows that it costs what is due and not what exists. Then events in
 * order, and events that come late and have their cases judged anew. Medians of rounds; a ratio is
 * floor time over ours, so 1 is as fast as the floor. */
#include "bench/measuring.h"

#include <guiju/compile.h>
#include <guiju/guiju.h>

#include <string.h>

enum {
    CASES = 1000000 / SIZE_DIVISOR,
    FEWER = 100000 / SIZE_DIVISOR,
    DUE = 1000 / SIZE_DIVISOR, /* at one instant, and so many instants apart by a minute as there
                                  are thousands */
    LATE = 20000 / SIZE_DIVISOR,
    MINUTE_MS = 60000,
    HOUR_MS = 3600000,
    WITHIN_HOURS = 480,
};

static const gj_instant begin = INT64_C(1704067200000); /* 2024-01-01T00:00Z */

static const char source[] = "department amr { post window }\n"
                             "procedure licence {\n"
                             "  stage filed initial { on accept by window -> review }\n"
                             "  stage review { on approve by window -> granted }\n"
                             "  stage granted final\n"
                             "  action inspect\n"
                             "  limit decide {\n"
                             "    from accept to approve\n"
                             "    within 480 hours\n"
                             "    duty window\n"
                             "  }\n"
                             "}\n";

static void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "live_bench: %s\n", what);
        exit(1);
    }
}

static gj_text text_of(const char *string)
{
    return (gj_text){string, strlen(string)};
}

/* ---- what is told ---- */

typedef struct words {
    char case_id[32], id[32];
} words;

/* Cases come in no order of their ids. */
static gj_event event_make(words *to, size_t cases, size_t number, const char *action,
                           gj_instant at)
{
    snprintf(to->case_id, sizeof to->case_id, "HLJ-2024-%07zu", number * 7919 % cases);
    snprintf(to->id, sizeof to->id, "%s-%zu", action, number);
    return (gj_event){.id = text_of(to->id),
                      .source = text_of("desk"),
                      .case_id = text_of(to->case_id),
                      .action = text_of(action),
                      .post = text_of("window"),
                      .at = {.wall_ms = at, .present = true, .zoned = true},
                      .seq = number};
}

/* A thousand cases are accepted each minute, and so fall due together. */
static gj_instant accepted_at(size_t number)
{
    return begin + (gj_instant)(number / DUE) * MINUTE_MS;
}

typedef struct world {
    gj_image *image;
    gj_judge *judge;
    gj_live *live;
    gj_docket *docket;
    size_t told; /* changes */
} world;

static bool count(void *payload, const gj_revision *revision)
{
    world *w = payload;
    w->told += revision->finding != NULL;
    return true;
}

static bool count_case(void *payload, const gj_case_result *result)
{
    world *w = payload;
    w->told += result->finding_count;
    return true;
}

static void world_open(world *w)
{
    const gj_compile_options options = {.size = sizeof options};
    gj_compilation *compilation;
    gj_refusal why;
    must(gj_compile_text(&options, "licence.gj", text_of(source), &compilation) == GJ_OK &&
             gj_compilation_error_count(compilation) == 0,
         "compile");
    gj_text image = gj_compilation_image(compilation);
    must(gj_image_load(NULL, image.bytes, image.size, &w->image, &why) == GJ_OK, "image");
    gj_compilation_destroy(compilation);
    const gj_judge_options judged = {.size = sizeof judged, .image = w->image};
    must(gj_judge_create(&judged, &w->judge) == GJ_OK, "judge");
}

static void world_close(world *w)
{
    gj_judge_destroy(w->judge);
    gj_image_destroy(w->image);
}

/* Nanoseconds an event. */
static double live_fill(world *w, size_t cases, bool tells)
{
    const gj_live_options options = {sizeof options, w, tells ? count : NULL};
    must(gj_live_create(w->judge, &options, &w->live) == GJ_OK, "live");
    double start = seconds_now();
    for (size_t i = 0; i < cases; i++) {
        words to;
        gj_added added;
        gj_event event = event_make(&to, cases, i, "accept", accepted_at(i));
        must(gj_live_advance(w->live, accepted_at(i)) == GJ_OK, "advance");
        must(gj_live_add(w->live, &event, &added) == GJ_OK && added == GJ_ADDED, "add");
    }
    return (seconds_now() - start) * 1e9 / (double)cases;
}

static double docket_fill(world *w, size_t cases)
{
    must(gj_docket_create(w->judge, &w->docket) == GJ_OK, "docket");
    double start = seconds_now();
    for (size_t i = 0; i < cases; i++) {
        words to;
        gj_added added;
        gj_event event = event_make(&to, cases, i, "accept", accepted_at(i));
        must(gj_docket_add(w->docket, &event, &added) == GJ_OK && added == GJ_ADDED, "add");
    }
    return (seconds_now() - start) * 1e9 / (double)cases;
}

/* ---- the floor of an advance: a binary heap of instants, and a line a case ---- */

typedef struct floor_entry {
    int64_t at;
    uint32_t of;
} floor_entry;

typedef struct floor_heap {
    floor_entry *entries;
    size_t count;
    uint8_t (*states)[64];
} floor_heap;

static void floor_fill(floor_heap *heap, size_t cases)
{
    heap->entries = calloc(cases, sizeof *heap->entries);
    heap->states = calloc(cases, sizeof *heap->states);
    must(heap->entries != NULL && heap->states != NULL, "memory");
    heap->count = cases;
    for (size_t i = 0; i < cases; i++) { /* in order, so it is a heap */
        heap->entries[i] = (floor_entry){accepted_at(i) + (int64_t)WITHIN_HOURS * HOUR_MS,
                                         (uint32_t)(i * 7919 % cases)};
    }
}

static void floor_free(floor_heap *heap)
{
    free(heap->entries);
    free(heap->states);
}

static floor_entry floor_take(floor_heap *heap)
{
    floor_entry first = heap->entries[0], last = heap->entries[--heap->count];
    size_t at = 0, below;
    while ((below = 2 * at + 1) < heap->count) {
        below += below + 1 < heap->count && heap->entries[below + 1].at < heap->entries[below].at;
        if (last.at <= heap->entries[below].at) {
            break;
        }
        heap->entries[at] = heap->entries[below];
        at = below;
    }
    heap->entries[at] = last;
    return first;
}

/* Nanoseconds a case that is due. */
static double floor_advance(floor_heap *heap, gj_instant now)
{
    size_t due = 0;
    double start = seconds_now();
    while (heap->count > 0 && heap->entries[0].at <= now) {
        heap->states[floor_take(heap).of][0] = 1;
        due++;
    }
    must(due == DUE, "as many are due");
    return (seconds_now() - start) * 1e9 / DUE;
}

/* ---- what is measured ---- */

static double live_advance(world *w, gj_instant now, bool tells)
{
    w->told = 0;
    double start = seconds_now();
    must(gj_live_advance(w->live, now) == GJ_OK, "advance");
    double taken = (seconds_now() - start) * 1e9 / DUE;
    must(w->told == (tells ? DUE : 0), "as many are told");
    return taken;
}

static void advances_measure(world *w, size_t cases, bool tells)
{
    floor_heap heap;
    double ours[MEASURED_RUNS], least[MEASURED_RUNS];
    (void)live_fill(w, cases, tells);
    floor_fill(&heap, cases);
    for (size_t i = 0; i < MEASURED_RUNS; i++) {
        gj_instant now = accepted_at(i * DUE) + (gj_instant)WITHIN_HOURS * HOUR_MS;
        ours[i] = live_advance(w, now, tells);
        least[i] = floor_advance(&heap, now);
    }
    double a = median_of(ours, MEASURED_RUNS), b = median_of(least, MEASURED_RUNS);
    printf("  %d due of %zu cases, %s: %.0f us, %.0f ns each; floor %.0f ns; %.2f of its rate\n",
           DUE, cases, tells ? "told as findings" : "told to nobody", a * DUE / 1000, a, b, b / a);
    floor_free(&heap);
    gj_live_destroy(w->live);
}

static void events_measure(world *w)
{
    double ours[MEASURED_RUNS], least[MEASURED_RUNS];
    for (int i = 0; i < MEASURED_RUNS; i++) {
        ours[i] = live_fill(w, FEWER, true);
        least[i] = docket_fill(w, FEWER);
        gj_live_destroy(w->live);
        gj_docket_destroy(w->docket);
    }
    double a = median_of(ours, MEASURED_RUNS), b = median_of(least, MEASURED_RUNS);
    printf("  an event in order: %.0f ns; kept in a docket and not judged: %.0f ns; %.2f of its "
           "rate\n",
           a, b, b / a);
}

/* An inspection from before each case was accepted, told when it is. */
static double live_late(world *w)
{
    double start = seconds_now();
    for (size_t i = 0; i < LATE; i++) {
        words to;
        gj_added added;
        gj_event event = event_make(&to, FEWER, i, "inspect", accepted_at(i) - HOUR_MS);
        must(gj_live_add(w->live, &event, &added) == GJ_OK && added == GJ_ADDED, "add");
    }
    return (seconds_now() - start) * 1e9 / LATE;
}

static double docket_late(world *w)
{
    const gj_docket_judging judging = {
        .size = sizeof judging, .until = GJ_NEVER, .payload = w, .on_case = count_case};
    double start = seconds_now();
    for (size_t i = 0; i < LATE; i++) {
        words to;
        gj_added added;
        gj_event event = event_make(&to, FEWER, i, "inspect", accepted_at(i) - HOUR_MS);
        must(gj_docket_add(w->docket, &event, &added) == GJ_OK, "add");
        must(gj_docket_judge_case(w->docket, i, &judging) == GJ_OK, "judge");
    }
    return (seconds_now() - start) * 1e9 / LATE;
}

static void late_measure(world *w)
{
    double ours[MEASURED_RUNS], least[MEASURED_RUNS];
    for (int i = 0; i < MEASURED_RUNS; i++) {
        (void)live_fill(w, FEWER, true);
        (void)docket_fill(w, FEWER);
        ours[i] = live_late(w);
        least[i] = docket_late(w);
        gj_live_destroy(w->live);
        gj_docket_destroy(w->docket);
    }
    double a = median_of(ours, MEASURED_RUNS), b = median_of(least, MEASURED_RUNS);
    printf("  an event out of order: %.0f ns; judged from its case's history by a docket: %.0f ns; "
           "%.2f of its rate\n",
           a, b, b / a);
}

int main(void)
{
    static world w;
    world_open(&w);
    printf("live: a docket of %d cases whose clock moves on\n", CASES);
    advances_measure(&w, CASES, false);
    advances_measure(&w, CASES, true);
    advances_measure(&w, FEWER, false);
    events_measure(&w);
    late_measure(&w);
    world_close(&w);
    return 0;
}
