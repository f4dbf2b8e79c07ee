/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules that contradict the stages or one another, and rules that never bind. */
#ifndef GJC_BOUNDS_H
#define GJC_BOUNDS_H

#include "analysis/samples.h"
#include "syntax/diag.h"

void gjc_bounds_check(gjc_sampler *sampler, gjc_diag_list *diags);

#endif
