/* SPDX-License-Identifier: Apache-2.0
 *
 * See act.h. */
#include "judge/act.h"

#include "image/image.h"
#include "judge/acts.h"
#include "judge/data.h"
#include "judge/law.h"
#include "judge/lengths.h"
#include "judge/limits.h"
#include "judge/powers.h"
#include "judge/regions.h"
#include "judge/route.h"
#include "judge/rules.h"
#include "judge/straight.h"
#include "judge/turns.h"

static void hear_action(gjr_sitting *step, uint32_t action, uint32_t region, bool recorded)
{
    const gjr_audience *audience = &step->judge->plan.actions[action];
    gjr_heard heard = {step->as_of, region, false, !recorded};
    if (recorded) {
        gjr_limits_end(step, audience, &heard);
        gjr_turns_hear(step, audience, &heard);
    }
    gjr_limits_start(step, audience, &heard);
}

/* ---- what the act means ---- */

/* The stages left out are passed at the skipping event. */
static void ahead_pass(gjr_sitting *step, const gjr_ahead *ahead)
{
    const gjr_rows *rows = step->judge->rows;
    for (uint32_t i = 0; i < ahead->count; i++) {
        const gjr_transition *left_out = &rows->transitions[ahead->steps[i]];
        hear_action(step, left_out->action, rows->stages[left_out->stage].region, false);
        gjr_regions_go(step, left_out->target, false);
    }
}

/* How many of the acts left out were done before, on an earlier round. */
static uint32_t ahead_done_before(const gjr_sitting *step, const gjr_ahead *ahead)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < ahead->count; i++) {
        const gjr_transition *left_out = &step->judge->rows->transitions[ahead->steps[i]];
        uint32_t place = gjr_rows_cell(step->judge->rows, left_out->stage, left_out->action)->place;
        count += *gjr_case_times(step->judged, place) > 0 ? 1 : 0;
    }
    return count;
}

static const gjr_cell *cell_of(const gjr_sitting *step, uint32_t action)
{
    uint32_t stage = gjr_case_regions(step->judged)[step->region].stage;
    return gjr_rows_cell(step->judge->rows, stage, action);
}

/* How often the act was done where it goes; in the whole case where that region leaves it to one
 * inside. */
static uint32_t times_before(const gjr_sitting *step, uint32_t action)
{
    uint32_t place = cell_of(step, action)->place;
    return place != GJR_NONE ? *gjr_case_times(step->judged, place)
                             : gjr_case_done(step->judged)[action].times;
}

/* A clause in which the action stands: in its region where that has it. */
static uint32_t transition_of(const gjr_sitting *step, uint32_t action)
{
    const gjr_rows *rows = step->judge->rows;
    const gjr_region *region = &rows->regions[step->region];
    for (uint32_t i = 0; step->region != 0 && i < region->stages_count; i++) {
        const gjr_cell *cell = gjr_rows_cell(rows, region->stages_first + i, action);
        if (cell->here_count > 0) {
            return cell->here_first;
        }
    }
    return step->judge->plan.first_transitions[action];
}

/* Clause of a note that belongs to no transition of this stage: where the action stands. */
static void note_misplaced(gjr_sitting *step, gj_code code, uint32_t action)
{
    const gjr_rows *rows = step->judge->rows;
    uint32_t transition = transition_of(step, action);
    gjr_raised *raised = gjr_sitting_add(step, code, GJ_SUBJECT_ACTION, action);
    if (raised == NULL) {
        return;
    }
    raised->position = rows->stages[raised->stage].position;
    if (transition != GJR_NONE && code != GJ_AFTER_CLOSE) {
        raised->transition = transition;
        raised->position = rows->transitions[transition].position;
        raised->basis_first = rows->transitions[transition].basis_first;
        raised->basis_count = rows->transitions[transition].basis_count;
    }
    raised->times = code == GJ_REPEATED ? times_before(step, action) + 1 : 0;
}

