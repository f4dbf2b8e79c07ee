/* SPDX-License-Identifier: Apache-2.0
 *
 * Wrapping; where a line may break is width.c's to say. */
#include "paragraph.h"

#include "width.h"

enum { MEASURE_MIN = 16, COLUMNS_READABLE = 100 };

static size_t measure(const cli_output *out, size_t indent)
{
    /* Longer lines are hard to come back from. */
    size_t columns = out->columns < COLUMNS_READABLE ? out->columns : COLUMNS_READABLE;
    return columns > indent + MEASURE_MIN ? columns - indent : MEASURE_MIN;
}

void cli_paragraph_print(cli_output *out, gj_text text, size_t first, size_t indent)
{
    size_t at = 0, column = first;
    do {
        size_t next = text.size;
        size_t size = cli_width_line(text, at, measure(out, column), &next);
        if (at > 0)
            cli_output_add_spaces(out, indent);
        cli_output_add_text(out, (gj_text){text.bytes + at, size});
        cli_output_add_string(out, "\n");
        at = next;
        column = indent;
    } while (at < text.size);
}
