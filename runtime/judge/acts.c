/* SPDX-License-Identifier: Apache-2.0
 *
 * See acts.h. */
#include "judge/acts.h"

#include "base/text.h"
#include "image/image.h"
#include "judge/values.h"

typedef enum truth { TRUTH_FALSE, TRUTH_TRUE, TRUTH_UNKNOWN } truth;

/* The clause that asks, for the note. */
typedef struct clause {
    uint32_t position;
    uint32_t basis_first, basis_count;
    gj_subject_kind subject;
    uint32_t index;
} clause;

static clause clause_of_transition(const gjr_sitting *step, uint32_t transition)
{
    const gjr_transition *row = &step->judge->rows->transitions[transition];
    return (clause){row->position, row->basis_first, row->basis_count, GJ_SUBJECT_ACTION,
                    row->action};
}

static clause clause_of_rule(const gjr_sitting *step, uint32_t rule)
{
    const gjr_rule *row = &step->judge->rows->rules[rule];
    return (clause){row->position, row->basis_first, row->basis_count, GJ_SUBJECT_RULE, rule};
}

static clause clause_of_document(const gjr_sitting *step, uint32_t document)
{
    const gjr_document *row = &step->judge->rows->documents[document];
    return (clause){row->position, row->basis_first, row->basis_count, GJ_SUBJECT_DOCUMENT,
                    document};
}

static gjr_raised *note(gjr_sitting *step, gj_code code, gj_subject_kind subject, uint32_t index,
                        const clause *by)
{
    gjr_raised *raised = gjr_sitting_add(step, code, subject, index);
    if (raised != NULL) {
        raised->position = by->position;
        raised->basis_first = by->basis_first;
        raised->basis_count = by->basis_count;
    }
    return raised;
}

/* ---- conditions ---- */

static gjr_value value_of(gjr_sitting *step, uint32_t expression)
{
    const gjr_expression *row = &step->judge->rows->expressions[expression];
    for (uint32_t i = 0; i < row->fields_count; i++) {
        uint32_t field = step->judge->rows->field_refs[row->fields_first + i].field;
        step->fields[field] = gjr_case_field(step->judged, field, &step->arena);
    }
    return gjr_vm_run(step->judge->rows, expression, &step->facts);
}

static truth truth_of(gjr_sitting *step, uint32_t expression)
{
    gjr_value value = value_of(step, expression);
    return !value.known ? TRUTH_UNKNOWN : value.as.number != 0 ? TRUTH_TRUE : TRUTH_FALSE;
}

/* Whether all the expression does with the field is `field else …`, so that its being missing made
 * nothing unknown. */
static bool is_guarded(const gjr_sitting *step, const gjr_expression *row, uint32_t field)
{
    const gjr_instruction *code = &step->judge->rows->instructions[row->code_first];
    uint8_t holds[GJR_REGISTERS_MAX + 1] = {0}; /* registers that hold the field */
    for (uint32_t i = 0; i < row->code_count; i++) {
        gjr_opcode op = (gjr_opcode)(code[i].word & 255u);
        unsigned d = code[i].word >> 8 & 255u, a = code[i].word >> 16 & 255u;
        unsigned b = code[i].word >> 24;
        bool leaf = op <= GJR_OP_RUNNING;
        if (!leaf && ((holds[a] && op != GJR_OP_ELSE) ||
                      (holds[b] && op != GJR_OP_NOT && op != GJR_OP_NEGATE && op != GJR_OP_RETURN &&
                       (op < GJR_OP_COUNT || op > GJR_OP_MIN)))) {
            return false;
        }
        holds[d] = op == GJR_OP_FIELD && code[i].immediate == field;
    }
    return true;
}

/* One event names a missing field once, whatever asked for it. */
static bool is_noted(const gjr_sitting *step, gj_subject_kind subject, uint32_t index)
{
    for (size_t i = 0; i < step->raised_count; i++) {
        const gjr_raised *raised = &step->raised[i];
        if (raised->code == GJ_MISSING_DATA && raised->subject == subject &&
            raised->subject_index == index) {
            return true;
        }
    }
    return false;
}

static void note_missing(gjr_sitting *step, gj_subject_kind subject, uint32_t index,
                         uint32_t expression, const clause *by)
{
    if (is_noted(step, subject, index)) {
        return;
    }
    gjr_raised *raised = note(step, GJ_MISSING_DATA, subject, index, by);
    if (raised == NULL) {
        return;
    }
    gjr_values_take(step, expression, raised);
    if (subject != GJ_SUBJECT_FIELD) {
        return;
    }
    uint32_t *missing = gjb_arena_make(&step->arena, 1, sizeof *missing);
    step->no_memory |= missing == NULL;
    if (missing != NULL) {
        *missing = index;
        raised->missing = missing;
        raised->missing_count = 1;
    }
    raised->quoted = gjr_case_quoted(step->judged, index);
}

