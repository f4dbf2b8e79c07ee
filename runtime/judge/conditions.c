/* SPDX-License-Identifier: Apache-2.0
 *
 * See conditions.h. */
#include "judge/conditions.h"

#include "base/text.h"
#include "image/image.h"
#include "image/opcode.h"
#include "judge/crews.h"
#include "judge/decisions.h"
#include "judge/lacks.h"
#include "judge/natives.h"
#include "judge/values.h"

/* ---- clauses ---- */

gjr_clause gjr_clause_of_transition(const gjr_sitting *step, uint32_t transition)
{
    const gjr_transition *row = &step->judge->rows->transitions[transition];
    return (gjr_clause){row->position, row->basis_first, row->basis_count, GJ_SUBJECT_ACTION,
                        row->action};
}

gjr_clause gjr_clause_of_rule(const gjr_sitting *step, uint32_t rule)
{
    const gjr_rule *row = &step->judge->rows->rules[rule];
    return (gjr_clause){row->position, row->basis_first, row->basis_count, GJ_SUBJECT_RULE, rule};
}

gjr_clause gjr_clause_of_power(const gjr_sitting *step, uint32_t power)
{
    const gjr_power *row = &step->judge->rows->powers[power];
    return (gjr_clause){row->position, row->basis_first, row->basis_count, GJ_SUBJECT_POST,
                        row->post};
}

gjr_clause gjr_clause_of_document(const gjr_sitting *step, uint32_t document)
{
    const gjr_document *row = &step->judge->rows->documents[document];
    return (gjr_clause){row->position, row->basis_first, row->basis_count, GJ_SUBJECT_DOCUMENT,
                        document};
}

gjr_raised *gjr_clause_note(gjr_sitting *step, gj_code code, gj_subject_kind subject,
                            uint32_t index, const gjr_clause *by)
{
    gjr_raised *raised = gjr_sitting_add(step, code, subject, index);
    if (raised != NULL) {
        raised->position = by->position;
        raised->basis_first = by->basis_first;
        raised->basis_count = by->basis_count;
    }
    return raised;
}

/* ---- values ---- */

gjr_value gjr_condition_value(gjr_sitting *step, uint32_t expression)
{
    uint32_t bare = step->judge->plan.bare_fields[expression];
    if (bare != GJR_NONE) {
        step->fields[bare] = gjr_case_field(step->judged, bare, &step->arena);
        return step->fields[bare];
    }
    const gjr_expression *row = &step->judge->rows->expressions[expression];
    for (uint32_t i = 0; i < row->fields_count; i++) {
        uint32_t field = step->judge->rows->field_refs[row->fields_first + i].field;
        if (field < step->judge->own_field_count) {
            step->fields[field] = gjr_case_field(step->judged, field, &step->arena);
        }
    }
    gjr_value value = gjr_vm_run(step->judge->rows, expression, &step->facts);
    gjr_sitting_note_natives(step);
    return value;
}

gjr_truth gjr_condition_truth(gjr_sitting *step, uint32_t expression)
{
    if (expression == GJR_NONE) {
        return GJR_TRUTH_TRUE;
    }
    gjr_value value = gjr_condition_value(step, expression);
    return !value.known           ? GJR_TRUTH_UNKNOWN
           : value.as.number != 0 ? GJR_TRUTH_TRUE
                                  : GJR_TRUTH_FALSE;
}

/* Registers that may hold the field, as far as a walk through the code in its order can say. */
typedef struct field_places {
    bool at[GJR_REGISTERS_MAX + 1];
    uint32_t ahead[GJR_REGISTERS_MAX + 1]; /* the last merge to which a way that held it has jumped,
                                              by its instruction; 0: none has */
    uint32_t next_merge;
} field_places;

static void places_join(const gjr_rows *rows, const gjr_expression *row, uint32_t at,
                        field_places *places)
{
    const gjr_merge *merge = &rows->merges[row->merges_first + places->next_merge];
    if (places->next_merge == row->merges_count || merge->at != at) {
        return;
    }
    places->next_merge++;
    for (size_t i = 0; i < GJR_REGISTERS_MAX; i++) {
        places->at[i] |= places->ahead[i] >= at;
    }
}

/* A way jumps ahead to a merge, or leaves a loop to come in there. */
static void places_leave(field_places *places, uint32_t to)
{
    for (size_t i = 0; i < GJR_REGISTERS_MAX; i++) {
        bool is_last = places->at[i] && places->ahead[i] < to;
        places->ahead[i] = is_last ? to : places->ahead[i];
    }
}

