/* SPDX-License-Identifier: Apache-2.0
 *
 * What a condition was judged on: the values of the fields it reads, as they stood, written as
 * people write them. Taken when a finding is noted, since the case moves on; a step without a
 * finding writes nothing. */
#ifndef GJR_VALUES_H
#define GJR_VALUES_H

#include "judge/step.h"

/* The condition that decided, and its fields, which must have been read in this step. GJR_NONE
 * takes nothing. */
void gjr_values_take(gjr_sitting *step, uint32_t expression, gjr_raised *raised);

/* The fields alone, beside those that are there. */
void gjr_values_add(gjr_sitting *step, uint32_t expression, gjr_raised *raised);

#endif
