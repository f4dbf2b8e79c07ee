/* SPDX-License-Identifier: Apache-2.0
 *
 * What a finding quotes of the condition that decided, as data and in both languages: a value of
 * each type, lists, what is empty, what was not told. The source and the events are those of the
 * golden tests/golden/judge/quotes; what must be said of them is written out here by hand. */
#include <guiju/compile.h>

#include "base/buffer.h"
#include "base/text.h"
#include "judge/finding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { PATH_SIZE = 4096, SAID_SIZE = 1 << 16 };

typedef struct world {
    gj_image *image;
    char said[SAID_SIZE]; /* a line a finding and language */
    char data[SAID_SIZE]; /* a line a finding: code, then field=item|item of each value */
} world;

static void path_below(char *path, const char *below)
{
    const char *root = getenv("GUIJU_ROOT");
    snprintf(path, PATH_SIZE, "%s/%s", root != NULL ? root : ".", below);
}

static int world_open(void **state)
{
    world *w = calloc(1, sizeof *w);
    char path[PATH_SIZE], library[PATH_SIZE];
    path_below(path, "tests/golden/judge/quotes.gj");
    path_below(library, "stdlib");
    const char *const paths[] = {path};
    gj_compile_options options = {.size = sizeof options, .library = library};
    gj_compilation *compilation = NULL;
    assert_int_equal(gj_compile(&options, paths, 1, &compilation), GJ_OK);
    gj_text bytes = gj_compilation_image(compilation);
    gj_refusal why;
    assert_int_equal(gj_image_load(NULL, bytes.bytes, bytes.size, &w->image, &why), GJ_OK);
    gj_compilation_destroy(compilation);
    *state = w;
    return 0;
}

static int world_close(void **state)
{
    world *w = *state;
    gj_image_destroy(w->image);
    free(w);
    return 0;
}

static void append(char *to, gj_text text)
{
    size_t size = strlen(to);
    snprintf(to + size, SAID_SIZE - size, "%.*s", (int)text.size, text.bytes);
}

static void value_say(world *w, const gj_value *value)
{
    append(w->data, gjb_text_of(" "));
    append(w->data, value->field);
    append(w->data, gjb_text_of(!value->known ? "?" : value->is_list ? "=[" : "="));
    for (size_t i = 0; i < value->item_count; i++) {
        append(w->data, gjb_text_of(i == 0 ? "" : "|"));
        append(w->data, value->items[i]);
    }
    append(w->data, gjb_text_of(value->known && value->is_list ? "]" : ""));
}

static bool say(void *payload, const gj_case_result *result)
{
    world *w = payload;
    for (size_t i = 0; i < result->finding_count; i++) {
        const gj_finding *f = &result->findings[i];
        append(w->data, gjb_text_of(gj_code_name(f->code)));
        for (size_t j = 0; j < f->value_count; j++) {
            value_say(w, &f->values[j]);
        }
        append(w->data, gjb_text_of("\n"));
        for (int lang = GJ_EN; lang <= GJ_ZH; lang++) {
            gjb_buffer words;
            gjb_buffer_init(&words, NULL);
            gjr_finding_explain(f, (gj_lang)lang, &words);
            append(w->said, gjb_buffer_text(&words));
            append(w->said, gjb_text_of("\n"));
            gjb_buffer_deinit(&words);
        }
    }
    return true;
}

static gj_status docket_take(gj_docket *docket)
{
    char path[PATH_SIZE];
    path_below(path, "tests/golden/judge/quotes.jsonl");
    gj_feed_options options = {.size = sizeof options, .path = path};
    gj_feed *feed = NULL;
    assert_int_equal(gj_feed_open(&options, &feed), GJ_OK);
    const gj_event *event;
    gj_added added;
    gj_status status = GJ_OK;
    while (status == GJ_OK && gj_feed_next(feed, &event) == GJ_OK) {
        status = gj_docket_add(docket, event, &added);
    }
    gj_feed_close(feed);
    return status;
}