static void note_behind(gjr_sitting *step, uint32_t action)
{
    bool before = times_before(step, action) > 0;
    note_misplaced(step, before ? GJ_REPEATED : GJ_OUT_OF_ORDER, action);
}

/* The transition taken from where the case stands now. */
static inline uint32_t transition_take(gjr_sitting *step, const gjr_cell *cell)
{
    uint32_t transition = gjr_acts_find_transition(step, cell->here_first, cell->here_count);
    gjr_acts_check_transition(step, transition);
    return transition;
}

static uint32_t skip_take(gjr_sitting *step, const gjr_ahead *ahead, uint32_t action)
{
    const gjr_rows *rows = step->judge->rows;
    gjr_raised *raised = gjr_sitting_add(step, GJ_SKIPPED_STEP, GJ_SUBJECT_ACTION, action);
    size_t index = step->raised_count - 1;
    uint32_t before = ahead_done_before(step, ahead);
    ahead_pass(step, ahead);
    step->region = step->heard_in = rows->stages[ahead->stage].region;
    uint32_t transition = transition_take(step, gjr_rows_cell(rows, ahead->stage, action));
    if (raised == NULL) {
        return transition;
    }
    raised = &step->raised[index]; /* they may have moved */
    raised->left_out = ahead->steps;
    raised->left_out_count = ahead->count;
    raised->times = before;
    raised->transition = transition;
    raised->position = rows->transitions[transition].position;
    raised->basis_first = rows->transitions[transition].basis_first;
    raised->basis_count = rows->transitions[transition].basis_count;
    return transition;
}

/* Judges the known act; the transition that the case takes, or GJR_NONE where it stays. */
static uint32_t act_judge(gjr_sitting *step, const gjr_route *route, uint32_t action)
{
    switch (route->bearing) {
    case GJR_BEARING_HERE:
        return transition_take(step, cell_of(step, action));
    case GJR_BEARING_AHEAD:
        return skip_take(step, &route->ahead, action);
    case GJR_BEARING_BEHIND:
        note_behind(step, action);
        break;
    case GJR_BEARING_CLOSED:
        note_misplaced(step, GJ_AFTER_CLOSE, action);
        break;
    case GJR_BEARING_FREE:
        gjr_powers_check_grant(step, action, GJR_NONE);
        break;
    case GJR_BEARING_ENDED:
        break;
    }
    return GJR_NONE;
}

/* Where the act stands in the case's memory: its place in the region, else every place of it that
 * lies inside. */
static void places_count(gjr_sitting *step, uint32_t action, uint32_t moment)
{
    const gjr_rows *rows = step->judge->rows;
    uint32_t own = cell_of(step, action)->place;
    if (own != GJR_NONE) {
        gjr_act_note_place(step->judged, own, moment);
        return;
    }
    for (uint32_t i = 0; i < rows->place_count; i++) {
        const gjr_place *row = &rows->places[i];
        if (row->action == action && gjr_rows_is_within(rows, row->region, step->region)) {
            gjr_act_note_place(step->judged, i, moment);
        }
    }
}

/* Limits whose length the act may change; they may be overdue by it. What the law does goes on with
 * that by itself. */
static void measure(gjr_sitting *step, uint32_t action)
{
    gjr_lengths_hear_act(step, action);
    if (!step->by_law) {
        gjr_limits_step_time(step, gjr_case_state(step->judged)->clock);
    }
}

void gjr_act_hear(gjr_sitting *step, uint32_t action, gj_day day)
{
    const gjr_rows *rows = step->judge->rows;
    gjr_act_note(step->judged, action, day);
    gjr_act_note_whose(step, action);
    uint32_t moment = gjr_case_state(step->judged)->moment;
    if ((rows->actions[action].flags & GJR_ACTION_STAGED) != 0) {
        places_count(step, action, moment);
    }
    if (step->judge->plan.measuring_acts[action] != 0) {
        measure(step, action);
    }
    if (gjr_audience_has_limits(&step->judge->plan.actions[action])) {
        hear_action(step, action, step->heard_in, true);
    }
    if (step->judge->plan.actions[action].roles > 0) {
        gjr_relations_hear(step, &step->judge->plan.actions[action]);
    }
}

