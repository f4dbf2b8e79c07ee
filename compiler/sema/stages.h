/* SPDX-License-Identifier: Apache-2.0
 *
 * Stages and their transitions. */
#ifndef GJC_STAGES_H
#define GJC_STAGES_H

#include "sema/sema.h"

/* The stages' names and marks; the initial one goes to the model. */
void gjc_stages_declare(gjc_sema *sema, const gjc_node *procedure);
/* Who holds them, and every `on`. Everything else must have its names. */
void gjc_stages_resolve(gjc_sema *sema, const gjc_node *procedure);

#endif
