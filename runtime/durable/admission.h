/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether an event can be received at all, before any case is looked at: the same for one that is
 * submitted and one that is only asked about. */
#ifndef GJR_ADMISSION_H
#define GJR_ADMISSION_H

#include "durable/engine.h"

enum { GJR_SEQ_ID_SIZE = 24 };

typedef struct gjr_admission {
    gj_event event; /* with its id and source; borrowed from what was told, and: */
    char made[GJR_SEQ_ID_SIZE];
    const gjr_rule_set *rules; /* in force */
} gjr_admission;

/* False: it cannot, and the receipt says why. One that is only asked about needs no id. */
bool gjr_admit(gj_engine *engine, const gj_event *event, bool needs_id, gjr_admission *made,
               gj_receipt *receipt);
/* To when the clock goes with the event, where it goes up to `follow_to`: to when that was
 * recorded, or happened; INT64_MIN: it stays. What lies ahead says nothing of what time it is. */
gj_instant gjr_admitted_time(const gj_judge *judge, const gj_event *event, gj_instant follow_to);
/* A receipt of what is not received. */
gj_receipt gjr_refusal(gj_problem_code problem, const char *field);

#endif
