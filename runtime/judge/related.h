/* SPDX-License-Identifier: Apache-2.0
 *
 * What a finding of a rule that relates acts says of them: the act from which the rule looked, the
 * one that decided, what was to come and who may do it, and how the time was counted. */
#ifndef GJR_RELATED_H
#define GJR_RELATED_H

#include "judge/finding.h"
#include "judge/hand.h"

/* The act by whose event the finding is known, where that is not the event at hand; or NULL. */
const gjr_raised_act *gjr_related_key(const gjr_raised *raised);
/* As it is told; nothing of one that is not there. */
gj_other_act gjr_related_act(const gj_judge *judge, const gjr_raised_act *from);
/* Of what did not follow in time. */
void gjr_related_ask(const gj_judge *judge, const gjr_raised *raised, gjr_hand_question *question);
/* Of a note about a rule; the event is NULL where time alone found it. False when memory ends. */
bool gjr_related_take(const gj_judge *judge, const gjr_raised *raised, const gjr_event *event,
                      gjb_arena *arena, gj_finding *to);

#endif
