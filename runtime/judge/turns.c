/* SPDX-License-Identifier: Apache-2.0
 *
 * See turns.h. */
#include "judge/turns.h"

#include "image/image.h"
#include "judge/clocks.h"
#include "judge/conditions.h"
#include "judge/ladder.h"
#include "judge/law.h"
#include "judge/notices.h"
#include "judge/trace.h"

static const gjr_stop *stop_row(const gjr_sitting *step, uint32_t clause)
{
    return &step->judge->rows->stops[clause];
}

static const gjr_extension *extension_row(const gjr_sitting *step, uint32_t clause)
{
    return &step->judge->rows->extensions[clause];
}

static const gjr_limit *limit_row(const gjr_sitting *step, uint32_t limit)
{
    return gjr_case_limit_row(step->judged, limit);
}

static bool is_running(const gjr_sitting *step, uint32_t limit)
{
    return (gjr_case_limit(step->judged, limit)->flags & GJR_LIMIT_RUNNING) != 0;
}

static gjr_turn *live_of(const gjr_sitting *step, uint32_t limit)
{
    return gjr_course_turn(step->judged, gjr_case_course(step->judged, limit)->live);
}

static gjr_turn *before(const gjr_sitting *step, const gjr_turn *turn)
{
    return gjr_course_turn(step->judged, turn->before);
}

static bool is_of(const gjr_turn *turn, uint32_t clause, bool extends)
{
    return turn->clause == clause && ((turn->flags & GJR_TURN_EXTENDS) != 0) == extends;
}

/* By the law alone, which acts before what was found since; else GJ_NEVER. */
static gj_instant due_of(const gjr_sitting *step, uint32_t limit)
{
    return step->by_law && is_running(step, limit) ? gjr_law_due(step, limit) : GJ_NEVER;
}

/* It is due no later than it was, which withdraws nothing. */
static bool is_due_by(const gjr_sitting *step, uint32_t limit, gj_instant was)
{
    return was != GJ_NEVER && due_of(step, limit) <= was;
}

/* What has changed may be settled, and moves what the limit, which was due then, has yet to say. */
static void changed_since(gjr_sitting *step, uint32_t limit, gj_instant was)
{
    gjr_course_settle(step->judged, limit);
    if (is_running(step, limit) && is_due_by(step, limit, was)) {
        gjr_limits_bring_forward(step, limit);
    } else if (is_running(step, limit)) {
        gjr_limits_move(step, limit);
    }
}

static void changed(gjr_sitting *step, uint32_t limit)
{
    changed_since(step, limit, GJ_NEVER);
}

/* As above, by what has begun: unless its notice is waited for, that can but put it off. */
static void begun(gjr_sitting *step, uint32_t limit, const gjr_turn *turn, gj_instant was)
{
    gjr_course_settle(step->judged, limit);
    if (!is_running(step, limit)) {
        return;
    }
    if ((turn->flags & GJR_TURN_AWAITED) == 0 && is_due_by(step, limit, was)) {
        gjr_limits_bring_forward(step, limit);
        return;
    }
    if ((turn->flags & GJR_TURN_AWAITED) != 0) {
        gjr_limits_move(step, limit);
    } else {
        gjr_limits_put_off(step, limit);
    }
}

/* ---- findings ---- */

static gjr_clause clause_of(const gjr_sitting *step, const gjr_turn *turn, uint32_t limit)
{
    limit = gjr_layout_limit(&step->judge->layout, limit);
    if ((turn->flags & GJR_TURN_EXTENDS) != 0) {
        const gjr_extension *row = extension_row(step, turn->clause);
        return (gjr_clause){row->position, row->basis_first, row->basis_count, GJ_SUBJECT_LIMIT,
                            limit};
    }
    const gjr_stop *row = stop_row(step, turn->clause);
    return (gjr_clause){row->position, row->basis_first, row->basis_count, GJ_SUBJECT_LIMIT, limit};
}

static void begin(gjr_sitting *step, uint32_t limit, gjr_turn *turn)
{
    bool extends = (turn->flags & GJR_TURN_EXTENDS) != 0;
    turn->again =
        gjr_sitting_begin_again(step, extends ? GJ_INVALID_EXTENSION : GJ_INVALID_STOP, limit);
}

