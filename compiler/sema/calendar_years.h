/* SPDX-License-Identifier: Apache-2.0
 *
 * What is asked of a calendar year by year, once its days are laid over those of the one it
 * refines: that some day of each is worked, and that no year it claims to know was left out. */
#ifndef GJC_SEMA_CALENDAR_YEARS_H
#define GJC_SEMA_CALENDAR_YEARS_H

#include "sema/calendar.h"

void gjc_calendar_years_check(const gjr_calendar_plan *plan, const gjc_node *calendar,
                              const gjc_calendar_context *context);

#endif
