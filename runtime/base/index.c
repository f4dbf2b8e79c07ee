/* SPDX-License-Identifier: Apache-2.0
 *
 * See index.h. */
#include "base/index.h"

#include <assert.h>

enum { CAPACITY_FIRST = 64 };

void gjb_index_init(gjb_index *index, const gj_allocator *allocator)
{
    *index = (gjb_index){.allocator = gjb_alloc_or_default(allocator)};
}

void gjb_index_deinit(gjb_index *index)
{
    gjb_alloc_destroy(index->allocator, index->slots, index->capacity, sizeof *index->slots);
    gjb_index_init(index, index->allocator);
}

static void slot_take(gjb_index_slot *slots, size_t capacity, gjb_index_slot slot)
{
    size_t at = slot.tag & (capacity - 1);
    while (slots[at].next != 0) {
        at = (at + 1) & (capacity - 1);
    }
    slots[at] = slot;
}

bool gjb_index_reserve(gjb_index *index)
{
    if (index->count < index->capacity / 8 * 5) {
        return true;
    }
    size_t capacity = index->capacity == 0 ? CAPACITY_FIRST : index->capacity * 2;
    gjb_index_slot *slots = gjb_alloc_create(index->allocator, capacity, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < index->capacity; i++) {
        if (index->slots[i].next != 0) {
            slot_take(slots, capacity, index->slots[i]);
        }
    }
    gjb_alloc_destroy(index->allocator, index->slots, index->capacity, sizeof *index->slots);
    index->slots = slots;
    index->capacity = capacity;
    return true;
}

void gjb_index_add(gjb_index *index, uint64_t hash, uint32_t item)
{
    assert(index->count < index->capacity && item < GJB_INDEX_NONE);
    slot_take(index->slots, index->capacity, (gjb_index_slot){(uint32_t)(hash >> 32), item + 1});
    index->count++;
}
