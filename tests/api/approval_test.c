/* SPDX-License-Identifier: Apache-2.0
 *
 * An approval server in miniature: it compiles a procedure, loads the image, keeps cases in a
 * docket and asks for findings as they stand, all through the two public headers. Read it as the
 * worked example of how to embed; it is checked like any other test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <guiju/compile.h>
#include <guiju/guiju.h>

static const char source[] = "department office {\n"
                             "  post window\n"
                             "  post chief\n"
                             "}\n"
                             "procedure permit {\n"
                             "  stage filed initial {\n"
                             "    on accept by window -> review\n"
                             "  }\n"
                             "  stage review {\n"
                             "    on propose by window -> decision\n"
                             "  }\n"
                             "  stage decision {\n"
                             "    on approve by chief -> granted\n"
                             "  }\n"
                             "  stage granted final\n"
                             "  limit decide {\n"
                             "    from accept to approve\n"
                             "    within 10 days\n"
                             "    does not roll\n"
                             "    red overdue\n"
                             "    duty chief\n"
                             "  }\n"
                             "}\n";

static gj_text text(const char *string)
{
    return (gj_text){string, strlen(string)};
}

/* ---- making a judge ---------------------------------------------------------------------------
 */

typedef struct desk {
    gj_image *image;
    gj_judge *judge;
    gj_docket *docket;
} desk;

static bool print_to_stderr(void *payload, const char *bytes, size_t size)
{
    (void)payload;
    return fwrite(bytes, 1, size, stderr) == size;
}

static void show_diagnostics(const gj_compilation *compilation)
{
    gj_writer out = {NULL, print_to_stderr};
    for (size_t i = 0; i < gj_compilation_diagnostic_count(compilation); i++)
        gj_diagnostic_print(compilation, i, GJ_EN, false, &out);
}

/* The image's bytes are copied by gj_image_load, so the compilation can go at once. */
static gj_image *compile(void)
{
    gj_compile_options options = {.size = sizeof options};
    gj_compilation *compilation = NULL;
    gj_image *image = NULL;
    gj_refusal why;
    assert_int_equal(gj_compile_text(&options, "permit.gj", text(source), &compilation), GJ_OK);
    show_diagnostics(compilation);
    assert_int_equal(gj_compilation_error_count(compilation), 0);
    gj_text bytes = gj_compilation_image(compilation);
    assert_int_equal(gj_image_load(NULL, bytes.bytes, bytes.size, &image, &why), GJ_OK);
    gj_compilation_destroy(compilation);
    return image;
}

static void desk_open(desk *d)
{
    d->image = compile();
    gj_judge_options options = {.size = sizeof options, .image = d->image};
    assert_int_equal(gj_judge_create(&options, &d->judge), GJ_OK);
    assert_int_equal(gj_docket_create(d->judge, &d->docket), GJ_OK);
}

/* In the reverse order: a judge rests on its image, a docket on its judge. */
static void desk_close(desk *d)
{
    gj_docket_destroy(d->docket);
    gj_judge_destroy(d->judge);
    gj_image_destroy(d->image);
}

/* ---- telling it what happened
 * -------------------------------------------------------------------- */

typedef struct told {
    const char *id, *action, *at, *post;
} told;

static gj_added tell(desk *d, const told *what)
{
    gj_event event = {.id = text(what->id),
                      .source = text("office"),
                      .case_id = text("A-1"),
                      .action = text(what->action),
                      .post = text(what->post),
                      .officer = text("u17")};
    gj_added added = GJ_NOT_ADDED;
    assert_true(gj_stamp_parse(text(what->at), &event.at));
    assert_int_equal(gj_docket_add(d->docket, &event, &added), GJ_OK);
    return added;
}

/* ---- asking what it found
 * --------------------------------------------------------------------------- */

typedef struct found {
    size_t count;
    gj_code codes[8];
    gj_finding_status statuses[8];
    char stage[32];
} found;

/* What is borrowed ends with the call: keep copies. */
static bool take(void *payload, const gj_case_result *result)
{
    found *f = payload;
    f->count = result->finding_count;
    for (size_t i = 0; i < f->count && i < 8; i++) {
        f->codes[i] = result->findings[i].code;
        f->statuses[i] = result->findings[i].status;
    }
    snprintf(f->stage, sizeof f->stage, "%.*s", (int)result->stage.size, result->stage.bytes);
    return true;
}

static found ask(desk *d, const char *until)
{
    found f = {0};
    gj_stamp stamp = {0};
    assert_true(gj_stamp_parse(text(until), &stamp));
    gj_docket_judging judging = {.size = sizeof judging,
                                 .until = gj_judge_instant(d->judge, &stamp),
                                 .payload = &f,
                                 .on_case = take};
    assert_int_equal(gj_docket_judge_case(d->docket, 0, &judging), GJ_OK);
    return f;
}

/* ---- what must come out
 * ---------------------------------------------------------------------------- */

static const told accept = {"e1", "accept", "2024-02-05T09:00Z", "window"};
static const told propose = {"e2", "propose", "2024-02-06T09:00Z", "window"};
static const told approve = {"e3", "approve", "2024-02-20T09:00Z", "chief"};

/* Accepted on the 5th, ten days end with the 15th: not late at its last instant, late at the next.
 */
static void a_limit_runs_out_with_its_day(void **state)
{
    (void)state;
    desk d;
    desk_open(&d);
    assert_int_equal(tell(&d, &accept), GJ_ADDED);
    assert_int_equal(ask(&d, "2024-02-15T23:59:59.999Z").count, 0);
    found f = ask(&d, "2024-02-16T00:00Z");
    assert_int_equal(f.count, 1);
    assert_int_equal(f.codes[0], GJ_LATE);
    assert_int_equal(f.statuses[0], GJ_OPEN);
    desk_close(&d);
}

/* An act left out is found; told late, it was there all along, in whatever order they arrive. */
static void a_step_told_late_heals_what_was_skipped(void **state)
{
    (void)state;
    desk d;
    desk_open(&d);
    tell(&d, &approve);
    tell(&d, &accept);
    found f = ask(&d, "2024-03-01");
    assert_int_equal(f.count, 2);
    assert_string_equal(f.stage, "granted");
    assert_true(f.codes[0] == GJ_SKIPPED_STEP || f.codes[1] == GJ_SKIPPED_STEP);
    tell(&d, &propose);
    f = ask(&d, "2024-03-01");
    assert_int_equal(f.count, 1);
    assert_int_equal(f.codes[0], GJ_LATE);
    assert_int_equal(f.statuses[0], GJ_CLOSED);
    desk_close(&d);
}

/* The same event again changes nothing; the same id with other content is refused and told. */
static void an_event_counts_once(void **state)
{
    (void)state;
    desk d;
    told other = accept;
    other.action = "approve";
    desk_open(&d);
    assert_int_equal(tell(&d, &accept), GJ_ADDED);
    assert_int_equal(tell(&d, &accept), GJ_ADDED_AGAIN);
    assert_int_equal(tell(&d, &other), GJ_NOT_ADDED);
    assert_int_equal(gj_docket_problem(d.docket)->code, GJ_PROBLEM_CONFLICT);
    assert_string_equal(ask(&d, "2024-02-06").stage, "review");
    desk_close(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_limit_runs_out_with_its_day),
        cmocka_unit_test(a_step_told_late_heals_what_was_skipped),
        cmocka_unit_test(an_event_counts_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
