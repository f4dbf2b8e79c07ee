/* SPDX-License-Identifier: Apache-2.0
 *
 * See tables.h. */
#include "unit/interpreter/tables.h"

#include <assert.h>

static bool collects(const gjc_node *table)
{
    const gjc_node *hit = gjc_node_find(table, GJC_HIT);
    return hit != NULL && hit->value == GJC_HIT_COLLECT;
}

static plain_type result_type(const plain *p, const gjc_node *table)
{
    return plain_type_read(p, gjc_node_find_type(gjc_node_find(table, GJC_RESULT)));
}

plain_type table_type(const plain *p, const gjc_node *table)
{
    plain_type type = result_type(p, table);
    return collects(table) ? (plain_type){T_LIST, type.base, type.node} : type;
}

/* ---- cells ---- */

static value negated(value v)
{
    return v.kind == V_UNKNOWN ? v : value_number(!v.number);
}

/* Of what is held as a number. */
static value compared(value a, gjc_kind relation, value b)
{
    if (a.kind == V_UNKNOWN || b.kind == V_UNKNOWN) {
        return value_unknown();
    }
    return value_number(relation == GJC_EXPR_LESS         ? a.number < b.number
                        : relation == GJC_EXPR_LESS_EQUAL ? a.number <= b.number
                        : relation == GJC_EXPR_GREATER    ? a.number > b.number
                                                          : a.number >= b.number);
}

static value relation_fits(const facts *f, const gjc_node *cell, const bound *column)
{
    value b = expression_value(f, gjc_node_find_expr(cell), column->type);
    gjc_kind relation = (gjc_kind)cell->value;
    value same = value_equal(column->item, b);
    return relation == GJC_EXPR_IS       ? same
           : relation == GJC_EXPR_IS_NOT ? negated(same)
                                         : compared(column->item, relation, b);
}

static value one_fits(const facts *f, const gjc_node *list, const bound *column)
{
    value found = value_number(false);
    const gjc_node *item = gjc_node_find_expr(list);
    for (; item != NULL; item = gjc_node_find_next_expr(item)) {
        value same = value_equal(column->item, expression_value(f, item, column->type));
        if (!value_is(same, false)) {
            found = same;
        }
    }
    return found;
}

static value cell_fits(const facts *f, const gjc_node *cell, const bound *column)
{
    const gjc_node *first = gjc_node_find_expr(cell);
    value low, high;
    switch ((int)cell->kind) {
    case GJC_CELL_ANY:
        return value_number(true);
    case GJC_CELL_RELATION:
        return relation_fits(f, cell, column);
    case GJC_CELL_RANGE:
        low = compared(column->item, GJC_EXPR_GREATER_EQUAL,
                       expression_value(f, first, column->type));
        high = compared(column->item, GJC_EXPR_LESS_EQUAL,
                        expression_value(f, gjc_node_find_next_expr(first), column->type));
        return value_is(low, true) ? high : low;
    case GJC_CELL_IN:
        return one_fits(f, first, column);
    case GJC_CELL_NOT:
        return negated(value_equal(column->item, expression_value(f, first, column->type)));
    default:
        return value_equal(column->item, expression_value(f, cell, column->type));
    }
}

/* The parameter of a name. */
static const bound *column_of(const facts *f, const gjc_node *parameter)
{
    const bound *found = f->bound;
    while (!gjb_text_equal(found->name, gjc_node_name(parameter))) {
        found = found->outer;
    }
    return found;
}

/* False where one cell does not fit, else unknown where one cannot be told. */
static value row_holds(const facts *f, const gjc_node *table, const gjc_node *row)
{
    value holds = value_number(true);
    const gjc_node *parameter = gjc_node_find(table, GJC_PARAMETER);
    const gjc_node *cell = gjc_node_find(row, GJC_CELLS)->first;
    for (; cell != NULL; cell = cell->next, parameter = gjc_node_find_next(parameter)) {
        value fits = cell_fits(f, cell, column_of(f, parameter));
        if (value_is(fits, false)) {
            return fits;
        }
        holds = fits.kind == V_UNKNOWN ? fits : holds;
    }
    return holds;
}

