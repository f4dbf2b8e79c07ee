/* SPDX-License-Identifier: Apache-2.0
 *
 * See opcode.h. */
#include "image/opcode.h"

#include <assert.h>

static const gjr_opcode_row opcode_rows[GJR_OPCODE_COUNT] = {
#define OP(NAME, mnemonic, result, a, b, immediate, what)                                          \
    {#NAME, mnemonic, GJR_KIND_##result, GJR_KIND_##a, GJR_KIND_##b, GJR_IMMEDIATE_##immediate,    \
     what},
#include "image/opcodes.def"
#undef OP
};

const gjr_opcode_row *gjr_opcode_row_get(unsigned op)
{
    assert(op < GJR_OPCODE_COUNT);
    return &opcode_rows[op];
}
