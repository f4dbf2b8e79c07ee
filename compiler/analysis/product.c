/* SPDX-License-Identifier: Apache-2.0
 *
 * See product.h. */
#include "analysis/product.h"

#include "base/text.h"

#include <string.h>

_Static_assert(sizeof(gjc_product_state) == sizeof(gjc_standing) + GJC_PRODUCT_WARDS_MAX + 4,
               "states are compared as bytes");

typedef struct seeking {
    gjc_product *product;
    const gjc_quest *quest;
    gjb_map known;
    uint32_t count, current;
    uint32_t act; /* being done */
    bool is_found, is_too_large;
} seeking;

/* ---- the way found ---- */

static void act_put(gjc_product *p, uint32_t *left, uint32_t act)
{
    if (act != GJC_NO_INDEX && --*left < GJC_PRODUCT_WAY_MAX)
        p->way[*left] = act;
}

/* The acts to the current state, and then the last. */
static void way_take(seeking *s, uint32_t last)
{
    gjc_product *p = s->product;
    uint32_t length = last != GJC_NO_INDEX;
    for (uint32_t at = s->current; at != 0; at = p->parents[at])
        length += p->acts[at] != GJC_NO_INDEX;
    p->way_count = length < GJC_PRODUCT_WAY_MAX ? length : GJC_PRODUCT_WAY_MAX;
    act_put(p, &length, last);
    for (uint32_t at = s->current; at != 0; at = p->parents[at])
        act_put(p, &length, p->acts[at]);
    s->is_found = true;
}

/* ---- states ---- */

static void state_add(seeking *s, const gjc_product_state *state)
{
    gjc_product *p = s->product;
    bool added;
    if (s->count == p->states_max) {
        s->is_too_large = true;
        return;
    }
    p->states[s->count] = *state;
    gj_text key = {(const char *)&p->states[s->count], sizeof *state};
    if (gjb_map_add(&s->known, key, s->count, &added) == NULL) {
        s->is_too_large = true;
    } else if (added) {
        p->parents[s->count] = s->current;
        p->acts[s->count++] = s->act;
    }
}

/* With the case. A branch has ended before, or ends without being asked. */
static bool ends_well(const gjc_ward *ward, int state)
{
    return ward->region != 0 || gjc_ward_ends_well(ward, state);
}

/* Whether it ends a way that is looked for. */
static bool is_end(const seeking *s, const gjc_product_state *state)
{
    const gjc_runs *runs = s->product->runs;
    uint32_t end = gjc_runs_end(runs, &state->at);
    if (end == GJC_NO_INDEX || !state->has_done ||
        (!s->quest->any_end && runs->graph->model->stages[end].is_void))
        return false;
    if (s->quest->breaks)
        return !ends_well(s->quest->wards[0], state->wards[0]);
    for (int i = 0; i < GJC_PRODUCT_WARDS_MAX; i++)
        if (s->quest->wards[i] != NULL && !ends_well(s->quest->wards[i], state->wards[i]))
            return false;
    return true;
}

static void state_reach(seeking *s, const gjc_product_state *state)
{
    const gjc_quest *quest = s->quest;
    if (is_end(s, state) ||
        (quest->breaks && gjc_ward_hangs_on_time(quest->wards[0], state->wards[0], s->act)))
        way_take(s, s->act);
    else
        state_add(s, state);
}

/* ---- acts ---- */

static bool is_keyed(const gjc_ward *ward)
{
    return gjb_text_is_present(ward->key);
}

/* Whether the ward hears what is done there. */
static bool hears_there(const seeking *s, const gjc_ward *ward, const gjc_product_state *from,
                        const gjc_move *move)
{
    const gjc_runs *runs = s->product->runs;
    const gjc_model *model = runs->graph->model;
    if (gjc_ward_ends_with_the_case(ward) && gjc_runs_end(runs, &from->at) != GJC_NO_INDEX)
        return false;
    return ward->region == 0 || (gjc_runs_is_running(&from->at, ward->region) &&
                                 gjc_model_is_within(model, move->region, ward->region));
}

/* A ward of a branch, once the case has moved: asked as the branch comes to its end, and begun anew
 * where the branch ends otherwise. */
static int branch_step(const seeking *s, const gjc_ward *ward, int state, const gjc_move *move)
{
    const gjc_model *model = s->product->runs->graph->model;
    if (ward->region == 0 || move->target == GJC_NO_INDEX)
        return state;
    const gjc_stage *target = &model->stages[move->target];
    if (target->region == ward->region && target->is_final)
        return gjc_ward_ends_well(ward, state) ? 0 : GJC_WARD_BROKEN;
    bool begins_anew =
        target->region != ward->region && gjc_model_is_within(model, ward->region, target->region);
    return begins_anew || !gjc_runs_is_running(&move->to, ward->region) ? 0 : state;
}

