/* SPDX-License-Identifier: Apache-2.0
 *
 * See hearing.h. Notes are kept by their ordinal, the latest state of each, and put together as
 * findings once the case is through; what was withdrawn on the way was never a finding, since the
 * whole history is judged. */
#include "engine/hearing.h"

#include "base/text.h"
#include "engine/accounts.h"
#include "engine/coverage.h"
#include "engine/hands.h"
#include "engine/note.h"
#include "engine/panel.h"
#include "engine/past.h"
#include "engine/standing.h"
#include "engine/verdicts.h"
#include "judge/effect.h"
#include "judge/finding.h"
#include "judge/regions.h"

#include <string.h>

/* A finding's latest state, before it is put together. */
typedef struct gjr_kept_note {
    gjr_raised raised;
    const gjr_past *past; /* the version before that raised it, or NULL */
    gjr_turn turn; /* of the judged event; its root is GJB_INDEX_NONE where time alone raised it */
} gjr_kept_note;

typedef gjr_hearing hearing;
typedef gjr_kept_note kept_note;

static const gjr_turn no_turn = {GJB_INDEX_NONE, GJB_INDEX_NONE};

static bool notes_grow(hearing *with)
{
    size_t capacity = with->note_capacity == 0 ? 8 : with->note_capacity * 2;
    kept_note **notes = gjb_arena_make(&with->arena, capacity, sizeof *notes);
    if (notes == NULL) {
        return false;
    }
    if (with->note_count > 0) {
        memcpy(notes, with->notes, with->note_count * sizeof *notes);
    }
    with->notes = notes;
    with->note_capacity = capacity;
    return true;
}

/* Ordinals are given out one by one, and an update comes after what it updates. */
static bool note_keep(hearing *with, const gjr_raised *raised, const gjr_past *past, gjr_turn turn)
{
    if (raised->ordinal == with->note_capacity && !notes_grow(with)) {
        return false;
    }
    kept_note *note = gjb_arena_make(&with->arena, 1, sizeof *note);
    void *block = gjb_arena_make(&with->arena, gjr_note_extent(raised), 1);
    if (note == NULL || block == NULL) {
        return false;
    }
    note->raised = gjr_note_copy(raised, block);
    note->past = past;
    note->turn = turn;
    with->notes[raised->ordinal] = note;
    if (raised->ordinal == with->note_count) {
        with->note_count++;
    }
    return true;
}

static bool notes_keep(hearing *with, const gjr_sitting *step, const gjr_past *past, gjr_turn turn)
{
    for (size_t i = 0; i < step->raised_count; i++) {
        if (!note_keep(with, &step->raised[i], past, turn)) {
            return false;
        }
    }
    return true;
}

/* Room for one more, where steps are noted; false when memory ends. */
static bool steps_grow(hearing *with)
{
    if (with->steps == NULL || with->step_count < with->step_capacity) {
        return true;
    }
    size_t capacity = with->step_capacity * 2;
    gj_step_note *steps = gjb_arena_make(&with->arena, capacity, sizeof *steps);
    if (steps == NULL) {
        return false;
    }
    memcpy(steps, with->steps, with->step_count * sizeof *steps);
    with->steps = steps;
    with->step_capacity = capacity;
    return true;
}

/* What the law did before the event's act, or behind it. */
static bool law_note(hearing *with, const gjr_sitting *step, bool behind)
{
    const gj_judge *judge = step->judge;
    for (size_t i = 0; with->steps != NULL && i < step->deemed_count; i++) {
        const gjr_deemed *deemed = &step->deemed[i];
        if (deemed->behind_act != behind) {
            continue;
        }
        gj_law law;
        if (!steps_grow(with) ||
            !gjr_effect_make(judge, deemed->effect, deemed->as_of, &with->arena, &law)) {
            return false;
        }
        const gjr_stage *stage = &judge->rows->stages[deemed->stage_after];
        with->steps[with->step_count++] = (gj_step_note){
            .at = deemed->at,
            .at_offset_s = gjr_calendar_offset(judge->calendar, deemed->at),
            .action = law.action,
            .action_title = law.action_title,
            .stage_after = gjr_rows_text(judge->rows, stage->name),
            .stage_after_title = gjr_rows_text(judge->rows, stage->title),
            .by_law = true,
            .law = law,
        };
    }
    return true;
}

