/* SPDX-License-Identifier: Apache-2.0
 *
 * What is not supported yet is refused by name (E0901), from one table. One walk over the tree
 * finds every use of a kind in the table and does not look inside it; the other passes pass such
 * nodes over in silence, because they were refused here. */
#ifndef GJC_REFUSALS_H
#define GJC_REFUSALS_H

#include "sema/sema.h"

typedef enum gjc_unsupported {
#define GJC_UNSUPPORTED_CASE(NAME, en, zh) GJC_UNSUPPORTED_##NAME,
#include "sema/unsupported.def"
    GJC_UNSUPPORTED_COUNT
} gjc_unsupported;

/* Everything in a module's tree that is not supported. */
void gjc_refusals_check(gjc_sema *sema, const gjc_node *tree);
/* Whether a clause of the block is of a kind that is refused: then nothing is missing for certain.
 */
bool gjc_refusals_hold(const gjc_node *block);
/* One use that only the pass that meets it can tell. */
void gjc_refusals_add(gjc_sema *sema, gjc_unsupported what, gjc_span span);

#endif
