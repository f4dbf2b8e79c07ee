/* SPDX-License-Identifier: Apache-2.0
 *
 * See ladder.h. */
#include "judge/ladder.h"

#include "image/image.h"
#include "judge/clocks.h"
#include "judge/course.h"
#include "judge/decisions.h"
#include "judge/regions.h"
#include "judge/trace.h"

_Static_assert((int)GJR_SEVERITY_NOTICE == (int)GJ_NOTICE &&
                   (int)GJR_SEVERITY_YELLOW == (int)GJ_YELLOW &&
                   (int)GJR_SEVERITY_RED == (int)GJ_RED,
               "one numbering of severities");

static const gjr_rung *rung_of(const gjr_sitting *step, uint32_t limit, uint32_t rung)
{
    return &step->judge->rows->rungs[gjr_ladder_limit(step, limit)->rungs_first + rung];
}

static uint32_t reached_bit(uint32_t rung)
{
    return UINT32_C(1) << (GJR_LIMIT_REACHED_SHIFT + rung);
}

gjr_pace gjr_ladder_pace(const gjr_sitting *step, uint32_t limit)
{
    gj_instant since = gjr_case_limit(step->judged, limit)->since;
    if (gjr_case_course(step->judged, limit) != NULL) {
        return gjr_course_pace(step->judged, limit);
    }
    const gj_instant *by = gjr_case_by(step->judged, limit);
    uint32_t budget = gjr_ladder_limit(step, limit)->budget;
    return (gjr_pace){.start = since,
                      .since = since,
                      .budget = budget,
                      .own = budget,
                      .length = GJR_NONE,
                      .by = by == NULL ? GJ_NEVER : *by};
}

/* Where the limit has come so far. A share that was used before it stopped is counted from before
 * that. */
static gj_instant rung_of_pace(const gjr_sitting *step, uint32_t limit, uint32_t rung,
                               const gjr_pace *pace)
{
    const gjr_limit *row = gjr_ladder_limit(step, limit);
    int64_t used = pace->consumed == 0
                       ? INT64_MAX
                       : gjr_terms_used(step->judge, row, pace, rung_of(step, limit, rung));
    if (used > pace->consumed) {
        return gjr_terms_rung(step->judge, row, pace, rung_of(step, limit, rung));
    }
    gjr_pace then = gjr_course_pace_used(step->judged, limit, pace, used);
    return gjr_terms_rung(step->judge, row, &then, rung_of(step, limit, rung));
}

static gj_instant rung_at(const gjr_sitting *step, uint32_t limit, uint32_t rung)
{
    gjr_pace pace = gjr_ladder_pace(step, limit);
    return rung_of_pace(step, limit, rung, &pace);
}

uint32_t gjr_ladder_next(const gjr_sitting *step, uint32_t limit, gj_instant *next)
{
    const gjr_limit_slot *slot = gjr_case_limit(step->judged, limit);
    uint32_t found = GJR_NONE, count = gjr_ladder_limit(step, limit)->rungs_count;
    uint32_t left = ~(slot->flags >> GJR_LIMIT_REACHED_SHIFT) & ((UINT32_C(1) << count) - 1);
    *next = GJ_NEVER;
    if (left == 0) {
        return GJR_NONE;
    }
    gjr_pace pace = gjr_ladder_pace(step, limit);
    for (uint32_t i = 0; i < count; i++) {
        if ((left >> i & 1) == 0) {
            continue;
        }
        gj_instant at = rung_of_pace(step, limit, i, &pace);
        if (at < *next) {
            found = i;
            *next = at;
        }
    }
    return found;
}

gj_instant gjr_ladder_first(const gjr_sitting *step, uint32_t limit, gj_day day)
{
    gj_instant next;
    uint32_t workdays = step->judge->plan.workdays[limit];
    if (workdays > 0) {
        const gjr_limit *row = &step->judge->rows->limits[limit];
        const gj_calendar *calendar = gjr_judge_calendar(step->judge, row);
        next = gjr_calendar_day_end(calendar, gjr_calendar_workday_add(calendar, day, workdays));
        if (next <= gjr_judge_published_end(step->judge, row)) {
            return next;
        }
    }
    (void)gjr_ladder_next(step, limit, &next);
    return next;
}

