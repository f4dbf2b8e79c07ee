/* SPDX-License-Identifier: Apache-2.0
 *
 * See expressions.h. Recursion is bounded by the tree's own depth, GJC_TREE_DEPTH_MAX. */
#include "sema/expressions.h"

#include "base/text.h"
#include "sema/calls.h"
#include "sema/collected.h"
#include "sema/folds.h"
#include "sema/moments.h"
#include "sema/operations.h"
#include "sema/paths.h"
#include "sema/types.h"

#include <assert.h>

static const gjc_type any = {GJR_TYPE_NOTHING, GJR_TYPE_NOTHING, GJC_NO_INDEX, GJC_NO_INDEX};

static gjc_expr *of_type(gjc_sema *sema, const gjc_node *node, gjr_type base)
{
    return gjc_expr_resolve(sema, node, gjc_type_of(base));
}

/* ---- two sides ---- */

typedef struct sides {
    gjc_expr *a, *b;
} sides;

/* Resolves two operands that should be of one type. `wanted` goes to the first. False where one is
 * wrong. */
static bool sides_resolve(gjc_sema *sema, const gjc_node *node, gjc_type wanted, sides *out)
{
    const gjc_node *left = gjc_node_find_expr(node);
    const gjc_node *right = left == NULL ? NULL : gjc_node_find_next_expr(left);
    if (left == NULL || right == NULL)
        return false;
    bool swapped = gjc_path_is_adaptable(sema, left) && !gjc_path_is_adaptable(sema, right);
    gjc_expr *first = gjc_expr_resolve_loosely(sema, swapped ? right : left, wanted);
    gjc_type like = first != NULL ? first->type : any;
    gjc_expr *second = NULL;
    if (first != NULL || !gjc_path_is_adaptable(sema, swapped ? left : right))
        second = gjc_expr_resolve_loosely(sema, swapped ? left : right, like);
    *out = swapped ? (sides){second, first} : (sides){first, second};
    return first != NULL && second != NULL;
}

static gjc_expr *logic_resolve(gjc_sema *sema, const gjc_node *node, gjr_opcode op)
{
    const gjc_node *left = gjc_node_find_expr(node);
    const gjc_node *right = left == NULL ? NULL : gjc_node_find_next_expr(left);
    if (left == NULL || right == NULL)
        return NULL;
    gjc_expr *a = of_type(sema, left, GJR_TYPE_BOOL);
    gjc_expr *b = of_type(sema, right, GJR_TYPE_BOOL);
    if (a == NULL || b == NULL)
        return NULL;
    return gjc_expr_make_operation(sema, op, gjc_type_of(GJR_TYPE_BOOL), node->span, a, b);
}

static bool is_share_compared(const gjc_node *node)
{
    const gjc_node *left = gjc_node_find_expr(node);
    const gjc_node *right = left == NULL ? NULL : gjc_node_find_next_expr(left);
    return right != NULL && (gjc_fold_is_share(left) || gjc_fold_is_share(right));
}

/* As two sides, and what only comparing gives a meaning to: 5 workdays, 09:00, a share. */
static bool compared_resolve(gjc_sema *sema, const gjc_node *node, sides *out)
{
    if (is_share_compared(node))
        return gjc_fold_compare_share(sema, node, &out->a, &out->b);
    return gjc_moments_are_compared(node) ? gjc_moments_compare(sema, node, &out->a, &out->b)
                                          : sides_resolve(sema, node, any, out);
}

static gjc_expr *equal_resolve(gjc_sema *sema, const gjc_node *node)
{
    sides s;
    if (!compared_resolve(sema, node, &s))
        return NULL;
    if (!gjc_type_equal(s.a->type, s.b->type) || s.a->type.base == GJR_TYPE_LIST) {
        gjc_expr_incomparable(sema, node->span, s.a, s.b);
        return NULL;
    }
    return gjc_expr_make_operation(sema, GJR_OP_EQUAL, gjc_type_of(GJR_TYPE_BOOL), node->span, s.a,
                                   s.b);
}

static gjc_expr *order_resolve(gjc_sema *sema, const gjc_node *node, gjr_opcode op, bool swapped)
{
    sides s;
    if (!compared_resolve(sema, node, &s))
        return NULL;
    if (!gjc_type_equal(s.a->type, s.b->type) || !gjc_type_is_ordered(s.a->type)) {
        gjc_expr_incomparable(sema, node->span, s.a, s.b);
        return NULL;
    }
    return gjc_expr_make_operation(sema, op, gjc_type_of(GJR_TYPE_BOOL), node->span,
                                   swapped ? s.b : s.a, swapped ? s.a : s.b);
}

