/* SPDX-License-Identifier: Apache-2.0
 *
 * See limits.h. Due instants are derived whenever they are needed (a few look-ups) and never kept;
 * the state's look_at is the earliest of them, or earlier. So a step that reaches no such instant
 * looks at no limit but those that subscribe to what happened. */
#include "judge/limits.h"

#include "image/image.h"
#include "judge/clocks.h"
#include "judge/conditions.h"
#include "judge/ladder.h"
#include "judge/law.h"
#include "judge/follow.h"
#include "judge/lengths.h"
#include "judge/notices.h"
#include "judge/period.h"
#include "judge/regions.h"
#include "judge/trace.h"
#include "judge/turns.h"

static const gjr_limit *limit_of(const gjr_sitting *step, uint32_t limit)
{
    return gjr_ladder_limit(step, limit);
}

/* A date already told on which the running limit ends, or GJ_NEVER. */
static gj_instant end_of(const gjr_sitting *step, uint32_t limit)
{
    const gj_instant *end = gjr_case_end(step->judged, limit);
    return end == NULL ? GJ_NEVER : *end;
}

static void look_at(gjr_sitting *step, gj_instant instant)
{
    gjr_state *state = gjr_case_state(step->judged);
    state->look_at = instant < state->look_at ? instant : state->look_at;
}

static bool is_running(const gjr_sitting *step, uint32_t limit)
{
    return (gjr_case_limit(step->judged, limit)->flags & GJR_LIMIT_RUNNING) != 0;
}

static void stop(gjr_sitting *step, uint32_t limit)
{
    gjr_clocks_free(step, limit);
    if (gjr_case_course(step->judged, limit) != NULL) {
        gjr_course_end(step->judged, limit);
    }
}

/* What it has found is closed by the event at hand, which ends it. */
static void findings_close(gjr_sitting *step, uint32_t limit, gj_instant at)
{
    if (gjr_case_course(step->judged, limit) != NULL) {
        gjr_turns_close(step, limit, GJ_NEVER, step->event->at);
    }
    gjr_ladder_close(step, limit, at);
}

/* By the law, which may act as of an instant that lies behind. */
static void findings_close_by_law(gjr_sitting *step, uint32_t limit, gj_instant at)
{
    if (gjr_case_course(step->judged, limit) != NULL) {
        gjr_turns_close(step, limit, GJ_NEVER, step->event->at);
    }
    gjr_ladder_end(step, limit, at);
}

/* ---- starts and ends ---- */

bool gjr_limits_field_instant(const gjr_case *judged, uint32_t field, gj_instant *instant)
{
    if (gjr_case_presence(judged)[field] != GJR_PRESENT) {
        return false;
    }
    int64_t value = (int64_t)gjr_case_values(judged)[field];
    uint32_t type = judged->judge->rows->fields[field].type;
    bool date = type == GJR_TYPE_DATE;
    if (!date && type != GJR_TYPE_TIME) {
        return false;
    }
    *instant = date ? gjr_calendar_day_start(judged->judge->calendar, (gj_day)value) : value;
    return true;
}

/* A date already told that may end it. One that lies before the start is none, unless the start is
 * a date field too: then the two are of one span, and any end holds. */
static bool may_end(const gjr_sitting *step, uint32_t limit, uint32_t trigger, gj_instant *told)
{
    const gjr_trigger *triggers = step->judge->rows->triggers;
    const gj_calendar *calendar = step->judge->calendar;
    const gjr_limit_slot *slot = gjr_case_limit(step->judged, limit);
    bool backward = (limit_of(step, limit)->flags & GJR_LIMIT_BACKWARD) != 0;
    if (triggers[trigger].kind != GJR_TRIGGER_FIELD ||
        !gjr_limits_field_instant(step->judged, triggers[trigger].target, told)) {
        return false;
    }
    bool any = backward || triggers[slot->trigger].kind == GJR_TRIGGER_FIELD;
    bool counts =
        any || gjr_calendar_day_of(calendar, *told) >= gjr_calendar_day_of(calendar, slot->since);
    *told = *told < slot->since && !backward ? slot->since : *told;
    return counts;
}

