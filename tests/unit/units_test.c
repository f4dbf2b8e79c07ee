/* SPDX-License-Identifier: Apache-2.0
 *
 * Terms in months, years, minutes and office hours, and days that end when the office closes. First
 * cases counted by hand on the calendar of 2026; then random ones against a walk: through the days
 * for months, minute by minute for office hours. */
#include "base/text.h"
#include "time/count.h"
#include "time/hours.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define MS_PER_MINUTE INT64_C(60000)
#define MS_PER_HOUR   INT64_C(3600000)
#define MS_PER_DAY    (24 * MS_PER_HOUR)

static gj_day day_of(const char *text)
{
    gj_day day;
    assert_true(gjr_civil_parse(gjb_text_of(text), &day));
    return day;
}

/* The wall stands at UTC here. */
static gj_instant at(const char *date, int hour, int minute)
{
    return day_of(date) * MS_PER_DAY + (hour * 60 + minute) * MS_PER_MINUTE;
}

/* ---- by hand ---- */

static gj_calendar *office_2026(bool with_hours)
{
    static const struct {
        const char *from, *to;
        bool worked;
    } said[] = {
        {"2026-01-01", "2026-01-03", false}, {"2026-01-04", "2026-01-04", true},
        {"2026-02-14", "2026-02-14", true},  {"2026-02-15", "2026-02-23", false},
        {"2026-02-28", "2026-02-28", true},  {"2026-04-04", "2026-04-06", false},
        {"2026-05-01", "2026-05-05", false}, {"2026-05-09", "2026-05-09", true},
        {"2026-10-01", "2026-10-07", false}, {"2026-10-10", "2026-10-10", true},
    };
    gjr_calendar_row rows[64];
    size_t count = 0;
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        for (gj_day day = day_of(said[i].from); day <= day_of(said[i].to); day++) {
            rows[count++] =
                (gjr_calendar_row){day, said[i].worked ? GJR_DAY_ON : GJR_DAY_HOLIDAY, {0}};
        }
    }
    gjr_calendar_plan plan = {
        .name = gjb_text_of("office"),
        .week = 0x1F,
        .hours = {{510, 720}, {810, 1050}}, /* 08:30-12:00, 13:30-17:30 */
        .hours_count = with_hours ? 2 : 0,
        .published_through = day_of("2026-12-31"),
        .rows = rows,
        .row_count = count,
    };
    gj_calendar *calendar;
    assert_int_equal(gjr_calendar_create(NULL, &plan, &calendar), GJ_OK);
    return calendar;
}

static void months_and_years(void **state)
{
    (void)state;
    static const struct {
        const char *start;
        gj_unit unit;
        uint32_t budget;
        bool rolls;
        const char *raw, *due;
    } cases[] = {
        {"2026-03-10", GJ_MONTHS, 1, true, "2026-04-10", "2026-04-10"},
        {"2026-01-31", GJ_MONTHS, 1, true, "2026-02-28", "2026-02-28"}, /* worked, a Saturday */
        {"2024-01-31", GJ_MONTHS, 1, false, "2024-02-29", "2024-02-29"},
        {"2026-02-28", GJ_MONTHS, 1, true, "2026-03-28", "2026-03-30"}, /* a Saturday */
        {"2026-02-28", GJ_MONTHS, 1, false, "2026-03-28", "2026-03-28"},
        {"2026-09-01", GJ_MONTHS, 1, true, "2026-10-01", "2026-10-08"},
        {"2026-05-31", GJ_MONTHS, 4, true, "2026-09-30", "2026-09-30"},
        {"2024-02-29", GJ_YEARS, 1, true, "2025-02-28", "2025-02-28"},
        {"2024-02-29", GJ_YEARS, 2, true, "2026-02-28", "2026-02-28"},
        {"2021-10-01", GJ_YEARS, 5, true, "2026-10-01", "2026-10-08"},
        {"2006-05-09", GJ_YEARS, 20, true, "2026-05-09", "2026-05-09"},
        {"2026-03-10", GJ_MONTHS, 0, true, "2026-03-10", "2026-03-10"},
    };
    gj_calendar *calendar = office_2026(false);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        gjr_term term = {.unit = cases[i].unit, .budget = cases[i].budget, .rolls = cases[i].rolls};
        gjr_count count = gjr_count_due(calendar, term, at(cases[i].start, 15, 0));
        assert_int_equal(count.raw_due_day, day_of(cases[i].raw));
        assert_int_equal(count.due_day, day_of(cases[i].due));
        assert_int_equal(count.due, at(cases[i].due, 24, 0));
    }
    gj_calendar_destroy(calendar);
}

