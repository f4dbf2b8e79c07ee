/* SPDX-License-Identifier: Apache-2.0
 *
 * What a collecting table gives: the values of all rows that hold, in their order. How many there
 * are hangs on the case, but which there can be is known, so nothing is gathered: what is asked of
 * them is written out over the rows. `count(T(n))` is how many rows hold, `some(x in T(n): E)` is E
 * of one row that holds or another's. So it stands where it is asked something, and nowhere else.
 * Where it cannot be told of a row whether it holds, whatever is asked is unknown. */
#ifndef GJC_COLLECTED_H
#define GJC_COLLECTED_H

#include "sema/functions.h"

typedef struct gjc_collected_call {
    const gjc_node *call;
    gjc_declared *table;
    gjc_type type; /* of what a row gives */
} gjc_collected_call;

/* Whether the expression calls a collecting table, which is worked out then. */
bool gjc_collected_find(gjc_sema *sema, const gjc_node *node, gjc_collected_call *found);
/* The fold over what the call gives: `body`, where the binder is the value of a row. NULL where
 * something is wrong, and then reported. */
gjc_expr *gjc_collected_fold(gjc_sema *sema, const gjc_collected_call *called, gjc_fold fold,
                             gjc_expr *body, uint32_t binder, gjc_span span);
/* The fold of that meaning over the values as they are; of GJC_FOLD_COUNT over all. */
gjc_expr *gjc_collected_whole(gjc_sema *sema, const gjc_collected_call *called, gjc_fold fold,
                              gjc_span span);

#endif
