/* SPDX-License-Identifier: Apache-2.0
 *
 * See modules.h. */
#include "sema/modules.h"

#include "base/text.h"
#include "syntax/parse.h"

#include <errno.h>
#include <string.h>

void gjc_modules_init(gjc_modules *modules, gjc_sources *sources, gjc_diag_list *diags)
{
    *modules = (gjc_modules){.arena = sources->arena, .sources = sources, .diags = diags};
}

/* ---- reading ---- */

enum { READ_SIZE = 1 << 16 };

/* GJ_IO with errno where it cannot be read. */
static gj_status file_read(const char *path, gjb_buffer *out)
{
    bool is_stdin = strcmp(path, "-") == 0;
    FILE *file = is_stdin ? stdin : fopen(path, "rb");
    if (file == NULL)
        return GJ_IO;
    char piece[READ_SIZE];
    size_t got;
    errno = 0;
    while (out->size <= GJC_SOURCE_SIZE_MAX && (got = fread(piece, 1, sizeof piece, file)) > 0)
        gjb_buffer_add(out, piece, got);
    int error = ferror(file) ? (errno != 0 ? errno : EIO) : 0;
    if (!is_stdin)
        fclose(file);
    errno = error;
    return out->failed ? GJ_NO_MEMORY : error != 0 ? GJ_IO : GJ_OK;
}

/* ---- one module ---- */

static gj_status uses_gather(gjc_modules *modules, gjc_module *module)
{
    size_t count = gjc_node_count(module->tree, GJC_USE);
    module->uses = gjb_arena_make(modules->arena, count, sizeof *module->uses);
    if (module->uses == NULL)
        return GJ_NO_MEMORY;
    const gjc_node *use = gjc_node_find(module->tree, GJC_USE);
    for (; use != NULL; use = gjc_node_find_next(use)) {
        const gjc_node *path = gjc_node_find(use, GJC_PATH);
        if (path == NULL)
            continue;
        module->uses[module->use_count++] =
            (gjc_use){.span = path->span, .path = path->text, .alias = gjc_node_name(use)};
    }
    return GJ_OK;
}

static gjc_module *module_find(const gjc_modules *modules, gj_text name)
{
    for (size_t i = 0; i < modules->count; i++)
        if (gjb_text_equal(modules->items[i]->name, name))
            return modules->items[i];
    return NULL;
}

static gjc_module *module_find_file(const gjc_modules *modules, gj_text file)
{
    for (size_t i = 0; i < modules->count; i++)
        if (gjb_text_equal(modules->items[i]->file, file))
            return modules->items[i];
    return NULL;
}

/* The module's own name, checked against the one under which it was asked for. */
static void module_name(gjc_modules *modules, gjc_module *module, gj_text wanted)
{
    const gjc_node *declared = gjc_node_find(module->tree, GJC_MODULE);
    const gjc_node *path = gjc_node_find(declared, GJC_PATH);
    module->name = wanted;
    if (path == NULL)
        return;
    if (gjb_text_is_present(wanted) && !gjb_text_equal(path->text, wanted))
        gjc_diag_add(modules->diags, GJC_E0305, path->span, gjc_arg_text(path->text),
                     gjc_arg_text(wanted));
    else if (module_find(modules, path->text) != NULL)
        gjc_diag_add(modules->diags, GJC_E0302, path->span, gjc_arg_words("module", "模块"),
                     gjc_arg_text(path->text));
    else
        module->name = path->text;
}

static gj_status module_add(gjc_modules *modules, gj_text file, gj_text bytes, gj_text wanted,
                            gjc_module **added)
{
    if (modules->count == GJC_MODULES_MAX)
        return GJ_OVER_LIMIT;
    gjc_module *module = gjb_arena_make(modules->arena, 1, sizeof *module);
    if (module == NULL)
        return GJ_NO_MEMORY;
    module->file = gjb_arena_text(modules->arena, file);
    gj_status status =
        gjc_sources_add(modules->sources, file, bytes, modules->diags, &module->source);
    if (status == GJ_OK)
        status = gjc_parse(modules->sources, module->source, modules->arena, modules->diags,
                           &module->tree);
    if (status != GJ_OK)
        return status;
    module_name(modules, module, wanted);
    status = uses_gather(modules, module);
    if (status != GJ_OK)
        return status;
    modules->items[modules->count++] = module;
    if (added != NULL)
        *added = module;
    return GJ_OK;
}

