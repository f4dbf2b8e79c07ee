/* SPDX-License-Identifier: Apache-2.0
 *
 * A store told a log of the food licence, with corrections, a retraction, a conflict and events
 * that are told late, is exported; its events are told, in their order and in another, to a store
 * that is new: the findings are the same to the letter, and so are the cases. Each line of an
 * export of everything says what it is, and nothing is left out. What was altered so that it is no
 * JSON is named, and not passed on. */
#include "api/lines.h"
#include "api/sql.h"

#include <stdint.h>

static char path[STORE_PATH_SIZE], other[STORE_PATH_SIZE];

static gj_engine *engine_open(const char *at)
{
    gj_engine *engine;
    gj_engine_options options = {.size = sizeof options, .path = at, .follows_events = true};
    assert_int_equal(gj_engine_open(&options, &engine), GJ_OK);
    return engine;
}

static void licence_deploy(gj_engine *engine)
{
    gj_compilation *made = licence_compile();
    assert_int_equal(compilation_deploy(engine, made), GJ_OK);
    gj_compilation_destroy(made);
}

/* `of` stands for one that is missing; NULL: the file's name. */
static void log_tell(gj_engine *engine, const char *log, const char *of)
{
    gj_feed *feed;
    const gj_event *event;
    gj_feed_options options = {.size = sizeof options, .path = log, .source = of};
    assert_int_equal(gj_feed_open(&options, &feed), GJ_OK);
    while (gj_feed_next(feed, &event) == GJ_OK) {
        gj_receipt receipt;
        assert_int_equal(gj_engine_submit(engine, event, 1, &receipt, NULL, NULL), GJ_OK);
        assert_int_equal(receipt.kind, GJ_RECEIVED);
    }
    gj_feed_close(feed);
}

/* Beside the log: one told again as another, one late, one that corrects and one that retracts. */
static void more_tell(gj_engine *engine)
{
    gj_receipt receipts[4];
    gj_stamp at = {.wall_ms = INT64_C(1709283600000), .present = true, .zoned = true};
    gj_event more[] = {{.id = text("x1"), .case_id = text("X"), .action = text("apply"), .at = at},
                       {.id = text("x1"), .case_id = text("X"), .action = text("accept"), .at = at},
                       {.id = text("x2"),
                        .case_id = text("X"),
                        .action = text("accept"),
                        .at = at,
                        .post = text("window")},
                       {.id = text("x3"), .case_id = text("X"), .retracts = text("x2")}};
    more[2].at.wall_ms -= 86400000;
    assert_int_equal(gj_engine_submit(engine, more, 4, receipts, NULL, NULL), GJ_OK);
    assert_int_equal(receipts[1].kind, GJ_CONFLICTING);
    assert_int_equal(receipts[3].kind, GJ_RECEIVED);
}

static void exported(gj_engine *engine, uint32_t what, lines *to)
{
    gj_writer out = {to, lines_write};
    to->size = 0;
    to->bytes[0] = '\0';
    assert_int_equal(gj_engine_export(engine, what, &out), GJ_OK);
}

static size_t lines_count(const char *of, const char *begin)
{
    size_t count = 0, size = strlen(begin);
    for (const char *at = of; *at != '\0'; at = strchr(at, '\n') + 1) {
        count += strncmp(at, begin, size) == 0;
    }
    return count;
}

static void file_write(const char *name, const lines *from, bool backwards)
{
    FILE *out = fopen(name, "wb");
    assert_non_null(out);
    const char *end = from->bytes + from->size;
    for (const char *at = backwards ? end : from->bytes; backwards ? at > from->bytes : at < end;) {
        const char *begin = at;
        if (backwards) {
            begin = at - 1;
            while (begin > from->bytes && begin[-1] != '\n') {
                begin--;
            }
        }
        size_t size = (size_t)(strchr(begin, '\n') + 1 - begin);
        fwrite(begin, 1, size, out);
        at = backwards ? begin : begin + size;
    }
    fclose(out);
}

