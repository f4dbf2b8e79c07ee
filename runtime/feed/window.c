/* SPDX-License-Identifier: Apache-2.0
 *
 * See window.h. */
#include "feed/window.h"

#include <assert.h>
#include <string.h>

gj_status gjr_window_init(gjr_window *window, const gj_allocator *allocator, gjr_source source)
{
    *window = (gjr_window){.allocator = allocator};
    gj_status status = gjr_input_init(&window->input, allocator, source);
    if (status != GJ_OK) {
        return status;
    }
    size_t capacity = source.window_size > 0 ? source.window_size : GJR_WINDOW_SIZE;
    window->bytes = gjb_alloc_create(allocator, capacity + GJR_WINDOW_PADDING, 1);
    if (window->bytes == NULL) {
        gjr_input_deinit(&window->input);
        return GJ_NO_MEMORY;
    }
    window->capacity = capacity;
    return GJ_OK;
}

void gjr_window_deinit(gjr_window *window)
{
    gjb_alloc_destroy(window->allocator, window->bytes, window->capacity + GJR_WINDOW_PADDING, 1);
    gjr_input_deinit(&window->input);
    *window = (gjr_window){.allocator = window->allocator};
}

static gj_status window_grow(gjr_window *window)
{
    if (window->capacity >= GJR_LINE_SIZE_MAX) {
        return GJ_OVER_LIMIT;
    }
    size_t capacity = window->capacity * 2;
    char *bytes =
        gjb_alloc_resize(window->allocator, window->bytes, window->capacity + GJR_WINDOW_PADDING,
                         capacity + GJR_WINDOW_PADDING, 1);
    if (bytes == NULL) {
        return GJ_NO_MEMORY;
    }
    window->bytes = bytes;
    window->capacity = capacity;
    return GJ_OK;
}

gj_status gjr_window_fill(gjr_window *window)
{
    if (window->input.end != GJR_INPUT_OPEN) { /* what was borrowed stays where it is */
        return GJ_DONE;
    }
    size_t left = window->end - window->begin;
    if (left == window->capacity) {
        gj_status status = window_grow(window);
        if (status != GJ_OK) {
            return status;
        }
    }
    /* Moving is worth its cost only when it makes room for more than it moves; a window that is
     * filled byte by byte must not be moved each time. */
    if (window->begin > 0 && (window->end == window->capacity || left <= window->begin)) {
        memmove(window->bytes, window->bytes + window->begin, left);
        window->begin = 0;
        window->end = left;
    }
    size_t count =
        gjr_input_read(&window->input, window->bytes + window->end, window->capacity - window->end);
    window->end += count;
    memset(window->bytes + window->end, 0, GJR_WINDOW_PADDING);
    return count > 0 ? GJ_OK : GJ_DONE;
}

void gjr_window_take(gjr_window *window, size_t size)
{
    assert(size <= window->end - window->begin);
    window->begin += size;
    window->offset += size;
}

gj_status gjr_window_drop_line(gjr_window *window)
{
    for (;;) {
        size_t left = window->end - window->begin;
        const char *from = window->bytes + window->begin;
        const char *newline = left > 0 ? memchr(from, '\n', left) : NULL;
        if (newline != NULL) {
            gjr_window_take(window, (size_t)(newline - from) + 1);
            return GJ_OK;
        }
        gjr_window_take(window, left);
        gj_status status = gjr_window_fill(window);
        if (status != GJ_OK) {
            return status;
        }
    }
}

/* ---- parts ---- */

/* Room for so many bytes in all; what is there stays. A window that is then filled further grows to
 * the same greatest size as any other. */
static gj_status window_make_room(gjr_window *window, size_t size)
{
    if (size <= window->capacity && window->bytes != NULL) {
        return GJ_OK;
    }
    size_t capacity = GJR_WINDOW_SIZE;
    while (capacity < size) {
        capacity *= 2;
    }
    size_t before = window->bytes != NULL ? window->capacity + GJR_WINDOW_PADDING : 0;
    char *bytes = gjb_alloc_resize(window->allocator, window->bytes, before,
                                   capacity + GJR_WINDOW_PADDING, 1);
    if (bytes == NULL) {
        return GJ_NO_MEMORY;
    }
    window->bytes = bytes;
    window->capacity = capacity;
    return GJ_OK;
}

gj_status gjr_window_cut(gjr_window *window, size_t size, gjr_window *into)
{
    gj_status status = window_make_room(into, size);
    if (status != GJ_OK) {
        return status;
    }
    memcpy(into->bytes, window->bytes + window->begin, size);
    memset(into->bytes + size, 0, GJR_WINDOW_PADDING);
    into->begin = 0;
    into->end = size;
    into->offset = window->offset;
    gjr_window_take(window, size);
    return GJ_OK;
}

gj_status gjr_window_reserve(gjr_window *window, size_t size)
{
    return window_make_room(window, window->end - window->begin + size);
}

void gjr_window_put_back(gjr_window *window, gj_text bytes)
{
    size_t left = window->end - window->begin;
    assert(bytes.size + left <= window->capacity);
    memmove(window->bytes + bytes.size, window->bytes + window->begin, left);
    memcpy(window->bytes, bytes.bytes, bytes.size);
    window->begin = 0;
    window->end = bytes.size + left;
    window->offset -= bytes.size;
    memset(window->bytes + window->end, 0, GJR_WINDOW_PADDING);
}

/* ---- newlines ---- */

/* Without a branch a byte, so that many are counted at once. */
uint64_t gjr_newlines_count(const char *bytes, size_t size)
{
    enum { ROUND = 16, ROUNDS_MAX = 255 }; /* a lane counts no further than a byte can */
    uint64_t count = 0;
    while (size >= ROUND) {
        unsigned char lanes[ROUND] = {0};
        size_t rounds = size / ROUND < ROUNDS_MAX ? size / ROUND : ROUNDS_MAX;
        for (size_t i = 0; i < rounds; i++) {
            for (size_t lane = 0; lane < ROUND; lane++) {
                lanes[lane] = (unsigned char)(lanes[lane] + (bytes[lane] == '\n'));
            }
            bytes += ROUND;
        }
        for (size_t lane = 0; lane < ROUND; lane++) {
            count += lanes[lane];
        }
        size -= rounds * ROUND;
    }
    for (size_t i = 0; i < size; i++) {
        count += bytes[i] == '\n';
    }
    return count;
}