/* Names the fields that were missing; where none was, a calculation gave nothing, and the clause
 * itself is named. */
static void note_unknown(gjr_sitting *step, uint32_t expression, const clause *by)
{
    const gjr_expression *row = &step->judge->rows->expressions[expression];
    bool found = false;
    for (uint32_t i = 0; i < row->fields_count; i++) {
        uint32_t field = step->judge->rows->field_refs[row->fields_first + i].field;
        if (!step->fields[field].known && !is_guarded(step, row, field)) {
            note_missing(step, GJ_SUBJECT_FIELD, field, expression, by);
            found = true;
        }
    }
    if (!found) {
        note_missing(step, by->subject, by->index, expression, by);
    }
}

/* ---- transitions ---- */

uint32_t gjr_acts_find_transition(gjr_sitting *step, uint32_t first, uint32_t count)
{
    uint32_t unknown = GJR_NONE;
    for (uint32_t i = first; i < first + count; i++) {
        uint32_t when = step->judge->rows->transitions[i].when;
        truth holds = when == GJR_NONE ? TRUTH_TRUE : truth_of(step, when);
        if (holds == TRUTH_TRUE) {
            return i;
        }
        if (holds == TRUTH_UNKNOWN) {
            clause by = clause_of_transition(step, i);
            note_unknown(step, when, &by);
            unknown = unknown == GJR_NONE ? i : unknown;
        }
    }
    if (unknown != GJR_NONE) {
        return unknown;
    }
    clause by = clause_of_transition(step, first);
    gjr_raised *raised = note(step, GJ_CONDITION_UNMET, GJ_SUBJECT_ACTION, by.index, &by);
    if (raised != NULL) {
        raised->transition = first;
        gjr_values_take(step, step->judge->rows->transitions[first].when, raised);
    }
    return first;
}

/* A post told without its department is each of that name. */
static bool is_granted(const gjr_sitting *step, const gjr_transition *row)
{
    const gjr_event *event = step->event;
    bool any_department = !gjb_text_is_present(event->department_text);
    for (uint32_t i = row->posts_first; i < row->posts_first + row->posts_count; i++) {
        uint32_t post = step->judge->rows->post_refs[i].post;
        if (post == event->post ||
            (any_department && gjr_judge_post_is_called(step->judge, post, event->post_text))) {
            return true;
        }
    }
    return false;
}

static void check_post(gjr_sitting *step, uint32_t transition)
{
    const gjr_transition *row = &step->judge->rows->transitions[transition];
    const gjr_event *event = step->event;
    if (row->posts_count == 0 || is_granted(step, row)) {
        return;
    }
    clause by = clause_of_transition(step, transition);
    if (event->post == GJR_NONE && event->post_text.size == 0) {
        gjr_raised *raised = note(step, GJ_MISSING_DATA, GJ_SUBJECT_POST, GJR_SUBJECT_TOLD, &by);
        if (raised != NULL) {
            raised->transition = transition;
        }
        return;
    }
    gjr_raised *raised = note(step, GJ_UNAUTHORISED, GJ_SUBJECT_POST, event->post, &by);
    if (raised != NULL) {
        raised->transition = transition;
    }
}

static void check_times(gjr_sitting *step, uint32_t transition)
{
    const gjr_transition *row = &step->judge->rows->transitions[transition];
    uint32_t place = gjr_rows_cell(step->judge->rows, row->stage, row->action)->place;
    uint32_t times = gjr_case_place(step->judged, place)->times;
    if (row->times_max == 0 || times < row->times_max) {
        return;
    }
    clause by = clause_of_transition(step, transition);
    gjr_raised *raised = note(step, GJ_REPEATED, GJ_SUBJECT_ACTION, row->action, &by);
    if (raised != NULL) {
        raised->transition = transition;
        raised->times = times + 1;
        raised->times_allowed = row->times_max;
    }
}

/* ---- documents ---- */

/* Required here, unless its own `when` says no. */
static bool is_required(gjr_sitting *step, uint32_t document, bool listed)
{
    const gjr_document *row = &step->judge->rows->documents[document];
    switch ((gjr_need)row->need) {
    case GJR_NEED_OPTIONAL:
        return listed;
    case GJR_NEED_WHEN: {
        truth holds = truth_of(step, row->when);
        if (holds == TRUTH_UNKNOWN && !gjr_case_has_document(step->judged, document)) {
            clause by = clause_of_document(step, document);
            note_unknown(step, row->when, &by);
        }
        return holds == TRUTH_TRUE;
    }
    case GJR_NEED_REQUIRED:
    case GJR_NEED_COUNT:
        break;
    }
    return true;
}