/* A date told, as one of the limit's ends. */
typedef struct told_end {
    gj_instant at; /* GJ_NEVER: none */
    uint32_t trigger;
} told_end;

/* The first one behind another, by its date and then in the order of the source. */
static told_end end_after(const gjr_sitting *step, uint32_t limit, told_end before)
{
    const gjr_limit *row = limit_of(step, limit);
    told_end found = {GJ_NEVER, GJR_NONE}, one = {GJ_NEVER, row->to_first};
    for (; one.trigger < row->to_first + row->to_count; one.trigger++) {
        bool behind = may_end(step, limit, one.trigger, &one.at) &&
                      (one.at > before.at || (one.at == before.at && one.trigger > before.trigger));
        found = behind && one.at < found.at ? one : found;
    }
    return found;
}

/* The earliest of the dates already told becomes its end, of those whose condition holds now. */
static void end_take(gjr_sitting *step, uint32_t limit)
{
    gj_instant *end = gjr_case_end(step->judged, limit);
    if (end == NULL) {
        return;
    }
    told_end one = end_after(step, limit, (told_end){INT64_MIN, 0});
    while (one.at != GJ_NEVER && !gjr_condition_of_trigger(step, limit, one.trigger)) {
        one = end_after(step, limit, one);
    }
    *end = one.at;
    look_at(step, *end);
}

/* The date by which it is due, as it is told now. */
static void by_take(gjr_sitting *step, uint32_t limit, gj_instant at)
{
    gj_instant *by = gjr_case_by(step->judged, limit);
    uint32_t field = limit_of(step, limit)->by;
    gj_instant told = GJ_NEVER;
    if (by == NULL) {
        return;
    }
    if (!gjr_limits_field_instant(step->judged, field, &told)) {
        told = GJ_NEVER;
    }
    if (told != *by) {
        gjr_trace_add(step, (gjr_mark){.kind = GJR_MARK_TOLD,
                                       .limit = limit,
                                       .at = at,
                                       .cause = gjr_cause(GJR_TRIGGER_FIELD, field),
                                       .number = told});
    }
    *by = told;
}

static void by_clear(gjr_sitting *step, uint32_t limit)
{
    gj_instant *by = gjr_case_by(step->judged, limit);
    if (by != NULL) {
        *by = GJ_NEVER;
    }
}

static gj_instant next_of(const gjr_sitting *step, uint32_t limit, bool law_waits);

static uint32_t began_before(gjr_sitting *step, uint32_t limit)
{
    uint32_t times = gjr_sitting_begin_again(step, GJ_LATE, limit);
    return times < GJR_LIMIT_AGAIN_MAX ? times : GJR_LIMIT_AGAIN_MAX;
}

static void slot_begin(gjr_sitting *step, uint32_t limit, const gjr_listener *listener,
                       const gjr_heard *heard)
{
    *gjr_case_limit(step->judged, limit) = (gjr_limit_slot){
        .since = heard->at,
        .key = gjr_limits_key(step, step->judged),
        .trigger = listener->trigger,
        .flags = GJR_LIMIT_RUNNING | (heard->not_recorded ? GJR_LIMIT_START_NOT_RECORDED : 0u) |
                 began_before(step, listener->target) << GJR_LIMIT_AGAIN_SHIFT,
    };
    if (step->touched != NULL) {
        step->touched->limits[listener->target] = 1;
    }
    gjr_trace_add(step, (gjr_mark){.kind = GJR_MARK_STARTED,
                                   .limit = limit,
                                   .at = heard->at,
                                   .cause = step->judge->rows->triggers[listener->trigger],
                                   .number = heard->not_recorded ? 1 : 0});
}

