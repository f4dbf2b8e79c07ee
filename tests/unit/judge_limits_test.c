/* SPDX-License-Identifier: Apache-2.0
 *
 * Limits: when they start and end, when they are late, and how a late one is explained. The worked
 * example is that of docs/LANGUAGE.md: accepted on 2024-02-05, twenty working days. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "unit/judge_sketch.h"

enum { APPLY, ACCEPT, APPROVE, REFUSE, NOTE, AMEND };
enum { APPLICATION, REVIEW, DECIDED, CLOSED };
enum { CLERK, CHIEF };
enum { STARTDATE, ENDDATE };
enum { DECIDE, STAY, TERM, HOURS, NOTED };

static const sketch permit = {
    .calendar = "cn",
    .stage_count = 4,
    .stages = {"application", "review", "decided", "closed"},
    .final = {[CLOSED] = true},
    .action_count = 6,
    .actions = {"apply", "accept", "approve", "refuse", "note", "amend"},
    .post_count = 2,
    .posts = {"clerk", "chief"},
    .edge_count = 5,
    .edges = {{APPLICATION, APPLY, NO, NO, {0}, 0, 0, 0},
              {APPLICATION, ACCEPT, REVIEW, NO, {0}, 0, 0, 0},
              {REVIEW, APPROVE, DECIDED, NO, {0}, 0, 0, 0},
              {REVIEW, REFUSE, CLOSED, NO, {0}, 0, 0, 0},
              {DECIDED, AMEND, CLOSED, NO, {0}, 0, 0, 0}},
    .field_count = 2,
    .fields = {{"startdate", "开始日期", GJR_TYPE_DATE, 0, false},
               {"enddate", "结束日期", GJR_TYPE_DATE, 0, false}},
    .limit_count = 5,
    .limits = {{"decide",
                {{GJR_TRIGGER_ACTION, ACCEPT}},
                {{GJR_TRIGGER_ACTION, APPROVE}},
                1,
                1,
                20,
                GJR_UNIT_WORKDAYS,
                false,
                GJR_SEVERITY_RED,
                CHIEF},
               {"stay",
                {{GJR_TRIGGER_ENTERING, APPLICATION}},
                {{GJR_TRIGGER_LEAVING, APPLICATION}},
                1,
                1,
                100,
                GJR_UNIT_DAYS,
                true,
                GJR_SEVERITY_YELLOW,
                NO},
               {"term",
                {{GJR_TRIGGER_FIELD, STARTDATE}},
                {{GJR_TRIGGER_FIELD, ENDDATE}},
                1,
                1,
                56,
                GJR_UNIT_DAYS,
                false,
                GJR_SEVERITY_YELLOW,
                NO},
               {"hours",
                {{GJR_TRIGGER_ACTION, NOTE}},
                {{GJR_TRIGGER_ACTION, APPLY}},
                1,
                1,
                48,
                GJR_UNIT_HOURS,
                false,
                GJR_SEVERITY_YELLOW,
                NO},
               {"noted",
                {{GJR_TRIGGER_ENTERING, REVIEW}},
                {{GJR_TRIGGER_ACTION, NOTE}},
                1,
                1,
                300,
                GJR_UNIT_WORKDAYS,
                false,
                GJR_SEVERITY_NOTICE,
                NO}},
};

typedef struct world {
    gj_calendar *calendar;
    gj_image *image;
    gj_judge *judge;
    gj_docket *docket;
    int count;
    gj_lang lang;
    char said[16384];
} world;

/* Spring Festival 2024: 10 to 17 February off, Sundays the 4th and 18th worked. */
static gj_calendar *calendar_make(void)
{
    enum { FIRST = 19763 }; /* 2024-02-10 */
    gjr_calendar_row rows[10] = {{FIRST - 6, GJR_DAY_ON, gjb_text_of("春节")}};
    for (int i = 0; i < 8; i++) {
        rows[1 + i] = (gjr_calendar_row){FIRST + i, i < 3 ? GJR_DAY_HOLIDAY : GJR_DAY_OFF,
                                         gjb_text_of("春节")};
    }
    rows[9] = (gjr_calendar_row){FIRST + 8, GJR_DAY_ON, gjb_text_of("春节")};
    gjr_zone_row zone = {INT64_MIN / 4000, 8 * 3600};
    gjr_calendar_plan plan = {.name = gjb_text_of("cn"),
                              .revision = gjb_text_of("cn@2024-12-31"),
                              .zone = {gjb_text_of("Asia/Shanghai"), &zone, 1},
                              .week = 0x1F,
                              .published_through = FIRST + 325,
                              .rows = rows,
                              .row_count = 10};
    gj_calendar *calendar = NULL;
    assert_int_equal(gjr_calendar_create(NULL, &plan, &calendar), GJ_OK);
    return calendar;
}

