/* SPDX-License-Identifier: Apache-2.0
 *
 * See regions.h. Regions are their own queue: each is asked for its stages in turn, and a stage
 * that runs branches adds them at the end. */
#include "sema/regions.h"

#include "base/text.h"
#include "sema/posts.h"
#include "sema/stages.h"

/* ---- declaring ---- */

static uint32_t region_add(gjc_sema *sema, const gjc_node *node, uint32_t parent)
{
    gjc_model *model = sema->model;
    gjc_region *region = gjc_model_add_region(model);
    if (region == NULL) {
        sema->out_of_memory = true;
        return GJC_NO_INDEX;
    }
    *region = (gjc_region){
        .label = gjc_sema_label(sema, node),
        .node = node,
        .parent = parent,
        .department = GJC_NO_INDEX,
        .initial = GJC_NO_INDEX,
    };
    if (parent != GJC_NO_INDEX) {
        region->outer = model->stages[parent].region;
        region->depth = model->regions[region->outer].depth + 1;
    }
    return model->region_count - 1;
}

void gjc_regions_declare(gjc_sema *sema, const gjc_node *procedure)
{
    if (region_add(sema, procedure, GJC_NO_INDEX) == GJC_NO_INDEX)
        return;
    for (uint32_t i = 0; i < sema->model->region_count && !sema->out_of_memory; i++) {
        sema->region = i;
        gjc_stages_declare(sema, sema->model->regions[i].node);
    }
    sema->region = 0;
    sema->model->initial = sema->model->regions[0].initial;
}

/* What only the whole procedure has. */
static void clauses_check(gjc_sema *sema, const gjc_node *branch)
{
    for (const gjc_node *node = branch->first; node != NULL; node = node->next)
        if (node->kind == GJC_VERSION || node->kind == GJC_USES_CALENDAR ||
            node->kind == GJC_DATA || node->kind == GJC_DOCUMENTS || node->kind == GJC_MIGRATES)
            gjc_diag_add(sema->diags, GJC_E0526, node->span, gjc_arg_none(), gjc_arg_none());
}

static void branch_declare(gjc_sema *sema, gjc_stage *stage, const gjc_node *branch,
                           uint32_t parent)
{
    gjc_model *model = sema->model;
    gjc_label label = gjc_sema_label(sema, branch);
    gjc_labels beside = GJC_LABELS(model->regions + stage->first_branch, stage->branch_count);
    if (gjc_sema_check_taken(sema, beside, &label, gjc_arg_words("branch", "分支")))
        return;
    clauses_check(sema, branch);
    if (region_add(sema, branch, parent) != GJC_NO_INDEX)
        stage->branch_count++;
}

static void need_resolve(gjc_sema *sema, gjc_stage *stage, const gjc_node *parallel)
{
    const gjc_node *number = gjc_node_find(parallel, GJC_EXPR_NUMBER);
    stage->need = gjc_node_find(parallel, GJC_ANY) != NULL ? 1 : stage->branch_count;
    if (number == NULL)
        return;
    int64_t need = number->value / GJC_DECIMAL_SCALE;
    if (number->value % GJC_DECIMAL_SCALE != 0 || need < 1 || need > stage->branch_count)
        gjc_diag_add(sema->diags, GJC_E0523, number->span,
                     gjc_diag_number(sema->diags, stage->branch_count), gjc_arg_none());
    else
        stage->need = (uint32_t)need;
}

void gjc_regions_declare_branches(gjc_sema *sema, uint32_t index, const gjc_node *parallel)
{
    gjc_model *model = sema->model;
    gjc_stage *stage = &model->stages[index];
    stage->first_branch = model->region_count;
    if (model->regions[stage->region].depth + 1 >= GJR_NESTING_MAX) {
        gjc_diag_add(sema->diags, GJC_E0525, parallel->span,
                     gjc_diag_number(sema->diags, GJR_NESTING_MAX - 1), gjc_arg_none());
        model->is_partial = true;
        return;
    }
    const gjc_node *branch = gjc_node_find(parallel, GJC_BRANCH);
    for (; branch != NULL; branch = gjc_node_find_next(branch))
        branch_declare(sema, stage, branch, index);
    model->is_partial = model->is_partial || stage->branch_count == 0;
    if (stage->branch_count == 0)
        gjc_diag_add(sema->diags, GJC_E0521, parallel->span, gjc_arg_text(stage->label.name),
                     gjc_arg_none());
    need_resolve(sema, stage, parallel);
}

/* ---- resolving ---- */

static void department_resolve(gjc_sema *sema, gjc_region *region)
{
    const gjc_node *path = gjc_node_find(gjc_node_find(region->node, GJC_OF), GJC_PATH);
    if (path != NULL)
        region->department = gjc_posts_find_department(sema, path);
}

