/* SPDX-License-Identifier: Apache-2.0
 *
 * What an expression reads of the case. See expression.h. */
#include "unit/interpreter/functions.h"

typedef struct readings {
    bool *fields, *acts;
} readings;

static void read_mark(const facts *f, const gjc_node *expr, readings *found);

static void children_mark(const facts *f, const gjc_node *expr, readings *found)
{
    for (const gjc_node *child = expr->first; child != NULL; child = child->next) {
        if (gjc_kind_class(child->kind) == GJC_CLASS_EXPR) {
            read_mark(f, child, found);
        }
    }
}

static void path_mark(const facts *f, const gjc_node *path, readings *found)
{
    const bound *named = path_bound(f, path);
    if (named != NULL && named->argument != NULL) {
        read_mark(named->from, named->argument, found);
    } else if (named == NULL && path_field(f, path) != NO) {
        found->fields[path_field(f, path)] = true;
    }
}

/* Every column that some cell looks at, and what the rows give. */
static void table_mark(const frame *entered, const gjc_node *table, readings *found)
{
    const gjc_node *other = gjc_node_find(table, GJC_ELSE_ARM);
    const gjc_node *row = gjc_node_find(table, GJC_ROW);
    for (; row != NULL; row = gjc_node_find_next(row)) {
        const bound *column = entered->own;
        const gjc_node *cell = gjc_node_find(row, GJC_CELLS)->first;
        for (; cell != NULL; cell = cell->next, column++) {
            if (cell->kind != GJC_CELL_ANY) {
                read_mark(column->from, column->argument, found);
            }
        }
        read_mark(&entered->inside, gjc_node_find_expr(row), found);
    }
    if (other != NULL) {
        read_mark(&entered->inside, gjc_node_find_expr(other), found);
    }
}

static void function_mark(const facts *f, const gjc_node *expr, const gjc_node *function,
                          readings *found)
{
    frame entered;
    function_enter(f, expr, function, false, &entered);
    if (function->kind == GJC_TABLE) {
        table_mark(&entered, function, found);
        return;
    }
    const gjc_node *body = gjc_node_find_expr(function);
    const gjc_node *arm = gjc_node_find(function, GJC_ARM);
    if (body != NULL) {
        read_mark(&entered.inside, body, found);
        return;
    }
    for (; arm != NULL; arm = gjc_node_find_next(arm)) {
        read_mark(&entered.inside, plain_when(arm), found);
        read_mark(&entered.inside, gjc_node_find_expr(arm), found);
    }
    read_mark(&entered.inside, gjc_node_find_expr(gjc_node_find(function, GJC_ELSE_ARM)), found);
}

static void call_mark(const facts *f, const gjc_node *expr, readings *found)
{
    const gjc_node *function = function_of(f->p, expr), *of = gjc_node_find_expr(expr);
    if (function != NULL) {
        function_mark(f, expr, function, found);
        return;
    }
    bool of_past = of != NULL && of->kind == GJC_EXPR_PATH && gjc_node_child_count(of) <= 1 &&
                   path_bound(f, of) == NULL && path_field(f, of) == NO &&
                   plain_find_action(f->p, of->text) != NO;
    if (of_past) {
        found->acts[plain_find_action(f->p, of->text)] = true;
    }
    children_mark(f, expr, found);
}

static void read_mark(const facts *f, const gjc_node *expr, readings *found)
{
    if (expr->kind == GJC_EXPR_PATH) {
        path_mark(f, expr, found);
    } else if (expr->kind == GJC_EXPR_BIND) {
        bound own;
        facts inside = bind_facts(f, expr, value_unknown(), &own);
        read_mark(f, left_of(expr), found);
        read_mark(&inside, right_of(expr), found);
    } else if (expr->kind == GJC_EXPR_CALL) {
        call_mark(f, expr, found);
    } else {
        children_mark(f, expr, found);
    }
}

void expression_reads(const facts *f, const gjc_node *expr, bool *fields, bool *acts)
{
    readings found = {fields, acts};
    read_mark(f, expr, &found);
}
