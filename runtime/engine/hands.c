/* SPDX-License-Identifier: Apache-2.0
 *
 * See hands.h. */
#include "engine/hands.h"

#include "judge/hand.h"

static gjr_turn turn_get(const gjr_hands *hands, size_t i)
{
    if (hands->turns != NULL) {
        return hands->turns[i];
    }
    return (gjr_turn){hands->records[i], hands->records[i]};
}

/* How many lie before that instant. */
static size_t count_before(const gjr_hands *hands, gj_instant until)
{
    size_t low = 0, high = hands->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        gjr_turn turn = turn_get(hands, middle);
        if (gjr_turn_at(&hands->docket->records, &turn) < until) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

gj_status gjr_hands_find(const gjr_hands *hands, gjb_arena *arena, gjr_raised *raised)
{
    gjr_hand_question question;
    if (!gjr_hand_ask(hands->judge, raised, arena, &question)) {
        return GJ_NO_MEMORY;
    }
    if (question.post == GJR_NONE) {
        return GJ_OK;
    }
    for (size_t i = count_before(hands, question.until); i > 0; i--) {
        gjr_event act;
        gjr_turn turn = turn_get(hands, i - 1);
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
