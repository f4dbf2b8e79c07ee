/* SPDX-License-Identifier: Apache-2.0
 *
 * Due days beyond what is published. Random calendars with a past; what their past has seen is
 * found again by laying every run of days over it, and both ends of the range by walking day by
 * day. Then the years that come: made of pieces of that past, since such years break no bound, and
 * whatever they bring, the day that is due must lie in the range, and be the whole range once they
 * are announced. */
#include "base/text.h"
#include "time/grant.h"
#include "time/history.h"
#include "time/range.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { DAYS_MAX = 4000, FUTURE = 700, CALENDARS = 60, TERMS = 300, FIRST = 12000 };
#define MS_PER_DAY INT64_C(86400000)

static const gjr_zone_row UTC[] = {{0, 0}};

static uint64_t seed = 20260101;

static uint32_t draw(uint32_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 20) % below;
}

/* A world day by day: what the week says, and what is announced of the day. */
typedef struct world {
    uint8_t week;
    int published;            /* index of the last day announced */
    char announced[DAYS_MAX]; /* ' ' nothing, 'h', 'o', '+' */
    int count;
} world;

static bool by_week(const world *of, int index)
{
    int since = FIRST + index + 3; /* days since a Monday */
    return (of->week >> since % 7 & 1) != 0;
}

static bool is_worked(const world *of, int index)
{
    char said = of->announced[index];
    return said == ' ' ? by_week(of, index) : said == '+';
}

static void past_make(world *of)
{
    of->week = (uint8_t)(draw(3) > 0 ? 0x1F : 1 + draw(127));
    of->count = of->published = 400 + (int)draw(DAYS_MAX - FUTURE - 400);
    uint32_t often = 5 + draw(60);
    memset(of->announced, ' ', sizeof of->announced);
    for (int i = 0; i <= of->published; i++) {
        if (draw(often) == 0) {
            char what = "ho+"[draw(3)];
            for (uint32_t run = 1 + draw(what == '+' ? 2 : 8); run > 0 && i <= of->published;
                 run--) {
                of->announced[i++] = what;
            }
        }
    }
}

/* Pieces of the past, each beginning on the day of the week on which it is put. */
static void future_make(world *of)
{
    int begin = of->published + 1;
    int from = (int)draw((uint32_t)(begin - 366)) / 7 * 7 + begin % 7;
    for (int i = 0; i < FUTURE; i++) {
        bool reaches = from + i < begin;
        of->announced[begin + i] = reaches ? of->announced[from + i] : ' ';
    }
    of->published += FUTURE;
}

static gj_calendar *calendar_of(const world *of)
{
    static gjr_calendar_row rows[DAYS_MAX];
    size_t count = 0;
    for (int i = 0; i <= of->published; i++) {
        char said = of->announced[i];
        if (said != ' ') {
            rows[count++] = (gjr_calendar_row){FIRST + i,
                                               said == 'h'   ? GJR_DAY_HOLIDAY
                                               : said == 'o' ? GJR_DAY_OFF
                                                             : GJR_DAY_ON,
                                               {0}};
        }
    }
    gjr_calendar_plan plan = {
        .name = gjb_text_of("made"),
        .zone = {gjb_text_of("UTC"), UTC, 1},
        .week = of->week,
        .hours = {{510, 720}, {810, 1020}}, /* 08:30-12:00, 13:30-17:00 */
        .hours_count = 2,
        .published_through = FIRST + of->published,
        .rows = rows,
        .row_count = count,
    };
    gj_calendar *calendar;
    assert_int_equal(gjr_calendar_create(NULL, &plan, &calendar), GJ_OK);
    return calendar;
}

/* ---- the past, run by run ---- */

typedef struct most {
    int closed[GJR_HISTORY_DAYS + 1], worked[GJR_HISTORY_DAYS + 1];
} most;

