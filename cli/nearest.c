/* SPDX-License-Identifier: Apache-2.0
 *
 * Restricted Damerau-Levenshtein distance over bytes; the words compared are ASCII names of
 * commands, options and codes, so three short rows are enough. */
#include "nearest.h"

#include <stdint.h>
#include <string.h>

enum { WORD_MAX = 32 };

static size_t least(size_t a, size_t b, size_t c)
{
    size_t low = a < b ? a : b;
    return low < c ? low : c;
}

static size_t distance(const char *a, size_t a_size, const char *b, size_t b_size)
{
    size_t rows[3][WORD_MAX + 1];
    size_t *two_before = rows[0], *before = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b_size; j++)
        before[j] = two_before[j] = j;
    for (size_t i = 1; i <= a_size; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b_size; j++) {
            size_t change = before[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = least(before[j] + 1, row[j - 1] + 1, change);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], two_before[j - 2] + 1, SIZE_MAX);
        }
        size_t *spare = two_before;
        two_before = before;
        before = row;
        row = spare;
    }
    return before[b_size];
}

cli_nearest cli_nearest_make(const char *word)
{
    return (cli_nearest){.word = word, .best = NULL, .distance = SIZE_MAX};
}

void cli_nearest_add(cli_nearest *nearest, const char *candidate)
{
    size_t a_size = strlen(nearest->word), b_size = strlen(candidate);
    if (a_size > WORD_MAX || b_size > WORD_MAX || a_size == 0)
        return;
    size_t far = distance(nearest->word, a_size, candidate, b_size);
    if (far < nearest->distance && far <= (a_size + 2) / 3) {
        nearest->distance = far;
        nearest->best = candidate;
    }
}
