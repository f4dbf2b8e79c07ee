/* SPDX-License-Identifier: Apache-2.0
 *
 * How long a limit is that hangs on the case. */
#include "image/image.h"
#include "image/opcode.h"
#include "image/verify.h"

static gj_status verify_limits(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->limit_count; i++) {
        const gjr_limit *row = &rows->limits[i];
        bool own = (row->flags & (GJR_LIMIT_OPEN | GJR_LIMIT_BACKWARD)) == 0 && row->by == GJR_NONE;
        if (row->lengths_count > GJR_LENGTHS_MAX || (row->lengths_count > 0 && !own)) {
            return GJR_REFUSE(verifier, LENGTH_LIMIT, limit, i, lengths_first);
        }
    }
    return GJ_OK;
}

static bool says(const gjr_rows *rows, const gjr_length *row)
{
    if (row->value == GJR_NONE) {
        return row->amount >= 1 && row->amount <= GJR_BUDGET_MAX;
    }
    return row->amount == 0 && rows->expressions[row->value].type == GJR_TYPE_NUMBER;
}

static gj_status verify_amounts(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->length_count; i++) {
        if (!says(rows, &rows->lengths[i])) {
            return GJR_REFUSE(verifier, LENGTH_SAYS, length, i, amount);
        }
    }
    return GJ_OK;
}

static gj_status verify_order(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->limit_count; i++) {
        const gjr_limit *row = &rows->limits[i];
        for (uint32_t j = 0; j + 1 < row->lengths_count; j++) {
            if (rows->lengths[row->lengths_first + j].when == GJR_NONE) {
                return GJR_REFUSE(verifier, LENGTH_ORDER, length, row->lengths_first + j, when);
            }
        }
    }
    return GJ_OK;
}

/* Nothing else changes unless an event tells a field or does an act. */
static bool is_lasting(const gjr_rows *rows, const gjr_instruction *one)
{
    unsigned op = gjr_word_op(one->word);
    bool parameter =
        op == GJR_OP_FIELD && (rows->fields[one->immediate].flags & GJR_FIELD_PARAMETER) != 0;
    bool passing = op == GJR_OP_AT || op == GJR_OP_TODAY ||
                   gjr_opcode_row_get(op)->immediate == GJR_IMMEDIATE_LIMIT;
    return !parameter && !passing;
}

static bool reads_well(const gjr_rows *rows, uint32_t expression)
{
    const gjr_expression *row = expression == GJR_NONE ? NULL : &rows->expressions[expression];
    for (uint32_t i = 0; row != NULL && i < row->code_count; i++) {
        if (!is_lasting(rows, &rows->instructions[row->code_first + i])) {
            return false;
        }
    }
    return true;
}

static gj_status verify_reads(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->length_count; i++) {
        if (!reads_well(rows, rows->lengths[i].when)) {
            return GJR_REFUSE(verifier, LENGTH_READS, length, i, when);
        }
        if (!reads_well(rows, rows->lengths[i].value)) {
            return GJR_REFUSE(verifier, LENGTH_READS, length, i, value);
        }
    }
    return GJ_OK;
}

gj_status gjr_verify_lengths(gjr_verifier *verifier)
{
    static gj_status (*const parts[])(const gjr_verifier *) = {verify_limits, verify_amounts,
                                                               verify_order, verify_reads};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        gj_status status = parts[i](verifier);
        if (status != GJ_OK) {
            return status;
        }
    }
    return GJ_OK;
}
