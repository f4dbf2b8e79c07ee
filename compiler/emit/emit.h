/* SPDX-License-Identifier: Apache-2.0
 *
 * Model and analysis to a unit of an image: the rows of records.def, in an order that depends on
 * the order of declaration alone. So the same source gives the same bytes, and a procedure and its
 * twin in the other language give the same rows, with other strings and positions. */
#ifndef GJC_EMIT_H
#define GJC_EMIT_H

#include "analysis/recovery.h"
#include "image/bundle.h"

/* Adds the procedure to the bundle. The model must be without errors. GJ_NO_MEMORY, or
 * GJ_OVER_LIMIT where a table grows too long. */
gj_status gjc_emit(const gjc_graph *graph, const gjc_recovery_table *table,
                   const gjc_sources *sources, gjr_bundle *bundle);

#endif
