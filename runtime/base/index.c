/* SPDX-License-Identifier: Apache-2.0
 *
 * See index.h. */
#include "base/index.h"

#include <assert.h>

enum { CAPACITY_FIRST = 64 };

/* Items that so many slots hold. */
static size_t room_of(size_t capacity)
{
    return capacity / 4 * 3;
}

void gjb_index_init(gjb_index *index, const gj_allocator *allocator)
{
    *index = (gjb_index){.allocator = gjb_alloc_or_default(allocator)};
}

static void slots_destroy(gjb_index *index)
{
    gjb_alloc_destroy(index->allocator, index->tags, index->capacity, sizeof *index->tags);
    gjb_alloc_destroy(index->allocator, index->items, index->capacity, sizeof *index->items);
}

void gjb_index_deinit(gjb_index *index)
{
    slots_destroy(index);
    gjb_alloc_destroy(index->allocator, index->hashes, index->hash_capacity, sizeof *index->hashes);
    gjb_index_init(index, index->allocator);
}

static void slot_take(gjb_index *index, uint32_t half, uint32_t item)
{
    gjb_index_probe probe = gjb_index_begin(index, (uint64_t)half << 32);
    while (index->tags[probe.at] != 0) {
        probe.at = (probe.at + 1) & (index->capacity - 1);
    }
    index->tags[probe.at] = probe.tag;
    index->items[probe.at] = item;
}

static bool hashes_grow(gjb_index *index, size_t capacity)
{
    if (capacity <= index->hash_capacity) {
        return true;
    }
    uint32_t *hashes = gjb_alloc_resize(index->allocator, index->hashes, index->hash_capacity,
                                        capacity, sizeof *hashes);
    if (hashes == NULL) {
        return false;
    }
    index->hashes = hashes;
    index->hash_capacity = capacity;
    return true;
}

static bool index_grow(gjb_index *index)
{
    size_t capacity = index->capacity == 0 ? CAPACITY_FIRST : index->capacity * 2;
    if (!hashes_grow(index, room_of(capacity))) {
        return false;
    }
    gjb_index grown = *index;
    grown.capacity = capacity;
    grown.tags = gjb_alloc_create(index->allocator, capacity, sizeof *grown.tags);
    grown.items = gjb_alloc_resize(index->allocator, NULL, 0, capacity, sizeof *grown.items);
    if (grown.tags == NULL || grown.items == NULL) {
        slots_destroy(&grown);
        return false;
    }
    for (uint32_t i = 0; i < index->count; i++) {
        slot_take(&grown, index->hashes[i], i);
    }
    slots_destroy(index);
    *index = grown;
    return true;
}

bool gjb_index_reserve(gjb_index *index)
{
    return index->count < room_of(index->capacity) || index_grow(index);
}

uint32_t gjb_index_add(gjb_index *index, uint64_t hash)
{
    assert(index->count < room_of(index->capacity));
    uint32_t item = (uint32_t)index->count++;
    index->hashes[item] = (uint32_t)(hash >> 32);
    slot_take(index, index->hashes[item], item);
    return item;
}
