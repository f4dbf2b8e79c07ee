/* SPDX-License-Identifier: Apache-2.0
 *
 * From a trace to an account: of one start of a limit, everything that happened to it, and every
 * day from then on with why it counts or does not. What the judge derives by a few look-ups is
 * told here day by day, for people; the two come to the same, which the tests hold. */
#ifndef GJR_ACCOUNT_H
#define GJR_ACCOUNT_H

#include "base/buffer.h"
#include "judge/terms.h"
#include "judge/trace.h"

struct gjr_held_maker;

/* A span in which nothing counts; `end` is GJ_NEVER where nobody knows it. */
typedef struct gjr_pause {
    gj_instant begin, end;
    gj_text name;
} gjr_pause;
typedef struct gjr_pauses {
    const gjr_pause *items; /* in order, none within another */
    size_t count;
} gjr_pauses;

/* Of the start that stands at `started` in the trace. `until` is where the clock stands for a limit
 * that has not ended. Everything is the arena's of the maker (held.h) or borrowed as the trace's
 * texts are. The count of instances is the caller's to set. */
gj_status gjr_account_make(struct gjr_held_maker *held, const gjr_trace *trace, size_t started,
                           gj_instant until, gj_account *account);

/* The pure part: by the account's marks, of which the first is the start, and its `until`, what is
 * counted, as its `span` says; sets all from `budget` to `runs_cut`, and which pauses there were
 * where that is asked for. The term is the limit's as it starts. */
gj_status gjr_account_count(const gj_calendar *calendar, gjr_term term, gjb_arena *arena,
                            gj_account *account, gjr_pauses *pauses);

/* The same with what has been made of the marks. Amounts are as a term's `consumed` is: days, or
 * milliseconds of what is counted in time. */
typedef struct gjr_account_span {
    const gj_calendar *calendar;
    gjr_term term;         /* consumed: before `base` */
    uint64_t whole;        /* how much the budget is */
    uint64_t whole_before; /* and was before it was extended */
    gj_instant base;       /* what is left is counted from here */
    gj_instant by;         /* due by a date: that, or GJ_NEVER */
    gjr_count count;       /* where the account has a due */
    gjr_range range;       /* of its last day */
    const gjr_pause *pauses;
    size_t pause_count;
} gjr_account_span;
/* The runs, day by day, or of what is counted in time span by span. */
gj_status gjr_account_make_runs(const gjr_account_span *span, gjb_arena *arena,
                                gj_account *account);

/* account_stops.c: whether the limit goes on with `mark`, one of the account's own, by which a stop
 * ended: it held until then, and no other holds it. */
bool gjr_account_goes_on(const gj_account *account, const gj_account_mark *mark);

/* account_back.c: of what is counted back; sets the span's term aside, and when it lies on the
 * right side. */
void gjr_account_count_back(gjr_account_span *span, gj_account *account);
static inline bool gjr_account_is_backward(const gj_account *account)
{
    return account->span == GJ_SPAN_AT_LEAST_BEFORE || account->span == GJ_SPAN_WITHIN_BEFORE;
}

/* In words, and as a JSON object without a newline. */
void gjr_account_explain(const gj_account *account, gj_lang lang, gjb_buffer *out);
void gjr_account_print(const gj_account *account, gj_lang lang, gjb_buffer *out);

#endif
