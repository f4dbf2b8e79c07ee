/* SPDX-License-Identifier: Apache-2.0
 *
 * See straight.h. Everything is asked before anything is changed. */
#include "judge/straight.h"

#include "judge/act.h"
#include "judge/limits.h"
#include "judge/regions.h"

/* No more than its act and a few words. What the event says is asked before what the case says,
 * which the processor may have to wait for: meanwhile it guesses by what it has seen. */
static inline bool event_is_plain(const gj_judge *judge, const gjr_event *event)
{
    bool plain = event->action != GJR_NONE && judge->plan.straight_acts[event->action] != 0 &&
                 event->document_count == 0;
    for (uint32_t i = 0; plain && i < event->told_count; i++) {
        const gjr_told *told = &event->told[i];
        plain = judge->plan.plain_fields[told->field] != 0 && told->value.known;
    }
    return plain;
}

/* No limit has anything to say before the event, and if the case opens by it that is all. */
static inline bool case_is_plain(const gjr_case *judged, const gjr_event *event, bool opening)
{
    const gjr_state *state = gjr_case_state(judged);
    bool opens = !opening | judged->judge->plan.opens_straight;
    return event->at >= state->clock && event->at < state->look_at && opens;
}

/* As much as the whole step would make, so that the case's bytes are the same. */
static inline bool has_room(const gjr_case *judged, const gjr_event *event)
{
    return judged->capacity - gjr_case_size(judged) >= gjr_key_size(event->source, event->id);
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

static inline void limits_hear(gjr_sitting *step, uint32_t action)
{
    const gjr_plan *plan = &step->judge->plan;
    const gjr_audience *audience = &plan->actions[action];
    const gjr_listener *listeners = &plan->listeners[audience->first];
    for (uint32_t i = 0; i < audience->ends; i++) {
        gjr_case_limit(step->judged, listeners[i].target)->flags = 0;
    }
    bool starts = gjr_case_state(step->judged)->closed_at == GJ_NEVER;
    for (uint32_t i = audience->ends; starts && i < audience->ends + audience->starts; i++) {
        gjr_limits_start_plainly(step, &listeners[i]);
    }
}

static inline void data_take(const gjr_sitting *step)
{
    const gjr_event *event = step->event;
    for (uint32_t i = 0; i < event->told_count; i++) {
        const gjr_told *told = &event->told[i];
        gjr_case_values(step->judged)[told->field] = (uint64_t)told->value.as.number;
        gjr_case_presence(step->judged)[told->field] = GJR_PRESENT;
    }
}

/* As much of a sitting as is read by what follows, and by whoever asked for the step. */
static inline void begin(gjr_sitting *step, gjr_case *judged, const gjr_event *event)
{
    step->judged = judged;
    step->event = event;
    step->key_added = false;
    step->raised_count = 0;
    step->deemed_count = 0;
    step->failures = NULL;
    step->has_failures = false;
}

/* If it does: as gjr_regions_stand in the initial stage, of which nothing asks since when; written
 * without a branch, since whether a case is new can only be guessed badly. */
static inline void open(gjr_sitting *step, bool opening)
{
    gjr_case_regions(step->judged)[0].status = GJR_REGION_RUNNING;
    gjr_case_state(step->judged)->moment += opening;
    if (step->touched != NULL && opening) {
        step->touched->stages[gjr_case_stage(step->judged)] = 1;
    }
}

bool gjr_straight_step(gjr_sitting *step, gjr_case *judged, const gjr_event *event)
{
    if (step->trace != NULL || step->custody != NULL || !event_is_plain(judged->judge, event)) {
        return false;
    }
    bool opening = gjr_case_is_new(judged);
    if (!case_is_plain(judged, event, opening)) {
        return false;
    }
    const gjr_straight *cell = gjr_straight_find(judged, event);
    if (cell == NULL || !cell->plainly || !has_room(judged, event) ||
        (cell->heard && !limits_are_plain(judged, event->action))) {
        return false;
    }
    begin(step, judged, event);
    gjr_case_state(judged)->clock = event->at;
    open(step, opening);
    if (event->told_count > 0) {
        data_take(step);
    }
    gjr_act_count(step, event->action, cell->place);
    if (cell->heard) {
        limits_hear(step, event->action);
    }
    if (cell->target != GJR_NONE) {
        gjr_regions_stand(step, 0, cell->target);
    }
    return true;
}