/* ---- rows ---- */

static value one_row_value(const facts *f, const gjc_node *table, plain_type type)
{
    const gjc_node *row = gjc_node_find(table, GJC_ROW);
    const gjc_node *other = gjc_node_find(table, GJC_ELSE_ARM);
    for (; row != NULL; row = gjc_node_find_next(row)) {
        value holds = row_holds(f, table, row);
        if (holds.kind == V_UNKNOWN) {
            return holds;
        }
        if (value_is(holds, true)) {
            return expression_value(f, gjc_node_find_expr(row), type);
        }
    }
    return other == NULL ? value_unknown() : expression_value(f, gjc_node_find_expr(other), type);
}

/* Of every row it must be known whether it holds. */
static value all_rows_value(const facts *f, const gjc_node *table, plain_type type)
{
    value list = {.kind = V_ITEMS};
    value *items = gjb_arena_make(f->arena, gjc_node_child_count(table), sizeof *items);
    const gjc_node *row = gjc_node_find(table, GJC_ROW);
    const gjc_node *other = gjc_node_find(table, GJC_ELSE_ARM);
    assert(items != NULL);
    list.items = items;
    for (; row != NULL; row = gjc_node_find_next(row)) {
        value holds = row_holds(f, table, row);
        if (holds.kind == V_UNKNOWN) {
            return holds;
        }
        if (value_is(holds, true)) {
            items[list.count++] = expression_value(f, gjc_node_find_expr(row), type);
        }
    }
    if (list.count == 0 && other != NULL) {
        items[list.count++] = expression_value(f, gjc_node_find_expr(other), type);
    }
    return list;
}

value table_value(const facts *inside, const gjc_node *table)
{
    plain_type type = result_type(inside->p, table);
    return collects(table) ? all_rows_value(inside, table, type)
                           : one_row_value(inside, table, type);
}

void table_cells_missing(const facts *inside, const gjc_node *table, bool *missing)
{
    const gjc_node *row = gjc_node_find(table, GJC_ROW);
    for (; row != NULL; row = gjc_node_find_next(row)) {
        const gjc_node *parameter = gjc_node_find(table, GJC_PARAMETER);
        const gjc_node *cell = gjc_node_find(row, GJC_CELLS)->first;
        for (; cell != NULL; cell = cell->next, parameter = gjc_node_find_next(parameter)) {
            const bound *column = column_of(inside, parameter);
            if (cell->kind != GJC_CELL_ANY) {
                expression_missing(column->from, column->argument, missing);
            }
        }
    }
}

void table_missing(const facts *inside, const gjc_node *table, bool *missing)
{
    const gjc_node *row = gjc_node_find(table, GJC_ROW);
    const gjc_node *other = gjc_node_find(table, GJC_ELSE_ARM);
    table_cells_missing(inside, table, missing);
    for (; row != NULL; row = gjc_node_find_next(row)) {
        expression_missing(inside, gjc_node_find_expr(row), missing);
    }
    if (other != NULL) {
        expression_missing(inside, gjc_node_find_expr(other), missing);
    }
}

/* With the value of one row, or of `else`, in the place of the item. */
static void item_missing(const facts *inside, const gjc_node *row, bound *item, const facts *f,
                         const gjc_node *of, bool *missing)
{
    item->argument = gjc_node_find_expr(row);
    item->from = inside;
    expression_missing(f, of, missing);
}

void table_items_missing(const facts *inside, const gjc_node *table, bound *item, const facts *f,
                         const gjc_node *of, bool *missing)
{
    const gjc_node *row = gjc_node_find(table, GJC_ROW);
    const gjc_node *other = gjc_node_find(table, GJC_ELSE_ARM);
    table_cells_missing(inside, table, missing);
    for (; row != NULL; row = gjc_node_find_next(row)) {
        item_missing(inside, row, item, f, of, missing);
    }
    if (other != NULL) {
        item_missing(inside, other, item, f, of, missing);
    }
}
