/* SPDX-License-Identifier: Apache-2.0
 *
 * See audit.h. */
#include "durable/audit.h"

#include <string.h>

/* What a record of each kind is over: a question by the row's number, and how many of its columns.
 */
static const struct source {
    gjr_query query;
    int columns;
} sources[GJR_RECORD_KINDS] = {
    [GJR_RECORD_EVENT] = {GJR_QUERY_AUDIT_EVENT, 3},
    [GJR_RECORD_FINDING] = {GJR_QUERY_AUDIT_FINDING, 3},
    [GJR_RECORD_DEPLOYMENT] = {GJR_QUERY_AUDIT_DEPLOYMENT, 7},
    [GJR_RECORD_KEY] = {GJR_QUERY_AUDIT_KEY, 2},
};

static void record_write(gjr_store *store, const gjr_chain *chain, gjr_record_kind kind,
                         int64_t row)
{
    gjr_statement *add = gjr_store_ask(store, GJR_QUERY_AUDIT_ADD);
    if (add != NULL) {
        gjr_statement_bind_int(add, 1, chain->place);
        gjr_statement_bind_int(add, 2, kind);
        gjr_statement_bind_int(add, 3, row);
        gjr_statement_bind_int(add, 4, chain->event_count);
        gjr_statement_bind_bytes(add, 5, chain->hash, sizeof chain->hash);
        gjr_store_row(store, add);
        gjr_store_done(add);
    }
}

/* An event's stands in its own row. */
static void event_write(gjr_store *store, const gjr_chain *chain, int64_t row)
{
    gjr_statement *set = gjr_store_ask(store, GJR_QUERY_AUDIT_EVENT_SET);
    if (set != NULL) {
        gjr_statement_bind_int(set, 1, row);
        gjr_statement_bind_bytes(set, 2, chain->hash, sizeof chain->hash);
        gjr_store_row(store, set);
        gjr_store_done(set);
    }
}

void gjr_record_pieces(const gjr_record *record, gjb_buffer *names, gj_text pieces[3])
{
    gjb_buffer_reset(names);
    gjb_buffer_add_json(names, record->procedure);
    size_t size = names->size;
    gjb_buffer_add_json(names, record->case_id);
    pieces[0] = (gj_text){names->bytes, size};
    pieces[1] = (gj_text){names->failed ? NULL : names->bytes + size, names->size - size};
    pieces[2] = record->said;
}

/* False: there was no memory, which the store keeps. */
static bool record_content(gjr_store *store, gjr_record_kind kind, const gjr_record *record,
                           uint8_t content[GJB_HASH_SIZE])
{
    gjb_buffer names;
    gj_text pieces[3];
    gjb_buffer_init(&names, store->allocator);
    gjr_record_pieces(record, &names, pieces);
    bool made = !names.failed;
    if (made) {
        gjr_chain_content(kind, pieces, 3, content);
    } else {
        gjr_store_fail(store, GJ_NO_MEMORY);
    }
    gjb_buffer_deinit(&names);
    return made;
}

bool gjr_audit_next(gjr_store *store, const gjr_chain *chain, gjr_record_kind kind,
                    const gjr_record *record, gjr_chain *next)
{
    uint8_t content[GJB_HASH_SIZE];
    if (!record_content(store, kind, record, content)) {
        return false;
    }
    *next = *chain;
    gjr_chain_add(next, kind, content);
    return true;
}

void gjr_audit_add(gjr_store *store, gjr_chain *chain, gjr_record_kind kind, int64_t row,
                   const gjr_record *record)
{
    if (gjr_audit_next(store, chain, kind, record, chain)) {
        record_write(store, chain, kind, row);
    }
}

static bool row_content(gjr_store *store, gjr_record_kind kind, gjr_statement *found,
                        uint8_t content[GJB_HASH_SIZE])
{
    gj_text pieces[GJR_PIECES_MAX];
    size_t count = (size_t)sources[kind].columns;
    for (size_t i = 0; i < count; i++) {
        pieces[i] = gjr_statement_text(found, (int)i);
    }
    if (kind == GJR_RECORD_EVENT || kind == GJR_RECORD_FINDING) {
        return record_content(store, kind, &(gjr_record){pieces[0], pieces[1], pieces[2]}, content);
    }
    gjr_chain_content(kind, pieces, count, content);
    return true;
}

bool gjr_audit_content(gjr_store *store, gjr_record_kind kind, int64_t row,
                       uint8_t content[GJB_HASH_SIZE])
{
    gjr_statement *found = gjr_store_ask(store, sources[kind].query);
    if (found == NULL) {
        return false;
    }
    gjr_statement_bind_int(found, 1, row);
    bool there = gjr_store_row(store, found) && row_content(store, kind, found, content);
    gjr_store_done(found);
    return there;
}

