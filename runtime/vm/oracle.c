/* SPDX-License-Identifier: Apache-2.0
 *
 * See oracle.h. */
#include "vm/oracle.h"

#ifdef GUIJU_ORACLE

#undef NDEBUG
#include "image/opcode.h"
#include "image/steps.h"

#include <assert.h>
#include <string.h>

enum { NONE_WRITTEN = 256 };

void gjr_oracle_init(gjr_oracle *oracle, const gjr_rows *rows, const gjr_expression *code,
                     const gjr_value *registers)
{
    *oracle =
        (gjr_oracle){.rows = rows, .code = code, .registers = registers, .written = NONE_WRITTEN};
    oracle->steps_max = gjr_steps_max(rows, code);
}

/* ---- what types there are --------------------------------------------------------------- */

/* By letter: b bool, n number, m money, u duration, d date, t time, e enum, x text, o officer,
 * r record, l list. */
static char letter_of(uint32_t type)
{
    static const char letters[] = "-bnmdtuxoelr";
    assert(type > GJR_TYPE_NOTHING && type < GJR_TYPE_COUNT);
    return letters[type];
}

/* The letters that a kind takes; of a list's kind, its items'. */
static const char *letters_taken(gjr_kind kind)
{
    static const char *const taken[] = {
        [GJR_KIND_BOOL] = "b",
        [GJR_KIND_NUMBER] = "n",
        [GJR_KIND_DATE] = "d",
        [GJR_KIND_TIME] = "t",
        [GJR_KIND_DURATION] = "u",
        [GJR_KIND_AMOUNT] = "nmu",
        [GJR_KIND_ORDERED] = "nmudt",
        [GJR_KIND_PLAIN] = "nmudtbe",
        [GJR_KIND_TEXTUAL] = "xo",
        [GJR_KIND_ANY] = "bnmudtexorl",
        [GJR_KIND_RECORD] = "r",
        [GJR_KIND_LIST] = "bnmudtexor",
        [GJR_KIND_LIST_OF_AMOUNT] = "nmu",
        [GJR_KIND_LIST_OF_ORDERED] = "nmudt",
        [GJR_KIND_LIST_OF_PLAIN] = "nmudtbe",
        [GJR_KIND_LIST_OF_TEXTUAL] = "xo",
        [GJR_KIND_LIST_OF_RECORD] = "r",
    };
    return (size_t)kind < sizeof taken / sizeof *taken ? taken[kind] : NULL;
}

static bool is_list_kind(gjr_kind kind)
{
    return kind >= GJR_KIND_LIST && kind <= GJR_KIND_LIST_OF_RECORD;
}

static void assert_taken(gjr_kind kind, gjr_shape shape, gjr_shape a)
{
    if (kind == GJR_KIND_SAME_A) {
        assert(memcmp(&shape, &a, sizeof a) == 0);
    } else if (kind == GJR_KIND_LIST_OF_A) {
        assert(shape.type == GJR_TYPE_LIST && shape.element == a.type &&
               shape.enumeration == a.enumeration && shape.record == a.record);
    } else {
        uint32_t type = is_list_kind(kind) ? shape.element : shape.type;
        assert(!is_list_kind(kind) || shape.type == GJR_TYPE_LIST);
        assert(letters_taken(kind) != NULL && strchr(letters_taken(kind), letter_of(type)) != NULL);
    }
}

static gjr_shape plain_shape(uint32_t type)
{
    return (gjr_shape){type, GJR_TYPE_NOTHING, GJR_NONE, GJR_NONE};
}

