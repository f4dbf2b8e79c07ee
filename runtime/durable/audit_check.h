/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit checked: the whole chain recomputed from what the store holds, and every row that is
 * shown or relied on held to what the chain covers. Nothing is believed; of all that is broken the
 * record that comes first is named. */
#ifndef GJR_AUDIT_CHECK_H
#define GJR_AUDIT_CHECK_H

#include "durable/engine.h"
#include "seal/proof.h"

/* The caller has the store, so that nothing is added meanwhile. GJ_REFUSED: something is broken,
 * which gj_engine_error says. */
gj_status gjr_audit_check(gj_engine *engine, gjr_store *store, gj_audit *found);

/* A row of HEADS or HEAD_AFTER. False: it cannot be one. */
bool gjr_audit_head(gjr_statement *row, gjr_signed_head *head);

#endif
