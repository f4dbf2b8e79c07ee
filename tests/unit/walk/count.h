/* SPDX-License-Identifier: Apache-2.0
 *
 * The counting itself: from a start, so much, leaving out what is stopped. */
#ifndef WALK_COUNT_H
#define WALK_COUNT_H

#include "unit/walk/limit.h"

/* In which nothing counts; `until` may be NEVER. */
typedef struct pause_span {
    int64_t since, until;
} pause_span;

typedef struct pauses {
    pause_span items[24];
    int count;
} pauses;

typedef struct last_lawful {
    int64_t due; /* exclusive; NEVER: nobody knows */
    int day;     /* of what is counted in days: the last one */
    bool lost;   /* the years do not reach as far */
} last_lawful;

last_lawful count_last(const walked_days *days, time_length within, bool rolls, bool at_close,
                       int64_t start, const pauses *paused);
/* When what was granted to a stop is used up, the day on which it began among it. */
last_lawful count_granted(const walked_days *days, time_length most, int64_t opened);
/* By how much an instant lies behind the due one, begun units whole, and 1 at least. */
int64_t count_over(const walked_days *days, time_unit unit, last_lawful due, int64_t until);

#endif
