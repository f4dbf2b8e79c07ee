/* SPDX-License-Identifier: Apache-2.0
 *
 * See steps.h. */
#include "image/steps.h"

#include "image/opcode.h"

#include <assert.h>

/* A loop around the instruction at hand, and how often what is right inside it may run. */
typedef struct loop {
    uint32_t end;
    uint64_t times;
} loop;

uint64_t gjr_steps_max(const gjr_rows *rows, const gjr_expression *expression)
{
    const gjr_instruction *code = &rows->instructions[expression->code_first];
    const uint64_t most = (uint64_t)expression->code_count + GJR_STEPS_MAX;
    loop loops[GJR_LOOPS_MAX + 1] = {{expression->code_count, 1}};
    uint32_t depth = 0;
    uint64_t steps = 0;
    for (uint32_t i = 0; i < expression->code_count; i++) {
        while (depth > 0 && i == loops[depth].end) {
            depth--;
        }
        steps += loops[depth].times;
        if (gjr_word_op(code[i].word) == GJR_OP_EACH) {
            /* Once more than there are items, to see that there are none. */
            uint64_t times = loops[depth].times * GJR_LIST_ITEMS_MAX;
            times = times < most ? times : most;
            steps += times;
            assert(depth < GJR_LOOPS_MAX);
            loops[++depth] = (loop){code[i].immediate, times};
        }
        steps = steps < most ? steps : most;
    }
    return steps;
}
