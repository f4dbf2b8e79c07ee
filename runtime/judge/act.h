/* SPDX-License-Identifier: Apache-2.0
 *
 * The event's act: to which region it goes, what it means there, what is wrong with it, and what it
 * does to the case. Judging changes nothing; then it is done (step.h, 4 to 6). */
#ifndef GJR_ACT_H
#define GJR_ACT_H

#include "judge/crews.h"
#include "judge/step.h"

void gjr_act_take(gjr_sitting *step);
/* The act is done in the region at hand, on that day, and limits hear of it. */
void gjr_act_hear(gjr_sitting *step, uint32_t action, gj_day day);

/* It is done, wherever that was, in a moment of its own. */
static inline void gjr_act_note(const gjr_case *judged, uint32_t action, gj_day day)
{
    gjr_done *done = gjr_case_done(judged);
    if (done != NULL) {
        done[action].times++;
        done[action].last_day = day;
    }
    gjr_case_state(judged)->moment++;
}

/* Who did it; and that it was done is marked. */
static inline void gjr_act_note_whose(gjr_sitting *step, uint32_t action)
{
    if (step->judge->layout.crew_count > 0 && !step->by_law &&
        gjr_crew_get(step->judged, action) != NULL) {
        gjr_crew_add(step->judged, action, step->event->officer);
    }
    if (step->touched != NULL) {
        step->touched->actions[action] = 1;
    }
}

/* At that moment it is done in that place. */
static inline void gjr_act_note_place(const gjr_case *judged, uint32_t place, uint32_t moment)
{
    ++*gjr_case_times(judged, place);
    uint32_t *done_at = gjr_case_done_at(judged, place);
    if (done_at != NULL) {
        *done_at = moment;
    }
}

#endif