gj_instant gjr_ladder_now(const gjr_sitting *step)
{
    return step->by_law ? step->event->at : gjr_case_state(step->judged)->clock;
}

void gjr_ladder_begin(const gjr_case *judged, uint32_t clock)
{
    gjr_warned *warned = gjr_case_warned(judged, clock);
    uint32_t count = warned == NULL ? 0 : judged->judge->layout.warned_rungs;
    for (uint32_t i = 0; i < count; i++) {
        warned[i] = (gjr_warned){.first = GJ_NEVER, .last = INT64_MIN};
    }
}

/* It came to the rung at the instant. */
static void keep_warned(const gjr_sitting *step, uint32_t limit, uint32_t rung, gj_instant at)
{
    gjr_warned *warned = gjr_case_warned(step->judged, limit);
    if (warned != NULL && !gjr_rung_is_late(rung_of(step, limit, rung))) {
        warned[rung].first = at < warned[rung].first ? at : warned[rung].first;
        warned[rung].last = at > warned[rung].last ? at : warned[rung].last;
    }
}

void gjr_ladder_keep_warned(gjr_sitting *step, uint32_t limit)
{
    uint32_t flags = gjr_case_limit(step->judged, limit)->flags;
    uint32_t count =
        flags >> GJR_LIMIT_REACHED_SHIFT == 0 ? 0 : gjr_ladder_limit(step, limit)->rungs_count;
    for (uint32_t i = 0; i < count; i++) {
        gj_instant at = (flags & reached_bit(i)) != 0 ? rung_at(step, limit, i) : GJ_NEVER;
        if (at <= gjr_ladder_now(step)) {
            keep_warned(step, limit, i, at);
        }
    }
}

/* The rungs that were reached, whether or not they lie ahead again. */
static uint32_t fired(const gjr_sitting *step, uint32_t limit)
{
    const gjr_warned *warned = gjr_case_warned(step->judged, limit);
    uint32_t found = gjr_case_limit(step->judged, limit)->flags;
    uint32_t count = warned == NULL ? 0 : gjr_ladder_limit(step, limit)->rungs_count;
    for (uint32_t i = 0; i < count; i++) {
        found |= warned[i].first != GJ_NEVER ? reached_bit(i) : 0;
    }
    return found;
}

/* ---- notes ---- */

/* The first of the highest severity among the rungs of either kind that are marked; GJR_NONE where
 * none is. */
static uint32_t highest(const gjr_sitting *step, uint32_t limit, bool late, uint32_t marked)
{
    uint32_t found = GJR_NONE;
    for (uint32_t i = 0; i < gjr_ladder_limit(step, limit)->rungs_count; i++) {
        const gjr_rung *rung = rung_of(step, limit, i);
        if ((marked & reached_bit(i)) != 0 && gjr_rung_is_late(rung) == late &&
            (found == GJR_NONE || rung->severity > rung_of(step, limit, found)->severity)) {
            found = i;
        }
    }
    return found;
}

/* Under which ordinal the finding of either kind was raised. */
static uint32_t *ordinal_of(const gjr_sitting *step, uint32_t limit, bool late)
{
    return late ? &gjr_case_limit(step->judged, limit)->finding
                : gjr_case_soon(step->judged, limit);
}

/* When it came to the rung by now, which lies behind the clock where time has yet to pass up to it.
 * One that warned may lie ahead again: then when it warned last, or, where that lies ahead too,
 * first. */
