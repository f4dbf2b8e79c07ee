/* SPDX-License-Identifier: Apache-2.0
 *
 * A calendar's declaration to the bytes of its file: docs/CALENDAR.md. Calendars never go into an
 * image, so this is the one pass of emit that needs no model. */
#ifndef GJC_EMIT_CALENDAR_H
#define GJC_EMIT_CALENDAR_H

#include "sema/calendar.h"

/* Appends the file's bytes. GJ_OK with nothing appended where there are mistakes, all reported. */
gj_status gjc_calendar_emit(const gjc_node *calendar, const gjc_calendar_context *context,
                            gjb_buffer *out);

#endif
