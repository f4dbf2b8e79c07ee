/* SPDX-License-Identifier: Apache-2.0
 *
 * A limit's ladder: what it warns of before it is due, and how severe it is to be late. */
#ifndef GJC_LADDER_H
#define GJC_LADDER_H

#include "sema/sema.h"

/* Where nothing is said of being overdue, that is yellow. */
void gjc_ladder_resolve(gjc_sema *sema, const gjc_node *node, gjc_limit *limit);

#endif
