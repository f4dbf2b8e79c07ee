/* SPDX-License-Identifier: Apache-2.0
 *
 * UTF-8 texts: comparing, hashing, walking. No normalisation here; see compiler/syntax for that. */
#ifndef GJB_TEXT_H
#define GJB_TEXT_H

#include <guiju/guiju.h>

#include <string.h>

static inline bool gjb_text_is_present(gj_text text)
{
    return text.bytes != NULL;
}

/* Absent equals only absent. */
static inline bool gjb_text_equal(gj_text a, gj_text b)
{
    if (a.bytes == NULL || b.bytes == NULL) {
        return a.bytes == b.bytes;
    }
    return a.size == b.size && memcmp(a.bytes, b.bytes, a.size) == 0;
}

gj_text gjb_text_of(const char *string); /* NULL gives an absent text */
bool gjb_text_equal_string(gj_text a, const char *b);
/* Bytewise, absent first; < 0, 0, > 0. */
int gjb_text_compare(gj_text a, gj_text b);
gj_text gjb_text_slice(gj_text text, size_t begin, size_t end);

/* Bytes of the character at `at` (1..4), or 0 where the UTF-8 is invalid (overlong, surrogate,
 * cut). */
size_t gjb_text_character_size(gj_text text, size_t at);
/* The offset of the first invalid byte, or text.size. */
size_t gjb_text_invalid_offset(gj_text text);
uint32_t gjb_text_character(gj_text text, size_t at); /* the code point there; must be valid */

/* How many of the first bytes can be taken, `most` of them at most, without cutting a character. */
size_t gjb_text_cut(gj_text text, size_t most);

/* 64 bits, not for adversaries who know the seed; seed it per table. */
uint64_t gjb_text_hash(gj_text text, uint64_t seed);

#define GJB_MIX_FIRST  UINT64_C(0x9E3779B97F4A7C15)
#define GJB_MIX_SECOND UINT64_C(0xD6E8FEB86659FD93)

/* What it is made of: the 128 bits of a product, folded. */
static inline uint64_t gjb_mix(uint64_t a, uint64_t b)
{
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

#endif
