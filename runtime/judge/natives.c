/* SPDX-License-Identifier: Apache-2.0
 *
 * See natives.h. */
#include "judge/natives.h"

#include "base/text.h"
#include "image/image.h"
#include "image/opcode.h"
#include "image/shape.h"
#include "native/natives.h"
#include "native/wire.h"

/* ---- binding ---- */

static gj_native_type type_of(uint32_t type, uint32_t element)
{
    _Static_assert((int)GJR_TYPE_OFFICER - (int)GJR_TYPE_BOOL ==
                       (int)GJ_SCALAR_OFFICER - (int)GJ_SCALAR_BOOL,
                   "types in one order");
    bool list = type == GJR_TYPE_LIST;
    uint32_t scalar = list ? element : type;
    scalar = scalar == GJR_TYPE_ENUM ? GJR_TYPE_TEXT : scalar; /* by its members' names */
    return (gj_native_type){(gj_scalar)(scalar - GJR_TYPE_BOOL), list};
}

/* What the procedure says of it; the parameters are the caller's room. */
static gj_native_signature signature_of(const gjr_rows *rows, uint32_t native,
                                        gj_native_type *parameters)
{
    const gjr_native *row = &rows->natives[native];
    for (uint32_t i = 0; i < row->parameters_count; i++) {
        const gjr_native_parameter *parameter = &rows->native_parameters[row->parameters_first + i];
        parameters[i] = type_of(parameter->type, parameter->element);
    }
    return (gj_native_signature){.name = gjr_rows_text(rows, row->name),
                                 .library = gjr_rows_text(rows, row->library),
                                 .parameters = parameters,
                                 .parameter_count = row->parameters_count,
                                 .result = type_of(row->type, row->element),
                                 .pure = (row->flags & GJR_NATIVE_PURE) != 0};
}

gj_status gjr_judge_natives_bind(gj_judge *judge, const gj_natives *natives)
{
    const gjr_rows *rows = judge->rows;
    gj_native_type parameters[GJR_NATIVE_PARAMETERS_MAX];
    size_t *granted = gjb_arena_make(&judge->arena, rows->native_count, sizeof *granted);
    if (granted == NULL) {
        return GJ_NO_MEMORY;
    }
    for (uint32_t i = 0; i < rows->native_count; i++) {
        gj_native_signature wanted = signature_of(rows, i, parameters);
        granted[i] = natives == NULL ? GJ_NO_INDEX : gjr_natives_find_as(natives, &wanted);
        if (granted[i] == GJ_NO_INDEX) {
            return GJ_UNGRANTED;
        }
    }
    judge->natives = natives;
    judge->granted = granted;
    return GJ_OK;
}

gj_native_type gjr_judge_native_result(const gj_judge *judge, uint32_t native)
{
    const gjr_native *row = &judge->rows->natives[native];
    return type_of(row->type, row->element);
}

gj_status gj_natives_check(gj_natives *natives, const gj_image *image, size_t procedure)
{
    if (natives == NULL || image == NULL || procedure >= image->unit_count) {
        return GJ_BAD_ARGUMENT;
    }
    const gjr_rows *rows = gjr_image_rows(image, procedure);
    gj_native_type parameters[GJR_NATIVE_PARAMETERS_MAX];
    gj_status status = GJ_OK;
    for (uint32_t i = 0; status == GJ_OK && i < rows->native_count; i++) {
        gj_native_signature wanted = signature_of(rows, i, parameters);
        status = gjr_natives_check_as(natives, &wanted);
    }
    return status;
}

/* ---- what passes ---- */

/* By its name alone: a title may be another's. */
static uint32_t member_named(const gj_judge *judge, uint32_t enumeration, gj_text name)
{
    const gjr_enumeration *of = &judge->rows->enumerations[enumeration];
    for (uint32_t i = 0; i < of->members_count; i++) {
        uint32_t member = judge->rows->members[of->members_first + i].name;
        if (gjb_text_equal(gjr_judge_text(judge, member), name)) {
            return i;
        }
    }
    return GJR_NONE;
}

static gj_native_value scalar_out(const gj_judge *judge, gjr_shape shape, gjr_value value)
{
    if (shape.type == GJR_TYPE_ENUM) {
        const gjr_enumeration *of = &judge->rows->enumerations[shape.enumeration];
        uint32_t member = of->members_first + (uint32_t)value.as.number;
        return (gj_native_value){.text = gjr_judge_text(judge, judge->rows->members[member].name)};
    }
    return gjr_type_is_textual(shape.type) ? (gj_native_value){.text = value.as.text}
                                           : (gj_native_value){.number = value.as.number};
}

