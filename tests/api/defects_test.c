/* SPDX-License-Identifier: Apache-2.0
 *
 * Of the ten things that a supervision engine in use was found to do wrong, those that a source and
 * a scenario alone cannot show (golden/judge/ten_defects.gj has the others): what is done in
 * secret, what is not done and not said, what is done a night later, and what is reckoned twice.
 * The case is that engine's own example: accepted 2018-10-15 10:00, to be decided within ten
 * working days. The public headers alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <guiju/compile.h>
#include <guiju/guiju.h>

enum { TOLD_MAX = 16, PAGE_SIZE = 1 << 16 };

static const char source[] = "calendar office {\n"
                             "  zone \"Asia/Shanghai\"\n"
                             "  week mon..fri\n"
                             "  published through 2018-12-31\n"
                             "}\n"
                             "department bureau {\n"
                             "  post window\n"
                             "  post chief\n"
                             "}\n"
                             "procedure licence {\n"
                             "  calendar office\n"
                             "  data { kind : one of { instant, promised_case } = promised_case }\n"
                             "  stage filed initial { on accept by window -> review }\n"
                             "  stage review {\n"
                             "    on begin_test by window\n"
                             "    on end_test by window\n"
                             "    on decide by chief -> decided\n"
                             "  }\n"
                             "  stage decided final\n"
                             "  limit at_once {\n"
                             "    from accept when kind is instant to decide\n"
                             "    within 1 workday\n"
                             "    red overdue\n"
                             "    duty chief\n"
                             "  }\n"
                             "  limit law statutory {\n"
                             "    from accept to decide\n"
                             "    within 10 workdays\n"
                             "    not counting from begin_test to end_test\n"
                             "    red overdue\n"
                             "    duty chief\n"
                             "  }\n"
                             "}\n";

/* What was told of findings, as printed. */
typedef struct page {
    char text[PAGE_SIZE];
    size_t size;
} page;

typedef struct told {
    gj_change change;
    gj_code code;
    gj_cause_kind cause;
    char subject[32], by[32];
    gj_instant now;
} told;

typedef struct world {
    gj_compilation *compilation;
    gj_image *image;
    gj_calendar *calendar;
    gj_judge *judge;
    gj_live *live;
    told told[TOLD_MAX];
    size_t told_count;
    page page;
} world;

static gj_text text_of(const char *string)
{
    return (gj_text){string, string == NULL ? 0 : strlen(string)};
}

static bool page_write(void *payload, const char *bytes, size_t size)
{
    page *of = payload;
    assert_true(of->size + size < PAGE_SIZE);
    memcpy(of->text + of->size, bytes, size);
    of->size += size;
    return true;
}

static bool on_revision(void *payload, const gj_revision *revision)
{
    world *w = payload;
    assert_true(w->told_count < TOLD_MAX);
    told *one = &w->told[w->told_count++];
    *one = (told){.change = revision->change,
                  .code = revision->finding->code,
                  .cause = revision->cause,
                  .now = revision->now};
    gj_text subject = revision->finding->subject, by = revision->cause_id;
    snprintf(one->subject, sizeof one->subject, "%.*s", (int)subject.size, subject.bytes);
    snprintf(one->by, sizeof one->by, "%.*s", (int)by.size, by.bytes == NULL ? "" : by.bytes);
    return true;
}

static int world_open(void **state)
{
    world *w = calloc(1, sizeof *w);
    gj_compile_options options = {.size = sizeof options};
    gj_refusal why;
    assert_int_equal(gj_compile_text(&options, "licence.gj", text_of(source), &w->compilation),
                     GJ_OK);
    assert_int_equal(gj_compilation_error_count(w->compilation), 0);
    gj_text image = gj_compilation_image(w->compilation);
    gj_text calendar = gj_compilation_calendar(w->compilation, 0);
    assert_int_equal(gj_image_load(NULL, image.bytes, image.size, &w->image, &why), GJ_OK);
    assert_int_equal(gj_calendar_load(NULL, calendar.bytes, calendar.size, &w->calendar, &why),
                     GJ_OK);
    const gj_calendar *calendars[] = {w->calendar};
    const gj_judge_options judged = {
        .size = sizeof judged, .image = w->image, .calendars = calendars, .calendar_count = 1};
    assert_int_equal(gj_judge_create(&judged, &w->judge), GJ_OK);
    const gj_live_options live = {sizeof live, w, on_revision};
    assert_int_equal(gj_live_create(w->judge, &live, &w->live), GJ_OK);
    *state = w;
    return 0;
}

