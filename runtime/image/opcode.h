/* SPDX-License-Identifier: Apache-2.0
 *
 * The rows of opcodes.def as data, for those who treat all opcodes alike: the verifier, the dump
 * and the tests. And the parts of an instruction. */
#ifndef GJR_OPCODE_H
#define GJR_OPCODE_H

#include "image/layout.h"

/* What an operand must be, or a result is; see opcodes.def. */
typedef enum gjr_kind {
    GJR_KIND_NOTHING,
    GJR_KIND_BOOL,
    GJR_KIND_NUMBER,
    GJR_KIND_DATE,
    GJR_KIND_TIME,
    GJR_KIND_DURATION,
    GJR_KIND_AMOUNT,
    GJR_KIND_ORDERED,
    GJR_KIND_PLAIN,
    GJR_KIND_TEXTUAL,
    GJR_KIND_ANY,
    GJR_KIND_RECORD,
    GJR_KIND_ARGUMENTS,
    GJR_KIND_LIST,
    GJR_KIND_LIST_OF_AMOUNT,
    GJR_KIND_LIST_OF_ORDERED,
    GJR_KIND_LIST_OF_PLAIN,
    GJR_KIND_LIST_OF_TEXTUAL,
    GJR_KIND_LIST_OF_RECORD,
    GJR_KIND_SAME_A,
    GJR_KIND_LIST_OF_A,
    GJR_KIND_ELEMENT_A,
    GJR_KIND_CONSTANT_TYPE,
    GJR_KIND_FIELD_TYPE,
    GJR_KIND_PART_TYPE,
    GJR_KIND_NATIVE_TYPE,
} gjr_kind;

typedef enum gjr_immediate {
    GJR_IMMEDIATE_NOTHING,
    GJR_IMMEDIATE_CONSTANT,
    GJR_IMMEDIATE_FIELD,
    GJR_IMMEDIATE_ACTION,
    GJR_IMMEDIATE_LIMIT,
    GJR_IMMEDIATE_NATIVE,
    GJR_IMMEDIATE_PART,
    GJR_IMMEDIATE_RECORD_A,
    GJR_IMMEDIATE_AHEAD,
    GJR_IMMEDIATE_BACK,
} gjr_immediate;

typedef struct gjr_opcode_row {
    const char *name;     /* "EQUAL_TEXT" */
    const char *mnemonic; /* "equal-text" */
    gjr_kind result, a, b;
    gjr_immediate immediate;
    const char *what;
} gjr_opcode_row;

/* Static; `op` must be below GJR_OPCODE_COUNT. */
const gjr_opcode_row *gjr_opcode_row_get(unsigned op);

static inline unsigned gjr_word_op(uint32_t word)
{
    return word & 255u;
}
static inline unsigned gjr_word_d(uint32_t word)
{
    return word >> 8 & 255u;
}
static inline unsigned gjr_word_a(uint32_t word)
{
    return word >> 16 & 255u;
}
static inline unsigned gjr_word_b(uint32_t word)
{
    return word >> 24;
}

#endif
