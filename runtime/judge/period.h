/* SPDX-License-Identifier: Apache-2.0
 *
 * What is judged of a limit when its end comes: whether that is not too early, and where it is
 * counted back, whether what began it lies where it must. */
#ifndef GJR_PERIOD_H
#define GJR_PERIOD_H

#include "judge/step.h"

static inline bool gjr_limit_has_period(const gjr_limit *row)
{
    return row->least > 0 || (row->flags & GJR_LIMIT_BACKWARD) != 0;
}

/* The running limit ends at that instant, by the event at hand or on a date that was told. */
void gjr_period_judge(gjr_sitting *step, uint32_t limit, gj_instant at, bool by_event);

#endif
