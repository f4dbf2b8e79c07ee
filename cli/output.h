/* SPDX-License-Identifier: Apache-2.0
 *
 * A stream to a file descriptor, buffered, with its first error kept. Printers write and never
 * check: after an error the rest is swallowed, and main says once what happened. A closed pipe is
 * an error like others, but a quiet one.
 *
 * Text that came from a log or a source may hold escape sequences, so what is data is written
 * through cli_output_add_text, which lets no control character reach a terminal. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <guiju/guiju.h>
#include <stdarg.h>

enum { CLI_OUTPUT_CAPACITY = 1 << 16 };

typedef enum cli_style {
    CLI_PLAIN,
    CLI_STRONG,
    CLI_FAINT,
    CLI_GREEN,
    CLI_NOTICE,
    CLI_YELLOW,
    CLI_RED,
} cli_style;

typedef struct cli_output {
    int fd;
    bool terminal;
    bool color;
    int error;      /* errno of the first failure, or 0 */
    size_t columns; /* to wrap at */
    size_t size;
    char bytes[CLI_OUTPUT_CAPACITY];
} cli_output;

/* Finds out whether fd is a terminal and how wide. Color is on where a terminal shows it. */
void cli_output_init(cli_output *output, int fd);
void cli_output_flush(cli_output *output);

void cli_output_add(cli_output *output, const char *bytes, size_t size);
void cli_output_add_string(cli_output *output, const char *string);
void cli_output_add_format(cli_output *output, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void cli_output_add_arguments(cli_output *output, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));
/* Data: control characters and broken UTF-8 become "�". */
void cli_output_add_text(cli_output *output, gj_text text);
void cli_output_add_spaces(cli_output *output, size_t count);
/* Switches, where color is on; CLI_PLAIN ends the style before. */
void cli_output_style(cli_output *output, cli_style style);

/* For the libraries' printers; stops them after an error. */
gj_writer cli_output_writer(cli_output *output);

#endif
