/* SPDX-License-Identifier: Apache-2.0
 *
 * Names in expressions: what a bare word means, and the fields of a record after it. */
#ifndef GJC_PATHS_H
#define GJC_PATHS_H

#include "sema/sema.h"

/* An EXPR_PATH. A member's bare name means one only where its enumeration is `wanted`. NULL where
 * it is wrong, and then reported. */
gjc_expr *gjc_path_resolve(gjc_sema *sema, const gjc_node *node, gjc_type wanted);
/* Takes its type from the other side: a member's bare name, a literal 0, a text. */
bool gjc_path_is_adaptable(const gjc_sema *sema, const gjc_node *node);

#endif
