/* SPDX-License-Identifier: Apache-2.0
 *
 * Office time: what passes within the calendar's office hours, on its working days. It is read off
 * the wall, so where clocks are set in the middle of it an hour of the wall is an hour. A calendar
 * without office hours is open on a working day from 0:00 to 24:00. Closed form over ranks. */
#ifndef GJR_TIME_HOURS_H
#define GJR_TIME_HOURS_H

#include "time/calendar.h"

/* The first instant by which so much office time has passed since `from`; where negative, by which
 * so much is left until `from`. Of none it is `from` itself. */
gj_instant gjr_hours_add(const gj_calendar *calendar, gj_instant from, int64_t ms);
/* Office time from one to the other, 0 where they are in the other order. */
int64_t gjr_hours_between(const gj_calendar *calendar, gj_instant from, gj_instant to);
/* Office time of a working day, and of a day, were it worked, what lies between two instants. */
int64_t gjr_hours_day_ms(const gj_calendar *calendar);
int64_t gjr_hours_of_day(const gj_calendar *calendar, gj_day day, gj_instant from, gj_instant to);
/* When the office closes on a day, were it worked. */
gj_instant gjr_hours_close_if_worked(const gj_calendar *calendar, gj_day day);
/* When the office closes on a working day; the end of any other day. */
gj_instant gjr_hours_close(const gj_calendar *calendar, gj_day day);

#endif
