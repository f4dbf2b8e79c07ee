/* SPDX-License-Identifier: Apache-2.0
 *
 * A second opinion on the verifier: with GUIJU_ORACLE defined, every step of the machine first
 * asserts what the verifier has proved about it, from the opcode rows and the values at hand and
 * not from the verifier's code. Without, it is nothing. */
#ifndef GJR_ORACLE_H
#define GJR_ORACLE_H

#include "image/layout.h"
#include "value/value.h"

#ifdef GUIJU_ORACLE

typedef struct gjr_oracle {
    const gjr_rows *rows;
    const gjr_expression *code;
    const gjr_value *registers;
    uint32_t step_count;
    bool written[256];
} gjr_oracle;

void gjr_oracle_init(gjr_oracle *oracle, const gjr_rows *rows, const gjr_expression *code,
                     const gjr_value *registers);
/* Asserts that the instruction may run now. */
void gjr_oracle_step(gjr_oracle *oracle, const gjr_instruction *instruction);

#define GJR_ORACLE_BEGIN(name, rows, code, registers)                                              \
    gjr_oracle name;                                                                               \
    gjr_oracle_init(&name, rows, code, registers)
#define GJR_ORACLE_STEP(name, instruction) gjr_oracle_step(&name, instruction)

#else

#define GJR_ORACLE_BEGIN(name, rows, code, registers) ((void)0)
#define GJR_ORACLE_STEP(name, instruction)            ((void)0)

#endif
#endif
