/* SPDX-License-Identifier: Apache-2.0
 *
 * The law's counting. First the worked cases: dates a lawyer counts by hand on the 2026 calendar of
 * the State Council's notice. Then 200,000 random terms over random calendars against an oracle
 * that knows the articles and walks the days one by one; it shares nothing with the counted code
 * but the types it is given. */
#include "base/text.h"
#include "time/count.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define MS_PER_HOUR INT64_C(3600000)
#define MS_PER_DAY  (24 * MS_PER_HOUR)
enum { EIGHT_HOURS_S = 28800, ROWS_MAX = 2000 };

static gj_day day_of(const char *text)
{
    gj_day day;
    assert_true(gjr_civil_parse(gjb_text_of(text), &day));
    return day;
}

/* ---- the calendar of 2026 ---- */

typedef struct span {
    const char *from, *to;
    gjr_day_class class;
    const char *name;
} span;

static const span NOTICE_2026[] = {
    {"2026-01-01", "2026-01-01", GJR_DAY_HOLIDAY, "元旦"},
    {"2026-01-02", "2026-01-03", GJR_DAY_OFF, "元旦"},
    {"2026-01-04", "2026-01-04", GJR_DAY_ON, NULL},
    {"2026-02-14", "2026-02-14", GJR_DAY_ON, NULL},
    {"2026-02-15", "2026-02-15", GJR_DAY_OFF, "春节"},
    {"2026-02-16", "2026-02-19", GJR_DAY_HOLIDAY, "春节"},
    {"2026-02-20", "2026-02-23", GJR_DAY_OFF, "春节"},
    {"2026-02-28", "2026-02-28", GJR_DAY_ON, NULL},
    {"2026-04-04", "2026-04-06", GJR_DAY_HOLIDAY, "清明节"},
    {"2026-05-01", "2026-05-05", GJR_DAY_HOLIDAY, "劳动节"},
    {"2026-05-09", "2026-05-09", GJR_DAY_ON, NULL},
    {"2026-06-19", "2026-06-21", GJR_DAY_HOLIDAY, "端午节"},
    {"2026-09-20", "2026-09-20", GJR_DAY_ON, NULL},
    {"2026-09-25", "2026-09-27", GJR_DAY_HOLIDAY, "中秋节"},
    {"2026-10-01", "2026-10-07", GJR_DAY_HOLIDAY, "国庆节"},
    {"2026-10-10", "2026-10-10", GJR_DAY_ON, NULL},
};

static const gjr_zone_row EIGHT_EAST[] = {{0, EIGHT_HOURS_S}};

static gj_calendar *calendar_2026(void)
{
    gjr_calendar_row rows[ROWS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < sizeof NOTICE_2026 / sizeof *NOTICE_2026; i++) {
        const span *of = &NOTICE_2026[i];
        for (gj_day day = day_of(of->from); day <= day_of(of->to); day++) {
            rows[count++] = (gjr_calendar_row){day, of->class, gjb_text_of(of->name)};
        }
    }
    gjr_calendar_plan plan = {
        .name = gjb_text_of("cn"),
        .zone = {gjb_text_of("Asia/Shanghai"), EIGHT_EAST, 1},
        .week = 0x1F,
        .published_through = day_of("2026-12-31"),
        .rows = rows,
        .row_count = count,
    };
    gj_calendar *calendar;
    assert_int_equal(gjr_calendar_create(NULL, &plan, &calendar), GJ_OK);
    return calendar;
}

static gj_instant at(const char *date, int64_t hour)
{
    return day_of(date) * MS_PER_DAY + (hour * 3600 - EIGHT_HOURS_S) * 1000;
}

