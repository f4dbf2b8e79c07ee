/* SPDX-License-Identifier: Apache-2.0
 *
 * What a row says, as bytes that are equal where two rows say the same, though they stand at other
 * indices of other images: what it owns is written out, what it points at under its name, code by
 * its opcodes, and neither where a clause stands in its source nor what follows from other rows.
 * For comparing alone; nobody reads it. */
#ifndef GJR_CONTENT_H
#define GJR_CONTENT_H

#include "base/buffer.h"
#include "image/image.h"
#include "image/schema.h"

/* Whether what such a column has follows from others: positions and what is derived count here. */
bool gjr_content_is_derived(uint32_t table, const gjr_column *column);
/* One column of a row, by its number in the schema; of flags those of the mask. */
void gjr_content_add_column(const gjr_rows *rows, uint32_t table, uint32_t row, size_t column,
                            uint32_t mask, gjb_buffer *out);
/* All columns of a row that are not derived. */
void gjr_content_add_row(const gjr_rows *rows, uint32_t table, uint32_t row, gjb_buffer *out);
/* The name by which others point at it, of what is in a branch behind the branch's: "water/w1". */
void gjr_content_add_name(const gjr_rows *rows, uint32_t table, uint32_t row, gjb_buffer *out);

#endif