/* ---- the files given ---- */

static void home_set(gjc_modules *modules, gj_text file)
{
    if (gjb_text_is_present(modules->home))
        return;
    size_t end = file.size;
    while (end > 0 && file.bytes[end - 1] != '/')
        end--;
    modules->home = gjb_arena_text(modules->arena, (gj_text){file.bytes, end});
}

gj_status gjc_modules_add_text(gjc_modules *modules, gj_text file, gj_text text)
{
    home_set(modules, file);
    gj_status status = module_add(modules, file, text, (gj_text){0}, NULL);
    modules->given_count = modules->count;
    return status;
}

gj_status gjc_modules_add_file(gjc_modules *modules, const char *path)
{
    gj_text file = gjb_text_of(path);
    home_set(modules, file);
    if (module_find_file(modules, file) != NULL)
        return GJ_OK;
    gjb_buffer bytes;
    gjb_buffer_init(&bytes, modules->arena->allocator);
    gj_status status = file_read(path, &bytes);
    if (status == GJ_OK) {
        status = module_add(modules, file, gjb_buffer_text(&bytes), (gj_text){0}, NULL);
    } else if (status == GJ_IO) {
        int number = errno;
        uint32_t source;
        modules->has_unreadable = true;
        status = gjc_sources_add(modules->sources, file, (gj_text){"", 0}, modules->diags, &source);
        if (status == GJ_OK)
            gjc_diag_add(modules->diags, GJC_E0306, (gjc_span){source, 0, 0},
                         gjc_arg_text(gjc_sources_get(modules->sources, source)->path),
                         gjc_arg_words(gj_system_error_text(number, GJ_EN),
                                       gj_system_error_text(number, GJ_ZH)));
    }
    modules->given_count = modules->count;
    gjb_buffer_deinit(&bytes);
    return status;
}

/* ---- what they use ---- */

/* "<folder>/<a/b>.gj" for the module a.b; a folder that ends with a slash, or "", gets none. */
static void module_path_print(gj_text folder, gj_text name, gjb_buffer *out)
{
    gjb_buffer_add_text(out, folder);
    if (folder.size > 0 && folder.bytes[folder.size - 1] != '/')
        gjb_buffer_add_byte(out, '/');
    for (size_t i = 0; i < name.size; i++)
        gjb_buffer_add_byte(out, name.bytes[i] == '.' ? '/' : name.bytes[i]);
    gjb_buffer_add(out, ".gj", 4); /* with its NUL */
    if (!out->failed)
        out->size--;
}

typedef struct search {
    gjc_modules *modules;
    gjc_use *use;
    gjb_buffer path, bytes, looked;
} search;

/* Looks in one folder. GJ_DONE: it is not there. */
static gj_status folder_search(search *s, gj_text folder, gj_text below)
{
    gjb_buffer_reset(&s->path);
    module_path_print(folder, below, &s->path);
    if (s->path.failed)
        return GJ_NO_MEMORY;
    if (s->path.size > GJC_PATH_SIZE_MAX)
        return GJ_DONE;
    gj_text file = gjb_buffer_text(&s->path);
    s->use->module = module_find_file(s->modules, file);
    if (s->use->module != NULL)
        return GJ_OK;
    gjb_buffer_reset(&s->bytes);
    gj_status status = file_read(s->path.bytes, &s->bytes);
    if (status == GJ_OK)
        return module_add(s->modules, file, gjb_buffer_text(&s->bytes), s->use->path,
                          &s->use->module);
    if (status != GJ_IO)
        return status;
    gjb_buffer_add_string(&s->looked, s->looked.size > 0 ? ", " : "");
    gjb_buffer_add_text(&s->looked, file);
    return GJ_DONE;
}

static gj_status folders_search(search *s)
{
    static const char standard[] = "std.";
    gjc_modules *m = s->modules;
    gj_text name = s->use->path;
    gj_status status = folder_search(s, m->home, name);
    for (size_t i = 0; i < m->search_path_count && status == GJ_DONE; i++)
        status = folder_search(s, gjb_text_of(m->search_paths[i]), name);
    size_t prefix = sizeof standard - 1;
    if (status == GJ_DONE && m->library != NULL && name.size > prefix &&
        memcmp(name.bytes, standard, prefix) == 0)
        status = folder_search(s, gjb_text_of(m->library), gjb_text_slice(name, prefix, name.size));
    return status;
}

