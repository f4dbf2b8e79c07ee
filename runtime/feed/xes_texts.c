/* SPDX-License-Identifier: Apache-2.0
 *
 * See xes_texts.h. */
#include "feed/xes_texts.h"

void gjr_xes_texts_init(gjr_xes_texts *texts, const gj_allocator *allocator)
{
    *texts = (gjr_xes_texts){0};
    gjb_arena_init(&texts->arenas[0], allocator);
    gjb_arena_init(&texts->arenas[1], allocator);
}

void gjr_xes_texts_deinit(gjr_xes_texts *texts)
{
    gjb_arena_deinit(&texts->arenas[0]);
    gjb_arena_deinit(&texts->arenas[1]);
}

void gjr_xes_texts_turn(gjr_xes_texts *texts)
{
    texts->current = !texts->current;
    gjb_arena_reset(gjr_xes_texts_arena(texts));
}

gj_text gjr_xes_text_copy(gjr_xes_texts *texts, gjb_arena *arena, gj_text text)
{
    gj_text copy = gjb_arena_text(arena, text);
    texts->no_memory |= copy.bytes == NULL && text.bytes != NULL;
    return copy;
}
