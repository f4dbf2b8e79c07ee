/* SPDX-License-Identifier: Apache-2.0
 *
 * How many columns a text takes on a terminal, and where its lines may break. A Chinese character
 * takes two columns, a combining mark none; characters whose width is ambiguous take one, as
 * terminals draw them. The ranges are written out here, because wcwidth(3) follows the locale, and
 * the command writes UTF-8 in any. */
#ifndef CLI_WIDTH_H
#define CLI_WIDTH_H

#include <guiju/guiju.h>

typedef struct cli_character {
    uint32_t code;
    size_t size;   /* bytes, at least 1 */
    size_t width;  /* columns: 0, 1 or 2 */
    bool readable; /* valid UTF-8, and neither a control character nor a change of direction */
} cli_character;

/* `at` is below text.size. What is not readable stands for one byte and one column; a newline and a
 * tab are readable. */
cli_character cli_character_at(gj_text text, size_t at);

size_t cli_width(gj_text text);
size_t cli_width_of(const char *string);
/* Bytes of the longest beginning that fits in `columns`. */
size_t cli_width_cut(gj_text text, size_t columns);
/* Bytes of the line that starts at `at` when lines are `columns` wide: up to a space, between two
 * Chinese characters, or, failing both, wherever it is full. *next is where the next line starts.
 */
size_t cli_width_line(gj_text text, size_t at, size_t columns, size_t *next);

#endif