/* Whether it may be one of what a native is given. */
static bool is_argument(const gjr_rows *rows, const gjr_instruction *call,
                        const field_places *places)
{
    uint32_t count = rows->natives[call->immediate].parameters_count;
    for (uint32_t i = 0; i < count; i++) {
        if (places->at[gjr_word_a(call->word) + i]) {
            return true;
        }
    }
    return false;
}

/* Whether all the expression does with what the operation gives, a field or how many officers did
 * an act, is `… else …`, so that its being unknown made nothing unknown. Where ways come together a
 * register that holds it on one is taken to hold it. */
static bool is_guarded(const gjr_sitting *step, const gjr_expression *row, gjr_opcode giving,
                       uint32_t of)
{
    const gjr_rows *rows = step->judge->rows;
    const gjr_instruction *code = &rows->instructions[row->code_first];
    field_places places = {0};
    for (uint32_t i = 0; i < row->code_count; i++) {
        unsigned op = gjr_word_op(code[i].word), d = gjr_word_d(code[i].word);
        const gjr_opcode_row *takes = gjr_opcode_row_get(op);
        places_join(rows, row, i, &places);
        bool by_a = takes->a != GJR_KIND_NOTHING && op != GJR_OP_CALL &&
                    places.at[gjr_word_a(code[i].word)];
        if (op == GJR_OP_CALL && is_argument(rows, &code[i], &places)) {
            return false;
        }
        bool by_b = takes->b != GJR_KIND_NOTHING && places.at[gjr_word_b(code[i].word)];
        if ((by_a && op != GJR_OP_ELSE && op != GJR_OP_COPY) || by_b) {
            return false;
        }
        if (takes->result != GJR_KIND_NOTHING) {
            places.at[d] = (op == giving && code[i].immediate == of) || (op == GJR_OP_COPY && by_a);
        }
        if (takes->immediate == GJR_IMMEDIATE_AHEAD || op == GJR_OP_AGAIN) {
            places_leave(&places, op == GJR_OP_AGAIN ? i + 1 : code[i].immediate);
        }
    }
    return true;
}

/* Whether both stand for one: of actions of which one was left out on the way to the other, the
 * parameters of one name are one. */
static bool are_one(const gjr_sitting *step, gj_subject_kind subject, uint32_t a, uint32_t b)
{
    if (a == b || subject != GJ_SUBJECT_FIELD) {
        return a == b;
    }
    const gjr_field *one = &step->judge->rows->fields[a], *other = &step->judge->rows->fields[b];
    return (one->flags & other->flags & GJR_FIELD_PARAMETER) != 0 &&
           gjb_text_equal(gjr_judge_text(step->judge, one->name),
                          gjr_judge_text(step->judge, other->name));
}

/* A duty counted back is a limit and a rule: one clause, which is told of once. */
static bool is_one_duty(const gjr_sitting *step, uint32_t limit, uint32_t rule)
{
    const gjr_limit *one = &step->judge->rows->limits[limit];
    const gjr_rule *other = &step->judge->rows->rules[rule];
    return other->kind == GJR_RULE_DONE_BEFORE && one->region == other->region &&
           gjb_text_equal(gjr_judge_text(step->judge, one->name),
                          gjr_judge_text(step->judge, other->name));
}

static bool is_same(const gjr_sitting *step, const gjr_raised *raised, gj_subject_kind subject,
                    uint32_t index)
{
    uint32_t other = raised->subject_index;
    if (raised->subject == subject) {
        return are_one(step, subject, other, index);
    }
    return raised->subject == GJ_SUBJECT_LIMIT && subject == GJ_SUBJECT_RULE
               ? is_one_duty(step, other, index)
           : raised->subject == GJ_SUBJECT_RULE && subject == GJ_SUBJECT_LIMIT
               ? is_one_duty(step, index, other)
               : false;
}

bool gjr_condition_is_noted(const gjr_sitting *step, gj_subject_kind subject, uint32_t index)
{
    for (size_t i = step->raised_since; i < step->raised_count; i++) {
        const gjr_raised *raised = &step->raised[i];
        if (raised->code == GJ_MISSING_DATA && gjr_sitting_is_at_hand(raised) &&
            is_same(step, raised, subject, index)) {
            return true;
        }
    }
    return false;
}

/* What was told instead of a value of its type, or absent. */
static gj_text quoted_of(const gjr_sitting *step, uint32_t field)
{
    if (field < step->judge->own_field_count) {
        return gjr_case_quoted(step->judged, field);
    }
    for (uint32_t i = step->event->told_count; i > 0; i--) {
        if (step->event->told[i - 1].field == field) {
            return step->event->told[i - 1].quoted;
        }
    }
    return (gj_text){NULL, 0};
}