/* Under the ordinal that the turn's finding has, or a new one. */
static void note(gjr_sitting *step, uint32_t limit, gjr_turn *turn, gj_void_reason reason,
                 gj_finding_status status, gj_instant at)
{
    gjr_clause by = clause_of(step, turn, limit);
    bool extends = (turn->flags & GJR_TURN_EXTENDS) != 0;
    bool kept = turn->key != GJR_NONE; /* one that never worked is the event's at hand */
    gjr_pace pace = gjr_course_pace(step->judged, limit);
    if (!kept) {
        begin(step, limit, turn);
    }
    if ((turn->flags & GJR_TURN_FOUND) == 0) {
        turn->finding = gjr_case_state(step->judged)->finding_count++;
        turn->flags |= GJR_TURN_FOUND;
    }
    gjr_raised *raised = gjr_sitting_add_again(
        step, extends ? GJ_INVALID_EXTENSION : GJ_INVALID_STOP, turn->finding);
    if (raised == NULL) {
        return;
    }
    gjr_clocks_name(step, limit, raised);
    raised->status = status;
    raised->position = by.position;
    raised->basis_first = by.basis_first;
    raised->basis_count = by.basis_count;
    raised->at = at;
    raised->by_event = step->event != NULL && at == step->event->at && turn->opened == at;
    gjr_sitting_place(step, raised, limit_row(step, limit)->region);
    raised->turn = (gjr_raised_turn){
        .clause = turn->clause,
        .trigger = turn->trigger,
        .reason = reason,
        .opened = turn->opened,
        .since = turn->since,
        .notice_due = gjr_notices_due(step->judged, turn),
        .due = gjr_terms_due(step->judge, limit_row(step, limit), &pace),
        .source = kept ? gjr_case_key_source(step->judged, turn->key) : step->event->source,
        .id = kept ? gjr_case_key_id(step->judged, turn->key) : step->event->id,
        .again = turn->again,
    };
    if (turn->taken_by > 0) {
        raised->turn.taker_source = gjr_case_key_source(step->judged, turn->taken_by - 1);
        raised->turn.taker_id = gjr_case_key_id(step->judged, turn->taken_by - 1);
    }
}

/* ---- the trace ---- */

/* What an extension has added while its notice may still come. */
static int64_t added_by(const gjr_sitting *step, const gjr_turn *turn)
{
    const gjr_extension *row = extension_row(step, turn->clause);
    return row->notice_within > 0 ? row->amount : 0;
}

static gjr_mark mark_of(const gjr_sitting *step, uint32_t limit, gjr_mark_kind kind,
                        const gjr_turn *turn, gj_instant at)
{
    gjr_clause by = clause_of(step, turn, limit);
    gjr_mark made = {
        .kind = kind,
        .limit = limit,
        .at = at,
        .cause = step->judge->rows->triggers[turn->trigger],
        .row = turn->clause,
        .began = turn->opened,
        .position = by.position,
        .basis_first = by.basis_first,
        .basis_count = by.basis_count,
    };
    if (kind == GJR_MARK_STOPPED) {
        made.number = gjr_course_end_of(step->judged, turn);
    } else if (kind == GJR_MARK_EXTENDED || kind == GJR_MARK_GRANTED) {
        made.number = extension_row(step, turn->clause)->amount;
    } else if (kind == GJR_MARK_VOIDED) {
        made.cause = step->event == NULL ? GJR_CAUSE_TIME : made.cause;
        made.number = gjr_turn_is_stop(turn) ? -1 : added_by(step, turn);
    }
    return made;
}

static void mark(gjr_sitting *step, uint32_t limit, gjr_mark_kind kind, const gjr_turn *turn,
                 gj_instant at)
{
    if (step->trace != NULL) {
        gjr_mark made = mark_of(step, limit, kind, turn, at);
        gjr_trace_take(step, &made);
    }
}

/* By what was heard: the end of a stop, or the notice of one or of an extension. */
static void mark_heard(gjr_sitting *step, uint32_t limit, gjr_mark_kind kind, const gjr_turn *turn,
                       gj_instant at, const gjr_listener *listener)
{
    if (step->trace == NULL) {
        return;
    }
    gjr_mark made = mark_of(step, limit, kind, turn, at);
    gjr_trigger heard = step->judge->rows->triggers[listener->trigger];
    if (kind == GJR_MARK_RESUMED) {
        made.cause = heard;
    } else {
        made.notice = 1 + heard.target;
    }
    gjr_trace_take(step, &made);
}

