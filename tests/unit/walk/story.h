/* SPDX-License-Identifier: Apache-2.0
 *
 * A case at random: deeds in order, often at instants at which something hangs in the balance. */
#ifndef WALK_STORY_H
#define WALK_STORY_H

#include "unit/walk/walk.h"

enum { DEEDS_MAX = 16 };

typedef struct told_deed {
    deed_kind deed;
    int amount; /* of DEED_MEASURE: the number that is told, or the truth */
    int64_t at;
} told_deed;

typedef struct story {
    told_deed deeds[DEEDS_MAX];
    int count;
    int64_t until; /* the clock's end */
} story;

/* Makes it up and walks it; walked->lost: it leads out of the years. */
void story_make(story *of, const walked_days *days, const stated_limit *limit, chance *c,
                walk *walked);
/* Walks one that is made. */
void story_walk(const story *of, const walked_days *days, const stated_limit *limit, walk *walked);

#endif
