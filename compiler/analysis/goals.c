/* SPDX-License-Identifier: Apache-2.0
 *
 * See goals.h. */
#include "analysis/goals.h"

#include <string.h>

static uint32_t region_goals(const gjc_recovery_table *table, uint32_t region)
{
    return table->first_goals[region + 1] - table->first_goals[region];
}

static gjc_way *way_at(const gjc_graph *graph, const gjc_recovery_table *table, uint32_t stage,
                       uint32_t goal)
{
    uint32_t region = graph->model->stages[stage].region;
    uint32_t row = stage - graph->model->regions[region].first_stage;
    return &table->ways[table->first_ways[region] + row * region_goals(table, region) +
                        (goal - table->first_goals[region])];
}

uint32_t gjc_recovery_goal(const gjc_recovery_table *table, uint32_t region, uint32_t transition)
{
    uint32_t goal = table->first_goals[region];
    while (table->goals[goal].transition != transition)
        goal++;
    return goal;
}

/* ---- which there are ---- */

typedef void (*leaving)(void *payload, uint32_t region, uint32_t transition);

/* Each transition that leaves regions, region by region outwards. */
static void leavings_walk(const gjc_model *model, leaving call, void *payload)
{
    for (uint32_t i = 0; i < model->transition_count; i++) {
        const gjc_transition *t = &model->transitions[i];
        uint32_t region = model->stages[t->stage].region;
        for (; t->target != GJC_NO_INDEX && region != model->stages[t->target].region;
             region = model->regions[region].outer)
            call(payload, region, i);
    }
}

static void goal_count(void *payload, uint32_t region, uint32_t transition)
{
    (void)transition;
    ((uint32_t *)payload)[region + 1]++;
}

typedef struct filling {
    gjc_recovery_table *table;
    uint32_t *filled; /* by region */
    uint32_t last;    /* the goal added last, and of which transition */
} filling;

static void goal_fill(void *payload, uint32_t region, uint32_t transition)
{
    filling *f = payload;
    uint32_t goal = f->table->first_goals[region] + ++f->filled[region];
    bool same = f->last != GJC_NO_INDEX && f->table->goals[f->last].transition == transition;
    f->table->goals[goal] = (gjc_goal){transition, same ? f->last : GJC_NO_INDEX};
    f->last = goal;
}

bool gjc_goals_make(const gjc_graph *graph, gjb_arena *arena, gjc_recovery_table *table)
{
    const gjc_model *model = graph->model;
    uint32_t regions = model->region_count;
    table->first_goals = gjb_arena_make(arena, (size_t)regions + 1, sizeof(uint32_t));
    table->first_ways = gjb_arena_make(arena, (size_t)regions + 1, sizeof(uint32_t));
    uint32_t *filled = gjb_arena_make(arena, regions, sizeof *filled);
    if (table->first_goals == NULL || table->first_ways == NULL || filled == NULL)
        return false;
    leavings_walk(model, goal_count, table->first_goals);
    for (uint32_t i = 0; i < regions; i++) {
        uint32_t own = table->first_goals[i + 1] + (i > 0 ? 1 : 0);
        table->first_goals[i + 1] = table->first_goals[i] + own;
        table->first_ways[i + 1] = table->first_ways[i] + own * model->regions[i].stage_count;
    }
    table->goals = gjb_arena_make(arena, table->first_goals[regions], sizeof *table->goals);
    table->ways = gjb_arena_make(arena, table->first_ways[regions], sizeof *table->ways);
    if (table->goals == NULL || table->ways == NULL)
        return false;
    for (uint32_t i = 1; i < regions; i++)
        table->goals[table->first_goals[i]] = (gjc_goal){GJC_NO_INDEX, GJC_NO_INDEX};
    leavings_walk(model, goal_fill, &(filling){table, filled, GJC_NO_INDEX});
    return true;
}

/* ---- what it takes to go over an edge ---- */

static const gjc_way *finishing(const gjc_graph *graph, const gjc_recovery_table *table,
                                uint32_t region)
{
    return way_at(graph, table, graph->model->regions[region].initial, table->first_goals[region]);
}

/* The branch not taken yet that finishes soonest, the first declared of equals. */
static uint32_t soonest(const gjc_graph *graph, const gjc_recovery_table *table,
                        const gjc_stage *stage, const bool *taken)
{
    uint32_t found = GJC_NO_INDEX;
    for (uint32_t i = 0; i < stage->branch_count; i++) {
        uint32_t count = finishing(graph, table, stage->first_branch + i)->count;
        if (!taken[i] && count > 0 &&
            (found == GJC_NO_INDEX ||
             count < finishing(graph, table, stage->first_branch + found)->count))
            found = i;
    }
    return found;
}

