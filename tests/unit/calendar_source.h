/* SPDX-License-Identifier: Apache-2.0
 *
 * For tests: source text → the bytes of its calendars' files. A calendar's `refines` is looked for
 * among the calendars of the same text. */
#ifndef CALENDAR_SOURCE_H
#define CALENDAR_SOURCE_H

#include "base/text.h"
#include "emit/calendar.h"
#include "syntax/parse.h"
#include "time/calendar_file.h"

typedef struct calendar_source {
    gjb_arena arena;
    gjc_sources sources;
    gjc_diag_list diags;
    gjc_node *file;
} calendar_source;

static inline gj_status calendar_source_init(calendar_source *of, gj_text path, gj_text text)
{
    uint32_t index;
    gjb_arena_init(&of->arena, NULL);
    gjc_sources_init(&of->sources, &of->arena);
    gjc_diag_list_init(&of->diags, &of->arena);
    gj_status status = gjc_sources_add(&of->sources, path, text, &of->diags, &index);
    return status == GJ_OK ? gjc_parse(&of->sources, index, &of->arena, &of->diags, &of->file)
                           : status;
}

static inline void calendar_source_deinit(calendar_source *of)
{
    gjb_arena_deinit(&of->arena);
}

static inline const gjc_node *calendar_source_find(const calendar_source *of, gj_text name)
{
    const gjc_node *calendar = gjc_node_find(of->file, GJC_CALENDAR);
    while (calendar != NULL && !gjb_text_equal(gjc_node_name(calendar), name)) {
        calendar = gjc_node_find_next(calendar);
    }
    return calendar;
}

static inline const gjc_node *calendar_source_refined(void *payload, const gjc_node *path)
{
    return calendar_source_find(payload, path->text);
}

/* Appends the file of the calendar named; nothing where there are mistakes. */
static inline gj_status calendar_source_emit(calendar_source *of, const char *name, gjb_buffer *out)
{
    const gjc_node *path = gjc_node_find(gjc_node_find(of->file, GJC_MODULE), GJC_PATH);
    gjc_calendar_context context = {
        .arena = &of->arena,
        .diags = &of->diags,
        .module = path != NULL ? path->text : (gj_text){0},
        .find = calendar_source_refined,
        .payload = of,
    };
    return gjc_calendar_emit(calendar_source_find(of, gjb_text_of(name)), &context, out);
}

#endif
