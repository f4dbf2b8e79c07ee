/* SPDX-License-Identifier: Apache-2.0
 *
 * How a live case stands at the clock, in the form in which a docket tells of a case. What is
 * overdue is counted up to the clock for the look alone: the state stays as it is. */
#include "engine/live.h"
#include "engine/standing.h"
#include "judge/finding.h"

typedef struct look {
    gj_live *live;
    uint32_t of;
    gjr_history history;
    gj_finding *findings;
    gj_case_result result;
} look;

/* How much of the history lies behind the clock. */
static size_t judged_count(const look *with)
{
    const gjr_records *records = &with->live->docket->records;
    size_t count = with->history.count;
    while (count > 0 && gjr_turn_at(records, &with->history.turns[count - 1]) > with->live->now) {
        count--;
    }
    return count;
}

static gj_status count_overdue(gj_live *live, gjr_case *judged)
{
    gjr_state *state = gjr_case_state(judged);
    gj_instant clock = state->clock;
    state->clock = live->now > clock ? live->now : clock;
    gj_status status = gjr_case_step_count(&live->step, judged);
    gjr_case_state(judged)->clock = clock;
    return status;
}

/* A note as it was kept, or as it has just been counted. */
static gj_status note_take(look *with, const gjr_note *note, const gjr_raised *counted)
{
    gjr_note now = *note;
    if (counted != NULL) {
        now.raised = *counted;
        now.past = NULL;
        now.turn = gjr_no_turn;
    }
    return now.raised.status == GJ_WITHDRAWN
               ? GJ_OK
               : gjr_live_finding(with->live, with->of, &now,
                                  &with->findings[with->result.finding_count++]);
}

static gj_status notes_take(look *with)
{
    gj_live *live = with->live;
    const gjr_live_case *item = &live->items[with->of];
    const gjr_raised **counted = gjb_arena_make(&live->arena, item->note_count, sizeof *counted);
    if (counted == NULL) {
        return GJ_NO_MEMORY;
    }
    gj_status status = count_overdue(live, gjr_cases_get(&live->cases, with->of));
    status = status == GJ_OK
                 ? gjr_live_hands(live, with->of, NULL, live->step.raised, live->step.raised_count)
                 : status;
    for (size_t i = 0; i < live->step.raised_count && status == GJ_OK; i++) {
        counted[live->step.raised[i].ordinal] = &live->step.raised[i];
    }
    for (uint32_t i = 0; i < item->note_count && status == GJ_OK; i++) {
        status = note_take(with, item->notes[i], counted[i]);
    }
    return status;
}

static gj_status futures_take(look *with)
{
    gj_status status = GJ_OK;
    for (size_t i = with->result.event_count; i < with->history.count && status == GJ_OK; i++) {
        status = gjr_live_future(with->live, with->of, with->history.turns[i],
                                 &with->findings[with->result.finding_count++]);
    }
    return status;
}

static gj_status standing_take(look *with)
{
    gj_live *live = with->live;
    const gjr_case *judged = gjr_cases_get(&live->cases, with->of);
    const gjr_rows *rows = live->cases.judge->rows;
    const gjr_stage *stage = &rows->stages[gjr_case_stage(judged)];
    with->result.stage = gjr_rows_text(rows, stage->name);
    with->result.stage_title = gjr_rows_text(rows, stage->title);
    with->result.final = (stage->flags & GJR_STAGE_FINAL) != 0;
    gj_status status = notes_take(with);
    return status == GJ_OK ? gjr_standing_make(&live->step, judged, &live->arena, &with->result)
                           : status;
}

static gj_status result_make(look *with)
{
    gj_live *live = with->live;
    const gjr_records *records = &live->docket->records;
    const gjr_live_case *item = &live->items[with->of];
    gj_status status = gjr_history_make(live->docket, with->of, &live->arena, &with->history);
    with->findings = status == GJ_OK
                         ? gjb_arena_make(&live->arena, item->note_count + with->history.count,
                                          sizeof *with->findings)
                         : NULL;
    if (with->findings == NULL) {
        return GJ_NO_MEMORY;
    }
    with->result.findings = with->findings;
    with->result.event_count = judged_count(with);
    if (with->result.event_count > 0) {
        with->result.first_at = gjr_turn_at(records, &with->history.turns[0]);
        with->result.last_at =
            gjr_turn_at(records, &with->history.turns[with->result.event_count - 1]);
        status = standing_take(with);
    }
    return status == GJ_OK ? futures_take(with) : status;
}

gj_status gj_live_see(gj_live *live, size_t index, void *payload,
                      bool (*on_case)(void *payload, const gj_case_result *result))
{
    if (live == NULL || on_case == NULL || live->is_broken || index >= live->cases.count) {
        return GJ_BAD_ARGUMENT;
    }
    look with = {.live = live, .of = (uint32_t)index};
    with.result = (gj_case_result){.case_id = gj_live_case_id(live, index), .case_index = index};
    gjb_arena_reset(&live->arena);
    gj_status status = result_make(&with);
    if (status == GJ_OK) {
        (void)on_case(payload, &with.result);
    }
    return status;
}
