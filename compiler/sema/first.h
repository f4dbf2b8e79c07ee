/* SPDX-License-Identifier: Apache-2.0
 *
 * `first.FIELD`, in the condition of what has to follow an act: that act's own, as it stood when it
 * was done. The rule keeps each under a field of its own. */
#ifndef GJC_FIRST_H
#define GJC_FIRST_H

#include "sema/sema.h"

/* Whether the first name of a path is the act's, where it may be spoken of. */
bool gjc_first_is_meant(const gjc_sema *sema, const gjc_node *name);
/* The name behind it: a parameter of the act or a field of the case; NULL where it is neither,
 * which is reported, or what it is was reported. */
gjc_expr *gjc_first_read(gjc_sema *sema, const gjc_node *name);

#endif
