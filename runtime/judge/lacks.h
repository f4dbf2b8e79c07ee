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
    GJR_LACK_OFFICER, /* of the act */
    GJR_LACK_RESULT,  /* all was told, and a calculation or a native gave nothing */
} gjr_lack_kind;

typedef struct gjr_lack {
    gjr_lack_kind kind;
    uint32_t rule;
    uint32_t field;   /* row, of its kind; else GJR_NONE */
    bool is_followed; /* of whether an act has to be followed: what follows it makes up for that, */
    gj_instant due;   /* before then */
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
/* Those from `from` on are of whether an act has to be followed, before an instant. */
void gjr_lacks_await(gjr_sitting *step, size_t from, gj_instant due);
/* Whether the rule has such. */
bool gjr_lacks_awaits(const gjr_sitting *step, uint32_t rule);
/* What follows came at that instant, or is asked for no more from then on: where that is in time,
 * the rule lacks them no more. */
void gjr_lacks_follow(gjr_sitting *step, uint32_t rule, gj_instant at);
/* Nothing makes up any more for those of the rule that say no time. */
void gjr_lacks_settle(gjr_sitting *step, uint32_t rule);
/* Whether the rule lacks that already, of those before `end`. */
bool gjr_lacks_has(const gjr_lacks *lacks, size_t end, const gjr_lack *lack);

#endif
