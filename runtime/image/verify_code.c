/* SPDX-License-Identifier: Apache-2.0
 *
 * Constants and the code of expressions. Code is straight, so one walk in its order knows what
 * every register holds at every instruction: this is the machine run on types instead of values,
 * from the same rows of opcodes.def. */
#include "image/opcode.h"
#include "image/schema.h"
#include "image/shape.h"
#include "image/verify.h"
#include "time/civil.h"

#include <string.h>

/* ---- constants -------------------------------------------------------------------------- */

static bool is_scalar(uint32_t type)
{
    return type != GJR_TYPE_NOTHING && type != GJR_TYPE_LIST && type != GJR_TYPE_RECORD;
}

static bool is_between(int64_t value, int64_t least, int64_t greatest)
{
    return least <= value && value <= greatest;
}

static bool has_value(const gjr_rows *rows, const gjr_constant *constant)
{
    int64_t value = gjr_constant_value(constant);
    const int64_t day_ms = 24 * 60 * 60 * INT64_C(1000);
    switch ((gjr_type)constant->type) {
    case GJR_TYPE_BOOL:
        return value == 0 || value == 1;
    case GJR_TYPE_DATE:
        return is_between(value, GJR_DAY_MIN, GJR_DAY_MAX);
    case GJR_TYPE_TIME: /* a day more on both sides, for zones */
        return is_between(value, (GJR_DAY_MIN - 1) * day_ms, (GJR_DAY_MAX + 2) * day_ms);
    case GJR_TYPE_TEXT:
    case GJR_TYPE_OFFICER:
        return is_between(value, 0, (int64_t)rows->string_count - 1);
    case GJR_TYPE_ENUM:
        return is_between(value, 0,
                          (int64_t)rows->enumerations[constant->enumeration].members_count - 1);
    case GJR_TYPE_NUMBER:
    case GJR_TYPE_MONEY:
    case GJR_TYPE_DURATION:
    case GJR_TYPE_NOTHING:
    case GJR_TYPE_LIST:
    case GJR_TYPE_RECORD:
    case GJR_TYPE_COUNT:
        break;
    }
    return true;
}

gj_status gjr_verify_constants(gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->constant_count; i++) {
        const gjr_constant *constant = &rows->constants[i];
        if (!is_scalar(constant->type)) {
            return GJR_REFUSE(verifier, CONSTANT_TYPE, constant, i, type);
        }
        if (!has_value(rows, constant)) {
            return GJR_REFUSE(verifier, CONSTANT_VALUE, constant, i, low);
        }
    }
    return GJ_OK;
}

/* ---- types of registers ----------------------------------------------------------------- */

/* What a register holds: NOTHING before it is written. */
static const gjr_shape nothing = {GJR_TYPE_NOTHING, GJR_TYPE_NOTHING, GJR_NONE, GJR_NONE};

static gjr_shape scalar(gjr_type of)
{
    return (gjr_shape){of, GJR_TYPE_NOTHING, GJR_NONE, GJR_NONE};
}

static bool is_amount(uint32_t type)
{
    return type == GJR_TYPE_NUMBER || type == GJR_TYPE_MONEY || type == GJR_TYPE_DURATION;
}

static bool is_ordered(uint32_t type)
{
    return is_amount(type) || type == GJR_TYPE_DATE || type == GJR_TYPE_TIME;
}

static bool is_plain(uint32_t type)
{
    return is_ordered(type) || type == GJR_TYPE_BOOL || type == GJR_TYPE_ENUM;
}

