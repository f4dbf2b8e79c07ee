/* SPDX-License-Identifier: Apache-2.0
 *
 * See csv_cells.h. */
#include "feed/csv_cells.h"
#include "base/text.h"
#include "feed/sweep.h"

#include <string.h>

enum { CELL_COUNT_MAX = 4096, CAPACITY_FIRST = 256 };

_Static_assert((int)GJR_SWEEP_SIZE <= (int)GJR_WINDOW_PADDING,
               "a sweep may reach behind the window");

void gjr_csv_cells_init(gjr_csv_cells *cells, const gj_allocator *allocator)
{
    *cells = (gjr_csv_cells){.place.next_line = 1};
    gjb_arena_init(&cells->unquoted, allocator);
}

void gjr_csv_cells_deinit(gjr_csv_cells *cells, const gj_allocator *allocator)
{
    gjb_arena_deinit(&cells->unquoted);
    gjb_alloc_destroy(allocator, cells->items, cells->capacity, sizeof *cells->items);
}

/* ---- once the record is known ---- */

static gj_status cell_add(gj_feed *feed, gjr_csv_cells *cells, gj_text cell)
{
    if (cells->count == cells->capacity) {
        size_t more = cells->capacity == 0 ? CAPACITY_FIRST : cells->capacity * 2;
        if (more > CELL_COUNT_MAX) {
            return gjr_feed_refuse(feed, GJ_PROBLEM_TOO_LONG, cell, gjr_note(GJR_NOTE_CELL_COUNT));
        }
        gj_text *items =
            gjb_alloc_resize(feed->allocator, cells->items, cells->capacity, more, sizeof *items);
        if (items == NULL) {
            return GJ_NO_MEMORY;
        }
        cells->items = items;
        cells->capacity = more;
    }
    cells->items[cells->count++] = cell;
    return GJ_OK;
}

/* The text between the quotes that stand around it, in which a quote is doubled; *size becomes the
 * bytes read with both. Only where quotes are doubled is it a copy; absent when memory ends. */
static gj_text cell_unquote(gjb_arena *arena, const char *bytes, size_t *size)
{
    char *copy = NULL;
    size_t from = 1, to = 0;
    for (;;) {
        const char *quote = memchr(bytes + from, '"', *size - from);
        size_t run = quote != NULL ? (size_t)(quote - bytes) - from : *size - from;
        if (copy != NULL) {
            memcpy(copy + to, bytes + from, run);
        }
        to += run;
        from += run + 1;
        if (quote == NULL || from >= *size || bytes[from] != '"') {
            break;
        }
        if (copy == NULL) {
            copy = gjb_arena_make(arena, *size, 1);
            if (copy == NULL) {
                return (gj_text){0};
            }
            memcpy(copy, bytes + 1, to);
        }
        copy[to++] = '"';
        from++;
    }
    *size = from < *size ? from : *size;
    return (gj_text){copy != NULL ? copy : bytes + 1, to};
}

static gj_status record_split(gj_feed *feed, gjr_csv_cells *cells, const gjr_csv_record *found)
{
    const char *bytes = feed->window.bytes + feed->window.begin;
    cells->count = 0;
    gjb_arena_reset(&cells->unquoted);
    for (size_t at = 0;;) {
        size_t size = found->size - at;
        gj_text cell;
        if (size > 0 && bytes[at] == '"') {
            cell = cell_unquote(&cells->unquoted, bytes + at, &size);
            if (cell.bytes == NULL) {
                return GJ_NO_MEMORY;
            }
        } else {
            const char *comma = memchr(bytes + at, ',', size);
            size = comma != NULL ? (size_t)(comma - bytes) - at : size;
            cell = (gj_text){bytes + at, size};
        }
        gj_status status = cell_add(feed, cells, cell);
        at += size + 1;
        if (status != GJ_OK || at > found->size) {
            return status;
        }
    }
}

