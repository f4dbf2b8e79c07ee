/* SPDX-License-Identifier: Apache-2.0
 *
 * What the law did when a limit ran out, for people: an effect of the image under its names, and in
 * a sentence. */
#ifndef GJR_EFFECT_H
#define GJR_EFFECT_H

#include "base/buffer.h"
#include "judge/judge.h"

/* Of that row, taken as of an instant; false when memory ends. Borrowed from the image, the
 * citations are the arena's. */
bool gjr_effect_make(const gj_judge *judge, uint32_t effect, gj_instant as_of, gjb_arena *arena,
                     gj_law *law);
/* “accept” counts as done as of …, and the case goes to “review”. */
void gjr_effect_print(const gj_law *law, gj_lang lang, gjb_buffer *out);
/* A sentence; in English after a space. */
void gjr_effect_explain(const gj_law *law, gj_lang lang, gjb_buffer *out);

#endif