static void most_lay(const world *of, most *found)
{
    memset(found, 0, sizeof *found);
    for (int begin = 0; begin <= of->published; begin++) {
        int closed = 0, worked = 0;
        for (int days = 1; days <= GJR_HISTORY_DAYS && begin + days - 1 <= of->published; days++) {
            int index = begin + days - 1;
            closed += by_week(of, index) && !is_worked(of, index);
            worked += !by_week(of, index) && is_worked(of, index);
            found->closed[days] = closed > found->closed[days] ? closed : found->closed[days];
            found->worked[days] = worked > found->worked[days] ? worked : found->worked[days];
        }
    }
}

static int most_in(const int *counts, int days)
{
    int sum = 0;
    for (; days > GJR_HISTORY_DAYS; days -= GJR_HISTORY_DAYS) {
        sum += counts[GJR_HISTORY_DAYS];
    }
    return sum + counts[days];
}

static void the_most_of_the_past(void **state)
{
    (void)state;
    for (int i = 0; i < CALENDARS; i++) {
        world of;
        static most found;
        past_make(&of);
        most_lay(&of, &found);
        gj_calendar *calendar = calendar_of(&of);
        const gjr_history *history = gjr_calendar_history(calendar);
        for (int days = 0; days <= 3 * GJR_HISTORY_DAYS; days++) {
            assert_int_equal(gjr_history_closed(history, days), most_in(found.closed, days));
            assert_int_equal(gjr_history_worked(history, days), most_in(found.worked, days));
        }
        gj_calendar_destroy(calendar);
    }
}

/* ---- walking ---- */

/* The n-th working day behind `from`, where so many more are worked or fewer; INT_MAX: never. */
static int walk(const world *of, int from, int n, const int *more, const int *fewer)
{
    int worked = 0;
    for (int days = 1; days < 100000; days++) {
        int index = from + days;
        worked += index <= of->published ? is_worked(of, index) : by_week(of, index);
        int bound = worked + (more != NULL ? most_in(more, days) : 0);
        bound = bound < days ? bound : days;
        bound -= fewer != NULL ? most_in(fewer, days) : 0;
        if (bound >= n) {
            return index;
        }
    }
    return GJR_DAY_MAX;
}

static int due_walk(const world *of, gjr_term term, int start)
{
    if (term.unit == GJ_WORKDAYS) {
        return walk(of, start, (int)term.budget, NULL, NULL);
    }
    return walk(of, start + (int)term.budget - 1, 1, NULL, NULL);
}

static gjr_term term_draw(void)
{
    return (gjr_term){
        .unit = draw(2) == 0 ? GJ_WORKDAYS : GJ_DAYS,
        .budget = 1 + draw(draw(4) == 0 ? 120 : 25),
        .rolls = true,
    };
}

static void range_expect(const world *of, const most *found, const gj_calendar *calendar,
                         gjr_term term, int start)
{
    gjr_range range = gjr_count_range(calendar, term, (FIRST + start) * MS_PER_DAY);
    int due = due_walk(of, term, start);
    if (due <= of->published) {
        assert_false(range.open);
        assert_int_equal(range.earliest, FIRST + due);
        assert_int_equal(range.latest, FIRST + due);
        return;
    }
    int from = term.unit == GJ_WORKDAYS ? start : start + (int)term.budget - 1;
    int left = term.unit == GJ_WORKDAYS ? (int)term.budget : 1;
    for (; from < of->published; from++) {
        left -= term.unit == GJ_WORKDAYS && is_worked(of, from + 1);
    }
    int last = walk(of, from, left, NULL, found->closed);
    assert_true(range.open);
    assert_int_equal(range.earliest, FIRST + walk(of, from, left, found->worked, NULL));
    assert_int_equal(range.latest, last == GJR_DAY_MAX ? last : FIRST + last);
}

static void both_ends_by_walking(void **state)
{
    (void)state;
    for (int i = 0; i < CALENDARS; i++) {
        world of;
        static most found;
        past_make(&of);
        most_lay(&of, &found);
        gj_calendar *calendar = calendar_of(&of);
        for (int j = 0; j < TERMS; j++) {
            range_expect(&of, &found, calendar, term_draw(), of.published - 60 + (int)draw(120));
        }
        gj_calendar_destroy(calendar);
    }
}