/* Whether an operand may be of the type; `a` is the first operand's. */
static bool kind_takes(gjr_kind kind, gjr_shape operand, gjr_shape a)
{
    bool list = operand.type == GJR_TYPE_LIST;
    switch (kind) {
    case GJR_KIND_NOTHING:
    case GJR_KIND_ANY:
        return true;
    case GJR_KIND_BOOL:
        return operand.type == GJR_TYPE_BOOL;
    case GJR_KIND_NUMBER:
        return operand.type == GJR_TYPE_NUMBER;
    case GJR_KIND_DATE:
        return operand.type == GJR_TYPE_DATE;
    case GJR_KIND_TIME:
        return operand.type == GJR_TYPE_TIME;
    case GJR_KIND_DURATION:
        return operand.type == GJR_TYPE_DURATION;
    case GJR_KIND_AMOUNT:
        return is_amount(operand.type);
    case GJR_KIND_ORDERED:
        return is_ordered(operand.type);
    case GJR_KIND_PLAIN:
        return is_plain(operand.type);
    case GJR_KIND_TEXTUAL:
        return gjr_type_is_textual(operand.type);
    case GJR_KIND_RECORD:
        return operand.type == GJR_TYPE_RECORD;
    case GJR_KIND_LIST:
        return list;
    case GJR_KIND_LIST_OF_AMOUNT:
        return list && is_amount(operand.element);
    case GJR_KIND_LIST_OF_ORDERED:
        return list && is_ordered(operand.element);
    case GJR_KIND_LIST_OF_PLAIN:
        return list && is_plain(operand.element);
    case GJR_KIND_LIST_OF_TEXTUAL:
        return list && gjr_type_is_textual(operand.element);
    case GJR_KIND_LIST_OF_RECORD:
        return list && operand.element == GJR_TYPE_RECORD;
    case GJR_KIND_SAME_A:
        return gjr_shape_equal(operand, a);
    case GJR_KIND_LIST_OF_A:
        return list && gjr_shape_equal(gjr_shape_element(operand), a);
    case GJR_KIND_ELEMENT_A:
    case GJR_KIND_CONSTANT_TYPE:
    case GJR_KIND_FIELD_TYPE:
    case GJR_KIND_PART_TYPE:
        break;
    }
    return false;
}

static gjr_shape constant_shape(const gjr_rows *rows, uint32_t constant)
{
    const gjr_constant *row = &rows->constants[constant];
    return (gjr_shape){row->type, GJR_TYPE_NOTHING, row->enumeration, GJR_NONE};
}

static gjr_shape part_shape(const gjr_rows *rows, gjr_shape record, uint32_t part)
{
    uint32_t count;
    return GJR_SHAPE_OF(&gjr_shape_parts(rows, record, &count)[part]);
}

static gjr_shape result_shape(const gjr_rows *rows, gjr_kind kind, uint32_t immediate, gjr_shape a)
{
    switch (kind) {
    case GJR_KIND_BOOL:
        return scalar(GJR_TYPE_BOOL);
    case GJR_KIND_NUMBER:
        return scalar(GJR_TYPE_NUMBER);
    case GJR_KIND_DATE:
        return scalar(GJR_TYPE_DATE);
    case GJR_KIND_TIME:
        return scalar(GJR_TYPE_TIME);
    case GJR_KIND_SAME_A:
        return a;
    case GJR_KIND_ELEMENT_A:
        return gjr_shape_element(a);
    case GJR_KIND_CONSTANT_TYPE:
        return constant_shape(rows, immediate);
    case GJR_KIND_FIELD_TYPE:
        return GJR_SHAPE_OF(&rows->fields[immediate]);
    case GJR_KIND_PART_TYPE:
        return part_shape(rows, a, immediate);
    case GJR_KIND_DURATION:
        return scalar(GJR_TYPE_DURATION);
    case GJR_KIND_NOTHING:
    case GJR_KIND_AMOUNT:
    case GJR_KIND_ORDERED:
    case GJR_KIND_PLAIN:
    case GJR_KIND_TEXTUAL:
    case GJR_KIND_ANY:
    case GJR_KIND_RECORD:
    case GJR_KIND_LIST:
    case GJR_KIND_LIST_OF_AMOUNT:
    case GJR_KIND_LIST_OF_ORDERED:
    case GJR_KIND_LIST_OF_PLAIN:
    case GJR_KIND_LIST_OF_TEXTUAL:
    case GJR_KIND_LIST_OF_RECORD:
    case GJR_KIND_LIST_OF_A:
        break;
    }
    return nothing;
}

/* ---- code ------------------------------------------------------------------------------- */

typedef struct code_walk {
    gjr_verifier *verifier;
    const gjr_expression *expression;
    gjr_shape registers[256];
    uint32_t *last_reader; /* a field: the last expression to read it, plus 1 */
    uint32_t reader;       /* this expression, plus 1 */
    uint32_t field_count;  /* different fields read so far */
} code_walk;

