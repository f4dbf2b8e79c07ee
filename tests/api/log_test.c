/* SPDX-License-Identifier: Apache-2.0
 *
 * What an engine says to its host's log: each kind of line, in both languages and at its level;
 * none of what a caller asked for wrongly; and none where the options end before there was a log.
 * What is too long for a sentence is cut between characters. */
#include "api/sql.h"

enum { LINES_MAX = 32, LINE_SIZE = 400 };

static const char source[] =
    "department o {\n  post w\n}\n"
    "procedure permit \"Permit\" {\n"
    "  version %d\n"
    "  stage filed initial {\n    on look by w\n    on pass by w -> done\n  }\n"
    "  stage done final\n"
    "}\n";

typedef struct said {
    gj_log_level level;
    char en[LINE_SIZE], zh[LINE_SIZE];
} said;

static said lines[LINES_MAX];
static size_t line_count;
static char path[STORE_PATH_SIZE];

static void line_take(void *payload, gj_log_level level, const char *en, const char *zh)
{
    assert_ptr_equal(payload, lines);
    assert_true(line_count < LINES_MAX);
    lines[line_count].level = level;
    snprintf(lines[line_count].en, LINE_SIZE, "%s", en);
    snprintf(lines[line_count++].zh, LINE_SIZE, "%s", zh);
}

static gj_engine *engine_open(size_t size)
{
    gj_engine *engine;
    gj_engine_options options = {.size = size, .path = path, .payload = lines, .log = line_take};
    line_count = 0;
    assert_int_equal(gj_engine_open(&options, &engine), GJ_OK);
    return engine;
}

static void says(size_t line, gj_log_level level, const char *en, const char *zh)
{
    assert_true(line < line_count);
    assert_int_equal(lines[line].level, level);
    if (strstr(lines[line].en, en) == NULL || strstr(lines[line].zh, zh) == NULL) {
        fail_msg("%s | %s", lines[line].en, lines[line].zh);
    }
}

static gj_status version_deploy(gj_engine *engine, int version)
{
    char of[sizeof source + 16];
    gj_compilation *made;
    gj_compile_options options = {.size = sizeof options};
    snprintf(of, sizeof of, source, version);
    assert_int_equal(gj_compile_text(&options, "permit.gj", text(of), &made), GJ_OK);
    gj_status status = compilation_deploy(engine, made);
    gj_compilation_destroy(made);
    return status;
}

static gj_receipt look(gj_engine *engine, const char *id, const char *officer)
{
    gj_receipt receipt;
    gj_event event = {.id = text(id),
                      .case_id = text("c"),
                      .action = text("look"),
                      .post = text("w"),
                      .officer = text(officer),
                      .at = {.wall_ms = 1709283600000, .present = true, .zoned = true}};
    assert_int_equal(gj_engine_submit(engine, &event, 1, &receipt, NULL, NULL), GJ_OK);
    return receipt;
}

static void what_is_worth_writing_down_is_said(void **state)
{
    gj_text none = {NULL, 0};
    gj_secret_key key;
    (void)state;
    store_remove(path);
    gj_engine *engine = engine_open(sizeof(gj_engine_options));
    says(0, GJ_LOG_INFO, path, "已打开");
    assert_int_equal(version_deploy(engine, 2), GJ_OK);
    says(1, GJ_LOG_INFO, "Permit 2 is in force", "Permit 2已施行");
    assert_int_equal(version_deploy(engine, 1), GJ_REFUSED);
    says(2, GJ_LOG_WARNING, "the version may only rise", "版本只升不降");
    look(engine, "e1", "u1");
    assert_int_equal(look(engine, "e1", "u2").kind, GJ_CONFLICTING);
    says(3, GJ_LOG_WARNING, "with another content: 1", "内容不同：1项");
    assert_int_equal(gj_engine_list(engine, GJ_LIST_EVENTS, none, text("x"), NULL, NULL),
                     GJ_BAD_ARGUMENT);
    assert_int_equal(gj_secret_key_make(&key), GJ_OK);
    assert_int_equal(gj_engine_trust(engine, &key.open), GJ_OK);
    says(4, GJ_LOG_INFO, key.open.id, "信任密钥");
    gj_engine_close(engine);
    says(5, GJ_LOG_INFO, "is closed", "已关闭");
    assert_int_equal(line_count, 6);
}

static bool stage_take(void *payload, const gj_case_row *row)
{
    *(gj_text *)payload = row->stage;
    return true;
}

