/* SPDX-License-Identifier: Apache-2.0
 *
 * An arena: many small things that die together (a compilation, a step). Blocks double in size; a
 * reset keeps the largest block, so that a judge that steps a million times allocates once. */
#ifndef GJB_ARENA_H
#define GJB_ARENA_H

#include "base/alloc.h"

typedef struct gjb_arena_block gjb_arena_block;
typedef struct gjb_arena {
    const gj_allocator *allocator;
    gjb_arena_block *newest;
    size_t used; /* in the newest block */
    bool failed; /* something could not be made; until reset */
} gjb_arena;

void gjb_arena_init(gjb_arena *arena, const gj_allocator *allocator);
void gjb_arena_deinit(gjb_arena *arena);
/* Everything made so far is gone. */
void gjb_arena_reset(gjb_arena *arena);

/* Zeroed, aligned to 16 bytes, valid until reset or deinit. NULL when memory ends or the product
 * overflows; a zero count gives a pointer that must not be read. */
void *gjb_arena_make(gjb_arena *arena, size_t count, size_t size);
/* A copy with a NUL after it, packed: texts that follow each other leave no gaps. An absent text
 * stays absent; bytes == NULL with size > 0 cannot be. On failure the result is absent. */
gj_text gjb_arena_text(gjb_arena *arena, gj_text text);

#endif
