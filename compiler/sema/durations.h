/* SPDX-License-Identifier: Apache-2.0
 *
 * Lengths of time written out in a limit's clauses: so many whole units. */
#ifndef GJC_DURATIONS_H
#define GJC_DURATIONS_H

#include "sema/sema.h"

/* W0606 where the calendar that is counted by says no office hours. */
void gjc_durations_check_hours(gjc_sema *sema, gjc_span span);
/* Working days and office hours need the procedure's calendar. */
gjc_length gjc_durations_length(gjc_sema *sema, const gjc_node *duration);

#endif
