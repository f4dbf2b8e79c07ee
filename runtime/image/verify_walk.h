/* SPDX-License-Identifier: Apache-2.0
 *
 * Walks the acts of a recovery or a way as a case would take them, over joins and into branches, to
 * see that each is expected where the last one led. A stage that is entered costs nothing for its
 * branches: where one stands is asked for when it is needed, and is its initial stage unless it
 * moved since. So a walk costs its acts times the nesting. */
#ifndef GJR_VERIFY_WALK_H
#define GJR_VERIFY_WALK_H

#include "base/arena.h"
#include "image/layout.h"

typedef struct gjr_walk {
    const gjr_rows *rows;
    uint32_t *stages;     /* by region: where it moved last */
    uint64_t *moved;      /* and when */
    uint32_t *done;       /* by stage: branches that finished */
    uint64_t *done_since; /* since when they are counted */
    uint64_t tick;
    uint32_t outermost; /* the region in which the walk began */
} gjr_walk;

gj_status gjr_walk_init(gjr_walk *walk, const gjr_rows *rows, gjb_arena *arena);
/* Whether the steps lead from the stage, just entered, to where `stage` is current. */
bool gjr_walk_leads(gjr_walk *walk, uint32_t from, uint32_t first, uint32_t count, uint32_t stage);
/* Whether they lead to the act `transition`, the last of them, that leaves the region; or, where it
 * is GJR_NONE, to a final stage of the region. */
bool gjr_walk_reaches(gjr_walk *walk, uint32_t from, uint32_t first, uint32_t count,
                      uint32_t transition);

#endif
