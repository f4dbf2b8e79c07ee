/* SPDX-License-Identifier: Apache-2.0
 *
 * Acts of which nothing is asked but who does them and how often: most acts of most cases. Their
 * cells are known beforehand (plan.h). Where besides no limit has anything to say before the event,
 * those that hear of it are plain, and what it tells are words that nobody hears of, the whole step
 * is taken at once, and comes to what a step comes to (step.h). */
#ifndef GJR_STRAIGHT_H
#define GJR_STRAIGHT_H

#include "judge/step.h"

/* The cell of the act that the event tells, where it is straight and lets the act happen; else
 * NULL. */
static inline const gjr_straight *gjr_straight_find(const gjr_case *judged, const gjr_event *event)
{
    const gj_judge *judge = judged->judge;
    size_t row = (size_t)gjr_case_stage(judged) * judge->rows->action_count;
    const gjr_straight *cell = &judge->plan.straights[row + event->action];
    bool post_may = gjr_straight_lets(cell, event->post);
    bool is_left = *gjr_case_times(judged, cell->place) < cell->times_max;
    return (post_may & is_left) != 0 ? cell : NULL;
}

/* Takes the whole step; false, and nothing is changed: it is not of this kind. `bytes`: the case's,
 * as its holder says or as is known without asking it. */
bool gjr_straight_step(gjr_sitting *step, gjr_case *judged, unsigned char *bytes,
                       const gjr_event *event);

#endif
