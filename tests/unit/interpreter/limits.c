/* SPDX-License-Identifier: Apache-2.0
 *
 * Limits: each runs at most once at a time, and none has to do with another. */
#include "unit/interpreter/case.h"
#include "unit/interpreter/beyond.h"
#include "unit/interpreter/lengths.h"

#include <assert.h>
#include <string.h>

plain_counting plain_limit_counting(const plain_case *c, const span *s)
{
    return (plain_counting){&c->p->limits[s->limit], &s->turns, s->since, INT64_MAX};
}

/* How many days it lasts; of months and years those up to the day of that number. */
static int whole_days(const plain_case *c, const span *s)
{
    const plain_limit *of = &c->p->limits[s->limit];
    int budget = plain_turns_budget(s->budget, of, &s->turns),
        since = plain_day_of(of->calendar, s->since);
    return of->unit == GJC_WORKDAYS
               ? budget
               : plain_day_shift(of->calendar, of->unit, since, budget) - since;
}

/* The last day before it rolls; INT32_MAX: it is stopped, and nobody knows till when. */
static int raw_day(const plain_case *c, const span *s)
{
    const plain_limit *of = &c->p->limits[s->limit];
    if (of->by != NO) {
        return plain_day_of(of->calendar, s->by);
    }
    plain_counting with = plain_limit_counting(c, s);
    return plain_counted_day(&with, of->unit == GJC_WORKDAYS ? GJC_WORKDAYS : GJC_DAYS,
                             whole_days(c, s));
}

/* A closed day, and one on which it is stopped, is not the last. */
static bool is_closed(const plain_case *c, const span *s, int day)
{
    plain_counting with = plain_limit_counting(c, s);
    return !plain_day_is_worked(with.of->calendar, day) || plain_day_is_stopped(&with, day);
}

static bool is_held(const plain_case *c, const span *s, int day)
{
    plain_counting with = plain_limit_counting(c, s);
    return plain_day_is_held(&with, day);
}

static int64_t due_instant(const plain_case *c, const span *s)
{
    const plain_limit *of = &c->p->limits[s->limit];
    plain_counting with = plain_limit_counting(c, s);
    return of->by != NO
               ? s->by
               : plain_counted_instant(&with, plain_turns_budget(s->budget, of, &s->turns) *
                                                  plain_unit_ms(of->unit));
}

static int64_t due_count(const plain_case *c, const span *s, int *due_day)
{
    const plain_limit *of = &c->p->limits[s->limit];
    const plain_calendar *calendar = of->calendar;
    if (of->open || (of->by != NO ? s->by == INT64_MAX : s->budget == 0)) {
        *due_day = INT32_MIN;
        return INT64_MAX;
    }
    if (plain_unit_is_time(of->unit)) {
        int64_t due = due_instant(c, s);
        *due_day = due == INT64_MAX ? INT32_MIN : plain_day_of(calendar, due - 1);
        return due;
    }
    int day = raw_day(c, s);
    while (day != INT32_MAX && of->rolls && is_closed(c, s, day)) {
        day = is_held(c, s, day + 1) ? INT32_MAX : day + 1;
    }
    *due_day = day == INT32_MAX ? INT32_MIN : day;
    if (day == INT32_MAX) {
        return INT64_MAX;
    }
    return plain_day_end(calendar, day, of->at_close);
}

/* From which day on so many working days are counted that lie beyond what is announced. */
typedef struct beyond {
    int from, count;
} beyond;

/* Working days between `from` and the last, from what is announced on. */
static beyond beyond_from(const plain_calendar *c, int from, int last)
{
    from = from < c->published ? c->published : from;
    int count = (int)plain_workdays_count(c, from, last);
    return (beyond){from, count < 1 ? 1 : count};
}

/* Nobody has announced whether it is worked. */
static bool is_unknown(const plain_calendar *c, int day)
{
    return c->present && c->published != INT32_MIN && day > c->published;
}

