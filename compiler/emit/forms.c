/* SPDX-License-Identifier: Apache-2.0
 *
 * Code that jumps: names, choices, and walks through lists. A list is walked in a register of its
 * own, which `each` makes shorter. Wherever ways come together stands a merge, which says what the
 * registers in use hold; so the verifier needs one walk. What is needed beside the parts is counted
 * in sema/operations.c. */
#include "emit/emitter.h"

#include "sema/types.h"

/* ---- jumping ---- */

/* Jumps that wait for their target: the last of them, whose immediate is the one before. */
typedef uint32_t waiting;

static void merge_emit(gjc_emitter *e, unsigned used)
{
    gjr_merge row = {gjc_emit_at(e), gjr_writer_held_count(&e->writer), used};
    for (unsigned i = 0; i < used; i++) {
        gjc_type type = e->held[i];
        gjr_writer_add_held(
            &e->writer, &(gjr_held){i, type.base, type.element,
                                    type.enumeration == GJC_NO_INDEX ? GJR_NONE : type.enumeration,
                                    type.record == GJC_NO_INDEX ? GJR_NONE : type.record});
    }
    gjr_writer_add_merge(&e->writer, &row);
}

static void jump_emit(gjc_emitter *e, gjr_opcode op, unsigned d, unsigned a, waiting *to)
{
    uint32_t at = gjc_emit_at(e);
    gjr_instruction row = gjr_instruction_of(op, d, a, 0, *to);
    gjr_writer_add_instruction(&e->writer, &row);
    *to = at;
}

/* They lead to the next instruction, where so many registers are in use. */
static void jumps_land(gjc_emitter *e, waiting to, unsigned used)
{
    uint32_t at = gjc_emit_at(e);
    while (to != GJR_NONE) {
        gjr_instruction *row = gjr_writer_get_instruction(&e->writer, e->code_first + to);
        if (row == NULL)
            return; /* memory has ended, and the writer says so */
        to = row->immediate;
        row->immediate = at;
    }
    merge_emit(e, used);
}

/* ---- operations ---- */

static void op_emit(gjc_emitter *e, gjr_opcode op, unsigned d, unsigned a, unsigned b)
{
    bool same = op == GJR_OP_ADD || op == GJR_OP_WHERE || op == GJR_OP_GREATER ||
                op == GJR_OP_LESSER || op == GJR_OP_COPY;
    gjc_type type = same                 ? e->held[a]
                    : op == GJR_OP_TALLY ? gjc_type_of(GJR_TYPE_NUMBER)
                                         : gjc_type_of(GJR_TYPE_BOOL);
    gjc_emit_instruction(e, gjr_instruction_of(op, d, a, b, 0), type);
}

static void constant_put(gjc_emitter *e, unsigned d, gjr_type type, uint32_t value)
{
    gjr_constant row = {.type = type, .enumeration = GJR_NONE, .low = value};
    uint32_t constant = gjr_writer_add_constant(&e->writer, &row);
    gjc_emit_instruction(e, gjr_instruction_of(GJR_OP_CONSTANT, d, 0, 0, constant),
                         gjc_type_of(type));
}

static void truth_put(gjc_emitter *e, unsigned d, bool truth)
{
    constant_put(e, d, GJR_TYPE_BOOL, truth);
}

/* The value of b while the binder is register `bound`: where it is, d or a register in use. A part
 * that is shared may be emitted inside itself, so what the binder was before comes back. */
static unsigned bound_emit(gjc_emitter *e, const gjc_expr *expr, unsigned bound, unsigned d)
{
    unsigned before = e->bound[expr->target];
    e->bound[expr->target] = bound;
    unsigned value = gjc_emit_operand(e, expr->b, d);
    e->bound[expr->target] = before;
    return value;
}

/* ---- walking a list ---- */

typedef struct walk {
    unsigned list, item; /* registers; the item is the first after those in use outside */
    uint32_t head;
    waiting end;
} walk;

/* The list is in its register; its items come to the next one. */
static walk walk_begin(gjc_emitter *e, unsigned list)
{
    walk w = {list, list + 1, gjc_emit_at(e), GJR_NONE};
    gjc_type element = gjc_type_element(e->held[list]);
    merge_emit(e, w.item);
    jump_emit(e, GJR_OP_EACH, w.item, list, &w.end);
    e->held[w.item] = element;
    return w;
}

static void walk_end(gjc_emitter *e, const walk *w)
{
    gjr_instruction again = gjr_instruction_of(GJR_OP_AGAIN, 0, 0, 0, w->head);
    gjr_writer_add_instruction(&e->writer, &again);
    jumps_land(e, w->end, w->item);
}

