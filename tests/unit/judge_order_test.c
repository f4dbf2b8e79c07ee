/* SPDX-License-Identifier: Apache-2.0
 *
 * Each row of the table of docs/LANGUAGE.md, "Order", and what one event may deviate in at once:
 * the findings of a case written out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "unit/judge_sketch.h"

enum { APPLY, ACCEPT, ASK, RESUBMIT, PROPOSE, APPROVE, DELIVER, VISIT, PAY, SEND_BACK };
enum { APPLICATION, FILED, AMENDING, REVIEW, DECISION, GRANTED, CLOSED };
enum { WINDOW, REVIEWER, CHIEF };
enum { KIND_OK, FEE, OFFICERS, AREA };

static const sketch licence = {
    .stage_count = 7,
    .stages = {"application", "filed", "amending", "review", "decision", "granted", "closed"},
    .final = {[CLOSED] = true},
    .action_count = 10,
    .actions = {"apply", "accept", "ask_more", "resubmit", "propose", "approve", "deliver", "visit",
                "pay", "send_back"},
    .post_count = 3,
    .posts = {"window", "reviewer", "chief"},
    .edge_count = 8,
    .edges = {{APPLICATION, APPLY, FILED, NO, {0}, 0, 0, 0},
              {FILED, ACCEPT, REVIEW, WINDOW, {0}, 0, GJR_NEEDS_ALL, 0},
              {FILED, ASK, AMENDING, WINDOW, {0}, 1, 0, 0},
              {AMENDING, RESUBMIT, FILED, NO, {0}, 0, 0, 0},
              {REVIEW, PROPOSE, DECISION, REVIEWER, {0}, 0, 0, 0},
              {DECISION, APPROVE, GRANTED, CHIEF, {IS_TRUE, KIND_OK}, 0, 0, 0},
              {DECISION, SEND_BACK, REVIEW, CHIEF, {0}, 0, 0, 0},
              {GRANTED, DELIVER, CLOSED, WINDOW, {0}, 0, 0, 0}},
    .field_count = 4,
    .fields = {{"kind_ok", "类型相符", GJR_TYPE_BOOL, 0, false},
               {"fee", "收费金额", GJR_TYPE_MONEY, 0, true},
               {"officers", "核查人员", GJR_TYPE_LIST, GJR_TYPE_OFFICER, false},
               {"area", "面积", GJR_TYPE_NUMBER, 0, false}},
    .document_count = 2,
    .documents = {{"form", "申请书", GJR_NEED_REQUIRED, {0}},
                  {"plan", "平面图", GJR_NEED_WHEN, {IS_TRUE, KIND_OK}}},
    .rule_count = 3,
    .rules = {{"two_officers", GJR_RULE_REQUIRE, VISIT, {AT_LEAST_TWO, OFFICERS}, GJR_SEVERITY_RED},
              {"no_fee", GJR_RULE_NEVER, PAY, {ABOVE_ZERO, FEE}, GJR_SEVERITY_RED},
              {"small", GJR_RULE_NEVER, VISIT, {ABOVE_ZERO_OR_NONE, AREA}, GJR_SEVERITY_NOTICE}},
};

typedef struct world {
    gj_image *image;
    gj_judge *judge;
    gj_docket *docket;
    char said[4096];
} world;

static int world_open(void **state)
{
    world *w = calloc(1, sizeof *w);
    w->image = sketch_image(&licence);
    w->judge = sketch_judge(w->image, NULL);
    assert_int_equal(gj_docket_create(w->judge, &w->docket), GJ_OK);
    *state = w;
    return 0;
}

static int world_close(void **state)
{
    world *w = *state;
    gj_docket_destroy(w->docket);
    gj_judge_destroy(w->judge);
    gj_image_destroy(w->image);
    free(w);
    return 0;
}

static void add(world *w, const gj_event *event)
{
    gj_added added;
    assert_int_equal(gj_docket_add(w->docket, event, &added), GJ_OK);
    assert_int_equal(added, GJ_ADDED);
}

/* Days count up from 2024-01-01; the event's number is its id. */
static void act(world *w, int day, const char *action, const char *post)
{
    char at[32], id[16];
    snprintf(at, sizeof at, "2024-01-%02d 09:00", day);
    snprintf(id, sizeof id, "e%d", day);
    gj_event event = event_of(id, at, action, post);
    add(w, &event);
}

static void act_with(world *w, int day, const char *action, const char *post, gj_datum datum,
                     const char *document)
{
    char at[32], id[16];
    snprintf(at, sizeof at, "2024-01-%02d 09:00", day);
    snprintf(id, sizeof id, "e%d", day);
    gj_event event = event_of(id, at, action, post);
    gj_text documents[] = {gjb_text_of(document)};
    event.data = &datum;
    event.data_count = datum.key.bytes != NULL;
    event.documents = documents;
    event.document_count = document != NULL;
    add(w, &event);
}

