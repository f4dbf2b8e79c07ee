/* SPDX-License-Identifier: Apache-2.0
 *
 * See days.h. */
#include "unit/walk/days.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const zone_names[] = {"Asia/Shanghai", "UTC", "Europe/Berlin",
                                         "America/New_York"};
static const int zone_hours[] = {8, 0, 1, -5};

/* ---- dates ---- */

static int month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return lengths[month - 1] + (month == 2 && leap ? 1 : 0);
}

/* Whether the clocks go forward (or back) on that day: in Europe on the last Sunday of March and of
 * October, in New York on the second of March and the first of November. */
static bool clocks_change(time_zone zone, const walked_day *day, bool forward)
{
    if (day->weekday != 6 || zone < ZONE_BERLIN) {
        return false;
    }
    if (zone == ZONE_BERLIN) {
        return day->month == (forward ? 3 : 10) && day->number > 24;
    }
    return forward ? day->month == 3 && day->number > 7 && day->number <= 14
                   : day->month == 11 && day->number <= 7;
}

/* 2020-01-01 was a Wednesday, 18262 days after 1970-01-01. At two they go forward; in Berlin they
 * go back at three, in New York at two. */
static void dates_write(walked_days *of)
{
    int64_t midnight = (INT64_C(18262) * 24 - zone_hours[of->zone]) * MS_AN_HOUR;
    walked_day day = {.year = DAYS_FIRST_YEAR, .month = 1, .number = 1, .weekday = 2};
    for (int i = 0; i <= DAYS_COUNT; i++) {
        bool forward = clocks_change(of->zone, &day, true);
        bool back = clocks_change(of->zone, &day, false);
        day.begin = midnight;
        day.shift = forward ? 60 : back ? -60 : 0;
        day.shifted_from = back && of->zone == ZONE_BERLIN ? 180 : 120;
        of->at[i] = day;
        midnight += (MINUTES_A_DAY - day.shift) * MS_A_MINUTE;
        day.weekday = day.weekday == 6 ? 0 : day.weekday + 1;
        if (++day.number > month_length(day.year, day.month)) {
            day.number = 1;
            if (++day.month > 12) {
                day.month = 1;
                day.year++;
            }
        }
    }
}

/* ---- at random ---- */

static void hours_make(walked_days *of, chance *c)
{
    /* In zones with summer time there are hours, and none of them at night. */
    bool shifts = of->zone >= ZONE_BERLIN;
    int minute = shifts ? chance_between(c, 360, 600) : chance_pick(c, 500);
    of->span_count = shifts || !chance_one_in(c, 4) ? chance_between(c, 1, SPANS_MAX) : 0;
    memset(of->office, of->span_count == 0, sizeof of->office);
    for (int i = 0; i < of->span_count; i++) {
        of->span_from[i] = minute;
        minute += chance_between(c, 1, 280);
        of->span_to[i] = minute;
        memset(&of->office[of->span_from[i]], true, (size_t)(minute - of->span_from[i]));
        minute += chance_between(c, 1, 30);
    }
    if (of->span_count > 0 && chance_one_in(c, 8)) { /* until midnight */
        int last = of->span_count - 1;
        memset(&of->office[of->span_from[last]], true,
               (size_t)(MINUTES_A_DAY - of->span_from[last]));
        of->span_to[last] = MINUTES_A_DAY;
    }
}

static void week_make(walked_days *of, chance *c)
{
    int worked = 0;
    while (worked == 0) {
        for (int i = 0; i < 7; i++) {
            of->week[i] = chance_one_in(c, 3) ? chance_one_in(c, 2) : i < 5;
            worked += of->week[i] ? 1 : 0;
        }
    }
}

static void open_write(const walked_days *of, walked_day *day)
{
    day->open = day->mark == MARK_ON || (day->mark == MARK_NONE && of->week[day->weekday]);
}

/* Holidays of some days with days worked for them; some days by themselves. */
static void marks_make(walked_days *of, chance *c)
{
    int apart = chance_between(c, 4, 60);
    for (int i = chance_pick(c, 20); i < DAYS_COUNT; i += chance_between(c, 1, 2 * apart)) {
        day_mark mark = (day_mark)chance_between(c, MARK_HOLIDAY, MARK_ON);
        int length = mark == MARK_ON ? chance_between(c, 1, 2) : chance_between(c, 1, 9);
        for (; length > 0 && i < DAYS_COUNT; length--, i++) {
            of->at[i].mark = mark;
        }
    }
    for (int i = 0; i < DAYS_COUNT; i++) { /* something is said of every year */
        walked_day *day = &of->at[i];
        day->mark = day->month == 7 && day->number == 3 ? MARK_ON : day->mark;
        open_write(of, day);
    }
}

