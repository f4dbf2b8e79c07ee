/* SPDX-License-Identifier: Apache-2.0
 *
 * Natives: what a manifest grants and refuses, what crosses, and that a host lives whatever its
 * natives do (examples/misbehaving). Where the system allows no sandbox, what needs the helper is
 * skipped and says so; then it is tested that nothing runs without one. */
#include "base/text.h"
#include "native/natives.h"
#include "native/wire.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct natives_of {
    gj_natives *natives;
    gjb_arena arena;
    gj_native_value result;
} natives_of;

static const char *manifest_path(const char *example)
{
    static char path[1024];
    const char *build = getenv("GUIJU_BUILD");
    snprintf(path, sizeof path, "%s/examples/%s/natives.json", build != NULL ? build : "build/dev",
             example);
    return path;
}

static gj_text text(const char *string)
{
    return gjb_text_of(string);
}

static bool sink_write(void *payload, const char *bytes, size_t size)
{
    gjb_buffer_add(payload, bytes, size);
    return true;
}

/* The problem in words, "" without one. */
static const char *told(const gj_natives *natives, gj_lang lang)
{
    static char words[2048];
    gjb_buffer buffer;
    gjb_buffer_init(&buffer, gjb_alloc_default());
    gj_writer writer = {&buffer, sink_write};
    assert_int_equal(gj_native_problem_print(gj_natives_problem(natives), lang, &writer), GJ_OK);
    snprintf(words, sizeof words, "%.*s", (int)buffer.size, buffer.size > 0 ? buffer.bytes : "");
    gjb_buffer_deinit(&buffer);
    return words;
}

static int open_misbehaving(void **state)
{
    static natives_of here;
    assert_int_equal(gj_natives_create(NULL, &here.natives), GJ_OK);
    gjb_arena_init(&here.arena, gjb_alloc_default());
    gj_status status = gj_natives_load(here.natives, manifest_path("misbehaving"));
    if (status != GJ_OK) {
        assert_int_equal(status, GJ_REFUSED);
        assert_int_equal(gj_natives_problem(here.natives)->fault, GJ_NATIVE_FAULT_SANDBOX);
        print_message("not tested: %s\n", told(here.natives, GJ_EN));
    }
    *state = status == GJ_OK ? &here : NULL;
    return 0;
}

static int close_misbehaving(void **state)
{
    natives_of *here = *state;
    if (here != NULL) {
        gj_natives_destroy(here->natives);
        gjb_arena_deinit(&here->arena);
    }
    return 0;
}

static natives_of *here_of(void **state)
{
    if (*state == NULL) {
        skip();
    }
    return *state;
}

static gjr_native_answer call(natives_of *here, const char *name, const gj_native_value *arguments)
{
    size_t index = gjr_natives_find(here->natives, text(name));
    assert_int_not_equal(index, GJ_NO_INDEX);
    return gjr_natives_call(here->natives, index, arguments, &here->arena, &here->result);
}

static gjr_native_answer call_with_word(natives_of *here, const char *name)
{
    gj_native_value word = {.text = text("word")};
    return call(here, name, &word);
}

/* ---- what crosses ---- */

static void values_cross_test(void **state)
{
    natives_of *here = here_of(state);
    static const struct {
        const char *native;
        int64_t number;
    } numbers[] = {
        {"echo_bool", 0},
        {"echo_bool", 1},
        {"echo_number", -1},
        {"echo_number", INT64_MAX},
        {"echo_number", -INT64_MAX},
        {"echo_day", -719162},
        {"echo_day", 2932896},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        gj_native_value value = {.number = numbers[i].number};
        gjr_native_answer answer = call(here, numbers[i].native, &value);
        assert_true(answer.known);
        assert_int_equal(here->result.number, numbers[i].number);
    }
    static const char *const texts[] = {"", "a", "统一社会信用代码"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        gj_native_value value = {.text = text(texts[i])};
        assert_true(call(here, "echo_text", &value).known);
        assert_true(gjb_text_equal_string(here->result.text, texts[i]));
    }
}

static void lists_cross_test(void **state)
{
    natives_of *here = here_of(state);
    gj_native_value items[GJ_NATIVE_ITEMS_MAX];
    static const char *const names[] = {"echo_bools", "echo_numbers", "echo_days", "echo_texts"};
    for (size_t n = 0; n < 4; n++) {
        for (size_t count = 0; count <= GJ_NATIVE_ITEMS_MAX; count = count * 16 + 1) {
            for (size_t i = 0; i < count; i++) {
                items[i] = n == 3 ? (gj_native_value){.text = text(i % 2 == 0 ? "甲" : "")}
                                  : (gj_native_value){.number = (int64_t)(n == 0 ? i % 2 : i)};
            }
            gj_native_value list = {.items = items, .item_count = count};
            assert_true(call(here, names[n], &list).known);
            assert_int_equal(here->result.item_count, count);
            for (size_t i = 0; i < count; i++) {
                assert_int_equal(here->result.items[i].number, items[i].number);
                assert_true(gjb_text_equal(here->result.items[i].text, items[i].text));
            }
        }
    }
}