static void step_note(hearing *with, const gjr_sitting *step, const gjr_case *judged,
                      const gjr_event *event)
{
    const gjr_rows *rows = step->judge->rows;
    uint32_t region = gjr_regions_running(judged, step->region);
    const gjr_stage *stage = &rows->stages[gjr_case_regions(judged)[region].stage];
    gj_step_note *note = &with->steps[with->step_count++];
    *note = (gj_step_note){
        .at = event->at,
        .at_offset_s = event->at_offset_s,
        .event = event->id,
        .action = event->action_text,
        .action_title = event->action_text,
        .post = event->post_text,
        .post_title = event->post_text,
        .officer = event->officer,
        .stage_after = gjr_rows_text(rows, stage->name),
        .stage_after_title = gjr_rows_text(rows, stage->title),
        .line = event->line,
    };
    if (event->action != GJR_NONE) {
        note->action = gjr_rows_text(rows, rows->actions[event->action].name);
        note->action_title = gjr_rows_text(rows, rows->actions[event->action].title);
    }
    if (event->post != GJR_NONE) {
        note->post = gjr_rows_text(rows, rows->posts[event->post].name);
        note->post_title = gjr_rows_text(rows, rows->posts[event->post].title);
    }
    for (size_t i = 0; i < step->raised_count; i++) {
        note->finding_count += step->raised[i].by_event ? 1 : 0;
    }
}

/* What a step has come to, and the event that it was of. */
static gj_status step_keep(hearing *with, const gjr_past_step *of)
{
    const gjr_sitting *step = of->step;
    if (!notes_keep(with, step, of->past, of->turn) || !law_note(with, step, false)) {
        return GJ_NO_MEMORY;
    }
    if (of->event == NULL) {
        return GJ_OK;
    }
    if (!steps_grow(with)) {
        return GJ_NO_MEMORY;
    }
    if (with->steps != NULL) {
        step_note(with, step, of->judged, of->event);
    }
    return law_note(with, step, true) ? GJ_OK : GJ_NO_MEMORY;
}

/* The case came to another version. */
static gj_status move_note(hearing *with, const gjr_past_step *of)
{
    const gjr_rows *rows = of->step->judge->rows;
    if (with->steps == NULL || gjr_case_is_new(of->judged)) {
        return GJ_OK;
    }
    if (!steps_grow(with)) {
        return GJ_NO_MEMORY;
    }
    const gjr_stage *stage = &rows->stages[gjr_case_stage(of->judged)];
    with->steps[with->step_count++] = (gj_step_note){
        .at = of->moved_at,
        .at_offset_s = gjr_calendar_offset(of->step->judge->calendar, of->moved_at),
        .stage_after = gjr_rows_text(rows, stage->name),
        .stage_after_title = gjr_rows_text(rows, stage->title),
        .migrated_to = rows->procedures[0].version,
    };
    return GJ_OK;
}

static gj_status past_step_take(void *payload, const gjr_past_step *of)
{
    hearing *with = payload;
    gj_status status = of->moved_at != INT64_MIN ? move_note(with, of) : GJ_OK;
    return status == GJ_OK ? step_keep(with, of) : status;
}

/* The i-th event of the case at hand. */
static gjr_turn turn_get(const hearing *with, size_t i)
{
    if (with->history.turns != NULL) {
        return with->history.turns[i];
    }
    uint32_t record = with->order.items[with->begin + i];
    return (gjr_turn){record, record};
}

/* What versions before this one judge of it; *judged are so many events. */
static gj_status past_step(hearing *with, size_t count, size_t *judged)
{
    gjr_turn *turns = gjb_arena_make(&with->arena, count + 1, sizeof *turns);
    if (turns == NULL) {
        return GJ_NO_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        turns[i] = turn_get(with, i);
    }
    gjr_passage passage = {.docket = with->docket,
                           .turns = turns,
                           .count = count,
                           .is = &with->step,
                           .to = &with->judged,
                           .payload = with,
                           .on_step = past_step_take};
    gj_status status = gjr_passage_judge(&passage);
    *judged = passage.judged;
    return status;
}

static gj_status events_step(hearing *with, size_t count)
{
    const gjr_records *records = &with->docket->records;
    size_t first = 0;
    if (with->docket->past_count > 0) {
        gj_status status = past_step(with, count, &first);
        if (status != GJ_OK) {
            return status;
        }
    }
    for (size_t i = first; i < count; i++) {
        gjr_event event;
        gjr_turn turn = turn_get(with, i);
        gjr_order_fetch(&with->order, records, with->begin + i);
        gjr_turn_event(records, &turn, &event);
        gj_status status = gjr_case_step(&with->step, &with->judged, &event);
        if (status != GJ_OK) {
            return status;
        }
        status = step_keep(
            with, &(gjr_past_step){&with->step, &with->judged, NULL, turn, &event, INT64_MIN});
        if (status != GJ_OK) {
            return status;
        }
    }
    return GJ_OK;
}