void gjr_audit_add_row(gjr_store *store, gjr_chain *chain, gjr_record_kind kind, int64_t row)
{
    uint8_t content[GJB_HASH_SIZE];
    if (gjr_audit_content(store, kind, row, content)) {
        gjr_chain_add(chain, kind, content);
        if (kind == GJR_RECORD_EVENT) {
            event_write(store, chain, row);
        } else {
            record_write(store, chain, kind, row);
        }
    } else {
        gjr_store_fail(store, GJ_IO);
    }
}

/* ---- opening ---- */

static int64_t number_ask(gjr_store *store, gjr_query query, int column)
{
    gjr_statement *row = gjr_store_ask(store, query);
    int64_t number = gjr_store_row(store, row) ? gjr_statement_int(row, column) : 0;
    gjr_store_done(row);
    return number;
}

static void rows_add(gjr_store *store, gjr_chain *chain, gjr_record_kind kind, int64_t first,
                     int64_t last)
{
    for (int64_t row = first; row <= last && store->status == GJ_OK; row++) {
        gjr_audit_add_row(store, chain, kind, row);
    }
}

static int64_t after_of(gjr_store *store, int64_t key)
{
    gjr_statement *row = gjr_store_ask(store, GJR_QUERY_AUDIT_KEY_AFTER);
    int64_t after = 0;
    if (row != NULL) {
        gjr_statement_bind_int(row, 1, key);
        after = gjr_store_row(store, row) ? gjr_statement_int(row, 0) : 0;
        gjr_store_done(row);
    }
    return after;
}

static int64_t count_of(gjr_store *store, gjr_record_kind kind)
{
    return number_ask(store, GJR_QUERY_AUDIT_COUNTS, (int)kind - 1);
}

/* What was there before there was a chain: each key behind the deployments that it came after, then
 * the events, then the changes of findings. */
static gj_status begin(gjr_store *store, gjr_chain *chain)
{
    gj_status status = gjr_store_begin(store);
    if (status != GJ_OK) {
        return status;
    }
    int64_t deployed = 0, deployments = count_of(store, GJR_RECORD_DEPLOYMENT),
            keys = count_of(store, GJR_RECORD_KEY);
    for (int64_t key = 1; key <= keys && store->status == GJ_OK; key++) {
        int64_t after = after_of(store, key);
        after = after < deployments ? after : deployments;
        rows_add(store, chain, GJR_RECORD_DEPLOYMENT, deployed + 1, after);
        deployed = after > deployed ? after : deployed;
        gjr_audit_add_row(store, chain, GJR_RECORD_KEY, key);
    }
    rows_add(store, chain, GJR_RECORD_DEPLOYMENT, deployed + 1, deployments);
    rows_add(store, chain, GJR_RECORD_EVENT, 1, count_of(store, GJR_RECORD_EVENT));
    rows_add(store, chain, GJR_RECORD_FINDING, 1, count_of(store, GJR_RECORD_FINDING));
    gjr_statement *done = gjr_store_ask(store, GJR_QUERY_AUDIT_BEGUN);
    if (done != NULL) {
        gjr_statement_bind_int(done, 1, chain->place + 1);
        gjr_store_row(store, done);
        gjr_store_done(done);
    }
    return gjr_store_commit(store);
}

static void hash_take(gjr_chain *chain, gj_text hash)
{
    memset(chain->hash, 0, sizeof chain->hash);
    if (hash.size == sizeof chain->hash) {
        memcpy(chain->hash, hash.bytes, hash.size);
    }
}

/* The last record is the last event's, or the last of the others, where it comes after that. */
static void last_find(gjr_store *store, gjr_chain *chain)
{
    uint64_t others = 0;
    gjr_statement *row = gjr_store_ask(store, GJR_QUERY_AUDIT_LAST);
    if (gjr_store_row(store, row)) {
        chain->place = gjr_statement_int(row, 0);
        chain->event_count = gjr_statement_int(row, 1);
        others = (uint64_t)chain->place - (uint64_t)chain->event_count;
        hash_take(chain, gjr_statement_text(row, 2));
    }
    gjr_store_done(row);
    row = gjr_store_ask(store, GJR_QUERY_AUDIT_LAST_EVENT);
    if (gjr_store_row(store, row) && gjr_statement_int(row, 0) > chain->event_count) {
        chain->event_count = gjr_statement_int(row, 0);
        chain->place = (int64_t)(others + (uint64_t)chain->event_count);
        hash_take(chain, gjr_statement_text(row, 1));
    }
    gjr_store_done(row);
}

gj_status gjr_audit_load(gjr_store *store, gjr_chain *chain)
{
    *chain = (gjr_chain){.place = 0};
    bool is_begun = number_ask(store, GJR_QUERY_AUDIT_IS_BEGUN, 0) != 0;
    if (store->status == GJ_OK && !is_begun) {
        return begin(store, chain);
    }
    last_find(store, chain);
    return store->status;
}
