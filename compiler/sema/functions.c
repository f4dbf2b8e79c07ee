/* SPDX-License-Identifier: Apache-2.0
 *
 * See functions.h. A body is resolved once, after those of the functions that it calls; the chain
 * of functions begun is a list and not a recursion. In a body a parameter is a binder, so a call
 * shares the body's tree and only says what the binder is. */
#include "sema/functions.h"

#include "sema/expressions.h"
#include "sema/natives.h"
#include "sema/operations.h"
#include "sema/tables.h"
#include "sema/types.h"

/* Bodies up to this size are copied with what stands for the parameters, so that analysis sees a
 * condition as if it were written out. */
enum { COPIED_SIZE_MAX = 64 };

gjc_declared *gjc_functions_find(gjc_sema *sema, const gjc_node *path, bool *ambiguous)
{
    gjc_declared *found = gjc_declared_find(sema, GJC_FUNCTION, path->text, path->span, ambiguous);
    return found != NULL && gjc_declared_is_callable(found->node->kind) ? found : NULL;
}

/* ---- the body ---- */

static void parameters_open(gjc_sema *sema, gjc_function *function, const gjc_node *node)
{
    size_t count = gjc_node_count(node, GJC_PARAMETER);
    function->parameters = gjc_sema_make(sema, count, sizeof *function->parameters);
    const gjc_node *parameter = gjc_node_find(node, GJC_PARAMETER);
    for (; function->parameters != NULL && parameter != NULL;
         parameter = gjc_node_find_next(parameter)) {
        gjc_binder *bound = &function->parameters[function->parameter_count++];
        *bound = (gjc_binder){.label = gjc_sema_label(sema, parameter),
                              .type = gjc_type_resolve(sema, gjc_node_find_type(parameter)),
                              .is_lasting = true};
        gjc_binder_open(sema, bound);
    }
}

/* `when E : X … else X`: the first whose condition holds. */
static gjc_expr *arms_resolve(gjc_sema *sema, const gjc_node *node, gjc_type result)
{
    const gjc_node *last = node->last;
    if (last == NULL || last->kind != GJC_ELSE_ARM || gjc_node_count(node, GJC_ELSE_ARM) != 1 ||
        gjc_node_find(node, GJC_ARM) == NULL) {
        gjc_diag_add(sema->diags, GJC_E0428, gjc_node_name_span(node), gjc_arg_none(),
                     gjc_arg_none());
        return NULL;
    }
    size_t count = gjc_node_count(node, GJC_ARM), made = 0;
    gjc_expr **conditions = gjc_sema_make(sema, count, sizeof *conditions);
    gjc_expr **values = gjc_sema_make(sema, count, sizeof *values);
    const gjc_node *arm = gjc_node_find(node, GJC_ARM);
    for (; conditions != NULL && values != NULL && arm != NULL; arm = gjc_node_find_next(arm)) {
        const gjc_node *value = gjc_node_find_expr(arm);
        conditions[made] = gjc_expr_resolve_when(sema, arm);
        values[made++] = value == NULL ? NULL : gjc_expr_resolve(sema, value, result);
    }
    const gjc_node *other = gjc_node_find_expr(last);
    gjc_expr *whole = other == NULL ? NULL : gjc_expr_resolve(sema, other, result);
    while (made > 0) {
        made--;
        whole = gjc_expr_make_choice(sema, node->span, conditions[made], values[made], whole);
    }
    return whole;
}

static bool rows_read(const gjc_function *function, uint32_t binder)
{
    for (uint32_t i = 0; i < function->row_count; i++)
        if (gjc_binder_is_read(function->rows[i].when, binder) ||
            gjc_binder_is_read(function->rows[i].value, binder))
            return true;
    return false;
}

static void parameters_read(gjc_function *function)
{
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        gjc_binder *parameter = &function->parameters[i];
        parameter->is_read = gjc_binder_is_read(function->body, parameter->number) ||
                             rows_read(function, parameter->number);
    }
}

