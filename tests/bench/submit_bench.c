/* SPDX-License-Identifier: Apache-2.0
 *
 * How long whoever submits one event waits until it is acknowledged, which is until it is on the
 * disk: with 1, 8 and 32 who submit side by side, each one event after the other. The floor is one
 * fsync: as many bytes as such an event takes appended to a file, and an fdatasync, by one thread
 * in the same round. Printed: the median and the 99th of a hundred, of both, and their ratios;
 * medians of rounds. Who comes while a transaction is underway waits for that and for the next, so
 * where many submit two fsyncs are the least; 0.5 is that. */
#include "bench/licences.h"
#include "bench/measuring.h"

#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

enum {
    SUBMITTERS_MAX = 32,
    EACH_MIN = SIZE_DIVISOR > 1 ? 2 : 60,
    EVENTS = EACH_MIN * SUBMITTERS_MAX, /* of a round, by all together */
    FSYNCS = 500 / SIZE_DIVISOR,
    LINE_SIZE = 160,
};

typedef struct latency {
    double median, late; /* seconds: of half, and of 99 in a hundred, it is no more */
} latency;

static latency latency_of(double *waits, size_t count)
{
    latency found = {.median = median_of(waits, count)};
    found.late = waits[count * 99 / 100];
    return found;
}

/* ---- ours ---- */

typedef struct submitter {
    gj_engine *engine;
    pthread_t thread;
    size_t first, count; /* of the acts */
    double *waits;
} submitter;

static licence_act *acts;

static void *submit(void *payload)
{
    submitter *with = payload;
    for (size_t i = 0; i < with->count; i++) {
        gj_receipt receipt;
        double start = wall_seconds_now();
        must(gj_engine_submit(with->engine, &acts[with->first + i].event, 1, &receipt, NULL,
                              NULL) == GJ_OK &&
                 receipt.kind == GJ_RECEIVED,
             "submit");
        with->waits[i] = wall_seconds_now() - start;
    }
    return NULL;
}

static latency engine_wait(size_t submitters, double *rate)
{
    static double waits[EVENTS];
    submitter all[SUBMITTERS_MAX];
    size_t each = EVENTS / submitters;
    licence_files_remove("submit");
    gj_engine *engine = licence_engine_open("submit", licence_time(EVENTS));
    double start = wall_seconds_now();
    for (size_t i = 0; i < submitters; i++) {
        all[i] = (submitter){
            .engine = engine, .first = i * each, .count = each, .waits = waits + i * each};
        must(pthread_create(&all[i].thread, NULL, submit, &all[i]) == 0, "thread");
    }
    for (size_t i = 0; i < submitters; i++) {
        pthread_join(all[i].thread, NULL);
    }
    *rate = (double)(each * submitters) / (wall_seconds_now() - start);
    gj_engine_close(engine);
    licence_files_remove("submit");
    return latency_of(waits, each * submitters);
}

/* ---- one fsync ---- */

static latency fsync_wait(void)
{
    static double waits[FSYNCS];
    static const char line[LINE_SIZE];
    char path[LICENCE_PATH_SIZE];
    licence_files_remove("line");
    licence_path_make(path, "line", "");
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    for (size_t i = 0; i < FSYNCS; i++) {
        double start = wall_seconds_now();
        must(write(file, line, sizeof line) == (ssize_t)sizeof line && fdatasync(file) == 0,
             "append");
        waits[i] = wall_seconds_now() - start;
    }
    close(file);
    licence_files_remove("line");
    return latency_of(waits, FSYNCS);
}

/* ---- measuring ---- */

static void submitters_measure(size_t submitters)
{
    double medians[2][MEASURED_RUNS], lates[2][MEASURED_RUNS], rates[MEASURED_RUNS];
    for (int i = 0; i < MEASURED_RUNS; i++) {
        latency ours = engine_wait(submitters, &rates[i]), floor = fsync_wait();
        medians[0][i] = ours.median;
        medians[1][i] = floor.median;
        lates[0][i] = ours.late;
        lates[1][i] = floor.late;
    }
    double median = median_of(medians[0], MEASURED_RUNS), late = median_of(lates[0], MEASURED_RUNS),
           fsync_median = median_of(medians[1], MEASURED_RUNS),
           fsync_late = median_of(lates[1], MEASURED_RUNS);
    printf(
        "  %zu submitting: median %.0f us, 99 %% within %.0f us, %.0f events a second; one fsync "
        "%.0f us, 99 %% within %.0f us\n",
        submitters, median * 1e6, late * 1e6, median_of(rates, MEASURED_RUNS), fsync_median * 1e6,
        fsync_late * 1e6);
    ratio_print("of one fsync's speed, the median", fsync_median, median);
    ratio_print("of one fsync's speed, 99 %", fsync_late, late);
}

int main(void)
{
    acts = calloc(EVENTS, sizeof *acts);
    must(acts != NULL, "memory");
    for (size_t i = 0; i < EVENTS; i++) {
        licence_act_make(&acts[i], i);
    }
    printf("submit: from one event's submission to its acknowledgement\n");
    submitters_measure(1);
    submitters_measure(8);
    submitters_measure(SUBMITTERS_MAX);
    free(acts);
    return 0;
}