static gjc_expr *sum_resolve(gjc_sema *sema, const gjc_node *node, gjr_opcode op, gjc_type wanted)
{
    if (gjc_moments_is_shift(node))
        return gjc_moments_shift(sema, node);
    sides s;
    if (!sides_resolve(sema, node, wanted, &s))
        return NULL;
    if (gjc_moments_are_calculated(s.a, s.b))
        return gjc_moments_calculate(sema, node, s.a, s.b);
    if (!gjc_type_equal(s.a->type, s.b->type) || !gjc_type_is_amount(s.a->type)) {
        gjc_diag_add(sema->diags, GJC_E0404, node->span, gjc_type_words(sema, s.a->type),
                     gjc_type_words(sema, s.b->type));
        return NULL;
    }
    return gjc_expr_make_operation(sema, op, s.a->type, node->span, s.a, s.b);
}

static gjc_expr *product_resolve(gjc_sema *sema, const gjc_node *node)
{
    const gjc_node *left = gjc_node_find_expr(node);
    const gjc_node *right = left == NULL ? NULL : gjc_node_find_next_expr(left);
    if (left == NULL || right == NULL)
        return NULL;
    gjc_expr *a = gjc_expr_resolve_loosely(sema, left, any);
    gjc_expr *b = gjc_expr_resolve_loosely(sema, right, any);
    if (a == NULL || b == NULL)
        return NULL;
    bool swapped = a->type.base == GJR_TYPE_NUMBER && b->type.base != GJR_TYPE_NUMBER;
    gjc_expr *amount = swapped ? b : a, *number = swapped ? a : b;
    if (!gjc_type_is_amount(amount->type) || number->type.base != GJR_TYPE_NUMBER) {
        gjc_diag_add(sema->diags, GJC_E0404, node->span, gjc_type_words(sema, a->type),
                     gjc_type_words(sema, b->type));
        return NULL;
    }
    return gjc_expr_make_operation(sema, GJR_OP_SCALE, amount->type, node->span, amount, number);
}

static gjc_expr *modulo_resolve(gjc_sema *sema, const gjc_node *node)
{
    const gjc_node *left = gjc_node_find_expr(node);
    const gjc_node *right = left == NULL ? NULL : gjc_node_find_next_expr(left);
    if (left == NULL || right == NULL)
        return NULL;
    gjc_expr *a = of_type(sema, left, GJR_TYPE_NUMBER);
    gjc_expr *b = of_type(sema, right, GJR_TYPE_NUMBER);
    if (a == NULL || b == NULL)
        return NULL;
    return gjc_expr_make_operation(sema, GJR_OP_MODULO, gjc_type_of(GJR_TYPE_NUMBER), node->span, a,
                                   b);
}

static gjc_expr *else_resolve(gjc_sema *sema, const gjc_node *node, gjc_type wanted)
{
    sides s;
    if (!sides_resolve(sema, node, wanted, &s))
        return NULL;
    if (!gjc_type_equal(s.a->type, s.b->type)) {
        gjc_expr_mismatch(sema, s.b->span, s.a->type, s.b->type);
        return NULL;
    }
    return gjc_expr_make_operation(sema, GJR_OP_ELSE, s.a->type, node->span, s.a, s.b);
}

/* ---- in ---- */

/* x in [a, b]: x is a or x is b. */
static gjc_expr *in_list_resolve(gjc_sema *sema, const gjc_node *node, const gjc_node *left,
                                 const gjc_node *list)
{
    gjc_expr *x = gjc_expr_resolve_loosely(sema, left, any);
    size_t count = gjc_node_child_count(list);
    gjc_expr **tests = gjc_sema_make(sema, count, sizeof *tests);
    if (x == NULL || count == 0 || tests == NULL)
        return NULL;
    size_t made = 0;
    bool good = true;
    const gjc_node *item = gjc_node_find_expr(list);
    for (; item != NULL && made < count; item = gjc_node_find_next_expr(item)) {
        gjc_expr *value = gjc_expr_resolve_loosely(sema, item, x->type);
        if (value == NULL) {
            good = false;
            continue;
        }
        if (!gjc_type_equal(value->type, x->type) || x->type.base == GJR_TYPE_LIST) {
            gjc_expr_incomparable(sema, item->span, x, value);
            good = false;
            continue;
        }
        tests[made] = gjc_expr_make_operation(sema, GJR_OP_EQUAL, gjc_type_of(GJR_TYPE_BOOL),
                                              item->span, x, value);
        good = good && tests[made++] != NULL;
    }
    return good && made > 0 ? gjc_expr_make_joined(sema, GJR_OP_OR, tests, made, node->span) : NULL;
}