/* False where it is unknown, or one of its items is. */
static bool value_out(gjr_sitting *step, gjr_shape shape, gjr_value value, gj_native_value *out)
{
    if (!value.known) {
        return false;
    }
    if (shape.type != GJR_TYPE_LIST) {
        *out = scalar_out(step->judge, shape, value);
        return true;
    }
    size_t count = value.as.list.count;
    gj_native_value *items = gjb_arena_make(&step->arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        if (items == NULL || !value.as.list.items[i].known) {
            return false;
        }
        items[i] = scalar_out(step->judge, gjr_shape_element(shape), value.as.list.items[i]);
    }
    *out = (gj_native_value){.items = items, .item_count = count};
    return true;
}

/* Unknown where it names no member of the choice. */
static gjr_value scalar_in(const gj_judge *judge, gjr_shape shape, const gj_native_value *value)
{
    gjr_value in = {.known = true};
    if (shape.type == GJR_TYPE_ENUM) {
        uint32_t member = member_named(judge, shape.enumeration, value->text);
        in.known = member != GJR_NONE;
        in.as.number = member;
    } else if (gjr_type_is_textual(shape.type)) {
        in.as.text = value->text;
    } else {
        in.as.number = value->number;
    }
    return in;
}

/* Unknown where it is no value of the shape after all. */
static gjr_value value_in(gjr_sitting *step, gjr_shape shape, const gj_native_value *value)
{
    if (shape.type != GJR_TYPE_LIST) {
        return scalar_in(step->judge, shape, value);
    }
    bool valid = true;
    gjr_value *items = gjb_arena_make(&step->arena, value->item_count, sizeof *items);
    for (size_t i = 0; items != NULL && i < value->item_count; i++) {
        items[i] = scalar_in(step->judge, gjr_shape_element(shape), &value->items[i]);
        valid = valid && items[i].known;
    }
    step->no_memory |= items == NULL;
    gjr_value in = {.known = items != NULL && valid};
    in.as.list.items = items;
    in.as.list.count = value->item_count;
    return in;
}

/* ---- asking ---- */

/* The native and its arguments, and of an impure one the event. */
static bool key_make(const gjr_sitting *step, uint32_t native, const gj_native_value *arguments,
                     gjb_buffer *key)
{
    const gjr_rows *rows = step->judge->rows;
    const gjr_native *row = &rows->natives[native];
    gjb_buffer_reset(key);
    gjb_buffer_add_u32(key, native);
    if ((row->flags & GJR_NATIVE_PURE) == 0 && step->event != NULL) {
        gjr_wire_put_text(key, step->event->source);
        gjr_wire_put_text(key, step->event->id);
    }
    for (uint32_t i = 0; i < row->parameters_count; i++) {
        const gjr_native_parameter *parameter = &rows->native_parameters[row->parameters_first + i];
        gjr_wire_put_value(key, type_of(parameter->type, parameter->element), &arguments[i]);
    }
    return !key->failed;
}

static gjr_answer ask(gjr_sitting *step, uint32_t native, const gj_native_value *arguments,
                      gjb_arena *arena)
{
    gjr_answer answer = {.how = {.failure = GJ_NATIVE_FAILURE_NONE}};
    answer.how = gjr_natives_call(step->judge->natives, step->judge->granted[native], arguments,
                                  arena, &answer.value);
    step->no_memory |= arena->failed;
    return answer;
}

/* From the record, or from the native and then into the record. */
static gjr_answer answer_get(gjr_sitting *step, uint32_t native, const gj_native_value *arguments)
{
    gjr_answers *answers = step->answers;
    if (answers == NULL) {
        return ask(step, native, arguments, &step->arena);
    }
    if (!key_make(step, native, arguments, &answers->key)) {
        step->no_memory = true;
        return (gjr_answer){.how = {.known = false}};
    }
    const gjr_answer *known = gjr_answers_find(answers);
    if (known != NULL) {
        return *known;
    }
    gjr_answer answer = ask(step, native, arguments, &answers->arena);
    gjr_answer *kept = step->no_memory ? NULL : gjr_answers_add(answers);
    step->no_memory |= kept == NULL;
    if (kept != NULL) {
        kept->how = answer.how;
        kept->value = answer.value;
    }
    return answer;
}

