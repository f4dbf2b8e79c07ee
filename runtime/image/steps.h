/* SPDX-License-Identifier: Apache-2.0
 *
 * How many steps a run of an expression takes at most, told from its code alone (docs/BYTECODE.md,
 * "Code"). It holds of verified code, whose loops each walk a list that only gets shorter. */
#ifndef GJR_STEPS_H
#define GJR_STEPS_H

#include "image/layout.h"

/* Steps of the machine: an instruction each time it runs. No more than the instructions and
 * GJR_STEPS_MAX. */
uint64_t gjr_steps_max(const gjr_rows *rows, const gjr_expression *expression);

#endif
