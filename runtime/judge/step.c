/* SPDX-License-Identifier: Apache-2.0
 *
 * See step.h. */
#include "judge/step.h"

#include "image/image.h"
#include "judge/acts.h"
#include "judge/data.h"
#include "judge/limits.h"
#include "judge/regions.h"
#include "judge/route.h"
#include "judge/rules.h"
#include "time/civil.h"

#include <string.h>

/* ---- life ---- */

gj_status gjr_sitting_init(gjr_sitting *step, const gj_judge *judge)
{
    *step = (gjr_sitting){.judge = judge, .parameters_of = GJR_NONE};
    gjb_arena_init(&step->arena, judge->allocator);
    step->fields = gjb_alloc_create(judge->allocator, (size_t)judge->rows->field_count + 1,
                                    sizeof *step->fields);
    return step->fields == NULL ? GJ_NO_MEMORY : GJ_OK;
}

void gjr_sitting_deinit(gjr_sitting *step)
{
    if (step->judge == NULL) {
        return;
    }
    gjb_arena_deinit(&step->arena);
    if (step->fields != NULL) {
        gjb_alloc_destroy(step->judge->allocator, step->fields,
                          (size_t)step->judge->rows->field_count + 1, sizeof *step->fields);
    }
    *step = (gjr_sitting){0};
}

enum { LINE_SIZE = 64, LINES_MAX = 8 };

/* Of many live cases hardly one is in the processor's cache, and a step's cost is waiting for its
 * bytes. Asked for together, they are waited for once. */
static void fetch(const gjr_case *judged)
{
    size_t size = judged->judge->layout.tail;
    for (size_t at = 0; at < size && at < LINE_SIZE * LINES_MAX; at += LINE_SIZE) {
        __builtin_prefetch(judged->bytes + at, 1);
    }
}

static void begin(gjr_sitting *step, gjr_case *judged, const gjr_event *event)
{
    fetch(judged);
    gjb_arena_reset(&step->arena);
    step->judged = judged;
    step->event = event;
    step->region = 0;
    step->heard_in = GJR_NONE;
    step->raised = NULL;
    step->raised_count = step->raised_capacity = 0;
    step->key_added = false;
    step->no_memory = false;
    gjr_data_forget_parameters(step);
}

/* ---- notes ---- */

static bool raised_grow(gjr_sitting *step)
{
    size_t capacity = step->raised_capacity == 0 ? 4 : step->raised_capacity * 2;
    gjr_raised *raised = gjb_arena_make(&step->arena, capacity, sizeof *raised);
    if (raised == NULL) {
        step->no_memory = true;
        return false;
    }
    if (step->raised_count > 0) {
        memcpy(raised, step->raised, step->raised_count * sizeof *raised);
    }
    step->raised = raised;
    step->raised_capacity = capacity;
    return true;
}

static gj_severity severity_of(gj_code code)
{
    static const gj_severity severities[] = {
#define GJ_CODE(NAME, name, en, zh, severity) severity,
#include <guiju/codes.def>
#undef GJ_CODE
    };
    return severities[code];
}

gjr_raised *gjr_sitting_add_again(gjr_sitting *step, gj_code code, uint32_t ordinal)
{
    if (step->raised_count == step->raised_capacity && !raised_grow(step)) {
        return NULL;
    }
    const gjr_state *state = gjr_case_state(step->judged);
    gjr_raised *raised = &step->raised[step->raised_count++];
    *raised = (gjr_raised){
        .ordinal = ordinal,
        .code = code,
        .severity = severity_of(code),
        .transition = GJR_NONE,
        .condition = GJR_NONE,
        .sets = GJR_NONE,
        .at = step->event != NULL ? step->event->at : state->clock,
        .by_event = step->event != NULL,
    };
    gjr_sitting_place(step, raised, step->region);
    return raised;
}

void gjr_sitting_place(gjr_sitting *step, gjr_raised *raised, uint32_t region)
{
    raised->region = region;
    region = gjr_regions_running(step->judged, region);
    raised->stage = raised->stage_after = gjr_case_regions(step->judged)[region].stage;
}

bool gjr_sitting_hears(const gjr_sitting *step, const gjr_subscription *subscription,
                       uint32_t region)
{
    return subscription->region == 0 || region == GJR_NONE ||
           gjr_rows_is_within(step->judge->rows, region, subscription->region);
}

