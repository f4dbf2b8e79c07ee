/* SPDX-License-Identifier: Apache-2.0
 *
 * See arena.h. */
#include "base/arena.h"

#include <assert.h>
#include <string.h>

enum { BLOCK_SIZE_FIRST = 4096, ALIGNMENT = 16 };

struct gjb_arena_block {
    gjb_arena_block *older;
    size_t size; /* of bytes */
    _Alignas(ALIGNMENT) unsigned char bytes[];
};

void gjb_arena_init(gjb_arena *arena, const gj_allocator *allocator)
{
    *arena = (gjb_arena){.allocator = gjb_alloc_or_default(allocator)};
}

static void block_destroy(gjb_arena *arena, gjb_arena_block *block)
{
    gjb_alloc_destroy(arena->allocator, block, 1, sizeof *block + block->size);
}

static void blocks_destroy(gjb_arena *arena, gjb_arena_block *block)
{
    while (block != NULL) {
        gjb_arena_block *older = block->older;
        block_destroy(arena, block);
        block = older;
    }
}

void gjb_arena_deinit(gjb_arena *arena)
{
    blocks_destroy(arena, arena->newest);
    *arena = (gjb_arena){.allocator = arena->allocator};
}

void gjb_arena_reset(gjb_arena *arena)
{
    if (arena->newest != NULL) {
        blocks_destroy(arena, arena->newest->older);
        arena->newest->older = NULL;
    }
    arena->used = 0;
    arena->failed = false;
}

/* Room for `size` bytes, in a block at least twice the last one. */
static bool block_add(gjb_arena *arena, size_t size)
{
    size_t wanted = arena->newest == NULL ? BLOCK_SIZE_FIRST : arena->newest->size * 2;
    if (wanted < size) {
        wanted = size;
    }
    size_t total;
    if (!gjb_size_add(wanted, sizeof(gjb_arena_block), &total)) {
        return false;
    }
    gjb_arena_block *block = arena->allocator->resize(arena->allocator->payload, NULL, 0, total);
    if (block == NULL) {
        return false;
    }
    block->older = arena->newest;
    block->size = wanted;
    arena->newest = block;
    arena->used = 0;
    return true;
}

/* `size` bytes at a multiple of `alignment`, not zeroed. */
static void *bytes_take(gjb_arena *arena, size_t size, size_t alignment)
{
    size_t used = (arena->used + alignment - 1) & ~(alignment - 1);
    if (arena->newest == NULL || used > arena->newest->size || arena->newest->size - used < size) {
        if (!block_add(arena, size)) {
            arena->failed = true;
            return NULL;
        }
        used = 0;
    }
    arena->used = used + size;
    return arena->newest->bytes + used;
}

void *gjb_arena_make(gjb_arena *arena, size_t count, size_t size)
{
    size_t total;
    if (!gjb_size_multiply(count, size, &total)) {
        arena->failed = true;
        return NULL;
    }
    void *made = bytes_take(arena, total, ALIGNMENT);
    if (made != NULL) {
        memset(made, 0, total);
    }
    return made;
}

gj_text gjb_arena_text(gjb_arena *arena, gj_text text)
{
    if (text.bytes == NULL) {
        return text;
    }
    size_t size;
    char *copy = NULL;
    if (gjb_size_add(text.size, 1, &size)) {
        copy = bytes_take(arena, size, 1);
    } else {
        arena->failed = true;
    }
    if (copy == NULL) {
        return (gj_text){0};
    }
    if (text.size > 0) {
        memcpy(copy, text.bytes, text.size);
    }
    copy[text.size] = '\0';
    return (gj_text){copy, text.size};
}
