/* SPDX-License-Identifier: Apache-2.0
 *
 * Stamps: times as people and systems write them. gj_stamp_parse, gj_instant_format and
 * gj_day_format of the public header live here. Only the forms of ISO 8601 that cannot be taken for
 * another are read; whatever else stands there is `unreadable`, never guessed at:
 *
 *     2024-02-05   2024-02-05T09:00   2024-02-05 09:00:03   …03.250   with Z, +08:00, +0800 or none
 *
 * A fraction may be longer than milliseconds; what lies beyond them is cut off. 24:00 is the end of
 * its day. Without an offset a stamp is on the wall of the calendar's zone. */
#ifndef GJR_TIME_STAMP_H
#define GJR_TIME_STAMP_H

#include "base/buffer.h"
#include "time/civil.h"

/* Whether the text held a time of day too, where gj_stamp_parse says yes. */
bool gjr_stamp_has_time(gj_text text);
/* As gj_day_format and gj_instant_format. */
void gjr_stamp_print_day(gj_day day, gjb_buffer *out);
void gjr_stamp_print_instant(gj_instant instant, int32_t offset_s, gjb_buffer *out);

#endif