gjr_raised *gjr_sitting_add(gjr_sitting *step, gj_code code, gj_subject_kind subject,
                            uint32_t index)
{
    uint32_t ordinal = gjr_case_state(step->judged)->finding_count++;
    gjr_raised *raised = gjr_sitting_add_again(step, code, ordinal);
    if (raised != NULL) {
        raised->subject = subject;
        raised->subject_index = index;
    }
    return raised;
}

static void hear_action(gjr_sitting *step, uint32_t action, uint32_t region, bool recorded)
{
    const gjr_action *row = &step->judge->rows->actions[action];
    gjr_heard heard = {GJR_TRIGGER_ACTION, action, step->event->at, region, !recorded};
    if (recorded) {
        gjr_limits_add_ends(step, row->subscriptions_first, row->subscriptions_count, &heard);
    }
    gjr_limits_add_starts(step, row->subscriptions_first, row->subscriptions_count, &heard);
}

/* ---- what the act means ---- */

/* The stages left out are passed at the skipping event. */
static void ahead_pass(gjr_sitting *step, const gjr_ahead *ahead)
{
    const gjr_rows *rows = step->judge->rows;
    for (uint32_t i = 0; i < ahead->count; i++) {
        const gjr_transition *left_out = &rows->transitions[ahead->steps[i]];
        hear_action(step, left_out->action, rows->stages[left_out->stage].region, false);
        gjr_regions_pass(step, ahead->steps[i], false);
    }
}

/* How many of the acts left out were done before, on an earlier round. */
static uint32_t ahead_done_before(const gjr_sitting *step, const gjr_ahead *ahead)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < ahead->count; i++) {
        const gjr_transition *left_out = &step->judge->rows->transitions[ahead->steps[i]];
        uint32_t place = gjr_rows_cell(step->judge->rows, left_out->stage, left_out->action)->place;
        count += gjr_case_place(step->judged, place)->times > 0 ? 1 : 0;
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
    return place != GJR_NONE ? gjr_case_place(step->judged, place)->times
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
    return step->judge->first_transitions[action];
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
static uint32_t transition_take(gjr_sitting *step, const gjr_cell *cell)
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
    case GJR_BEARING_ENDED:
    case GJR_BEARING_FREE:
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
    for (uint32_t i = own == GJR_NONE ? 0 : own; i < rows->place_count; i++) {
        const gjr_place *row = &rows->places[i];
        if (i == own || (own == GJR_NONE && row->action == action &&
                         gjr_rows_is_within(rows, row->region, step->region))) {
            gjr_case_place(step->judged, i)->times++;
            gjr_case_place(step->judged, i)->done_at = moment;
        }
        if (i == own) {
            return;
        }
    }
}

static void act_do(gjr_sitting *step, uint32_t action, uint32_t transition)
{
    gjr_data_set(step, transition);
    gjr_state *state = gjr_case_state(step->judged);
    gjr_done *done = &gjr_case_done(step->judged)[action];
    done->times++;
    done->last_day = step->event->day;
    state->moment++;
    if ((step->judge->rows->actions[action].flags & GJR_ACTION_STAGED) != 0) {
        places_count(step, action, state->moment);
    }
    hear_action(step, action, step->heard_in, true);
    if (transition != GJR_NONE && step->judge->rows->transitions[transition].target != GJR_NONE) {
        gjr_regions_pass(step, transition, true);
    }
}

static void act_take(gjr_sitting *step)
{
    uint32_t action = step->event->action;
    if (action == GJR_NONE) {
        gjr_raised *raised =
            gjr_sitting_add(step, GJ_UNKNOWN_ACTION, GJ_SUBJECT_ACTION, GJR_SUBJECT_TOLD);
        if (raised != NULL) {
            raised->position = step->judge->procedure->position;
        }
        return;
    }
    gjr_route route = gjr_route_find(step, action);
    step->region = route.region == GJR_NONE ? 0 : route.region;
    step->heard_in = route.region;
    uint32_t transition = act_judge(step, &route, action);
    if (route.bearing != GJR_BEARING_ENDED) {
        gjr_rules_check(step, action);
    }
    act_do(step, action, transition);
}

/* ---- the step ---- */

/* Room for all that this event may put into the tail. */
static gj_status room_make(gjr_sitting *step)
{
    const gjr_event *event = step->event;
    size_t size = event->source.size + event->id.size + 16;
    for (uint32_t i = 0; i < event->told_count; i++) {
        size += gjr_told_size(step->judge, &event->told[i]);
    }
    size += gjr_data_set_size(step);
    return gjr_case_make_room(step->judged, size);
}

