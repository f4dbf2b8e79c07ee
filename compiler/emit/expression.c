/* SPDX-License-Identifier: Apache-2.0
 *
 * Expressions to straight code: what an operation needs first goes to the register of its own
 * result, what it needs second to the next one, so registers are a stack whose depth sema has
 * measured. Recursion is bounded by GJC_TREE_DEPTH_MAX. */
#include "emit/emitter.h"

#include "base/text.h"
#include "image/opcode.h"

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
        &e->writer,
        &(gjr_constant){
            .type = expr->type.base,
            .enumeration = expr->type.base == GJR_TYPE_ENUM ? expr->type.enumeration : GJR_NONE,
            .low = (uint32_t)bits,
            .high = (uint32_t)(bits >> 32),
        });
}

/* What is compared, or sought in a list, or counted, in the opcode for its kind of value. */
static gjr_opcode opcode_of(const gjc_expr *expr)
{
    static const struct {
        gjr_opcode plain, text, record;
    } kinds[] = {
        {GJR_OP_EQUAL, GJR_OP_EQUAL_TEXT, GJR_OP_EQUAL_RECORD},
        {GJR_OP_IN, GJR_OP_IN_TEXT, GJR_OP_IN_RECORD},
        {GJR_OP_DISTINCT, GJR_OP_DISTINCT_TEXT, GJR_OP_DISTINCT_RECORD},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (expr->op != kinds[i].plain)
            continue;
        gjr_type type =
            expr->a->type.base == GJR_TYPE_LIST ? expr->a->type.element : expr->a->type.base;
        return is_textual(type)          ? kinds[i].text
               : type == GJR_TYPE_RECORD ? kinds[i].record
                                         : kinds[i].plain;
    }
    return expr->op;
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

/* ---- its words ---- */

static bool starts(gj_text text, size_t at, const char *with)
{
    size_t size = strlen(with);
    return text.size - at >= size && memcmp(text.bytes + at, with, size) == 0;
}

/* The bytes of white space or of a comment that stand here, as the scanner skips them. */
static size_t blank_size(gj_text text, size_t at)
{
    static const char *const blanks[] = {" ", "\t", "\r", "\f", "\n", "\xc2\xa0", "\xe3\x80\x80"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (starts(text, at, blanks[i]))
            return strlen(blanks[i]);
    if (!starts(text, at, "#") && !starts(text, at, "//"))
        return 0;
    const char *end = memchr(text.bytes + at, '\n', text.size - at);
    return end != NULL ? (size_t)(end - text.bytes) - at : text.size - at;
}

/* The bytes of what stands between quotes, whose blanks are its own, or of one byte. */
static size_t piece_size(gj_text text, size_t at)
{
    static const char *const quotes[][2] = {{"\"", "\""}, {"“", "”"}, {"「", "」"}, {"`", "`"}};
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        if (!starts(text, at, quotes[i][0]))
            continue;
        for (size_t end = at + strlen(quotes[i][0]); end < text.size; end++)
            if (starts(text, end, quotes[i][1]))
                return end + strlen(quotes[i][1]) - at;
    }
    return 1;
}

/* As it stands in the source, on one line and without comments. */
static uint32_t source_emit(gjc_emitter *e, gjc_span span)
{
    gj_text text = gjc_sources_text(e->sources, span);
    char *line = gjb_arena_make(&e->scratch, text.size + 1, 1);
    if (line == NULL) {
        e->out_of_memory = true;
        return 0;
    }
    size_t size = 0, blank, piece;
    bool apart = false;
    for (size_t i = 0; i < text.size; i += piece) {
        for (; i < text.size && (blank = blank_size(text, i)) > 0; i += blank)
            apart = size > 0;
        piece = i < text.size ? piece_size(text, i) : 0;
        if (piece == 0)
            break;
        if (apart)
            line[size++] = ' ';
        memcpy(line + size, text.bytes + i, piece);
        size += piece;
        apart = false;
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
            .enumeration = expr->type.base == GJR_TYPE_ENUM ? expr->type.enumeration : GJR_NONE,
            .fields_first = fields.first,
            .fields_count = fields.count,
            .text = source_emit(e, expr->span),
            .position = gjc_emit_position(e, expr->span),
        });
}
