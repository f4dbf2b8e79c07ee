/* SPDX-License-Identifier: Apache-2.0
 *
 * See days.h. */
#include "unit/interpreter/days.h"

#include <assert.h>

/* ---- the civil calendar ---- */

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

enum { YEAR_LAST = 9999 };

/* The day on which a year from 1970 on begins: the years before it are added up, once. */
static int year_start(int year)
{
    static int starts[YEAR_LAST + 2];
    for (int i = 1971; starts[YEAR_LAST + 1] == 0 && i <= YEAR_LAST + 1; i++) {
        starts[i] = starts[i - 1] + (is_leap(i - 1) ? 366 : 365);
    }
    return starts[year];
}

plain_date plain_date_of(int day)
{
    plain_date date = {1970, 1, 1};
    for (; day < 0; date.year--) {
        day += is_leap(date.year - 1) ? 366 : 365;
    }
    if (day >= 366) { /* not before that year */
        date.year += day / 366 < YEAR_LAST - 1970 ? day / 366 : YEAR_LAST - 1970;
        day -= year_start(date.year);
    }
    for (; day >= (is_leap(date.year) ? 366 : 365); date.year++) {
        day -= is_leap(date.year) ? 366 : 365;
    }
    for (; day >= month_length(date.year, date.month); date.month++) {
        day -= month_length(date.year, date.month);
    }
    date.day += day;
    return date;
}

int plain_day_number(plain_date date)
{
    if (date.year < 1 || date.year > YEAR_LAST || date.month < 1 || date.month > 12 ||
        date.day < 1 || date.day > month_length(date.year, date.month)) {
        return INT32_MIN;
    }
    int day = date.day - 1 + (date.year < 1970 ? 0 : year_start(date.year));
    for (int year = 1970; year > date.year; year--) {
        day -= is_leap(year - 1) ? 366 : 365;
    }
    for (int month = 1; month < date.month; month++) {
        day += month_length(date.year, month);
    }
    return day;
}

/* 1 Monday … 7 Sunday; 1970-01-01 was a Thursday. */
static int weekday(int day)
{
    return ((day + 3) % 7 + 7) % 7 + 1;
}

/* ---- reading a calendar ---- */

static void week_read(plain_calendar *c, const gjc_node *week)
{
    if (week == NULL) {
        return;
    }
    for (int i = 1; i <= 7; i++) {
        c->worked[i] = false;
    }
    for (const gjc_node *run = week->first; run != NULL; run = run->next) {
        for (int64_t i = run->value; i <= run->value2; i++) {
            c->worked[i] = true;
        }
    }
}

static void hours_read(plain_calendar *c, const gjc_node *hours)
{
    if (hours == NULL) {
        return;
    }
    c->office_count = 0;
    for (const gjc_node *span = hours->first; span != NULL; span = span->next) {
        assert(c->office_count < OFFICE_SPANS_MAX);
        c->office[c->office_count].from = (int)(span->value / 60);
        c->office[c->office_count++].to = (int)(span->value2 / 60);
    }
}

static void day_say(plain_calendar *c, int day, gjc_kind kind, gj_text name)
{
    for (int i = 0; i < c->day_count; i++) {
        if (c->days[i].day == day) {
            c->days[i] = (plain_day){day, kind, name};
            return;
        }
    }
    assert(c->day_count < EXCEPTIONS_MAX);
    c->days[c->day_count++] = (plain_day){day, kind, name};
}

static void year_read(plain_calendar *c, const gjc_node *year)
{
    for (const gjc_node *line = year->first; line != NULL; line = line->next) {
        const gjc_node *span = gjc_node_find(line, GJC_DAY_SPAN);
        for (; span != NULL; span = gjc_node_find_next(span)) {
            for (int64_t day = span->value; day <= span->value2; day++) {
                day_say(c, (int)day, line->kind, gjc_node_title(line));
            }
        }
    }
}

/* What it refines first, then its own lines, which win. */
static void calendar_add(plain_calendar *c, const gjc_node *file, gj_text name)
{
    const gjc_node *node = gjc_node_find(file, GJC_CALENDAR);
    while (node != NULL && !gjb_text_equal(gjc_node_name(node), name)) {
        node = gjc_node_find_next(node);
    }
    assert(node != NULL);
    const gjc_node *refines = gjc_node_find(gjc_node_find(node, GJC_REFINES), GJC_PATH);
    if (refines != NULL) {
        calendar_add(c, file, refines->text);
    }
    week_read(c, gjc_node_find(node, GJC_WEEK));
    hours_read(c, gjc_node_find(node, GJC_HOURS));
    const gjc_node *zone = gjc_node_find(node, GJC_ZONE);
    const gjc_node *published = gjc_node_find(node, GJC_PUBLISHED);
    c->zone = zone != NULL ? zone->text : c->zone;
    c->published = published != NULL ? (int)published->value : c->published;
    const gjc_node *year = gjc_node_find(node, GJC_YEAR);
    for (; year != NULL; year = gjc_node_find_next(year)) {
        year_read(c, year);
    }
}

void plain_calendar_read(plain_calendar *c, const gjc_node *file, gj_text name)
{
    c->present = true;
    c->name = name;
    c->published = INT32_MIN;
    calendar_add(c, file, name);
}

/* ---- counting ---- */

bool plain_day_is_worked(const plain_calendar *c, int day)
{
    for (int i = 0; i < c->day_count; i++) {
        if (c->days[i].day == day) {
            return c->days[i].kind == GJC_ON_DAYS;
        }
    }
    return c->worked[weekday(day)];
}

bool plain_day_by_week(const plain_calendar *c, int day)
{
    return c->worked[weekday(day)];
}

