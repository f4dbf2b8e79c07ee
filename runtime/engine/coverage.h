/* SPDX-License-Identifier: Apache-2.0
 *
 * What of a procedure cases have come to: the sitting marks it while they are judged, and what was
 * found is added at the end. */
#ifndef GJR_COVERAGE_H
#define GJR_COVERAGE_H

#include "judge/raised.h"
#include "judge/step.h"

/* For the sitting that judges; borrowed from the coverage. */
const gjr_touched *gjr_coverage_touched(gj_coverage *coverage);
/* A finding that stands at the end. */
void gjr_coverage_add_finding(gj_coverage *coverage, const gjr_raised *raised);

#endif