/* As many as must, each by its shortest way, in the order of declaration. */
static bool join_find(const gjc_graph *graph, gjb_arena *arena, gjc_recovery_table *table,
                      uint32_t index, gjc_way *out)
{
    const gjc_stage *stage = &graph->model->stages[index];
    bool *taken = gjb_arena_make(arena, stage->branch_count, sizeof *taken);
    uint32_t count = 0, at = 0;
    if (taken == NULL)
        return false;
    for (uint32_t i = 0; i < stage->need; i++) {
        uint32_t branch = soonest(graph, table, stage, taken);
        if (branch == GJC_NO_INDEX)
            return true; /* it cannot finish */
        taken[branch] = true;
        count += finishing(graph, table, stage->first_branch + branch)->count;
    }
    uint32_t *steps = gjb_arena_make(arena, count, sizeof *steps);
    if (steps == NULL)
        return false;
    for (uint32_t i = 0; i < stage->branch_count; i++) {
        const gjc_way *way = finishing(graph, table, stage->first_branch + i);
        if (!taken[i])
            continue;
        memcpy(steps + at, way->steps, way->count * sizeof *steps);
        at += way->count;
    }
    *out = (gjc_way){steps, count};
    return true;
}

static bool edge_find(const gjc_graph *graph, gjb_arena *arena, gjc_recovery_table *table,
                      const gjc_edge *edge, gjc_way *out)
{
    const gjc_model *model = graph->model;
    *out = (gjc_way){NULL, 0};
    if (edge->kind == GJR_EXIT_JOIN)
        return join_find(graph, arena, table, edge->from, out);
    if (edge->kind == GJR_EXIT_ACT) {
        *out = (gjc_way){&edge->transition, 1};
        return true;
    }
    uint32_t inside = model->stages[model->transitions[edge->transition].stage].region;
    uint32_t branch = gjc_graph_branch_of(model, edge->from, inside);
    *out = *way_at(graph, table, model->regions[branch].initial,
                   gjc_recovery_goal(table, branch, edge->transition));
    return true;
}

bool gjc_goals_find_edges(const gjc_graph *graph, gjb_arena *arena, gjc_recovery_table *table,
                          uint32_t region)
{
    const gjc_region *row = &graph->model->regions[region];
    uint32_t end = graph->first_edges[row->first_stage + row->stage_count];
    for (uint32_t i = graph->first_edges[row->first_stage]; i < end; i++)
        if (!edge_find(graph, arena, table, &graph->edges[i], &table->edge_ways[i]))
            return false;
    return true;
}

/* ---- ways to a goal ---- */

/* What is done in the label's stage to come to the goal; none where it is no such stage. */
static gjc_way last_of(const gjc_search *search, const gjc_recovery_table *table, uint32_t label,
                       const gjc_goal *goal)
{
    const gjc_graph *graph = search->graph;
    const gjc_model *model = graph->model;
    uint32_t stage = search->labels[label].stage;
    if (model->transitions[goal->transition].stage == stage)
        return (gjc_way){&goal->transition, 1};
    const gjc_stage *row = &model->stages[stage];
    for (uint32_t i = row->first_branch; i < row->first_branch + row->branch_count; i++)
        if (goal->inner >= table->first_goals[i] && goal->inner < table->first_goals[i + 1])
            return *way_at(graph, table, model->regions[i].initial, goal->inner);
    return (gjc_way){NULL, 0};
}

typedef struct choice {
    uint32_t label, length;
    gjc_way last;
    bool found, needs_return;
} choice;

/* Ways without return edges first, then the shortest, then the first found. */
static void choice_offer(choice *best, choice offered)
{
    bool better = !best->found || (best->needs_return && !offered.needs_return) ||
                  (best->needs_return == offered.needs_return && offered.length < best->length);
    if (better)
        *best = offered;
}

static choice goal_choose(const gjc_search *search, const gjc_recovery_table *table,
                          const gjc_goal *goal)
{
    choice best = {0};
    for (uint32_t i = 0; i < search->label_count; i++) {
        const gjc_search_label *label = &search->labels[i];
        gjc_way last = {NULL, 0};
        if (goal->transition == GJC_NO_INDEX ? !search->graph->model->stages[label->stage].is_final
                                             : (last = last_of(search, table, i, goal)).count == 0)
            continue;
        choice_offer(&best, (choice){i, label->length + last.count, last, true,
                                     !gjc_search_set_is_empty(search, i)});
    }
    return best;
}

bool gjc_goals_find_ways(const gjc_search *search, gjb_arena *arena, gjc_recovery_table *table,
                         uint32_t stage)
{
    uint32_t region = search->graph->model->stages[stage].region;
    for (uint32_t i = table->first_goals[region]; i < table->first_goals[region + 1]; i++) {
        choice best = goal_choose(search, table, &table->goals[i]);
        uint32_t *steps = gjb_arena_make(arena, best.length, sizeof *steps);
        if (steps == NULL)
            return false;
        if (best.found && best.length > 0) {
            gjc_search_steps(search, best.label, steps);
            if (best.last.count > 0)
                memcpy(steps + best.length - best.last.count, best.last.steps,
                       best.last.count * sizeof *steps);
        }
        *way_at(search->graph, table, stage, i) = (gjc_way){steps, best.length};
    }
    return true;
}
