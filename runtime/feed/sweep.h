/* SPDX-License-Identifier: Apache-2.0
 *
 * Sixty-four bytes at a time: where among them the bytes that CSV knows stand, a bit a byte. */
#ifndef GJR_FEED_SWEEP_H
#define GJR_FEED_SWEEP_H

#include <stddef.h>
#include <stdint.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { GJR_SWEEP_SIZE = 64 };

typedef struct gjr_sweep {
    uint64_t commas, quotes, newlines;
    uint64_t odd; /* NUL, or not ASCII */
} gjr_sweep;

#ifdef __SSE2__

static inline uint64_t gjr_sweep_equal(__m128i bytes, char byte, int shift)
{
    int bits = _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte)));
    return (uint64_t)(uint32_t)bits << shift;
}

/* All of them can be read. */
static inline gjr_sweep gjr_sweep_over(const char *bytes)
{
    gjr_sweep found = {0, 0, 0, 0};
    for (int shift = 0; shift < GJR_SWEEP_SIZE; shift += 16) {
        __m128i some = _mm_loadu_si128((const __m128i *)(const void *)(bytes + shift));
        found.commas |= gjr_sweep_equal(some, ',', shift);
        found.quotes |= gjr_sweep_equal(some, '"', shift);
        found.newlines |= gjr_sweep_equal(some, '\n', shift);
        found.odd |= gjr_sweep_equal(some, '\0', shift);
        found.odd |= (uint64_t)(uint32_t)_mm_movemask_epi8(some) << shift;
    }
    return found;
}

#else

static inline gjr_sweep gjr_sweep_over(const char *bytes)
{
    gjr_sweep found = {0, 0, 0, 0};
    for (int i = 0; i < GJR_SWEEP_SIZE; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        found.commas |= (uint64_t)(byte == ',') << i;
        found.quotes |= (uint64_t)(byte == '"') << i;
        found.newlines |= (uint64_t)(byte == '\n') << i;
        found.odd |= (uint64_t)(byte == 0 || byte >= 0x80) << i;
    }
    return found;
}

#endif
#endif
