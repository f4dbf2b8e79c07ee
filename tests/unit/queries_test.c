/* SPDX-License-Identifier: Apache-2.0
 *
 * How SQLite answers the store's questions (store/queries.def): what is asked with each event, and
 * each time the clock moves, costs what it finds, by an index or a row's number. Only what is a
 * list of everything goes through a whole table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

static const struct {
    const char *name, *sql;
} queries[] = {
#define GJR_QUERY(NAME, sql) {#NAME, sql},
#include "store/queries.def"
#undef GJR_QUERY
};

static const char *const schemas[] = {
#define GJR_SCHEMA(VERSION, sql) sql,
#include "store/schema.def"
#undef GJR_SCHEMA
};

/* That list everything, or what there is few of. */
static const char *const whole[] = {"CLOCK",
                                    "CLOCK_SET",
                                    "DEPLOYMENTS",
                                    "KEYS",
                                    "AUDIT_IS_BEGUN",
                                    "AUDIT_BEGUN",
                                    "AUDIT_COUNTS",
                                    "HEADS",
                                    "HEAD_AFTER",
                                    "CONFLICTS",
                                    "NO_JSON",
                                    "AUDIT_EVENT_UNLINKED",
                                    "AUDIT_FINDINGS",
                                    "AUDIT_CHANGES",
                                    "CASES",
                                    "CASE_COUNT",
                                    "AUDIT_CASE_UNLINKED",
                                    "AUDIT_LAST",
                                    "AUDIT_LAST_EVENT",
                                    "FINDINGS",
                                    "FINDING_ROWS",
                                    "AUDIT_OF_FINDING",
                                    "AUDIT_DEPLOYMENT",
                                    "EVENTS",
                                    "REVISIONS",
                                    "DEPLOYED_LAST"};

static bool is_whole(const char *name)
{
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        if (strcmp(whole[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static sqlite3 *store_make(void)
{
    sqlite3 *store;
    assert_int_equal(sqlite3_open(":memory:", &store), SQLITE_OK);
    for (size_t i = 0; i < sizeof schemas / sizeof *schemas; i++) {
        assert_int_equal(sqlite3_exec(store, schemas[i], NULL, NULL, NULL), SQLITE_OK);
    }
    return store;
}

/* Whether a table is gone through without an index, or an index that is named is not used. */
static void plan_check(sqlite3 *store, const char *name, const char *sql, const char *index)
{
    char asked[4096];
    sqlite3_stmt *plan;
    bool used = index == NULL;
    snprintf(asked, sizeof asked, "EXPLAIN QUERY PLAN %s", sql);
    if (sqlite3_prepare_v2(store, asked, -1, &plan, NULL) != SQLITE_OK) {
        fail_msg("%s: %s", name, sqlite3_errmsg(store));
    }
    while (sqlite3_step(plan) == SQLITE_ROW) {
        const char *step = (const char *)sqlite3_column_text(plan, 3);
        bool scans = strncmp(step, "SCAN ", 5) == 0 && strstr(step, "SUBQUERY") == NULL &&
                     strcmp(step, "SCAN back") != 0 && strcmp(step, "SCAN CONSTANT ROW") != 0 &&
                     strncmp(step, "SCAN (", 6) != 0;
        if (scans && !is_whole(name) && strstr(step, "USING") == NULL) {
            fail_msg("%s: %s", name, step);
        }
        used = used || strstr(step, index) != NULL;
    }
    sqlite3_finalize(plan);
    if (!used) {
        fail_msg("%s does not use %s", name, index);
    }
}

static void a_question_costs_what_it_finds(void **state)
{
    sqlite3 *store = store_make();
    (void)state;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        bool due = strncmp(queries[i].name, "CASES_DUE", 9) == 0;
        bool waits = strncmp(queries[i].name, "EVENTS_WAITING", 14) == 0 ||
                     strcmp(queries[i].name, "EVENTS_COME") == 0;
        plan_check(store, queries[i].name, queries[i].sql,
                   due     ? "cases_due"
                   : waits ? "events_waiting"
                           : NULL);
    }
    sqlite3_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_question_costs_what_it_finds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
