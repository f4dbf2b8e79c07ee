/* SPDX-License-Identifier: Apache-2.0
 *
 * See older.h. */
#include "unit/arrival/older.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "time/calendar.h"

enum { ROWS_MAX = 512, FIRST = 19723 /* 2024-01-01 */, YEAR = 366 };

typedef struct draft {
    gjr_calendar_plan plan;
    gjr_calendar_row rows[ROWS_MAX];
} draft;

static size_t place_of(const draft *d, gj_day day)
{
    size_t at = 0;
    while (at < d->plan.row_count && d->rows[at].day < day) {
        at++;
    }
    return at;
}

/* The day is something else, or is as its week has it. */
static void day_change(draft *d, chance *c, gj_day day)
{
    static const gjr_day_class classes[] = {GJR_DAY_HOLIDAY, GJR_DAY_OFF, GJR_DAY_ON};
    size_t at = place_of(d, day);
    bool there = at < d->plan.row_count && d->rows[at].day == day;
    size_t rest = d->plan.row_count - at;
    if (there && chance_one_in(c, 2)) {
        memmove(&d->rows[at], &d->rows[at + 1], (rest - 1) * sizeof *d->rows);
        d->plan.row_count--;
        return;
    }
    if (!there) {
        assert_true(d->plan.row_count < ROWS_MAX);
        memmove(&d->rows[at + 1], &d->rows[at], rest * sizeof *d->rows);
        d->plan.row_count++;
    }
    d->rows[at] = (gjr_calendar_row){.day = day, .class = classes[chance_pick(c, 3)]};
}

static void draft_change(draft *d, chance *c)
{
    int near = chance_pick(c, YEAR), count = chance_pick(c, 4);
    for (int i = 0; i < count; i++) { /* most of them near one another, as notices have them */
        int day = chance_one_in(c, 4) ? chance_pick(c, YEAR) : near + chance_pick(c, 9);
        day_change(d, c, FIRST + day);
    }
    if (chance_one_in(c, 4)) {
        d->plan.published_through = FIRST + 40 + chance_pick(c, YEAR);
    }
    if (chance_one_in(c, 10)) {
        d->plan.hours[0] = (gjr_hours){600, 660};
        d->plan.hours_count = 1;
    }
}

static gj_calendar *older_make(const gj_calendar *newer, const char *revision, bool changes,
                               chance *c)
{
    static draft d;
    gj_calendar *made = NULL;
    d.plan = *gjr_calendar_get_plan(newer);
    memcpy(d.rows, d.plan.rows, d.plan.row_count * sizeof *d.rows);
    d.plan.rows = d.rows;
    if (changes) {
        d.plan.revision = gjb_text_of(revision);
        draft_change(&d, c);
    }
    assert_int_equal(gjr_calendar_create(NULL, &d.plan, &made), GJ_OK);
    return made;
}

void older_open(older *made, const subject *s, chance *c)
{
    static const char *const revisions[] = {"1@older", "2@older", "3@older", "4@older"};
    int one = chance_pick(c, 3); /* 2: all of them */
    *made = (older){.calendar_count = s->calendar_count};
    for (size_t i = 0; i < s->calendar_count; i++) {
        bool changes = s->calendar_count == 1 || one == 2 || (size_t)one == i;
        made->calendars[i] = older_make(s->calendars[i], revisions[i], changes, c);
    }
    gj_judge_options with = {.size = sizeof with,
                             .image = s->image,
                             .calendars = (const gj_calendar *const *)made->calendars,
                             .calendar_count = made->calendar_count};
    assert_int_equal(gj_judge_create(&with, &made->judge), GJ_OK);
}

void older_close(older *made)
{
    gj_judge_destroy(made->judge);
    for (size_t i = 0; i < made->calendar_count; i++) {
        gj_calendar_destroy(made->calendars[i]);
    }
}
