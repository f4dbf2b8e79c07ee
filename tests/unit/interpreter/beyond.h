/* SPDX-License-Identifier: Apache-2.0
 *
 * Days that are not announced yet: what the announced ones have seen bounds them. */
#ifndef PLAIN_BEYOND_H
#define PLAIN_BEYOND_H

#include "unit/interpreter/days.h"
#include "unit/interpreter/turns.h"

/* The day by which so many more working days than are known by `from` have surely come; and before
 * which they surely have not. */
int plain_latest(const plain_calendar *c, int from, int count);
int plain_earliest(const plain_calendar *c, int from, int count);
/* The same of days that nothing stops. */
int plain_latest_stopped(const plain_counting *with, int from, int count);
int plain_earliest_stopped(const plain_counting *with, int from, int count);

#endif
