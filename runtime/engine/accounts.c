/* SPDX-License-Identifier: Apache-2.0
 *
 * See accounts.h. */
#include "engine/accounts.h"

#include "engine/tenure.h"
#include "judge/limits.h"

/* Whether an account begins there. Counted back, a later start takes an earlier one's place. */
static bool is_start(const gjr_trace *trace, size_t at)
{
    if (trace->items[at].kind != GJR_MARK_STARTED) {
        return false;
    }
    for (size_t i = at + 1; i < trace->count; i++) {
        if (trace->items[i].clock == trace->items[at].clock) {
            return trace->items[i].kind != GJR_MARK_STARTED;
        }
    }
    return true;
}

/* How many starts there are, and of each limit; `of` has a number each. */
static size_t starts_count(const gjr_trace *trace, uint32_t *of)
{
    size_t count = 0;
    for (size_t i = 0; i < trace->count; i++) {
        if (is_start(trace, i)) {
            of[trace->items[i].limit]++;
            count++;
        }
    }
    return count;
}

static gj_status all_make(const gjr_sitting *step, gjr_held_maker *held, const uint32_t *of,
                          uint32_t *seen, gj_account *accounts)
{
    const gjr_trace *trace = step->trace;
    gj_status status = GJ_OK;
    for (size_t i = 0; status == GJ_OK && i < trace->count; i++) {
        uint32_t limit = trace->items[i].limit;
        if (!is_start(trace, i)) {
            continue;
        }
        gj_instant until = gjr_limits_until(step, trace->items[i].clock);
        status = gjr_account_make(held, trace, i, until, accounts);
        accounts->instance = ++seen[limit];
        accounts->instance_count = of[limit];
        accounts++;
    }
    return status;
}

gj_status gjr_accounts_make(const gjr_sitting *step, gjb_arena *arena, gj_case_result *result)
{
    uint32_t limits = step->judge->rows->limit_count;
    uint32_t *of = gjb_arena_make(arena, limits, sizeof *of);
    uint32_t *seen = gjb_arena_make(arena, limits, sizeof *seen);
    gjr_held_maker held;
    gj_status status = gjr_held_init(&held, step->judge, step->custody, arena);
    if (of == NULL || seen == NULL || status != GJ_OK) {
        return GJ_NO_MEMORY;
    }
    size_t count = starts_count(step->trace, of);
    gj_account *accounts = gjb_arena_make(arena, count, sizeof *accounts);
    if (accounts == NULL) {
        return GJ_NO_MEMORY;
    }
    result->accounts = accounts;
    result->account_count = count;
    status = all_make(step, &held, of, seen, accounts);
    return status == GJ_OK ? gjr_tenure_make(step, &held, result) : status;
}
