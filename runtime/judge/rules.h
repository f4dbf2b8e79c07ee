/* SPDX-License-Identifier: Apache-2.0
 *
 * The procedure's rules: what an act requires, and what must never be done. A rule subscribes to
 * the actions that it speaks of, so an act costs the rules that concern it. Judging changes
 * nothing; a condition that comes out unknown is missing-data, charged to the data. */
#ifndef GJR_RULES_H
#define GJR_RULES_H

#include "judge/step.h"

/* The rules that subscribe to the action, before it is done. */
void gjr_rules_check(gjr_sitting *step, uint32_t action);

#endif
