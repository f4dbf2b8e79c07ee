/* SPDX-License-Identifier: Apache-2.0
 *
 * See tenure.h. */
#include "engine/tenure.h"

#include <stdlib.h>

/* From then on so many more limits run, or are stopped; negative: fewer. */
typedef struct edge {
    gj_instant at;
    int runs, stopped;
} edge;

typedef struct edges {
    edge *items;
    size_t count;
} edges;

/* What ends with its minimum, or is counted back, is nobody's to be in time with. */
static bool is_owed(const gj_account *account)
{
    return (account->span == GJ_SPAN_WITHIN || account->span == GJ_SPAN_BY) &&
           account->start < account->until;
}

static void edge_add(edges *to, gj_instant at, int runs, int stopped)
{
    to->items[to->count++] = (edge){at, runs, stopped};
}

static int edge_compare(const void *a, const void *b)
{
    gj_instant x = ((const edge *)a)->at, y = ((const edge *)b)->at;
    return (x > y) - (x < y);
}

static bool edges_make(const gj_case_result *result, gjb_arena *arena, edges *to)
{
    size_t most = 0;
    for (size_t i = 0; i < result->account_count; i++) {
        most += 2 + 2 * result->accounts[i].holding_count;
    }
    *to = (edges){gjb_arena_make(arena, most, sizeof *to->items), 0};
    for (size_t i = 0; to->items != NULL && i < result->account_count; i++) {
        const gj_account *account = &result->accounts[i];
        if (!is_owed(account)) {
            continue;
        }
        edge_add(to, account->start, 1, 0);
        edge_add(to, account->until, -1, 0);
        for (size_t j = 0; j < account->holding_count; j++) {
            if (account->holdings[j].holder.by_law) {
                edge_add(to, account->holdings[j].from, 0, 1);
                edge_add(to, account->holdings[j].to, 0, -1);
            }
        }
    }
    if (to->items != NULL && to->count > 1) {
        qsort(to->items, to->count, sizeof *to->items, edge_compare);
    }
    return to->items != NULL;
}

/* The spans in which some are stopped and no other runs. */
static bool pauses_make(const gj_case_result *result, gjb_arena *arena, gjr_pauses *made)
{
    edges of;
    bool got = edges_make(result, arena, &of);
    gjr_pause *items = got ? gjb_arena_make(arena, of.count, sizeof *items) : NULL;
    int runs = 0, stopped = 0;
    *made = (gjr_pauses){items, 0};
    for (size_t i = 0; items != NULL && i < of.count; i++) {
        gj_instant at = of.items[i].at;
        runs += of.items[i].runs;
        stopped += of.items[i].stopped;
        bool last = i + 1 == of.count;
        if (!last && of.items[i + 1].at > at && stopped > 0 && stopped == runs) {
            items[made->count++] = (gjr_pause){at, of.items[i + 1].at, {NULL, 0}};
        }
    }
    return items != NULL;
}

static gj_instant until_of(const gjr_sitting *step)
{
    const gjr_state *state = gjr_case_state(step->judged);
    return state->closed_at < state->clock ? state->closed_at : state->clock;
}

gj_status gjr_tenure_make(const gjr_sitting *step, gjr_held_maker *held, gj_case_result *result)
{
    gjr_pauses pauses;
    gjr_held_found found;
    if (!pauses_make(result, held->arena, &pauses)) {
        return GJ_NO_MEMORY;
    }
    const gj_calendar *calendar = step->judge->calendar;
    gjr_held_span span = {
        .from = result->first_at,
        .until = until_of(step),
        .pauses = pauses.items,
        .pause_count = pauses.count,
        .calendar = calendar,
        .unit = GJ_WORKDAYS,
        .is_counted = calendar != NULL,
    };
    gj_status status = gjr_held_make(held, &span, &found);
    result->holdings = found.holdings;
    result->holding_count = found.holding_count;
    result->held = found.held;
    result->held_count = found.held_count;
    return status;
}
