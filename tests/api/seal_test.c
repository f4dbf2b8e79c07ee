/* SPDX-License-Identifier: Apache-2.0
 *
 * Signed images. A store that trusts a key takes an image from an envelope of that key and from
 * nothing else: every byte of the envelope and of the image is changed, every field left out, every
 * end cut off, and each is refused, with a reason in both languages; so are an unsigned image, one
 * that another key signed, a calendar that was not signed with it, an older version, and another
 * rule set of the same version. What lies in the store is held to the same when it is opened: there
 * every byte of the envelope is changed too, and some of the image, with GUIJU_PROVE=1 all. */
#include "api/sql.h"

enum { FILE_SIZE = 65536, SAID_SIZE = 400 };

typedef struct file {
    char bytes[FILE_SIZE];
    size_t size;
} file;

static char path[STORE_PATH_SIZE];
static gj_engine *engine;
static gj_secret_key key, other;

static bool file_write(void *payload, const char *bytes, size_t size)
{
    file *to = payload;
    assert_true(to->size + size <= sizeof to->bytes);
    memcpy(to->bytes + to->size, bytes, size);
    to->size += size;
    return true;
}

static gj_status engine_open(void)
{
    gj_engine_options options = {.size = sizeof options, .path = path};
    return gj_engine_open(&options, &engine);
}

static void engine_close(void)
{
    gj_engine_close(engine);
    engine = NULL;
}

static int store_make(void **state)
{
    (void)state;
    store_remove(path);
    assert_int_equal(engine_open(), GJ_OK);
    return 0;
}

static int store_drop(void **state)
{
    (void)state;
    engine_close();
    store_remove(path);
    return 0;
}

/* ---- rule sets ---- */

static gj_compilation *compile_with(int version, const char *days)
{
    char source[900];
    gj_compile_options options = {.size = sizeof options};
    gj_compilation *made;
    snprintf(source, sizeof source,
             "calendar c {\n  zone \"Asia/Shanghai\"\n  week mon..fri\n  published through "
             "2024-12-31\n  year 2024 { %s }\n}\n"
             "department o {\n  post w\n}\nprocedure small {\n  version %d effective 2024-01-01\n"
             "  calendar c\n"
             "  stage a initial { on go by w -> b }\n  stage b final\n"
             "  limit l {\n    from entering a to go\n    within %d workdays\n"
             "    duty w\n  }\n}\n",
             days, version, 10 + version);
    assert_int_equal(gj_compile_text(&options, "small.gj", text(source), &made), GJ_OK);
    for (size_t i = 0; i < gj_compilation_error_count(made); i++) {
        print_message("the source has errors\n");
    }
    assert_int_equal(gj_compilation_error_count(made), 0);
    assert_int_equal(gj_compilation_calendar_count(made), 1);
    return made;
}

static gj_compilation *compile(int version)
{
    return compile_with(version, "");
}

static gj_bytes bytes_of(gj_text from)
{
    return (gj_bytes){from.bytes, from.size};
}

static void seal(const gj_compilation *what, const gj_secret_key *by, uint64_t version, file *made)
{
    gj_bytes calendar = bytes_of(gj_compilation_calendar(what, 0));
    gj_sealing sealing = {.size = sizeof sealing,
                          .image = bytes_of(gj_compilation_image(what)),
                          .calendars = &calendar,
                          .calendar_count = 1,
                          .name = text("small"),
                          .version = version};
    gj_writer out = {made, file_write};
    made->size = 0;
    assert_int_equal(gj_seal_make(&sealing, by, &out), GJ_OK);
}

static gj_status deploy(gj_bytes image, const gj_compilation *calendar_of)
{
    gj_bytes calendar = bytes_of(gj_compilation_calendar(calendar_of, 0));
    gj_deployment deployment = {
        .size = sizeof deployment, .image = image, .calendars = &calendar, .calendar_count = 1};
    return gj_engine_deploy(engine, &deployment);
}

static gj_status deploy_file(const file *from, const gj_compilation *calendar_of)
{
    return deploy((gj_bytes){from->bytes, from->size}, calendar_of);
}

static void says(const char *en, const char *zh)
{
    char said[SAID_SIZE];
    gj_engine_error(engine, GJ_EN, said, sizeof said);
    if (strstr(said, en) == NULL) {
        fail_msg("%s\n  does not say: %s", said, en);
    }
    gj_engine_error(engine, GJ_ZH, said, sizeof said);
    if (strstr(said, zh) == NULL) {
        fail_msg("%s\n  does not say: %s", said, zh);
    }
}

