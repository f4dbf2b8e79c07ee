/* SPDX-License-Identifier: Apache-2.0
 *
 * The history of one case: what stands of all that was told of it, in the order in which it is
 * judged. What was corrected stands as corrected, in its old place but for its time; what was
 * retracted is not there. */
#ifndef GJR_HISTORY_H
#define GJR_HISTORY_H

#include "engine/docket.h"

typedef struct gjr_history {
    gjr_turn *turns;
    size_t count;
} gjr_history;

/* Made in the arena; the case's links are settled. GJ_NO_MEMORY. */
gj_status gjr_history_make(gj_docket *docket, size_t of, gjb_arena *arena, gjr_history *history);

/* By (at, recorded, source, seq, id); a turn is at the instant that its words say, and otherwise in
 * the place of its root. */
int gjr_history_compare(const gjr_records *records, const gjr_turn *a, const gjr_turn *b);

static inline gj_instant gjr_turn_at(const gjr_records *records, const gjr_turn *turn)
{
    return gjr_records_get(records, turn->content)->at;
}

static inline void gjr_turn_event(const gjr_records *records, const gjr_turn *turn,
                                  gjr_event *event)
{
    gjr_records_event_of(records, turn->root, turn->content, event);
}

#endif
