/* SPDX-License-Identifier: Apache-2.0
 *
 * See tables.h. */
#include "sema/tables.h"

#include "sema/citations.h"
#include "sema/expressions.h"
#include "sema/operations.h"
#include "sema/types.h"

/* What each row says, the last one being `else` where the table has it. */
typedef struct reading {
    gjc_sema *sema;
    const gjc_node *node;
    gjc_function *function;
    gjc_table *table;
    gjc_collected *rows;
    uint32_t count;
    bool is_good;
} reading;

/* ---- shape ---- */

static bool shape_check(gjc_sema *sema, const gjc_node *node)
{
    size_t rows = gjc_node_count(node, GJC_ROW), columns = gjc_node_count(node, GJC_PARAMETER);
    const gjc_node *other = gjc_node_find(node, GJC_ELSE_ARM);
    bool is_last = other == NULL || other == node->last;
    if (rows == 0 || columns == 0 || !is_last) {
        gjc_diag_add(sema->diags, GJC_E0444, is_last ? gjc_node_name_span(node) : other->span,
                     gjc_arg_none(), gjc_arg_none());
        return false;
    }
    if (rows > GJC_TABLE_ROWS_MAX || columns > GJC_TABLE_COLUMNS_MAX) {
        gjc_diag_add(sema->diags, GJC_E0446, gjc_node_name_span(node),
                     gjc_diag_number(sema->diags, GJC_TABLE_ROWS_MAX),
                     gjc_diag_number(sema->diags, GJC_TABLE_COLUMNS_MAX));
        return false;
    }
    return true;
}

static gjc_hit hit_of(const gjc_node *node)
{
    const gjc_node *hit = gjc_node_find(node, GJC_HIT);
    return hit != NULL ? (gjc_hit)hit->value : GJC_HIT_UNIQUE;
}

static gjc_table *table_make(gjc_sema *sema, const gjc_declared *declared,
                             const gjc_function *function)
{
    gjc_table *table = gjc_sema_make(sema, 1, sizeof *table);
    if (table == NULL)
        return NULL;
    *table = (gjc_table){.label = declared->label,
                         .hit = hit_of(declared->node),
                         .column_count = function->parameter_count};
    table->columns = gjc_sema_make(sema, table->column_count, sizeof *table->columns);
    table->number = sema->model->table_count++;
    table->rows =
        gjc_sema_make(sema, gjc_node_count(declared->node, GJC_ROW) + 1, sizeof *table->rows);
    if (table->columns == NULL || table->rows == NULL)
        return NULL;
    for (uint32_t i = 0; i < table->column_count; i++)
        gjc_table_column_init(sema, &table->columns[i], &function->parameters[i]);
    return table;
}

/* ---- rows ---- */

/* Whether the row holds; NULL where a cell is wrong. */
static gjc_expr *cells_read(reading *r, const gjc_node *cells, gjc_table_row *row)
{
    gjc_expr *tests[GJC_TABLE_COLUMNS_MAX];
    size_t count = 0;
    uint32_t i = 0;
    bool good = true;
    for (const gjc_node *cell = cells->first; cell != NULL; cell = cell->next, i++) {
        gjc_expr *test;
        good = gjc_table_cell_read(r->sema, cell, &r->table->columns[i],
                                   &r->function->parameters[i], &row->cells[i], &test) &&
               good;
        if (test != NULL)
            tests[count++] = test;
    }
    return good ? gjc_expr_make_joined(r->sema, GJR_OP_AND, tests, count, cells->span) : NULL;
}

static void row_read(reading *r, const gjc_node *node)
{
    const gjc_node *cells = gjc_node_find(node, GJC_CELLS), *value = gjc_node_find_expr(node);
    uint32_t columns = r->table->column_count;
    gjc_table_row *row = &r->table->rows[r->table->row_count++];
    gjc_collected *said = &r->rows[r->count++];
    row->span = node->span;
    row->cells_span = cells->span;
    row->value_span = value != NULL ? value->span : node->span;
    row->cells = gjc_sema_make(r->sema, columns, sizeof *row->cells);
    if (row->cells == NULL || value == NULL)
        return;
    if (gjc_node_child_count(cells) != columns) {
        gjc_diag_add(r->sema->diags, GJC_E0440, cells->span, gjc_arg_text(r->table->label.name),
                     gjc_diag_number(r->sema->diags, columns));
        return;
    }
    said->when = cells_read(r, cells, row);
    said->value = gjc_expr_resolve(r->sema, value, r->function->result);
    row->basis = gjc_citations_resolve(r->sema, node);
}

