/* SPDX-License-Identifier: Apache-2.0
 *
 * Accounts of time: that every day is told with its right reason, that the totals at the end of
 * each run are those that a person counts, and that they come to what the judge derives. First two
 * worked cases on the 2026 calendar of the State Council's notice, run by run. Then random limits,
 * stopped and extended at random, with and without effect, against an oracle that walks the days
 * (or of hours the half hours) by the articles alone; it shares nothing with the code that is
 * tested but the types it is given. */
#include "base/text.h"
#include "judge/account.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define MS_PER_HOUR INT64_C(3600000)
#define MS_PER_DAY  (24 * MS_PER_HOUR)
enum { ROWS_MAX = 2000, MARKS_MAX = 32, FIRST_DAY = 18000, DAYS = 1500 };

static gj_day day_of(const char *text)
{
    gj_day day;
    assert_true(gjr_civil_parse(gjb_text_of(text), &day));
    return day;
}

/* ---- what a calendar says ---- */

typedef struct office {
    gj_calendar *calendar;
    gj_why class[DAYS]; /* COUNTED, WORKED, WEEKEND, HOLIDAY, OFF */
    const char *name[DAYS];
} office;

static bool is_open(const office *of, int64_t day)
{
    gj_why class = of->class[day - FIRST_DAY];
    return class == GJ_WHY_COUNTED || class == GJ_WHY_WORKED;
}

/* The calendar's rows, and beside them what each day is then. */
static void office_make(office *of, uint8_t week, const gjr_calendar_row *rows, size_t count)
{
    static const gjr_zone_row zone = {0, 0};
    for (int i = 0; i < DAYS; i++) {
        int weekday = (FIRST_DAY + i - 19723) % 7; /* day 19723 was a Monday */
        weekday = weekday < 0 ? weekday + 7 : weekday;
        of->class[i] = (week >> weekday & 1) != 0 ? GJ_WHY_COUNTED : GJ_WHY_WEEKEND;
        of->name[i] = NULL;
    }
    for (size_t i = 0; i < count; i++) {
        gj_why *class = &of->class[rows[i].day - FIRST_DAY];
        bool rest = *class == GJ_WHY_WEEKEND;
        *class = rows[i].class == GJR_DAY_HOLIDAY ? GJ_WHY_HOLIDAY
                 : rows[i].class == GJR_DAY_OFF   ? GJ_WHY_OFF
                 : rest                           ? GJ_WHY_WORKED
                                                  : GJ_WHY_COUNTED;
        of->name[rows[i].day - FIRST_DAY] =
            *class == GJ_WHY_COUNTED ? NULL : rows[i].name.bytes; /* literals */
    }
    gjr_calendar_plan plan = {
        .name = gjb_text_of("office"),
        .zone = {gjb_text_of("UTC"), &zone, 1},
        .week = week,
        .hours = {{510, 720}, {810, 1050}}, /* 08:30-12:00, 13:30-17:30 */
        .hours_count = 2,
        .published_through = GJ_NO_DAY,
        .rows = rows,
        .row_count = count,
    };
    assert_int_equal(gjr_calendar_create(NULL, &plan, &of->calendar), GJ_OK);
}

/* ---- the worked cases ---- */

static const struct {
    const char *from, *to;
    gjr_day_class class;
    const char *name;
} notice_2026[] = {
    {"2026-02-14", "2026-02-14", GJR_DAY_ON, "春节"},
    {"2026-02-15", "2026-02-15", GJR_DAY_OFF, "春节"},
    {"2026-02-16", "2026-02-19", GJR_DAY_HOLIDAY, "春节"},
    {"2026-02-20", "2026-02-23", GJR_DAY_OFF, "春节"},
    {"2026-02-28", "2026-02-28", GJR_DAY_ON, "春节"},
    {"2026-09-25", "2026-09-27", GJR_DAY_HOLIDAY, "中秋节"},
    {"2026-10-01", "2026-10-07", GJR_DAY_HOLIDAY, "国庆节"},
    {"2026-10-10", "2026-10-10", GJR_DAY_ON, "国庆节"},
};

static office *office_2026(void)
{
    static office of;
    gjr_calendar_row rows[ROWS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < sizeof notice_2026 / sizeof *notice_2026; i++) {
        for (gj_day day = day_of(notice_2026[i].from); day <= day_of(notice_2026[i].to); day++) {
            rows[count++] =
                (gjr_calendar_row){day, notice_2026[i].class, gjb_text_of(notice_2026[i].name)};
        }
    }
    /* The years of the other tests begin earlier. */
    static const gjr_zone_row zone = {0, 28800};
    gjr_calendar_plan plan = {.name = gjb_text_of("cn"),
                              .zone = {gjb_text_of("Asia/Shanghai"), &zone, 1},
                              .week = 0x1F,
                              .published_through = day_of("2026-12-31"),
                              .rows = rows,
                              .row_count = count};
    assert_int_equal(gjr_calendar_create(NULL, &plan, &of.calendar), GJ_OK);
    return &of;
}

static gj_instant at(const char *date, int64_t hour)
{
    return day_of(date) * MS_PER_DAY + (hour - 8) * MS_PER_HOUR;
}

