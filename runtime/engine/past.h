/* SPDX-License-Identifier: Apache-2.0
 *
 * Versions before the one of a docket, whose cases migrated to it: each with a docket of its own,
 * in which the same events stand under the same numbers as that version understands them. A case is
 * judged by the first up to when it migrated, inclusive, is moved, and so on to the docket's own.
 */
#ifndef GJR_PAST_H
#define GJR_PAST_H

#include "engine/docket.h"
#include "engine/history.h"
#include "judge/custody.h"
#include "judge/migrate.h"

typedef struct gjr_past {
    gj_docket *docket;
    const gjr_succession *next; /* to the version that follows; borrowed */
    gj_instant until;           /* what happens up to then is judged by this one */
} gjr_past;

/* Behind those that are there, before the docket is told anything; the judge and the succession
 * outlive it. */
gj_status gjr_docket_add_past(gj_docket *docket, const gj_judge *judge, const gjr_succession *next,
                              gj_instant until);
/* Up to when the docket's own version judges nothing; INT64_MIN: it has no past. */
gj_instant gjr_docket_past_until(const gj_docket *docket);

/* One step of a case on its way to the docket's own version. */
typedef struct gjr_past_step {
    gjr_sitting *step; /* what it raised */
    const gjr_case *judged;
    const gjr_past *past; /* by which; NULL: the docket's own version, just moved to */
    gjr_turn turn;        /* its root is GJB_INDEX_NONE where time alone passed */
    const gjr_event *event;
    gj_instant moved_at; /* INT64_MIN, or the case came to that version by it */
} gjr_past_step;

typedef struct gjr_passage {
    gj_docket *docket;
    const gjr_turn *turns; /* of the case, in their order */
    size_t count;
    gjr_sitting *is; /* of the docket's own version */
    gjr_case *to;
    size_t judged; /* so many turns are, when it returns */
    void *payload;
    gj_status (*on_step)(void *payload, const gjr_past_step *step);
} gjr_passage;

/* Judges a case, of which nothing is judged, up to the last migration: `to` is its state then. */
gj_status gjr_passage_judge(gjr_passage *passage);

#endif