/* Where the last day lies beyond what is announced and hangs on it; of office hours the two ends
 * are counted from other days. */
static bool is_beyond(const plain_calendar *c, gjc_unit unit, bool rolls, int last)
{
    bool hangs = unit == GJC_WORKDAYS || unit == GJC_WORKHOURS || rolls;
    return hangs && is_unknown(c, last);
}

/* Of so much from an instant on: the last day, the last day before it rolled. */
typedef struct last_days {
    gjc_unit unit;
    bool rolls;
    int64_t since, ms; /* of office hours */
    int raw, last;
    const plain_counting *with; /* what stops it, of days; or NULL */
    int budget;
} last_days;

/* From which day on so much is counted behind what is announced, where something may stop it. */
static beyond beyond_stopped(const last_days *of)
{
    const plain_calendar *c = of->with->of->calendar;
    bool rolls = of->unit != GJC_WORKDAYS;
    int from = rolls ? of->raw - 1 : plain_day_of(c, of->since);
    from = from < c->published ? c->published : from;
    int left = rolls ? 1 : of->budget - (int)plain_counted_days(of->with, GJC_WORKDAYS, from);
    return (beyond){from, left < 1 ? 1 : left};
}

static int latest_of(const plain_calendar *c, const last_days *of)
{
    int start = plain_day_of(c, of->since);
    if (!is_beyond(c, of->unit, of->rolls, of->last)) {
        return of->last;
    }
    if (of->with != NULL) {
        beyond behind = beyond_stopped(of);
        return plain_latest_stopped(of->with, behind.from, behind.count);
    }
    beyond at = beyond_from(c,
                            of->unit == GJC_WORKDAYS    ? start
                            : of->unit == GJC_WORKHOURS ? start - 1
                                                        : of->raw - 1,
                            of->last);
    if (of->unit != GJC_WORKDAYS && of->unit != GJC_WORKHOURS) {
        at.count = 1;
    }
    if (of->unit == GJC_WORKHOURS && start > c->published) {
        int64_t due = plain_time_shift(c, of->unit, plain_day_start(c, start + 1), of->ms);
        at = beyond_from(c, start, plain_day_of(c, due - 1));
    }
    return plain_latest(c, at.from, at.count);
}

static int earliest_of(const plain_calendar *c, const last_days *of)
{
    int start = plain_day_of(c, of->since);
    if (!is_beyond(c, of->unit, of->rolls, of->last)) {
        return of->last;
    }
    if (of->with != NULL) {
        beyond behind = beyond_stopped(of);
        return plain_earliest_stopped(of->with, behind.from, behind.count);
    }
    beyond at = beyond_from(c,
                            of->unit == GJC_WORKDAYS    ? start
                            : of->unit == GJC_WORKHOURS ? start - 1
                                                        : of->raw - 1,
                            of->last);
    if (of->unit != GJC_WORKDAYS && of->unit != GJC_WORKHOURS) {
        at.count = 1;
    }
    return plain_earliest(c, at.from, at.count);
}

static last_days days_of(const plain_case *c, const span *s, int due_day, plain_counting *with)
{
    const plain_limit *of = &c->p->limits[s->limit];
    bool stops = of->by == NO && !plain_unit_is_time(of->unit) && s->turns.pause_count > 0;
    *with = plain_limit_counting(c, s);
    last_days days = {.unit = of->unit,
                      .rolls = of->rolls,
                      .since = s->since,
                      .ms = s->budget * plain_unit_ms(of->unit),
                      .with = stops ? with : NULL,
                      .budget = plain_turns_budget(s->budget, of, &s->turns)};
    days.last = due_day;
    days.raw = plain_unit_is_time(of->unit) || due_day == INT32_MIN ? due_day : raw_day(c, s);
    return days;
}

void plain_limit_range(const plain_case *c, const span *s, int *earliest, int *latest)
{
    plain_counting with;
    int due_day;
    plain_limit_due(c, s, &due_day);
    last_days days = days_of(c, s, due_day, &with);
    const plain_calendar *calendar = c->p->limits[s->limit].calendar;
    *earliest = earliest_of(calendar, &days);
    *latest = latest_of(calendar, &days);
}

