/* SPDX-License-Identifier: Apache-2.0
 *
 * A cell of a decision table says which values of its column fit. It holds values written out and
 * nothing else, so it is read twice over: as a set of numbers, with which analysis finds what the
 * rows leave out and where they meet, and as the test that is worked out for a case.
 *
 * The numbers are those by which the machine holds values of the column's type; a text is the
 * number of its first mention in the column, and any number behind those is some other text. */
#ifndef GJC_CELLS_H
#define GJC_CELLS_H

#include "sema/binders.h"

/* Both ends are of it. */
typedef struct gjc_interval {
    int64_t low, high;
} gjc_interval;

typedef struct gjc_table_column {
    gjc_label label;
    gjc_type type;
    gjc_interval all;         /* every value there is */
    const gjc_label *choices; /* of a choice: its members, by number */
    const gj_text *texts;     /* of texts: those that cells speak of, by number */
    uint32_t text_count, text_capacity;
} gjc_table_column;

typedef struct gjc_table_cell {
    gjc_span span;
    const gjc_interval *values; /* in order, and apart */
    uint32_t value_count;
} gjc_table_cell;

/* The column of a parameter. */
void gjc_table_column_init(gjc_sema *sema, gjc_table_column *column, const gjc_binder *parameter);
/* The node of a cell; *test is whether the parameter's value fits, NULL where every value does.
 * False where the cell is wrong, which is reported. */
bool gjc_table_cell_read(gjc_sema *sema, const gjc_node *node, gjc_table_column *column,
                         const gjc_binder *parameter, gjc_table_cell *cell, gjc_expr **test);

#endif
