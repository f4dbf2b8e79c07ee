/* SPDX-License-Identifier: Apache-2.0
 *
 * Lengths of time, in milliseconds: how events tell them and how they are written. Months, years
 * and working days are no lengths, since how long they are depends on where they begin. */
#ifndef GJR_VALUE_DURATION_H
#define GJR_VALUE_DURATION_H

#include "base/buffer.h"

/* "P1DT12H", "PT90M", or a number and a unit, several joined: "5 days", "36 hours", "5日",
 * "1天12小时". False for anything else. */
bool gjr_duration_parse(gj_text text, int64_t *duration_ms);
/* "P1DT12H"; "-P2D"; "PT0S". */
void gjr_duration_print(int64_t duration_ms, gjb_buffer *out);
/* "1 day 12 hours"; 1日12小时. */
void gjr_duration_print_words(int64_t duration_ms, gj_lang lang, gjb_buffer *out);

#endif