static int64_t late_count(const plain_case *c, const span *s, int64_t due, int *due_day)
{
    const plain_limit *of = &c->p->limits[s->limit];
    if (due == INT64_MAX || !is_unknown(of->calendar, *due_day)) {
        return due;
    }
    if (!is_beyond(of->calendar, of->unit, of->rolls, *due_day)) {
        /* It may turn out to be closed. */
        return of->at_close && !plain_unit_is_time(of->unit)
                   ? plain_day_end(of->calendar, *due_day, false)
                   : due;
    }
    plain_counting with;
    last_days days = days_of(c, s, *due_day, &with);
    *due_day = latest_of(of->calendar, &days);
    return *due_day == DAY_LAST
               ? INT64_MAX
               : plain_day_end(of->calendar, *due_day, of->at_close || of->unit == GJC_WORKHOURS);
}

/* ---- when it is due ---- */

/* What was counted of a clock last, and of what: it is asked many times of one that is as it was.
 */
typedef struct due_known {
    int limit, budget;
    int64_t since, by;
    plain_turns turns;
    int64_t due, late;
    int due_day, late_day;
} due_known;

struct plain_dues {
    due_known clocks[CLOCKS_MAX];
};

void plain_limits_open(plain_case *c)
{
    static struct plain_dues dues;
    for (int i = 0; i < CLOCKS_MAX; i++) {
        dues.clocks[i].limit = NO;
    }
    c->dues = &dues;
}

static void due_learn(const plain_case *c, const span *s, due_known *known)
{
    known->limit = s->limit;
    known->budget = s->budget;
    known->since = s->since;
    known->by = s->by;
    known->turns = s->turns;
    known->due = due_count(c, s, &known->due_day);
    known->late_day = known->due_day;
    known->late = late_count(c, s, known->due, &known->late_day);
}

static const due_known *due_of(const plain_case *c, const span *s, due_known *made)
{
    bool is_clock = s >= c->running && s < c->running + CLOCKS_MAX;
    due_known *known = is_clock ? &c->dues->clocks[s - c->running] : made;
    if (!is_clock || known->limit != s->limit || known->budget != s->budget ||
        known->since != s->since || known->by != s->by ||
        memcmp(&known->turns, &s->turns, sizeof s->turns) != 0) {
        due_learn(c, s, known);
    }
    return known;
}

int64_t plain_limit_due(const plain_case *c, const span *s, int *due_day)
{
    due_known made;
    const due_known *known = due_of(c, s, &made);
    *due_day = known->due_day;
    return known->due;
}

/* It is late for sure from then on. */
int64_t plain_limit_late(const plain_case *c, const span *s, int *due_day)
{
    due_known made;
    const due_known *known = due_of(c, s, &made);
    *due_day = known->late_day;
    return known->late;
}

int plain_limit_raw_day(const plain_case *c, const span *s)
{
    int due_day;
    bool known = plain_limit_due(c, s, &due_day) != INT64_MAX;
    return plain_unit_is_time(c->p->limits[s->limit].unit) || !known ? due_day : raw_day(c, s);
}

/* When so much of the budget is used, before it rolls. */
static int64_t share_at(const plain_case *c, const span *s, int share)
{
    const plain_limit *of = &c->p->limits[s->limit];
    const plain_calendar *calendar = of->calendar;
    plain_counting with = plain_limit_counting(c, s);
    if (plain_unit_is_time(of->unit)) {
        int64_t ms = plain_turns_budget(s->budget, of, &s->turns) * plain_unit_ms(of->unit);
        return plain_counted_instant(&with, ms * share / 10000);
    }
    int units = 0;
    while (units * 10000 < whole_days(c, s) * share) {
        units++;
    }
    int day = plain_counted_day(&with, of->unit == GJC_WORKDAYS ? GJC_WORKDAYS : GJC_DAYS, units);
    return day == INT32_MAX ? INT64_MAX : plain_day_end(calendar, day, of->at_close);
}