static gj_instant reached_at(const gjr_sitting *step, uint32_t limit, uint32_t rung, gj_instant now)
{
    const gjr_warned *warned = gjr_case_warned(step->judged, limit);
    gj_instant at = rung_at(step, limit, rung);
    if (warned == NULL || warned[rung].first == GJ_NEVER || at <= now) {
        return at;
    }
    return warned[rung].last <= now ? warned[rung].last : warned[rung].first;
}

/* Where the limit's finding of that kind found the case, or NULL. */
static uint32_t *held_of(const gjr_sitting *step, uint32_t limit, bool late)
{
    gjr_holding *held = gjr_case_held(step->judged, limit);
    return held == NULL ? NULL : late ? &held->late : &held->soon;
}

/* Who holds the case now answers for what the finding now stands by. */
static void held_take(const gjr_sitting *step, uint32_t limit, bool late)
{
    uint32_t *held = held_of(step, limit, late);
    if (held != NULL) {
        uint32_t region = gjr_regions_running(step->judged, gjr_ladder_limit(step, limit)->region);
        *held = gjr_case_regions(step->judged)[region].stage;
    }
}

/* A stop may have begun after the instant up to which it is counted. */
static void counted_take(const gjr_sitting *step, uint32_t limit, gjr_raised_limit *to)
{
    gjr_pace then = gjr_case_course(step->judged, limit) == NULL
                        ? to->pace
                        : gjr_course_pace_until(step->judged, limit, &to->pace, to->until);
    to->counted_from = then.held ? GJ_NEVER : then.since;
    to->counted_before = then.consumed;
}

static gjr_raised *note_since(gjr_sitting *step, uint32_t limit, uint32_t rung,
                              gj_finding_status status, gj_instant until, gj_instant reached)
{
    const gjr_limit_slot *slot = gjr_case_limit(step->judged, limit);
    const gjr_limit *row = gjr_ladder_limit(step, limit);
    bool late = gjr_rung_is_late(rung_of(step, limit, rung));
    const uint32_t *held = held_of(step, limit, late);
    gjr_raised *raised =
        gjr_sitting_add_again(step, late ? GJ_LATE : GJ_DUE_SOON, *ordinal_of(step, limit, late));
    if (raised == NULL) {
        return NULL;
    }
    gjr_clocks_name(step, limit, raised);
    raised->severity = (gj_severity)rung_of(step, limit, rung)->severity;
    raised->status = status;
    raised->position = row->position;
    raised->basis_first = row->basis_first;
    raised->basis_count = row->basis_count;
    raised->at = until;
    raised->by_event = false;
    gjr_sitting_place(step, raised, row->region);
    gjr_raised_limit *to = &raised->limit;
    to->since = slot->since;
    to->until = until;
    to->pace = gjr_ladder_pace(step, limit);
    counted_take(step, limit, to);
    gjr_decisions_take_length(step, limit, raised);
    to->rung = row->rungs_first + rung;
    to->rung_at = reached;
    to->source = gjr_case_key_source(step->judged, slot->key);
    to->id = gjr_case_key_id(step->judged, slot->key);
    to->again = gjr_limit_again(slot);
    to->trigger = slot->trigger;
    to->held_in = held != NULL ? *held : GJR_NONE;
    to->start_not_recorded = (slot->flags & GJR_LIMIT_START_NOT_RECORDED) != 0;
    if (gjr_case_course(step->judged, limit) != NULL) {
        to->turns = gjr_course_taken(step->judged, limit, &step->arena, &to->turn_count);
        step->no_memory |= to->turns == NULL && to->turn_count > 0;
        to->turn_count = to->turns == NULL ? 0 : to->turn_count;
    }
    return raised;
}

static gjr_raised *note(gjr_sitting *step, uint32_t limit, uint32_t rung, gj_finding_status status,
                        gj_instant until)
{
    return note_since(step, limit, rung, status, until, reached_at(step, limit, rung, until));
}

/* Up to where what is late has been found: the law may act where time has been already. */
static gj_instant time_been(const gjr_sitting *step)
{
    gj_instant now = gjr_ladder_now(step);
    return step->been > now ? step->been : now;
}