static gj_day workday_add(void *payload, gj_day day, int32_t n)
{
    const gj_calendar *calendar = ((const gjr_sitting *)payload)->judge->calendar;
    if (calendar == NULL) {
        return GJ_NO_DAY;
    }
    return n < 0 ? gjr_calendar_workday_subtract(calendar, day, (uint32_t)-n)
                 : gjr_calendar_workday_add(calendar, day, (uint32_t)n);
}

static int64_t clock_of(void *payload, gj_instant instant)
{
    const gj_calendar *calendar = ((const gjr_sitting *)payload)->judge->calendar;
    int64_t ms_of_day;
    gjr_civil_of_wall(instant + gjr_calendar_offset(calendar, instant) * GJR_MS_PER_SECOND,
                      &ms_of_day);
    return ms_of_day;
}

static void facts_take(gjr_sitting *step)
{
    step->facts = (gjr_facts){
        .fields = step->fields,
        .actions = gjr_case_done(step->judged),
        .at = step->event->at,
        .today = step->event->day,
        .payload = step,
        .limit_due = gjr_limits_due,
        .workday_add = workday_add,
        .clock = clock_of,
    };
}

static void event_take(gjr_sitting *step, bool opening)
{
    const gjr_event *event = step->event;
    gjr_state *state = gjr_case_state(step->judged);
    state->event_count++;
    state->clock = event->at > state->clock ? event->at : state->clock;
    gjr_limits_step_time(step, state->clock);
    for (uint32_t i = 0; i < event->document_count; i++) {
        gjr_case_add_document(step->judged, event->documents[i]);
    }
    if (opening) {
        gjr_regions_open(step);
    }
    gjr_data_take(step, opening);
    act_take(step);
}

/* A value that could not be made reads as one that is not known: what was found with it is void. */
static bool memory_ended(const gjr_sitting *step)
{
    return step->no_memory || step->arena.failed;
}

gj_status gjr_case_step(gjr_sitting *step, gjr_case *judged, const gjr_event *event)
{
    begin(step, judged, event);
    bool opening = gjr_case_state(judged)->event_count == 0;
    if (opening) {
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
        uint32_t region = gjr_regions_running(judged, step->raised[i].region);
        step->raised[i].stage_after = gjr_case_regions(judged)[region].stage;
    }
    return memory_ended(step) ? GJ_NO_MEMORY : GJ_OK;
}

/* Whose bytes are asked for; and, since these must be found first, whose case is. */
enum { VISITS_AHEAD = 4, CASES_AHEAD = 2 * VISITS_AHEAD };

gj_status gjr_case_step_all(gjr_sitting *step, const gjr_visit *visits, size_t count,
                            void (*on_raised)(void *payload, size_t visit, const gjr_raised *raised,
                                              size_t raised_count),
                            void *payload)
{
    for (size_t i = 0; i < count && i < CASES_AHEAD; i++) {
        __builtin_prefetch(visits[i].judged);
    }
    for (size_t i = 0; i < count && i < VISITS_AHEAD; i++) {
        fetch(visits[i].judged);
    }
    for (size_t i = 0; i < count; i++) {
        if (i + CASES_AHEAD < count) {
            __builtin_prefetch(visits[i + CASES_AHEAD].judged);
        }
        if (i + VISITS_AHEAD < count) {
            fetch(visits[i + VISITS_AHEAD].judged);
        }
        gj_status status = gjr_case_step(step, visits[i].judged, visits[i].event);
        if (status != GJ_OK) {
            return status;
        }
        if (step->raised_count > 0) {
            on_raised(payload, i, step->raised, step->raised_count);
        }
    }
    return GJ_OK;
}

gj_status gjr_case_step_time(gjr_sitting *step, gjr_case *judged, gj_instant now)
{
    begin(step, judged, NULL);
    gjr_state *state = gjr_case_state(judged);
    if (state->event_count > 0 && now > state->clock) {
        state->clock = now;
        gjr_limits_step_time(step, now);
    }
    return memory_ended(step) ? GJ_NO_MEMORY : GJ_OK;
}

gj_status gjr_case_step_count(gjr_sitting *step, gjr_case *judged)
{
    begin(step, judged, NULL);
    gjr_limits_count(step);
    return memory_ended(step) ? GJ_NO_MEMORY : GJ_OK;
}
