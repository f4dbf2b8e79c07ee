/* SPDX-License-Identifier: Apache-2.0
 *
 * See hand.h. */
#include "judge/hand.h"

#include "base/text.h"
#include "image/image.h"
#include "judge/holder.h"
#include "judge/related.h"
#include "judge/terms.h"

/* Who answers for a limit: the holder of the stage in which the case stood, or the post named. */
static bool post_find(const gj_judge *judge, const gjr_raised *raised, gjb_arena *arena,
                      gjr_hand_question *question)
{
    gjr_holders holders;
    question->post = judge->rows->limits[raised->subject_index].duty;
    if (raised->limit.held_in == GJR_NONE) {
        return true;
    }
    if (!gjr_holders_find(judge->rows, raised->limit.held_in, arena, &holders)) {
        return false;
    }
    question->post = holders.count == 1 ? holders.posts[0] : GJR_NONE;
    return true;
}

static bool limit_ask(const gj_judge *judge, const gjr_raised *raised, gjb_arena *arena,
                      gjr_hand_question *question)
{
    const gjr_limit *row = &judge->rows->limits[raised->subject_index];
    const gjr_raised_limit *limit = &raised->limit;
    bool late = raised->code == GJ_LATE;
    question->region = row->region;
    question->from = limit->since;
    question->until = late ? gjr_terms_latest(judge, row, &limit->pace).due : limit->rung_at;
    return post_find(judge, raised, arena, question);
}

/* What a post must do without a time, which is asked for by an act, it may do from the begin on. */
static void duty_ask(const gj_judge *judge, const gjr_raised *raised, gjr_hand_question *question)
{
    const gjr_rule *row = &judge->rows->rules[raised->subject_index];
    if (row->duty != GJR_NONE) {
        *question = (gjr_hand_question){row->duty, row->region, INT64_MIN, raised->at};
    }
}

bool gjr_hand_ask(const gj_judge *judge, const gjr_raised *raised, gjb_arena *arena,
                  gjr_hand_question *question)
{
    *question = (gjr_hand_question){.post = GJR_NONE};
    bool of_limit = raised->subject == GJ_SUBJECT_LIMIT && raised->limit.rung != GJR_NONE;
    if (of_limit && (raised->code == GJ_LATE || raised->code == GJ_DUE_SOON)) {
        return limit_ask(judge, raised, arena, question);
    }
    if (raised->code == GJ_NOT_DONE && raised->subject == GJ_SUBJECT_RULE) {
        duty_ask(judge, raised, question);
        gjr_related_ask(judge, raised, question);
    }
    return true;
}

/* Done in the region, around it or inside, or in no stage. */
static bool is_near(const gjr_rows *rows, uint32_t action, uint32_t region)
{
    bool anywhere = false;
    for (uint32_t i = 0; i < rows->place_count; i++) {
        uint32_t at = rows->places[i].region;
        if (rows->places[i].action != action) {
            continue;
        }
        anywhere = true;
        if (gjr_rows_is_within(rows, at, region) || gjr_rows_is_within(rows, region, at)) {
            return true;
        }
    }
    return !anywhere;
}

bool gjr_hand_is(const gj_judge *judge, const gjr_hand_question *question, const gjr_event *act)
{
    return act->action != GJR_NONE && act->post == question->post && act->at >= question->from &&
           act->at < question->until && is_near(judge->rows, act->action, question->region);
}

void gjr_hand_put(const gjr_event *act, gjr_raised *raised)
{
    if (act->officer.size == 0) {
        return;
    }
    raised->hand = (gjr_raised_act){.present = 1,
                                    .action = act->action,
                                    .post = act->post,
                                    .offset_s = act->at_offset_s,
                                    .at = act->at,
                                    .source = act->source,
                                    .id = act->id,
                                    .officer = act->officer,
                                    .office = act->office};
}
