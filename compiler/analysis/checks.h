/* SPDX-License-Identifier: Apache-2.0
 *
 * What is wrong with a procedure as a whole, seen from its state graph: stages that nothing reaches
 * or from which no case can end, transitions that could both apply. */
#ifndef GJC_CHECKS_H
#define GJC_CHECKS_H

#include "analysis/graph.h"
#include "syntax/diag.h"

/* Before the graph is made: false where it is too large or has nothing to begin with. */
bool gjc_checks_size(const gjc_model *model, gjc_diag_list *diags);
void gjc_checks_graph(const gjc_graph *graph, gjc_diag_list *diags);

#endif
