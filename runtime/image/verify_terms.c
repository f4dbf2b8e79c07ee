/* SPDX-License-Identifier: Apache-2.0
 *
 * How limits count: what the judge's arithmetic and the slots of a case rest on. The functions
 * stand in the order of their claims. */
#include "image/verify.h"

static gj_status verify_ladders(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->limit_count; i++) {
        const gjr_limit *limit = &rows->limits[i];
        bool overdue = false;
        for (uint32_t j = 0; j < limit->rungs_count; j++) {
            overdue |= rows->rungs[limit->rungs_first + j].kind == GJR_RUNG_OVERDUE;
        }
        bool none = (limit->flags & (GJR_LIMIT_OPEN | GJR_LIMIT_BACKWARD)) != 0;
        if (overdue == none || limit->rungs_count > (none ? 0 : GJR_RUNGS_MAX)) {
            return GJR_REFUSE(verifier, LIMIT_RUNGS, limit, i, rungs_first);
        }
    }
    return GJ_OK;
}

static gj_status verify_rungs(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->rung_count; i++) {
        const gjr_rung *rung = &rows->rungs[i];
        uint32_t least = rung->kind == GJR_RUNG_OVERDUE ? 0 : 1;
        uint32_t most = rung->kind == GJR_RUNG_SHARE ? GJR_SHARE_WHOLE : GJR_BUDGET_MAX;
        if (rung->amount < least || rung->amount > most) {
            return GJR_REFUSE(verifier, RUNG_AMOUNT, rung, i, amount);
        }
    }
    return GJ_OK;
}

static gj_status verify_least(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->limit_count; i++) {
        const gjr_limit *limit = &rows->limits[i];
        bool open = (limit->flags & GJR_LIMIT_OPEN) != 0;
        if (limit->least > GJR_BUDGET_MAX || (open && limit->least == 0)) {
            return GJR_REFUSE(verifier, LIMIT_LEAST, limit, i, least);
        }
    }
    return GJ_OK;
}

static bool has_share(const gjr_rows *rows, const gjr_limit *limit)
{
    for (uint32_t i = limit->rungs_first; i < limit->rungs_first + limit->rungs_count; i++) {
        if (rows->rungs[i].kind == GJR_RUNG_SHARE) {
            return true;
        }
    }
    return false;
}

static bool is_due_by(const gjr_rows *rows, const gjr_limit *limit)
{
    const gjr_field *field = &rows->fields[limit->by];
    return (field->type == GJR_TYPE_DATE || field->type == GJR_TYPE_TIME) &&
           (field->flags & GJR_FIELD_PARAMETER) == 0 &&
           (limit->flags & (GJR_LIMIT_OPEN | GJR_LIMIT_BACKWARD)) == 0 && !has_share(rows, limit);
}

static gj_status verify_bys(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->limit_count; i++) {
        if (rows->limits[i].by != GJR_NONE && !is_due_by(rows, &rows->limits[i])) {
            return GJR_REFUSE(verifier, LIMIT_BY, limit, i, by);
        }
    }
    return GJ_OK;
}

static gj_status verify_backward(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->limit_count; i++) {
        const gjr_limit *limit = &rows->limits[i];
        bool whole = (limit->budget > 0) != (limit->least > 0) &&
                     (limit->flags & (GJR_LIMIT_ROLLS | GJR_LIMIT_LEAST_ROLLS)) == 0;
        if ((limit->flags & GJR_LIMIT_BACKWARD) != 0 && !whole) {
            return GJR_REFUSE(verifier, LIMIT_BACKWARD, limit, i, flags);
        }
    }
    return GJ_OK;
}

static gj_status verify_turns_none(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->limit_count; i++) {
        const gjr_limit *limit = &rows->limits[i];
        bool none = (limit->flags & (GJR_LIMIT_OPEN | GJR_LIMIT_BACKWARD)) != 0 ||
                    limit->by != GJR_NONE || limit->least > 0;
        bool turns =
            limit->stops_count > 0 || limit->extensions_count > 0 || limit->restarts_count > 0;
        if (none && turns) {
            return GJR_REFUSE(verifier, TURNS_NONE, limit, i, least);
        }
    }
    return GJ_OK;
}

gj_status gjr_verify_terms(gjr_verifier *verifier)
{
    static gj_status (*const parts[])(const gjr_verifier *) = {
        verify_ladders, verify_rungs, verify_least, verify_bys, verify_backward, verify_turns_none};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        gj_status status = parts[i](verifier);
        if (status != GJ_OK) {
            return status;
        }
    }
    return GJ_OK;
}