static bool rules_count(void *payload, const gj_rule_set *rules)
{
    size_t *count = payload;
    *count += rules->in_force ? 1 : 0;
    return true;
}

static size_t in_force(void)
{
    size_t count = 0;
    assert_int_equal(gj_engine_rule_sets(engine, &count, rules_count), GJ_OK);
    return count;
}

/* ---- deploying ---- */

static void only_what_a_trusted_key_signed_is_deployed(void **state)
{
    static file sealed;
    gj_compilation *one = compile(1), *two = compile(2), *three = compile(3);
    (void)state;
    assert_int_equal(gj_engine_trust(engine, &key.open), GJ_OK);
    assert_int_equal(gj_engine_trust(engine, &key.open), GJ_OK); /* once more is no failure */
    assert_int_equal(deploy(bytes_of(gj_compilation_image(one)), one), GJ_REFUSED);
    says("it is not signed", "未签名");
    seal(one, &other, 1, &sealed);
    assert_int_equal(deploy_file(&sealed, one), GJ_REFUSED);
    says("by a key that is not trusted", "密钥不受信任");
    assert_int_equal(in_force(), 0);
    seal(two, &key, 2, &sealed);
    assert_int_equal(deploy_file(&sealed, two), GJ_OK);
    assert_int_equal(deploy_file(&sealed, two), GJ_OK); /* it is in force already */
    assert_int_equal(in_force(), 1);
    seal(one, &key, 1, &sealed);
    assert_int_equal(deploy_file(&sealed, one), GJ_REFUSED);
    says("\"small\" is signed as version 1, and the store has had version 2",
         "“small”签署为第1版，存储中已有第2版");
    seal(three, &key, 2, &sealed);
    assert_int_equal(deploy_file(&sealed, three), GJ_REFUSED);
    says("is signed as version 2, and", "签署为第2版");
    seal(one, &key, 9, &sealed); /* the envelope's version rises, and the procedure's does not */
    assert_int_equal(deploy_file(&sealed, one), GJ_REFUSED);
    says("comes as version 1, and version 2 is in force", "送来第1版，现行为第2版");
    engine_close();
    assert_int_equal(engine_open(), GJ_OK);
    assert_int_equal(in_force(), 1);
    assert_int_equal(deploy(bytes_of(gj_compilation_image(three)), three), GJ_REFUSED);
    seal(three, &key, 3, &sealed);
    assert_int_equal(deploy_file(&sealed, three), GJ_OK);
    gj_compilation_destroy(one);
    gj_compilation_destroy(two);
    gj_compilation_destroy(three);
}

static void a_calendar_is_signed_with_its_image(void **state)
{
    static file sealed;
    char changed[4096];
    gj_compilation *one = compile(1);
    gj_text calendar = gj_compilation_calendar(one, 0);
    (void)state;
    assert_true(calendar.size <= sizeof changed);
    assert_int_equal(gj_engine_trust(engine, &key.open), GJ_OK);
    seal(one, &key, 1, &sealed);
    for (size_t i = 0; i < calendar.size; i += 7) {
        memcpy(changed, calendar.bytes, calendar.size);
        changed[i] ^= 1;
        gj_bytes bytes = {changed, calendar.size};
        gj_deployment deployment = {.size = sizeof deployment,
                                    .image = {sealed.bytes, sealed.size},
                                    .calendars = &bytes,
                                    .calendar_count = 1};
        assert_int_equal(gj_engine_deploy(engine, &deployment), GJ_REFUSED);
        says("is not one of those that were signed with the image", "不在随映像一并签署的日历之中");
    }
    assert_int_equal(in_force(), 0);
    gj_compilation_destroy(one);
}

/* ---- every byte, every field, every end ---- */

static gj_seal_fault fault_of(const char *bytes, size_t size)
{
    gj_seal opened;
    gj_seal_fault fault = GJ_SEAL_SOUND;
    /* Of its own size, so that whoever reads behind it is seen. */
    char *copy = malloc(size + 1);
    assert_non_null(copy);
    memcpy(copy, bytes, size);
    gj_status status = gj_seal_open((gj_bytes){copy, size}, &key.open, 1, &opened, &fault);
    assert_int_equal(status, fault == GJ_SEAL_SOUND ? GJ_OK : GJ_REFUSED);
    free(copy);
    return fault;
}

