/* SPDX-License-Identifier: Apache-2.0
 *
 * The procedure's rules: what an act requires, and what must never be done. A rule subscribes to
 * the actions that it speaks of, so an act costs the rules that concern it. Judging changes
 * nothing; a condition that comes out unknown is missing-data, charged to the data. */
#ifndef GJR_RULES_H
#define GJR_RULES_H

#include "judge/step.h"

/* The rules of the audience, which is the action's, before it is done: at least one. */
void gjr_rules_hear(gjr_sitting *step, const gjr_audience *audience);
/* The rules that subscribe to the action, before it is done. */
static inline void gjr_rules_check(gjr_sitting *step, uint32_t action)
{
    const gjr_audience *audience = &step->judge->plan.actions[action];
    if (audience->rules > 0) {
        gjr_rules_hear(step, audience);
    }
}

#endif
