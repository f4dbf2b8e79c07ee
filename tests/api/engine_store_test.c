/* SPDX-License-Identifier: Apache-2.0
 *
 * A store as the first version of its format laid it out is brought up to date when it is opened to
 * write, and answers as it did; what is read only is left alone and refused. The old layout is made
 * of a new one by SQL of this test, row by row. And cases that open side by side take no more room
 * than those that open one after another. */
#include "api/sql.h"

#include <sys/stat.h>

enum { ANSWER_SIZE = 32768, CASES = 3, EVENTS = 12, HOUR_MS = 3600000, OPENED = 1000 };

static const char source[] =
    "department o {\n  post w\n  post c\n}\n"
    "procedure permit {\n"
    "  stage filed initial {\n    on look by w\n    on pass by c -> done\n  }\n"
    "  stage done final\n"
    "  limit l {\n    from look to pass\n    within 2 hours\n    duty c\n  }\n"
    "}\n";

/* From the layout of today to the first. */
static const char to_the_first[] =
    "ALTER TABLE events RENAME TO told;"
    "DROP INDEX events_waiting;"
    "CREATE TABLE events (of_case INTEGER NOT NULL REFERENCES cases, n INTEGER NOT NULL,"
    "  source TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, waits INTEGER NOT NULL,"
    "  content BLOB NOT NULL, told TEXT NOT NULL, PRIMARY KEY (of_case, n), UNIQUE (id, source))"
    "  STRICT, WITHOUT ROWID;"
    "CREATE INDEX events_waiting ON events (at) WHERE waits = 1;"
    "INSERT INTO events SELECT of_case, row_number() OVER (PARTITION BY of_case ORDER BY n), "
    "source,"
    "  id, at, waits, zeroblob(32), told FROM told;"
    "DROP TABLE told;"
    "CREATE TABLE cases_old (n INTEGER PRIMARY KEY, procedure TEXT NOT NULL, id TEXT NOT NULL,"
    "  deployment INTEGER NOT NULL REFERENCES deployments, look_at INTEGER NOT NULL,"
    "  linked INTEGER NOT NULL, last BLOB, state BLOB, answers BLOB,"
    "  UNIQUE (id, procedure)) STRICT;"
    "INSERT INTO cases_old SELECT n, procedure, id, deployment, look_at, linked, last, state, "
    "answers"
    "  FROM cases;"
    "DROP TABLE cases;"
    "ALTER TABLE cases_old RENAME TO cases;"
    "CREATE INDEX cases_due ON cases (look_at) WHERE look_at < 9223372036854775807;"
    "DROP TABLE seals;"
    "DROP TABLE keys;"
    "CREATE TABLE deployments_old (n INTEGER PRIMARY KEY, procedure TEXT NOT NULL,"
    "  title TEXT NOT NULL, version INTEGER NOT NULL, unit TEXT NOT NULL,"
    "  image TEXT NOT NULL REFERENCES images, at INTEGER NOT NULL) STRICT;"
    "INSERT INTO deployments_old SELECT n, procedure, title, version, unit, image, at"
    "  FROM deployments;"
    "DROP TABLE deployments;"
    "ALTER TABLE deployments_old RENAME TO deployments;"
    "DROP TABLE audit;"
    "DROP TABLE heads;"
    "ALTER TABLE engine DROP COLUMN is_chained;"
    "PRAGMA user_version = 1";

static const gj_instant begin = INT64_C(1709283600000); /* 2024-03-01T09:00Z */
static char path[STORE_PATH_SIZE];
static gj_engine *engine;

static gj_status engine_open(bool reads_only)
{
    gj_engine_options options = {.size = sizeof options, .path = path, .reads_only = reads_only};
    return gj_engine_open(&options, &engine);
}

/* Event n, of one case after another; the last one of them lies ahead of the clock. */
static void event_tell(int n, gj_receipt *receipt)
{
    char id[16], of[16];
    snprintf(id, sizeof id, "e%d", n);
    snprintf(of, sizeof of, "c%d", n % CASES);
    gj_event event = {.id = text(id),
                      .source = text("office"),
                      .case_id = text(of),
                      .action = text("look"),
                      .post = text(n % 4 == 0 ? "c" : "w")};
    event.at =
        (gj_stamp){.wall_ms = begin + (n == EVENTS - 1 ? 90 : 10 - n % 5) * (gj_instant)HOUR_MS,
                   .present = true,
                   .zoned = true};
    assert_int_equal(gj_engine_submit(engine, &event, 1, receipt, NULL, NULL), GJ_OK);
}

