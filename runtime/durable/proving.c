/* SPDX-License-Identifier: Apache-2.0
 *
 * A finding taken out of a store with its proof (engine.h, docs/AUDIT.md). */
#include "durable/audit_check.h"
#include "durable/audit_walk.h"
#include "seal/key.h"

#include <string.h>

typedef struct proving {
    gj_engine *engine;
    gjr_store *store;
    int64_t place, row; /* of the record, and of the change of a finding */
    gjr_chain before;
    gjr_signed_head head;
    gjb_buffer out;
} proving;

/* The last change of the finding, and its record. */
static bool finding_find(proving *with, gj_text id)
{
    gjr_statement *row = gjr_store_ask(with->store, GJR_QUERY_AUDIT_OF_FINDING);
    bool there = false;
    if (row != NULL) {
        gjr_statement_bind_text(row, 1, id);
        there = gjr_store_row(with->store, row);
        with->row = there ? gjr_statement_int(row, 0) : 0;
        with->place = there ? gjr_statement_int(row, 1) : 0;
        gjr_store_done(row);
    }
    return there;
}

static bool head_find(proving *with)
{
    gjr_statement *row = gjr_store_ask(with->store, GJR_QUERY_HEAD_AFTER);
    bool there = false;
    if (row != NULL) {
        gjr_statement_bind_int(row, 1, with->place);
        there = gjr_store_row(with->store, row) && gjr_audit_head(row, &with->head);
        gjr_store_done(row);
    }
    return there;
}

static void before_find(proving *with)
{
    with->before = (gjr_chain){.place = with->place - 1};
    gjr_audit_hash(with->store, with->before.place, with->before.hash);
}

static void record_print(proving *with)
{
    gjb_buffer names;
    gj_text pieces[3];
    gjb_buffer_init(&names, with->engine->allocator);
    gjr_statement *row = gjr_store_ask(with->store, GJR_QUERY_AUDIT_FINDING);
    if (row != NULL) {
        gjr_statement_bind_int(row, 1, with->row);
        if (gjr_store_row(with->store, row)) {
            gjr_record record = {gjr_statement_text(row, 0), gjr_statement_text(row, 1),
                                 gjr_statement_text(row, 2)};
            gjr_record_pieces(&record, &names, pieces);
            gjr_proof_begin(&with->out, pieces, &with->before);
        }
        gjr_store_done(row);
    }
    if (names.failed) {
        gjr_store_fail(with->store, GJ_NO_MEMORY);
    }
    gjb_buffer_deinit(&names);
}

static void links_print(proving *with)
{
    gjr_audit_walk walk;
    gjr_audited record;
    gjr_audit_walk_init(&walk, with->store, with->place);
    while (gjr_audit_walk_next(&walk, &record) && record.place <= with->head.chain.place) {
        uint8_t content[GJB_HASH_SIZE];
        if (record.kind >= 1 && record.kind < GJR_RECORD_KINDS &&
            gjr_audit_content(with->store, (gjr_record_kind)record.kind, record.row, content)) {
            gjr_proof_link(&with->out, (gjr_record_kind)record.kind, content);
        }
    }
    gjr_audit_walk_deinit(&walk);
}

/* What was altered since is seen here: the proof is checked as whoever gets it will. */
static gj_status proof_check(proving *with)
{
    gj_proof proof;
    gj_proof_fault fault;
    gj_public_key key = gjr_key_of(GJ_SUITE_ED25519, with->head.key);
    gj_status status = with->out.failed
                           ? GJ_NO_MEMORY
                           : gj_proof_check(gjb_buffer_text(&with->out), &key, 1, &proof, &fault);
    if (status == GJ_REFUSED) {
        gjr_engine_fail(with->engine, GJR_FAILURE_AUDIT, gj_proof_fault_text(fault, GJ_EN),
                        gj_proof_fault_text(fault, GJ_ZH));
    }
    return status;
}

static gj_status prove(proving *with, gj_text id)
{
    bool there = finding_find(with, id);
    bool is_signed = there && head_find(with);
    if (with->store->status != GJ_OK) {
        return gjr_engine_fail_store(with->engine, with->store, with->store->status);
    }
    if (!there) {
        gjr_engine_fail_name(with->engine, GJR_FAILURE_FINDING, id);
        return GJ_UNKNOWN;
    }
    if (!is_signed) {
        gjr_engine_fail(with->engine, GJR_FAILURE_UNSIGNED_HEAD, NULL, NULL);
        return GJ_REFUSED;
    }
    before_find(with);
    record_print(with);
    links_print(with);
    gjr_proof_end(&with->out, &with->head);
    if (with->store->status != GJ_OK) {
        return gjr_engine_fail_store(with->engine, with->store, with->store->status);
    }
    return proof_check(with);
}

gj_status gj_engine_prove(gj_engine *engine, gj_text finding_id, const gj_writer *out)
{
    if (engine == NULL || out == NULL) {
        return gjr_engine_misused(engine);
    }
    proving with = {.engine = engine, .store = &engine->store};
    gjb_buffer_init(&with.out, engine->allocator);
    gjr_counter_enter(engine);
    gjr_store_clear(&engine->store);
    gj_status status = prove(&with, finding_id);
    gjr_counter_leave(engine);
    status = status == GJ_OK ? gjb_buffer_write(&with.out, out) : status;
    gjb_buffer_deinit(&with.out);
    return status;
}
