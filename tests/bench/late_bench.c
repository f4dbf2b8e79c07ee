/* SPDX-License-Identifier: Apache-2.0
 *
 * One late event: it happened before others of its case that the engine has judged already, so the
 * case is judged anew from its history. That must cost the history of the case and not what the
 * store holds beside: the same is measured in a store of a hundredth of the events, which is the
 * floor, with cases as long; and beside both an event that comes in its order. Printed: medians, in
 * microseconds of the wall's clock with its fsync, and of the processor without waiting for that.
 *
 * How many events the large store holds is the argument, or the default; ten million take minutes
 * to be told. */
#include "bench/licences.h"
#include "bench/measuring.h"

#include <inttypes.h>
#include <string.h>

enum {
    EVENTS_DEFAULT = 1000000 / SIZE_DIVISOR,
    SMALLER = 100,
    CASE_STEPS = 10, /* events of a case */
    TOLD = 200 / (SIZE_DIVISOR > 1 ? 10 : 1),
    BATCH = 10000,
};

typedef struct cost {
    double wall_s, processor_s;
} cost;

typedef struct world {
    const char *name;
    size_t case_count;
    gj_engine *engine;
    size_t told; /* so far, so that no id comes twice */
} world;

/* The cases go on side by side, as they do in an office: each event of a case is told with the same
 * of all others. */
static void world_make(world *w, const char *name, size_t events)
{
    static licence_act acts[BATCH];
    static gj_event batch[BATCH];
    static gj_receipt receipts[BATCH];
    *w = (world){.name = name, .case_count = events / CASE_STEPS};
    licence_files_remove(name);
    w->engine = licence_engine_open(name, licence_time((w->case_count + 2) * CASE_STEPS));
    for (size_t at = 0; at < w->case_count * CASE_STEPS;) {
        size_t count = 0;
        for (; count < BATCH && at < w->case_count * CASE_STEPS; count++, at++) {
            licence_long_make(&acts[count], at % w->case_count, at / w->case_count);
            batch[count] = acts[count].event;
        }
        must(gj_engine_submit(w->engine, batch, count, receipts, NULL, NULL) == GJ_OK &&
                 receipts[count - 1].kind == GJ_RECEIVED,
             "submit");
    }
}

static void world_destroy(world *w)
{
    gj_engine_close(w->engine);
    licence_files_remove(w->name);
}

/* An inspection of a case somewhere in the store: after all that it was told, or between. */
static void event_tell(world *w, bool is_late)
{
    licence_act act;
    gj_receipt receipt;
    size_t of = w->told * 7919 % w->case_count;
    licence_long_make(&act, of, is_late ? 4 : CASE_STEPS);
    act.event.at.wall_ms += is_late ? -1 : (int64_t)w->told;
    act.event.id.size = (size_t)snprintf(act.id, sizeof act.id, "more-%zu", w->told++);
    must(gj_engine_submit(w->engine, &act.event, 1, &receipt, NULL, NULL) == GJ_OK &&
             receipt.kind == GJ_RECEIVED && !receipt.ahead,
         "submit one");
}

static cost cost_of(world *w, bool is_late)
{
    static double walls[TOLD], processors[TOLD];
    for (size_t i = 0; i < TOLD; i++) {
        double wall = wall_seconds_now(), processor = seconds_now();
        event_tell(w, is_late);
        processors[i] = seconds_now() - processor;
        walls[i] = wall_seconds_now() - wall;
    }
    return (cost){median_of(walls, TOLD), median_of(processors, TOLD)};
}

static cost median_cost(cost costs[MEASURED_RUNS])
{
    double walls[MEASURED_RUNS], processors[MEASURED_RUNS];
    for (int i = 0; i < MEASURED_RUNS; i++) {
        walls[i] = costs[i].wall_s;
        processors[i] = costs[i].processor_s;
    }
    return (cost){median_of(walls, MEASURED_RUNS), median_of(processors, MEASURED_RUNS)};
}

static void cost_print(const char *what, cost of)
{
    printf("    %-44s %5.0f us, of the processor %.0f\n", what, of.wall_s * 1e6,
           of.processor_s * 1e6);
}

int main(int argc, char **argv)
{
    world large, small;
    cost late[MEASURED_RUNS], floor[MEASURED_RUNS], next[MEASURED_RUNS];
    size_t events = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : EVENTS_DEFAULT;
    must(events >= (size_t)SMALLER * CASE_STEPS, "too few events to be asked for");
    double start = wall_seconds_now();
    world_make(&large, "late", events);
    printf("late: one event out of its order, in a store of %zu events, each case of %d (told in "
           "%.1f s; another number is an argument: ten million is 10000000)\n",
           events, CASE_STEPS, wall_seconds_now() - start);
    world_make(&small, "late-small", events / SMALLER);
    for (int i = 0; i < MEASURED_RUNS; i++) {
        late[i] = cost_of(&large, true);
        floor[i] = cost_of(&small, true);
        next[i] = cost_of(&large, false);
    }
    cost ours = median_cost(late), least = median_cost(floor), order = median_cost(next);
    cost_print("a late event", ours);
    cost_print("the same in a store of a hundredth", least);
    cost_print("an event in its order", order);
    ratio_print("of its speed in a store of a hundredth", least.wall_s, ours.wall_s);
    ratio_print("the same, of the processor", least.processor_s, ours.processor_s);
    ratio_print("of the speed of an event in its order", order.wall_s, ours.wall_s);
    world_destroy(&large);
    world_destroy(&small);
    return 0;
}
