/* SPDX-License-Identifier: Apache-2.0
 *
 * The piece of a file that a feed has in memory: bytes [begin, end) of a buffer that is refilled at
 * its end and grows only for a line that does not fit, up to a named limit. So a file of any size
 * is read in constant memory, and what is borrowed from the window is valid until it is filled
 * again. GJR_WINDOW_PADDING readable bytes lie behind `end`, for scanners that read whole words. */
#ifndef GJR_FEED_WINDOW_H
#define GJR_FEED_WINDOW_H

#include "feed/input.h"

enum {
    GJR_WINDOW_SIZE = 128 * 1024, /* as long as lines are shorter */
    GJR_LINE_SIZE_MAX = 16 * 1024 * 1024,
    GJR_WINDOW_PADDING = 64,
};

typedef struct gjr_window {
    const gj_allocator *allocator;
    gjr_input input;
    char *bytes;
    size_t begin, end, capacity; /* capacity without the padding */
    uint64_t offset;             /* of bytes[begin] in the (uncompressed) file */
} gjr_window;

/* Takes ownership of the source, also where it fails. */
gj_status gjr_window_init(gjr_window *window, const gj_allocator *allocator, gjr_source source);
void gjr_window_deinit(gjr_window *window);
/* Moves what is left to the front and adds at least one byte: GJ_OK. GJ_DONE: the input has ended;
 * GJ_OVER_LIMIT: what is left already fills the greatest window; GJ_NO_MEMORY. */
gj_status gjr_window_fill(gjr_window *window);
void gjr_window_take(gjr_window *window, size_t size); /* begin moves on */
/* The first `size` bytes go to another window, whose own go; GJ_NO_MEMORY: they stay. */
gj_status gjr_window_cut(gjr_window *window, size_t size, gjr_window *into);
/* Room for so many bytes more, and bytes put back in front, for which there must be room. */
gj_status gjr_window_reserve(gjr_window *window, size_t size);
void gjr_window_put_back(gjr_window *window, gj_text bytes);
/* Drops everything up to and with the next newline, filling as it goes; GJ_OK or GJ_DONE. */
gj_status gjr_window_drop_line(gjr_window *window);
uint64_t gjr_newlines_count(const char *bytes, size_t size);

#endif
