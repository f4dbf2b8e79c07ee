/* SPDX-License-Identifier: Apache-2.0
 *
 * A live docket as an approval server would use it: events as they come, a clock that it moves, and
 * what is told of findings that are added, changed and withdrawn. The public headers alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <guiju/compile.h>
#include <guiju/guiju.h>

enum { TOLD_MAX = 32, NAME_SIZE = 64 };

static const char source[] = "department amr {\n"
                             "  post window\n"
                             "  post chief\n"
                             "}\n"
                             "procedure licence \"Licence\" {\n"
                             "  data { fee : money = 0 }\n"
                             "  stage filed initial { on accept by window -> review }\n"
                             "  stage review { on approve by chief -> granted }\n"
                             "  stage granted final\n"
                             "  action pay\n"
                             "  limit decide {\n"
                             "    from accept to approve\n"
                             "    within 48 hours\n"
                             "    duty chief\n"
                             "  }\n"
                             "  rule free { on pay require fee = 0 }\n"
                             "  action ask\n"
                             "  limit reply {\n"
                             "    from ask to answer\n"
                             "    within 24 hours\n"
                             "    expires deemed answer when done(pay)\n"
                             "    duty chief\n"
                             "  }\n"
                             "}\n";

typedef struct told {
    gj_change change;
    gj_code code;
    gj_finding_status status;
    gj_cause_kind cause;
    char of[NAME_SIZE], by[NAME_SIZE]; /* the case; the event that caused it */
    gj_instant now;
} told;

typedef struct world {
    gj_image *image;
    gj_judge *judge;
    gj_live *live;
    told told[TOLD_MAX];
    size_t told_count, told_max;
    gj_problem_code problem; /* reported at the end */
    char problem_text[NAME_SIZE];
    size_t problem_count;
    /* of the case seen last */
    size_t event_count, finding_count;
    uint64_t over;
    char stage[NAME_SIZE];
} world;

static gj_text text_of(const char *string)
{
    return (gj_text){string, string == NULL ? 0 : strlen(string)};
}

static void name_take(char *to, gj_text text)
{
    snprintf(to, NAME_SIZE, "%.*s", (int)text.size, text.bytes == NULL ? "" : text.bytes);
}

static bool discard(void *payload, const char *bytes, size_t size)
{
    (void)payload;
    return bytes != NULL && size > 0;
}

static bool on_revision(void *payload, const gj_revision *revision)
{
    world *w = payload;
    gj_writer nowhere = {NULL, discard};
    assert_true(w->told_count < TOLD_MAX);
    told *one = &w->told[w->told_count++];
    *one = (told){.change = revision->change,
                  .code = revision->finding->code,
                  .status = revision->finding->status,
                  .cause = revision->cause,
                  .now = revision->now};
    name_take(one->of, revision->finding->case_id);
    name_take(one->by, revision->cause_id);
    assert_true((revision->before != NULL) == (revision->change == GJ_FINDING_CHANGED));
    assert_int_equal(gj_revision_print(revision, GJ_ZH, &nowhere), GJ_OK);
    return w->told_count < w->told_max;
}

static int world_open(void **state)
{
    world *w = calloc(1, sizeof *w);
    gj_compile_options options = {.size = sizeof options};
    gj_compilation *compilation;
    gj_refusal why;
    assert_int_equal(gj_compile_text(&options, "licence.gj", text_of(source), &compilation), GJ_OK);
    gj_text image = gj_compilation_image(compilation);
    assert_int_equal(gj_image_load(NULL, image.bytes, image.size, &w->image, &why), GJ_OK);
    gj_compilation_destroy(compilation);
    const gj_judge_options judged = {.size = sizeof judged, .image = w->image};
    assert_int_equal(gj_judge_create(&judged, &w->judge), GJ_OK);
    const gj_live_options live = {sizeof live, w, on_revision};
    assert_int_equal(gj_live_create(w->judge, &live, &w->live), GJ_OK);
    w->told_max = TOLD_MAX;
    *state = w;
    return 0;
}

static int world_close(void **state)
{
    world *w = *state;
    gj_live_destroy(w->live);
    gj_judge_destroy(w->judge);
    gj_image_destroy(w->image);
    free(w);
    return 0;
}

static gj_stamp stamp_of(const char *text)
{
    gj_stamp stamp = {0};
    assert_true(text == NULL || gj_stamp_parse(text_of(text), &stamp));
    return stamp;
}