/* ---- days that are not announced ---- */

/* What makes the limit longer began, which may have been due by then. */
static void doubt_begin(const gjr_sitting *step, uint32_t limit, gj_instant at)
{
    bool is_known = at < gjr_judge_published_end(step->judge, limit_row(step, limit));
    if (!is_known && is_running(step, limit)) {
        gj_instant soonest = gjr_notices_soonest(step->judged, limit, at);
        gjr_course *course = gjr_case_course(step->judged, limit);
        course->doubt = soonest <= at ? soonest : course->doubt;
    }
}

/* Its notice came, in time as far as is known. */
static void doubt_told(const gjr_sitting *step, uint32_t limit, gjr_turn *turn, gj_instant at)
{
    if (!gjr_notices_may_be_over(step->judged, limit, turn, at)) {
        return;
    }
    turn->flags |= GJR_TURN_DOUBTED;
    if (is_running(step, limit)) {
        gjr_case_course(step->judged, limit)->doubt = gjr_notices_soonest(step->judged, limit, at);
    }
}

/* A notice that came in doubt may have been the next one's. */
static bool may_have_been_told(const gjr_sitting *step, uint32_t limit, const gjr_turn *turn)
{
    const gjr_course *course = gjr_case_course(step->judged, limit);
    bool extends = (turn->flags & GJR_TURN_EXTENDS) != 0, found = false;
    for (int past = 0; past < 2; past++) {
        const gjr_turn *other =
            gjr_course_turn(step->judged, past != 0 ? course->past : course->live);
        for (; other != NULL && !found; other = before(step, other)) {
            found = is_of(other, turn->clause, extends) && (other->flags & GJR_TURN_DOUBTED) != 0;
        }
    }
    return found;
}

/* Its notice did not come by now: it is void; false where it may have come, and it works. */
static bool expire(gjr_sitting *step, uint32_t limit, gjr_turn *turn, gj_instant at)
{
    if (!may_have_been_told(step, limit, turn)) {
        turn->flags |= GJR_TURN_VOID;
        return true;
    }
    turn->flags = (turn->flags & ~(uint32_t)GJR_TURN_AWAITED) | GJR_TURN_DOUBTED;
    if ((turn->flags & GJR_TURN_EXTENDS) != 0 &&
        extension_row(step, turn->clause)->notice_within == 0) {
        mark(step, limit, GJR_MARK_EXTENDED, turn, at);
    }
    return false;
}

/* ---- beginning ---- */

static bool has_room(const gjr_sitting *step)
{
    return step->judged->capacity - gjr_case_size(step->judged) >= sizeof(gjr_turn);
}

/* Whether the clause holds now; a note where that cannot be said. */
static gjr_truth holds(gjr_sitting *step, uint32_t when, const gjr_turn *turn, uint32_t limit)
{
    gjr_clause by = clause_of(step, turn, limit);
    return gjr_condition_of_turn(step, limit, when, &by);
}

/* Takes the notice that was given beforehand, once. */
static bool told_take(const gjr_sitting *step, uint32_t limit, const gjr_turn *turn)
{
    bool extends = (turn->flags & GJR_TURN_EXTENDS) != 0;
    const gjr_limit *row = limit_row(step, limit);
    uint32_t *told = &gjr_case_course(step->judged, limit)->told[extends];
    uint32_t bit =
        UINT32_C(1) << (turn->clause - (extends ? row->extensions_first : row->stops_first));
    bool was = (*told & bit) != 0;
    *told &= ~bit;
    return was;
}

static void told_keep(const gjr_sitting *step, uint32_t limit, uint32_t clause, bool extends)
{
    const gjr_limit *row = limit_row(step, limit);
    gjr_case_course(step->judged, limit)->told[extends] |=
        UINT32_C(1) << (clause - (extends ? row->extensions_first : row->stops_first));
}