/* Where what is missing is a rule's, whether that was kept cannot be said. */
static void undecided_mark(gjr_sitting *step, const gjr_clause *by, gjr_lack_kind kind,
                           uint32_t field)
{
    if (by->subject != GJ_SUBJECT_RULE) {
        return;
    }
    gjr_lacks_take(step, (gjr_lack){.kind = kind, .rule = by->index, .field = field});
}

static void note_missing(gjr_sitting *step, gj_subject_kind subject, uint32_t index,
                         uint32_t expression, const gjr_clause *by, uint32_t sets)
{
    if (subject == GJ_SUBJECT_FIELD) {
        undecided_mark(step, by, GJR_LACK_FIELD, index);
    }
    if (gjr_condition_is_noted(step, subject, index)) {
        return;
    }
    gjr_raised *raised = gjr_clause_note(step, GJ_MISSING_DATA, subject, index, by);
    if (raised == NULL) {
        return;
    }
    raised->sets = sets;
    if (expression != GJR_NONE) {
        gjr_values_take(step, expression, raised);
    }
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
    raised->quoted = quoted_of(step, index);
}

/* Whether it asks by how many officers an act was done, and one of them was not told. */
static bool lacks_officer(const gjr_sitting *step, const gjr_expression *row)
{
    const gjr_instruction *code = &step->judge->rows->instructions[row->code_first];
    for (uint32_t i = 0; step->judge->layout.crew_count > 0 && i < row->code_count; i++) {
        uint32_t action = code[i].immediate;
        if (gjr_word_op(code[i].word) == GJR_OP_OFFICERS &&
            gjr_crew_lacks_one(step->judged, action) &&
            !is_guarded(step, row, GJR_OP_OFFICERS, action)) {
            return true;
        }
    }
    return false;
}

void gjr_condition_note_unknown(gjr_sitting *step, uint32_t expression, const gjr_clause *by,
                                uint32_t sets)
{
    const gjr_expression *row = &step->judge->rows->expressions[expression];
    bool found = false;
    for (uint32_t i = 0; i < row->fields_count; i++) {
        uint32_t field = step->judge->rows->field_refs[row->fields_first + i].field;
        if (!step->fields[field].known && !is_guarded(step, row, GJR_OP_FIELD, field)) {
            note_missing(step, GJ_SUBJECT_FIELD, field, expression, by, sets);
            found = true;
        }
    }
    bool officer = lacks_officer(step, row);
    if (officer || !found) {
        undecided_mark(step, by, officer ? GJR_LACK_OFFICER : GJR_LACK_RESULT, GJR_NONE);
    }
    if (!found && !gjr_sitting_has_failed(step, expression)) {
        note_missing(step, by->subject, by->index, expression, by, sets);
    }
}

void gjr_condition_lack(gjr_sitting *step, uint32_t expression, uint32_t rule)
{
    const gjr_expression *row = &step->judge->rows->expressions[expression];
    gjr_clause by = gjr_clause_of_rule(step, rule);
    bool found = false;
    for (uint32_t i = 0; i < row->fields_count; i++) {
        uint32_t field = step->judge->rows->field_refs[row->fields_first + i].field;
        if (!step->fields[field].known && !is_guarded(step, row, GJR_OP_FIELD, field)) {
            undecided_mark(step, &by, GJR_LACK_FIELD, field);
            found = true;
        }
    }
    bool officer = lacks_officer(step, row);
    if (officer || !found) {
        undecided_mark(step, &by, officer ? GJR_LACK_OFFICER : GJR_LACK_RESULT, GJR_NONE);
    }
}

/* ---- of limits ---- */

static gjr_clause clause_of_limit(const gjr_sitting *step, uint32_t limit)
{
    limit = gjr_layout_limit(&step->judge->layout, limit);
    const gjr_limit *row = &step->judge->rows->limits[limit];
    return (gjr_clause){row->position, row->basis_first, row->basis_count, GJ_SUBJECT_LIMIT, limit};
}

/* What a limit found from `first` on while the case was on its way: where the limit stands. */
static void underway(gjr_sitting *step, size_t first, uint32_t limit)
{
    for (size_t i = first; i < step->raised_count; i++) {
        step->raised[i].is_underway = true;
        gjr_sitting_place(step, &step->raised[i], gjr_case_limit_row(step->judged, limit)->region);
    }
}

gjr_truth gjr_condition_of_turn(gjr_sitting *step, uint32_t limit, uint32_t when,
                                const gjr_clause *by)
{
    gjr_truth truth = gjr_condition_truth(step, when);
    if (truth == GJR_TRUTH_UNKNOWN) {
        size_t before = step->raised_count;
        gjr_condition_note_unknown(step, when, by, GJR_NONE);
        underway(step, before, limit);
    }
    return truth;
}

