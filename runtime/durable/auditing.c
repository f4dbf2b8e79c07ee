/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit as others ask for it: the whole chain recomputed from what the store holds, its head
 * signed, a finding taken out with its proof. Nothing is believed: a record that is missing, of
 * another row, or of other content than its hash says is named, the first of them. */
#include "durable/audit.h"
#include "durable/engine.h"
#include "seal/key.h"
#include "seal/proof.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { WORDS_SIZE = 200 };

/* The engine's own tables, as people call a row of them. */
static const char *const kind_names[GJR_RECORD_KINDS][2] = {
    [0] = {"", ""},
    [GJR_RECORD_EVENT] = {"event", "事件"},
    [GJR_RECORD_FINDING] = {"change of a finding", "异常的变更"},
    [GJR_RECORD_DEPLOYMENT] = {"deployment", "部署"},
    [GJR_RECORD_KEY] = {"trusted key", "受信任的密钥"},
};

typedef struct checking {
    gj_engine *engine;
    gjr_store *store;
    gjr_chain chain;
    int64_t rows[GJR_RECORD_KINDS]; /* the last of each kind */
    gj_audit *found;
} checking;

/* The first that is broken, and why; nothing where there was one before. */
static void broken_note(checking *with, int64_t place, int64_t kind, int64_t row, const char *en,
                        const char *zh)
{
    char said[2][WORDS_SIZE];
    bool known = kind > 0 && kind < GJR_RECORD_KINDS;
    if (with->found->broken != 0) {
        return;
    }
    with->found->broken = (uint64_t)place;
    snprintf(said[GJ_EN], WORDS_SIZE, "record %" PRId64 " (%s %" PRId64 "): %s", place,
             known ? kind_names[kind][GJ_EN] : "of no kind", row, en);
    snprintf(said[GJ_ZH], WORDS_SIZE, "第%" PRId64 "条记录（%s %" PRId64 "）：%s", place,
             known ? kind_names[kind][GJ_ZH] : "种类不明", row, zh);
    gjr_engine_fail(with->engine, GJR_FAILURE_AUDIT, said[GJ_EN], said[GJ_ZH]);
}

/* ---- the chain ---- */

static bool record_check(checking *with, gjr_statement *record)
{
    int64_t place = gjr_statement_int(record, 0), kind = gjr_statement_int(record, 1),
            row = gjr_statement_int(record, 2);
    gj_text hash = gjr_statement_text(record, 3);
    uint8_t content[GJB_HASH_SIZE];
    if (place != with->chain.place + 1) {
        broken_note(with, with->chain.place + 1, 0, 0, "it is missing", "缺失");
    } else if (kind < 1 || kind >= GJR_RECORD_KINDS || row != with->rows[kind] + 1) {
        broken_note(with, place, kind, row, "it is of another row than comes next",
                    "不是应当相继的一行");
    } else if (!gjr_audit_content(with->store, (gjr_record_kind)kind, row, content)) {
        broken_note(with, place, kind, row, "what it is of is missing", "所记内容缺失");
    } else {
        with->rows[kind] = row;
        gjr_chain_add(&with->chain, (gjr_record_kind)kind, content);
        if (hash.size != sizeof with->chain.hash ||
            memcmp(hash.bytes, with->chain.hash, hash.size) != 0) {
            broken_note(with, place, kind, row, "it, or what it is of, was altered",
                        "该记录或者所记内容已被改动");
        }
    }
    return with->found->broken == 0;
}

static void records_check(checking *with)
{
    gjr_statement *records = gjr_store_ask(with->store, GJR_QUERY_AUDIT_RECORDS);
    while (gjr_store_row(with->store, records) && record_check(with, records)) {
    }
    gjr_store_done(records);
}

/* Rows that no record is of. */
static void rows_check(checking *with)
{
    gjr_statement *counts = gjr_store_ask(with->store, GJR_QUERY_AUDIT_COUNTS);
    if (gjr_store_row(with->store, counts)) {
        for (int kind = 1; kind < GJR_RECORD_KINDS; kind++) {
            if (gjr_statement_int(counts, kind - 1) != with->rows[kind]) {
                broken_note(with, with->chain.place + 1, kind, with->rows[kind] + 1,
                            "there is no record of it", "没有相应的记录");
            }
        }
    }
    gjr_store_done(counts);
}

/* Findings are shown from their own rows: each is what its last change says. */
static void findings_check(checking *with)
{
    gjr_statement *row = gjr_store_ask(with->store, GJR_QUERY_AUDIT_FINDING_ALTERED);
    if (gjr_store_row(with->store, row)) {
        int64_t change = gjr_statement_int(row, 0);
        broken_note(with, gjr_statement_int(row, 1), GJR_RECORD_FINDING, change,
                    "the finding that is shown is another than its last change says",
                    "所示异常与其最近一次变更不符");
    }
    gjr_store_done(row);
}

/* ---- heads ---- */

static bool head_get(gjr_statement *row, gjr_signed_head *head)
{
    gj_text hash = gjr_statement_text(row, 1), key = gjr_statement_text(row, 3),
            signature = gjr_statement_text(row, 4);
    if (hash.size != sizeof head->chain.hash || key.size != sizeof head->key ||
        signature.size != sizeof head->signature) {
        return false;
    }
    head->chain.place = gjr_statement_int(row, 0);
    head->clock = gjr_statement_int(row, 2);
    memcpy(head->chain.hash, hash.bytes, hash.size);
    memcpy(head->key, key.bytes, key.size);
    memcpy(head->signature, signature.bytes, signature.size);
    return true;
}

