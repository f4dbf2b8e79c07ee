/* SPDX-License-Identifier: Apache-2.0
 *
 * Lengths of time written out in a limit's clauses: so many whole units. */
#ifndef GJC_DURATIONS_H
#define GJC_DURATIONS_H

#include "sema/sema.h"

/* W0606 where the calendar that is counted by says no office hours. */
void gjc_durations_check_hours(gjc_sema *sema, gjc_span span);
/* Whether the case has to tell how many units it is: a field or a calculation stands there. */
bool gjc_durations_are_told(const gjc_node *duration);
/* The unit of such a one; working days and office hours need the procedure's calendar. */
gjr_unit gjc_durations_unit(gjc_sema *sema, const gjc_node *duration);
/* One written out; another is E0654. */
gjc_length gjc_durations_length(gjc_sema *sema, const gjc_node *duration);

#endif
