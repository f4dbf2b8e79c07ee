/* SPDX-License-Identifier: Apache-2.0
 *
 * The roll of a docket: its cases by id, in the order they were first seen, each with the chain of
 * its records in the order they came. */
#ifndef GJR_ROLL_H
#define GJR_ROLL_H

#include "engine/records.h"

typedef struct gjr_roll_case {
    gj_text id;
    uint32_t first, last; /* records */
    uint32_t count;
    uint32_t links; /* the first link of it (links.h), or GJB_INDEX_NONE */
} gjr_roll_case;

typedef struct gjr_roll {
    const gj_allocator *allocator;
    gjb_arena ids;
    gjb_index index; /* counts the cases */
    gjr_roll_case *cases;
    size_t capacity;
} gjr_roll;

void gjr_roll_init(gjr_roll *roll, const gj_allocator *allocator);
void gjr_roll_deinit(gjr_roll *roll);

uint64_t gjr_roll_hash(gj_text id);
/* The case, or GJB_INDEX_NONE. */
uint32_t gjr_roll_find(const gjr_roll *roll, gj_text id, uint64_t hash);
/* The one that it is likely to be, without a look at any; or GJB_INDEX_NONE. */
static inline uint32_t gjr_roll_guess(const gjr_roll *roll, uint64_t hash)
{
    gjb_index_probe probe = gjb_index_begin(&roll->index, hash);
    return gjb_index_next(&roll->index, &probe);
}
/* A case that is not there yet, without records; it counts once it has one. GJB_INDEX_NONE when
 * memory ends. */
uint32_t gjr_roll_reserve(gjr_roll *roll, gj_text id);
/* The record becomes the case's last; `hash` is the case's. */
void gjr_roll_add(gjr_roll *roll, uint32_t of, uint64_t hash, gjr_records *records,
                  uint32_t record);

#endif
