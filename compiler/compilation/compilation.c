/* SPDX-License-Identifier: Apache-2.0
 *
 * See compilation.h: a handle's life, and what it gives out of what was made. */
#include "compilation/compilation.h"

#include "base/text.h"

#include <assert.h>

/* ---- life ---- */

bool gjc_compilation_options_are_good(const gj_compile_options *options)
{
    return options != NULL && options->size == sizeof *options &&
           (options->search_paths != NULL || options->search_path_count == 0);
}

gj_compilation *gjc_compilation_create(const gj_compile_options *options)
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

gj_status gjc_compilation_settle(const gj_compilation *c, gj_status status)
{
    return c != NULL && c->watch.has_failed ? GJ_NO_MEMORY : status;
}

gj_status gjc_compilation_write(gjb_buffer *text, const gj_writer *out)
{
    gj_status status = gjb_buffer_write(text, out);
    gjb_buffer_deinit(text);
    return status;
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