static gjr_shape shape_given(const gjr_oracle *oracle, const gjr_instruction *instruction,
                             gjr_kind kind)
{
    const gjr_rows *rows = oracle->rows;
    gjr_shape a = oracle->shapes[gjr_word_a(instruction->word)];
    uint32_t row = instruction->immediate;
    switch ((int)kind) {
    case GJR_KIND_BOOL:
        return plain_shape(GJR_TYPE_BOOL);
    case GJR_KIND_NUMBER:
        return plain_shape(GJR_TYPE_NUMBER);
    case GJR_KIND_DATE:
        return plain_shape(GJR_TYPE_DATE);
    case GJR_KIND_TIME:
        return plain_shape(GJR_TYPE_TIME);
    case GJR_KIND_DURATION:
        return plain_shape(GJR_TYPE_DURATION);
    case GJR_KIND_SAME_A:
        return a;
    case GJR_KIND_ELEMENT_A:
        return (gjr_shape){a.element, GJR_TYPE_NOTHING, a.enumeration, a.record};
    case GJR_KIND_CONSTANT_TYPE:
        return (gjr_shape){rows->constants[row].type, GJR_TYPE_NOTHING,
                           rows->constants[row].enumeration, GJR_NONE};
    case GJR_KIND_FIELD_TYPE:
        return GJR_SHAPE_OF(&rows->fields[row]);
    case GJR_KIND_NATIVE_TYPE:
        return GJR_SHAPE_PLAIN(&rows->natives[row]);
    default: /* PART_TYPE */
        return GJR_SHAPE_OF(&rows->parts[rows->record_types[a.record].parts_first + row]);
    }
}

/* ---- values ----------------------------------------------------------------------------- */

/* The value itself is one of the type; items and parts are looked at when they are taken. */
static void assert_value(const gjr_oracle *oracle, gjr_shape shape, gjr_value value)
{
    if (!value.known) {
        return;
    }
    if (shape.type == GJR_TYPE_BOOL) {
        assert(value.as.number == 0 || value.as.number == 1);
    } else if (shape.type == GJR_TYPE_ENUM) {
        assert(value.as.number >= 0 &&
               value.as.number < oracle->rows->enumerations[shape.enumeration].members_count);
    } else if (shape.type == GJR_TYPE_TEXT || shape.type == GJR_TYPE_OFFICER) {
        assert(value.as.text.bytes != NULL);
    } else if (shape.type == GJR_TYPE_RECORD) {
        assert(value.as.list.count == oracle->rows->record_types[shape.record].parts_count);
    } else if (shape.type == GJR_TYPE_LIST) {
        assert(value.as.list.items != NULL || value.as.list.count == 0);
    }
}

static void assert_operand(const gjr_oracle *oracle, gjr_kind kind, unsigned index, unsigned a)
{
    if (kind == GJR_KIND_NOTHING) {
        return;
    }
    assert(index < oracle->code->register_count);
    assert(oracle->shapes[index].type != GJR_TYPE_NOTHING);
    assert_taken(kind, oracle->shapes[index], oracle->shapes[a]);
    assert_value(oracle, oracle->shapes[index], oracle->registers[index]);
}

static void assert_arguments(const gjr_oracle *oracle, uint32_t native, unsigned first)
{
    const gjr_native *row = &oracle->rows->natives[native];
    for (uint32_t i = 0; i < row->parameters_count; i++) {
        const gjr_native_parameter *wanted =
            &oracle->rows->native_parameters[row->parameters_first + i];
        assert(first + i < oracle->code->register_count);
        assert(gjr_shape_equal(oracle->shapes[first + i], GJR_SHAPE_PLAIN(wanted)));
        assert_value(oracle, oracle->shapes[first + i], oracle->registers[first + i]);
    }
}

/* ---- where the run is ------------------------------------------------------------------- */

/* How many there are to choose from. */
static uint32_t immediate_end(const gjr_oracle *oracle, gjr_immediate immediate, uint32_t at,
                              gjr_shape a)
{
    const gjr_rows *rows = oracle->rows;
    switch (immediate) {
    case GJR_IMMEDIATE_NOTHING:
        return 1;
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
    case GJR_IMMEDIATE_PART:
        return rows->record_types[a.record].parts_count;
    case GJR_IMMEDIATE_RECORD_A:
        return rows->record_type_count;
    case GJR_IMMEDIATE_AHEAD:
        return oracle->code->code_count;
    case GJR_IMMEDIATE_BACK:
        return at;
    }
    return 0;
}

