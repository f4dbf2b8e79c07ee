/* SPDX-License-Identifier: Apache-2.0
 *
 * Where code leads: jumps, loops and merges (claims 90 to 97). That every run ends: the only way
 * back is to an `each`, which takes an item from a list that is written nowhere else in its loop.
 */
#include "image/verify_code.h"

static gj_status refuse(const gjr_code_walk *walk, gjr_claim claim, uint32_t at, size_t word)
{
    return gjr_verifier_refuse(walk->verifier, claim, GJR_TABLE_instruction,
                               walk->expression->code_first + at, word);
}

static gj_status refuse_target(const gjr_code_walk *walk, gjr_claim claim, uint32_t at)
{
    return refuse(walk, claim, at, offsetof(gjr_instruction, immediate) / sizeof(uint32_t));
}

static const gjr_instruction *instruction_at(const gjr_code_walk *walk, uint32_t at)
{
    return &walk->verifier->rows->instructions[walk->expression->code_first + at];
}

/* ---- merges ----------------------------------------------------------------------------- */

static const gjr_merge *merge_get(const gjr_code_walk *walk, uint32_t number)
{
    return &walk->verifier->rows->merges[walk->expression->merges_first + number];
}

/* The number of the merge at the instruction, or GJR_NONE. */
static uint32_t merge_find(const gjr_code_walk *walk, uint32_t at)
{
    uint32_t low = 0, high = walk->expression->merges_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (merge_get(walk, middle)->at < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < walk->expression->merges_count && merge_get(walk, low)->at == at;
    return found ? low : GJR_NONE;
}

static gj_status refuse_merge(const gjr_code_walk *walk, uint32_t number)
{
    return GJR_REFUSE(walk->verifier, MERGES, merge, walk->expression->merges_first + number, at);
}

static gj_status verify_held(const gjr_code_walk *walk, const gjr_merge *merge)
{
    const gjr_held *held = walk->verifier->rows->helds;
    for (uint32_t i = merge->held_first; i < merge->held_first + merge->held_count; i++) {
        if (held[i].index >= walk->expression->register_count ||
            (i > merge->held_first && held[i].index <= held[i - 1].index)) {
            return GJR_REFUSE(walk->verifier, HELD, held, i, index);
        }
    }
    return GJ_OK;
}

gj_status gjr_flow_begin(gjr_code_walk *walk)
{
    gj_status status = GJ_OK;
    for (uint32_t i = 0; status == GJ_OK && i < walk->expression->merges_count; i++) {
        if (i > 0 && merge_get(walk, i)->at <= merge_get(walk, i - 1)->at) {
            return refuse_merge(walk, i);
        }
        status = verify_held(walk, merge_get(walk, i));
    }
    walk->is_reached = true;
    walk->next_merge = 0;
    walk->loop_count = walk->loop_depth = 0;
    return status;
}

/* Whether the registers, as they are, hold what the merge says. */
static bool merge_holds(const gjr_code_walk *walk, const gjr_merge *merge)
{
    const gjr_held *held = &walk->verifier->rows->helds[merge->held_first];
    for (uint32_t i = 0; i < merge->held_count; i++) {
        if (!gjr_shape_equal(walk->registers[held[i].index], GJR_SHAPE_OF(&held[i]))) {
            return false;
        }
    }
    return true;
}

/* Behind a merge the registers hold what it says, and no others anything. */
static void merge_take(gjr_code_walk *walk, const gjr_merge *merge)
{
    const gjr_held *held = &walk->verifier->rows->helds[merge->held_first];
    for (uint32_t i = 0; i < walk->expression->register_count; i++) {
        walk->registers[i] = gjr_shape_nothing;
    }
    for (uint32_t i = 0; i < merge->held_count; i++) {
        walk->registers[held[i].index] = GJR_SHAPE_OF(&held[i]);
    }
}

gj_status gjr_flow_arrive(gjr_code_walk *walk, uint32_t at)
{
    uint32_t number = walk->next_merge;
    bool merges = number < walk->expression->merges_count && merge_get(walk, number)->at == at;
    if (merges) {
        const gjr_merge *merge = merge_get(walk, number);
        if (walk->is_reached && !merge_holds(walk, merge)) {
            return GJR_REFUSE(walk->verifier, MERGE_TYPE, merge,
                              walk->expression->merges_first + number, held_first);
        }
        walk->is_reached =
            walk->is_reached || walk->is_jumped_to[walk->expression->merges_first + number];
        walk->next_merge++;
        merge_take(walk, merge);
    }
    return walk->is_reached ? GJ_OK : refuse(walk, GJR_CLAIM_REACHED, at, 0);
}

/* ---- jumps ------------------------------------------------------------------------------ */

/* The registers go to where the instruction leads. */
static gj_status merge_enter(gjr_code_walk *walk, uint32_t at, uint32_t target)
{
    uint32_t number = merge_find(walk, target);
    if (number == GJR_NONE) {
        return refuse_target(walk, GJR_CLAIM_MERGES, at);
    }
    if (!merge_holds(walk, merge_get(walk, number))) {
        return refuse_target(walk, GJR_CLAIM_MERGE_TYPE, at);
    }
    walk->is_jumped_to[walk->expression->merges_first + number] = true;
    return GJ_OK;
}

static gj_status jump_ahead(gjr_code_walk *walk, uint32_t at, uint32_t target)
{
    if (target <= at || target >= walk->expression->code_count) {
        return refuse_target(walk, GJR_CLAIM_JUMP, at);
    }
    return merge_enter(walk, at, target);
}

/* ---- loops ------------------------------------------------------------------------------ */

static gjr_open_loop *innermost(gjr_code_walk *walk)
{
    return walk->loop_count > 0 ? &walk->loops[walk->loop_count - 1] : NULL;
}

static gj_status loop_open(gjr_code_walk *walk, uint32_t at, const gjr_instruction *each)
{
    const gjr_open_loop *outer = innermost(walk);
    if (outer != NULL && each->immediate >= outer->end) {
        return refuse_target(walk, GJR_CLAIM_LOOP, at);
    }
    if (walk->loop_count == GJR_LOOPS_MAX) {
        return refuse(walk, GJR_CLAIM_LOOP_DEPTH, at, 0);
    }
    walk->loops[walk->loop_count++] = (gjr_open_loop){at, each->immediate, gjr_word_a(each->word)};
    if (walk->loop_count > walk->loop_depth) {
        walk->loop_depth = walk->loop_count;
    }
    return GJ_OK;
}

static gj_status loop_close(gjr_code_walk *walk, uint32_t at, uint32_t target)
{
    const gjr_open_loop *loop = innermost(walk);
    if (loop == NULL || target != loop->each || at + 1 != loop->end) {
        return refuse_target(walk, GJR_CLAIM_LOOP, at);
    }
    walk->loop_count--;
    return merge_enter(walk, at, target);
}

static bool is_walked(const gjr_code_walk *walk, unsigned index)
{
    for (uint32_t i = 0; i < walk->loop_count; i++) {
        if (walk->loops[i].list == index) {
            return true;
        }
    }
    return false;
}

/* An `each` writes the list as well, which no loop around it may walk. */
static gj_status verify_writes(const gjr_code_walk *walk, uint32_t at, const gjr_opcode_row *op)
{
    uint32_t word = instruction_at(walk, at)->word;
    bool each = gjr_word_op(word) == GJR_OP_EACH;
    unsigned d = gjr_word_d(word), a = gjr_word_a(word);
    bool wrong = op->result != GJR_KIND_NOTHING && is_walked(walk, d);
    wrong = wrong || (each && (d == a || is_walked(walk, a)));
    return wrong ? refuse(walk, GJR_CLAIM_LOOP_LIST, at, 0) : GJ_OK;
}

gj_status gjr_flow_leave(gjr_code_walk *walk, uint32_t at, const gjr_opcode_row *op)
{
    const gjr_instruction *row = instruction_at(walk, at);
    unsigned opcode = gjr_word_op(row->word);
    gj_status status = verify_writes(walk, at, op);
    if (status == GJ_OK && op->immediate == GJR_IMMEDIATE_AHEAD) {
        status = jump_ahead(walk, at, row->immediate);
    }
    if (status == GJ_OK && opcode == GJR_OP_EACH) {
        status = loop_open(walk, at, row);
    }
    if (status == GJ_OK && opcode == GJR_OP_AGAIN) {
        status = loop_close(walk, at, row->immediate);
    }
    walk->is_reached = opcode != GJR_OP_JUMP && opcode != GJR_OP_AGAIN;
    const gjr_open_loop *loop = innermost(walk);
    if (status == GJ_OK && loop != NULL && at + 1 == loop->end) {
        return refuse(walk, GJR_CLAIM_LOOP, at, 0);
    }
    return status;
}

gj_status gjr_flow_end(gjr_code_walk *walk)
{
    if (walk->loop_depth != walk->expression->loops) {
        return GJR_REFUSE(walk->verifier, LOOP_DEPTH, expression, walk->row, loops);
    }
    for (uint32_t i = 0; i < walk->expression->merges_count; i++) {
        if (!walk->is_jumped_to[walk->expression->merges_first + i]) {
            return refuse_merge(walk, i);
        }
    }
    return GJ_OK;
}
