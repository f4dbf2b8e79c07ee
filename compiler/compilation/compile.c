/* SPDX-License-Identifier: Apache-2.0
 *
 * The pipeline, in one readable function (compile_loaded): read and parse every module, resolve
 * names and types to a model of each procedure, analyse its state graph, emit it as a unit of the
 * image; and each calendar to a file of its own. Each phase runs over all procedures, on what the
 * one before made of them, as long as that is worth looking at, so one run tells several mistakes;
 * the image is made only when there are none. */
#include "compilation/compilation.h"

#include "analysis/checks.h"
#include "base/text.h"
#include "analysis/budgets.h"
#include "analysis/promises.h"
#include "analysis/tables.h"
#include "emit/calendar.h"
#include "emit/emit.h"
#include "sema/templates.h"

#include <assert.h>

/* ---- calendars ---- */

static const gjc_node *calendar_named(const gjc_module *module, gj_text name)
{
    const gjc_node *node = module == NULL ? NULL : gjc_node_find(module->tree, GJC_CALENDAR);
    while (node != NULL && !gjb_text_equal(gjc_node_name(node), name))
        node = gjc_node_find_next(node);
    return node;
}

/* The calendar that `refines PATH` means, seen from the module whose source the path stands in. */
static const gjc_node *calendar_find(void *payload, const gjc_node *path)
{
    gj_compilation *c = payload;
    size_t begin = path->text.size;
    while (begin > 0 && path->text.bytes[begin - 1] != '.')
        begin--;
    gj_text name = gjb_text_slice(path->text, begin, path->text.size);
    for (size_t i = 0; i < c->modules.count; i++) {
        const gjc_module *module = c->modules.items[i];
        if (module->source != path->span.source)
            continue;
        const gjc_node *found = calendar_named(module, name);
        for (size_t j = 0; found == NULL && j < module->use_count; j++)
            found = calendar_named(module->uses[j].module, name);
        if (found != NULL)
            return found;
    }
    gjc_diag_add(&c->diags, GJC_E0301, path->span, gjc_arg_words("calendar", "日历"),
                 gjc_arg_text(path->text));
    return NULL;
}

static gj_status calendar_compile(gj_compilation *c, const gjc_module *module, const gjc_node *node)
{
    if (c->calendar_count == c->calendar_capacity) {
        size_t wider = c->calendar_capacity == 0 ? 4 : c->calendar_capacity * 2;
        gjc_calendar_file *grown = gjb_alloc_resize(c->allocator, c->calendars,
                                                    c->calendar_capacity, wider, sizeof *grown);
        if (grown == NULL)
            return GJ_NO_MEMORY;
        c->calendars = grown;
        c->calendar_capacity = wider;
    }
    gjc_calendar_file *file = &c->calendars[c->calendar_count];
    file->name = gjc_node_name(node);
    gjb_buffer_init(&file->bytes, c->allocator);
    gjc_calendar_context context = {
        .arena = &c->arena,
        .diags = &c->diags,
        .module = module->name,
        .find = calendar_find,
        .payload = c,
    };
    gj_status status = gjc_calendar_emit(node, &context, &file->bytes);
    if (status == GJ_OK && file->bytes.failed)
        status = GJ_NO_MEMORY;
    if (status == GJ_OK && file->bytes.size > 0)
        c->calendar_count++;
    else
        gjb_buffer_deinit(&file->bytes);
    return status;
}

static gj_status calendars_compile(gj_compilation *c)
{
    for (size_t i = 0; i < c->modules.count; i++) {
        const gjc_module *module = c->modules.items[i];
        const gjc_node *node = gjc_node_find(module->tree, GJC_CALENDAR);
        for (; node != NULL; node = gjc_node_find_next(node)) {
            gj_status status = calendar_compile(c, module, node);
            if (status != GJ_OK)
                return status;
        }
    }
    return GJ_OK;
}

/* ---- the pipeline ---- */

