/* SPDX-License-Identifier: Apache-2.0
 *
 * See calls.h. */
#include "sema/calls.h"

#include "base/text.h"
#include "sema/actions.h"
#include "sema/binders.h"
#include "sema/builtins.h"
#include "sema/collected.h"
#include "sema/expressions.h"
#include "sema/folds.h"
#include "sema/functions.h"
#include "sema/natives.h"
#include "sema/operations.h"
#include "sema/parameters.h"
#include "sema/regions.h"
#include "sema/types.h"

static const gjc_type any = {GJR_TYPE_NOTHING, GJR_TYPE_NOTHING, GJC_NO_INDEX, GJC_NO_INDEX};

static void unknown_call_add(gjc_sema *sema, const gjc_node *path)
{
    enum { NAMES_MAX = 256 };
    static const char *const folds[] = {"some", "存在", "all", "均", "share", "占比"};
    gjc_label names[NAMES_MAX] = {0};
    uint32_t count = gjc_declared_names(sema, GJC_FUNCTION, path->text, names, NAMES_MAX / 2);
    for (size_t i = 0; i < sizeof folds / sizeof *folds; i++)
        names[count++].name = gjb_text_of(folds[i]);
    const gjc_builtin_call *call;
    for (size_t i = 0; (call = gjc_builtins_call(i)) != NULL && count + 2 <= NAMES_MAX; i++) {
        names[count++].name = gjc_builtins_first(call->en);
        names[count++].name = gjc_builtins_first(call->zh);
    }
    gjc_labels known = GJC_LABELS(names, count);
    gjc_sema_add_unknown(sema, &known, 1, path->text, path->span,
                         gjc_arg_words("function", "函数"));
}

/* Whether the argument could be this call's: a field's name is a list, other names are actions. */
static bool operand_fits(const gjc_sema *sema, const gjc_builtin_call *call,
                         const gjc_node *argument)
{
    bool is_name = argument->kind == GJC_EXPR_PATH;
    bool is_field = is_name && (gjc_binder_find(sema, argument->text) != NULL ||
                                gjc_parameters_find_field(sema, argument->text) != GJC_NO_INDEX);
    return call->operand == GJC_OPERAND_LIST ? is_field || !is_name : is_name && !is_field;
}

/* The row that the name and the argument mean; the first of that name where none fits. */
static const gjc_builtin_call *call_find(const gjc_sema *sema, gj_text name,
                                         const gjc_node *argument)
{
    const gjc_builtin_call *first = NULL, *call;
    for (size_t i = 0; (call = gjc_builtins_call(i)) != NULL; i++) {
        if (!gjc_builtins_call_answers(call, name))
            continue;
        if (first == NULL)
            first = call;
        if (operand_fits(sema, call, argument))
            return call;
    }
    return first;
}

static bool list_call_takes(gjr_opcode op, gjc_type element)
{
    return op == GJR_OP_COUNT || op == GJR_OP_DISTINCT ||
           (op == GJR_OP_SUM ? gjc_type_is_amount(element) : gjc_type_is_ordered(element));
}

static gjc_fold fold_of(gjr_opcode op)
{
    return op == GJR_OP_COUNT      ? GJC_FOLD_COUNT
           : op == GJR_OP_DISTINCT ? GJC_FOLD_DISTINCT
           : op == GJR_OP_SUM      ? GJC_FOLD_SUM
           : op == GJR_OP_MAX      ? GJC_FOLD_MAX
                                   : GJC_FOLD_MIN;
}

static gjc_expr *list_call_resolve(gjc_sema *sema, const gjc_node *node,
                                   const gjc_builtin_call *call, const gjc_node *argument)
{
    gjc_collected_call rows;
    bool collected = gjc_collected_find(sema, argument, &rows);
    gjc_expr *list = collected ? NULL : gjc_expr_resolve_loosely(sema, argument, any);
    if (!collected && list == NULL)
        return NULL;
    gjc_type type = collected ? gjc_type_list(rows.type) : list->type;
    gjc_type element = gjc_type_element(type);
    if (type.base != GJR_TYPE_LIST || !list_call_takes(call->op, element)) {
        gjc_diag_add(sema->diags, GJC_E0405, argument->span,
                     gjc_arg_text(gjc_node_find(node, GJC_PATH)->text), gjc_type_words(sema, type));
        return NULL;
    }
    if (collected)
        return gjc_collected_whole(sema, &rows, fold_of(call->op), node->span);
    bool counts = call->op == GJR_OP_COUNT || call->op == GJR_OP_DISTINCT;
    return gjc_expr_make_operation(sema, call->op, counts ? gjc_type_of(GJR_TYPE_NUMBER) : element,
                                   node->span, list, NULL);
}

static gjr_type past_type(gjr_opcode op)
{
    switch ((int)op) {
    case GJR_OP_TIMES:
    case GJR_OP_OFFICERS:
        return GJR_TYPE_NUMBER;
    case GJR_OP_DATE_OF:
    case GJR_OP_DUE:
        return GJR_TYPE_DATE;
    default:
        return GJR_TYPE_BOOL; /* done, running */
    }
}