static const gj_datum nothing = {0};

static gj_datum kind_ok(bool truth)
{
    gj_datum datum = datum_of("类型相符", GJ_DATUM_BOOL, NULL);
    datum.truth = truth;
    return datum;
}

/* "code subject event>stage_after;" a finding. */
static bool say(void *payload, const gj_case_result *result)
{
    world *w = payload;
    size_t size = strlen(w->said);
    for (size_t i = 0; i < result->finding_count; i++) {
        const gj_finding *f = &result->findings[i];
        size += (size_t)snprintf(w->said + size, sizeof w->said - size, "%s %.*s %.*s>%.*s;",
                                 gj_code_name(f->code), (int)f->subject.size, f->subject.bytes,
                                 (int)f->event.size, f->event.bytes, (int)f->stage_after.size,
                                 f->stage_after.bytes);
    }
    snprintf(w->said + size, sizeof w->said - size, "|%.*s", (int)result->stage.size,
             result->stage.bytes);
    return true;
}

static void expect(world *w, const char *said)
{
    gj_docket_judging judging = {
        .size = sizeof judging, .until = GJ_NEVER, .payload = w, .on_case = say};
    w->said[0] = '\0';
    assert_int_equal(gj_docket_judge(w->docket, &judging), GJ_OK);
    assert_string_equal(w->said, said);
}

static void accepted(world *w)
{
    act_with(w, 1, "apply", NULL, kind_ok(true), NULL);
    act_with(w, 2, "accept", "window", nothing, "form");
}

static void clean(void **state)
{
    world *w = *state;
    act_with(w, 1, "apply", NULL, kind_ok(true), "申请书");
    act_with(w, 2, "accept", "window", nothing, "plan");
    act(w, 3, "propose", "reviewer");
    act(w, 4, "approve", "chief");
    act(w, 5, "deliver", "window");
    expect(w, "|closed");
}

static void another_post_moves(void **state)
{
    world *w = *state;
    act_with(w, 1, "apply", NULL, kind_ok(true), "form");
    act_with(w, 2, "accept", "chief", nothing, "plan");
    expect(w, "unauthorised chief e2>review;|review");
}

static void unknown_post_is_quoted(void **state)
{
    world *w = *state;
    act_with(w, 1, "apply", NULL, kind_ok(true), "form");
    act_with(w, 2, "accept", "stranger", nothing, "plan");
    expect(w, "unauthorised stranger e2>review;|review");
}

static void missing_post_is_data(void **state)
{
    world *w = *state;
    act_with(w, 1, "apply", NULL, kind_ok(true), "form");
    act_with(w, 2, "accept", NULL, nothing, "plan");
    expect(w, "missing-data post e2>review;|review");
}

static void post_of_a_department(void **state)
{
    world *w = *state;
    act_with(w, 1, "apply", NULL, kind_ok(true), "form");
    act_with(w, 2, "accept", "bureau.window", nothing, "plan");
    act(w, 3, "propose", "局.reviewer");
    expect(w, "|decision");
}

static void false_condition_moves(void **state)
{
    world *w = *state;
    act_with(w, 1, "apply", NULL, kind_ok(false), "form");
    act(w, 2, "accept", "window");
    act(w, 3, "propose", "reviewer");
    act(w, 4, "approve", "chief");
    expect(w, "condition-unmet approve e4>granted;|granted");
}

static void unknown_condition_moves(void **state)
{
    world *w = *state;
    act_with(w, 1, "apply", NULL, nothing, "form");
    act_with(w, 2, "accept", "window", nothing, "plan");
    act(w, 3, "propose", "reviewer");
    act(w, 4, "approve", "chief");
    expect(w, "missing-data kind_ok e4>granted;|granted");
}

static void exceeding_moves(void **state)
{
    world *w = *state;
    act(w, 1, "apply", NULL);
    act(w, 2, "ask_more", "window");
    act(w, 3, "resubmit", NULL);
    act(w, 4, "ask_more", "window");
    expect(w, "repeated ask_more e4>amending;|amending");
}

static void skipping_moves(void **state)
{
    world *w = *state;
    accepted(w);
    act(w, 3, "approve", "chief");
    expect(w, "missing-document plan e2>review;skipped-step approve e3>granted;|granted");
}

static void first_event_may_skip(void **state)
{
    world *w = *state;
    act(w, 1, "propose", "reviewer");
    expect(w, "skipped-step propose e1>decision;|decision");
}

