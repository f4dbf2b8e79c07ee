/* SPDX-License-Identifier: Apache-2.0
 *
 * See expressions.h. Recursion is bounded by the tree's own depth, GJC_TREE_DEPTH_MAX. */
#include "sema/expressions.h"

#include "base/text.h"
#include "sema/actions.h"
#include "sema/builtins.h"
#include "sema/calls.h"
#include "sema/refusals.h"
#include "sema/types.h"

#include <assert.h>

/* `in` repeats its left side once a value, so sizes multiply; far below GJR_CODE_MAX. */
enum { GJC_EXPR_SIZE_MAX = 16384 };

static const gjc_type any = {GJR_TYPE_NOTHING, GJR_TYPE_NOTHING, GJC_NO_INDEX};

/* ---- making ---- */

gjc_expr *gjc_expr_make(gjc_sema *sema, gjr_opcode op, gjc_type type, gjc_span span)
{
    gjc_expr *expr = gjc_sema_make(sema, 1, sizeof *expr);
    if (expr == NULL)
        return NULL;
    *expr = (gjc_expr){.op = op,
                       .type = type,
                       .span = span,
                       .target = GJC_NO_INDEX,
                       .size = 1,
                       .register_count = 1};
    return expr;
}

static gjc_expr *constant_make(gjc_sema *sema, gjr_type type, int64_t value, gjc_span span)
{
    gjc_expr *expr = gjc_expr_make(sema, GJR_OP_CONSTANT, gjc_type_of(type), span);
    if (expr != NULL) {
        expr->value = value;
        expr->is_lasting = true;
    }
    return expr;
}

/* `a` goes to a register, `b` to the one after it. */
static gjc_expr *operation_make(gjc_sema *sema, gjr_opcode op, gjc_type type, gjc_span span,
                                gjc_expr *a, gjc_expr *b)
{
    if (a == NULL)
        return NULL;
    gjc_expr *expr = gjc_expr_make(sema, op, type, span);
    if (expr == NULL)
        return NULL;
    expr->a = a;
    expr->b = b;
    expr->size = 1 + a->size + (b != NULL ? b->size : 0);
    expr->register_count = a->register_count;
    expr->is_lasting = a->is_lasting;
    if (b != NULL) {
        if (b->register_count + 1 > expr->register_count)
            expr->register_count = b->register_count + 1;
        expr->is_lasting = expr->is_lasting && b->is_lasting;
    }
    if (expr->register_count <= GJR_REGISTERS_MAX && expr->size <= GJC_EXPR_SIZE_MAX)
        return expr;
    gjc_diag_add(sema->diags, GJC_E0406, span, gjc_arg_none(), gjc_arg_none());
    return NULL;
}

gjc_expr *gjc_expr_make_implication(gjc_sema *sema, gjc_expr *a, gjc_expr *b, gjc_span span)
{
    if (a == NULL || b == NULL)
        return NULL;
    gjc_type truth = gjc_type_of(GJR_TYPE_BOOL);
    gjc_expr *no = operation_make(sema, GJR_OP_NOT, truth, a->span, a, NULL);
    return operation_make(sema, GJR_OP_OR, truth, span, no, b);
}

/* ---- mistakes ---- */

static void mismatch_add(gjc_sema *sema, gjc_span span, gjc_type wanted, gjc_type found)
{
    gjc_diag_add(sema->diags, GJC_E0401, span, gjc_type_words(sema, wanted),
                 gjc_type_words(sema, found));
}

static void incomparable_add(gjc_sema *sema, gjc_span span, const gjc_expr *a, const gjc_expr *b)
{
    gjc_diag_add(sema->diags, GJC_E0402, span, gjc_type_words(sema, a->type),
                 gjc_type_words(sema, b->type));
}

static gjc_expr *of_type(gjc_sema *sema, const gjc_node *node, gjr_type base)
{
    return gjc_expr_resolve(sema, node, gjc_type_of(base));
}

/* ---- names ---- */

static uint32_t member_find(const gjc_model *model, gjc_type type, gj_text name)
{
    if (type.base != GJR_TYPE_ENUM)
        return GJC_NO_INDEX;
    const gjc_enumeration *e = &model->enumerations[type.enumeration];
    return gjc_labels_find(GJC_LABELS(e->members, e->member_count), name);
}

