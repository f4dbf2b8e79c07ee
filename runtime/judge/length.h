/* SPDX-License-Identifier: Apache-2.0
 *
 * How long a limit is whose length hangs on the case, for people: the line that holds under its
 * words, and in a sentence. */
#ifndef GJR_JUDGE_LENGTH_H
#define GJR_JUDGE_LENGTH_H

#include "base/buffer.h"
#include "judge/judge.h"

/* Of that row, or of none, so many units long since an instant; false where memory ends. Borrowed
 * from the image, the citations are the arena's. */
bool gjr_length_make(const gj_judge *judge, uint32_t row, uint32_t amount, gj_instant measured,
                     gjb_arena *arena, gj_length *length);
/* A sentence; in English after a space. */
void gjr_length_explain(const gj_length *length, gj_unit unit, gj_lang lang, gjb_buffer *out);
/* The line that holds, or that none does: a sentence without its end. */
void gjr_length_explain_why(const gj_length *length, gj_unit unit, gj_lang lang, gjb_buffer *out);
/* Its key "length" in an object that has keys before it. */
void gjr_length_print(const gj_length *length, gjb_buffer *out);

#endif
