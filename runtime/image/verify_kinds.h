/* SPDX-License-Identifier: Apache-2.0
 *
 * The kinds of opcodes.def on types: which an operand may be of, and which a result is of. */
#ifndef GJR_VERIFY_KINDS_H
#define GJR_VERIFY_KINDS_H

#include "image/opcode.h"
#include "image/shape.h"

/* Whether an operand may be of the shape; `a` is the first operand's. */
bool gjr_kind_takes(gjr_kind kind, gjr_shape operand, gjr_shape a);
/* The shape of a result; NOTHING where the kind is none. */
gjr_shape gjr_kind_result(const gjr_rows *rows, gjr_kind kind, uint32_t immediate, gjr_shape a);

#endif
