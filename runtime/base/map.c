/* SPDX-License-Identifier: Apache-2.0
 *
 * See map.h. */
#include "base/map.h"
#include "base/text.h"

enum { CAPACITY_FIRST = 16, KEYS_AT_ONCE = 16 };

void gjb_map_init(gjb_map *map, const gj_allocator *allocator, uint64_t seed)
{
    *map = (gjb_map){.allocator = gjb_alloc_or_default(allocator), .seed = seed};
}

void gjb_map_deinit(gjb_map *map)
{
    gjb_alloc_destroy(map->allocator, map->slots, map->capacity, sizeof *map->slots);
    gjb_map_init(map, map->allocator, map->seed);
}

/* The slot that holds the key, or the free one where it would go. */
static gjb_map_slot *slot_of(gjb_map_slot *slots, size_t capacity, gj_text key, uint64_t hash)
{
    size_t at = (size_t)hash & (capacity - 1);
    while (slots[at].taken && !(slots[at].hash == hash && gjb_text_equal(slots[at].key, key))) {
        at = (at + 1) & (capacity - 1);
    }
    return &slots[at];
}

const uint32_t *gjb_map_find(const gjb_map *map, gj_text key)
{
    if (map->capacity == 0) {
        return NULL;
    }
    gjb_map_slot *slot = slot_of(map->slots, map->capacity, key, gjb_text_hash(key, map->seed));
    return slot->taken ? &slot->value : NULL;
}

/* At most KEYS_AT_ONCE: first their slots are asked for, then the keys that these hold. */
static void find_some(const gjb_map *map, const gj_text *keys, size_t count, uint32_t missing,
                      uint32_t *values)
{
    uint64_t hashes[KEYS_AT_ONCE];
    for (size_t i = 0; i < count; i++) {
        hashes[i] = gjb_text_hash(keys[i], map->seed);
        __builtin_prefetch(&map->slots[(size_t)hashes[i] & (map->capacity - 1)]);
    }
    for (size_t i = 0; i < count; i++) {
        __builtin_prefetch(map->slots[(size_t)hashes[i] & (map->capacity - 1)].key.bytes);
    }
    for (size_t i = 0; i < count; i++) {
        const gjb_map_slot *slot = slot_of(map->slots, map->capacity, keys[i], hashes[i]);
        values[i] = slot->taken ? slot->value : missing;
    }
}

void gjb_map_find_all(const gjb_map *map, const gj_text *keys, size_t count, uint32_t missing,
                      uint32_t *values)
{
    for (size_t i = 0; i < count && map->capacity == 0; i++) {
        values[i] = missing;
    }
    for (size_t i = 0; i < count && map->capacity > 0; i += KEYS_AT_ONCE) {
        size_t some = count - i < KEYS_AT_ONCE ? count - i : KEYS_AT_ONCE;
        find_some(map, keys + i, some, missing, values + i);
    }
}

static bool map_grow(gjb_map *map)
{
    size_t capacity = map->capacity == 0 ? CAPACITY_FIRST : map->capacity * 2;
    gjb_map_slot *slots = gjb_alloc_create(map->allocator, capacity, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < map->capacity; i++) {
        if (map->slots[i].taken) {
            *slot_of(slots, capacity, map->slots[i].key, map->slots[i].hash) = map->slots[i];
        }
    }
    gjb_alloc_destroy(map->allocator, map->slots, map->capacity, sizeof *map->slots);
    map->slots = slots;
    map->capacity = capacity;
    return true;
}

uint32_t *gjb_map_add(gjb_map *map, gj_text key, uint32_t value, bool *added)
{
    if (map->count + 1 > map->capacity / 4 * 3 && !map_grow(map)) {
        return NULL;
    }
    uint64_t hash = gjb_text_hash(key, map->seed);
    gjb_map_slot *slot = slot_of(map->slots, map->capacity, key, hash);
    *added = !slot->taken;
    if (!slot->taken) {
        *slot = (gjb_map_slot){key, hash, value, true};
        map->count++;
    }
    return &slot->value;
}