static void failure_mark(gjr_sitting *step, uint32_t native, gjr_native_answer how)
{
    if (step->failures == NULL) {
        step->failures =
            gjb_arena_make(&step->arena, step->judge->rows->native_count, sizeof *step->failures);
    }
    step->no_memory |= step->failures == NULL;
    if (step->failures != NULL) {
        step->failures[native] = how;
        step->has_failures = true;
    }
}

/* As the native takes them; false where one is unknown, or an item of it. */
static bool arguments_out(gjr_sitting *step, uint32_t native, const gjr_value *arguments,
                          gj_native_value *given)
{
    const gjr_rows *rows = step->judge->rows;
    const gjr_native *row = &rows->natives[native];
    for (uint32_t i = 0; i < row->parameters_count; i++) {
        const gjr_native_parameter *parameter = &rows->native_parameters[row->parameters_first + i];
        if (!value_out(step, GJR_SHAPE_PLAIN(parameter), arguments[i], &given[i])) {
            return false;
        }
    }
    return true;
}

gjr_value gjr_sitting_recall(void *payload, uint32_t native, const gjr_value *arguments)
{
    gjr_sitting *step = payload;
    gjr_answers *answers = step->answers;
    gj_native_value given[GJR_NATIVE_PARAMETERS_MAX] = {{0}};
    if (answers == NULL || !arguments_out(step, native, arguments, given)) {
        return (gjr_value){.known = false};
    }
    const gjr_answer *known =
        key_make(step, native, given, &answers->key) ? gjr_answers_find(answers) : NULL;
    return known != NULL && known->how.known
               ? value_in(step, GJR_SHAPE_PLAIN(&step->judge->rows->natives[native]), &known->value)
               : (gjr_value){.known = false};
}

gjr_value gjr_sitting_call(void *payload, uint32_t native, const gjr_value *arguments)
{
    gjr_sitting *step = payload;
    const gjr_rows *rows = step->judge->rows;
    const gjr_native *row = &rows->natives[native];
    gj_native_value given[GJR_NATIVE_PARAMETERS_MAX] = {{0}};
    if (!arguments_out(step, native, arguments, given)) {
        return (gjr_value){.known = false};
    }
    gjr_answer answer = answer_get(step, native, given);
    gjr_value value = {.known = false};
    if (answer.how.known) {
        value = value_in(step, GJR_SHAPE_PLAIN(row), &answer.value);
        answer.how.failure = value.known ? GJ_NATIVE_FAILURE_NONE : GJ_NATIVE_RUBBISH;
    }
    if (answer.how.failure != GJ_NATIVE_FAILURE_NONE) {
        failure_mark(step, native, answer.how);
    }
    return value;
}

/* ---- notes ---- */

static bool is_noted(const gjr_sitting *step, uint32_t native)
{
    for (size_t i = step->raised_since; i < step->raised_count; i++) {
        const gjr_raised *raised = &step->raised[i];
        if (raised->code == GJ_NATIVE_FAILED && gjr_sitting_is_at_hand(raised) &&
            raised->subject_index == native) {
            return true;
        }
    }
    return false;
}

void gjr_sitting_note_natives(gjr_sitting *step)
{
    const gjr_rows *rows = step->judge->rows;
    for (uint32_t i = 0; step->has_failures && i < rows->native_count; i++) {
        gjr_native_answer how = step->failures[i];
        step->failures[i].failure = GJ_NATIVE_FAILURE_NONE;
        if (how.failure == GJ_NATIVE_FAILURE_NONE || is_noted(step, i)) {
            continue;
        }
        gjr_raised *raised = gjr_sitting_add(step, GJ_NATIVE_FAILED, GJ_SUBJECT_NATIVE, i);
        if (raised != NULL) {
            raised->position = rows->natives[i].position;
            raised->failure = (uint32_t)how.failure;
            raised->failure_number = how.number;
        }
    }
    step->has_failures = false;
}

bool gjr_sitting_has_failed(const gjr_sitting *step, uint32_t expression)
{
    const gjr_rows *rows = step->judge->rows;
    const gjr_expression *row = &rows->expressions[expression];
    for (uint32_t i = 0; rows->native_count > 0 && i < row->code_count; i++) {
        const gjr_instruction *code = &rows->instructions[row->code_first + i];
        if (gjr_word_op(code->word) == GJR_OP_CALL && is_noted(step, code->immediate)) {
            return true;
        }
    }
    return false;
}
