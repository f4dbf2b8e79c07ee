/* SPDX-License-Identifier: Apache-2.0
 *
 * Walks: the ways on which a case comes from the start of a limit to its end, each stage at most
 * once, in the region in which the limit stands. What happens inside the branches of a stage is not
 * on the walk, but for what the law does there that leads out of it. What the law does as some
 * other limit runs out may come wherever that may run, and as soon as the case stands there: so a
 * walk is no longer than it can be. */
#ifndef GJC_WALKS_H
#define GJC_WALKS_H

#include "analysis/graph.h"

enum { GJC_WALKS_MAX = 64, GJC_WALKS_STEPS_MAX = 1 << 14 };

/* What happens at one place of a walk; each may be GJC_NO_INDEX. */
typedef struct gjc_happening {
    uint32_t action, left, entered;
    bool as_of_start; /* by the law, which has it count from an earlier instant */
} gjc_happening;

typedef struct gjc_walk {
    const gjc_happening *items; /* the limit starts at the first and ends at the last */
    uint32_t count;
    uint32_t number; /* among the walks */
} gjc_walk;

typedef struct gjc_walks {
    gjc_walk items[GJC_WALKS_MAX];
    uint32_t count;
} gjc_walks;

bool gjc_happening_is(const gjc_happening *one, const gjc_trigger *triggers, uint32_t count);

/* Every walk, in the arena. False where there may be others: too many, or the limit can start or
 * end at what stands on no walk, such as what the law deems done without the case going on, or end
 * at once; or where there is none. */
bool gjc_walks_find(const gjc_graph *graph, const gjc_limit *limit, gjb_arena *arena,
                    gjc_walks *walks);

/* How two limits take their triggers. */
typedef enum gjc_walks_way {
    GJC_WALKS_ONCE, /* what starts it while it runs does nothing */
    GJC_WALKS_EACH, /* it has a clock a key, or is a rule's: some start may be its first, and none
                       is known to be its last */
} gjc_walks_way;

/* Whether a limit may run already where a walk of another one begins; true too where that cannot be
 * told. */
bool gjc_walks_may_run_before(const gjc_graph *graph, const gjc_limit *limit, gjc_walks_way way,
                              const gjc_limit *whole, gjc_walks_way whole_way, const gjc_walk *walk,
                              gjb_arena *arena);

#endif
