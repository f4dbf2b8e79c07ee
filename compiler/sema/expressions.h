/* SPDX-License-Identifier: Apache-2.0
 *
 * Typing expressions, and lowering them to the machine's operations in the same walk: where the
 * types are known is where `>` becomes a swapped `<`, `x in [a, b]` a chain of `or`, and a bare
 * word a member of the enumeration that the other side is of. What comes out has nothing left to
 * decide. */
#ifndef GJC_EXPRESSIONS_H
#define GJC_EXPRESSIONS_H

#include "sema/sema.h"

/* Fields, actions and limits must have their names in the model. NULL where something is wrong, and
 * then reported. `wanted` is the type the place calls for; GJR_TYPE_NOTHING: any. */
gjc_expr *gjc_expr_resolve(gjc_sema *sema, const gjc_node *node, gjc_type wanted);
/* As above, but `wanted` is only a hint: what comes out may be of another type. */
gjc_expr *gjc_expr_resolve_loosely(gjc_sema *sema, const gjc_node *node, gjc_type wanted);
/* The condition of a WHEN. NULL without one, or where it is wrong. */
gjc_expr *gjc_expr_resolve_when(gjc_sema *sema, const gjc_node *clause);

#endif
