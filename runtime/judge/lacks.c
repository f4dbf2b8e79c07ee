/* SPDX-License-Identifier: Apache-2.0
 *
 * See lacks.h. */
#include "judge/lacks.h"

void gjr_lacks_init(gjr_lacks *lacks, const gj_allocator *allocator)
{
    *lacks = (gjr_lacks){.allocator = allocator};
}

void gjr_lacks_deinit(gjr_lacks *lacks)
{
    gjb_alloc_destroy(lacks->allocator, lacks->items, lacks->capacity, sizeof *lacks->items);
    *lacks = (gjr_lacks){0};
}

void gjr_lacks_reset(gjr_lacks *lacks)
{
    lacks->count = 0;
}

static bool grow(gjr_lacks *lacks)
{
    size_t capacity = lacks->capacity == 0 ? 8 : lacks->capacity * 2;
    gjr_lack *items =
        gjb_alloc_resize(lacks->allocator, lacks->items, lacks->capacity, capacity, sizeof *items);
    if (items == NULL) {
        return false;
    }
    lacks->items = items;
    lacks->capacity = capacity;
    return true;
}

static bool has(const gjr_lacks *lacks, const gjr_lack *lack)
{
    for (size_t i = 0; i < lacks->count; i++) {
        const gjr_lack *kept = &lacks->items[i];
        if (kept->rule == lack->rule && kept->kind == lack->kind && kept->field == lack->field) {
            return true;
        }
    }
    return false;
}

void gjr_lacks_take(gjr_sitting *step, gjr_lack lack)
{
    gjr_lacks *lacks = step->lacks;
    if (lacks == NULL || has(lacks, &lack)) {
        return;
    }
    if (lacks->count == lacks->capacity && !grow(lacks)) {
        step->no_memory = true;
        return;
    }
    lacks->items[lacks->count++] = lack;
}
