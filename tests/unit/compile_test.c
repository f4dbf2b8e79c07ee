/* SPDX-License-Identifier: Apache-2.0
 *
 * The compiler from outside: twins give one image but for strings and positions, the same source
 * the same bytes, every failure of memory is survived, and diagnostics come as text and as JSON. */
#include <guiju/compile.h>

#include "base/alloc.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "twin_images.h"

enum { PATH_SIZE = 4096 };

static const char *root(void)
{
    const char *given = getenv("GUIJU_ROOT");
    return given != NULL ? given : ".";
}

static gj_compilation *compiled(const char *below)
{
    char path[PATH_SIZE], library[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", root(), below);
    snprintf(library, sizeof library, "%s/stdlib", root());
    const char *const paths[] = {path};
    gj_compile_options options = {.size = sizeof options, .library = library};
    gj_compilation *c = NULL;
    assert_int_equal(gj_compile(&options, paths, 1, &c), GJ_OK);
    assert_int_equal(gj_compilation_error_count(c), 0);
    assert_true(gj_compilation_image(c).size > 0);
    return c;
}

static void twins_compare(const char *english, const char *chinese)
{
    gj_compilation *a = compiled(english), *b = compiled(chinese);
    twin_images_check(gj_compilation_image(a), gj_compilation_image(b));
    gj_compilation_destroy(a);
    gj_compilation_destroy(b);
}

static void twins_give_one_image(void **state)
{
    (void)state;
    twins_compare("examples/first/licence.gj", "examples/first/许可.gj");
    twins_compare("tests/golden/sema/templates_here.gj", "tests/golden/sema/templates_by_hand.gj");
    twins_compare("tests/golden/bundle/two.gj", "tests/golden/bundle/两项.gj");
    twins_compare("examples/food_licence/food_licence.gj", "examples/food_licence/食品经营许可.gj");
}

static void the_same_source_gives_the_same_bytes(void **state)
{
    (void)state;
    gj_compilation *a = compiled("examples/food_licence/food_licence.gj");
    gj_compilation *b = compiled("examples/food_licence/food_licence.gj");
    gj_text x = gj_compilation_image(a), y = gj_compilation_image(b);
    assert_int_equal(x.size, y.size);
    assert_memory_equal(x.bytes, y.bytes, x.size);
    gj_compilation_destroy(a);
    gj_compilation_destroy(b);
}

static const char procedure[] =
    "law l \"法\" { article 1 \"文\" }\n"
    "department d { post chief alias \"处长\" }\n"
    "calendar c { zone \"Etc/UTC\"\n week mon..fri }\n"
    "procedure p {\n calendar c\n data { fee : money = 0\n kind : one of { x, y } }\n"
    " documents { form required when kind is x }\n"
    " stage a initial { on go by chief when fee > 0 -> z needs documents once basis l.1 }\n"
    " stage z final\n"
    " limit m { from go to entering z\n within 3 workdays\n duty chief }\n"
    " rule r { on go require kind in [x, y] and times(go) < 3 }\n}\n";

static const char mistaken[] = "procedure p {\n stage a initial { on go by nobody -> y }\n"
                               " stage z final\n limit m { from go to wnet }\n"
                               " rule r { separate go by officers }\n}\n";

typedef struct meter {
    size_t left;
} meter;

static void *metered(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    meter *m = payload;
    if (new_size > 0 && m->left-- == 0) {
        m->left = 0;
        return NULL;
    }
    const gj_allocator *plain = gjb_alloc_default();
    return plain->resize(plain->payload, pointer, old_size, new_size);
}

static bool collect(void *payload, const char *bytes, size_t size)
{
    char *out = payload;
    size_t used = strlen(out);
    if (used + size < PATH_SIZE) {
        memcpy(out + used, bytes, size);
        out[used + size] = '\0';
    }
    return true;
}

static void survives(const char *text, size_t errors)
{
    bool done = false;
    for (size_t n = 0; !done; n++) {
        assert_true(n < 100000);
        meter m = {n};
        gj_allocator allocator = {&m, metered};
        gj_compile_options options = {.size = sizeof options, .allocator = &allocator};
        gj_compilation *c = NULL;
        gj_status status = gj_compile_text(&options, "p.gj", (gj_text){text, strlen(text)}, &c);
        done = status == GJ_OK;
        if (done)
            assert_int_equal(gj_compilation_error_count(c), errors);
        else
            assert_int_equal(status, GJ_NO_MEMORY);
        gj_compilation_destroy(c);
    }
}

static void every_failure_of_memory_is_survived(void **state)
{
    (void)state;
    survives(procedure, 0);
    survives(mistaken, 4);
}

static void images_of_texts_load(void **state)
{
    (void)state;
    gj_compile_options options = {.size = sizeof options};
    gj_compilation *c = NULL;
    assert_int_equal(gj_compile_text(&options, "p.gj", (gj_text){procedure, strlen(procedure)}, &c),
                     GJ_OK);
    gj_text bytes = gj_compilation_image(c);
    gj_image *image = NULL;
    gj_refusal why;
    assert_int_equal(gj_image_load(NULL, bytes.bytes, bytes.size, &image, &why), GJ_OK);
    gj_image_destroy(image);
    assert_int_equal(gj_compilation_calendar_count(c), 1);
    gj_compilation_destroy(c);
}

static void diagnostics_are_data(void **state)
{
    (void)state;
    gj_compile_options options = {.size = sizeof options};
    gj_compilation *c = NULL;
    char text[PATH_SIZE] = "";
    gj_writer out = {text, collect};
    assert_int_equal(gj_compile_text(&options, "p.gj", (gj_text){mistaken, strlen(mistaken)}, &c),
                     GJ_OK);
    gj_diagnostic first = gj_compilation_diagnostic(c, 0);
    assert_string_equal(first.code, "E0301");
    assert_int_equal(first.line, 2);
    assert_int_equal(gj_diagnostic_print_json(c, 0, GJ_EN, &out), GJ_OK);
    assert_non_null(strstr(text, "\"code\":\"E0301\",\"severity\":\"error\",\"file\":\"p.gj\""));
    text[0] = '\0';
    assert_int_equal(gj_explain("e0901", GJ_ZH, &out), GJ_OK);
    assert_non_null(strstr(text, "尚不支持"));
    assert_int_equal(gj_explain("E9999", GJ_EN, &out), GJ_DONE);
    assert_int_equal(gj_compilation_image(c).size, 0);
    gj_compilation_destroy(c);
}

static void a_file_that_is_not_there_is_said(void **state)
{
    (void)state;
    const char *const paths[] = {"no/such/file.gj"};
    gj_compile_options options = {.size = sizeof options};
    gj_compilation *c = NULL;
    assert_int_equal(gj_compile(&options, paths, 1, &c), GJ_IO);
    assert_int_equal(gj_compilation_error_count(c), 1);
    assert_string_equal(gj_compilation_diagnostic(c, 0).code, "E0306");
    assert_string_equal(gj_system_error_text(ENOENT, GJ_EN), "no such file");
    assert_string_equal(gj_system_error_text(ENOENT, GJ_ZH), "文件不存在");
    assert_string_equal(gj_system_error_text(0, GJ_ZH), "原因不明");
    gj_compilation_destroy(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twins_give_one_image),
        cmocka_unit_test(the_same_source_gives_the_same_bytes),
        cmocka_unit_test(every_failure_of_memory_is_survived),
        cmocka_unit_test(images_of_texts_load),
        cmocka_unit_test(diagnostics_are_data),
        cmocka_unit_test(a_file_that_is_not_there_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
