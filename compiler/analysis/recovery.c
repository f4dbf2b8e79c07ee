/* SPDX-License-Identifier: Apache-2.0
 *
 * See recovery.h. Regions are done from the innermost outwards; of each stage one search (search.h)
 * serves every action and every goal. A parallel stage on a way may hold the action inside: then
 * the way goes on from the beginning of one of its branches. */
#include "analysis/recovery.h"

#include "analysis/goals.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A label at which the action is expected, in its stage or in a branch that runs there. */
typedef struct candidate {
    uint32_t label;
    uint32_t length;     /* of the whole way */
    gjc_recovery inside; /* from the label on: where to, and what is done in the branch */
} candidate;

typedef struct finder {
    const gjc_graph *graph;
    gjb_arena *arena;   /* of what is found */
    gjb_arena *scratch; /* of the search */
    gjc_recovery_table *table;
    gjc_search search;
    bool *has_action; /* stage * action_count + action */
    uint32_t *first_with,
        *next_with;      /* by action, by transition: one a stage that has the action */
    uint32_t *parallels; /* the stages with branches */
    uint32_t parallel_count;
    bool *is_inside; /* region * action_count + action: in it or in a region inside */
    bool *is_exit;   /* by stage: where an exit of a parallel stage leads */
    candidate *candidates;
} finder;

static gjc_cell *cell_at(const finder *f, uint32_t stage, uint32_t action)
{
    return &f->table->cells[(size_t)stage * f->graph->model->action_count + action];
}

/* ---- candidates ---- */

static bool is_here(const finder *f, uint32_t stage, uint32_t action)
{
    return f->has_action[(size_t)stage * f->graph->model->action_count + action];
}

static uint32_t region_of(const finder *f, uint32_t stage)
{
    return f->graph->model->stages[stage].region;
}

/* The stage of that region in which a deeper one runs. */
static uint32_t stage_around(const gjc_model *model, uint32_t deeper, uint32_t region)
{
    uint32_t stage = model->regions[deeper].parent;
    while (model->stages[stage].region != region)
        stage = model->regions[model->stages[stage].region].parent;
    return stage;
}

/* The way from the stage, just entered, to where a region inside expects the action. From the
 * beginning of a branch none needs a return edge. */
static bool inside_find(const finder *f, uint32_t stage, uint32_t region, uint32_t action,
                        gjc_recovery *inside)
{
    const gjc_model *model = f->graph->model;
    uint32_t branch = gjc_graph_branch_of(model, stage, region);
    uint32_t initial = model->regions[branch].initial;
    const gjc_cell *cell = cell_at(f, initial, action);
    *inside = (gjc_recovery){.stage = initial};
    if (branch == region && cell->meaning == GJR_MEANING_HERE)
        return true;
    for (uint32_t i = 0; i < cell->recovery_count; i++)
        if (region_of(f, cell->recoveries[i].stage) == region) {
            *inside = cell->recoveries[i];
            return true;
        }
    return false;
}

static int candidates_compare(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->length != y->length)
        return x->length < y->length ? -1 : 1;
    if (x->label != y->label)
        return x->label < y->label ? -1 : 1;
    return 0;
}

/* Every label at one stage. */
static void candidates_add(finder *f, uint32_t stage, const gjc_recovery *inside, uint32_t *count)
{
    const gjc_search_label *labels = f->search.labels;
    for (uint32_t i = f->search.first_here[stage]; i != GJC_NO_INDEX; i = labels[i].next_here)
        if (i > 0 || inside->stage != stage)
            f->candidates[(*count)++] = (candidate){
                .label = i, .length = labels[i].length + inside->left_out_count, .inside = *inside};
}

/* Every label from which the region expects the action, the shortest way first. */
static uint32_t candidates_gather(finder *f, uint32_t from, uint32_t region, uint32_t action)
{
    const gjc_model *model = f->graph->model;
    uint32_t count = 0;
    gjc_recovery inside;
    if (region != region_of(f, from)) {
        uint32_t stage = stage_around(model, region, region_of(f, from));
        if (inside_find(f, stage, region, action, &inside))
            candidates_add(f, stage, &inside, &count);
    } else {
        for (uint32_t i = f->first_with[action]; i != GJC_NO_INDEX; i = f->next_with[i]) {
            inside = (gjc_recovery){.stage = model->transitions[i].stage};
            candidates_add(f, inside.stage, &inside, &count);
        }
    }
    if (count > 1)
        qsort(f->candidates, count, sizeof *f->candidates, candidates_compare);
    return count;
}

/* Leaves those that no other makes needless. One without return edges makes every later one so, and
 * goes first; the shorter ones before it are asked for only behind an exit that is a return. */