static void begin(gjr_sitting *step, uint32_t limit, const gjr_listener *listener,
                  const gjr_heard *heard)
{
    slot_begin(step, limit, listener, heard);
    gjr_lengths_begin(step, limit, heard->at);
    if (gjr_case_course(step->judged, limit) != NULL) {
        gjr_turns_begin(step, limit, heard->at);
    }
    gjr_ladder_begin(step->judged, limit);
    by_clear(step, limit);
    by_take(step, limit, heard->at);
    end_take(step, limit);
    look_at(step, next_of(step, limit, false));
}

void gjr_limits_carry(gjr_sitting *step, uint32_t clock, gj_instant at)
{
    by_take(step, clock, at);
    end_take(step, clock);
}

/* Of a plain limit there is nothing else to see to. */
static void start_plainly(gjr_sitting *step, const gjr_listener *listener, const gjr_heard *heard)
{
    gj_instant next;
    uint32_t limit = listener->target;
    if (!is_running(step, limit)) {
        slot_begin(step, limit, listener, heard);
        (void)gjr_ladder_next(step, limit, &next);
        look_at(step, next);
    }
}

static void start(gjr_sitting *step, const gjr_listener *listener, const gjr_heard *heard)
{
    if (listener->is_plain) {
        start_plainly(step, listener, heard);
        return;
    }
    uint32_t limit = listener->target, clock = gjr_clocks_find(step, limit);
    bool goes_on = clock != GJR_NONE && is_running(step, clock) &&
                   (limit_of(step, limit)->flags & GJR_LIMIT_BACKWARD) == 0;
    if (goes_on || gjr_regions_is_through(step, limit_of(step, limit)->region) ||
        !gjr_condition_of_trigger(step, limit, listener->trigger)) {
        return;
    }
    if (clock == GJR_NONE) {
        clock = gjr_clocks_take(step, limit, listener->trigger);
        if (clock != GJR_NONE && gjr_case_course(step->judged, clock) != NULL) {
            gjr_turns_take_over(step, limit, clock);
        }
    }
    if (clock != GJR_NONE) {
        begin(step, clock, listener, heard);
    }
}

bool gjr_limits_is_over(gjr_sitting *step, uint32_t limit)
{
    gj_instant now = gjr_ladder_now(step), law = gjr_law_next(step, limit);
    gjr_ladder_catch_up(step, limit, law < now ? law : now);
    uint32_t flags = gjr_case_limit(step->judged, limit)->flags;
    return (flags & (GJR_LIMIT_LATE | GJR_LIMIT_EXPIRED)) != 0 || law <= now;
}

void gjr_limits_hear_by(gjr_sitting *step, uint32_t field)
{
    for (uint32_t i = 0; i < step->judge->layout.clock_count; i++) {
        const gjr_limit_slot *slot = gjr_case_limit(step->judged, i);
        if (limit_of(step, i)->by != field || (slot->flags & GJR_LIMIT_RUNNING) == 0) {
            continue;
        }
        if (!gjr_limits_is_over(step, i)) {
            gjr_ladder_keep_warned(step, i);
            by_take(step, i, step->event->at);
            gjr_ladder_keep_warned(step, i);
            look_at(step, next_of(step, i, false));
        }
    }
}

void gjr_limits_hear_start(gjr_sitting *step, const gjr_audience *audience, const gjr_heard *heard)
{
    if (gjr_case_state(step->judged)->closed_at != GJ_NEVER) {
        return;
    }
    const gjr_listener *listeners = &step->judge->plan.listeners[audience->first + audience->ends];
    for (uint32_t i = 0; i < audience->starts; i++) {
        if (gjr_sitting_hears(step, &listeners[i], heard->region)) {
            start(step, &listeners[i], heard);
        }
    }
}

static void end_trace(gjr_sitting *step, uint32_t limit, gj_instant at, uint32_t trigger,
                      bool in_passing)
{
    gjr_trace_add(step, (gjr_mark){.kind = GJR_MARK_ENDED,
                                   .limit = limit,
                                   .at = at,
                                   .cause = step->judge->rows->triggers[trigger],
                                   .in_passing = in_passing});
}

