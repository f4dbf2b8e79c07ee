/* SPDX-License-Identifier: Apache-2.0
 *
 * See lettering.h. Latin letters differ in width from font to font; the classes below are those of
 * the common sans-serif faces, rounded up. */
#include "describe/lettering.h"
#include "base/text.h"
#include "syntax/unicode.h"

#include <string.h>

enum { WIDE = 1000, LINES_FIRST = 4, ASIDE_GAP = 500 };

/* ---- width ---- */

static uint32_t ascii_width(uint32_t character)
{
    static const struct {
        const char *characters;
        uint32_t width;
    } classes[] = {
        {"ijl'|.,:;!", 320},
        {" fIrt()[]{}/\\-\"`*", 400},
        {"mwMW@%", 960},
        {"ABCDEFGHJKLNOPQRSTUVXYZ&", 750},
    };
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (strchr(classes[i].characters, (int)character) != NULL)
            return classes[i].width;
    return 620;
}

static uint32_t character_width(uint32_t character)
{
    if (character > 0x20 && character < 0x7F)
        return ascii_width(character);
    if (character == ' ')
        return 320;
    uint32_t cells = gjc_unicode_width(character);
    return cells == 0 ? 0 : cells == 1 ? 700 : WIDE;
}

uint32_t gjc_lettering_width(gj_text text)
{
    uint32_t width = 0;
    for (size_t at = 0; at < text.size; at += gjb_text_character_size(text, at))
        width += character_width(gjb_text_character(text, at));
    return width;
}

uint32_t gjc_lettering_line_width(const gjc_caption_line *line)
{
    uint32_t aside = line->aside.size > 0 ? ASIDE_GAP + gjc_lettering_width(line->aside) : 0;
    return gjc_lettering_width(line->text) + aside;
}

/* ---- breaking ---- */

/* Marks that may not begin a line. */
static bool is_closing(uint32_t character)
{
    switch (character) {
    case 0x3001: /* 、 */
    case 0x3002: /* 。 */
    case 0x300B: /* 》 */
    case 0x300D: /* 」 */
    case 0x201D: /* ” */
    case 0xFF09: /* ） */
    case 0xFF0C: /* ， */
    case 0xFF1A: /* ： */
    case 0xFF1B: /* ； */
        return true;
    default:
        return false;
    }
}

static bool is_opening(uint32_t character)
{
    return character == 0xFF08 || character == 0x300A || character == 0x300C || character == 0x201C;
}

/* Whether a line may end between two characters: after a blank, and beside a wide one. */
static bool may_break(uint32_t before, uint32_t after)
{
    if (before == ' ')
        return after != ' ';
    if (after == ' ' || is_closing(after) || is_opening(before))
        return false;
    return gjc_unicode_width(before) == 2 || gjc_unicode_width(after) == 2;
}

/* Where a reader would pause. */
static bool is_pause(uint32_t before)
{
    return before == ' ' || is_closing(before);
}

/* The end of the line that begins at `begin`: the last place within the measure where a reader
 * would pause, if that leaves the line half full; else the last place to break; else where it is
 * full. */
static size_t line_end(gj_text text, size_t begin, uint32_t cells)
{
    size_t pause = begin, good = begin, at = begin;
    uint32_t used = 0, before = 0;
    while (at < text.size) {
        uint32_t character = gjb_text_character(text, at);
        if (at > begin && may_break(before, character)) {
            good = at;
            pause = is_pause(before) && used * 2 >= cells ? at : pause;
        }
        used += gjc_unicode_width(character);
        if (used > cells && character != ' ' && at > begin)
            return pause > begin ? pause : good > begin ? good : at;
        before = character;
        at += gjb_text_character_size(text, at);
    }
    return at;
}

static gj_text trimmed(gj_text text)
{
    size_t end = text.size;
    while (end > 0 && text.bytes[end - 1] == ' ')
        end--;
    return gjb_text_slice(text, 0, end);
}

static void line_add(gjc_caption *caption, gjb_arena *arena, gjc_caption_line line)
{
    if (caption->count == caption->capacity) {
        uint32_t wider = caption->capacity == 0 ? LINES_FIRST : caption->capacity * 2;
        gjc_caption_line *lines = gjb_arena_make(arena, wider, sizeof *lines);
        if (lines == NULL)
            return;
        if (caption->count > 0)
            memcpy(lines, caption->lines, caption->count * sizeof *lines);
        caption->lines = lines;
        caption->capacity = wider;
    }
    caption->lines[caption->count++] = line;
}

void gjc_caption_add(gjc_caption *caption, gjb_arena *arena, gjc_tone tone, gj_text text,
                     uint32_t cells)
{
    gj_text kept = gjb_arena_text(arena, text);
    for (size_t begin = 0; begin < kept.size;) {
        size_t end = line_end(kept, begin, cells);
        line_add(
            caption, arena,
            (gjc_caption_line){.text = trimmed(gjb_text_slice(kept, begin, end)), .tone = tone});
        for (begin = end; begin < kept.size && kept.bytes[begin] == ' ';)
            begin++;
    }
}

void gjc_caption_begin_list(gjc_caption *caption)
{
    if (caption->list_begin == 0)
        caption->list_begin = caption->count;
}

static uint32_t cells_of(gj_text text)
{
    uint32_t cells = 0;
    for (size_t at = 0; at < text.size; at += gjb_text_character_size(text, at))
        cells += gjc_unicode_width(gjb_text_character(text, at));
    return cells;
}

void gjc_caption_add_aside(gjc_caption *caption, gjb_arena *arena, gj_text text, uint32_t cells)
{
    gjc_caption_line *last = caption->count > 0 ? &caption->lines[caption->count - 1] : NULL;
    if (last != NULL && cells_of(last->text) + 1 + cells_of(text) <= cells)
        last->aside = gjb_arena_text(arena, text);
    else
        gjc_caption_add(caption, arena, GJC_TONE_MUTED, text, cells);
}
