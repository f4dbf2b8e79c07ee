/* SPDX-License-Identifier: Apache-2.0
 *
 * See vm.h. A step is one instruction: read the operands, where one is unknown so is the result,
 * else compute it. The exceptions to that are Kleene's `and` and `or`, `else`, and looking into
 * lists. Built with GUIJU_ORACLE every step first asserts what the verifier has proved about it. */
#include "vm/vm.h"
#include "base/text.h"
#include "image/image.h"
#include "image/opcode.h"
#include "value/decimal.h"
#include "vm/oracle.h"

#include <assert.h>

typedef struct gjr_machine {
    const gjr_rows *rows;
    const gjr_facts *facts;
    gjr_value *registers;
} gjr_machine;

static gjr_value value_of(int64_t number)
{
    return (gjr_value){.known = true, .as.number = number};
}

static gjr_value unknown(void)
{
    return (gjr_value){.known = false};
}

static gjr_value value_of_count(size_t count)
{
    gjr_decimal number;
    bool fits = count <= INT64_MAX && gjr_decimal_of_int((int64_t)count, &number);
    return fits ? value_of(number) : unknown();
}

static gjr_value constant_value(const gjr_rows *rows, uint32_t index)
{
    const gjr_constant *constant = &rows->constants[index];
    if (constant->type == GJR_TYPE_TEXT || constant->type == GJR_TYPE_OFFICER) {
        return (gjr_value){.known = true, .as.text = gjr_rows_text(rows, constant->low)};
    }
    return value_of(gjr_constant_value(constant));
}

static gjr_value date_of_action(const gjr_done *done)
{
    return done->times > 0 ? value_of(done->last_day) : unknown();
}

static gjr_value due_of_limit(const gjr_facts *facts, uint32_t limit)
{
    gj_day due = facts->limit_due(facts->payload, limit);
    return due != GJ_NO_DAY ? value_of(due) : unknown();
}

/* Kleene: one operand that decides does so whatever the other is. */
static gjr_value logic(gjr_value a, gjr_value b, bool deciding)
{
    if ((a.known && a.as.number == deciding) || (b.known && b.as.number == deciding)) {
        return value_of(deciding);
    }
    return a.known && b.known ? value_of(!deciding) : unknown();
}

/* a op b where both are known. */
static gjr_value arithmetic(bool (*operation)(gjr_decimal, gjr_decimal, gjr_decimal *), gjr_value a,
                            gjr_value b)
{
    gjr_decimal result;
    if (!a.known || !b.known || !operation(a.as.number, b.as.number, &result)) {
        return unknown();
    }
    return value_of(result);
}

static gjr_value negated(gjr_value a)
{
    gjr_decimal result;
    return a.known && gjr_decimal_negate(a.as.number, &result) ? value_of(result) : unknown();
}

static bool same(gjr_value a, gjr_value b, bool textual)
{
    return textual ? gjb_text_equal(a.as.text, b.as.text) : a.as.number == b.as.number;
}

static gjr_value equality(gjr_value a, gjr_value b, bool textual)
{
    return a.known && b.known ? value_of(same(a, b, textual)) : unknown();
}

static gjr_value is_in(gjr_value a, gjr_value list, bool textual)
{
    if (!list.known) {
        return unknown();
    }
    gjr_value found = value_of(false);
    for (size_t i = 0; i < list.as.list.count; i++) {
        found = logic(found, equality(a, list.as.list.items[i], textual), true);
    }
    return found;
}

static bool all_known(gjr_value list)
{
    if (!list.known) {
        return false;
    }
    for (size_t i = 0; i < list.as.list.count; i++) {
        if (!list.as.list.items[i].known) {
            return false;
        }
    }
    return true;
}

static bool stands_before(gjr_value list, size_t index, bool textual)
{
    const gjr_value *items = list.as.list.items;
    for (size_t i = 0; i < index; i++) {
        if (same(items[i], items[index], textual)) {
            return true;
        }
    }
    return false;
}

static gjr_value distinct_count(gjr_value list, bool textual)
{
    if (!all_known(list) || list.as.list.count > GJR_DISTINCT_ITEMS_MAX) {
        return unknown();
    }
    size_t count = 0;
    for (size_t i = 0; i < list.as.list.count; i++) {
        count += !stands_before(list, i, textual);
    }
    return value_of_count(count);
}

static gjr_value sum_of(gjr_value list)
{
    gjr_value sum = list.known ? value_of(0) : unknown();
    for (size_t i = 0; sum.known && i < list.as.list.count; i++) {
        sum = arithmetic(gjr_decimal_add, sum, list.as.list.items[i]);
    }
    return sum;
}

