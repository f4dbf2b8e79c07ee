/* SPDX-License-Identifier: Apache-2.0
 *
 * See store.h. */
#include "store/store.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { APPLICATION_ID = 0x47554A55 /* "GUJU" */, SQL_SIZE = 96 };

static const char *const queries[] = {
#define GJR_QUERY(NAME, sql) sql,
#include "store/queries.def"
#undef GJR_QUERY
};

/* Of each version, what makes it of the one before. */
static const char *const schemas[] = {
#define GJR_SCHEMA(VERSION, sql) [(VERSION)-1] = (sql),
#include "store/schema.def"
#undef GJR_SCHEMA
};

enum { VERSION = sizeof schemas / sizeof *schemas };

/* ---- what failed ---- */

/* SQLite did, just now. */
static gj_status failed(gjr_store *store, gj_status status)
{
    if (store->status == GJ_OK && status != GJ_OK) {
        store->status = status;
        snprintf(store->error, sizeof store->error, "%s", gjr_database_error(store->database));
    }
    return status;
}

void gjr_store_fail_damaged(gjr_store *store, const char *en, const char *zh, gj_text name)
{
    size_t size = gjb_text_cut(name, sizeof store->damage.name - 1);
    if (store->status != GJ_OK) {
        return;
    }
    store->status = GJ_IO;
    store->damage = (gjr_damage){.en = en, .zh = zh};
    if (size > 0) {
        memcpy(store->damage.name, name.bytes, size);
    }
}

void gjr_store_blame(gjr_store *store, const char *en, const char *zh)
{
    if (store->status != GJ_IO || strcmp(store->error, "malformed JSON") != 0) {
        return;
    }
    gjr_store was = *store;
    gjr_store_clear(store);
    gjr_statement *row = gjr_store_ask(store, GJR_QUERY_NO_JSON);
    if (gjr_store_row(store, row)) {
        gjr_store_fail_damaged(store, en, zh, gjr_statement_text(row, 0));
    } else {
        store->status = was.status;
        memcpy(store->error, was.error, sizeof store->error);
    }
    gjr_store_done(row);
}

void gjr_store_clear(gjr_store *store)
{
    store->status = GJ_OK;
    store->error[0] = '\0';
    store->damage.en = store->damage.zh = NULL;
}

static gj_status run(gjr_store *store, const char *sql)
{
    return failed(store, gjr_database_run(store->database, sql));
}

/* ---- opening ---- */

/* The number that a pragma answers. */
static gj_status pragma_get(gjr_store *store, const char *sql, int64_t *number)
{
    gjr_statement *statement = gjr_statement_create(store->database, sql);
    gj_status status =
        statement == NULL ? gjr_database_status(store->database) : gjr_statement_step(statement);
    *number = status == GJ_OK ? gjr_statement_int(statement, 0) : 0;
    failed(store, status);
    gjr_statement_destroy(statement);
    return status;
}

static gj_status step_up(gjr_store *store, int64_t version)
{
    char sql[SQL_SIZE];
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d; PRAGMA application_id = %d",
             (int)version + 1, APPLICATION_ID);
    gj_status status = run(store, schemas[version]);
    return status == GJ_OK ? run(store, sql) : status;
}

/* One transaction: a store is of one version or of the other. */
static gj_status migrate(gjr_store *store, int64_t version)
{
    gj_status status = run(store, "BEGIN IMMEDIATE");
    for (; status == GJ_OK && version < VERSION; version++) {
        status = step_up(store, version);
    }
    if (status == GJ_OK) {
        status = run(store, "COMMIT");
    }
    if (status != GJ_OK) {
        gjr_database_run(store->database, "ROLLBACK");
    }
    return status;
}

static gj_status version_check(gjr_store *store, bool writes)
{
    int64_t version, application, tables;
    gj_status status = pragma_get(store, "PRAGMA user_version", &version);
    status = status == GJ_OK ? pragma_get(store, "PRAGMA application_id", &application) : status;
    status =
        status == GJ_OK ? pragma_get(store, "SELECT count(*) FROM sqlite_schema", &tables) : status;
    if (status != GJ_OK) {
        return status;
    }
    bool is_new = version == 0 && application == 0 && tables == 0;
    store->version = application == APPLICATION_ID ? version : 0;
    if (version > VERSION || (!is_new && application != APPLICATION_ID) ||
        (!writes && version < VERSION)) {
        return GJ_REFUSED;
    }
    store->migrated_from = version < VERSION ? version : 0;
    return version < VERSION ? migrate(store, version) : GJ_OK;
}

