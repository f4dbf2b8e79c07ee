/* SPDX-License-Identifier: Apache-2.0
 *
 * Regions: which actions each has, how stages with branches are left, and the ways of branches to
 * their goals. */
#include "emit/emitter.h"

/* ---- places ---- */

static bool region_has(const gjc_model *model, const gjc_region *region, uint32_t action)
{
    for (uint32_t i = 0; i < region->stage_count; i++) {
        const gjc_stage *stage = &model->stages[region->first_stage + i];
        for (uint32_t j = 0; j < stage->transition_count; j++)
            if (model->transitions[stage->first_transition + j].action == action)
                return true;
    }
    return false;
}

bool gjc_emit_has_action(const gjc_emitter *e, uint32_t region, uint32_t action)
{
    const gjc_model *model = e->model;
    for (uint32_t i = region; i < model->region_count; i++)
        if (gjc_model_is_within(model, i, region) && region_has(model, &model->regions[i], action))
            return true;
    return false;
}

static void region_mark(gjc_emitter *e, uint32_t region)
{
    const gjc_model *model = e->model;
    uint32_t *rows = e->place_rows + (size_t)region * model->action_count;
    for (uint32_t i = 0; i < model->action_count; i++)
        rows[i] = GJR_NONE;
    const gjc_region *row = &model->regions[region];
    for (uint32_t i = row->first_stage; i < row->first_stage + row->stage_count; i++)
        for (uint32_t j = 0; j < model->stages[i].transition_count; j++)
            rows[model->transitions[model->stages[i].first_transition + j].action] = 0;
}

void gjc_emit_places(gjc_emitter *e)
{
    for (uint32_t region = 0; region < e->model->region_count; region++) {
        uint32_t *rows = e->place_rows + (size_t)region * e->model->action_count;
        region_mark(e, region);
        for (uint32_t action = 0; action < e->model->action_count; action++)
            if (rows[action] != GJR_NONE)
                rows[action] = gjr_writer_add_place(&e->writer, &(gjr_place){region, action});
    }
}

/* ---- exits ---- */

/* The goal by which the branch is left in which the transition stands. */
static uint32_t exit_goal(const gjc_emitter *e, const gjc_edge *edge)
{
    if (edge->kind != GJR_EXIT_LEAVE)
        return GJR_NONE;
    const gjc_model *model = e->model;
    uint32_t inside = model->stages[model->transitions[edge->transition].stage].region;
    return gjc_recovery_goal(e->table, gjc_graph_branch_of(model, edge->from, inside),
                             edge->transition);
}

gjc_rows gjc_emit_exits(gjc_emitter *e, uint32_t stage)
{
    const gjc_graph *graph = e->graph;
    uint32_t first = graph->first_edges[stage], end = graph->first_edges[stage + 1];
    gjc_rows rows = {gjr_writer_exit_count(&e->writer), end - first};
    for (uint32_t i = first; i < end; i++) {
        const gjc_edge *edge = &graph->edges[i];
        bool joins = edge->kind == GJR_EXIT_JOIN;
        gjr_writer_add_exit(
            &e->writer, &(gjr_exit){
                            .kind = edge->kind,
                            .target = edge->to,
                            .transition = joins ? GJR_NONE : e->transition_rows[edge->transition],
                            .goal = exit_goal(e, edge),
                            .flags = edge->is_return ? GJR_EXIT_RETURN : 0u,
                        });
    }
    return rows;
}

/* ---- goals and ways ---- */

static gjc_rows goals_emit(gjc_emitter *e, uint32_t region)
{
    uint32_t first = e->table->first_goals[region], end = e->table->first_goals[region + 1];
    for (uint32_t i = first; i < end; i++) {
        const gjc_goal *goal = &e->table->goals[i];
        bool finishes = goal->transition == GJC_NO_INDEX;
        gjr_writer_add_goal(
            &e->writer,
            &(gjr_goal){
                .region = region,
                .transition = finishes ? GJR_NONE : e->transition_rows[goal->transition],
                .inner = goal->inner == GJC_NO_INDEX ? GJR_NONE : goal->inner,
            });
    }
    return (gjc_rows){first, end - first};
}

static gjc_rows ways_emit(gjc_emitter *e, uint32_t region)
{
    uint32_t first = e->table->first_ways[region], end = e->table->first_ways[region + 1];
    for (uint32_t i = first; i < end; i++) {
        const gjc_way *way = &e->table->ways[i];
        gjr_way row = {gjr_writer_step_count(&e->writer), way->count};
        for (uint32_t j = 0; j < way->count; j++)
            gjr_writer_add_step(&e->writer, &(gjr_step){e->transition_rows[way->steps[j]]});
        gjr_writer_add_way(&e->writer, &row);
    }
    return (gjc_rows){first, end - first};
}

void gjc_emit_regions(gjc_emitter *e)
{
    for (uint32_t i = 0; i < e->model->region_count; i++) {
        const gjc_region *region = &e->model->regions[i];
        gjc_rows goals = goals_emit(e, i), ways = ways_emit(e, i);
        gjr_region row = {
            .parent = region->parent == GJC_NO_INDEX ? GJR_NONE : region->parent,
            .department = region->department == GJC_NO_INDEX ? GJR_NONE : region->department,
            .initial = region->initial,
            .stages_first = region->first_stage,
            .stages_count = region->stage_count,
            .goals_first = goals.first,
            .goals_count = goals.count,
            .ways_first = ways.first,
            .ways_count = ways.count,
        };
        row.name = gjc_emit_text(e, region->label.name);
        row.title = gjc_emit_text(e, region->label.title);
        row.position = gjc_emit_position(e, region->label.span);
        gjr_writer_add_region(&e->writer, &row);
    }
}
