/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether two trees say the same, wherever their words stand. */
#ifndef GJC_FORMAT_COMPARE_H
#define GJC_FORMAT_COMPARE_H

#include "format/format.h"

/* The first node of `a` that has no equal in `b`, or NULL. A citation equals one of the same
 * article of the same law under another of its names; laws may be NULL. */
const gjc_node *gjc_trees_compare(const gjc_node *a, const gjc_node *b,
                                  const gjc_format_laws *laws);

#endif