/* What must not fail for want of memory once a transaction is open. */
static gj_status transactions_prepare(gjr_store *store)
{
    static const gjr_query first[] = {GJR_QUERY_BEGIN, GJR_QUERY_COMMIT, GJR_QUERY_ROLLBACK};
    for (size_t i = 0; i < sizeof first / sizeof *first; i++) {
        gjr_store_ask(store, first[i]);
    }
    return store->status;
}

gj_status gjr_store_init(gjr_store *store, const gj_allocator *allocator, const char *path,
                         bool writes)
{
    *store = (gjr_store){.allocator = allocator, .status = GJ_OK};
    gj_status status = gjr_database_open(allocator, path, writes, &store->database);
    if (store->database == NULL) {
        return status;
    }
    failed(store, status);
    if (status == GJ_OK && writes) {
        status = run(store, "PRAGMA journal_mode = WAL;"
                            "PRAGMA synchronous = FULL;"
                            "PRAGMA foreign_keys = OFF;"
                            "PRAGMA cache_size = -65536;"
                            "PRAGMA wal_autocheckpoint = 4000;"
                            "PRAGMA temp_store = MEMORY");
    }
    status = status == GJ_OK ? version_check(store, writes) : status;
    return status == GJ_OK && writes ? transactions_prepare(store) : status;
}

void gjr_store_deinit(gjr_store *store)
{
    for (size_t i = 0; i < GJR_QUERY_COUNT; i++) {
        gjr_statement_destroy(store->statements[i]);
    }
    gjr_database_close(store->database);
    *store = (gjr_store){.status = GJ_OK};
}

int64_t gjr_store_version(void)
{
    return VERSION;
}

/* ---- asking ---- */

gjr_statement *gjr_store_ask(gjr_store *store, gjr_query query)
{
    if (store->status != GJ_OK) {
        return NULL;
    }
    gjr_statement **statement = &store->statements[query];
    if (*statement == NULL) {
        *statement = gjr_statement_create(store->database, queries[query]);
    } else {
        gjr_statement_clear(*statement);
    }
    if (*statement == NULL) {
        failed(store, gjr_database_status(store->database));
    }
    return *statement;
}

bool gjr_store_row(gjr_store *store, gjr_statement *statement)
{
    gj_status status = statement == NULL ? store->status : gjr_statement_step(statement);
    if (statement != NULL && status != GJ_DONE) {
        failed(store, status);
    }
    return statement != NULL && status == GJ_OK;
}

void gjr_store_done(gjr_statement *statement)
{
    if (statement != NULL) {
        gjr_statement_reset(statement);
    }
}

/* ---- transactions ---- */

void gjr_store_rollback(gjr_store *store)
{
    gjr_store was = *store;
    store->status = GJ_OK;
    for (size_t i = 0; i < GJR_QUERY_COUNT; i++) {
        gjr_store_done(store->statements[i]); /* one that still reads would keep it open */
    }
    gjr_statement *rollback = gjr_store_ask(store, GJR_QUERY_ROLLBACK);
    gjr_store_row(store, rollback);
    gjr_store_done(rollback);
    store->status = was.status;
    store->damage = was.damage;
    memcpy(store->error, was.error, sizeof store->error);
}

gj_status gjr_store_begin(gjr_store *store)
{
    gjr_store_clear(store);
    if (gjr_database_is_open(store->database)) { /* what could not be rolled back */
        gjr_store_rollback(store);
    }
    gjr_statement *begin = gjr_store_ask(store, GJR_QUERY_BEGIN);
    gjr_store_row(store, begin);
    gjr_store_done(begin);
    return store->status;
}

gj_status gjr_store_commit(gjr_store *store)
{
    gjr_statement *commit = gjr_store_ask(store, GJR_QUERY_COMMIT);
    gjr_store_row(store, commit);
    gjr_store_done(commit);
    gj_status status = store->status;
    if (status != GJ_OK) {
        gjr_store_rollback(store);
    }
    return status;
}