/* Its names are those that its own module sees. */
static void body_resolve(gjc_sema *sema, gjc_declared *declared)
{
    const gjc_node *node = declared->node, *value = gjc_node_find_expr(node);
    const gjc_module *reading = sema->module;
    const gjc_binder *bound = sema->binder;
    bool in_function = sema->is_in_function;
    gjc_function *function = gjc_sema_make(sema, 1, sizeof *function);
    if (function == NULL)
        return;
    sema->module = declared->module;
    sema->binder = NULL;
    sema->is_in_function = true;
    parameters_open(sema, function, node);
    function->result = gjc_type_resolve(sema, gjc_node_find_type(gjc_node_find(node, GJC_RESULT)));
    if (node->kind == GJC_TABLE)
        gjc_table_resolve(sema, declared, function);
    else
        function->body = value != NULL ? gjc_expr_resolve(sema, value, function->result)
                                       : arms_resolve(sema, node, function->result);
    parameters_read(function);
    sema->module = reading;
    sema->binder = bound;
    sema->is_in_function = in_function;
    declared->function = function;
}

/* ---- in which order ---- */

/* Counts, or gathers where there is room, the functions that a tree calls. Recursion is bounded by
 * GJC_TREE_DEPTH_MAX. */
static size_t callees_gather(gjc_sema *sema, const gjc_node *tree, gjc_declared **into,
                             size_t count)
{
    for (const gjc_node *node = tree->first; node != NULL; node = node->next) {
        const gjc_node *path = node->kind == GJC_EXPR_CALL ? gjc_node_find(node, GJC_PATH) : NULL;
        bool ambiguous = false;
        gjc_declared *called = path == NULL ? NULL : gjc_functions_find(sema, path, &ambiguous);
        if (called != NULL && into != NULL)
            into[count] = called;
        count += called != NULL;
        count = callees_gather(sema, node, into, count);
    }
    return count;
}

static void begin(gjc_sema *sema, gjc_declared *declared)
{
    const gjc_module *reading = sema->module;
    sema->module = declared->module;
    size_t count = callees_gather(sema, declared->node, NULL, 0);
    declared->callees = gjc_sema_make(sema, count, sizeof *declared->callees);
    declared->callee_count = declared->callees != NULL ? count : 0;
    declared->callee_next = 0;
    if (declared->callees != NULL)
        callees_gather(sema, declared->node, declared->callees, 0);
    sema->module = reading;
    declared->progress = GJC_BEGUN;
    declared->function = NULL;
    sema->begun[sema->begun_count++] = declared;
}

/* The next that must be worked out before; NULL where all have been. */
static gjc_declared *callee_next(gjc_sema *sema, gjc_declared *declared)
{
    while (declared->callee_next < declared->callee_count) {
        gjc_declared *called = declared->callees[declared->callee_next++];
        if (called->progress == GJC_BEGUN)
            gjc_diag_add(sema->diags, GJC_E0422, called->label.span,
                         gjc_arg_text(gjc_declared_circle(sema, called)), gjc_arg_none());
        else if (called->progress == GJC_NOT_BEGUN && sema->begun_count == GJC_BEGUN_MAX)
            gjc_diag_add(sema->diags, GJC_E0406, called->label.span, gjc_arg_none(),
                         gjc_arg_none());
        else if (called->progress == GJC_NOT_BEGUN)
            return called;
    }
    return NULL;
}

static void work_out(gjc_sema *sema, gjc_declared *function)
{
    if (function->progress != GJC_NOT_BEGUN || sema->begun_count == GJC_BEGUN_MAX)
        return;
    size_t bottom = sema->begun_count;
    begin(sema, function);
    while (sema->begun_count > bottom) {
        gjc_declared *top = sema->begun[sema->begun_count - 1];
        gjc_declared *next = callee_next(sema, top);
        if (next != NULL) {
            begin(sema, next);
            continue;
        }
        body_resolve(sema, top);
        top->progress = GJC_WORKED_OUT;
        sema->begun_count--;
    }
}

void gjc_functions_work_out(gjc_sema *sema)
{
    for (gjc_declared *d = sema->declarations->first; d != NULL; d = d->next)
        if (gjc_declared_is_callable(d->node->kind))
            work_out(sema, d);
}

/* ---- calls ---- */

/* The tree with the value for each reading of the binder; what does not read it is shared. */
static gjc_expr *put_in(gjc_sema *sema, gjc_expr *expr, uint32_t binder, gjc_expr *value)
{
    if (expr == NULL || (expr->form == GJC_FORM_BOUND && expr->target == binder))
        return expr == NULL ? NULL : value;
    gjc_expr *a = put_in(sema, expr->a, binder, value), *b = put_in(sema, expr->b, binder, value);
    gjc_expr *c = put_in(sema, expr->c, binder, value);
    if (a == expr->a && b == expr->b && c == expr->c)
        return expr;
    gjc_expr *copy = gjc_sema_make(sema, 1, sizeof *copy);
    if (copy == NULL)
        return expr;
    *copy = *expr;
    copy->a = a;
    copy->b = b;
    copy->c = c;
    return copy;
}