/* 2026-03-10 to 2026-04-10 is 31 days; 90% of them end with the 28th, one third with the 11th. */
static void shares_and_what_lies_beside(void **state)
{
    (void)state;
    gj_calendar *calendar = office_2026(true);
    gj_instant start = at("2026-03-10", 9, 0);
    gjr_term term = {.unit = GJ_MONTHS, .budget = 1, .rolls = true};
    gjr_count count = gjr_count_due(calendar, term, start);
    assert_int_equal(gjr_count_share_at(calendar, term, start, 9000), at("2026-04-07", 24, 0));
    assert_int_equal(gjr_count_share_at(calendar, term, start, 3333), at("2026-03-21", 24, 0));
    assert_int_equal(gjr_count_beside(calendar, GJ_MONTHS, &count, -1), at("2026-03-10", 24, 0));
    assert_int_equal(gjr_count_beside(calendar, GJ_YEARS, &count, 1), at("2027-04-10", 24, 0));
    assert_int_equal(gjr_count_beside(calendar, GJ_MINUTES, &count, -30), at("2026-04-10", 23, 30));
    assert_int_equal(gjr_count_beside(calendar, GJ_WORKHOURS, &count, -2),
                     at("2026-04-10", 15, 30));
    assert_int_equal(gjr_count_over(calendar, GJ_MONTHS, &count, at("2026-04-10", 23, 59)), 0);
    assert_int_equal(gjr_count_over(calendar, GJ_MONTHS, &count, at("2026-04-11", 0, 0)), 1);
    assert_int_equal(gjr_count_over(calendar, GJ_MONTHS, &count, at("2026-04-20", 9, 0)), 10);
    assert_int_equal(gjr_count_over_unit(GJ_YEARS), GJ_DAYS);
    assert_int_equal(gjr_count_over_unit(GJ_WORKHOURS), GJ_WORKHOURS);

    term = (gjr_term){.unit = GJ_MINUTES, .budget = 90};
    count = gjr_count_due(calendar, term, start);
    assert_int_equal(count.due, at("2026-03-10", 10, 30));
    assert_int_equal(gjr_count_share_at(calendar, term, start, 5000), at("2026-03-10", 9, 45));
    assert_int_equal(gjr_count_over(calendar, GJ_MINUTES, &count, at("2026-03-10", 11, 0)), 30);
    gj_calendar_destroy(calendar);
}

static void office_hours(void **state)
{
    (void)state;
    static const struct {
        int hour, minute;
        const char *start;
        uint32_t budget;
        const char *due;
        int due_hour, due_minute;
    } cases[] = {
        {9, 0, "2026-03-10", 2, "2026-03-10", 11, 0},
        {11, 0, "2026-03-10", 2, "2026-03-10", 14, 30},  /* over lunch */
        {12, 15, "2026-03-10", 1, "2026-03-10", 14, 30}, /* within lunch */
        {11, 0, "2026-03-10", 1, "2026-03-10", 12, 0},   /* up to lunch, not to behind it */
        {17, 0, "2026-03-13", 1, "2026-03-16", 9, 0},    /* over a weekend */
        {20, 0, "2026-03-13", 1, "2026-03-16", 9, 30},   /* after hours */
        {7, 0, "2026-03-14", 8, "2026-03-17", 9, 0},     /* on a Saturday; 7.5 hours a day */
        {8, 30, "2026-02-14", 15, "2026-02-24", 17, 30}, /* a Saturday worked, then nine days off */
        {0, 0, "2026-02-13", 0, "2026-02-13", 0, 0},
    };
    gj_calendar *calendar = office_2026(true);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        gj_instant start = at(cases[i].start, cases[i].hour, cases[i].minute);
        gj_instant due = at(cases[i].due, cases[i].due_hour, cases[i].due_minute);
        gjr_term term = {.unit = GJ_WORKHOURS, .budget = cases[i].budget};
        gjr_count count = gjr_count_due(calendar, term, start);
        assert_int_equal(count.due, due);
        assert_int_equal(gjr_count_due_at(calendar, term, start), due);
        assert_int_equal(gjr_count_gone(calendar, GJ_WORKHOURS, start, due),
                         cases[i].budget * MS_PER_HOUR);
        assert_int_equal(gjr_count_elapsed(calendar, GJ_WORKHOURS, start, due), cases[i].budget);
    }
    gjr_term term = {.unit = GJ_WORKHOURS, .budget = 3};
    gj_instant start = at("2026-03-10", 16, 0); /* 1.5 hours of it that day */
    gjr_count count = gjr_count_due(calendar, term, start);
    assert_int_equal(count.due, at("2026-03-11", 10, 0));
    assert_int_equal(count.due_day, day_of("2026-03-11"));
    assert_int_equal(gjr_count_share_at(calendar, term, start, 5000), at("2026-03-10", 17, 30));
    assert_int_equal(gjr_count_over(calendar, GJ_WORKHOURS, &count, at("2026-03-11", 13, 0)), 2);
    assert_int_equal(gjr_count_over(calendar, GJ_WORKHOURS, &count, at("2026-03-11", 10, 0)), 1);
    gj_calendar_destroy(calendar);

    calendar = office_2026(false); /* whole working days */
    assert_int_equal(gjr_hours_add(calendar, at("2026-03-13", 23, 0), 2 * MS_PER_HOUR),
                     at("2026-03-16", 1, 0));
    assert_int_equal(gjr_hours_add(calendar, at("2026-03-13", 22, 0), 2 * MS_PER_HOUR),
                     at("2026-03-13", 24, 0));
    gj_calendar_destroy(calendar);
}

