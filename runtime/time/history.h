/* SPDX-License-Identifier: Apache-2.0
 *
 * What a calendar's published years have seen: at most how many working days were closed, and how
 * many days of rest worked, in so many days in a row. Days that are not announced yet are bounded
 * by that, as nobody can know them. */
#ifndef GJR_TIME_HISTORY_H
#define GJR_TIME_HISTORY_H

#include "time/calendar.h"

enum { GJR_HISTORY_DAYS = 366 };

typedef struct gjr_history {
    /* [n]: the most in any n days in a row */
    uint16_t closed[GJR_HISTORY_DAYS + 1], worked[GJR_HISTORY_DAYS + 1];
} gjr_history;

/* Of the rows up to the day the plan is published through; nothing where it does not say. */
void gjr_history_find(const gjr_calendar_plan *plan, gjr_history *history);
/* At most in any so many days in a row: longer runs are taken to pieces. */
int64_t gjr_history_closed(const gjr_history *history, int64_t days);
int64_t gjr_history_worked(const gjr_history *history, int64_t days);

#endif
