/* SPDX-License-Identifier: Apache-2.0
 *
 * What happens to a limit on its way: it stops and goes on, it is extended, it begins anew. A stop
 * or an extension of which notice is due works while that may still come in time, but for an
 * extension without a time for its notice, which works from then on. What has no effect is found:
 * invalid-stop, invalid-extension. */
#ifndef GJR_TURNS_H
#define GJR_TURNS_H

#include "judge/course.h"
#include "judge/limits.h"

void gjr_turns_hear_all(gjr_sitting *step, const gjr_audience *audience, const gjr_heard *heard);
static inline void gjr_turns_hear(gjr_sitting *step, const gjr_audience *audience,
                                  const gjr_heard *heard)
{
    if (audience->turns > 0) {
        gjr_turns_hear_all(step, audience, heard);
    }
}

/* The clock, which begins by the event at hand, is stopped by what stops all clocks of the limit.
 */
void gjr_turns_take_over(gjr_sitting *step, uint32_t limit, uint32_t clock);
/* The limit, which has a course, starts now: notices of what began before whose time is over did
 * not come. */
void gjr_turns_begin(gjr_sitting *step, uint32_t limit, gj_instant at);
/* The time for the turn's notice is over. */
void gjr_turns_expire(gjr_sitting *step, uint32_t limit, gjr_turn *turn, gj_instant at);
/* The limit is about to end: of what began before an instant, what has not been told by now has not
 * worked. Found at `at`. */
void gjr_turns_close(gjr_sitting *step, uint32_t limit, gj_instant until, gj_instant at);

#endif
