/* SPDX-License-Identifier: Apache-2.0
 *
 * "Did you mean": the nearest known name, by edit distance over code points, and the Chinese
 * writer's commonest slip, a space left out between a keyword and a name (自受理起 for 自 受理 起).
 */
#ifndef GJC_SPELLING_H
#define GJC_SPELLING_H

#include "base/arena.h"

enum { GJC_SPELLING_LENGTH_MAX = 64 }; /* longer names are not compared */

/* Keeps the best of the candidates shown to it. */
typedef struct gjc_spelling {
    gj_text wanted;
    gj_text best; /* absent until one is near enough */
    size_t best_distance;
} gjc_spelling;

void gjc_spelling_init(gjc_spelling *spelling, gj_text wanted);
/* Near enough: at most a third of the longer name's characters, and at least one shared. */
void gjc_spelling_add(gjc_spelling *spelling, gj_text candidate);

/* Edits (insert, delete, change, swap neighbours) that turn one into the other, at most `limit`
 * + 1. */
size_t gjc_spelling_distance(gj_text a, gj_text b, size_t limit);

/* If the run is keyword + known name (+ keyword), or known name + keyword, the same with spaces
 * ("自 受理 起"), made in the arena; else absent. is_known answers for a name. */
gj_text gjc_spelling_split(gjb_arena *arena, gj_text run, bool (*is_known)(void *payload, gj_text),
                           void *payload);

#endif