static uint32_t candidates_choose(finder *f, uint32_t count, bool keep_shorter)
{
    uint32_t chosen = 0;
    for (uint32_t i = 0; i < count; i++) {
        candidate c = f->candidates[i];
        bool needless = false;
        for (uint32_t j = 0; j < chosen && !needless; j++)
            needless = gjc_search_set_contains(&f->search, c.label, f->candidates[j].label);
        if (needless)
            continue;
        f->candidates[chosen++] = c;
        if (!gjc_search_set_is_empty(&f->search, c.label))
            continue;
        memmove(f->candidates + 1, f->candidates, (chosen - 1) * sizeof c);
        f->candidates[0] = c;
        return keep_shorter ? chosen : 1;
    }
    return chosen;
}

/* ---- cells ---- */

static bool recovery_make(finder *f, const candidate *c, gjc_recovery *out)
{
    uint32_t *steps = gjb_arena_make(f->arena, c->length, sizeof *steps);
    uint32_t *returns = gjb_arena_make(f->arena, f->search.return_count, sizeof *returns);
    if (steps == NULL || returns == NULL)
        return false;
    gjc_search_steps(&f->search, c->label, steps);
    if (c->inside.left_out_count > 0)
        memcpy(steps + f->search.labels[c->label].length, c->inside.left_out,
               c->inside.left_out_count * sizeof *steps);
    *out = (gjc_recovery){
        .stage = c->inside.stage,
        .left_out = steps,
        .left_out_count = c->length,
        .returns = returns,
        .return_count = gjc_search_returns(&f->search, c->label, returns),
    };
    return true;
}

/* What the cell keeps so far: of each region in which the action is ahead. */
typedef struct kept {
    candidate *items;
    uint32_t count;
} kept;

static bool kept_add(finder *f, kept *to, uint32_t count)
{
    candidate *items = gjb_arena_make(f->scratch, to->count + count, sizeof *items);
    if (items == NULL)
        return false;
    if (to->count > 0)
        memcpy(items, to->items, to->count * sizeof *items);
    memcpy(items + to->count, f->candidates, count * sizeof *items);
    to->items = items;
    to->count += count;
    return true;
}

/* Those without return edges first, then the shortest, then the first declared. */
static void kept_sort(const finder *f, kept *of)
{
    for (uint32_t i = 1; i < of->count; i++) {
        candidate c = of->items[i];
        bool direct = gjc_search_set_is_empty(&f->search, c.label);
        uint32_t to = i;
        for (; to > 0; to--) {
            const candidate *before = &of->items[to - 1];
            bool also = gjc_search_set_is_empty(&f->search, before->label);
            if (direct == also ? candidates_compare(before, &c) <= 0 : also)
                break;
            of->items[to] = *before;
        }
        of->items[to] = c;
    }
}

/* The ways to every region in which the action is ahead: which of them an act takes may hang on the
 * branch that the event names, and on where it was done before. */
static bool cell_ahead(finder *f, uint32_t stage, uint32_t action, gjc_cell *cell)
{
    const gjc_model *model = f->graph->model;
    uint32_t own = region_of(f, stage);
    kept all = {NULL, 0};
    for (uint32_t i = own; i < model->region_count; i++) {
        if (!f->is_inside[(size_t)i * model->action_count + action] ||
            !gjc_model_is_within(model, i, own) || (i == own && is_here(f, stage, action)))
            continue;
        uint32_t count =
            candidates_choose(f, candidates_gather(f, stage, i, action), f->is_exit[stage]);
        if (count > 0 && !kept_add(f, &all, count))
            return false;
    }
    kept_sort(f, &all);
    gjc_recovery *recoveries = gjb_arena_make(f->arena, all.count, sizeof *recoveries);
    if (recoveries == NULL)
        return false;
    for (uint32_t i = 0; i < all.count; i++)
        if (!recovery_make(f, &all.items[i], &recoveries[i]))
            return false;
    if (!is_here(f, stage, action))
        cell->meaning = all.count > 0 ? GJR_MEANING_AHEAD : GJR_MEANING_BEHIND;
    cell->recoveries = recoveries;
    cell->recovery_count = all.count;
    return true;
}

static bool cell_find(finder *f, uint32_t stage, uint32_t action)
{
    const gjc_model *model = f->graph->model;
    gjc_cell *cell = cell_at(f, stage, action);
    size_t region = region_of(f, stage);
    if (model->stages[stage].is_final)
        cell->meaning = GJR_MEANING_CLOSED;
    else if (is_here(f, stage, action))
        cell->meaning = GJR_MEANING_HERE;
    else if (!model->actions[action].is_staged)
        cell->meaning = GJR_MEANING_FREE;
    else if (!f->is_inside[region * model->action_count + action])
        cell->meaning = GJR_MEANING_ELSEWHERE;
    else
        return cell_ahead(f, stage, action, cell);
    bool others = cell->meaning == GJR_MEANING_HERE && f->parallel_count > 0;
    return !others || cell_ahead(f, stage, action, cell);
}

