/* SPDX-License-Identifier: Apache-2.0
 *
 * One walk through an expression's code in its order: the machine run on types instead of values.
 * A jump leads ahead, so whoever comes to a merge by one was walked before it; `again` leads back
 * to a merge that was walked already. So everything is known when it is met, and one walk proves
 * what every register holds at every instruction on every way. */
#ifndef GJR_VERIFY_CODE_H
#define GJR_VERIFY_CODE_H

#include "image/opcode.h"
#include "image/shape.h"
#include "image/verify.h"

/* A loop whose `again` has not come yet. Instructions by their number in the expression. */
typedef struct gjr_open_loop {
    uint32_t each, end; /* the instruction behind its `again` */
    unsigned list;      /* the register that it walks */
} gjr_open_loop;

typedef struct gjr_code_walk {
    gjr_verifier *verifier;
    const gjr_expression *expression;
    uint32_t row; /* the expression's */
    gjr_shape registers[256];
    bool is_reached;     /* some way leads to the instruction at hand */
    uint32_t next_merge; /* the first of its merges not walked yet, by its number */
    gjr_open_loop loops[GJR_LOOPS_MAX];
    uint32_t loop_count, loop_depth; /* open now; the most at a time */
    bool *is_jumped_to;              /* by row of merges */
    uint32_t *last_reader;           /* a field: the last expression to read it, plus 1 */
    uint32_t reader;                 /* this expression, plus 1 */
    uint32_t field_count;            /* different fields read so far */
    uint32_t next_landmark;          /* the first not come to yet, by its number */
} gjr_code_walk;

/* ---- verify_flow.c ---- */

/* Before the first instruction: the merges and what they hold, by themselves. */
gj_status gjr_flow_begin(gjr_code_walk *walk);
/* Before the operands of instruction `at` are looked at: what is in the registers on every way that
 * leads there. */
gj_status gjr_flow_arrive(gjr_code_walk *walk, uint32_t at);
/* After its operands: where it leads, and what it may write. */
gj_status gjr_flow_leave(gjr_code_walk *walk, uint32_t at, const gjr_opcode_row *op);
/* After the last. */
gj_status gjr_flow_end(gjr_code_walk *walk);

/* ---- verify_decisions.c ---- */

/* The landmarks at instruction `at`, when it is known what the registers hold there. */
gj_status gjr_landmarks_arrive(gjr_code_walk *walk, uint32_t at);
/* After the last: all have been come to. */
gj_status gjr_landmarks_end(const gjr_code_walk *walk);

#endif
