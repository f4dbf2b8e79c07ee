/* SPDX-License-Identifier: Apache-2.0
 *
 * See functions.h. Functions do not call themselves, so the recursion ends. */
#include "unit/interpreter/functions.h"

#include "unit/interpreter/tables.h"

#include <assert.h>

const gjc_node *function_of(const plain *p, const gjc_node *expr)
{
    gj_text name = gjc_node_find(expr, GJC_PATH)->text;
    const gjc_node *node = p->file->first;
    while (node != NULL && ((node->kind != GJC_FUNCTION && node->kind != GJC_TABLE) ||
                            !gjb_text_equal(gjc_node_name(node), name))) {
        node = node->next;
    }
    return node;
}

plain_type function_type(const plain *p, const gjc_node *function)
{
    return function->kind == GJC_TABLE
               ? table_type(p, function)
               : plain_type_read(p, gjc_node_find_type(gjc_node_find(function, GJC_RESULT)));
}

void function_enter(const facts *f, const gjc_node *expr, const gjc_node *function, bool valued,
                    frame *out)
{
    const gjc_node *parameter = gjc_node_find(function, GJC_PARAMETER);
    const gjc_node *argument = gjc_node_find_expr(expr);
    out->inside = *f;
    out->inside.bound = NULL;
    out->inside.of_case = false;
    for (int i = 0; parameter != NULL; i++) {
        plain_type type = plain_type_read(f->p, gjc_node_find_type(parameter));
        assert(i < ARGUMENTS_MAX && argument != NULL);
        out->own[i] = (bound){gjc_node_name(parameter),
                              type,
                              valued ? expression_value(f, argument, type) : value_unknown(),
                              argument,
                              f,
                              out->inside.bound};
        out->inside.bound = &out->own[i];
        parameter = gjc_node_find_next(parameter);
        argument = gjc_node_find_next_expr(argument);
    }
}

/* The first line whose condition holds, `else` where none does. */
static value arms_value(const facts *f, const gjc_node *function, plain_type type)
{
    const gjc_node *arm = gjc_node_find(function, GJC_ARM);
    for (; arm != NULL; arm = gjc_node_find_next(arm)) {
        value holds = expression_truth(f, plain_when(arm));
        if (holds.kind == V_UNKNOWN) {
            return holds;
        }
        if (value_is(holds, true)) {
            return expression_value(f, gjc_node_find_expr(arm), type);
        }
    }
    return expression_value(f, gjc_node_find_expr(gjc_node_find(function, GJC_ELSE_ARM)), type);
}

value function_value(const facts *f, const gjc_node *expr, const gjc_node *function)
{
    frame entered;
    const gjc_node *body = gjc_node_find_expr(function);
    plain_type type = function_type(f->p, function);
    function_enter(f, expr, function, true, &entered);
    if (function->kind == GJC_TABLE) {
        return table_value(&entered.inside, function);
    }
    return body != NULL ? expression_value(&entered.inside, body, type)
                        : arms_value(&entered.inside, function, type);
}

void function_missing(const facts *f, const gjc_node *expr, const gjc_node *function, bool *missing)
{
    frame entered;
    const gjc_node *body = gjc_node_find_expr(function);
    function_enter(f, expr, function, false, &entered);
    if (function->kind == GJC_TABLE) {
        table_missing(&entered.inside, function, missing);
        return;
    }
    if (body != NULL) {
        expression_missing(&entered.inside, body, missing);
        return;
    }
    const gjc_node *arm = gjc_node_find(function, GJC_ARM);
    for (; arm != NULL; arm = gjc_node_find_next(arm)) {
        expression_missing(&entered.inside, plain_when(arm), missing);
        expression_missing(&entered.inside, gjc_node_find_expr(arm), missing);
    }
    expression_missing(&entered.inside, gjc_node_find_expr(gjc_node_find(function, GJC_ELSE_ARM)),
                       missing);
}
