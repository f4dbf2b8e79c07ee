/* SPDX-License-Identifier: Apache-2.0
 *
 * What a gate is asked most: which acts are open to a post, and what would cure a finding
 * (engine.h). Both are found by trying. */
#include "base/text.h"
#include "durable/gate.h"
#include "judge/names.h"

#include <string.h>

enum { NEEDS_MAX = 32 };

static gj_text titled(const gjr_rows *rows, uint32_t title, uint32_t name)
{
    gj_text text = gjr_rows_text(rows, title);
    return text.size > 0 ? text : gjr_rows_text(rows, name);
}

/* ---- acts that are open ---- */

typedef struct opening {
    gjr_gate gate;
    gj_act act;
    gj_text needs[NEEDS_MAX];
} opening;

static void needs_take(opening *with, const gj_text *titles, size_t count)
{
    for (size_t i = 0; i < count && with->act.need_count < NEEDS_MAX; i++) {
        with->needs[with->act.need_count++] = gjb_arena_text(&with->gate.asked.arena, titles[i]);
    }
}

static bool deviation_take(void *payload, const gj_revision *revision)
{
    opening *with = payload;
    const gj_finding *finding = revision->finding;
    if (revision->change == GJ_FINDING_ADDED && finding->code != GJ_DUE_SOON) {
        with->act.codes |= 1u << finding->code;
        needs_take(with, finding->documents_missing, finding->documents_missing_count);
        needs_take(with, finding->fields_missing, finding->fields_missing_count);
    }
    return true;
}

static gj_act_standing standing_of(uint32_t codes)
{
    uint32_t needs = 1u << GJ_MISSING_DOCUMENT | 1u << GJ_MISSING_DATA;
    return codes == 0 ? GJ_ACT_OPEN : (codes & ~needs) == 0 ? GJ_ACT_NEEDS : GJ_ACT_DEVIATES;
}

static void who_take(gj_act *act, const gjr_rows *rows, uint32_t action, uint32_t post)
{
    uint32_t department = rows->posts[post].department;
    act->action = gjr_rows_text(rows, rows->actions[action].name);
    act->action_title = titled(rows, rows->actions[action].title, rows->actions[action].name);
    act->post = gjr_rows_text(rows, rows->posts[post].name);
    act->post_title = titled(rows, rows->posts[post].title, rows->posts[post].name);
    if (department != GJR_NONE) {
        act->department = gjr_rows_text(rows, rows->departments[department].name);
        act->department_title =
            titled(rows, rows->departments[department].title, rows->departments[department].name);
    }
}

static gj_status act_try(opening *with, uint32_t action, uint32_t post)
{
    const gjr_trial trial = {.payload = with, .on_revision = deviation_take};
    gj_event event = gjr_gate_act(&with->gate, action, post);
    gjb_arena_reset(&with->gate.asked.arena);
    with->act = (gj_act){.needs = with->needs};
    who_take(&with->act, with->gate.rules->judge->rows, action, post);
    gj_status status = gjr_gate_try(&with->gate, &event, &trial);
    with->act.standing = standing_of(with->act.codes);
    return status;
}

static bool is_called(const gjr_rows *rows, uint32_t post, gj_text wanted)
{
    return wanted.size == 0 ||
           gjb_text_equal(gjr_rows_text(rows, rows->posts[post].name), wanted) ||
           gjb_text_equal(gjr_rows_text(rows, rows->posts[post].title), wanted);
}

static gj_status acts_try(opening *with, gj_text post, void *payload,
                          bool (*on_act)(void *payload, const gj_act *act))
{
    const gjr_rows *rows = with->gate.rules->judge->rows;
    gj_status status = GJ_OK;
    bool goes_on = true, known = false;
    for (uint32_t i = 0; i < rows->action_count && goes_on; i++) {
        for (uint32_t j = 0; j < rows->post_count && goes_on && status == GJ_OK; j++) {
            if (!is_called(rows, j, post)) {
                continue;
            }
            known = true;
            status = act_try(with, i, j);
            goes_on = status == GJ_OK && on_act(payload, &with->act);
        }
    }
    if (status == GJ_OK && !known) {
        gjr_engine_fail_name(with->gate.asked.engine, GJR_FAILURE_POST, post);
        return GJ_UNKNOWN;
    }
    gjr_asked_note(&with->gate.asked, status);
    return status;
}