static void what_is_exported_comes_to_the_same(void **state)
{
    static lines events, findings, cases, again;
    char log[512], name[STORE_PATH_SIZE + 8];
    (void)state;
    gj_engine *engine = engine_open(path);
    licence_deploy(engine);
    snprintf(log, sizeof log, "%s/examples/food_licence/food_licence.jsonl", getenv("GUIJU_ROOT"));
    log_tell(engine, log, NULL);
    more_tell(engine);
    gj_instant now = gj_engine_now(engine);
    exported(engine, GJ_EXPORT_EVENTS, &events);
    exported(engine, GJ_EXPORT_FINDINGS, &findings);
    exported(engine, GJ_EXPORT_CASES, &cases);
    gj_engine_close(engine);
    lines_sort(&cases);
    assert_true(lines_count(findings.bytes, "{") > 2);
    snprintf(name, sizeof name, "%s.jsonl", other);
    for (int backwards = 0; backwards < 2; backwards++) {
        store_remove(other);
        file_write(name, &events, backwards != 0);
        engine = engine_open(other);
        licence_deploy(engine);
        log_tell(engine, name, "");
        assert_int_equal(gj_engine_advance(engine, now, NULL, NULL), GJ_OK);
        exported(engine, GJ_EXPORT_CASES, &again);
        lines_sort(&again);
        assert_string_equal(again.bytes, cases.bytes);
        exported(engine, GJ_EXPORT_FINDINGS, &again);
        if (backwards == 0) {
            assert_string_equal(again.bytes, findings.bytes);
        } else { /* what never stood in the other order was never withdrawn */
            lines_sort(&again);
            assert_true(lines_count(again.bytes, "{") > 0);
        }
        gj_engine_close(engine);
    }
    unlink(name);
    store_remove(other);
    store_remove(path);
}

static bool nothing_take(void *payload, const char *bytes, size_t size)
{
    (void)payload;
    (void)bytes;
    (void)size;
    return false;
}

static void each_line_says_what_it_is(void **state)
{
    static lines all;
    static const char *const kinds[] = {"{\"store\":{",    "{\"rules\":{", "{\"event\":{",
                                        "{\"conflict\":{", "{\"case\":{",  "{\"finding\":{",
                                        "{\"revision\":{"};
    gj_writer nobody = {NULL, nothing_take};
    char said[200];
    size_t count = 0;
    (void)state;
    gj_engine *engine = engine_open(path);
    licence_deploy(engine);
    more_tell(engine);
    assert_int_equal(gj_engine_advance(engine, INT64_C(1719283600000), NULL, NULL), GJ_OK);
    exported(engine, 0, &all);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t of_kind = lines_count(all.bytes, kinds[i]);
        assert_true(of_kind > 0);
        count += of_kind;
    }
    assert_int_equal(count, lines_count(all.bytes, ""));
    assert_int_equal(lines_count(all.bytes, "{\"event\":{"), 3);
    assert_int_equal(gj_engine_export(engine, 64, &nobody), GJ_BAD_ARGUMENT);
    assert_int_equal(gj_engine_export(engine, 0, &nobody), GJ_IO);
    gj_engine_error(engine, GJ_EN, said, sizeof said);
    assert_non_null(strstr(said, "gave up"));
    gj_engine_close(engine);
    store_remove(path);
}

static void what_is_no_json_is_named(void **state)
{
    static const struct {
        const char *table, *column, *en, *zh;
        uint32_t what;
    } kinds[] = {
        {"events", "told", "of \"x3\" is no JSON", "“x3”的记录不是 JSON", GJ_EXPORT_EVENTS},
        {"conflicts", "told", "of \"x1\" is no JSON", "“x1”的记录不是 JSON", GJ_EXPORT_CONFLICTS},
        {"findings", "json", "\" is no JSON", "”的记录不是 JSON", GJ_EXPORT_FINDINGS},
        {"revisions", "json", "\" is no JSON", "”的记录不是 JSON", GJ_EXPORT_REVISIONS},
    };
    static lines all;
    gj_writer out = {&all, lines_write};
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char sql[200], said[400];
        store_remove(path);
        gj_engine *engine = engine_open(path);
        licence_deploy(engine);
        more_tell(engine);
        gj_engine_close(engine);
        snprintf(sql, sizeof sql, "UPDATE %s SET %s = '{\"%s' WHERE n = (SELECT max(n) FROM %s)",
                 kinds[i].table, kinds[i].column, kinds[i].table, kinds[i].table);
        sql_run(path, sql);
        engine = engine_open(path);
        all.size = 0;
        assert_int_equal(gj_engine_export(engine, kinds[i].what, &out), GJ_IO);
        assert_null(strstr(all.bytes, kinds[i].table));
        gj_engine_error(engine, GJ_EN, said, sizeof said);
        assert_non_null(strstr(said, kinds[i].en));
        gj_engine_error(engine, GJ_ZH, said, sizeof said);
        assert_non_null(strstr(said, kinds[i].zh));
        gj_engine_close(engine);
    }
    store_remove(path);
}

int main(void)
{
    store_path_make(path, "export");
    store_path_make(other, "export-again");
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_exported_comes_to_the_same),
                                       cmocka_unit_test(each_line_says_what_it_is),
                                       cmocka_unit_test(what_is_no_json_is_named)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
