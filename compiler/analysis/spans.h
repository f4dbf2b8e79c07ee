/* SPDX-License-Identifier: Apache-2.0
 *
 * What is wrong with limits, seen from the state graph: one that nothing starts or ends, and one
 * whose end cannot come after its start. */
#ifndef GJC_SPANS_H
#define GJC_SPANS_H

#include "analysis/graph.h"
#include "analysis/samples.h"
#include "syntax/diag.h"

/* The sampler counts the work. */
void gjc_spans_check(const gjc_graph *graph, gjc_sampler *sampler, gjc_diag_list *diags);

/* Whether that may happen while the limit runs, as far as the graph can say. */
bool gjc_spans_may_come(const gjc_graph *graph, const gjc_limit *limit, gjc_trigger trigger,
                        gjb_arena *arena);

#endif
