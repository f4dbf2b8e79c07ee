/* SPDX-License-Identifier: Apache-2.0
 *
 * See checks.h. */
#include "analysis/checks.h"

#include "analysis/bounds.h"
#include "analysis/clashes.h"
#include "analysis/grants.h"
#include "analysis/hands.h"
#include "analysis/spans.h"
#include "analysis/ways.h"

static bool branches_begin(const gjc_model *model, gjc_diag_list *diags)
{
    bool all = true;
    for (uint32_t i = 1; i < model->region_count; i++) {
        const gjc_region *region = &model->regions[i];
        if (region->initial != GJC_NO_INDEX)
            continue;
        gjc_diag_add(diags, GJC_E0520, region->label.span, gjc_arg_text(region->label.name),
                     gjc_arg_none());
        all = false;
    }
    return all;
}

bool gjc_checks_size(const gjc_model *model, gjc_diag_list *diags)
{
    gjc_arg name = gjc_arg_text(model->label.name);
    if (model->stage_count == 0) {
        gjc_diag_add(diags, GJC_E0508, model->label.span, name, gjc_arg_none());
        return false;
    }
    if (model->stage_count > GJR_STAGES_MAX || model->action_count > GJR_ACTIONS_MAX) {
        gjc_diag_add(diags, GJC_E0509, model->label.span, gjc_diag_number(diags, GJR_STAGES_MAX),
                     gjc_arg_none());
        return false;
    }
    if (model->initial == GJC_NO_INDEX)
        gjc_diag_add(diags, GJC_E0501, model->label.span, name, gjc_arg_none());
    return branches_begin(model, diags) && model->initial != GJC_NO_INDEX;
}

/* ---- stages ---- */

static void reaching_check(const gjc_graph *graph, gjc_diag_list *diags)
{
    const gjc_model *model = graph->model;
    for (uint32_t i = 0; i < model->stage_count; i++)
        if (!graph->is_reached[i])
            gjc_diag_add(diags, GJC_E0503, model->stages[i].label.span,
                         gjc_arg_text(model->stages[i].label.name), gjc_arg_none());
}

/* Whether the branches of every stage can finish that is come to. */
static bool joins_check(const gjc_graph *graph, gjc_diag_list *diags)
{
    const gjc_model *model = graph->model;
    bool all = true;
    for (uint32_t i = 0; i < model->stage_count; i++) {
        uint32_t finishing = gjc_graph_count_finishing(graph, i);
        if (!graph->is_reached[i] || model->stages[i].branch_count == 0 ||
            finishing >= model->stages[i].need)
            continue;
        gjc_diag_add(diags, GJC_E0524, model->stages[i].label.span,
                     gjc_arg_text(model->stages[i].label.name), gjc_diag_number(diags, finishing));
        all = false;
    }
    return all;
}

/* Where no case can end at all, once at the initial stage; else at each stage that is a trap. */
static void ending_check(const gjc_graph *graph, gjc_diag_list *diags)
{
    const gjc_model *model = graph->model;
    for (uint32_t i = 0; i < model->stage_count; i++) {
        uint32_t initial = model->regions[model->stages[i].region].initial;
        bool never = !graph->can_end[initial];
        if (graph->is_reached[i] && !graph->can_end[i] && (!never || i == initial))
            gjc_diag_add(diags, GJC_E0504, model->stages[i].label.span,
                         gjc_arg_text(model->stages[i].label.name), gjc_arg_none());
    }
}

/* ---- documents ---- */

static void documents_check(const gjc_model *model, gjc_diag_list *diags)
{
    bool *needed = gjb_arena_make(diags->arena, model->document_count, sizeof *needed);
    if (needed == NULL) {
        diags->out_of_memory = true;
        return;
    }
    for (uint32_t i = 0; i < model->transition_count; i++) {
        const gjc_transition *t = &model->transitions[i];
        if (t->needs == GJR_NEEDS_ALL)
            return;
        for (uint32_t j = 0; j < t->document_count; j++)
            needed[t->documents[j]] = true;
    }
    for (uint32_t i = 0; i < model->document_count; i++)
        if (!needed[i] && model->documents[i].need != GJR_NEED_OPTIONAL)
            gjc_diag_add(diags, GJC_W0701, model->documents[i].label.span,
                         gjc_arg_text(model->documents[i].label.name), gjc_arg_none());
}

/* ---- the whole ---- */

void gjc_checks_graph(const gjc_graph *graph, gjc_diag_list *diags)
{
    const gjc_model *model = graph->model;
    gjc_sampler sampler = {.model = model};
    gjc_ways_check(&sampler, diags);
    gjc_spans_check(graph, &sampler, diags);
    if (diags->error_count == 0) /* else the act that needs one may be what is wrong */
        documents_check(model, diags);
    gjc_bounds_check(&sampler, diags);
    gjc_grants_check(&sampler, diags);
    gjc_hands_check(graph, diags);
    if (model->is_partial) /* what could not be read may lead there */
        return;
    reaching_check(graph, diags);
    if (joins_check(graph, diags))
        ending_check(graph, diags);
    if (diags->error_count == 0) /* of ways that a mistake leaves out nothing can be said */
        gjc_clashes_check(graph, &sampler, diags);
}