static void at_close_of_business(void **state)
{
    (void)state;
    gj_calendar *calendar = office_2026(true);
    gj_instant start = at("2026-03-10", 9, 0);
    gjr_term term = {.unit = GJ_WORKDAYS, .budget = 5, .at_close = true};
    gjr_count count = gjr_count_due(calendar, term, start);
    assert_int_equal(count.due, at("2026-03-17", 17, 30));
    assert_int_equal(gjr_count_due_at(calendar, term, start), count.due);
    assert_int_equal(gjr_count_share_at(calendar, term, start, 5000), at("2026-03-13", 17, 30));
    assert_int_equal(gjr_count_beside(calendar, GJ_WORKDAYS, &count, -1), at("2026-03-16", 17, 30));
    assert_int_equal(gjr_count_beside(calendar, GJ_DAYS, &count, 1), at("2026-03-18", 17, 30));
    assert_int_equal(gjr_count_over(calendar, GJ_WORKDAYS, &count, at("2026-03-17", 18, 0)), 1);
    term = (gjr_term){.unit = GJ_DAYS, .budget = 4, .at_close = true}; /* a Saturday */
    assert_int_equal(gjr_count_due_at(calendar, term, start), at("2026-03-14", 24, 0));
    term.rolls = true;
    assert_int_equal(gjr_count_due_at(calendar, term, start), at("2026-03-16", 17, 30));
    gj_calendar_destroy(calendar);
    calendar = office_2026(false);
    assert_int_equal(gjr_count_due_at(calendar, term, start), at("2026-03-16", 24, 0));
    gj_calendar_destroy(calendar);
}

/* A stop on day A that ends on day B stops A to B-1: counting goes on from B-1. */
static gj_instant stopped_due(const gj_calendar *calendar, gjr_term term, const char *start,
                              const char *stop, const char *resume)
{
    gj_instant from = at(start, 9, 0);
    gj_instant base = at(resume, 9, 0) - MS_PER_DAY;
    term.consumed = gjr_count_gone(calendar, term.unit, from, at(stop, 9, 0) - MS_PER_DAY);
    term.moved = (uint32_t)(day_of(resume) - 1 - day_of(start));
    return gjr_count_due_at(calendar, term, base);
}

static void what_was_stopped(void **state)
{
    (void)state;
    gj_calendar *calendar = office_2026(true);
    gjr_term term = {.unit = GJ_WORKDAYS, .budget = 20};
    assert_int_equal(stopped_due(calendar, term, "2026-03-02", "2026-03-10", "2026-03-25"),
                     at("2026-04-15", 24, 0));
    assert_int_equal(stopped_due(calendar, term, "2026-03-02", "2026-03-10", "2026-03-24"),
                     at("2026-04-14", 24, 0));
    term = (gjr_term){.unit = GJ_MONTHS, .budget = 2, .rolls = false};
    /* to 05-02, and fifteen days more; not two months of another length */
    assert_int_equal(stopped_due(calendar, term, "2026-03-02", "2026-03-10", "2026-03-25"),
                     at("2026-05-17", 24, 0));
    term.rolls = true;
    assert_int_equal(stopped_due(calendar, term, "2026-03-02", "2026-03-10", "2026-03-25"),
                     at("2026-05-18", 24, 0));
    term = (gjr_term){.unit = GJ_WORKHOURS, .budget = 4, .consumed = 90 * MS_PER_MINUTE};
    assert_int_equal(gjr_count_due_at(calendar, term, at("2026-03-10", 16, 0)),
                     at("2026-03-11", 9, 30));
    gj_calendar_destroy(calendar);
}

/* ---- by walking ---- */

enum { FIRST = 20000, DAYS = 1500, SPANS = 3 };

typedef struct office {
    bool open[DAYS];
    int spans, from[SPANS], to[SPANS];
} office;

static uint64_t seed;

static uint32_t draw(uint32_t below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((seed >> 24) % below);
}