static void the_worked_cases(void **state)
{
    (void)state;
    static const struct {
        const char *what, *start;
        gjr_term term;
        const char *raw, *due;
    } cases[] = {
        {"许可决定",
         "2026-02-10",
         {GJ_WORKDAYS, 20, true, 0, 0, false, 0},
         "2026-03-16",
         "2026-03-16"},
        {"许可决定，延长后",
         "2026-02-10",
         {GJ_WORKDAYS, 30, true, 0, 0, false, 0},
         "2026-03-30",
         "2026-03-30"},
        {"一次告知",
         "2026-09-18",
         {GJ_WORKDAYS, 5, true, 0, 0, false, 0},
         "2026-09-24",
         "2026-09-24"},
        {"一次告知，遇节",
         "2026-09-24",
         {GJ_WORKDAYS, 5, true, 0, 0, false, 0},
         "2026-10-09",
         "2026-10-09"},
        {"联合办理",
         "2026-08-31",
         {GJ_WORKDAYS, 45, true, 0, 0, false, 0},
         "2026-11-06",
         "2026-11-06"},
        {"送达证件",
         "2026-09-30",
         {GJ_WORKDAYS, 10, true, 0, 0, false, 0},
         "2026-10-20",
         "2026-10-20"},
        {"处罚决定", "2026-01-05", {GJ_DAYS, 90, true, 0, 0, false, 0}, "2026-04-05", "2026-04-07"},
        {"复议决定", "2026-08-03", {GJ_DAYS, 60, true, 0, 0, false, 0}, "2026-10-02", "2026-10-08"},
        {"复议审查受理",
         "2026-04-30",
         {GJ_WORKDAYS, 5, true, 0, 0, false, 0},
         "2026-05-11",
         "2026-05-11"},
        {"公示", "2026-09-30", {GJ_DAYS, 3, false, 0, 0, false, 0}, "2026-10-03", "2026-10-03"},
        {"公示，顺延",
         "2026-09-30",
         {GJ_DAYS, 3, true, 0, 0, false, 0},
         "2026-10-03",
         "2026-10-08"},
        {"中标公告",
         "2026-02-13",
         {GJ_WORKDAYS, 2, true, 0, 0, false, 0},
         "2026-02-24",
         "2026-02-24"},
        {"产权披露",
         "2026-04-24",
         {GJ_WORKDAYS, 20, true, 0, 0, false, 0},
         "2026-05-26",
         "2026-05-26"},
        {"听证前的许可",
         "2026-03-02",
         {GJ_WORKDAYS, 20, true, 0, 0, false, 0},
         "2026-03-30",
         "2026-03-30"},
        {"当日", "2026-03-02", {GJ_WORKDAYS, 0, true, 0, 0, false, 0}, "2026-03-02", "2026-03-02"},
    };
    gj_calendar *calendar = calendar_2026();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int64_t hour = 0; hour < 24; hour += 23) { /* the day of the start is one day */
            gjr_count count = gjr_count_due(calendar, cases[i].term, at(cases[i].start, hour));
            if (count.due_day != day_of(cases[i].due) ||
                count.raw_due_day != day_of(cases[i].raw)) {
                fail_msg("%s: due on day %d", cases[i].what, count.due_day);
            }
            assert_int_equal(count.due, at(cases[i].due, 24));
            assert_int_equal(count.start_day, day_of(cases[i].start));
            assert_false(count.beyond_published);
        }
    }
    gj_day year_end = day_of("2026-12-31"), year_begin = day_of("2025-12-31");
    assert_int_equal(gjr_calendar_workdays_between(calendar, year_begin, year_end), 248);
    gj_calendar_destroy(calendar);
}