static bool is_inside(const gjc_sema *sema, gj_text name)
{
    const gjc_model *model = sema->model;
    for (uint32_t i = 0; i < model->stage_count; i++)
        if (gjb_text_equal(model->stages[i].label.name, name) &&
            model->stages[i].region != sema->region &&
            gjc_model_is_within(model, model->stages[i].region, sema->region))
            return true;
    return false;
}

uint32_t gjc_regions_find_target(gjc_sema *sema, const gjc_node *clause)
{
    const gjc_node *name = gjc_node_find(gjc_node_find(clause, GJC_GOTO), GJC_NAME);
    if (name == NULL)
        return GJC_NO_INDEX;
    gjc_scoped stages = gjc_scoped_stages(sema->model);
    uint32_t target = gjc_regions_find(sema, stages, name->text);
    if (target == GJC_NO_INDEX && is_inside(sema, name->text))
        gjc_diag_add(sema->diags, GJC_E0522, name->span, gjc_arg_text(name->text), gjc_arg_none());
    else if (target == GJC_NO_INDEX)
        gjc_sema_add_unknown(sema, &stages.labels, 1, name->text, name->span,
                             gjc_arg_words("stage", "环节"));
    sema->model->is_partial = sema->model->is_partial || target == GJC_NO_INDEX;
    return target;
}

void gjc_regions_resolve_branches(gjc_sema *sema, uint32_t index, const gjc_node *parallel)
{
    gjc_model *model = sema->model;
    gjc_stage *stage = &model->stages[index];
    for (uint32_t i = 0; i < stage->branch_count; i++)
        department_resolve(sema, &model->regions[stage->first_branch + i]);
    stage->join_span = gjc_node_find(parallel, GJC_GOTO)->span;
    stage->join = gjc_regions_find_target(sema, parallel);
    if (stage->join == GJC_NO_INDEX || model->stages[stage->join].region == stage->region)
        return;
    gjc_diag_add(sema->diags, GJC_E0528, stage->join_span,
                 gjc_arg_text(model->stages[stage->join].label.name), gjc_arg_none());
    stage->join = GJC_NO_INDEX;
    model->is_partial = true;
}

/* ---- names ---- */

static uint32_t region_of(gjc_scoped scoped, uint32_t index)
{
    const char *item = (const char *)scoped.labels.items + index * scoped.labels.item_size;
    return *(const uint32_t *)(const void *)(item + scoped.region_offset);
}

static uint32_t find_in(gjc_scoped scoped, uint32_t region, gj_text name)
{
    for (uint32_t i = 0; i < scoped.labels.count; i++)
        if (region_of(scoped, i) == region &&
            gjb_text_equal(gjc_labels_get(scoped.labels, i)->name, name))
            return i;
    return GJC_NO_INDEX;
}

uint32_t gjc_regions_find(const gjc_sema *sema, gjc_scoped scoped, gj_text name)
{
    uint32_t region = sema->region;
    for (;;) {
        uint32_t found = find_in(scoped, region, name);
        if (found != GJC_NO_INDEX || region == 0)
            return found;
        region = sema->model->regions[region].outer;
    }
}

uint32_t gjc_regions_find_inside(gjc_sema *sema, gjc_scoped scoped, gj_text name, gjc_span span,
                                 gjc_arg noun)
{
    uint32_t found = gjc_regions_find(sema, scoped, name);
    if (found != GJC_NO_INDEX)
        return found;
    for (uint32_t i = 0; i < scoped.labels.count; i++) {
        if (!gjb_text_equal(gjc_labels_get(scoped.labels, i)->name, name) ||
            !gjc_model_is_within(sema->model, region_of(scoped, i), sema->region))
            continue;
        if (found != GJC_NO_INDEX) {
            gjc_diag *diag = gjc_diag_add(sema->diags, GJC_E0529, span, noun, gjc_arg_text(name));
            gjc_diag_note_add(sema->diags, diag, gjc_labels_get(scoped.labels, found)->span,
                              gjc_arg_words("one of them", "其中一处"));
            return GJC_NO_INDEX;
        }
        found = i;
    }
    if (found == GJC_NO_INDEX)
        gjc_sema_add_unknown(sema, &scoped.labels, 1, name, span, noun);
    return found;
}

bool gjc_regions_check_taken(gjc_sema *sema, gjc_scoped scoped, const gjc_label *label,
                             gjc_arg noun)
{
    uint32_t index = gjc_regions_find(sema, scoped, label->name);
    if (index == GJC_NO_INDEX)
        return false;
    gjc_diag *diag =
        gjc_diag_add(sema->diags, GJC_E0302, label->span, noun, gjc_arg_text(label->name));
    gjc_diag_note_add(sema->diags, diag, gjc_labels_get(scoped.labels, index)->span,
                      gjc_arg_words("first declared here", "先声明于此"));
    return true;
}
