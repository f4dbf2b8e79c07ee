/* SPDX-License-Identifier: Apache-2.0
 *
 * See source.h. */
#include "syntax/source.h"
#include "base/text.h"
#include "syntax/diag.h"
#include "syntax/unicode.h"

#include <assert.h>
#include <string.h>

enum { SOURCES_FIRST = 8, TAB_WIDTH = 4 };

static const char byte_order_mark[] = "\xEF\xBB\xBF";

void gjc_sources_init(gjc_sources *sources, gjb_arena *arena)
{
    *sources = (gjc_sources){.arena = arena};
}

static bool sources_grow(gjc_sources *sources)
{
    if (sources->count < sources->capacity) {
        return true;
    }
    size_t capacity = sources->capacity == 0 ? SOURCES_FIRST : sources->capacity * 2;
    gjc_source *items = gjb_arena_make(sources->arena, capacity, sizeof *items);
    if (items == NULL) {
        return false;
    }
    if (sources->count > 0) {
        memcpy(items, sources->items, sources->count * sizeof *items);
    }
    sources->items = items;
    sources->capacity = capacity;
    return true;
}

static bool lines_find(gjc_source *source, gjb_arena *arena)
{
    size_t count = 1;
    for (size_t i = 0; i < source->text.size; i++) {
        count += source->text.bytes[i] == '\n';
    }
    uint32_t *begins = gjb_arena_make(arena, count, sizeof *begins);
    if (begins == NULL) {
        return false;
    }
    size_t line = 1;
    for (size_t i = 0; i < source->text.size; i++) {
        if (source->text.bytes[i] == '\n') {
            begins[line++] = (uint32_t)(i + 1);
        }
    }
    source->line_begins = begins;
    source->line_count = count;
    return true;
}

/* Up to the mistake, if there is one: the diagnostic then has lines to show. */
static gj_text text_check(gj_text bytes, uint32_t index, gjc_diag_list *diags, bool *readable)
{
    if (bytes.size >= 3 && memcmp(bytes.bytes, byte_order_mark, 3) == 0) {
        bytes = gjb_text_slice(bytes, 3, bytes.size);
    }
    *readable = bytes.size <= GJC_SOURCE_SIZE_MAX;
    if (!*readable) {
        gjc_diag_add(diags, GJC_E0102, (gjc_span){.source = index},
                     gjc_diag_number(diags, GJC_SOURCE_SIZE_MAX / (1024 * 1024)), gjc_arg_none());
        return (gj_text){"", 0};
    }
    size_t invalid = gjb_text_invalid_offset(bytes);
    if (invalid < bytes.size) {
        uint32_t at = (uint32_t)invalid;
        gjc_diag_add(diags, GJC_E0101, (gjc_span){index, at, at},
                     gjc_diag_number(diags, (int64_t)invalid + 1), gjc_arg_none());
        *readable = false;
    }
    return gjb_text_slice(bytes, 0, invalid);
}

gj_status gjc_sources_add(gjc_sources *sources, gj_text path, gj_text bytes, gjc_diag_list *diags,
                          uint32_t *index)
{
    if (!sources_grow(sources)) {
        return GJ_NO_MEMORY;
    }
    *index = (uint32_t)sources->count;
    bool readable;
    gj_text checked =
        text_check(bytes.bytes != NULL ? bytes : (gj_text){"", 0}, *index, diags, &readable);
    gj_text kept = gjb_arena_text(sources->arena, checked);
    gj_text normal = kept.bytes != NULL ? gjc_unicode_normalise(sources->arena, kept) : kept;
    gjc_source source = {.path = gjb_arena_text(sources->arena, path), .text = normal};
    source.unreadable = !readable;
    source.origin = *index;
    if (normal.bytes == NULL || !lines_find(&source, sources->arena)) {
        return GJ_NO_MEMORY;
    }
    sources->items[sources->count++] = source;
    return GJ_OK;
}

gj_status gjc_sources_place(gjc_sources *sources, uint32_t of, gjc_span include, uint32_t *index)
{
    if (!sources_grow(sources)) {
        return GJ_NO_MEMORY;
    }
    *index = (uint32_t)sources->count++;
    sources->items[*index] = sources->items[of];
    sources->items[*index].is_placed = true;
    sources->items[*index].placed_at = include;
    return GJ_OK;
}

const gjc_source *gjc_sources_get(const gjc_sources *sources, uint32_t index)
{
    assert(index < sources->count);
    return &sources->items[index];
}

/* The 0-based line that holds the byte. */
static size_t line_index(const gjc_source *source, uint32_t byte)
{
    size_t low = 0, high = source->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->line_begins[middle] <= byte) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

gjc_position gjc_source_position(const gjc_source *source, uint32_t byte)
{
    size_t end = byte < source->text.size ? byte : source->text.size;
    size_t line = line_index(source, (uint32_t)end);
    gjc_position position = {.line = (uint32_t)line + 1, .column = 1};
    for (size_t at = source->line_begins[line]; at < end;) {
        uint32_t character = gjb_text_character(source->text, at);
        position.width_before += character == '\t' ? TAB_WIDTH : gjc_unicode_width(character);
        position.column++;
        at += gjb_text_character_size(source->text, at);
    }
    return position;
}

gj_text gjc_source_line(const gjc_source *source, uint32_t line)
{
    assert(line >= 1 && line <= source->line_count);
    size_t begin = source->line_begins[line - 1];
    size_t end = line < source->line_count ? source->line_begins[line] - 1 : source->text.size;
    if (end > begin && source->text.bytes[end - 1] == '\r') {
        end--;
    }
    return gjb_text_slice(source->text, begin, end);
}

gj_text gjc_sources_text(const gjc_sources *sources, gjc_span span)
{
    return gjb_text_slice(gjc_sources_get(sources, span.source)->text, span.begin, span.end);
}

gjc_span gjc_span_join(gjc_span a, gjc_span b)
{
    return (gjc_span){a.source, a.begin < b.begin ? a.begin : b.begin,
                      a.end > b.end ? a.end : b.end};
}