static gj_status record_check(gj_feed *feed, gj_text text)
{
    size_t invalid = gjb_text_invalid_offset(text);
    if (invalid < text.size) {
        gjr_feed_refuse(feed, GJ_PROBLEM_UTF8, gjb_text_slice(text, invalid, text.size), NULL);
        feed->problem.offset += invalid;
        return GJ_MALFORMED;
    }
    return text.size > 0 && memchr(text.bytes, '\0', text.size) != NULL
               ? gjr_feed_refuse(feed, GJ_PROBLEM_SYNTAX, text, gjr_note(GJR_NOTE_NUL_BYTE))
               : GJ_OK;
}

/* ---- in one sweep ---- */

/* The bytes of a block that lie before its first newline, or before the window's end. */
static uint64_t bits_before(uint64_t newlines, size_t left)
{
    uint64_t there = left < GJR_SWEEP_SIZE ? (UINT64_C(1) << left) - 1 : UINT64_MAX;
    uint64_t first = newlines & there & -(newlines & there);
    return first != 0 ? first - 1 : there;
}

/* Splits the line at the window's begin. False: it has quotes, does not end in the window, or
 * there may be no room for its cells, and nothing is said of it. */
static bool line_sweep(gj_text left, gjr_csv_cells *cells, gjr_csv_record *found, bool *odd)
{
    size_t begin = 0;
    *odd = false;
    cells->count = 0;
    for (size_t at = 0; at < left.size; at += GJR_SWEEP_SIZE) {
        gjr_sweep swept = gjr_sweep_over(left.bytes + at);
        uint64_t before = bits_before(swept.newlines, left.size - at);
        *odd |= (swept.odd & before) != 0;
        uint64_t commas = swept.commas & before;
        bool room = cells->capacity - cells->count > GJR_SWEEP_SIZE;
        if ((swept.quotes & before) != 0 || !room) {
            return false;
        }
        for (; commas != 0; commas &= commas - 1) {
            size_t end = at + (size_t)__builtin_ctzll(commas);
            cells->items[cells->count++] = (gj_text){left.bytes + begin, end - begin};
            begin = end + 1;
        }
        size_t size = before == UINT64_MAX ? left.size : at + (size_t)__builtin_ctzll(~before);
        if (size < left.size) {
            *found = (gjr_csv_record){size, size + 1, false};
            found->size -= size > 0 && left.bytes[size - 1] == '\r' ? 1 : 0;
            cells->items[cells->count++] = (gj_text){left.bytes + begin, found->size - begin};
            return true;
        }
    }
    return false;
}

/* ---- either way ---- */

static gj_text window_left(const gjr_window *window)
{
    return (gj_text){window->bytes + window->begin, window->end - window->begin};
}

static gj_status cells_split(gj_feed *feed, gjr_csv_cells *cells, gjr_csv_record *found)
{
    bool odd;
    if (line_sweep(window_left(&feed->window), cells, found, &odd)) {
        feed->line = cells->place.next_line++;
        gj_text text = {feed->window.bytes + feed->window.begin, found->size};
        return odd ? record_check(feed, text) : GJ_OK;
    }
    gj_status status = gjr_csv_record_next(feed, &cells->place, found);
    if (status != GJ_OK || found->size == 0) {
        return status;
    }
    status = record_check(feed, (gj_text){feed->window.bytes + feed->window.begin, found->size});
    return status == GJ_OK ? record_split(feed, cells, found) : status;
}

gj_status gjr_csv_cells_next(gj_feed *feed, gjr_csv_cells *cells, size_t *taken)
{
    gjr_csv_record found = {0};
    gj_status status;
    *taken = 0;
    do {
        gjr_window_take(&feed->window, *taken);
        found = (gjr_csv_record){0};
        status = cells_split(feed, cells, &found);
        *taken = found.taken;
    } while (status == GJ_OK && found.size == 0);
    return status;
}