gj_status gj_engine_acts(gj_engine *engine, gj_text procedure, gj_text case_id, gj_text post,
                         void *payload, bool (*on_act)(void *payload, const gj_act *act))
{
    opening with;
    if (engine == NULL || on_act == NULL || case_id.size == 0) {
        return gjr_engine_misused(engine);
    }
    gj_status status = gjr_gate_init(&with.gate, engine, procedure, case_id);
    /* The answers lie in the arena that each trial empties. */
    gjb_buffer answers;
    gjb_buffer_init(&answers, engine->allocator);
    gjb_buffer_add_text(&answers, with.gate.asked.answers);
    with.gate.asked.answers = gjb_buffer_text(&answers);
    status = status == GJ_OK && answers.failed ? GJ_NO_MEMORY : status;
    if (status == GJ_OK && with.gate.now == INT64_MIN) {
        status = gjr_engine_misused(engine);
    }
    status = status == GJ_OK ? acts_try(&with, post, payload, on_act) : status;
    gjb_buffer_deinit(&answers);
    gjr_gate_deinit(&with.gate);
    return status;
}

/* ---- what cures a finding ---- */

typedef struct curing {
    gjr_gate gate;
    gj_text finding_id;
    void *payload;
    bool (*on_cure)(void *payload, const gj_cure *cure);
    bool found, goes_on;
    gj_status status;
    /* of the trial at hand */
    bool cures, withdraws, adds;
} curing;

static bool outcome_take(void *payload, const gj_revision *revision)
{
    curing *with = payload;
    bool same = gjb_text_equal_string(with->finding_id, revision->finding->id);
    if (same && revision->change != GJ_FINDING_ADDED) {
        with->withdraws = revision->change == GJ_FINDING_WITHDRAWN;
        with->cures = with->withdraws || revision->finding->status == GJ_CLOSED;
    }
    with->adds = with->adds || (!same && revision->change == GJ_FINDING_ADDED &&
                                revision->finding->code != GJ_DUE_SOON);
    return true;
}

/* Tells of it where it cures. Whether it does in order. */
static bool cure_try(curing *with, const gj_event *event, gj_cure cure)
{
    const gjr_trial trial = {.payload = with, .on_revision = outcome_take};
    if (!with->goes_on || with->status != GJ_OK) {
        return false;
    }
    with->cures = with->withdraws = with->adds = false;
    with->status = gjr_gate_try(&with->gate, event, &trial);
    if (with->status == GJ_OK && with->cures) {
        cure.withdraws = with->withdraws;
        cure.is_in_order = !with->adds;
        with->goes_on = with->on_cure(with->payload, &cure);
    }
    return with->cures && !with->adds;
}

/* By the first post that does it in order; else by the first that does it at all. */
static void act_cure(curing *with, uint32_t action)
{
    const gjr_rows *rows = with->gate.rules->judge->rows;
    const gjr_trial trial = {.payload = with, .on_revision = outcome_take};
    uint32_t best = GJR_NONE;
    for (uint32_t i = 0; i < rows->post_count && with->status == GJ_OK && with->goes_on; i++) {
        gj_event event = gjr_gate_act(&with->gate, action, i);
        with->cures = with->withdraws = with->adds = false;
        with->status = gjr_gate_try(&with->gate, &event, &trial);
        if (with->cures && (best == GJR_NONE || !with->adds)) {
            best = i;
        }
        if (with->cures ? !with->adds : best == GJR_NONE && i > 0) {
            break; /* in order; or no post has a say in whether it cures */
        }
    }
    if (best != GJR_NONE) {
        gj_event event = gjr_gate_act(&with->gate, action, best);
        gj_cure cure = {
            .kind = GJ_CURE_ACT,
            .action = event.action,
            .action_title = titled(rows, rows->actions[action].title, rows->actions[action].name),
            .post = event.post,
            .post_title = titled(rows, rows->posts[best].title, rows->posts[best].name)};
        cure_try(with, &event, cure);
    }
}