static void hours_and_lateness(void **state)
{
    (void)state;
    gj_calendar *calendar = calendar_2026();
    gjr_term hours = {GJ_HOURS, 24, true, 0, 0, false, 0};
    gjr_count count = gjr_count_due(calendar, hours, at("2026-04-30", 15));
    assert_int_equal(count.due, at("2026-05-01", 15));
    assert_int_equal(count.due_day, day_of("2026-05-01"));
    assert_int_equal(gjr_count_over(calendar, GJ_HOURS, &count, count.due - 1), 0);
    assert_int_equal(gjr_count_over(calendar, GJ_HOURS, &count, count.due), 1);
    assert_int_equal(gjr_count_over(calendar, GJ_HOURS, &count, count.due + MS_PER_HOUR), 1);
    assert_int_equal(gjr_count_over(calendar, GJ_HOURS, &count, count.due + MS_PER_HOUR + 1), 2);
    assert_int_equal(gjr_count_elapsed(calendar, GJ_HOURS, 0, MS_PER_HOUR - 1), 0);
    assert_int_equal(gjr_count_elapsed(calendar, GJ_HOURS, 0, -1), 0);

    gjr_term days = {GJ_WORKDAYS, 20, true, 0, 0, false, 0};
    count = gjr_count_due(calendar, days, at("2026-02-10", 9)); /* due on Monday 2026-03-16 */
    assert_int_equal(gjr_count_over(calendar, GJ_WORKDAYS, &count, at("2026-03-16", 23)), 0);
    assert_int_equal(gjr_count_over(calendar, GJ_WORKDAYS, &count, at("2026-03-17", 0)), 1);
    assert_int_equal(gjr_count_over(calendar, GJ_WORKDAYS, &count, at("2026-03-20", 9)), 4);
    assert_int_equal(gjr_count_over(calendar, GJ_WORKDAYS, &count, at("2026-03-22", 9)), 4);
    count = gjr_count_due(calendar, (gjr_term){GJ_WORKDAYS, 1, true, 0, 0, false, 0},
                          at("2026-04-02", 9));
    assert_int_equal(count.due_day, day_of("2026-04-03")); /* a Friday before three days off */
    assert_int_equal(gjr_count_over(calendar, GJ_WORKDAYS, &count, at("2026-04-05", 9)), 1);
    count = gjr_count_due(calendar, days, at("2026-12-20", 9));
    assert_true(count.beyond_published);
    gj_calendar_destroy(calendar);
}

static void nothing_overflows(void **state)
{
    (void)state;
    static const gj_instant far[] = {INT64_MIN, INT64_MIN + 1, 0, INT64_MAX - 1, GJ_NEVER};
    gj_calendar *calendar = calendar_2026();
    for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
        for (int unit = GJ_WORKDAYS; unit < GJ_UNIT_COUNT; unit++) {
            gjr_term term = {(gj_unit)unit, UINT32_MAX, true, 0, 0, false, 0};
            gjr_count count = gjr_count_due(calendar, term, far[i]);
            assert_true(count.due > far[i] || count.due == GJ_NEVER);
            assert_int_equal(gjr_count_due_at(calendar, term, far[i]), count.due);
            assert_true(gjr_count_elapsed(calendar, term.unit, INT64_MIN, far[i]) >= 0);
        }
    }
    gjr_count count =
        gjr_count_due(calendar, (gjr_term){GJ_DAYS, UINT32_MAX, true, 0, 0, false, 0}, 0);
    assert_int_equal(count.due, GJ_NEVER);
    gj_calendar_destroy(calendar);
}

/* ---- runs ---- */

static void runs_are_as_shown(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
        gj_run_kind kind;
        const char *name;
    } expected[] = {
        {"2026-02-14", "2026-02-14", GJ_RUN_WORKED, NULL},
        {"2026-02-15", "2026-02-23", GJ_RUN_HOLIDAY, "春节"},
        {"2026-02-28", "2026-02-28", GJ_RUN_WORKED, NULL},
        {"2026-03-01", "2026-03-01", GJ_RUN_WEEKEND, NULL},
        {"2026-03-07", "2026-03-08", GJ_RUN_WEEKEND, NULL},
        {"2026-03-14", "2026-03-14", GJ_RUN_WEEKEND, NULL},
    };
    gj_calendar *calendar = calendar_2026();
    gjb_arena arena;
    gjr_runs runs;
    gjb_arena_init(&arena, NULL);
    gj_day from = day_of("2026-02-10"), to = day_of("2026-03-14");
    assert_int_equal(gjr_count_runs(calendar, from, to, &arena, &runs), GJ_OK);
    assert_int_equal(runs.count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < runs.count; i++) {
        assert_int_equal(runs.items[i].from, day_of(expected[i].from));
        assert_int_equal(runs.items[i].to, day_of(expected[i].to));
        assert_int_equal(runs.items[i].kind, expected[i].kind);
        assert_true(gjb_text_equal_string(runs.items[i].name, expected[i].name));
    }
    gjr_count_runs(calendar, to, from, &arena, &runs);
    assert_int_equal(runs.count, 0);
    gjr_count_runs(calendar, INT32_MIN, INT32_MAX, &arena, &runs);
    assert_int_equal(runs.count, GJR_COUNT_RUNS_MAX);
    gjb_arena_deinit(&arena);
    gj_calendar_destroy(calendar);
}