/* So long after due in any case, where it lies on a day that is not announced; else as it is. */
static int64_t overdue_latest(const plain_limit *limit, const plain_rung *of, int64_t due,
                              int due_day, int64_t by_week)
{
    const plain_calendar *c = limit->calendar;
    int day = plain_day_of(c, by_week - 1);
    bool of_hours = of->unit == GJC_WORKHOURS;
    if (!is_unknown(c, day)) {
        return by_week;
    }
    if (of_hours || of->unit == GJC_WORKDAYS) {
        last_days days = {.unit = of->unit,
                          .since = of_hours ? due : plain_day_start(c, due_day),
                          .ms = of_hours ? of->amount * plain_unit_ms(of->unit) : 0,
                          .raw = day,
                          .last = day};
        day = latest_of(c, &days);
        return day == DAY_LAST ? INT64_MAX : plain_day_end(c, day, limit->at_close || of_hours);
    }
    bool may_close = limit->at_close && !plain_unit_is_time(of->unit);
    return may_close ? plain_day_end(c, day, false) : by_week;
}

int64_t plain_limit_rung(const plain_case *c, const span *s, int rung)
{
    const plain_limit *limit = &c->p->limits[s->limit];
    const plain_rung *of = &limit->rungs[rung];
    const plain_calendar *calendar = limit->calendar;
    int due_day, amount = of->kind == GJC_RUNG_BEFORE ? -of->amount : of->amount;
    int64_t due = of->kind == GJC_RUNG_OVERDUE ? plain_limit_late(c, s, &due_day)
                                               : plain_limit_due(c, s, &due_day);
    if (of->kind == GJC_RUNG_AT && !limit->open && limit->by == NO && s->budget > 0) {
        return share_at(c, s, of->amount);
    }
    if (due == INT64_MAX) {
        return INT64_MAX;
    }
    if (amount == 0) {
        return due;
    }
    int64_t at = plain_unit_is_time(of->unit)
                     ? plain_time_shift(calendar, of->unit, due, amount * plain_unit_ms(of->unit))
                     : plain_day_end(calendar, plain_day_shift(calendar, of->unit, due_day, amount),
                                     limit->at_close);
    return of->kind == GJC_RUNG_OVERDUE ? overdue_latest(limit, of, due, due_day, at) : at;
}

int64_t plain_limit_least(const plain_case *c, const span *s, minimum_days *found)
{
    const plain_limit *of = &c->p->limits[s->limit];
    const plain_calendar *calendar = of->calendar;
    bool time = plain_unit_is_time(of->least_unit);
    last_days days = {.unit = of->least_unit, .rolls = of->least_rolls, .since = s->since};
    int64_t due = 0;
    if (time) {
        days.ms = of->least * plain_unit_ms(of->least_unit);
        due = plain_time_shift(calendar, of->least_unit, s->since, days.ms);
        days.raw = days.last = plain_day_of(calendar, due - 1);
    } else {
        days.raw =
            plain_day_shift(calendar, of->least_unit, plain_day_of(calendar, s->since), of->least);
        days.last = days.raw;
        while (of->least_rolls && !plain_day_is_worked(calendar, days.last)) {
            days.last++;
        }
    }
    bool open = is_beyond(calendar, days.unit, days.rolls, days.last);
    *found =
        (minimum_days){days.raw, earliest_of(calendar, &days), latest_of(calendar, &days), open};
    if (time) {
        return open ? plain_day_start(calendar, found->earliest) : due;
    }
    return plain_day_start(calendar, found->earliest + 1);
}

/* Days, or working days, that lie between two days. */
static int between(const plain_calendar *c, gjc_unit unit, int after, int before)
{
    int count = 0;
    for (int day = after + 1; day < before; day++) {
        count += unit != GJC_WORKDAYS || plain_day_is_worked(c, day) ? 1 : 0;
    }
    return count;
}