/* The running clock that the event means, where it counts; else GJR_NONE. */
static uint32_t clock_heard(gjr_sitting *step, const gjr_listener *listener)
{
    uint32_t limit = listener->target, clock = gjr_clocks_find(step, limit);
    bool runs = clock == GJR_NONE ? gjr_clocks_run(step->judged, limit) : is_running(step, clock);
    if (!runs || !gjr_condition_of_trigger(step, limit, listener->trigger)) {
        return GJR_NONE;
    }
    if (clock == GJR_NONE) {
        gjr_clocks_check_told(step, limit, listener->trigger);
    }
    return clock;
}

/* After the close an act still ends a limit, but starts none. */
static bool may_start(const gjr_sitting *step, uint32_t limit)
{
    return gjr_case_state(step->judged)->closed_at == GJ_NEVER &&
           !gjr_regions_is_through(step, limit_of(step, limit)->region);
}

static void period_end(gjr_sitting *step, uint32_t limit, gj_instant at, bool by_event)
{
    const gjr_limit *row = limit_of(step, limit);
    if (gjr_limit_has_period(row)) {
        gjr_period_judge(step, limit, at, by_event);
    }
    if (row->by != GJR_NONE && by_event && *gjr_case_by(step->judged, limit) == GJ_NEVER) {
        gjr_condition_note_due_unknown(step, row->by, limit);
    }
}

/* By the law, which may act as of an instant that lies behind: of what was found meanwhile, what
 * lies after that does not hold, and what began after it is not this run's. */
static void end_by_law(gjr_sitting *step, uint32_t limit, gj_instant at)
{
    period_end(step, limit, at, false);
    if (gjr_case_course(step->judged, limit) != NULL) {
        gjr_turns_close(step, limit, at, step->event->at);
    }
    gjr_ladder_catch_up(step, limit, at);
    gjr_ladder_end(step, limit, at);
}

/* When what the law does ends the running limit: not before its start, where that is not to come.
 */
static gj_instant law_end(const gjr_sitting *step, uint32_t limit, gj_instant as_of)
{
    gj_instant since = gjr_case_limit(step->judged, limit)->since;
    since = since < step->event->at ? since : step->event->at;
    return as_of < since ? since : as_of;
}

void gjr_limits_restart(gjr_sitting *step, const gjr_listener *listener, const gjr_heard *heard)
{
    uint32_t limit = clock_heard(step, listener);
    if (limit != GJR_NONE) {
        gj_instant at = heard->at;
        if (step->by_law) {
            at = law_end(step, limit, at);
            end_by_law(step, limit, at);
        } else {
            findings_close(step, limit, at);
        }
        end_trace(step, limit, at, listener->trigger, false);
        if (may_start(step, limit)) {
            begin(step, limit, listener, heard);
        } else {
            stop(step, limit);
        }
    }
}

/* A plain limit that does not run hears nothing; one that has found nothing, and has nothing to
 * find before this, just ends. False: there is more to it. */
static bool ends_plainly(gjr_sitting *step, const gjr_listener *listener, const gjr_heard *heard)
{
    gjr_limit_slot *slot = gjr_case_limit(step->judged, listener->target);
    if ((slot->flags & GJR_LIMIT_RUNNING) == 0) {
        return true;
    }
    if ((slot->flags & (GJR_LIMIT_LATE | GJR_LIMIT_SOON)) != 0 || step->by_law ||
        gjr_case_state(step->judged)->look_at <= heard->at) {
        return false;
    }
    end_trace(step, listener->target, heard->at, listener->trigger, false);
    slot->flags = 0;
    return true;
}

/* By an act or a stage it ends now. By a date field it ends on that date, which may lie ahead, or
 * behind what time has raised meanwhile. */
static void end(gjr_sitting *step, const gjr_listener *listener, const gjr_heard *heard)
{
    if (heard->by_field) {
        if (is_running(step, listener->target)) {
            end_take(step, listener->target);
        }
        return;
    }
    if (listener->is_plain && ends_plainly(step, listener, heard)) {
        return;
    }
    uint32_t limit = clock_heard(step, listener);
    if (limit != GJR_NONE) {
        gj_instant at = heard->at;
        if (step->by_law) {
            at = law_end(step, limit, at);
            end_by_law(step, limit, at);
        } else {
            period_end(step, limit, at, true);
            findings_close(step, limit, at);
        }
        end_trace(step, limit, at, listener->trigger, false);
        stop(step, limit);
    }
}

