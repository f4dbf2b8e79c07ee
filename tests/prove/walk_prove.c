/* SPDX-License-Identifier: Apache-2.0
 *
 * The comparisons of unit/walk_test.c at length: so many cases (ten million), on so many processes,
 * from a seed on. What is done is told on standard error while it goes on; a calendar that does not
 * agree is printed with its seed, and ends it.
 *
 *     walk_prove [CASES [PROCESSES [SEED]]] */
#include "unit/walk/trial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CASES_A_LIMIT = 250, PROCESSES_MAX = 64 };

/* What each process has come to, seen by all. */
typedef struct shard {
    trial_counts counts;
    uint64_t calendars;
    bool failed;
} shard;

static uint64_t cases_done(const shard *shards, int processes)
{
    uint64_t done = 0;
    for (int i = 0; i < processes; i++) {
        done += __atomic_load_n(&shards[i].counts.cases, __ATOMIC_RELAXED);
    }
    return done;
}

static bool any_failed(const shard *shards, int processes)
{
    bool failed = false;
    for (int i = 0; i < processes; i++) {
        failed |= __atomic_load_n(&shards[i].failed, __ATOMIC_RELAXED);
    }
    return failed;
}

/* The calendars of every so-manieth seed, until there are enough cases of all. */
static void shard_run(shard *shards, int processes, int which, uint64_t seed, uint64_t cases)
{
    shard *own = &shards[which];
    seed += (uint64_t)which;
    while (cases_done(shards, processes) < cases && !any_failed(shards, processes)) {
        trial_counts counts = {0};
        bool agrees = trial_run(seed, CASES_A_LIMIT, &counts) &&
                      trial_run_unannounced(seed, CASES_A_LIMIT, &counts);
        fflush(stdout);
        trial_counts_add(&own->counts, &counts);
        own->calendars++;
        __atomic_store_n(&own->failed, !agrees, __ATOMIC_RELAXED);
        seed += (uint64_t)processes;
    }
}

/* On a terminal a line that is written over, elsewhere a line now and then. */
static void progress(const shard *shards, int processes, uint64_t cases, time_t began)
{
    static time_t last;
    time_t now = time(NULL);
    bool live = isatty(STDERR_FILENO) != 0;
    if (now - last < (live ? 1 : 10)) {
        return;
    }
    last = now;
    uint64_t done = cases_done(shards, processes);
    double seconds = now > began ? (double)(now - began) : 1;
    fprintf(stderr, "%s%llu of %llu cases, %.0f a second%s", live ? "\r" : "",
            (unsigned long long)done, (unsigned long long)cases, (double)done / seconds,
            live ? "  " : "\n");
}

/* Waits for them all; how many did not come to their end. */
static int shards_wait(const shard *shards, int processes, uint64_t cases, time_t began)
{
    int crashed = 0;
    for (int running = processes; running > 0;) {
        int status;
        if (waitpid(-1, &status, WNOHANG) > 0) {
            running--;
            crashed += WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : 1;
        } else {
            progress(shards, processes, cases, began);
            usleep(200000);
        }
    }
    if (isatty(STDERR_FILENO) != 0) {
        fprintf(stderr, "\n");
    }
    return crashed;
}

static bool result_print(const shard *shards, int processes, uint64_t cases, int crashed)
{
    trial_counts all = {0};
    uint64_t calendars = 0;
    for (int i = 0; i < processes; i++) {
        trial_counts_add(&all, &shards[i].counts);
        calendars += shards[i].calendars;
    }
    printf("%llu calendars, %llu limits; ", (unsigned long long)calendars,
           (unsigned long long)calendars * TRIAL_LIMITS);
    trial_counts_print(&all);
    bool agrees = !any_failed(shards, processes) && crashed == 0 && all.cases >= cases;
    printf("%s\n", agrees ? "all agree" : "they do not all agree");
    return agrees;
}

int main(int count, char **arguments)
{
    uint64_t cases = count > 1 ? strtoull(arguments[1], NULL, 10) : 10000000;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    int processes = count > 2 ? atoi(arguments[2]) : (int)cores;
    uint64_t seed = count > 3 ? strtoull(arguments[3], NULL, 10) : 20260101;
    processes = processes < 1 ? 1 : processes > PROCESSES_MAX ? PROCESSES_MAX : processes;
    shard *shards = mmap(NULL, sizeof *shards * PROCESSES_MAX, PROT_READ | PROT_WRITE,
                         MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shards == MAP_FAILED) {
        perror("walk_prove");
        return 2;
    }
    time_t began = time(NULL);
    for (int i = 0; i < processes; i++) {
        pid_t made = fork();
        if (made == 0) {
            shard_run(shards, processes, i, seed, cases);
            _exit(0);
        }
        if (made < 0) {
            perror("walk_prove");
            return 2;
        }
    }
    int crashed = shards_wait(shards, processes, cases, began);
    printf("seed %llu, %d processes, %ld s: ", (unsigned long long)seed, processes,
           (long)(time(NULL) - began));
    return result_print(shards, processes, cases, crashed) ? 0 : 1;
}
