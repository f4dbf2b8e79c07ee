/* SPDX-License-Identifier: Apache-2.0
 *
 * See past.h. */
#include "engine/past.h"

/* ---- a docket's past ---- */

gj_status gjr_docket_add_past(gj_docket *docket, const gj_judge *judge, const gjr_succession *next,
                              gj_instant until)
{
    gjr_past *past = gjb_alloc_resize(docket->judge->allocator, docket->past, docket->past_count,
                                      docket->past_count + 1, sizeof *past);
    if (past == NULL) {
        return GJ_NO_MEMORY;
    }
    docket->past = past;
    past += docket->past_count;
    *past = (gjr_past){.next = next, .until = until};
    gj_status status = gj_docket_create(judge, &past->docket);
    docket->past_count++; /* freed with the others, also where there is none */
    return status;
}

gj_instant gjr_docket_past_until(const gj_docket *docket)
{
    return docket->past_count == 0 ? INT64_MIN : docket->past[docket->past_count - 1].until;
}

/* ---- judging through it ---- */

static const gjr_turn no_turn = {GJB_INDEX_NONE, GJB_INDEX_NONE};

static gj_status step_tell(gjr_passage *with, const gjr_past_step *step)
{
    return with->on_step(with->payload, step);
}

static gj_status turns_judge(gjr_passage *with, const gjr_past *past, gjr_sitting *step,
                             gjr_case *judged)
{
    const gjr_records *records = &past->docket->records;
    gj_status status = GJ_OK;
    for (; status == GJ_OK && with->judged < with->count &&
           gjr_turn_at(records, &with->turns[with->judged]) <= past->until;
         with->judged++) {
        gjr_event event;
        gjr_turn turn = with->turns[with->judged];
        gjr_turn_event(records, &turn, &event);
        status = gjr_case_step(step, judged, &event);
        status =
            status == GJ_OK
                ? step_tell(with, &(gjr_past_step){step, judged, past, turn, &event, INT64_MIN})
                : status;
    }
    status = status == GJ_OK ? gjr_case_step_time(step, judged, past->until) : status;
    return status == GJ_OK
               ? step_tell(with, &(gjr_past_step){step, judged, past, no_turn, NULL, INT64_MIN})
               : status;
}

/* What of a version is at work: of a past one its own, of the last the caller's. */
typedef struct bench {
    gjr_sitting own;
    gjr_case own_case;
    gjr_custody custody;
    gjr_sitting *step;
    gjr_case *judged;
} bench;

static gj_status bench_init(bench *made, const gjr_passage *with, const gjr_past *past)
{
    *made = (bench){.step = with->is, .judged = with->to};
    if (past == NULL) {
        return GJ_OK;
    }
    const gj_judge *judge = past->docket->judge;
    made->step = &made->own;
    made->judged = &made->own_case;
    gjr_custody_init(&made->custody, judge->allocator);
    gj_status status = gjr_sitting_init(&made->own, judge);
    status = status == GJ_OK ? gjr_case_init(&made->own_case, judge) : status;
    made->own.custody = with->is->custody != NULL ? &made->custody : NULL;
    return status;
}

static void bench_deinit(bench *made)
{
    if (made->step == &made->own) {
        if (made->own_case.judge != NULL) {
            gjr_case_deinit(&made->own_case);
        }
        gjr_sitting_deinit(&made->own);
        gjr_custody_deinit(&made->custody);
    }
}

static gj_status move(gjr_passage *with, const gjr_past *past, bench *was, bench *is,
                      const gjr_past *next)
{
    gj_status status =
        gjr_case_migrate(past->next, was->step, was->judged, is->step, is->judged, past->until);
    status = status == GJ_OK ? step_tell(with, &(gjr_past_step){was->step, was->judged, past,
                                                                no_turn, NULL, INT64_MIN})
                             : status;
    return status == GJ_OK ? step_tell(with, &(gjr_past_step){is->step, is->judged, next, no_turn,
                                                              NULL, past->until})
                           : status;
}

gj_status gjr_passage_judge(gjr_passage *with)
{
    const gj_docket *docket = with->docket;
    bench benches[2], *was = &benches[0], *is = &benches[1];
    with->judged = 0;
    gj_status status = bench_init(was, with, docket->past_count > 0 ? &docket->past[0] : NULL);
    for (size_t i = 0; status == GJ_OK && i < docket->past_count; i++) {
        const gjr_past *past = &docket->past[i];
        const gjr_past *next = i + 1 < docket->past_count ? past + 1 : NULL;
        status = turns_judge(with, past, was->step, was->judged);
        gj_status made = bench_init(is, with, next);
        status = status == GJ_OK ? made : status;
        status = status == GJ_OK ? move(with, past, was, is, next) : status;
        bench_deinit(was);
        bench *free = was;
        was = is;
        is = free;
    }
    bench_deinit(was);
    return status;
}
