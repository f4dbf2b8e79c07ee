/* SPDX-License-Identifier: Apache-2.0
 *
 * See folds.h. */
#include "sema/folds.h"

#include "base/text.h"
#include "sema/binders.h"
#include "sema/builtins.h"
#include "sema/collected.h"
#include "sema/expressions.h"
#include "sema/operations.h"
#include "sema/types.h"

static const gjc_type any = {GJR_TYPE_NOTHING, GJR_TYPE_NOTHING, GJC_NO_INDEX, GJC_NO_INDEX};

static gj_text called(const gjc_node *call)
{
    const gjc_node *path = gjc_node_find(call, GJC_PATH);
    return path != NULL ? path->text : (gj_text){0};
}

bool gjc_fold_is_share_name(gj_text name)
{
    return gjb_text_equal_string(name, "share") || gjb_text_equal_string(name, "占比");
}

bool gjc_fold_is_share(const gjc_node *node)
{
    return node != NULL && node->kind == GJC_EXPR_CALL && gjc_fold_is_share_name(called(node));
}

bool gjc_fold_is_call(const gjc_node *call)
{
    gjc_fold fold;
    const gjc_node *argument = gjc_node_find_expr(call);
    bool found = gjc_builtins_find_fold(called(call), &fold);
    bool only = found && (fold == GJC_FOLD_SOME || fold == GJC_FOLD_ALL);
    return argument != NULL && gjc_node_find_next_expr(argument) == NULL &&
           (argument->kind == GJC_EXPR_BIND || only || gjc_fold_is_share(call));
}

/* ---- a list and what each item gives ---- */

typedef struct items {
    gjc_expr *list; /* NULL: the rows of a table */
    gjc_collected_call rows;
    gjc_expr *body;
    gjc_binder bound;
} items;

static gjc_expr *list_resolve(gjc_sema *sema, const gjc_node *node)
{
    gjc_expr *list = node == NULL ? NULL : gjc_expr_resolve_loosely(sema, node, any);
    if (list == NULL || list->type.base == GJR_TYPE_LIST)
        return list;
    gjc_diag_add(sema->diags, GJC_E0408, node->span, gjc_type_words(sema, list->type),
                 gjc_arg_none());
    return NULL;
}

/* `b in bids: …`; `xs` alone is `x in xs: x`, for a list of bools. */
static bool items_resolve(gjc_sema *sema, const gjc_node *argument, gjc_type wanted, items *out)
{
    bool binds = argument->kind == GJC_EXPR_BIND;
    const gjc_node *list = binds ? gjc_node_find_expr(argument) : argument;
    const gjc_node *body = binds && list != NULL ? gjc_node_find_next_expr(list) : NULL;
    *out = (items){.list = NULL};
    bool collected = gjc_collected_find(sema, list, &out->rows);
    if (!collected)
        out->list = list_resolve(sema, list);
    bool good = collected || (out->list != NULL && out->list->type.base == GJR_TYPE_LIST);
    gjc_type type = collected ? gjc_type_list(out->rows.type) : good ? out->list->type : any;
    out->bound.type = good ? gjc_type_element(type) : any;
    out->bound.is_lasting = good && !collected && out->list->is_lasting;
    if (binds)
        out->bound.label = gjc_sema_label(sema, argument);
    gjc_binder_open(sema, &out->bound);
    out->body = body != NULL ? gjc_expr_resolve(sema, body, wanted)
                             : gjc_binder_read(sema, &out->bound, argument->span);
    gjc_binder_close(sema, &out->bound);
    if (!binds && out->body != NULL && !gjc_type_equal(out->body->type, wanted)) {
        gjc_expr_mismatch(sema, argument->span, gjc_type_list(wanted), type);
        return false;
    }
    return good && out->body != NULL;
}

static gjc_expr *items_fold(gjc_sema *sema, const items *i, gjc_fold fold, gjc_type type,
                            gjc_span span)
{
    if (i->list == NULL)
        return gjc_collected_fold(sema, &i->rows, fold, i->body, i->bound.number, span);
    return gjc_expr_make_fold(sema, fold, type, span, i->list, i->body, i->bound.number);
}

static bool is_of_bools(gjc_fold fold)
{
    return fold == GJC_FOLD_SOME || fold == GJC_FOLD_ALL || fold == GJC_FOLD_COUNT;
}

static bool fold_takes(gjc_fold fold, gjc_type body)
{
    return is_of_bools(fold) || (fold == GJC_FOLD_SUM        ? gjc_type_is_amount(body)
                                 : fold == GJC_FOLD_DISTINCT ? body.base != GJR_TYPE_LIST
                                                             : gjc_type_is_ordered(body));
}

static gjc_type fold_type(gjc_fold fold, gjc_type body)
{
    if (fold == GJC_FOLD_COUNT || fold == GJC_FOLD_DISTINCT)
        return gjc_type_of(GJR_TYPE_NUMBER);
    return body;
}

