/* SPDX-License-Identifier: Apache-2.0
 *
 * See stages.h. */
#include "sema/stages.h"

#include "sema/actions.h"
#include "sema/citations.h"
#include "sema/expressions.h"
#include "sema/posts.h"
#include "sema/regions.h"
#include "sema/sets.h"

/* ---- declaring ---- */

static void initial_set(gjc_sema *sema, uint32_t stage, const gjc_node *mark)
{
    gjc_model *model = sema->model;
    gjc_region *region = &model->regions[sema->region];
    if (region->initial == GJC_NO_INDEX) {
        region->initial = stage;
        return;
    }
    gjc_diag *diag =
        gjc_diag_add(sema->diags, GJC_E0502, mark->span, gjc_arg_none(), gjc_arg_none());
    gjc_diag_note_add(sema->diags, diag, model->stages[region->initial].label.span,
                      gjc_arg_words("the first one", "第一处"));
}

/* The one `parallel` of a stage, or NULL. */
static const gjc_node *parallel_find(gjc_sema *sema, const gjc_node *stage)
{
    return gjc_sema_find_only(sema, stage, GJC_PARALLEL, gjc_arg_words("parallel", "并联"));
}

static void stage_declare(gjc_sema *sema, const gjc_node *node)
{
    gjc_label label = gjc_sema_label(sema, node);
    if (gjc_regions_check_taken(sema, gjc_scoped_stages(sema->model), &label,
                                gjc_arg_words("stage", "环节")))
        return;
    gjc_stage *stage = gjc_model_add_stage(sema->model);
    if (stage == NULL) {
        sema->out_of_memory = true;
        return;
    }
    const gjc_node *initial = gjc_node_find(node, GJC_INITIAL);
    *stage = (gjc_stage){
        .label = label,
        .region = sema->region,
        .is_initial = initial != NULL,
        .is_void = gjc_node_find(node, GJC_FINAL_VOID) != NULL,
        .holder = GJC_NO_INDEX,
        .join = GJC_NO_INDEX,
    };
    stage->is_final = stage->is_void || gjc_node_find(node, GJC_FINAL) != NULL;
    sema->model->regions[sema->region].stage_count++;
    if (initial != NULL)
        initial_set(sema, sema->model->stage_count - 1, initial);
}

void gjc_stages_declare(gjc_sema *sema, const gjc_node *in)
{
    gjc_model *model = sema->model;
    model->regions[sema->region].first_stage = model->stage_count;
    const gjc_node *node = gjc_node_find(in, GJC_STAGE);
    for (; node != NULL; node = gjc_node_find_next(node)) {
        uint32_t index = model->stage_count;
        stage_declare(sema, node);
        if (index == model->stage_count)
            continue;
        const gjc_node *parallel = parallel_find(sema, node);
        if (parallel != NULL)
            gjc_regions_declare_branches(sema, index, parallel);
    }
}

/* ---- resolving ---- */

static void posts_resolve(gjc_sema *sema, const gjc_node *by, gjc_transition *t)
{
    if (by == NULL)
        return;
    uint32_t *posts = gjc_sema_make(sema, gjc_node_child_count(by), sizeof *posts);
    if (posts == NULL)
        return;
    for (const gjc_node *name = by->first; name != NULL; name = name->next) {
        uint32_t post = gjc_posts_find(sema, name);
        if (post == GJC_NO_INDEX)
            continue;
        bool twice = false;
        for (uint32_t i = 0; i < t->post_count; i++)
            twice = twice || posts[i] == post;
        if (!twice)
            posts[t->post_count++] = post;
    }
    t->posts = posts;
}

static void needs_resolve(gjc_sema *sema, const gjc_node *needs, gjc_transition *t)
{
    gjc_model *model = sema->model;
    if (needs == NULL)
        return;
    if (gjc_node_find(needs, GJC_ALL_DOCUMENTS) != NULL) {
        if (model->document_count == 0)
            gjc_diag_add(sema->diags, GJC_E0701, needs->span, gjc_arg_none(), gjc_arg_none());
        t->needs = GJR_NEEDS_ALL;
        return;
    }
    uint32_t *documents = gjc_sema_make(sema, gjc_node_child_count(needs), sizeof *documents);
    if (documents == NULL)
        return;
    gjc_labels known = GJC_LABELS(model->documents, model->document_count);
    const gjc_node *name = gjc_node_find(needs, GJC_NAME);
    for (; name != NULL; name = gjc_node_find_next(name)) {
        uint32_t document =
            gjc_sema_find(sema, known, name->text, name->span, gjc_arg_words("document", "材料"));
        if (document != GJC_NO_INDEX)
            documents[t->document_count++] = document;
    }
    t->needs = t->document_count > 0 ? GJR_NEEDS_LISTED : GJR_NEEDS_NOTHING;
    t->documents = documents;
}

