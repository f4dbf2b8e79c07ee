/* SPDX-License-Identifier: Apache-2.0
 *
 * Which days are statutory holidays for everyone: the measure on national holidays in the text that
 * was in force (1999, 2007, 2013, 2024), and the dates of the festivals that the moon and the sun
 * set. A notice says which days are off; which of them are `holiday`, and whether one was left out,
 * follows from here. */
#ifndef GJC_NOTICE_FESTIVALS_H
#define GJC_NOTICE_FESTIVALS_H

#include "time/civil.h"

enum { GJC_FESTIVAL_YEAR_FIRST = 2007, GJC_FESTIVAL_YEAR_LAST = 2070 };

/* "春节" of one of its days, or NULL. Outside the years above none is known. */
const char *gjc_festival_of(gj_day day);
/* The festival that the text names first ("五一" is one way), *at where; NULL where it names none.
 */
const char *gjc_festival_named(gj_text text, size_t *at);

#endif
