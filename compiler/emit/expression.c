/* SPDX-License-Identifier: Apache-2.0
 *
 * Expressions to code: what an operation needs first goes to the register of its own result, what
 * it needs second to the next one, so registers are a stack whose depth sema has measured.
 * Recursion is bounded by GJC_EXPR_DEPTH_MAX. */
#include "emit/emitter.h"

#include "base/text.h"
#include "image/opcode.h"

static void field_read(gjc_emitter *e, uint32_t field)
{
    if (e->is_read[field])
        return;
    e->is_read[field] = true;
    e->read_fields[e->read_count++] = field;
}

static bool is_textual(gjr_type type)
{
    return type == GJR_TYPE_TEXT || type == GJR_TYPE_OFFICER;
}

static uint32_t constant_emit(gjc_emitter *e, const gjc_expr *expr)
{
    uint64_t bits = (uint64_t)expr->value;
    if (is_textual(expr->type.base))
        bits = gjc_emit_text(e, expr->text);
    return gjr_writer_add_constant(
        &e->writer,
        &(gjr_constant){
            .type = expr->type.base,
            .enumeration = expr->type.base == GJR_TYPE_ENUM ? expr->type.enumeration : GJR_NONE,
            .low = (uint32_t)bits,
            .high = (uint32_t)(bits >> 32),
        });
}

/* What is compared, or sought in a list, or counted, in the opcode for its kind of value; of a list
 * that of its items. */
static gjr_opcode opcode_for(gjr_opcode op, gjc_type of)
{
    static const struct {
        gjr_opcode plain, text, record;
    } kinds[] = {
        {GJR_OP_EQUAL, GJR_OP_EQUAL_TEXT, GJR_OP_EQUAL_RECORD},
        {GJR_OP_IN, GJR_OP_IN_TEXT, GJR_OP_IN_RECORD},
        {GJR_OP_DISTINCT, GJR_OP_DISTINCT_TEXT, GJR_OP_DISTINCT_RECORD},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (op != kinds[i].plain)
            continue;
        gjr_type type = of.base == GJR_TYPE_LIST ? of.element : of.base;
        return is_textual(type)          ? kinds[i].text
               : type == GJR_TYPE_RECORD ? kinds[i].record
                                         : kinds[i].plain;
    }
    return op;
}

static gjr_opcode opcode_of(const gjc_expr *expr)
{
    return expr->a != NULL ? opcode_for(expr->op, expr->a->type) : expr->op;
}

gjr_instruction gjc_emit_equal(gjc_type type, unsigned d, unsigned a, unsigned b)
{
    return gjr_instruction_of(opcode_for(GJR_OP_EQUAL, type), d, a, b,
                              type.base == GJR_TYPE_RECORD ? type.record : 0);
}

static uint32_t immediate_emit(gjc_emitter *e, const gjc_expr *expr)
{
    if (expr->op == GJR_OP_CONSTANT)
        return constant_emit(e, expr);
    if (expr->op == GJR_OP_FIELD)
        field_read(e, expr->target);
    if (expr->a != NULL && gjr_opcode_row_get(opcode_of(expr))->immediate == GJR_IMMEDIATE_RECORD_A)
        return expr->a->type.record;
    return expr->target == GJC_NO_INDEX ? 0 : expr->target;
}

void gjc_emit_instruction(gjc_emitter *e, gjr_instruction instruction, gjc_type type)
{
    gjr_writer_add_instruction(&e->writer, &instruction);
    e->held[gjr_word_d(instruction.word)] = type;
}

uint32_t gjc_emit_at(const gjc_emitter *e)
{
    return gjr_writer_instruction_count(&e->writer) - e->code_first;
}

static void operation_emit(gjc_emitter *e, const gjc_expr *expr, unsigned d)
{
    unsigned a = expr->a != NULL ? gjc_emit_operand(e, expr->a, d) : 0;
    unsigned free = expr->a != NULL && a == d ? d + 1 : d;
    unsigned b = expr->b != NULL ? gjc_emit_operand(e, expr->b, free) : 0;
    gjc_emit_instruction(e, gjr_instruction_of(opcode_of(expr), d, a, b, immediate_emit(e, expr)),
                         expr->type);
}

unsigned gjc_emit_operand(gjc_emitter *e, const gjc_expr *expr, unsigned d)
{
    if (expr->form == GJC_FORM_BOUND)
        return e->bound[expr->target];
    gjc_emit_code(e, expr, d);
    return d;
}

void gjc_emit_code(gjc_emitter *e, const gjc_expr *expr, unsigned d)
{
    switch (expr->form) {
    case GJC_FORM_OPERATION:
        operation_emit(e, expr, d);
        break;
    case GJC_FORM_BOUND:
        gjc_emit_instruction(e, gjr_instruction_of(GJR_OP_COPY, d, e->bound[expr->target], 0, 0),
                             expr->type);
        break;
    case GJC_FORM_LET:
    case GJC_FORM_FOLD:
    case GJC_FORM_CHOICE:
    case GJC_FORM_CALL:
        gjc_emit_form(e, expr, d);
        break;
    case GJC_FORM_ARGUMENT: /* of a call, which reads them */
        break;
    }
    if (expr->table != NULL && expr->form != GJC_FORM_CHOICE)
        gjc_emit_landmark(e, expr, d, expr->told == GJC_NO_INDEX ? d : e->bound[expr->told]);
}

static gjc_rows fields_emit(gjc_emitter *e)
{
    gjc_rows rows = {gjr_writer_field_ref_count(&e->writer), e->read_count};
    for (uint32_t i = 0; i < e->read_count; i++) {
        gjr_writer_add_field_ref(&e->writer, &(gjr_field_ref){e->read_fields[i]});
        e->is_read[e->read_fields[i]] = false;
    }
    e->read_count = 0;
    return rows;
}

uint32_t gjc_emit_expression(gjc_emitter *e, const gjc_expr *expr)
{
    if (expr == NULL)
        return GJR_NONE;
    uint32_t first_merge = gjr_writer_merge_count(&e->writer);
    uint32_t first_landmark = gjr_writer_landmark_count(&e->writer);
    e->code_first = gjr_writer_instruction_count(&e->writer);
    gjc_emit_code(e, expr, 0);
    gjr_instruction end = gjr_instruction_of(GJR_OP_RETURN, 0, 0, 0, 0);
    gjr_writer_add_instruction(&e->writer, &end);
    gjc_rows fields = fields_emit(e);
    return gjr_writer_add_expression(
        &e->writer,
        &(gjr_expression){
            .code_first = e->code_first,
            .code_count = gjc_emit_at(e),
            .register_count = expr->register_count,
            .loops = expr->loops,
            .merges_first = first_merge,
            .merges_count = gjr_writer_merge_count(&e->writer) - first_merge,
            .landmarks_first = first_landmark,
            .landmarks_count = gjr_writer_landmark_count(&e->writer) - first_landmark,
            .type = expr->type.base,
            .enumeration = expr->type.base == GJR_TYPE_ENUM ? expr->type.enumeration : GJR_NONE,
            .fields_first = fields.first,
            .fields_count = fields.count,
            .text = gjc_emit_source(e, expr->span),
            .position = gjc_emit_position(e, expr->span),
        });
}
