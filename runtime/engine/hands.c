/* SPDX-License-Identifier: Apache-2.0
 *
 * See hands.h. */
#include "engine/hands.h"

#include "judge/hand.h"

gj_status gjr_hands_find(const gjr_hands *hands, gjb_arena *arena, gjr_raised *raised)
{
    gjr_hand_question question;
    if (!gjr_hand_ask(hands->judge, raised, arena, &question)) {
        return GJ_NO_MEMORY;
    }
    for (size_t i = question.post != GJR_NONE ? hands->count : 0; i > 0; i--) {
        gjr_event act;
        gjr_turn turn;
        if (hands->turns != NULL) {
            turn = hands->turns[i - 1];
        } else {
            turn = (gjr_turn){hands->records[i - 1], hands->records[i - 1]};
        }
        gjr_turn_event(&hands->docket->records, &turn, &act);
        if (act.at < question.from) {
            break;
        }
        if (gjr_hand_is(hands->judge, &question, &act)) {
            gjr_hand_put(&act, raised);
            break;
        }
    }
    return GJ_OK;
}
