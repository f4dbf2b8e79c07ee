/* SPDX-License-Identifier: Apache-2.0
 *
 * Which data an expression misses. See expression.h. */
#include "unit/interpreter/functions.h"

#include "unit/interpreter/tables.h"

static void path_missing(const facts *f, const gjc_node *path, bool *missing)
{
    const bound *named = path_bound(f, path);
    if (named != NULL) {
        if (named->argument != NULL) { /* which stands in its place */
            expression_missing(named->from, named->argument, missing);
        }
        return;
    }
    int field = path_field(f, path);
    if (field != NO && f->fields[field].kind == V_UNKNOWN) {
        missing[field] = true;
    }
}

static void bind_missing(const facts *f, const gjc_node *bind, bool *missing)
{
    bound own;
    const gjc_node *list = left_of(bind);
    const gjc_node *table = list->kind == GJC_EXPR_CALL ? function_of(f->p, list) : NULL;
    facts inside = bind_facts(f, bind, value_unknown(), &own);
    if (table != NULL && table->kind == GJC_TABLE) { /* what a row gives stands for each item */
        frame entered;
        function_enter(f, list, table, false, &entered);
        table_items_missing(&entered.inside, table, &own, &inside, right_of(bind), missing);
        return;
    }
    expression_missing(f, list, missing);
    expression_missing(&inside, right_of(bind), missing);
}

/* How many officers did an act. */
static bool asks_officers(const facts *f, const gjc_node *expr)
{
    return expr->kind == GJC_EXPR_CALL && function_of(f->p, expr) == NULL &&
           call_of(f, expr) == OFFICERS;
}

/* A field or a count of officers, or a parameter or call in whose place one stands. */
static bool is_alone(const facts *f, const gjc_node *expr)
{
    if (asks_officers(f, expr)) {
        return true;
    }
    if (expr->kind == GJC_EXPR_PATH) {
        const bound *named = path_bound(f, expr);
        bool stands_for = named != NULL && named->argument != NULL;
        return (gjc_node_child_count(expr) <= 1 || path_part(f, expr) == NULL) &&
               (!stands_for || is_alone(named->from, named->argument));
    }
    const gjc_node *function = expr->kind == GJC_EXPR_CALL ? function_of(f->p, expr) : NULL;
    const gjc_node *body = function != NULL ? gjc_node_find_expr(function) : NULL;
    if (body == NULL) {
        return false;
    }
    frame entered;
    function_enter(f, expr, function, false, &entered);
    return is_alone(&entered.inside, body);
}

/* What stands alone before `else` is not missed. */
void expression_missing(const facts *f, const gjc_node *expr, bool *missing)
{
    const gjc_node *function = expr->kind == GJC_EXPR_CALL ? function_of(f->p, expr) : NULL;
    const gjc_node *guarded = expr->kind == GJC_EXPR_ELSE ? left_of(expr) : NULL;
    if (expr->kind == GJC_EXPR_PATH) {
        path_missing(f, expr, missing);
        return;
    }
    if (asks_officers(f, expr)) {
        int action = plain_find_action(f->p, left_of(expr)->text);
        missing[MISSES_OFFICER] = missing[MISSES_OFFICER] || f->untold[action];
        return;
    }
    if (expr->kind == GJC_EXPR_BIND) {
        bind_missing(f, expr, missing);
        return;
    }
    const gjc_node *counted =
        function == NULL && expr->kind == GJC_EXPR_CALL ? left_of(expr) : NULL;
    counted = counted != NULL && counted->kind == GJC_EXPR_CALL && call_of(f, expr) == COUNT
                  ? function_of(f->p, counted)
                  : NULL;
    if (counted != NULL && counted->kind == GJC_TABLE) {
        frame entered;
        function_enter(f, left_of(expr), counted, false, &entered);
        table_cells_missing(&entered.inside, counted, missing);
        return;
    }
    if (function != NULL) {
        function_missing(f, expr, function, missing);
        return;
    }
    bool alone = guarded != NULL && is_alone(f, guarded);
    for (const gjc_node *child = expr->first; child != NULL; child = child->next) {
        if (gjc_kind_class(child->kind) == GJC_CLASS_EXPR && !(alone && child == guarded)) {
            expression_missing(f, child, missing);
        }
    }
}
