/* SPDX-License-Identifier: Apache-2.0
 *
 * What changes how a limit runs: times that do not count, extensions, and what begins it anew. */
#include "image/verify.h"

static gj_status verify_owner(const gjr_verifier *verifier, uint32_t limit)
{
    const gjr_rows *rows = verifier->rows;
    const gjr_limit *row = &rows->limits[limit];
    if (row->stops_count > GJR_TURNS_MAX) {
        return GJR_REFUSE(verifier, TURN_LIMIT, limit, limit, stops_first);
    }
    if (row->extensions_count > GJR_TURNS_MAX) {
        return GJR_REFUSE(verifier, TURN_LIMIT, limit, limit, extensions_first);
    }
    for (uint32_t i = row->stops_first; i < row->stops_first + row->stops_count; i++) {
        if (rows->stops[i].limit != limit) {
            return GJR_REFUSE(verifier, TURN_LIMIT, stop, i, limit);
        }
    }
    for (uint32_t i = row->extensions_first; i < row->extensions_first + row->extensions_count;
         i++) {
        if (rows->extensions[i].limit != limit) {
            return GJR_REFUSE(verifier, TURN_LIMIT, extension, i, limit);
        }
    }
    return GJ_OK;
}

static gj_status verify_owners(const gjr_verifier *verifier)
{
    gj_status status = GJ_OK;
    for (uint32_t i = 0; status == GJ_OK && i < verifier->rows->limit_count; i++) {
        status = verify_owner(verifier, i);
    }
    return status;
}

/* They have no conditions of their own: the clause has one. */
static bool are_plain(const gjr_rows *rows, uint32_t first, uint32_t count)
{
    for (uint32_t i = first; i < first + count; i++) {
        if (rows->triggers[i].when != GJR_NONE) {
            return false;
        }
    }
    return true;
}

/* From `least` to `most` of them, and none a date. */
static bool are_acts(const gjr_rows *rows, uint32_t first, uint32_t count, uint32_t least,
                     uint32_t most)
{
    bool acts = count >= least && count <= most;
    for (uint32_t i = first; acts && i < first + count; i++) {
        acts = rows->triggers[i].kind != GJR_TRIGGER_FIELD;
    }
    return acts;
}

static gj_status verify_triggers(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->stop_count; i++) {
        const gjr_stop *row = &rows->stops[i];
        if (!are_acts(rows, row->from_first, row->from_count, 1, GJR_TRIGGERS_MAX) ||
            !are_acts(rows, row->to_first, row->to_count, 1, GJR_TRIGGERS_MAX) ||
            !are_acts(rows, row->notices_first, row->notices_count, 0, 1) ||
            !are_plain(rows, row->from_first, row->from_count) ||
            !are_plain(rows, row->to_first, row->to_count) ||
            !are_plain(rows, row->notices_first, row->notices_count)) {
            return GJR_REFUSE(verifier, TURN_TRIGGERS, stop, i, from_first);
        }
    }
    for (uint32_t i = 0; i < rows->extension_count; i++) {
        const gjr_extension *row = &rows->extensions[i];
        if (!are_acts(rows, row->by_first, row->by_count, 1, GJR_TRIGGERS_MAX) ||
            !are_acts(rows, row->notices_first, row->notices_count, 0, 1) ||
            !are_plain(rows, row->by_first, row->by_count) ||
            !are_plain(rows, row->notices_first, row->notices_count)) {
            return GJR_REFUSE(verifier, TURN_TRIGGERS, extension, i, by_first);
        }
    }
    return GJ_OK;
}

static gj_status verify_lengths(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->stop_count; i++) {
        if (rows->stops[i].granted > GJR_BUDGET_MAX ||
            rows->stops[i].notice_within > GJR_BUDGET_MAX) {
            return GJR_REFUSE(verifier, TURN_LENGTH, stop, i, granted);
        }
    }
    for (uint32_t i = 0; i < rows->extension_count; i++) {
        const gjr_extension *row = &rows->extensions[i];
        if (row->amount < 1 || row->amount > GJR_BUDGET_MAX || row->times_max < 1 ||
            row->notice_within > GJR_BUDGET_MAX) {
            return GJR_REFUSE(verifier, TURN_LENGTH, extension, i, amount);
        }
    }
    return GJ_OK;
}

static gj_status verify_restarts(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->limit_count; i++) {
        const gjr_limit *row = &rows->limits[i];
        if (!are_acts(rows, row->restarts_first, row->restarts_count, 0, GJR_TRIGGERS_MAX)) {
            return GJR_REFUSE(verifier, RESTARTS, limit, i, restarts_first);
        }
    }
    return GJ_OK;
}

gj_status gjr_verify_turns(gjr_verifier *verifier)
{
    static gj_status (*const parts[])(const gjr_verifier *) = {verify_owners, verify_triggers,
                                                               verify_lengths, verify_restarts};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        gj_status status = parts[i](verifier);
        if (status != GJ_OK) {
            return status;
        }
    }
    return GJ_OK;
}
