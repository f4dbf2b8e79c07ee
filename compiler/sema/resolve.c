/* SPDX-License-Identifier: Apache-2.0
 *
 * See resolve.h. */
#include "sema/resolve.h"

#include "base/text.h"
#include "sema/actions.h"
#include "sema/citations.h"
#include "sema/data.h"
#include "sema/declared.h"
#include "sema/limits.h"
#include "sema/posts.h"
#include "sema/regions.h"
#include "sema/refusals.h"
#include "sema/rules.h"
#include "sema/stages.h"
#include "sema/types.h"

/* ---- which procedure ---- */

/* The first PROCEDURE of all modules, its module becoming the one that is read; any other is
 * refused. */
static const gjc_node *procedure_find(gjc_sema *sema)
{
    const gjc_node *found = NULL;
    for (size_t i = 0; i < sema->modules->count; i++) {
        const gjc_module *module = sema->modules->items[i];
        const gjc_node *node = gjc_node_find(module->tree, GJC_PROCEDURE);
        for (; node != NULL; node = gjc_node_find_next(node)) {
            if (found != NULL) {
                gjc_refusals_add(sema, GJC_UNSUPPORTED_PROCEDURES, gjc_node_name_span(node));
                continue;
            }
            found = node;
            sema->module = module;
        }
    }
    return found;
}

/* ---- what stands in its head ---- */

static gj_text last_name(gj_text path)
{
    size_t begin = path.size;
    while (begin > 0 && path.bytes[begin - 1] != '.')
        begin--;
    return gjb_text_slice(path, begin, path.size);
}

static const gjc_node *calendar_in(const gjc_module *module, gj_text name)
{
    const gjc_node *node = gjc_node_find(module->tree, GJC_CALENDAR);
    while (node != NULL && !gjb_text_equal(gjc_node_name(node), name))
        node = gjc_node_find_next(node);
    return node;
}

static bool calendar_is_seen(const gjc_module *module, gj_text name)
{
    bool seen = calendar_in(module, name) != NULL;
    for (size_t i = 0; i < module->use_count; i++)
        if (module->uses[i].module != NULL)
            seen = seen || calendar_in(module->uses[i].module, name) != NULL;
    return seen;
}

/* The calendars in sight, for spellings. */
static gjc_labels calendars_seen(gjc_sema *sema)
{
    const gjc_module *module = sema->module;
    size_t count = gjc_node_count(module->tree, GJC_CALENDAR);
    for (size_t i = 0; i < module->use_count; i++)
        if (module->uses[i].module != NULL)
            count += gjc_node_count(module->uses[i].module->tree, GJC_CALENDAR);
    gjc_label *labels = gjc_sema_make(sema, count, sizeof *labels);
    gjc_labels seen = {labels, 0, sizeof *labels};
    for (size_t i = 0; labels != NULL && i <= module->use_count; i++) {
        const gjc_module *from = i == 0 ? module : module->uses[i - 1].module;
        const gjc_node *node = from == NULL ? NULL : gjc_node_find(from->tree, GJC_CALENDAR);
        for (; node != NULL && seen.count < count; node = gjc_node_find_next(node))
            labels[seen.count++].name = gjc_node_name(node);
    }
    return seen;
}

static void calendar_resolve(gjc_sema *sema, const gjc_node *procedure)
{
    const gjc_node *clause =
        gjc_sema_find_only(sema, procedure, GJC_USES_CALENDAR, gjc_arg_words("calendar", "日历"));
    const gjc_node *path = gjc_node_find(clause, GJC_PATH);
    if (path == NULL)
        return;
    gj_text name = last_name(path->text);
    if (calendar_is_seen(sema->module, name)) {
        sema->model->calendar = name;
        return;
    }
    gjc_labels seen = calendars_seen(sema);
    gjc_sema_add_unknown(sema, &seen, 1, path->text, path->span, gjc_arg_words("calendar", "日历"));
    sema->model->calendar = name; /* so that no limit complains for want of one */
}

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

/* ---- the whole ---- */

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
    model->has_procedure = true;
    model->label = gjc_sema_label(sema, procedure);
    version_resolve(sema, procedure);
    calendar_resolve(sema, procedure);
    gjc_posts_declare(sema);
    gjc_data_declare(sema, procedure);
    gjc_regions_declare(sema, procedure);
    gjc_actions_declare(sema);
    gjc_limits_declare(sema);
    model->basis = gjc_citations_resolve(sema, procedure);
    gjc_data_resolve(sema, procedure);
    gjc_stages_resolve(sema);
    gjc_limits_resolve(sema);
    gjc_rules_resolve(sema);
    titles_check(sema);
}

gj_status gjc_resolve(const gjc_modules *modules, gjc_model *model)
{
    gjc_laws laws = {0};
    gjc_declarations declarations = {0};
    gjc_sema sema = {
        .arena = modules->arena,
        .diags = modules->diags,
        .modules = modules,
        .model = model,
        .laws = &laws,
        .declarations = &declarations,
    };
    for (size_t i = 0; i < modules->count; i++) {
        sema.module = modules->items[i];
        gjc_refusals_check(&sema, modules->items[i]->tree);
        gjc_laws_declare(&sema, modules->items[i]);
        gjc_declared_gather(&sema, modules->items[i]);
    }
    gjc_types_work_out(&sema);
    const gjc_node *procedure = procedure_find(&sema);
    if (procedure != NULL) {
        procedure_resolve(&sema, procedure);
    } else if (modules->count >
               0) { /* a module for others to use: who acts is checked all the same */
        sema.module = modules->items[0];
        gjc_posts_declare(&sema);
    }
    return sema.out_of_memory || modules->diags->out_of_memory ? GJ_NO_MEMORY : GJ_OK;
}
