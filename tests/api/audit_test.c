/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit of a store. Its chain is whole after events in order and out of it, deployments, keys
 * and a new start; then every record's every byte is altered, every record taken away, what each is
 * of altered or taken away, and each time the first that is broken is named. A chain that was made
 * anew does not come to the heads that were signed. A finding is proved without the store, and each
 * byte of its proof altered is refused. What the hashes are is computed by tools/audit_test.py. */
#include "api/lines.h"
#include "api/sql.h"

enum { SAID_SIZE = 400, HASH_SIZE = 32, EVENTS = 6, HOUR_MS = 3600000 };

static const char source[] =
    "department o {\n  post w\n  post c\n}\n"
    "procedure permit {\n"
    "  stage filed initial {\n    on look by w\n    on pass by c -> done\n  }\n"
    "  stage done final\n"
    "  limit l {\n    from look to pass\n    within 2 hours\n    duty c\n  }\n"
    "  rule few { count look at most 1 times }\n"
    "}\n";

static const gj_instant begin = INT64_C(1709283600000); /* 2024-03-01T09:00Z */
static char path[STORE_PATH_SIZE];
static gj_engine *engine;
static gj_secret_key key, other;

/* ---- the store ---- */

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

/* In order, but the last, which has its case judged anew. */
static void event_tell(int n)
{
    char id[16], of[24];
    gj_receipt receipt;
    snprintf(id, sizeof id, "e%d", n);
    snprintf(of, sizeof of, "甲“%d”\n", n % 2); /* names are whatever they are */
    gj_event event = {.id = text(id),
                      .source = text("office"),
                      .case_id = text(of),
                      .action = text("look"),
                      .post = text("w"),
                      .officer = text("u1"),
                      .at = {.wall_ms = begin + (n == EVENTS - 1 ? 0 : n) * (gj_instant)HOUR_MS,
                             .present = true,
                             .zoned = true}};
    assert_int_equal(gj_engine_submit(engine, &event, 1, &receipt, NULL, NULL), GJ_OK);
    assert_int_equal(receipt.kind, GJ_RECEIVED);
}

static void hours_pass(int hours)
{
    assert_int_equal(gj_engine_advance(engine, begin + hours * (gj_instant)HOUR_MS, NULL, NULL),
                     GJ_OK);
}

static int store_make(void **state)
{
    (void)state;
    store_remove(path);
    engine_open();
    rules_deploy(engine, source);
    hours_pass(EVENTS);
    for (int i = 0; i < EVENTS; i++) {
        event_tell(i);
    }
    hours_pass(50);
    return 0;
}

static int store_drop(void **state)
{
    (void)state;
    engine_close();
    store_remove(path);
    return 0;
}

static gj_status audit(gj_audit *found)
{
    *found = (gj_audit){.size = sizeof *found};
    return gj_engine_audit(engine, found);
}

/* ---- altering it ---- */

