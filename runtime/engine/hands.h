/* SPDX-License-Identifier: Apache-2.0
 *
 * In whose hands a case was, sought in its history (judge/hand.h). */
#ifndef GJR_HANDS_H
#define GJR_HANDS_H

#include "engine/history.h"
#include "judge/raised.h"

/* Of a case's turns in their order, or of the records of one in which nothing was corrected. */
typedef struct gjr_hands {
    const gj_docket *docket;
    const gj_judge *judge; /* by which the case is judged */
    const gjr_turn *turns; /* NULL: */
    const uint32_t *records;
    size_t count;
} gjr_hands;

/* Puts it into the note; borrowed from the docket. GJ_NO_MEMORY. */
gj_status gjr_hands_find(const gjr_hands *hands, gjb_arena *arena, gjr_raised *raised);

#endif
