/* SPDX-License-Identifier: Apache-2.0
 *
 * See graph.h. Dominators by Cooper, Harvey and Kennedy: over stages in reverse postorder, each is
 * given the nearest common dominator of its predecessors, until nothing changes. */
#include "analysis/graph.h"

/* ---- depth first, without recursion ---- */

typedef struct frame {
    uint32_t stage, next; /* the next transition of the stage */
} frame;

typedef struct ordering {
    frame *frames;
    uint32_t *order; /* stages in postorder */
    uint32_t count;
} ordering;

static void postorder(gjc_graph *graph, ordering *o)
{
    const gjc_model *model = graph->model;
    uint32_t depth = 0;
    o->frames[depth++] = (frame){model->initial, 0};
    graph->is_reached[model->initial] = true;
    while (depth > 0) {
        frame *top = &o->frames[depth - 1];
        const gjc_stage *stage = &model->stages[top->stage];
        if (top->next == stage->transition_count) {
            o->order[o->count++] = top->stage;
            depth--;
            continue;
        }
        uint32_t target = model->transitions[stage->first_transition + top->next++].target;
        if (target == GJC_NO_INDEX || graph->is_reached[target])
            continue;
        graph->is_reached[target] = true;
        o->frames[depth++] = (frame){target, 0};
    }
}

/* ---- dominators ---- */

static uint32_t common_dominator(const gjc_graph *graph, uint32_t a, uint32_t b)
{
    while (a != b) {
        while (graph->ranks[a] > graph->ranks[b])
            a = graph->dominators[a];
        while (graph->ranks[b] > graph->ranks[a])
            b = graph->dominators[b];
    }
    return a;
}

/* One sweep over the edges of stages in reverse postorder; whether anything changed. The initial
 * stage is its own dominator while this goes on. */
static bool dominators_sweep(gjc_graph *graph, const ordering *o)
{
    const gjc_model *model = graph->model;
    bool changed = false;
    for (uint32_t i = o->count; i-- > 0;) {
        const gjc_stage *stage = &model->stages[o->order[i]];
        for (uint32_t j = 0; j < stage->transition_count; j++) {
            uint32_t target = model->transitions[stage->first_transition + j].target;
            if (target == GJC_NO_INDEX || target == model->initial)
                continue;
            uint32_t known = graph->dominators[target];
            uint32_t found =
                known == GJC_NO_INDEX ? o->order[i] : common_dominator(graph, known, o->order[i]);
            changed = changed || found != known;
            graph->dominators[target] = found;
        }
    }
    return changed;
}

static void dominators_find(gjc_graph *graph, const ordering *o)
{
    uint32_t initial = graph->model->initial;
    for (uint32_t i = 0; i < o->count; i++)
        graph->ranks[o->order[i]] = o->count - 1 - i;
    graph->dominators[initial] = initial;
    while (dominators_sweep(graph, o)) {
    }
    graph->dominators[initial] = GJC_NO_INDEX;
}

bool gjc_graph_dominates(const gjc_graph *graph, uint32_t dominator, uint32_t stage)
{
    while (stage != GJC_NO_INDEX && stage != dominator)
        stage = graph->dominators[stage];
    return stage == dominator;
}

/* ---- endings ---- */

/* Backwards from the final stages, edge by edge until nothing changes. */
static void endings_find(gjc_graph *graph)
{
    const gjc_model *model = graph->model;
    for (uint32_t i = 0; i < model->stage_count; i++)
        graph->can_end[i] = model->stages[i].is_final;
    bool changed = true;
    while (changed) {
        changed = false;
        for (uint32_t i = model->transition_count; i-- > 0;) {
            const gjc_transition *t = &model->transitions[i];
            if (t->target == GJC_NO_INDEX || !graph->can_end[t->target] || graph->can_end[t->stage])
                continue;
            graph->can_end[t->stage] = changed = true;
        }
    }
}

/* ---- the whole ---- */

gj_status gjc_graph_init(gjc_graph *graph, const gjc_model *model, gjb_arena *arena)
{
    uint32_t stages = model->stage_count;
    *graph = (gjc_graph){
        .model = model,
        .is_reached = gjb_arena_make(arena, stages, sizeof(bool)),
        .can_end = gjb_arena_make(arena, stages, sizeof(bool)),
        .dominators = gjb_arena_make(arena, stages, sizeof(uint32_t)),
        .ranks = gjb_arena_make(arena, stages, sizeof(uint32_t)),
        .is_return = gjb_arena_make(arena, model->transition_count, sizeof(bool)),
    };
    ordering o = {
        .frames = gjb_arena_make(arena, stages, sizeof(frame)),
        .order = gjb_arena_make(arena, stages, sizeof(uint32_t)),
    };
    if (graph->is_reached == NULL || graph->can_end == NULL || graph->dominators == NULL ||
        graph->ranks == NULL || graph->is_return == NULL || o.frames == NULL || o.order == NULL)
        return GJ_NO_MEMORY;
    for (uint32_t i = 0; i < stages; i++)
        graph->dominators[i] = GJC_NO_INDEX;
    endings_find(graph);
    if (model->initial == GJC_NO_INDEX)
        return GJ_OK;
    postorder(graph, &o);
    dominators_find(graph, &o);
    for (uint32_t i = 0; i < model->transition_count; i++) {
        const gjc_transition *t = &model->transitions[i];
        graph->is_return[i] = t->target != GJC_NO_INDEX && graph->is_reached[t->stage] &&
                              gjc_graph_dominates(graph, t->target, t->stage);
    }
    return GJ_OK;
}
