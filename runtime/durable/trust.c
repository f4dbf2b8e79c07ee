/* SPDX-License-Identifier: Apache-2.0
 *
 * See trust.h. */
#include "durable/trust.h"

#include "base/text.h"
#include "durable/audit.h"
#include "durable/log.h"
#include "seal/envelope.h"
#include "seal/key.h"

#include <stdio.h>
#include <string.h>

enum { WORDS_SIZE = 360, NAME_SHOWN = 100 };

/* ---- keys ---- */

static bool is_trusted(const gj_engine *engine, gj_text key)
{
    bool found = false;
    for (size_t i = 0; i < engine->key_count; i++) {
        found =
            found || memcmp(engine->keys[i].bytes, key.bytes, sizeof engine->keys[i].bytes) == 0;
    }
    return found;
}

static bool key_put(gj_engine *engine, gj_suite suite, gj_text bytes, int64_t after)
{
    if (engine->key_count == GJR_KEYS_MAX || suite != GJ_SUITE_ED25519 ||
        bytes.size != sizeof engine->keys->bytes) {
        return false;
    }
    if (is_trusted(engine, bytes)) {
        return true;
    }
    pthread_mutex_lock(&engine->gate);
    engine->trusted_after = engine->key_count == 0 ? after : engine->trusted_after;
    engine->keys[engine->key_count++] = gjr_key_of(suite, (const uint8_t *)bytes.bytes);
    pthread_mutex_unlock(&engine->gate);
    return true;
}

gj_status gjr_trust_load(gj_engine *engine)
{
    gjr_store *store = &engine->store;
    gjr_statement *rows = gjr_store_ask(store, GJR_QUERY_KEYS);
    bool good = true;
    while (good && gjr_store_row(store, rows)) {
        good = key_put(engine, (gj_suite)gjr_statement_int(rows, 0), gjr_statement_text(rows, 1),
                       gjr_statement_int(rows, 2));
    }
    gjr_store_done(rows);
    gj_status status = store->status != GJ_OK ? store->status : good ? GJ_OK : GJ_IO;
    return gjr_engine_fail_store(engine, store, status);
}

static gj_status key_write(gj_engine *engine, const gj_public_key *key, int64_t after)
{
    gjr_store *store = &engine->store;
    gjr_chain chain = engine->chain;
    gj_status status = gjr_store_begin(store);
    gjr_statement *add = gjr_store_ask(store, GJR_QUERY_KEY_ADD);
    if (add != NULL) {
        gjr_statement_bind_int(add, 1, key->suite);
        gjr_statement_bind_bytes(add, 2, key->bytes, sizeof key->bytes);
        gjr_statement_bind_int(add, 3, engine->now);
        gjr_statement_bind_int(add, 4, after);
        gjr_store_row(store, add);
        gjr_store_done(add);
        gjr_audit_add_row(store, &chain, GJR_RECORD_KEY, gjr_database_last_row(store->database));
    }
    status = status == GJ_OK ? gjr_store_commit(store) : status;
    engine->chain = status == GJ_OK ? chain : engine->chain;
    return gjr_engine_fail_store(engine, store, status);
}

gj_status gj_engine_trust(gj_engine *engine, const gj_public_key *key)
{
    if (engine == NULL || key == NULL || engine->options.reads_only ||
        key->suite != GJ_SUITE_ED25519) {
        return gjr_engine_misused(engine);
    }
    gj_status status = GJ_OK;
    gjr_counter_enter(engine);
    if (!is_trusted(engine, (gj_text){(const char *)key->bytes, sizeof key->bytes})) {
        int64_t after = engine->rules_last == NULL ? 0 : engine->rules_last->number;
        if (engine->key_count == GJR_KEYS_MAX) {
            gjr_engine_fail(engine, GJR_FAILURE_KEYS, NULL, NULL);
            status = GJ_OVER_LIMIT;
        } else {
            status = key_write(engine, key, after);
        }
        if (status == GJ_OK) {
            key_put(engine, key->suite, (gj_text){(const char *)key->bytes, sizeof key->bytes},
                    after);
            gjr_log(engine, GJR_LOG_TRUSTED, key->id);
        }
    }
    gjr_counter_leave(engine);
    return status;
}

gj_status gj_engine_keys(gj_engine *engine, void *payload,
                         bool (*on_key)(void *payload, const gj_public_key *key))
{
    gj_public_key keys[GJR_KEYS_MAX];
    if (engine == NULL || on_key == NULL) {
        return gjr_engine_misused(engine);
    }
    pthread_mutex_lock(&engine->gate);
    size_t count = engine->key_count;
    memcpy(keys, engine->keys, count * sizeof *keys);
    pthread_mutex_unlock(&engine->gate);
    for (size_t i = 0; i < count && on_key(payload, &keys[i]); i++) {
    }
    return GJ_OK;
}

