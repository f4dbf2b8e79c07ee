/* SPDX-License-Identifier: Apache-2.0
 *
 * The state graph. Each region has one of its own, over its stages: an edge is a transition between
 * two of them, the join of a parallel stage, or a transition inside a branch that leaves it. So a
 * stage with branches is one node seen from outside, and what goes on in them is another graph.
 * Dominators from the region's initial stage tell the return edges (those to a stage that dominates
 * their source: every way to the source went through it), and these tell what is ahead and what is
 * behind. */
#ifndef GJC_GRAPH_H
#define GJC_GRAPH_H

#include "sema/model.h"

typedef struct gjc_edge {
    gjr_exit_kind kind;
    uint32_t from, to;   /* stages of one region */
    uint32_t transition; /* none at a join: GJC_NO_INDEX */
    bool is_return;
} gjc_edge;

/* What the law does where a limit runs out. */
typedef struct gjc_consequence {
    const gjc_limit *limit;
    const gjc_effect *effect;
} gjc_consequence;

typedef struct gjc_graph {
    const gjc_model *model;
    gjc_edge *edges;       /* those of a stage together, in the order of the source */
    uint32_t *first_edges; /* by stage, and one more */
    bool *is_reached;      /* by stage: from region 0's initial one, or by what the law does */
    bool *can_finish;      /* by stage: reaches a final stage of its region, so or so */
    bool *can_end;         /* by stage: that, or leaves its region */
    uint32_t
        *dominators; /* by stage: its immediate one; GJC_NO_INDEX for an initial and unreached */
    uint32_t *ranks; /* by stage: in reverse postorder in its region, 0 first */
    gjc_consequence *consequences; /* of all limits */
    uint32_t consequence_count;
} gjc_graph;

/* In the arena. A region without an initial stage is not reached. */
gj_status gjc_graph_init(gjc_graph *graph, const gjc_model *model, gjb_arena *arena);
/* Whether every way from its region's initial stage to `stage` goes through `dominator`; a stage
 * dominates itself. */
bool gjc_graph_dominates(const gjc_graph *graph, uint32_t dominator, uint32_t stage);
/* The branch of a parallel stage in which a deeper region lies. */
uint32_t gjc_graph_branch_of(const gjc_model *model, uint32_t stage, uint32_t region);
/* How many branches of a parallel stage can finish. */
uint32_t gjc_graph_count_finishing(const gjc_graph *graph, uint32_t stage);

#endif
