/* SPDX-License-Identifier: Apache-2.0
 *
 * The due day where it lies beyond what is published: not a day but a range. Nearest, no holiday
 * comes and as many days of rest are worked as ever were in so many days in a row; farthest, as
 * many working days are closed as ever were, and no day of rest is worked (history.h). What the
 * calendar lists beyond its published day, such as an office's own closing days, holds in both.
 * Once the years are announced the range is one day. */
#ifndef GJR_TIME_RANGE_H
#define GJR_TIME_RANGE_H

#include "time/gaps.h"

typedef struct gjr_range {
    gj_day earliest, latest; /* of the last lawful day */
    bool open;               /* not announced: the two may differ */
    gj_instant over;         /* by when it is due in any case */
} gjr_range;

/* Hours and minutes run from the instant whatever is announced, so theirs is one day. A last day
 * that ends when the office closes, and does not roll, is over for sure when it ends. */
gjr_range gjr_count_range(const gj_calendar *calendar, gjr_term term, gj_instant start);

/* The same, of a term that has been counted; of one that is due by a date too. */
gjr_range gjr_count_range_of(const gj_calendar *calendar, gjr_term term, const gjr_count *count);
/* The same of a term that is stopped, on days that are not announced too, which may have any stop
 * begin before it is due, or not. */
gjr_range gjr_count_range_stopped(const gjr_gaps *gaps, const gjr_count *count);
/* The count with the range's far end for its due day. */
gjr_count gjr_count_at_latest(const gjr_count *count, gjr_range range);

/* The count with the end of the range that is on the safe side: after the latest nobody can be in
 * time, before the earliest nobody can be late. Office hours end then with the office's day, or not
 * before it begins. */
gjr_count gjr_count_latest(const gj_calendar *calendar, gjr_term term, const gjr_count *count);
gjr_count gjr_count_earliest(const gj_calendar *calendar, gjr_term term, const gjr_count *count);

#endif
