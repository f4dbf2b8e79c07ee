/* SPDX-License-Identifier: Apache-2.0
 *
 * The clock of a live docket. The soonest instant at which anything is due is taken from the
 * agendas with all that is due then, case by case in the order of their ids, and again, until the
 * clock has come to its end: so what comes of an instant may still be due before the next. */
#include "engine/live.h"

#include "base/text.h"

#include <stdlib.h>

enum { DUE_FIRST = 16 };

static gj_status due_add(gj_live *live, uint32_t of, gjr_turn turn)
{
    if (live->due_count == live->due_capacity) {
        size_t more = live->due_capacity == 0 ? DUE_FIRST : live->due_capacity * 2;
        gjr_due *due = gjb_alloc_resize(live->cases.judge->allocator, live->due, live->due_capacity,
                                        more, sizeof *due);
        if (due == NULL) {
            return GJ_NO_MEMORY;
        }
        live->due = due;
        live->due_capacity = more;
    }
    live->due[live->due_count++] = (gjr_due){of, turn};
    return GJ_OK;
}

/* What was told for `at`, unless it was retracted since, or corrected to be of another time. */
static gj_status told_take(gj_live *live, uint32_t root, gj_instant at)
{
    const gj_docket *docket = live->docket;
    gjr_turn turn = gjr_links_turn(&docket->links, &docket->records, root);
    bool is_due = turn.content != GJB_INDEX_NONE && gjr_live_at(live, turn.content) == at;
    return is_due ? due_add(live, gjr_records_get(&docket->records, root)->of, turn) : GJ_OK;
}

/* All that is due at that instant. */
static gj_status due_take(gj_live *live, gj_instant at)
{
    gj_status status = GJ_OK;
    live->due_count = 0;
    while (status == GJ_OK && gjr_agenda_next(&live->agenda) == at) {
        status = due_add(live, gjr_agenda_take(&live->agenda).item, gjr_no_turn);
    }
    while (status == GJ_OK && gjr_agenda_next(&live->ahead) == at) {
        status = told_take(live, gjr_agenda_take(&live->ahead).item, at);
    }
    return status;
}

/* By case id; in a case what time alone brings comes first, then what was told, in its order. */
static int due_compare(const void *left, const void *right, void *payload)
{
    const gj_live *live = payload;
    const gjr_due *a = left, *b = right;
    if (a->of != b->of) {
        const gjr_roll_case *cases = live->docket->roll.cases;
        return gjb_text_compare(cases[a->of].id, cases[b->of].id);
    }
    bool a_told = a->turn.root != GJB_INDEX_NONE, b_told = b->turn.root != GJB_INDEX_NONE;
    return a_told && b_told ? gjr_history_compare(&live->docket->records, &a->turn, &b->turn)
                            : (int)a_told - (int)b_told;
}

/* A turn that the clock has come to is no longer ahead. */
static gj_status turn_fire(gj_live *live, const gjr_due *due)
{
    gj_finding future;
    gj_status status = GJ_OK;
    if (live->options.on_revision != NULL) {
        status = gjr_live_future(live, due->of, due->turn, &future);
        if (status == GJ_OK) {
            gjr_live_tell(live, GJ_FINDING_WITHDRAWN, &future, NULL,
                          (gjr_cause){GJ_CAUSE_TIME, GJB_INDEX_NONE, NULL});
        }
    }
    gjr_cause cause = {GJ_CAUSE_EVENT, due->turn.root, NULL};
    return status == GJ_OK ? gjr_live_step(live, due->of, due->turn, cause) : status;
}

static gj_status fire(gj_live *live, const gjr_due *due)
{
    gjr_cause cause = {GJ_CAUSE_TIME, GJB_INDEX_NONE, NULL};
    gjb_arena_reset(&live->arena);
    return due->turn.root != GJB_INDEX_NONE ? turn_fire(live, due)
                                            : gjr_live_step_time(live, due->of, &cause);
}

static gj_status instant_fire(gj_live *live, gj_instant at)
{
    gj_status status = due_take(live, at);
    live->now = at;
    if (live->due_count > 1) {
        qsort_r(live->due, live->due_count, sizeof *live->due, due_compare, live);
    }
    for (size_t i = 0; i < live->due_count && status == GJ_OK; i++) {
        bool again = i > 0 && live->due[i].turn.root != GJB_INDEX_NONE &&
                     live->due[i].turn.root == live->due[i - 1].turn.root;
        status = again ? GJ_OK : fire(live, &live->due[i]);
    }
    return status;
}

gj_status gj_live_advance(gj_live *live, gj_instant now)
{
    if (live == NULL || live->is_broken) {
        return GJ_BAD_ARGUMENT;
    }
    gj_status status = GJ_OK;
    gj_instant next;
    live->has_stopped = false;
    while (status == GJ_OK && (next = gj_live_next(live)) <= now && next != GJ_NEVER) {
        status = instant_fire(live, next);
    }
    live->now = now > live->now ? now : live->now;
    live->is_broken = status != GJ_OK;
    return status;
}
