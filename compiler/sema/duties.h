/* SPDX-License-Identifier: Apache-2.0
 *
 * What a post must do: `must A …` in its block. A duty with a time is a limit that the post answers
 * for; one without, or that must come before something else, is a rule. Either is called after its
 * post and its action, `inspector.inspect`, a second one of both `inspector.inspect_2`. */
#ifndef GJC_DUTIES_H
#define GJC_DUTIES_H

#include "sema/sema.h"

/* The limits of a post's block, in the region being read. */
void gjc_duties_declare(gjc_sema *sema, const gjc_node *block);
/* One of them. */
void gjc_duties_resolve_limit(gjc_sema *sema, gjc_limit *limit);
/* The rules, of all regions; the limits have been resolved. */
void gjc_duties_resolve(gjc_sema *sema);

#endif