static gjc_expr *member_make(gjc_sema *sema, gjc_type type, uint32_t member, gjc_span span)
{
    gjc_expr *expr = constant_make(sema, GJR_TYPE_ENUM, member, span);
    if (expr != NULL)
        expr->type = type;
    return expr;
}

static gjc_labels fields_known(const gjc_model *model)
{
    return GJC_LABELS(model->fields, model->field_count);
}

/* A bare word that is a member of some enumeration, used where no such type is called for. */
static bool member_of_any(const gjc_model *model, gj_text name)
{
    for (uint32_t i = 0; i < model->enumeration_count; i++)
        if (member_find(model, (gjc_type){GJR_TYPE_ENUM, GJR_TYPE_NOTHING, i}, name) !=
            GJC_NO_INDEX)
            return true;
    return false;
}

static void unknown_name_add(gjc_sema *sema, const gjc_node *node, gjc_type wanted)
{
    gjc_labels known[2] = {fields_known(sema->model)};
    size_t count = 1;
    gjc_arg noun = gjc_arg_words("field", "数据项");
    if (wanted.base == GJR_TYPE_ENUM) {
        const gjc_enumeration *e = &sema->model->enumerations[wanted.enumeration];
        known[count++] = GJC_LABELS(e->members, e->member_count);
        noun = gjc_arg_words("choice or field", "取值或数据项");
    }
    if (wanted.base != GJR_TYPE_ENUM && member_of_any(sema->model, node->text)) {
        gjc_diag_add(sema->diags, GJC_E0403, node->span, gjc_arg_text(node->text), gjc_arg_none());
        return;
    }
    gjc_sema_add_unknown(sema, known, count, node->text, node->span, noun);
}

static gjc_expr *path_resolve(gjc_sema *sema, const gjc_node *node, gjc_type wanted)
{
    if (gjc_node_child_count(node) > 1) {
        gjc_refusals_add(sema, GJC_UNSUPPORTED_FIELD_OF, node->span);
        return NULL;
    }
    uint32_t member = member_find(sema->model, wanted, node->text);
    if (member != GJC_NO_INDEX)
        return member_make(sema, wanted, member, node->span);
    uint32_t field = gjc_labels_find(fields_known(sema->model), node->text);
    if (field != GJC_NO_INDEX) {
        gjc_type type = sema->model->fields[field].type;
        if (type.base == GJR_TYPE_NOTHING) /* its declaration was wrong, and that was reported */
            return NULL;
        gjc_expr *expr = gjc_expr_make(sema, GJR_OP_FIELD, type, node->span);
        if (expr != NULL)
            expr->target = field;
        return expr;
    }
    gjr_type type;
    gjr_opcode fact = gjc_builtins_find_fact(node->text, &type);
    if (fact != GJR_OPCODE_COUNT)
        return gjc_expr_make(sema, fact, gjc_type_of(type), node->span);
    unknown_name_add(sema, node, wanted);
    return NULL;
}

/* ---- two sides ---- */

/* Takes its type from the other side: a member's bare name, a literal 0, a text. */
static bool is_adaptable(const gjc_sema *sema, const gjc_node *node)
{
    if (node->kind == GJC_EXPR_STRING)
        return true;
    if (node->kind == GJC_EXPR_NUMBER)
        return node->value == 0;
    gjr_type type;
    return node->kind == GJC_EXPR_PATH && gjc_node_child_count(node) <= 1 &&
           gjc_labels_find(fields_known(sema->model), node->text) == GJC_NO_INDEX &&
           gjc_builtins_find_fact(node->text, &type) == GJR_OPCODE_COUNT;
}

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
    bool swapped = is_adaptable(sema, left) && !is_adaptable(sema, right);
    gjc_expr *first = gjc_expr_resolve_loosely(sema, swapped ? right : left, wanted);
    gjc_type like = first != NULL ? first->type : any;
    gjc_expr *second = NULL;
    if (first != NULL || !is_adaptable(sema, swapped ? left : right))
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
    return operation_make(sema, op, gjc_type_of(GJR_TYPE_BOOL), node->span, a, b);
}