static int64_t sql_ask(const char *sql)
{
    sqlite3 *store;
    sqlite3_stmt *row;
    assert_int_equal(sqlite3_open(path, &store), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(store, sql, -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(row, 0);
    sqlite3_finalize(row);
    sqlite3_close(store);
    return number;
}

/* While the engine that has it open only reads. The chain is whole up to what is broken. */
static void broken_so(const char *sql, int64_t place, const char *en, const char *zh)
{
    char said[SAID_SIZE], name[96];
    gj_audit found;
    gj_engine_options options = {.size = sizeof options, .path = path, .reads_only = true};
    sql_run(path, sql);
    assert_int_equal(gj_engine_open(&options, &engine), GJ_OK);
    gj_status status = audit(&found);
    if (status != GJ_REFUSED || found.broken != (uint64_t)place) {
        fail_msg("%s: status %d, record %llu is named, and %lld was altered", sql, (int)status,
                 (unsigned long long)found.broken, (long long)place);
    }
    assert_true(found.record_count < (uint64_t)place);
    gj_engine_error(engine, GJ_EN, said, sizeof said);
    snprintf(name, sizeof name, en, (long long)place);
    if (strstr(said, name) == NULL) {
        fail_msg("%s: %s", sql, said);
    }
    gj_engine_error(engine, GJ_ZH, said, sizeof said);
    snprintf(name, sizeof name, zh, (long long)place);
    assert_non_null(strstr(said, name));
    engine_close();
}

static void broken_by(const char *sql, int64_t place)
{
    broken_so(sql, place, "record %lld (", "第%lld条记录（");
}

static char copied[STORE_PATH_SIZE + 8];

static void store_copy(const char *from, const char *to)
{
    static char bytes[4 << 20];
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    assert_non_null(in);
    assert_non_null(out);
    size_t size = fread(bytes, 1, sizeof bytes, in);
    assert_true(size < sizeof bytes && fwrite(bytes, 1, size, out) == size);
    fclose(in);
    fclose(out);
}

static void altered(const char *sql, int64_t place)
{
    broken_by(sql, place);
    store_remove(path);
    store_copy(copied, path);
}

/* A place before the first record is no record's. */
static void head_altered(const char *sql, int64_t place)
{
    if (place > 0) {
        broken_so(sql, place, "the head that was signed at record %lld ",
                  "在第%lld条记录处签署的链首");
    } else {
        gj_audit found;
        gj_engine_options options = {.size = sizeof options, .path = path, .reads_only = true};
        sql_run(path, sql);
        assert_int_equal(gj_engine_open(&options, &engine), GJ_OK);
        assert_int_equal(audit(&found), GJ_REFUSED);
        assert_int_equal(found.broken, 0);
        assert_int_equal(found.record_count, 0);
        engine_close();
    }
    store_remove(path);
    store_copy(copied, path);
}

/* ---- tests ---- */

static void it_is_whole_however_it_came_about(void **state)
{
    gj_audit first, later;
    (void)state;
    assert_int_equal(audit(&first), GJ_OK);
    assert_true(first.record_count > EVENTS + 1);
    engine_close();
    engine_open();
    assert_int_equal(audit(&later), GJ_OK);
    assert_string_equal(later.head, first.head);
    assert_int_equal(gj_engine_trust(engine, &key.open), GJ_OK);
    event_tell(EVENTS); /* the procedure was there before the key */
    assert_int_equal(audit(&later), GJ_OK);
    assert_true(later.record_count >= first.record_count + 2);
    assert_string_not_equal(later.head, first.head);
    assert_int_equal(gj_engine_audit_sign(engine, &key, &later), GJ_OK);
    assert_int_equal(later.signed_place, later.record_count);
    event_tell(EVENTS + 1);
    assert_int_equal(audit(&later), GJ_OK);
    assert_int_equal(later.signed_count, 1);
}

/* The records in one: those of events stand in the events' own rows. */
#define RECORDS                                                                                    \
    "(SELECT n, kind, of_row FROM audit UNION ALL"                                                 \
    " SELECT n + (SELECT count(*) FROM audit WHERE events < e.n), 1, n FROM events e)"

typedef struct record_row {
    const char *table;
    int64_t n;
    bool is_event;
} record_row;

/* Where the record of that place stands. */
static record_row row_of(int64_t place)
{
    char sql[300];
    snprintf(sql, sizeof sql,
             "SELECT of_row FROM " RECORDS " WHERE kind = 1 AND n = %lld UNION ALL"
             " SELECT 0 LIMIT 1",
             (long long)place);
    int64_t event = sql_ask(sql);
    return event > 0 ? (record_row){"events", event, true} : (record_row){"audit", place, false};
}

static void every_byte_of_every_record_is_named(void **state)
{
    char sql[300];
    (void)state;
    engine_close();
    snprintf(copied, sizeof copied, "%s.copy", path);
    store_copy(path, copied);
    int64_t count = sql_ask("SELECT count(*) FROM " RECORDS);
    for (int64_t n = 1; n <= count; n++) {
        record_row row = row_of(n);
        for (int at = 1; at <= HASH_SIZE; at += n == 3 ? 1 : 13) {
            snprintf(sql, sizeof sql,
                     "UPDATE %s SET hash = CAST(substr(hash, 1, %d - 1) || CASE WHEN"
                     " substr(hash, %d, 1) = x'00' THEN x'01' ELSE x'00' END ||"
                     " substr(hash, %d + 1) AS BLOB) WHERE n = %lld",
                     row.table, at, at, at, (long long)row.n);
            altered(sql, n);
        }
        snprintf(sql, sizeof sql, "DELETE FROM %s WHERE n = %lld", row.table, (long long)row.n);
        altered(sql, n);
        if (row.is_event) {
            continue;
        }
        static const char *const columns[] = {"kind = kind % 4 + 1", "kind = 1",
                                              "of_row = of_row + 1", "events = events + 1",
                                              "events = events - 1"};
        for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
            snprintf(sql, sizeof sql, "UPDATE audit SET %s WHERE n = %lld", columns[i],
                     (long long)n);
            altered(sql, n);
        }
    }
    unlink(copied);
    engine_open();
}

/* The place of the record of a row. */
static int64_t place_of(int kind, int64_t row)
{
    char sql[300];
    snprintf(sql, sizeof sql, "SELECT n FROM " RECORDS " WHERE kind = %d AND of_row = %lld", kind,
             (long long)row);
    return sql_ask(sql);
}

static void what_a_record_is_of_is_named(void **state)
{
    char sql[300];
    (void)state;
    engine_close();
    snprintf(copied, sizeof copied, "%s.copy", path);
    store_copy(path, copied);
    for (int64_t n = 1; n <= EVENTS; n++) {
        int64_t place = place_of(1, n);
        snprintf(sql, sizeof sql, "SELECT length(CAST(told AS BLOB)) FROM events WHERE n = %lld",
                 (long long)n);
        int64_t size = sql_ask(sql);
        for (int64_t at = 1; at <= size; at += n == 2 ? 1 : 17) {
            snprintf(
                sql, sizeof sql,
                "UPDATE events SET told = CAST(substr(CAST(told AS BLOB), 1, %lld - 1) || x'7E'"
                " || substr(CAST(told AS BLOB), %lld + 1) AS TEXT) WHERE n = %lld",
                (long long)at, (long long)at, (long long)n);
            altered(sql, place);
        }
        snprintf(sql, sizeof sql, "DELETE FROM events WHERE n = %lld", (long long)n);
        altered(sql, place);
    }
    int64_t changes = sql_ask("SELECT count(*) FROM revisions");
    for (int64_t n = 1; n <= changes; n++) {
        snprintf(sql, sizeof sql, "UPDATE revisions SET json = json || ' ' WHERE n = %lld",
                 (long long)n);
        altered(sql, place_of(2, n));
        snprintf(sql, sizeof sql, "DELETE FROM revisions WHERE n = %lld", (long long)n);
        altered(sql, place_of(2, n));
    }
    altered("UPDATE deployments SET version = 7", place_of(3, 1));
    altered("UPDATE cases SET id = 'x' WHERE n = 1", place_of(1, 1));
    altered("UPDATE findings SET json = replace(json, 'late', 'soon') WHERE json LIKE '%late%'",
            sql_ask("SELECT min(a.n) FROM audit a JOIN revisions r ON r.n = a.of_row"
                    " WHERE a.kind = 2 AND r.json LIKE '%\"late\"%'"));
    int64_t count = sql_ask("SELECT count(*) FROM " RECORDS);
    altered("INSERT INTO events SELECT n + 6, of_case, before, at, waits, source, id || 'x', NULL,"
            " told FROM events WHERE n = 1",
            count + 1);
    altered("INSERT INTO keys VALUES (1, 1, zeroblob(32), 0, 99)", count + 1);
    unlink(copied);
    engine_open();
}

static void a_chain_made_anew_is_not_the_one_that_was_signed(void **state)
{
    gj_audit found = {.size = sizeof found};
    (void)state;
    assert_int_equal(gj_engine_audit_sign(engine, &key, &found), GJ_OK);
    int64_t place = (int64_t)found.record_count;
    engine_close();
    snprintf(copied, sizeof copied, "%s.copy", path);
    store_copy(path, copied);
    head_altered("UPDATE heads SET signature = zeroblob(64)", place);
    head_altered("UPDATE heads SET clock = clock + 1", place);
    head_altered("UPDATE heads SET place = place - 1", place - 1);
    head_altered("UPDATE heads SET place = 0", 0);
    head_altered("UPDATE heads SET place = -9223372036854775807 - 1", INT64_MIN);
    broken_so("DELETE FROM audit WHERE n = (SELECT max(n) FROM audit);"
              "DELETE FROM revisions WHERE n = (SELECT max(n) FROM revisions)",
              place, "the finding \"", "异常“");
    store_remove(path);
    store_copy(copied, path);
    broken_so("DELETE FROM audit WHERE n = (SELECT max(n) FROM audit);"
              "DELETE FROM findings WHERE n = (SELECT max(finding) FROM revisions);"
              "DELETE FROM revisions WHERE n = (SELECT max(n) FROM revisions)",
              place, "the head that was signed at record %lld ", "在第%lld条记录处签署的链首");
    store_remove(path);
    store_copy(copied, path);
    unlink(copied);
    sql_run(path, "UPDATE revisions SET json = replace(json, '\"u1\"', '\"u2\"');"
                  "UPDATE findings SET json = replace(json, '\"u1\"', '\"u2\"'); DELETE FROM audit;"
                  "UPDATE engine SET is_chained = 0"); /* chained anew when it is opened */
    engine_open();
    assert_int_equal(audit(&found), GJ_REFUSED);
    assert_int_equal(found.broken, place);
}

static void an_empty_chain_is_not_signed(void **state)
{
    char said[SAID_SIZE];
    gj_audit found = {.size = sizeof found};
    (void)state;
    engine_close();
    store_remove(path);
    engine_open();
    assert_int_equal(gj_engine_audit_sign(engine, &key, &found), GJ_REFUSED);
    gj_engine_error(engine, GJ_EN, said, sizeof said);
    assert_non_null(strstr(said, "nothing to sign"));
    assert_int_equal(audit(&found), GJ_OK);
    assert_int_equal(found.signed_count, 0);
}

/* ---- proofs ---- */

static char finding_id[33];

static bool id_take(void *payload, gj_text json)
{
    static const char word[] = "\"id\":\"";
    (void)payload;
    const char *at = memmem(json.bytes, json.size, word, sizeof word - 1);
    assert_non_null(at);
    memcpy(finding_id, at + sizeof word - 1, sizeof finding_id - 1);
    return false;
}

static gj_proof_fault fault_of(const char *bytes, size_t size)
{
    gj_proof proof;
    gj_proof_fault fault;
    char *copy = malloc(size + 1);
    assert_non_null(copy);
    memcpy(copy, bytes, size);
    gj_status status = gj_proof_check((gj_text){copy, size}, &key.open, 1, &proof, &fault);
    assert_int_equal(status, fault == GJ_PROOF_SOUND ? GJ_OK : GJ_REFUSED);
    free(copy);
    return fault;
}

static void a_finding_is_proved_without_the_store(void **state)
{
    static lines proof, changed;
    gj_writer out = {&proof, lines_write};
    gj_text none = {NULL, 0};
    gj_audit found = {.size = sizeof found};
    gj_proof told;
    gj_proof_fault fault;
    (void)state;
    proof.size = 0;
    assert_int_equal(gj_engine_list(engine, GJ_LIST_FINDINGS, none, none, NULL, id_take), GJ_OK);
    assert_int_equal(gj_engine_prove(engine, text("none"), &out), GJ_UNKNOWN);
    assert_int_equal(gj_engine_prove(engine, text(finding_id), &out), GJ_REFUSED);
    assert_int_equal(gj_engine_audit_sign(engine, &key, &found), GJ_OK);
    event_tell(EVENTS);
    assert_int_equal(gj_engine_prove(engine, text(finding_id), &out), GJ_OK);
    assert_int_equal(
        gj_proof_check((gj_text){proof.bytes, proof.size}, &key.open, 1, &told, &fault), GJ_OK);
    assert_int_equal(told.head_place, found.record_count);
    assert_true(told.place <= told.head_place);
    assert_non_null(memmem(told.finding.bytes, told.finding.size, finding_id, 32));
    assert_int_equal(
        gj_proof_check((gj_text){proof.bytes, proof.size}, &other.open, 1, &told, &fault),
        GJ_REFUSED);
    assert_int_equal(fault, GJ_PROOF_KEY);
    for (size_t i = 0; i < proof.size; i++) {
        changed = proof;
        changed.bytes[i] ^= 1;
        if (fault_of(changed.bytes, changed.size) == GJ_PROOF_SOUND) {
            fail_msg("byte %zu may be altered", i);
        }
        memmove(changed.bytes + i, proof.bytes + i + 1, proof.size - i - 1);
        assert_int_not_equal(fault_of(changed.bytes, proof.size - 1), GJ_PROOF_SOUND);
        assert_int_not_equal(fault_of(proof.bytes, i), GJ_PROOF_SOUND);
    }
}

#define IN_A_STORE(test) cmocka_unit_test_setup_teardown(test, store_make, store_drop)

int main(void)
{
    store_path_make(path, "audit");
    if (gj_secret_key_make(&key) != GJ_OK || gj_secret_key_make(&other) != GJ_OK) {
        return 1;
    }
    const struct CMUnitTest tests[] = {
        IN_A_STORE(it_is_whole_however_it_came_about),
        IN_A_STORE(every_byte_of_every_record_is_named),
        IN_A_STORE(what_a_record_is_of_is_named),
        IN_A_STORE(a_chain_made_anew_is_not_the_one_that_was_signed),
        IN_A_STORE(an_empty_chain_is_not_signed),
        IN_A_STORE(a_finding_is_proved_without_the_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