void gjr_limits_run_out(gjr_sitting *step, uint32_t limit, const struct gjr_mark *mark)
{
    if (gjr_case_course(step->judged, limit) != NULL) {
        gjr_turns_close(step, limit, GJ_NEVER, mark->at);
    }
    gj_instant due = gjr_law_due(step, limit); /* what is void by now may have hidden it */
    gjr_ladder_catch_up(step, limit, mark->at);
    gjr_ladder_close(step, limit, due < mark->at ? due : mark->at);
    gjr_trace_add(step, *mark); /* after what is void by that */
    stop(step, limit);
}

void gjr_limits_hear_end(gjr_sitting *step, const gjr_audience *audience, const gjr_heard *heard)
{
    const gjr_listener *listeners = &step->judge->plan.listeners[audience->first];
    for (uint32_t i = 0; i < audience->ends; i++) {
        if (gjr_sitting_hears(step, &listeners[i], heard->region)) {
            end(step, &listeners[i], heard);
        }
    }
}

/* ---- time ---- */

/* When the time for the next notice is over; GJ_NEVER where none is waited for. */
static gj_instant notice_of(const gjr_sitting *step, uint32_t limit, gjr_turn **turn)
{
    return gjr_case_course(step->judged, limit) == NULL
               ? GJ_NEVER
               : gjr_notices_next(step->judged, limit, turn);
}

/* A plain limit of working days that has but its due to say. */
static inline bool is_due_alone(const gjr_sitting *step, uint32_t limit)
{
    return limit < step->judge->rows->limit_count && step->judge->plan.workdays[limit] > 0;
}

static inline gj_instant due_alone(const gjr_sitting *step, uint32_t limit)
{
    const gjr_limit_slot *slot = gjr_case_limit(step->judged, limit);
    return slot->flags >> GJR_LIMIT_REACHED_SHIFT != 0
               ? GJ_NEVER
               : gjr_ladder_first(step, limit,
                                  gjr_calendar_day_of(step->judge->calendar, slot->since));
}

/* When a limit has something to say next: a notice does not come, a rung is reached, it runs out or
 * its told end comes. Where the law waits nothing comes behind that. */
static gj_instant next_of(const gjr_sitting *step, uint32_t limit, bool law_waits)
{
    if ((gjr_case_limit(step->judged, limit)->flags & GJR_LIMIT_RUNNING) == 0) {
        return GJ_NEVER;
    }
    if (is_due_alone(step, limit)) {
        return due_alone(step, limit);
    }
    gjr_turn *turn;
    gj_instant told = end_of(step, limit), notice = notice_of(step, limit, &turn), next;
    gj_instant law = gjr_law_next(step, limit);
    (void)gjr_ladder_next(step, limit, &next);
    next = notice < next ? notice : next;
    if (law < next && law <= told) {
        return law_waits ? GJ_NEVER : law;
    }
    return told < next ? told : next;
}

void gjr_limits_move(gjr_sitting *step, uint32_t limit)
{
    gjr_limit_slot *slot = gjr_case_limit(step->judged, limit);
    gjr_ladder_rearm(step, limit);
    gjr_ladder_keep_warned(step, limit);
    if ((slot->flags & GJR_LIMIT_EXPIRED) != 0 &&
        gjr_law_due(step, limit) > gjr_case_course(step->judged, limit)->asked) {
        slot->flags &= ~(uint32_t)GJR_LIMIT_EXPIRED; /* it has not run out after all */
    }
    look_at(step, next_of(step, limit, false));
}

void gjr_limits_bring_forward(gjr_sitting *step, uint32_t limit)
{
    look_at(step, next_of(step, limit, false));
}