static gjc_expr *not_make(gjc_sema *sema, gjc_expr *a, gjc_span span)
{
    return operation_make(sema, GJR_OP_NOT, gjc_type_of(GJR_TYPE_BOOL), span, a, NULL);
}

static gjc_expr *equal_resolve(gjc_sema *sema, const gjc_node *node)
{
    sides s;
    if (!sides_resolve(sema, node, any, &s))
        return NULL;
    if (!gjc_type_equal(s.a->type, s.b->type) || s.a->type.base == GJR_TYPE_LIST) {
        incomparable_add(sema, node->span, s.a, s.b);
        return NULL;
    }
    return operation_make(sema, GJR_OP_EQUAL, gjc_type_of(GJR_TYPE_BOOL), node->span, s.a, s.b);
}

static gjc_expr *order_resolve(gjc_sema *sema, const gjc_node *node, gjr_opcode op, bool swapped)
{
    sides s;
    if (!sides_resolve(sema, node, any, &s))
        return NULL;
    if (!gjc_type_equal(s.a->type, s.b->type) || !gjc_type_is_ordered(s.a->type)) {
        incomparable_add(sema, node->span, s.a, s.b);
        return NULL;
    }
    return operation_make(sema, op, gjc_type_of(GJR_TYPE_BOOL), node->span, swapped ? s.b : s.a,
                          swapped ? s.a : s.b);
}

static gjc_expr *sum_resolve(gjc_sema *sema, const gjc_node *node, gjr_opcode op, gjc_type wanted)
{
    sides s;
    if (!sides_resolve(sema, node, wanted, &s))
        return NULL;
    if (!gjc_type_equal(s.a->type, s.b->type) || !gjc_type_is_amount(s.a->type)) {
        gjc_diag_add(sema->diags, GJC_E0404, node->span, gjc_type_words(sema, s.a->type),
                     gjc_type_words(sema, s.b->type));
        return NULL;
    }
    return operation_make(sema, op, s.a->type, node->span, s.a, s.b);
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
    bool swapped = a->type.base == GJR_TYPE_NUMBER && b->type.base == GJR_TYPE_MONEY;
    gjc_expr *amount = swapped ? b : a, *number = swapped ? a : b;
    if (!gjc_type_is_amount(amount->type) || number->type.base != GJR_TYPE_NUMBER) {
        gjc_diag_add(sema->diags, GJC_E0404, node->span, gjc_type_words(sema, a->type),
                     gjc_type_words(sema, b->type));
        return NULL;
    }
    return operation_make(sema, GJR_OP_SCALE, amount->type, node->span, amount, number);
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
    return operation_make(sema, GJR_OP_MODULO, gjc_type_of(GJR_TYPE_NUMBER), node->span, a, b);
}

static gjc_expr *else_resolve(gjc_sema *sema, const gjc_node *node, gjc_type wanted)
{
    sides s;
    if (!sides_resolve(sema, node, wanted, &s))
        return NULL;
    if (!gjc_type_equal(s.a->type, s.b->type)) {
        mismatch_add(sema, s.b->span, s.a->type, s.b->type);
        return NULL;
    }
    return operation_make(sema, GJR_OP_ELSE, s.a->type, node->span, s.a, s.b);
}

/* ---- in ---- */

/* x in [a, b]: x is a or x is b, as a balanced tree so that a long list stays shallow. */
static gjc_expr *alternatives_make(gjc_sema *sema, gjc_expr **tests, size_t count, gjc_span span)
{
    while (count > 1) {
        size_t pairs = 0;
        for (size_t i = 0; i < count; i += 2)
            tests[pairs++] = i + 1 == count
                                 ? tests[i]
                                 : operation_make(sema, GJR_OP_OR, gjc_type_of(GJR_TYPE_BOOL), span,
                                                  tests[i], tests[i + 1]);
        count = pairs;
    }
    return tests[0];
}

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
            incomparable_add(sema, item->span, x, value);
            good = false;
            continue;
        }
        tests[made] =
            operation_make(sema, GJR_OP_EQUAL, gjc_type_of(GJR_TYPE_BOOL), item->span, x, value);
        good = good && tests[made++] != NULL;
    }
    return good && made > 0 ? alternatives_make(sema, tests, made, node->span) : NULL;
}

