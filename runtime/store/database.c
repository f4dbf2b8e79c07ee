/* SPDX-License-Identifier: Apache-2.0
 *
 * See database.h. */
#include "store/database.h"

#include <sqlite3.h>
#include <string.h>

enum { BUSY_MS = 10000 };

struct gjr_database {
    const gj_allocator *allocator;
    sqlite3 *handle;
};

static gj_status status_of(int code)
{
    if (code == SQLITE_IOERR_NOMEM) {
        return GJ_NO_MEMORY;
    }
    switch (code & 0xFF) {
    case SQLITE_OK:
    case SQLITE_ROW:
        return GJ_OK;
    case SQLITE_DONE:
        return GJ_DONE;
    case SQLITE_NOMEM:
        return GJ_NO_MEMORY;
    default:
        return GJ_IO;
    }
}

gj_status gjr_database_open(const gj_allocator *allocator, const char *path, bool writes,
                            gjr_database **made)
{
    int flags = SQLITE_OPEN_NOMUTEX |
                (writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
    gjr_database *database = gjb_alloc_create(allocator, 1, sizeof *database);
    *made = database;
    if (database == NULL) {
        return GJ_NO_MEMORY;
    }
    database->allocator = allocator;
    int code = sqlite3_open_v2(path, &database->handle, flags, NULL);
    if (database->handle == NULL) {
        return GJ_NO_MEMORY;
    }
    sqlite3_busy_timeout(database->handle, BUSY_MS);
    sqlite3_extended_result_codes(database->handle, 1);
    return status_of(code);
}

void gjr_database_close(gjr_database *database)
{
    if (database != NULL) {
        sqlite3_close(database->handle);
        gjb_alloc_destroy(database->allocator, database, 1, sizeof *database);
    }
}

const char *gjr_database_error(const gjr_database *database)
{
    return sqlite3_errmsg(database->handle);
}

gj_status gjr_database_run(gjr_database *database, const char *sql)
{
    return status_of(sqlite3_exec(database->handle, sql, NULL, NULL, NULL));
}

bool gjr_database_is_open(const gjr_database *database)
{
    return sqlite3_get_autocommit(database->handle) == 0;
}

gj_status gjr_database_status(const gjr_database *database)
{
    gj_status status = status_of(sqlite3_extended_errcode(database->handle));
    return status == GJ_OK || status == GJ_DONE ? GJ_IO : status;
}

int64_t gjr_database_changes(const gjr_database *database)
{
    return sqlite3_changes64(database->handle);
}

int64_t gjr_database_last_row(const gjr_database *database)
{
    return sqlite3_last_insert_rowid(database->handle);
}

/* ---- statements ---- */

/* Nothing of ours stands around SQLite's own. */
static sqlite3_stmt *own(gjr_statement *statement)
{
    return (sqlite3_stmt *)(void *)statement;
}

gjr_statement *gjr_statement_create(gjr_database *database, const char *sql)
{
    sqlite3_stmt *made = NULL;
    sqlite3_prepare_v3(database->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &made, NULL);
    return (gjr_statement *)(void *)made;
}

void gjr_statement_destroy(gjr_statement *statement)
{
    sqlite3_finalize(own(statement));
}

void gjr_statement_reset(gjr_statement *statement)
{
    sqlite3_reset(own(statement));
}

void gjr_statement_clear(gjr_statement *statement)
{
    sqlite3_reset(own(statement));
    sqlite3_clear_bindings(own(statement));
}

void gjr_statement_bind_int(gjr_statement *statement, int at, int64_t number)
{
    sqlite3_bind_int64(own(statement), at, number);
}

void gjr_statement_bind_text(gjr_statement *statement, int at, gj_text text)
{
    if (text.bytes != NULL) {
        sqlite3_bind_text64(own(statement), at, text.bytes, text.size, SQLITE_STATIC, SQLITE_UTF8);
    }
}

void gjr_statement_bind_bytes(gjr_statement *statement, int at, const void *bytes, size_t size)
{
    if (bytes != NULL) {
        sqlite3_bind_blob64(own(statement), at, bytes, size, SQLITE_STATIC);
    }
}

gj_status gjr_statement_step(gjr_statement *statement)
{
    return status_of(sqlite3_step(own(statement)));
}

int64_t gjr_statement_int(gjr_statement *statement, int at)
{
    return sqlite3_column_int64(own(statement), at);
}

gj_text gjr_statement_text(gjr_statement *statement, int at)
{
    const char *bytes = sqlite3_column_blob(own(statement), at);
    size_t size = (size_t)sqlite3_column_bytes(own(statement), at);
    bool is_empty = bytes == NULL && !gjr_statement_is_null(statement, at);
    return (gj_text){is_empty ? "" : bytes, size};
}

bool gjr_statement_is_null(gjr_statement *statement, int at)
{
    return sqlite3_column_type(own(statement), at) == SQLITE_NULL;
}
