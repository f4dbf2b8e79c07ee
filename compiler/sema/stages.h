/* SPDX-License-Identifier: Apache-2.0
 *
 * Stages and their transitions. */
#ifndef GJC_STAGES_H
#define GJC_STAGES_H

#include "sema/sema.h"

/* The names and marks of the stages of sema->region, which the procedure or branch declares. */
void gjc_stages_declare(gjc_sema *sema, const gjc_node *in);
/* Who holds them, and every `on`. Everything else must have its names. */
void gjc_stages_resolve(gjc_sema *sema);

#endif
