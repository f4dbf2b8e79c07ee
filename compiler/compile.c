/* SPDX-License-Identifier: Apache-2.0
 *
 * The pipeline, in one readable function (compile_loaded): read and parse every module, resolve
 * names and types to a model of each procedure, analyse its state graph, emit it as a unit of the
 * image; and each calendar to a file of its own. Each phase runs over all procedures, on what the
 * one before made of them, as long as that is worth looking at, so one run tells several mistakes;
 * the image is made only when there are none. */
#include <guiju/compile.h>

#include "analysis/checks.h"
#include "analysis/graph_print.h"
#include "analysis/recovery.h"
#include "base/text.h"
#include "describe/describe.h"
#include "emit/calendar.h"
#include "emit/emit.h"
#include "format/format.h"
#include "notice/make.h"
#include "sema/citations.h"
#include "sema/resolve.h"
#include "syntax/parse.h"

#include <assert.h>

typedef struct calendar_file {
    gj_text name;
    gjb_buffer bytes;
} calendar_file;

typedef struct procedure {
    const gjc_model *model;
    gjc_graph graph;
    gjc_recovery_table recovery;
} procedure;

struct gj_compilation {
    gjb_alloc_watch watch; /* so that no phase need say of each text that it could not be kept */
    const gj_allocator *allocator;
    gjb_arena arena;
    gjc_sources sources;
    gjc_diag_list diags;
    gjc_modules modules;
    procedure *procedures; /* in the order of the image */
    size_t procedure_count;
    const gj_scenario *scenarios;
    size_t scenario_count;
    bool is_analysed; /* every graph and recovery is there */
    bool is_formatted;
    gjb_buffer image;
    gjb_buffer formatted;
    calendar_file *calendars;
    size_t calendar_count, calendar_capacity;
};

/* ---- a handle's life ---- */

static bool options_are_good(const gj_compile_options *options)
{
    return options != NULL && options->size == sizeof *options &&
           (options->search_paths != NULL || options->search_path_count == 0);
}

static gj_compilation *compilation_create(const gj_compile_options *options)
{
    const gj_allocator *allocator = gjb_alloc_or_default(options->allocator);
    gj_compilation *c = gjb_alloc_create(allocator, 1, sizeof *c);
    if (c == NULL)
        return NULL;
    gjb_alloc_watch_init(&c->watch, allocator);
    allocator = c->allocator = &c->watch.allocator;
    gjb_arena_init(&c->arena, allocator);
    gjc_sources_init(&c->sources, &c->arena);
    gjc_diag_list_init(&c->diags, &c->arena);
    gjc_modules_init(&c->modules, &c->sources, &c->diags);
    c->modules.search_paths = options->search_paths;
    c->modules.search_path_count = options->search_path_count;
    c->modules.library = options->library;
    gjb_buffer_init(&c->image, allocator);
    gjb_buffer_init(&c->formatted, allocator);
    return c;
}

void gj_compilation_destroy(gj_compilation *c)
{
    if (c == NULL)
        return;
    for (size_t i = 0; i < c->calendar_count; i++)
        gjb_buffer_deinit(&c->calendars[i].bytes);
    gjb_alloc_destroy(c->allocator, c->calendars, c->calendar_capacity, sizeof *c->calendars);
    gjb_buffer_deinit(&c->image);
    gjb_buffer_deinit(&c->formatted);
    gjb_arena_deinit(&c->arena);
    gjb_alloc_destroy(c->watch.below, c, 1, sizeof *c);
}

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
        calendar_file *grown = gjb_alloc_resize(c->allocator, c->calendars, c->calendar_capacity,
                                                wider, sizeof *grown);
        if (grown == NULL)
            return GJ_NO_MEMORY;
        c->calendars = grown;
        c->calendar_capacity = wider;
    }
    calendar_file *file = &c->calendars[c->calendar_count];
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
    return GJ_OK;
}

static gj_status graphs_make(gj_compilation *c)
{
    gj_status status = GJ_OK;
    for (size_t i = 0; i < c->procedure_count && status == GJ_OK; i++) {
        procedure *p = &c->procedures[i];
        if (!gjc_checks_size(p->model, &c->diags))
            continue;
        status = gjc_graph_init(&p->graph, p->model, &c->arena);
        if (status == GJ_OK)
            gjc_checks_graph(&p->graph, &c->diags);
    }
    return status;
}