static gj_status procedures_resolve(gj_compilation *c)
{
    gjc_models models = {0};
    gj_status status = gjc_resolve(&c->modules, &models);
    if (status != GJ_OK)
        return status;
    c->procedures = gjb_arena_make(&c->arena, models.count, sizeof *c->procedures);
    if (c->procedures == NULL)
        return GJ_NO_MEMORY;
    c->procedure_count = models.count;
    c->scenarios = models.scenarios;
    c->scenario_count = models.scenario_count;
    for (size_t i = 0; i < models.count; i++)
        c->procedures[i].model = &models.items[i];
    gjc_tables_check(&models.tables, &c->diags);
    return GJ_OK;
}

static gj_status graphs_make(gj_compilation *c)
{
    gj_status status = GJ_OK;
    for (size_t i = 0; i < c->procedure_count && status == GJ_OK; i++) {
        gjc_compiled *p = &c->procedures[i];
        if (!gjc_checks_size(p->model, &c->diags))
            continue;
        status = gjc_graph_init(&p->graph, p->model, &c->arena);
        if (status == GJ_OK)
            gjc_checks_graph(&p->graph, &c->diags);
    }
    return status;
}

/* Made from its file; NULL where there is none, which was reported. */
static gj_status calendar_load(const gj_compilation *c, gj_text name, gj_calendar **calendar)
{
    gj_refusal why;
    *calendar = NULL;
    for (size_t i = 0; i < c->calendar_count; i++)
        if (gjb_text_equal(c->calendars[i].name, name))
            return gj_calendar_load(c->allocator, c->calendars[i].bytes.bytes,
                                    c->calendars[i].bytes.size, calendar, &why);
    return GJ_OK;
}

/* What was told without an offset is on one wall, and so is what days are counted from. */
static void zones_check(gj_compilation *c, const gjc_model *model, const gjc_calendars *calendars)
{
    const gj_calendar *own = gjc_calendars_own(calendars);
    for (uint32_t i = 1; own != NULL && i < calendars->count; i++) {
        const gj_calendar *other = calendars->items[i];
        if (other == NULL ||
            gjr_zone_equal(&gjr_calendar_get_plan(own)->zone, &gjr_calendar_get_plan(other)->zone))
            continue;
        gjc_diag *diag = gjc_diag_add(
            &c->diags, GJC_E0635, model->calendar_uses[i].span,
            gjc_arg_text(model->calendar_uses[i].name),
            gjc_arg_text(gjb_arena_text(c->diags.arena, gjr_calendar_get_plan(own)->zone.name)));
        gjc_diag_note_add(&c->diags, diag, model->calendar_uses[0].span,
                          gjc_arg_words("the procedure counts by this one", "流程所用的日历"));
    }
}

static gj_status terms_check_procedure(gj_compilation *c, const gjc_compiled *p)
{
    const gjc_model *model = p->model;
    gj_calendar *loaded[GJR_CALENDARS_MAX] = {NULL};
    gjc_calendars calendars = {.count = model->calendar_use_count};
    gj_status status = GJ_OK;
    for (uint32_t i = 0; i < calendars.count && status == GJ_OK; i++) {
        status = calendar_load(c, model->calendar_uses[i].name, &loaded[i]);
        calendars.items[i] = loaded[i];
    }
    if (status == GJ_OK) {
        zones_check(c, model, &calendars);
        gjc_promises_check(model, &calendars, &c->diags);
        gjc_budgets_check(&p->graph, &calendars, &c->diags);
    }
    for (uint32_t i = 0; i < calendars.count; i++)
        gj_calendar_destroy(loaded[i]);
    return status;
}

static gj_status terms_check(gj_compilation *c)
{
    gj_status status = GJ_OK;
    for (size_t i = 0; i < c->procedure_count && status == GJ_OK; i++)
        status = terms_check_procedure(c, &c->procedures[i]);
    return status;
}

static gj_status recoveries_find(gj_compilation *c)
{
    for (size_t i = 0; i < c->procedure_count; i++) {
        gjc_compiled *p = &c->procedures[i];
        gj_status status = gjc_recovery_find(&p->graph, &c->arena, &p->recovery);
        if (status == GJ_OVER_LIMIT) {
            const gjc_label *stage = &p->model->stages[p->recovery.overflow].label;
            gjc_diag_add(&c->diags, GJC_E0510, stage->span, gjc_arg_text(stage->name),
                         gjc_arg_none());
        } else if (status != GJ_OK) {
            return status;
        }
    }
    c->is_analysed = c->diags.error_count == 0;
    return GJ_OK;
}