/* By how much what was counted back lies on the wrong side; *edge is the last day on the right
 * one, within so long the first. */
int64_t plain_limit_back(const plain_case *c, const span *s, int64_t end, int64_t *edge)
{
    const plain_limit *of = &c->p->limits[s->limit];
    const plain_calendar *calendar = of->calendar;
    bool within = of->back == GJC_WITHIN_BEFORE;
    if (plain_unit_is_time(of->unit)) {
        int64_t ms = plain_unit_ms(of->unit);
        int64_t gone = plain_time_between(calendar, of->unit, s->since, end);
        int64_t wrong = within ? gone - of->budget * ms : of->budget * ms - gone;
        *edge = plain_time_shift(calendar, of->unit, end, -of->budget * ms);
        return wrong > 0 ? (wrong + ms - 1) / ms : 0;
    }
    int act = plain_day_of(calendar, s->since), target = plain_day_of(calendar, end), day = target;
    if (of->unit == GJC_WORKDAYS || of->unit == GJC_DAYS) {
        /* As far back as there are enough between, or still not too many. */
        while (within ? between(calendar, of->unit, day - 1, target) <= of->budget
                      : between(calendar, of->unit, day, target) < of->budget) {
            day--;
        }
    } else {
        day = plain_day_shift(calendar, of->unit, target, -of->budget) - 1;
    }
    *edge = day;
    int wrong = 0, from = within ? act : day, to = within ? day : act;
    for (int i = from + 1; i <= to; i++) {
        wrong += of->unit != GJC_WORKDAYS || plain_day_is_worked(calendar, i) ? 1 : 0;
    }
    return from < to && wrong == 0 ? 1 : wrong;
}

/* Of several clocks the first of the last days, unless one of them has none. */
bool plain_limit_running(void *payload, int limit, int *due_day)
{
    const plain_case *c = payload;
    bool runs = false;
    for (int i = 0; i < CLOCKS_MAX; i++) {
        int day;
        if (!c->runs[i] || c->running[i].limit != limit) {
            continue;
        }
        plain_limit_due(c, &c->running[i], &day);
        *due_day = !runs || day < *due_day ? day : *due_day; /* none: INT32_MIN */
        runs = true;
    }
    return runs;
}

/* ---- findings ---- */

/* The post whose duty it is, and the officer where that post ended it. */
plain_who_acted plain_who_owes(const plain *p, int duty, plain_who_acted acted)
{
    plain_who_acted who = {.post = duty};
    if (acted.post == duty) {
        who.officer = acted.officer;
    }
    if (p->posts[duty].department == NO) {
        who.department = acted.department;
        if (who.department.bytes == NULL && acted.post != NO &&
            p->posts[acted.post].department != NO) {
            who.department = p->departments[p->posts[acted.post].department].label.name;
        }
    }
    return who;
}

/* The rung by which one of a limit's two findings stands at an instant: the severest of those
 * reached, and of these the first; NO where none is. */
int plain_limit_rung_reached(const plain_case *c, const span *s, bool late, int64_t at)
{
    const plain_limit *of = &c->p->limits[s->limit];
    int found = NO;
    for (int i = 0; i < of->rung_count; i++) {
        const plain_rung *rung = &of->rungs[i];
        bool better = found == NO || rung->severity > of->rungs[found].severity;
        bool before = s->first[i] != 0 && s->first[i] <= at;
        bool reached = before || plain_limit_rung(c, s, i) <= at;
        if ((rung->kind == GJC_RUNG_OVERDUE) == late && better && reached) {
            found = i;
        }
    }
    return found;
}

bool plain_limit_is_late(const plain_case *c, int limit, int64_t at)
{
    return plain_limit_rung_reached(c, &c->running[limit], true, at) != NO;
}

bool plain_limit_was_late(const plain_case *c, int limit)
{
    int64_t noted = c->running[limit].noted;
    return noted != INT64_MIN && plain_limit_is_late(c, limit, noted);
}

