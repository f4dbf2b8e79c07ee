/* SPDX-License-Identifier: Apache-2.0
 *
 * An agenda: what is to be looked at, and when, the soonest first. A heap with four branches, so
 * that those that are compared lie in one line of the processor's cache. In a keyed one each item
 * stands once and can be put elsewhere; otherwise it may stand at several instants. */
#ifndef GJR_AGENDA_H
#define GJR_AGENDA_H

#include "base/alloc.h"

typedef struct gjr_entry {
    gj_instant at;
    uint32_t item;
} gjr_entry;

typedef struct gjr_agenda {
    const gj_allocator *allocator;
    gjr_entry *entries;
    size_t count, capacity;
    uint32_t *places; /* of each item, where it is keyed: its entry, or UINT32_MAX */
    size_t place_count, place_capacity;
    bool is_keyed;
} gjr_agenda;

void gjr_agenda_init(gjr_agenda *agenda, const gj_allocator *allocator, bool is_keyed);
void gjr_agenda_deinit(gjr_agenda *agenda);
/* Room for one more item, whose number is how many there were; or, where it is not keyed, for one
 * more entry. */
gj_status gjr_agenda_reserve(gjr_agenda *agenda);
/* The item, for which there is room, is to be looked at then; of a keyed one GJ_NEVER takes it
 * away. */
void gjr_agenda_put(gjr_agenda *agenda, uint32_t item, gj_instant at);
/* Takes the first away; there must be one. */
gjr_entry gjr_agenda_take(gjr_agenda *agenda);

/* When the first is to be looked at; GJ_NEVER where there is none. */
static inline gj_instant gjr_agenda_next(const gjr_agenda *agenda)
{
    return agenda->count == 0 ? GJ_NEVER : agenda->entries[0].at;
}

#endif
