/* SPDX-License-Identifier: Apache-2.0
 *
 * What rules of a case could not be told for, and why: noted while the case is judged for whoever
 * wants to say afterwards how its rules stand. A finding names what was missing once an event,
 * whatever asked for it; here it stands under each rule. A sitting without notes none, and judging
 * never depends on it.
 *
 *     step.lacks = &lacks;                               before the case's first event */
#ifndef GJR_LACKS_H
#define GJR_LACKS_H

#include "judge/step.h"

typedef enum gjr_lack_kind {
    GJR_LACK_FIELD,
    GJR_LACK_OFFICER,  /* of the act */
    GJR_LACK_RESULT,   /* all was told, and a calculation or a native gave nothing */
    GJR_LACK_TOO_MANY, /* an act was not looked at: the rule remembers no more */
} gjr_lack_kind;

/* What hangs on it. */
typedef enum gjr_lack_bearing {
    GJR_LACK_BEARS,   /* whether the rule is kept */
    GJR_LACK_AWAITED, /* whether an act has to be followed, or is: what follows it for certain,
                         before `due`, makes up for that */
    GJR_LACK_IDLE,    /* nothing, until the rule asks for the act */
} gjr_lack_bearing;

typedef struct gjr_lack {
    gjr_lack_kind kind;
    uint32_t rule;
    uint32_t field; /* row, of its kind; else GJR_NONE */
    gjr_lack_bearing bearing;
    uint32_t act; /* the moment of the remembered act that it is about, or GJR_NONE */
    gj_instant due;
} gjr_lack;

typedef struct gjr_lacks {
    const gj_allocator *allocator;
    gjr_lack *items; /* in the order in which they were first missed */
    size_t count, capacity;
} gjr_lacks;

void gjr_lacks_init(gjr_lacks *lacks, const gj_allocator *allocator);
void gjr_lacks_deinit(gjr_lacks *lacks);
/* Of nothing again, the memory kept. */
void gjr_lacks_reset(gjr_lacks *lacks);

/* Where nobody wants to know, nothing. One that is there stands once. */
void gjr_lacks_take(gjr_sitting *step, gjr_lack lack);
/* How many there are. */
static inline size_t gjr_lacks_count(const gjr_sitting *step)
{
    return step->lacks == NULL ? 0 : step->lacks->count;
}
/* Those from `from` on are of whether an act has to be followed before an instant, or, where one is
 * named, of whether that has been. */
void gjr_lacks_await(gjr_sitting *step, size_t from, uint32_t act, gj_instant due);
/* Whether the rule has such. */
bool gjr_lacks_awaits(const gjr_sitting *step, uint32_t rule);
/* What follows came at that instant, or is asked for no more from then on: where that is in time,
 * the rule lacks them no more. */
void gjr_lacks_follow(gjr_sitting *step, uint32_t rule, gj_instant at);
/* The act has been followed in time: the rule lacks nothing more of that. */
void gjr_lacks_meet(gjr_sitting *step, uint32_t rule, uint32_t act);
/* Nothing makes up any more for those of the rule that say no time. */
void gjr_lacks_settle(gjr_sitting *step, uint32_t rule);
/* Nothing hangs on those from `from` on, which are about that act; and the rule hangs on them. */
void gjr_lacks_rest(gjr_sitting *step, size_t from, uint32_t act);
void gjr_lacks_rouse(gjr_sitting *step, uint32_t rule, uint32_t act);
/* Whether the rule lacks that already, of those before `end`. */
bool gjr_lacks_has(const gjr_lacks *lacks, size_t end, const gjr_lack *lack);

#endif
