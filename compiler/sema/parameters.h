/* SPDX-License-Identifier: Apache-2.0
 *
 * Parameters of actions: what an event tells of one act, and what holds for no other. They are in
 * sight in the clauses about that action; sema.action says of which. There a name is a parameter
 * before it is a field. */
#ifndef GJC_PARAMETERS_H
#define GJC_PARAMETERS_H

#include "sema/sema.h"

/* Those of an ACTION node, which declares the action of that index. */
void gjc_parameters_declare(gjc_sema *sema, const gjc_node *node, uint32_t action);
/* Those in sight; they begin with labels. */
gjc_labels gjc_parameters_seen(const gjc_sema *sema);
/* The parameter in sight or the field of that name, as gjc_model_get_field counts them; or
 * GJC_NO_INDEX. */
uint32_t gjc_parameters_find_field(const gjc_sema *sema, gj_text name);

#endif