static gj_event event_of(const char *case_id, const char *id, const char *at, const char *action)
{
    return (gj_event){.id = text_of(id),
                      .source = text_of("desk"),
                      .case_id = text_of(case_id),
                      .action = text_of(action),
                      .at = stamp_of(at),
                      .post = text_of(strcmp(action, "approve") == 0 ? "chief" : "window")};
}

static gj_added add(world *w, const gj_event *event)
{
    gj_added added;
    w->told_count = 0;
    assert_int_equal(gj_live_add(w->live, event, &added), GJ_OK);
    return added;
}

static void advance(world *w, const char *to)
{
    gj_stamp stamp = stamp_of(to);
    w->told_count = 0;
    assert_int_equal(gj_live_advance(w->live, gj_judge_instant(w->judge, &stamp)), GJ_OK);
}

static void assert_told(const world *w, size_t at, gj_change change, gj_code code, const char *of,
                        gj_cause_kind cause, const char *by)
{
    assert_true(at < w->told_count);
    assert_int_equal(w->told[at].change, change);
    assert_int_equal(w->told[at].code, code);
    assert_string_equal(w->told[at].of, of);
    assert_int_equal(w->told[at].cause, cause);
    assert_string_equal(w->told[at].by, by);
}

static bool see(void *payload, const gj_case_result *result)
{
    world *w = payload;
    w->event_count = result->event_count;
    w->finding_count = result->finding_count;
    w->over = result->finding_count > 0 ? result->findings[0].over_amount : 0;
    name_take(w->stage, result->stage);
    return true;
}

static void look(world *w, const char *id)
{
    size_t index = gj_live_case_find(w->live, text_of(id));
    assert_true(index != GJ_NO_INDEX);
    assert_int_equal(gj_live_see(w->live, index, w, see), GJ_OK);
}

/* ---- tests ---- */

static void what_falls_due_comes_in_order(void **state)
{
    world *w = *state;
    advance(w, "2024-03-01T12:00Z");
    const char *const cases[] = {"B", "A", "C"};
    for (int i = 0; i < 3; i++) {
        char id[4] = {'e', (char)('0' + i), '\0'};
        gj_event event =
            event_of(cases[i], id, i == 2 ? "2024-03-01T08:00Z" : "2024-03-01T09:00Z", "accept");
        assert_int_equal(add(w, &event), GJ_ADDED);
        assert_int_equal(w->told_count, 0);
    }
    gj_stamp first = stamp_of("2024-03-03T08:00Z");
    assert_true(gj_live_next(w->live) <= gj_judge_instant(w->judge, &first));
    advance(w, "2025-01-01T00:00Z"); /* after a long time away */
    assert_int_equal(w->told_count, 3);
    assert_told(w, 0, GJ_FINDING_ADDED, GJ_LATE, "C", GJ_CAUSE_TIME, "");
    assert_told(w, 1, GJ_FINDING_ADDED, GJ_LATE, "A", GJ_CAUSE_TIME, "");
    assert_told(w, 2, GJ_FINDING_ADDED, GJ_LATE, "B", GJ_CAUSE_TIME, "");
    assert_true(w->told[0].now == gj_judge_instant(w->judge, &first));
    assert_true(gj_live_next(w->live) == GJ_NEVER);
    look(w, "C");
    assert_int_equal(w->over, 24 * 304 - 8); /* to the clock: 3 March 08:00 to 1 January */
    gj_instant now = gj_live_now(w->live);
    advance(w, "2024-06-01T00:00Z");
    assert_true(gj_live_now(w->live) == now);
}

/* Not of the case that was told of last. */
static void what_time_asks_is_of_its_case(void **state)
{
    world *w = *state;
    gj_event events[] = {
        event_of("A", "e1", "2024-03-01T09:00Z", "pay"),
        event_of("A", "e2", "2024-03-01T10:00Z", "ask"),
        event_of("B", "e3", "2024-03-01T11:00Z", "ask"),
        event_of("C", "e4", "2024-03-01T11:30Z", "pay"),
    };
    advance(w, "2024-03-01T12:00Z");
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        assert_int_equal(add(w, &events[i]), GJ_ADDED);
    }
    advance(w, "2024-03-03T00:00Z");
    assert_int_equal(w->told_count, 2);
    assert_told(w, 0, GJ_FINDING_ADDED, GJ_LATE, "A", GJ_CAUSE_TIME, "");
    assert_told(w, 1, GJ_FINDING_ADDED, GJ_LATE, "B", GJ_CAUSE_TIME, "");
    assert_int_equal(w->told[0].status, GJ_CLOSED);
    assert_int_equal(w->told[1].status, GJ_OPEN);
}