/* x in T(n): some row that holds gives x. */
static gjc_expr *in_rows_resolve(gjc_sema *sema, const gjc_node *node, const gjc_node *left,
                                 const gjc_collected_call *rows)
{
    gjc_binder each = {.type = rows->type, .number = sema->model->binder_count++};
    gjc_expr *x = gjc_expr_resolve(sema, left, rows->type);
    gjc_expr *read = gjc_binder_read(sema, &each, node->span);
    if (x == NULL || read == NULL)
        return NULL;
    gjc_expr *same = gjc_expr_make_operation(sema, GJR_OP_EQUAL, gjc_type_of(GJR_TYPE_BOOL),
                                             node->span, x, read);
    return gjc_collected_fold(sema, rows, GJC_FOLD_SOME, same, each.number, node->span);
}

static gjc_expr *in_resolve(gjc_sema *sema, const gjc_node *node)
{
    const gjc_node *left = gjc_node_find_expr(node);
    const gjc_node *right = left == NULL ? NULL : gjc_node_find_next_expr(left);
    if (left == NULL || right == NULL)
        return NULL;
    if (right->kind == GJC_EXPR_LIST)
        return in_list_resolve(sema, node, left, right);
    gjc_collected_call rows;
    if (gjc_collected_find(sema, right, &rows))
        return in_rows_resolve(sema, node, left, &rows);
    gjc_expr *list = gjc_expr_resolve_loosely(sema, right, any);
    if (list == NULL)
        return NULL;
    if (list->type.base != GJR_TYPE_LIST) {
        gjc_diag_add(sema->diags, GJC_E0408, right->span, gjc_type_words(sema, list->type),
                     gjc_arg_none());
        return NULL;
    }
    gjc_expr *x = gjc_expr_resolve(sema, left, gjc_type_element(list->type));
    if (x == NULL)
        return NULL;
    return gjc_expr_make_operation(sema, GJR_OP_IN, gjc_type_of(GJR_TYPE_BOOL), node->span, x,
                                   list);
}

/* ---- literals ---- */

static gjc_expr *number_resolve(gjc_sema *sema, const gjc_node *node, gjc_type wanted)
{
    bool is_money = node->value == 0 && wanted.base == GJR_TYPE_MONEY;
    return gjc_expr_make_constant(sema, is_money ? GJR_TYPE_MONEY : GJR_TYPE_NUMBER, node->value,
                                  node->span);
}

static gjc_expr *moment_resolve(gjc_sema *sema, const gjc_node *node)
{
    if (node->value2 == GJC_NO_OFFSET) {
        gjc_diag_add(sema->diags, GJC_E0409, node->span, gjc_arg_none(), gjc_arg_none());
        return NULL;
    }
    return gjc_expr_make_constant(sema, GJR_TYPE_TIME, node->value - node->value2 * 1000,
                                  node->span);
}

/* An officer is written as a text where an officer is called for. */
static gjc_expr *string_resolve(gjc_sema *sema, const gjc_node *node, gjc_type wanted)
{
    bool is_officer = wanted.base == GJR_TYPE_OFFICER;
    gjc_expr *expr =
        gjc_expr_make_constant(sema, is_officer ? GJR_TYPE_OFFICER : GJR_TYPE_TEXT, 0, node->span);
    if (expr != NULL)
        expr->text = gjb_text_is_present(node->text) ? node->text : gjb_text_of("");
    return expr;
}

static gjc_expr *negated_resolve(gjc_sema *sema, const gjc_node *node, gjc_type wanted)
{
    const gjc_node *inner = gjc_node_find_expr(node);
    gjc_expr *a = inner == NULL ? NULL : gjc_expr_resolve_loosely(sema, inner, wanted);
    if (a == NULL)
        return NULL;
    if (!gjc_type_is_amount(a->type)) {
        gjc_expr_mismatch(sema, a->span, gjc_type_of(GJR_TYPE_NUMBER), a->type);
        return NULL;
    }
    return gjc_expr_make_operation(sema, GJR_OP_NEGATE, a->type, node->span, a, NULL);
}

/* ---- everything ---- */