static void damage_is_said(void **state)
{
    (void)state;
    sql_run(path, "UPDATE cases SET state = zeroblob(5)");
    gj_engine *engine = engine_open(sizeof(gj_engine_options));
    gj_text stage = text("");
    assert_int_equal(gj_engine_advance(engine, 1709283600001, NULL, NULL), GJ_OK);
    assert_int_equal(gj_engine_cases(engine, text("permit"), &stage, stage_take), GJ_OK);
    assert_int_equal(stage.size, 5);
    assert_memory_equal(stage.bytes, "filed", 5); /* as its events say */
    look(engine, "e2", "u1");
    says(1, GJ_LOG_WARNING, "the state of the case c", "办件c的现状");
    gj_engine_close(engine);
    sql_run(path, "UPDATE events SET told = '{}'; UPDATE cases SET state = zeroblob(5)");
    engine = engine_open(sizeof(gj_engine_options));
    gj_receipt receipt;
    gj_event event = {.id = text("e3"),
                      .case_id = text("c"),
                      .action = text("look"),
                      .at = {.wall_ms = 1709283600000, .present = true, .zoned = true}};
    assert_int_equal(gj_engine_submit(engine, &event, 1, &receipt, NULL, NULL), GJ_IO);
    says(line_count - 1, GJ_LOG_ERROR, "the events of the case \"c\"", "办件“c”的事件");
    gj_engine_close(engine);
    sql_run(path, "PRAGMA user_version = 99");
    gj_engine_options options = {
        .size = sizeof options, .path = path, .payload = lines, .log = line_take};
    assert_int_equal(gj_engine_open(&options, &engine), GJ_REFUSED);
    says(line_count - 1, GJ_LOG_ERROR, "newer version of this library", "更新的版本");
    gj_engine_close(engine);
    store_remove(path);
}

/* A program that was compiled before there was a log. */
static void an_older_program_is_told_nothing(void **state)
{
    (void)state;
    store_remove(path);
    gj_engine *engine = engine_open(offsetof(gj_engine_options, log));
    assert_int_equal(version_deploy(engine, 1), GJ_OK);
    gj_engine_close(engine);
    assert_int_equal(line_count, 0);
    store_remove(path);
}

/* ---- what is too long ---- */

static void result_pass(void *payload, const gj_judge *judge, const gj_case_result *result)
{
    (void)payload;
    (void)judge;
    (void)result;
}

static bool is_utf8(const char *of)
{
    const unsigned char *at = (const unsigned char *)of;
    while (*at != '\0') {
        int more = *at < 0x80                  ? 0
                   : *at >= 0xC2 && *at < 0xE0 ? 1
                   : *at >= 0xE0 && *at < 0xF0 ? 2
                                               : 3;
        if (*at >= 0x80 && *at < 0xC2) {
            return false;
        }
        for (at++; more > 0; more--, at++) {
            if ((*at & 0xC0) != 0x80) {
                return false;
            }
        }
    }
    return true;
}

static void is_whole(gj_engine *engine, const char *begin)
{
    for (int lang = GJ_EN; lang <= GJ_ZH; lang++) {
        for (size_t size = 1; size < LINE_SIZE; size++) {
            char text_of[LINE_SIZE];
            gj_engine_error(engine, (gj_lang)lang, text_of, size);
            assert_true(is_utf8(text_of));
            assert_true(size < LINE_SIZE - 1 || strstr(text_of, begin) != NULL);
        }
    }
}

/* Titles and names of any length, at each place where they might be cut. */
static void a_long_name_is_cut_between_characters(void **state)
{
    (void)state;
    for (int shift = 0; shift < 3; shift++) {
        char title[400] = "", of[1200];
        gj_compilation *made;
        gj_compile_options options = {.size = sizeof options};
        gj_text none = {NULL, 0};
        strncat(title, "ab", (size_t)shift);
        for (int i = 0; i < 100; i++) {
            strcat(title, "甲");
        }
        store_remove(path);
        gj_engine *engine = engine_open(sizeof(gj_engine_options));
        for (int version = 2; version > 0; version--) {
            snprintf(of, sizeof of,
                     "department o {\n  post w\n}\nprocedure permit \"%s\" {\n  version %d\n"
                     "  stage a initial {\n    on look by w -> b\n  }\n  stage b final\n}\n",
                     title, version);
            assert_int_equal(gj_compile_text(&options, "permit.gj", text(of), &made), GJ_OK);
            assert_int_equal(compilation_deploy(engine, made), version == 2 ? GJ_OK : GJ_REFUSED);
            gj_compilation_destroy(made);
        }
        is_whole(engine, "甲");
        assert_int_equal(gj_engine_case(engine, none, text(title), NULL, result_pass), GJ_UNKNOWN);
        is_whole(engine, "甲");
        for (size_t i = 0; i < line_count; i++) {
            assert_true(is_utf8(lines[i].en) && is_utf8(lines[i].zh));
        }
        gj_engine_close(engine);
    }
    store_remove(path);
}

int main(void)
{
    store_path_make(path, "log");
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_worth_writing_down_is_said),
                                       cmocka_unit_test(damage_is_said),
                                       cmocka_unit_test(an_older_program_is_told_nothing),
                                       cmocka_unit_test(a_long_name_is_cut_between_characters)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