/* Time goes on to the end, and what is still overdue is counted up to it. */
static gj_status time_step(hearing *with)
{
    gj_status status = gjr_case_step_time(&with->step, &with->judged, with->until);
    if (status == GJ_OK &&
        (!notes_keep(with, &with->step, NULL, no_turn) || !law_note(with, &with->step, false))) {
        return GJ_NO_MEMORY;
    }
    status = status == GJ_OK ? gjr_case_step_count(&with->step, &with->judged) : status;
    return status == GJ_OK && !notes_keep(with, &with->step, NULL, no_turn) ? GJ_NO_MEMORY : status;
}

static gj_status findings_make(hearing *with, gj_case_result *result)
{
    gj_finding *findings = gjb_arena_make(&with->arena, with->note_count, sizeof *findings);
    if (findings == NULL) {
        return GJ_NO_MEMORY;
    }
    for (size_t i = 0; i < with->note_count; i++) {
        kept_note *note = with->notes[i];
        if (note->raised.status == GJ_WITHDRAWN) {
            continue;
        }
        gjr_event event;
        bool by_event = note->turn.root != GJB_INDEX_NONE;
        const gj_docket *docket = note->past != NULL ? note->past->docket : with->docket;
        const gjr_hands hands = {docket, docket->judge, with->history.turns,
                                 with->history.turns != NULL ? NULL
                                                             : &with->order.items[with->begin],
                                 result->event_count};
        if (gjr_hands_find(&hands, &with->arena, &note->raised) != GJ_OK) {
            return GJ_NO_MEMORY;
        }
        if (by_event) {
            gjr_turn_event(&docket->records, &note->turn, &event);
        }
        gj_status status = gjr_finding_make(docket->judge, result->case_id, &note->raised,
                                            by_event ? &event : NULL, &with->arena,
                                            &findings[result->finding_count++]);
        if (status != GJ_OK) {
            return status;
        }
    }
    result->findings = findings;
    return GJ_OK;
}

static void coverage_add(hearing *with)
{
    gj_coverage *coverage = with->judging.coverage;
    for (size_t i = 0; coverage != NULL && i < with->note_count; i++) {
        if (with->notes[i]->raised.status != GJ_WITHDRAWN && with->notes[i]->past == NULL) {
            gjr_coverage_add_finding(coverage, &with->notes[i]->raised);
        }
    }
    for (size_t i = 0; coverage != NULL && i < with->lacks.count; i++) {
        if (with->lacks.items[i].bearing != GJR_LACK_IDLE) {
            with->step.touched->rules[with->lacks.items[i].rule] |= GJR_TOUCHED_UNDECIDED;
        }
    }
}

static gj_instant instant_at(const hearing *with, size_t i)
{
    gjr_turn turn = turn_get(with, i);
    return gjr_turn_at(&with->docket->records, &turn);
}

static gj_status result_make(hearing *with, size_t of, size_t count)
{
    const gjr_rows *rows = with->docket->judge->rows;
    const gjr_stage *stage = &rows->stages[gjr_case_stage(&with->judged)];
    gj_case_result result = {
        .case_id = with->docket->roll.cases[of].id,
        .case_index = of,
        .stage = gjr_rows_text(rows, stage->name),
        .stage_title = gjr_rows_text(rows, stage->title),
        .final = (stage->flags & GJR_STAGE_FINAL) != 0,
        .event_count = count,
        .first_at = instant_at(with, 0),
        .last_at = instant_at(with, count - 1),
        .steps = with->steps,
        .step_count = with->step_count,
    };
    gj_status status = findings_make(with, &result);
    if (status == GJ_OK && with->judging.with_state) {
        status = gjr_standing_make(&with->step, &with->judged, &with->arena, &result);
        status = status == GJ_OK
                     ? gjr_verdicts_make(&with->step, &with->judged, &with->arena, &result)
                     : status;
    }
    if (status == GJ_OK && with->judging.with_accounts) {
        status = gjr_accounts_make(&with->step, &with->arena, &result);
    }
    if (status == GJ_OK && !with->judging.on_case(with->judging.payload, &result)) {
        with->stopped = true;
    }
    return status;
}

/* The case's events in their order, how many up to the end. */
static gj_status events_order(hearing *with, size_t of, size_t *count)
{
    const gjr_roll_case *row = &with->docket->roll.cases[of];
    gj_status status = GJ_OK;
    *count = row->count;
    with->history.turns = NULL;
    if (row->links != GJB_INDEX_NONE) {
        status = gjr_history_make(with->docket, of, &with->arena, &with->history);
        *count = with->history.count;
    } else {
        gjr_order_sort(&with->order, &with->docket->records, with->begin, *count);
    }
    while (status == GJ_OK && *count > 0 && instant_at(with, *count - 1) > with->until) {
        --*count;
    }
    return status;
}

