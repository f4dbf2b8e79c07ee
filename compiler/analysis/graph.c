/* SPDX-License-Identifier: Apache-2.0
 *
 * See graph.h. Dominators by Cooper, Harvey and Kennedy: over stages in reverse postorder, each is
 * given the nearest common dominator of its predecessors, until nothing changes. */
#include "analysis/graph.h"

#include <string.h>

/* ---- edges ---- */

/* The stage of the target's region in which the source stands or runs. */
static uint32_t edge_source(const gjc_model *model, const gjc_transition *t)
{
    uint32_t stage = t->stage, region = model->stages[t->target].region;
    while (model->stages[stage].region != region)
        stage = model->regions[model->stages[stage].region].parent;
    return stage;
}

static uint32_t edge_begin(const gjc_model *model, const gjc_edge *edge)
{
    return edge->kind == GJR_EXIT_JOIN ? model->stages[edge->from].join_span.begin
                                       : model->transitions[edge->transition].span.begin;
}

static void edge_add(gjc_graph *graph, uint32_t *filled, gjc_edge edge)
{
    uint32_t first = graph->first_edges[edge.from], at = first + filled[edge.from]++;
    uint32_t begin = edge_begin(graph->model, &edge);
    for (; at > first && edge_begin(graph->model, &graph->edges[at - 1]) > begin; at--)
        graph->edges[at] = graph->edges[at - 1];
    graph->edges[at] = edge;
}

static void edges_fill(gjc_graph *graph, uint32_t *filled)
{
    const gjc_model *model = graph->model;
    for (uint32_t i = 0; i < model->transition_count; i++) {
        const gjc_transition *t = &model->transitions[i];
        if (t->target == GJC_NO_INDEX)
            continue;
        uint32_t from = edge_source(model, t);
        edge_add(graph, filled,
                 (gjc_edge){from == t->stage ? GJR_EXIT_ACT : GJR_EXIT_LEAVE, from, t->target, i,
                            false});
    }
    for (uint32_t i = 0; i < model->stage_count; i++)
        if (model->stages[i].join != GJC_NO_INDEX)
            edge_add(graph, filled,
                     (gjc_edge){GJR_EXIT_JOIN, i, model->stages[i].join, GJC_NO_INDEX, false});
}

static bool edges_make(gjc_graph *graph, gjb_arena *arena)
{
    const gjc_model *model = graph->model;
    size_t most = (size_t)model->transition_count + model->stage_count;
    graph->edges = gjb_arena_make(arena, most, sizeof *graph->edges);
    graph->first_edges = gjb_arena_make(arena, (size_t)model->stage_count + 1, sizeof(uint32_t));
    uint32_t *filled = gjb_arena_make(arena, model->stage_count, sizeof *filled);
    if (graph->edges == NULL || graph->first_edges == NULL || filled == NULL)
        return false;
    uint32_t *counts = graph->first_edges + 1;
    for (uint32_t i = 0; i < model->transition_count; i++)
        if (model->transitions[i].target != GJC_NO_INDEX)
            counts[edge_source(model, &model->transitions[i])]++;
    for (uint32_t i = 0; i < model->stage_count; i++)
        counts[i] += model->stages[i].join != GJC_NO_INDEX ? 1 : 0;
    for (uint32_t i = 1; i < model->stage_count; i++)
        counts[i] += counts[i - 1];
    edges_fill(graph, filled);
    return true;
}

/* ---- depth first, without recursion ---- */

typedef struct frame {
    uint32_t stage, next; /* the next edge of the stage */
} frame;

typedef struct ordering {
    frame *frames;
    uint32_t *order; /* one region's stages in postorder */
    uint32_t count;
    uint32_t initial;
    bool *is_member; /* a stage of the model: it is among them */
} ordering;

