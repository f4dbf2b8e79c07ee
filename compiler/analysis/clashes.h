/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules, duties and limits held against one another and against the stages: on the product of
 * their automata (wards.h) with the ways of a case (runs.h). What no way can break, or never
 * begins to ask, says nothing; what no way to an end keeps, by itself or together with another,
 * cannot be followed. Each is told with the shortest way that shows it. */
#ifndef GJC_CLASHES_H
#define GJC_CLASHES_H

#include "analysis/graph.h"
#include "analysis/samples.h"
#include "syntax/diag.h"

enum {
    GJC_CLASHES_STATES_MAX = 1 << 13, /* of one product */
    GJC_CLASHES_WORK_MAX = 1 << 20,   /* steps of all; beyond, W0709 says that more is not known */
};

void gjc_clashes_check(const gjc_graph *graph, gjc_sampler *sampler, gjc_diag_list *diags);

#endif
