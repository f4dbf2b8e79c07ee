/* SPDX-License-Identifier: Apache-2.0
 *
 * See resolve.h. */
#include "sema/resolve.h"

#include "base/map.h"
#include "base/text.h"
#include "sema/actions.h"
#include "sema/calendars.h"
#include "sema/citations.h"
#include "sema/data.h"
#include "sema/declared.h"
#include "sema/functions.h"
#include "sema/judgements.h"
#include "sema/limits.h"
#include "sema/migrations.h"
#include "sema/natives.h"
#include "sema/posts.h"
#include "sema/powers.h"
#include "sema/regions.h"
#include "sema/refusals.h"
#include "sema/duties.h"
#include "sema/relations.h"
#include "sema/rules.h"
#include "sema/scenarios.h"
#include "sema/stages.h"
#include "sema/templates.h"
#include "sema/types.h"

/* ---- what stands in its head ---- */

static void version_resolve(gjc_sema *sema, const gjc_node *procedure)
{
    gjc_model *model = sema->model;
    const gjc_node *version =
        gjc_sema_find_only(sema, procedure, GJC_VERSION, gjc_arg_words("version", "版本"));
    model->version = 1;
    if (version == NULL)
        return;
    model->version = (uint32_t)version->value; /* a whole number the grammar has bounded */
    const gjc_node *effective = gjc_node_find(version, GJC_EFFECTIVE);
    if (effective != NULL)
        model->effective = (gj_day)effective->value;
}

/* ---- a procedure ---- */

static void titles_check(gjc_sema *sema)
{
    gjc_model *model = sema->model;
    gjc_sema_check_answers(sema, GJC_LABELS(model->actions, model->action_count),
                           gjc_arg_words("actions", "行为"));
}

/* Every name first, then what speaks of names: so nothing depends on what stands before what. */
static void procedure_resolve(gjc_sema *sema, const gjc_node *procedure)
{
    gjc_model *model = sema->model;
    model->label = gjc_sema_label(sema, procedure);
    version_resolve(sema, procedure);
    gjc_calendars_resolve(sema, procedure);
    gjc_posts_declare(sema);
    gjc_data_declare(sema, procedure);
    gjc_regions_declare(sema, procedure);
    gjc_judgements_declare(sema);
    gjc_actions_declare(sema);
    gjc_limits_declare(sema);
    model->basis = gjc_citations_resolve(sema, procedure);
    gjc_data_resolve(sema, procedure);
    gjc_stages_resolve(sema);
    gjc_limits_resolve(sema);
    gjc_migrations_resolve(sema, procedure);
    gjc_powers_resolve(sema);
    gjc_judgements_resolve(sema);
    gjc_rules_resolve(sema);
    gjc_duties_resolve(sema);
    gjc_relations_spread(sema);
    titles_check(sema);
}

/* ---- all of them ---- */

static bool models_make(gjc_sema *sema, gjc_models *models)
{
    const gjc_modules *modules = sema->modules;
    for (size_t i = 0; i < modules->given_count; i++)
        models->count += gjc_node_count(modules->items[i]->tree, GJC_PROCEDURE);
    models->items = gjc_sema_make(sema, models->count, sizeof *models->items);
    for (size_t i = 0; models->items != NULL && i < models->count; i++)
        gjc_model_init(&models->items[i], sema->arena);
    return models->items != NULL;
}

/* What the modules declare for others is checked whether or not anyone uses it: every type and
 * function, and who acts in a file without a procedure. */
static void modules_check(gjc_sema *sema, gjc_tables *tables)
{
    gjc_model model;
    gjc_model_init(&model, sema->arena);
    sema->model = &model;
    sema->tables = tables;
    gjc_types_work_out(sema);
    gjc_natives_work_out(sema);
    gjc_functions_work_out(sema);
    sema->tables = NULL;
    for (size_t i = 0; i < sema->modules->given_count; i++) {
        sema->module = sema->modules->items[i];
        if (gjc_node_find(sema->module->tree, GJC_PROCEDURE) == NULL)
            gjc_posts_declare(sema);
    }
    sema->model = NULL;
}

static void procedures_resolve(gjc_sema *sema, const gjc_models *models)
{
    gjc_model *next = models->items;
    for (size_t i = 0; i < sema->modules->given_count; i++) {
        sema->module = sema->modules->items[i];
        const gjc_node *node = gjc_node_find(sema->module->tree, GJC_PROCEDURE);
        for (; node != NULL && !sema->out_of_memory; node = gjc_node_find_next(node)) {
            sema->model = next++;
            gjc_declared_begin(sema);
            procedure_resolve(sema, node);
        }
    }
}

/* The model that answered to the name before, or NULL. */
static const gjc_model *name_owner(gjc_sema *sema, gjb_map *names, const gjc_models *models,
                                   uint32_t index, gj_text name)
{
    bool added = false;
    const uint32_t *owner = gjb_map_add(names, name, index, &added);
    if (owner == NULL)
        sema->out_of_memory = true;
    return owner == NULL || *owner == index ? NULL : &models->items[*owner];
}

/* An event says which procedure it belongs to, by name or by title. */
static void name_check(gjc_sema *sema, gjb_map *names, const gjc_models *models, uint32_t index)
{
    const gjc_label *label = &models->items[index].label;
    gj_text shared = label->name;
    const gjc_model *other = name_owner(sema, names, models, index, shared);
    if (other != NULL && gjb_text_equal(other->label.name, shared)) {
        gjc_labels first = {&other->label, 1, sizeof other->label};
        gjc_sema_check_taken(sema, first, label, gjc_arg_words("procedure", "流程"));
        return;
    }
    if (other == NULL)
        other = name_owner(sema, names, models, index, shared = label->title);
    if (other == NULL)
        return;
    gjc_diag *diag = gjc_diag_add(sema->diags, GJC_E0308, label->span,
                                  gjc_arg_words("procedures", "流程"), gjc_arg_text(shared));
    gjc_diag_note_add(sema->diags, diag, other->label.span,
                      gjc_arg_words("the other one", "另一处"));
}

static void names_check(gjc_sema *sema, const gjc_models *models)
{
    gjb_map names;
    gjb_map_init(&names, sema->arena->allocator, 0x70726F63u);
    for (uint32_t i = 0; i < models->count && !sema->out_of_memory; i++)
        name_check(sema, &names, models, i);
    gjb_map_deinit(&names);
}

gj_status gjc_resolve(const gjc_modules *modules, gjc_models *models)
{
    gjc_laws laws = {0};
    gjc_declarations declarations = {0};
    gjc_sema sema = {
        .arena = modules->arena,
        .diags = modules->diags,
        .modules = modules,
        .laws = &laws,
        .declarations = &declarations,
        .action = GJC_NO_INDEX,
    };
    for (size_t i = 0; i < modules->count; i++) {
        sema.module = modules->items[i];
        gjc_refusals_check(&sema, modules->items[i]->tree);
        gjc_laws_declare(&sema, modules->items[i]);
        gjc_declared_gather(&sema, modules->items[i]);
    }
    gjc_templates_expand(&sema);
    if (models_make(&sema, models)) {
        modules_check(&sema, &models->tables);
        procedures_resolve(&sema, models);
        names_check(&sema, models);
        gjc_scenarios_resolve(&sema, models);
    }
    return sema.out_of_memory || modules->diags->out_of_memory ? GJ_NO_MEMORY : GJ_OK;
}
