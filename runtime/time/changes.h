/* SPDX-License-Identifier: Apache-2.0
 *
 * What a calendar's next revision has changed: the days that are something else now, in runs, and
 * from where on what was not announced is bounded otherwise. */
#ifndef GJR_TIME_CHANGES_H
#define GJR_TIME_CHANGES_H

#include "time/calendar.h"

typedef struct gjr_changes {
    const gj_calendar *was, *is; /* borrowed; NULL: none is needed */
    gj_day_change *items;        /* in order, apart */
    size_t count;
    gj_day open_from; /* from this day on either did not announce everything; GJ_NO_DAY: no such
                         day, or nothing differs */
    bool hours;       /* the week or its office hours differ: any day may be counted otherwise */
} gjr_changes;

/* Made in the arena. GJ_NO_MEMORY. */
gj_status gjr_changes_find(const gj_calendar *was, const gj_calendar *is, gjb_arena *arena,
                           gjr_changes *changes);
/* Whether anything from the one day through the other may be counted otherwise. */
bool gjr_changes_touch(const gjr_changes *changes, gj_day from, gj_day to);
/* Those days among them that are counted otherwise, or where there are none those of another name;
 * in the arena; NULL where memory ends, or there are none at all. */
gj_day_change *gjr_changes_within(const gjr_changes *changes, gj_day from, gj_day to,
                                  gjb_arena *arena, size_t *count);

#endif
