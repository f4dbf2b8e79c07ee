/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines of `within`: how long a limit is at most. One line that always holds and says its number
 * makes a budget; any other limit's length depends on the case, and its lines are kept as they
 * stand, since the first that holds gives the length. What a line reads is the case's own data and
 * acts alone: when one of them changes the length is read again, and nothing else may change it. */
#ifndef GJC_WITHINS_H
#define GJC_WITHINS_H

#include "sema/sema.h"

/* Of all lines of the limit. */
void gjc_withins_resolve(gjc_sema *sema, const gjc_node *node, gjc_limit *limit);
/* The only one, of a duration that the case has to tell. */
void gjc_withins_resolve_only(gjc_sema *sema, const gjc_node *duration, gjc_limit *limit);

#endif
