/* SPDX-License-Identifier: Apache-2.0
 *
 * Source texts, and where in them something stands. A span is three numbers: which source, and the
 * first and last byte; lines, columns and display widths are worked out only when something is
 * printed. The text kept is the file's in NFC without its byte-order mark, so that two spellings of
 * one name are one name; offsets are into that text. */
#ifndef GJC_SOURCE_H
#define GJC_SOURCE_H

#include "base/arena.h"

enum { GJC_SOURCE_SIZE_MAX = 8 * 1024 * 1024 };

typedef struct gjc_span {
    uint32_t source; /* its index in the list */
    uint32_t begin;  /* byte */
    uint32_t end;    /* byte after the last */
} gjc_span;

typedef struct gjc_source {
    gj_text path;                /* as the user named it */
    gj_text text;                /* NFC, no byte-order mark */
    const uint32_t *line_begins; /* byte of each line's first character */
    size_t line_count;
    bool unreadable;    /* not UTF-8 or too large: the text ends before the mistake */
    bool is_placed;     /* another source again, as it stands where an include put it: */
    gjc_span placed_at; /* the include */
    uint32_t origin;    /* the source itself */
} gjc_source;

typedef struct gjc_sources {
    gjb_arena *arena;
    gjc_source *items;
    size_t count, capacity;
} gjc_sources;

/* Both 1-based; the column counts code points, the width display cells (wide characters 2). */
typedef struct gjc_position {
    uint32_t line, column;
    uint32_t width_before; /* cells before it on its line, a tab counting as 4 */
} gjc_position;

/* Lives as long as the arena; nothing to deinit. */
void gjc_sources_init(gjc_sources *sources, gjb_arena *arena);

struct gjc_diag_list;
/* Copies and normalises. Invalid UTF-8 is a diagnostic at its byte (E0101), a text over the limit
 * another; the source is then kept up to there, for printing, and marked unreadable. */
gj_status gjc_sources_add(gjc_sources *sources, gj_text path, gj_text bytes,
                          struct gjc_diag_list *diags, uint32_t *index);
/* The source of that index once more, as text put in place by the include. */
gj_status gjc_sources_place(gjc_sources *sources, uint32_t of, gjc_span include, uint32_t *index);
const gjc_source *gjc_sources_get(const gjc_sources *sources, uint32_t index);

gjc_position gjc_source_position(const gjc_source *source, uint32_t byte);
/* Without its newline. Lines are 1-based. */
gj_text gjc_source_line(const gjc_source *source, uint32_t line);
/* The words a span covers. */
gj_text gjc_sources_text(const gjc_sources *sources, gjc_span span);

gjc_span gjc_span_join(gjc_span a, gjc_span b);

#endif
