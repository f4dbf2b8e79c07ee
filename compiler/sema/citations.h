/* SPDX-License-Identifier: Apache-2.0
 *
 * Laws, and what cites them. A law is data: its articles and how it counts. It is named by its
 * name, by its module (`use std.law.licensing as lic` … `lic.42.1`), by both, or by its title in
 * 《》, full or without 中华人民共和国. Citing an article that is not declared is an error, since a
 * finding repeats the citation to whoever is named in it. */
#ifndef GJC_CITATIONS_H
#define GJC_CITATIONS_H

#include "sema/sema.h"

typedef struct gjc_law {
    gjc_label label;
    const gjc_module *module;
    const gjc_node *node;
    struct gjc_law *next;
} gjc_law;

typedef struct gjc_laws {
    gjc_law *first, *last;
} gjc_laws;

/* The laws of one module, after those already in sema->laws. */
void gjc_laws_declare(gjc_sema *sema, const gjc_module *module);

/* The law that a CITATION of the module means, or NULL. */
const gjc_law *gjc_laws_find(const gjc_laws *laws, const gjc_module *from,
                             const gjc_node *citation);
/* The articles of a clause's BASIS, added to the model; {0, 0} without one. */
gjc_basis gjc_citations_resolve(gjc_sema *sema, const gjc_node *clause);
/* W0851 where the basis of a limit counts otherwise than the limit does. */
void gjc_citations_check_unit(gjc_sema *sema, const gjc_node *limit, const gjc_node *duration);

#endif
