/* SPDX-License-Identifier: Apache-2.0
 *
 * So much time from an instant, so many days from a day: by walking, unit by unit. */
#ifndef PLAIN_LENGTHS_H
#define PLAIN_LENGTHS_H

#include "unit/interpreter/days.h"

#define MS_PER_MINUTE INT64_C(60000)

/* Hours, minutes and office hours; the others are days. */
bool plain_unit_is_time(gjc_unit unit);
int64_t plain_unit_ms(gjc_unit unit);
/* So much of it on from an instant, or back. */
int64_t plain_time_shift(const plain_calendar *c, gjc_unit unit, int64_t from, int64_t ms);
/* So much lies between; 0 where they are in the other order. */
int64_t plain_time_between(const plain_calendar *c, gjc_unit unit, int64_t from, int64_t to);
/* So many of it on from a day, or back. */
int plain_day_shift(const plain_calendar *c, gjc_unit unit, int day, int amount);
/* When the day ends, or on a working day the office closes. */
int64_t plain_day_end(const plain_calendar *c, int day, bool at_close);

#endif
