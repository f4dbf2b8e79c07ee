/* SPDX-License-Identifier: Apache-2.0
 *
 * Bytes that grow by doubling; see buffer.h. */
#include "buffer.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORMATTED_MAX = 1024 };

void cli_buffer_deinit(cli_buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (cli_buffer){0};
}

void cli_buffer_reset(cli_buffer *buffer)
{
    buffer->size = 0;
    buffer->failed = false;
}

static bool has_room(cli_buffer *buffer, size_t size)
{
    size_t capacity = buffer->capacity > 0 ? buffer->capacity : 256;
    if (buffer->failed || size > SIZE_MAX / 4 || buffer->size > SIZE_MAX / 4) {
        buffer->failed = true;
        return false;
    }
    while (capacity < buffer->size + size)
        capacity *= 2;
    if (capacity > buffer->capacity) {
        char *bytes = realloc(buffer->bytes, capacity);
        if (bytes == NULL) {
            buffer->failed = true;
            return false;
        }
        buffer->bytes = bytes;
        buffer->capacity = capacity;
    }
    return true;
}

void cli_buffer_add(cli_buffer *buffer, const char *bytes, size_t size)
{
    if (size == 0 || !has_room(buffer, size))
        return;
    memcpy(buffer->bytes + buffer->size, bytes, size);
    buffer->size += size;
}

void cli_buffer_add_string(cli_buffer *buffer, const char *string)
{
    cli_buffer_add(buffer, string, strlen(string));
}

void cli_buffer_add_text(cli_buffer *buffer, gj_text text)
{
    cli_buffer_add(buffer, text.bytes, text.size);
}

void cli_buffer_add_format(cli_buffer *buffer, const char *format, ...)
{
    char line[FORMATTED_MAX];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (size > 0)
        cli_buffer_add(buffer, line, (size_t)size < sizeof line ? (size_t)size : sizeof line - 1);
}

void cli_buffer_add_count(cli_buffer *buffer, uint64_t count)
{
    char digits[24];
    int size = snprintf(digits, sizeof digits, "%" PRIu64, count);
    for (int i = 0; i < size; i++) {
        if (i > 0 && (size - i) % 3 == 0)
            cli_buffer_add(buffer, ",", 1);
        cli_buffer_add(buffer, digits + i, 1);
    }
}

const char *cli_buffer_string(cli_buffer *buffer)
{
    if (!has_room(buffer, 1))
        return "";
    buffer->bytes[buffer->size] = '\0';
    return buffer->bytes;
}

gj_text cli_buffer_text(const cli_buffer *buffer)
{
    return (gj_text){buffer->bytes != NULL ? buffer->bytes : "", buffer->size};
}

static bool write_piece(void *payload, const char *bytes, size_t size)
{
    cli_buffer *buffer = payload;
    cli_buffer_add(buffer, bytes, size);
    return !buffer->failed;
}

gj_writer cli_buffer_writer(cli_buffer *buffer)
{
    return (gj_writer){.payload = buffer, .write = write_piece};
}
