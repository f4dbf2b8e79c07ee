/* SPDX-License-Identifier: Apache-2.0
 *
 * See admission.h. */
#include "durable/admission.h"

#include "base/text.h"
#include "engine/inspection.h"

#include <stdio.h>

gj_receipt gjr_refusal(gj_problem_code problem, const char *field)
{
    return (gj_receipt){.kind = GJ_NOT_RECEIVED, .problem = problem, .field = field};
}

/* What has no id is known by its place in its source. */
static bool id_make(gjr_admission *made)
{
    gj_event *event = &made->event;
    if (event->source.bytes == NULL) {
        event->source = gjb_text_of("");
    }
    if (event->id.size == 0 && event->seq > 0) {
        int size = snprintf(made->made, sizeof made->made, "#%llu", (unsigned long long)event->seq);
        event->id = (gj_text){made->made, (size_t)size};
    }
    return event->id.size > 0;
}

bool gjr_admit(gj_engine *engine, const gj_event *event, bool needs_id, gjr_admission *made,
               gj_receipt *receipt)
{
    gjr_fault fault;
    made->event = *event;
    made->rules = gjr_rule_set_find(engine, event->procedure);
    *receipt = (gj_receipt){.kind = GJ_RECEIVED};
    if (made->rules == NULL) {
        *receipt = gjr_refusal(
            event->procedure.size > 0 ? GJ_PROBLEM_PROCEDURE : GJ_PROBLEM_UNASSIGNED, "procedure");
    } else if (!gjr_inspect(made->rules->judge, event, &fault)) {
        *receipt = gjr_refusal(fault.code, fault.field);
    } else if (!id_make(made) && needs_id) {
        *receipt = gjr_refusal(GJ_PROBLEM_FIELD, "id");
    }
    return receipt->kind == GJ_RECEIVED;
}

gj_instant gjr_admitted_time(const gj_judge *judge, const gj_event *event, gj_instant follow_to)
{
    const gj_stamp *stamp =
        event->recorded.present && !event->recorded.unreadable ? &event->recorded : &event->at;
    if (follow_to == INT64_MIN || !stamp->present || stamp->unreadable) {
        return INT64_MIN;
    }
    gj_instant at = gj_judge_instant(judge, stamp);
    return at <= follow_to && gjr_engine_is_time(at) ? at : INT64_MIN;
}