typedef struct line {
    const char *from, *to;
    gj_why why;
    gj_phase phase;
    uint64_t total;
    const char *name;
} line;

static void the_runs_are(const gj_account *account, const line *lines, size_t count)
{
    assert_int_equal(account->run_count, count);
    for (size_t i = 0; i < count; i++) {
        const gj_account_run *run = &account->runs[i];
        assert_int_equal(run->from, day_of(lines[i].from));
        assert_int_equal(run->to, day_of(lines[i].to));
        assert_int_equal(run->why, lines[i].why);
        assert_int_equal(run->phase, lines[i].phase);
        assert_int_equal(run->total, lines[i].total);
        assert_true(gjb_text_equal(run->name, gjb_text_of(lines[i].name)));
    }
}

static void twenty_working_days_over_the_spring_festival(void **state)
{
    (void)state;
    static const line lines[] = {
        {"2026-02-10", "2026-02-10", GJ_WHY_START, GJ_PHASE_GONE, 0, NULL},
        {"2026-02-11", "2026-02-13", GJ_WHY_COUNTED, GJ_PHASE_GONE, 3, NULL},
        {"2026-02-14", "2026-02-14", GJ_WHY_WORKED, GJ_PHASE_GONE, 4, "春节"},
        {"2026-02-15", "2026-02-23", GJ_WHY_HOLIDAY, GJ_PHASE_GONE, 4, "春节"},
        {"2026-02-24", "2026-02-25", GJ_WHY_COUNTED, GJ_PHASE_GONE, 6, NULL},
        {"2026-02-26", "2026-02-27", GJ_WHY_COUNTED, GJ_PHASE_TO_COME, 8, NULL},
        {"2026-02-28", "2026-02-28", GJ_WHY_WORKED, GJ_PHASE_TO_COME, 9, "春节"},
        {"2026-03-01", "2026-03-01", GJ_WHY_WEEKEND, GJ_PHASE_TO_COME, 9, NULL},
        {"2026-03-02", "2026-03-06", GJ_WHY_COUNTED, GJ_PHASE_TO_COME, 14, NULL},
        {"2026-03-07", "2026-03-08", GJ_WHY_WEEKEND, GJ_PHASE_TO_COME, 14, NULL},
        {"2026-03-09", "2026-03-13", GJ_WHY_COUNTED, GJ_PHASE_TO_COME, 19, NULL},
        {"2026-03-14", "2026-03-15", GJ_WHY_WEEKEND, GJ_PHASE_TO_COME, 19, NULL},
        {"2026-03-16", "2026-03-16", GJ_WHY_COUNTED, GJ_PHASE_TO_COME, 20, NULL},
    };
    office *of = office_2026();
    gjb_arena arena;
    gjb_arena_init(&arena, NULL);
    gj_account_mark start = {.kind = GJ_MARK_STARTED, .at = at("2026-02-10", 9)};
    gj_account account = {.marks = &start, .mark_count = 1, .until = at("2026-02-25", 17)};
    gjr_term term = {.unit = GJ_WORKDAYS, .budget = 20, .rolls = true};
    assert_int_equal(gjr_account_count(of->calendar, term, &arena, &account, NULL), GJ_OK);
    assert_int_equal(account.due_day, day_of("2026-03-16"));
    assert_int_equal(account.due, at("2026-03-16", 24));
    assert_int_equal(account.used, 6);
    assert_int_equal(account.left, 14);
    assert_int_equal(account.over, 0);
    the_runs_are(&account, lines, sizeof lines / sizeof *lines);
    gjb_arena_deinit(&arena);
    gj_calendar_destroy(of->calendar);
}