static void postorder(gjc_graph *graph, ordering *o)
{
    uint32_t depth = 0;
    o->count = 0;
    o->frames[depth++] = (frame){o->initial, graph->first_edges[o->initial]};
    graph->is_reached[o->initial] = o->is_member[o->initial] = true;
    while (depth > 0) {
        frame *top = &o->frames[depth - 1];
        if (top->next == graph->first_edges[top->stage + 1]) {
            o->order[o->count++] = top->stage;
            depth--;
            continue;
        }
        uint32_t target = graph->edges[top->next++].to;
        if (graph->is_reached[target])
            continue;
        graph->is_reached[target] = o->is_member[target] = true;
        o->frames[depth++] = (frame){target, graph->first_edges[target]};
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
    bool changed = false;
    for (uint32_t i = o->count; i-- > 0;) {
        uint32_t stage = o->order[i];
        for (uint32_t j = graph->first_edges[stage]; j < graph->first_edges[stage + 1]; j++) {
            uint32_t target = graph->edges[j].to;
            if (target == o->initial || !o->is_member[target])
                continue;
            uint32_t known = graph->dominators[target];
            uint32_t found = known == GJC_NO_INDEX ? stage : common_dominator(graph, known, stage);
            changed = changed || found != known;
            graph->dominators[target] = found;
        }
    }
    return changed;
}

static void dominators_find(gjc_graph *graph, const ordering *o)
{
    for (uint32_t i = 0; i < o->count; i++)
        graph->ranks[o->order[i]] = o->count - 1 - i;
    graph->dominators[o->initial] = o->initial;
    while (dominators_sweep(graph, o)) {
    }
    graph->dominators[o->initial] = GJC_NO_INDEX;
}

bool gjc_graph_dominates(const gjc_graph *graph, uint32_t dominator, uint32_t stage)
{
    while (stage != GJC_NO_INDEX && stage != dominator)
        stage = graph->dominators[stage];
    return stage == dominator;
}

/* The stages that follow from one, its dominator in the region aside. */
static void order_from(gjc_graph *graph, ordering *o, uint32_t initial)
{
    o->initial = initial;
    postorder(graph, o);
    dominators_find(graph, o);
    for (uint32_t i = 0; i < o->count; i++)
        o->is_member[o->order[i]] = false;
}

/* ---- what the law does ---- */

static bool consequences_find(gjc_graph *graph, gjb_arena *arena)
{
    const gjc_model *model = graph->model;
    uint32_t count = 0;
    for (uint32_t i = 0; i < model->limit_count; i++)
        count += model->limits[i].effect_count;
    graph->consequences = gjb_arena_make(arena, count, sizeof *graph->consequences);
    for (uint32_t i = 0; graph->consequences != NULL && i < model->limit_count; i++)
        for (uint32_t j = 0; j < model->limits[i].effect_count; j++)
            graph->consequences[graph->consequence_count++] =
                (gjc_consequence){&model->limits[i], &model->limits[i].effects[j]};
    return graph->consequences != NULL;
}

/* From which stage of the target's region the law takes a case there: the one in which the effect
 * holds, that runs the limit's branch, or else the initial one for all. */
static uint32_t entry_of(const gjc_model *model, const gjc_limit *limit, const gjc_effect *effect)
{
    uint32_t region = model->stages[effect->target].region, at = effect->stage;
    if (limit->region == region)
        return at != GJC_NO_INDEX ? at : model->regions[region].initial;
    for (at = model->regions[limit->region].parent; model->stages[at].region != region;)
        at = model->regions[model->stages[at].region].parent;
    return at;
}

/* Stages to which the law alone leads follow from where it finds the case. Whether there are any
 * that were not reached before. */
static bool law_order(gjc_graph *graph, ordering *o, uint32_t region)
{
    const gjc_model *model = graph->model;
    bool changed = false;
    for (uint32_t i = 0; i < graph->consequence_count; i++) {
        gjc_consequence of = graph->consequences[i];
        uint32_t target = of.effect->target;
        if (target == GJC_NO_INDEX || model->stages[target].region != region ||
            graph->is_reached[target])
            continue;
        uint32_t entry = entry_of(model, of.limit, of.effect);
        if (entry == GJC_NO_INDEX || !graph->is_reached[entry])
            continue;
        order_from(graph, o, target);
        graph->dominators[target] = entry;
        changed = true;
    }
    return changed;
}

static void region_order(gjc_graph *graph, ordering *o, uint32_t index)
{
    const gjc_region *region = &graph->model->regions[index];
    bool runs = region->parent == GJC_NO_INDEX || graph->is_reached[region->parent];
    if (region->initial == GJC_NO_INDEX || !runs)
        return;
    order_from(graph, o, region->initial);
    while (law_order(graph, o, index)) {
    }
}

/* Backwards over what the law does to cases in that region: they stay in it, or leave it. */
static bool law_spread(const gjc_graph *graph, uint32_t region, bool leaves, bool *marks)
{
    const gjc_model *model = graph->model;
    bool changed = false;
    for (uint32_t i = 0; i < graph->consequence_count; i++) {
        const gjc_effect *effect = graph->consequences[i].effect;
        if (graph->consequences[i].limit->region != region || effect->target == GJC_NO_INDEX)
            continue;
        bool inside = model->stages[effect->target].region == region;
        if (inside ? !marks[effect->target] : !leaves)
            continue;
        uint32_t first = model->regions[region].first_stage;
        for (uint32_t at = first; at < first + model->regions[region].stage_count; at++) {
            bool here = effect->stage == GJC_NO_INDEX || effect->stage == at;
            changed = changed || (here && !marks[at]);
            marks[at] = marks[at] || here;
        }
    }
    return changed;
}

/* ---- endings ---- */

uint32_t gjc_graph_branch_of(const gjc_model *model, uint32_t stage, uint32_t region)
{
    while (model->regions[region].parent != stage)
        region = model->regions[region].outer;
    return region;
}

uint32_t gjc_graph_count_finishing(const gjc_graph *graph, uint32_t stage)
{
    const gjc_stage *row = &graph->model->stages[stage];
    uint32_t count = 0;
    for (uint32_t i = row->first_branch; i < row->first_branch + row->branch_count; i++) {
        uint32_t initial = graph->model->regions[i].initial;
        count += initial != GJC_NO_INDEX && graph->can_finish[initial] ? 1 : 0;
    }
    return count;
}

/* A transition that leaves is reached where its stage is. */
static bool edge_holds(const gjc_graph *graph, const gjc_edge *edge)
{
    const gjc_model *model = graph->model;
    switch (edge->kind) {
    case GJR_EXIT_JOIN:
        return gjc_graph_count_finishing(graph, edge->from) >= model->stages[edge->from].need;
    case GJR_EXIT_LEAVE:
        return !graph->is_reached[edge->from] ||
               graph->is_reached[model->transitions[edge->transition].stage];
    case GJR_EXIT_ACT:
    case GJR_EXIT_COUNT:
        break;
    }
    return true;
}

/* Backwards over the edges of one region, until nothing changes. */
static void spread(const gjc_graph *graph, uint32_t index, bool leaves, bool *marks)
{
    const gjc_region *region = &graph->model->regions[index];
    bool changed = true;
    uint32_t first = graph->first_edges[region->first_stage];
    uint32_t end = graph->first_edges[region->first_stage + region->stage_count];
    while (changed) {
        changed = law_spread(graph, index, leaves, marks);
        for (uint32_t i = end; i-- > first;) {
            const gjc_edge *edge = &graph->edges[i];
            if (!marks[edge->to] || marks[edge->from] || !edge_holds(graph, edge))
                continue;
            marks[edge->from] = changed = true;
        }
    }
}

/* From where a transition leads out of regions, its stage and those that run the branch end. */
static void leaving_mark(gjc_graph *graph)
{
    const gjc_model *model = graph->model;
    for (uint32_t i = 0; i < model->transition_count; i++) {
        const gjc_transition *t = &model->transitions[i];
        uint32_t region =
            t->target == GJC_NO_INDEX ? GJC_NO_INDEX : model->stages[t->target].region;
        for (uint32_t at = t->stage; region != GJC_NO_INDEX && model->stages[at].region != region;
             at = model->regions[model->stages[at].region].parent)
            graph->can_end[at] = true;
    }
}

static void endings_find(gjc_graph *graph)
{
    const gjc_model *model = graph->model;
    for (uint32_t i = 0; i < model->stage_count; i++)
        graph->can_finish[i] = model->stages[i].is_final;
    for (uint32_t r = model->region_count; r-- > 0;)
        spread(graph, r, false, graph->can_finish);
    memcpy(graph->can_end, graph->can_finish, model->stage_count * sizeof(bool));
    leaving_mark(graph);
    for (uint32_t r = model->region_count; r-- > 0;)
        spread(graph, r, true, graph->can_end);
}

/* ---- the whole ---- */

gj_status gjc_graph_init(gjc_graph *graph, const gjc_model *model, gjb_arena *arena)
{
    uint32_t stages = model->stage_count;
    *graph = (gjc_graph){
        .model = model,
        .is_reached = gjb_arena_make(arena, stages, sizeof(bool)),
        .can_finish = gjb_arena_make(arena, stages, sizeof(bool)),
        .can_end = gjb_arena_make(arena, stages, sizeof(bool)),
        .dominators = gjb_arena_make(arena, stages, sizeof(uint32_t)),
        .ranks = gjb_arena_make(arena, stages, sizeof(uint32_t)),
    };
    ordering o = {
        .frames = gjb_arena_make(arena, stages, sizeof(frame)),
        .order = gjb_arena_make(arena, stages, sizeof(uint32_t)),
        .is_member = gjb_arena_make(arena, stages, sizeof(bool)),
    };
    if (graph->is_reached == NULL || graph->can_finish == NULL || graph->can_end == NULL ||
        graph->dominators == NULL || graph->ranks == NULL || o.frames == NULL || o.order == NULL ||
        o.is_member == NULL || !edges_make(graph, arena) || !consequences_find(graph, arena))
        return GJ_NO_MEMORY;
    for (uint32_t i = 0; i < stages; i++)
        graph->dominators[i] = GJC_NO_INDEX;
    for (uint32_t i = 0; i < model->region_count; i++)
        region_order(graph, &o, i);
    endings_find(graph);
    for (uint32_t i = 0; i < graph->first_edges[stages]; i++) {
        gjc_edge *edge = &graph->edges[i];
        edge->is_return =
            graph->is_reached[edge->from] && gjc_graph_dominates(graph, edge->to, edge->from);
    }
    return GJ_OK;
}
