/* SPDX-License-Identifier: Apache-2.0
 *
 * Decision tables. A table is a function whose body stands in rows: a row holds where each of its
 * cells fits the argument of its column. `unique` and `first` become choices, one inside another,
 * so all that they need in the image beyond functions is names: conditions are marked with the row
 * that they decide. What `collect` gives is no value by itself, and collected.h says what is made
 * of it.
 *
 * What the rows leave out and where they meet is found by analysis, of the cells as sets: so each
 * table is kept, once, with the columns and rows as such. */
#ifndef GJC_TABLES_H
#define GJC_TABLES_H

#include "sema/cells.h"
#include "sema/functions.h"

enum { GJC_TABLE_ROWS_MAX = 200, GJC_TABLE_COLUMNS_MAX = 16 };

typedef struct gjc_table_row {
    gjc_span span;
    gjc_table_cell *cells; /* one a column; NULL of `else` */
    gjc_span cells_span, value_span;
    gjc_basis basis;
} gjc_table_row;

typedef struct gjc_table {
    gjc_label label;
    gjc_hit hit;
    gjc_table_column *columns;
    gjc_table_row *rows; /* behind them, beyond row_count, `else` where the table has it */
    uint32_t column_count, row_count;
    uint32_t number; /* of the model */
    bool has_else;
    struct gjc_table *next;
} gjc_table;

typedef struct gjc_tables {
    gjc_table *first, *last; /* those without a mistake in a row, in the order of the modules */
} gjc_tables;

/* The body of a function that is a table, or its rows where it collects. Its parameters are in
 * sight. */
void gjc_table_resolve(gjc_sema *sema, const gjc_declared *declared, gjc_function *function);

#endif
