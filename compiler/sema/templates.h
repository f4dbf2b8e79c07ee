/* SPDX-License-Identifier: Apache-2.0
 *
 * `template` and `include`: a group of clauses under a name, put in place where an include says so,
 * before anything else looks at a procedure. What is put in place means what it would mean if it
 * were written there, so no other pass knows of it. */
#ifndef GJC_TEMPLATES_H
#define GJC_TEMPLATES_H

#include "sema/sema.h"

/* In every procedure of the files given. An include that is wrong is reported and stays. */
void gjc_templates_expand(gjc_sema *sema);
/* Of what is wrong in clauses that were put in place: where they were. */
void gjc_templates_note(gjc_diag_list *diags, const gjc_sources *sources);

#endif
