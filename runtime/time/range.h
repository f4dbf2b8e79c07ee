/* SPDX-License-Identifier: Apache-2.0
 *
 * The due day where it lies beyond what is published: not a day but a range. Nearest, no holiday
 * comes and as many days of rest are worked as ever were in so many days in a row; farthest, as
 * many working days are closed as ever were, and no day of rest is worked (history.h). What the
 * calendar lists beyond its published day, such as an office's own closing days, holds in both.
 * Once the years are announced the range is one day. */
#ifndef GJR_TIME_RANGE_H
#define GJR_TIME_RANGE_H

#include "time/count.h"

typedef struct gjr_range {
    gj_day earliest, latest; /* of the last lawful day */
    bool open;               /* not announced: the two may differ */
} gjr_range;

/* Hours and minutes run from the instant whatever is announced, so theirs is one day. */
gjr_range gjr_count_range(const gj_calendar *calendar, gjr_term term, gj_instant start);

#endif
