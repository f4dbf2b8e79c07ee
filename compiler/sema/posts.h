/* SPDX-License-Identifier: Apache-2.0
 *
 * Who acts: departments with their posts, and parties to the case. The procedure's own module comes
 * first, then those it uses, in the order it uses them. The applicant is built in. */
#ifndef GJC_POSTS_H
#define GJC_POSTS_H

#include "sema/sema.h"

/* Those of the procedure's module (sema->module) and of what it uses. */
void gjc_posts_declare(gjc_sema *sema);
/* A NAME or PATH node: `window`, `amr.window`. GJC_NO_INDEX where it is unknown or could be two,
 * and then reported. */
uint32_t gjc_posts_find(gjc_sema *sema, const gjc_node *name);
/* A department by its PATH, in the module read or one that it uses. */
uint32_t gjc_posts_find_department(gjc_sema *sema, const gjc_node *path);

#endif
