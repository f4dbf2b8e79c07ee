/* SPDX-License-Identifier: Apache-2.0
 *
 * Limits: spans of time from one trigger to another. A limit that is started while it runs goes on;
 * a start after its end opens a new instance. Every act of the name counts, also one that was out
 * of order or repeated, since it happened; after the close acts still end a limit but start
 * none. */
#ifndef GJR_LIMITS_H
#define GJR_LIMITS_H

#include "base/hash.h"
#include "judge/step.h"
#include "time/range.h"

struct gjr_mark;

/* What limits hear of. */
typedef struct gjr_heard {
    gj_instant at;     /* the event's, or the field's value */
    uint32_t region;   /* where the act was done; GJR_NONE: everywhere */
    bool by_field;     /* a date field has a new value */
    bool not_recorded; /* the act was left out */
} gjr_heard;

/* Those of the audience that start, or end, by it: at least one. */
void gjr_limits_hear_start(gjr_sitting *step, const gjr_audience *audience, const gjr_heard *heard);
void gjr_limits_hear_end(gjr_sitting *step, const gjr_audience *audience, const gjr_heard *heard);
/* Whether the running limit is late or has run out by now, so that nothing told of when it is due
 * changes that; where the law waits for the act at hand, it has run out already. What it has come
 * to is reached. */
bool gjr_limits_is_over(gjr_sitting *step, uint32_t limit);
/* The date in a field has changed: limits that run and are due by it are due then. One that is
 * overdue already stays so. */
void gjr_limits_hear_by(gjr_sitting *step, uint32_t field);
/* The same, of any number. */
static inline void gjr_limits_start(gjr_sitting *step, const gjr_audience *audience,
                                    const gjr_heard *heard)
{
    if (audience->starts > 0) {
        gjr_limits_hear_start(step, audience, heard);
    }
}
static inline void gjr_limits_end(gjr_sitting *step, const gjr_audience *audience,
                                  const gjr_heard *heard)
{
    if (audience->ends > 0) {
        gjr_limits_hear_end(step, audience, heard);
    }
}

/* The event's key, once in the tail however many limits it starts. `judged` is the sitting's: a
 * copy of what holds it does as well. */
static inline uint32_t gjr_limits_key(gjr_sitting *step, const gjr_case *judged)
{
    if (!step->key_added) {
        step->key = gjr_case_add_key(judged, step->event->source, step->event->id);
        step->key_added = true;
    }
    return step->key;
}

/* Into an identity: how often the event by which the limit is known had begun it before. */
static inline void gjr_limit_again_add(gjb_hash *hash, uint32_t again)
{
    const uint8_t number[] = {(uint8_t)(again >> 8), (uint8_t)again};
    if (again > 0) {
        gjb_hash_add_piece(hash, number, sizeof number);
    }
}

/* The running limit begins anew. */
void gjr_limits_restart(gjr_sitting *step, const gjr_listener *listener, const gjr_heard *heard);
/* The law ends the running limit, which has run out, as the mark says; it is counted up to its last
 * day. */
void gjr_limits_run_out(gjr_sitting *step, uint32_t limit, const struct gjr_mark *mark);
/* Its due has moved: rungs that lie ahead now are armed again. */
void gjr_limits_move(gjr_sitting *step, uint32_t limit);
/* Its due has moved, to no earlier an instant. */
void gjr_limits_put_off(gjr_sitting *step, uint32_t limit);
/* Likewise, where it is due no later than it was: what it has said stays said. */
void gjr_limits_bring_forward(gjr_sitting *step, uint32_t limit);

/* A limit that runs was carried over from another version: the dates told for it are read. */
void gjr_limits_carry(gjr_sitting *step, uint32_t clock, gj_instant at);

/* What has been reached, with now not before the case's look_at. */
void gjr_limits_look(gjr_sitting *step, gj_instant now);
/* Time comes to `now`, inclusive: what falls due, and what ends by its told date, by instant and
 * then by declaration. */
static inline void gjr_limits_step_time(gjr_sitting *step, gj_instant now)
{
    if (gjr_case_state(step->judged)->look_at <= now) {
        gjr_limits_look(step, now);
    }
}
/* The region is through, by a final stage or without: its limits that run end without finding,
 * whatever end was told for them; those overdue stay. Region 0 is the case. */
void gjr_limits_close(gjr_sitting *step, uint32_t region);
/* Up to when one that runs is counted: to the clock, or, where the case is closed and no date to
 * come ends it, to the close. */
gj_instant gjr_limits_until(const gjr_sitting *step, uint32_t limit);
/* Notes the overdue ones again, counted so far. */
void gjr_limits_count(gjr_sitting *step);
/* Whether the limit runs, and its due day; GJ_NO_DAY where that cannot be told. */
bool gjr_limits_run(void *step, uint32_t limit, gj_day *due);
/* How a running limit counts, and within which days it may be due; false where it does not run. The
 * range may be NULL. */
bool gjr_limits_count_running(const gjr_sitting *step, uint32_t limit, gjr_count *count,
                              gjr_range *range);

/* A date or time field's value as an instant: a date's first. */
bool gjr_limits_field_instant(const gjr_case *judged, uint32_t field, gj_instant *instant);

#endif
