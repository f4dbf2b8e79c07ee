/* SPDX-License-Identifier: Apache-2.0
 *
 * Which rows of decision tables decided in an expression: found by running it once more, on the
 * same facts, when a finding is noted or a length kept that rests on it. A step that notes nothing
 * does not look. What a native has not answered for the record is unknown here, and the rows that
 * hang on it are not named. */
#ifndef GJR_DECISIONS_H
#define GJR_DECISIONS_H

#include "judge/step.h"

/* Those of the expression, which was run in this step, beside those that are there; GJR_NONE has
 * none. */
void gjr_decisions_take(gjr_sitting *step, uint32_t expression, gjr_raised *raised);

/* Those by which the clock's limit has its length, as they were kept when it was read. */
void gjr_decisions_take_length(gjr_sitting *step, uint32_t clock, gjr_raised *raised);
/* The same in the arena, and how many. */
const uint32_t *gjr_decisions_of_length(const gjr_case *judged, uint32_t clock, gjb_arena *arena,
                                        uint32_t *count);
/* Keeps by which rows the limit, which was just read, has the length of that line, or of none: that
 * the lines before do not hold, that this one does, and what it gives. A bit a landmark. */
void gjr_decisions_keep(gjr_sitting *step, const gjr_limit *limit, uint32_t length, uint64_t *bits);

/* Of `count` rows of the image, for people: the arena's, with texts borrowed from the image. NULL
 * where there are none, or memory ends. */
const gj_table_row *gjr_decisions_make(const gj_judge *judge, const uint32_t *rows, uint32_t count,
                                       gjb_arena *arena);
/* A sentence; in English after a space. Nothing of none. */
void gjr_decisions_explain(const gj_table_row *rows, size_t count, gj_lang lang, gjb_buffer *out);
/* Their key "rows" in an object that has keys before it; nothing of none. */
void gjr_decisions_print(const gj_table_row *rows, size_t count, gjb_buffer *out);

#endif
