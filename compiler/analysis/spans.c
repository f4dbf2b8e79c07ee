/* SPDX-License-Identifier: Apache-2.0
 *
 * See spans.h. */
#include "analysis/spans.h"

/* An act that is in no stage and that nobody declared: by this use it exists, and it is the use
 * that may be mistaken. */
static bool is_stray(const gjc_model *model, gjc_trigger trigger)
{
    if (trigger.kind != GJR_TRIGGER_ACTION)
        return false;
    const gjc_action *action = &model->actions[trigger.target];
    return !action->is_staged && !action->is_declared && !action->is_doubtful;
}

static bool are_stray(const gjc_model *model, const gjc_trigger *triggers, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (!is_stray(model, triggers[i]))
            return false;
    return count > 0;
}

static void stray_add(const gjc_model *model, gjc_diag_list *diags, gjc_diag_code code,
                      const gjc_limit *limit, const gjc_trigger *trigger)
{
    gjc_diag *diag = gjc_diag_add(diags, code, trigger->span, gjc_arg_text(limit->label.name),
                                  gjc_arg_text(model->actions[trigger->target].label.name));
    gjc_diag_note_add(diags, diag, limit->label.span, gjc_arg_words("of this limit", "该时限"));
}

/* Where a case may be once a limit has started. */
typedef struct reach {
    bool *ahead;     /* by stage: it may be there, or come there */
    bool *is_left;   /* by stage: the act that starts the limit leaves it */
    uint32_t *queue; /* stages yet to be looked at */
    uint32_t queue_count;
} reach;

static void ahead_add(reach *r, uint32_t stage)
{
    if (stage == GJC_NO_INDEX || r->ahead[stage])
        return;
    r->ahead[stage] = true;
    r->queue[r->queue_count++] = stage;
}

/* Where the law may take a case that stands in the region. */
static void law_ahead_add(const gjc_graph *graph, uint32_t region, reach *r)
{
    for (uint32_t i = 0; i < graph->consequence_count; i++)
        if (graph->consequences[i].limit->region == region)
            ahead_add(r, graph->consequences[i].effect->target);
}

/* The stage and all that can follow it. A stage with branches runs beside what is in them, so each
 * brings the other. */
static void ahead_mark(const gjc_graph *graph, uint32_t stage, reach *r)
{
    const gjc_model *model = graph->model;
    ahead_add(r, stage);
    while (r->queue_count > 0) {
        const gjc_stage *from = &model->stages[r->queue[--r->queue_count]];
        for (uint32_t i = 0; i < from->transition_count; i++)
            ahead_add(r, model->transitions[from->first_transition + i].target);
        for (uint32_t i = 0; i < from->branch_count; i++)
            ahead_add(r, model->regions[from->first_branch + i].initial);
        if (from->branch_count > 0)
            ahead_add(r, from->join);
        ahead_add(r, model->regions[from->region].parent);
        law_ahead_add(graph, from->region, r);
    }
}

/* Whether the act may count as done without anybody, wherever the case stands. */
static bool is_deemed(const gjc_graph *graph, uint32_t action)
{
    for (uint32_t i = 0; i < graph->consequence_count; i++)
        if (graph->consequences[i].effect->action == action)
            return true;
    return false;
}

/* False where a case may be anywhere once the trigger has come. */
static bool start_mark(const gjc_graph *graph, gjc_trigger trigger, reach *r)
{
    const gjc_model *model = graph->model;
    if (trigger.kind == GJR_TRIGGER_ENTERING) {
        ahead_mark(graph, trigger.target, r);
        return true;
    }
    if (trigger.kind != GJR_TRIGGER_ACTION || !model->actions[trigger.target].is_staged ||
        is_deemed(graph, trigger.target))
        return false;
    for (uint32_t i = 0; i < model->transition_count; i++) {
        const gjc_transition *t = &model->transitions[i];
        if (t->action != trigger.target)
            continue;
        bool moves = t->target != GJC_NO_INDEX;
        r->is_left[t->stage] = r->is_left[t->stage] || moves;
        ahead_mark(graph, moves ? t->target : t->stage, r);
    }
    return true;
}