static gj_status use_load(gjc_modules *modules, gjc_use *use)
{
    use->module = module_find(modules, use->path);
    if (use->module != NULL)
        return GJ_OK;
    search s = {.modules = modules, .use = use};
    const gj_allocator *allocator = modules->arena->allocator;
    gjb_buffer_init(&s.path, allocator);
    gjb_buffer_init(&s.bytes, allocator);
    gjb_buffer_init(&s.looked, allocator);
    gj_status status = folders_search(&s);
    if (status == GJ_DONE) {
        gj_text looked = gjb_arena_text(modules->arena, gjb_buffer_text(&s.looked));
        gjc_diag_add(modules->diags, GJC_E0303, use->span, gjc_arg_text(use->path),
                     gjc_arg_text(looked));
        status = GJ_OK;
    }
    gjb_buffer_deinit(&s.path);
    gjb_buffer_deinit(&s.bytes);
    gjb_buffer_deinit(&s.looked);
    return status;
}

bool gjc_use_answers(const gjc_use *use, gj_text name)
{
    if (gjb_text_equal(use->alias, name) || gjb_text_equal(use->path, name))
        return true;
    size_t begin = use->path.size;
    while (begin > 0 && use->path.bytes[begin - 1] != '.')
        begin--;
    return gjb_text_equal(gjb_text_slice(use->path, begin, use->path.size), name);
}

/* ---- circles ---- */

enum { MARK_NEW, MARK_OPEN, MARK_DONE };

typedef struct walk_frame {
    gjc_module *module;
    size_t next_use;
} walk_frame;

static void circle_add(gjc_modules *modules, const walk_frame *frames, size_t depth,
                       const gjc_use *closing)
{
    gjb_buffer names;
    gjb_buffer_init(&names, modules->arena->allocator);
    size_t first = depth;
    while (first > 0 && frames[first - 1].module != closing->module)
        first--;
    for (size_t i = first > 0 ? first - 1 : 0; i < depth; i++) {
        gjb_buffer_add_text(&names, frames[i].module->name);
        gjb_buffer_add_string(&names, " → ");
    }
    gjb_buffer_add_text(&names, closing->module->name);
    gjc_diag_add(modules->diags, GJC_E0304, closing->span,
                 gjc_arg_text(gjb_arena_text(modules->arena, gjb_buffer_text(&names))),
                 gjc_arg_none());
    gjb_buffer_deinit(&names);
}

static void circles_check_from(gjc_modules *modules, gjc_module *start, walk_frame *frames)
{
    size_t depth = 0;
    frames[depth++] = (walk_frame){start, 0};
    start->mark = MARK_OPEN;
    while (depth > 0) {
        walk_frame *top = &frames[depth - 1];
        if (top->next_use == top->module->use_count) {
            top->module->mark = MARK_DONE;
            depth--;
            continue;
        }
        const gjc_use *use = &top->module->uses[top->next_use++];
        if (use->module == NULL || use->module->mark == MARK_DONE)
            continue;
        if (use->module->mark == MARK_OPEN) {
            circle_add(modules, frames, depth, use);
            continue;
        }
        use->module->mark = MARK_OPEN;
        frames[depth++] = (walk_frame){use->module, 0};
    }
}

gj_status gjc_modules_load(gjc_modules *modules)
{
    for (size_t i = 0; i < modules->count; i++)
        for (size_t j = 0; j < modules->items[i]->use_count; j++) {
            gjc_use *use = &modules->items[i]->uses[j];
            gj_status status = use_load(modules, use);
            if (status == GJ_OVER_LIMIT) {
                gjc_diag_add(modules->diags, GJC_E0309, use->span,
                             gjc_diag_number(modules->diags, GJC_MODULES_MAX), gjc_arg_none());
                return GJ_OK;
            }
            if (status != GJ_OK)
                return status;
        }
    walk_frame frames[GJC_MODULES_MAX];
    for (size_t i = 0; i < modules->count; i++)
        if (modules->items[i]->mark == MARK_NEW)
            circles_check_from(modules, modules->items[i], frames);
    return GJ_OK;
}
