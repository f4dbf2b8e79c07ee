/* SPDX-License-Identifier: Apache-2.0
 *
 * `set F = E` of a clause in a stage: fields that get a value when the act is done. */
#ifndef GJC_SETS_H
#define GJC_SETS_H

#include "sema/sema.h"

/* Those of an ON node, in its order; each field once. */
void gjc_sets_resolve(gjc_sema *sema, const gjc_node *on, gjc_transition *transition);

#endif