static gj_status stage_find(finder *f, uint32_t stage)
{
    const gjc_model *model = f->graph->model;
    if (!model->stages[stage].is_final && !gjc_search_find(&f->search, stage)) {
        f->table->overflow = stage;
        return GJ_OVER_LIMIT;
    }
    for (uint32_t action = 0; action < model->action_count; action++)
        if (!cell_find(f, stage, action))
            return GJ_NO_MEMORY;
    if (model->stages[stage].is_final)
        return GJ_OK;
    return gjc_goals_find_ways(&f->search, f->arena, f->table, stage) ? GJ_OK : GJ_NO_MEMORY;
}

static gj_status region_find(finder *f, uint32_t region)
{
    const gjc_region *row = &f->graph->model->regions[region];
    if (!gjc_goals_find_edges(f->graph, f->arena, f->table, region))
        return GJ_NO_MEMORY;
    gj_status status = GJ_OK;
    for (uint32_t i = 0; i < row->stage_count && status == GJ_OK; i++)
        status = stage_find(f, row->first_stage + i);
    return status;
}

/* ---- the whole ---- */

static void actions_mark(finder *f)
{
    const gjc_model *model = f->graph->model;
    memset(f->first_with, 0xff, model->action_count * sizeof *f->first_with);
    for (uint32_t i = 0; i < model->transition_count; i++) {
        const gjc_transition *t = &model->transitions[i];
        bool *has_action = &f->has_action[(size_t)t->stage * model->action_count + t->action];
        if (!*has_action) {
            f->next_with[i] = f->first_with[t->action];
            f->first_with[t->action] = i;
        }
        *has_action = true;
        for (size_t region = model->stages[t->stage].region;;
             region = model->regions[region].outer) {
            f->is_inside[region * model->action_count + t->action] = true;
            if (region == 0)
                break;
        }
    }
}

static void exits_mark(finder *f)
{
    const gjc_graph *graph = f->graph;
    for (uint32_t i = 0; i < graph->model->stage_count; i++)
        if (graph->model->stages[i].branch_count > 0)
            f->parallels[f->parallel_count++] = i;
    for (uint32_t i = 0; i < graph->first_edges[graph->model->stage_count]; i++)
        if (graph->model->stages[graph->edges[i].from].branch_count > 0)
            f->is_exit[graph->edges[i].to] = true;
}

static gj_status finder_init(finder *f, const gjc_graph *graph, gjb_arena *arena,
                             gjb_arena *scratch, gjc_recovery_table *table)
{
    const gjc_model *model = graph->model;
    size_t actions = model->action_count;
    *f = (finder){
        .graph = graph,
        .arena = arena,
        .scratch = scratch,
        .table = table,
        .has_action = gjb_arena_make(scratch, model->stage_count * actions, sizeof(bool)),
        .first_with = gjb_arena_make(scratch, actions, sizeof(uint32_t)),
        .next_with = gjb_arena_make(scratch, model->transition_count, sizeof(uint32_t)),
        .parallels = gjb_arena_make(scratch, model->stage_count, sizeof(uint32_t)),
        .is_inside = gjb_arena_make(scratch, model->region_count * actions, sizeof(bool)),
        .is_exit = gjb_arena_make(scratch, model->stage_count, sizeof(bool)),
        .candidates = gjb_arena_make(scratch, GJC_SEARCH_LABELS_MAX + 1, sizeof(candidate)),
    };
    *table = (gjc_recovery_table){
        .cells = gjb_arena_make(arena, model->stage_count * actions, sizeof *table->cells),
        .edge_ways =
            gjb_arena_make(arena, graph->first_edges[model->stage_count], sizeof *table->edge_ways),
        .overflow = GJC_NO_INDEX,
    };
    if (f->has_action == NULL || f->first_with == NULL || f->next_with == NULL ||
        f->parallels == NULL || f->is_inside == NULL || f->is_exit == NULL ||
        f->candidates == NULL || table->cells == NULL || table->edge_ways == NULL ||
        !gjc_goals_make(graph, arena, table))
        return GJ_NO_MEMORY;
    actions_mark(f);
    exits_mark(f);
    return gjc_search_init(&f->search, graph, table->edge_ways, scratch);
}

gj_status gjc_recovery_find(const gjc_graph *graph, gjb_arena *arena, gjc_recovery_table *table)
{
    const gjc_model *model = graph->model;
    assert(model->stage_count <= GJR_STAGES_MAX && model->action_count <= GJR_ACTIONS_MAX);
    gjb_arena scratch;
    gjb_arena_init(&scratch, arena->allocator);
    finder f;
    gj_status status = finder_init(&f, graph, arena, &scratch, table);
    for (uint32_t i = model->region_count; i-- > 0 && status == GJ_OK;)
        status = region_find(&f, i);
    gjb_arena_deinit(&scratch);
    return status;
}
