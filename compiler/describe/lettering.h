/* SPDX-License-Identifier: Apache-2.0
 *
 * The writing in a diagram: a caption is a few lines, each wrapped to a measure of cells when it is
 * added, so that whoever places a box knows its size. How wide a line comes out depends on a font
 * that only the reader's machine knows; what is counted here is a little more than the fonts in use
 * need: a wide character takes the whole em. */
#ifndef GJC_LETTERING_H
#define GJC_LETTERING_H

#include "base/arena.h"

typedef enum gjc_tone {
    GJC_TONE_HEADING, /* what a box or an arc is called */
    GJC_TONE_PLAIN,
    GJC_TONE_MUTED,  /* what is good to know of it */
    GJC_TONE_LAW,    /* what the law does by itself */
    GJC_TONE_DETOUR, /* what the judge does about an act that is not expected */
    GJC_TONE_COUNT
} gjc_tone;

typedef struct gjc_caption_line {
    gj_text text;
    gj_text aside; /* behind it on the same line, muted; may be absent */
    gjc_tone tone;
} gjc_caption_line;

typedef struct gjc_caption {
    gjc_caption_line *lines; /* in an arena; an array that grows leaves its old copies there */
    uint32_t count, capacity;
    uint32_t list_begin; /* from this line on it is a list under a rule; 0: it has none */
} gjc_caption;

/* Adds the text, copied, broken so that no line has more cells than that where it can be helped.
 * When memory ends the arena has failed. */
void gjc_caption_add(gjc_caption *caption, gjb_arena *arena, gjc_tone tone, gj_text text,
                     uint32_t cells);

/* What follows is a list, unless one has begun. */
void gjc_caption_begin_list(gjc_caption *caption);
/* Puts something aside behind the last line if both have at most so many cells together, else on
 * lines of its own. */
void gjc_caption_add_aside(gjc_caption *caption, gjb_arena *arena, gj_text text, uint32_t cells);

/* In thousandths of the size of the font. */
uint32_t gjc_lettering_width(gj_text text);
/* Of a line with what is aside. */
uint32_t gjc_lettering_line_width(const gjc_caption_line *line);

#endif