char plain_day_kind(const plain_calendar *c, int day, gj_text *name)
{
    bool worked = c->worked[weekday(day)];
    *name = (gj_text){NULL, 0};
    for (int i = 0; i < c->day_count; i++) {
        if (c->days[i].day == day) {
            gjc_kind kind = c->days[i].kind;
            *name = c->days[i].name;
            return kind == GJC_HOLIDAY ? 'h' : kind == GJC_OFF ? 'o' : worked ? ' ' : '+';
        }
    }
    return worked ? ' ' : 'w';
}

int plain_workday_add(const plain_calendar *c, int day, int64_t n)
{
    int step = n < 0 ? -1 : 1;
    for (int64_t left = n < 0 ? -n : n; left > 0;) {
        day += step;
        left -= plain_day_is_worked(c, day) ? 1 : 0;
    }
    return day;
}

int64_t plain_workdays_count(const plain_calendar *c, int after, int through)
{
    int64_t count = 0;
    for (int day = after + 1; day <= through; day++) {
        count += plain_day_is_worked(c, day) ? 1 : 0;
    }
    return count;
}

/* ---- the wall ---- */

/* 01:00 UTC on the last Sunday of the month. */
static int64_t last_sunday(int year, int month)
{
    int day = plain_day_number((plain_date){year, month, month_length(year, month)});
    while (weekday(day) != 7) {
        day--;
    }
    return day * MS_PER_DAY + MS_PER_HOUR;
}

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

/* In 1980, the first such year, from the first Sunday of April on. */
static int64_t summer_begin(int year)
{
    return year == 1980 ? last_sunday(year, 3) + 7 * MS_PER_DAY : last_sunday(year, 3);
}

/* The zones that random calendars have, by their rules from 1950 to 2199, the last year that a
 * calendar holds. */
int64_t plain_offset_ms(const plain_calendar *c, int64_t instant)
{
    if (!c->present || gjb_text_equal_string(c->zone, "UTC")) {
        return 0;
    }
    if (gjb_text_equal_string(c->zone, "Asia/Shanghai")) {
        return 8 * MS_PER_HOUR;
    }
    assert(gjb_text_equal_string(c->zone, "Europe/Berlin"));
    int year = plain_date_of((int)floor_divide(instant, MS_PER_DAY)).year;
    bool summer = year >= 1980 && year <= 2199 && instant >= summer_begin(year) &&
                  instant < last_sunday(year, year < 1996 ? 9 : 10);
    return (summer ? 2 : 1) * MS_PER_HOUR;
}

int plain_day_of(const plain_calendar *c, int64_t instant)
{
    return (int)floor_divide(instant + plain_offset_ms(c, instant), MS_PER_DAY);
}

/* A reading that came twice is its first; one that was left out is put off by the gap: what the
 * clock would show had it not been put forward. */
static int64_t wall_instant(const plain_calendar *c, int64_t wall)
{
    int64_t before = plain_offset_ms(c, wall - MS_PER_DAY);
    int64_t after = plain_offset_ms(c, wall + MS_PER_DAY);
    int64_t first = wall - before, second = wall - after;
    if (plain_offset_ms(c, first) == before) {
        return first;
    }
    return plain_offset_ms(c, second) == after ? second : first;
}

int64_t plain_day_start(const plain_calendar *c, int day)
{
    return wall_instant(c, day * MS_PER_DAY);
}

int64_t plain_instant(const plain_calendar *c, const gj_stamp *stamp)
{
    return stamp->zoned ? stamp->wall_ms - stamp->offset_s * INT64_C(1000)
                        : wall_instant(c, stamp->wall_ms);
}

/* ---- reading ---- */

static bool digits_read(gj_text text, size_t at, size_t count, int *number)
{
    *number = 0;
    for (size_t i = at; i < at + count; i++) {
        if (i >= text.size || text.bytes[i] < '0' || text.bytes[i] > '9') {
            return false;
        }
        *number = *number * 10 + (text.bytes[i] - '0');
    }
    return true;
}

/* As random events tell them: YYYY-MM-DD, THH:MM, and Z or +HH:MM. */
bool plain_stamp_read(gj_text text, gj_stamp *stamp)
{
    plain_date date;
    int hour = 0, minute = 0, away_hour = 0, away_minute = 0;
    *stamp = (gj_stamp){.present = true};
    if (text.size < 10 || !digits_read(text, 0, 4, &date.year) || text.bytes[4] != '-' ||
        !digits_read(text, 5, 2, &date.month) || text.bytes[7] != '-' ||
        !digits_read(text, 8, 2, &date.day) || plain_day_number(date) == INT32_MIN) {
        return false;
    }
    stamp->wall_ms = plain_day_number(date) * MS_PER_DAY;
    if (text.size == 10) {
        return true;
    }
    if (text.size < 16 || text.bytes[10] != 'T' || !digits_read(text, 11, 2, &hour) ||
        text.bytes[13] != ':' || !digits_read(text, 14, 2, &minute) || hour > 23 || minute > 59) {
        return false;
    }
    stamp->wall_ms += hour * MS_PER_HOUR + minute * INT64_C(60000);
    if (text.size == 16) {
        return true;
    }
    stamp->zoned = true;
    if (text.size == 17 && text.bytes[16] == 'Z') {
        return true;
    }
    if (text.size != 22 || !digits_read(text, 17, 2, &away_hour) ||
        !digits_read(text, 20, 2, &away_minute)) {
        return false;
    }
    stamp->offset_s = (away_hour * 60 + away_minute) * 60 * (text.bytes[16] == '-' ? -1 : 1);
    return true;
}
