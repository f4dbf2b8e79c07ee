/* SPDX-License-Identifier: Apache-2.0
 *
 * Every column of every table of a store is altered: the audit sees it, or the store is refused
 * when it is opened, or docs/AUDIT.md says that it is not seen. The store has a row in every table:
 * two versions of a procedure, of which one was signed, a calendar, a key, a case judged anew, an
 * event told twice, and a head. */
#include "api/lines.h"

#include <sqlite3.h>

enum { PAGE_SIZE = 65536, EVENTS = 4, STORE_SIZE = 4 << 20 };
#define HOUR_MS INT64_C(3600000)

static const char source[] =
    "department o {\n  post w\n  post c\n}\n"
    "calendar k \"K\" {\n  zone \"Asia/Shanghai\"\n  week mon..fri\n"
    "  published through 2024-12-31\n  year 2024 { }\n}\n"
    "procedure permit {\n"
    "  version %d\n"
    "  calendar k\n"
    "  stage filed initial {\n    on look by w\n    on pass by c -> done\n  }\n"
    "  stage done final\n"
    "  limit l {\n    from look to pass\n    within 2 hours\n    duty c\n  }\n"
    "  rule few { count look at most 1 times }\n"
    "}\n";

static char path[STORE_PATH_SIZE], copied[STORE_PATH_SIZE + 8];
static gj_engine *engine;

static void engine_open(void)
{
    gj_engine_options options = {.size = sizeof options, .path = path};
    assert_int_equal(gj_engine_open(&options, &engine), GJ_OK);
}

static void engine_close(void)
{
    gj_engine_close(engine);
    engine = NULL;
}

static void sql_run(const char *sql)
{
    sqlite3 *store;
    char *why = NULL;
    assert_int_equal(sqlite3_open(path, &store), SQLITE_OK);
    if (sqlite3_exec(store, sql, NULL, NULL, &why) != SQLITE_OK || sqlite3_changes(store) == 0) {
        fail_msg("%s: %s", sql, why == NULL ? "changes nothing" : why);
    }
    sqlite3_close(store);
}

static void store_copy(const char *from, const char *to)
{
    static char bytes[STORE_SIZE];
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    assert_non_null(in);
    assert_non_null(out);
    size_t size = fread(bytes, 1, sizeof bytes, in);
    assert_true(size < sizeof bytes && fwrite(bytes, 1, size, out) == size);
    fclose(in);
    fclose(out);
}

/* ---- the store ---- */

static void version_deploy(int version, const gj_secret_key *key)
{
    static lines sealed;
    char of[sizeof source + 16];
    gj_compilation *made;
    gj_compile_options options = {.size = sizeof options};
    snprintf(of, sizeof of, source, version);
    assert_int_equal(gj_compile_text(&options, "permit.gj", text(of), &made), GJ_OK);
    assert_int_equal(gj_compilation_error_count(made), 0);
    gj_text image = gj_compilation_image(made), calendar = gj_compilation_calendar(made, 0);
    gj_bytes calendars[] = {{calendar.bytes, calendar.size}};
    gj_deployment deployment = {.size = sizeof deployment,
                                .image = {image.bytes, image.size},
                                .calendars = calendars,
                                .calendar_count = 1};
    gj_sealing sealing = {.size = sizeof sealing,
                          .image = deployment.image,
                          .calendars = calendars,
                          .calendar_count = 1,
                          .name = text("permits"),
                          .version = 5};
    gj_writer out = {&sealed, lines_write};
    sealed.size = 0;
    if (key != NULL) {
        assert_int_equal(gj_seal_make(&sealing, key, &out), GJ_OK);
        deployment.image = (gj_bytes){sealed.bytes, sealed.size};
    }
    if (gj_engine_deploy(engine, &deployment) != GJ_OK) {
        char said[400];
        gj_engine_error(engine, GJ_EN, said, sizeof said);
        fail_msg("%s", said);
    }
    gj_compilation_destroy(made);
}

