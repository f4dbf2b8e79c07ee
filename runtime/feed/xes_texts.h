/* SPDX-License-Identifier: Apache-2.0
 *
 * The texts of the events that wait in a queue. Most of them lie in the piece of the file that was
 * pushed last and are borrowed from there; the others are copied into an arena. When the queue is
 * empty the next piece comes, with the other arena, and whatever is still wanted moves there. */
#ifndef GJR_FEED_XES_TEXTS_H
#define GJR_FEED_XES_TEXTS_H

#include "base/arena.h"

#include <stdint.h>

typedef struct gjr_xes_texts {
    gjb_arena arenas[2];
    int current;
    gj_text piece; /* what lies in it stays until the next one */
    bool no_memory;
} gjr_xes_texts;

void gjr_xes_texts_init(gjr_xes_texts *texts, const gj_allocator *allocator);
void gjr_xes_texts_deinit(gjr_xes_texts *texts);
/* The other arena, emptied, is the current one; nothing of the old one is lost yet. */
void gjr_xes_texts_turn(gjr_xes_texts *texts);

static inline gjb_arena *gjr_xes_texts_arena(gjr_xes_texts *texts)
{
    return &texts->arenas[texts->current];
}

/* Absent stays absent; failing is noted. */
gj_text gjr_xes_text_copy(gjr_xes_texts *texts, gjb_arena *arena, gj_text text);

static inline bool gjr_xes_text_is_lent(const gjr_xes_texts *texts, gj_text text)
{
    return (uintptr_t)text.bytes - (uintptr_t)texts->piece.bytes < texts->piece.size;
}

/* The text itself where it lies in the piece, and else a copy. */
static inline gj_text gjr_xes_text_keep(gjr_xes_texts *texts, gjb_arena *arena, gj_text text)
{
    return gjr_xes_text_is_lent(texts, text) ? text : gjr_xes_text_copy(texts, arena, text);
}

/* The other way round: a copy of what lies in the piece, since that goes. */
static inline gj_text gjr_xes_text_settle(gjr_xes_texts *texts, gjb_arena *arena, gj_text text)
{
    return gjr_xes_text_is_lent(texts, text) ? gjr_xes_text_copy(texts, arena, text) : text;
}

#endif
