/* SPDX-License-Identifier: Apache-2.0
 *
 * The state graph: stages, and an edge for every transition that moves. Dominators from the initial
 * stage tell the return edges (those to a stage that dominates their source: every way to the
 * source went through it), and these tell what is ahead and what is behind. Edges are the model's
 * transitions; nothing is copied. */
#ifndef GJC_GRAPH_H
#define GJC_GRAPH_H

#include "sema/model.h"

typedef struct gjc_graph {
    const gjc_model *model;
    bool *is_reached; /* by stage: from the initial one */
    bool *can_end;    /* by stage: reaches a final one */
    uint32_t
        *dominators; /* by stage: its immediate one; GJC_NO_INDEX for the initial and unreached */
    uint32_t *ranks; /* by stage: in reverse postorder from the initial one, 0 first */
    bool *is_return; /* by transition */
} gjc_graph;

/* In the arena. Without an initial stage nothing is reached. */
gj_status gjc_graph_init(gjc_graph *graph, const gjc_model *model, gjb_arena *arena);
/* Whether every way from the initial stage to `stage` goes through `dominator`; a stage dominates
 * itself. */
bool gjc_graph_dominates(const gjc_graph *graph, uint32_t dominator, uint32_t stage);

#endif
