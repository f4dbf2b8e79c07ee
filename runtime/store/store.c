/* SPDX-License-Identifier: Apache-2.0
 *
 * See store.h. */
#include "store/store.h"

#include <stdio.h>

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

/* ---- opening ---- */

/* The number that a pragma answers, or -1. */
static int64_t pragma_get(const gjr_store *store, const char *sql)
{
    gjr_statement *statement = gjr_statement_create(store->database, sql);
    int64_t number = -1;
    if (statement != NULL && gjr_statement_step(statement) == GJ_OK) {
        number = gjr_statement_int(statement, 0);
    }
    gjr_statement_destroy(statement);
    return number;
}

static gj_status step_up(const gjr_store *store, int64_t version)
{
    char sql[SQL_SIZE];
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d; PRAGMA application_id = %d",
             (int)version + 1, APPLICATION_ID);
    gj_status status = gjr_database_run(store->database, schemas[version]);
    return status == GJ_OK ? gjr_database_run(store->database, sql) : status;
}

/* One transaction: a store is of one version or of the other. */
static gj_status migrate(const gjr_store *store, int64_t version)
{
    gj_status status = gjr_database_run(store->database, "BEGIN IMMEDIATE");
    for (; status == GJ_OK && version < VERSION; version++) {
        status = step_up(store, version);
    }
    if (status == GJ_OK) {
        status = gjr_database_run(store->database, "COMMIT");
    }
    if (status != GJ_OK) {
        gjr_database_run(store->database, "ROLLBACK");
    }
    return status;
}

static gj_status version_check(const gjr_store *store, bool writes)
{
    int64_t version = pragma_get(store, "PRAGMA user_version");
    int64_t application = pragma_get(store, "PRAGMA application_id");
    int64_t tables = pragma_get(store, "SELECT count(*) FROM sqlite_schema");
    if (version < 0 || application < 0 || tables < 0) {
        return GJ_IO;
    }
    bool is_new = version == 0 && application == 0 && tables == 0;
    if (version > VERSION || (!is_new && application != APPLICATION_ID) ||
        (!writes && version < VERSION)) {
        return GJ_REFUSED;
    }
    return version < VERSION ? migrate(store, version) : GJ_OK;
}

gj_status gjr_store_init(gjr_store *store, const gj_allocator *allocator, const char *path,
                         bool writes)
{
    *store = (gjr_store){.status = GJ_OK};
    gj_status status = gjr_database_open(allocator, path, writes, &store->database);
    if (status == GJ_OK && writes) {
        status = gjr_database_run(store->database, "PRAGMA journal_mode = WAL;"
                                                   "PRAGMA synchronous = FULL;"
                                                   "PRAGMA foreign_keys = OFF;"
                                                   "PRAGMA cache_size = -65536;"
                                                   "PRAGMA temp_store = MEMORY");
    }
    return status == GJ_OK ? version_check(store, writes) : status;
}

void gjr_store_deinit(gjr_store *store)
{
    for (size_t i = 0; i < GJR_QUERY_COUNT; i++) {
        gjr_statement_destroy(store->statements[i]);
    }
    gjr_database_close(store->database);
    *store = (gjr_store){.status = GJ_OK};
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
        gjr_statement_reset(*statement);
    }
    if (*statement == NULL) {
        store->status = GJ_IO;
    }
    return *statement;
}

bool gjr_store_row(gjr_store *store, gjr_statement *statement)
{
    gj_status status = statement == NULL ? store->status : gjr_statement_step(statement);
    if (status != GJ_OK && status != GJ_DONE) {
        gjr_store_fail(store, status);
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

gj_status gjr_store_begin(gjr_store *store)
{
    store->status = GJ_OK;
    gjr_statement *begin = gjr_store_ask(store, GJR_QUERY_BEGIN);
    gjr_store_row(store, begin);
    gjr_store_done(begin);
    return store->status;
}

void gjr_store_rollback(gjr_store *store)
{
    gj_status failed = store->status;
    store->status = GJ_OK;
    for (size_t i = 0; i < GJR_QUERY_COUNT; i++) {
        gjr_store_done(store->statements[i]); /* one that still reads would keep it open */
    }
    gjr_statement *rollback = gjr_store_ask(store, GJR_QUERY_ROLLBACK);
    gjr_store_row(store, rollback);
    gjr_store_done(rollback);
    store->status = failed;
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
