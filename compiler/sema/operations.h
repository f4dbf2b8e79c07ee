/* SPDX-License-Identifier: Apache-2.0
 *
 * The nodes of the machine's tree, and what is said of operands that do not fit together. Whoever
 * makes one has checked the types. */
#ifndef GJC_OPERATIONS_H
#define GJC_OPERATIONS_H

#include "sema/sema.h"

/* A leaf, in one register. NULL when memory ends. */
gjc_expr *gjc_expr_make(gjc_sema *sema, gjr_opcode op, gjc_type type, gjc_span span);
gjc_expr *gjc_expr_make_constant(gjc_sema *sema, gjr_type type, int64_t value, gjc_span span);
/* `a` goes to a register, `b`, which may be NULL, to the one after it. NULL where `a` is, when
 * memory ends, and where the whole becomes too large, which is reported. */
gjc_expr *gjc_expr_make_operation(gjc_sema *sema, gjr_opcode op, gjc_type type, gjc_span span,
                                  gjc_expr *a, gjc_expr *b);
/* The bools with `and` or `or` between them, as a balanced tree so that many stay shallow; they are
 * used up. NULL where one is. */
gjc_expr *gjc_expr_make_joined(gjc_sema *sema, gjr_opcode op, gjc_expr **parts, size_t count,
                               gjc_span span);
/* `b` over the items of `a`, each of which is the binder in turn; of type `type`. Likewise NULL. */
gjc_expr *gjc_expr_make_fold(gjc_sema *sema, gjc_fold fold, gjc_type type, gjc_span span,
                             gjc_expr *a, gjc_expr *b, uint32_t binder);
/* `b`, in which the binder is `a`. */
gjc_expr *gjc_expr_make_let(gjc_sema *sema, gjc_span span, gjc_expr *a, gjc_expr *b,
                            uint32_t binder);
/* `a` where the condition holds, `b` where it does not; unknown where it is unknown. */
gjc_expr *gjc_expr_make_choice(gjc_sema *sema, gjc_span span, gjc_expr *condition, gjc_expr *a,
                               gjc_expr *b);
/* What a native of the model gives for so many arguments, which are there. */
gjc_expr *gjc_expr_make_call(gjc_sema *sema, uint32_t native, gjc_span span, gjc_expr **arguments,
                             uint32_t count);
gjc_expr *gjc_expr_make_not(gjc_sema *sema, gjc_expr *a, gjc_span span);
/* `not a or b`, for `on A require b when a`. */
gjc_expr *gjc_expr_make_implication(gjc_sema *sema, gjc_expr *a, gjc_expr *b, gjc_span span);

void gjc_expr_mismatch(gjc_sema *sema, gjc_span span, gjc_type wanted, gjc_type found);
void gjc_expr_incomparable(gjc_sema *sema, gjc_span span, const gjc_expr *a, const gjc_expr *b);

#endif
