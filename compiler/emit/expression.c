/* SPDX-License-Identifier: Apache-2.0
 *
 * Expressions to straight code: what an operation needs first goes to the register of its own result,
 * what it needs second to the next one, so registers are a stack whose depth sema has measured.
 * Recursion is bounded by GJC_TREE_DEPTH_MAX. */
#include "emit/emitter.h"

#include "base/text.h"

#include <string.h>

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
        &e->writer, &(gjr_constant){
                        .type = expr->type.base,
                        .enumeration = expr->type.base == GJR_TYPE_ENUM ? expr->type.enumeration
                                                                        : GJR_NONE,
                        .low = (uint32_t)bits,
                        .high = (uint32_t)(bits >> 32),
                    });
}

static uint32_t immediate_emit(gjc_emitter *e, const gjc_expr *expr)
{
    if (expr->op == GJR_OP_CONSTANT)
        return constant_emit(e, expr);
    if (expr->op == GJR_OP_FIELD)
        field_read(e, expr->target);
    return expr->target == GJC_NO_INDEX ? 0 : expr->target;
}

/* The machine compares texts with opcodes of their own, since its registers carry no type. */
static gjr_opcode opcode_of(const gjc_expr *expr)
{
    if (expr->a == NULL)
        return expr->op;
    if (expr->op == GJR_OP_EQUAL && is_textual(expr->a->type.base))
        return GJR_OP_EQUAL_TEXT;
    if (expr->op == GJR_OP_IN && is_textual(expr->a->type.base))
        return GJR_OP_IN_TEXT;
    if (expr->op == GJR_OP_DISTINCT && is_textual(expr->a->type.element))
        return GJR_OP_DISTINCT_TEXT;
    return expr->op;
}

static void code_emit(gjc_emitter *e, const gjc_expr *expr, unsigned d)
{
    if (expr->a != NULL)
        code_emit(e, expr->a, d);
    if (expr->b != NULL)
        code_emit(e, expr->b, d + 1);
    gjr_instruction instruction =
        gjr_instruction_of(opcode_of(expr), d, expr->a != NULL ? d : 0, expr->b != NULL ? d + 1 : 0,
                           immediate_emit(e, expr));
    gjr_writer_add_instruction(&e->writer, &instruction);
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

/* As it stands in the source, on one line. */
static uint32_t source_emit(gjc_emitter *e, gjc_span span)
{
    gj_text text = gjc_sources_text(e->sources, span);
    char *line = gjb_arena_make(&e->scratch, text.size + 1, 1);
    if (line == NULL) {
        e->out_of_memory = true;
        return 0;
    }
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        bool is_space = strchr(" \t\r\n", text.bytes[i]) != NULL;
        if (!is_space || (size > 0 && line[size - 1] != ' '))
            line[size++] = is_space ? ' ' : text.bytes[i];
    }
    return gjc_emit_text(e, (gj_text){line, size});
}

uint32_t gjc_emit_expression(gjc_emitter *e, const gjc_expr *expr)
{
    if (expr == NULL)
        return GJR_NONE;
    uint32_t first = gjr_writer_instruction_count(&e->writer);
    code_emit(e, expr, 0);
    gjr_instruction end = gjr_instruction_of(GJR_OP_RETURN, 0, 0, 0, 0);
    gjr_writer_add_instruction(&e->writer, &end);
    gjc_rows fields = fields_emit(e);
    return gjr_writer_add_expression(
        &e->writer,
        &(gjr_expression){
            .code_first = first,
            .code_count = gjr_writer_instruction_count(&e->writer) - first,
            .register_count = expr->register_count,
            .type = expr->type.base,
            .enumeration =
                expr->type.base == GJR_TYPE_ENUM ? expr->type.enumeration : GJR_NONE,
            .fields_first = fields.first,
            .fields_count = fields.count,
            .text = source_emit(e, expr->span),
            .position = gjc_emit_position(e, expr->span),
        });
}
