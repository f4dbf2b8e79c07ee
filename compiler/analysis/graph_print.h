/* SPDX-License-Identifier: Apache-2.0
 *
 * The state graph as text: `guiju dump FILE --graph`. Under each stage its transitions, then what
 * every other action means there and, for one that comes too early, the acts left out. */
#ifndef GJC_GRAPH_PRINT_H
#define GJC_GRAPH_PRINT_H

#include "analysis/recovery.h"
#include "base/buffer.h"

/* Of one stage alone, or of all with GJC_NO_INDEX. */
void gjc_graph_print(const gjc_graph *graph, const gjc_recovery_table *table, uint32_t stage,
                     gjb_buffer *out);

#endif
