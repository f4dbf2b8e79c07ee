/* SPDX-License-Identifier: Apache-2.0
 *
 * An index by hash into someone else's array: open addressing, linear probing, no deletion, eight
 * bytes a slot. It keeps half a hash of each item, so that nearly every look at an item is at the
 * right one and growing looks at none; whether an item is the one is for the owner to say.
 *
 *     size_t at = gjb_index_begin(&index, hash);
 *     while ((item = gjb_index_next(&index, hash, &at)) != GJB_INDEX_NONE && !is_wanted(item)) {
 *     }
 */
#ifndef GJB_INDEX_H
#define GJB_INDEX_H

#include "base/alloc.h"

#define GJB_INDEX_NONE UINT32_MAX

typedef struct gjb_index_slot {
    uint32_t tag;  /* the upper half of the hash */
    uint32_t next; /* the item's number, counted from 1; 0: free */
} gjb_index_slot;

typedef struct gjb_index {
    const gj_allocator *allocator;
    gjb_index_slot *slots;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
} gjb_index;

void gjb_index_init(gjb_index *index, const gj_allocator *allocator);
void gjb_index_deinit(gjb_index *index);
/* Room for one more item: false when memory ends. */
bool gjb_index_reserve(gjb_index *index);
/* The item is not there, and there is room for it. */
void gjb_index_add(gjb_index *index, uint64_t hash, uint32_t item);

static inline size_t gjb_index_begin(const gjb_index *index, uint64_t hash)
{
    return (size_t)(hash >> 32) & (index->capacity - 1);
}

/* The slot is on its way to the processor. */
static inline void gjb_index_fetch(const gjb_index *index, uint64_t hash)
{
    if (index->capacity > 0) {
        __builtin_prefetch(&index->slots[gjb_index_begin(index, hash)]);
    }
}

/* The next item that may be the one; GJB_INDEX_NONE: there is none. */
static inline uint32_t gjb_index_next(const gjb_index *index, uint64_t hash, size_t *at)
{
    if (index->capacity == 0) {
        return GJB_INDEX_NONE;
    }
    for (;;) {
        gjb_index_slot slot = index->slots[*at];
        *at = (*at + 1) & (index->capacity - 1);
        if (slot.next == 0 || slot.tag == (uint32_t)(hash >> 32)) {
            return slot.next - 1;
        }
    }
}

#endif
