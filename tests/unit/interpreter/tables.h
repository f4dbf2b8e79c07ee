/* SPDX-License-Identifier: Apache-2.0
 *
 * Decision tables, row by row. A table is called as a function is; see functions.h. */
#ifndef PLAIN_TABLES_H
#define PLAIN_TABLES_H

#include "unit/interpreter/functions.h"

/* What a call gives: a list, where the table collects. */
plain_type table_type(const plain *p, const gjc_node *table);
/* With its parameters in sight. */
value table_value(const facts *inside, const gjc_node *table);
void table_missing(const facts *inside, const gjc_node *table, bool *missing);
/* Every parameter that a cell looks at: all that matters to how many rows hold. */
void table_cells_missing(const facts *inside, const gjc_node *table, bool *missing);
/* Of what is asked of each item that the table collects: `of`, read where `f` is, with the item's
 * name in sight; what a row gives stands in its place. */
void table_items_missing(const facts *inside, const gjc_node *table, bound *item, const facts *f,
                         const gjc_node *of, bool *missing);

#endif
