/* SPDX-License-Identifier: Apache-2.0
 *
 * Which days a case can have asked its calendars about: from so long before the earliest day that
 * it knows of to so long after the latest. It is told without judging, so what lies outside can be
 * changed without changing the case. */
#ifndef GJR_REACH_H
#define GJR_REACH_H

#include "judge/event.h"

/* No limit of the procedure looks farther from a day of the case than all of it together. */
typedef struct gjr_reach {
    bool anywhere; /* days are made up from others, and working days counted from there */
    uint64_t days, workdays[GJR_CALENDARS_MAX]; /* those of each calendar */
    /* more for each event, since it may extend a limit */
    uint64_t event_days, event_workdays[GJR_CALENDARS_MAX];
} gjr_reach;

gjr_reach gjr_reach_of(const gj_judge *judge);

/* What a case knows of: the days of its events, and those told in them. */
typedef struct gjr_extent {
    gj_day first, last;
    uint64_t events;
} gjr_extent;

static const gjr_extent gjr_extent_empty = {GJR_DAY_MAX, GJR_DAY_MIN, 0};
void gjr_extent_add(gjr_extent *extent, const gj_judge *judge, const gjr_event *event);
/* The days that limits can look at from there on, by the judge's calendars. */
gjr_extent gjr_reach_from(const gjr_reach *reach, const gj_judge *judge, gjr_extent extent);

#endif
