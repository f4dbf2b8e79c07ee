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
    window->bytes = gjb_alloc_create(allocator, GJR_WINDOW_SIZE + GJR_WINDOW_PADDING, 1);
    if (window->bytes == NULL) {
        gjr_input_deinit(&window->input);
        return GJ_NO_MEMORY;
    }
    window->capacity = GJR_WINDOW_SIZE;
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
