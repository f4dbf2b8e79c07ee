/* SPDX-License-Identifier: Apache-2.0
 *
 * What the compiler needs to know about characters: normal form, which may stand in a name, and how
 * many cells one takes on a screen. unicode.c is the only file that includes libunistring. */
#ifndef GJC_UNICODE_H
#define GJC_UNICODE_H

#include "base/arena.h"

/* The text in NFC, made in the arena, or the text itself where it is already; absent when memory
 * ends. The text must be valid UTF-8. */
gj_text gjc_unicode_normalise(gjb_arena *arena, gj_text text);
/* Whether the character may begin (stand in) a name: UAX #31, and `_`. */
bool gjc_unicode_is_start(uint32_t character);
bool gjc_unicode_is_continue(uint32_t character);
/* 0, 1 or 2 cells. */
uint32_t gjc_unicode_width(uint32_t character);

#endif
