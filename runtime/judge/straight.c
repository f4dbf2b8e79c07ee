/* SPDX-License-Identifier: Apache-2.0
 *
 * See straight.h. Everything is asked before anything is changed.
 *
 * A million live cases lie in memory, not in the processor's cache, and hundreds of instructions
 * pass before a case's bytes come. The processor goes on meanwhile, up to a choice that it guesses
 * wrongly and that hangs on those bytes, or until too much waits for them. So whatever can be known
 * from the event is asked of the event and of the sitting's own judge, never by way of the case,
 * though that names the same; and where a case's parts lie is told by whoever knows. */
#include "judge/straight.h"

#include "judge/act.h"
#include "judge/course.h"
#include "judge/ladder.h"
#include "judge/limits.h"
#include "judge/regions.h"

/* No more than its act and a few words, of which only plain limits hear. */
static inline bool event_is_plain(const gj_judge *judge, const gjr_event *event)
{
    enum { ASKED = GJR_STRAIGHT_SOMEWHERE | GJR_STRAIGHT_PLAINLY };
    bool plain = event->action != GJR_NONE &&
                 (judge->plan.straight_acts[event->action] & ASKED) == ASKED &&
                 event->document_count == 0;
    for (uint32_t i = 0; plain && i < event->told_count; i++) {
        const gjr_told *told = &event->told[i];
        plain = judge->plan.plain_fields[told->field] != 0 && told->value.known;
    }
    return plain;
}

/* No limit has anything to say before the event, if the case opens by it that is all, and there is
 * as much room as the whole step would make, so that the case's bytes are the same. */
static inline bool case_is_plain(const gjr_case *judged, const gjr_event *event)
{
    const gjr_state *state = gjr_case_state(judged);
    bool is_new = gjr_case_is_new(judged);
    bool opens = !is_new | judged->judge->plan.opens_straight;
    size_t room = gjr_key_size(event->source, event->id) + gjr_course_room(judged->judge);
    bool has_room = judged->capacity - gjr_case_size(judged) >= room;
    return opens & has_room & (event->at >= state->clock) & (event->at < state->look_at);
}

/* Those that run and end by the act have found nothing. */
static inline bool limits_are_plain(const gjr_case *judged, uint32_t action)
{
    const gjr_plan *plan = &judged->judge->plan;
    const gjr_audience *audience = &plan->actions[action];
    uint32_t found = 0;
    for (uint32_t i = 0; i < audience->ends; i++) {
        found |= gjr_case_limit(judged, plan->listeners[audience->first + i].target)->flags;
    }
    return (found & (GJR_LIMIT_LATE | GJR_LIMIT_SOON)) == 0;
}

/* It starts by the act, as of its own instant. */
static inline void limit_start(gjr_sitting *step, const gjr_case *judged,
                               const gjr_listener *listener)
{
    gjr_limit_slot *slot = gjr_case_limit(judged, listener->target);
    if ((slot->flags & GJR_LIMIT_RUNNING) != 0) {
        return;
    }
    *slot = (gjr_limit_slot){.since = step->event->at,
                             .key = gjr_limits_key(step, judged),
                             .trigger = listener->trigger,
                             .flags = GJR_LIMIT_RUNNING};
    gj_instant first = gjr_ladder_first(step, listener->target, step->event->day);
    gjr_state *state = gjr_case_state(judged);
    state->look_at = first < state->look_at ? first : state->look_at;
}

static inline void limits_hear(gjr_sitting *step, const gjr_case *judged, uint32_t action)
{
    const gjr_plan *plan = &judged->judge->plan;
    const gjr_audience *audience = &plan->actions[action];
    const gjr_listener *listeners = &plan->listeners[audience->first];
    for (uint32_t i = 0; i < audience->ends; i++) {
        gjr_case_limit(judged, listeners[i].target)->flags = 0;
    }
    bool starts = gjr_case_state(judged)->closed_at == GJ_NEVER;
    for (uint32_t i = audience->ends; starts && i < audience->ends + audience->starts; i++) {
        limit_start(step, judged, &listeners[i]);
    }
}

/* What it tells, and the act; a case that opens by it does so a moment before. */
static inline void event_take(const gjr_case *judged, const gjr_event *event, uint32_t place)
{
    gjr_state *state = gjr_case_state(judged);
    for (uint32_t i = 0; i < event->told_count; i++) {
        const gjr_told *told = &event->told[i];
        gjr_case_values(judged)[told->field] = (uint64_t)told->value.as.number;
        gjr_case_presence(judged)[told->field] = GJR_PRESENT;
    }
    state->moment += gjr_case_is_new(judged);
    state->clock = event->at;
    gjr_act_note(judged, event->action, event->day);
    gjr_act_note_place(judged, place, state->moment);
}

/* As much of a sitting as is read by what follows, and by whoever asked for the step. */
static inline void begin(gjr_sitting *step, gjr_case *judged, const gjr_event *event)
{
    step->judged = judged;
    step->event = event;
    step->raised_count = 0;
    step->deemed_count = 0;
    step->failures = NULL;
    step->has_failures = false;
    step->key_added = false;
}

bool gjr_straight_step(gjr_sitting *step, gjr_case *judged, unsigned char *bytes,
                       const gjr_event *event)
{
    const gj_judge *judge = step->judge;
    bool is_watched = step->touched != NULL || step->trace != NULL || step->custody != NULL;
    if (is_watched || !event_is_plain(judge, event)) {
        return false;
    }
    const gjr_case seen = {judge, bytes, judged->capacity, judged->lent};
    bool heard = (judge->plan.straight_acts[event->action] & GJR_STRAIGHT_HEARD) != 0;
    const gjr_straight *cell = gjr_straight_find(&seen, event);
    if (cell == NULL || !case_is_plain(&seen, event) ||
        (heard && !limits_are_plain(&seen, event->action))) {
        return false;
    }
    begin(step, judged, event);
    event_take(&seen, event, cell->place);
    if (heard) {
        limits_hear(step, &seen, event->action);
    }
    gjr_case_regions(&seen)[0].status = GJR_REGION_RUNNING;
    if (cell->target != GJR_NONE) {
        gjr_regions_stand(&seen, 0, cell->target);
    }
    return true;
}
