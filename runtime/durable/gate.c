/* SPDX-License-Identifier: Apache-2.0
 *
 * See gate.h, and "the gate" in engine.h. */
#include "durable/gate.h"

#include "base/text.h"
#include "durable/admission.h"
#include "durable/journal.h"
#include "durable/moving.h"
#include "engine/inspection.h"
#include "engine/live.h"
#include "judge/names.h"

#include <string.h>

/* ---- life ---- */

static gj_instant now_of(gj_engine *engine)
{
    gj_instant now = gjr_engine_now(engine);
    gj_instant told = engine->options.follows_events ? INT64_MIN : gjr_engine_told_now(engine);
    return told > now ? told : now;
}

gj_status gjr_gate_init(gjr_gate *gate, gj_engine *engine, gj_text procedure, gj_text case_id)
{
    gj_status status;
    *gate = (gjr_gate){.case_id = case_id, .now = now_of(engine)};
    gjb_buffer_init(&gate->history, engine->allocator);
    if (!gjr_asked_init(&gate->asked, engine, &status)) {
        return status;
    }
    status = gjr_asked_find(&gate->asked, procedure, case_id);
    if (status == GJ_OK) {
        gate->rules = gate->asked.rules;
        gjr_journal journal = gjr_asked_journal(&gate->asked);
        status = gjr_journal_read(&journal, &gate->history);
    } else if (status == GJ_UNKNOWN) {
        gate->rules = gjr_rule_set_find(engine, procedure);
        status = gate->rules == NULL ? GJ_UNKNOWN : GJ_OK;
    }
    gjr_asked_note(&gate->asked, status);
    return status;
}

void gjr_gate_deinit(gjr_gate *gate)
{
    gjb_buffer_deinit(&gate->history);
    gjr_asked_deinit(&gate->asked);
}

bool gjr_gate_has_case(const gjr_gate *gate)
{
    return gate->asked.rules != NULL;
}

/* ---- a trial ---- */

typedef struct hearing {
    const gjr_trial *trial;
    uint32_t count;
    bool aloud, wants;
} hearing;

static bool revision_hear(void *payload, const gj_revision *revision)
{
    hearing *with = payload;
    if (with->aloud) {
        with->count++;
        if (with->wants && with->trial->on_revision != NULL) {
            with->wants = with->trial->on_revision(with->trial->payload, revision);
        }
    }
    return true;
}

static gj_status live_tell(void *payload, const gj_event *event)
{
    gj_added added;
    return gj_live_add(payload, event, &added);
}

static gj_status history_tell(gjr_gate *gate, gj_live *live)
{
    gjr_journal journal = gjr_asked_journal(&gate->asked);
    gj_status status = GJ_OK;
    if (gate->asked.answers.size > 0) {
        status = gj_live_answers_read(live, gate->asked.answers.bytes, gate->asked.answers.size);
        status =
            status == GJ_REFUSED ? gjr_asked_damaged(&gate->asked, GJR_DAMAGE_ANSWERS) : status;
    }
    return status == GJ_OK
               ? gjr_journal_tell(&journal, gjb_buffer_text(&gate->history), live, live_tell)
               : status;
}

/* As a submission answers it. */
static void receipt_make(gj_receipt *receipt, gj_added added, const gj_problem *problem)
{
    bool conflicts = problem->code == GJ_PROBLEM_CONFLICT;
    receipt->kind = added == GJ_ADDED_AGAIN ? GJ_RECEIVED_AGAIN
                    : added == GJ_ADDED     ? GJ_RECEIVED
                    : conflicts             ? GJ_CONFLICTING
                                            : GJ_NOT_RECEIVED;
    receipt->problem = problem->code;
    receipt->field =
        receipt->kind != GJ_NOT_RECEIVED || problem->field.size == 0 ? NULL : problem->field.bytes;
}

static gj_status event_tell(const gjr_gate *gate, gj_live *live, const gj_event *event,
                            hearing *with)
{
    gj_added added = GJ_NOT_ADDED;
    gj_receipt receipt = {.kind = GJ_NOT_RECEIVED};
    with->aloud = true;
    gj_status status = gj_live_add(live, event, &added);
    with->aloud = false;
    if (status != GJ_OK && status != GJ_MALFORMED) {
        return status;
    }
    receipt_make(&receipt, added, gj_live_problem(live));
    if (receipt.problem == GJ_PROBLEM_DOCUMENT) {
        receipt.field = "documents";
        receipt.text = gjr_inspect_documents(gate->rules->judge, event);
    }
    receipt.revision_count = with->count;
    receipt.ahead = receipt.kind == GJ_RECEIVED && event->at.present &&
                    gj_judge_instant(gate->rules->judge, &event->at) > gate->now;
    if (with->trial->receipt != NULL) {
        *with->trial->receipt = receipt;
    }
    return GJ_OK;
}