/* ---- the oracle: articles, and a walk over the days ---- */

typedef struct office {
    bool week[7];           /* Monday first: worked */
    signed char said[8000]; /* from day 18000 on: 1 worked, -1 closed, 0 nothing said */
    int64_t offset_s;
} office;

enum { SAID_FROM = 18000, SAID_COUNT = 8000 };

/* 2024-01-01 was a Monday, and day 19723. */
static int oracle_weekday(int64_t day)
{
    return (int)(((day - 19723) % 7 + 7) % 7);
}

static bool oracle_is_open(const office *of, int64_t day)
{
    if (day >= SAID_FROM && day < SAID_FROM + SAID_COUNT && of->said[day - SAID_FROM] != 0) {
        return of->said[day - SAID_FROM] > 0;
    }
    return of->week[oracle_weekday(day)];
}

static int64_t oracle_day(const office *of, int64_t instant)
{
    int64_t wall = instant + of->offset_s * 1000, day = 0;
    day = wall / MS_PER_DAY;
    return wall < day * MS_PER_DAY ? day - 1 : day;
}

/* The last day of a term: the day of the start is not counted (Civil Code 201); working days leave
 * closed days out (Licensing Law 82); a closed last day moves to the first open one (203). */
static int64_t oracle_last_day(const office *of, gjr_term term, int64_t day)
{
    uint32_t left = term.budget;
    while (left > 0) {
        day++;
        left -= term.unit == GJ_DAYS || oracle_is_open(of, day) ? 1 : 0;
    }
    while (term.unit == GJ_DAYS && term.rolls && !oracle_is_open(of, day)) {
        day++;
    }
    return day;
}

static int64_t oracle_days(const office *of, gj_unit unit, int64_t after, int64_t through)
{
    int64_t count = 0;
    for (int64_t day = after + 1; day <= through; day++) {
        count += unit == GJ_DAYS || oracle_is_open(of, day) ? 1 : 0;
    }
    return count;
}

/* ---- against it ---- */

static uint64_t random_next(uint64_t *seed, uint64_t below)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (*seed >> 24) % below;
}

static gj_calendar *office_make(office *of, uint64_t *seed)
{
    static gjr_calendar_row rows[SAID_COUNT];
    size_t count = 0;
    memset(of, 0, sizeof *of);
    uint8_t week = (uint8_t)(1 + random_next(seed, 127));
    for (int day = 0; day < 7; day++) {
        of->week[day] = (week >> day & 1) != 0;
    }
    uint64_t sparse = 1 + random_next(seed, 40);
    for (int day = 0; day < SAID_COUNT; day++) {
        if (random_next(seed, sparse) == 0) {
            gjr_day_class class = (gjr_day_class)(GJR_DAY_HOLIDAY + random_next(seed, 3));
            of->said[day] = class == GJR_DAY_ON ? 1 : -1;
            rows[count++] = (gjr_calendar_row){SAID_FROM + day, class, {0}};
        }
    }
    of->offset_s = (int64_t)random_next(seed, 53) * 1800 - 46800;
    gjr_zone_row zone = {0, (int32_t)of->offset_s};
    gjr_calendar_plan plan = {
        .name = gjb_text_of("random"),
        .zone = {{0}, &zone, 1},
        .week = week,
        .published_through = GJ_NO_DAY,
        .rows = rows,
        .row_count = count,
    };
    gj_calendar *calendar;
    assert_int_equal(gjr_calendar_create(NULL, &plan, &calendar), GJ_OK);
    return calendar;
}