static uint32_t times_resolve(gjc_sema *sema, const gjc_node *times)
{
    if (times == NULL)
        return 0;
    if (times->value < 1)
        gjc_diag_add(sema->diags, GJC_E0702, times->span, gjc_arg_none(), gjc_arg_none());
    return (uint32_t)times->value; /* a whole number the grammar has bounded */
}

/* Whether a stage holds what could lead on, but is not understood here: refused or unreadable. */
static bool has_other_ways(const gjc_node *stage)
{
    for (const gjc_node *node = stage->first; node != NULL; node = node->next)
        if (node->kind == GJC_INCLUDE || node->kind == GJC_BROKEN)
            return true;
    return false;
}

static void transition_resolve(gjc_sema *sema, const gjc_node *on, uint32_t stage)
{
    gjc_model *model = sema->model;
    uint32_t action =
        gjc_labels_find(GJC_LABELS(model->actions, model->action_count), gjc_node_name(on));
    if (action == GJC_NO_INDEX)
        return;
    gjc_transition t = {.span = on->span, .stage = stage, .action = action};
    t.target = gjc_regions_find_target(sema, on);
    posts_resolve(sema, gjc_node_find(on, GJC_BY), &t);
    sema->action = action;
    sema->may_ask = true;
    t.when = gjc_expr_resolve_when(sema, on);
    t.is_unclear = t.when == NULL && gjc_node_find(on, GJC_WHEN) != NULL;
    needs_resolve(sema, gjc_node_find(on, GJC_NEEDS), &t);
    t.times_max = times_resolve(sema, gjc_node_find(on, GJC_AT_MOST_TIMES));
    gjc_sets_resolve(sema, on, &t);
    sema->may_ask = false;
    sema->action = GJC_NO_INDEX;
    t.basis = gjc_citations_resolve(sema, on);
    gjc_transition *added = gjc_model_add_transition(model);
    if (added == NULL)
        sema->out_of_memory = true;
    else
        *added = t;
}

static void stage_resolve(gjc_sema *sema, const gjc_node *node, uint32_t index)
{
    gjc_model *model = sema->model;
    const gjc_node *holder = gjc_node_find(node, GJC_HELD_BY);
    if (holder != NULL && holder->first != NULL)
        model->stages[index].holder = gjc_posts_find(sema, holder->first);
    const gjc_node *on = gjc_node_find(node, GJC_ON);
    if (on != NULL && model->stages[index].is_final)
        gjc_diag_add(sema->diags, GJC_E0507, on->span,
                     gjc_arg_text(model->stages[index].label.name), gjc_arg_none());
    const gjc_node *parallel = gjc_node_find(node, GJC_PARALLEL);
    if (parallel != NULL && model->stages[index].is_final)
        gjc_diag_add(sema->diags, GJC_E0527, parallel->span,
                     gjc_arg_text(model->stages[index].label.name), gjc_arg_none());
    else if (parallel != NULL && model->stages[index].branch_count > 0)
        gjc_regions_resolve_branches(sema, index, parallel);
    model->is_partial = model->is_partial || has_other_ways(node);
    model->stages[index].first_transition = model->transition_count;
    for (; on != NULL; on = gjc_node_find_next(on))
        transition_resolve(sema, on, index);
    model->stages[index].transition_count =
        model->transition_count - model->stages[index].first_transition;
}

static void region_resolve(gjc_sema *sema, const gjc_region *region)
{
    /* A stage whose name was taken has no item of its own; the spans tell. */
    uint32_t index = region->first_stage, end = index + region->stage_count;
    const gjc_node *node = gjc_node_find(region->node, GJC_STAGE);
    for (; node != NULL && index < end; node = gjc_node_find_next(node))
        if (gjc_node_name_span(node).begin == sema->model->stages[index].label.span.begin)
            stage_resolve(sema, node, index++);
}

void gjc_stages_resolve(gjc_sema *sema)
{
    for (uint32_t i = 0; i < sema->model->region_count; i++) {
        sema->region = i;
        region_resolve(sema, &sema->model->regions[i]);
    }
    sema->region = 0;
}
