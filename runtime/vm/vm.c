/* SPDX-License-Identifier: Apache-2.0
 *
 * See vm.h. A step is one instruction: read the operands, where one is unknown so is the result,
 * else compute it. The exceptions to that are Kleene's `and` and `or`, `else`, and looking into
 * lists. A list that is walked item by item is a register that gets shorter, so a loop has no state
 * of its own. Built with GUIJU_ORACLE every step first asserts what the verifier has proved. */
#include "vm/vm.h"
#include "image/image.h"
#include "image/opcode.h"
#include "image/shape.h"
#include "value/decimal.h"
#include "vm/equality.h"
#include "vm/moments.h"
#include "vm/oracle.h"

#include <assert.h>

typedef struct gjr_machine {
    const gjr_rows *rows;
    const gjr_facts *facts;
    gjr_value *registers;
    uint64_t steps; /* that walking lists has taken so far */
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

static gjr_value officers_of_action(const gjr_facts *facts, uint32_t action)
{
    uint32_t count = facts->officers(facts->payload, action);
    return count == GJR_OFFICERS_UNKNOWN ? unknown() : value_of_count(count);
}

static bool limit_runs(const gjr_facts *facts, uint32_t limit)
{
    gj_day due;
    return facts->limit_runs(facts->payload, limit, &due);
}

static gjr_value due_of_limit(const gjr_facts *facts, uint32_t limit)
{
    gj_day due;
    bool runs = facts->limit_runs(facts->payload, limit, &due);
    return runs && due != GJ_NO_DAY ? value_of(due) : unknown();
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

/* ---- comparing: a register knows no type, so the opcode says what it takes its operands for */

static gjr_shape shape_of(gjr_type type, uint32_t record)
{
    return (gjr_shape){type, GJR_TYPE_NOTHING, GJR_NONE, record};
}

static gjr_value is_in(gjr_machine *machine, gjr_shape shape, gjr_value a, gjr_value list)
{
    if (!list.known) {
        return unknown();
    }
    gjr_value found = value_of(false);
    for (size_t i = 0; i < list.as.list.count; i++) {
        gjr_value same =
            gjr_value_equal(machine->rows, shape, a, list.as.list.items[i], &machine->steps);
        found = gjr_value_decide(found, same, true);
    }
    return found;
}

static bool all_known(gjr_machine *machine, gjr_value list)
{
    if (!list.known) {
        return false;
    }
    machine->steps += list.as.list.count;
    for (size_t i = 0; i < list.as.list.count; i++) {
        if (!list.as.list.items[i].known) {
            return false;
        }
    }
    return true;
}

/* Whether an item before it is the same. */
static gjr_value stands_before(gjr_machine *machine, gjr_shape shape, gjr_value list, size_t index)
{
    gjr_value before = list;
    before.as.list.count = index;
    return is_in(machine, shape, list.as.list.items[index], before);
}

static gjr_value distinct_count(gjr_machine *machine, gjr_shape shape, gjr_value list)
{
    size_t count = 0;
    bool known = all_known(machine, list);
    for (size_t i = 0; known && i < list.as.list.count; i++) {
        gjr_value again = stands_before(machine, shape, list, i);
        known = again.known && machine->steps <= GJR_STEPS_MAX;
        count += again.known && again.as.number == 0;
    }
    return known ? value_of_count(count) : unknown();
}

static gjr_value sum_of(gjr_machine *machine, gjr_value list)
{
    gjr_value sum = list.known ? value_of(0) : unknown();
    machine->steps += list.known ? list.as.list.count : 0;
    for (size_t i = 0; sum.known && i < list.as.list.count; i++) {
        sum = arithmetic(gjr_decimal_add, sum, list.as.list.items[i]);
    }
    return sum;
}

/* The item that no other passes in the direction (+1 greatest, -1 least). */
static gjr_value extreme_of(gjr_machine *machine, gjr_value list, int direction)
{
    if (!all_known(machine, list) || list.as.list.count == 0) {
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

/* Of two, the one that passes the other in the direction, or the one that is known. */
static gjr_value further_of(gjr_value a, gjr_value b, int direction)
{
    if (!a.known || !b.known) {
        return a.known ? a : b;
    }
    bool first = direction > 0 ? a.as.number >= b.as.number : a.as.number <= b.as.number;
    return first ? a : b;
}

static gjr_value equal_of(gjr_machine *machine, gjr_shape shape, gjr_value a, gjr_value b)
{
    return gjr_value_equal(machine->rows, shape, a, b, &machine->steps);
}

/* What the instruction computes. */
static gjr_value step(gjr_machine *machine, uint32_t word, uint32_t immediate)
{
    const gjr_facts *facts = machine->facts;
    const gjr_rows *rows = machine->rows;
    const gjr_shape plain = shape_of(GJR_TYPE_NUMBER, GJR_NONE);
    const gjr_shape text = shape_of(GJR_TYPE_TEXT, GJR_NONE);
    /* Operands that the opcode does not have read some register that is not looked at. */
    gjr_value a = machine->registers[gjr_word_a(word)];
    gjr_value b = machine->registers[gjr_word_b(word)];
    bool both = a.known && b.known;
    switch ((gjr_opcode)gjr_word_op(word)) {
    case GJR_OP_CONSTANT:
        return constant_value(rows, immediate);
    case GJR_OP_FIELD:
        return facts->fields[immediate];
    case GJR_OP_AT:
        return value_of(facts->at);
    case GJR_OP_TODAY:
        return value_of(facts->today);
    case GJR_OP_TIMES:
        return value_of_count(facts->actions[immediate].times);
    case GJR_OP_OFFICERS:
        return officers_of_action(facts, immediate);
    case GJR_OP_DONE:
        return value_of(facts->actions[immediate].times > 0);
    case GJR_OP_DATE_OF:
        return date_of_action(&facts->actions[immediate]);
    case GJR_OP_DUE:
        return due_of_limit(facts, immediate);
    case GJR_OP_RUNNING:
        return value_of(limit_runs(facts, immediate));
    case GJR_OP_NOT:
        return a.known ? value_of(!a.as.number) : unknown();
    case GJR_OP_AND:
        return gjr_value_decide(a, b, false);
    case GJR_OP_OR:
        return gjr_value_decide(a, b, true);
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
        return equal_of(machine, plain, a, b);
    case GJR_OP_EQUAL_TEXT:
        return equal_of(machine, text, a, b);
    case GJR_OP_EQUAL_RECORD:
        return equal_of(machine, shape_of(GJR_TYPE_RECORD, immediate), a, b);
    case GJR_OP_LESS:
        return both ? value_of(a.as.number < b.as.number) : unknown();
    case GJR_OP_LESS_EQUAL:
        return both ? value_of(a.as.number <= b.as.number) : unknown();
    case GJR_OP_IN:
        return is_in(machine, plain, a, b);
    case GJR_OP_IN_TEXT:
        return is_in(machine, text, a, b);
    case GJR_OP_IN_RECORD:
        return is_in(machine, shape_of(GJR_TYPE_RECORD, immediate), a, b);
    case GJR_OP_COUNT:
        return a.known ? value_of_count(a.as.list.count) : unknown();
    case GJR_OP_DISTINCT:
        return distinct_count(machine, plain, a);
    case GJR_OP_DISTINCT_TEXT:
        return distinct_count(machine, text, a);
    case GJR_OP_DISTINCT_RECORD:
        return distinct_count(machine, shape_of(GJR_TYPE_RECORD, immediate), a);
    case GJR_OP_SUM:
        return sum_of(machine, a);
    case GJR_OP_MAX:
        return extreme_of(machine, a, 1);
    case GJR_OP_MIN:
        return extreme_of(machine, a, -1);
    case GJR_OP_PART:
        return a.known ? a.as.list.items[immediate] : unknown();
    case GJR_OP_DATE_ADD:
        return both ? gjr_moments_date_add((gj_day)a.as.number, b.as.number) : unknown();
    case GJR_OP_DATE_BETWEEN:
        return both ? gjr_moments_date_between((gj_day)a.as.number, (gj_day)b.as.number)
                    : unknown();
    case GJR_OP_TIME_ADD:
        return both ? gjr_moments_time_add(a.as.number, b.as.number) : unknown();
    case GJR_OP_TIME_BETWEEN:
        return both ? gjr_moments_time_between(a.as.number, b.as.number) : unknown();
    case GJR_OP_WORKDAYS_ADD:
        return both ? gjr_moments_workdays_add(facts, (gj_day)a.as.number, b.as.number) : unknown();
    case GJR_OP_MONTHS_ADD:
        return both ? gjr_moments_months_add((gj_day)a.as.number, b.as.number) : unknown();
    case GJR_OP_CLOCK:
        return a.known ? value_of(facts->clock(facts->payload, a.as.number)) : unknown();
    case GJR_OP_ELSE:
        return a.known ? a : b;
    case GJR_OP_COPY:
        return a;
    case GJR_OP_KNOWN:
        return value_of(a.known);
    case GJR_OP_WHERE:
        return b.known && b.as.number != 0 ? a : unknown();
    case GJR_OP_TALLY:
        return a.known ? value_of_count((size_t)a.as.number) : unknown();
    case GJR_OP_GREATER:
        return further_of(a, b, 1);
    case GJR_OP_LESSER:
        return further_of(a, b, -1);
    case GJR_OP_CALL:
        return facts->call(facts->payload, immediate, &machine->registers[gjr_word_a(word)]);
    case GJR_OP_EACH: /* these say which is next, and run() does them */
    case GJR_OP_AGAIN:
    case GJR_OP_JUMP:
    case GJR_OP_JUMP_IF:
    case GJR_OP_RETURN:
    case GJR_OPCODE_COUNT:
        break;
    }
    assert(false && "verified code has known opcodes");
    return unknown();
}

/* ---- running ---------------------------------------------------------------------------- */

/* Takes the first item of the list; false where there is none. */
static bool take_item(gjr_value *list, gjr_value *item)
{
    if (!list->known || list->as.list.count == 0) {
        return false;
    }
    *item = list->as.list.items[0];
    list->as.list.items++;
    list->as.list.count--;
    return true;
}

/* Which instruction is next, after one that says so. */
static uint32_t lead(gjr_machine *machine, const gjr_instruction *instruction, uint32_t at)
{
    gjr_value *a = &machine->registers[gjr_word_a(instruction->word)];
    gjr_value *d = &machine->registers[gjr_word_d(instruction->word)];
    switch ((int)gjr_word_op(instruction->word)) {
    case GJR_OP_EACH:
        return take_item(a, d) ? at + 1 : instruction->immediate;
    case GJR_OP_JUMP_IF:
        return a->known && a->as.number != 0 ? instruction->immediate : at + 1;
    case GJR_OP_AGAIN:
        machine->steps += at - instruction->immediate + 1;
        return instruction->immediate;
    default: /* JUMP */
        return instruction->immediate;
    }
}

/* By which landmarks a run has come. */
typedef struct retracing {
    const gjr_landmark *landmarks; /* in the order of the code */
    uint32_t count;
    uint8_t *passed;
} retracing;

static bool is_true(const gjr_machine *machine, uint32_t index)
{
    const gjr_value *value = &machine->registers[index];
    return value->known && value->as.number != 0;
}

/* The first landmark at the instruction, or behind it. */
static uint32_t landmark_find(const retracing *trace, uint32_t at)
{
    uint32_t low = 0, high = trace->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (trace->landmarks[middle].at < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void landmarks_pass(const gjr_machine *machine, const retracing *trace, uint32_t at)
{
    uint32_t i = landmark_find(trace, at);
    for (; i < trace->count && trace->landmarks[i].at == at; i++) {
        if (is_true(machine, trace->landmarks[i].holds) &&
            is_true(machine, trace->landmarks[i].told)) {
            trace->passed[i] = 1;
        }
    }
}

/* Nobody traces a plain run: there `trace` is NULL where this is put in its place. */
static inline gjr_value run(const gjr_rows *rows, uint32_t expression, const gjr_facts *facts,
                            const retracing *trace)
{
    assert(expression < rows->expression_count);
    const gjr_expression *code = &rows->expressions[expression];
    assert(code->code_count > 0 && code->register_count <= GJR_REGISTERS_MAX);
    const gjr_instruction *instructions = &rows->instructions[code->code_first];
    gjr_value registers[GJR_REGISTERS_MAX];
    registers[0] = unknown();
    gjr_machine machine = {.rows = rows, .facts = facts, .registers = registers};
    uint32_t at = 0;
    GJR_ORACLE_BEGIN(oracle, rows, code, registers);
    while (at + 1 < code->code_count) {
        uint32_t word = instructions[at].word;
        GJR_ORACLE_STEP(oracle, at);
        if (trace != NULL) {
            landmarks_pass(&machine, trace, at);
        }
        if (gjr_word_op(word) < GJR_OP_EACH) {
            registers[gjr_word_d(word)] = step(&machine, word, instructions[at].immediate);
            at++;
        } else {
            at = lead(&machine, &instructions[at], at);
        }
        if (machine.steps > GJR_STEPS_MAX) {
            return unknown();
        }
    }
    GJR_ORACLE_STEP(oracle, at);
    if (trace != NULL) {
        landmarks_pass(&machine, trace, at);
    }
    return registers[gjr_word_a(instructions[at].word)];
}

gjr_value gjr_vm_run(const gjr_rows *rows, uint32_t expression, const gjr_facts *facts)
{
    return run(rows, expression, facts, NULL);
}

void gjr_vm_retrace(const gjr_rows *rows, uint32_t expression, const gjr_facts *facts,
                    uint8_t *passed)
{
    const gjr_expression *code = &rows->expressions[expression];
    const retracing trace = {&rows->landmarks[code->landmarks_first], code->landmarks_count,
                             passed};
    (void)run(rows, expression, facts, &trace);
}
