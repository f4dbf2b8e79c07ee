/* SPDX-License-Identifier: Apache-2.0
 *
 * What the benches share: the processor's seconds, a median, a ratio. A figure is always printed
 * beside its floor, measured in the same run. */
#ifndef BENCH_MEASURING_H
#define BENCH_MEASURING_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* BENCH_BRIEF: small enough for a test that each bench runs to its end. */
#ifdef BENCH_BRIEF
enum { MEASURED_RUNS = 1, SIZE_DIVISOR = 100 };
#else
enum { MEASURED_RUNS = 5, SIZE_DIVISOR = 1 };
#endif

static inline double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Where several threads work: what a clock on the wall shows. */
static inline double wall_seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static inline int double_compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* Sorts the values. */
static inline double median_of(double *values, size_t count)
{
    qsort(values, count, sizeof *values, double_compare);
    return values[count / 2];
}

/* floor time over our time: 1 is as fast as the floor. */
static inline void ratio_print(const char *floor_name, double floor_s, double ours_s)
{
    if (floor_s > 0) {
        printf("    %-44s %5.2f\n", floor_name, floor_s / ours_s);
    } else {
        printf("    %-44s not measured\n", floor_name);
    }
}

#endif
