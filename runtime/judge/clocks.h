/* SPDX-License-Identifier: Apache-2.0
 *
 * Which of a limit's clocks an event is about. Most limits have one; one that is kept per key has a
 * clock for each key that is open, found by what the event at hand says its key is. A key is told
 * by the event itself, never by what the case holds from before; a clock that has ended is free for
 * another key. */
#ifndef GJR_CLOCKS_H
#define GJR_CLOCKS_H

#include "judge/step.h"

static inline bool gjr_clocks_are_keyed(const gjr_sitting *step, uint32_t limit)
{
    return step->judge->rows->limits[limit].open_max > 0;
}

/* The clock that the event at hand is about: the only one, running or not, or the running one of
 * its key; GJR_NONE where that key has none, or it tells none. */
uint32_t gjr_clocks_find(const gjr_sitting *step, uint32_t limit);
/* A clock for the key that the event at hand tells, which has none. Where all are taken, or it
 * tells no key, that is noted, and GJR_NONE. The trigger is the one by which it would start. */
uint32_t gjr_clocks_take(gjr_sitting *step, uint32_t limit, uint32_t trigger);
/* The event at hand, which the limit hears by that trigger, tells no key: noted where it does not,
 * and some clock runs that it might have meant. */
void gjr_clocks_check_told(gjr_sitting *step, uint32_t limit, uint32_t trigger);
/* Whether one of the limit's clocks runs. */
bool gjr_clocks_run(const gjr_case *judged, uint32_t limit);

/* The clock ended: it is nobody's. */
void gjr_clocks_free(gjr_sitting *step, uint32_t clock);

/* The note is about the clock's limit, and says by which key the clock is kept. */
void gjr_clocks_name(const gjr_sitting *step, uint32_t clock, gjr_raised *raised);
/* The key that the event at hand tells. */
gjr_raised_key gjr_clocks_told(const gjr_sitting *step, uint32_t limit);

/* The key by which the clock is kept, as a note has it; borrowed from the case. */
gjr_raised_key gjr_clocks_key(const gjr_sitting *step, uint32_t clock);

#endif