static void many_arguments_cross_test(void **state)
{
    natives_of *here = here_of(state);
    gj_native_value numbers[] = {{.number = 1}, {.number = -2}}, texts[] = {{.text = text("x")}};
    gj_native_value bools[] = {{.number = 0}, {.number = 0}, {.number = 1}};
    gj_native_value days[] = {{.number = 19000}};
    gj_native_value all[] = {
        {.number = 1},
        {.number = 12345},
        {.number = -7},
        {.number = 1700000000000},
        {.text = text("abc")},
        {.items = numbers, .item_count = 2},
        {.items = texts, .item_count = 1},
        {.items = bools, .item_count = 3},
        {.items = days, .item_count = 1},
        {.number = INT64_MAX},
    };
    assert_true(call(here, "takes_all", all).known);
    assert_int_equal(here->result.number, 1);
    all[9].number = 0;
    assert_true(call(here, "takes_all", all).known);
    assert_int_equal(here->result.number, 0);
}

static void no_answer_is_none_test(void **state)
{
    gjr_native_answer answer = call_with_word(here_of(state), "knows_nothing");
    assert_false(answer.known);
    assert_int_equal(answer.failure, GJ_NATIVE_FAILURE_NONE);
}

/* ---- what natives do ---- */

static void misbehaviour_is_told_test(void **state)
{
    static const struct {
        const char *native;
        gj_native_failure failure;
        int64_t number;
    } cases[] = {
        {"loops", GJ_NATIVE_TIMED_OUT, 200},       {"sleeps", GJ_NATIVE_TIMED_OUT, 200},
        {"crashes", GJ_NATIVE_CRASHED, 11},        {"aborts", GJ_NATIVE_CRASHED, 6},
        {"recurses", GJ_NATIVE_CRASHED, 11},       {"exits", GJ_NATIVE_EXITED, 0},
        {"devours", GJ_NATIVE_CRASHED, 11},        {"gives_seven", GJ_NATIVE_RUBBISH, 0},
        {"gives_nothing", GJ_NATIVE_RUBBISH, 0},   {"gives_bytes", GJ_NATIVE_RUBBISH, 0},
        {"gives_nul", GJ_NATIVE_RUBBISH, 0},       {"gives_wild", GJ_NATIVE_CRASHED, 11},
        {"gives_endless", GJ_NATIVE_RUBBISH, 0},   {"gives_no_day", GJ_NATIVE_RUBBISH, 0},
        {"gives_long_list", GJ_NATIVE_RUBBISH, 0}, {"says_42", GJ_NATIVE_REPORTED, 42},
        {"forks", GJ_NATIVE_FORBIDDEN, 31},        {"runs", GJ_NATIVE_FORBIDDEN, 31},
        {"reads_file", GJ_NATIVE_FORBIDDEN, 31},   {"writes_file", GJ_NATIVE_FORBIDDEN, 31},
        {"prints", GJ_NATIVE_FORBIDDEN, 31},       {"connects", GJ_NATIVE_FORBIDDEN, 31},
        {"kills", GJ_NATIVE_FORBIDDEN, 31},        {"makes_code", GJ_NATIVE_FORBIDDEN, 31},
        {"hangs_up", GJ_NATIVE_FORBIDDEN, 31},     {"forges", GJ_NATIVE_RUBBISH, 0},
        {"floods", GJ_NATIVE_RUBBISH, 0},
    };
    natives_of *here = here_of(state);
    gj_native_value word = {.text = text("word")};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        gjr_native_answer answer = call_with_word(here, cases[i].native);
        if (answer.failure != cases[i].failure || answer.number != cases[i].number) {
            fail_msg("%s: %s, %lld", cases[i].native, gj_native_failure_name(answer.failure),
                     (long long)answer.number);
        }
        assert_false(answer.known);
        assert_true(call(here, "echo_text", &word).known); /* by another process */
        assert_true(gjb_text_equal_string(here->result.text, "word"));
    }
}