static void whatever_is_announced(void **state)
{
    (void)state;
    size_t open = 0, wide = 0;
    for (int i = 0; i < CALENDARS; i++) {
        world of;
        past_make(&of);
        int known = of.published;
        gj_calendar *before = calendar_of(&of);
        future_make(&of);
        gj_calendar *after = calendar_of(&of);
        for (int j = 0; j < TERMS; j++) {
            gjr_term term = term_draw();
            int start = known - 40 + (int)draw(80), due = due_walk(&of, term, start);
            gj_instant at = (FIRST + start) * MS_PER_DAY;
            gjr_range range = gjr_count_range(before, term, at);
            gjr_range final = gjr_count_range(after, term, at);
            if (due > of.published) {
                continue;
            }
            assert_in_range(FIRST + due, range.earliest, range.latest);
            assert_false(final.open);
            assert_int_equal(final.earliest, FIRST + due);
            assert_int_equal(final.latest, FIRST + due);
            open += range.open;
            wide += range.latest > range.earliest;
        }
        gj_calendar_destroy(before);
        gj_calendar_destroy(after);
    }
    assert_true(open > CALENDARS * TERMS / 4);
    assert_true(wide > CALENDARS * TERMS / 8);
}

/* ---- behind stops ---- */

enum { GAPS = 4, YEARS_LATER = 5000, OFFICE_HOURS = 7 };

/* Stopped days, by index, however they lie; some for as many working days or office hours as were
 * granted, the first day among them: how many, and when it is over in a world that knows more. */
typedef struct stops {
    int first[GAPS], last[GAPS], granted[GAPS], count;
    gj_unit unit[GAPS];
} stops;

static stops stops_draw(int start)
{
    stops of = {.count = 1 + (int)draw(GAPS)};
    int at = start + 1;
    for (int i = 0; i < of.count; i++) {
        at += (int)draw(30);
        of.first[i] = at;
        of.last[i] = at + (int)draw(draw(4) == 0 ? 60 : 12);
        of.unit[i] = draw(2) == 0 ? GJ_WORKDAYS : GJ_WORKHOURS;
        int amount = of.unit[i] == GJ_WORKDAYS ? 20 : 20 * OFFICE_HOURS;
        of.granted[i] = draw(2) == 0 ? 1 + (int)draw((uint32_t)amount) : 0;
    }
    return of;
}

/* Those that were granted are over by the days of that world: a day in which office hours run out
 * is stopped no more when it ends. */
static stops stops_in(const world *of, const stops *with)
{
    stops in = *with;
    for (int i = 0; i < in.count; i++) {
        bool hours = in.unit[i] == GJ_WORKHOURS;
        int days = hours ? (in.granted[i] + OFFICE_HOURS - 1) / OFFICE_HOURS : in.granted[i];
        if (days > 0) {
            in.last[i] = walk(of, in.first[i] - 1, days, NULL, NULL) - (hours ? 1 : 0);
        }
    }
    return in;
}

static bool is_stopped(const stops *of, int index)
{
    for (int i = 0; i < of->count; i++) {
        if (of->first[i] <= index && index <= of->last[i]) {
            return true;
        }
    }
    return false;
}

static bool is_counted(const world *of, const stops *with, int index)
{
    bool worked = index <= of->published ? is_worked(of, index) : by_week(of, index);
    return worked && !is_stopped(with, index);
}

/* The last day, and before it rolled. */
static int due_stopped(const world *of, const stops *with, gjr_term term, int start, int *raw)
{
    int day = start;
    for (uint32_t left = term.budget; left > 0;) {
        day++;
        left -= term.unit == GJ_WORKDAYS ? is_counted(of, with, day) : !is_stopped(with, day);
    }
    *raw = day;
    while (!is_counted(of, with, day)) {
        day++;
    }
    return day;
}

