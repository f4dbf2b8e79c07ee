/* SPDX-License-Identifier: Apache-2.0
 *
 * See product.h. */
#include "analysis/product.h"

#include <string.h>

_Static_assert(sizeof(gjc_product_state) == sizeof(gjc_standing) + GJC_PRODUCT_WARDS_MAX + 6,
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

/* Whether it ends a way that is looked for. */
static bool is_end(const seeking *s, const gjc_product_state *state)
{
    const gjc_runs *runs = s->product->runs;
    uint32_t end = gjc_runs_end(runs, &state->at);
    if (end == GJC_NO_INDEX || !state->has_done ||
        (!s->quest->any_end && runs->graph->model->stages[end].is_void))
        return false;
    if (s->quest->breaks)
        return !gjc_ward_ends_well(s->quest->wards[0], state->wards[0]);
    for (int i = 0; i < GJC_PRODUCT_WARDS_MAX; i++)
        if (s->quest->wards[i] != NULL && !gjc_ward_ends_well(s->quest->wards[i], state->wards[i]))
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

/* Each ward that a condition may make deaf hears the act and does not, as `deaf` says. */
static void act_hear(seeking *s, const gjc_product_state *from, const gjc_move *move, unsigned deaf)
{
    const gjc_quest *quest = s->quest;
    gjc_product_state to = *from;
    to.at = move->to;
    for (int i = 0; i < GJC_PRODUCT_WARDS_MAX; i++) {
        const gjc_ward *ward = quest->wards[i];
        if (ward == NULL || move->action == GJC_NO_INDEX || (deaf >> i & 1) != 0)
            continue;
        int state = gjc_ward_step(ward, from->wards[i], move->action, move->by_law);
        if (state == GJC_WARD_BROKEN && quest->breaks)
            way_take(s, move->action);
        if (state == GJC_WARD_BROKEN)
            return;
        to.wards[i] = (uint8_t)state;
    }
    if (move->action == quest->action && move->action != GJC_NO_INDEX && (deaf & 1) == 0)
        to.has_done = 1;
    state_reach(s, &to);
}

static void act_do(seeking *s, const gjc_product_state *from, const gjc_move *move)
{
    unsigned may_pass = 0;
    s->act = move->action;
    for (int i = 0; i < GJC_PRODUCT_WARDS_MAX; i++) {
        const gjc_ward *ward = s->quest->wards[i];
        if (ward != NULL && move->action != GJC_NO_INDEX &&
            gjc_ward_may_pass_over(ward, move->action))
            may_pass |= 1u << i;
    }
    for (unsigned deaf = 0; deaf <= may_pass && !s->is_found; deaf++)
        if ((deaf & ~may_pass) == 0)
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
            act_do(s, &from, &(gjc_move){.action = p->free_actions[i], .to = from.at});
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
