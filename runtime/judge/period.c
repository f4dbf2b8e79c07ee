/* SPDX-License-Identifier: Apache-2.0
 *
 * See period.h. */
#include "judge/period.h"

#include "image/image.h"
#include "judge/clocks.h"
#include "judge/ladder.h"
#include "time/backward.h"
#include "time/range.h"

/* Whether it ends sooner than it may, or was counted back and lies on the wrong side. */
static bool is_amiss(const gjr_sitting *step, uint32_t limit, const gjr_pace *pace, gj_instant at)
{
    const gjr_limit *row = gjr_ladder_limit(step, limit);
    const gj_calendar *calendar = gjr_judge_calendar(step->judge, row);
    if ((row->flags & GJR_LIMIT_BACKWARD) == 0) {
        gjr_count count = gjr_terms_least(step->judge, row, pace);
        return at < gjr_count_earliest(calendar, gjr_terms_least_of(row), &count).due;
    }
    bool within = row->least == 0;
    return gjr_count_back(calendar, (gj_unit)(within ? row->unit : row->least_unit),
                          within ? row->budget : row->least, within, pace->since, at)
               .amount > 0;
}

static void note(gjr_sitting *step, uint32_t limit, const gjr_pace *pace, gj_instant at,
                 bool by_event)
{
    const gjr_limit_slot *slot = gjr_case_limit(step->judged, limit);
    const gjr_limit *row = gjr_ladder_limit(step, limit);
    gj_code code = row->least > 0 ? GJ_EARLY : GJ_LATE;
    gjr_raised *raised = gjr_sitting_add(step, code, GJ_SUBJECT_LIMIT, limit);
    if (raised == NULL) {
        return;
    }
    gjr_clocks_name(step, limit, raised);
    raised->status = code == GJ_LATE ? GJ_CLOSED : GJ_OPEN;
    raised->position = row->position;
    raised->basis_first = row->basis_first;
    raised->basis_count = row->basis_count;
    raised->at = at;
    raised->by_event = by_event;
    gjr_sitting_place(step, raised, row->region);
    raised->limit = (gjr_raised_limit){
        .since = slot->since,
        .until = at,
        .pace = *pace,
        .rung = GJR_NONE,
        .source = gjr_case_key_source(step->judged, slot->key),
        .id = gjr_case_key_id(step->judged, slot->key),
        .again = gjr_limit_again(slot),
        .trigger = slot->trigger,
        .held_in = (row->flags & GJR_LIMIT_OF_HOLDER) != 0 ? raised->stage : GJR_NONE,
        .start_not_recorded = (slot->flags & GJR_LIMIT_START_NOT_RECORDED) != 0,
    };
}

void gjr_period_judge(gjr_sitting *step, uint32_t limit, gj_instant at, bool by_event)
{
    gjr_pace pace = gjr_ladder_pace(step, limit);
    if (is_amiss(step, limit, &pace, at)) {
        note(step, limit, &pace, at, by_event);
    }
}
