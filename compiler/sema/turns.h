/* SPDX-License-Identifier: Apache-2.0
 *
 * What changes how a limit runs: the times it does not count, what makes it longer and what begins
 * it anew. */
#ifndef GJC_TURNS_H
#define GJC_TURNS_H

#include "sema/sema.h"

/* The limit's unit is known. */
void gjc_turns_resolve(gjc_sema *sema, const gjc_node *node, gjc_limit *limit);

#endif
