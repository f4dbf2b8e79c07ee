/* SPDX-License-Identifier: Apache-2.0
 *
 * A calendar made from what was announced: notices and lists read together, compared with each
 * other and with the measure on holidays, and written as a source that a person can read beside
 * them. It may be laid onto a calendar that is there: that one's week, hours, zone and days stay,
 * but for the days that are announced otherwise, each of which is told. */
#ifndef GJC_NOTICE_MAKE_H
#define GJC_NOTICE_MAKE_H

#include "base/buffer.h"
#include "syntax/diag.h"
#include "time/calendar.h"

typedef struct gjc_recipe {
    gjb_arena *arena;
    const gjc_sources *sources; /* the announcements, all of them */
    gjc_diag_list *diags;
    gj_text name;
    const gjr_calendar_plan *onto; /* or NULL */
    int32_t year;                  /* of a notice that does not say (0: none) */
} gjc_recipe;

/* GJ_OK with nothing appended where there are mistakes, all reported. */
gj_status gjc_calendar_make(const gjc_recipe *recipe, gjb_buffer *out);

#endif
