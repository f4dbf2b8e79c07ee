/* SPDX-License-Identifier: Apache-2.0
 *
 * `count A at most N times per FIELD`: how often an act was done for each key by itself. A recall
 * stands for a key: it is of the first act that told it, and counts them. */
#ifndef GJR_TALLY_H
#define GJR_TALLY_H

#include "judge/recalls.h"
#include "judge/step.h"

/* The act at hand, which is counted, before it is done: it may be one too many. */
void gjr_tally_judge(gjr_sitting *step, uint32_t relation);
/* It is done, in that role. */
void gjr_tally_hear(gjr_sitting *step, uint32_t relation, uint32_t role);
/* The rule's region has come to a final stage: for some key the act may have been done too seldom.
 */
void gjr_tally_check_end(gjr_sitting *step, uint32_t relation);
/* Whether for some key it was done less often than it has to be. */
bool gjr_tally_is_short(const gjr_sitting *step, uint32_t relation);

#endif