gjc_expr *gjc_fold_resolve(gjc_sema *sema, const gjc_node *call)
{
    gjc_fold fold;
    items i;
    const gjc_node *argument = gjc_node_find_expr(call);
    if (gjc_fold_is_share(call)) {
        gjc_diag_add(sema->diags, GJC_E0426, call->span, gjc_arg_none(), gjc_arg_none());
        return NULL;
    }
    if (!gjc_builtins_find_fold(called(call), &fold)) {
        gjc_diag_add(sema->diags, GJC_E0425, argument->span, gjc_arg_none(), gjc_arg_none());
        return NULL;
    }
    if (!items_resolve(sema, argument, is_of_bools(fold) ? gjc_type_of(GJR_TYPE_BOOL) : any, &i))
        return NULL;
    if (!fold_takes(fold, i.body->type)) {
        gjc_diag_add(sema->diags, GJC_E0405, i.body->span, gjc_arg_text(called(call)),
                     gjc_type_words(sema, i.body->type));
        return NULL;
    }
    return items_fold(sema, &i, fold, fold_type(fold, i.body->type), call->span);
}

/* ---- shares ---- */

static gjc_expr *count_make(gjc_sema *sema, const items *i)
{
    if (i->list == NULL)
        return gjc_collected_whole(sema, &i->rows, GJC_FOLD_COUNT, i->rows.call->span);
    return gjc_expr_make_operation(sema, GJR_OP_COUNT, gjc_type_of(GJR_TYPE_NUMBER), i->list->span,
                                   i->list, NULL);
}

/* How many give true; unknown where there are no items, of which no share is anything. */
static gjc_expr *counted_make(gjc_sema *sema, const items *i, gjc_span span)
{
    const gjc_type number = gjc_type_of(GJR_TYPE_NUMBER), truth = gjc_type_of(GJR_TYPE_BOOL);
    gjc_expr *zero = gjc_expr_make_constant(sema, GJR_TYPE_NUMBER, 0, span);
    gjc_expr *all = count_make(sema, i);
    gjc_expr *there =
        all == NULL ? NULL : gjc_expr_make_operation(sema, GJR_OP_LESS, truth, span, zero, all);
    gjc_expr *counted = items_fold(sema, i, GJC_FOLD_COUNT, number, span);
    return there == NULL
               ? NULL
               : gjc_expr_make_operation(sema, GJR_OP_WHERE, number, span, counted, there);
}

enum { SMALL = 10000 }; /* so many times all items is no number too large */

static bool is_small(const gjc_expr *part)
{
    const int64_t most = (int64_t)SMALL * GJC_DECIMAL_SCALE;
    return part->form == GJC_FORM_OPERATION && part->op == GJR_OP_CONSTANT && part->value <= most &&
           part->value >= -most;
}

/* A share lies between 0 and 1, so -1 and 2 do for whatever is less and more. */
static gjc_expr *bounded_make(gjc_sema *sema, gjc_expr *part)
{
    const gjc_type number = gjc_type_of(GJR_TYPE_NUMBER), truth = gjc_type_of(GJR_TYPE_BOOL);
    const gjc_span span = part->span;
    gjc_binder once = {
        .type = number, .number = sema->model->binder_count++, .is_lasting = part->is_lasting};
    gjc_expr *read = gjc_binder_read(sema, &once, span);
    gjc_expr *less = gjc_expr_make_constant(sema, GJR_TYPE_NUMBER, -GJC_DECIMAL_SCALE, span);
    gjc_expr *more = gjc_expr_make_constant(sema, GJR_TYPE_NUMBER, 2 * GJC_DECIMAL_SCALE, span);
    gjc_expr *value = gjc_expr_make_operation(sema, GJR_OP_GREATER, number, span, read, less);
    value = gjc_expr_make_operation(sema, GJR_OP_LESSER, number, span, value, more);
    gjc_expr *known = gjc_expr_make_operation(sema, GJR_OP_KNOWN, truth, span, read, NULL);
    value = known == NULL ? NULL
                          : gjc_expr_make_operation(sema, GJR_OP_WHERE, number, span, value, known);
    return value == NULL ? NULL : gjc_expr_make_let(sema, span, part, value, once.number);
}

bool gjc_fold_compare_share(gjc_sema *sema, const gjc_node *comparison, gjc_expr **a, gjc_expr **b)
{
    const gjc_node *left = gjc_node_find_expr(comparison);
    const gjc_node *right = gjc_node_find_next_expr(left);
    bool swapped = !gjc_fold_is_share(left);
    const gjc_node *share = swapped ? right : left, *other = swapped ? left : right;
    const gjc_type number = gjc_type_of(GJR_TYPE_NUMBER);
    items i;
    if (!gjc_fold_is_call(share)) {
        gjc_diag_add(sema->diags, GJC_E0414, share->span, gjc_arg_text(called(share)),
                     gjc_arg_none());
        return false;
    }
    bool good = items_resolve(sema, gjc_node_find_expr(share), gjc_type_of(GJR_TYPE_BOOL), &i);
    gjc_expr *part = gjc_expr_resolve(sema, other, number);
    if (good && part != NULL && !is_small(part))
        part = bounded_make(sema, part);
    if (!good || part == NULL)
        return false;
    gjc_expr *whole = count_make(sema, &i);
    gjc_expr *counted = counted_make(sema, &i, share->span);
    gjc_expr *much = whole == NULL ? NULL
                                   : gjc_expr_make_operation(sema, GJR_OP_SCALE, number,
                                                             other->span, part, whole);
    *a = swapped ? much : counted;
    *b = swapped ? counted : much;
    return counted != NULL && much != NULL;
}