static void case_begin(hearing *with)
{
    gjr_case_reset(&with->judged);
    gjr_trace_reset(&with->trace);
    gjr_custody_reset(&with->custody);
    gjr_lacks_reset(&with->lacks);
    with->notes = NULL;
    with->note_count = with->note_capacity = with->step_count = with->step_capacity = 0;
    with->steps = NULL;
}

gj_status gjr_hearing_case(gjr_hearing *with, size_t of)
{
    size_t count;
    gj_status status = events_order(with, of, &count);
    if (status != GJ_OK || count == 0) {
        with->begin += with->docket->roll.cases[of].count;
        return status;
    }
    case_begin(with);
    if (with->judging.with_steps) {
        with->step_capacity = count;
        with->steps = gjb_arena_make(&with->arena, count, sizeof *with->steps);
        if (with->steps == NULL) {
            return GJ_NO_MEMORY;
        }
    }
    status = events_step(with, count);
    status = status == GJ_OK ? time_step(with) : status;
    if (status == GJ_OK) {
        coverage_add(with);
        status = result_make(with, of, count);
    }
    with->begin += with->docket->roll.cases[of].count;
    return status;
}

gj_status gjr_hearing_init(gjr_hearing *with, gj_docket *docket, const gj_docket_judging *judging)
{
    *with = (hearing){.docket = docket, .judging = *judging, .until = judging->until};
    gjb_arena_init(&with->arena, docket->judge->allocator);
    gjr_trace_init(&with->trace, docket->judge->allocator);
    gjr_custody_init(&with->custody, docket->judge->allocator);
    gjr_lacks_init(&with->lacks, docket->judge->allocator);
    gj_status status = gjr_sitting_init(&with->step, docket->judge);
    if (status == GJ_OK && judging->coverage != NULL) {
        with->step.touched = gjr_coverage_touched(judging->coverage);
    }
    with->step.answers = &docket->answers;
    with->step.trace = judging->with_accounts ? &with->trace : NULL;
    with->step.custody = judging->with_accounts ? &with->custody : NULL;
    with->step.lacks = judging->with_state || judging->coverage != NULL ? &with->lacks : NULL;
    return status == GJ_OK ? gjr_case_init(&with->judged, docket->judge) : status;
}

void gjr_hearing_deinit(gjr_hearing *with)
{
    if (with->judged.judge != NULL) {
        gjr_case_deinit(&with->judged);
    }
    gjr_sitting_deinit(&with->step);
    gjr_trace_deinit(&with->trace);
    gjr_custody_deinit(&with->custody);
    gjr_lacks_deinit(&with->lacks);
    gjb_arena_deinit(&with->arena);
}

static gj_status cases_hear(gjr_hearing *with, size_t first, size_t end)
{
    gj_status status = GJ_OK;
    for (size_t i = first; status == GJ_OK && !with->stopped && i < end; i++) {
        gjb_arena_reset(&with->arena);
        status = gjr_hearing_case(with, i);
    }
    return status;
}

static gj_status cases_judge(gj_docket *docket, size_t first, size_t end, gj_docket_judging judging)
{
    gjr_order order;
    if (judging.until == GJ_NEVER) {
        judging.until = gj_docket_last_instant(docket);
    }
    gj_status status = gjr_order_init(&order, docket, first, end);
    if (status != GJ_OK) {
        return status;
    }
    if (!gjr_panel_is_for(docket, &judging, end - first) ||
        !gjr_panel_judge(docket, &judging, &order, &status)) {
        gjr_hearing with;
        status = gjr_hearing_init(&with, docket, &judging);
        with.order = order;
        status = status == GJ_OK ? cases_hear(&with, first, end) : status;
        gjr_hearing_deinit(&with);
    }
    gjr_order_deinit(&order);
    return status;
}

static bool judging_is_usable(const gj_docket *docket, const gj_docket_judging *judging)
{
    return docket != NULL && judging != NULL && judging->on_case != NULL &&
           judging->size >= sizeof(gj_docket_judging);
}

gj_status gj_docket_judge(gj_docket *docket, const gj_docket_judging *judging)
{
    return judging_is_usable(docket, judging)
               ? cases_judge(docket, 0, docket->roll.index.count, *judging)
               : GJ_BAD_ARGUMENT;
}

gj_status gj_docket_judge_case(gj_docket *docket, size_t index, const gj_docket_judging *judging)
{
    return judging_is_usable(docket, judging) && index < docket->roll.index.count
               ? cases_judge(docket, index, index + 1, *judging)
               : GJ_BAD_ARGUMENT;
}
