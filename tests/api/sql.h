/* SPDX-License-Identifier: Apache-2.0
 *
 * What a test does to a store behind the engine's back. */
#ifndef TESTS_SQL_H
#define TESTS_SQL_H

#include "api/store.h"

#include <sqlite3.h>

static inline void sql_run(const char *path, const char *sql)
{
    sqlite3 *store;
    char *why = NULL;
    assert_int_equal(sqlite3_open(path, &store), SQLITE_OK);
    if (sqlite3_exec(store, sql, NULL, NULL, &why) != SQLITE_OK) {
        fail_msg("%s: %s", sql, why);
    }
    assert_int_equal(sqlite3_close(store), SQLITE_OK);
}

#endif