/* The last lies before the others, so that its case is judged anew. */
static void event_tell(int n, const char *officer)
{
    static const gj_instant begin = INT64_C(1709283600000); /* 2024-03-01T09:00Z */
    char id[16];
    gj_receipt receipt;
    snprintf(id, sizeof id, "e%d", n);
    gj_event event = {.id = text(id),
                      .source = text("office"),
                      .case_id = text(n % 2 == 0 ? "even" : "odd"),
                      .action = text("look"),
                      .post = text("w"),
                      .officer = text(officer),
                      .at = {.wall_ms = begin + (n == EVENTS - 1 ? 0 : n) * HOUR_MS,
                             .present = true,
                             .zoned = true}};
    assert_int_equal(gj_engine_submit(engine, &event, 1, &receipt, NULL, NULL), GJ_OK);
}

static void store_make(void)
{
    gj_secret_key key;
    gj_audit found = {.size = sizeof found};
    store_remove(path);
    engine_open();
    assert_int_equal(gj_secret_key_make(&key), GJ_OK);
    version_deploy(1, NULL);
    for (int i = 0; i < EVENTS; i++) {
        event_tell(i, "u1");
    }
    event_tell(0, "u2");
    assert_int_equal(gj_engine_advance(engine, INT64_C(1709600000000), NULL, NULL), GJ_OK);
    assert_int_equal(gj_engine_trust(engine, &key.open), GJ_OK);
    version_deploy(2, &key);
    assert_int_equal(gj_engine_audit_sign(engine, &key, &found), GJ_OK);
    assert_int_equal(gj_engine_audit(engine, &found), GJ_OK);
    engine_close();
}

/* ---- columns ---- */

/* How an alteration of a column is seen. */
typedef enum seen {
    BY_AUDIT,
    ON_OPENING, /* the store is refused */
    NOT_SEEN,   /* docs/AUDIT.md says so */
} seen;