static void turn_add(gjr_sitting *step, uint32_t limit, gjr_turn *turn, bool notice_due)
{
    if (!has_room(step)) {
        step->no_memory = true;
        return;
    }
    doubt_begin(step, limit, turn->opened);
    turn->key = gjr_limits_key(step, step->judged);
    begin(step, limit, turn);
    if (notice_due && !told_take(step, limit, turn)) {
        turn->flags |= GJR_TURN_AWAITED;
    }
    gj_instant was = due_of(step, limit);
    (void)gjr_course_add(step->judged, limit, turn);
    if ((turn->flags & GJR_TURN_EXTENDS) == 0) {
        mark(step, limit, GJR_MARK_STOPPED, turn, turn->opened);
    } else if ((turn->flags & GJR_TURN_AWAITED) == 0 ||
               extension_row(step, turn->clause)->notice_within > 0) {
        mark(step, limit, GJR_MARK_EXTENDED, turn, turn->opened);
    } else {
        mark(step, limit, GJR_MARK_GRANTED, turn, turn->opened);
    }
    begun(step, limit, turn, was);
}

static gjr_turn turn_at(const gjr_heard *heard, const gjr_listener *listener, uint32_t flags)
{
    return (gjr_turn){.opened = heard->at,
                      .since = heard->at,
                      .until = GJ_NEVER,
                      .clause = listener->clause,
                      .trigger = listener->trigger,
                      .key = GJR_NONE, /* until it is kept */
                      .flags = flags};
}

/* ---- which clocks ---- */

/* What an act tells of a limit that is kept per key is of one key, a stage of all. */
static bool is_of_one(const gjr_sitting *step, const gjr_listener *listener)
{
    const gjr_trigger *triggers = step->judge->rows->triggers;
    return listener->kind == GJR_SUBSCRIPTION_EXTENSION_NOTICE ||
           triggers[stop_row(step, listener->clause)->from_first].kind == GJR_TRIGGER_ACTION;
}

typedef void hears(gjr_sitting *step, uint32_t clock, const gjr_listener *listener,
                   const gjr_heard *heard);

/* Each of the limit's clocks that it is about: of all, those that run, and the first, from which
 * those take it that start later. */
static void clocks_hear(gjr_sitting *step, const gjr_listener *listener, const gjr_heard *heard,
                        hears *hear_one)
{
    uint32_t limit = listener->target, clock = gjr_clocks_find(step, limit);
    if (!gjr_clocks_are_keyed(step, limit) || is_of_one(step, listener)) {
        if (clock != GJR_NONE) {
            hear_one(step, clock, listener, heard);
        }
        gjr_clocks_check_told(step, limit, listener->trigger);
        return;
    }
    for (uint32_t i = 0; i < gjr_layout_clocks(limit_row(step, limit)); i++) {
        clock = gjr_layout_clock(&step->judge->layout, limit, i);
        if (i == 0 || is_running(step, clock)) {
            hear_one(step, clock, listener, heard);
        }
    }
}

/* ---- stops ---- */

static void clock_stop(gjr_sitting *step, uint32_t clock, const gjr_listener *listener,
                       const gjr_heard *heard)
{
    const gjr_stop *row = stop_row(step, listener->clause);
    gjr_turn turn = turn_at(heard, listener, 0);
    if (gjr_course_find_open(step->judged, clock, listener->clause) == NULL &&
        holds(step, row->when, &turn, clock) == GJR_TRUTH_TRUE) {
        turn_add(step, clock, &turn, row->notices_count > 0);
    }
}

static void stop_begin(gjr_sitting *step, const gjr_listener *listener, const gjr_heard *heard)
{
    if (gjr_case_state(step->judged)->closed_at == GJ_NEVER) {
        clocks_hear(step, listener, heard, clock_stop);
    }
}

static void stop_end(gjr_sitting *step, uint32_t clock, const gjr_listener *listener,
                     const gjr_heard *heard)
{
    gjr_turn *turn = gjr_course_find_open(step->judged, clock, listener->clause);
    if (turn != NULL) {
        gj_instant was = due_of(step, clock);
        turn->until = heard->at;
        mark_heard(step, clock, GJR_MARK_RESUMED, turn, heard->at, listener);
        changed_since(step, clock, was);
    }
}

