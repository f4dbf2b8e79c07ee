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

static inline int feed_fuzz(gj_feed_format format, const uint8_t *data, size_t size, bool always)
{
    if (size == 0) {
        return 0;
    }
    size_t step = data[0] % 32 + (size_t)1;
    memory whole = {(const char *)data + 1, size - 1, 0, SIZE_MAX}, pieces = whole;
    pieces.step = step;
    size_t part_size = data[0] < 128 ? 0 : data[0] - (size_t)100;
    gjb_buffer first, again;
    gjb_buffer_init(&first, NULL);
    gjb_buffer_init(&again, NULL);
    gj_status status = feed_read(format, NULL, &whole, &first);
    gj_status status_again = feed_read_how(format, NULL, &pieces, part_size, &again);
    bool clean = !told(&first, " SYNTAX") && !told(&first, " UTF8") && !told(&first, " TRUNC");
    bool same = first.size == again.size &&
                (first.size == 0 || memcmp(first.bytes, again.bytes, first.size) == 0);
    if (status != GJ_DONE || status_again != GJ_DONE || ((always || clean) && !same)) {
        fprintf(stderr, "%d %d, step %zu\n%.*s---\n%.*s", status, status_again, step,
                (int)first.size, first.bytes, (int)again.size, again.bytes);
        abort();
    }
    gjb_buffer_deinit(&first);
    gjb_buffer_deinit(&again);
    return 0;
}

#endif
