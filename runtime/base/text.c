/* SPDX-License-Identifier: Apache-2.0
 *
 * See text.h. The shapes of well-formed UTF-8 are those of the Unicode Standard, table 3-7. */
#include "base/text.h"

#include <string.h>

gj_text gjb_text_of(const char *string)
{
    return (gj_text){string, string != NULL ? strlen(string) : 0};
}

bool gjb_text_equal_string(gj_text a, const char *b)
{
    return gjb_text_equal(a, gjb_text_of(b));
}

int gjb_text_compare(gj_text a, gj_text b)
{
    if (a.bytes == NULL || b.bytes == NULL) {
        return (a.bytes != NULL) - (b.bytes != NULL);
    }
    size_t shorter = a.size < b.size ? a.size : b.size;
    int order = shorter > 0 ? memcmp(a.bytes, b.bytes, shorter) : 0;
    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

gj_text gjb_text_slice(gj_text text, size_t begin, size_t end)
{
    return (gj_text){text.bytes + begin, end - begin};
}

static bool is_tail(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

size_t gjb_text_character_size(gj_text text, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)text.bytes + at;
    size_t left = text.size - at;
    unsigned char lead = bytes[0];
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return left >= 2 && is_tail(bytes[1]) ? 2 : 0;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        unsigned char low = lead == 0xE0 ? 0xA0 : 0x80;
        unsigned char high = lead == 0xED ? 0x9F : 0xBF;
        bool valid = left >= 3 && bytes[1] >= low && bytes[1] <= high && is_tail(bytes[2]);
        return valid ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        unsigned char low = lead == 0xF0 ? 0x90 : 0x80;
        unsigned char high = lead == 0xF4 ? 0x8F : 0xBF;
        bool valid = left >= 4 && bytes[1] >= low && bytes[1] <= high && is_tail(bytes[2]) &&
                     is_tail(bytes[3]);
        return valid ? 4 : 0;
    }
    return 0;
}

size_t gjb_text_invalid_offset(gj_text text)
{
    size_t at = 0;
    while (at < text.size) {
        uint64_t word;
        if (text.size - at >= sizeof word) { /* most text is ASCII */
            memcpy(&word, text.bytes + at, sizeof word);
            if ((word & 0x8080808080808080u) == 0) {
                at += sizeof word;
                continue;
            }
        }
        size_t size = gjb_text_character_size(text, at);
        if (size == 0) {
            return at;
        }
        at += size;
    }
    return text.size;
}

size_t gjb_text_cut(gj_text text, size_t most)
{
    if (text.size <= most) {
        return text.size;
    }
    while (most > 0 && ((unsigned char)text.bytes[most] & 0xC0) == 0x80) {
        most--;
    }
    return most;
}

uint32_t gjb_text_character(gj_text text, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)text.bytes + at;
    switch (gjb_text_character_size(text, at)) {
    case 2:
        return (uint32_t)(bytes[0] & 0x1F) << 6 | (bytes[1] & 0x3Fu);
    case 3:
        return (uint32_t)(bytes[0] & 0x0F) << 12 | (uint32_t)(bytes[1] & 0x3F) << 6 |
               (bytes[2] & 0x3Fu);
    case 4:
        return (uint32_t)(bytes[0] & 0x07) << 18 | (uint32_t)(bytes[1] & 0x3F) << 12 |
               (uint32_t)(bytes[2] & 0x3F) << 6 | (bytes[3] & 0x3Fu);
    default:
        return bytes[0];
    }
}

static uint64_t word_at(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* The last bytes of a text, at most eight: as one word, read twice over where they overlap. */
static uint64_t tail_of(const char *end, size_t size, size_t left)
{
    if (size >= 8) {
        return word_at(end - 8);
    }
    if (left >= 4) {
        uint32_t low, high;
        memcpy(&low, end - left, 4);
        memcpy(&high, end - 4, 4);
        return (uint64_t)high << 32 | low;
    }
    const unsigned char *bytes = (const unsigned char *)end - left;
    return left == 0 ? 0
                     : (uint64_t)bytes[0] << 16 | (uint64_t)bytes[left / 2] << 8 | bytes[left - 1];
}

/* Multiply-and-fold over eight bytes at a time. */
uint64_t gjb_text_hash(gj_text text, uint64_t seed)
{
    uint64_t hash = seed ^ gjb_mix(text.size ^ GJB_MIX_FIRST, GJB_MIX_SECOND);
    size_t left = text.size;
    const char *at = text.bytes;
    for (; left > 8; at += 8, left -= 8) {
        hash = gjb_mix(hash ^ word_at(at), GJB_MIX_FIRST);
    }
    uint64_t tail = text.size > 0 ? tail_of(at + left, text.size, left) : 0;
    return gjb_mix(hash ^ tail, GJB_MIX_SECOND);
}