static int world_close(void **state)
{
    world *w = *state;
    gj_live_destroy(w->live);
    gj_judge_destroy(w->judge);
    gj_calendar_destroy(w->calendar);
    gj_image_destroy(w->image);
    gj_compilation_destroy(w->compilation);
    free(w);
    return 0;
}

/* ---- telling ---- */

static gj_instant instant_of(const world *w, const char *text)
{
    gj_stamp stamp = {0};
    assert_true(gj_stamp_parse(text_of(text), &stamp));
    return gj_judge_instant(w->judge, &stamp);
}

static gj_event event_of(const char *id, const char *at, const char *action)
{
    gj_event event = {.id = text_of(id),
                      .source = text_of("bureau"),
                      .case_id = text_of("A"),
                      .action = text_of(action),
                      .post = text_of(strcmp(action, "decide") == 0 ? "chief" : "window")};
    assert_true(gj_stamp_parse(text_of(at), &event.at));
    return event;
}

static void tell(world *w, const gj_event *event)
{
    gj_added added;
    w->told_count = 0;
    assert_int_equal(gj_live_add(w->live, event, &added), GJ_OK);
    assert_int_equal(added, GJ_ADDED);
}

static void advance(world *w, const char *to)
{
    w->told_count = 0;
    assert_int_equal(gj_live_advance(w->live, instant_of(w, to)), GJ_OK);
}

static void assert_told(const world *w, size_t at, gj_change change, const char *subject,
                        gj_cause_kind cause, const char *by)
{
    assert_true(at < w->told_count);
    assert_int_equal(w->told[at].code, GJ_LATE);
    assert_int_equal(w->told[at].change, change);
    assert_string_equal(w->told[at].subject, subject);
    assert_int_equal(w->told[at].cause, cause);
    assert_string_equal(w->told[at].by, by);
}

/* ---- the defects ---- */

/* Exemption: a case could be made another kind, or left out of supervision, and nobody saw it. Here
 * only a correction does that, and what it takes back is told with the event that did. */
static void defect_5_an_exemption_leaves_a_trail(void **state)
{
    world *w = *state;
    gj_datum kind = {.key = text_of("kind"), .kind = GJ_DATUM_TEXT, .text = text_of("instant")};
    gj_event accept = event_of("e1", "2018-10-15T10:00:00+08:00", "accept");
    accept.data = &kind;
    accept.data_count = 1;
    advance(w, "2018-10-15T10:00:00+08:00");
    tell(w, &accept);
    advance(w, "2018-10-17T00:00:00+08:00");
    assert_int_equal(w->told_count, 1);
    assert_told(w, 0, GJ_FINDING_ADDED, "at_once", GJ_CAUSE_TIME, "");
    gj_event again = accept;
    again.id = text_of("e2");
    again.corrects = text_of("e1");
    kind.text = text_of("promised_case");
    tell(w, &again);
    assert_int_equal(w->told_count, 1);
    assert_told(w, 0, GJ_FINDING_WITHDRAWN, "at_once", GJ_CAUSE_CORRECTION, "e2");
}

/* Failing silently: where no working time was set up no card was issued at all, and nothing said
 * so. Without its calendar nothing is judged, and that is said. */
static void defect_6_without_working_time_nothing_is_judged(void **state)
{
    world *w = *state;
    gj_judge *judge = NULL;
    const gj_judge_options judged = {.size = sizeof judged, .image = w->image};
    assert_int_equal(gj_judge_create(&judged, &judge), GJ_UNBOUND);
    assert_null(judge);
}

/* A batch at night: what fell due was found on the next day. Here it is found when the clock comes
 * to it, and the clock can ask when that will be. */