/* What it has said may lie ahead again; the rest comes no sooner than it is looked for. */
void gjr_limits_put_off(gjr_sitting *step, uint32_t limit)
{
    uint32_t flags = gjr_case_limit(step->judged, limit)->flags;
    if ((flags & GJR_LIMIT_EXPIRED) != 0 || flags >> GJR_LIMIT_REACHED_SHIFT != 0) {
        gjr_limits_move(step, limit);
    }
}

/* It comes: at one instant a notice's time is over before rungs, rungs come before it runs out, and
 * that before the end. */
static void next_take(gjr_sitting *step, uint32_t limit, gj_instant at)
{
    if (is_due_alone(step, limit)) {
        gjr_ladder_reach(step, limit, 0, at);
        return;
    }
    gjr_turn *turn = NULL;
    gj_instant told = end_of(step, limit), notice = notice_of(step, limit, &turn), next;
    gj_instant law = gjr_law_next(step, limit);
    uint32_t rung = gjr_ladder_next(step, limit, &next);
    if (turn != NULL && notice <= next && notice <= told && notice <= law) {
        gjr_turns_expire(step, limit, turn, notice);
        return;
    }
    if (law < next && law <= told) {
        gjr_law_take(step, limit, law);
        return;
    }
    if (next <= told) {
        gjr_ladder_reach(step, limit, rung, next);
        return;
    }
    told_end by = end_after(step, limit, (told_end){told, 0});
    period_end(step, limit, told, false);
    if (gjr_case_course(step->judged, limit) != NULL) {
        gjr_turns_close(step, limit, told, told);
        gjr_ladder_catch_up(step, limit, told);
    }
    gjr_ladder_end(step, limit, told);
    end_trace(step, limit, told, by.at == told ? by.trigger : limit_of(step, limit)->to_first,
              true);
    stop(step, limit);
}

/* The earliest that has something to say, or GJR_NONE; ties by declaration. */
static uint32_t earliest(const gjr_sitting *step, gj_instant *next)
{
    uint32_t found = GJR_NONE;
    *next = GJ_NEVER;
    for (uint32_t i = 0; i < step->judge->layout.clock_count; i++) {
        uint32_t clock = step->judge->layout.clocks[i];
        gj_instant its_next = next_of(step, clock, step->law_waits);
        if (its_next < *next) {
            found = clock;
            *next = its_next;
        }
    }
    return found;
}

void gjr_limits_look(gjr_sitting *step, gj_instant now)
{
    while (gjr_case_state(step->judged)->look_at <= now) { /* the law may move the case's bytes */
        gj_instant next;
        uint32_t limit = earliest(step, &next);
        gj_instant missed = gjr_follow_next(step);
        gj_instant *look_at = &gjr_case_state(step->judged)->look_at;
        if (missed <= next && missed <= now) {
            *look_at = missed;
            gjr_follow_reach(step, missed);
            continue;
        }
        next = missed < next ? missed : next;
        if (limit == GJR_NONE || next > now) {
            *look_at = step->law_waits ? now : next;
            return;
        }
        *look_at = next;
        step->been = next > step->been ? next : step->been;
        next_take(step, limit, next);
    }
}

/* By the law it may be so in passing alone, until the stage is entered anew that it leaves: what
 * has been reached is found once the law has acted. */
static bool is_overdue(const gjr_sitting *step, uint32_t limit)
{
    return step->by_law ? gjr_ladder_is_late(step, limit, step->event->at)
                        : (gjr_case_limit(step->judged, limit)->flags & GJR_LIMIT_LATE) != 0;
}

/* With its region; one that is overdue stays so, or turns out to be for want of a notice; also
 * where the event at hand began it after the date by which it was due, or made it so short, or so
 * long ago that what the law does waits for it, or the law began it as of long ago. */
