/* SPDX-License-Identifier: Apache-2.0
 *
 * Natives as a host grants them: functions of its own, refused where they are not as the procedure
 * says, asked once about an event whatever is judged anew, and found out where they fail. The
 * public headers alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <guiju/compile.h>
#include <guiju/guiju.h>

enum { NAME_SIZE = 64, FINDINGS_MAX = 8 };

/* STOCK gives a greater number each time that it is asked, so an answer that is asked for again is
 * seen; a code of "none" has none, and "broken" fails. */
static const char source[] = "native stock(code: text) -> number from \"warehouse\"\n"
                             "procedure order \"Order\" {\n"
                             "  data {\n"
                             "    code : text = \"a\"\n"
                             "    note : text optional\n"
                             "  }\n"
                             "  stage filed initial {\n"
                             "    on confirm when stock(code) <= 1 -> confirmed\n"
                             "    on remark\n"
                             "  }\n"
                             "  stage confirmed final\n"
                             "  rule enough { on confirm require stock(code) >= 1 }\n"
                             "}\n";

typedef struct world {
    gj_image *image;
    gj_natives *natives;
    gj_judge *judge;
    int asked; /* so often, in all */
    size_t finding_count;
    gj_code codes[FINDINGS_MAX];
    gj_native_failure failure;
    int64_t number;
    char subject[NAME_SIZE], library[NAME_SIZE], stage[NAME_SIZE];
    char words[8192];
} world;

static gj_text text_of(const char *string)
{
    return (gj_text){string, string == NULL ? 0 : strlen(string)};
}

static void name_take(char *to, gj_text text)
{
    snprintf(to, NAME_SIZE, "%.*s", (int)text.size, text.bytes == NULL ? "" : text.bytes);
}

static bool is_text(gj_text text, const char *string)
{
    return text.size == strlen(string) && memcmp(text.bytes, string, text.size) == 0;
}

static bool words_add(void *payload, const char *bytes, size_t size)
{
    world *w = payload;
    size_t used = strlen(w->words);
    snprintf(w->words + used, sizeof w->words - used, "%.*s", (int)size, bytes);
    return true;
}

static int32_t stock(void *payload, const gj_native_value *arguments, gj_native_value *result)
{
    world *w = payload;
    w->asked++;
    if (is_text(arguments[0].text, "broken")) {
        return 7;
    }
    result->number = (int64_t)w->asked * 10000;
    return is_text(arguments[0].text, "none") ? GJ_NATIVE_UNKNOWN : GJ_NATIVE_ANSWERED;
}

static gj_native_signature signature_of(const gj_native_type *parameter)
{
    return (gj_native_signature){.name = text_of("stock"),
                                 .library = text_of("warehouse"),
                                 .parameters = parameter,
                                 .parameter_count = 1,
                                 .result = {GJ_SCALAR_NUMBER, false}};
}

