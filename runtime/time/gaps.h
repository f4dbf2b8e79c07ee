/* SPDX-License-Identifier: Apache-2.0
 *
 * What stops leave of a term, where nobody has announced which days are worked: a day counts whole,
 * or, where the term counts office hours and a stop begins or ends within them, by what of them it
 * leaves; of hours and minutes every one. The stops lie where they lie, whatever is announced; but
 * one that was granted for so many working days or office hours is over sooner or later, and a day
 * that ends when the office closes ends so only if it is worked. So there are two lists: one of
 * what is stopped in any case, one of what may be. */
#ifndef GJR_TIME_GAPS_H
#define GJR_TIME_GAPS_H

#include "time/count.h"

enum { GJR_GAPS_MAX = 192 };

/* In order and apart: those of stops that were joined. */
typedef struct gjr_gap_list {
    struct {
        gj_day first, last; /* GJR_DAY_MAX: nobody knows till when */
        int64_t left;       /* of one day alone, what of it counts */
    } items[GJR_GAPS_MAX];
    uint32_t count;
    bool too_many;    /* more than are kept: nothing is known */
    gj_instant until; /* what is counted in time is taken up to here */
    gj_instant due;   /* of hours and minutes: with what was added; GJ_NEVER: nobody knows */
} gjr_gap_list;

typedef struct gjr_gaps {
    const gj_calendar *calendar;
    gjr_term term; /* its whole budget: what was consumed is counted here again */
    int64_t days;  /* of a term of days, months or years, how many those are */
    gj_day after;  /* counted is what lies behind this day */
    int64_t whole; /* what a day counts: 1, or its office time */
    gjr_gap_list least, most;
} gjr_gaps;

void gjr_gaps_init(gjr_gaps *gaps, const gj_calendar *calendar, gjr_term term, gj_instant start);
/* They come in the order in which they begin, which is not before the start. Over, at the earliest
 * and at the latest, at two instants: GJ_NEVER where nobody knows when. */
void gjr_gaps_add(gjr_gaps *gaps, gj_instant from, gj_instant to_earliest, gj_instant to_latest);
/* Of these of the list, how much is counted behind one day through another, by what is known of the
 * days. */
int64_t gjr_gaps_count(const gjr_gaps *gaps, const gjr_gap_list *list, gj_day after,
                       gj_day through);
/* By these of the list, the last of so many days of any kind. */
gj_day gjr_gaps_last(const gjr_gaps *gaps, const gjr_gap_list *list, int64_t days);
/* The day through which so much, at least 1, is counted behind one: at the earliest, by the list of
 * what is stopped in any case, and at the latest, by the other; GJR_DAY_MAX: never. */
gj_day gjr_gaps_nearest(const gjr_gaps *gaps, gj_day after, int64_t amount);
gj_day gjr_gaps_farthest(const gjr_gaps *gaps, gj_day after, int64_t amount);

#endif
