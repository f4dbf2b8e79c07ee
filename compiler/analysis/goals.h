/* SPDX-License-Identifier: Apache-2.0
 *
 * Goals: what may be wanted of a branch as a whole, and so what it takes to go over an edge of a
 * parallel stage. Part of the recovery table (recovery.h), worked out with it, inner regions first:
 * an edge of a region needs the ways of the regions inside, and these need their own edges. */
#ifndef GJC_GOALS_H
#define GJC_GOALS_H

#include "analysis/recovery.h"

/* The goals of every region, without their ways. False when memory ends. */
bool gjc_goals_make(const gjc_graph *graph, gjb_arena *arena, gjc_recovery_table *table);
/* What it takes to go over the edges of a region, every region inside being done. */
bool gjc_goals_find_edges(const gjc_graph *graph, gjb_arena *arena, gjc_recovery_table *table,
                          uint32_t region);
/* The ways to a region's goals from the stage that was searched. */
bool gjc_goals_find_ways(const gjc_search *search, gjb_arena *arena, gjc_recovery_table *table,
                         uint32_t stage);

#endif
