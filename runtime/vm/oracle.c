/* SPDX-License-Identifier: Apache-2.0
 *
 * See oracle.h. */
#include "vm/oracle.h"

#ifdef GUIJU_ORACLE

#undef NDEBUG
#include "image/opcode.h"

#include <assert.h>

void gjr_oracle_init(gjr_oracle *oracle, const gjr_rows *rows, const gjr_expression *code,
                     const gjr_value *registers)
{
    *oracle = (gjr_oracle){.rows = rows, .code = code, .registers = registers};
}

/* How many there are to choose from. */
static uint32_t immediate_end(const gjr_rows *rows, gjr_immediate immediate)
{
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
    case GJR_IMMEDIATE_PART:
        return GJR_RECORD_PARTS_MAX;
    case GJR_IMMEDIATE_RECORD_A:
        return rows->record_type_count;
    }
    return 0;
}

/* The register was written, and what it holds looks like the kind. */
static void assert_operand(const gjr_oracle *oracle, gjr_kind kind, unsigned index)
{
    if (kind == GJR_KIND_NOTHING) {
        return;
    }
    assert(index < oracle->code->register_count && oracle->written[index]);
    gjr_value value = oracle->registers[index];
    if (!value.known) {
        return;
    }
    if (kind == GJR_KIND_BOOL) {
        assert(value.as.number == 0 || value.as.number == 1);
    } else if (kind == GJR_KIND_TEXTUAL) {
        assert(value.as.text.bytes != NULL);
    } else if (kind >= GJR_KIND_LIST && kind <= GJR_KIND_LIST_OF_RECORD) {
        assert(value.as.list.items != NULL || value.as.list.count == 0);
    }
}

void gjr_oracle_step(gjr_oracle *oracle, const gjr_instruction *instruction)
{
    unsigned op = gjr_word_op(instruction->word);
    assert(op < GJR_OPCODE_COUNT);
    const gjr_opcode_row *row = gjr_opcode_row_get(op);
    oracle->step_count++;
    assert(oracle->step_count <= oracle->code->code_count);
    assert((op == GJR_OP_RETURN) == (oracle->step_count == oracle->code->code_count));
    assert(instruction->immediate < immediate_end(oracle->rows, row->immediate));
    assert_operand(oracle, row->a, gjr_word_a(instruction->word));
    assert_operand(oracle, row->b, gjr_word_b(instruction->word));
    if (row->result != GJR_KIND_NOTHING) {
        assert(gjr_word_d(instruction->word) < oracle->code->register_count);
        oracle->written[gjr_word_d(instruction->word)] = true;
    }
}

#endif
