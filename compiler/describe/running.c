/* SPDX-License-Identifier: Apache-2.0
 *
 * See running.h. A stage with branches runs beside what is in them, so each brings the other. */
#include "describe/running.h"

#include <string.h>

typedef struct flood {
    const gjc_graph *graph;
    const gjc_model *model;
    const gjc_limit *limit;
    bool *is_running; /* by stage */
    uint32_t *queue;  /* stages whose ways on are yet to be looked at */
    uint32_t queue_count;
} flood;

static bool ends(const flood *f, gjr_trigger_kind kind, uint32_t target)
{
    for (uint32_t i = 0; i < f->limit->to_count; i++)
        if (f->limit->to[i].kind == kind && f->limit->to[i].target == target &&
            f->limit->to[i].when == NULL)
            return true;
    return false;
}

/* The limit runs in the stage; it ends with its region, and where a case is closed. */
static void stage_mark(flood *f, uint32_t stage)
{
    if (stage == GJC_NO_INDEX || f->is_running[stage] || f->model->stages[stage].is_final ||
        !gjc_model_is_within(f->model, f->model->stages[stage].region, f->limit->region))
        return;
    f->is_running[stage] = true;
    f->queue[f->queue_count++] = stage;
}

static void stage_enter(flood *f, uint32_t from, uint32_t to)
{
    if (to != GJC_NO_INDEX && !ends(f, GJR_TRIGGER_LEAVING, from) &&
        !ends(f, GJR_TRIGGER_ENTERING, to))
        stage_mark(f, to);
}

/* Where the law takes a case that stands in the stage; what ran out runs no more. */
static void law_follow(flood *f, uint32_t index)
{
    for (uint32_t i = 0; i < f->graph->consequence_count; i++) {
        gjc_consequence of = f->graph->consequences[i];
        bool holds = of.limit->region == f->model->stages[index].region &&
                     (of.effect->stage == GJC_NO_INDEX || of.effect->stage == index);
        if (holds && of.limit != f->limit && !ends(f, GJR_TRIGGER_ACTION, of.effect->action))
            stage_enter(f, index, of.effect->target);
    }
}

static void ways_follow(flood *f, uint32_t index)
{
    const gjc_model *model = f->model;
    const gjc_stage *stage = &model->stages[index];
    for (uint32_t i = 0; i < stage->transition_count; i++) {
        const gjc_transition *t = &model->transitions[stage->first_transition + i];
        if (!ends(f, GJR_TRIGGER_ACTION, t->action))
            stage_enter(f, index, t->target);
    }
    for (uint32_t i = 0; i < stage->branch_count; i++)
        stage_mark(f, model->regions[stage->first_branch + i].initial);
    if (stage->branch_count > 0)
        stage_enter(f, index, stage->join);
    stage_mark(f, model->regions[stage->region].parent);
    law_follow(f, index);
}

/* Where a case stands when the law has deemed the act done. */
static void deemed_mark(flood *f, uint32_t action)
{
    for (uint32_t i = 0; i < f->graph->consequence_count; i++) {
        gjc_consequence of = f->graph->consequences[i];
        if (of.effect->action == action)
            stage_mark(f, of.effect->target != GJC_NO_INDEX ? of.effect->target : of.effect->stage);
    }
}

/* Where a case stands when the trigger has just come. */
static void start_mark(flood *f, gjc_trigger trigger)
{
    const gjc_model *model = f->model;
    if (trigger.kind == GJR_TRIGGER_ENTERING)
        stage_mark(f, trigger.target);
    bool is_anywhere =
        trigger.kind == GJR_TRIGGER_FIELD ||
        (trigger.kind == GJR_TRIGGER_ACTION && !model->actions[trigger.target].is_staged);
    for (uint32_t i = 0; i < model->stage_count && is_anywhere; i++)
        stage_mark(f, i);
    for (uint32_t i = 0; i < model->transition_count; i++) {
        const gjc_transition *t = &model->transitions[i];
        uint32_t to = t->target != GJC_NO_INDEX ? t->target : t->stage;
        if (trigger.kind == GJR_TRIGGER_ACTION && t->action == trigger.target)
            stage_mark(f, to);
        if (trigger.kind == GJR_TRIGGER_LEAVING && t->stage == trigger.target && to != t->stage)
            stage_mark(f, to);
    }
    if (trigger.kind == GJR_TRIGGER_LEAVING)
        stage_mark(f, model->stages[trigger.target].join);
    if (trigger.kind == GJR_TRIGGER_ACTION)
        deemed_mark(f, trigger.target);
}

static void limit_follow(flood *f, const gjc_limit *limit)
{
    f->limit = limit;
    memset(f->is_running, 0, f->model->stage_count * sizeof *f->is_running);
    for (uint32_t i = 0; i < limit->from_count; i++)
        start_mark(f, limit->from[i]);
    while (f->queue_count > 0)
        ways_follow(f, f->queue[--f->queue_count]);
}

static bool flood_init(flood *f, const gjc_graph *graph, gjb_arena *arena)
{
    uint32_t stages = graph->model->stage_count;
    *f = (flood){
        .graph = graph,
        .model = graph->model,
        .is_running = gjb_arena_make(arena, stages, sizeof *f->is_running),
        .queue = gjb_arena_make(arena, stages, sizeof *f->queue),
    };
    return f->is_running != NULL && f->queue != NULL;
}

bool *gjc_running_find(const gjc_graph *graph, const gjc_limit *limit, gjb_arena *arena)
{
    flood f;
    if (!flood_init(&f, graph, arena))
        return NULL;
    limit_follow(&f, limit);
    return f.is_running;
}

uint32_t *gjc_running_count(const gjc_graph *graph, gjb_arena *arena)
{
    const gjc_model *model = graph->model;
    uint32_t *counts = gjb_arena_make(arena, model->stage_count, sizeof *counts);
    flood f;
    if (!flood_init(&f, graph, arena) || counts == NULL)
        return NULL;
    for (uint32_t i = 0; i < model->limit_count; i++) {
        limit_follow(&f, &model->limits[i]);
        for (uint32_t j = 0; j < model->stage_count; j++)
            counts[j] += f.is_running[j] ? 1 : 0;
    }
    return counts;
}