/* What a merge says is so, and what it does not say is forgotten. */
static void pass_merge(gjr_oracle *oracle, const gjr_merge *merge)
{
    gjr_shape kept[256] = {{0}};
    for (uint32_t i = 0; i < merge->held_count; i++) {
        const gjr_held *held = &oracle->rows->helds[merge->held_first + i];
        gjr_shape said = GJR_SHAPE_OF(held);
        assert(held->index < oracle->code->register_count);
        assert(memcmp(&said, &oracle->shapes[held->index], sizeof said) == 0);
        assert_value(oracle, said, oracle->registers[held->index]);
        kept[held->index] = said;
    }
    memcpy(oracle->shapes, kept, sizeof kept);
}

static void assert_way(gjr_oracle *oracle, uint32_t at)
{
    bool merges = false;
    for (uint32_t i = 0; i < oracle->code->merges_count; i++) {
        const gjr_merge *merge = &oracle->rows->merges[oracle->code->merges_first + i];
        if (merge->at == at) {
            pass_merge(oracle, merge);
            merges = true;
        }
    }
    assert(at < oracle->code->code_count);
    assert(merges || oracle->step_count == 0 || at == oracle->before + 1);
    if (oracle->step_count > 0 && at <= oracle->before) {
        oracle->back_steps += oracle->before - at + 1;
        assert(oracle->code->loops > 0);
    }
    oracle->step_count++;
    assert(oracle->back_steps <= GJR_STEPS_MAX);
    assert(oracle->step_count <= oracle->code->code_count + oracle->back_steps);
    assert(oracle->step_count <= oracle->steps_max);
    oracle->before = at;
}

/* What the instruction before gave is what it said; an `each` that led elsewhere gave nothing. */
static void take_given(gjr_oracle *oracle, uint32_t at)
{
    if (oracle->written != NONE_WRITTEN && at == oracle->before + 1) {
        assert_value(oracle, oracle->given, oracle->registers[oracle->written]);
        oracle->shapes[oracle->written] = oracle->given;
    }
}

void gjr_oracle_step(gjr_oracle *oracle, uint32_t at)
{
    const gjr_instruction *instruction = &oracle->rows->instructions[oracle->code->code_first + at];
    uint32_t word = instruction->word;
    take_given(oracle, at);
    assert_way(oracle, at);
    unsigned op = gjr_word_op(word), a = gjr_word_a(word);
    assert(op < GJR_OPCODE_COUNT);
    const gjr_opcode_row *row = gjr_opcode_row_get(op);
    assert((op == GJR_OP_RETURN) == (at + 1 == oracle->code->code_count));
    if (row->a == GJR_KIND_ARGUMENTS) {
        assert(instruction->immediate < oracle->rows->native_count);
        assert_arguments(oracle, instruction->immediate, a);
    } else {
        assert_operand(oracle, row->a, a, a);
    }
    assert_operand(oracle, row->b, gjr_word_b(word), a);
    assert(instruction->immediate < immediate_end(oracle, row->immediate, at, oracle->shapes[a]));
    assert(row->immediate != GJR_IMMEDIATE_AHEAD || instruction->immediate > at);
    assert(row->immediate != GJR_IMMEDIATE_RECORD_A ||
           oracle->shapes[a].record == instruction->immediate);
    oracle->written = NONE_WRITTEN;
    if (row->result != GJR_KIND_NOTHING) {
        oracle->written = gjr_word_d(word);
        assert(oracle->written < oracle->code->register_count);
        oracle->given = shape_given(oracle, instruction, row->result);
    }
}

#endif
