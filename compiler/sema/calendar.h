/* SPDX-License-Identifier: Apache-2.0
 *
 * From a calendar's declaration to its plan: what its lines say, day by day, laid over what the
 * calendar it refines says. The plan is the runtime's own; emit/calendar.h makes a file of it. */
#ifndef GJC_SEMA_CALENDAR_H
#define GJC_SEMA_CALENDAR_H

#include "syntax/ast.h"
#include "syntax/diag.h"
#include "time/calendar.h"

enum { GJC_REFINES_MAX = 16 };

typedef struct gjc_calendar_context {
    gjb_arena *arena; /* of the plan */
    gjc_diag_list *diags;
    gj_text module; /* that declares the calendar: "std.calendar.cn" */
    /* The CALENDAR node that a REFINES' path means, or NULL, and then it has been reported. The
     * path's span tells which source it stands in. */
    const gjc_node *(*find)(void *payload, const gjc_node *path);
    void *payload;
} gjc_calendar_context;

/* The plan of one declaration over that of the calendar it refines (NULL: none). GJ_OK with *plan
 * NULL where there are mistakes, all of them reported. */
gj_status gjc_calendar_check(const gjc_node *calendar, const gjr_calendar_plan *refined,
                             const gjc_calendar_context *context, const gjr_calendar_plan **plan);
/* The plan with all it refines, one over the other. Mistakes in those are not reported here but
 * where they are compiled themselves, as every calendar that is used is. */
gj_status gjc_calendar_resolve(const gjc_node *calendar, const gjc_calendar_context *context,
                               const gjr_calendar_plan **plan);

#endif