static void closes_write(walked_days *of)
{
    for (int i = 0; i < DAYS_COUNT; i++) {
        int minute = days_minutes(of, i);
        while (of->at[i].open && !days_is_office(of, i, minute - 1)) {
            minute--;
        }
        of->at[i].close = of->at[i].begin + minute * MS_A_MINUTE;
    }
}

void days_make(walked_days *of, chance *c)
{
    memset(of, 0, sizeof *of);
    of->announced = DAYS_COUNT;
    of->zone = chance_one_in(c, 2) ? ZONE_SHANGHAI : (time_zone)chance_pick(c, ZONE_COUNT);
    dates_write(of);
    hours_make(of, c);
    week_make(of, c);
    marks_make(of, c);
    closes_write(of);
}

void days_repeat(walked_days *of)
{
    of->announced = DAYS_AGAIN;
    for (int i = DAYS_AGAIN; i < DAYS_COUNT; i++) {
        of->at[i].mark = i < 2 * DAYS_AGAIN ? of->at[i - DAYS_AGAIN].mark : MARK_NONE;
        open_write(of, &of->at[i]);
    }
    closes_write(of);
}

/* ---- in words ---- */

__attribute__((format(printf, 3, 4))) static void say(char **out, size_t *left, const char *format,
                                                      ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(*out, *left, format, arguments);
    va_end(arguments);
    size_t written = (size_t)size < *left ? (size_t)size : *left - 1;
    *out += written;
    *left -= written;
}

void days_write(const walked_days *of, char *out, size_t size)
{
    static const char *const names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    static const char *const marks[] = {"", "holiday", "off", "on"};
    const char *between = "";
    say(&out, &size, "calendar office {\n  zone \"%s\"\n  week ", zone_names[of->zone]);
    for (int i = 0; i < 7; i++) {
        if (of->week[i]) {
            say(&out, &size, "%s%s", between, names[i]);
            between = ", ";
        }
    }
    for (int i = 0; i < of->span_count; i++) {
        say(&out, &size, "%s%02d:%02d-%02d:%02d", i == 0 ? "\n  hours " : ", ",
            of->span_from[i] / 60, of->span_from[i] % 60, of->span_to[i] / 60, of->span_to[i] % 60);
    }
    const walked_day *last = &of->at[of->announced - 1];
    say(&out, &size, "\n  published through %04d-%02d-%02d\n", last->year, last->month,
        last->number);
    int year = 0;
    for (int i = 0; i < of->announced; i++) {
        const walked_day *day = &of->at[i];
        if (day->year != year) {
            say(&out, &size, "%s  year %d {\n", year == 0 ? "" : "  }\n", day->year);
            year = day->year;
        }
        if (day->mark != MARK_NONE) {
            say(&out, &size, "    %s %04d-%02d-%02d\n", marks[day->mark], day->year, day->month,
                day->number);
        }
    }
    say(&out, &size, "  }\n}\n");
}

/* ---- where in it ---- */

int days_find(const walked_days *of, int64_t instant)
{
    int day = (int)((instant - of->at[0].begin) / (24 * MS_AN_HOUR));
    while (day > 0 && of->at[day].begin > instant) {
        day--;
    }
    while (day < DAYS_COUNT && of->at[day + 1].begin <= instant) {
        day++;
    }
    return day;
}

int days_minutes(const walked_days *of, int day)
{
    return MINUTES_A_DAY - of->at[day].shift;
}

bool days_is_office(const walked_days *of, int day, int minute)
{
    const walked_day *at = &of->at[day];
    int shown = minute >= at->shifted_from ? minute + at->shift : minute;
    return at->open && of->office[shown];
}

int64_t days_end(const walked_days *of, int day, bool at_close)
{
    return at_close ? of->at[day].close : of->at[day + 1].begin;
}

int days_months_on(const walked_days *of, int day, int months, bool *has_number)
{
    int number = of->at[day].number;
    for (; months > 0 && day < DAYS_COUNT; months--) {
        do {
            day++;
        } while (day < DAYS_COUNT && of->at[day].number != 1);
    }
    while (day < DAYS_COUNT && of->at[day].number != 1) { /* of that month the first */
        day--;
    }
    *has_number = true;
    for (; day < DAYS_COUNT && of->at[day].number != number; day++) {
        if (of->at[day + 1].number == 1) {
            *has_number = false;
            break;
        }
    }
    return day;
}
