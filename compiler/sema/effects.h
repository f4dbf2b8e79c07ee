/* SPDX-License-Identifier: Apache-2.0
 *
 * What the law does by itself where a limit runs out: `expires -> S deemed A` in a limit, and
 * `after D from T -> S` in a stage, which is a limit of its own that ends when the stage is left.
 */
#ifndef GJC_EFFECTS_H
#define GJC_EFFECTS_H

#include "sema/sema.h"

/* The `expires` of a limit whose lengths are resolved. */
void gjc_effects_resolve(gjc_sema *sema, const gjc_node *node, gjc_limit *limit);
/* Of an AFTER node, in that stage. */
void gjc_effects_resolve_after(gjc_sema *sema, const gjc_node *after, uint32_t stage,
                               gjc_limit *limit);

#endif
