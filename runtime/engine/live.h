/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside a live docket, for its parts: live.c takes events in, firing.c lets time pass, anew.c
 * judges a case again from its history, recount.c has that done where a calendar changes, telling.c
 * says what that and every step has changed, seeing.c how a case stands. */
#ifndef GJR_LIVE_H
#define GJR_LIVE_H

#include "engine/agenda.h"
#include "engine/history.h"
#include "engine/note.h"
#include "engine/past.h"
#include "judge/cases.h"
#include "judge/reach.h"
#include "time/changes.h"

/* A case beside its state, which lies among the cases under the same number. */
typedef struct gjr_live_case {
    gjr_note **notes; /* of each ordinal the latest */
    uint32_t note_count, note_capacity;
    uint32_t last; /* root of the turn judged last, or GJB_INDEX_NONE */
} gjr_live_case;

/* A case, and what of it is due: a turn that the clock has come to, or its root GJB_INDEX_NONE:
 * time alone. */
typedef struct gjr_due {
    uint32_t of;
    gjr_turn turn;
} gjr_due;

struct gj_live {
    gj_live_options options;
    gj_docket *docket;
    gjr_cases cases;
    gjr_live_case *items;
    size_t capacity;
    gjr_sitting step;
    gjb_arena arena;   /* what is told of one case */
    gjr_agenda agenda; /* cases whose limits have something to say */
    gjr_agenda ahead;  /* roots whose time has not come; some of them may mean nothing by then */
    gjr_due *due;
    size_t due_count, due_capacity;
    gj_instant now;
    gj_problem problem;
    bool has_stopped; /* being told */
    bool is_broken;   /* memory has ended in the middle of something */
};

/* By what calendars cases were counted, and are from now on. */
typedef struct gjr_recount {
    const gj_judge *was, *is;
    const gj_recounting *recounting;        /* or NULL */
    gjr_changes changes[GJR_CALENDARS_MAX]; /* of each calendar of the procedure */
    uint32_t change_count;
    gjr_reach reach_was, reach_is;
    gjb_arena arena;    /* the changes */
    gjr_extent at_hand; /* days that the case at hand can look at */
} gjr_recount;

/* Why something is judged. */
typedef struct gjr_cause {
    gj_cause_kind kind;
    uint32_t record;            /* that was told, or GJB_INDEX_NONE */
    const gjr_recount *recount; /* where a calendar has changed */
} gjr_cause;

static const gjr_turn gjr_no_turn = {GJB_INDEX_NONE, GJB_INDEX_NONE};

static inline gj_instant gjr_live_at(const gj_live *live, uint32_t content)
{
    return gjr_records_get(&live->docket->records, content)->at;
}

/* ---- live.c ---- */

/* Judges a turn on the case as it stands, then whatever the clock has already come to. */
gj_status gjr_live_step(gj_live *live, uint32_t of, gjr_turn turn, gjr_cause cause);
/* What the case's limits have to say up to the clock; told where there is a cause. */
gj_status gjr_live_step_time(gj_live *live, uint32_t of, const gjr_cause *cause);
/* Says of notes by that version, or by the live docket's own, in whose hands the case was
 * (judge/hand.h); borrowed from the docket. */
gj_status gjr_live_hands(gj_live *live, uint32_t of, const gjr_past *past, gjr_raised *raised,
                         size_t count);
/* Keeps what the last step has raised. */
gj_status gjr_live_keep(gj_live *live, uint32_t of, gjr_turn turn);
/* The same of a step by that version. */
gj_status gjr_live_keep_of(gj_live *live, uint32_t of, const gjr_sitting *step,
                           const gjr_past *past, gjr_turn turn);
/* Every case that was told of is judged from its history up to there, and the clock stands there:
 * as if it had been told all before; nothing is told. */
gj_status gjr_live_settle(gj_live *live, gj_instant now);
void gjr_live_case_deinit(const gj_live *live, gjr_live_case *item);

/* ---- anew.c ---- */

/* What is told, and not yet judged, ahead of the clock: a turn whose content is GJB_INDEX_NONE is
 * none. */
typedef struct gjr_outlook {
    gjr_turn before, after;
} gjr_outlook;
/* Judges the case from its history, of which nothing is judged. */
gj_status gjr_live_judge_history(gj_live *live, uint32_t of);
/* Judges the case from its history and tells what that has changed. */
gj_status gjr_live_anew(gj_live *live, uint32_t of, gjr_outlook outlook, gjr_cause cause);
/* Tells what has changed of what lies ahead alone. */
gj_status gjr_live_look_ahead(gj_live *live, uint32_t of, gjr_outlook outlook, gjr_cause cause);

/* ---- recount.c ---- */

/* Everything but the cases' own states is judged by it. */
void gjr_live_put_judge(gj_live *live, const gj_judge *judge);
/* What the calendar has to do with a finding's change; either may be NULL. In the arena; NULL when
 * memory ends. */
const gj_recounted *gjr_recount_of(const gjr_recount *recount, const gj_finding *before,
                                   const gj_finding *after, gjb_arena *arena);
/* Tells of each limit that runs before and after, and is due otherwise. */
gj_status gjr_recount_tell_due(gj_live *live, const gjr_recount *recount,
                               const gj_case_result *before, const gj_case_result *after);

/* ---- telling.c ---- */

/* Tells what gjr_live_keep has kept since. */
gj_status gjr_live_tell_fresh(gj_live *live, uint32_t of, gjr_cause cause);
/* Where anyone is told. */
void gjr_live_tell(gj_live *live, gj_change change, const gj_finding *before,
                   const gj_finding *after, gjr_cause cause);
/* In the arena. */
gj_status gjr_live_finding(gj_live *live, uint32_t of, const gjr_note *note, gj_finding *finding);
/* That something told lies ahead of the clock. */
gj_status gjr_live_future(gj_live *live, uint32_t of, gjr_turn turn, gj_finding *finding);

#endif