static gj_status refuse_word(const code_walk *walk, gjr_claim claim, uint32_t index)
{
    return gjr_verifier_refuse(walk->verifier, claim, GJR_TABLE_instruction, index, 0);
}

static uint32_t immediate_end(const gjr_rows *rows, gjr_immediate immediate)
{
    switch (immediate) {
    case GJR_IMMEDIATE_CONSTANT:
        return rows->constant_count;
    case GJR_IMMEDIATE_FIELD:
        return rows->field_count;
    case GJR_IMMEDIATE_ACTION:
        return rows->action_count;
    case GJR_IMMEDIATE_LIMIT:
        return rows->limit_count;
    case GJR_IMMEDIATE_NOTHING:
    case GJR_IMMEDIATE_PART: /* of a's record, which is known with the operands */
    case GJR_IMMEDIATE_RECORD_A:
        break;
    }
    return UINT32_MAX;
}

/* What the opcode does not use is 0, what it uses is there. */
static gj_status verify_form(const code_walk *walk, uint32_t index, const gjr_opcode_row *op)
{
    const gjr_instruction *row = &walk->verifier->rows->instructions[index];
    unsigned d = gjr_word_d(row->word), a = gjr_word_a(row->word), b = gjr_word_b(row->word);
    bool has_d = op->result != GJR_KIND_NOTHING;
    bool has_a = op->a != GJR_KIND_NOTHING, has_b = op->b != GJR_KIND_NOTHING;
    bool has_immediate = op->immediate != GJR_IMMEDIATE_NOTHING;
    if ((!has_d && d != 0) || (!has_a && a != 0) || (!has_b && b != 0) ||
        (!has_immediate && row->immediate != 0)) {
        return refuse_word(walk, GJR_CLAIM_UNUSED_ZERO, index);
    }
    uint32_t count = walk->expression->register_count;
    if (d >= count || a >= count || b >= count) {
        return refuse_word(walk, GJR_CLAIM_REGISTER, index);
    }
    if (row->immediate >= immediate_end(walk->verifier->rows, op->immediate)) {
        return GJR_REFUSE(walk->verifier, IMMEDIATE, instruction, index, immediate);
    }
    return GJ_OK;
}

static gj_status verify_operands(const code_walk *walk, uint32_t index, const gjr_opcode_row *op)
{
    uint32_t word = walk->verifier->rows->instructions[index].word;
    gjr_shape a = walk->registers[gjr_word_a(word)], b = walk->registers[gjr_word_b(word)];
    if ((op->a != GJR_KIND_NOTHING && a.type == GJR_TYPE_NOTHING) ||
        (op->b != GJR_KIND_NOTHING && b.type == GJR_TYPE_NOTHING)) {
        return refuse_word(walk, GJR_CLAIM_REGISTER_WRITTEN, index);
    }
    if (!kind_takes(op->a, a, a) || !kind_takes(op->b, b, a)) {
        return refuse_word(walk, GJR_CLAIM_OPERAND_TYPE, index);
    }
    return GJ_OK;
}

/* What the immediate says of a's record. */
static gj_status verify_record(const code_walk *walk, uint32_t index, const gjr_opcode_row *op)
{
    const gjr_rows *rows = walk->verifier->rows;
    const gjr_instruction *row = &rows->instructions[index];
    gjr_shape a = walk->registers[gjr_word_a(row->word)];
    if (op->immediate == GJR_IMMEDIATE_PART &&
        row->immediate >= rows->record_types[a.record].parts_count) {
        return GJR_REFUSE(walk->verifier, PART, instruction, index, immediate);
    }
    if (op->immediate == GJR_IMMEDIATE_RECORD_A && row->immediate != a.record) {
        return GJR_REFUSE(walk->verifier, RECORD_COMPARED, instruction, index, immediate);
    }
    return GJ_OK;
}

/* Whether a first reading of the field is the next that the expression lists. */
static bool lists_field(code_walk *walk, uint32_t field)
{
    const gjr_expression *expression = walk->expression;
    if (walk->last_reader[field] == walk->reader) {
        return true;
    }
    walk->last_reader[field] = walk->reader;
    uint32_t next = walk->field_count++;
    return next < expression->fields_count &&
           walk->verifier->rows->field_refs[expression->fields_first + next].field == field;
}