static int world_open(void **state)
{
    world *w = calloc(1, sizeof *w);
    w->calendar = calendar_make();
    w->image = sketch_image(&permit);
    w->judge = sketch_judge(w->image, w->calendar);
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
    gj_calendar_destroy(w->calendar);
    free(w);
    return 0;
}

static void act_with(world *w, const char *at, const char *action, const gj_datum *data,
                     size_t data_count)
{
    char id[16];
    snprintf(id, sizeof id, "e%d", ++w->count);
    gj_event event = event_of(id, at, action, "chief");
    event.officer = gjb_text_of("u88");
    event.data = data;
    event.data_count = data_count;
    gj_added added;
    assert_int_equal(gj_docket_add(w->docket, &event, &added), GJ_OK);
    assert_int_equal(added, GJ_ADDED);
}

static void act(world *w, const char *at, const char *action)
{
    act_with(w, at, action, NULL, 0);
}

static bool append(void *payload, const char *bytes, size_t size)
{
    world *w = payload;
    size_t used = strlen(w->said);
    assert_true(used + size < sizeof w->said);
    memcpy(w->said + used, bytes, size);
    w->said[used + size] = '\0';
    return true;
}

/* "subject status over due event;" a late finding. */
static bool say(void *payload, const gj_case_result *result)
{
    world *w = payload;
    for (size_t i = 0; i < result->finding_count; i++) {
        const gj_finding *f = &result->findings[i];
        static const char *const statuses[] = {"open", "closed", "withdrawn"};
        char line[256], due[16];
        gj_day_format(f->counted.due_day, due, sizeof due);
        if (f->code != GJ_LATE) {
            continue;
        }
        int size = snprintf(line, sizeof line, "%.*s %s %d %s %.*s%s;", (int)f->subject.size,
                            f->subject.bytes, statuses[f->status], (int)f->over_amount, due,
                            (int)f->event.size, f->event.bytes == NULL ? "" : f->event.bytes,
                            f->counted.start_not_recorded ? " unrecorded" : "");
        append(w, line, (size_t)size);
    }
    return true;
}

static bool explain(void *payload, const gj_case_result *result)
{
    world *w = payload;
    gj_writer out = {w, append};
    for (size_t i = 0; i < result->finding_count; i++) {
        if (result->findings[i].code == GJ_LATE) {
            assert_int_equal(gj_finding_explain(&result->findings[i], w->lang, &out), GJ_OK);
        }
    }
    return true;
}

static bool print(void *payload, const gj_case_result *result)
{
    world *w = payload;
    gj_writer out = {w, append};
    for (size_t i = 0; i < result->finding_count; i++) {
        assert_int_equal(gj_finding_print(&result->findings[i], GJ_ZH, &out), GJ_OK);
        append(w, "\n", 1);
    }
    return true;
}

static bool ids(void *payload, const gj_case_result *result)
{
    for (size_t i = 0; i < result->finding_count; i++) {
        append(payload, result->findings[i].id, 32);
        append(payload, ";", 1);
    }
    return true;
}

static void judge(world *w, const char *until, bool (*on_case)(void *, const gj_case_result *))
{
    gj_stamp stamp = stamp_of(until);
    gj_docket_judging judging = {.size = sizeof judging,
                                 .payload = w,
                                 .on_case = on_case,
                                 .until = gj_judge_instant(w->judge, &stamp)};
    w->said[0] = '\0';
    assert_int_equal(gj_docket_judge(w->docket, &judging), GJ_OK);
}

