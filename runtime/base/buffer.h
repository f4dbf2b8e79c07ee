/* SPDX-License-Identifier: Apache-2.0
 *
 * Bytes that grow. A buffer that could not grow is `failed` from then on and swallows what follows,
 * so a printer checks once at its end. */
#ifndef GJB_BUFFER_H
#define GJB_BUFFER_H

#include "base/alloc.h"

typedef struct gjb_buffer {
    const gj_allocator *allocator;
    char *bytes;
    size_t size, capacity;
    bool failed;
} gjb_buffer;

void gjb_buffer_init(gjb_buffer *buffer, const gj_allocator *allocator);
void gjb_buffer_deinit(gjb_buffer *buffer);
/* Size 0, not failed, the memory kept. */
void gjb_buffer_reset(gjb_buffer *buffer);

void gjb_buffer_add(gjb_buffer *buffer, const void *bytes, size_t size);
void gjb_buffer_add_byte(gjb_buffer *buffer, char byte);
void gjb_buffer_add_text(gjb_buffer *buffer, gj_text text);
void gjb_buffer_add_string(gjb_buffer *buffer, const char *string);
void gjb_buffer_add_int(gjb_buffer *buffer, int64_t number);
void gjb_buffer_add_u32(gjb_buffer *buffer, uint32_t word); /* little-endian */
/* printf's formats. */
void gjb_buffer_add_format(gjb_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* As a JSON string with its quotes; invalid UTF-8 becomes U+FFFD; an absent text is "". */
void gjb_buffer_add_json(gjb_buffer *buffer, gj_text text);

/* Borrowed until the buffer changes. */
gj_text gjb_buffer_text(const gjb_buffer *buffer);
/* GJ_NO_MEMORY when failed; GJ_IO when the writer stops. */
gj_status gjb_buffer_write(const gjb_buffer *buffer, const gj_writer *out);

#endif