/* Who answers; a holder's limit: who held the case in the stage, NO where it is now. */
static void duty_take(plain_case *c, plain_found *f, int stage)
{
    const plain_limit *of = &c->p->limits[f->span.limit];
    f->acted = f->event != NULL ? f->who.post : NO;
    if (of->of_holder) {
        plain_held_take(c, f, stage);
    } else if (of->duty != NO) {
        f->holders = (plain_holders){{of->duty}, 1};
        f->who = plain_who_owes(c->p, of->duty, f->who);
    }
}

/* What the limit has come to at `at`, counted to `until`. */
static void found_add(plain_case *c, int limit, bool late, int64_t at, gj_finding_status status,
                      int64_t until, const gj_event *event)
{
    const plain_limit *of = &c->p->limits[c->running[limit].limit];
    int rung = plain_limit_rung_reached(c, &c->running[limit], late, at);
    if (rung == NO) {
        return;
    }
    plain_found *f = plain_found_add(c, late ? GJ_LATE : GJ_DUE_SOON,
                                     (gj_severity)of->rungs[rung].severity, of->region, of->name);
    f->status = status;
    f->span = c->running[limit];
    f->rung = rung;
    f->rung_at = plain_limit_rung(c, &c->running[limit], rung);
    if (f->rung_at > at) {
        f->rung_at = f->span.fired[rung] <= at ? f->span.fired[rung] : f->span.first[rung];
    }
    f->until = until;
    f->event = event;
    f->who = event != NULL ? plain_who_told(c) : (plain_who_acted){.post = NO};
    duty_take(c, f, f->span.held_in[late]);
}

/* Whether its end comes too early, or what was counted back lies where it must not. */
static void period_judge(plain_case *c, int limit, int64_t at, const gj_event *event)
{
    const span *s = &c->running[limit];
    const plain_limit *of = &c->p->limits[s->limit];
    minimum_days minimum;
    int64_t edge;
    bool amiss = of->back != 0 ? plain_limit_back(c, s, at, &edge) > 0
                               : of->least > 0 && at < plain_limit_least(c, s, &minimum);
    if (!amiss) {
        return;
    }
    bool late = of->back == GJC_WITHIN_BEFORE;
    plain_found *f = plain_found_add(c, late ? GJ_LATE : GJ_EARLY, GJ_YELLOW, of->region, of->name);
    f->status = late ? GJ_CLOSED : GJ_OPEN;
    f->span = *s;
    f->rung = NO;
    f->until = at;
    f->event = event;
    f->who = event != NULL ? plain_who_told(c) : (plain_who_acted){.post = NO};
    duty_take(c, f, NO);
}

/* Ends at an instant. */
void plain_limit_end_by(plain_case *c, int limit, int64_t at, const gj_event *event)
{
    const plain_limit *of = &c->p->limits[c->running[limit].limit];
    period_judge(c, limit, at, event);
    plain_turns_end(c, limit, event != NULL ? INT64_MAX : at, event);
    if (of->by != NO && event != NULL && c->running[limit].by == INT64_MAX) {
        plain_missing_field(c, of->by, of->region);
    }
    plain_held_note(c, limit, at);
    found_add(c, limit, false, at, GJ_CLOSED, at, event);
    found_add(c, limit, true, at, GJ_CLOSED, at, event);
    plain_past_add(c, limit, at);
    c->runs[limit] = false;
    plain_turns_drop(c, limit);
}

void plain_limit_run_out(plain_case *c, int limit, int64_t at)
{
    int due_day, before = c->found_count;
    plain_turns_end(c, limit, INT64_MAX, NULL);
    plain_held_note(c, limit, at);
    int64_t due = plain_limit_late(c, &c->running[limit], &due_day);
    int64_t until = due < at ? due : at; /* what is void now may have hidden it */
    found_add(c, limit, false, at, GJ_CLOSED, until, NULL);
    found_add(c, limit, true, at, GJ_CLOSED, until, NULL);
    for (int i = before; i < c->found_count; i++) {
        c->found[i].ran_out = true;
    }
    plain_past_add(c, limit,
                   plain_unit_is_time(c->p->limits[c->running[limit].limit].unit) ? until
                                                                                  : until - 1);
    c->runs[limit] = false;
    plain_turns_drop(c, limit);
}