/* What it keeps is its own process's, which has an end; then it begins anew. */
static void leak_ends_test(void **state)
{
    natives_of *here = here_of(state);
    int failed = 0;
    for (int i = 0; i < 200; i++) {
        gjr_native_answer answer = call_with_word(here, "leaks");
        failed += !answer.known;
        assert_true(answer.known || answer.failure == GJ_NATIVE_REPORTED);
    }
    assert_in_range(failed, 2, 20);
}

/* One process answers call after call, and another begins at nought. */
static void process_is_kept_and_restarted_test(void **state)
{
    natives_of *here = here_of(state);
    call_with_word(here, "crashes");
    for (int64_t i = 1; i <= 3; i++) {
        assert_true(call_with_word(here, "counts").known);
        assert_int_equal(here->result.number, i * 10000);
    }
    call_with_word(here, "crashes");
    assert_true(call_with_word(here, "counts").known);
    assert_int_equal(here->result.number, 10000);
}

static void too_large_is_told_test(void **state)
{
    natives_of *here = here_of(state);
    size_t size = GJ_NATIVE_BYTES_MAX;
    char *bytes = malloc(size + 1);
    memset(bytes, 'a', size + 1);
    gj_native_value value = {.text = {bytes, size - 64}};
    assert_true(call(here, "echo_text", &value).known);
    assert_int_equal(here->result.text.size, size - 64);
    value.text.size = size + 1;
    assert_int_equal(call(here, "echo_text", &value).failure, GJ_NATIVE_TOO_LARGE);
    free(bytes);
}

/* ---- the manifest ---- */

enum { PATH_SIZE = 256 };

/* A file of its own, where such things belong on this machine. */
static void file_write(char path[PATH_SIZE], const char *manifest)
{
    const char *folder = getenv("TMPDIR");
    int size = snprintf(path, PATH_SIZE, "%s/natives-XXXXXX", folder != NULL ? folder : P_tmpdir);
    assert_in_range(size, 1, PATH_SIZE - 1);
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, manifest, strlen(manifest)), (ssize_t)strlen(manifest));
    close(file);
}

static gj_native_fault fault_at(const char *path, const char *said)
{
    gj_natives *natives;
    assert_int_equal(gj_natives_create(NULL, &natives), GJ_OK);
    assert_int_equal(gj_natives_load(natives, path), GJ_REFUSED);
    gj_native_fault fault = gj_natives_problem(natives)->fault;
    if (strstr(told(natives, GJ_EN), said) == NULL) {
        fail_msg("%s", told(natives, GJ_EN));
    }
    assert_true(strlen(told(natives, GJ_ZH)) > 0);
    assert_int_equal(gjr_natives_find(natives, text("credit_code_is_valid")), GJ_NO_INDEX);
    gj_natives_destroy(natives);
    unlink(path);
    return fault;
}

static gj_native_fault fault_of(const char *manifest, const char *said)
{
    char path[PATH_SIZE];
    file_write(path, manifest);
    return fault_at(path, said);
}

#define LIBRARY(rest)                                                                              \
    "{\"libraries\":[{\"name\":\"lib\",\"file\":\"/proc/self/exe\",\"sha256\":\""                  \
    "0000000000000000000000000000000000000000000000000000000000000000\"," rest "}]}"

static void manifest_is_refused_test(void **state)
{
    (void)state;
    assert_int_equal(fault_of("{", "not JSON"), GJ_NATIVE_FAULT_SYNTAX);
    assert_int_equal(fault_of("[]", "libraries"), GJ_NATIVE_FAULT_FIELD);
    assert_int_equal(fault_of("{\"libraries\":[],\"more\":1}", "\"more\""), GJ_NATIVE_FAULT_FIELD);
    assert_int_equal(fault_of("{\"libraries\":[{}]}", "\"name\""), GJ_NATIVE_FAULT_FIELD);
    assert_int_equal(fault_of("{\"libraries\":[{\"name\":\"l\"}]}", "\"file\""),
                     GJ_NATIVE_FAULT_FIELD);
    assert_int_equal(
        fault_of("{\"libraries\":[{\"name\":\"l\",\"file\":\"f\",\"sha256\":\"00\"}]}", "sha256"),
        GJ_NATIVE_FAULT_FIELD);
    assert_int_equal(fault_of(LIBRARY("\"memory_mb\":1,\"natives\":[]"), "memory_mb"),
                     GJ_NATIVE_FAULT_FIELD);
    assert_int_equal(fault_of(LIBRARY("\"in_process\":1,\"natives\":[]"), "in_process"),
                     GJ_NATIVE_FAULT_FIELD);
    assert_int_equal(fault_of(LIBRARY("\"natives\":{}"), "natives"), GJ_NATIVE_FAULT_FIELD);
    assert_int_equal(
        fault_of(LIBRARY("\"natives\":[{\"name\":\"f\",\"parameters\":[\"txt\"]}]"), "parameters"),
        GJ_NATIVE_FAULT_FIELD);
    assert_int_equal(fault_of(LIBRARY("\"natives\":[{\"name\":\"f\",\"parameters\":[],"
                                      "\"result\":\"list of list\"}]"),
                              "result"),
                     GJ_NATIVE_FAULT_FIELD);
    assert_int_equal(fault_of(LIBRARY("\"natives\":[{\"name\":\"f\",\"parameters\":[],"
                                      "\"result\":\"bool\",\"timeout_ms\":0}]"),
                              "timeout_ms"),
                     GJ_NATIVE_FAULT_FIELD);
    assert_int_equal(fault_of(LIBRARY("\"natives\":[]"), "SHA-256"), GJ_NATIVE_FAULT_HASH);
    assert_int_equal(fault_of("{\"libraries\":[{\"name\":\"l\",\"file\":\"/nowhere\",\"sha256\":\""
                              "00000000000000000000000000000000000000000000000000000000000000"
                              "00\",\"natives\":[]}]}",
                              "/nowhere"),
                     GJ_NATIVE_FAULT_IO);
}

