/* SPDX-License-Identifier: Apache-2.0
 *
 * See unicode.h. Most sources hold only characters that no normalisation touches; those are seen
 * without asking the library. The library's own scratch memory is malloc's: it has no hook. */
#include "syntax/unicode.h"
#include "base/text.h"

#include <stdlib.h>
#include <uninorm.h>
#include <unictype.h>
#include <uniwidth.h>

/* Characters that neither change under NFC nor combine with one another. */
static bool is_inert(uint32_t character)
{
    return character < 0x300 || (character >= 0x3400 && character <= 0x9FFF) ||
           (character >= 0x3000 && character <= 0x3029) ||
           (character >= 0xFF00 && character <= 0xFF65) ||
           (character >= 0x2010 && character <= 0x2027) ||
           (character >= 0x2190 && character <= 0x2199) ||
           (character >= 0x2264 && character <= 0x2267);
}

static bool is_all_inert(gj_text text)
{
    for (size_t at = 0; at < text.size; at += gjb_text_character_size(text, at)) {
        if (!is_inert(gjb_text_character(text, at))) {
            return false;
        }
    }
    return true;
}

gj_text gjc_unicode_normalise(gjb_arena *arena, gj_text text)
{
    if (is_all_inert(text)) {
        return text;
    }
    size_t size = 0;
    uint8_t *normal =
        u8_normalize(UNINORM_NFC, (const uint8_t *)text.bytes, text.size, NULL, &size);
    if (normal == NULL) {
        return (gj_text){0};
    }
    gj_text made = gjb_arena_text(arena, (gj_text){(const char *)normal, size});
    free(normal);
    return made;
}

/* The characters in daily use are answered without asking the library. */
static bool is_letter(uint32_t character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           character == '_' || (character >= 0x4E00 && character <= 0x9FA5);
}

bool gjc_unicode_is_start(uint32_t character)
{
    return is_letter(character) || uc_is_property_xid_start(character);
}

bool gjc_unicode_is_continue(uint32_t character)
{
    return is_letter(character) || (character >= '0' && character <= '9') ||
           uc_is_property_xid_continue(character);
}

uint32_t gjc_unicode_width(uint32_t character)
{
    int width = uc_width(character, "UTF-8");
    return width < 0 ? 0 : (uint32_t)width;
}
