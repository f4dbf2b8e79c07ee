/* SPDX-License-Identifier: Apache-2.0
 *
 * See notices.h. */
#include "judge/notices.h"

typedef struct notice {
    const gjr_limit *limit;
    gjr_term term; /* no budget: it has no time of its own */
} notice;

static notice notice_of(const gjr_case *judged, const gjr_turn *turn)
{
    const gjr_rows *rows = judged->judge->rows;
    const gjr_stop *stop = gjr_turn_is_stop(turn) ? &rows->stops[turn->clause] : NULL;
    const gjr_extension *extension = stop == NULL ? &rows->extensions[turn->clause] : NULL;
    notice of = {.limit = &rows->limits[stop != NULL ? stop->limit : extension->limit]};
    of.term = (gjr_term){
        .unit = (gj_unit)(stop != NULL ? stop->notice_unit : extension->notice_unit),
        .budget = stop != NULL ? stop->notice_within : extension->notice_within,
        .rolls = gjr_judge_calendar(judged->judge, of.limit) != NULL,
    };
    return of;
}

gj_instant gjr_notices_due(const gjr_case *judged, const gjr_turn *turn)
{
    notice of = notice_of(judged, turn);
    const gj_calendar *calendar = gjr_judge_calendar(judged->judge, of.limit);
    if (of.term.budget > 0) {
        gjr_count count = gjr_count_due(calendar, of.term, turn->opened);
        return count.due <= gjr_judge_published_end(judged->judge, of.limit)
                   ? count.due
                   : gjr_count_latest(calendar, of.term, &count).due;
    }
    return gjr_turn_is_stop(turn)
               ? gjr_calendar_day_end(calendar, gjr_calendar_day_of(calendar, turn->opened))
               : GJ_NEVER;
}

/* It has a time of its own, which may be over by then. */
static bool notice_may_be_over(const gjr_case *judged, const gjr_turn *turn, gj_instant at)
{
    notice of = notice_of(judged, turn);
    if (of.term.budget == 0 || at < gjr_judge_published_end(judged->judge, of.limit)) {
        return false;
    }
    const gj_calendar *calendar = gjr_judge_calendar(judged->judge, of.limit);
    gjr_count count = gjr_count_due(calendar, of.term, turn->opened);
    return gjr_count_earliest(calendar, of.term, &count).due <= at;
}

bool gjr_notices_may_be_over(const gjr_case *judged, uint32_t limit, const gjr_turn *turn,
                             gj_instant at)
{
    notice of = notice_of(judged, turn);
    bool bounded_by_due = of.term.budget == 0 && !gjr_turn_is_stop(turn);
    return (bounded_by_due && at >= gjr_judge_published_end(judged->judge, of.limit) &&
            gjr_notices_soonest(judged, limit, at) <= at) ||
           notice_may_be_over(judged, turn, at);
}

/* The live turns of which the notice came in doubt, or has not and may be too late by then, are
 * void for now; then they are what they were. */
static void doubtful_suppose(const gjr_case *judged, uint32_t limit, gj_instant at)
{
    gjr_turn *turn = gjr_course_turn(judged, gjr_case_course(judged, limit)->live);
    for (; turn != NULL; turn = gjr_course_turn(judged, turn->before)) {
        bool doubtful =
            (turn->flags & GJR_TURN_DOUBTED) != 0 ||
            ((turn->flags & GJR_TURN_AWAITED) != 0 && notice_may_be_over(judged, turn, at));
        if (doubtful && (turn->flags & GJR_TURN_VOID) == 0) {
            turn->flags |= GJR_TURN_VOID | GJR_TURN_SUPPOSED;
        }
    }
}

static void supposed_undo(const gjr_case *judged, uint32_t limit)
{
    gjr_turn *turn = gjr_course_turn(judged, gjr_case_course(judged, limit)->live);
    for (; turn != NULL; turn = gjr_course_turn(judged, turn->before)) {
        if ((turn->flags & GJR_TURN_SUPPOSED) != 0) {
            turn->flags &= ~(uint32_t)(GJR_TURN_VOID | GJR_TURN_SUPPOSED);
        }
    }
}

gj_instant gjr_notices_soonest(const gjr_case *judged, uint32_t limit, gj_instant at)
{
    gj_instant doubt = gjr_case_course(judged, limit)->doubt;
    doubtful_suppose(judged, limit, at);
    gjr_pace pace = gjr_course_pace(judged, limit);
    gj_instant due = gjr_terms_soonest(judged->judge, gjr_case_limit_row(judged, limit), &pace);
    supposed_undo(judged, limit);
    return due < doubt ? due : doubt;
}

/* The limit's due, in any case, bounds a notice that has no time of its own. */
static gj_instant told_by(const gjr_case *judged, uint32_t limit, const gjr_turn *turn)
{
    gj_instant due = gjr_notices_due(judged, turn);
    if (due != GJ_NEVER || gjr_turn_is_stop(turn)) {
        return due;
    }
    gjr_pace pace = gjr_course_pace(judged, limit);
    return gjr_terms_over(judged->judge, gjr_case_limit_row(judged, limit), &pace);
}

gj_instant gjr_notices_next(const gjr_case *judged, uint32_t limit, gjr_turn **turn)
{
    gj_instant next = GJ_NEVER;
    gjr_turn *one = gjr_course_turn(judged, gjr_case_course(judged, limit)->live);
    *turn = NULL;
    for (; one != NULL; one = gjr_course_turn(judged, one->before)) {
        gj_instant due =
            (one->flags & GJR_TURN_AWAITED) != 0 ? told_by(judged, limit, one) : GJ_NEVER;
        if (due <= next && due != GJ_NEVER) { /* of one instant the one that began first */
            next = due;
            *turn = one;
        }
    }
    return next;
}