/* In time, or late: then it works from now on. */
static void stop_told(gjr_sitting *step, uint32_t clock, const gjr_listener *listener,
                      const gjr_heard *heard)
{
    bool taken = false;
    for (gjr_turn *turn = live_of(step, clock); turn != NULL; turn = before(step, turn)) {
        bool awaited = (turn->flags & GJR_TURN_AWAITED) != 0;
        bool in_time = awaited && heard->at < gjr_notices_due(step->judged, turn);
        bool waits = awaited || (turn->flags & GJR_TURN_VOID) != 0;
        if (!is_of(turn, listener->clause, false) || !waits) {
            continue;
        }
        if (in_time) {
            doubt_told(step, clock, turn, heard->at);
        }
        turn->flags &= ~(uint32_t)(GJR_TURN_AWAITED | GJR_TURN_VOID);
        turn->since = in_time ? turn->since : heard->at;
        if (!in_time) {
            mark_heard(step, clock, GJR_MARK_STOPPED, turn, heard->at, listener);
        }
        if ((turn->flags & GJR_TURN_FOUND) != 0) {
            note(step, clock, turn, GJ_VOID_NOTICE, GJ_CLOSED, heard->at);
        }
        taken = true;
    }
    if (taken) {
        changed(step, clock);
    } else {
        told_keep(step, clock, listener->clause, false);
    }
}

/* ---- extensions ---- */

/* Whether the act at hand was done without the power; what the law does is not that act. */
static bool lacks_power(const gjr_sitting *step)
{
    for (size_t i = 0; i < step->raised_count && !step->by_law; i++) {
        const gjr_raised *raised = &step->raised[i];
        if (raised->by_event && (raised->code == GJ_UNAUTHORISED || raised->code == GJ_FORBIDDEN)) {
            return true;
        }
    }
    return false;
}

/* How often the clause was granted in this run of the limit, at least and at most. */
typedef struct grants {
    uint32_t least, most;
} grants;

static grants grants_count(const gjr_sitting *step, uint32_t limit, uint32_t clause, gj_instant at)
{
    const gjr_course *course = gjr_case_course(step->judged, limit);
    grants count = {0, 0};
    for (int past = 0; past < 2; past++) {
        const gjr_turn *turn =
            gjr_course_turn(step->judged, past != 0 ? course->past : course->live);
        for (; turn != NULL; turn = before(step, turn)) {
            bool counts = is_of(turn, clause, true) && (turn->flags & GJR_TURN_VOID) == 0;
            bool awaited = (turn->flags & GJR_TURN_AWAITED) != 0;
            bool may_be_void = (turn->flags & GJR_TURN_DOUBTED) != 0 ||
                               (awaited && gjr_notices_may_be_over(step->judged, limit, turn, at));
            count.most += counts ? 1 : 0;
            count.least += counts && !may_be_void ? 1 : 0;
        }
    }
    return count;
}

static void grant(gjr_sitting *step, uint32_t limit, gjr_turn *turn)
{
    const gjr_extension *row = extension_row(step, turn->clause);
    gjr_pace pace = gjr_course_pace(step->judged, limit);
    grants before = grants_count(step, limit, turn->clause, turn->opened);
    if (lacks_power(step)) {
        note(step, limit, turn, GJ_VOID_POWER, GJ_OPEN, turn->opened);
    } else if (gjr_terms_over(step->judge, limit_row(step, limit), &pace) <= turn->opened) {
        note(step, limit, turn, GJ_VOID_AFTER_DUE, GJ_OPEN, turn->opened);
    } else if (before.least >= row->times_max) {
        note(step, limit, turn, GJ_VOID_TIMES, GJ_OPEN, turn->opened);
    } else {
        turn->flags |= before.most >= row->times_max ? GJR_TURN_DOUBTED : 0;
        turn_add(step, limit, turn, row->notices_count > 0);
    }
}

/* By the first of the limit's clauses that holds, of those from `first` on that hear of the act;
 * the listener after them. */
