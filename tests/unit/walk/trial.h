/* SPDX-License-Identifier: Apache-2.0
 *
 * The judge against the walk: some limits on one random calendar, compiled from their text, and
 * many cases of each, judged in memory. */
#ifndef WALK_TRIAL_H
#define WALK_TRIAL_H

#include "unit/walk/story.h"

enum { TRIAL_LIMITS = 8 };

/* What there was, so that nobody takes it for much that is little. */
typedef struct trial_counts {
    uint64_t cases;   /* compared */
    uint64_t lost;    /* made up, and not compared: they lead out of the calendar's years */
    uint64_t late;    /* limits found late */
    uint64_t held;    /* that were stopped at the end, nobody knowing till when */
    uint64_t stopped; /* cases with a stop */
    uint64_t extended;
    uint64_t measured; /* cases that tell how long the limit is */
    uint64_t voided;   /* stops and extensions found without effect */
    uint64_t again;    /* cases in which a limit ran more than once */
    uint64_t accounts;
    uint64_t ranges; /* running limits whose last day is not known */
    uint64_t narrow; /* of them, those whose last day lies within two months */
} trial_counts;

/* The trial of that seed, so many cases of each limit; false, and told on standard output with the
 * smallest case that still does, where the two disagree. */
bool trial_run(uint64_t seed, int cases, trial_counts *counts);
/* The same where half of the days are not announced: limits of a stated length, judged by what
 * is known and walked by what comes. */
bool trial_run_unannounced(uint64_t seed, int cases, trial_counts *counts);
void trial_counts_add(trial_counts *to, const trial_counts *more);
void trial_counts_print(const trial_counts *of);

#endif