static gj_status verify_instruction(code_walk *walk, uint32_t index, bool last)
{
    const gjr_rows *rows = walk->verifier->rows;
    const gjr_instruction *row = &rows->instructions[index];
    unsigned opcode = gjr_word_op(row->word);
    if (opcode >= GJR_OPCODE_COUNT) {
        return refuse_word(walk, GJR_CLAIM_OPCODE, index);
    }
    if ((opcode == GJR_OP_RETURN) != last) {
        return refuse_word(walk, GJR_CLAIM_RETURN_LAST, index);
    }
    const gjr_opcode_row *op = gjr_opcode_row_get(opcode);
    gj_status status = verify_form(walk, index, op);
    if (status == GJ_OK) {
        status = verify_operands(walk, index, op);
    }
    if (status == GJ_OK) {
        status = verify_record(walk, index, op);
    }
    if (status == GJ_OK && !last) {
        walk->registers[gjr_word_d(row->word)] =
            result_shape(rows, op->result, row->immediate, walk->registers[gjr_word_a(row->word)]);
    }
    return status;
}

static gj_status verify_code(code_walk *walk, uint32_t expression)
{
    uint32_t first = walk->expression->code_first, count = walk->expression->code_count;
    if (count < 1 || count > GJR_CODE_MAX) {
        return GJR_REFUSE(walk->verifier, CODE, expression, expression, code_first);
    }
    for (uint32_t i = 0; i < count; i++) {
        gj_status status = verify_instruction(walk, first + i, i + 1 == count);
        if (status != GJ_OK) {
            return status;
        }
    }
    return GJ_OK;
}

static bool returns_as_declared(const code_walk *walk)
{
    const gjr_expression *expression = walk->expression;
    uint32_t last = expression->code_first + expression->code_count - 1;
    gjr_shape result = walk->registers[gjr_word_a(walk->verifier->rows->instructions[last].word)];
    gjr_shape declared = {expression->type, GJR_TYPE_NOTHING, expression->enumeration, GJR_NONE};
    return is_scalar(expression->type) && gjr_shape_equal(result, declared);
}

static bool reads_as_listed(code_walk *walk)
{
    const gjr_expression *expression = walk->expression;
    const gjr_instruction *code = &walk->verifier->rows->instructions[expression->code_first];
    walk->field_count = 0;
    for (uint32_t i = 0; i < expression->code_count; i++) {
        if (gjr_word_op(code[i].word) == GJR_OP_FIELD && !lists_field(walk, code[i].immediate)) {
            return false;
        }
    }
    return walk->field_count == expression->fields_count;
}

static gj_status verify_expression(code_walk *walk, uint32_t index)
{
    const gjr_expression *expression = &walk->verifier->rows->expressions[index];
    if (expression->register_count < 1 || expression->register_count > GJR_REGISTERS_MAX) {
        return GJR_REFUSE(walk->verifier, REGISTER_COUNT, expression, index, register_count);
    }
    walk->expression = expression;
    walk->reader = index + 1;
    for (uint32_t i = 0; i < expression->register_count; i++) {
        walk->registers[i] = nothing;
    }
    gj_status status = verify_code(walk, index);
    if (status != GJ_OK) {
        return status;
    }
    if (!returns_as_declared(walk)) {
        return GJR_REFUSE(walk->verifier, RESULT_TYPE, expression, index, type);
    }
    if (!reads_as_listed(walk)) {
        return GJR_REFUSE(walk->verifier, EXPRESSION_FIELDS, expression, index, fields_first);
    }
    return GJ_OK;
}

gj_status gjr_verify_expressions(gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    code_walk walk = {.verifier = verifier};
    walk.last_reader =
        gjb_arena_make(&verifier->arena, rows->field_count, sizeof *walk.last_reader);
    if (walk.last_reader == NULL) {
        return GJ_NO_MEMORY;
    }
    for (uint32_t i = 0; i < rows->expression_count; i++) {
        gj_status status = verify_expression(&walk, i);
        if (status != GJ_OK) {
            return status;
        }
    }
    return GJ_OK;
}