static void expect(world *w, const char *until, const char *said)
{
    judge(w, until, say);
    assert_string_equal(w->said, said);
}

/* ---- when ---- */

static void in_time_is_before_due(void **state)
{
    world *w = *state;
    act(w, "2024-02-05 09:12", "accept");
    act(w, "2024-03-08 23:59:59.999", "approve");
    expect(w, "2024-12-01", "");
}

static void at_the_due_instant_it_is_late(void **state)
{
    world *w = *state;
    act(w, "2024-02-05 09:12", "accept");
    act(w, "2024-03-09 00:00", "approve");
    expect(w, "2024-04-01", "decide closed 1 2024-03-08 e2;");
}

static void time_alone_raises_it(void **state)
{
    world *w = *state;
    act(w, "2024-02-05 09:12", "accept");
    expect(w, "2024-03-08 23:59", "");
    expect(w, "2024-03-09 00:00", "decide open 1 2024-03-08 ;");
    expect(w, "2024-03-20 10:00", "decide open 8 2024-03-08 ;");
}

static void time_and_act_raise_the_same(void **state)
{
    world *w = *state;
    act(w, "2024-02-05 09:12", "accept");
    judge(w, "2024-03-20", ids);
    char before[34] = {0};
    assert_int_equal(strlen(w->said), 33);
    memcpy(before, w->said, 33);
    act(w, "2024-03-20 10:00", "approve");
    judge(w, "2024-03-21", ids);
    assert_string_equal(w->said, before);
}

static void the_example(void **state)
{
    world *w = *state;
    act(w, "2024-02-05 09:12", "accept");
    act(w, "2024-03-20 10:00", "approve");
    expect(w, "2024-03-21", "decide closed 8 2024-03-08 e2;");
}

static void a_start_while_running_is_ignored(void **state)
{
    world *w = *state;
    act(w, "2024-02-05 09:12", "accept");
    act(w, "2024-03-01 09:12", "accept"); /* repeated: it happened, but the limit runs */
    act(w, "2024-03-20 10:00", "approve");
    expect(w, "2024-03-21", "decide closed 8 2024-03-08 e3;");
}

static void a_start_after_the_end_is_a_new_instance(void **state)
{
    world *w = *state;
    act(w, "2024-01-01 09:00", "note");
    act(w, "2024-01-05 09:30", "apply");
    act(w, "2024-01-06 09:00", "note");
    act(w, "2024-01-08 08:59", "note"); /* it runs */
    expect(w, "2024-01-08 09:00", "hours closed 49 2024-01-03 e2;hours open 1 2024-01-08 ;");
    judge(w, "2024-01-08 09:00", ids);
    assert_int_equal(strlen(w->said), 66);
    assert_int_not_equal(memcmp(w->said, w->said + 33, 32), 0);
}

static void stages_start_and_end(void **state)
{
    world *w = *state;
    act(w, "2024-03-01 09:00", "apply"); /* day 100 is 2024-06-09, a Sunday: it rolls */
    expect(w, "2024-06-11", "stay open 1 2024-06-10 ;");
    act(w, "2024-06-12 08:00", "accept");
    expect(w, "2024-06-13", "stay closed 2 2024-06-10 e2;");
}

static void skipped_starts_are_marked(void **state)
{
    world *w = *state;
    act(w, "2024-02-05 09:12", "approve"); /* accept was left out: decide starts and ends here */
    expect(w, "2024-12-01", "");
    /* five working days may still be closed, as in the year before */
    expect(w, "2025-05-01", "noted open 14 2025-04-11  unrecorded;");
}

static void a_final_stage_ends_what_runs(void **state)
{
    world *w = *state;
    act(w, "2024-02-05 09:12", "accept");
    act(w, "2024-02-06 09:12", "refuse");
    expect(w, "2026-12-01", "");
}

static void a_final_stage_leaves_what_is_overdue(void **state)
{
    world *w = *state;
    act(w, "2024-02-05 09:12", "accept");
    act(w, "2024-03-11 09:12", "refuse"); /* Monday, one working day after */
    expect(w, "2024-12-01", "decide open 1 2024-03-08 ;");
}

