/* SPDX-License-Identifier: Apache-2.0
 *
 * The law's counting: from the day or instant that starts a term to the instant it is due, and how
 * much of it has gone. Days of any kind do not count the day of the start and end with their last
 * day (24:00, or when the office closes; exclusive). Months and years end with the day of the same
 * number, or the month's last. A closed last day of days, months or years moves to the next working
 * day, unless the term does not roll. Hours and minutes run from the instant itself, workhours
 * likewise through office hours. Everything is closed form over the calendar's ranks: no function
 * but gjr_count_runs walks days. */
#ifndef GJR_TIME_COUNT_H
#define GJR_TIME_COUNT_H

#include "time/calendar.h"

enum { GJR_COUNT_RUNS_MAX = 4096, GJR_SHARE_ALL = 10000 };

/* How long, in what. What was stopped on the way is not counted: then what is left is counted from
 * a later instant, with what was consumed before. */
typedef struct gjr_term {
    gj_unit unit;
    uint32_t budget;
    bool rolls;       /* a closed last day moves: of days, months and years */
    int64_t consumed; /* before the instant that is counted from: working days of working days, days
                         of days, months and years, milliseconds of the rest */
    uint32_t moved;   /* of months and years: so many days before the day that is counted from did
                         the term start; its length is that of its own months */
    bool at_close;    /* its days end when the office closes */
    uint32_t back; /* of what rolls and was consumed whole before the day that is counted from: so
                      many days before that lies its last day before it rolled */
} gjr_term;

typedef struct gjr_count {
    gj_day start_day;   /* not counted, but for what is counted in time */
    gj_day raw_due_day; /* before it rolled */
    gj_day due_day;     /* the last lawful day */
    gj_instant due;     /* exclusive: in time is before it */
    bool at_close;      /* as the term's */
    bool beyond_published;
} gjr_count;

/* Where every day of the budget was consumed before and the last had not come, since it was closed,
 * it is none up to the day that is counted from. */
bool gjr_count_has_none_left(gjr_term term, const gjr_count *count);
/* Whether a term of the unit ends at an instant of its own, and not with a day. */
bool gjr_count_is_time(gj_unit unit);
/* The day that ends next after an instant: its own, or the next where days end when the office
 * closes and it has closed. */
gj_day gjr_count_day_of(const gj_calendar *calendar, gj_instant at, bool at_close);
gjr_count gjr_count_due(const gj_calendar *calendar, gjr_term term, gj_instant start);
/* Its `due` alone. */
gj_instant gjr_count_due_at(const gj_calendar *calendar, gjr_term term, gj_instant start);
/* Due by a date or a time that is told, in a unit of days or of time. */
gjr_count gjr_count_by(const gj_calendar *calendar, gjr_term term, gj_instant start, gj_instant by);
/* How much of the term a share is, in ten-thousandths, as `consumed` says it; a begun day whole. */
int64_t gjr_count_share(const gj_calendar *calendar, gjr_term term, gj_instant start,
                        uint32_t share);
/* The end of that day by which a share of the term is used, in ten-thousandths of its days before
 * they roll; or the instant. */
gj_instant gjr_count_share_at(const gj_calendar *calendar, gjr_term term, gj_instant start,
                              uint32_t share);
/* So many units after due, before it where negative: ends of days counted from the due day, time
 * from due itself. */
gj_instant gjr_count_beside(const gj_calendar *calendar, gj_unit unit, const gjr_count *count,
                            int64_t amount);
/* Of a unit that time is counted in, and not days; 0 of the others. */
int64_t gjr_count_unit_ms(gj_unit unit);
static inline bool gjr_count_is_by_day(gj_unit unit)
{
    return gjr_count_unit_ms(unit) == 0;
}
/* How much of a term goes from one instant to the other, as `consumed` says it: days after the
 * one's day up to and including the other's, or milliseconds. Never negative. */
int64_t gjr_count_gone(const gj_calendar *calendar, gj_unit unit, gj_instant from, gj_instant to);
/* That in whole units; of months and years in days. */
int64_t gjr_count_whole(gj_unit unit, int64_t gone);
/* The two together. */
int64_t gjr_count_elapsed(const gj_calendar *calendar, gj_unit unit, gj_instant start,
                          gj_instant now);
/* How late: working days or days after the due day up to and including the day of `at`, or units of
 * time begun since due; at least 1. 0 where `at` is in time. */
uint64_t gjr_count_over(const gj_calendar *calendar, gj_unit unit, const gjr_count *count,
                        gj_instant at);
/* By how much too early: days of the unit from the day of `at` on up to and including the due day,
 * or units of time begun until due; at least 1. 0 where `at` is not before due. */
uint64_t gjr_count_short(const gj_calendar *calendar, gj_unit unit, const gjr_count *count,
                         gj_instant at);
/* In what that is said: months and years in days. */
gj_unit gjr_count_over_unit(gj_unit unit);

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