static void a_late_telling_withdraws(void **state)
{
    world *w = *state;
    advance(w, "2024-03-05T00:00Z");
    gj_event accept = event_of("A", "e1", "2024-03-01T09:00Z", "accept");
    add(w, &accept); /* told four days late: what has fallen due is said at once */
    assert_int_equal(w->told_count, 1);
    assert_told(w, 0, GJ_FINDING_ADDED, GJ_LATE, "A", GJ_CAUSE_EVENT, "e1");
    gj_event approve = event_of("A", "e2", "2024-03-02T09:00Z", "approve");
    add(w, &approve);
    assert_int_equal(w->told_count, 1);
    assert_told(w, 0, GJ_FINDING_WITHDRAWN, GJ_LATE, "A", GJ_CAUSE_LATE_EVENT, "e2");
    assert_int_equal(w->told[0].status, GJ_WITHDRAWN);
    assert_int_equal(add(w, &approve), GJ_ADDED_AGAIN);
    assert_int_equal(w->told_count, 0);
    look(w, "A");
    assert_int_equal(w->event_count, 2);
    assert_int_equal(w->finding_count, 0);
    assert_string_equal(w->stage, "granted");
}

static void corrections_and_retractions_say_what_they_did(void **state)
{
    world *w = *state;
    advance(w, "2024-03-02T00:00Z");
    gj_datum fee = {.key = text_of("fee"), .kind = GJ_DATUM_NUMBER, .text = text_of("20")};
    gj_event accept = event_of("A", "e1", "2024-03-01T09:00Z", "accept");
    gj_event pay = event_of("A", "e2", "2024-03-01T10:00Z", "pay");
    pay.data = &fee;
    pay.data_count = 1;
    add(w, &accept);
    add(w, &pay);
    assert_told(w, 0, GJ_FINDING_ADDED, GJ_RULE, "A", GJ_CAUSE_EVENT, "e2");
    gj_event right = pay;
    fee.text = text_of("0");
    right.id = text_of("e3");
    right.corrects = text_of("e2");
    add(w, &right);
    assert_int_equal(w->told_count, 1);
    assert_told(w, 0, GJ_FINDING_WITHDRAWN, GJ_RULE, "A", GJ_CAUSE_CORRECTION, "e3");
    gj_event undo = {.id = text_of("e4"),
                     .source = text_of("hall"),
                     .case_id = text_of("A"),
                     .retracts = text_of("e3"),
                     .retracts_source = text_of("desk")};
    add(w, &undo);
    assert_told(w, 0, GJ_FINDING_ADDED, GJ_RULE, "A", GJ_CAUSE_RETRACTION, "e4");
}

static void what_lies_ahead_is_kept(void **state)
{
    world *w = *state;
    advance(w, "2024-03-01T00:00Z");
    gj_event accept = event_of("A", "e1", "2024-03-09T09:00Z", "accept");
    add(w, &accept);
    assert_int_equal(w->told_count, 1);
    assert_told(w, 0, GJ_FINDING_ADDED, GJ_FUTURE, "A", GJ_CAUSE_EVENT, "e1");
    look(w, "A");
    assert_int_equal(w->event_count, 0);
    assert_int_equal(w->finding_count, 1);
    gj_event right = accept;
    right.id = text_of("e2");
    right.corrects = text_of("e1");
    right.at = stamp_of("2024-03-05T09:00Z");
    add(w, &right);
    assert_told(w, 0, GJ_FINDING_CHANGED, GJ_FUTURE, "A", GJ_CAUSE_CORRECTION, "e2");
    advance(w, "2024-03-05T08:59Z");
    assert_int_equal(w->told_count, 0);
    advance(w, "2024-03-20T00:00Z");
    assert_int_equal(w->told_count, 2);
    assert_told(w, 0, GJ_FINDING_WITHDRAWN, GJ_FUTURE, "A", GJ_CAUSE_TIME, "");
    assert_told(w, 1, GJ_FINDING_ADDED, GJ_LATE, "A", GJ_CAUSE_TIME, "");
    look(w, "A");
    assert_int_equal(w->event_count, 1);
}

