/* SPDX-License-Identifier: Apache-2.0
 *
 * A value as a case keeps it: one word of 64 bits and, in the tail, what does not fit it. A text is
 * the span of its bytes; a list the span of its items' words; a record the span of two words a
 * part: its presence and its word, which for a part of the wrong type is the span of what was told.
 */
#ifndef GJR_STORED_H
#define GJR_STORED_H

#include "image/shape.h"
#include "judge/case.h"

static inline uint64_t gjr_span_pack(gjr_span span)
{
    return (uint64_t)span.size << 32 | span.begin;
}

static inline gjr_span gjr_span_unpack(uint64_t word)
{
    return (gjr_span){(uint32_t)word, (uint32_t)(word >> 32)};
}

/* Room in the tail that adding the known value takes. */
size_t gjr_stored_room(const gjr_rows *rows, gjr_shape shape, const gjr_value *value);
/* Copies a known value; its word. */
uint64_t gjr_stored_add(gjr_case *judged, gjr_shape shape, const gjr_value *value);
/* The value again. Texts are borrowed from the case, items and parts made in the arena. */
gjr_value gjr_stored_value(const gjr_case *judged, gjr_shape shape, uint64_t word,
                           gjb_arena *arena);
/* Whether the word's value is this one, known. A record with a part that is not is never the same.
 */
bool gjr_stored_holds(const gjr_case *judged, gjr_shape shape, uint64_t word,
                      const gjr_value *value);
/* Room that what the word names takes. */
size_t gjr_stored_size(const gjr_case *judged, gjr_shape shape, uint64_t word);
/* From the old bytes to the new ones; the word there. */
uint64_t gjr_stored_move(const gjr_case *from, gjr_case *to, gjr_shape shape, uint64_t word);

/* Of what tells the clock's limit its keys. */
static inline gjr_shape gjr_stored_item_shape(const gjr_case *judged, uint32_t clock)
{
    const gjr_rows *rows = judged->judge->rows;
    const gjr_limit *limit = gjr_case_limit_row(judged, clock);
    return GJR_SHAPE_OF(&rows->fields[rows->key_fields[limit->keys_first].field]);
}

#endif
