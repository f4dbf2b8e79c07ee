/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls of the built-in functions: over a list, or of an action's or a limit's past. */
#ifndef GJC_CALLS_H
#define GJC_CALLS_H

#include "sema/sema.h"

/* An EXPR_CALL; NULL where it is wrong, and then reported. */
gjc_expr *gjc_call_resolve(gjc_sema *sema, const gjc_node *node);

#endif
