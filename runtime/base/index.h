/* SPDX-License-Identifier: Apache-2.0
 *
 * An index by hash into someone else's array, whose items are numbered from 0 as they are added:
 * open addressing, linear probing, no deletion. A look goes through bytes, one a slot, that hold a
 * bit of each hash; so the index of a million items is a megabyte to the processor's cache, and a
 * key that is not there costs hardly more than one look at it. Half of each hash is kept beside, in
 * the items' order, so that growing looks at no item. Whether an item is the one is for its owner
 * to say:
 *
 *     gjb_index_probe probe = gjb_index_begin(&index, hash);
 *     while ((item = gjb_index_next(&index, &probe)) != GJB_INDEX_NONE && !is_wanted(item)) {
 *     }
 */
#ifndef GJB_INDEX_H
#define GJB_INDEX_H

#include "base/alloc.h"

#define GJB_INDEX_NONE UINT32_MAX

typedef struct gjb_index {
    const gj_allocator *allocator;
    uint8_t *tags;    /* [slot]; 0: free */
    uint32_t *items;  /* [slot] */
    uint32_t *hashes; /* [item] */
    size_t capacity;  /* slots: a power of two, or 0 */
    size_t hash_capacity;
    size_t count; /* items */
} gjb_index;

typedef struct gjb_index_probe {
    size_t at;
    uint8_t tag;
} gjb_index_probe;

void gjb_index_init(gjb_index *index, const gj_allocator *allocator);
void gjb_index_deinit(gjb_index *index);
/* Room for one more item: false when memory ends. */
bool gjb_index_reserve(gjb_index *index);
/* The next item, for which there must be room: its number is the count before. */
uint32_t gjb_index_add(gjb_index *index, uint64_t hash);

static inline gjb_index_probe gjb_index_begin(const gjb_index *index, uint64_t hash)
{
    uint32_t half = (uint32_t)(hash >> 32);
    uint8_t tag = (uint8_t)(half >> 24);
    return (gjb_index_probe){half & (index->capacity - 1), tag == 0 ? 1 : tag};
}

/* The slot is on its way to the processor. */
static inline void gjb_index_fetch(const gjb_index *index, uint64_t hash)
{
    if (index->capacity > 0) {
        size_t at = gjb_index_begin(index, hash).at;
        __builtin_prefetch(&index->tags[at]);
        __builtin_prefetch(&index->items[at]);
    }
}

/* The next item that may be the one; GJB_INDEX_NONE: there is none. */
static inline uint32_t gjb_index_next(const gjb_index *index, gjb_index_probe *probe)
{
    if (index->capacity == 0) {
        return GJB_INDEX_NONE;
    }
    for (;;) {
        size_t at = probe->at;
        probe->at = (at + 1) & (index->capacity - 1);
        if (index->tags[at] == probe->tag) {
            return index->items[at];
        }
        if (index->tags[at] == 0) {
            return GJB_INDEX_NONE;
        }
    }
}

#endif
