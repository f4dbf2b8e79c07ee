/* SPDX-License-Identifier: Apache-2.0
 *
 * The law's counting: from the day or instant that starts a term to the instant it is due, and how
 * much of it has gone. Working days and days do not count the day of the start and end with their
 * last day (24:00, exclusive); a last calendar day that is closed moves to the next working day,
 * unless the term does not roll; hours run from the instant itself. Everything is closed form over
 * the calendar's ranks: no function but gjr_count_runs walks days. */
#ifndef GJR_TIME_COUNT_H
#define GJR_TIME_COUNT_H

#include "time/calendar.h"

enum { GJR_COUNT_RUNS_MAX = 4096 };

/* How long, in what, and whether a closed last day moves (days only). */
typedef struct gjr_term {
    gj_unit unit;
    uint32_t budget;
    bool rolls;
    int64_t consumed; /* of the budget, before the instant that is counted from: days, or of hours
                         milliseconds */
} gjr_term;

typedef struct gjr_count {
    gj_day start_day;   /* not counted, but for hours */
    gj_day raw_due_day; /* before it rolled */
    gj_day due_day;     /* the last lawful day */
    gj_instant due;     /* exclusive: in time is before it */
    bool beyond_published;
} gjr_count;

gjr_count gjr_count_due(const gj_calendar *calendar, gjr_term term, gj_instant start);
/* Its `due` alone. */
gj_instant gjr_count_due_at(const gj_calendar *calendar, gjr_term term, gj_instant start);
/* So many units after due, before it where negative: ends of days counted from the due day, hours
 * from due itself. */
gj_instant gjr_count_beside(const gj_calendar *calendar, gj_unit unit, const gjr_count *count,
                            int64_t amount);
/* Whole units gone: days after the start's day up to and including now's, or full hours. Never
 * negative. */
int64_t gjr_count_elapsed(const gj_calendar *calendar, gj_unit unit, gj_instant start,
                          gj_instant now);
/* How late, in the term's unit: working days or days after the due day up to and including the day
 * of `at`, or hours begun since due; at least 1. 0 where `at` is in time. */
uint64_t gjr_count_over(const gj_calendar *calendar, gj_unit unit, const gjr_count *count,
                        gj_instant at);

/* The closed runs and the worked weekend days from one day to another, both included, in order, as
 * gj_counted shows them. Neighbouring declared days of one name are one run, which is a holiday
 * where any of its days is. At most GJR_COUNT_RUNS_MAX; what lies further is left out. The runs are
 * the arena's, their names the calendar's. */
typedef struct gjr_runs {
    gj_run *items;
    size_t count;
} gjr_runs;
gj_status gjr_count_runs(const gj_calendar *calendar, gj_day from, gj_day to, gjb_arena *arena,
                         gjr_runs *runs);

#endif
