/* SPDX-License-Identifier: Apache-2.0
 *
 * How long a stop lasts at most: so many of a unit, the day on which it begins among them. */
#ifndef GJR_TIME_GRANT_H
#define GJR_TIME_GRANT_H

#include "time/calendar.h"

/* When that is over; GJ_NEVER where nothing bounds it: of an amount of 0. */
gj_instant gjr_grant_end(const gj_calendar *calendar, gj_unit unit, uint32_t amount,
                         gj_instant begin);
/* Between which instants, where what is not announced yet bears upon it. */
typedef struct gjr_grant_span {
    gj_instant earliest, latest;
} gjr_grant_span;
gjr_grant_span gjr_grant_range(const gj_calendar *calendar, gj_unit unit, uint32_t amount,
                               gj_instant begin);

#endif