static gj_status recoveries_find(gj_compilation *c)
{
    for (size_t i = 0; i < c->procedure_count; i++) {
        procedure *p = &c->procedures[i];
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
        procedure *p = &c->procedures[i];
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

/* A text that could not be kept may have looked like one that is not there. */
static gj_status memory_held(const gj_compilation *c, gj_status status)
{
    return c != NULL && c->watch.has_failed ? GJ_NO_MEMORY : status;
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
            status = recoveries_find(c);
        if (status == GJ_OK && c->is_analysed && c->procedure_count > 0)
            status = image_emit(c);
    }
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
    if (!options_are_good(options) || paths == NULL || path_count == 0)
        return GJ_BAD_ARGUMENT;
    gj_compilation *c = *compilation = compilation_create(options);
    gj_status status = c == NULL ? GJ_NO_MEMORY : GJ_OK;
    for (size_t i = 0; i < path_count && status == GJ_OK; i++)
        status = gjc_modules_add_file(&c->modules, paths[i]);
    if (status == GJ_OVER_LIMIT) {
        gjc_diag_add(&c->diags, GJC_E0309, (gjc_span){0},
                     gjc_diag_number(&c->diags, GJC_MODULES_MAX), gjc_arg_none());
        status = GJ_OK;
    }
    if (status == GJ_OK)
        status = compile_loaded(c);
    status = memory_held(c, status);
    return status == GJ_OK && c->modules.has_unreadable ? GJ_IO : status;
}

gj_status gj_compile_text(const gj_compile_options *options, const char *file, gj_text text,
                          gj_compilation **compilation)
{
    if (compilation == NULL)
        return GJ_BAD_ARGUMENT;
    *compilation = NULL;
    if (!options_are_good(options) || file == NULL)
        return GJ_BAD_ARGUMENT;
    gj_compilation *c = *compilation = compilation_create(options);
    gj_status status =
        c == NULL ? GJ_NO_MEMORY : gjc_modules_add_text(&c->modules, gjb_text_of(file), text);
    return memory_held(c, status == GJ_OK ? compile_loaded(c) : status);
}

/* ---- formatting ---- */

typedef struct sight {
    gjc_laws laws;
    const gjc_module *module; /* the file's own */
} sight;

/* The laws in sight of the first module: those that it and what it uses declare. */
static gj_status laws_gather(gj_compilation *c, sight *seen)
{
    seen->module = c->modules.items[0];
    for (size_t i = 0; i < c->modules.count; i++) {
        const gjc_module *module = c->modules.items[i];
        const gjc_node *node = gjc_node_find(module->tree, GJC_LAW);
        for (; node != NULL; node = gjc_node_find_next(node)) {
            gjc_law *law = gjb_arena_make(&c->arena, 1, sizeof *law);
            if (law == NULL)
                return GJ_NO_MEMORY;
            *law = (gjc_law){.module = module, .node = node};
            law->label.name = gjc_node_name(node);
            law->label.title = gjc_node_title(node);
            if (seen->laws.last == NULL)
                seen->laws.first = law;
            else
                seen->laws.last->next = law;
            seen->laws.last = law;
        }
    }
    return GJ_OK;
}

/* The name, where a citation by it means the same law. */
static gj_text name_certain(const sight *seen, const gjc_law *law, gjc_kind kind, gj_text name)
{
    gjc_node named = {.kind = kind, .text = name};
    gjc_node citation = {.kind = GJC_CITATION, .first = &named, .last = &named};
    bool certain =
        gjb_text_is_present(name) && gjc_laws_find(&seen->laws, seen->module, &citation) == law;
    return certain ? name : (gj_text){0};
}

static bool law_find(void *payload, const gjc_node *citation, gjc_format_law *law)
{
    const sight *seen = payload;
    const gjc_law *found = gjc_laws_find(&seen->laws, seen->module, citation);
    if (found == NULL)
        return false;
    *law = (gjc_format_law){
        .identity = found,
        .name = name_certain(seen, found, GJC_LAW_PATH, found->label.name),
        .title = name_certain(seen, found, GJC_LAW_TITLE, found->label.title),
    };
    return true;
}

/* Reads the modules that the file uses, for their laws alone: what is wrong with them, or whether
 * they are there, is not the formatter's business. */
static gj_status uses_read(gj_compilation *c, const char *file, gj_text text, sight *seen)
{
    gjc_diag_list unheard;
    gjc_diag_list_init(&unheard, &c->arena);
    c->modules.diags = &unheard;
    gj_status status = gjc_modules_add_text(&c->modules, gjb_text_of(file), text);
    if (status == GJ_OK)
        status = gjc_modules_load(&c->modules);
    c->modules.diags = &c->diags;
    return status == GJ_OK ? laws_gather(c, seen) : status;
}

gj_status gj_format(const gj_compile_options *options, const char *file, gj_text text,
                    gj_keywords keywords, gj_compilation **compilation)
{
    if (compilation == NULL)
        return GJ_BAD_ARGUMENT;
    *compilation = NULL;
    if (!options_are_good(options) || file == NULL)
        return GJ_BAD_ARGUMENT;
    gj_compilation *c = *compilation = compilation_create(options);
    if (c == NULL)
        return GJ_NO_MEMORY;
    uint32_t source = 0;
    sight seen = {.module = NULL};
    gjc_format_laws laws = {&seen, law_find};
    gj_status status = gjc_sources_add(&c->sources, gjb_text_of(file), text, &c->diags, &source);
    if (status == GJ_OK && c->diags.error_count == 0)
        status = uses_read(c, file, text, &seen);
    gjc_format_options format_options = {
        .laws = seen.module != NULL ? &laws : NULL,
        .keeps_lang = keywords == GJ_KEYWORDS_KEPT,
        .lang = keywords == GJ_KEYWORDS_ZH ? GJ_ZH : GJ_EN,
    };
    if (status == GJ_OK)
        status =
            gjc_format(&c->sources, source, &format_options, &c->arena, &c->diags, &c->formatted);
    gjc_diag_list_sort(&c->diags);
    status = memory_held(c, status);
    c->is_formatted = status == GJ_OK && c->diags.error_count == 0;
    return status;
}

gj_text gj_compilation_formatted(const gj_compilation *c)
{
    gj_text text = gjb_buffer_text(&c->formatted);
    return !c->is_formatted ? (gj_text){0} : text.bytes != NULL ? text : (gj_text){"", 0};
}

/* ---- calendars from what was announced ---- */

static bool recipe_is_good(const gj_calendar_recipe *recipe)
{
    return recipe != NULL && recipe->size == sizeof *recipe &&
           (recipe->announcements != NULL || recipe->announcement_count == 0);
}

static gj_status announcements_add(gj_compilation *c, const gj_calendar_recipe *recipe)
{
    gj_status status = GJ_OK;
    for (size_t i = 0; i < recipe->announcement_count && status == GJ_OK; i++) {
        const gj_announcement *each = &recipe->announcements[i];
        uint32_t index;
        status = each->file == NULL ? GJ_BAD_ARGUMENT
                                    : gjc_sources_add(&c->sources, gjb_text_of(each->file),
                                                      each->text, &c->diags, &index);
    }
    return status;
}

static gj_status announcements_cook(gj_compilation *c, const gj_calendar_recipe *recipe)
{
    const gjr_calendar_plan *onto =
        recipe->onto != NULL ? gjr_calendar_get_plan(recipe->onto) : NULL;
    gjc_recipe cooked = {
        .arena = &c->arena,
        .sources = &c->sources,
        .diags = &c->diags,
        .name = gjb_text_is_present(recipe->name) ? recipe->name
                : onto != NULL                    ? onto->name
                                                  : gjb_text_of("cn"),
        .onto = onto,
        .year = recipe->year,
    };
    return gjc_calendar_make(&cooked, &c->formatted);
}

gj_status gj_calendar_make(const gj_compile_options *options, const gj_calendar_recipe *recipe,
                           gj_compilation **compilation)
{
    if (compilation == NULL)
        return GJ_BAD_ARGUMENT;
    *compilation = NULL;
    if (!options_are_good(options) || !recipe_is_good(recipe))
        return GJ_BAD_ARGUMENT;
    gj_compilation *c = *compilation = compilation_create(options);
    if (c == NULL)
        return GJ_NO_MEMORY;
    gj_status status = announcements_add(c, recipe);
    if (status == GJ_OK && c->diags.error_count == 0)
        status = announcements_cook(c, recipe);
    gjc_diag_list_sort(&c->diags);
    status = memory_held(c, status);
    c->is_formatted = status == GJ_OK && c->diags.error_count == 0;
    return status;
}

/* ---- diagnostics ---- */

size_t gj_compilation_error_count(const gj_compilation *c)
{
    return c->diags.error_count;
}

size_t gj_compilation_warning_count(const gj_compilation *c)
{
    return c->diags.count + c->diags.dropped - c->diags.error_count;
}

size_t gj_compilation_diagnostic_count(const gj_compilation *c)
{
    return c->diags.count;
}

static const gjc_diag *diag_get(const gj_compilation *c, size_t index)
{
    assert(index < c->diags.count);
    const gjc_diag *diag = c->diags.first;
    while (index-- > 0)
        diag = diag->next;
    return diag;
}

gj_diagnostic gj_compilation_diagnostic(const gj_compilation *c, size_t index)
{
    const gjc_diag *diag = diag_get(c, index);
    const gjc_source *source = gjc_sources_get(&c->sources, diag->span.source);
    gjc_position begin = gjc_source_position(source, diag->span.begin);
    gjc_position end = gjc_source_position(source, diag->span.end);
    const gjc_edit *edit = NULL;
    gjc_edit each;
    size_t edit_count = 0;
    while (gjc_diag_edit_next(diag, &edit, &each))
        edit_count++;
    return (gj_diagnostic){
        .code = gjc_diag_code_name(diag->code),
        .gravity = diag->severity == GJC_ERROR ? GJ_ERROR : GJ_WARNING,
        .file = source->path,
        .line = begin.line,
        .column = begin.column,
        .end_line = end.line,
        .end_column = end.column,
        .edit_count = edit_count,
        .fix_is_certain = diag->is_certain,
    };
}

gj_edit gj_compilation_edit(const gj_compilation *c, size_t index, size_t edit_index)
{
    const gjc_diag *diag = diag_get(c, index);
    const gjc_edit *at = NULL;
    gjc_edit edit = {0};
    bool found = gjc_diag_edit_next(diag, &at, &edit);
    while (found && edit_index-- > 0)
        found = gjc_diag_edit_next(diag, &at, &edit);
    assert(found);
    const gjc_source *source = gjc_sources_get(&c->sources, edit.span.source);
    return (gj_edit){
        .file = source->path,
        .text = source->text,
        .begin = edit.span.begin,
        .end = edit.span.end,
        .line = gjc_source_position(source, edit.span.begin).line,
        .replacement = edit.replacement,
    };
}

/* Writes what a buffer holds and ends it. */
static gj_status text_write(gjb_buffer *text, const gj_writer *out)
{
    gj_status status = gjb_buffer_write(text, out);
    gjb_buffer_deinit(text);
    return status;
}

gj_status gj_diagnostic_print(const gj_compilation *c, size_t index, gj_lang lang, bool color,
                              const gj_writer *out)
{
    gjb_buffer text;
    gjb_buffer_init(&text, c->allocator);
    gjc_diag_print(diag_get(c, index), &c->sources, (gjc_diag_style){lang, color}, &text);
    return text_write(&text, out);
}

gj_status gj_diagnostic_print_json(const gj_compilation *c, size_t index, gj_lang lang,
                                   const gj_writer *out)
{
    gjb_buffer text;
    gjb_buffer_init(&text, c->allocator);
    gjc_diag_print_json(diag_get(c, index), &c->sources, lang, &text);
    return text_write(&text, out);
}

gj_status gj_diagnostic_print_sarif(const gj_compilation *c, size_t index, gj_lang lang,
                                    const gj_writer *out)
{
    gjb_buffer text;
    gjb_buffer_init(&text, c->allocator);
    gjc_diag_print_sarif(diag_get(c, index), &c->sources, lang, &text);
    return text_write(&text, out);
}

/* ---- results ---- */

gj_text gj_compilation_image(const gj_compilation *c)
{
    return c->diags.error_count == 0 && c->image.size > 0 ? gjb_buffer_text(&c->image)
                                                          : (gj_text){0};
}

size_t gj_compilation_calendar_count(const gj_compilation *c)
{
    return c->calendar_count;
}

gj_text gj_compilation_calendar_name(const gj_compilation *c, size_t index)
{
    assert(index < c->calendar_count);
    return c->calendars[index].name;
}

gj_text gj_compilation_calendar(const gj_compilation *c, size_t index)
{
    assert(index < c->calendar_count);
    return gjb_buffer_text(&c->calendars[index].bytes);
}

/* ---- scenarios ---- */

size_t gj_compilation_scenario_count(const gj_compilation *c)
{
    return c->diags.error_count == 0 ? c->scenario_count : 0;
}

gj_scenario gj_compilation_scenario(const gj_compilation *c, size_t index)
{
    assert(index < c->scenario_count);
    return c->scenarios[index];
}

/* ---- dumps ---- */

/* Scans the first file anew: tokens are not kept. */
static gj_status tokens_print(const gj_compilation *c, uint32_t source, gjb_buffer *out)
{
    gjb_arena arena;
    gjb_arena_init(&arena, c->allocator);
    gjc_diag_list again;
    gjc_diag_list_init(&again, &arena);
    gj_status status = gjc_parse_tokens(&c->sources, source, &arena, &again, out);
    gjb_arena_deinit(&arena);
    return status;
}

/* Of the procedure of that name or title, or of all. GJ_UNKNOWN where there is none. */
static gj_status graphs_print(const gj_compilation *c, gj_text called, gjb_buffer *out)
{
    bool found = called.bytes == NULL;
    for (size_t i = 0; i < c->procedure_count; i++) {
        const procedure *p = &c->procedures[i];
        if (called.bytes != NULL && !gjc_label_answers(&p->model->label, called))
            continue;
        found = true;
        if (!c->is_analysed)
            continue;
        if (out->size > 0)
            gjb_buffer_add_byte(out, '\n');
        gjc_graph_print(&p->graph, &p->recovery, GJC_NO_INDEX, out);
    }
    return found ? GJ_OK : GJ_UNKNOWN;
}

gj_status gj_compilation_dump(const gj_compilation *c, gj_dump what, gj_text called,
                              const gj_writer *out)
{
    if (c->modules.count == 0)
        return GJ_OK;
    const gjc_module *first = c->modules.items[0];
    gj_status status = GJ_OK;
    gjb_buffer text;
    gjb_buffer_init(&text, c->allocator);
    switch (what) {
    case GJ_DUMP_TOKENS:
        status = tokens_print(c, first->source, &text);
        break;
    case GJ_DUMP_AST:
        gjc_node_print(first->tree, &c->sources, &text);
        break;
    case GJ_DUMP_GRAPH:
        status = graphs_print(c, called, &text);
        break;
    }
    if (status == GJ_OK)
        status = gjb_buffer_write(&text, out);
    gjb_buffer_deinit(&text);
    return status;
}

/* ---- drawings ---- */

/* The procedures that are meant, with the stage in each. */
typedef struct chosen {
    const procedure *procedure;
    uint32_t stage;
} chosen;

typedef struct choice {
    chosen *items;
    size_t count;
    bool has_procedure; /* called so, whether it has the stage or not */
    bool is_ambiguous;  /* several stages are called so */
} choice;

static void procedure_choose(const procedure *p, gj_text stage, choice *all)
{
    all->has_procedure = true;
    int64_t found = GJC_NO_INDEX;
    if (stage.bytes != NULL)
        found = gjc_describe_find_stage(p->model, stage);
    all->is_ambiguous = all->is_ambiguous || found == GJC_STAGES_SEVERAL;
    if (found >= 0)
        all->items[all->count++] = (chosen){p, (uint32_t)found};
}

static gj_drawing_miss miss_of(const choice *all, gj_drawing_form form)
{
    if (!all->has_procedure)
        return GJ_MISS_PROCEDURE;
    if (all->count == 0)
        return all->is_ambiguous ? GJ_MISS_STAGE_CHOICE : GJ_MISS_STAGE;
    return form == GJ_DRAWING_SVG && all->count > 1 ? GJ_MISS_CHOICE : GJ_MISS_NOTHING;
}

static gj_status chosen_draw(const gj_compilation *c, const chosen *one, const gj_drawing *drawing,
                             gjb_buffer *out)
{
    gjc_subject subject = {&one->procedure->graph, &one->procedure->recovery, &c->sources,
                           one->stage};
    if (out->size > 0)
        gjb_buffer_add_byte(out, '\n');
    if (drawing->form == GJ_DRAWING_TEXT) {
        gjc_graph_print(subject.graph, subject.table, one->stage, out);
        return GJ_OK;
    }
    return gjc_describe(&subject,
                        drawing->form == GJ_DRAWING_SVG ? GJC_DRAWING_SVG : GJC_DRAWING_DOT,
                        drawing->lang, out);
}

static gj_status choice_draw(const gj_compilation *c, const choice *all, const gj_drawing *drawing,
                             const gj_writer *out)
{
    gj_status status = GJ_OK;
    gjb_buffer text;
    gjb_buffer_init(&text, c->allocator);
    for (size_t i = 0; i < all->count && status == GJ_OK; i++)
        status = chosen_draw(c, &all->items[i], drawing, &text);
    if (status == GJ_OK)
        status = gjb_buffer_write(&text, out);
    gjb_buffer_deinit(&text);
    return status;
}

gj_status gj_compilation_draw(const gj_compilation *c, const gj_drawing *drawing,
                              gj_drawing_miss *miss, const gj_writer *out)
{
    if (drawing == NULL || drawing->size != sizeof *drawing || miss == NULL)
        return GJ_BAD_ARGUMENT;
    *miss = GJ_MISS_NOTHING;
    if (!c->is_analysed)
        return GJ_OK;
    choice all = {.items =
                      gjb_alloc_create(c->allocator, c->procedure_count + 1, sizeof *all.items)};
    if (all.items == NULL)
        return GJ_NO_MEMORY;
    for (size_t i = 0; i < c->procedure_count; i++)
        if (drawing->procedure.bytes == NULL ||
            gjc_label_answers(&c->procedures[i].model->label, drawing->procedure))
            procedure_choose(&c->procedures[i], drawing->stage, &all);
    *miss = miss_of(&all, drawing->form);
    gj_status status = *miss == GJ_MISS_NOTHING ? choice_draw(c, &all, drawing, out) : GJ_UNKNOWN;
    gjb_alloc_destroy(c->allocator, all.items, c->procedure_count + 1, sizeof *all.items);
    return status;
}

/* ---- codes ---- */

size_t gj_diagnostic_code_count(void)
{
    return GJC_DIAG_CODE_COUNT;
}

const char *gj_diagnostic_code_name(size_t index)
{
    assert(index < GJC_DIAG_CODE_COUNT);
    return gjc_diag_code_name((gjc_diag_code)index);
}

gj_status gj_diagnostic_code_print(size_t index, gj_lang lang, const gj_writer *out)
{
    assert(index < GJC_DIAG_CODE_COUNT);
    gjb_buffer text;
    gjb_buffer_init(&text, gjb_alloc_default());
    gjc_diag_code_print_message((gjc_diag_code)index, lang, &text);
    return text_write(&text, out);
}

gj_status gj_diagnostic_code_print_sarif(size_t index, gj_lang lang, const gj_writer *out)
{
    assert(index < GJC_DIAG_CODE_COUNT);
    gjb_buffer text;
    gjb_buffer_init(&text, gjb_alloc_default());
    gjc_diag_code_print_sarif((gjc_diag_code)index, lang, &text);
    return text_write(&text, out);
}

gj_status gj_explain(const char *code, gj_lang lang, const gj_writer *out)
{
    gjc_diag_code found =
        code == NULL ? GJC_DIAG_CODE_COUNT : gjc_diag_code_find(gjb_text_of(code));
    if (found == GJC_DIAG_CODE_COUNT)
        return GJ_DONE;
    gjb_buffer text;
    gjb_buffer_init(&text, gjb_alloc_default());
    gjc_diag_code_explain(found, lang, &text);
    return text_write(&text, out);
}
