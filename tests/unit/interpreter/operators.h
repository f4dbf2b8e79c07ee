/* SPDX-License-Identifier: Apache-2.0
 *
 * What the operators of expressions mean, each where its noun stands. What an operator means hangs
 * on the types of its operands, which are asked for anew each time. */
#ifndef PLAIN_OPERATORS_H
#define PLAIN_OPERATORS_H

#include "unit/interpreter/types.h"

/* expression.c: unknown where it does not fit; of a product both are times 10000, or one is a
 * length. */
value value_of_exact(__int128 exact);
value value_multiplied(value a, value b);

/* moments.c */
bool expression_is_unfixed(const gjc_node *expr);
/* A date so many working days, months or years on; only whole numbers of them shift. */
value value_shifted(const facts *f, value date, const gjc_node *duration, int sign);
value duration_value(const facts *f, const gjc_node *expr);
value sum_value(const facts *f, const gjc_node *expr, plain_type wanted);

/* comparisons.c */
value comparison_value(const facts *f, const gjc_node *expr);

/* lists.c */
value in_value(const facts *f, const gjc_node *expr);
/* `some`, `all` and what comes before `times`. */
value list_call_value(const facts *f, const gjc_node *expr, call what);
/* Of how many it is asked and of how many it holds; false where that is unknown. */
bool share_counts(const facts *f, const gjc_node *expr, size_t *holding, size_t *all);

#endif
