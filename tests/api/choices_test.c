/* SPDX-License-Identifier: Apache-2.0
 *
 * Choices cross to natives and back as the names of their members: what a native is given, what it
 * may give, and that a name of no member is no answer. The public headers alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <guiju/compile.h>
#include <guiju/guiju.h>

enum { SEEN_SIZE = 256 };

static const char source[] =
    "type kind = one of { grant \"Initial grant\", renewal \"Renewal\" }\n"
    "native next(what: kind) -> kind from \"desk\" pure\n"
    "native both(what: list of kind) -> list of kind from \"desk\" pure\n"
    "procedure order {\n"
    "  data {\n"
    "    asked : kind\n"
    "    had   : list of kind\n"
    "  }\n"
    "  stage filed initial { on ask -> over }\n"
    "  stage over final\n"
    "  rule turns { on ask require next(asked) is renewal }\n"
    "  rule keeps { on ask require asked in both(had) and count(both(had)) = 2 }\n"
    "}\n";

typedef struct world {
    gj_image *image;
    gj_natives *natives;
    gj_judge *judge;
    char seen[SEEN_SIZE]; /* what the natives were given */
    const char *next;     /* what `next` gives */
    const char *also;     /* and `both` beside what it was given */
    char found[SEEN_SIZE];
} world;

static gj_text text_of(const char *string)
{
    return (gj_text){string, strlen(string)};
}

static void add(char *to, const char *separator, gj_text text)
{
    size_t used = strlen(to);
    snprintf(to + used, SEEN_SIZE - used, "%s%.*s", separator, (int)text.size, text.bytes);
}

static int32_t next(void *payload, const gj_native_value *arguments, gj_native_value *result)
{
    world *w = payload;
    add(w->seen, "next ", arguments[0].text);
    add(w->seen, "", text_of(";"));
    result->text = text_of(w->next);
    return GJ_NATIVE_ANSWERED;
}

static int32_t both(void *payload, const gj_native_value *arguments, gj_native_value *result)
{
    static gj_native_value items[2];
    world *w = payload;
    for (size_t i = 0; i < arguments[0].item_count; i++) {
        add(w->seen, i == 0 ? "both " : ",", arguments[0].items[i].text);
    }
    add(w->seen, "", text_of(";"));
    items[0] = arguments[0].items[0];
    items[1] = (gj_native_value){.text = text_of(w->also)};
    result->items = items;
    result->item_count = 2;
    return GJ_NATIVE_ANSWERED;
}

static void grant(world *w)
{
    const gj_native_type text = {GJ_SCALAR_TEXT, false}, list = {GJ_SCALAR_TEXT, true};
    gj_native_signature signature = {.name = text_of("next"),
                                     .library = text_of("desk"),
                                     .parameters = &text,
                                     .parameter_count = 1,
                                     .result = text,
                                     .pure = true};
    assert_int_equal(gj_natives_register(w->natives, &signature, w, next), GJ_OK);
    signature.name = text_of("both");
    signature.parameters = &list;
    signature.result = list;
    assert_int_equal(gj_natives_register(w->natives, &signature, w, both), GJ_OK);
    assert_int_equal(gj_natives_check(w->natives, w->image, 0), GJ_OK);
}

static int world_open(void **state)
{
    world *w = calloc(1, sizeof *w);
    gj_compile_options options = {.size = sizeof options};
    gj_compilation *compilation;
    gj_refusal why;
    assert_int_equal(gj_compile_text(&options, "order.gj", text_of(source), &compilation), GJ_OK);
    assert_int_equal(gj_compilation_error_count(compilation), 0);
    gj_text image = gj_compilation_image(compilation);
    assert_int_equal(gj_image_load(NULL, image.bytes, image.size, &w->image, &why), GJ_OK);
    gj_compilation_destroy(compilation);
    assert_int_equal(gj_natives_create(NULL, &w->natives), GJ_OK);
    grant(w);
    const gj_judge_options judging = {
        .size = sizeof judging, .image = w->image, .natives = w->natives};
    assert_int_equal(gj_judge_create(&judging, &w->judge), GJ_OK);
    w->next = "renewal";
    w->also = "renewal";
    *state = w;
    return 0;
}

static int world_close(void **state)
{
    world *w = *state;
    gj_judge_destroy(w->judge);
    gj_natives_destroy(w->natives);
    gj_image_destroy(w->image);
    free(w);
    return 0;
}

static bool see(void *payload, const gj_case_result *result)
{
    world *w = payload;
    for (size_t i = 0; i < result->finding_count; i++) {
        const gj_finding *finding = &result->findings[i];
        add(w->found, "", text_of(gj_code_name(finding->code)));
        add(w->found, " ", finding->subject);
        add(w->found, "", text_of(finding->native_failure == GJ_NATIVE_RUBBISH ? "!;" : ";"));
    }
    return true;
}

/* One case that asks: `asked` by its title where that is wanted, or not at all. */
static void ask(world *w, const char *asked)
{
    gj_docket *docket;
    gj_added added;
    const gj_datum had[] = {{.kind = GJ_DATUM_TEXT, .text = text_of("grant")},
                            {.kind = GJ_DATUM_TEXT, .text = text_of("Renewal")}};
    const gj_datum data[] = {
        {.key = text_of("had"), .kind = GJ_DATUM_LIST, .items = had, .item_count = 2},
        {.key = text_of("asked"), .kind = GJ_DATUM_TEXT, .text = text_of(asked)}};
    gj_event event = {.id = text_of("e"),
                      .source = text_of("s"),
                      .case_id = text_of("A"),
                      .action = text_of("ask"),
                      .data = data,
                      .data_count = asked[0] == '\0' ? 1 : 2};
    const gj_docket_judging judging = {
        .size = sizeof judging, .until = GJ_NEVER, .payload = w, .on_case = see};
    assert_true(gj_stamp_parse(text_of("2024-02-05T09:00"), &event.at));
    assert_int_equal(gj_docket_create(w->judge, &docket), GJ_OK);
    assert_int_equal(gj_docket_add(docket, &event, &added), GJ_OK);
    assert_int_equal(gj_docket_judge(docket, &judging), GJ_OK);
    gj_docket_destroy(docket);
}

/* By name, whatever the event told it by; and what comes back is one of the choice. */
static void named_test(void **state)
{
    world *w = *state;
    ask(w, "Initial grant");
    assert_string_equal(w->seen, "next grant;both grant,renewal;");
    assert_string_equal(w->found, "");
}

static void another_member_test(void **state)
{
    world *w = *state;
    w->next = "grant";
    ask(w, "renewal");
    assert_string_equal(w->seen, "next renewal;both grant,renewal;");
    assert_string_equal(w->found, "rule turns;");
}

/* A title, or anything else, names no member. */
static void no_member_test(void **state)
{
    world *w = *state;
    w->next = "Renewal";
    ask(w, "grant");
    assert_string_equal(w->found, "native-failed next!;");
    w->found[0] = '\0';
    w->next = "renewal";
    w->also = "";
    ask(w, "grant");
    assert_string_equal(w->found, "native-failed both!;");
}

static void not_told_test(void **state)
{
    world *w = *state;
    ask(w, "");
    assert_string_equal(w->seen, "both grant,renewal;");
    assert_string_equal(w->found, "missing-data asked;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(named_test, world_open, world_close),
        cmocka_unit_test_setup_teardown(another_member_test, world_open, world_close),
        cmocka_unit_test_setup_teardown(no_member_test, world_open, world_close),
        cmocka_unit_test_setup_teardown(not_told_test, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