static void five_working_days_before_two_holidays(void **state)
{
    (void)state;
    static const line lines[] = {
        {"2026-09-24", "2026-09-24", GJ_WHY_START, GJ_PHASE_GONE, 0, NULL},
        {"2026-09-25", "2026-09-27", GJ_WHY_HOLIDAY, GJ_PHASE_GONE, 0, "中秋节"},
        {"2026-09-28", "2026-09-30", GJ_WHY_COUNTED, GJ_PHASE_GONE, 3, NULL},
        {"2026-10-01", "2026-10-07", GJ_WHY_HOLIDAY, GJ_PHASE_GONE, 3, "国庆节"},
        {"2026-10-08", "2026-10-09", GJ_WHY_COUNTED, GJ_PHASE_GONE, 5, NULL},
        {"2026-10-10", "2026-10-10", GJ_WHY_WORKED, GJ_PHASE_OVER, 1, "国庆节"},
        {"2026-10-11", "2026-10-11", GJ_WHY_WEEKEND, GJ_PHASE_OVER, 1, NULL},
        {"2026-10-12", "2026-10-12", GJ_WHY_COUNTED, GJ_PHASE_OVER, 2, NULL},
    };
    office *of = office_2026();
    gjb_arena arena;
    gjb_arena_init(&arena, NULL);
    gj_account_mark start = {.kind = GJ_MARK_STARTED, .at = at("2026-09-24", 0)};
    gj_account account = {.marks = &start, .mark_count = 1, .until = at("2026-10-12", 9)};
    gjr_term term = {.unit = GJ_WORKDAYS, .budget = 5, .rolls = true};
    assert_int_equal(gjr_account_count(of->calendar, term, &arena, &account, NULL), GJ_OK);
    assert_int_equal(account.due_day, day_of("2026-10-09"));
    assert_int_equal(account.over, 2);
    the_runs_are(&account, lines, sizeof lines / sizeof *lines);

    static const line days[] = {
        {"2026-09-28", "2026-09-28", GJ_WHY_START, GJ_PHASE_GONE, 0, NULL},
        {"2026-09-29", "2026-09-30", GJ_WHY_COUNTED, GJ_PHASE_GONE, 2, NULL},
        {"2026-10-01", "2026-10-03", GJ_WHY_COUNTED, GJ_PHASE_TO_COME, 5, NULL},
        {"2026-10-04", "2026-10-07", GJ_WHY_HOLIDAY, GJ_PHASE_TO_COME, 5, "国庆节"},
        {"2026-10-08", "2026-10-08", GJ_WHY_MOVED, GJ_PHASE_TO_COME, 5, NULL},
    };
    start.at = at("2026-09-28", 12);
    account = (gj_account){.marks = &start, .mark_count = 1, .until = at("2026-09-30", 9)};
    term.unit = GJ_DAYS;
    assert_int_equal(gjr_account_count(of->calendar, term, &arena, &account, NULL), GJ_OK);
    assert_int_equal(account.raw_due_day, day_of("2026-10-03"));
    assert_int_equal(account.due_day, day_of("2026-10-08"));
    the_runs_are(&account, days, sizeof days / sizeof *days);
    gjb_arena_deinit(&arena);
    gj_calendar_destroy(of->calendar);
}

/* Ended and begun again in one instant it is another stop of the same clause, that goes on. */
static void a_stop_that_begins_again_as_it_ends(void **state)
{
    (void)state;
    gj_instant stopped = at("2026-03-10", 9);
    gj_account_mark marks[] = {
        {.kind = GJ_MARK_STARTED, .at = at("2026-03-02", 9)},
        {.kind = GJ_MARK_STOPPED,
         .at = stopped,
         .began = stopped,
         .at_most_until = GJ_NEVER,
         .at_most_earliest = GJ_NEVER,
         .at_most_latest = GJ_NEVER},
        {.kind = GJ_MARK_RESUMED, .at = stopped, .began = stopped},
        {.kind = GJ_MARK_STOPPED,
         .at = stopped,
         .began = stopped,
         .at_most_until = GJ_NEVER,
         .at_most_earliest = GJ_NEVER,
         .at_most_latest = GJ_NEVER},
        {.kind = GJ_MARK_RESUMED, .at = at("2026-03-25", 9), .began = stopped},
    };
    office *of = office_2026();
    gjb_arena arena;
    gjb_arena_init(&arena, NULL);
    gjr_term term = {.unit = GJ_WORKDAYS, .budget = 20, .rolls = true};
    gj_account account = {.marks = marks, .mark_count = 4, .until = at("2026-03-12", 9)};
    assert_int_equal(gjr_account_count(of->calendar, term, &arena, &account, NULL), GJ_OK);
    assert_int_equal(account.status, GJ_ACCOUNT_STOPPED);
    assert_false(account.has_due);
    assert_int_equal(account.used, 5);
    account = (gj_account){.marks = marks, .mark_count = 5, .until = at("2026-03-26", 9)};
    assert_int_equal(gjr_account_count(of->calendar, term, &arena, &account, NULL), GJ_OK);
    assert_int_equal(account.due_day, day_of("2026-04-14"));
    gjb_arena_deinit(&arena);
    gj_calendar_destroy(of->calendar);
}

/* ---- the oracle ---- */

typedef struct stop {
    int64_t begin, end; /* end GJ_NEVER: open */
} stop;

typedef struct story {
    gjr_term term;
    gj_account_mark marks[MARKS_MAX];
    size_t count;
    /* The same as the oracle takes it. */
    int64_t start, budget, budget_before;
    stop stops[MARKS_MAX];
    size_t stop_count;
} story;

static int64_t day_at(int64_t instant)
{
    return instant / MS_PER_DAY; /* of instants after 1970, in UTC */
}

/* Stopped to its end: whatever was before. */
static bool is_stopped(const story *of, int64_t day)
{
    int64_t end = (day + 1) * MS_PER_DAY;
    for (size_t i = 0; i < of->stop_count; i++) {
        if (of->stops[i].begin < end && of->stops[i].end >= end) {
            return true;
        }
    }
    return false;
}

/* The same day number so many months on, or the month's last. FIRST_DAY is 2019-04-14. */
static int64_t months_on(int64_t day, int64_t months)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t month = 2019 * 12 + 3, of_month = day - FIRST_DAY + 14, first = day - of_month + 1;
    for (int64_t passed = 0, wanted = -1; passed != wanted; month++) {
        int64_t year = month / 12;
        bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        int64_t length = lengths[month % 12] + (month % 12 == 1 && leap ? 1 : 0);
        if (wanted < 0 && of_month <= length) { /* this is its month */
            wanted = months + passed + 1;
            first = day - of_month + 1;
        } else if (wanted < 0) {
            of_month -= length;
            continue;
        }
        if (++passed == wanted) {
            return first + (of_month <= length ? of_month : length) - 1;
        }
        first += length;
    }
    return -1;
}

