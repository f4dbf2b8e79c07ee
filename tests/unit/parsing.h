/* SPDX-License-Identifier: Apache-2.0
 *
 * For tests of the front end: a source, parsed, with its tree and diagnostics at hand. */
#ifndef PARSING_H
#define PARSING_H

#include "base/text.h"
#include "syntax/parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

typedef struct parsing {
    gjb_arena arena;
    gjc_sources sources;
    gjc_diag_list diags;
    gjc_node *file;
    gjb_buffer out;
    gj_status status;
} parsing;

static inline void parsing_open(parsing *p, const gj_allocator *allocator, gj_text text)
{
    uint32_t index;
    gjb_arena_init(&p->arena, allocator);
    gjb_buffer_init(&p->out, NULL);
    gjc_sources_init(&p->sources, &p->arena);
    gjc_diag_list_init(&p->diags, &p->arena);
    p->file = NULL;
    p->status = gjc_sources_add(&p->sources, gjb_text_of("t.gj"), text, &p->diags, &index);
    if (p->status == GJ_OK) {
        p->status = gjc_parse(&p->sources, index, &p->arena, &p->diags, &p->file);
    }
}

static inline void parsing_close(parsing *p)
{
    gjb_buffer_deinit(&p->out);
    gjb_arena_deinit(&p->arena);
}

/* The output so far as a C string, valid until more is printed. */
static inline const char *parsing_said(parsing *p)
{
    gjb_buffer_add_byte(&p->out, '\0');
    p->out.size--;
    return p->out.bytes;
}

/* "E0201@3 E0205@7": codes and lines, in order of place. */
static inline const char *parsing_codes(parsing *p)
{
    gjc_diag_list_sort(&p->diags);
    for (const gjc_diag *diag = p->diags.first; diag != NULL; diag = diag->next) {
        const gjc_source *source = gjc_sources_get(&p->sources, diag->span.source);
        gjb_buffer_add_format(&p->out, "%s%s@%u", p->out.size > 0 ? " " : "",
                              gjc_diag_code_name(diag->code),
                              gjc_source_position(source, diag->span.begin).line);
    }
    return parsing_said(p);
}

/* A file of tests/data/surface, NUL-terminated; freed by the caller. */
static inline char *surface_read(const char *name)
{
    const char *root = getenv("GUIJU_ROOT");
    char path[4096];
    snprintf(path, sizeof path, "%s/tests/data/surface/%s", root != NULL ? root : ".", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = calloc(1, 1 << 20);
    assert_non_null(bytes);
    assert_true(fread(bytes, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return bytes;
}

#endif