gj_status gjr_gate_try(gjr_gate *gate, const gj_event *event, const gjr_trial *trial)
{
    gj_live *live = NULL;
    hearing with = {.trial = trial, .wants = true};
    gj_live_options options = {
        .size = sizeof options, .payload = &with, .on_revision = revision_hear};
    gj_status status = gj_live_create(gate->rules->judge, &options, &live);
    if (status == GJ_OK && gjr_gate_has_case(gate)) {
        status = gjr_rule_set_add_past(gate->asked.engine, gate->asked.opened, gate->rules,
                                       live->docket);
    }
    status = status == GJ_OK ? history_tell(gate, live) : status;
    status = status != GJ_OK                ? status
             : live->docket->past_count > 0 ? gjr_live_settle(live, gate->now)
                                            : gj_live_advance(live, gate->now);
    status = status == GJ_OK && event != NULL ? event_tell(gate, live, event, &with) : status;
    size_t index = status == GJ_OK ? gj_live_case_find(live, gate->case_id) : GJ_NO_INDEX;
    if (index != GJ_NO_INDEX && trial->on_case != NULL) {
        status = gj_live_see(live, index, trial->payload, trial->on_case);
    }
    gj_live_destroy(live);
    return status;
}

/* ---- acts ---- */

gj_stamp gjr_gate_stamp(const gjr_gate *gate, gj_instant at)
{
    int32_t offset_s = gj_judge_offset(gate->rules->judge, at);
    return (gj_stamp){.wall_ms = at + offset_s * INT64_C(1000),
                      .offset_s = offset_s,
                      .present = true,
                      .zoned = true};
}

gj_event gjr_gate_act(const gjr_gate *gate, uint32_t action, uint32_t post)
{
    static const gj_text id = {"?", 1}, officer = {"?", 1};
    const gjr_rows *rows = gate->rules->judge->rows;
    uint32_t department = post == GJR_NONE ? GJR_NONE : rows->posts[post].department;
    gj_text none = {NULL, 0};
    return (gj_event){
        .id = id,
        .source = id,
        .case_id = gate->case_id,
        .action = gjr_rows_text(rows, rows->actions[action].name),
        .at = gjr_gate_stamp(gate, gate->now),
        .officer = officer,
        .post = post == GJR_NONE ? none : gjr_rows_text(rows, rows->posts[post].name),
        .department =
            department == GJR_NONE ? none : gjr_rows_text(rows, rows->departments[department].name),
    };
}

/* ---- a check ---- */

/* Told before in another case: the docket of this one cannot know it. */
static bool is_told_elsewhere(gjr_gate *gate, const gj_event *event)
{
    gjr_statement *row = gjr_store_ask(gate->asked.reader, GJR_QUERY_EVENT_CASE);
    bool elsewhere = false;
    if (row != NULL) {
        gjr_statement_bind_text(row, 1, event->id);
        gjr_statement_bind_text(row, 2, event->source);
        elsewhere = gjr_store_row(gate->asked.reader, row) &&
                    !(gjb_text_equal(gjr_statement_text(row, 0), event->case_id) &&
                      gjb_text_equal(gjr_statement_text(row, 1), gate->rules->procedure));
        gjr_store_done(row);
    }
    return elsewhere;
}

/* As gj_engine_submit would have it now: the clock goes with it, and it happens now where it says
 * no time. False: *receipt says that it would not be received, or *status what fails. */
static bool act_admit(gjr_gate *gate, const gj_event *event, gjr_admission *made,
                      gj_receipt *receipt, gj_status *status)
{
    gj_engine *engine = gate->asked.engine;
    gj_event act = *event;
    if (!event->at.present && event->retracts.size == 0) {
        if (gate->now == INT64_MIN) {
            *status = gjr_engine_misused(engine);
            return false;
        }
        act.at = gjr_gate_stamp(gate, gate->now);
    }
    if (!gjr_admit(engine, &act, false, made, receipt)) {
        return false;
    }
    gj_instant at =
        gjr_admitted_time(made->rules->judge, &made->event, gjr_engine_follow_to(engine));
    gate->now = at > gate->now ? at : gate->now;
    if (!gjr_gate_has_case(gate) && !gjr_rule_set_opens(engine, made->rules)) {
        *receipt = gjr_refusal(GJ_PROBLEM_PROCEDURE, "procedure");
        return false;
    }
    return true;
}

gj_status gj_engine_check(gj_engine *engine, const gj_event *event, gj_receipt *receipt,
                          void *payload,
                          bool (*on_revision)(void *payload, const gj_revision *revision))
{
    gjr_gate gate;
    gjr_admission made;
    gjr_trial trial = {.payload = payload, .on_revision = on_revision, .receipt = receipt};
    if (engine == NULL || event == NULL || receipt == NULL) {
        return gjr_engine_misused(engine);
    }
    gj_status status = gjr_gate_init(&gate, engine, event->procedure, event->case_id);
    *receipt = (gj_receipt){.kind = GJ_NOT_RECEIVED};
    bool is_begun = status == GJ_OK;
    if (is_begun && act_admit(&gate, event, &made, receipt, &status)) {
        bool has_id = made.event.id.size > 0;
        made.event.id = has_id ? made.event.id : gjb_text_of("?");
        if (has_id && is_told_elsewhere(&gate, &made.event)) {
            *receipt =
                (gj_receipt){.kind = GJ_CONFLICTING, .problem = GJ_PROBLEM_CONFLICT, .field = "id"};
        } else {
            status = gjr_gate_try(&gate, &made.event, &trial);
        }
        gjr_asked_note(&gate.asked, status);
    }
    gjr_gate_deinit(&gate);
    return status;
}
