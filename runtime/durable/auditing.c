/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit as others ask for it: checked, and its head signed. */
#include "durable/audit_check.h"
#include "seal/key.h"

#include <string.h>

gj_status gj_engine_audit(gj_engine *engine, gj_audit *found)
{
    if (engine == NULL || found == NULL || found->size < sizeof *found) {
        return gjr_engine_misused(engine);
    }
    gjr_counter_enter(engine);
    gjr_store *store = &engine->store;
    gjr_store_clear(store);
    gj_status status = gjr_audit_check(engine, store, found);
    gjr_counter_leave(engine);
    return status;
}

/* ---- signing ---- */

static gj_status head_make(gj_engine *engine, const gj_secret_key *key, gjr_signed_head *head)
{
    *head = (gjr_signed_head){.chain = engine->chain, .clock = engine->now};
    memcpy(head->key, key->open.bytes, sizeof head->key);
    if (head->chain.place == 0) {
        gjr_engine_fail(engine, GJR_FAILURE_NOTHING_TO_SIGN, NULL, NULL);
        return GJ_REFUSED;
    }
    if (!gjr_head_sign(&head->chain, head->clock, key->bytes, head->signature)) {
        gjr_engine_fail(engine, GJR_FAILURE_SIGNING, NULL, NULL);
        return GJ_IO;
    }
    return GJ_OK;
}

static gj_status head_write(gj_engine *engine, const gjr_signed_head *head)
{
    gjr_store *store = &engine->store;
    gj_status status = gjr_store_begin(store);
    gjr_statement *add = gjr_store_ask(store, GJR_QUERY_HEAD_ADD);
    if (add != NULL) {
        gjr_statement_bind_int(add, 1, head->chain.place);
        gjr_statement_bind_bytes(add, 2, head->chain.hash, sizeof head->chain.hash);
        gjr_statement_bind_int(add, 3, head->clock);
        gjr_statement_bind_bytes(add, 4, head->key, sizeof head->key);
        gjr_statement_bind_bytes(add, 5, head->signature, sizeof head->signature);
        gjr_store_row(store, add);
        gjr_store_done(add);
    }
    status = status == GJ_OK ? gjr_store_commit(store) : status;
    return gjr_engine_fail_store(engine, store, status);
}

gj_status gj_engine_audit_sign(gj_engine *engine, const gj_secret_key *key, gj_audit *found)
{
    gjr_signed_head head;
    if (engine == NULL || key == NULL || engine->options.reads_only || found == NULL ||
        found->size < sizeof *found) {
        return gjr_engine_misused(engine);
    }
    gjr_counter_enter(engine);
    gjr_store_clear(&engine->store);
    gj_status status = gjr_audit_check(engine, &engine->store, found);
    status = status == GJ_OK ? head_make(engine, key, &head) : status;
    status = status == GJ_OK ? head_write(engine, &head) : status;
    if (status == GJ_OK) {
        found->signed_count++;
        found->signed_place = (uint64_t)head.chain.place;
    }
    gjr_counter_leave(engine);
    return status;
}