static bool is_time(const story *of)
{
    return of->term.unit == GJ_HOURS || of->term.unit == GJ_MINUTES ||
           of->term.unit == GJ_WORKHOURS;
}

static bool is_months(const story *of)
{
    return of->term.unit == GJ_MONTHS || of->term.unit == GJ_YEARS;
}

/* A budget in days, or in milliseconds. */
static int64_t whole_of(const story *of, int64_t budget)
{
    if (is_months(of)) {
        int64_t start = day_at(of->start);
        return months_on(start, of->term.unit == GJ_YEARS ? 12 * budget : budget) - start;
    }
    return !is_time(of) ? budget : budget * (of->term.unit == GJ_MINUTES ? 60000 : MS_PER_HOUR);
}

/* The last lawful day, or -1 where none is in sight; *raw is the last counted one. */
static int64_t last_day(const story *of, const office *in, int64_t *raw)
{
    int64_t day = day_at(of->start), left = whole_of(of, of->budget);
    *raw = day;
    while (left > 0) {
        if (++day >= FIRST_DAY + DAYS) {
            return -1;
        }
        bool counts = !is_stopped(of, day) && (of->term.unit != GJ_WORKDAYS || is_open(in, day));
        left -= counts ? 1 : 0;
    }
    *raw = day;
    while (of->term.unit != GJ_WORKDAYS && of->term.rolls &&
           (!is_open(in, day) || is_stopped(of, day))) {
        if (++day >= FIRST_DAY + DAYS) {
            return -1;
        }
    }
    return day;
}

/* Whether the half hour from then on is office time: of hours and minutes, always. */
static bool is_office_time(const story *of, const office *in, int64_t now)
{
    int64_t minute = now % MS_PER_DAY / 60000;
    bool hours = (minute >= 510 && minute < 720) || (minute >= 810 && minute < 1050);
    return of->term.unit != GJ_WORKHOURS || (hours && is_open(in, day_at(now)));
}

static bool is_paused(const story *of, int64_t now)
{
    for (size_t i = 0; i < of->stop_count; i++) {
        if (of->stops[i].begin <= now && now < of->stops[i].end) {
            return true;
        }
    }
    return false;
}

/* Of time: when the budget is used up, going by half hours. */
static int64_t last_instant(const story *of, const office *in)
{
    const int64_t tick = MS_PER_HOUR / 2;
    int64_t now = of->start, left = whole_of(of, of->budget);
    while (left > 0) {
        left -= !is_paused(of, now) && is_office_time(of, in, now) ? tick : 0;
        now += tick;
        if (now >= (FIRST_DAY + DAYS) * MS_PER_DAY) {
            return -1;
        }
    }
    return now;
}

/* The instant by which it is due; -1: not in sight. */
static int64_t due_of(const story *of, const office *in)
{
    int64_t raw;
    if (is_time(of)) {
        return last_instant(of, in);
    }
    int64_t day = last_day(of, in, &raw);
    return day < 0 ? -1 : (day + 1) * MS_PER_DAY;
}

/* ---- random stories ---- */

static uint64_t random_next(uint64_t *seed, uint64_t below)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (*seed >> 24) % below;
}

static void office_random(office *of, uint64_t *seed)
{
    static const char *const names[] = {"甲", "乙"};
    static gjr_calendar_row rows[ROWS_MAX];
    size_t count = 0;
    uint8_t week = (uint8_t)(1 + random_next(seed, 127));
    uint64_t sparse = 2 + random_next(seed, 20);
    for (int day = 0; day < DAYS; day++) {
        if (random_next(seed, sparse) == 0) {
            gjr_day_class class = (gjr_day_class)(GJR_DAY_HOLIDAY + random_next(seed, 3));
            rows[count++] = (gjr_calendar_row){FIRST_DAY + day, class,
                                               gjb_text_of(names[random_next(seed, 2)])};
        }
    }
    office_make(of, week, rows, count);
}

/* The next instant: often within the day, on half hours, now and then at a day's very end. */
static int64_t later(uint64_t *seed, int64_t now)
{
    const int64_t tick = MS_PER_HOUR / 2;
    if (random_next(seed, 6) == 0) {
        return (day_at(now) + 1 + (int64_t)random_next(seed, 4)) * MS_PER_DAY;
    }
    return now + (int64_t)(1 + random_next(seed, random_next(seed, 2) == 0 ? 40 : 400)) * tick;
}

static gj_account_mark *mark_add(story *of, gj_mark_kind kind, int64_t now)
{
    gj_account_mark *mark = &of->marks[of->count++];
    *mark = (gj_account_mark){.kind = kind,
                              .at = now,
                              .at_most_until = GJ_NEVER,
                              .at_most_earliest = GJ_NEVER,
                              .at_most_latest = GJ_NEVER};
    return mark;
}

