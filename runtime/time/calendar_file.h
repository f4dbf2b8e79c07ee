/* SPDX-License-Identifier: Apache-2.0
 *
 * The calendar file: a plan as bytes. The layout and its claims stand in docs/CALENDAR.md;
 * claims.def lists each once. gj_calendar_load of the public header lives here: any bytes are
 * either refused with a claim's number or give a calendar. */
#ifndef GJR_TIME_CALENDAR_FILE_H
#define GJR_TIME_CALENDAR_FILE_H

#include "time/calendar.h"

enum {
    GJR_CALENDAR_FILE_VERSION = 1,
    GJR_CALENDAR_FILE_SIZE_MAX = 16 * 1024 * 1024,
};

typedef enum gjr_calendar_claim {
#define GJR_CALENDAR_CLAIM(NAME, number, section, en, zh) GJR_CLAIM_CALENDAR_##NAME = (number),
#include "time/claims.def"
#undef GJR_CALENDAR_CLAIM
} gjr_calendar_claim;

/* What the claim says, in the user's language; NULL for a number that is no claim of a calendar. */
const char *gjr_calendar_claim_text(uint16_t claim, gj_lang lang);

/* Writes the file; the plan's revision is not written but follows from the bytes. A plan that no
 * file can hold writes a file that will be refused. */
void gjr_calendar_file_emit(const gjr_calendar_plan *plan, gjb_buffer *out);

#endif
