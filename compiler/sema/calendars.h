/* SPDX-License-Identifier: Apache-2.0
 *
 * Which calendar a procedure counts by: one of its module, or of a module that it uses. */
#ifndef GJC_SEMA_CALENDARS_H
#define GJC_SEMA_CALENDARS_H

#include "sema/sema.h"

void gjc_calendars_resolve(gjc_sema *sema, const gjc_node *procedure);

#endif
