/* SPDX-License-Identifier: Apache-2.0
 *
 * See runs.h. Recursion goes as deep as stages stand in branches, which sema has bounded. */
#include "analysis/runs.h"

#include <string.h>

/* Of a region that has come to a final stage of its own. */
enum { STANDING_DONE = UINT16_MAX };

bool gjc_runs_init(gjc_runs *runs, const gjc_graph *graph, const bool *is_never, gjb_arena *arena)
{
    uint32_t most = graph->model->transition_count + graph->consequence_count;
    *runs = (gjc_runs){.graph = graph, .is_never = is_never, .capacity = most};
    runs->moves = gjb_arena_make(arena, most, sizeof *runs->moves);
    return runs->moves != NULL;
}

/* ---- standing ---- */

static void enter(const gjc_model *model, gjc_standing *at, uint32_t stage);

/* What runs inside the region ends. */
static void inside_end(const gjc_model *model, gjc_standing *at, uint32_t region)
{
    for (uint32_t i = region + 1; i < model->region_count; i++)
        if (gjc_model_is_within(model, i, region))
            at->stages[i] = 0;
}

/* A branch has come to its end: so does its stage where enough have. */
static void branch_finish(const gjc_model *model, gjc_standing *at, uint32_t region)
{
    uint32_t parent = model->regions[region].parent, done = 0;
    const gjc_stage *stage = &model->stages[parent];
    for (uint32_t i = 0; i < stage->branch_count; i++)
        done += at->stages[stage->first_branch + i] == STANDING_DONE;
    if (done >= stage->need && stage->join != GJC_NO_INDEX) {
        inside_end(model, at, stage->region);
        enter(model, at, stage->join);
    }
}

static void enter(const gjc_model *model, gjc_standing *at, uint32_t stage)
{
    const gjc_stage *of = &model->stages[stage];
    at->stages[of->region] = (uint16_t)(stage + 1);
    if (of->is_final && of->region != 0) {
        at->stages[of->region] = STANDING_DONE;
        branch_finish(model, at, of->region);
        return;
    }
    for (uint32_t i = 0; i < of->branch_count; i++)
        if (model->regions[of->first_branch + i].initial != GJC_NO_INDEX)
            enter(model, at, model->regions[of->first_branch + i].initial);
}

static gjc_standing move_to(const gjc_model *model, const gjc_standing *from, uint32_t target)
{
    gjc_standing to = *from;
    if (target != GJC_NO_INDEX) {
        inside_end(model, &to, model->stages[target].region);
        enter(model, &to, target);
    }
    return to;
}

gjc_standing gjc_runs_begin(const gjc_runs *runs)
{
    gjc_standing at;
    memset(&at, 0, sizeof at);
    enter(runs->graph->model, &at, runs->graph->model->initial);
    return at;
}

uint32_t gjc_runs_end(const gjc_runs *runs, const gjc_standing *at)
{
    uint32_t stage = at->stages[0] - 1u;
    return runs->graph->model->stages[stage].is_final ? stage : GJC_NO_INDEX;
}

/* ---- moves ---- */

bool gjc_runs_has(const gjc_model *model, uint32_t region, uint32_t action)
{
    for (uint32_t i = 0; i < model->transition_count; i++)
        if (model->transitions[i].action == action &&
            model->stages[model->transitions[i].stage].region == region)
            return true;
    return false;
}

bool gjc_runs_is_running(const gjc_standing *at, uint32_t region)
{
    return at->stages[region] != 0 && at->stages[region] != STANDING_DONE;
}

static void stage_moves(gjc_runs *runs, const gjc_standing *from, const gjc_stage *stage,
                        uint32_t *count)
{
    const gjc_model *model = runs->graph->model;
    for (uint32_t i = 0; i < stage->transition_count; i++) {
        const gjc_transition *t = &model->transitions[stage->first_transition + i];
        if (!runs->is_never[stage->first_transition + i])
            runs->moves[(*count)++] = (gjc_move){.action = t->action,
                                                 .region = model->stages[t->stage].region,
                                                 .target = t->target,
                                                 .to = move_to(model, from, t->target)};
    }
}

/* Where an act that the law deems done is done: the nearest region around that has it in a stage,
 * or that of the limit. */
static uint32_t home_of(const gjc_model *model, uint32_t region, uint32_t action)
{
    uint32_t at = region;
    while (at != 0 && !gjc_runs_has(model, at, action))
        at = model->regions[at].outer;
    return gjc_runs_has(model, at, action) ? at : region;
}

/* A limit may run out wherever its consequence may hold. */
static void law_moves(gjc_runs *runs, const gjc_standing *from, uint32_t *count)
{
    const gjc_model *model = runs->graph->model;
    for (uint32_t i = 0; i < runs->graph->consequence_count; i++) {
        const gjc_consequence *law = &runs->graph->consequences[i];
        uint32_t region = law->limit->region, stage = from->stages[region];
        if (stage == 0 || stage == STANDING_DONE ||
            (law->effect->stage != GJC_NO_INDEX && law->effect->stage != stage - 1))
            continue;
        runs->moves[(*count)++] = (gjc_move){.action = law->effect->action,
                                             .by_law = true,
                                             .region = home_of(model, region, law->effect->action),
                                             .target = law->effect->target,
                                             .to = move_to(model, from, law->effect->target)};
    }
}

uint32_t gjc_runs_moves(gjc_runs *runs, const gjc_standing *from)
{
    const gjc_model *model = runs->graph->model;
    uint32_t count = 0;
    if (gjc_runs_end(runs, from) != GJC_NO_INDEX)
        return 0;
    for (uint32_t i = 0; i < model->region_count; i++)
        if (from->stages[i] != 0 && from->stages[i] != STANDING_DONE)
            stage_moves(runs, from, &model->stages[from->stages[i] - 1], &count);
    law_moves(runs, from, &count);
    return count;
}