static bool is_plain(const gjc_expr *value)
{
    return value->a == NULL && value->c == NULL;
}

/* The body with each argument that it reads, as if it were written out: first those that are put
 * in, which brings in no names but the caller's; then the others, outside it, so that none is read
 * in another's place. */
static gjc_expr *arguments_put(gjc_sema *sema, const gjc_function *function, gjc_expr *whole,
                               gjc_expr **values, gjc_span span)
{
    bool copied = whole == function->body && whole != NULL && whole->size <= COPIED_SIZE_MAX;
    for (uint32_t i = 0; copied && i < function->parameter_count; i++)
        if (is_plain(values[i]))
            whole = put_in(sema, whole, function->parameters[i].number, values[i]);
    for (uint32_t i = function->parameter_count; whole != NULL && i > 0; i--) {
        const gjc_binder *parameter = &function->parameters[i - 1];
        bool is_read = whole == function->body ? parameter->is_read
                                               : gjc_binder_is_read(whole, parameter->number);
        if (is_read && (!copied || !is_plain(values[i - 1])))
            whole = gjc_expr_make_let(sema, span, values[i - 1], whole, parameter->number);
    }
    return whole;
}

/* What a finding quotes is where the call stands; what the arguments are is more than what of them
 * is read. */
static gjc_expr *called_at(gjc_sema *sema, const gjc_expr *body, gjc_span span,
                           const gjc_expr *given)
{
    gjc_expr *whole = body == NULL ? NULL : gjc_sema_make(sema, 1, sizeof *whole);
    if (whole == NULL)
        return NULL;
    *whole = *body;
    whole->span = span;
    whole->is_lasting = whole->is_lasting && given->is_lasting;
    whole->asks_impure = whole->asks_impure || given->asks_impure;
    whole->asks_text = whole->asks_text || given->asks_text;
    return whole;
}

static size_t arguments_count(const gjc_node *call)
{
    size_t count = 0;
    for (const gjc_node *a = gjc_node_find_expr(call); a != NULL; a = gjc_node_find_next_expr(a))
        count++;
    return count;
}

const gjc_function *gjc_functions_get(gjc_sema *sema, gjc_declared *declared)
{
    work_out(sema, declared);
    return declared->function;
}

gjc_expr *gjc_functions_put(gjc_sema *sema, const gjc_node *call, gjc_declared *declared,
                            gjc_expr *whole)
{
    const gjc_function *function = declared->function;
    if (arguments_count(call) != function->parameter_count) {
        gjc_diag *diag =
            gjc_diag_add(sema->diags, GJC_E0423, call->span, gjc_arg_text(declared->label.name),
                         gjc_diag_number(sema->diags, function->parameter_count));
        gjc_diag_note_add(sema->diags, diag, declared->label.span,
                          gjc_arg_words("declared here", "声明于此"));
        return NULL;
    }
    gjc_expr **values = gjc_sema_make(sema, function->parameter_count, sizeof *values);
    gjc_expr given = {.is_lasting = true}; /* what all arguments are */
    bool good = values != NULL;
    const gjc_node *argument = gjc_node_find_expr(call);
    for (uint32_t i = 0; values != NULL && i < function->parameter_count; i++) {
        values[i] = gjc_expr_resolve(sema, argument, function->parameters[i].type);
        good = good && values[i] != NULL;
        given.is_lasting = given.is_lasting && values[i] != NULL && values[i]->is_lasting;
        given.asks_impure = given.asks_impure || (values[i] != NULL && values[i]->asks_impure);
        given.asks_text = given.asks_text || (values[i] != NULL && values[i]->asks_text);
        argument = gjc_node_find_next_expr(argument);
    }
    if (!good)
        return NULL;
    return gjc_natives_check_place(
        sema,
        called_at(sema, arguments_put(sema, function, whole, values, call->span), call->span,
                  &given),
        call->span);
}

gjc_expr *gjc_functions_call(gjc_sema *sema, const gjc_node *call, gjc_declared *declared)
{
    const gjc_function *function = gjc_functions_get(sema, declared);
    if (function == NULL)
        return NULL;
    if (function->collects) {
        gjc_diag_add(sema->diags, GJC_E0445, call->span, gjc_arg_text(declared->label.name),
                     gjc_arg_none());
        return NULL;
    }
    return gjc_functions_put(sema, call, declared, function->body);
}
