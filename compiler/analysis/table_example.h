/* SPDX-License-Identifier: Apache-2.0
 *
 * A point of a decision table as a clerk would write it: "area = 50, kind = renewal". */
#ifndef GJC_TABLE_EXAMPLE_H
#define GJC_TABLE_EXAMPLE_H

#include "analysis/boxes.h"

/* In both languages; of the numbers that will do, one that reads well. Absent where memory ends. */
gjc_arg gjc_table_example(const gjc_table *table, const gjc_spot *spot, gjb_arena *arena);

#endif
