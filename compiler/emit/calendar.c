/* SPDX-License-Identifier: Apache-2.0
 *
 * See calendar.h. */
#include "emit/calendar.h"
#include "time/calendar_file.h"

gj_status gjc_calendar_emit(const gjc_node *calendar, const gjc_calendar_context *context,
                            gjb_buffer *out)
{
    const gjr_calendar_plan *plan;
    gj_status status = gjc_calendar_resolve(calendar, context, &plan);
    if (status != GJ_OK || plan == NULL) {
        return status;
    }
    gjr_calendar_file_emit(plan, out);
    return out->failed ? GJ_NO_MEMORY : GJ_OK;
}