/* What one item adds to the result in d; `value` is a register. From `free` on they are free. */
static void item_add(gjc_emitter *e, gjc_fold fold, unsigned d, unsigned value, unsigned free,
                     waiting *end)
{
    if (fold == GJC_FOLD_SOME) {
        op_emit(e, GJR_OP_OR, d, d, value);
        jump_emit(e, GJR_OP_JUMP_IF, 0, d, end);
    } else if (fold == GJC_FOLD_ALL) {
        op_emit(e, GJR_OP_AND, d, d, value);
        op_emit(e, GJR_OP_NOT, free, d, 0);
        jump_emit(e, GJR_OP_JUMP_IF, 0, free, end);
    } else if (fold == GJC_FOLD_COUNT) {
        op_emit(e, GJR_OP_TALLY, free, value, 0);
        op_emit(e, GJR_OP_ADD, d, d, free);
    } else {
        op_emit(e, GJR_OP_ADD, d, d, value);
    }
}

/* d result, d + 1 list, d + 2 item, d + 3 what it gives. */
static void sum_emit(gjc_emitter *e, const gjc_expr *expr, unsigned d)
{
    if (expr->type.base == GJR_TYPE_BOOL)
        truth_put(e, d, expr->fold == GJC_FOLD_ALL);
    else
        constant_put(e, d, expr->type.base, 0);
    gjc_emit_code(e, expr->a, d + 1);
    walk w = walk_begin(e, d + 1);
    unsigned value = bound_emit(e, expr, w.item, d + 3);
    item_add(e, expr->fold, d, value, d + 3, &w.end);
    walk_end(e, &w);
    op_emit(e, GJR_OP_KNOWN, d + 1, d + 1, 0);
    op_emit(e, GJR_OP_WHERE, d, d, d + 1);
}

/* Whether all is known: the list in `list`, and its items so far in `known`. */
static void known_take(gjc_emitter *e, unsigned known, unsigned value, unsigned free)
{
    op_emit(e, GJR_OP_KNOWN, free, value, 0);
    op_emit(e, GJR_OP_AND, known, known, free);
}

/* d result, unknown at first; d + 1 whether all were known, d + 2 list, d + 3 item, d + 4 what it
 * gives. */
static void extreme_emit(gjc_emitter *e, const gjc_expr *expr, unsigned d)
{
    constant_put(e, d, expr->type.base, 0);
    truth_put(e, d + 1, false);
    op_emit(e, GJR_OP_WHERE, d, d, d + 1);
    truth_put(e, d + 1, true);
    gjc_emit_code(e, expr->a, d + 2);
    walk w = walk_begin(e, d + 2);
    unsigned value = bound_emit(e, expr, w.item, d + 4);
    op_emit(e, expr->fold == GJC_FOLD_MAX ? GJR_OP_GREATER : GJR_OP_LESSER, d, d, value);
    known_take(e, d + 1, value, d + 4);
    walk_end(e, &w);
    known_take(e, d + 1, d + 2, d + 2);
    op_emit(e, GJR_OP_WHERE, d, d, d + 1);
}

/* Whether what d + 4 holds is given again by an item further on: into d + 5, with d + 6 the rest of
 * the list, d + 7 its item, d + 8 what that gives. */
static void again_emit(gjc_emitter *e, const gjc_expr *expr, unsigned d)
{
    truth_put(e, d + 5, false);
    op_emit(e, GJR_OP_COPY, d + 6, d + 2, 0);
    walk rest = walk_begin(e, d + 6);
    unsigned other = bound_emit(e, expr, rest.item, d + 8);
    gjc_emit_instruction(e, gjc_emit_equal(expr->b->type, d + 8, d + 4, other),
                         gjc_type_of(GJR_TYPE_BOOL));
    item_add(e, GJC_FOLD_SOME, d + 5, d + 8, d + 8, &rest.end);
    walk_end(e, &rest);
}

/* As the extremes have it; one that is not given again counts. */
static void distinct_emit(gjc_emitter *e, const gjc_expr *expr, unsigned d)
{
    constant_put(e, d, GJR_TYPE_NUMBER, 0);
    truth_put(e, d + 1, true);
    gjc_emit_code(e, expr->a, d + 2);
    walk w = walk_begin(e, d + 2);
    if (bound_emit(e, expr, w.item, d + 4) != d + 4)
        op_emit(e, GJR_OP_COPY, d + 4, w.item, 0);
    again_emit(e, expr, d);
    op_emit(e, GJR_OP_NOT, d + 5, d + 5, 0);
    item_add(e, GJC_FOLD_COUNT, d, d + 5, d + 5, &w.end);
    known_take(e, d + 1, d + 4, d + 4);
    walk_end(e, &w);
    known_take(e, d + 1, d + 2, d + 2);
    op_emit(e, GJR_OP_WHERE, d, d, d + 1);
}

static void fold_emit(gjc_emitter *e, const gjc_expr *expr, unsigned d)
{
    switch (expr->fold) {
    case GJC_FOLD_SOME:
    case GJC_FOLD_ALL:
    case GJC_FOLD_COUNT:
    case GJC_FOLD_SUM:
        sum_emit(e, expr, d);
        break;
    case GJC_FOLD_MAX:
    case GJC_FOLD_MIN:
        extreme_emit(e, expr, d);
        break;
    case GJC_FOLD_DISTINCT:
        distinct_emit(e, expr, d);
        break;
    }
}