static gjr_range range_stopped(const gj_calendar *calendar, const world *of, const stops *with,
                               gjr_term term, int start)
{
    int raw, due = due_stopped(of, with, term, start, &raw);
    gjr_count count = {.start_day = FIRST + start,
                       .raw_due_day = FIRST + raw,
                       .due_day = FIRST + due,
                       .beyond_published = due > of->published};
    static gjr_gaps gaps;
    gjr_gaps_init(&gaps, calendar, term, (FIRST + start) * MS_PER_DAY);
    for (int i = 0; i < with->count; i++) {
        gj_instant from = (FIRST + with->first[i]) * MS_PER_DAY;
        gj_instant to = (FIRST + with->last[i] + 1) * MS_PER_DAY;
        gjr_grant_span granted = {to, to};
        if (with->granted[i] > 0) {
            granted = gjr_grant_range(calendar, with->unit[i], (uint32_t)with->granted[i], from);
        }
        gjr_gaps_add(&gaps, from, granted.earliest, granted.latest);
    }
    return gjr_count_range_stopped(&gaps, &count);
}

/* A stop may begin before the last day by one announcement, and after it by another: whatever
 * comes, the day that is due then lies in the range; and one that nothing stops has the range of
 * old. */
static void whatever_is_announced_behind_stops(void **state)
{
    (void)state;
    size_t open = 0, wide = 0, other = 0;
    for (int i = 0; i < CALENDARS; i++) {
        world known, then;
        past_make(&known);
        then = known;
        future_make(&then);
        gj_calendar *before = calendar_of(&known);
        for (int j = 0; j < TERMS; j++) {
            gjr_term term = term_draw();
            stops none = {.count = 0}, with, with_then;
            int start = known.published - 40 + (int)draw(60), raw;
            with = stops_draw(start);
            with_then = stops_in(&then, &with);
            with = stops_in(&known, &with);
            int due = due_stopped(&then, &with_then, term, start, &raw);
            gjr_range range = range_stopped(before, &known, &with, term, start);
            gjr_range plain = range_stopped(before, &known, &none, term, start);
            gjr_range old = gjr_count_range(before, term, (FIRST + start) * MS_PER_DAY);
            assert_int_equal(plain.earliest, old.earliest);
            assert_int_equal(plain.latest, old.latest);
            if (due > then.published) {
                continue;
            }
            assert_in_range(FIRST + due, range.earliest, range.latest);
            open += range.open;
            wide += range.latest > range.earliest;
            other += range.latest != plain.latest;
        }
        gj_calendar_destroy(before);
    }
    assert_true(open > CALENDARS * TERMS / 4);
    assert_true(wide > CALENDARS * TERMS / 8);
    assert_true(other > CALENDARS * TERMS / 8);
}

/* ---- office hours behind stops ---- */

enum { HALF_HOURS = 48, HOURS_CALENDARS = 40, HOURS_TERMS = 60 };
#define MS_PER_HALF_HOUR (MS_PER_DAY / HALF_HOURS)

static bool is_office(int half)
{
    return (half >= 17 && half < 24) || (half >= 27 && half < 34);
}

/* A term of office hours and what stops it, in half hours since the first day; some for as many
 * working days or office hours as were granted. */
typedef struct hours_case {
    int start, from[GAPS], to[GAPS], granted[GAPS], count, hours;
    gj_unit unit[GAPS];
} hours_case;

static hours_case hours_draw(int published)
{
    hours_case of = {.start = (published - 25 + (int)draw(40)) * HALF_HOURS + (int)draw(HALF_HOURS),
                     .count = (int)draw(GAPS + 1),
                     .hours = 1 + (int)draw(draw(3) == 0 ? 150 : 40)};
    for (int i = 0, at = of.start; i < of.count; i++) {
        at += (int)draw(draw(2) == 0 ? 12 * HALF_HOURS : HALF_HOURS);
        of.from[i] = at;
        of.to[i] = at + 1 + (int)draw(draw(2) == 0 ? 20 * HALF_HOURS : HALF_HOURS / 2);
        of.unit[i] = draw(3) == 0 ? GJ_WORKDAYS : GJ_WORKHOURS;
        of.granted[i] = draw(2) == 0 ? 1 + (int)draw(draw(2) == 0 ? 60 : 8) : 0;
    }
    return of;
}