static gj_calendar *office_make(office *of)
{
    static gjr_calendar_row rows[DAYS];
    for (int i = 0; i < DAYS; i++) {
        of->open[i] = draw(10) < 7;
        rows[i] = (gjr_calendar_row){FIRST + i, of->open[i] ? GJR_DAY_ON : GJR_DAY_OFF, {0}};
    }
    gjr_calendar_plan plan = {.name = gjb_text_of("random"),
                              .week = 0x7F,
                              .published_through = GJ_NO_DAY,
                              .rows = rows,
                              .row_count = DAYS};
    int minute = (int)draw(400);
    of->spans = 1 + (int)draw(SPANS);
    for (int i = 0; i < of->spans; i++) {
        of->from[i] = minute;
        of->to[i] = minute + 1 + (int)draw(300);
        minute = of->to[i] + 1 + (int)draw(30);
        plan.hours[i] = (gjr_hours){(uint16_t)of->from[i], (uint16_t)of->to[i]};
    }
    plan.hours_count = (size_t)of->spans;
    gj_calendar *calendar;
    assert_int_equal(gjr_calendar_create(NULL, &plan, &calendar), GJ_OK);
    return calendar;
}

/* Whether that minute, counted from the first day, is office time. */
static bool is_office(const office *of, int minute)
{
    int of_day = minute % 1440;
    bool inside = false;
    for (int i = 0; i < of->spans; i++) {
        inside = inside || (of_day >= of->from[i] && of_day < of->to[i]);
    }
    return inside && of->open[minute / 1440];
}

static int office_minutes(const office *of, int from, int count)
{
    int found = 0;
    for (int minute = from; minute < from + count; minute++) {
        found += is_office(of, minute) ? 1 : 0;
    }
    return found;
}

static gj_instant instant_of(int minute)
{
    return FIRST * MS_PER_DAY + minute * MS_PER_MINUTE;
}

static void office_hours_by_walking(void **state)
{
    (void)state;
    seed = 61;
    office of;
    for (int i = 0; i < 40; i++) {
        gj_calendar *calendar = office_make(&of);
        uint32_t day_minutes = 0;
        for (int j = 0; j < of.spans; j++) {
            day_minutes += (uint32_t)(of.to[j] - of.from[j]);
        }
        for (int j = 0; j < 60; j++) {
            int start = 1440 * 400 + (int)draw(1440 * 300),
                budget = 1 + (int)draw(20 * day_minutes);
            int minute = start, left = budget;
            while (left > 0) {
                left -= is_office(&of, minute++) ? 1 : 0;
            }
            assert_int_equal(gjr_hours_add(calendar, instant_of(start), budget * MS_PER_MINUTE),
                             instant_of(minute));
            assert_int_equal(
                gjr_hours_between(calendar, instant_of(start), instant_of(minute + 17)) /
                    MS_PER_MINUTE,
                budget + office_minutes(&of, minute, 17));
            minute = start;
            left = budget;
            while (left > 0 || !is_office(&of, minute - 1)) { /* back to when so much was left */
                left -= is_office(&of, --minute) ? 1 : 0;
            }
            assert_int_equal(gjr_hours_add(calendar, instant_of(start), -budget * MS_PER_MINUTE),
                             instant_of(minute));
        }
        gj_calendar_destroy(calendar);
    }
}

static void months_by_walking(void **state)
{
    (void)state;
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    /* Each start in four years; the walk knows that 2000-03-01 is day 11017. */
    int year = 2000, month = 3, number = 1;
    for (gj_day start = 11017; start < 11017 + 1461; start++) {
        for (uint32_t budget = 1; budget <= 40; budget += 3) {
            int to = year * 12 + month - 1 + (int)budget, to_year = to / 12, to_month = to % 12;
            int length = lengths[to_month] + (to_month == 1 && to_year % 4 == 0 ? 1 : 0);
            int last = number < length ? number : length;
            gjr_term term = {.unit = GJ_MONTHS, .budget = budget};
            gjr_count count = gjr_count_due(NULL, term, start * MS_PER_DAY);
            gjr_civil due = gjr_civil_of_day(count.due_day);
            assert_int_equal(due.year, to_year);
            assert_int_equal(due.month, to_month + 1);
            assert_int_equal(due.day, last);
        }
        int length = lengths[month - 1] + (month == 2 && year % 4 == 0 ? 1 : 0);
        number++;
        if (number > length) {
            number = 1;
            month++;
        }
        if (month > 12) {
            month = 1;
            year++;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_and_years),  cmocka_unit_test(shares_and_what_lies_beside),
        cmocka_unit_test(office_hours),      cmocka_unit_test(at_close_of_business),
        cmocka_unit_test(what_was_stopped),  cmocka_unit_test(office_hours_by_walking),
        cmocka_unit_test(months_by_walking),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
