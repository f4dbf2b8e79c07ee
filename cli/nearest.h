/* SPDX-License-Identifier: Apache-2.0
 *
 * "Did you mean": the nearest of some words, by the number of letters to insert, delete, change or
 * swap; none where more than a third of the word would have to change. */
#ifndef CLI_NEAREST_H
#define CLI_NEAREST_H

#include <stddef.h>

typedef struct cli_nearest {
    const char *word; /* what was written */
    const char *best; /* borrowed; NULL while none is near enough */
    size_t distance;
} cli_nearest;

cli_nearest cli_nearest_make(const char *word);
void cli_nearest_add(cli_nearest *nearest, const char *candidate);

#endif