/* ---- the end of a branch, or of the case ---- */

/* By the law it may be so in passing alone, until the stage is entered anew that it leaves. */
static bool stays_late(plain_case *c, int clock)
{
    bool late = plain_limit_is_late(c, clock, c->at);
    if (!late || !c->law_acts_now) {
        plain_held_note(c, clock, c->at);
    }
    return late;
}

/* What is overdue stays; what runs ends without finding. */
static void region_end(plain_case *c, int region)
{
    plain_follow_close(c, region);
    c->through[region] = true;
    if (region == 0) {
        c->closed_at = c->at;
    }
    for (int i = 0; i < CLOCKS_MAX; i++) {
        bool is_its =
            c->runs[i] && plain_is_within(c->p, c->p->limits[c->running[i].limit].region, region);
        bool late = is_its && stays_late(c, i);
        if (is_its && !late) {
            plain_turns_end(c, i, INT64_MAX, c->event);
            late = stays_late(c, i);
        }
        if (is_its && !late) {
            found_add(c, i, false, c->at, GJ_CLOSED, c->at, c->event);
            plain_past_add(c, i, c->at);
            c->runs[i] = false;
            plain_turns_drop(c, i);
        } else if (is_its && !c->running[i].asked) { /* what follows does so no more */
            c->running[i].asked = true;
            c->running[i].asked_at = c->at;
        }
    }
}

static bool runs_inside(const plain_case *c, int stage, int region)
{
    for (; region != 0; region = c->p->regions[region].outer) {
        if (c->p->regions[region].parent == stage) {
            return true;
        }
    }
    return false;
}

/* The stage's branches begin anew, and what lies in them as if it had never begun. */
static void stage_entered(plain_case *c, int stage, bool recorded)
{
    c->entered[stage] = ++c->moment;
    c->seen[c->p->stages[stage].region] = (int8_t)stage;
    plain_passing_stage(c, c->p->stages[stage].region);
    for (int i = 0; i < c->p->region_count; i++) {
        if (i == c->p->stages[stage].region || runs_inside(c, stage, i)) {
            c->through[i] = false;
        }
        if (runs_inside(c, stage, i)) {
            plain_relations_forget(c, i);
        }
    }
    plain_limits_hear(c, (plain_trigger){ON_ENTERING, stage, NULL}, NO, recorded);
}

void plain_limits_pass(plain_case *c, const passage *way, bool recorded)
{
    for (int i = 0; i < way->count; i++) {
        int of = way->items[i].of;
        switch (way->items[i].kind) {
        case PASSED_LEFT:
            plain_limits_hear(c, (plain_trigger){ON_LEAVING, of, NULL}, NO, recorded);
            break;
        case PASSED_ENTERED:
            stage_entered(c, of, recorded);
            break;
        case PASSED_DONE: /* at the stage just entered */
            plain_rules_end(c, of, way->items[i - 1].of);
            region_end(c, of);
            break;
        case PASSED_ENDED:
            region_end(c, of);
            break;
        }
    }
}

void plain_limits_end_open(plain_case *c)
{
    for (int i = 0; i < CLOCKS_MAX; i++) {
        if (c->runs[i]) {
            bool told = c->running[i].told_end != INT64_MAX;
            int64_t closed = c->closed_at < c->clock && !told ? c->closed_at : c->clock;
            plain_held_note(c, i, c->clock);
            found_add(c, i, false, c->clock, GJ_OPEN, closed, NULL);
            found_add(c, i, true, c->clock, GJ_OPEN, closed, NULL);
        }
    }
    plain_follow_count(c);
}
