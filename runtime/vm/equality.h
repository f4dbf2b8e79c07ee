/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether two values are the same, three-valued: texts by their bytes, lists item by item in order,
 * records part by part. One difference that is certain makes them different, whatever is unknown.
 */
#ifndef GJR_EQUALITY_H
#define GJR_EQUALITY_H

#include "image/shape.h"
#include "value/value.h"

/* Both are of the shape. A bool, or unknown. Recursion is bounded by claim 78. Adds to *steps what
 * it took: one for each pair looked at, and one for each piece of long texts. */
gjr_value gjr_value_equal(const gjr_rows *rows, gjr_shape shape, gjr_value a, gjr_value b,
                          uint64_t *steps);
/* Kleene's and, or: one operand that decides does so whatever the other is. */
gjr_value gjr_value_decide(gjr_value a, gjr_value b, bool deciding);

#endif
