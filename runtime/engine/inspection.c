/* SPDX-License-Identifier: Apache-2.0
 *
 * See inspection.h. */
#include "engine/inspection.h"

#include "base/text.h"
#include "judge/names.h"
#include "time/civil.h"

enum { OFFSET_MAX_S = 93600 };

static bool stamp_is_usable(const gj_stamp *stamp)
{
    const int64_t least = GJR_DAY_MIN * GJR_MS_PER_DAY;
    const int64_t most = (GJR_DAY_MAX + INT64_C(1)) * GJR_MS_PER_DAY;
    bool offset =
        !stamp->zoned || (stamp->offset_s >= -OFFSET_MAX_S && stamp->offset_s <= OFFSET_MAX_S);
    return !stamp->unreadable && offset && stamp->wall_ms >= least && stamp->wall_ms <= most;
}

static bool procedure_is_ours(const gj_judge *judge, gj_text name)
{
    return name.size == 0 || gjb_text_equal(name, gjr_judge_text(judge, judge->procedure->name)) ||
           gjb_text_equal(name, gjr_judge_text(judge, judge->procedure->title));
}

/* What a retraction says beside that may be left out. */
static bool act_is_told(const gj_event *event, gjr_fault *fault)
{
    gj_text none = {NULL, 0};
    bool retracts = event->retracts.size > 0;
    if (event->action.size == 0 && !retracts) {
        *fault = (gjr_fault){GJ_PROBLEM_FIELD, "action", none};
    } else if (!event->at.present && !event->at.unreadable && !retracts) {
        *fault = (gjr_fault){GJ_PROBLEM_FIELD, "at", none};
    } else if ((event->at.present || event->at.unreadable) && !stamp_is_usable(&event->at)) {
        *fault = (gjr_fault){GJ_PROBLEM_TIME, "at", event->at.written};
    } else if ((event->recorded.present || event->recorded.unreadable) &&
               !stamp_is_usable(&event->recorded)) {
        *fault = (gjr_fault){GJ_PROBLEM_TIME, "recorded", event->recorded.written};
    } else {
        return true;
    }
    return false;
}

static bool is_itself(const gj_event *event, gj_text id, gj_text source)
{
    return gjb_text_equal(event->id, id) &&
           (source.size == 0 || gjb_text_equal(event->source, source));
}

/* Whether it may name what it corrects or retracts. */
static bool link_check(const gj_event *event, gjr_fault *fault)
{
    if (event->corrects.size > 0 && event->retracts.size > 0) {
        *fault = (gjr_fault){GJ_PROBLEM_TWOFOLD, "retracts", event->retracts};
    } else if (event->corrects.size > 0 &&
               is_itself(event, event->corrects, event->corrects_source)) {
        *fault = (gjr_fault){GJ_PROBLEM_ITSELF, "corrects", event->corrects};
    } else if (event->retracts.size > 0 &&
               is_itself(event, event->retracts, event->retracts_source)) {
        *fault = (gjr_fault){GJ_PROBLEM_ITSELF, "retracts", event->retracts};
    } else {
        return true;
    }
    return false;
}

bool gjr_inspect(const gj_judge *judge, const gj_event *event, gjr_fault *fault)
{
    gj_text none = {NULL, 0};
    if (!procedure_is_ours(judge, event->procedure)) {
        *fault = (gjr_fault){GJ_PROBLEM_PROCEDURE, "procedure", event->procedure};
    } else if (event->case_id.size == 0) {
        *fault = (gjr_fault){GJ_PROBLEM_FIELD, "case", none};
    } else {
        return act_is_told(event, fault) && link_check(event, fault);
    }
    return false;
}

gj_text gjr_inspect_documents(const gj_judge *judge, const gj_event *event)
{
    size_t count = judge->rows->document_count == 0 ? 0 : event->document_count;
    for (size_t i = 0; i < count; i++) {
        if (gjr_judge_find_document(judge, event->documents[i]) == GJR_NONE) {
            return event->documents[i];
        }
    }
    return (gj_text){NULL, 0};
}
