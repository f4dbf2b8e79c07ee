/* SPDX-License-Identifier: Apache-2.0
 *
 * See agenda.h. */
#include "engine/agenda.h"

#include <assert.h>

enum { BRANCHES = 4, CAPACITY_FIRST = 64 };

static const uint32_t nowhere = UINT32_MAX;

void gjr_agenda_init(gjr_agenda *agenda, const gj_allocator *allocator, bool is_keyed)
{
    *agenda = (gjr_agenda){.allocator = allocator, .is_keyed = is_keyed};
}

void gjr_agenda_deinit(gjr_agenda *agenda)
{
    gjb_alloc_destroy(agenda->allocator, agenda->entries, agenda->capacity,
                      sizeof *agenda->entries);
    gjb_alloc_destroy(agenda->allocator, agenda->places, agenda->place_capacity,
                      sizeof *agenda->places);
    gjr_agenda_init(agenda, agenda->allocator, agenda->is_keyed);
}

/* ---- room ---- */

static bool grow(const gj_allocator *allocator, void **array, size_t *capacity, size_t count,
                 size_t size)
{
    if (count < *capacity) {
        return true;
    }
    size_t more = *capacity == 0 ? CAPACITY_FIRST : *capacity * 2;
    void *grown = gjb_alloc_resize(allocator, *array, *capacity, more, size);
    if (grown == NULL) {
        return false;
    }
    *array = grown;
    *capacity = more;
    return true;
}

gj_status gjr_agenda_reserve(gjr_agenda *agenda)
{
    void *entries = agenda->entries, *places = agenda->places;
    size_t count = agenda->is_keyed ? agenda->place_count : agenda->count;
    bool has_room =
        grow(agenda->allocator, &entries, &agenda->capacity, count, sizeof *agenda->entries);
    agenda->entries = entries;
    if (has_room && agenda->is_keyed) {
        has_room = grow(agenda->allocator, &places, &agenda->place_capacity, agenda->place_count,
                        sizeof *agenda->places);
        agenda->places = places;
    }
    if (has_room && agenda->is_keyed) {
        agenda->places[agenda->place_count++] = nowhere;
    }
    return has_room ? GJ_OK : GJ_NO_MEMORY;
}

/* ---- the heap ---- */

static void place(gjr_agenda *agenda, size_t at, gjr_entry entry)
{
    agenda->entries[at] = entry;
    if (agenda->is_keyed) {
        agenda->places[entry.item] = (uint32_t)at;
    }
}

static void rise(gjr_agenda *agenda, size_t at, gjr_entry entry)
{
    while (at > 0 && entry.at < agenda->entries[(at - 1) / BRANCHES].at) {
        place(agenda, at, agenda->entries[(at - 1) / BRANCHES]);
        at = (at - 1) / BRANCHES;
    }
    place(agenda, at, entry);
}

static size_t soonest_below(const gjr_agenda *agenda, size_t at)
{
    size_t first = at * BRANCHES + 1, soonest = first;
    size_t end = first + BRANCHES < agenda->count ? first + BRANCHES : agenda->count;
    for (size_t i = first + 1; i < end; i++) {
        soonest = agenda->entries[i].at < agenda->entries[soonest].at ? i : soonest;
    }
    return soonest;
}

static void sink(gjr_agenda *agenda, size_t at, gjr_entry entry)
{
    while (at * BRANCHES + 1 < agenda->count) {
        size_t below = soonest_below(agenda, at);
        if (entry.at <= agenda->entries[below].at) {
            break;
        }
        place(agenda, at, agenda->entries[below]);
        at = below;
    }
    place(agenda, at, entry);
}

static void settle(gjr_agenda *agenda, size_t at, gjr_entry entry)
{
    if (at > 0 && entry.at < agenda->entries[(at - 1) / BRANCHES].at) {
        rise(agenda, at, entry);
    } else {
        sink(agenda, at, entry);
    }
}

static void remove_at(gjr_agenda *agenda, size_t at)
{
    gjr_entry last = agenda->entries[--agenda->count];
    if (at < agenda->count) {
        settle(agenda, at, last);
    }
}

void gjr_agenda_put(gjr_agenda *agenda, uint32_t item, gj_instant at)
{
    uint32_t before = agenda->is_keyed ? agenda->places[item] : nowhere;
    if (before == nowhere && at != GJ_NEVER) {
        rise(agenda, agenda->count++, (gjr_entry){at, item});
    } else if (before != nowhere && at == GJ_NEVER) {
        agenda->places[item] = nowhere;
        remove_at(agenda, before);
    } else if (before != nowhere && agenda->entries[before].at != at) {
        settle(agenda, before, (gjr_entry){at, item});
    }
}

gjr_entry gjr_agenda_take(gjr_agenda *agenda)
{
    assert(agenda->count > 0);
    gjr_entry first = agenda->entries[0];
    if (agenda->is_keyed) {
        agenda->places[first.item] = nowhere;
    }
    remove_at(agenda, 0);
    return first;
}
