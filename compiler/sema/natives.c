/* SPDX-License-Identifier: Apache-2.0
 *
 * See natives.h. */
#include "sema/natives.h"

#include "sema/expressions.h"
#include "sema/operations.h"
#include "sema/types.h"

gjc_declared *gjc_natives_find(gjc_sema *sema, const gjc_node *path, bool *ambiguous)
{
    gjc_declared *found = gjc_declared_find(sema, GJC_NATIVE, path->text, path->span, ambiguous);
    return found != NULL && found->node->kind == GJC_NATIVE ? found : NULL;
}

/* ---- the declaration ---- */

static bool is_scalar(gjr_type type)
{
    return type != GJR_TYPE_NOTHING && type != GJR_TYPE_LIST && type != GJR_TYPE_RECORD;
}

/* What crosses is known to any C: a choice by its members' names, which are texts; a record's parts
 * are names of one source. */
static gjc_type type_resolve(gjc_sema *sema, const gjc_node *node)
{
    gjc_type type = gjc_type_resolve(sema, node);
    bool crosses = is_scalar(type.base == GJR_TYPE_LIST ? type.element : type.base);
    if (type.base != GJR_TYPE_NOTHING && !crosses) {
        gjc_diag_add(sema->diags, GJC_E0450, node->span, gjc_type_words(sema, type),
                     gjc_arg_none());
        return gjc_type_of(GJR_TYPE_NOTHING);
    }
    return type;
}

static bool parameters_resolve(gjc_sema *sema, const gjc_node *node, gjc_native *native)
{
    size_t count = gjc_node_count(node, GJC_PARAMETER);
    if (count > GJR_NATIVE_PARAMETERS_MAX) {
        gjc_diag_add(sema->diags, GJC_E0451, gjc_node_name_span(node),
                     gjc_diag_number(sema->diags, GJR_NATIVE_PARAMETERS_MAX), gjc_arg_none());
        return false;
    }
    bool good = true;
    native->parameters = gjc_sema_make(sema, count, sizeof *native->parameters);
    const gjc_node *parameter = gjc_node_find(node, GJC_PARAMETER);
    for (; native->parameters != NULL && parameter != NULL;
         parameter = gjc_node_find_next(parameter)) {
        gjc_type type = type_resolve(sema, gjc_node_find_type(parameter));
        good = good && type.base != GJR_TYPE_NOTHING;
        native->parameters[native->parameter_count++] = type;
    }
    return good && native->parameters != NULL;
}

/* Its types are those that its own module sees. */
static void declaration_resolve(gjc_sema *sema, gjc_declared *declared)
{
    const gjc_node *node = declared->node, *library = gjc_node_find(node, GJC_LIBRARY);
    const gjc_module *reading = sema->module;
    gjc_native *native = gjc_sema_make(sema, 1, sizeof *native);
    declared->progress = GJC_WORKED_OUT;
    if (native == NULL)
        return;
    sema->module = declared->module;
    native->label = declared->label;
    native->library = library == NULL ? (gj_text){0} : library->text;
    native->is_pure = gjc_node_find(node, GJC_PURE) != NULL;
    bool good = parameters_resolve(sema, node, native);
    native->result = type_resolve(sema, gjc_node_find_type(gjc_node_find(node, GJC_RESULT)));
    sema->module = reading;
    if (good && native->result.base != GJR_TYPE_NOTHING)
        declared->native = native;
}

static void work_out(gjc_sema *sema, gjc_declared *declared)
{
    if (declared->progress == GJC_NOT_BEGUN)
        declaration_resolve(sema, declared);
}

void gjc_natives_work_out(gjc_sema *sema)
{
    for (gjc_declared *d = sema->declarations->first; d != NULL; d = d->next)
        if (d->node->kind == GJC_NATIVE)
            work_out(sema, d);
}

/* ---- calls ---- */

/* Its number in the model: each that is called stands there once. */
static uint32_t number_of(gjc_sema *sema, gjc_declared *declared)
{
    gjc_model *model = sema->model;
    for (uint32_t i = 0; i < model->native_count; i++)
        if (model->natives[i].label.name.bytes == declared->native->label.name.bytes)
            return i;
    gjc_native *added = gjc_model_add_native(model);
    if (added == NULL) {
        sema->out_of_memory = true;
        return GJC_NO_INDEX;
    }
    *added = *declared->native;
    return model->native_count - 1;
}

static uint32_t arguments_count(const gjc_node *call)
{
    uint32_t count = 0;
    for (const gjc_node *a = gjc_node_find_expr(call); a != NULL; a = gjc_node_find_next_expr(a))
        count++;
    return count;
}

static bool count_check(gjc_sema *sema, const gjc_node *call, const gjc_declared *declared)
{
    if (arguments_count(call) == declared->native->parameter_count)
        return true;
    gjc_diag *diag =
        gjc_diag_add(sema->diags, GJC_E0423, call->span, gjc_arg_text(declared->label.name),
                     gjc_diag_number(sema->diags, declared->native->parameter_count));
    gjc_diag_note_add(sema->diags, diag, declared->label.span,
                      gjc_arg_words("declared here", "声明于此"));
    return false;
}

gjc_expr *gjc_natives_call(gjc_sema *sema, const gjc_node *call, gjc_declared *declared)
{
    work_out(sema, declared);
    const gjc_native *native = declared->native;
    if (native == NULL || !count_check(sema, call, declared))
        return NULL;
    gjc_expr *values[GJR_NATIVE_PARAMETERS_MAX];
    bool good = true;
    const gjc_node *argument = gjc_node_find_expr(call);
    for (uint32_t i = 0; i < native->parameter_count; i++) {
        values[i] = gjc_expr_resolve(sema, argument, native->parameters[i]);
        good = good && values[i] != NULL;
        argument = gjc_node_find_next_expr(argument);
    }
    uint32_t number = good ? number_of(sema, declared) : GJC_NO_INDEX;
    return number == GJC_NO_INDEX
               ? NULL
               : gjc_expr_make_call(sema, number, call->span, values, native->parameter_count);
}

/* ---- where ---- */

gjc_expr *gjc_natives_check_place(gjc_sema *sema, gjc_expr *expr, gjc_span span)
{
    if (expr == NULL || !expr->asks_impure || sema->is_in_function || sema->may_ask)
        return expr;
    gjc_diag_add(sema->diags, GJC_E0452, span, gjc_arg_none(), gjc_arg_none());
    return NULL;
}

gjc_expr *gjc_natives_check_set(gjc_sema *sema, gjc_expr *expr, gjc_type type, gjc_span span)
{
    bool text = type.base == GJR_TYPE_TEXT || type.base == GJR_TYPE_OFFICER;
    if (expr == NULL || !text || !expr->asks_text)
        return expr;
    gjc_diag_add(sema->diags, GJC_E0453, span, gjc_arg_none(), gjc_arg_none());
    return NULL;
}
