/* SPDX-License-Identifier: Apache-2.0
 *
 * See operations.h. */
#include "sema/operations.h"

#include "sema/types.h"

/* `in` repeats its left side once a value, so sizes multiply; far below GJR_CODE_MAX. */
enum { GJC_EXPR_SIZE_MAX = 16384, GJC_EXPR_DEPTH_MAX = 2000 };

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

gjc_expr *gjc_expr_make_constant(gjc_sema *sema, gjr_type type, int64_t value, gjc_span span)
{
    gjc_expr *expr = gjc_expr_make(sema, GJR_OP_CONSTANT, gjc_type_of(type), span);
    if (expr != NULL) {
        expr->value = value;
        expr->is_lasting = true;
    }
    return expr;
}

static uint32_t greater_of(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

/* Takes in what a part needs: it is emitted `times` times, its registers from `first` on. */
static void part_add(gjc_expr *whole, const gjc_expr *part, uint32_t first, uint32_t times)
{
    if (part == NULL)
        return;
    whole->size += part->size * times;
    whole->depth = greater_of(whole->depth, part->depth + 1);
    whole->loops = greater_of(whole->loops, part->loops);
    whole->register_count = greater_of(whole->register_count, part->register_count + first);
    whole->is_lasting = whole->is_lasting && part->is_lasting;
    whole->asks_impure = whole->asks_impure || part->asks_impure;
    whole->asks_text = whole->asks_text || part->asks_text;
}

static gjc_expr *checked(gjc_sema *sema, gjc_expr *expr)
{
    if (expr->register_count > GJR_REGISTERS_MAX || expr->size > GJC_EXPR_SIZE_MAX ||
        expr->depth > GJC_EXPR_DEPTH_MAX) {
        gjc_diag_add(sema->diags, GJC_E0406, expr->span, gjc_arg_none(), gjc_arg_none());
        return NULL;
    }
    if (expr->loops > GJR_LOOPS_MAX) {
        gjc_diag_add(sema->diags, GJC_E0427, expr->span,
                     gjc_diag_number(sema->diags, GJR_LOOPS_MAX), gjc_arg_none());
        return NULL;
    }
    return expr;
}

/* Of parts `a` and `b`, which are there. */
static gjc_expr *form_make(gjc_sema *sema, gjc_form form, gjc_type type, gjc_span span, gjc_expr *a,
                           gjc_expr *b)
{
    gjc_expr *expr =
        a == NULL || b == NULL ? NULL : gjc_expr_make(sema, GJR_OPCODE_COUNT, type, span);
    if (expr == NULL)
        return NULL;
    expr->form = form;
    expr->a = a;
    expr->b = b;
    expr->is_lasting = true;
    return expr;
}

gjc_expr *gjc_expr_make_operation(gjc_sema *sema, gjr_opcode op, gjc_type type, gjc_span span,
                                  gjc_expr *a, gjc_expr *b)
{
    if (a == NULL)
        return NULL;
    gjc_expr *expr = gjc_expr_make(sema, op, type, span);
    if (expr == NULL)
        return NULL;
    expr->a = a;
    expr->b = b;
    expr->is_lasting = true;
    part_add(expr, a, 0, 1);
    part_add(expr, b, 1, 1);
    return checked(sema, expr);
}

gjc_expr *gjc_expr_make_joined(gjc_sema *sema, gjr_opcode op, gjc_expr **parts, size_t count,
                               gjc_span span)
{
    if (count == 0)
        return gjc_expr_make_constant(sema, GJR_TYPE_BOOL, op == GJR_OP_AND, span);
    while (count > 1) {
        size_t pairs = 0;
        for (size_t i = 0; i < count; i += 2)
            parts[pairs++] = i + 1 == count || parts[i] == NULL || parts[i + 1] == NULL
                                 ? (i + 1 == count ? parts[i] : NULL)
                                 : gjc_expr_make_operation(sema, op, gjc_type_of(GJR_TYPE_BOOL),
                                                           span, parts[i], parts[i + 1]);
        count = pairs;
    }
    return parts[0];
}

/* ---- what is more than one operation: emit/forms.c gives it these registers ---- */

/* Of folds: the list, its body, and the second reading of the body, by the register of the first
 * result; and how many instructions there are beside them. */
typedef struct fold_plan {
    uint32_t list, body, again, size;
} fold_plan;

static fold_plan fold_plan_of(gjc_fold fold)
{
    switch (fold) {
    case GJC_FOLD_SOME:
    case GJC_FOLD_ALL:
    case GJC_FOLD_COUNT:
    case GJC_FOLD_SUM:
        return (fold_plan){1, 3, 0, 10};
    case GJC_FOLD_MAX:
    case GJC_FOLD_MIN:
        return (fold_plan){2, 4, 0, 14};
    case GJC_FOLD_DISTINCT:
        break;
    }
    return (fold_plan){2, 4, 8, 24};
}

gjc_expr *gjc_expr_make_fold(gjc_sema *sema, gjc_fold fold, gjc_type type, gjc_span span,
                             gjc_expr *a, gjc_expr *b, uint32_t binder)
{
    gjc_expr *expr = form_make(sema, GJC_FORM_FOLD, type, span, a, b);
    if (expr == NULL)
        return NULL;
    fold_plan plan = fold_plan_of(fold);
    expr->fold = fold;
    expr->target = binder;
    expr->size = plan.size;
    expr->register_count = plan.body + 1;
    part_add(expr, a, plan.list, 1);
    part_add(expr, b, plan.body, 1);
    if (plan.again > 0)
        part_add(expr, b, plan.again, 1);
    expr->loops = greater_of(a->loops, b->loops + (plan.again > 0 ? 2 : 1));
    return checked(sema, expr);
}

gjc_expr *gjc_expr_make_let(gjc_sema *sema, gjc_span span, gjc_expr *a, gjc_expr *b,
                            uint32_t binder)
{
    gjc_expr *expr = form_make(sema, GJC_FORM_LET,
                               b != NULL ? b->type : gjc_type_of(GJR_TYPE_NOTHING), span, a, b);
    if (expr == NULL)
        return NULL;
    expr->target = binder;
    part_add(expr, a, 0, 1);
    part_add(expr, b, 1, 1);
    return checked(sema, expr);
}

gjc_expr *gjc_expr_make_choice(gjc_sema *sema, gjc_span span, gjc_expr *condition, gjc_expr *a,
                               gjc_expr *b)
{
    gjc_expr *expr = condition == NULL || a == NULL
                         ? NULL
                         : form_make(sema, GJC_FORM_CHOICE, a->type, span, a, b);
    if (expr == NULL)
        return NULL;
    expr->c = condition;
    expr->size = 6;
    part_add(expr, condition, 1, 1);
    part_add(expr, a, 1, 1);
    part_add(expr, b, b->form == GJC_FORM_CHOICE ? 0 : 1, 1);
    return checked(sema, expr);
}

/* Each argument goes to a register of its own, the first to that of the result. */
gjc_expr *gjc_expr_make_call(gjc_sema *sema, uint32_t native, gjc_span span, gjc_expr **arguments,
                             uint32_t count)
{
    const gjc_native *row = &sema->model->natives[native];
    gjc_expr *whole = gjc_expr_make(sema, GJR_OPCODE_COUNT, row->result, span);
    gjc_expr *rest = NULL;
    for (uint32_t i = count; whole != NULL && i > 0; i--) {
        gjc_expr *argument =
            gjc_expr_make(sema, GJR_OPCODE_COUNT, arguments[i - 1]->type, arguments[i - 1]->span);
        if (argument == NULL)
            return NULL;
        argument->form = GJC_FORM_ARGUMENT;
        argument->a = arguments[i - 1];
        argument->b = rest;
        part_add(argument, argument->a, 0, 1);
        part_add(argument, rest, 1, 1);
        rest = argument;
    }
    if (whole == NULL)
        return NULL;
    gjr_type given = row->result.base == GJR_TYPE_LIST ? row->result.element : row->result.base;
    whole->form = GJC_FORM_CALL;
    whole->target = native;
    whole->a = rest;
    part_add(whole, rest, 0, 1);
    whole->asks_impure = whole->asks_impure || !row->is_pure;
    whole->asks_text = whole->asks_text || given == GJR_TYPE_TEXT || given == GJR_TYPE_OFFICER;
    return checked(sema, whole);
}

gjc_expr *gjc_expr_make_implication(gjc_sema *sema, gjc_expr *a, gjc_expr *b, gjc_span span)
{
    if (a == NULL || b == NULL)
        return NULL;
    gjc_type truth = gjc_type_of(GJR_TYPE_BOOL);
    gjc_expr *no = gjc_expr_make_operation(sema, GJR_OP_NOT, truth, a->span, a, NULL);
    return gjc_expr_make_operation(sema, GJR_OP_OR, truth, span, no, b);
}

/* ---- mistakes ---- */

void gjc_expr_mismatch(gjc_sema *sema, gjc_span span, gjc_type wanted, gjc_type found)
{
    gjc_diag_add(sema->diags, GJC_E0401, span, gjc_type_words(sema, wanted),
                 gjc_type_words(sema, found));
}

void gjc_expr_incomparable(gjc_sema *sema, gjc_span span, const gjc_expr *a, const gjc_expr *b)
{
    gjc_diag_add(sema->diags, GJC_E0402, span, gjc_type_words(sema, a->type),
                 gjc_type_words(sema, b->type));
}

gjc_expr *gjc_expr_make_not(gjc_sema *sema, gjc_expr *a, gjc_span span)
{
    return gjc_expr_make_operation(sema, GJR_OP_NOT, gjc_type_of(GJR_TYPE_BOOL), span, a, NULL);
}
