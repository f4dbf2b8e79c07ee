/* SPDX-License-Identifier: Apache-2.0
 *
 * Who held a case at every moment of a span, and for how much of it each did. A moment is the
 * law's where a pause lies; else it is the holder's of the stage (holder.h), and of the post and
 * officer who next went on with the case there. A day belongs to whoever held the case at its end,
 * as a stop takes the days at whose end it holds; so what each held is a sum, to the day. */
#ifndef GJR_HELD_H
#define GJR_HELD_H

#include "judge/account.h"
#include "judge/custody.h"
#include "judge/holder.h"

/* Who holds each stage is found once. */
typedef struct gjr_held_maker {
    const gj_judge *judge;
    const gjr_custody *custody;
    gjb_arena *arena;
    gjr_holders *holders; /* by stage */
    bool *is_found;       /* likewise */
    uint32_t *stages;     /* scratch: where each region stands */
} gjr_held_maker;

/* GJ_NO_MEMORY, else GJ_OK. All is borrowed. */
gj_status gjr_held_init(gjr_held_maker *with, const gj_judge *judge, const gjr_custody *custody,
                        gjb_arena *arena);

/* The span, and how it is counted. */
typedef struct gjr_held_span {
    uint32_t region; /* who holds what: this one, or the one around it that runs */
    gj_instant from, until;
    const gjr_pause *pauses; /* in order, none within another */
    size_t pause_count;
    const gj_calendar *calendar;
    gj_unit unit;
    bool is_counted; /* else time alone is told */
    bool at_close;   /* its days end when the office closes */
    bool short_day;  /* the day of `until` does not count */
    bool in_stops;   /* that day is the law's where a pause holds at its end, and else never */
} gjr_held_span;

typedef struct gjr_held_found {
    gj_holding *holdings;
    gj_held *held;
    size_t holding_count, held_count;
} gjr_held_found;
/* Made in the arena; nothing of a span that is empty. */
gj_status gjr_held_make(gjr_held_maker *with, const gjr_held_span *span, gjr_held_found *found);

/* As JSON objects without a newline. */
void gjr_holding_print(const gj_holding *holding, gjb_buffer *out);
void gjr_held_print(const gj_held *held, gjb_buffer *out);

#endif
