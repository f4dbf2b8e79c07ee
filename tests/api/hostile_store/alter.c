/* SPDX-License-Identifier: Apache-2.0
 *
 * See alter.h. */
#include "api/hostile_store/alter.h"

#include <setjmp.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

enum { COLUMNS_MAX = 128, NAME_SIZE = 48, VALUE_MAX = 1 << 20 };

/* ---- chance ---- */

static uint64_t chance;

static uint64_t any(uint64_t below)
{
    chance += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t x = chance;
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return (x ^ x >> 31) % below;
}

/* Such numbers as bounds are made of. */
static int64_t any_number(int64_t was)
{
    static const int64_t known[] = {INT64_MIN,  INT64_MIN + 1,
                                    -1,         0,
                                    1,          2,
                                    3,          7,
                                    40,         99,
                                    UINT32_MAX, INT64_MAX - 1,
                                    INT64_MAX,  1 << 16,
                                    INT32_MAX,  253402300800000};
    switch (any(4)) {
    case 0:
        return (int64_t)((uint64_t)was + any(5) - 2);
    case 1:
        return (int64_t)((uint64_t)was ^ UINT64_C(1) << any(64));
    default:
        return known[any(sizeof known / sizeof *known)];
    }
}

/* ---- bytes ---- */

static void word_set(unsigned char *bytes, size_t size, size_t width)
{
    if (size >= width) {
        size_t at = any(size - width + 1) / width * width;
        int64_t was = 0;
        memcpy(&was, bytes + at, width);
        was = any_number(was);
        memcpy(bytes + at, &was, width);
    }
}

static void bytes_alter(unsigned char *bytes, size_t *size)
{
    static const unsigned char known[] = {0, 1, 0x7F, 0x80, 0xFF, 200, '"', '\\'};
    size_t at = *size == 0 ? 0 : any(*size);
    switch (*size == 0 ? 7 : any(8)) {
    case 0:
        bytes[at] ^= (unsigned char)(1u << any(8));
        break;
    case 1:
        bytes[at] = known[any(sizeof known)];
        break;
    case 2:
        word_set(bytes, *size, 2);
        break;
    case 3:
    case 4:
        word_set(bytes, *size, 4);
        break;
    case 5:
        word_set(bytes, *size, 8);
        break;
    case 6:
        *size = at;
        break;
    default:
        bytes[(*size)++] = known[any(sizeof known)];
    }
}

/* ---- a value ---- */

typedef struct column {
    char table[NAME_SIZE], name[NAME_SIZE];
} column;

static sqlite3 *store_open(const char *path)
{
    sqlite3 *store;
    assert_int_equal(sqlite3_open(path, &store), SQLITE_OK);
    return store;
}

static sqlite3_stmt *prepare(sqlite3 *store, const char *sql)
{
    sqlite3_stmt *made;
    if (sqlite3_prepare_v2(store, sql, -1, &made, NULL) != SQLITE_OK) {
        fail_msg("%s: %s", sql, sqlite3_errmsg(store));
    }
    return made;
}

static size_t columns_find(sqlite3 *store, column *found)
{
    size_t count = 0;
    sqlite3_stmt *rows =
        prepare(store, "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c"
                       " WHERE t.type = 'table' ORDER BY 1, 2");
    while (sqlite3_step(rows) == SQLITE_ROW && count < COLUMNS_MAX) {
        snprintf(found[count].table, NAME_SIZE, "%s", (const char *)sqlite3_column_text(rows, 0));
        snprintf(found[count++].name, NAME_SIZE, "%s", (const char *)sqlite3_column_text(rows, 1));
    }
    sqlite3_finalize(rows);
    return count;
}

/* States are most of what is read back, and so altered most. */
static column any_column(sqlite3 *store)
{
    column all[COLUMNS_MAX];
    size_t count = columns_find(store, all);
    assert_true(count > 0);
    if (any(3) == 0) {
        return (column){"cases", "state"};
    }
    return all[any(count)];
}