static gjc_expr *in_resolve(gjc_sema *sema, const gjc_node *node)
{
    const gjc_node *left = gjc_node_find_expr(node);
    const gjc_node *right = left == NULL ? NULL : gjc_node_find_next_expr(left);
    if (left == NULL || right == NULL)
        return NULL;
    if (right->kind == GJC_EXPR_LIST)
        return in_list_resolve(sema, node, left, right);
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
    return operation_make(sema, GJR_OP_IN, gjc_type_of(GJR_TYPE_BOOL), node->span, x, list);
}

/* ---- literals ---- */

static gjc_expr *number_resolve(gjc_sema *sema, const gjc_node *node, gjc_type wanted)
{
    bool is_money = node->value == 0 && wanted.base == GJR_TYPE_MONEY;
    return constant_make(sema, is_money ? GJR_TYPE_MONEY : GJR_TYPE_NUMBER, node->value,
                         node->span);
}

static gjc_expr *moment_resolve(gjc_sema *sema, const gjc_node *node)
{
    if (node->value2 == GJC_NO_OFFSET) {
        gjc_diag_add(sema->diags, GJC_E0409, node->span, gjc_arg_none(), gjc_arg_none());
        return NULL;
    }
    return constant_make(sema, GJR_TYPE_TIME, node->value - node->value2 * 1000, node->span);
}

/* An officer is written as a text where an officer is called for. */
static gjc_expr *string_resolve(gjc_sema *sema, const gjc_node *node, gjc_type wanted)
{
    bool is_officer = wanted.base == GJR_TYPE_OFFICER;
    gjc_expr *expr =
        constant_make(sema, is_officer ? GJR_TYPE_OFFICER : GJR_TYPE_TEXT, 0, node->span);
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
        mismatch_add(sema, a->span, gjc_type_of(GJR_TYPE_NUMBER), a->type);
        return NULL;
    }
    return operation_make(sema, GJR_OP_NEGATE, a->type, node->span, a, NULL);
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
        return inner == NULL ? NULL
                             : not_make(sema, of_type(sema, inner, GJR_TYPE_BOOL), node->span);
    case GJC_EXPR_IS:
        return equal_resolve(sema, node);
    case GJC_EXPR_IS_NOT:
        return not_make(sema, equal_resolve(sema, node), node->span);
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
        return constant_make(sema, GJR_TYPE_NUMBER, node->value, node->span);
    case GJC_EXPR_MONEY:
        return constant_make(sema, GJR_TYPE_MONEY, node->value, node->span);
    case GJC_EXPR_DATE:
        return constant_make(sema, GJR_TYPE_DATE, node->value, node->span);
    case GJC_EXPR_BOOL:
        return constant_make(sema, GJR_TYPE_BOOL, node->value, node->span);
    case GJC_EXPR_MOMENT:
        return moment_resolve(sema, node);
    case GJC_EXPR_STRING:
        return string_resolve(sema, node, wanted);
    case GJC_EXPR_PATH:
        return path_resolve(sema, node, wanted);
    case GJC_EXPR_CALL:
        return gjc_call_resolve(sema, node);
    case GJC_EXPR_TIME:
        gjc_refusals_add(sema, GJC_UNSUPPORTED_TIME_OF_DAY, node->span);
        return NULL;
    case GJC_EXPR_LIST:
        gjc_diag_add(sema->diags, GJC_E0412, node->span, gjc_arg_none(), gjc_arg_none());
        return NULL;
    case GJC_BROKEN:
    case GJC_DURATION: /* refused where the tree is walked */
    case GJC_EXPR_BIND:
    case GJC_EXPR_CODE:
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
    mismatch_add(sema, expr->span, wanted, expr->type);
    return NULL;
}

gjc_expr *gjc_expr_resolve_when(gjc_sema *sema, const gjc_node *clause)
{
    const gjc_node *expr = gjc_node_find_expr(gjc_node_find(clause, GJC_WHEN));
    return expr == NULL ? NULL : of_type(sema, expr, GJR_TYPE_BOOL);
}