static void close_with(gjr_sitting *step, uint32_t limit, uint32_t region)
{
    const gjr_limit *row = limit_of(step, limit);
    bool may_be = row->by != GJR_NONE || row->lengths_count > 0 || row->effects_count > 0;
    if (may_be && !step->by_law) {
        gjr_ladder_catch_up(step, limit, step->event->at);
    }
    bool late = is_overdue(step, limit);
    if (!late && gjr_case_course(step->judged, limit) != NULL) {
        gjr_turns_close(step, limit, GJ_NEVER, step->event->at);
        if (!step->by_law) {
            gjr_ladder_catch_up(step, limit, step->event->at);
        }
        late = is_overdue(step, limit);
    }
    if (!late && step->by_law) {
        gjr_ladder_catch_up(step, limit, step->event->at);
        findings_close_by_law(step, limit, step->event->at);
    } else if (!late) {
        findings_close(step, limit, step->event->at);
    }
    gjr_trace_add(step, (gjr_mark){.kind = GJR_MARK_CLOSED, /* after what is void by that */
                                   .limit = limit,
                                   .at = step->event->at,
                                   .cause = GJR_CAUSE_TIME,
                                   .number = late ? 1 : 0,
                                   .row = region});
    if (!late) {
        stop(step, limit);
    } else {
        gjr_law_leave(step, limit, step->event->at); /* even where its branch begins anew */
        gjr_limits_bring_forward(step, limit);
    }
}

void gjr_limits_close(gjr_sitting *step, uint32_t region)
{
    const gjr_case_layout *layout = &step->judge->layout;
    for (uint32_t i = 0; i < layout->clock_count; i++) {
        uint32_t clock = layout->clocks[i];
        if (is_running(step, clock) &&
            gjr_rows_is_within(step->judge->rows, limit_of(step, clock)->region, region)) {
            close_with(step, clock, region);
        }
    }
}

gj_instant gjr_limits_until(const gjr_sitting *step, uint32_t limit)
{
    const gjr_state *state = gjr_case_state(step->judged);
    bool closed = state->closed_at < state->clock && end_of(step, limit) == GJ_NEVER;
    return closed ? state->closed_at : state->clock;
}

void gjr_limits_count(gjr_sitting *step)
{
    for (uint32_t i = 0; i < step->judge->layout.clock_count; i++) {
        uint32_t clock = step->judge->layout.clocks[i];
        const gjr_limit_slot *slot = gjr_case_limit(step->judged, clock);
        if ((slot->flags & (GJR_LIMIT_LATE | GJR_LIMIT_SOON)) != 0) {
            gjr_ladder_count(step, clock, gjr_limits_until(step, clock));
        }
    }
    gjr_follow_count(step);
}

/* Of a limit that keeps a clock a key: whether any runs, and the first of their due days, where all
 * that run have one. */
bool gjr_limits_run(void *payload, uint32_t limit, gj_day *due)
{
    const gjr_sitting *step = payload;
    uint32_t clocks = gjr_layout_clocks(&step->judge->rows->limits[limit]);
    bool runs = false, told = true;
    *due = GJ_NO_DAY;
    for (uint32_t i = 0; i < clocks; i++) {
        gjr_count count = {.due_day = GJ_NO_DAY};
        uint32_t clock = gjr_layout_clock(&step->judge->layout, limit, i);
        if (!gjr_limits_count_running(step, clock, &count, NULL)) {
            continue;
        }
        told = told && count.due_day != GJ_NO_DAY;
        *due = !runs || count.due_day < *due ? count.due_day : *due;
        runs = true;
    }
    *due = told ? *due : GJ_NO_DAY;
    return runs;
}

bool gjr_limits_count_running(const gjr_sitting *step, uint32_t limit, gjr_count *count,
                              gjr_range *range)
{
    const gjr_limit_slot *slot = gjr_case_limit(step->judged, limit);
    bool running = (slot->flags & GJR_LIMIT_RUNNING) != 0;
    if (running) {
        gjr_pace pace = gjr_ladder_pace(step, limit);
        *count = gjr_terms_count(step->judge, limit_of(step, limit), &pace);
        if (range != NULL) {
            *range = gjr_terms_range(step->judge, limit_of(step, limit), &pace, count);
        }
    }
    return running;
}
