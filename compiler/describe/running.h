/* SPDX-License-Identifier: Apache-2.0
 *
 * How many limits may be running while a case stands in a stage: those with a way from where they
 * start to there on which nothing has ended them. */
#ifndef GJC_RUNNING_H
#define GJC_RUNNING_H

#include "analysis/graph.h"

/* By stage: whether the limit may run there. In the arena; NULL when memory ends. */
bool *gjc_running_find(const gjc_graph *graph, const gjc_limit *limit, gjb_arena *arena);
/* By stage, in the arena; NULL when memory ends. */
uint32_t *gjc_running_count(const gjc_graph *graph, gjb_arena *arena);

#endif
