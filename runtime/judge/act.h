/* SPDX-License-Identifier: Apache-2.0
 *
 * The event's act: to which region it goes, what it means there, what is wrong with it, and what it
 * does to the case. Judging changes nothing; then it is done (step.h, 4 to 6). */
#ifndef GJR_ACT_H
#define GJR_ACT_H

#include "judge/step.h"

void gjr_act_take(gjr_sitting *step);
/* The act is done in the region at hand, on that day, and limits hear of it. */
void gjr_act_hear(gjr_sitting *step, uint32_t action, gj_day day);

#endif