/* ---- names and choices ---- */

static void let_emit(gjc_emitter *e, const gjc_expr *expr, unsigned d)
{
    unsigned bound = gjc_emit_operand(e, expr->a, d);
    unsigned free = bound == d ? d + 1 : d;
    unsigned value = bound_emit(e, expr, bound, free);
    if (value != d)
        op_emit(e, GJR_OP_COPY, d, value, 0);
}

/* A part of a line, to d + 1; of a table, d is what the row that it decides hangs on as well. */
static void line_part_emit(gjc_emitter *e, const gjc_expr *line, const gjc_expr *part, unsigned d)
{
    if (line->table == NULL) {
        gjc_emit_code(e, part, d + 1);
        return;
    }
    unsigned before = e->bound[line->told];
    e->bound[line->told] = d;
    gjc_emit_code(e, part, d + 1);
    e->bound[line->told] = before;
}

/* One line of a chain behind another: d whether all conditions so far were known, d + 1 that of
 * this line. Where it holds its value is worked out, else the lines after it are asked. */
static void line_emit(gjc_emitter *e, const gjc_expr *line, unsigned d, waiting *holds)
{
    line_part_emit(e, line, line->c, d);
    jump_emit(e, GJR_OP_JUMP_IF, 0, d + 1, holds);
    known_take(e, d, d + 1, d + 1);
    if (line->table != NULL && line->row != GJC_NO_INDEX)
        gjc_emit_landmark(e, line, d, d);
}

/* A chain is laid out flat, so that a long one takes no more registers than a short one: first the
 * conditions and the value where none holds, then each value where its condition leads. */
static void choice_emit(gjc_emitter *e, const gjc_expr *expr, unsigned d)
{
    waiting end = GJR_NONE;
    uint32_t count = 0;
    for (const gjc_expr *line = expr; line->form == GJC_FORM_CHOICE; line = line->b)
        count++;
    waiting *holds = gjb_arena_make(&e->scratch, count, sizeof *holds);
    if (holds == NULL) {
        e->out_of_memory = true;
        return;
    }
    truth_put(e, d, true);
    const gjc_expr *line = expr, *last = expr;
    for (uint32_t i = 0; i < count; i++, line = line->b) {
        holds[i] = GJR_NONE;
        line_emit(e, line, d, &holds[i]);
        last = line;
    }
    line_part_emit(e, last, line, d);
    line = expr;
    for (uint32_t i = 0; i < count; i++, line = line->b) {
        jump_emit(e, GJR_OP_JUMP, 0, 0, &end);
        jumps_land(e, holds[i], d + 1);
        gjc_emit_code(e, line->a, d + 1);
    }
    jumps_land(e, end, d + 2);
    op_emit(e, GJR_OP_WHERE, d, d + 1, d);
}

/* ---- natives ---- */

static uint32_t enumeration_of(gjc_type type)
{
    return type.enumeration == GJC_NO_INDEX ? GJR_NONE : type.enumeration;
}

static uint32_t native_emit(gjc_emitter *e, const gjc_native *native)
{
    gjr_native row = {.name = gjc_emit_text(e, native->label.name),
                      .title = gjc_emit_text(e, native->label.title),
                      .library = gjc_emit_text(e, native->library),
                      .parameters_first = gjr_writer_native_parameter_count(&e->writer),
                      .parameters_count = native->parameter_count,
                      .type = native->result.base,
                      .element = native->result.element,
                      .enumeration = enumeration_of(native->result),
                      .flags = native->is_pure ? GJR_NATIVE_PURE : 0,
                      .position = gjc_emit_position(e, native->label.span)};
    for (uint32_t i = 0; i < native->parameter_count; i++)
        gjr_writer_add_native_parameter(
            &e->writer,
            &(gjr_native_parameter){native->parameters[i].base, native->parameters[i].element,
                                    enumeration_of(native->parameters[i])});
    return gjr_writer_add_native(&e->writer, &row);
}

/* The arguments from d on; the result to d. */
static void call_emit(gjc_emitter *e, const gjc_expr *expr, unsigned d)
{
    unsigned to = d;
    for (const gjc_expr *argument = expr->a; argument != NULL; argument = argument->b)
        gjc_emit_code(e, argument->a, to++);
    uint32_t *row = &e->native_rows[expr->target];
    if (*row == GJR_NONE)
        *row = native_emit(e, &e->model->natives[expr->target]);
    gjc_emit_instruction(e, gjr_instruction_of(GJR_OP_CALL, d, expr->a != NULL ? d : 0, 0, *row),
                         expr->type);
}

void gjc_emit_form(gjc_emitter *e, const gjc_expr *expr, unsigned d)
{
    if (expr->form == GJC_FORM_FOLD)
        fold_emit(e, expr, d);
    else if (expr->form == GJC_FORM_LET)
        let_emit(e, expr, d);
    else if (expr->form == GJC_FORM_CALL)
        call_emit(e, expr, d);
    else
        choice_emit(e, expr, d);
}