static uint32_t extend(gjr_sitting *step, const gjr_listener *listeners, uint32_t first,
                       uint32_t count, const gjr_heard *heard)
{
    uint32_t limit = gjr_clocks_find(step, listeners[first].target), i = first;
    uint32_t granting = GJR_NONE;
    bool unknown = false, runs = limit != GJR_NONE && is_running(step, limit);
    for (; i < count && listeners[i].kind == GJR_SUBSCRIPTION_EXTENSION_BY &&
           listeners[i].target == listeners[first].target;
         i++) {
        if (!runs || granting != GJR_NONE ||
            !gjr_sitting_hears(step, &listeners[i], heard->region)) {
            continue;
        }
        gjr_turn turn = turn_at(heard, &listeners[i], GJR_TURN_EXTENDS);
        gjr_truth truth = holds(step, extension_row(step, turn.clause)->when, &turn, limit);
        unknown |= truth == GJR_TRUTH_UNKNOWN;
        if (truth == GJR_TRUTH_TRUE) {
            granting = i;
            grant(step, limit, &turn);
        }
    }
    bool heard_here = gjr_sitting_hears(step, &listeners[first], heard->region);
    if (heard_here) {
        gjr_clocks_check_told(step, listeners[first].target, listeners[first].trigger);
    }
    if (runs && granting == GJR_NONE && !unknown && heard_here) {
        gjr_turn turn = turn_at(heard, &listeners[first], GJR_TURN_EXTENDS);
        note(step, limit, &turn, GJ_VOID_CONDITION, GJ_OPEN, heard->at);
    }
    return i;
}

static void extension_told(gjr_sitting *step, uint32_t clock, const gjr_listener *listener,
                           const gjr_heard *heard)
{
    bool taken = false;
    if (!is_running(step, clock)) {
        return;
    }
    for (gjr_turn *turn = live_of(step, clock); turn != NULL; turn = before(step, turn)) {
        if (is_of(turn, listener->clause, true) && (turn->flags & GJR_TURN_AWAITED) != 0) {
            doubt_told(step, clock, turn, heard->at);
            turn->flags &= ~(uint32_t)GJR_TURN_AWAITED;
            if (extension_row(step, turn->clause)->notice_within == 0) {
                mark_heard(step, clock, GJR_MARK_EXTENDED, turn, heard->at, listener);
            }
            taken = true;
        }
    }
    if (taken) {
        changed(step, clock);
    } else {
        told_keep(step, clock, listener->clause, true);
    }
}

/* ---- hearing ---- */

static void hear(gjr_sitting *step, const gjr_listener *listener, const gjr_heard *heard)
{
    switch ((gjr_subscription_kind)listener->kind) {
    case GJR_SUBSCRIPTION_LIMIT_RESTART:
        gjr_limits_restart(step, listener, heard);
        break;
    case GJR_SUBSCRIPTION_STOP_TO:
        clocks_hear(step, listener, heard, stop_end);
        break;
    case GJR_SUBSCRIPTION_STOP_FROM:
        stop_begin(step, listener, heard);
        break;
    case GJR_SUBSCRIPTION_STOP_NOTICE:
        clocks_hear(step, listener, heard, stop_told);
        break;
    case GJR_SUBSCRIPTION_EXTENSION_NOTICE:
        clocks_hear(step, listener, heard, extension_told);
        break;
    case GJR_SUBSCRIPTION_EXTENSION_BY: /* several together: gjr_turns_hear_all */
    case GJR_SUBSCRIPTION_LIMIT_FROM:
    case GJR_SUBSCRIPTION_LIMIT_TO:
    case GJR_SUBSCRIPTION_RULE:
    case GJR_SUBSCRIPTION_ROLE:
    case GJR_SUBSCRIPTION_COUNT:
        break;
    }
}

void gjr_turns_hear_all(gjr_sitting *step, const gjr_audience *audience, const gjr_heard *heard)
{
    const gjr_listener *listeners = gjr_audience_turns(&step->judge->plan, audience);
    for (uint32_t i = 0; i < audience->turns;) {
        if (listeners[i].kind == GJR_SUBSCRIPTION_EXTENSION_BY) {
            i = extend(step, listeners, i, audience->turns, heard);
            continue;
        }
        if (gjr_sitting_hears(step, &listeners[i], heard->region)) {
            hear(step, &listeners[i], heard);
        }
        i++;
    }
}

/* ---- time ---- */

