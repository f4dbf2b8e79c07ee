/* SPDX-License-Identifier: Apache-2.0
 *
 * How the pages look; see style.h. */
#include "style.h"

#include <string.h>

#include "buffer.h"
#include "width.h"

cli_style cli_style_of(gj_severity severity)
{
    switch (severity) {
    case GJ_NOTICE:
        return CLI_NOTICE;
    case GJ_YELLOW:
        return CLI_YELLOW;
    case GJ_RED:
        return CLI_RED;
    }
    return CLI_PLAIN;
}

void cli_count_print(cli_session *session, uint64_t count, const char *one, const char *many,
                     const char *zh)
{
    const char *words = CLI_SAY(session, count == 1 ? one : many, zh);
    const char *mark = strchr(words, '#');
    cli_buffer written = {0};
    cli_buffer_add(&written, words, mark != NULL ? (size_t)(mark - words) : 0);
    cli_buffer_add_count(&written, count);
    cli_buffer_add_string(&written, mark != NULL ? mark + 1 : words);
    cli_output_add_text(&session->out, cli_buffer_text(&written));
    cli_buffer_deinit(&written);
}

void cli_padded_print(cli_output *out, gj_text text, size_t columns)
{
    size_t width = cli_width(text);
    if (width > columns && columns > 0) {
        text.size = cli_width_cut(text, columns - 1);
        width = cli_width(text) + 1;
        cli_output_add_text(out, text);
        cli_output_add_string(out, "…");
    } else
        cli_output_add_text(out, text);
    if (width < columns)
        cli_output_add_spaces(out, columns - width);
}
