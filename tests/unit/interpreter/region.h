/* SPDX-License-Identifier: Apache-2.0
 *
 * A region being written, its limits, and what makes them longer. */
#ifndef PLAIN_REGION_H
#define PLAIN_REGION_H

#include "unit/interpreter/random.h"

/* A region being written, and those around it. */
typedef struct region {
    const struct region *outer;
    char prefix[NAME_SIZE];
    int stage_count, depth, number;
    int actions_first, actions_count; /* which it mostly uses */
} region;

/* The name of one of its stages. */
void region_stage_say(writing *w, const region *r, int stage);

/* write_limits.c */
/* A unit of time or of days, and how many of it make a few days. */
typedef struct unit {
    const char *name;
    int most;
    bool rolls, closes; /* it may say so */
} unit;
unit unit_pick(writing *w);
/* Of an act it may speak of what is told with that; -1: it is no act. */
void trigger_when_say(writing *w, int action);
void limit_say(writing *w, const region *r, const char *name);
void after_say(writing *w, const region *r);

/* write_turns.c: of a limit in that unit; with keys by those acts alone, else `count` is 0. */
void turns_say(writing *w, const region *r, const unit *of, const int *actions, int count);

#endif
