/* SPDX-License-Identifier: Apache-2.0
 *
 * A trace: what happens to each limit while a case is judged, told in the order of its happening to
 * whoever wants to explain it afterwards (account.h). A sitting without a trace notes nothing, and
 * judging never depends on one.
 *
 *     step.trace = &trace;                                   before the case's first event
 *     gjr_trace_add(step, (gjr_mark){.kind = …, .limit = …, .at = …, .cause = …});
 *
 * A new kind of happening is a new kind of mark; who did it and by which event is taken from the
 * event at hand. */
#ifndef GJR_TRACE_H
#define GJR_TRACE_H

#include "image/layout.h"
#include "judge/step.h"

typedef enum gjr_mark_kind {
    GJR_MARK_STARTED, /* number: 1 where the act that starts it was left out */
    GJR_MARK_RUNG,    /* row: of its ladder, the rung that is reached */
    GJR_MARK_ENDED,
    GJR_MARK_CLOSED,  /* row: the region that is through; number: 1 where it was overdue and stays
                         so */
    GJR_MARK_STOPPED, /* nothing counts from here on; number: the instant at which it goes on at the
                         latest, or GJ_NEVER. One that goes on when the limit starts is told again
                         then */
    GJR_MARK_RESUMED, /* counts again */
    GJR_MARK_EXTENDED, /* number: by so many of its units */
    GJR_MARK_LAW,      /* it ran out, and the law did what the effect says: row; number: as of when
                          limits take it */
    GJR_MARK_VOIDED,   /* number: -1 of a stop, which has no effect, or has one only from when it is
                          told    again, by a late notice; of an extension by how much it had made it
                          longer */
    GJR_MARK_GRANTED,  /* an extension that works once notice of it comes; number: by so many of its
                          units */
    GJR_MARK_TOLD,     /* number: by when it is due from now on, or GJ_NEVER */
    GJR_MARK_MEASURED, /* number: so many units long from now on, or 0; row: the length that holds,
                          or GJR_NONE */
} gjr_mark_kind;

typedef struct gjr_mark {
    gjr_mark_kind kind;
    uint32_t limit; /* told: the clock; kept: its limit */
    uint32_t clock; /* filled in */
    gj_instant at;
    gjr_trigger cause; /* the act, stage or field behind it; kind GJR_TRIGGER_COUNT: time alone */
    int64_t number;
    bool in_passing;   /* time alone brought it: the event at hand, if any, is not behind it */
    bool by_law;       /* what the law did is behind it; filled in */
    uint32_t row;      /* of a table, as the kind says; of stops and extensions the clause */
    uint32_t notice;   /* of these, where a notice has them work: 1 + its act; else 0 */
    gj_instant began;  /* and when that stop began, or that extension was granted */
    uint32_t position; /* of the clause, where it has one of its own; 0: none */
    uint32_t basis_first, basis_count; /* its citations */
    /* Of the event behind it, filled in; absent where there is none. */
    gj_text source, id, officer, post_text;
    uint32_t post; /* or GJR_NONE */
    /* Of a measured one, filled in: the rows of decision tables by which it is so long. */
    const uint32_t *decided;
    uint32_t decided_count;
    gjr_raised_key key; /* started: of a limit that keeps a clock a key, the event's; filled in */
} gjr_mark;

typedef struct gjr_trace {
    const gj_allocator *allocator;
    gjr_mark *items;
    size_t count, capacity;
    gjb_arena texts; /* of what the law told; and what marks point to beside that */
} gjr_trace;

void gjr_trace_init(gjr_trace *trace, const gj_allocator *allocator);
void gjr_trace_deinit(gjr_trace *trace);
/* Of nothing again, the memory kept. */
void gjr_trace_reset(gjr_trace *trace);

/* With a trace: its texts are borrowed from the event, which must outlive it, unless the law did
 * it. */
void gjr_trace_take(gjr_sitting *step, const gjr_mark *mark);
/* The same of what no event at hand is behind: its texts and key are the caller's to set. NULL when
 * memory ends. */
gjr_mark *gjr_trace_put(gjr_sitting *step, const gjr_mark *mark);
/* The same, where there may be none: then the mark, a compound literal, is not even made. */
#define gjr_trace_add(step, ...)                                                                   \
    ((step)->trace != NULL ? gjr_trace_take(step, &(__VA_ARGS__)) : (void)0)

/* A cause. */
static inline gjr_trigger gjr_cause(gjr_trigger_kind kind, uint32_t target)
{
    return (gjr_trigger){.kind = kind, .target = target, .when = GJR_NONE};
}
#define GJR_CAUSE_TIME gjr_cause(GJR_TRIGGER_COUNT, GJR_NONE)

#endif
