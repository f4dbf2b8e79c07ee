/* SPDX-License-Identifier: Apache-2.0
 *
 * What the law does by itself: a limit runs out, the case goes on to another stage, an act counts
 * as done. It happens when the limit is due, before whatever comes at that instant, by no event;
 * limits take it as of the instant that the clause names, which may lie behind. A deemed act is
 * asked for no post, paper or rule. The first real one of its name that comes where it is not
 * expected only acknowledges it. */
#ifndef GJR_LAW_H
#define GJR_LAW_H

#include "judge/limits.h"
#include "judge/route.h"

enum {
    /* What the law does in one case between two events; beyond that limits only run out. A limit
     * that a deemed act starts may run out as well, and an image may have them start one another
     * for ever. */
    GJR_LAW_ACTS_MAX = 1000,
};

/* When the limit, which runs, runs out and the law is asked; GJ_NEVER where it has nothing to say
 * or was asked. */
gj_instant gjr_law_next(const gjr_sitting *step, uint32_t limit);
/* From when on the limit, which runs, is late. */
gj_instant gjr_law_due(const gjr_sitting *step, uint32_t limit);
/* The limit runs out. */
void gjr_law_take(gjr_sitting *step, uint32_t limit, gj_instant at);
/* The region of the limit, which is late, is through by then: nothing follows from it any more. */
void gjr_law_leave(gjr_sitting *step, uint32_t limit, gj_instant at);
/* An event has come: what was counted since the last begins anew. */
static inline void gjr_law_hear_event(const gjr_sitting *step)
{
    uint32_t at = step->judge->layout.law_acts;
    if (at != GJR_NONE) {
        *(uint32_t *)gjr_case_part(step->judged, at) = 0;
    }
}
/* Whether the act only acknowledges what the law has done; from then on it does not. */
bool gjr_law_is_acknowledged(gjr_sitting *step, uint32_t action);

#endif
