/* SPDX-License-Identifier: Apache-2.0
 *
 * See step.h. */
#include "judge/step.h"

#include "judge/act.h"
#include "judge/course.h"
#include "judge/data.h"
#include "judge/law.h"
#include "judge/limits.h"
#include "judge/regions.h"
#include "judge/relations.h"
#include "judge/straight.h"

#include <assert.h>

void gjr_sitting_begin(gjr_sitting *step, gjr_case *judged, const gjr_event *event)
{
    if (step->arena.used > 0 || step->arena.failed) {
        gjb_arena_reset(&step->arena);
    }
    step->judged = judged;
    step->facts.actions = gjr_case_done(judged);
    step->event = event;
    step->region = 0;
    step->as_of = event != NULL ? event->at : INT64_MIN;
    step->been = gjr_case_state(judged)->clock;
    step->heard_in = GJR_NONE;
    step->room = 0;
    step->law_waits = false;
    step->act_done = false;
    step->by_law = false;
    step->deemed_count = 0;
    step->raised_since = 0;
    step->raised_count = 0;
    step->key_added = false;
    step->begun = NULL;
    step->no_memory = false;
    step->failures = NULL;
    step->has_failures = false;
    if (step->parameters_of != GJR_NONE) {
        gjr_data_forget_parameters(step);
    }
}

/* The most that one value which the event tells takes. */
static size_t keys_most(const gjr_sitting *step)
{
    size_t most = 0;
    for (uint32_t i = 0; i < step->event->told_count; i++) {
        size_t size = gjr_told_size(step->judge, &step->event->told[i]);
        most = size > most ? size : most;
    }
    return (most + 7) & ~(size_t)7;
}

/* For the key that the event tells, for each limit that is kept by one: what an act left out
 * starts, the act may end and start again. */
static size_t keys_room(const gjr_sitting *step)
{
    uint32_t limits = step->judge->layout.keyed_count;
    return limits == 0 ? 0 : 2 * limits * keys_most(step);
}

/* Room for all that this event may put into the tail. */
static gj_status room_make(gjr_sitting *step)
{
    const gjr_event *event = step->event;
    const gjr_plan *plan = &step->judge->plan;
    size_t size = gjr_key_size(event->source, event->id);
    for (uint32_t i = 0; i < event->told_count; i++) {
        bool word = plan->plain_fields[event->told[i].field] != 0 && event->told[i].value.known;
        size += word ? 0 : gjr_told_size(step->judge, &event->told[i]);
    }
    size += step->judge->layout.keyed_count > 0 ? keys_room(step) : 0;
    size += event->action == GJR_NONE || plan->actions[event->action].roles == 0
                ? 0
                : gjr_relations_room(step, event->action, keys_most(step));
    uint32_t texts = event->action == GJR_NONE ? 0 : plan->texts_set[event->action];
    size += texts > 0 ? gjr_data_set_size(step, texts) : 0;
    size += gjr_course_room(step->judge);
    size +=
        event->action == GJR_NONE ? 0 : gjr_crew_room(step->judged, event->action, event->officer);
    step->room = size;
    return gjr_case_make_room(step->judged, size);
}

static void facts_take(gjr_sitting *step)
{
    step->facts.actions = gjr_case_done(step->judged);
    step->facts.at = step->event->at;
    step->facts.today = step->event->day;
}

static void event_take(gjr_sitting *step, bool opening)
{
    const gjr_event *event = step->event;
    gjr_state *state = gjr_case_state(step->judged);
    gj_instant clock = event->at > state->clock ? event->at : state->clock;
    state->clock = clock;
    gjr_limits_step_time(step, clock);
    step->been = clock;
    gjr_law_hear_event(step);
    for (uint32_t i = 0; i < event->document_count; i++) {
        gjr_case_add_document(step->judged, event->documents[i]);
    }
    if (opening) {
        gjr_regions_open(step);
    }
    if (event->told_count > 0 || opening) {
        gjr_data_take(step, opening);
        gjr_limits_step_time(step, clock);
    }
    gjr_act_take(step);
}

/* A value that could not be made reads as one that is not known: what was found with it is void. */
static bool memory_ended(const gjr_sitting *step)
{
    return step->no_memory || step->arena.failed;
}

/* Apart from the straight one, which then saves no more registers than it needs. */
__attribute__((noinline)) static gj_status whole_step(gjr_sitting *step, gjr_case *judged,
                                                      const gjr_event *event)
{
    assert(judged->judge == step->judge);
    gjr_sitting_begin(step, judged, event);
    bool opening = gjr_case_is_new(judged);
    if (opening && step->judge->plan.has_presets) {
        facts_take(step);
        gjr_data_take_presets(step);
    }
    gj_status status = step->no_memory ? GJ_NO_MEMORY : room_make(step);
    if (status != GJ_OK) {
        return status;
    }
    facts_take(step);
    event_take(step, opening);
    for (size_t i = 0; i < step->raised_count; i++) {
        if (!step->raised[i].by_event) {
            continue; /* time had raised it before the event came */
        }
        gjr_sitting_settle(step, &step->raised[i]);
    }
    return memory_ended(step) ? GJ_NO_MEMORY : GJ_OK;
}

gj_status gjr_case_step_at(gjr_sitting *step, gjr_case *judged, unsigned char *bytes,
                           const gjr_event *event)
{
    return gjr_straight_step(step, judged, bytes, event) ? GJ_OK : whole_step(step, judged, event);
}

gj_status gjr_case_step(gjr_sitting *step, gjr_case *judged, const gjr_event *event)
{
    return gjr_case_step_at(step, judged, judged->bytes, event);
}

gj_status gjr_case_step_time(gjr_sitting *step, gjr_case *judged, gj_instant now)
{
    gjr_sitting_begin(step, judged, NULL);
    gjr_state *state = gjr_case_state(judged);
    if (!gjr_case_is_new(judged) && now >= state->clock) {
        state->clock = now;
        gjr_limits_step_time(step, now);
    }
    return memory_ended(step) ? GJ_NO_MEMORY : GJ_OK;
}

bool gjr_case_step_next(gjr_sitting *step, gjr_case *judged, gj_instant now, gj_status *status)
{
    const gjr_state *state = gjr_case_state(judged);
    gj_instant at = state->look_at > state->clock ? state->look_at : state->clock;
    *status = GJ_OK;
    if (state->look_at > now) {
        return false;
    }
    *status = gjr_case_step_time(step, judged, at);
    return *status == GJ_OK;
}

gj_status gjr_case_step_count(gjr_sitting *step, gjr_case *judged)
{
    gjr_sitting_begin(step, judged, NULL);
    gjr_limits_count(step);
    return memory_ended(step) ? GJ_NO_MEMORY : GJ_OK;
}
