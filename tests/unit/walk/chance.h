/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers drawn at random: the same seed draws the same on every machine. */
#ifndef WALK_CHANCE_H
#define WALK_CHANCE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct chance {
    uint64_t state;
} chance;

static inline uint64_t chance_next(chance *c)
{
    uint64_t z = c->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* 0 … below-1. */
static inline int chance_pick(chance *c, int below)
{
    return (int)(chance_next(c) % (uint64_t)below);
}

static inline int chance_between(chance *c, int least, int most)
{
    return least + chance_pick(c, most - least + 1);
}

/* Another one, which takes nothing of this one. */
static inline chance chance_aside(const chance *c)
{
    return (chance){c->state ^ UINT64_C(0x5851F42D4C957F2D)};
}

/* Once in so many times. */
static inline bool chance_one_in(chance *c, int times)
{
    return chance_pick(c, times) == 0;
}

#endif