static gj_status units_emit(gj_compilation *c, gjr_bundle *bundle)
{
    for (size_t i = 0; i < c->procedure_count; i++) {
        gjc_compiled *p = &c->procedures[i];
        gj_status status = gjc_emit(&p->graph, &p->recovery, &c->sources, bundle);
        if (status == GJ_OVER_LIMIT)
            gjc_diag_add(&c->diags, GJC_E0511, p->model->label.span,
                         gjc_diag_number(&c->diags, GJR_ROWS_MAX), gjc_arg_none());
        else if (status != GJ_OK)
            return status;
    }
    return GJ_OK;
}

static gj_status image_emit(gj_compilation *c)
{
    gjr_bundle bundle = gjr_bundle_begin(&c->image, (uint32_t)c->procedure_count);
    gj_status status = units_emit(c, &bundle);
    return status == GJ_OK && c->diags.error_count == 0 ? gjr_bundle_finish(&bundle) : status;
}

/* What was not read cannot be judged: a name whose clause was dropped is not unknown. */
static bool has_lost_text(const gj_compilation *c)
{
    for (const gjc_diag *diag = c->diags.first; diag != NULL; diag = diag->next)
        if (gjc_diag_loses_text(diag))
            return true;
    return false;
}

static gj_status compile_loaded(gj_compilation *c)
{
    gj_status status = gjc_modules_load(&c->modules);
    if (status == GJ_OK && !has_lost_text(c)) {
        status = procedures_resolve(c);
        if (status == GJ_OK)
            status = calendars_compile(c);
        if (status == GJ_OK)
            status = graphs_make(c);
        if (status == GJ_OK && c->diags.error_count == 0)
            status = terms_check(c);
        if (status == GJ_OK && c->diags.error_count == 0)
            status = recoveries_find(c);
        if (status == GJ_OK && c->is_analysed && c->procedure_count > 0)
            status = image_emit(c);
    }
    gjc_templates_note(&c->diags, &c->sources);
    gjc_diag_list_sort(&c->diags);
    gjc_diag_list_unite(&c->diags);
    return status == GJ_OK && c->diags.out_of_memory ? GJ_NO_MEMORY : status;
}

gj_status gj_compile(const gj_compile_options *options, const char *const *paths, size_t path_count,
                     gj_compilation **compilation)
{
    if (compilation == NULL)
        return GJ_BAD_ARGUMENT;
    *compilation = NULL;
    if (!gjc_compilation_options_are_good(options) || paths == NULL || path_count == 0)
        return GJ_BAD_ARGUMENT;
    gj_compilation *c = *compilation = gjc_compilation_create(options);
    if (c == NULL)
        return GJ_NO_MEMORY;
    gj_status status = GJ_OK;
    for (size_t i = 0; i < path_count && status == GJ_OK; i++)
        status = gjc_modules_add_file(&c->modules, paths[i]);
    if (status == GJ_OVER_LIMIT) {
        gjc_diag_add(&c->diags, GJC_E0309, (gjc_span){0},
                     gjc_diag_number(&c->diags, GJC_MODULES_MAX), gjc_arg_none());
        status = GJ_OK;
    }
    if (status == GJ_OK)
        status = compile_loaded(c);
    status = gjc_compilation_settle(c, status);
    return status == GJ_OK && c->modules.has_unreadable ? GJ_IO : status;
}

gj_status gj_compile_text(const gj_compile_options *options, const char *file, gj_text text,
                          gj_compilation **compilation)
{
    if (compilation == NULL)
        return GJ_BAD_ARGUMENT;
    *compilation = NULL;
    if (!gjc_compilation_options_are_good(options) || file == NULL)
        return GJ_BAD_ARGUMENT;
    gj_compilation *c = *compilation = gjc_compilation_create(options);
    gj_status status =
        c == NULL ? GJ_NO_MEMORY : gjc_modules_add_text(&c->modules, gjb_text_of(file), text);
    return gjc_compilation_settle(c, status == GJ_OK ? compile_loaded(c) : status);
}