static void an_act_after_the_close_still_ends(void **state)
{
    world *w = *state;
    act(w, "2024-02-05 09:12", "accept");
    act(w, "2024-03-11 09:12", "refuse");
    act(w, "2024-03-12 09:12", "approve");
    expect(w, "2024-12-01", "decide closed 2 2024-03-08 e3;");
}

/* ---- date fields ---- */

static void dates_of_one_event(void **state)
{
    world *w = *state;
    gj_datum data[] = {datum_of("enddate", GJ_DATUM_TEXT, "2024-03-28"),
                       datum_of("startdate", GJ_DATUM_TEXT, "2024-02-01T23:30:00+08:00")};
    act_with(w, "2024-02-01 23:30", "apply", data, 2);
    expect(w, "2024-03-28 23:00", "");
    expect(w, "2024-05-01", ""); /* the 56th day itself */
}

static void a_told_end_comes_when_time_does(void **state)
{
    world *w = *state;
    gj_datum data[] = {datum_of("startdate", GJ_DATUM_TEXT, "2024-02-01"),
                       datum_of("结束日期", GJ_DATUM_TEXT, "2024-04-01")};
    act_with(w, "2024-02-01 10:00", "apply", data, 2);
    expect(w, "2024-03-28 23:59", "");
    expect(w, "2024-03-30", "term open 2 2024-03-28 ;");
    expect(w, "2024-05-01", "term closed 4 2024-03-28 ;");
}

/* Told ahead or not, an end after the close has nothing to end: a running limit ended there. */
static void the_close_ends_a_limit_whose_end_is_told(void **state)
{
    world *w = *state;
    gj_datum data[] = {datum_of("startdate", GJ_DATUM_TEXT, "2024-02-01"),
                       datum_of("enddate", GJ_DATUM_TEXT, "2024-04-01")};
    act_with(w, "2024-02-01 10:00", "accept", data, 2);
    act(w, "2024-02-02 10:00", "refuse");
    expect(w, "2024-05-01", "");
}

static void an_end_told_late_withdraws(void **state)
{
    world *w = *state;
    gj_datum start = datum_of("startdate", GJ_DATUM_TEXT, "2024-02-01");
    gj_datum end = datum_of("enddate", GJ_DATUM_TEXT, "2024-03-01");
    act_with(w, "2024-02-01 10:00", "apply", &start, 1);
    expect(w, "2024-04-01", "term open 4 2024-03-28 ;");
    act_with(w, "2024-04-02 10:00", "apply", &end, 1);
    expect(w, "2024-04-03", "");
}

static void the_same_date_again_is_no_news(void **state)
{
    world *w = *state;
    gj_datum data[] = {datum_of("startdate", GJ_DATUM_TEXT, "2024-02-01"),
                       datum_of("enddate", GJ_DATUM_TEXT, "2024-03-01")};
    act_with(w, "2024-02-01 10:00", "apply", data, 2);
    act_with(w, "2024-03-02 10:00", "apply", data, 2);
    expect(w, "2024-05-01", "");
}

/* ---- explanations ---- */

static void explained(void **state)
{
    world *w = *state;
    act(w, "2024-02-05 09:12", "accept");
    act(w, "2024-03-20 10:00", "approve");
    w->lang = GJ_ZH;
    judge(w, "2024-03-21", explain);
    assert_string_equal(
        w->said,
        "“decide”的最后一日为2024年3月8日（24时止）；“approve”登记的时间为2024年3月20日10:00，"
        "超出8个工作日。计算：2月5日“accept”，当日不计；2月6日至3月8日共32日，"
        "减去放假8日（春节2月10日至17日）、周末4日（2月24日至25日、3月2日至3日），为20个工作日；"
        "2月18日（星期日）调休上班，计入。日历：cn@2024-12-31。"
        "届满前，以“chief”岗位最后办理本件的是“u88”（2024年2月5日09:12“accept”）。"
        "依据：《行政许可法》第四十二条第一款。条款：sketch.gj:61。");
    w->lang = GJ_EN;
    judge(w, "2024-03-21", explain);
    assert_string_equal(
        w->said,
        "The last day for \"decide\" was 2024-03-08 (until 24:00); \"approve\" is recorded at "
        "2024-03-20 10:00, 8 working days later. Count: \"accept\" 02-05, that day not counted; "
        "02-06 to 03-08 is 32 days, less 8 closed (春节 02-10 to 02-17) and 4 weekend days "
        "(02-24 to 02-25, 03-02 to 03-03), leaving 20 working days; Sunday 02-18 was a working "
        "day and counts. Calendar: cn@2024-12-31. Before it fell due the last to act in the case "
        "as "
        "\"chief\" was \"u88\", who did \"accept\" at 2024-02-05 09:12. Basis: 行政许可法 "
        "(licensing) art. 42(1). "
        "Clause: "
        "sketch.gj:61.");
}

