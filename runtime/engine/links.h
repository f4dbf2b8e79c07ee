/* SPDX-License-Identifier: Apache-2.0
 *
 * Links: which events correct or retract which. Each event names at most one other, so what hangs
 * together is a tree whose root is an act as it was first told, or a circle, which means nothing.
 * A link is kept for every event that names another or is named, by (source, id), whether it has
 * been told yet or not; where nothing is corrected there are none, and nothing is looked up.
 *
 * What stands for a root is settled over its whole tree, so the order in which things were told
 * means nothing: what is retracted by something that stands itself does not stand; of corrections
 * that stand the one recorded last takes the place of what it names. */
#ifndef GJR_LINKS_H
#define GJR_LINKS_H

#include "engine/roll.h"

typedef enum gjr_link_kind { GJR_LINK_NAMED, GJR_LINK_CORRECTS, GJR_LINK_RETRACTS } gjr_link_kind;

typedef struct gjr_link {
    gj_text id;
    uint32_t source; /* among the deeds' texts */
    uint32_t record; /* GJB_INDEX_NONE: not told yet */
    uint32_t target; /* the link it names, or GJB_INDEX_NONE */
    uint32_t next;   /* link of the same case that names another, or GJB_INDEX_NONE */
    gjr_link_kind kind;
    bool circular;       /* by it something comes back to itself */
    uint32_t up;         /* on the way to the one that names nothing, or to a circular one */
    gj_instant recorded; /* INT64_MIN: not told */
    /* Settled: */
    gj_problem_code problem; /* why it means nothing */
    uint32_t culprit;        /* the link on its way whose naming does not hold */
    bool retracted;
    uint32_t content; /* the record whose words stand here */
    uint32_t best;    /* link that corrects it, or GJB_INDEX_NONE */
    uint32_t pending, queued, settled;
} gjr_link;

typedef struct gjr_links {
    const gj_allocator *allocator;
    gjb_index keys; /* counts the links */
    gjr_link *items;
    size_t capacity;
} gjr_links;

/* What an event is in a case: known by the first telling, its words those of the last. */
typedef struct gjr_turn {
    uint32_t root, content; /* records */
} gjr_turn;

void gjr_links_init(gjr_links *links, const gj_allocator *allocator);
void gjr_links_deinit(gjr_links *links);

/* Room for what one event may bring. */
gj_status gjr_links_reserve(gjr_links *links);
/* The record was told: it names another, or was named before it came, or neither. GJ_NO_MEMORY. */
gj_status gjr_links_add(gjr_links *links, gjr_records *records, gjr_roll *roll,
                        const gj_event *told, uint32_t record);
/* The link of a record, or GJB_INDEX_NONE. */
uint32_t gjr_links_find(const gjr_links *links, const gjr_records *records, uint32_t record);
/* Whether the record names what the event names. */
bool gjr_links_agree(const gjr_links *links, const gjr_records *records, uint32_t record,
                     const gj_event *told);

/* The end of what it names by others: the root, unless something on the way does not hold. */
uint32_t gjr_links_top(gjr_links *links, uint32_t link);
/* Settles what stands in the case whose first link is given, and what of it means nothing. */
void gjr_links_settle(gjr_links *links, const gjr_records *records, uint32_t first);
/* What stands for a record of a settled case: the turn's content is GJB_INDEX_NONE where it names
 * another or is retracted. */
gjr_turn gjr_links_turn(const gjr_links *links, const gjr_records *records, uint32_t record);

static inline const gjr_link *gjr_links_get(const gjr_links *links, uint32_t link)
{
    return &links->items[link];
}

static inline bool gjr_event_is_link(const gj_event *told)
{
    return told->corrects.size > 0 || told->retracts.size > 0;
}

#endif
