/* SPDX-License-Identifier: Apache-2.0
 *
 * See migrations.h. */
#include "sema/migrations.h"

#include "base/text.h"
#include "sema/regions.h"

static const gjc_node *name_first(const gjc_node *node)
{
    return gjc_node_find(node, GJC_NAME);
}

/* E0607 where an earlier line speaks of the same name, of a stage or of a limit. */
static bool is_again(gjc_sema *sema, const gjc_node *block, const gjc_node *node)
{
    bool stage = node->kind == GJC_MIGRATE_STAGE;
    const gjc_node *first = block->first;
    while (first != node && ((first->kind == GJC_MIGRATE_STAGE) != stage ||
                             !gjb_text_equal(name_first(first)->text, name_first(node)->text)))
        first = first->next;
    if (first == node)
        return false;
    gjc_diag *diag = gjc_diag_add(sema->diags, GJC_E0607, name_first(node)->span,
                                  gjc_arg_text(name_first(node)->text), gjc_arg_none());
    gjc_diag_note_add(sema->diags, diag, name_first(first)->span,
                      gjc_arg_words("the first one", "第一处"));
    return true;
}

/* Where it goes: in a branch too, where one alone has the name. */
static uint32_t target_find(gjc_sema *sema, const gjc_node *node, bool stage)
{
    const gjc_node *to = gjc_node_find_next(name_first(node));
    return gjc_regions_find_inside(
        sema, stage ? gjc_scoped_stages(sema->model) : gjc_scoped_limits(sema->model), to->text,
        to->span, stage ? gjc_arg_words("stage", "环节") : gjc_arg_words("limit", "时限"));
}

static gjr_migration_way way_of(const gjc_node *node)
{
    return node->kind == GJC_MIGRATE_LIMIT_ENDS    ? GJR_MIGRATION_ENDS
           : gjc_node_find(node, GJC_ANEW) != NULL ? GJR_MIGRATION_ANEW
           : gjc_node_find(node, GJC_KEPT) != NULL ? GJR_MIGRATION_KEPT
                                                   : GJR_MIGRATION_PLAIN;
}

static void line_resolve(gjc_sema *sema, gjc_migration *migration, const gjc_node *block,
                         const gjc_node *node)
{
    bool stage = node->kind == GJC_MIGRATE_STAGE;
    if (is_again(sema, block, node))
        return;
    gjc_succession made = {.name = name_first(node)->text, .to = GJC_NO_INDEX, .way = way_of(node)};
    if (made.way != GJR_MIGRATION_ENDS) {
        made.to = target_find(sema, node, stage);
        if (made.to == GJC_NO_INDEX)
            return;
    }
    if (stage)
        migration->stages[migration->stage_count++] = made;
    else
        migration->limits[migration->limit_count++] = made;
}

static uint32_t version_of(const gjc_node *node)
{
    return (uint32_t)node->value; /* a whole number the grammar has bounded */
}

/* Only a version before this one, and each once. */
static bool is_usable(gjc_sema *sema, const gjc_node *procedure, const gjc_node *node)
{
    const gjc_node *first = gjc_node_find(procedure, GJC_MIGRATES);
    if (version_of(node) >= sema->model->version) {
        gjc_diag_add(sema->diags, GJC_E0540, node->span,
                     gjc_diag_number(sema->diags, sema->model->version), gjc_arg_none());
        return false;
    }
    while (first != node && version_of(first) != version_of(node))
        first = gjc_node_find_next(first);
    if (first != node) {
        gjc_diag *diag = gjc_diag_add(sema->diags, GJC_E0607, node->span,
                                      gjc_arg_words("migrates from", "承接版本"), gjc_arg_none());
        gjc_diag_note_add(sema->diags, diag, first->span, gjc_arg_words("the first one", "第一处"));
    }
    return first == node;
}

/* By the version they are from. */
static gjc_migration *migration_add(gjc_model *model, uint32_t from)
{
    uint32_t at = model->migration_count++;
    for (; at > 0 && model->migrations[at - 1].from > from; at--)
        model->migrations[at] = model->migrations[at - 1];
    return &model->migrations[at];
}

static void migration_resolve(gjc_sema *sema, const gjc_node *node)
{
    size_t count = 0;
    for (const gjc_node *i = node->first; i != NULL; i = i->next)
        count++;
    gjc_succession *stages = gjc_sema_make(sema, count + 1, sizeof *stages);
    gjc_succession *limits = gjc_sema_make(sema, count + 1, sizeof *limits);
    if (stages == NULL || limits == NULL)
        return;
    gjc_migration *made = migration_add(sema->model, version_of(node));
    *made = (gjc_migration){
        .span = node->span, .from = version_of(node), .stages = stages, .limits = limits};
    for (const gjc_node *i = node->first; i != NULL; i = i->next)
        line_resolve(sema, made, node, i);
}

void gjc_migrations_resolve(gjc_sema *sema, const gjc_node *procedure)
{
    gjc_model *model = sema->model;
    size_t count = gjc_node_count(procedure, GJC_MIGRATES);
    model->migrations = gjc_sema_make(sema, count, sizeof *model->migrations);
    const gjc_node *node = gjc_node_find(procedure, GJC_MIGRATES);
    for (; model->migrations != NULL && node != NULL; node = gjc_node_find_next(node))
        if (is_usable(sema, procedure, node))
            migration_resolve(sema, node);
}
