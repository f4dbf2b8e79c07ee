/* SPDX-License-Identifier: Apache-2.0
 *
 * A hearing judges cases of a docket: a fold over each case's records in their order, so the order
 * in which they came means nothing. One case's state, one sitting and one arena serve all of its
 * cases in turn, so that a hearing is one thread's; several may judge cases of one docket side by
 * side, as long as nothing of it was corrected (panel.h). */
#ifndef GJR_HEARING_H
#define GJR_HEARING_H

#include "engine/history.h"
#include "engine/order.h"
#include "judge/custody.h"
#include "judge/lacks.h"
#include "judge/step.h"
#include "judge/trace.h"

typedef struct gjr_hearing {
    gj_docket *docket;
    gj_docket_judging judging;
    gj_instant until;
    gjr_order order;     /* of the records of all cases that are judged; borrowed */
    size_t begin;        /* in it, of those of the case at hand */
    gjr_history history; /* of the case at hand, where something of it was corrected */
    gjr_sitting step;
    gjr_case judged;
    gjr_custody custody; /* likewise */
    gjr_trace trace;     /* of the case at hand, where accounts are asked for */
    gjr_lacks lacks;     /* of the case at hand, where its state is asked for */
    gjb_arena arena;     /* results; whoever has cases judged says when they are no longer needed */
    struct gjr_kept_note **notes;
    size_t note_count, note_capacity;
    gj_step_note *steps;
    size_t step_count, step_capacity;
    bool stopped; /* on_case said so */
} gjr_hearing;

/* To be deinitialised also where it fails; `until` is told. */
gj_status gjr_hearing_init(gjr_hearing *with, gj_docket *docket, const gj_docket_judging *judging);
void gjr_hearing_deinit(gjr_hearing *with);
/* Judges the case, whose records begin at `begin` of the order, and tells on_case of it; `begin`
 * goes on to the next. */
gj_status gjr_hearing_case(gjr_hearing *with, size_t of);

#endif
