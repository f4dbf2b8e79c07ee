/* SPDX-License-Identifier: Apache-2.0
 *
 * Buffered output. write(2) directly and not stdio, because stdio forgets errno between the failure
 * and the end of the program, and "No space left" and "Broken pipe" are told apart by it alone. */
#include "output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "width.h"

enum { COLUMNS_DEFAULT = 80, COLUMNS_MIN = 40, COLUMNS_MAX = 120, FORMATTED_MAX = 4096 };

static size_t columns_of(int fd, bool terminal)
{
    struct winsize size;
    size_t columns = COLUMNS_DEFAULT;
    const char *told = getenv("COLUMNS");
    if (terminal && ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        columns = size.ws_col;
    else if (told != NULL && strtoul(told, NULL, 10) > 0)
        columns = strtoul(told, NULL, 10);
    return columns < COLUMNS_MIN ? COLUMNS_MIN : columns > COLUMNS_MAX ? COLUMNS_MAX : columns;
}

void cli_output_init(cli_output *output, int fd)
{
    const char *no_color = getenv("NO_COLOR");
    const char *kind = getenv("TERM");
    output->fd = fd;
    output->terminal = isatty(fd) == 1;
    output->color = output->terminal && (no_color == NULL || *no_color == '\0') && kind != NULL &&
                    strcmp(kind, "dumb") != 0;
    output->error = 0;
    output->columns = columns_of(fd, output->terminal);
    output->size = 0;
}

void cli_output_flush(cli_output *output)
{
    size_t done = 0;
    while (done < output->size && output->error == 0) {
        ssize_t written = write(output->fd, output->bytes + done, output->size - done);
        if (written >= 0)
            done += (size_t)written;
        else if (errno != EINTR)
            output->error = errno;
    }
    output->size = 0;
}

void cli_output_add(cli_output *output, const char *bytes, size_t size)
{
    while (size > 0 && output->error == 0) {
        size_t room = CLI_OUTPUT_CAPACITY - output->size;
        size_t piece = size < room ? size : room;
        memcpy(output->bytes + output->size, bytes, piece);
        output->size += piece;
        bytes += piece;
        size -= piece;
        if (output->size == CLI_OUTPUT_CAPACITY)
            cli_output_flush(output);
    }
}

void cli_output_add_string(cli_output *output, const char *string)
{
    cli_output_add(output, string, strlen(string));
}

void cli_output_add_arguments(cli_output *output, const char *format, va_list arguments)
{
    char line[FORMATTED_MAX];
    int size = vsnprintf(line, sizeof line, format, arguments);
    if (size < 0)
        return;
    size_t kept = (size_t)size < sizeof line ? (size_t)size : sizeof line - 1;
    cli_output_add_text(output, (gj_text){line, kept});
}

void cli_output_add_format(cli_output *output, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    cli_output_add_arguments(output, format, arguments);
    va_end(arguments);
}

void cli_output_add_text(cli_output *output, gj_text text)
{
    size_t at = 0;
    while (at < text.size) {
        cli_character c = cli_character_at(text, at);
        if (c.readable)
            cli_output_add(output, text.bytes + at, c.size);
        else
            cli_output_add_string(output, "\xEF\xBF\xBD");
        at += c.size;
    }
}

void cli_output_add_spaces(cli_output *output, size_t count)
{
    static const char spaces[] = "                                ";
    while (count > 0) {
        size_t piece = count < sizeof spaces - 1 ? count : sizeof spaces - 1;
        cli_output_add(output, spaces, piece);
        count -= piece;
    }
}

void cli_output_style(cli_output *output, cli_style style)
{
    static const char *const sequences[] = {
        [CLI_PLAIN] = "\033[0m",  [CLI_STRONG] = "\033[1m",  [CLI_FAINT] = "\033[2m",
        [CLI_GREEN] = "\033[32m", [CLI_NOTICE] = "\033[36m", [CLI_YELLOW] = "\033[33m",
        [CLI_RED] = "\033[1;31m",
    };
    if (output->color)
        cli_output_add_string(output, sequences[style]);
}

static bool write_piece(void *payload, const char *bytes, size_t size)
{
    cli_output *output = payload;
    cli_output_add(output, bytes, size);
    return output->error == 0;
}

gj_writer cli_output_writer(cli_output *output)
{
    return (gj_writer){.payload = output, .write = write_piece};
}
