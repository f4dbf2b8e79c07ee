/* SPDX-License-Identifier: Apache-2.0
 *
 * The code of expressions: instruction by instruction, what it takes and what it gives, from the
 * rows of opcodes.def. Where it leads is verify_flow.c's. See verify_code.h. */
#include "image/verify_code.h"
#include "image/verify_kinds.h"

static gj_status refuse_word(const gjr_code_walk *walk, gjr_claim claim, uint32_t index)
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
    case GJR_IMMEDIATE_NATIVE:
        return rows->native_count;
    case GJR_IMMEDIATE_NOTHING:
    case GJR_IMMEDIATE_PART: /* of a's record, which is known with the operands */
    case GJR_IMMEDIATE_RECORD_A:
    case GJR_IMMEDIATE_AHEAD: /* of the expression: verify_flow.c's */
    case GJR_IMMEDIATE_BACK:
        break;
    }
    return UINT32_MAX;
}

/* What the opcode does not use is 0, what it uses is there. */
static gj_status verify_form(const gjr_code_walk *walk, uint32_t index, const gjr_opcode_row *op)
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

/* A native's, in as many registers from a on. */
static gj_status verify_arguments(const gjr_code_walk *walk, uint32_t index)
{
    const gjr_rows *rows = walk->verifier->rows;
    const gjr_instruction *row = &rows->instructions[index];
    const gjr_native *native = &rows->natives[row->immediate];
    unsigned a = gjr_word_a(row->word);
    if (native->parameters_count == 0 && a != 0) {
        return refuse_word(walk, GJR_CLAIM_UNUSED_ZERO, index);
    }
    if (a + native->parameters_count > walk->expression->register_count) {
        return refuse_word(walk, GJR_CLAIM_REGISTER, index);
    }
    for (uint32_t i = 0; i < native->parameters_count; i++) {
        const gjr_native_parameter *wanted = &rows->native_parameters[native->parameters_first + i];
        gjr_shape given = walk->registers[a + i];
        if (given.type == GJR_TYPE_NOTHING) {
            return refuse_word(walk, GJR_CLAIM_REGISTER_WRITTEN, index);
        }
        if (!gjr_shape_equal(given, GJR_SHAPE_PLAIN(wanted))) {
            return refuse_word(walk, GJR_CLAIM_OPERAND_TYPE, index);
        }
    }
    return GJ_OK;
}

static gj_status verify_operands(const gjr_code_walk *walk, uint32_t index,
                                 const gjr_opcode_row *op)
{
    uint32_t word = walk->verifier->rows->instructions[index].word;
    gjr_shape a = walk->registers[gjr_word_a(word)], b = walk->registers[gjr_word_b(word)];
    if (op->a == GJR_KIND_ARGUMENTS) {
        return verify_arguments(walk, index);
    }
    if ((op->a != GJR_KIND_NOTHING && a.type == GJR_TYPE_NOTHING) ||
        (op->b != GJR_KIND_NOTHING && b.type == GJR_TYPE_NOTHING)) {
        return refuse_word(walk, GJR_CLAIM_REGISTER_WRITTEN, index);
    }
    if (!gjr_kind_takes(op->a, a, a) || !gjr_kind_takes(op->b, b, a)) {
        return refuse_word(walk, GJR_CLAIM_OPERAND_TYPE, index);
    }
    return GJ_OK;
}

/* What the immediate says of a's record. */
static gj_status verify_record(const gjr_code_walk *walk, uint32_t index, const gjr_opcode_row *op)
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
static bool lists_field(gjr_code_walk *walk, uint32_t field)
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

/* Instruction `at` of the expression. */
static gj_status verify_instruction(gjr_code_walk *walk, uint32_t at)
{
    const gjr_rows *rows = walk->verifier->rows;
    uint32_t index = walk->expression->code_first + at;
    const gjr_instruction *row = &rows->instructions[index];
    unsigned opcode = gjr_word_op(row->word);
    if (opcode >= GJR_OPCODE_COUNT) {
        return refuse_word(walk, GJR_CLAIM_OPCODE, index);
    }
    if ((opcode == GJR_OP_RETURN) != (at + 1 == walk->expression->code_count)) {
        return refuse_word(walk, GJR_CLAIM_RETURN_LAST, index);
    }
    const gjr_opcode_row *op = gjr_opcode_row_get(opcode);
    gj_status status = verify_form(walk, index, op);
    if (status == GJ_OK) {
        status = gjr_flow_arrive(walk, at);
    }
    if (status == GJ_OK) {
        status = gjr_landmarks_arrive(walk, at);
    }
    if (status == GJ_OK) {
        status = verify_operands(walk, index, op);
    }
    if (status == GJ_OK) {
        status = verify_record(walk, index, op);
    }
    if (status == GJ_OK) {
        status = gjr_flow_leave(walk, at, op);
    }
    if (status == GJ_OK && op->result != GJR_KIND_NOTHING) {
        walk->registers[gjr_word_d(row->word)] = gjr_kind_result(
            rows, op->result, row->immediate, walk->registers[gjr_word_a(row->word)]);
    }
    return status;
}

static gj_status verify_code(gjr_code_walk *walk)
{
    uint32_t count = walk->expression->code_count;
    if (count < 1 || count > GJR_CODE_MAX) {
        return GJR_REFUSE(walk->verifier, CODE, expression, walk->row, code_first);
    }
    gj_status status = gjr_flow_begin(walk);
    walk->next_landmark = 0;
    for (uint32_t i = 0; status == GJ_OK && i < count; i++) {
        status = verify_instruction(walk, i);
    }
    if (status == GJ_OK) {
        status = gjr_flow_end(walk);
    }
    return status == GJ_OK ? gjr_landmarks_end(walk) : status;
}

static bool returns_as_declared(const gjr_code_walk *walk)
{
    const gjr_expression *expression = walk->expression;
    uint32_t last = expression->code_first + expression->code_count - 1;
    gjr_shape result = walk->registers[gjr_word_a(walk->verifier->rows->instructions[last].word)];
    gjr_shape declared = {expression->type, GJR_TYPE_NOTHING, expression->enumeration, GJR_NONE};
    return gjr_type_is_scalar(expression->type) && gjr_shape_equal(result, declared);
}

static bool reads_as_listed(gjr_code_walk *walk)
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

static gj_status verify_expression(gjr_code_walk *walk, uint32_t index)
{
    const gjr_expression *expression = &walk->verifier->rows->expressions[index];
    if (expression->register_count < 1 || expression->register_count > GJR_REGISTERS_MAX) {
        return GJR_REFUSE(walk->verifier, REGISTER_COUNT, expression, index, register_count);
    }
    walk->expression = expression;
    walk->row = index;
    walk->reader = index + 1;
    for (uint32_t i = 0; i < expression->register_count; i++) {
        walk->registers[i] = gjr_shape_nothing;
    }
    gj_status status = verify_code(walk);
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
    gjr_code_walk walk = {.verifier = verifier};
    walk.last_reader =
        gjb_arena_make(&verifier->arena, rows->field_count, sizeof *walk.last_reader);
    walk.is_jumped_to =
        gjb_arena_make(&verifier->arena, rows->merge_count, sizeof *walk.is_jumped_to);
    if (walk.last_reader == NULL || walk.is_jumped_to == NULL) {
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