static void days_agree(const gj_calendar *calendar, const office *of, gjr_term term,
                       gj_instant start, gj_instant act)
{
    gjr_count count = gjr_count_due(calendar, term, start);
    int64_t start_day = oracle_day(of, start), act_day = oracle_day(of, act);
    int64_t last = oracle_last_day(of, term, start_day);
    int64_t due = (last + 1) * MS_PER_DAY - of->offset_s * 1000;
    int64_t over = act < due ? 0 : oracle_days(of, term.unit, last, act_day);
    over = act >= due && over == 0 ? 1 : over;
    assert_int_equal(count.start_day, start_day);
    assert_int_equal(count.due_day, last);
    assert_int_equal(count.due, due);
    assert_int_equal(gjr_count_due_at(calendar, term, start), due);
    assert_int_equal(gjr_count_over(calendar, term.unit, &count, act), over);
    assert_int_equal(gjr_count_elapsed(calendar, term.unit, start, act),
                     oracle_days(of, term.unit, start_day, act_day));
}

/* Each closed day is in one run and no open one is, but for weekend days worked. */
static void runs_agree(const gj_calendar *calendar, const office *of, gj_day from, gj_day to)
{
    gjb_arena arena;
    gjr_runs runs;
    gjb_arena_init(&arena, NULL);
    assert_int_equal(gjr_count_runs(calendar, from, to, &arena, &runs), GJ_OK);
    size_t run = 0;
    for (gj_day day = from; day <= to; day++) {
        while (run < runs.count && runs.items[run].to < day) {
            run++;
        }
        bool inside = run < runs.count && runs.items[run].from <= day;
        bool open = oracle_is_open(of, day);
        bool worked = open && !of->week[oracle_weekday(day)];
        assert_int_equal(inside, !open || worked);
        assert_true(!inside || (runs.items[run].kind == GJ_RUN_WORKED) == worked);
    }
    for (run = 1; run < runs.count; run++) {
        assert_true(runs.items[run].from > runs.items[run - 1].to);
    }
    gjb_arena_deinit(&arena);
}

static void random_terms_agree(void **state)
{
    (void)state;
    long cases = getenv("GUIJU_PROVE") != NULL ? 5000000 : 200000;
    uint64_t seed = 203;
    office of;
    gj_calendar *calendar = NULL;
    for (long i = 0; i < cases; i++) {
        if (i % 2000 == 0) {
            gj_calendar_destroy(calendar);
            calendar = office_make(&of, &seed);
            runs_agree(calendar, &of, SAID_FROM - 30, SAID_FROM + 900);
        }
        gjr_term term = {random_next(&seed, 2) == 0 ? GJ_WORKDAYS : GJ_DAYS,
                         (uint32_t)random_next(&seed, i % 100 == 0 ? 2000 : 60),
                         random_next(&seed, 2) == 0,
                         0,
                         0,
                         false,
                         0};
        gj_instant start = (int64_t)(SAID_FROM - 100 + random_next(&seed, 7500)) * MS_PER_DAY +
                           (int64_t)random_next(&seed, 86400000);
        gj_instant act = start + (int64_t)random_next(&seed, 120 * 86400) * 1000;
        days_agree(calendar, &of, term, start, act);
    }
    gj_calendar_destroy(calendar);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worked_cases),   cmocka_unit_test(hours_and_lateness),
        cmocka_unit_test(nothing_overflows),  cmocka_unit_test(runs_are_as_shown),
        cmocka_unit_test(random_terms_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