/* It is late no more, or not as late as it stood by that rung, since what the law did as of an
 * instant that lies behind put its due off: what was found meanwhile does not hold. */
static void late_take_back(gjr_sitting *step, uint32_t limit, uint32_t was)
{
    gjr_limit_slot *slot = gjr_case_limit(step->judged, limit);
    gj_instant now = time_been(step);
    uint32_t rung = highest(step, limit, true, slot->flags);
    if (was == GJR_NONE || was == rung) {
        return;
    }
    if (rung != GJR_NONE) {
        (void)note(step, limit, rung, GJ_OPEN, now);
        return;
    }
    (void)note_since(step, limit, was, GJ_WITHDRAWN, now, now);
    slot->flags = (slot->flags & ~(uint32_t)GJR_LIMIT_LATE) | GJR_LIMIT_WITHDRAWN;
}

void gjr_ladder_rearm(gjr_sitting *step, uint32_t limit)
{
    gjr_limit_slot *slot = gjr_case_limit(step->judged, limit);
    if (slot->flags >> GJR_LIMIT_REACHED_SHIFT == 0) {
        return;
    }
    gjr_pace pace = gjr_ladder_pace(step, limit);
    uint32_t was_late = highest(step, limit, true, slot->flags);
    for (uint32_t i = 0; i < gjr_ladder_limit(step, limit)->rungs_count; i++) {
        bool late = gjr_rung_is_late(rung_of(step, limit, i));
        gj_instant now = late ? time_been(step) : gjr_ladder_now(step);
        if ((slot->flags & reached_bit(i)) != 0 && rung_of_pace(step, limit, i, &pace) > now) {
            slot->flags &= ~reached_bit(i);
        }
    }
    late_take_back(step, limit, was_late);
}

void gjr_ladder_reach(gjr_sitting *step, uint32_t limit, uint32_t rung, gj_instant at)
{
    gjr_limit_slot *slot = gjr_case_limit(step->judged, limit);
    bool late = gjr_rung_is_late(rung_of(step, limit, rung));
    uint32_t flag = late ? GJR_LIMIT_LATE : GJR_LIMIT_SOON;
    if ((slot->flags & flag) == 0 && !(late && (slot->flags & GJR_LIMIT_WITHDRAWN) != 0)) {
        *ordinal_of(step, limit, late) = gjr_case_state(step->judged)->finding_count++;
    }
    uint32_t before = highest(step, limit, late, fired(step, limit));
    slot->flags |= flag | reached_bit(rung);
    keep_warned(step, limit, rung, at);
    gjr_trace_add(step, (gjr_mark){.kind = GJR_MARK_RUNG,
                                   .limit = limit,
                                   .at = at,
                                   .cause = GJR_CAUSE_TIME,
                                   .in_passing = true,
                                   .row = gjr_ladder_limit(step, limit)->rungs_first + rung});
    uint32_t stands_by = highest(step, limit, late, fired(step, limit));
    if (stands_by != before) {
        held_take(step, limit, late);
    }
    bool is_that = stands_by == rung && gjr_case_by(step->judged, limit) == NULL;
    note_since(step, limit, stands_by, GJ_OPEN, at,
               is_that ? at : reached_at(step, limit, stands_by, at));
}

/* Whether the finding of that kind is raised, and by which rung it stands. */
static bool is_raised(const gjr_sitting *step, uint32_t limit, bool late, uint32_t *rung)
{
    uint32_t flags = gjr_case_limit(step->judged, limit)->flags;
    *rung = highest(step, limit, late, fired(step, limit));
    return (flags & (late ? GJR_LIMIT_LATE : GJR_LIMIT_SOON)) != 0;
}

void gjr_ladder_catch_up(gjr_sitting *step, uint32_t limit, gj_instant at)
{
    gj_instant next;
    uint32_t rung;
    while ((rung = gjr_ladder_next(step, limit, &next)) != GJR_NONE && next <= at) {
        gjr_ladder_reach(step, limit, rung, next);
    }
}

