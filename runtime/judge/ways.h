/* SPDX-License-Identifier: Apache-2.0
 *
 * Which acts lie between where a case stands and an act that comes too early: the fewest, as the
 * compiler worked them out. Of a stage that runs branches it could not know how far each has come;
 * there the way is put together from the branches' own ways and what lies behind the stage's exits
 * (recovery.h of the compiler). */
#ifndef GJR_WAYS_H
#define GJR_WAYS_H

#include "judge/step.h"

typedef struct gjr_ahead {
    uint32_t stage;        /* where the act is expected; GJR_NONE: it is not ahead */
    const uint32_t *steps; /* transitions left out, in order; the step's arena's */
    uint32_t count;
    bool returns; /* over a return edge */
} gjr_ahead;

/* What lies before the action, from where the region stands: where the event names a branch that
 * has the action ahead, before it is expected there. */
gjr_ahead gjr_ways_find(gjr_sitting *step, uint32_t region, uint32_t action);

#endif
