/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a case stands besides its stage: the branches that run, each in its own stage, and the
 * limits that run, with the day each falls due. Derived from the state when it is asked for; a
 * replay of many cases does not ask. */
#ifndef GJR_STANDING_H
#define GJR_STANDING_H

#include "judge/step.h"

/* The result's branches and limits, made in the arena. The sitting has last stepped this case. */
gj_status gjr_standing_make(const gjr_sitting *step, const gjr_case *judged, gjb_arena *arena,
                            gj_case_result *result);

#endif