bool gjr_ladder_is_late(const gjr_sitting *step, uint32_t limit, gj_instant at)
{
    bool late = false;
    for (uint32_t i = 0; i < gjr_ladder_limit(step, limit)->rungs_count; i++) {
        late = late || (gjr_rung_is_late(rung_of(step, limit, i)) && rung_at(step, limit, i) <= at);
    }
    return late;
}

void gjr_ladder_close(gjr_sitting *step, uint32_t limit, gj_instant at)
{
    uint32_t rung;
    gjr_ladder_catch_up(step, limit, at);
    for (int late = 0; late < 2; late++) {
        gjr_raised *raised = is_raised(step, limit, late != 0, &rung)
                                 ? note(step, limit, rung, GJ_CLOSED, at)
                                 : NULL;
        if (raised != NULL) {
            raised->by_event = true;
        }
    }
}

void gjr_ladder_end(gjr_sitting *step, uint32_t limit, gj_instant at)
{
    uint32_t held = 0, rung;
    for (uint32_t i = 0; i < gjr_ladder_limit(step, limit)->rungs_count; i++) {
        held |= reached_at(step, limit, i, at) <= at ? reached_bit(i) : 0;
    }
    held &= fired(step, limit);
    for (int late = 0; late < 2; late++) {
        uint32_t still = highest(step, limit, late != 0, held);
        if (is_raised(step, limit, late != 0, &rung)) {
            note(step, limit, still != GJR_NONE ? still : rung,
                 still != GJR_NONE ? GJ_CLOSED : GJ_WITHDRAWN, at);
        }
    }
}

void gjr_ladder_count(gjr_sitting *step, uint32_t limit, gj_instant until)
{
    uint32_t rung;
    for (int late = 0; late < 2; late++) {
        if (is_raised(step, limit, late != 0, &rung)) {
            note(step, limit, rung, GJ_OPEN, until);
        }
    }
}

void gjr_ladder_leave(gjr_sitting *step, uint32_t limit, bool late, gj_instant at)
{
    uint32_t rung;
    if (is_raised(step, limit, late, &rung)) {
        (void)note(step, limit, rung, GJ_CLOSED, at);
    }
}

/* Of the rungs of either kind those that it has come to by now; *first is the first of all. */
static uint32_t reached_by_now(const gjr_sitting *step, uint32_t limit, bool late, uint32_t *first)
{
    uint32_t reached = 0;
    *first = GJR_NONE;
    for (uint32_t i = 0; i < gjr_ladder_limit(step, limit)->rungs_count; i++) {
        if (gjr_rung_is_late(rung_of(step, limit, i)) == late) {
            *first = *first == GJR_NONE ? i : *first;
            reached |= rung_at(step, limit, i) <= gjr_ladder_now(step) ? reached_bit(i) : 0;
        }
    }
    return reached;
}

void gjr_ladder_carry(gjr_sitting *step, uint32_t limit)
{
    gj_instant now = gjr_ladder_now(step);
    for (int late = 0; late < 2; late++) {
        gjr_limit_slot *slot = gjr_case_limit(step->judged, limit);
        uint32_t flag = late != 0 ? GJR_LIMIT_LATE : GJR_LIMIT_SOON, first;
        if ((slot->flags & flag) == 0) {
            continue;
        }
        uint32_t reached = reached_by_now(step, limit, late != 0, &first);
        slot->flags |= reached;
        gjr_ladder_keep_warned(step, limit);
        if (reached != 0) {
            (void)note(step, limit, highest(step, limit, late != 0, reached), GJ_OPEN, now);
        } else {
            (void)note_since(step, limit, first, GJ_WITHDRAWN, now, now);
            slot->flags = (slot->flags & ~flag) | (late != 0 ? GJR_LIMIT_WITHDRAWN : 0u);
        }
    }
}