static gjc_expr *operator_resolve(gjc_sema *sema, const gjc_node *node, gjc_type wanted)
{
    const gjc_node *inner = gjc_node_find_expr(node);
    switch ((int)node->kind) {
    case GJC_EXPR_OR:
        return logic_resolve(sema, node, GJR_OP_OR);
    case GJC_EXPR_AND:
        return logic_resolve(sema, node, GJR_OP_AND);
    case GJC_EXPR_NOT:
        return inner == NULL
                   ? NULL
                   : gjc_expr_make_not(sema, of_type(sema, inner, GJR_TYPE_BOOL), node->span);
    case GJC_EXPR_IS:
        return equal_resolve(sema, node);
    case GJC_EXPR_IS_NOT:
        return gjc_expr_make_not(sema, equal_resolve(sema, node), node->span);
    case GJC_EXPR_IN:
        return in_resolve(sema, node);
    case GJC_EXPR_LESS:
        return order_resolve(sema, node, GJR_OP_LESS, false);
    case GJC_EXPR_LESS_EQUAL:
        return order_resolve(sema, node, GJR_OP_LESS_EQUAL, false);
    case GJC_EXPR_GREATER:
        return order_resolve(sema, node, GJR_OP_LESS, true);
    case GJC_EXPR_GREATER_EQUAL:
        return order_resolve(sema, node, GJR_OP_LESS_EQUAL, true);
    case GJC_EXPR_ADD:
        return sum_resolve(sema, node, GJR_OP_ADD, wanted);
    case GJC_EXPR_SUBTRACT:
        return sum_resolve(sema, node, GJR_OP_SUBTRACT, wanted);
    case GJC_EXPR_MULTIPLY:
        return product_resolve(sema, node);
    case GJC_EXPR_MODULO:
        return modulo_resolve(sema, node);
    case GJC_EXPR_ELSE:
        return else_resolve(sema, node, wanted);
    case GJC_EXPR_NEGATE:
        return negated_resolve(sema, node, wanted);
    default:
        assert(false);
        return NULL; /* not an operator */
    }
}

gjc_expr *gjc_expr_resolve_loosely(gjc_sema *sema, const gjc_node *node, gjc_type wanted)
{
    switch ((int)node->kind) {
    case GJC_EXPR_NUMBER:
        return number_resolve(sema, node, wanted);
    case GJC_EXPR_PERCENT:
        return gjc_expr_make_constant(sema, GJR_TYPE_NUMBER, node->value, node->span);
    case GJC_EXPR_MONEY:
        return gjc_expr_make_constant(sema, GJR_TYPE_MONEY, node->value, node->span);
    case GJC_EXPR_DATE:
        return gjc_expr_make_constant(sema, GJR_TYPE_DATE, node->value, node->span);
    case GJC_EXPR_BOOL:
        return gjc_expr_make_constant(sema, GJR_TYPE_BOOL, node->value, node->span);
    case GJC_EXPR_MOMENT:
        return moment_resolve(sema, node);
    case GJC_EXPR_STRING:
        return string_resolve(sema, node, wanted);
    case GJC_EXPR_PATH:
        return gjc_path_resolve(sema, node, wanted);
    case GJC_EXPR_CALL:
        return gjc_call_resolve(sema, node);
    case GJC_EXPR_TIME:
        gjc_diag_add(sema->diags, GJC_E0420, node->span, gjc_arg_none(), gjc_arg_none());
        return NULL;
    case GJC_DURATION:
        return gjc_moments_duration(sema, node);
    case GJC_EXPR_LIST:
        gjc_diag_add(sema->diags, GJC_E0412, node->span, gjc_arg_none(), gjc_arg_none());
        return NULL;
    case GJC_EXPR_BIND:
        gjc_diag_add(sema->diags, GJC_E0425, node->span, gjc_arg_none(), gjc_arg_none());
        return NULL;
    case GJC_BROKEN:
    case GJC_EXPR_CODE: /* refused where the tree is walked */
        return NULL;
    default:
        return operator_resolve(sema, node, wanted);
    }
}

gjc_expr *gjc_expr_resolve(gjc_sema *sema, const gjc_node *node, gjc_type wanted)
{
    gjc_expr *expr = gjc_expr_resolve_loosely(sema, node, wanted);
    if (expr == NULL || wanted.base == GJR_TYPE_NOTHING || gjc_type_equal(expr->type, wanted))
        return expr;
    gjc_expr_mismatch(sema, expr->span, wanted, expr->type);
    return NULL;
}

gjc_expr *gjc_expr_resolve_when(gjc_sema *sema, const gjc_node *clause)
{
    const gjc_node *expr = gjc_node_find_expr(gjc_node_find(clause, GJC_WHEN));
    return expr == NULL ? NULL : of_type(sema, expr, GJR_TYPE_BOOL);
}