/* A name that is a field's and no action's: were it taken as an action, it would be one that nobody
 * ever does. */
static const gjc_label *field_meant(const gjc_sema *sema, gj_text name)
{
    const gjc_model *model = sema->model;
    gjc_labels actions = GJC_LABELS(model->actions, model->action_count);
    uint32_t field = gjc_parameters_find_field(sema, name);
    bool meant = field != GJC_NO_INDEX && gjc_labels_find(actions, name) == GJC_NO_INDEX;
    return meant ? &gjc_model_get_field(model, field)->label : NULL;
}

static gjc_expr *past_call_resolve(gjc_sema *sema, const gjc_node *node,
                                   const gjc_builtin_call *call, const gjc_node *argument)
{
    bool of_limit = call->operand == GJC_OPERAND_LIMIT;
    bool named = argument->kind == GJC_EXPR_PATH && gjc_node_child_count(argument) <= 1;
    const gjc_label *field = named && !of_limit ? field_meant(sema, argument->text) : NULL;
    if (!named || field != NULL) {
        gjc_diag *diag = gjc_diag_add(sema->diags, GJC_E0413, argument->span,
                                      gjc_arg_text(gjc_node_find(node, GJC_PATH)->text),
                                      of_limit ? gjc_arg_words("limit", "时限")
                                               : gjc_arg_words("action", "行为"));
        if (field != NULL)
            gjc_diag_note_add(sema->diags, diag, field->span,
                              gjc_arg_words("this is a field", "这是数据项"));
        return NULL;
    }
    uint32_t target;
    if (of_limit) {
        target = gjc_regions_find_inside(sema, gjc_scoped_limits(sema->model), argument->text,
                                         argument->span, gjc_arg_words("limit", "时限"));
    } else {
        target = gjc_actions_get(sema, argument->text, argument->span);
    }
    if (target == GJC_NO_INDEX)
        return NULL;
    gjc_expr *expr = gjc_expr_make(sema, call->op, gjc_type_of(past_type(call->op)), node->span);
    if (expr != NULL)
        expr->target = target;
    return expr;
}

/* How often an act was done, a limit: matters of the case, which a function does not see. */
static gjc_expr *past_call_check(gjc_sema *sema, const gjc_node *node, const gjc_builtin_call *call,
                                 const gjc_node *argument)
{
    const gjc_node *path = gjc_node_find(node, GJC_PATH);
    if (!sema->is_in_function)
        return past_call_resolve(sema, node, call, argument);
    gjc_diag_add(sema->diags, GJC_E0424, path->span, gjc_arg_text(path->text), gjc_arg_none());
    return NULL;
}

static bool is_builtin(gj_text name)
{
    gjc_fold fold;
    const gjc_builtin_call *call;
    for (size_t i = 0; (call = gjc_builtins_call(i)) != NULL; i++)
        if (gjc_builtins_call_answers(call, name))
            return true;
    return gjc_builtins_find_fold(name, &fold) || gjc_fold_is_share_name(name);
}

static gjc_expr *builtin_resolve(gjc_sema *sema, const gjc_node *node)
{
    const gjc_node *path = gjc_node_find(node, GJC_PATH);
    const gjc_node *argument = gjc_node_find_expr(node);
    if (!is_builtin(path->text)) {
        unknown_call_add(sema, path);
        return NULL;
    }
    if (argument != NULL && argument->kind == GJC_EXPR_CODE)
        return NULL; /* refused where the tree is walked */
    if (gjc_fold_is_call(node))
        return gjc_fold_resolve(sema, node);
    if (argument == NULL || gjc_node_find_next_expr(argument) != NULL) {
        gjc_diag_add(sema->diags, GJC_E0414, node->span, gjc_arg_text(path->text), gjc_arg_none());
        return NULL;
    }
    const gjc_builtin_call *call = call_find(sema, path->text, argument);
    return call->operand == GJC_OPERAND_LIST ? list_call_resolve(sema, node, call, argument)
                                             : past_call_check(sema, node, call, argument);
}

gjc_expr *gjc_call_resolve(gjc_sema *sema, const gjc_node *node)
{
    bool ambiguous = false;
    const gjc_node *path = gjc_node_find(node, GJC_PATH);
    gjc_declared *function = path == NULL ? NULL : gjc_functions_find(sema, path, &ambiguous);
    if (path == NULL || ambiguous)
        return NULL;
    gjc_declared *native = function == NULL ? gjc_natives_find(sema, path, &ambiguous) : NULL;
    if (ambiguous || (function == NULL && native == NULL))
        return ambiguous ? NULL : builtin_resolve(sema, node);
    gjc_expr *called = function != NULL ? gjc_functions_call(sema, node, function)
                                        : gjc_natives_call(sema, node, native);
    return gjc_natives_check_place(sema, called, node->span);
}