static void skipping_into_conditions(void **state)
{
    world *w = *state;
    act(w, 1, "approve", "window");
    expect(w, "skipped-step approve e1>granted;missing-data kind_ok e1>granted;"
              "unauthorised window e1>granted;|granted");
}

static void behind_stays(void **state)
{
    world *w = *state;
    accepted(w);
    act(w, 3, "ask_more", "window");
    act(w, 4, "apply", NULL);
    expect(w, "missing-document plan e2>review;out-of-order ask_more e3>review;"
              "repeated apply e4>review;|review");
}

/* propose was done since review was last entered: repeated. After send_back it is expected. */
static void return_edges(void **state)
{
    world *w = *state;
    accepted(w);
    act(w, 3, "propose", "reviewer");
    act(w, 4, "propose", "reviewer");
    act(w, 5, "send_back", "chief");
    act(w, 6, "propose", "reviewer");
    expect(w, "missing-document plan e2>review;repeated propose e4>decision;|decision");
}

/* Skipped and then told: review was entered by the skip, so propose is not ahead but behind. */
static void told_after_the_skip(void **state)
{
    world *w = *state;
    accepted(w);
    act(w, 3, "approve", "chief");
    act(w, 4, "propose", "reviewer");
    expect(w, "missing-document plan e2>review;skipped-step approve e3>granted;"
              "out-of-order propose e4>granted;|granted");
}

static void unknown_action_stays(void **state)
{
    world *w = *state;
    act(w, 1, "dance", NULL);
    act(w, 2, "apply", NULL);
    expect(w, "unknown-action dance e1>application;|filed");
}

static void free_action_moves_nothing(void **state)
{
    world *w = *state;
    act(w, 1, "pay", NULL);
    expect(w, "|application");
}

static void after_close(void **state)
{
    world *w = *state;
    clean(state);
    act(w, 6, "deliver", "window");
    expect(w, "after-close deliver e6>closed;|closed");
}

static void several_at_once(void **state)
{
    world *w = *state;
    act(w, 1, "accept", "chief");
    expect(w, "skipped-step accept e1>review;unauthorised chief e1>review;"
              "missing-data kind_ok e1>review;missing-document form e1>review;|review");
}

static void rules(void **state)
{
    world *w = *state;
    gj_datum one[] = {datum_of(NULL, GJ_DATUM_TEXT, "u1")};
    gj_datum officers = datum_of("officers", GJ_DATUM_LIST, NULL);
    officers.items = one;
    officers.item_count = 1;
    act_with(w, 1, "visit", NULL, officers, NULL);
    act_with(w, 2, "pay", NULL, datum_of("fee", GJ_DATUM_TEXT, "12.5"), NULL);
    act_with(w, 3, "pay", NULL, datum_of("fee", GJ_DATUM_NUMBER, "0"), NULL);
    act_with(w, 4, "visit", NULL, datum_of("area", GJ_DATUM_NUMBER, "1e2"), NULL);
    expect(w, "rule two_officers e1>application;forbidden no_fee e2>application;"
              "rule two_officers e4>application;forbidden small e4>application;|application");
}

/* A list is not one text, however many names stand in it; `area else 0` asks for nothing. */
static void wrong_type_is_missing(void **state)
{
    world *w = *state;
    act_with(w, 1, "visit", NULL, datum_of("officers", GJ_DATUM_TEXT, "u1;u2"), NULL);
    act_with(w, 2, "pay", NULL, datum_of("fee", GJ_DATUM_TEXT, "免费"), NULL);
    act_with(w, 3, "visit", NULL, datum_of("area", GJ_DATUM_TEXT, "large"), NULL);
    expect(w, "missing-data officers e1>application;missing-data fee e2>application;"
              "missing-data officers e3>application;|application");
}

static void defaults_hold_from_the_opening(void **state)
{
    world *w = *state;
    act(w, 1, "pay", NULL);
    act_with(w, 2, "pay", NULL, datum_of("fee", GJ_DATUM_NULL, NULL), NULL);
    expect(w, "|application");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(clean),
        TEST(another_post_moves),
        TEST(unknown_post_is_quoted),
        TEST(missing_post_is_data),
        TEST(post_of_a_department),
        TEST(false_condition_moves),
        TEST(unknown_condition_moves),
        TEST(exceeding_moves),
        TEST(skipping_moves),
        TEST(first_event_may_skip),
        TEST(skipping_into_conditions),
        TEST(behind_stays),
        TEST(return_edges),
        TEST(told_after_the_skip),
        TEST(unknown_action_stays),
        TEST(free_action_moves_nothing),
        TEST(after_close),
        TEST(several_at_once),
        TEST(rules),
        TEST(wrong_type_is_missing),
        TEST(defaults_hold_from_the_opening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
