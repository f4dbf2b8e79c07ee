/* SPDX-License-Identifier: Apache-2.0
 *
 * How long a limit is: at most, at least, up to a date, or counted back from what comes after it;
 * and how its last day ends. */
#ifndef GJC_SPANS_H
#define GJC_SPANS_H

#include "sema/sema.h"

/* Whether some clause of the limit says how long it is. */
bool gjc_spans_say(const gjc_node *limit);
/* The clause that counts back, or NULL. */
const gjc_node *gjc_spans_backward(const gjc_node *limit);
static inline bool gjc_spans_is_backward(const gjc_node *limit)
{
    return gjc_spans_backward(limit) != NULL;
}
/* Of a limit, or of a stage whose head says how long. */
void gjc_spans_resolve(gjc_sema *sema, const gjc_node *node, gjc_limit *limit);
/* Of an AFTER node, whose length stands at its head. */
void gjc_spans_resolve_after(gjc_sema *sema, const gjc_node *after, gjc_limit *limit);

#endif