static bool is_due(const story *of, const office *in, int64_t now)
{
    int64_t due = due_of(of, in);
    return due >= 0 && now >= due;
}

static gj_account_mark *stop_mark(story *of, gj_mark_kind kind, int64_t now, uint32_t clause,
                                  int64_t began)
{
    gj_account_mark *mark = mark_add(of, kind, now);
    mark->subject_title = gjb_text_of("停");
    mark->clause = clause;
    mark->began = began;
    return mark;
}

/* An inner one, of a clause of its own, changes nothing. Some are void in the end; of those some
 * are told again, by a late notice, and work from then on. */
static int64_t stop_add(story *of, const office *in, uint64_t *seed, int64_t now)
{
    int64_t began = now, since = now;
    bool voided = random_next(seed, 4) == 0, again = voided && random_next(seed, 2) == 0;
    stop_mark(of, GJ_MARK_STOPPED, now, 0, began);
    if (random_next(seed, 3) == 0) {
        int64_t inner = now = later(seed, now);
        stop_mark(of, GJ_MARK_STOPPED, now, 1, inner);
        now = later(seed, now);
        stop_mark(of, GJ_MARK_RESUMED, now, 1, inner);
        voided = again = false;
    }
    if (voided) {
        now = later(seed, now);
        stop_mark(of, GJ_MARK_VOIDED, now, 0, began);
    }
    if (again) {
        since = now = later(seed, now);
        stop_mark(of, GJ_MARK_STOPPED, now, 0, began);
    }
    now = later(seed, now);
    stop_mark(of, GJ_MARK_RESUMED, now, 0, began);
    if ((!voided || again) && !is_due(of, in, since)) {
        of->stops[of->stop_count++] = (stop){since, now};
    }
    return now;
}

/* The last one left open, with or without an end in sight. */
static void stop_leave(story *of, const office *in, uint64_t *seed, int64_t now)
{
    int64_t end =
        random_next(seed, 2) == 0 ? GJ_NEVER : now + (int64_t)random_next(seed, 30) * MS_PER_DAY;
    if (is_due(of, in, now)) {
        return;
    }
    gj_account_mark *mark = stop_mark(of, GJ_MARK_STOPPED, now, 0, now);
    mark->at_most_until = mark->at_most_earliest = mark->at_most_latest = end;
    of->stops[of->stop_count++] = (stop){now, end};
}

static int64_t story_make(story *of, const office *in, uint64_t *seed)
{
    static const uint32_t most[] = {40, 40, 90, 40, 5, 1, 90}; /* by unit */
    gj_unit unit = (gj_unit)random_next(seed, GJ_UNIT_COUNT);
    uint32_t scale = unit == GJ_MINUTES ? 30 : 1;
    *of = (story){.term = {.unit = unit,
                           .budget = scale * (1 + (uint32_t)random_next(seed, most[unit])),
                           .rolls = random_next(seed, 2) == 0}};
    int64_t now =
        (FIRST_DAY + 5) * MS_PER_DAY + (int64_t)random_next(seed, 40 * 48) * MS_PER_HOUR / 2;
    of->start = now;
    of->budget = of->budget_before = of->term.budget;
    mark_add(of, GJ_MARK_STARTED, now);
    for (uint64_t turns = random_next(seed, 4); turns > 0; turns--) {
        now = later(seed, now);
        uint64_t what = random_next(seed, 6);
        if (what < 4) {
            now = stop_add(of, in, seed, now);
        } else if (what == 4 && !is_due(of, in, now)) {
            int64_t more = scale * (1 + (int64_t)random_next(seed, is_months(of) ? 2 : 10));
            gj_account_mark *mark = mark_add(of, GJ_MARK_EXTENDED, now);
            mark->amount = more;
            mark->began = now;
            of->budget += more;
        } else if (what == 5 && !is_due(of, in, now)) { /* granted, and void in the end */
            gj_account_mark *mark = mark_add(of, GJ_MARK_EXTENDED, now);
            mark->amount = 7;
            mark->began = now;
            mark = mark_add(of, GJ_MARK_VOIDED, later(seed, now));
            mark->voids_extension = true;
            mark->amount = 7;
            mark->began = now;
        }
    }
    if (random_next(seed, 5) == 0) {
        now = later(seed, now);
        stop_leave(of, in, seed, now);
    }
    return random_next(seed, 4) == 0 ? now : later(seed, later(seed, now));
}

/* ---- against it ---- */

typedef struct expected_day {
    gj_why why;
    gj_phase phase;
    const char *name;
    bool extended;
    uint64_t total;
} expected_day;

