/* SPDX-License-Identifier: Apache-2.0
 *
 * A second opinion on the verifier: with GUIJU_ORACLE defined, every step of the machine first
 * asserts what the verifier has proved about it. The oracle follows the run, not the code: it keeps
 * of every register the type of what was last written there, as this run wrote it, looks whether a
 * value is one of that type, and holds the merges that it passes against both. It has nothing of
 * the verifier's code. Without GUIJU_ORACLE it is nothing. */
#ifndef GJR_ORACLE_H
#define GJR_ORACLE_H

#include "image/layout.h"
#include "image/shape.h"
#include "value/value.h"

#ifdef GUIJU_ORACLE

typedef struct gjr_oracle {
    const gjr_rows *rows;
    const gjr_expression *code;
    const gjr_value *registers;
    gjr_shape shapes[256]; /* NOTHING: not written on this way */
    uint32_t before;       /* the number of the instruction before */
    unsigned written;      /* the register that it writes if it gives anything, or 256 */
    gjr_shape given;       /* what it gives */
    uint64_t step_count, back_steps;
    uint64_t steps_max; /* as the dump tells it */
} gjr_oracle;

void gjr_oracle_init(gjr_oracle *oracle, const gjr_rows *rows, const gjr_expression *code,
                     const gjr_value *registers);
/* Asserts that instruction `at` may run now. */
void gjr_oracle_step(gjr_oracle *oracle, uint32_t at);

#define GJR_ORACLE_BEGIN(name, rows, code, registers)                                              \
    gjr_oracle name;                                                                               \
    gjr_oracle_init(&name, rows, code, registers)
#define GJR_ORACLE_STEP(name, at) gjr_oracle_step(&name, at)

#else

#define GJR_ORACLE_BEGIN(name, rows, code, registers) ((void)0)
#define GJR_ORACLE_STEP(name, at)                     ((void)0)

#endif
#endif