/* Each ward that a condition, or another key, may make deaf hears the act and does not, as `deaf`
 * says. */
static void act_hear(seeking *s, const gjc_product_state *from, const gjc_move *move, unsigned deaf)
{
    const gjc_quest *quest = s->quest;
    gjc_product_state to = *from;
    to.at = move->to;
    for (int i = 0; i < GJC_PRODUCT_WARDS_MAX; i++) {
        const gjc_ward *ward = quest->wards[i];
        if (ward == NULL)
            continue;
        bool heard = move->action != GJC_NO_INDEX && (deaf >> i & 1) == 0 &&
                     hears_there(s, ward, from, move);
        int state = from->wards[i];
        if (heard)
            state = gjc_ward_step(ward, state, move->action, move->by_law);
        if (state != GJC_WARD_BROKEN && gjc_runs_is_running(&from->at, ward->region))
            state = branch_step(s, ward, state, move);
        if (state == GJC_WARD_BROKEN && quest->breaks)
            way_take(s, move->action);
        if (state == GJC_WARD_BROKEN)
            return;
        to.wards[i] = (uint8_t)state;
    }
    if (move->action == quest->action && move->action != GJC_NO_INDEX && (deaf & 1) == 0 &&
        gjc_model_is_within(s->product->runs->graph->model, move->region, quest->region))
        to.has_done = 1;
    state_reach(s, &to);
}

/* Wards that a condition may make deaf to the act, and those that another key may. */
typedef struct passing {
    unsigned by_condition, by_key;
} passing;

static passing passing_of(const gjc_quest *quest, uint32_t action)
{
    passing may = {0, 0};
    for (int i = 0; action != GJC_NO_INDEX && i < GJC_PRODUCT_WARDS_MAX; i++) {
        const gjc_ward *ward = quest->wards[i];
        if (ward == NULL || !gjc_ward_hears(ward, action))
            continue;
        may.by_condition |= gjc_ward_may_pass_over(ward, action) ? 1u << i : 0;
        may.by_key |= is_keyed(ward) && !quest->one_key ? 1u << i : 0;
    }
    return may;
}

/* Of two that stand for each value of one name, another value is nothing to either. */
static bool may_be_deaf(const gjc_quest *quest, passing may, unsigned deaf)
{
    const unsigned both = 3;
    bool one = (deaf & both) == 1 || (deaf & both) == 2;
    bool same = may.by_key == both && gjb_text_equal(quest->wards[0]->key, quest->wards[1]->key);
    return (deaf & ~(may.by_condition | may.by_key)) == 0 &&
           !(one && same && (deaf & may.by_condition) == 0);
}

static void act_do(seeking *s, const gjc_product_state *from, const gjc_move *move)
{
    passing may = passing_of(s->quest, move->action);
    s->act = move->action;
    for (unsigned deaf = 0; deaf <= (may.by_condition | may.by_key) && !s->is_found; deaf++)
        if (may_be_deaf(s->quest, may, deaf))
            act_hear(s, from, move, deaf);
}

static bool concerns(const gjc_quest *quest, uint32_t action)
{
    for (int i = 0; i < GJC_PRODUCT_WARDS_MAX; i++)
        if (quest->wards[i] != NULL && gjc_ward_hears(quest->wards[i], action))
            return true;
    return quest->action == action;
}

static void state_leave(seeking *s)
{
    gjc_product *p = s->product;
    const gjc_product_state from = p->states[s->current];
    if (gjc_runs_end(p->runs, &from.at) != GJC_NO_INDEX && !s->quest->breaks)
        return;
    uint32_t count = gjc_runs_moves(p->runs, &from.at);
    p->work += count + p->free_count + 1;
    for (uint32_t i = 0; i < count && !s->is_found; i++)
        act_do(s, &from, &p->runs->moves[i]);
    for (uint32_t i = 0; i < p->free_count && !s->is_found; i++)
        if (concerns(s->quest, p->free_actions[i]))
            act_do(
                s, &from,
                &(gjc_move){.action = p->free_actions[i], .target = GJC_NO_INDEX, .to = from.at});
}

gjc_product_answer gjc_product_find(gjc_product *product, const gjc_quest *quest)
{
    seeking s = {.product = product, .quest = quest, .act = GJC_NO_INDEX};
    gjc_product_state first;
    memset(&first, 0, sizeof first);
    first.at = gjc_runs_begin(product->runs);
    first.has_done = quest->action == GJC_NO_INDEX;
    gjb_map_init(&s.known, product->allocator, 7);
    state_add(&s, &first);
    for (; s.current < s.count && !s.is_found && !s.is_too_large; s.current++) {
        state_leave(&s);
        s.is_too_large = s.is_too_large || product->work > product->work_max;
    }
    gjb_map_deinit(&s.known);
    return s.is_found ? GJC_WAY_FOUND : s.is_too_large ? GJC_WAY_UNKNOWN : GJC_NO_WAY;
}