static bool is_met(gjr_sitting *step, uint32_t limit, uint32_t when, const gjr_clause *by)
{
    return gjr_condition_of_turn(step, limit, when, by) == GJR_TRUTH_TRUE;
}

bool gjr_condition_of_trigger(gjr_sitting *step, uint32_t limit, uint32_t trigger)
{
    gjr_clause by = clause_of_limit(step, limit);
    return is_met(step, limit, step->judge->rows->triggers[trigger].when, &by);
}

bool gjr_condition_of_effect(gjr_sitting *step, uint32_t limit, uint32_t effect)
{
    gjr_clause by = clause_of_limit(step, limit);
    return is_met(step, limit, step->judge->rows->effects[effect].when, &by);
}

static gjr_clause clause_of_length(const gjr_sitting *step, uint32_t limit, uint32_t length)
{
    const gjr_length *row = &step->judge->rows->lengths[length];
    gjr_clause by = clause_of_limit(step, limit);
    return (gjr_clause){row->position, row->basis_first, row->basis_count, by.subject, by.index};
}

bool gjr_condition_of_length(gjr_sitting *step, uint32_t limit, uint32_t length)
{
    gjr_clause by = clause_of_length(step, limit, length);
    return is_met(step, limit, step->judge->rows->lengths[length].when, &by);
}

void gjr_condition_note_no_length(gjr_sitting *step, uint32_t limit, uint32_t length, bool known)
{
    uint32_t value = step->judge->rows->lengths[length].value;
    gjr_clause by = clause_of_length(step, limit, length);
    size_t before = step->raised_count;
    if (!known) {
        gjr_condition_note_unknown(step, value, &by, GJR_NONE);
    } else {
        note_missing(step, by.subject, by.index, value, &by, GJR_NONE);
    }
    for (size_t i = before; i < step->raised_count; i++) {
        if (known) {
            gjr_decisions_take(step, value, &step->raised[i]);
        }
        step->raised[i].length_of = by.index;
        step->raised[i].value_is_bad = known;
    }
    underway(step, before, limit);
}

/* The field that the limit needs, where that is not noted yet; NULL where it is. */
static gjr_raised *note_needed(gjr_sitting *step, uint32_t field, uint32_t limit)
{
    gjr_clause by = clause_of_limit(step, limit);
    size_t before = step->raised_count;
    note_missing(step, GJ_SUBJECT_FIELD, field, GJR_NONE, &by, GJR_NONE);
    if (step->raised_count == before) {
        return NULL;
    }
    underway(step, before, limit);
    return &step->raised[before];
}

void gjr_condition_note_due_unknown(gjr_sitting *step, uint32_t field, uint32_t limit)
{
    gjr_raised *raised = note_needed(step, field, limit);
    if (raised != NULL) {
        raised->due_of = gjr_layout_limit(&step->judge->layout, limit);
    }
}

void gjr_condition_note_key_unknown(gjr_sitting *step, uint32_t field, uint32_t limit)
{
    gjr_raised *raised = note_needed(step, field, limit);
    if (raised != NULL) {
        raised->key_of = limit;
    }
}

/* ---- of rules ---- */

gjr_truth gjr_condition_of_role(gjr_sitting *step, uint32_t rule, uint32_t role)
{
    uint32_t when = step->judge->rows->roles[role].when;
    gjr_truth truth = gjr_condition_truth(step, when);
    if (truth == GJR_TRUTH_UNKNOWN) {
        gjr_clause by = gjr_clause_of_rule(step, rule);
        gjr_condition_note_unknown(step, when, &by, GJR_NONE);
    }
    return truth;
}

void gjr_condition_note_rule_key_unknown(gjr_sitting *step, uint32_t field, uint32_t rule)
{
    gjr_clause by = gjr_clause_of_rule(step, rule);
    size_t before = step->raised_count;
    note_missing(step, GJ_SUBJECT_FIELD, field, GJR_NONE, &by, GJR_NONE);
    if (step->raised_count > before) {
        step->raised[before].key_of_rule = rule;
    }
}

void gjr_condition_note_officer_unknown(gjr_sitting *step, uint32_t rule)
{
    gjr_clause by = gjr_clause_of_rule(step, rule);
    undecided_mark(step, &by, GJR_LACK_OFFICER, GJR_NONE);
    note_missing(step, GJ_SUBJECT_RULE, rule, GJR_NONE, &by, GJR_NONE);
}