static bool is_open(const world *of, int half)
{
    int day = half / HALF_HOURS;
    return is_office(half % HALF_HOURS) &&
           (day <= of->published ? is_worked(of, day) : by_week(of, day));
}

/* Those that were granted are over by the days of that world. */
static hours_case hours_in(const world *of, const hours_case *with)
{
    hours_case in = *with;
    for (int i = 0; i < in.count; i++) {
        int half = in.from[i];
        if (in.granted[i] == 0) {
            continue;
        }
        if (in.unit[i] == GJ_WORKDAYS) {
            half = (walk(of, half / HALF_HOURS - 1, in.granted[i], NULL, NULL) + 1) * HALF_HOURS;
        }
        for (int left = in.unit[i] == GJ_WORKHOURS ? 2 * in.granted[i] : 0; left > 0; half++) {
            left -= is_open(of, half);
        }
        in.to[i] = half;
    }
    return in;
}

/* The day in which the last half hour of it passes, half hour by half hour. */
static int hours_walk(const world *of, const hours_case *with)
{
    int left = 2 * with->hours, half = with->start;
    for (;; half++) {
        bool counts = is_open(of, half);
        for (int i = 0; i < with->count; i++) {
            counts = counts && !(with->from[i] <= half && half < with->to[i]);
        }
        left -= counts;
        if (left == 0) {
            return half / HALF_HOURS;
        }
    }
}

static gjr_range hours_range(const gj_calendar *calendar, const world *of, const hours_case *with)
{
    static gjr_gaps gaps;
    gj_instant first = FIRST * MS_PER_DAY, start = first + with->start * MS_PER_HALF_HOUR;
    gjr_term term = {.unit = GJ_WORKHOURS, .budget = (uint32_t)with->hours};
    int due = hours_walk(of, with);
    gjr_count count = {.start_day = FIRST + with->start / HALF_HOURS,
                       .raw_due_day = FIRST + due,
                       .due_day = FIRST + due,
                       .beyond_published = due > of->published};
    gjr_gaps_init(&gaps, calendar, term, start);
    for (int i = 0; i < with->count; i++) {
        gj_instant from = first + with->from[i] * MS_PER_HALF_HOUR;
        gj_instant to = first + with->to[i] * MS_PER_HALF_HOUR;
        gjr_grant_span granted = {to, to};
        if (with->granted[i] > 0) {
            granted = gjr_grant_range(calendar, with->unit[i], (uint32_t)with->granted[i], from);
        }
        gjr_gaps_add(&gaps, from, granted.earliest, granted.latest);
    }
    return gjr_count_range_stopped(&gaps, &count);
}

/* The day by what is known lies in the range, and the day by whatever is announced then. One that
 * nothing stops has the range of old, or a closer one where its first day is not announced. */
static void office_hours_behind_stops(void **state)
{
    (void)state;
    size_t open = 0, wide = 0, close = 0;
    for (int i = 0; i < HOURS_CALENDARS; i++) {
        world known, then;
        past_make(&known);
        then = known;
        future_make(&then);
        gj_calendar *before = calendar_of(&known), *after = calendar_of(&then);
        for (int j = 0; j < HOURS_TERMS; j++) {
            hours_case drawn = hours_draw(known.published);
            hours_case with = hours_in(&known, &drawn), with_then = hours_in(&then, &drawn);
            gjr_range range = hours_range(before, &known, &with);
            int due = hours_walk(&known, &with), due_then = hours_walk(&then, &with_then);
            assert_int_equal(range.open, due > known.published);
            assert_in_range(FIRST + due, range.earliest, range.latest);
            assert_false(hours_range(after, &then, &with_then).open && due_then <= then.published);
            if (due_then > then.published) {
                continue;
            }
            assert_in_range(FIRST + due_then, range.earliest, range.latest);
            open += range.open;
            wide += range.latest > range.earliest;
            close += range.latest < range.earliest + 60;
            with.count = 0;
            gjr_term term = {.unit = GJ_WORKHOURS, .budget = (uint32_t)with.hours};
            gj_instant start = FIRST * MS_PER_DAY + with.start * MS_PER_HALF_HOUR;
            gjr_range plain = hours_range(before, &known, &with);
            gjr_range old = gjr_count_range(before, term, start);
            if (with.start / HALF_HOURS <= known.published) {
                assert_int_equal(plain.earliest, old.earliest);
                assert_int_equal(plain.latest, old.latest);
            } else {
                assert_in_range(plain.earliest, old.earliest, old.latest);
                assert_in_range(plain.latest, old.earliest, old.latest);
            }
        }
        gj_calendar_destroy(before);
        gj_calendar_destroy(after);
    }
    assert_true(open > HOURS_CALENDARS * HOURS_TERMS / 4);
    assert_true(wide > HOURS_CALENDARS * HOURS_TERMS / 8);
    assert_true(close > HOURS_CALENDARS * HOURS_TERMS / 4);
}

