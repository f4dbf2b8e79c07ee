/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls over the items of a list: `some(b in bids: b.price > 100)`. What an item gives that is
 * unknown counts as `and`, `or` and `+` have it: some is true where one is, whatever else is
 * unknown; a count or a sum is unknown where one is.
 *
 * A share is no value, since most shares have no exact number; compared with a number it is the
 * count compared with that much of the whole:
 *
 *     share(b in bids: b.late) > 5%        count(b in bids: b.late) > 5% * count(bids) */
#ifndef GJC_FOLDS_H
#define GJC_FOLDS_H

#include "sema/sema.h"

/* Whether the EXPR_CALL is one: of an EXPR_BIND, or of a list by a name that has no other meaning.
 */
bool gjc_fold_is_call(const gjc_node *call);
/* NULL where it is wrong, and then reported. */
gjc_expr *gjc_fold_resolve(gjc_sema *sema, const gjc_node *call);

bool gjc_fold_is_share_name(gj_text name);
bool gjc_fold_is_share(const gjc_node *node);
/* The two sides of a comparison of which one is a share. False where they are wrong, and reported.
 */
bool gjc_fold_compare_share(gjc_sema *sema, const gjc_node *comparison, gjc_expr **a, gjc_expr **b);

#endif
