/* SPDX-License-Identifier: Apache-2.0
 *
 * What the fuzzers of the feeds share: read a file whole, in pieces and ahead, and compare. */
#ifndef TESTS_FEED_FUZZ_H
#define TESTS_FEED_FUZZ_H

#include "unit/feed_reading.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline bool told(const gjb_buffer *transcript, const char *word)
{
    return transcript->size > 0 &&
           memmem(transcript->bytes, transcript->size, word, strlen(word)) != NULL;
}

/* To the end, and the same unless it may be otherwise. */
static inline void read_again(const reading *how, const gjb_buffer *first, memory from,
                              bool may_differ)
{
    gjb_buffer again;
    gjb_buffer_init(&again, NULL);
    gj_status status = feed_read_how(how, &from, &again);
    bool same = first->size == again.size &&
                (first->size == 0 || memcmp(first->bytes, again.bytes, first->size) == 0);
    if (status != GJ_DONE || !(same || may_differ)) {
        fprintf(stderr, "%d, step %zu, part %zu\n%.*s---\n%.*s", status, from.step, how->part_size,
                (int)first->size, first->bytes, (int)again.size, again.bytes);
        abort();
    }
    gjb_buffer_deinit(&again);
}

static inline int feed_fuzz(gj_feed_format format, const uint8_t *data, size_t size, bool always)
{
    if (size == 0) {
        return 0;
    }
    size_t step = data[0] % 32 + (size_t)1;
    memory whole = {(const char *)data + 1, size - 1, 0, SIZE_MAX}, pieces = whole;
    pieces.step = step;
    size_t part_size = data[0] % 128 + (size_t)28;
    gjb_buffer first;
    gjb_buffer_init(&first, NULL);
    reading how = {.format = format, .in_full = true};
    gj_status status = feed_read_how(&how, &whole, &first);
    bool clean = !told(&first, " SYNTAX") && !told(&first, " UTF8") && !told(&first, " TRUNC");
    if (status != GJ_DONE) {
        abort();
    }
    read_again(&how, &first, pieces, !always && !clean);
    how.part_size = part_size;
    read_again(&how, &first, pieces, !always && !clean);
    gjb_buffer_deinit(&first);
    return 0;
}

#endif
