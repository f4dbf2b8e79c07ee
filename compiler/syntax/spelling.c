/* SPDX-License-Identifier: Apache-2.0
 *
 * See spelling.h. */
#include "syntax/spelling.h"
#include "base/text.h"
#include "syntax/keyword.h"

#include <string.h>

typedef struct characters {
    uint32_t items[GJC_SPELLING_LENGTH_MAX];
    size_t count;
} characters;

static bool characters_read(gj_text text, characters *read)
{
    read->count = 0;
    for (size_t at = 0; at < text.size; at += gjb_text_character_size(text, at)) {
        if (read->count == GJC_SPELLING_LENGTH_MAX) {
            return false;
        }
        read->items[read->count++] = gjb_text_character(text, at);
    }
    return true;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment, three rows at a time. */
static size_t distance_of(const characters *a, const characters *b)
{
    size_t rows[3][GJC_SPELLING_LENGTH_MAX + 1];
    for (size_t j = 0; j <= b->count; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= a->count; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b->count; j++) {
            bool same = a->items[i - 1] == b->items[j - 1];
            row[j] = least(least(above[j] + 1, row[j - 1] + 1), above[j - 1] + (same ? 0 : 1));
            bool swapped = i > 1 && j > 1 && a->items[i - 1] == b->items[j - 2] &&
                           a->items[i - 2] == b->items[j - 1];
            if (swapped) {
                row[j] = least(row[j], before[j - 2] + 1);
            }
        }
    }
    return rows[a->count % 3][b->count];
}

size_t gjc_spelling_distance(gj_text a, gj_text b, size_t limit)
{
    characters first, second;
    if (!characters_read(a, &first) || !characters_read(b, &second)) {
        return limit + 1;
    }
    return least(distance_of(&first, &second), limit + 1);
}

void gjc_spelling_init(gjc_spelling *spelling, gj_text wanted)
{
    *spelling = (gjc_spelling){.wanted = wanted};
}

void gjc_spelling_add(gjc_spelling *spelling, gj_text candidate)
{
    characters wanted, known;
    if (!characters_read(spelling->wanted, &wanted) || !characters_read(candidate, &known)) {
        return;
    }
    size_t longer = wanted.count > known.count ? wanted.count : known.count;
    /* Chinese names are short: one character of two may be the slip. */
    size_t limit = longer <= 3 ? 1 : longer / 3;
    size_t distance = distance_of(&wanted, &known);
    bool shared = distance < longer;
    bool better = spelling->best.bytes == NULL || distance < spelling->best_distance;
    if (distance > 0 && distance <= limit && shared && better) {
        spelling->best = candidate;
        spelling->best_distance = distance;
    }
}

/* ---- a space left out ---- */

static gj_text parts_join(gjb_arena *arena, gj_text run, size_t first, size_t second)
{
    char *bytes = gjb_arena_make(arena, run.size + 3, 1);
    if (bytes == NULL) {
        return (gj_text){0};
    }
    size_t size = 0;
    for (size_t at = 0; at < run.size; at++) {
        if (at > 0 && (at == first || at == second)) {
            bytes[size++] = ' ';
        }
        bytes[size++] = run.bytes[at];
    }
    return (gj_text){bytes, size};
}

gj_text gjc_spelling_split(gjb_arena *arena, gj_text run, bool (*is_known)(void *payload, gj_text),
                           void *payload)
{
    characters read;
    if (run.size == 0 || (run.bytes[0] & 0x80) == 0 || !characters_read(run, &read)) {
        return (gj_text){0};
    }
    /* Cut at every pair of places: [0, first) a keyword or nothing, [first, second) the known name,
     * [second, end) a keyword or nothing. */
    for (size_t first = 0; first < run.size; first += gjb_text_character_size(run, first)) {
        if (first > 0 && !gjc_keyword_is(gjb_text_slice(run, 0, first))) {
            continue;
        }
        for (size_t second = run.size; second > first; second--) {
            bool boundary = second == run.size || (run.bytes[second] & 0xC0) != 0x80;
            bool whole = first == 0 && second == run.size;
            if (boundary && !whole &&
                (second == run.size || gjc_keyword_is(gjb_text_slice(run, second, run.size))) &&
                is_known(payload, gjb_text_slice(run, first, second))) {
                return parts_join(arena, run, first, second);
            }
        }
    }
    return (gj_text){0};
}