static void a_stop_without_end(void **state)
{
    (void)state;
    world of;
    past_make(&of);
    of.week = 0x1F;
    gj_calendar *calendar = calendar_of(&of);
    gjr_term term = {.unit = GJ_WORKDAYS, .budget = 5};
    gjr_count count = {.start_day = FIRST + of.published,
                       .raw_due_day = FIRST + of.published + 7,
                       .due_day = FIRST + of.published + 7,
                       .beyond_published = true};
    static gjr_gaps gaps;
    gj_instant start = count.start_day * MS_PER_DAY;
    gjr_gaps_init(&gaps, calendar, term, start);
    gjr_gaps_add(&gaps, (FIRST + of.published + 8) * MS_PER_DAY, GJ_NEVER, GJ_NEVER);
    gjr_range range = gjr_count_range_stopped(&gaps, &count);
    assert_true(range.open);
    assert_true(range.earliest <= FIRST + of.published + 7);
    assert_true(range.latest == GJR_DAY_MAX || range.latest <= FIRST + of.published + 7);
    for (int i = 1; i <= GJR_GAPS_MAX; i++) {
        gj_instant at = (FIRST + YEARS_LATER + 2 * i) * MS_PER_DAY;
        gjr_gaps_add(&gaps, at, at + MS_PER_DAY, at + MS_PER_DAY);
    }
    assert_int_equal(gaps.most.count, 1); /* all lie in the one that has no end */
    gjr_gaps_init(&gaps, calendar, term, start);
    for (int i = 0; i <= GJR_GAPS_MAX; i++) {
        gj_instant at = start + 2 * i * MS_PER_DAY;
        gjr_gaps_add(&gaps, at, at + MS_PER_DAY, at + MS_PER_DAY);
    }
    assert_true(gaps.most.too_many);
    range = gjr_count_range_stopped(&gaps, &count);
    assert_int_equal(range.latest, GJR_DAY_MAX);
    gj_calendar_destroy(calendar);
}

static void what_does_not_hang_on_it(void **state)
{
    (void)state;
    world of;
    past_make(&of);
    gj_calendar *calendar = calendar_of(&of);
    gj_instant late = (FIRST + of.published + 5) * MS_PER_DAY;
    assert_false(
        gjr_count_range(calendar, (gjr_term){GJ_HOURS, 48, true, 0, 0, false, 0}, late).open);
    assert_false(
        gjr_count_range(calendar, (gjr_term){GJ_DAYS, 30, false, 0, 0, false, 0}, late).open);
    assert_false(
        gjr_count_range(NULL, (gjr_term){GJ_WORKDAYS, 30, true, 0, 0, false, 0}, late).open);
    gjr_range never =
        gjr_count_range(calendar, (gjr_term){GJ_WORKDAYS, UINT32_MAX, true, 0, 0, false, 0}, late);
    assert_int_equal(never.latest, GJR_DAY_MAX);
    gj_calendar_destroy(calendar);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_most_of_the_past),
        cmocka_unit_test(both_ends_by_walking),
        cmocka_unit_test(whatever_is_announced),
        cmocka_unit_test(whatever_is_announced_behind_stops),
        cmocka_unit_test(office_hours_behind_stops),
        cmocka_unit_test(a_stop_without_end),
        cmocka_unit_test(what_does_not_hang_on_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
