/* SPDX-License-Identifier: Apache-2.0
 *
 * How each rule stands: it holds for good or so far, it is not met and still may be, it is
 * violated, or that cannot be told, and then what is missing; and when that changes if nothing
 * happens. Derived from the state and from what has been found, when it is asked for. */
#ifndef GJR_VERDICTS_H
#define GJR_VERDICTS_H

#include "judge/step.h"

/* The result's rules, made in the arena; its findings must be there. The sitting has last stepped
 * this case. */
gj_status gjr_verdicts_make(gjr_sitting *step, const gjr_case *judged, gjb_arena *arena,
                            gj_case_result *result);

#endif