/* The item that no other passes in the direction (+1 greatest, -1 least). */
static gjr_value extreme_of(gjr_value list, int direction)
{
    if (!all_known(list) || list.as.list.count == 0) {
        return unknown();
    }
    gjr_value best = list.as.list.items[0];
    for (size_t i = 1; i < list.as.list.count; i++) {
        int64_t item = list.as.list.items[i].as.number;
        if (direction > 0 ? item > best.as.number : item < best.as.number) {
            best = value_of(item);
        }
    }
    return best;
}

/* What the instruction computes; RETURN is its operand. */
static gjr_value step(const gjr_machine *machine, uint32_t word, uint32_t immediate)
{
    const gjr_facts *facts = machine->facts;
    /* Operands that the opcode does not have read some register that is not looked at. */
    gjr_value a = machine->registers[gjr_word_a(word)];
    gjr_value b = machine->registers[gjr_word_b(word)];
    bool both = a.known && b.known;
    switch ((gjr_opcode)gjr_word_op(word)) {
    case GJR_OP_CONSTANT:
        return constant_value(machine->rows, immediate);
    case GJR_OP_FIELD:
        return facts->fields[immediate];
    case GJR_OP_AT:
        return value_of(facts->at);
    case GJR_OP_TODAY:
        return value_of(facts->today);
    case GJR_OP_TIMES:
        return value_of_count(facts->actions[immediate].times);
    case GJR_OP_DONE:
        return value_of(facts->actions[immediate].times > 0);
    case GJR_OP_DATE_OF:
        return date_of_action(&facts->actions[immediate]);
    case GJR_OP_DUE:
        return due_of_limit(facts, immediate);
    case GJR_OP_RUNNING:
        return value_of(due_of_limit(facts, immediate).known);
    case GJR_OP_NOT:
        return a.known ? value_of(!a.as.number) : unknown();
    case GJR_OP_AND:
        return logic(a, b, false);
    case GJR_OP_OR:
        return logic(a, b, true);
    case GJR_OP_ADD:
        return arithmetic(gjr_decimal_add, a, b);
    case GJR_OP_SUBTRACT:
        return arithmetic(gjr_decimal_subtract, a, b);
    case GJR_OP_NEGATE:
        return negated(a);
    case GJR_OP_SCALE:
        return arithmetic(gjr_decimal_multiply, a, b);
    case GJR_OP_MODULO:
        return arithmetic(gjr_decimal_modulo, a, b);
    case GJR_OP_EQUAL:
        return equality(a, b, false);
    case GJR_OP_EQUAL_TEXT:
        return equality(a, b, true);
    case GJR_OP_LESS:
        return both ? value_of(a.as.number < b.as.number) : unknown();
    case GJR_OP_LESS_EQUAL:
        return both ? value_of(a.as.number <= b.as.number) : unknown();
    case GJR_OP_IN:
        return is_in(a, b, false);
    case GJR_OP_IN_TEXT:
        return is_in(a, b, true);
    case GJR_OP_COUNT:
        return a.known ? value_of_count(a.as.list.count) : unknown();
    case GJR_OP_DISTINCT:
        return distinct_count(a, false);
    case GJR_OP_DISTINCT_TEXT:
        return distinct_count(a, true);
    case GJR_OP_SUM:
        return sum_of(a);
    case GJR_OP_MAX:
        return extreme_of(a, 1);
    case GJR_OP_MIN:
        return extreme_of(a, -1);
    case GJR_OP_ELSE:
        return a.known ? a : b;
    case GJR_OP_RETURN:
        return a;
    case GJR_OPCODE_COUNT:
        break;
    }
    assert(false && "verified code has known opcodes");
    return unknown();
}

gjr_value gjr_vm_run(const gjr_rows *rows, uint32_t expression, const gjr_facts *facts)
{
    assert(expression < rows->expression_count);
    const gjr_expression *code = &rows->expressions[expression];
    assert(code->code_count > 0 && code->register_count <= GJR_REGISTERS_MAX);
    const gjr_instruction *instructions = &rows->instructions[code->code_first];
    gjr_value registers[GJR_REGISTERS_MAX];
    registers[0] = unknown();
    gjr_machine machine = {.rows = rows, .facts = facts, .registers = registers};
    GJR_ORACLE_BEGIN(oracle, rows, code, registers);
    for (uint32_t i = 0; i + 1 < code->code_count; i++) {
        uint32_t word = instructions[i].word;
        GJR_ORACLE_STEP(oracle, &instructions[i]);
        registers[gjr_word_d(word)] = step(&machine, word, instructions[i].immediate);
    }
    GJR_ORACLE_STEP(oracle, &instructions[code->code_count - 1]);
    return registers[gjr_word_a(instructions[code->code_count - 1].word)];
}
