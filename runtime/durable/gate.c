/* SPDX-License-Identifier: Apache-2.0
 *
 * See gate.h, and "the gate" in engine.h. */
#include "durable/gate.h"

#include "base/text.h"
#include "durable/admission.h"
#include "durable/hot.h"
#include "durable/journal.h"
#include "durable/moving.h"
#include "engine/inspection.h"
#include "engine/live.h"
#include "judge/finding.h"
#include "judge/hand.h"
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

static void documents_blame(gj_receipt *receipt, gj_text unknown)
{
    receipt->problem = GJ_PROBLEM_DOCUMENT;
    receipt->field = "documents";
    receipt->text = unknown;
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
        documents_blame(&receipt, gjr_inspect_documents(gate->rules->judge, event));
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

/* ---- a hot case ---- */

/* The clock goes on in silence, as far as it has something to say. */
static gj_status time_pass(gjr_hot_seat *seat, gj_instant now)
{
    gj_status status;
    while (gjr_case_step_next(&seat->sitting, &seat->file.judged, now, &status)) {
    }
    return status;
}

/* Whether all that the step came to is new, and says itself what it is about: what was found
 * before, and in whose hands the case was, its state does not tell. */
static bool is_news_alone(const gjr_sitting *step, uint32_t before)
{
    bool alone = true;
    for (size_t i = 0; alone && i < step->raised_count; i++) {
        alone = step->raised[i].ordinal >= before && !gjr_hand_is_asked(&step->raised[i]);
    }
    return alone;
}

/* What the i-th note came to last; NULL: it was told with one before. */
static const gjr_raised *latest_of(const gjr_sitting *step, size_t i)
{
    const gjr_raised *latest = &step->raised[i];
    for (size_t j = 0; j < step->raised_count; j++) {
        if (step->raised[j].ordinal == latest->ordinal && j < i) {
            return NULL;
        }
        latest = step->raised[j].ordinal == latest->ordinal ? &step->raised[j] : latest;
    }
    return latest;
}

static gj_status news_tell(const gjr_gate *gate, gjr_hot_seat *seat, const gjr_event *event,
                           hearing *with)
{
    gj_status status = GJ_OK;
    for (size_t i = 0; i < seat->sitting.raised_count && status == GJ_OK; i++) {
        gj_finding finding;
        const gjr_raised *raised = latest_of(&seat->sitting, i);
        if (raised == NULL || raised->status == GJ_WITHDRAWN) {
            continue;
        }
        status = gjr_finding_make(gate->rules->judge, gate->case_id, raised, event, &seat->arena,
                                  &finding);
        const gj_revision revision = {.change = GJ_FINDING_ADDED,
                                      .finding = &finding,
                                      .cause = GJ_CAUSE_EVENT,
                                      .cause_source = event->source,
                                      .cause_id = event->id,
                                      .cause_line = event->line,
                                      .now = gate->now};
        if (status == GJ_OK) {
            (void)revision_hear(with, &revision);
        }
    }
    return status;
}

/* False: the store is to be asked. */
static bool seat_try(const gjr_gate *gate, gjr_hot_seat *seat, const gj_event *told,
                     const gjr_trial *trial, gj_status *status)
{
    gjr_event event;
    hearing with = {.trial = trial, .aloud = true, .wants = true};
    *status = time_pass(seat, gate->now);
    *status =
        *status == GJ_OK ? gjr_event_make(gate->rules->judge, told, &seat->arena, &event) : *status;
    if (*status != GJ_OK || !gjr_case_file_is_next(&seat->file, &event, gate->now)) {
        return *status != GJ_OK;
    }
    uint32_t before = gjr_case_state(&seat->file.judged)->finding_count;
    *status = gjr_case_step(&seat->sitting, &seat->file.judged, &event);
    bool follows = gjr_case_state(&seat->file.judged)->look_at <= gate->now;
    if (*status != GJ_OK || follows || !is_news_alone(&seat->sitting, before)) {
        return *status != GJ_OK;
    }
    *status = news_tell(gate, seat, &event, &with);
    gj_text unknown = gjr_inspect_documents(gate->rules->judge, told);
    *trial->receipt = (gj_receipt){.kind = GJ_RECEIVED, .revision_count = with.count};
    if (gjb_text_is_present(unknown)) {
        documents_blame(trial->receipt, unknown);
    }
    return true;
}

/* An act without an id of its own was not told before, wherever that was. False: the store is to be
 * asked. */
static bool hot_check(gj_engine *engine, const gj_event *event, const gjr_trial *trial,
                      gj_status *status)
{
    bool is_plain = event->id.size == 0 && event->seq == 0 && event->corrects.size == 0 &&
                    event->retracts.size == 0;
    const gjr_rule_set *any =
        engine->hot == NULL || !is_plain ? NULL : gjr_rule_set_find(engine, event->procedure);
    gjr_hot_seat *seat =
        any == NULL ? NULL : gjr_hot_take(engine->hot, any->procedure, event->case_id);
    if (seat == NULL) {
        return false;
    }
    gjr_admission made;
    gjr_gate gate = {.asked = {.engine = engine, .rules = seat->file.rules},
                     .rules = seat->file.rules,
                     .case_id = event->case_id,
                     .now = now_of(engine)};
    *status = GJ_OK;
    bool answered = true;
    gjr_fault fault;
    if (any != gate.rules && !gjr_inspect(gate.rules->judge, event, &fault)) {
        answered = false; /* the version of the case knows no such act */
    } else if (act_admit(&gate, event, &made, trial->receipt, status)) {
        made.event.id = gjb_text_of("?");
        answered = seat_try(&gate, seat, &made.event, trial, status);
    }
    gjr_hot_give(engine->hot, seat);
    return answered;
}

/* The next act that is tried there need not ask the store. */
static void hot_keep(gjr_gate *gate, uint64_t commits)
{
    gj_engine *engine = gate->asked.engine;
    gjr_rule_set *rules = gate->asked.rules;
    bool stays = engine->hot != NULL && rules != NULL &&
                 gjr_rule_set_recounted(engine, rules) == rules &&
                 gjr_rule_set_moved_to(engine, rules) == NULL;
    gjr_statement *row = stays ? gjr_store_ask(gate->asked.reader, GJR_QUERY_CASE_BY_NUMBER) : NULL;
    if (row == NULL) {
        return;
    }
    gjr_statement_bind_int(row, 1, gate->asked.number);
    if (gjr_store_row(gate->asked.reader, row) && gjr_statement_int(row, 1) == rules->number) {
        gjr_case_file file;
        if (gjr_case_file_init(&file, engine, rules, gate->asked.opened, row) == GJ_OK) {
            file.id = gate->case_id;
            gjr_hot_keep(engine->hot, commits, &file);
        }
        gjr_case_file_deinit(&file);
    }
    gjr_store_done(row);
}

gj_status gj_engine_check(gj_engine *engine, const gj_event *event, gj_receipt *receipt,
                          void *payload,
                          bool (*on_revision)(void *payload, const gj_revision *revision))
{
    gjr_gate gate;
    gjr_admission made;
    gj_status status;
    gjr_trial trial = {.payload = payload, .on_revision = on_revision, .receipt = receipt};
    if (engine == NULL || event == NULL || receipt == NULL) {
        return gjr_engine_misused(engine);
    }
    if (hot_check(engine, event, &trial, &status)) {
        return status;
    }
    uint64_t commits = engine->hot == NULL ? 0 : gjr_hot_commits(engine->hot);
    status = gjr_gate_init(&gate, engine, event->procedure, event->case_id);
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
        if (status == GJ_OK) {
            hot_keep(&gate, commits);
        }
        gjr_asked_note(&gate.asked, status);
    }
    gjr_gate_deinit(&gate);
    return status;
}