/* What the day is, the totals going on. */
static expected_day expect_day(const story *of, const office *in, int64_t day, int64_t until,
                               int64_t due, uint64_t totals[2])
{
    gj_why class = in->class[day - FIRST_DAY];
    bool days = of->term.unit != GJ_WORKDAYS, over = due >= 0 && day > due;
    bool open = class == GJ_WHY_COUNTED || class == GJ_WHY_WORKED;
    expected_day is = {class,
                       over          ? GJ_PHASE_OVER
                       : day > until ? GJ_PHASE_TO_COME
                                     : GJ_PHASE_GONE,
                       in->name[day - FIRST_DAY], false, 0};
    bool counts = days || open;
    if (day == day_at(of->start)) {
        is.why = GJ_WHY_START;
        is.name = NULL;
        counts = false;
    } else if (!over && is_stopped(of, day)) {
        is.why = GJ_WHY_STOPPED;
        is.name = "停";
        counts = false;
    } else if (days && (over || totals[0] < (uint64_t)whole_of(of, of->budget))) {
        is.why = GJ_WHY_COUNTED;
        is.name = NULL;
    } else if (days) {
        counts = false;
        is.why = day == due ? GJ_WHY_MOVED : class;
        is.name = day == due ? NULL : is.name;
    }
    totals[over] += counts ? 1 : 0;
    is.total = totals[over];
    is.extended = counts && !over && totals[0] > (uint64_t)whole_of(of, of->budget_before);
    return is;
}

static bool is_closure(gj_why why)
{
    return why == GJ_WHY_HOLIDAY || why == GJ_WHY_OFF;
}

/* Every day in its one run, and no run that could be longer. */
static void days_agree(const gj_account *account, const story *of, const office *in, int64_t until)
{
    int64_t raw, due = last_day(of, in, &raw), start = day_at(of->start), end = day_at(until);
    uint64_t totals[2] = {0, 0};
    size_t run = 0;
    bool statutory = false;
    assert_int_equal(account->has_due, due >= 0);
    assert_int_equal(account->start_day, start);
    if (due >= 0) {
        assert_int_equal(account->due_day, due);
        assert_int_equal(account->raw_due_day, raw);
        assert_int_equal(account->due, (due + 1) * MS_PER_DAY);
    }
    int64_t last = due > end ? due : end;
    uint64_t used = 0;
    for (int64_t day = start; day <= last; day++) {
        expected_day is = expect_day(of, in, day, end, due, totals);
        used = day <= end ? totals[0] : used;
        assert_true(run < account->run_count);
        const gj_account_run *told = &account->runs[run];
        statutory = (day == told->from ? false : statutory) || is.why == GJ_WHY_HOLIDAY;
        assert_true(told->from <= day && day <= told->to);
        assert_true(told->why == is.why || (is_closure(told->why) && is_closure(is.why)));
        assert_int_equal(told->phase, is.phase);
        assert_int_equal(told->extended, is.extended);
        assert_true(gjb_text_equal(told->name, gjb_text_of(is.name)));
        if (day == told->to) {
            assert_int_equal(told->total, is.total);
            assert_true(!is_closure(told->why) || (told->why == GJ_WHY_HOLIDAY) == statutory);
            run++;
        }
    }
    assert_int_equal(run, account->run_count);
    for (size_t i = 1; i < account->run_count; i++) {
        const gj_account_run *a = &account->runs[i - 1], *b = &account->runs[i];
        assert_int_equal(a->to + 1, b->from);
        bool alike = a->why == b->why || (is_closure(a->why) && is_closure(b->why));
        assert_false(alike && a->phase == b->phase && a->extended == b->extended &&
                     gjb_text_equal(a->name, b->name));
    }
    assert_int_equal(account->used, used);
    assert_int_equal(account->left, (uint64_t)whole_of(of, of->budget) - used);
    uint64_t over = due >= 0 && end > due && totals[1] == 0 ? 1 : totals[1];
    assert_int_equal(account->over, due >= 0 ? over : 0);
}

/* Half hour by half hour. */
static void time_agrees(const gj_account *account, const story *of, const office *in, int64_t until)
{
    const int64_t tick = MS_PER_HOUR / 2;
    int64_t due = last_instant(of, in), last = due > until ? due : until;
    uint64_t total = 0, over = 0, used = 0, before = (uint64_t)whole_of(of, of->budget_before);
    size_t run = 0;
    assert_int_equal(account->has_due, due >= 0);
    assert_true(due < 0 || account->due == due);
    for (int64_t now = of->start; now < last; now += tick) {
        bool late = due >= 0 && now >= due, stopped = !late && is_paused(of, now);
        bool closed = of->term.unit == GJ_WORKHOURS && !is_open(in, day_at(now));
        bool counts = !stopped && !closed, added = counts && !late && total >= before;
        gj_why class = in->class[day_at(now) - FIRST_DAY];
        gj_why why = of->term.unit == GJ_WORKHOURS ? class : GJ_WHY_COUNTED;
        uint64_t *grows = late ? &over : &total;
        *grows += counts && is_office_time(of, in, now) ? (uint64_t)tick : 0;
        used = now < until ? total : used;
        assert_true(run < account->run_count);
        const gj_account_run *told = &account->runs[run];
        why = stopped ? GJ_WHY_STOPPED : why;
        assert_true(told->begin <= now && now < told->end);
        assert_int_equal(told->counts, counts);
        assert_true(told->why == why || (is_closure(told->why) && is_closure(why)));
        assert_int_equal(told->extended, added);
        assert_int_equal(told->phase, late           ? GJ_PHASE_OVER
                                      : now >= until ? GJ_PHASE_TO_COME
                                                     : GJ_PHASE_GONE);
        if (now + tick == told->end) {
            assert_int_equal(told->total, *grows);
            run++;
        }
    }
    assert_int_equal(run, account->run_count);
    assert_int_equal(account->used, used);
    assert_int_equal(account->left, (uint64_t)whole_of(of, of->budget) - used);
}