static bool item_take(void *payload, gj_text json)
{
    char *to = payload;
    size_t had = strlen(to);
    assert_true(had + json.size + 2 < ANSWER_SIZE);
    memcpy(to + had, json.bytes, json.size);
    memcpy(to + had + json.size, "\n", 2);
    return true;
}

static void all_answer(char *to)
{
    to[0] = '\0';
    gj_text none = {NULL, 0};
    assert_int_equal(gj_engine_list(engine, GJ_LIST_FINDINGS, none, none, to, item_take), GJ_OK);
    for (int i = 0; i < CASES; i++) {
        char of[16];
        snprintf(of, sizeof of, "c%d", i);
        assert_int_equal(gj_engine_list(engine, GJ_LIST_EVENTS, none, text(of), to, item_take),
                         GJ_OK);
        assert_int_equal(gj_engine_list(engine, GJ_LIST_REVISIONS, none, text(of), to, item_take),
                         GJ_OK);
    }
}

static void store_make(void)
{
    gj_receipt receipt;
    store_remove(path);
    assert_int_equal(engine_open(false), GJ_OK);
    rules_deploy(engine, source);
    assert_int_equal(gj_engine_advance(engine, begin + 20 * (gj_instant)HOUR_MS, NULL, NULL),
                     GJ_OK);
    for (int i = 0; i < EVENTS; i++) {
        event_tell(i, &receipt);
        assert_int_equal(receipt.kind, GJ_RECEIVED);
    }
}

static void the_first_layout_is_brought_up_to_date(void **state)
{
    static char before[ANSWER_SIZE], after[ANSWER_SIZE];
    char why[200];
    gj_receipt receipt;
    (void)state;
    store_make();
    all_answer(before);
    gj_engine_close(engine);
    sql_run(path, to_the_first);
    assert_int_equal(engine_open(true), GJ_REFUSED);
    gj_engine_error(engine, GJ_EN, why, sizeof why);
    assert_non_null(strstr(why, "older format (1)"));
    gj_engine_close(engine);
    assert_int_equal(engine_open(false), GJ_OK);
    all_answer(after);
    assert_string_equal(after, before);
    event_tell(0, &receipt);
    assert_int_equal(receipt.kind, GJ_RECEIVED_AGAIN);
    event_tell(EVENTS, &receipt); /* late: its case is judged from its history */
    assert_int_equal(receipt.kind, GJ_RECEIVED);
    assert_int_equal(gj_engine_advance(engine, begin + 95 * (gj_instant)HOUR_MS, NULL, NULL),
                     GJ_OK);
    all_answer(after);
    gj_engine_close(engine);
    store_make(); /* one that never was of the first */
    event_tell(EVENTS, &receipt);
    assert_int_equal(gj_engine_advance(engine, begin + 95 * (gj_instant)HOUR_MS, NULL, NULL),
                     GJ_OK);
    all_answer(before);
    gj_engine_close(engine);
    assert_string_equal(after, before);
    store_remove(path);
}

/* ---- room ---- */

/* Of a store in which so many cases opened at a time. */
static off_t room_of(size_t at_once)
{
    static gj_event events[OPENED];
    static gj_receipt receipts[OPENED];
    static char ids[OPENED][8];
    struct stat found;
    store_remove(path);
    assert_int_equal(engine_open(false), GJ_OK);
    rules_deploy(engine, source);
    for (size_t i = 0; i < OPENED; i++) {
        snprintf(ids[i], sizeof ids[i], "%zu", OPENED + i);
        events[i] = (gj_event){.id = text(ids[i]),
                               .source = text("office"),
                               .case_id = text(ids[i]),
                               .action = text("look"),
                               .post = text("w"),
                               .at = {.wall_ms = begin, .present = true, .zoned = true}};
    }
    assert_int_equal(gj_engine_advance(engine, begin, NULL, NULL), GJ_OK);
    for (size_t i = 0; i < OPENED; i += at_once) {
        assert_int_equal(gj_engine_submit(engine, events + i, at_once, receipts, NULL, NULL),
                         GJ_OK);
        assert_int_equal(receipts[at_once - 1].kind, GJ_RECEIVED);
    }
    gj_engine_close(engine);
    assert_int_equal(stat(path, &found), 0);
    store_remove(path);
    return found.st_size;
}

static void cases_that_open_side_by_side_fill_their_pages(void **state)
{
    (void)state;
    off_t apart = room_of(1);
    assert_in_range(room_of(OPENED), apart / 2, apart + apart / 16);
}

int main(void)
{
    store_path_make(path, "store");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_layout_is_brought_up_to_date),
        cmocka_unit_test(cases_that_open_side_by_side_fill_their_pages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
