/* SPDX-License-Identifier: Apache-2.0
 *
 * A hash map from texts to 32-bit numbers: open addressing, linear probing, no deletion. Keys are
 * borrowed and must outlive the map. */
#ifndef GJB_MAP_H
#define GJB_MAP_H

#include "base/alloc.h"

typedef struct gjb_map_slot {
    gj_text key;
    uint64_t hash;
    uint32_t value;
    bool taken;
} gjb_map_slot;

typedef struct gjb_map {
    const gj_allocator *allocator;
    gjb_map_slot *slots;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
    uint64_t seed;
} gjb_map;

void gjb_map_init(gjb_map *map, const gj_allocator *allocator, uint64_t seed);
void gjb_map_deinit(gjb_map *map);
/* The value, borrowed until the map changes, or NULL. */
const uint32_t *gjb_map_find(const gjb_map *map, gj_text key);
/* Of each key its value, or `missing`. Of a large map hardly a slot lies in the processor's cache;
 * here those of several keys are on their way at once. */
void gjb_map_find_all(const gjb_map *map, const gj_text *keys, size_t count, uint32_t missing,
                      uint32_t *values);
/* The value already there, or the new one: *added says which. NULL when memory ends. */
uint32_t *gjb_map_add(gjb_map *map, gj_text key, uint32_t value, bool *added);

#endif
