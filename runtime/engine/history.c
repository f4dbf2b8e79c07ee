/* SPDX-License-Identifier: Apache-2.0
 *
 * See history.h. */
#include "engine/history.h"

#include <stdlib.h>

int gjr_history_compare(const gjr_records *records, const gjr_turn *a, const gjr_turn *b)
{
    gj_instant a_at = gjr_turn_at(records, a), b_at = gjr_turn_at(records, b);
    if (a_at != b_at) {
        return a_at < b_at ? -1 : 1;
    }
    gj_instant a_recorded = gjr_records_recorded(records, a->root);
    gj_instant b_recorded = gjr_records_recorded(records, b->root);
    if (a_recorded != b_recorded) {
        return a_recorded < b_recorded ? -1 : 1;
    }
    return gjr_records_compare_places(records, a->root, b->root);
}

static int turns_compare(const void *a, const void *b, void *records)
{
    return gjr_history_compare(records, a, b);
}

static void sort(gjr_history *history, const gjr_records *records)
{
    for (size_t i = 1; i < history->count; i++) {
        if (gjr_history_compare(records, &history->turns[i - 1], &history->turns[i]) > 0) {
            union {
                const gjr_records *borrowed;
                void *payload;
            } with = {.borrowed = records};
            qsort_r(history->turns, history->count, sizeof *history->turns, turns_compare,
                    with.payload);
            return;
        }
    }
}

gj_status gjr_history_make(gj_docket *docket, size_t of, gjb_arena *arena, gjr_history *history)
{
    const gjr_roll_case *row = &docket->roll.cases[of];
    *history = (gjr_history){gjb_arena_make(arena, row->count, sizeof *history->turns), 0};
    if (history->turns == NULL) {
        return GJ_NO_MEMORY;
    }
    bool linked = row->links != GJB_INDEX_NONE;
    gjr_links_settle(&docket->links, &docket->records, row->links);
    uint32_t record = row->first;
    for (uint32_t i = 0; i < row->count; i++) {
        gjr_turn turn = linked ? gjr_links_turn(&docket->links, &docket->records, record)
                               : (gjr_turn){record, record};
        if (turn.content != GJB_INDEX_NONE) {
            history->turns[history->count++] = turn;
        }
        record = gjr_records_get(&docket->records, record)->next;
    }
    sort(history, &docket->records);
    return GJ_OK;
}