static int world_open(void **state)
{
    world *w = calloc(1, sizeof *w);
    gj_compile_options options = {.size = sizeof options};
    gj_compilation *compilation;
    gj_refusal why;
    assert_int_equal(gj_compile_text(&options, "order.gj", text_of(source), &compilation), GJ_OK);
    gj_text image = gj_compilation_image(compilation);
    assert_int_equal(gj_image_load(NULL, image.bytes, image.size, &w->image, &why), GJ_OK);
    gj_compilation_destroy(compilation);
    assert_int_equal(gj_natives_create(NULL, &w->natives), GJ_OK);
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

static gj_status judge_make(world *w)
{
    const gj_judge_options options = {
        .size = sizeof options, .image = w->image, .natives = w->natives};
    return gj_judge_create(&options, &w->judge);
}

static void grant(world *w)
{
    const gj_native_type parameter = {GJ_SCALAR_TEXT, false};
    gj_native_signature signature = signature_of(&parameter);
    assert_int_equal(gj_natives_register(w->natives, &signature, w, stock), GJ_OK);
    assert_int_equal(gj_natives_check(w->natives, w->image, 0), GJ_OK);
    assert_int_equal(judge_make(w), GJ_OK);
}

static gj_event event_of(const char *id, const char *at, const char *action, const gj_datum *code)
{
    gj_stamp stamp = {0};
    assert_true(gj_stamp_parse(text_of(at), &stamp));
    return (gj_event){.id = text_of(id),
                      .source = text_of("desk"),
                      .case_id = text_of("A"),
                      .action = text_of(action),
                      .at = stamp,
                      .data = code,
                      .data_count = code != NULL};
}

static gj_datum code_of(const char *code)
{
    return (gj_datum){.key = text_of("code"), .kind = GJ_DATUM_TEXT, .text = text_of(code)};
}

static bool see(void *payload, const gj_case_result *result)
{
    world *w = payload;
    w->finding_count = result->finding_count;
    name_take(w->stage, result->stage);
    for (size_t i = 0; i < result->finding_count && i < FINDINGS_MAX; i++) {
        const gj_finding *finding = &result->findings[i];
        gj_writer writer = {w, words_add};
        w->codes[i] = finding->code;
        w->failure = finding->native_failure;
        w->number = finding->native_number;
        name_take(w->subject, finding->subject);
        name_take(w->library, finding->native_library);
        w->words[0] = '\0';
        assert_int_equal(gj_finding_explain(finding, GJ_EN, &writer), GJ_OK);
        assert_int_equal(gj_finding_print(finding, GJ_ZH, &writer), GJ_OK);
    }
    return true;
}

static void judge_again(world *w, gj_docket *docket)
{
    const gj_docket_judging judging = {
        .size = sizeof judging, .until = GJ_NEVER, .payload = w, .on_case = see};
    assert_int_equal(gj_docket_judge(docket, &judging), GJ_OK);
}

/* ---- granted or not ---- */

static void refused_without_test(void **state)
{
    world *w = *state;
    assert_int_equal(gj_natives_check(w->natives, w->image, 0), GJ_UNGRANTED);
    assert_int_equal(gj_natives_problem(w->natives)->fault, GJ_NATIVE_FAULT_MISSING);
    assert_int_equal(judge_make(w), GJ_UNGRANTED);
    const gj_judge_options none = {.size = sizeof none, .image = w->image};
    assert_int_equal(gj_judge_create(&none, &w->judge), GJ_UNGRANTED);
    gj_writer writer = {w, words_add};
    const gj_native_problem *problem = gj_natives_problem(w->natives);
    assert_int_equal(gj_native_problem_print(problem, GJ_EN, &writer), GJ_OK);
    assert_non_null(strstr(w->words, "(text) -> number from \"warehouse\""));
}

/* One thing other than the procedure says. */
static void refused_mistyped_test(void **state)
{
    world *w = *state;
    const gj_native_type text = {GJ_SCALAR_TEXT, false}, list = {GJ_SCALAR_TEXT, true};
    const gj_native_type officer = {GJ_SCALAR_OFFICER, false};
    gj_native_signature others[6];
    for (size_t i = 0; i < 6; i++) {
        others[i] = signature_of(&text);
    }
    others[0].parameters = &list;
    others[1].parameters = &officer;
    others[2].parameter_count = 0;
    others[3].result.scalar = GJ_SCALAR_MONEY;
    others[4].pure = true;
    others[5].library = text_of("elsewhere");
    for (size_t i = 0; i < 6; i++) {
        gj_natives *natives;
        assert_int_equal(gj_natives_create(NULL, &natives), GJ_OK);
        assert_int_equal(gj_natives_register(natives, &others[i], w, stock), GJ_OK);
        assert_int_equal(gj_natives_check(natives, w->image, 0), GJ_UNGRANTED);
        assert_int_equal(gj_natives_problem(natives)->fault, GJ_NATIVE_FAULT_SIGNATURE);
        const gj_judge_options options = {
            .size = sizeof options, .image = w->image, .natives = natives};
        assert_int_equal(gj_judge_create(&options, &w->judge), GJ_UNGRANTED);
        assert_null(w->judge);
        gj_natives_destroy(natives);
    }
}

/* ---- asked once ---- */

/* Two clauses ask of one event, and the case is judged three times. */
static void asked_once_test(void **state)
{
    world *w = *state;
    gj_docket *docket;
    gj_added added;
    grant(w);
    assert_int_equal(gj_docket_create(w->judge, &docket), GJ_OK);
    gj_event confirm = event_of("e-2", "2024-02-05T10:00", "confirm", NULL);
    assert_int_equal(gj_docket_add(docket, &confirm, &added), GJ_OK);
    judge_again(w, docket);
    judge_again(w, docket);
    gj_event before = event_of("e-1", "2024-02-05T09:00", "remark", NULL);
    assert_int_equal(gj_docket_add(docket, &before, &added), GJ_OK);
    judge_again(w, docket);
    assert_int_equal(w->asked, 1);
    assert_int_equal(w->finding_count, 0);
    assert_string_equal(w->stage, "confirmed");
    gj_docket_destroy(docket);
}

/* The same live: what comes late has the case judged anew, and nothing asked again; with other
 * arguments it is another question. */
static void asked_once_live_test(void **state)
{
    world *w = *state;
    gj_live *live;
    gj_added added;
    grant(w);
    assert_int_equal(gj_live_create(w->judge, NULL, &live), GJ_OK);
    gj_stamp until = {0};
    assert_true(gj_stamp_parse(text_of("2024-03-01"), &until));
    assert_int_equal(gj_live_advance(live, gj_judge_instant(w->judge, &until)), GJ_OK);
    gj_event confirm = event_of("e-2", "2024-02-05T10:00", "confirm", NULL);
    assert_int_equal(gj_live_add(live, &confirm, &added), GJ_OK);
    gj_event late = event_of("e-1", "2024-02-05T09:00", "remark", NULL);
    assert_int_equal(gj_live_add(live, &late, &added), GJ_OK);
    assert_int_equal(gj_live_see(live, 0, w, see), GJ_OK);
    assert_int_equal(w->asked, 1);
    assert_int_equal(w->finding_count, 0);
    gj_datum other = code_of("b");
    gj_event corrected = event_of("e-3", "2024-02-05T09:00", "remark", &other);
    corrected.corrects = text_of("e-1");
    assert_int_equal(gj_live_add(live, &corrected, &added), GJ_OK);
    assert_int_equal(gj_live_see(live, 0, w, see), GJ_OK);
    assert_int_equal(w->asked, 2);
    assert_int_equal(w->finding_count, 1);
    assert_int_equal(w->codes[0], GJ_CONDITION_UNMET);
    gj_event back = event_of("e-4", "2024-02-05T09:00", "remark", NULL);
    back.corrects = text_of("e-3");
    assert_int_equal(gj_live_add(live, &back, &added), GJ_OK);
    assert_int_equal(gj_live_see(live, 0, w, see), GJ_OK);
    assert_int_equal(w->asked, 2); /* of the first code that is known */
    assert_int_equal(w->finding_count, 0);
    gj_live_destroy(live);
}

/* ---- kept with the events ---- */

typedef struct bytes {
    char items[4096];
    size_t size;
} bytes;

static bool bytes_add(void *payload, const char *from, size_t size)
{
    bytes *to = payload;
    assert_true(to->size + size <= sizeof to->items);
    memcpy(to->items + to->size, from, size);
    to->size += size;
    return true;
}

/* What was answered yesterday holds today, in another docket and in one that is live. */
static void kept_with_events_test(void **state)
{
    world *w = *state;
    gj_docket *docket;
    gj_live *live;
    gj_added added;
    bytes kept = {.size = 0};
    gj_writer writer = {&kept, bytes_add};
    grant(w);
    assert_int_equal(gj_docket_create(w->judge, &docket), GJ_OK);
    gj_event confirm = event_of("e-1", "2024-02-05T10:00", "confirm", NULL);
    assert_int_equal(gj_docket_add(docket, &confirm, &added), GJ_OK);
    judge_again(w, docket);
    assert_int_equal(gj_docket_answers_write(docket, &writer), GJ_OK);
    gj_docket_destroy(docket);
    assert_int_equal(gj_docket_create(w->judge, &docket), GJ_OK);
    assert_int_equal(gj_docket_answers_read(docket, kept.items, kept.size), GJ_OK);
    assert_int_equal(gj_docket_answers_read(docket, kept.items, kept.size), GJ_OK);
    assert_int_equal(gj_docket_add(docket, &confirm, &added), GJ_OK);
    judge_again(w, docket);
    assert_int_equal(w->finding_count, 0);
    gj_docket_destroy(docket);
    assert_int_equal(gj_live_create(w->judge, NULL, &live), GJ_OK);
    assert_int_equal(gj_live_answers_read(live, kept.items, kept.size), GJ_OK);
    gj_stamp until = {0};
    assert_true(gj_stamp_parse(text_of("2024-03-01"), &until));
    assert_int_equal(gj_live_advance(live, gj_judge_instant(w->judge, &until)), GJ_OK);
    assert_int_equal(gj_live_add(live, &confirm, &added), GJ_OK);
    bytes again = {.size = 0};
    writer.payload = &again;
    assert_int_equal(gj_live_answers_write(live, &writer), GJ_OK);
    assert_int_equal(again.size, kept.size);
    assert_memory_equal(again.items, kept.items, kept.size);
    gj_live_destroy(live);
    assert_int_equal(w->asked, 1);
}

/* Each byte another one, and each length: taken as some answer, or refused. */
static void kept_bytes_are_outside_test(void **state)
{
    world *w = *state;
    gj_docket *docket;
    gj_added added;
    bytes kept = {.size = 0};
    gj_writer writer = {&kept, bytes_add};
    grant(w);
    assert_int_equal(gj_docket_create(w->judge, &docket), GJ_OK);
    gj_event confirm = event_of("e-1", "2024-02-05T10:00", "confirm", NULL);
    assert_int_equal(gj_docket_add(docket, &confirm, &added), GJ_OK);
    judge_again(w, docket);
    assert_int_equal(gj_docket_answers_write(docket, &writer), GJ_OK);
    for (size_t size = 0; size < kept.size; size++) {
        char *cut = malloc(size + 1);
        memcpy(cut, kept.items, size);
        assert_int_equal(gj_docket_answers_read(docket, cut, size), GJ_REFUSED);
        free(cut);
    }
    size_t refused = 0;
    for (size_t i = 0; i < kept.size; i++) {
        for (int bit = 0; bit < 8; bit++) {
            gj_docket *other;
            bytes broken = kept;
            broken.items[i] = (char)(broken.items[i] ^ 1 << bit);
            assert_int_equal(gj_docket_create(w->judge, &other), GJ_OK);
            gj_status status = gj_docket_answers_read(other, broken.items, broken.size);
            assert_true(status == GJ_OK || status == GJ_REFUSED);
            refused += status == GJ_REFUSED;
            gj_docket_destroy(other);
        }
    }
    assert_true(refused > 8 * 48); /* the head alone */
    gj_docket_destroy(docket);
}

/* ---- that give nothing ---- */

static void judge_code(world *w, const char *code)
{
    gj_docket *docket;
    gj_added added;
    gj_datum datum = code_of(code);
    assert_int_equal(gj_docket_create(w->judge, &docket), GJ_OK);
    gj_event confirm = event_of("e-1", "2024-02-05T10:00", "confirm", &datum);
    assert_int_equal(gj_docket_add(docket, &confirm, &added), GJ_OK);
    judge_again(w, docket);
    judge_again(w, docket);
    gj_docket_destroy(docket);
}

static void failure_is_found_test(void **state)
{
    world *w = *state;
    grant(w);
    judge_code(w, "broken");
    assert_int_equal(w->asked, 1); /* and its failure is kept */
    assert_int_equal(w->finding_count, 1);
    assert_int_equal(w->codes[0], GJ_NATIVE_FAILED);
    assert_int_equal(w->failure, GJ_NATIVE_REPORTED);
    assert_int_equal(w->number, 7);
    assert_string_equal(w->subject, "stock");
    assert_string_equal(w->library, "warehouse");
    assert_string_equal(w->stage, "confirmed");
    assert_non_null(strstr(w->words, "it said itself that it had failed, with 7"));
    assert_non_null(strstr(w->words, "\"failure\":\"reported\",\"number\":7"));
}

/* That there is no answer is data that is missing, and no failure: of each clause that asks. */
static void no_answer_is_missing_data_test(void **state)
{
    world *w = *state;
    grant(w);
    judge_code(w, "none");
    assert_int_equal(w->asked, 1);
    assert_int_equal(w->finding_count, 2);
    assert_int_equal(w->codes[0], GJ_MISSING_DATA);
    assert_int_equal(w->codes[1], GJ_MISSING_DATA);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)
    const struct CMUnitTest tests[] = {
        TEST(refused_without_test),  TEST(refused_mistyped_test),
        TEST(asked_once_test),       TEST(asked_once_live_test),
        TEST(kept_with_events_test), TEST(kept_bytes_are_outside_test),
        TEST(failure_is_found_test), TEST(no_answer_is_missing_data_test),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
