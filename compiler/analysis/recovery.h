/* SPDX-License-Identifier: Apache-2.0
 *
 * The recovery table: for each stage and action, what the action means there, worked out beforehand
 * so that the judge only looks it up. The interesting case is an action that has no transition in
 * the stage but has one ahead: then the acts left out are the shortest way to there.
 *
 * Ahead is first what return edges are not needed for. Failing that a way may use return edges, and
 * it counts only while the action was not done since each such edge's target was last entered,
 * which the judge must decide; so all ways are kept of which none is both no shorter and no less
 * conditional than another. Of equal ways the one whose transitions are declared first wins. */
#ifndef GJC_RECOVERY_H
#define GJC_RECOVERY_H

#include "analysis/graph.h"

/* Ways followed at once from one stage; beyond it E0510. */
enum { GJC_RECOVERY_WAYS_MAX = 1 << 14 };

typedef struct gjc_recovery {
    uint32_t stage;           /* where the action has its transitions */
    const uint32_t *left_out; /* transitions, in order */
    uint32_t left_out_count;
    const uint32_t *returns; /* stages: targets of the return edges used, ascending */
    uint32_t return_count;
} gjc_recovery;

typedef struct gjc_cell {
    gjr_meaning meaning;
    const gjc_recovery *recoveries; /* with GJR_MEANING_AHEAD: the preferred first */
    uint32_t recovery_count;
} gjc_cell;

typedef struct gjc_recovery_table {
    gjc_cell *cells;   /* stage * action_count + action */
    uint32_t overflow; /* with GJ_OVER_LIMIT: the stage from which there are too many ways */
} gjc_recovery_table;

/* In the arena. GJ_OVER_LIMIT: more than GJC_RECOVERY_WAYS_MAX ways from one stage. */
gj_status gjc_recovery_find(const gjc_graph *graph, gjb_arena *arena, gjc_recovery_table *table);

#endif
