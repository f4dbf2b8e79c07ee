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
        if (!overdue || limit->rungs_count > GJR_RUNGS_MAX) {
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

gj_status gjr_verify_terms(gjr_verifier *verifier)
{
    static gj_status (*const parts[])(const gjr_verifier *) = {verify_ladders, verify_rungs};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        gj_status status = parts[i](verifier);
        if (status != GJ_OK) {
            return status;
        }
    }
    return GJ_OK;
}
