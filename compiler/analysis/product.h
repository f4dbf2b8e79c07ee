/* SPDX-License-Identifier: Apache-2.0
 *
 * The product of a case's ways with a few wards, gone through breadth first: the first way found is
 * the shortest, and among equal ones that of the acts declared first. Conditions may hold or not as
 * suits the question. */
#ifndef GJC_PRODUCT_H
#define GJC_PRODUCT_H

#include "analysis/runs.h"
#include "analysis/wards.h"
#include "base/map.h"

enum { GJC_PRODUCT_WARDS_MAX = 4, GJC_PRODUCT_WAY_MAX = 64 };

typedef struct gjc_product_state {
    gjc_standing at;
    uint8_t wards[GJC_PRODUCT_WARDS_MAX];
    uint8_t has_done; /* what is looked for */
    uint8_t zero[3];
} gjc_product_state;

/* What is looked for: a way to an end. */
typedef struct gjc_quest {
    /* Kept all along; NULL: fewer. Behind the second none has a key or a condition. */
    const gjc_ward *wards[GJC_PRODUCT_WARDS_MAX];
    uint32_t action; /* done on the way, and heard by the first ward; GJC_NO_INDEX: whatever */
    uint32_t region; /* in which it is done, or inside */
    /* Instead: a way by which the first ward is broken, whether it ends or not; acts of no stage
     * may come after the end too. */
    bool breaks;
    bool any_end; /* in a `final void` stage too */
    bool one_key; /* all acts tell the same key; else any may tell another */
} gjc_quest;

typedef enum gjc_product_answer { GJC_WAY_FOUND, GJC_NO_WAY, GJC_WAY_UNKNOWN } gjc_product_answer;

typedef struct gjc_product {
    gjc_runs *runs;
    const uint32_t *free_actions; /* those of no stage */
    uint32_t free_count;
    gjc_product_state *states; /* states_max */
    uint32_t *parents, *acts;  /* by state: whence, and by what; an act GJC_NO_INDEX: the law's */
    uint32_t states_max;
    uint64_t work, work_max; /* steps so far, and at most */
    const gj_allocator *allocator;
    /* Of the way found last: */
    uint32_t way[GJC_PRODUCT_WAY_MAX];
    uint32_t way_count; /* acts; more than fit are left out at the end */
} gjc_product;

/* GJC_WAY_UNKNOWN where the product is too large, or memory ends. */
gjc_product_answer gjc_product_find(gjc_product *product, const gjc_quest *quest);

#endif