static void value_bind(sqlite3_stmt *set, sqlite3_stmt *was)
{
    static unsigned char bytes[VALUE_MAX + 1];
    int type = sqlite3_column_type(was, 0);
    size_t size = (size_t)sqlite3_column_bytes(was, 0);
    if (type == SQLITE_NULL || type == SQLITE_INTEGER) {
        sqlite3_bind_int64(set, 1, any_number(sqlite3_column_int64(was, 0)));
        return;
    }
    assert_true(size <= VALUE_MAX);
    if (size > 0) {
        memcpy(bytes, sqlite3_column_blob(was, 0), size);
    }
    for (uint64_t i = 0, count = 1 + any(3); i < count && size < VALUE_MAX; i++) {
        bytes_alter(bytes, &size);
    }
    if (type == SQLITE_TEXT) {
        sqlite3_bind_text(set, 1, (const char *)bytes, (int)size, SQLITE_STATIC);
    } else {
        sqlite3_bind_blob(set, 1, bytes, (int)size, SQLITE_STATIC);
    }
}

/* Some do not go in, since they would be there twice, or are of another type: that is no matter. */
static void value_alter(const char *path, char *said)
{
    char sql[300];
    sqlite3 *store = store_open(path);
    column of = any_column(store);
    snprintf(sql, sizeof sql, "SELECT count(*) FROM \"%s\"", of.table);
    sqlite3_stmt *count = prepare(store, sql);
    assert_int_equal(sqlite3_step(count), SQLITE_ROW);
    uint64_t rows = (uint64_t)sqlite3_column_int64(count, 0), row = rows == 0 ? 0 : any(rows);
    sqlite3_finalize(count);
    snprintf(sql, sizeof sql, "SELECT \"%s\" FROM \"%s\" LIMIT 1 OFFSET %llu", of.name, of.table,
             (unsigned long long)row);
    sqlite3_stmt *was = prepare(store, sql);
    bool there = sqlite3_step(was) == SQLITE_ROW;
    bool rowless = strcmp(of.table, "deployed_calendars") == 0;
    snprintf(sql, sizeof sql,
             rowless ? "UPDATE \"%s\" SET \"%s\" = ?1"
                     : "UPDATE \"%s\" SET \"%s\" = ?1 WHERE rowid ="
                       " (SELECT rowid FROM \"%s\" LIMIT 1 OFFSET %llu)",
             of.table, of.name, of.table, (unsigned long long)row);
    sqlite3_stmt *set = prepare(store, sql);
    if (there) {
        value_bind(set, was);
        sqlite3_reset(was);
        sqlite3_step(set);
    }
    sqlite3_finalize(was);
    sqlite3_finalize(set);
    sqlite3_close(store);
    snprintf(said, ALTER_SAID_SIZE, "%s.%s of row %llu", of.table, of.name,
             (unsigned long long)row);
}

/* ---- the file ---- */

static void file_alter(const char *path, char *said)
{
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    uint64_t size = (uint64_t)ftell(file), count = 1 + any(8);
    int used = snprintf(said, ALTER_SAID_SIZE, "bytes");
    for (uint64_t i = 0; i < count; i++) {
        /* the first page, which describes the tables, more often */
        long at = (long)any(any(4) == 0 ? 4096 : size);
        fseek(file, at, SEEK_SET);
        int byte = fgetc(file) ^ 1 << any(8);
        fseek(file, at, SEEK_SET);
        fputc(byte, file);
        used += snprintf(said + used, ALTER_SAID_SIZE - (size_t)used, " %ld", at);
    }
    fclose(file);
}

void alter_any(const char *path, uint64_t seed, char said[ALTER_SAID_SIZE])
{
    chance = seed;
    if (any(4) == 0) {
        file_alter(path, said);
    } else {
        value_alter(path, said);
    }
}