/* The steps that were left out, told in one event each just before: where one was left out. */
static void late_cure(curing *with, const gj_finding *finding)
{
    for (size_t i = 0; i < finding->left_out_count; i++) {
        const gj_left_out *step = &finding->left_out[i];
        gj_event event = gjr_gate_act(&with->gate, 0, GJR_NONE);
        event.action = step->action;
        event.post = step->post;
        event.branch = step->branch;
        event.at = gjr_gate_stamp(&with->gate, finding->at - 1);
        event.recorded = gjr_gate_stamp(&with->gate, with->gate.now);
        cure_try(with, &event,
                 (gj_cure){.kind = GJ_CURE_TOLD_LATE,
                           .action = step->action,
                           .action_title = step->title,
                           .post = step->post,
                           .post_title = step->post_title});
    }
}

static void record_cures(curing *with, const gj_finding *finding)
{
    gj_event event = gjr_gate_act(&with->gate, 0, GJR_NONE);
    gj_cure cure = {
        .action = finding->action, .action_title = finding->action_title, .event = finding->event};
    if (finding->event.size == 0) {
        return;
    }
    event.action = finding->action;
    event.at = gjr_gate_stamp(&with->gate, finding->at);
    event.recorded = gjr_gate_stamp(&with->gate, with->gate.now);
    event.corrects = finding->event;
    event.corrects_source = finding->source_id;
    event.officer = finding->officer;
    event.documents = finding->documents_missing;
    event.document_count = finding->documents_missing_count;
    event.post = finding->posts_granted_count > 0 ? finding->posts_granted[0] : finding->post;
    cure.kind = GJ_CURE_CORRECTION;
    cure.post = cure.post_title = event.post;
    if (finding->posts_granted_count > 0 || finding->documents_missing_count > 0) {
        cure_try(with, &event, cure);
    }
    event = gjr_gate_act(&with->gate, 0, GJR_NONE);
    event.action = (gj_text){NULL, 0};
    event.at = (gj_stamp){0};
    event.retracts = finding->event;
    event.retracts_source = finding->source_id;
    cure.kind = GJ_CURE_RETRACTION;
    cure.post = cure.post_title = (gj_text){NULL, 0};
    cure_try(with, &event, cure);
}

static bool finding_look(void *payload, const gj_case_result *result)
{
    curing *with = payload;
    for (size_t i = 0; i < result->finding_count && !with->found; i++) {
        const gj_finding *finding = &result->findings[i];
        if (finding->status != GJ_OPEN || !gjb_text_equal_string(with->finding_id, finding->id)) {
            continue;
        }
        with->found = true;
        const gjr_rows *rows = with->gate.rules->judge->rows;
        for (uint32_t action = 0; action < rows->action_count; action++) {
            act_cure(with, action);
        }
        late_cure(with, finding);
        record_cures(with, finding);
    }
    return true;
}

gj_status gj_engine_cures(gj_engine *engine, gj_text procedure, gj_text case_id, gj_text finding_id,
                          void *payload, bool (*on_cure)(void *payload, const gj_cure *cure))
{
    curing with = {
        .finding_id = finding_id, .payload = payload, .on_cure = on_cure, .goes_on = true};
    const gjr_trial look = {.payload = &with, .on_case = finding_look};
    if (engine == NULL || on_cure == NULL || case_id.size == 0) {
        return gjr_engine_misused(engine);
    }
    gj_status status = gjr_gate_init(&with.gate, engine, procedure, case_id);
    bool is_begun = status == GJ_OK;
    status = is_begun ? gjr_gate_try(&with.gate, NULL, &look) : status;
    status = status == GJ_OK ? with.status : status;
    if (status == GJ_OK && !with.found) {
        gjr_engine_fail_name(
            engine, gjr_gate_has_case(&with.gate) ? GJR_FAILURE_FINDING_OPEN : GJR_FAILURE_CASE,
            gjr_gate_has_case(&with.gate) ? finding_id : case_id);
        status = GJ_UNKNOWN;
    } else if (is_begun) {
        gjr_asked_note(&with.gate.asked, status);
    }
    gjr_gate_deinit(&with.gate);
    return status;
}
