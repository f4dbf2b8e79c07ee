/* SPDX-License-Identifier: Apache-2.0
 *
 * `every A followed by B within D`: each A is remembered until a B comes. Where a time is said it
 * is missed at its end, else when the case, or the rule's branch, comes to a final stage; what is
 * then noted is closed by the B that comes after all. */
#ifndef GJR_FOLLOW_H
#define GJR_FOLLOW_H

#include "judge/recalls.h"
#include "judge/step.h"

/* Whether what it asks for is asked for any more: not after the close, nor behind its branch. */
bool gjr_follow_may_begin(const gjr_sitting *step, uint32_t relation);
/* Whether the act at hand is an A cannot be told, for what the rule lacks from there on. */
void gjr_follow_doubt(gjr_sitting *step, uint32_t relation, size_t lacking);
/* The act at hand is an A, or in that role a B. */
void gjr_follow_begin(gjr_sitting *step, uint32_t relation, uint32_t role);
void gjr_follow_hear(gjr_sitting *step, uint32_t relation, uint32_t role);

/* When something is missed next, or GJ_NEVER; and it is. */
gj_instant gjr_follow_next(const gjr_sitting *step);
void gjr_follow_reach(gjr_sitting *step, gj_instant at);

/* The region has come to a final stage: what had to follow and says no time is missed. */
void gjr_follow_check_end(gjr_sitting *step, uint32_t region);
/* The region is through: what still may follow in time is asked for no more. */
void gjr_follow_close(gjr_sitting *step, uint32_t region);
/* Notes what is missed again, counted so far. */
void gjr_follow_count(gjr_sitting *step);

/* By when the act that is remembered must be followed, the day that is not announced yet being the
 * latest it may be; GJ_NEVER where no time is said. */
gj_instant gjr_follow_due(const gj_judge *judge, const gjr_relation *relation, gj_instant since);

#endif
