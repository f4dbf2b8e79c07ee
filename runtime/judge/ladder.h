/* SPDX-License-Identifier: Apache-2.0
 *
 * A running limit's ladder: each rung is reached at an instant of its own, derived when it is asked
 * for. Rungs before due raise one finding, due-soon, and those from due on another, late; the
 * severity of either is the highest that it has come to. */
#ifndef GJR_LADDER_H
#define GJR_LADDER_H

#include "judge/step.h"
#include "judge/terms.h"

static inline const gjr_limit *gjr_ladder_limit(const gjr_sitting *step, uint32_t limit)
{
    return gjr_case_limit_row(step->judged, limit);
}

/* The clock's limit begins a run in which it has come to no rung. */
void gjr_ladder_begin(const gjr_case *judged, uint32_t clock);
/* How far the running limit has come. */
gjr_pace gjr_ladder_pace(const gjr_sitting *step, uint32_t limit);
/* The rung that is reached next, ties by declaration, and when; GJR_NONE and GJ_NEVER where all
 * have been. */
uint32_t gjr_ladder_next(const gjr_sitting *step, uint32_t limit, gj_instant *next);
/* When a plain limit that starts on that day, where it is judged, has something to say first. */
gj_instant gjr_ladder_first(const gjr_sitting *step, uint32_t limit, gj_day day);
void gjr_ladder_reach(gjr_sitting *step, uint32_t limit, uint32_t rung, gj_instant at);
/* How far time has come for what happens now: where the law acts, to that instant. */
gj_instant gjr_ladder_now(const gjr_sitting *step);
/* The limit's length, or the date by which it is due, may change, or has: what it warned of it
 * came to at the instants at which it has come to that. */
void gjr_ladder_keep_warned(gjr_sitting *step, uint32_t limit);
/* Rungs that were reached and, since due moved, lie ahead again, are armed anew: those at due or
 * after it where time has not been yet, the others ahead of now. */
void gjr_ladder_rearm(gjr_sitting *step, uint32_t limit);
/* A limit may have rungs that time had no chance to reach, since the event at hand started it: they
 * are reached, up to the instant. */
void gjr_ladder_catch_up(gjr_sitting *step, uint32_t limit, gj_instant at);
/* Whether it is late at the instant, whatever time has brought since. */
bool gjr_ladder_is_late(const gjr_sitting *step, uint32_t limit, gj_instant at);
/* The limit ends by the event at hand: what was raised is closed. */
void gjr_ladder_close(gjr_sitting *step, uint32_t limit, gj_instant at);
/* It ended on a date that is told: of what time had raised, what lies after it does not hold. */
void gjr_ladder_end(gjr_sitting *step, uint32_t limit, gj_instant at);
/* What it raised and is open is noted again, counted to an instant. */
void gjr_ladder_count(gjr_sitting *step, uint32_t limit, gj_instant until);
/* The limit goes on without its finding of that kind, or not at all: it is closed. */
void gjr_ladder_leave(gjr_sitting *step, uint32_t limit, bool late, gj_instant at);
/* The limit runs by another version than the one that raised what it has raised: of that, what has
 * come to a rung by this one stands by it from now on, and what has not is withdrawn. */
void gjr_ladder_carry(gjr_sitting *step, uint32_t limit);

#endif
