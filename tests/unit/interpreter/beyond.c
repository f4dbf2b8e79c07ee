/* SPDX-License-Identifier: Apache-2.0
 *
 * See beyond.h. Every run of announced days is tried. */
#include "unit/interpreter/beyond.h"

#include <assert.h>
#include <string.h>

enum { YEAR = 366, FAR = 3000 };

/* So many days are looked at for as many as are wanted: a week without more than one worked on
 * average is none that ends. */
static int far_of(int count)
{
    return FAR + 8 * count;
}

/* The most days in any so many in a row that are not as the week has them: closed, or worked. */
typedef struct most {
    const plain_calendar *of;
    int closed[YEAR + 1], worked[YEAR + 1];
} most;

static void run_try(const plain_calendar *c, int begin, most *found)
{
    int closed = 0, worked = 0;
    for (int days = 1; days <= YEAR && begin + days - 1 <= c->published; days++) {
        gj_text name;
        char kind = plain_day_kind(c, begin + days - 1, &name);
        bool week = plain_day_by_week(c, begin + days - 1);
        closed += week && kind != ' ' && kind != '+' ? 1 : 0;
        worked += !week && kind == '+' ? 1 : 0;
        found->closed[days] = closed > found->closed[days] ? closed : found->closed[days];
        found->worked[days] = worked > found->worked[days] ? worked : found->worked[days];
    }
}

static void most_find(const plain_calendar *c, most *found)
{
    int first = c->published;
    for (int i = 0; i < c->day_count; i++) {
        first = c->days[i].day < first ? c->days[i].day : first;
    }
    for (int begin = first; begin <= c->published; begin++) {
        run_try(c, begin, found);
    }
    for (int days = 1; days <= YEAR; days++) { /* a longer run holds a shorter one */
        found->closed[days] = found->closed[days] > found->closed[days - 1]
                                  ? found->closed[days]
                                  : found->closed[days - 1];
        found->worked[days] = found->worked[days] > found->worked[days - 1]
                                  ? found->worked[days]
                                  : found->worked[days - 1];
    }
}

/* Of the calendars asked of last. */
static const most *most_of(const plain_calendar *c)
{
    static plain_calendar known[1 + OTHER_CALENDARS_MAX];
    static most found[1 + OTHER_CALENDARS_MAX];
    static int next;
    for (int i = 0; i <= OTHER_CALENDARS_MAX; i++) {
        if (found[i].of != NULL && memcmp(&known[i], c, sizeof known[i]) == 0) {
            return &found[i];
        }
    }
    most *one = &found[next];
    known[next] = *c;
    *one = (most){.of = &known[next]};
    most_find(c, one);
    next = (next + 1) % (1 + OTHER_CALENDARS_MAX);
    return one;
}

static int most_in(const int *counts, int days)
{
    int sum = 0;
    for (; days > YEAR; days -= YEAR) {
        sum += counts[YEAR];
    }
    return sum + counts[days];
}

int plain_latest(const plain_calendar *c, int from, int count)
{
    const most *found = most_of(c);
    int worked = 0;
    for (int days = 1; days < far_of(count); days++) {
        worked += plain_day_is_worked(c, from + days) ? 1 : 0;
        if (worked - most_in(found->closed, days) >= count) {
            return from + days;
        }
    }
    return DAY_LAST;
}

int plain_earliest(const plain_calendar *c, int from, int count)
{
    const most *found = most_of(c);
    int worked = 0;
    for (int days = 1;; days++) {
        worked += plain_day_is_worked(c, from + days) ? 1 : 0;
        int bound = worked + most_in(found->worked, days);
        if ((bound < days ? bound : days) >= count) {
            return from + days;
        }
    }
}

/* What is counted of the days behind one that is announced: each run of days between stops is
 * bounded by itself, and all together from the first to the last. */
typedef struct behind {
    int days, known, run_days, run_known; /* of the run at hand */
    int least, most, all_known;           /* of those before it */
} behind;

static int least_of(const most *found, const behind *b)
{
    int run = b->run_known - most_in(found->closed, b->run_days);
    int whole = b->all_known + b->run_known - most_in(found->closed, b->days);
    run = b->least + (run > 0 ? run : 0);
    return run > whole ? run : whole;
}

static int most_of_run(const most *found, const behind *b)
{
    int run = b->run_known + most_in(found->worked, b->run_days);
    return b->most + (run < b->run_days ? run : b->run_days);
}

static void day_pass(const most *found, const plain_counting *with, int day, behind *b)
{
    b->days++;
    if (!plain_day_is_stopped(with, day)) {
        b->run_days++;
        b->run_known += plain_day_is_worked(with->of->calendar, day) ? 1 : 0;
        return;
    }
    int run = b->run_known - most_in(found->closed, b->run_days);
    b->least += run > 0 ? run : 0;
    b->most = most_of_run(found, b);
    b->all_known += b->run_known;
    b->run_days = b->run_known = 0;
}

int plain_latest_stopped(const plain_counting *with, int from, int count)
{
    const most *found = most_of(with->of->calendar);
    behind b = {0};
    for (int day = from + 1; day < from + far_of(count); day++) {
        day_pass(found, with, day, &b);
        if (least_of(found, &b) >= count) {
            return day;
        }
    }
    return DAY_LAST;
}

int plain_earliest_stopped(const plain_counting *with, int from, int count)
{
    const most *found = most_of(with->of->calendar);
    behind b = {0};
    for (int day = from + 1; day < from + far_of(count); day++) {
        day_pass(found, with, day, &b);
        int whole = b.all_known + b.run_known + most_in(found->worked, b.days);
        int run = most_of_run(found, &b);
        if ((run < whole ? run : whole) >= count) {
            return day;
        }
    }
    return DAY_LAST;
}