/* The law waits for the act: a date that its clause sets may have had a limit run out. */
static void act_do(gjr_sitting *step, uint32_t action, uint32_t transition)
{
    const gjr_rows *rows = step->judge->rows;
    const gjr_transition *row = transition == GJR_NONE ? NULL : &rows->transitions[transition];
    gj_instant clock = gjr_case_state(step->judged)->clock;
    step->law_waits = rows->effect_count > 0;
    if (row != NULL && row->sets_count > 0) {
        gjr_data_set(step, transition);
    }
    gjr_limits_step_time(step, clock);
    gjr_act_hear(step, action, step->event->day);
    if (row != NULL && row->target != GJR_NONE) {
        gjr_regions_go(step, row->target, true);
    }
    step->act_done = true;
    if (step->law_waits) {
        step->law_waits = false;
        gjr_limits_step_time(step, clock);
    }
}

static void note_unknown(gjr_sitting *step)
{
    gjr_raised *raised =
        gjr_sitting_add(step, GJ_UNKNOWN_ACTION, GJ_SUBJECT_ACTION, GJR_SUBJECT_TOLD);
    if (raised != NULL) {
        raised->position = step->judge->procedure->position;
    }
}

static void act_route(gjr_sitting *step, uint32_t action)
{
    gjr_route route = gjr_route_find(step, action);
    step->region = route.region == GJR_NONE ? 0 : route.region;
    step->heard_in = route.region;
    gjr_custody_note_act(step, route.region);
    uint32_t transition = act_judge(step, &route, action);
    if (route.bearing != GJR_BEARING_ENDED) {
        gjr_powers_check_never(step, action);
        gjr_rules_check(step, action);
    }
    act_do(step, action, transition);
}

/* Takes the act where its cell is straight and lets it; false: the act is to be judged. */
static bool straight_take(gjr_sitting *step, uint32_t action)
{
    const gjr_straight *cell = gjr_straight_find(step->judged, step->event);
    if (cell == NULL) {
        return false;
    }
    gjr_custody_note_act(step, 0);
    gjr_act_note(step->judged, action, step->event->day);
    gjr_act_note_whose(step, action);
    gjr_act_note_place(step->judged, cell->place, gjr_case_state(step->judged)->moment);
    if ((step->judge->plan.straight_acts[action] & GJR_STRAIGHT_HEARD) != 0) {
        hear_action(step, action, 0, true);
    }
    if (cell->target != GJR_NONE) {
        gjr_regions_stand(step->judged, 0, cell->target);
        gjr_regions_note(step, 0, cell->target);
    }
    return true;
}

/* Where a procedure without branches expects the act, one cell says all. */
void gjr_act_take(gjr_sitting *step)
{
    const gjr_rows *rows = step->judge->rows;
    uint32_t action = step->event->action;
    if (action == GJR_NONE) {
        note_unknown(step);
        return;
    }
    if (straight_take(step, action) ||
        (rows->effect_count > 0 && gjr_law_is_acknowledged(step, action))) {
        return;
    }
    const gjr_cell *cell = cell_of(step, action);
    if (rows->region_count > 1 || cell->meaning != GJR_MEANING_HERE) {
        act_route(step, action);
        return;
    }
    step->heard_in = 0;
    gjr_custody_note_act(step, 0);
    uint32_t transition = transition_take(step, cell);
    if (rows->actions[action].powers_count > 0) {
        gjr_powers_check_never(step, action);
    }
    gjr_rules_check(step, action);
    act_do(step, action, transition);
}
