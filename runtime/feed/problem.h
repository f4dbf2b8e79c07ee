/* SPDX-License-Identifier: Apache-2.0
 *
 * Problems: why a line or an element could not be read, as data; gj_problem_print turns one into a
 * line for people. */
#ifndef GJR_FEED_PROBLEM_H
#define GJR_FEED_PROBLEM_H

#include <guiju/guiju.h>

/* What is quoted of a bad line; longer is cut at a character. */
enum { GJR_PROBLEM_TEXT_SIZE_MAX = 120 };

typedef enum gjr_note_name {
#define GJR_NOTE(NAME, en, zh) GJR_NOTE_##NAME,
#include "feed/notes.def"
#undef GJR_NOTE
} gjr_note_name;

/* The English words, static. */
const char *gjr_note(gjr_note_name name);

/* Everything else is cleared. The text is borrowed, and cut. */
void gjr_problem_set(gj_problem *problem, gj_problem_code code, uint64_t line, gj_text text,
                     const char *note);

#endif
