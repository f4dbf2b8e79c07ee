/* SPDX-License-Identifier: Apache-2.0
 *
 * See buffer.h. */
#include "base/buffer.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void gjb_buffer_init(gjb_buffer *buffer, const gj_allocator *allocator)
{
    *buffer = (gjb_buffer){.allocator = gjb_alloc_or_default(allocator)};
}

void gjb_buffer_deinit(gjb_buffer *buffer)
{
    gjb_alloc_destroy(buffer->allocator, buffer->bytes, buffer->capacity, 1);
    gjb_buffer_init(buffer, buffer->allocator);
}

void gjb_buffer_reset(gjb_buffer *buffer)
{
    buffer->size = 0;
    buffer->failed = false;
}

/* Room for `more` bytes after size, or failed. */
static bool buffer_reserve(gjb_buffer *buffer, size_t more)
{
    size_t needed;
    if (buffer->failed || !gjb_size_add(buffer->size, more, &needed)) {
        buffer->failed = true;
        return false;
    }
    if (needed <= buffer->capacity) {
        return true;
    }
    size_t capacity = buffer->capacity < 128 ? 256 : buffer->capacity;
    while (capacity < needed) {
        if (!gjb_size_multiply(capacity, 2, &capacity)) {
            capacity = needed;
        }
    }
    char *bytes = gjb_alloc_resize(buffer->allocator, buffer->bytes, buffer->capacity, capacity, 1);
    if (bytes == NULL) {
        buffer->failed = true;
        return false;
    }
    buffer->bytes = bytes;
    buffer->capacity = capacity;
    return true;
}

void gjb_buffer_add(gjb_buffer *buffer, const void *bytes, size_t size)
{
    if (size > 0 && buffer_reserve(buffer, size)) {
        memcpy(buffer->bytes + buffer->size, bytes, size);
        buffer->size += size;
    }
}

void gjb_buffer_add_byte(gjb_buffer *buffer, char byte)
{
    gjb_buffer_add(buffer, &byte, 1);
}

void gjb_buffer_add_text(gjb_buffer *buffer, gj_text text)
{
    gjb_buffer_add(buffer, text.bytes, text.size);
}

void gjb_buffer_add_string(gjb_buffer *buffer, const char *string)
{
    gjb_buffer_add(buffer, string, strlen(string));
}

void gjb_buffer_add_int(gjb_buffer *buffer, int64_t number)
{
    gjb_buffer_add_format(buffer, "%lld", (long long)number);
}

void gjb_buffer_add_u32(gjb_buffer *buffer, uint32_t word)
{
    const unsigned char bytes[4] = {(unsigned char)word, (unsigned char)(word >> 8),
                                    (unsigned char)(word >> 16), (unsigned char)(word >> 24)};
    gjb_buffer_add(buffer, bytes, sizeof bytes);
}

void gjb_buffer_add_format(gjb_buffer *buffer, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) {
        buffer->failed = true;
    } else if (buffer_reserve(buffer, (size_t)length + 1)) {
        vsnprintf(buffer->bytes + buffer->size, (size_t)length + 1, format, again);
        buffer->size += (size_t)length;
    }
    va_end(again);
}

static void add_json_control(gjb_buffer *buffer, unsigned char byte)
{
    switch (byte) {
    case '\n':
        gjb_buffer_add_string(buffer, "\\n");
        break;
    case '\r':
        gjb_buffer_add_string(buffer, "\\r");
        break;
    case '\t':
        gjb_buffer_add_string(buffer, "\\t");
        break;
    default:
        gjb_buffer_add_format(buffer, "\\u%04x", byte);
    }
}

void gjb_buffer_add_json(gjb_buffer *buffer, gj_text text)
{
    gjb_buffer_add_byte(buffer, '"');
    for (size_t i = 0; i < text.size;) {
        unsigned char byte = (unsigned char)text.bytes[i];
        size_t length = gjb_text_character_size(text, i);
        if (length == 0) {
            gjb_buffer_add_string(buffer, "\xEF\xBF\xBD");
            length = 1;
        } else if (byte == '"' || byte == '\\') {
            gjb_buffer_add_byte(buffer, '\\');
            gjb_buffer_add_byte(buffer, (char)byte);
        } else if (byte < 0x20) {
            add_json_control(buffer, byte);
        } else {
            gjb_buffer_add(buffer, text.bytes + i, length);
        }
        i += length;
    }
    gjb_buffer_add_byte(buffer, '"');
}

gj_text gjb_buffer_text(const gjb_buffer *buffer)
{
    return (gj_text){buffer->size > 0 ? buffer->bytes : "", buffer->size};
}

gj_status gjb_buffer_write(const gjb_buffer *buffer, const gj_writer *out)
{
    if (buffer->failed) {
        return GJ_NO_MEMORY;
    }
    if (buffer->size > 0 && !out->write(out->payload, buffer->bytes, buffer->size)) {
        return GJ_IO;
    }
    return GJ_OK;
}