void gjr_turns_take_over(gjr_sitting *step, uint32_t limit, uint32_t clock)
{
    gjr_turn *turn = gjr_course_take_over(step->judged, limit, clock);
    for (; turn != NULL; turn = before(step, turn)) {
        turn->taken_by = 1 + gjr_limits_key(step, step->judged);
        turn->again = gjr_sitting_begin_again(step, GJ_INVALID_STOP, limit);
    }
}

void gjr_turns_begin(gjr_sitting *step, uint32_t limit, gj_instant at)
{
    gjr_turn *turn;
    gj_instant now = gjr_ladder_now(step); /* the law's, and not up to where time goes on */
    gjr_course_begin(step->judged, limit, at);
    while (gjr_notices_next(step->judged, limit, &turn) <= now) {
        (void)expire(step, limit, turn, at);
        turn->flags &= ~(uint32_t)GJR_TURN_AWAITED;
    }
    for (turn = live_of(step, limit); turn != NULL; turn = before(step, turn)) {
        if ((turn->flags & (GJR_TURN_EXTENDS | GJR_TURN_VOID)) == 0) {
            mark(step, limit, GJR_MARK_STOPPED, turn, turn->since);
        }
    }
}

/* A stop that began when the limit was due, without what is void, does nothing anyhow. */
static bool is_in_vain(const gjr_sitting *step, uint32_t limit, const gjr_turn *turn)
{
    gjr_pace pace = gjr_course_pace(step->judged, limit);
    return (turn->flags & GJR_TURN_EXTENDS) == 0 &&
           gjr_terms_due(step->judge, limit_row(step, limit), &pace) <= turn->opened;
}

/* Whether, on days that are not announced, it may turn out to have done nothing: it began when the
 * limit may have been due, or was void before that may have started. */
static bool is_in_doubt(const gjr_sitting *step, uint32_t limit, const gjr_turn *turn,
                        gj_instant at)
{
    gj_instant started = gjr_case_limit(step->judged, limit)->since;
    bool before_start =
        turn->opened < started && gjr_notices_may_be_over(step->judged, limit, turn, started);
    return gjr_turn_is_stop(turn) &&
           (before_start || gjr_notices_soonest(step->judged, limit, at) <= turn->opened);
}

/* Its notice, which was waited for, did not come; it is void by now, and so is all that is void
 * with it. */
static void untold_note(gjr_sitting *step, uint32_t limit, gjr_turn *turn, gj_instant at)
{
    turn->flags &= ~(uint32_t)GJR_TURN_AWAITED;
    if (is_in_vain(step, limit, turn)) {
        return;
    }
    mark(step, limit, GJR_MARK_VOIDED, turn, at);
    if (!is_in_doubt(step, limit, turn, at)) {
        note(step, limit, turn, GJ_VOID_NOTICE, GJ_OPEN, at);
    }
}

void gjr_turns_expire(gjr_sitting *step, uint32_t limit, gjr_turn *turn, gj_instant at)
{
    if (expire(step, limit, turn, at)) {
        untold_note(step, limit, turn, at);
    }
    changed(step, limit);
}

/* Whether it works while its notice may still come. */
static bool works_untold(const gjr_sitting *step, const gjr_turn *turn)
{
    return (turn->flags & GJR_TURN_EXTENDS) == 0 ||
           extension_row(step, turn->clause)->notice_within > 0;
}

void gjr_turns_close(gjr_sitting *step, uint32_t limit, gj_instant until, gj_instant at)
{
    for (gjr_turn *turn = live_of(step, limit); turn != NULL; turn = before(step, turn)) {
        if ((turn->flags & GJR_TURN_AWAITED) != 0 && turn->opened < until) {
            (void)expire(step, limit, turn, at);
        }
    }
    for (gjr_turn *turn = live_of(step, limit); turn != NULL; turn = before(step, turn)) {
        bool ends = (turn->flags & GJR_TURN_AWAITED) != 0 && turn->opened < until;
        if (ends && works_untold(step, turn)) {
            untold_note(step, limit, turn, at);
        } else if (ends) {
            turn->flags &= ~(uint32_t)GJR_TURN_AWAITED;
            mark(step, limit, GJR_MARK_VOIDED, turn, at);
        }
    }
    gjr_course_settle(step->judged, limit);
}
