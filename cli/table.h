/* SPDX-License-Identifier: Apache-2.0
 *
 * A small table on a terminal: columns as wide as their widest cell by display width, the last of
 * the bendable ones cut where the lines would be too long. No rules and no boxes: space and a
 * heading's faintness are enough, and what is copied out of a terminal stays plain. */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include "buffer.h"
#include "output.h"

/* ROWS: what a page that is to stay short shows of a list. */
enum { CLI_TABLE_COLUMNS_MAX = 12, CLI_TABLE_ROWS_MAX = 64 };

typedef enum cli_align { CLI_LEFT, CLI_RIGHT, CLI_BENDABLE /* left, and may be cut */ } cli_align;

typedef struct cli_cell {
    size_t begin, size; /* in the table's text */
    cli_style style;
} cli_cell;

typedef struct cli_table {
    cli_align aligns[CLI_TABLE_COLUMNS_MAX];
    size_t column_count;
    size_t cell_count, cell_capacity;
    cli_cell *cells;
    cli_buffer text;
} cli_table;

/* A column for each align; deinit frees. */
void cli_table_init(cli_table *table, const cli_align *aligns, size_t column_count);
void cli_table_deinit(cli_table *table);

/* Cells row by row; where memory ends they are swallowed. */
void cli_table_add(cli_table *table, cli_style style, gj_text text);
void cli_table_add_string(cli_table *table, cli_style style, const char *string);
/* 0 is shown as a faint "·", so that the eye finds the others. */
void cli_table_add_count(cli_table *table, cli_style style, uint64_t count);
/* A bar of at most `columns` for part of whole, in eighths of a column. */
void cli_table_add_bar(cli_table *table, cli_style style, uint64_t part, uint64_t whole,
                       size_t columns);

void cli_table_print(const cli_table *table, size_t indent, cli_output *out);

#endif
