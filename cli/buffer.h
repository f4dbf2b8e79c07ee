/* SPDX-License-Identifier: Apache-2.0
 *
 * Bytes that grow, for what must be measured before it is written: a table's cells, a paragraph to
 * wrap. One that could not grow is `failed` from then on and swallows the rest, so that its owner
 * checks once. */
#ifndef CLI_BUFFER_H
#define CLI_BUFFER_H

#include <guiju/guiju.h>

typedef struct cli_buffer {
    char *bytes;
    size_t size, capacity;
    bool failed;
} cli_buffer;

/* {0} is an empty buffer. */
void cli_buffer_deinit(cli_buffer *buffer);
void cli_buffer_reset(cli_buffer *buffer);
void cli_buffer_add(cli_buffer *buffer, const char *bytes, size_t size);
void cli_buffer_add_string(cli_buffer *buffer, const char *string);
void cli_buffer_add_text(cli_buffer *buffer, gj_text text);
void cli_buffer_add_format(cli_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* 1234567 as "1,234,567". */
void cli_buffer_add_count(cli_buffer *buffer, uint64_t count);
/* A NUL is put behind the bytes, outside of size; "" when it failed. */
const char *cli_buffer_string(cli_buffer *buffer);
gj_text cli_buffer_text(const cli_buffer *buffer);
gj_writer cli_buffer_writer(cli_buffer *buffer);

#endif