/* What holds where no row does. */
static void else_read(reading *r, const gjc_node *node)
{
    const gjc_node *value = gjc_node_find_expr(node);
    r->table->has_else = true;
    r->table->rows[r->table->row_count] =
        (gjc_table_row){.span = node->span, .value_span = value != NULL ? value->span : node->span};
    gjc_collected *said = &r->rows[r->count++];
    said->value = value == NULL ? NULL : gjc_expr_resolve(r->sema, value, r->function->result);
    if (r->table->hit != GJC_HIT_COLLECT)
        return;
    gjc_expr **whens = gjc_sema_make(r->sema, r->table->row_count, sizeof(gjc_expr *));
    for (uint32_t i = 0; whens != NULL && i < r->table->row_count; i++)
        whens[i] = r->rows[i].when;
    gjc_expr *some = whens == NULL ? NULL
                                   : gjc_expr_make_joined(r->sema, GJR_OP_OR, whens,
                                                          r->table->row_count, node->span);
    said->when = gjc_expr_make_not(r->sema, some, node->span);
}

static bool rows_read(reading *r)
{
    r->rows = gjc_sema_make(r->sema, gjc_node_child_count(r->node), sizeof *r->rows);
    for (const gjc_node *row = gjc_node_find(r->node, GJC_ROW); row != NULL && r->rows != NULL;
         row = gjc_node_find_next(row))
        row_read(r, row);
    const gjc_node *other = gjc_node_find(r->node, GJC_ELSE_ARM);
    if (other != NULL && r->rows != NULL)
        else_read(r, other);
    bool good = r->rows != NULL && r->function->result.base != GJR_TYPE_NOTHING;
    for (uint32_t i = 0; i < r->count; i++)
        good = good && r->rows[i].value != NULL &&
               (r->rows[i].when != NULL || (i == r->table->row_count && r->table->has_else));
    return good;
}

/* The row's condition, which nothing else reads, is what decides it. */
static void when_mark(const reading *r, uint32_t row, uint32_t told)
{
    gjc_expr *when = r->rows[row].when;
    when->table = r->table;
    when->row = row;
    when->told = told;
}

/* The first row that holds. Without `else` the last one has its value only where it holds. What a
 * row decides it decides where it is known of those before it that they do not hold. */
static gjc_expr *choices_make(const reading *r)
{
    uint32_t i = r->count - 1, told = r->sema->model->binder_count++;
    const gjc_collected *last = &r->rows[i];
    gjc_expr *whole = last->value;
    if (!r->table->has_else) {
        when_mark(r, i, i > 0 ? told : GJC_NO_INDEX);
        whole = gjc_expr_make_operation(r->sema, GJR_OP_WHERE, last->value->type,
                                        r->table->rows[i].span, last->value, last->when);
    }
    while (i > 0) {
        i--;
        when_mark(r, i, told);
        whole =
            gjc_expr_make_choice(r->sema, r->node->span, r->rows[i].when, r->rows[i].value, whole);
        if (whole == NULL)
            return NULL;
        bool falls_to_else = r->table->has_else && i + 1 == r->table->row_count;
        whole->table = r->table;
        whole->row = falls_to_else ? r->table->row_count : GJC_NO_INDEX;
        whole->told = told;
    }
    return whole;
}

static void table_keep(gjc_sema *sema, gjc_table *table)
{
    gjc_tables *all = sema->tables;
    if (all == NULL)
        return;
    if (all->last == NULL)
        all->first = table;
    else
        all->last->next = table;
    all->last = table;
}

void gjc_table_resolve(gjc_sema *sema, const gjc_declared *declared, gjc_function *function)
{
    reading r = {.sema = sema, .node = declared->node, .function = function};
    function->collects = hit_of(declared->node) == GJC_HIT_COLLECT;
    if (function->collects && function->result.base == GJR_TYPE_LIST) {
        gjc_diag_add(sema->diags, GJC_E0410, gjc_node_find(declared->node, GJC_RESULT)->span,
                     gjc_arg_none(), gjc_arg_none());
        return;
    }
    if (!shape_check(sema, declared->node))
        return;
    r.table = table_make(sema, declared, function);
    if (r.table == NULL || !rows_read(&r))
        return;
    table_keep(sema, r.table);
    if (function->collects) {
        function->table = r.table;
        function->rows = r.rows;
        function->row_count = r.count;
    } else {
        function->body = choices_make(&r);
    }
}