static bool may_come(const gjc_graph *graph, gjc_trigger trigger, const reach *r)
{
    const gjc_model *model = graph->model;
    if (trigger.kind == GJR_TRIGGER_ENTERING)
        return r->ahead[trigger.target];
    if (trigger.kind == GJR_TRIGGER_LEAVING)
        return r->ahead[trigger.target] || r->is_left[trigger.target];
    if (trigger.kind != GJR_TRIGGER_ACTION || !model->actions[trigger.target].is_staged ||
        is_deemed(graph, trigger.target))
        return true;
    for (uint32_t i = 0; i < model->transition_count; i++)
        if (model->transitions[i].action == trigger.target && r->ahead[model->transitions[i].stage])
            return true;
    return false;
}

static bool reach_init(reach *r, const gjc_model *model, gjb_arena *arena)
{
    *r = (reach){
        .ahead = gjb_arena_make(arena, model->stage_count, sizeof *r->ahead),
        .is_left = gjb_arena_make(arena, model->stage_count, sizeof *r->is_left),
        .queue = gjb_arena_make(arena, model->stage_count, sizeof *r->queue),
    };
    return r->ahead != NULL && r->is_left != NULL && r->queue != NULL;
}

bool gjc_spans_may_come(const gjc_graph *graph, const gjc_limit *limit, gjc_trigger trigger,
                        gjb_arena *arena)
{
    reach r;
    if (!reach_init(&r, graph->model, arena))
        return true;
    for (uint32_t i = 0; i < limit->from_count; i++)
        if (!start_mark(graph, limit->from[i], &r))
            return true;
    return limit->from_count == 0 || may_come(graph, trigger, &r);
}

/* Whether the end can come after the start at all. It looks at every transition a few times, so
 * that is work, too. */
static void span_check(const gjc_graph *graph, gjc_sampler *sampler, gjc_diag_list *diags,
                       const gjc_limit *limit)
{
    const gjc_model *model = graph->model;
    sampler->work += ((uint64_t)limit->from_count + limit->to_count + 1) * model->transition_count;
    if (sampler->work > GJC_SAMPLES_WORK_MAX || limit->from_count == 0 || limit->to_count == 0)
        return;
    reach r;
    if (!reach_init(&r, model, diags->arena)) {
        diags->out_of_memory = true;
        return;
    }
    for (uint32_t i = 0; i < limit->from_count; i++)
        if (!start_mark(graph, limit->from[i], &r))
            return;
    for (uint32_t i = 0; i < limit->to_count; i++)
        if (may_come(graph, limit->to[i], &r))
            return;
    gjc_diag *diag = gjc_diag_add(diags, GJC_W0605, limit->to[0].span,
                                  gjc_arg_text(limit->label.name), gjc_arg_none());
    gjc_diag_note_add(diags, diag, limit->from[0].span,
                      gjc_arg_words("it starts here", "起算于此"));
}

void gjc_spans_check(const gjc_graph *graph, gjc_sampler *sampler, gjc_diag_list *diags)
{
    const gjc_model *model = graph->model;
    for (uint32_t i = 0; i < model->limit_count; i++) {
        const gjc_limit *limit = &model->limits[i];
        bool no_start = are_stray(model, limit->from, limit->from_count);
        bool no_end = are_stray(model, limit->to, limit->to_count);
        if (no_start)
            stray_add(model, diags, GJC_W0603, limit, limit->from);
        if (no_end)
            stray_add(model, diags, GJC_W0604, limit, limit->to);
        if (!no_start && !no_end && !model->is_partial)
            span_check(graph, sampler, diags, limit);
    }
}
