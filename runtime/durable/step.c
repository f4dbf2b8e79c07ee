/* SPDX-License-Identifier: Apache-2.0
 *
 * An event, or time, on a case's state as it stands (desk.h). */
#include "durable/desk.h"
#include "durable/journal.h"
#include "engine/hands.h"
#include "judge/finding.h"
#include "judge/hand.h"
#include "judge/step.h"

static void finding_note(gjr_desk *desk, gjr_case_file *file, const gjr_raised *raised,
                         const gjr_event *event, uint32_t before, const gjr_book_cause *cause)
{
    gj_finding finding;
    gj_status status =
        gjr_finding_make(file->rules->judge, file->id, raised, event, &desk->told, &finding);
    if (status == GJ_OK) {
        gjr_book_note(&desk->book, file, &finding, raised->ordinal, raised->ordinal >= before,
                      cause);
    }
    gjr_store_fail(desk->store, status);
}

static gj_status event_add(void *payload, const gj_event *event)
{
    gj_added added;
    return gj_docket_add(payload, event, &added);
}

/* All that the case was told, judged by nobody; the caller destroys it. */
static gj_status docket_make(gjr_desk *desk, gjr_case_file *file, gj_docket **docket)
{
    gjr_journal journal = {desk->store, file->number, file->latest, file->id};
    gj_status status = gj_docket_create(file->rules->judge, docket);
    gjb_buffer_reset(&desk->history);
    status = status == GJ_OK ? gjr_journal_read(&journal, &desk->history) : status;
    return status == GJ_OK
               ? gjr_journal_tell(&journal, gjb_buffer_text(&desk->history), *docket, event_add)
               : status;
}

/* Whether one of the notes asks in whose hands the case was, which its state does not say. */
static bool asks_hands(const gjr_sitting *step)
{
    size_t i = 0;
    while (i < step->raised_count && !gjr_hand_is_asked(&step->raised[i])) {
        i++;
    }
    return i < step->raised_count;
}

/* The docket, from which the notes borrow, is the caller's to destroy; NULL: none was needed. */
static gj_status hands_find(gjr_desk *desk, gjr_case_file *file, gj_docket **docket)
{
    gjr_sitting *step = &file->rules->sitting;
    gjr_history history = {NULL, 0};
    *docket = NULL;
    if (!asks_hands(step) || file->latest == 0) {
        return GJ_OK;
    }
    gj_status status = docket_make(desk, file, docket);
    if (status == GJ_OK && gj_docket_case_count(*docket) > 0) {
        status = gjr_history_make(*docket, 0, &desk->told, &history);
    }
    const gjr_hands hands = {*docket, file->rules->judge, history.turns, NULL, history.count};
    for (size_t i = 0; i < step->raised_count && status == GJ_OK; i++) {
        status = gjr_hands_find(&hands, &desk->told, &step->raised[i]);
    }
    return status;
}

/* Of each finding what the step came to last; `before`: so many there were. */
void gjr_desk_note_step(gjr_desk *desk, gjr_case_file *file, const gjr_event *event,
                        uint32_t before, const gjr_book_cause *cause)
{
    const gjr_sitting *step = &file->rules->sitting;
    gj_docket *docket;
    gjr_store_fail(desk->store, hands_find(desk, file, &docket));
    for (size_t i = 0; i < step->raised_count; i++) {
        const gjr_raised *raised = &step->raised[i];
        bool again = false;
        for (size_t j = i + 1; j < step->raised_count; j++) {
            again = again || step->raised[j].ordinal == raised->ordinal;
        }
        if (!again) {
            finding_note(desk, file, raised, event, before, cause);
        }
    }
    gj_docket_destroy(docket);
}

static void time_step(gjr_desk *desk, gjr_case_file *file, const gjr_book_cause *cause)
{
    gjr_sitting *step = &file->rules->sitting;
    step->answers = gjr_case_file_answers(file);
    gj_status status = GJ_OK;
    uint32_t before = gjr_case_state(&file->judged)->finding_count;
    while (desk->store->status == GJ_OK &&
           gjr_case_step_next(step, &file->judged, desk->now, &status)) {
        gjr_desk_note_step(desk, file, NULL, before, cause);
        gjr_desk_note_changed(desk, file);
        before = gjr_case_state(&file->judged)->finding_count;
    }
    gjr_store_fail(desk->store, status);
}

void gjr_desk_step_time(gjr_desk *desk, gjr_case_file *file)
{
    static const gjr_book_cause by_time = {.kind = GJ_CAUSE_TIME};
    time_step(desk, file, &by_time);
}

bool gjr_desk_step(gjr_desk *desk, gjr_case_file *file, const gj_event *told)
{
    gjr_event event;
    gj_status status = gjr_event_make(file->rules->judge, told, &desk->told, &event);
    if (status != GJ_OK) {
        gjr_store_fail(desk->store, status);
        return true;
    }
    if (!gjr_case_file_is_next(file, &event, desk->now)) {
        return false;
    }
    gjr_rank rank = gjr_rank_of(&event);
    gjr_book_cause cause = {GJ_CAUSE_EVENT, event.source, event.id};
    uint32_t before = gjr_case_state(&file->judged)->finding_count;
    file->rules->sitting.answers = gjr_case_file_answers(file);
    gjr_store_fail(desk->store, gjr_case_step(&file->rules->sitting, &file->judged, &event));
    gjr_desk_note_step(desk, file, &event, before, &cause);
    gjr_case_file_take_last(file, &rank);
    gjr_desk_note_changed(desk, file);
    time_step(desk, file, &cause); /* what follows from it, since the clock has come further */
    return true;
}