static void every_byte_changed_is_refused(void **state)
{
    static file sealed, changed;
    gj_compilation *one = compile(1);
    size_t counts[16] = {0};
    (void)state;
    assert_int_equal(gj_engine_trust(engine, &key.open), GJ_OK);
    seal(one, &key, 1, &sealed);
    assert_int_equal(fault_of(sealed.bytes, sealed.size), GJ_SEAL_SOUND);
    for (size_t i = 0; i < sealed.size; i++) {
        for (int bit = 0; bit < 8; bit++) {
            changed = sealed;
            changed.bytes[i] = (char)(changed.bytes[i] ^ 1 << bit);
            gj_seal_fault fault = fault_of(changed.bytes, changed.size);
            if (fault == GJ_SEAL_SOUND) {
                fail_msg("bit %d of byte %zu may be changed", bit, i);
            }
            counts[fault]++;
            if (bit == 0) {
                assert_int_equal(deploy_file(&changed, one), GJ_REFUSED);
            }
        }
    }
    /* Where the head has its parts, each is refused for its own reason. */
    assert_int_equal(counts[GJ_SEAL_NONE], 8 * 8);
    assert_int_equal(counts[GJ_SEAL_FORM], 4 * 8);
    assert_int_equal(counts[GJ_SEAL_SUITE], 4 * 8);
    assert_int_equal(counts[GJ_SEAL_KEY], 8 * 8);
    assert_int_equal(counts[GJ_SEAL_IMAGE], 8 * gj_compilation_image(one).size);
    assert_true(counts[GJ_SEAL_SIGNATURE] > 64 * 8);
    assert_int_equal(in_force(), 0);
    gj_compilation_destroy(one);
}

static void every_field_left_out_and_every_end_is_refused(void **state)
{
    static file sealed, changed;
    static const size_t fields[][2] = {/* where it stands, its size; behind the head the name */
                                       {0, 8},  {8, 4},  {12, 4}, {16, 8}, {24, 8},  {32, 32},
                                       {64, 8}, {72, 4}, {76, 4}, {80, 5}, {85, 32}, {117, 64}};
    gj_compilation *one = compile(1);
    (void)state;
    seal(one, &key, 1, &sealed);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        size_t at = fields[i][0], size = fields[i][1];
        memcpy(changed.bytes, sealed.bytes, at);
        memcpy(changed.bytes + at, sealed.bytes + at + size, sealed.size - at - size);
        assert_int_not_equal(fault_of(changed.bytes, sealed.size - size), GJ_SEAL_SOUND);
        changed = sealed;
        memset(changed.bytes + at, 0, size);
        assert_int_not_equal(fault_of(changed.bytes, sealed.size), GJ_SEAL_SOUND);
    }
    assert_int_equal(sealed.size, 181 + gj_compilation_image(one).size);
    for (size_t size = 0; size < sealed.size; size++) {
        assert_int_not_equal(fault_of(sealed.bytes, size), GJ_SEAL_SOUND);
    }
    changed = sealed;
    changed.bytes[changed.size] = 0;
    assert_int_equal(fault_of(changed.bytes, changed.size + 1), GJ_SEAL_CUT);
    gj_compilation_destroy(one);
}

/* ---- in the store ---- */

