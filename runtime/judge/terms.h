/* SPDX-License-Identifier: Apache-2.0
 *
 * How a limit counts: from its row and from how far it has come. What is derived here is never
 * kept. */
#ifndef GJR_TERMS_H
#define GJR_TERMS_H

#include "image/layout.h"
#include "judge/judge.h"
#include "time/range.h"

/* How far a running limit has come. */
typedef struct gjr_pace {
    gj_instant start;
    gj_instant since; /* what is left is counted from here: the start, or later */
    int64_t consumed; /* before it, as a gjr_term's */
    uint32_t budget;
    uint32_t own;   /* of it, without what was added; 0: nobody says how long it is */
    uint32_t moved; /* days from the start's to that of `since` */
    uint32_t back;  /* as a gjr_term's */
    bool held; /* nothing can be told of when it will be due: it is stopped, nobody knows till when
                */
    gj_instant by; /* of a limit that is due by a date: that, or GJ_NEVER where it is not told */
    uint32_t
        length; /* of one whose length hangs on the case: the line that gives it, or GJR_NONE */
    gj_instant measured; /* since when */
    gjr_range
        range; /* of its last day, where that is not announced and a stop reaches beyond what is */
} gjr_pace;

/* Whether anybody can tell when it is due. */
static inline bool gjr_terms_is_due(const gjr_limit *row, const gjr_pace *pace)
{
    bool never = (row->flags & (GJR_LIMIT_OPEN | GJR_LIMIT_BACKWARD)) != 0;
    bool told = row->by != GJR_NONE ? pace->by != GJ_NEVER : pace->own > 0;
    return !never && !pace->held && told;
}
gjr_term gjr_terms_of(const gjr_limit *row, const gjr_pace *pace);
gjr_count gjr_terms_count(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace);
/* Whole units gone up to `until`: so much before an instant, and what is counted from it on, where
 * that is not GJ_NEVER. */
int64_t gjr_terms_elapsed(const gj_judge *judge, const gjr_limit *row, int64_t before,
                          gj_instant from, gj_instant until);
/* Its `due` alone; GJ_NEVER while it is held. */
gj_instant gjr_terms_due(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace);
/* How it counts where what is not announced yet puts it off the most: it is late from then on. */
gjr_count gjr_terms_latest(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace);
/* Its `due` alone: by when it is due in any case. */
gj_instant gjr_terms_over(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace);
/* Before that it is due in no case. */
gj_instant gjr_terms_soonest(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace);
/* Within which days a limit that counts so may be due. */
gjr_range gjr_terms_range(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace,
                          const gjr_count *count);
gjr_term gjr_terms_least_of(const gjr_limit *row);
/* How its minimum counts: it may end from then on. */
gjr_count gjr_terms_least(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace);
/* How much of its time is used when that rung is reached, as a gjr_term counts it; INT64_MAX where
 * it is no share of a length. */
int64_t gjr_terms_used(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace,
                       const gjr_rung *rung);
/* When that rung of the limit is reached; of a share of which less is consumed than it says. */
gj_instant gjr_terms_rung(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace,
                          const gjr_rung *rung);

/* Whether it makes the limit late, and not just due soon. */
static inline bool gjr_rung_is_late(const gjr_rung *rung)
{
    return rung->kind == GJR_RUNG_OVERDUE;
}

#endif