/* The manifest of an example, with one thing changed; it lies elsewhere, so its library is named in
 * full. */
static void changed_write(char path[PATH_SIZE], const char *was, const char *is)
{
    static char bytes[1 << 15], changed[1 << 16], whole[1 << 17];
    const char *build = getenv("GUIJU_BUILD"), file_name[] = "\"credit_code.so\"";
    FILE *file = fopen(manifest_path("credit_code"), "r");
    assert_non_null(file);
    bytes[fread(bytes, 1, sizeof bytes - 1, file)] = '\0';
    fclose(file);
    char *found = strstr(bytes, was);
    assert_non_null(found);
    snprintf(changed, sizeof changed, "%.*s%s%s", (int)(found - bytes), bytes, is,
             found + strlen(was));
    char *name = strstr(changed, file_name);
    assert_non_null(name);
    snprintf(whole, sizeof whole, "%.*s\"%s/examples/credit_code/credit_code.so\"%s",
             (int)(name - changed), changed, build != NULL ? build : "build/dev",
             name + sizeof file_name - 1);
    file_write(path, whole);
}

static gj_native_fault changed_fault(const char *was, const char *is, const char *said)
{
    char path[PATH_SIZE];
    changed_write(path, was, is);
    return fault_at(path, said);
}

static void library_is_refused_test(void **state)
{
    here_of(state);
    assert_int_equal(changed_fault("\"symbol\": \"credit_code_is_valid\"",
                                   "\"symbol\": \"credit_code\"", "credit_code"),
                     GJ_NATIVE_FAULT_SYMBOL);
    assert_int_equal(
        changed_fault("\"信用代码有效\"", "\"credit_code_division\"", "granted already"),
        GJ_NATIVE_FAULT_TWICE);
}

/* ---- functions of the host, and a library in its own process ---- */

static int32_t greater(void *payload, const gj_native_value *arguments, gj_native_value *result)
{
    ++*(int *)payload;
    result->number = arguments[0].number > arguments[1].number;
    return arguments[0].number < 0 ? 5 : GJ_NATIVE_ANSWERED;
}

static int32_t rubbish(void *payload, const gj_native_value *arguments, gj_native_value *result)
{
    (void)payload;
    result->text = (gj_text){"\xFF", arguments[0].number > 0 ? 1 : 0};
    return GJ_NATIVE_ANSWERED;
}