static size_t sql_size(const char *sql)
{
    sqlite3 *store;
    sqlite3_stmt *row;
    assert_int_equal(sqlite3_open(path, &store), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(store, sql, -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    size_t size = (size_t)sqlite3_column_int64(row, 0);
    sqlite3_finalize(row);
    sqlite3_close(store);
    return size;
}

/* The byte at that place made another, or made what it was. */
static void byte_flip(const char *table, const char *column, size_t at)
{
    static char bytes[FILE_SIZE];
    char sql[100];
    sqlite3 *store;
    sqlite3_stmt *get, *set;
    assert_int_equal(sqlite3_open(path, &store), SQLITE_OK);
    snprintf(sql, sizeof sql, "SELECT %s FROM %s", column, table);
    assert_int_equal(sqlite3_prepare_v2(store, sql, -1, &get, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(get), SQLITE_ROW);
    int size = sqlite3_column_bytes(get, 0);
    assert_true((size_t)size <= sizeof bytes);
    memcpy(bytes, sqlite3_column_blob(get, 0), (size_t)size);
    sqlite3_finalize(get);
    bytes[at] ^= 0x20;
    snprintf(sql, sizeof sql, "UPDATE %s SET %s = ?1", table, column);
    assert_int_equal(sqlite3_prepare_v2(store, sql, -1, &set, NULL), SQLITE_OK);
    sqlite3_bind_blob(set, 1, bytes, size, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(set), SQLITE_DONE);
    sqlite3_finalize(set);
    sqlite3_close(store);
}

static void bytes_flip(const char *table, const char *column, size_t stride)
{
    char sql[100];
    snprintf(sql, sizeof sql, "SELECT length(%s) FROM %s", column, table);
    size_t size = sql_size(sql);
    assert_true(size > 50);
    for (size_t at = 0; at < size; at += stride) {
        byte_flip(table, column, at);
        gj_status status = engine_open();
        if (status != GJ_REFUSED) {
            fail_msg("byte %zu of %s.%s may be changed: %d", at, table, column, (int)status);
        }
        engine_close();
        byte_flip(table, column, at);
    }
}

static void what_lies_in_the_store_is_held_to_the_same(void **state)
{
    static file sealed;
    gj_compilation *one = compile(1), *two = compile(2);
    size_t stride = getenv("GUIJU_PROVE") != NULL ? 1 : 41;
    (void)state;
    assert_int_equal(gj_engine_trust(engine, &key.open), GJ_OK);
    seal(one, &key, 1, &sealed);
    assert_int_equal(deploy_file(&sealed, one), GJ_OK);
    engine_close();
    bytes_flip("seals", "head", 1);
    bytes_flip("images", "bytes", stride);
    bytes_flip("calendars", "bytes", stride);
    static const char *const changes[][2] = {
        {"UPDATE deployments SET seal = NULL", "UPDATE deployments SET seal = 1"},
        {"UPDATE deployments SET seal = 2", "UPDATE deployments SET seal = 1"},
        {"ALTER TABLE keys RENAME TO k; CREATE TABLE keys AS SELECT * FROM k WHERE 0",
         "DROP TABLE keys; ALTER TABLE k RENAME TO keys"},
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        sql_run(path, changes[i][0]);
        assert_int_equal(engine_open(), GJ_REFUSED);
        engine_close();
        sql_run(path, changes[i][1]);
    }
    assert_int_equal(engine_open(), GJ_OK);
    assert_int_equal(in_force(), 1);
    gj_compilation_destroy(one);
    gj_compilation_destroy(two);
}

/* ---- trusting later ---- */

static gj_receipt_kind go(const char *of)
{
    gj_receipt receipt;
    gj_event event = {
        .id = text(of), .source = text("s"), .case_id = text(of), .action = text("go")};
    assert_true(gj_stamp_parse(text("2024-03-01T09:00"), &event.at));
    assert_int_equal(gj_engine_submit(engine, &event, 1, &receipt, NULL, NULL), GJ_OK);
    return receipt.kind;
}

static void what_was_there_before_opens_no_case(void **state)
{
    static file sealed;
    gj_compilation *one = compile(1);
    gj_receipt receipt;
    (void)state;
    assert_int_equal(deploy(bytes_of(gj_compilation_image(one)), one), GJ_OK);
    assert_int_equal(go("before"), GJ_RECEIVED);
    assert_int_equal(gj_engine_trust(engine, &key.open), GJ_OK);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(in_force(), 0);
        assert_int_equal(go("new"), GJ_NOT_RECEIVED);
        gj_event event = {.id = text(i == 0 ? "more" : "and more"),
                          .source = text("s"),
                          .case_id = text("before"),
                          .action = text("go")};
        assert_true(gj_stamp_parse(text("2024-03-02T09:00"), &event.at));
        assert_int_equal(gj_engine_submit(engine, &event, 1, &receipt, NULL, NULL), GJ_OK);
        assert_int_equal(receipt.kind, GJ_RECEIVED);
        engine_close();
        assert_int_equal(engine_open(), GJ_OK);
    }
    seal(one, &key, 1, &sealed); /* the same procedure, and now it is signed */
    assert_int_equal(deploy_file(&sealed, one), GJ_OK);
    assert_int_equal(in_force(), 1);
    assert_int_equal(go("new"), GJ_RECEIVED);
    assert_int_equal(gj_engine_case_count(engine), 2);
    gj_compilation_destroy(one);
}

/* ---- calendars of older versions ---- */

static bool revision_take(void *payload, const gj_rule_set *rules)
{
    gj_text revision = gj_judge_calendar(rules->judge, 0);
    char *last = payload;
    assert_true(revision.size < SAID_SIZE);
    if (rules->version == 1) {
        memcpy(last, revision.bytes, revision.size);
        last[revision.size] = '\0';
    }
    return true;
}

/* By which the cases of version 1 are counted. */
static void first_is_counted_by(const gj_compilation *what)
{
    char last[SAID_SIZE] = "";
    gj_calendar *calendar;
    gj_refusal why;
    gj_text bytes = gj_compilation_calendar(what, 0);
    assert_int_equal(gj_engine_rule_sets(engine, last, revision_take), GJ_OK);
    assert_int_equal(gj_calendar_load(NULL, bytes.bytes, bytes.size, &calendar, &why), GJ_OK);
    gj_text wanted = gj_calendar_revision(calendar);
    assert_int_equal(strlen(last), wanted.size);
    assert_memory_equal(last, wanted.bytes, wanted.size);
    gj_calendar_destroy(calendar);
}

/* The first version signed, or deployed before the store trusted anybody; the calendar comes signed
 * with the second, and again with that. */
static void a_signed_calendar_counts_older_cases(void **state)
{
    static file first, second, third;
    gj_compilation *one = compile(1), *two = compile_with(2, "holiday \"H\" 2024-03-06");
    gj_compilation *again = compile_with(2, "holiday \"H\" 2024-03-07");
    seal(one, &key, 1, &first);
    seal(two, &key, 2, &second);
    seal(again, &key, 3, &third);
    for (int is_signed = 0; is_signed < 2; is_signed++) {
        if (is_signed) {
            assert_int_equal(gj_engine_trust(engine, &key.open), GJ_OK);
            assert_int_equal(deploy_file(&first, one), GJ_OK);
            assert_int_equal(go("old"), GJ_RECEIVED);
        } else {
            assert_int_equal(deploy(bytes_of(gj_compilation_image(one)), one), GJ_OK);
            assert_int_equal(go("old"), GJ_RECEIVED);
            assert_int_equal(gj_engine_trust(engine, &key.open), GJ_OK);
        }
        assert_int_equal(deploy_file(&second, two), GJ_OK);
        first_is_counted_by(two);
        assert_int_equal(deploy_file(&third, again), GJ_OK);
        for (int i = 0; i < 2; i++) {
            first_is_counted_by(again);
            assert_int_equal(in_force(), 1);
            engine_close();
            assert_int_equal(engine_open(), GJ_OK);
        }
        assert_int_equal(go("new"), GJ_RECEIVED);
        store_drop(state);
        store_make(state);
    }
    gj_compilation_destroy(one);
    gj_compilation_destroy(two);
    gj_compilation_destroy(again);
}

/* ---- keys ---- */

static void a_key_is_read_as_it_was_written(void **state)
{
    file line = {.size = 0};
    gj_writer out = {&line, file_write};
    gj_public_key open;
    gj_secret_key secret;
    (void)state;
    assert_int_equal(gj_secret_key_print(&key, &out), GJ_OK);
    assert_int_equal(gj_secret_key_parse((gj_text){line.bytes, line.size}, &secret), GJ_OK);
    assert_memory_equal(&secret, &key, sizeof key);
    assert_int_equal(gj_public_key_parse((gj_text){line.bytes, line.size}, &open), GJ_MALFORMED);
    for (size_t i = 0; i + 1 < line.size; i++) { /* the end of the line is no part of it */
        file changed = line;
        changed.bytes[i] ^= 1;
        assert_int_equal(gj_secret_key_parse((gj_text){changed.bytes, changed.size}, &secret),
                         GJ_MALFORMED);
        assert_int_equal(gj_secret_key_parse((gj_text){line.bytes, i}, &secret), GJ_MALFORMED);
    }
    line.size = 0;
    assert_int_equal(gj_public_key_print(&key.open, &out), GJ_OK);
    assert_int_equal(gj_public_key_parse((gj_text){line.bytes, line.size}, &open), GJ_OK);
    assert_memory_equal(&open, &key.open, sizeof open);
    for (size_t i = 0; i + 1 < line.size; i++) {
        file changed = line;
        changed.bytes[i] ^= 1;
        assert_int_equal(gj_public_key_parse((gj_text){changed.bytes, changed.size}, &open),
                         GJ_MALFORMED);
        assert_int_equal(gj_public_key_parse((gj_text){line.bytes, i}, &open), GJ_MALFORMED);
    }
}

#define IN_A_STORE(test) cmocka_unit_test_setup_teardown(test, store_make, store_drop)

int main(void)
{
    store_path_make(path, "seal");
    if (gj_secret_key_make(&key) != GJ_OK || gj_secret_key_make(&other) != GJ_OK) {
        return 1;
    }
    const struct CMUnitTest tests[] = {
        IN_A_STORE(only_what_a_trusted_key_signed_is_deployed),
        IN_A_STORE(a_calendar_is_signed_with_its_image),
        IN_A_STORE(every_byte_changed_is_refused),
        IN_A_STORE(every_field_left_out_and_every_end_is_refused),
        IN_A_STORE(what_lies_in_the_store_is_held_to_the_same),
        IN_A_STORE(what_was_there_before_opens_no_case),
        IN_A_STORE(a_signed_calendar_counts_older_cases),
        cmocka_unit_test(a_key_is_read_as_it_was_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
