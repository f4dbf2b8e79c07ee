/* SPDX-License-Identifier: Apache-2.0
 *
 * In whose hands a case was when something fell due. A finding that time raises is of no act, so it
 * is known by an act before: the last one, since what fell due began and before it did, of the post
 * that answers for it. Without its officer that act says nothing, and no other is asked; where
 * several posts answer, what one of them did last may have handed the case on to another.
 *
 * The judge keeps no history, so whoever keeps one asks for each note which act that is, and puts
 * it there before the note is kept or made a finding. */
#ifndef GJR_HAND_H
#define GJR_HAND_H

#include "base/arena.h"
#include "judge/raised.h"

typedef struct gjr_hand_question {
    uint32_t post;   /* GJR_NONE: the note asks for none */
    uint32_t region; /* whose acts count, with those around it and inside */
    gj_instant from, until;
} gjr_hand_question;

/* Whether it may ask for any. */
static inline bool gjr_hand_is_asked(const gjr_raised *raised)
{
    return raised->code == GJ_LATE || raised->code == GJ_DUE_SOON || raised->code == GJ_NOT_DONE;
}
/* False when memory ends. */
bool gjr_hand_ask(const gj_judge *judge, const gjr_raised *raised, gjb_arena *arena,
                  gjr_hand_question *question);
/* Whether the act, which is none of the law's, is one of those asked for. */
bool gjr_hand_is(const gj_judge *judge, const gjr_hand_question *question, const gjr_event *act);
/* Of those the last; its texts are borrowed. */
void gjr_hand_put(const gjr_event *act, gjr_raised *raised);

#endif