static void defect_7_what_falls_due_is_found_then(void **state)
{
    world *w = *state;
    gj_event accept = event_of("e1", "2018-10-15T10:00:00+08:00", "accept");
    advance(w, "2018-10-15T10:00:00+08:00");
    tell(w, &accept);
    assert_true(gj_live_next(w->live) <= instant_of(w, "2018-10-30T00:00:00+08:00"));
    advance(w, "2018-10-29T23:59:59+08:00");
    assert_int_equal(w->told_count, 0);
    advance(w, "2018-10-30T00:00:00+08:00");
    assert_int_equal(w->told_count, 1);
    assert_told(w, 0, GJ_FINDING_ADDED, "law", GJ_CAUSE_TIME, "");
    assert_true(w->told[0].now == instant_of(w, "2018-10-30T00:00:00+08:00"));
}

static bool on_case(void *payload, const gj_case_result *result)
{
    world *w = payload;
    gj_writer to = {&w->page, page_write};
    for (size_t i = 0; i < result->finding_count; i++) {
        assert_int_equal(gj_finding_print(&result->findings[i], GJ_ZH, &to), GJ_OK);
        page_write(&w->page, "\n", 1);
    }
    return true;
}

/* What a docket finds that is told everything at once. */
static void page_of_docket(world *w, const gj_event *events, size_t count, const char *until)
{
    gj_docket *docket;
    gj_added added;
    const gj_docket_judging judging = {
        .size = sizeof judging, .until = instant_of(w, until), .payload = w, .on_case = on_case};
    w->page.size = 0;
    assert_int_equal(gj_docket_create(w->judge, &docket), GJ_OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(gj_docket_add(docket, &events[i], &added), GJ_OK);
    }
    assert_int_equal(gj_docket_judge(docket, &judging), GJ_OK);
    gj_docket_destroy(docket);
}

/* Two reckonings: a second engine went over the cards and marked those that were wrong. There is
 * one reckoning; in whatever order it is told, and however often it is done, the same stands to the
 * letter, and what a late record changes is taken back by the record that did. */
static void defect_8_reckoned_again_it_is_the_same(void **state)
{
    world *w = *state;
    const gj_event events[] = {
        event_of("e1", "2018-10-15T10:00:00+08:00", "accept"),
        event_of("e2", "2018-10-17T09:00:00+08:00", "begin_test"),
        event_of("e3", "2018-10-22T09:00:00+08:00", "end_test"),
        event_of("e4", "2018-11-05T16:00:00+08:00", "decide"),
    };
    advance(w, "2018-10-15T10:00:00+08:00");
    tell(w, &events[0]);
    advance(w, "2018-10-31T09:00:00+08:00");
    assert_told(w, 0, GJ_FINDING_ADDED, "law", GJ_CAUSE_TIME, "");
    tell(w, &events[2]);
    tell(w, &events[1]); /* the test is told of two weeks late: it was not counted */
    assert_int_equal(w->told_count, 1);
    assert_told(w, 0, GJ_FINDING_WITHDRAWN, "law", GJ_CAUSE_LATE_EVENT, "e2");
    advance(w, "2018-11-05T16:00:00+08:00");
    assert_told(w, 0, GJ_FINDING_ADDED, "law", GJ_CAUSE_TIME, "");
    tell(w, &events[3]);
    advance(w, "2018-11-30T00:00:00+08:00");

    static page lived, judged;
    w->page.size = 0;
    assert_int_equal(gj_live_see(w->live, 0, w, on_case), GJ_OK);
    lived = w->page;
    page_of_docket(w, events, 4, "2018-11-30T00:00:00+08:00");
    judged = w->page;
    assert_true(lived.size > 0 && lived.size == judged.size);
    assert_memory_equal(lived.text, judged.text, lived.size);
    page_of_docket(w, events, 4, "2018-11-30T00:00:00+08:00");
    assert_memory_equal(w->page.text, judged.text, judged.size);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(defect_5_an_exemption_leaves_a_trail, world_open,
                                        world_close),
        cmocka_unit_test_setup_teardown(defect_6_without_working_time_nothing_is_judged, world_open,
                                        world_close),
        cmocka_unit_test_setup_teardown(defect_7_what_falls_due_is_found_then, world_open,
                                        world_close),
        cmocka_unit_test_setup_teardown(defect_8_reckoned_again_it_is_the_same, world_open,
                                        world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
