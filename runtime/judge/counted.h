/* SPDX-License-Identifier: Apache-2.0
 *
 * What a reader of a counted span needs to see of its days. */
#ifndef GJR_COUNTED_H
#define GJR_COUNTED_H

#include "judge/judge.h"

/* Of working days every closed run up to the day, or the due day; of days only why the last one
 * rolled; of office hours which they are. The arena's; false when memory ends. */
bool gjr_counted_take_days(const gj_calendar *calendar, gj_day until, gjb_arena *arena,
                           gj_counted *counted);

/* The office hours of the calendar, where they are what is counted; else none. The arena's; false
 * when memory ends. */
bool gjr_counted_hours(const gj_calendar *calendar, gj_unit unit, gjb_arena *arena,
                       const gj_office_hours **found, size_t *count);

#endif
