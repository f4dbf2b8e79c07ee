/* SPDX-License-Identifier: Apache-2.0
 *
 * Which calendars a procedure counts by: its own, and those that its limits name, each of its
 * module or of a module that it uses. All that is said in a limit is counted by one: a rung so many
 * days after due, days that a stop takes and the due day itself lie on the same sheet of paper. */
#ifndef GJC_SEMA_CALENDARS_H
#define GJC_SEMA_CALENDARS_H

#include "sema/sema.h"

void gjc_calendars_resolve(gjc_sema *sema, const gjc_node *procedure);
/* By which a limit counts: a use of the model, GJC_NO_INDEX where the procedure has none. */
uint32_t gjc_calendars_of_limit(gjc_sema *sema, const gjc_node *limit);

#endif
