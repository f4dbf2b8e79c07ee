/* SPDX-License-Identifier: Apache-2.0
 *
 * The ways of a case that keeps to its stages: where it may stand, in every region at once, and
 * what may be done there next. Who acts, and what the conditions of acts read, is left open, so
 * more ways are followed than there are. What the law does as a limit runs out is a step as well.
 */
#ifndef GJC_RUNS_H
#define GJC_RUNS_H

#include "analysis/graph.h"

/* Regions of a procedure whose ways are followed; of one that has more nothing is said. */
enum { GJC_RUN_REGIONS_MAX = 16 };

/* By region: its stage and one more; 0: it does not run. */
typedef struct gjc_standing {
    uint16_t stages[GJC_RUN_REGIONS_MAX];
} gjc_standing;

typedef struct gjc_move {
    uint32_t action; /* GJC_NO_INDEX: none, the law leads elsewhere */
    bool by_law;
    uint32_t region; /* in which the act is done */
    uint32_t target; /* the stage it leads to, or GJC_NO_INDEX */
    gjc_standing to;
} gjc_move;

typedef struct gjc_runs {
    const gjc_graph *graph;
    const bool *is_never; /* by transition: its condition never holds */
    gjc_move *moves;      /* of the standing asked for last */
    uint32_t capacity;
} gjc_runs;

/* In the arena; false when memory ends. The graph's procedure has at most GJC_RUN_REGIONS_MAX
 * regions. */
bool gjc_runs_init(gjc_runs *runs, const gjc_graph *graph, const bool *is_never, gjb_arena *arena);
gjc_standing gjc_runs_begin(const gjc_runs *runs);
/* Whether one of the region's own stages has the act. */
bool gjc_runs_has(const gjc_model *model, uint32_t region, uint32_t action);
/* It has begun, and has not come to its end. */
bool gjc_runs_is_running(const gjc_standing *at, uint32_t region);
/* What the stages let be done there: moves[0] to moves[result - 1]. Acts that are in no stage may
 * be done besides, and move nothing. */
uint32_t gjc_runs_moves(gjc_runs *runs, const gjc_standing *from);
/* The final stage in which the case has ended, or GJC_NO_INDEX. */
uint32_t gjc_runs_end(const gjc_runs *runs, const gjc_standing *at);

#endif