static void explained_over_many_weeks(void **state)
{
    world *w = *state;
    act(w, "2024-02-05 09:12", "accept");
    act(w, "2024-02-06 09:12", "approve");
    w->lang = GJ_ZH;
    judge(w, "2025-05-01 00:00", explain);
    assert_string_equal(
        w->said, "“noted”的最后一日为2025年4月11日（24时止）；截至2025年5月1日00:00无完成记录，"
                 "已超出14个工作日。计算：2024年2月5日进入“review”，当日不计；"
                 "2024年2月6日至2025年4月4日共424日，减去放假8日（春节2024年2月10日至17日）、"
                 "周末116日（2024年2月24日至2025年3月30日之间共58次），为300个工作日；"
                 "2024年2月18日（星期日）调休上班，计入。"
                 "所计日期超出日历已公布的范围，以上按每周规则计算，最后一日最早为2025年4月2日，"
                 "最晚为2025年4月11日，公布后自动重新计算。日历：cn@2024-12-31。"
                 "依据：《行政许可法》第四十二条第一款。条款：sketch.gj:61。");
}

static void printed(void **state)
{
    world *w = *state;
    act(w, "2024-02-05 09:12", "accept");
    act(w, "2024-03-20 10:00", "approve");
    judge(w, "2024-03-21", print);
    static const char *const parts[] = {
        "\"code\":\"late\",\"severity\":\"red\",\"case\":\"case-1\",\"procedure\":\"permit\",",
        "\"subject\":\"decide\"",
        "\"action\":\"approve\",\"event\":\"e2\"",
        "\"at\":\"2024-03-20T10:00:00+08:00\",\"due\":\"2024-03-08\","
        "\"over\":{\"amount\":8,\"unit\":\"workdays\"}",
        "\"department\":\"bureau\",\"post\":\"chief\",\"officer\":\"u88\"",
        "\"basis\":[\"licensing.42.1\"],\"source\":{\"file\":\"sketch.gj\",\"line\":61",
        "\"status\":\"closed\"",
        "\"from\":\"2024-02-05\"",
        "\"budget\":20,\"elapsed\":28",
        "\"worked\":[\"2024-02-18\"]",
        "\"skipped\":[{\"from\":\"2024-02-10\",\"to\":\"2024-02-17\",\"why\":\"holiday\","
        "\"name\":\"春节\"},{\"from\":\"2024-02-24\",\"to\":\"2024-02-25\",\"why\":\"weekend\"},"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strstr(w->said, parts[i]) == NULL) {
            fail_msg("no %s in %s", parts[i], w->said);
        }
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(in_time_is_before_due),
        TEST(at_the_due_instant_it_is_late),
        TEST(time_alone_raises_it),
        TEST(time_and_act_raise_the_same),
        TEST(the_example),
        TEST(a_start_while_running_is_ignored),
        TEST(a_start_after_the_end_is_a_new_instance),
        TEST(stages_start_and_end),
        TEST(skipped_starts_are_marked),
        TEST(a_final_stage_ends_what_runs),
        TEST(a_final_stage_leaves_what_is_overdue),
        TEST(an_act_after_the_close_still_ends),
        TEST(dates_of_one_event),
        TEST(a_told_end_comes_when_time_does),
        TEST(the_close_ends_a_limit_whose_end_is_told),
        TEST(an_end_told_late_withdraws),
        TEST(the_same_date_again_is_no_news),
        TEST(explained),
        TEST(explained_over_many_weeks),
        TEST(printed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