static void stories_agree_with_the_oracle(void **state)
{
    (void)state;
    const char *prove = getenv("GUIJU_PROVE");
    size_t count = prove != NULL ? 1000000 : 20000;
    static office in;
    uint64_t seed = 45, stopped = 0, endless = 0;
    for (size_t i = 0; i < count; i++) {
        if (i % 100 == 0) {
            gj_calendar_destroy(in.calendar);
            office_random(&in, &seed);
        }
        story of;
        gjb_arena arena;
        int64_t until = story_make(&of, &in, &seed), raw;
        bool open = of.stop_count > 0 && of.stops[of.stop_count - 1].end == GJ_NEVER;
        if (!open && (is_time(&of) ? last_instant(&of, &in) : last_day(&of, &in, &raw)) < 0) {
            continue; /* beyond what the oracle's calendar has */
        }
        gjb_arena_init(&arena, NULL);
        gj_account account = {.marks = of.marks, .mark_count = of.count, .until = until};
        assert_int_equal(gjr_account_count(in.calendar, of.term, &arena, &account, NULL), GJ_OK);
        assert_false(account.runs_cut);
        assert_int_equal(account.budget, of.budget);
        if (is_time(&of)) {
            time_agrees(&account, &of, &in, until);
        } else {
            days_agree(&account, &of, &in, until);
        }
        stopped += of.stop_count > 0;
        endless += open;
        gjb_arena_deinit(&arena);
    }
    assert_true(stopped > count / 4 && endless > count / 50);
    gj_calendar_destroy(in.calendar);
}

/* ---- what is bounded otherwise than by a length at most ---- */

static bool takes(const office *in, gj_unit unit, int64_t day)
{
    return unit == GJ_DAYS || is_open(in, day);
}

/* Days of the unit from the one after `after` up to and including `through`. */
static int64_t days_of(const office *in, gj_unit unit, int64_t after, int64_t through)
{
    int64_t count = 0;
    for (int64_t day = after + 1; day <= through; day++) {
        count += takes(in, unit, day) ? 1 : 0;
    }
    return count;
}

static int64_t next_open(const office *in, int64_t day)
{
    while (!is_open(in, day)) {
        day++;
    }
    return day;
}

typedef struct bounded {
    gj_span span;
    gjr_term term;
    int64_t start_day, end_day, by_day;
    gj_account_mark marks[3];
    gj_account account;
} bounded;

/* From some hour of a day to some hour of the same or a later one, which ends it. */
static void bounded_make(bounded *of, uint64_t *seed)
{
    static const gj_span spans[] = {GJ_SPAN_BY, GJ_SPAN_AT_LEAST, GJ_SPAN_AT_LEAST_BEFORE,
                                    GJ_SPAN_WITHIN_BEFORE};
    *of = (bounded){.span = spans[random_next(seed, 4)],
                    .term = {.unit = random_next(seed, 2) == 0 ? GJ_DAYS : GJ_WORKDAYS,
                             .budget = (uint32_t)random_next(seed, 20) + 1}};
    of->start_day = FIRST_DAY + 400 + (int64_t)random_next(seed, 300);
    of->end_day = of->start_day + (int64_t)random_next(seed, 40);
    of->by_day = of->start_day - 3 + (int64_t)random_next(seed, 40);
    of->term.unit = of->span == GJ_SPAN_BY ? GJ_DAYS : of->term.unit;
    of->term.budget = of->span == GJ_SPAN_BY ? 0 : of->term.budget;
    of->term.rolls = of->term.unit == GJ_DAYS && random_next(seed, 2) == 0;
    gj_instant start = of->start_day * MS_PER_DAY + (int64_t)random_next(seed, 12) * MS_PER_HOUR;
    gj_instant end = of->end_day * MS_PER_DAY + 12 * MS_PER_HOUR;
    of->marks[0] = (gj_account_mark){.kind = GJ_MARK_STARTED, .at = start};
    of->marks[1] =
        (gj_account_mark){.kind = GJ_MARK_TOLD, .at = start, .told = of->by_day * MS_PER_DAY};
    of->marks[2] = (gj_account_mark){.kind = GJ_MARK_ENDED, .at = end};
    of->account = (gj_account){.span = of->span,
                               .marks = of->marks,
                               .mark_count = 3,
                               .start = start,
                               .until = end,
                               .status = GJ_ACCOUNT_ENDED};
}

static void by_agrees(const bounded *of, const office *in)
{
    int64_t last = of->term.rolls ? next_open(in, of->by_day) : of->by_day;
    assert_int_equal(of->account.raw_due_day, of->by_day);
    assert_int_equal(of->account.due_day, last);
    assert_int_equal(of->account.over, of->end_day > last ? of->end_day - last : 0);
}