static bool problem_take(void *payload, const gj_problem *problem)
{
    world *w = payload;
    w->problem = problem->code;
    name_take(w->problem_text, problem->text);
    w->problem_count++;
    return true;
}

static void what_names_nothing_waits(void **state)
{
    world *w = *state;
    advance(w, "2024-03-02T00:00Z");
    gj_event undo = {.id = text_of("e9"),
                     .source = text_of("desk"),
                     .case_id = text_of("A"),
                     .retracts = text_of("e1")};
    assert_int_equal(add(w, &undo), GJ_ADDED);
    assert_int_equal(gj_live_problem(w->live)->code, GJ_PROBLEM_UNMET);
    assert_int_equal(gj_live_report_unmet(w->live, w, problem_take), GJ_OK);
    assert_int_equal(w->problem_count, 1);
    assert_int_equal(w->problem, GJ_PROBLEM_UNMET);
    assert_string_equal(w->problem_text, "e1");
    gj_event accept = event_of("A", "e1", "2024-03-01T09:00Z", "accept");
    assert_int_equal(add(w, &accept), GJ_ADDED);
    look(w, "A");
    assert_int_equal(w->event_count, 0);
    gj_live_report_unmet(w->live, w, problem_take);
    assert_int_equal(w->problem_count, 1);
}

static void whoever_has_heard_enough_hears_no_more(void **state)
{
    world *w = *state;
    gj_event events[3];
    gj_added added[3];
    advance(w, "2024-03-01T00:00Z");
    events[0] = event_of("A", "e1", "2024-03-01T00:00Z", "accept");
    events[1] = event_of("B", "e2", "2024-03-01T00:00Z", "accept");
    events[2] = events[0];
    assert_int_equal(gj_live_add_all(w->live, events, 3, added), GJ_OK);
    assert_int_equal(added[1], GJ_ADDED);
    assert_int_equal(added[2], GJ_ADDED_AGAIN);
    w->told_max = 1;
    advance(w, "2024-04-01T00:00Z");
    assert_int_equal(w->told_count, 1);
    look(w, "B"); /* it was judged all the same */
    assert_int_equal(w->finding_count, 1);
    assert_int_equal(gj_live_case_count(w->live), 2);
}

static void wrong_calls_are_refused(void **state)
{
    world *w = *state;
    gj_added added;
    const gj_live_options small = {.size = 1};
    gj_live *none;
    gj_event event = event_of("A", "e1", "2024-03-01T09:00Z", "accept");
    assert_int_equal(gj_live_create(NULL, NULL, &none), GJ_BAD_ARGUMENT);
    assert_int_equal(gj_live_create(w->judge, &small, &none), GJ_BAD_ARGUMENT);
    assert_int_equal(gj_live_add(NULL, &event, &added), GJ_BAD_ARGUMENT);
    assert_int_equal(gj_live_add(w->live, NULL, &added), GJ_BAD_ARGUMENT);
    assert_int_equal(gj_live_add_all(w->live, NULL, 1, NULL), GJ_BAD_ARGUMENT);
    assert_int_equal(gj_live_advance(NULL, 0), GJ_BAD_ARGUMENT);
    assert_int_equal(gj_live_see(w->live, 0, w, see), GJ_BAD_ARGUMENT);
    assert_int_equal(gj_live_report_unmet(w->live, w, NULL), GJ_BAD_ARGUMENT);
    assert_int_equal(gj_revision_print(NULL, GJ_EN, NULL), GJ_BAD_ARGUMENT);
    assert_true(gj_live_case_find(w->live, text_of("A")) == GJ_NO_INDEX);
    assert_true(gj_live_last_instant(w->live) == INT64_MIN);
    assert_true(gj_live_now(w->live) == INT64_MIN);
    gj_live_destroy(NULL);
    assert_int_equal(gj_live_create(w->judge, NULL, &none), GJ_OK); /* nobody is told */
    assert_int_equal(gj_live_add(none, &event, &added), GJ_OK);
    gj_live_destroy(none);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)
    const struct CMUnitTest tests[] = {
        TEST(what_falls_due_comes_in_order),
        TEST(what_time_asks_is_of_its_case),
        TEST(a_late_telling_withdraws),
        TEST(corrections_and_retractions_say_what_they_did),
        TEST(what_lies_ahead_is_kept),
        TEST(what_names_nothing_waits),
        TEST(whoever_has_heard_enough_hears_no_more),
        TEST(wrong_calls_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