static void host_functions_test(void **state)
{
    (void)state;
    natives_of here = {NULL};
    int times = 0;
    const gj_native_type two[] = {{GJ_SCALAR_NUMBER, false}, {GJ_SCALAR_NUMBER, false}};
    gj_native_signature signature = {.name = text("greater"),
                                     .library = text("host"),
                                     .parameters = two,
                                     .parameter_count = 2,
                                     .result = {GJ_SCALAR_BOOL, false},
                                     .pure = true};
    assert_int_equal(gj_natives_create(NULL, &here.natives), GJ_OK);
    gjb_arena_init(&here.arena, gjb_alloc_default());
    assert_int_equal(gj_natives_register(here.natives, &signature, &times, greater), GJ_OK);
    assert_int_equal(gj_natives_register(here.natives, &signature, &times, greater), GJ_REFUSED);
    assert_int_equal(gj_natives_problem(here.natives)->fault, GJ_NATIVE_FAULT_TWICE);
    signature.name = text("rubbish");
    signature.result.scalar = GJ_SCALAR_TEXT;
    assert_int_equal(gj_natives_register(here.natives, &signature, NULL, rubbish), GJ_OK);
    signature.parameter_count = GJ_NATIVE_PARAMETERS_MAX + 1;
    assert_int_equal(gj_natives_register(here.natives, &signature, NULL, rubbish), GJ_BAD_ARGUMENT);
    gj_native_value arguments[] = {{.number = 3}, {.number = 2}};
    assert_true(call(&here, "greater", arguments).known);
    assert_int_equal(here.result.number, 1);
    assert_int_equal(call(&here, "rubbish", arguments).failure, GJ_NATIVE_RUBBISH);
    arguments[0].number = -3;
    gjr_native_answer answer = call(&here, "greater", arguments);
    assert_int_equal(answer.failure, GJ_NATIVE_REPORTED);
    assert_int_equal(answer.number, 5);
    assert_true(call(&here, "rubbish", arguments).known);
    assert_int_equal(times, 2);
    gj_natives_destroy(here.natives);
    gjb_arena_deinit(&here.arena);
}

static void in_process_test(void **state)
{
    (void)state;
    natives_of here = {NULL};
    char path[PATH_SIZE];
    changed_write(path, "\"name\": \"credit_code\",",
                  "\"name\": \"credit_code\", \"in_process\": true,");
    assert_int_equal(gj_natives_create(NULL, &here.natives), GJ_OK);
    gjb_arena_init(&here.arena, gjb_alloc_default());
    assert_int_equal(gj_natives_load(here.natives, path), GJ_OK);
    gj_native_value code = {.text = text("91350100M000100Y43")};
    assert_true(call(&here, "credit_code_is_valid", &code).known);
    assert_int_equal(here.result.number, 1);
    assert_true(call(&here, "登记地代码", &code).known);
    assert_true(gjb_text_equal_string(here.result.text, "350100"));
    code.text = text("91350100M000100Y44");
    assert_true(call(&here, "信用代码有效", &code).known);
    assert_int_equal(here.result.number, 0);
    gjr_native_answer answer = call(&here, "登记地代码", &code);
    assert_false(answer.known);
    assert_int_equal(answer.failure, GJ_NATIVE_FAILURE_NONE);
    gj_natives_destroy(here.natives);
    gjb_arena_deinit(&here.arena);
    unlink(path);
}

/* ---- the helper's bytes ---- */

/* Whatever comes is a value of the type, or refused. */
static void wire_believes_nothing_test(void **state)
{
    (void)state;
    gjb_arena arena;
    gjb_buffer frame;
    gjb_arena_init(&arena, gjb_alloc_default());
    gjb_buffer_init(&frame, gjb_alloc_default());
    uint64_t random = 1;
    size_t taken = 0;
    for (int i = 0; i < 200000; i++) {
        gj_native_type type = {(gj_scalar)(i % GJ_SCALAR_COUNT), i % 16 >= GJ_SCALAR_COUNT};
        gjb_buffer_reset(&frame);
        gjb_arena_reset(&arena);
        for (size_t n = (size_t)(i / 16 % 20); n > 0; n--) {
            random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
            gjb_buffer_add_byte(&frame, (char)(random >> 61 != 0 ? 0 : random >> 40 & 0xFF));
        }
        const uint8_t *bytes = (const uint8_t *)frame.bytes;
        gjr_wire wire = {bytes, bytes + frame.size};
        gj_native_value value;
        if (frame.size > 0 && gjr_wire_take_value(&wire, type, &arena, &value)) {
            assert_true(gjr_native_value_is_valid(type, &value));
            assert_true(wire.at <= wire.end);
            taken++;
        }
    }
    assert_true(taken > 1000);
    gjb_buffer_deinit(&frame);
    gjb_arena_deinit(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_cross_test),
        cmocka_unit_test(lists_cross_test),
        cmocka_unit_test(many_arguments_cross_test),
        cmocka_unit_test(no_answer_is_none_test),
        cmocka_unit_test(misbehaviour_is_told_test),
        cmocka_unit_test(leak_ends_test),
        cmocka_unit_test(process_is_kept_and_restarted_test),
        cmocka_unit_test(too_large_is_told_test),
        cmocka_unit_test(manifest_is_refused_test),
        cmocka_unit_test(library_is_refused_test),
        cmocka_unit_test(host_functions_test),
        cmocka_unit_test(in_process_test),
        cmocka_unit_test(wire_believes_nothing_test),
    };
    return cmocka_run_group_tests(tests, open_misbehaving, close_misbehaving);
}
