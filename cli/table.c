/* SPDX-License-Identifier: Apache-2.0
 *
 * Measuring and printing tables; see table.h. */
#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "width.h"

enum { GAP = 2, BENT_MIN = 8, FIRST_CELLS = 64 };

void cli_table_init(cli_table *table, const cli_align *aligns, size_t column_count)
{
    memcpy(table->aligns, aligns, column_count * sizeof *aligns);
    table->column_count = column_count;
    table->cell_count = table->cell_capacity = 0;
    table->cells = NULL;
    table->text = (cli_buffer){0};
}

void cli_table_deinit(cli_table *table)
{
    cli_buffer_deinit(&table->text);
    free(table->cells);
    table->cells = NULL;
}

static bool grow(cli_table *table)
{
    if (table->cell_count < table->cell_capacity)
        return true;
    size_t capacity = table->cell_capacity > 0 ? table->cell_capacity * 2 : FIRST_CELLS;
    cli_cell *cells = realloc(table->cells, capacity * sizeof *cells);
    if (cells == NULL)
        return false;
    table->cells = cells;
    table->cell_capacity = capacity;
    return true;
}

static void add_cell(cli_table *table, cli_style style, size_t begin)
{
    if (grow(table))
        table->cells[table->cell_count++] =
            (cli_cell){begin, table->text.failed ? 0 : table->text.size - begin, style};
}

void cli_table_add(cli_table *table, cli_style style, gj_text text)
{
    size_t begin = table->text.size;
    cli_buffer_add_text(&table->text, text);
    add_cell(table, style, begin);
}

void cli_table_add_string(cli_table *table, cli_style style, const char *string)
{
    cli_table_add(table, style, (gj_text){string, strlen(string)});
}

void cli_table_add_count(cli_table *table, cli_style style, uint64_t count)
{
    size_t begin = table->text.size;
    if (count == 0) {
        cli_table_add_string(table, CLI_FAINT, "·");
        return;
    }
    cli_buffer_add_count(&table->text, count);
    add_cell(table, style, begin);
}

void cli_table_add_bar(cli_table *table, cli_style style, uint64_t part, uint64_t whole,
                       size_t columns)
{
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    size_t begin = table->text.size;
    uint64_t steps = whole > 0 ? part * columns * 8 / whole : 0;
    if (steps == 0 && part > 0)
        steps = 1;
    for (uint64_t i = 0; i < steps / 8; i++)
        cli_buffer_add_string(&table->text, "█");
    cli_buffer_add_string(&table->text, eighths[steps % 8]);
    add_cell(table, style, begin);
}

static gj_text text_of(const cli_table *table, const cli_cell *cell)
{
    return (gj_text){cell->size > 0 ? table->text.bytes + cell->begin : "", cell->size};
}

static void measure(const cli_table *table, size_t *widths)
{
    memset(widths, 0, CLI_TABLE_COLUMNS_MAX * sizeof *widths);
    for (size_t i = 0; i < table->cell_count; i++) {
        size_t width = cli_width(text_of(table, &table->cells[i]));
        if (width > widths[i % table->column_count])
            widths[i % table->column_count] = width;
    }
}

/* Takes what is too much from the bendable columns, the widest first. */
static void bend(const cli_table *table, size_t *widths, size_t columns)
{
    size_t taken = 0;
    for (size_t i = 0; i < table->column_count; i++)
        taken += widths[i] > 0 ? widths[i] + GAP : 0;
    taken -= taken > 0 ? GAP : 0;
    while (taken > columns) {
        size_t widest = table->column_count;
        for (size_t i = 0; i < table->column_count; i++)
            if (table->aligns[i] == CLI_BENDABLE && widths[i] > BENT_MIN &&
                (widest == table->column_count || widths[i] > widths[widest]))
                widest = i;
        if (widest == table->column_count)
            return;
        widths[widest]--;
        taken--;
    }
}

static bool is_last(const cli_table *table, size_t index)
{
    size_t column = index % table->column_count;
    for (size_t i = 1; i < table->column_count - column; i++)
        if (index + i < table->cell_count && table->cells[index + i].size > 0)
            return false;
    return true;
}

static void print_cell(const cli_table *table, size_t index, size_t width, cli_output *out)
{
    const cli_cell *cell = &table->cells[index];
    gj_text text = text_of(table, cell);
    size_t taken = cli_width(text);
    bool cut = taken > width;
    if (cut) {
        text.size = cli_width_cut(text, width - 1);
        taken = cli_width(text) + 1;
    }
    if (table->aligns[index % table->column_count] == CLI_RIGHT)
        cli_output_add_spaces(out, width - taken);
    if (cell->style != CLI_PLAIN)
        cli_output_style(out, cell->style);
    cli_output_add_text(out, text);
    if (cut)
        cli_output_add_string(out, "…");
    if (cell->style != CLI_PLAIN)
        cli_output_style(out, CLI_PLAIN);
    if (table->aligns[index % table->column_count] != CLI_RIGHT && !is_last(table, index))
        cli_output_add_spaces(out, width - taken);
}

void cli_table_print(const cli_table *table, size_t indent, cli_output *out)
{
    size_t widths[CLI_TABLE_COLUMNS_MAX];
    measure(table, widths);
    bend(table, widths, out->columns > indent ? out->columns - indent : 1);
    for (size_t i = 0; i < table->cell_count; i++) {
        size_t column = i % table->column_count;
        if (column == 0)
            cli_output_add_spaces(out, indent);
        else if (!is_last(table, i - 1) && widths[column] > 0)
            cli_output_add_spaces(out, GAP);
        print_cell(table, i, widths[column], out);
        if (column + 1 == table->column_count)
            cli_output_add_string(out, "\n");
    }
}