static const struct column {
    const char *name, *sql;
    seen seen;
} columns[] = {
    {"audit.n", "UPDATE audit SET n = n + 1000 WHERE kind = 2 AND of_row = 1", BY_AUDIT},
    {"audit.kind", "UPDATE audit SET kind = 3 WHERE kind = 2 AND of_row = 1", BY_AUDIT},
    {"audit.events", "UPDATE audit SET events = events - 1 WHERE kind = 2 AND of_row = 1",
     BY_AUDIT},
    {"audit.of_row", "UPDATE audit SET of_row = 9 WHERE kind = 2 AND of_row = 1", BY_AUDIT},
    {"audit.hash", "UPDATE audit SET hash = zeroblob(32) WHERE kind = 2 AND of_row = 1", BY_AUDIT},
    {"calendars.revision", "UPDATE calendars SET revision = 'x'", ON_OPENING},
    {"calendars.name", "UPDATE calendars SET name = 'x'", NOT_SEEN},
    {"calendars.bytes", "UPDATE calendars SET bytes = zeroblob(9)", ON_OPENING},
    {"cases.n", "UPDATE cases SET n = 77 WHERE n = 1", BY_AUDIT},
    {"cases.procedure", "UPDATE cases SET procedure = 'x' WHERE n = 1", BY_AUDIT},
    {"cases.id", "UPDATE cases SET id = 'x' WHERE n = 1", BY_AUDIT},
    {"cases.deployment", "UPDATE cases SET deployment = 2 WHERE n = 1", BY_AUDIT},
    {"cases.opened", "UPDATE cases SET opened = 2 WHERE n = 1", BY_AUDIT},
    {"cases.look_at", "UPDATE cases SET look_at = 9223372036854775807", NOT_SEEN},
    {"cases.linked", "UPDATE cases SET linked = 1 - linked", NOT_SEEN},
    {"cases.last", "UPDATE cases SET last = NULL", NOT_SEEN},
    {"cases.state", "UPDATE cases SET state = NULL", NOT_SEEN},
    {"cases.answers", "UPDATE cases SET answers = zeroblob(3)", NOT_SEEN},
    {"cases.latest", "UPDATE cases SET latest = latest - 2 WHERE n = 1", BY_AUDIT},
    {"conflicts.n", "UPDATE conflicts SET n = 9", NOT_SEEN},
    {"conflicts.source", "UPDATE conflicts SET source = 'x'", NOT_SEEN},
    {"conflicts.id", "UPDATE conflicts SET id = 'x'", NOT_SEEN},
    {"conflicts.content", "UPDATE conflicts SET content = zeroblob(32)", NOT_SEEN},
    {"conflicts.told", "UPDATE conflicts SET told = '{}'", NOT_SEEN},
    {"deployed_calendars.deployment",
     "UPDATE deployed_calendars SET deployment = 3 WHERE deployment = 2", ON_OPENING},
    {"deployed_calendars.revision",
     "UPDATE deployed_calendars SET revision = 'x' WHERE deployment = 1", ON_OPENING},
    {"deployments.n", "UPDATE deployments SET n = 7 WHERE n = 1", ON_OPENING},
    {"deployments.procedure", "UPDATE deployments SET procedure = 'x' WHERE n = 1", ON_OPENING},
    {"deployments.title", "UPDATE deployments SET title = 'x' WHERE n = 1", BY_AUDIT},
    {"deployments.version", "UPDATE deployments SET version = 9 WHERE n = 1", BY_AUDIT},
    {"deployments.unit", "UPDATE deployments SET unit = 'x' WHERE n = 1", BY_AUDIT},
    {"deployments.image", "UPDATE deployments SET image = 'x' WHERE n = 1", ON_OPENING},
    {"deployments.moves_at", "UPDATE deployments SET moves_at = 5 WHERE n = 1", BY_AUDIT},
    {"deployments.at", "UPDATE deployments SET at = at + 1", NOT_SEEN},
    {"deployments.seal", "UPDATE deployments SET seal = NULL WHERE seal = 1", ON_OPENING},
    {"engine.one", NULL, NOT_SEEN}, /* CHECK (one = 1) */
    {"engine.now", "UPDATE engine SET now = now + 1", NOT_SEEN},
    {"engine.is_chained", "UPDATE engine SET is_chained = 2", NOT_SEEN},
    {"events.n", "UPDATE events SET n = 77 WHERE n = 2", BY_AUDIT},
    {"events.of_case", "UPDATE events SET of_case = 3 - of_case WHERE n = 2", BY_AUDIT},
    {"events.before", "UPDATE events SET before = NULL WHERE n = 4", BY_AUDIT},
    {"events.source", "UPDATE events SET source = 'x' WHERE n = 2", BY_AUDIT},
    {"events.id", "UPDATE events SET id = 'x' WHERE n = 2", BY_AUDIT},
    {"events.at", "UPDATE events SET at = at - 1 WHERE n = 2", BY_AUDIT},
    {"events.waits", "UPDATE events SET waits = 1 WHERE n = 2", BY_AUDIT},
    {"events.hash", "UPDATE events SET hash = zeroblob(32) WHERE n = 2", BY_AUDIT},
    {"events.told", "UPDATE events SET told = replace(told, 'u1', 'u2') WHERE n = 2", BY_AUDIT},
    {"findings.n", "UPDATE findings SET n = 77 WHERE n = 1", BY_AUDIT},
    {"findings.of_case", "UPDATE findings SET of_case = 3 - of_case WHERE n = 1", BY_AUDIT},
    {"findings.id", "UPDATE findings SET id = 'x' WHERE n = 1", BY_AUDIT},
    {"findings.ordinal", "UPDATE findings SET ordinal = 9 WHERE n = 1", NOT_SEEN},
    {"findings.code", "UPDATE findings SET code = 'forbidden' WHERE n = 1", BY_AUDIT},
    {"findings.severity", "UPDATE findings SET severity = 2 - severity / 2 WHERE n = 1", BY_AUDIT},
    {"findings.status", "UPDATE findings SET status = 1 - status WHERE n = 1", BY_AUDIT},
    {"findings.at", "UPDATE findings SET at = at + 1 WHERE n = 1", BY_AUDIT},
    {"findings.json", "UPDATE findings SET json = '' WHERE n = 1", BY_AUDIT},
    {"heads.n", "UPDATE heads SET n = 9", NOT_SEEN},
    {"heads.place", "UPDATE heads SET place = place - 1", BY_AUDIT},
    {"heads.hash", "UPDATE heads SET hash = zeroblob(32)", BY_AUDIT},
    {"heads.clock", "UPDATE heads SET clock = clock + 1", BY_AUDIT},
    {"heads.key", "UPDATE heads SET key = zeroblob(32)", BY_AUDIT},
    {"heads.signature", "UPDATE heads SET signature = zeroblob(64)", BY_AUDIT},
    {"images.identity", "UPDATE images SET identity = identity || 'x'", ON_OPENING},
    {"images.bytes", "UPDATE images SET bytes = zeroblob(99)", ON_OPENING},
    {"keys.n", "UPDATE keys SET n = 9", BY_AUDIT},
    {"keys.suite", "UPDATE keys SET suite = 9", ON_OPENING},
    {"keys.key", "UPDATE keys SET key = zeroblob(32)", ON_OPENING},
    {"keys.at", "UPDATE keys SET at = 9", NOT_SEEN},
    {"keys.after", "UPDATE keys SET after = 2", BY_AUDIT},
    {"revisions.n", "UPDATE revisions SET n = 77 WHERE n = 1", BY_AUDIT},
    {"revisions.finding", "UPDATE revisions SET finding = 2 WHERE n = 1", BY_AUDIT},
    {"revisions.now", "UPDATE revisions SET now = now + 1 WHERE n = 1", BY_AUDIT},
    {"revisions.json", "UPDATE revisions SET json = json || ' ' WHERE n = 1", BY_AUDIT},
    {"seals.n", "UPDATE seals SET n = 9", ON_OPENING},
    {"seals.name", "UPDATE seals SET name = 'x'", ON_OPENING},
    {"seals.version", "UPDATE seals SET version = 1", ON_OPENING},
    {"seals.head", "UPDATE seals SET head = zeroblob(9)", ON_OPENING},
};
enum { COLUMN_COUNT = sizeof columns / sizeof *columns };