static gj_status judge_all(world *w, const gj_allocator *allocator)
{
    gj_judge_options options = {.size = sizeof options, .allocator = allocator, .image = w->image};
    gj_docket_judging judging = {
        .size = sizeof judging, .until = GJ_NEVER, .payload = w, .on_case = say};
    gj_judge *judge = NULL;
    gj_docket *docket = NULL;
    w->said[0] = w->data[0] = '\0';
    gj_status status = gj_judge_create(&options, &judge);
    status = status == GJ_OK ? gj_docket_create(judge, &docket) : status;
    status = status == GJ_OK ? docket_take(docket) : status;
    status = status == GJ_OK ? gj_docket_judge(docket, &judging) : status;
    gj_docket_destroy(docket);
    gj_judge_destroy(judge);
    return status;
}

static void says(const char *all, const char *part)
{
    if (strstr(all, part) == NULL) {
        fail_msg("no %s in\n%s", part, all);
    }
}

static void values_are_data(void **state)
{
    world *w = *state;
    assert_int_equal(judge_all(w, NULL), GJ_OK);
    says(w->data, "forbidden kind=甲 fee=200.5 area=3.5 filed=2024-02-01 "
                  "seen=2024-02-05T01:30:00+00:00 note= agreed=false\n");
    says(w->data, "rule officer=[u31] sums=[1|2.5] marks=[true|false]\n");
    says(w->data, "rule officer=[] sums=[1|2.5] marks=[true|false]\n");
    says(w->data, "condition-unmet area=100 agreed=false fee=1 note=\"z\"\n");
    says(w->data, "missing-data area? agreed? fee=0 note?\n");
    says(w->data, "forbidden\n"); /* it reads no field */
}

static void values_are_said(void **state)
{
    world *w = *state;
    assert_int_equal(judge_all(w, NULL), GJ_OK);
    says(w->said, "; recorded then: kind (类型) 甲; fee (费用) 200.5 CNY; area (面积) 3.5; filed "
                  "(申请日) 2024-02-01; ");
    says(w->said, "；当时登记：kind（类型）为甲，fee（费用）为200.5元，area（面积）为3.5，filed"
                  "（申请日）为2024-02-01，");
    says(w->said, "note (备注) \"\"; agreed (同意) false.");
    says(w->said, "note（备注）为“”，agreed（同意）为假。");
    says(w->said, "officer (人员) none; sums (款项) 1 CNY, 2.5 CNY; marks (标记) true, false.");
    says(w->said, "，该条件不成立；当时登记：officer（人员）为空，sums（款项）为1元、2.5元，marks"
                  "（标记）为真、假。");
}

/* White space and comments are folded, never within quotes; parentheses stay in pairs. */
static void conditions_are_quoted(void **state)
{
    world *w = *state;
    assert_int_equal(judge_all(w, NULL), GJ_OK);
    says(w->said, "only when \"(area > 100 or agreed) and (fee > 0 or note is \"a  b\")\", which");
    says(w->said, "须符合条件“(area > 100 or agreed) and (fee > 0 or note is \"a  b\")”，");
    says(w->said, "requires \"当 （fee 超过 0元 或 agreed） 时 办理 go 应当满足 （人数（officer） "
                  "不少于 2人）\", which does not hold");
    says(w->said, "平面图 (required when \"kind is x and not (agreed)\")");
    says(w->said, "申请书、平面图（“kind is x and not (agreed)”时必交）。");
    says(w->said, "is recorded as \"wide\", which is not of its type");
}

typedef struct failing {
    size_t left;
} failing;

static void *failing_resize(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    failing *with = payload;
    (void)old_size;
    if (new_size == 0) {
        free(pointer);
        return NULL;
    }
    if (with->left == 0) {
        return NULL;
    }
    with->left--;
    return realloc(pointer, new_size);
}

static void memory_may_end_anywhere(void **state)
{
    world *w = *state;
    gj_status status = GJ_NO_MEMORY;
    size_t at = 0;
    for (; status != GJ_OK && at < 2000; at++) {
        failing with = {at};
        gj_allocator allocator = {&with, failing_resize};
        status = judge_all(w, &allocator);
        assert_true(status == GJ_OK || status == GJ_NO_MEMORY);
    }
    assert_int_equal(status, GJ_OK);
    assert_true(at > 20);
    says(w->data, "rule officer=[u31] sums=[1|2.5] marks=[true|false]\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(values_are_data),
        TEST(values_are_said),
        TEST(conditions_are_quoted),
        TEST(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
