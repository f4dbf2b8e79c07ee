/* SPDX-License-Identifier: Apache-2.0
 *
 * What a store prints or lists, kept as text: an item a line. */
#ifndef TESTS_LINES_H
#define TESTS_LINES_H

#include "api/store.h"

enum { LINES_SIZE = 4 << 20, LINES_MAX = 4096 };

typedef struct lines {
    char bytes[LINES_SIZE]; /* NUL-terminated once anything is there */
    size_t size;
} lines;

static inline bool lines_write(void *payload, const char *bytes, size_t size)
{
    lines *to = payload;
    assert_true(to->size + size < sizeof to->bytes);
    memcpy(to->bytes + to->size, bytes, size);
    to->size += size;
    to->bytes[to->size] = '\0';
    return true;
}

static inline bool lines_add(void *payload, gj_text item)
{
    return lines_write(payload, item.bytes, item.size) && lines_write(payload, "\n", 1);
}

static inline int lines_compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* In an order of their own: that in which they were found may be another. */
static inline void lines_sort(lines *of)
{
    static char copy[LINES_SIZE];
    static char *all[LINES_MAX];
    size_t count = 0;
    memcpy(copy, of->bytes, of->size + 1);
    for (char *at = strtok(copy, "\n"); at != NULL; at = strtok(NULL, "\n")) {
        assert_true(count < LINES_MAX);
        all[count++] = at;
    }
    qsort(all, count, sizeof *all, lines_compare);
    of->size = 0;
    for (size_t i = 0; i < count; i++) {
        lines_add(of, text(all[i]));
    }
}

#endif
