/* SPDX-License-Identifier: Apache-2.0
 *
 * The recovery table: for each stage and action, what the action means there, worked out beforehand
 * so that the judge only looks it up. The interesting case is an action that has no transition in
 * the stage but has one ahead: then the acts left out are the shortest way to there, over joins and
 * into branches.
 *
 * Ahead is first what return edges are not needed for. Failing that a way may use return edges, and
 * it counts only while the action was not done since each such edge's target was last entered,
 * which the judge must decide; so all ways are kept of which none is both no shorter and no less
 * conditional than another. Of equal ways the one whose transitions are declared first wins.
 *
 * A cell of a parallel stage speaks of the stage as it is just entered. Where its branches stand
 * when a case is there, only the judge knows: it puts what lies before it together from the ways by
 * which each branch finishes or is left (the goals of its region) and what lies behind the exits of
 * the stage. */
#ifndef GJC_RECOVERY_H
#define GJC_RECOVERY_H

#include "analysis/search.h"

typedef struct gjc_recovery {
    uint32_t stage;           /* where the action has its transitions */
    const uint32_t *left_out; /* transitions, in order */
    uint32_t left_out_count;  /* 0: in the first stage of a branch of the cell's own stage */
    const uint32_t *returns;  /* stages: targets of the return edges used, ascending */
    uint32_t return_count;
} gjc_recovery;

typedef struct gjc_cell {
    gjr_meaning meaning;
    const gjc_recovery *recoveries; /* with GJR_MEANING_AHEAD: the preferred first */
    uint32_t recovery_count;
} gjc_cell;

/* What may be wanted of a branch: that it finishes, or that an act in it leaves it. */
typedef struct gjc_goal {
    uint32_t transition; /* GJC_NO_INDEX: that it finishes */
    uint32_t inner;      /* the same goal of the branch inside in which the act stands, or none */
} gjc_goal;

typedef struct gjc_recovery_table {
    gjc_cell *cells;       /* stage * action_count + action */
    gjc_way *edge_ways;    /* by edge, the stage just entered */
    gjc_goal *goals;       /* those of a region together; the first is that it finishes */
    uint32_t *first_goals; /* by region, and one more */
    gjc_way *ways;         /* first_ways[region] + (stage - first_stage) * goals + goal */
    uint32_t *first_ways;  /* by region, and one more */
    uint32_t overflow;     /* with GJ_OVER_LIMIT: the stage from which there are too many ways */
} gjc_recovery_table;

/* In the arena. GJ_OVER_LIMIT: more than GJC_SEARCH_LABELS_MAX ways from one stage. */
gj_status gjc_recovery_find(const gjc_graph *graph, gjb_arena *arena, gjc_recovery_table *table);

/* The goal of a region that a transition leaves it. */
uint32_t gjc_recovery_goal(const gjc_recovery_table *table, uint32_t region, uint32_t transition);

#endif