/* The table holds them all. */
static void columns_check(void)
{
    sqlite3 *store;
    sqlite3_stmt *rows;
    size_t count = 0;
    assert_int_equal(sqlite3_open(path, &store), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(store,
                                        "SELECT t.name || '.' || c.name FROM sqlite_schema t,"
                                        " pragma_table_info(t.name) c WHERE t.type = 'table'",
                                        -1, &rows, NULL),
                     SQLITE_OK);
    for (; sqlite3_step(rows) == SQLITE_ROW; count++) {
        const char *name = (const char *)sqlite3_column_text(rows, 0);
        size_t i = 0;
        while (i < COLUMN_COUNT && strcmp(columns[i].name, name) != 0) {
            i++;
        }
        if (i == COLUMN_COUNT) {
            fail_msg("%s is not tried", name);
        }
    }
    assert_int_equal(count, COLUMN_COUNT);
    sqlite3_finalize(rows);
    sqlite3_close(store);
}

static bool is_documented(const char *name)
{
    static char page[PAGE_SIZE];
    char of[512], quoted[64];
    snprintf(of, sizeof of, "%s/docs/AUDIT.md", getenv("GUIJU_ROOT"));
    snprintf(quoted, sizeof quoted, "`%s`", name);
    FILE *in = fopen(of, "rb");
    assert_non_null(in);
    page[fread(page, 1, sizeof page - 1, in)] = '\0';
    fclose(in);
    return strstr(page, quoted) != NULL;
}

static seen column_alter(const struct column *of)
{
    gj_audit found = {.size = sizeof found};
    gj_engine_options options = {.size = sizeof options, .path = path, .reads_only = true};
    if (of->sql == NULL) {
        return NOT_SEEN;
    }
    sql_run(of->sql);
    gj_status opened = gj_engine_open(&options, &engine);
    gj_status audited = opened == GJ_OK ? gj_engine_audit(engine, &found) : GJ_OK;
    engine_close();
    store_remove(path);
    store_copy(copied, path);
    return opened != GJ_OK ? ON_OPENING : audited != GJ_OK ? BY_AUDIT : NOT_SEEN;
}

static void every_column_is_seen_or_said_not_to_be(void **state)
{
    static const char *const names[] = {"by the audit", "on opening", "not"};
    (void)state;
    store_make();
    snprintf(copied, sizeof copied, "%s.copy", path);
    store_copy(path, copied);
    columns_check();
    bool fails = false;
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        seen how = column_alter(&columns[i]);
        if (how != columns[i].seen) {
            print_error("%s altered is seen %s, and %s was expected\n", columns[i].name, names[how],
                        names[columns[i].seen]);
            fails = true;
        }
        if (is_documented(columns[i].name) != (how == NOT_SEEN)) {
            print_error("docs/AUDIT.md says otherwise of %s\n", columns[i].name);
            fails = true;
        }
    }
    assert_false(fails);
    unlink(copied);
    store_remove(path);
}

int main(void)
{
    store_path_make(path, "audit-columns");
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_column_is_seen_or_said_not_to_be)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