typedef struct documents {
    uint32_t *missing, *present;
    uint32_t missing_count, present_count;
} documents;

static void document_take(gjr_sitting *step, uint32_t document, bool listed, documents *found)
{
    if (!is_required(step, document, listed)) {
        return;
    }
    if (gjr_case_has_document(step->judged, document)) {
        found->present[found->present_count++] = document;
    } else {
        found->missing[found->missing_count++] = document;
    }
}

static void check_documents(gjr_sitting *step, uint32_t transition)
{
    const gjr_rows *rows = step->judge->rows;
    const gjr_transition *row = &rows->transitions[transition];
    if (row->needs == GJR_NEEDS_NOTHING) {
        return;
    }
    bool listed = row->needs == GJR_NEEDS_LISTED;
    uint32_t count = listed ? row->documents_count : rows->document_count;
    documents found = {.missing = gjb_arena_make(&step->arena, count, sizeof(uint32_t)),
                       .present = gjb_arena_make(&step->arena, count, sizeof(uint32_t))};
    if (found.missing == NULL || found.present == NULL) {
        step->no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        document_take(step, listed ? rows->document_refs[row->documents_first + i].document : i,
                      listed, &found);
    }
    if (found.missing_count == 0) {
        return;
    }
    clause by = clause_of_transition(step, transition);
    gjr_raised *raised =
        note(step, GJ_MISSING_DOCUMENT, GJ_SUBJECT_DOCUMENT, found.missing[0], &by);
    if (raised != NULL) {
        raised->transition = transition;
        raised->missing = found.missing;
        raised->present = found.present;
        raised->missing_count = found.missing_count;
        raised->present_count = found.present_count;
    }
}

void gjr_acts_check_transition(gjr_sitting *step, uint32_t transition)
{
    check_post(step, transition);
    check_times(step, transition);
    check_documents(step, transition);
}

/* ---- rules ---- */

static void check_rule(gjr_sitting *step, uint32_t rule)
{
    const gjr_rule *row = &step->judge->rows->rules[rule];
    clause by = clause_of_rule(step, rule);
    bool never = row->kind == GJR_RULE_NEVER;
    truth holds = row->condition != GJR_NONE ? truth_of(step, row->condition) : TRUTH_TRUE;
    if (holds == TRUTH_UNKNOWN) {
        note_unknown(step, row->condition, &by);
        return;
    }
    if (never != (holds == TRUTH_TRUE)) {
        return;
    }
    gjr_raised *raised = note(step, never ? GJ_FORBIDDEN : GJ_RULE, GJ_SUBJECT_RULE, rule, &by);
    if (raised != NULL) {
        raised->severity = (gj_severity)row->severity;
        gjr_values_take(step, row->condition, raised);
    }
}

void gjr_acts_check_rules(gjr_sitting *step, uint32_t action)
{
    const gjr_rows *rows = step->judge->rows;
    const gjr_action *row = &rows->actions[action];
    for (uint32_t i = row->subscriptions_first;
         i < row->subscriptions_first + row->subscriptions_count; i++) {
        if (rows->subscriptions[i].kind == GJR_SUBSCRIPTION_RULE &&
            gjr_sitting_hears(step, &rows->subscriptions[i], step->heard_in)) {
            check_rule(step, rows->subscriptions[i].target);
        }
    }
}

/* ---- presets ---- */

void gjr_acts_take_presets(gjr_sitting *step)
{
    const gjr_rows *rows = step->judge->rows;
    for (uint32_t i = 0; i < rows->field_count; i++) {
        if (rows->fields[i].preset == GJR_NONE) {
            continue;
        }
        gjr_told told = {.field = i, .value = value_of(step, rows->fields[i].preset)};
        if (!told.value.known) {
            continue;
        }
        /* The value may lie in the very bytes that are moved to make room. */
        if (rows->fields[i].type == GJR_TYPE_TEXT || rows->fields[i].type == GJR_TYPE_OFFICER) {
            told.value.as.text = gjb_arena_text(&step->arena, told.value.as.text);
            step->no_memory |= told.value.as.text.bytes == NULL;
        }
        if (step->no_memory ||
            gjr_case_make_room(step->judged, gjr_told_size(step->judge, &told)) != GJ_OK) {
            step->no_memory = true;
            return;
        }
        step->facts.actions = gjr_case_done(step->judged);
        (void)gjr_case_add_told(step->judged, &told);
    }
}