/* The hash that the chain has at a place; it was checked before. */
static bool is_in_chain(checking *with, const gjr_chain *chain)
{
    gjr_statement *row = gjr_store_ask(with->store, GJR_QUERY_AUDIT_RECORD);
    bool same = false;
    if (row != NULL) {
        gjr_statement_bind_int(row, 1, chain->place);
        same = gjr_store_row(with->store, row) &&
               gjr_statement_text(row, 0).size == sizeof chain->hash &&
               memcmp(gjr_statement_text(row, 0).bytes, chain->hash, sizeof chain->hash) == 0;
        gjr_store_done(row);
    }
    return same;
}

/* A chain that was made anew does not come to the heads that were signed. */
static void heads_check(checking *with)
{
    gjr_statement *rows = gjr_store_ask(with->store, GJR_QUERY_HEADS);
    while (gjr_store_row(with->store, rows)) {
        gjr_signed_head head;
        bool whole = head_get(rows, &head);
        int64_t place = gjr_statement_int(rows, 0);
        if (!whole || !gjr_head_check(&head.chain, head.clock, head.key, head.signature)) {
            broken_note(with, place, 0, 0, "the signature of this head does not hold",
                        "此处链首的签名不成立");
        } else if (!is_in_chain(with, &head.chain)) {
            broken_note(with, place, 0, 0,
                        "the chain does not come to the head that was signed here",
                        "链与此处所签署的链首不符");
        }
        const gj_public_key *key = with->found->key;
        if (key == NULL || (whole && memcmp(head.key, key->bytes, sizeof head.key) == 0)) {
            with->found->signed_count++;
            with->found->signed_place = (uint64_t)place;
        } else {
            with->found->foreign_count++;
        }
    }
    gjr_store_done(rows);
}

/* The caller has the store, so that nothing is added meanwhile. */
static gj_status check(gj_engine *engine, gjr_store *store, gj_audit *found)
{
    checking with = {.engine = engine, .store = store, .found = found};
    *found = (gj_audit){.size = found->size, .key = found->key};
    gj_status begun = gjr_database_run(store->database, "BEGIN"); /* one and the same view */
    gjr_store_fail(store, begun);
    records_check(&with);
    if (found->broken == 0 && store->status == GJ_OK) {
        rows_check(&with);
        findings_check(&with);
        heads_check(&with);
    }
    if (begun == GJ_OK) {
        gjr_database_run(store->database, "ROLLBACK");
    }
    found->record_count =
        (uint64_t)with.chain.place -
        (found->broken != 0 && found->broken == (uint64_t)with.chain.place ? 1 : 0);
    gjb_hash_hex(with.chain.hash, sizeof with.chain.hash, found->head);
    if (store->status != GJ_OK) {
        return gjr_engine_fail_store(engine, store, store->status);
    }
    return found->broken == 0 ? GJ_OK : GJ_REFUSED;
}

gj_status gj_engine_audit(gj_engine *engine, gj_audit *found)
{
    if (engine == NULL || found == NULL || found->size < sizeof *found) {
        return gjr_engine_misused(engine);
    }
    gjr_counter_enter(engine);
    gjr_store *store = &engine->store;
    gjr_store_clear(store);
    gj_status status = check(engine, store, found);
    gjr_counter_leave(engine);
    return status;
}

/* ---- signing ---- */

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
    gj_status status = check(engine, &engine->store, found);
    if (status == GJ_OK) {
        head.chain = engine->chain;
        head.clock = engine->now;
        memcpy(head.key, key->open.bytes, sizeof head.key);
        gjr_head_sign(&head.chain, head.clock, key->bytes, head.signature);
        status = head_write(engine, &head);
        found->signed_count++;
        found->signed_place = (uint64_t)head.chain.place;
    }
    gjr_counter_leave(engine);
    return status;
}

/* ---- proving ---- */

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
        there = gjr_store_row(with->store, row) && head_get(row, &with->head);
        gjr_store_done(row);
    }
    return there;
}

static void before_find(proving *with)
{
    gjr_statement *row = gjr_store_ask(with->store, GJR_QUERY_AUDIT_RECORD);
    with->before = (gjr_chain){.place = with->place - 1};
    if (row != NULL) {
        gjr_statement_bind_int(row, 1, with->before.place);
        if (gjr_store_row(with->store, row)) {
            gj_text hash = gjr_statement_text(row, 0);
            memcpy(with->before.hash, hash.bytes,
                   hash.size < GJB_HASH_SIZE ? hash.size : GJB_HASH_SIZE);
        }
        gjr_store_done(row);
    }
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
    gjr_statement *rows = gjr_store_ask(with->store, GJR_QUERY_AUDIT_BETWEEN);
    if (rows == NULL) {
        return;
    }
    gjr_statement_bind_int(rows, 1, with->place);
    gjr_statement_bind_int(rows, 2, with->head.chain.place);
    while (gjr_store_row(with->store, rows)) {
        uint8_t content[GJB_HASH_SIZE];
        int64_t kind = gjr_statement_int(rows, 0);
        if (kind >= 1 && kind < GJR_RECORD_KINDS &&
            gjr_audit_content(with->store, (gjr_record_kind)kind, gjr_statement_int(rows, 1),
                              content)) {
            gjr_proof_link(&with->out, (gjr_record_kind)kind, content);
        }
    }
    gjr_store_done(rows);
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
