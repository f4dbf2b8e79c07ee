/* SPDX-License-Identifier: Apache-2.0
 *
 * See operations.h. */
#include "sema/operations.h"

#include "sema/types.h"

/* `in` repeats its left side once a value, so sizes multiply; far below GJR_CODE_MAX. */
enum { GJC_EXPR_SIZE_MAX = 16384 };

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
