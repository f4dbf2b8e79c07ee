/* SPDX-License-Identifier: Apache-2.0
 *
 * Formatting a file: it is parsed, and of the modules that it uses the laws are read, since how a
 * citation is written depends on them. */
#include "compilation/compilation.h"

#include "base/text.h"
#include "format/format.h"
#include "sema/citations.h"

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
    if (!gjc_compilation_options_are_good(options) || file == NULL)
        return GJ_BAD_ARGUMENT;
    gj_compilation *c = *compilation = gjc_compilation_create(options);
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
    status = gjc_compilation_settle(c, status);
    c->is_formatted = status == GJ_OK && c->diags.error_count == 0;
    return status;
}

gj_text gj_compilation_formatted(const gj_compilation *c)
{
    gj_text text = gjb_buffer_text(&c->formatted);
    return !c->is_formatted ? (gj_text){0} : text.bytes != NULL ? text : (gj_text){"", 0};
}