static void least_agrees(const bounded *of, const office *in)
{
    int64_t last = of->start_day;
    for (uint32_t left = of->term.budget; left > 0; left -= takes(in, of->term.unit, last)) {
        last++;
    }
    last = of->term.rolls ? next_open(in, last) : last;
    int64_t missing = days_of(in, of->term.unit, of->end_day - 1, last);
    assert_int_equal(of->account.due_day, last);
    assert_int_equal(of->account.over, of->end_day <= last ? (missing > 0 ? missing : 1) : 0);
}

/* The act's own day is tried, and each before it or after it, until it is on the right side. */
static void back_agrees(const bounded *of, const office *in)
{
    bool within = of->span == GJ_SPAN_WITHIN_BEFORE;
    gj_unit unit = of->term.unit;
    int64_t edge = of->end_day, between = days_of(in, unit, of->start_day, of->end_day - 1);
    while (within ? days_of(in, unit, edge - 1, of->end_day - 1) <= of->term.budget
                  : days_of(in, unit, edge, of->end_day - 1) < of->term.budget) {
        edge--;
    }
    int64_t amiss =
        within ? days_of(in, unit, of->start_day, edge) : days_of(in, unit, edge, of->start_day);
    bool wrong = within ? of->start_day < edge : of->start_day > edge;
    uint64_t told = 0, over = 0;
    for (size_t i = 0; i < of->account.run_count; i++) {
        told += of->account.runs[i].amount;
        over += of->account.runs[i].phase == GJ_PHASE_OVER ? of->account.runs[i].amount : 0;
    }
    assert_int_equal(of->account.due_day, edge);
    assert_int_equal(of->account.used, between < 0 ? 0 : between);
    assert_int_equal(told, of->account.used);
    assert_int_equal(of->account.over, wrong ? (amiss > 0 ? amiss : 1) : 0);
    assert_int_equal(over, within && wrong
                               ? (uint64_t)days_of(in, unit, of->start_day,
                                                   edge < of->end_day - 1 ? edge : of->end_day - 1)
                               : 0);
}

/* Every day from the first to the last is told, once, in order. */
static void runs_are_whole(const gj_account *account)
{
    gj_day next = account->start_day;
    for (size_t i = 0; i < account->run_count; i++) {
        assert_int_equal(account->runs[i].from, next);
        assert_true(account->runs[i].to >= next);
        next = account->runs[i].to + 1;
    }
    assert_true(account->run_count > 0);
}

static void bounds_agree_with_the_oracle(void **state)
{
    (void)state;
    size_t count = getenv("GUIJU_PROVE") != NULL ? 1000000 : 20000;
    static office in;
    uint64_t seed = 46;
    for (size_t i = 0; i < count; i++) {
        if (i % 100 == 0) {
            gj_calendar_destroy(in.calendar);
            office_random(&in, &seed);
        }
        bounded of;
        gjb_arena arena;
        bounded_make(&of, &seed);
        gjb_arena_init(&arena, NULL);
        assert_int_equal(gjr_account_count(in.calendar, of.term, &arena, &of.account, NULL), GJ_OK);
        assert_false(of.account.runs_cut);
        runs_are_whole(&of.account);
        if (of.span == GJ_SPAN_BY) {
            by_agrees(&of, &in);
        } else if (of.span == GJ_SPAN_AT_LEAST) {
            least_agrees(&of, &in);
        } else {
            back_agrees(&of, &in);
        }
        gjb_arena_deinit(&arena);
    }
    gj_calendar_destroy(in.calendar);
}

static void what_nobody_reads_is_cut(void **state)
{
    (void)state;
    static office of;
    office_make(&of, 0x1F, NULL, 0);
    gjb_arena arena;
    gjb_arena_init(&arena, NULL);
    gj_account_mark start = {.kind = GJ_MARK_STARTED, .at = 0};
    gj_account account = {.marks = &start, .mark_count = 1, .until = GJ_NEVER};
    gjr_term term = {.unit = GJ_WORKDAYS, .budget = UINT32_MAX, .rolls = true};
    assert_int_equal(gjr_account_count(of.calendar, term, &arena, &account, NULL), GJ_OK);
    assert_true(account.runs_cut && account.run_count == GJR_COUNT_RUNS_MAX);
    for (int unit = GJ_WORKDAYS; unit < GJ_UNIT_COUNT; unit++) {
        term = (gjr_term){.unit = (gj_unit)unit, .budget = 20, .rolls = true};
        account = (gj_account){.marks = &start, .mark_count = 1, .until = INT64_MIN};
        assert_int_equal(gjr_account_count(NULL, term, &arena, &account, NULL), GJ_OK);
        assert_int_equal(account.used, 0);
    }
    gjb_arena_deinit(&arena);
    gj_calendar_destroy(of.calendar);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twenty_working_days_over_the_spring_festival),
        cmocka_unit_test(five_working_days_before_two_holidays),
        cmocka_unit_test(a_stop_that_begins_again_as_it_ends),
        cmocka_unit_test(stories_agree_with_the_oracle),
        cmocka_unit_test(bounds_agree_with_the_oracle),
        cmocka_unit_test(what_nobody_reads_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
