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
    char digits[20];
    size_t at = sizeof digits;
    uint64_t left = number < 0 ? -(uint64_t)number : (uint64_t)number;
    do {
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (number < 0) {
        digits[--at] = '-';
    }
    gjb_buffer_add(buffer, digits + at, sizeof digits - at);
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

/* Whether the byte stands for itself wherever it stands in a JSON string. */
static bool is_plain(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

/* The character at `at`, which is not plain; its bytes. */
static size_t add_json_character(gjb_buffer *buffer, gj_text text, size_t at)
{
    unsigned char byte = (unsigned char)text.bytes[at];
    size_t size = gjb_text_character_size(text, at);
    if (size == 0) {
        gjb_buffer_add_string(buffer, "\xEF\xBF\xBD");
        return 1;
    }
    if (byte == '"' || byte == '\\') {
        const char escaped[2] = {'\\', (char)byte};
        gjb_buffer_add(buffer, escaped, sizeof escaped);
    } else if (byte < 0x20) {
        add_json_control(buffer, byte);
    } else {
        gjb_buffer_add(buffer, text.bytes + at, size);
    }
    return size;
}

/* The same of eight bytes at once: none of them has its highest bit, is less than a space, or is
 * one of the two. */
static bool are_plain(uint64_t bytes)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones << 7;
    uint64_t quotes = bytes ^ ones * '"', slashes = bytes ^ ones * '\\';
    return ((bytes | (bytes - ones * ' ') | (quotes - ones) | (slashes - ones)) & highs) == 0;
}

static size_t plain_end(gj_text text, size_t at)
{
    for (uint64_t bytes; at + sizeof bytes <= text.size; at += sizeof bytes) {
        memcpy(&bytes, text.bytes + at, sizeof bytes);
        if (!are_plain(bytes)) {
            break;
        }
    }
    while (at < text.size && is_plain((unsigned char)text.bytes[at])) {
        at++;
    }
    return at;
}

void gjb_buffer_add_json(gjb_buffer *buffer, gj_text text)
{
    gjb_buffer_add_byte(buffer, '"');
    for (size_t at = 0; at < text.size;) {
        size_t end = plain_end(text, at);
        gjb_buffer_add(buffer, text.bytes + at, end - at);
        at = end < text.size ? end + add_json_character(buffer, text, end) : end;
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