/* ---- envelopes ---- */

static gj_status fault_note(gj_engine *engine, gj_status status, gj_seal_fault fault)
{
    if (status != GJ_OK) {
        gjr_engine_fail(engine, GJR_FAILURE_IMAGE, gj_seal_fault_text(fault, GJ_EN),
                        gj_seal_fault_text(fault, GJ_ZH));
    }
    return status;
}

/* Each calendar was signed with the image. */
static gj_status calendars_check(gj_engine *engine, const gj_seal *seal, const gj_deployment *what)
{
    for (size_t i = 0; i < what->calendar_count; i++) {
        if (!gj_seal_covers(seal, what->calendars[i])) {
            gjr_engine_fail(engine, GJR_FAILURE_CALENDAR,
                            "is not one of those that were signed with the image",
                            "不在随映像一并签署的日历之中");
            return GJ_REFUSED;
        }
    }
    return GJ_OK;
}

static void version_note(gj_engine *engine, const gj_seal *seal, int64_t had)
{
    char en[WORDS_SIZE], zh[WORDS_SIZE];
    int size = (int)gjb_text_cut(seal->name, NAME_SHOWN);
    snprintf(en, sizeof en,
             "\"%.*s\" is signed as version %llu, and the store has had version %lld", size,
             seal->name.bytes, (unsigned long long)seal->version, (long long)had);
    snprintf(zh, sizeof zh, "“%.*s”签署为第%llu版，存储中已有第%lld版", size, seal->name.bytes,
             (unsigned long long)seal->version, (long long)had);
    gjr_engine_fail(engine, GJR_FAILURE_VERSION, en, zh);
}

/* Above all that the store has had of that name, or the very one that it had last. */
static gj_status version_check(gj_engine *engine, const gj_seal *seal)
{
    gjr_store *store = &engine->store;
    gjr_store_clear(store);
    gjr_statement *row = gjr_store_ask(store, GJR_QUERY_SEAL_LAST);
    bool there = false, same = false;
    int64_t had = 0;
    if (row != NULL) {
        gjr_statement_bind_text(row, 1, seal->name);
        there = gjr_store_row(store, row);
        had = there ? gjr_statement_int(row, 0) : 0;
        gj_text head = there ? gjr_statement_text(row, 1) : (gj_text){NULL, 0};
        same = head.size == seal->head.size && memcmp(head.bytes, seal->head.bytes, head.size) == 0;
        gjr_store_done(row);
    }
    if (store->status != GJ_OK) {
        return gjr_engine_fail_store(engine, store, store->status);
    }
    if (there && !same && seal->version <= (uint64_t)had) {
        version_note(engine, seal, had);
        return GJ_REFUSED;
    }
    return GJ_OK;
}

gj_status gjr_trust_open(gj_engine *engine, const gj_deployment *what, gj_deployment *opened,
                         gj_seal *seal)
{
    gj_seal_fault fault;
    *seal = (gj_seal){.key_id = ""};
    *opened = *what;
    if (engine->key_count == 0 && !gj_seal_is(what->image)) {
        return GJ_OK;
    }
    gj_status status = gj_seal_open(what->image, engine->keys, engine->key_count, seal, &fault);
    fault_note(engine, status, fault);
    status = status == GJ_OK ? calendars_check(engine, seal, what) : status;
    status = status == GJ_OK ? version_check(engine, seal) : status;
    opened->image = seal->image;
    return status;
}

int64_t gjr_trust_write(gj_engine *engine, const gj_seal *seal)
{
    int64_t number = 0;
    gjr_statement *add =
        seal->head.size == 0 ? NULL : gjr_store_ask(&engine->store, GJR_QUERY_SEAL_ADD);
    if (add != NULL) {
        gjr_statement_bind_text(add, 1, seal->name);
        gjr_statement_bind_int(add, 2, (int64_t)seal->version);
        gjr_statement_bind_bytes(add, 3, seal->head.bytes, seal->head.size);
        number = gjr_store_row(&engine->store, add) ? gjr_statement_int(add, 0) : 0;
        gjr_store_done(add);
    }
    return number;
}

gj_status gjr_trust_check(gj_engine *engine, int64_t deployment, gj_bytes head,
                          const gj_deployment *stored, gj_seal *seal)
{
    gj_seal_fault fault;
    *seal = (gj_seal){.key_id = ""};
    if (head.bytes == NULL && (engine->key_count == 0 || deployment <= engine->trusted_after)) {
        return GJ_OK;
    }
    gj_status status =
        gjr_envelope_check(head, stored->image, engine->keys, engine->key_count, seal, &fault);
    fault_note(engine, status, fault);
    return status == GJ_OK ? calendars_check(engine, seal, stored) : status;
}
