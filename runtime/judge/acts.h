/* SPDX-License-Identifier: Apache-2.0
 *
 * Judging an act, before it is done: does its condition hold, may this post do it, how often, are
 * the documents there. Nothing here changes the case; every failure is noted,
 * not the first alone. A condition that comes out unknown is missing-data, charged to the data. */
#ifndef GJR_ACTS_H
#define GJR_ACTS_H

#include "judge/step.h"

/* Which of a stage's transitions for the action the case takes: the first whose condition holds or
 * that has none; else the first whose condition is unknown; else the first. Conditions that came
 * out unknown on the way, and all being false, are noted. */
uint32_t gjr_acts_choose_transition(gjr_sitting *step, uint32_t first, uint32_t count);
static inline uint32_t gjr_acts_find_transition(gjr_sitting *step, uint32_t first, uint32_t count)
{
    bool certain = step->judge->rows->transitions[first].when == GJR_NONE;
    return certain ? first : gjr_acts_choose_transition(step, first, count);
}
/* The transition's own demands: post, count, documents. */
void gjr_acts_check_transition(gjr_sitting *step, uint32_t transition);

#endif
