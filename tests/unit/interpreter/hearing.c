/* SPDX-License-Identifier: Apache-2.0
 *
 * What limits hear of: acts, stages and dates told, each with what its condition says then. */
#include "unit/interpreter/case.h"

#include "unit/interpreter/days.h"

/* ---- what counts ---- */

static value truth_of(plain_case *c, int limit, const plain_trigger *trigger)
{
    facts f = plain_facts(c, c->p->limits[limit].region);
    f.action = trigger->kind == ON_ACT ? trigger->target : NO;
    return expression_truth(&f, trigger->when);
}

static void unknown_note(plain_case *c, int limit, const plain_trigger *trigger)
{
    const plain_limit *of = &c->p->limits[limit];
    int before = c->found_count, action = trigger->kind == ON_ACT ? trigger->target : NO;
    reading why = {
        {trigger->when, NULL}, trigger->when, of->region, action, of->name, {NULL, 0}, NULL};
    plain_missing_note(c, &why, of->region);
    for (int i = before; i < c->found_count; i++) {
        c->found[i].underway = true;
    }
}

static bool holds(plain_case *c, int limit, const plain_trigger *trigger)
{
    value truth = truth_of(c, limit, trigger);
    if (truth.kind == V_UNKNOWN) {
        unknown_note(c, limit, trigger);
    }
    return value_is(truth, true);
}

static bool is_same(const plain_trigger *a, plain_trigger b)
{
    return a->kind == b.kind && a->target == b.target;
}

int plain_trigger_find(plain_case *c, int limit, const plain_trigger *among, int count,
                       plain_trigger what)
{
    for (int i = 0; i < count; i++) {
        if (is_same(&among[i], what) && holds(c, limit, &among[i])) {
            return i;
        }
    }
    return NO;
}

value plain_clause_holds(plain_case *c, int limit, const gjc_node *clause, int trigger_count,
                         plain_trigger what)
{
    /* Of several acts none is the one whose parameters are meant. */
    plain_trigger meant = {trigger_count == 1 ? what.kind : ON_FIELD, what.target,
                           plain_when(clause)};
    value truth = truth_of(c, limit, &meant);
    if (truth.kind == V_UNKNOWN) {
        unknown_note(c, limit, &meant);
    }
    return truth;
}

/* ---- dates told ---- */

static bool field_instant(const plain_case *c, int field, int64_t *instant)
{
    value told = c->fields[field];
    if (told.kind == V_UNKNOWN) {
        return false;
    }
    bool date = c->p->fields[field].type.base == T_DATE;
    *instant = date ? plain_day_start(&c->p->calendar, (int)told.number) : told.number;
    return true;
}

/* A date told that may end it. One before its start is none, unless a date started it. */
static bool may_end(const plain_case *c, int limit, const plain_trigger *trigger, int64_t *told)
{
    const span *s = &c->running[limit];
    const plain_calendar *calendar = &c->p->calendar;
    const plain_limit *of = &c->p->limits[s->limit];
    if (trigger->kind != ON_FIELD || !field_instant(c, trigger->target, told)) {
        return false;
    }
    return plain_day_of(calendar, *told) >= plain_day_of(calendar, s->since) ||
           s->trigger == ON_FIELD || of->back != 0;
}

/* The earliest date told that ends it, of those whose condition holds; they are asked by their
 * dates, then as they are written, and what is unknown before one holds is missed. */
static int64_t told_end(plain_case *c, int limit)
{
    const plain_limit *of = &c->p->limits[c->running[limit].limit];
    int64_t since = of->back == 0 ? c->running[limit].since : INT64_MIN, told;
    bool asked[TRIGGERS_MAX] = {false};
    for (;;) {
        int next = NO;
        int64_t earliest = INT64_MAX;
        for (int i = 0; i < of->to_count; i++) {
            if (!asked[i] && may_end(c, limit, &of->to[i], &told)) {
                told = told < since ? since : told;
                next = next == NO || told < earliest ? i : next;
                earliest = told < earliest ? told : earliest;
            }
        }
        if (next == NO || holds(c, c->running[limit].limit, &of->to[next])) {
            return earliest;
        }
        asked[next] = true;
    }
}

void plain_rung_came(span *s, int rung, int64_t at)
{
    s->first[rung] = s->first[rung] == 0 || at < s->first[rung] ? at : s->first[rung];
    s->fired[rung] = s->fired[rung] == 0 || at > s->fired[rung] ? at : s->fired[rung];
}

void plain_rungs_keep(plain_case *c, int clock, int64_t now)
{
    span *s = &c->running[clock];
    const plain_limit *of = &c->p->limits[s->limit];
    for (int i = 0; i < of->rung_count; i++) {
        int64_t at = plain_limit_rung(c, s, i);
        if (of->rungs[i].kind != GJC_RUNG_OVERDUE && at <= now) {
            plain_rung_came(s, i, at);
            s->reached[i] = true;
        }
    }
}

/* By which date it is due, as that is told now; one that is overdue stays so. */
static void by_take(plain_case *c, int limit)
{
    const plain_limit *of = &c->p->limits[c->running[limit].limit];
    int64_t now = plain_now(c);
    if (of->by != NO && !c->running[limit].asked && !plain_limit_is_late(c, limit, now) &&
        !plain_limit_was_late(c, limit) && plain_limit_runs_out(c, limit) > now) {
        plain_rungs_keep(c, limit, now);
        int64_t told;
        c->running[limit].by = field_instant(c, of->by, &told) ? told : INT64_MAX;
        c->running[limit].noted = INT64_MIN;
    }
}

/* ---- starting ---- */

static bool is_through(const plain_case *c, int region)
{
    for (; region != 0; region = c->p->regions[region].outer) {
        if (c->through[region]) {
            return true;
        }
    }
    return false;
}

static void run_begin(plain_case *c, int limit, int clock, value key, const plain_trigger *by,
                      int64_t at, bool recorded)
{
    /* A clock that begins with a key takes over the stages that stop them all. */
    plain_turns turns = c->running[clock >= LIMITS_MAX && !c->runs[clock] ? limit : clock].turns;
    c->runs[clock] = true;
    c->running[clock] = (span){.limit = limit,
                               .turns = turns,
                               .key = key,
                               .since = at,
                               .by = INT64_MAX,
                               .told_end = INT64_MAX,
                               .trigger = by->kind,
                               .start = c->event,
                               .noted = INT64_MIN,
                               .rung = {NO, NO},
                               .start_not_recorded = !recorded};
    plain_terms_read(c, clock);
    c->running[clock].measured = at;
    plain_turns_begin(c, clock);
    by_take(c, clock);
    c->running[clock].told_end = told_end(c, clock); /* whose condition may ask when it is due */
}

static void start(plain_case *c, int limit, const plain_trigger *by, int64_t at, bool recorded)
{
    int clock = plain_clock_find(c, limit);
    bool goes_on = clock != NO && c->runs[clock] && c->p->limits[limit].back == 0;
    value key = value_unknown();
    if (goes_on || c->closed_at != INT64_MAX || is_through(c, c->p->limits[limit].region) ||
        !holds(c, limit, by)) {
        return;
    }
    if (clock == NO && (clock = plain_clock_take(c, limit, by, &key)) == NO) {
        return;
    }
    key = c->runs[clock] ? c->running[clock].key : key; /* counted back, it begins anew */
    run_begin(c, limit, clock, key, by, at, recorded);
}

/* The event ends the limit, or the clock of it that it means. */
static void end(plain_case *c, int limit, const plain_trigger *by)
{
    int clock = plain_clock_find(c, limit);
    bool runs = clock != NO ? c->runs[clock] : plain_clock_open_count(c, limit) > 0;
    if (runs && holds(c, limit, by) && plain_clock_check(c, limit, by) && clock != NO) {
        int64_t since = c->running[clock].since; /* what ends it may lie behind, but not so far */
        since = since < c->at ? since : c->at;
        plain_limit_end_by(c, clock, c->as_of < since ? since : c->as_of, c->event);
    }
}

/* The clock that the event means ends, and begins anew. */
static void restart(plain_case *c, int limit, plain_trigger what, bool recorded)
{
    const plain_limit *of = &c->p->limits[limit];
    int clock = plain_clock_find(c, limit);
    bool runs = clock != NO ? c->runs[clock] : plain_clock_open_count(c, limit) > 0;
    int by = runs ? plain_trigger_find(c, limit, of->restarts, of->restart_count, what) : NO;
    if (by != NO && plain_clock_check(c, limit, &of->restarts[by]) && clock != NO) {
        value key = c->running[clock].key;
        int64_t since = c->running[clock].since;
        since = since < c->at ? since : c->at;
        plain_limit_end_by(c, clock, c->as_of < since ? since : c->as_of, c->event);
        if (c->closed_at == INT64_MAX && !is_through(c, of->region)) {
            c->runs[clock] = true; /* it is the same clock */
            run_begin(c, limit, clock, key, &of->restarts[by], c->as_of, recorded);
        }
    }
}

/* ---- hearing ---- */

static bool hears(const plain_case *c, int limit, plain_trigger what, int region)
{
    return what.kind != ON_ACT ||
           plain_is_heard(c->p, c->p->limits[limit].region, what.target, region);
}

/* First all that it ends, then what it begins anew, stops and extends, then all that it starts. */
void plain_limits_hear(plain_case *c, plain_trigger what, int region, bool recorded)
{
    bool left_out = what.kind == ON_ACT && !recorded;
    for (int i = 0; i < c->p->limit_count && !left_out; i++) {
        const plain_limit *of = &c->p->limits[i];
        for (int j = 0; j < of->to_count && hears(c, i, what, region); j++) {
            if (is_same(&of->to[j], what)) {
                end(c, i, &of->to[j]);
            }
        }
    }
    for (int i = 0; i < c->p->limit_count && !left_out; i++) {
        if (hears(c, i, what, region)) {
            restart(c, i, what, recorded);
        }
    }
    for (int turn = 0; turn < TURN_COUNT && !left_out; turn++) {
        for (int i = 0; i < c->p->limit_count; i++) {
            if (hears(c, i, what, region)) {
                plain_turns_hear(c, i, (plain_turn)turn, what);
            }
        }
    }
    for (int i = 0; i < c->p->limit_count; i++) {
        const plain_limit *of = &c->p->limits[i];
        for (int j = 0; j < of->from_count && hears(c, i, what, region); j++) {
            if (is_same(&of->from[j], what)) {
                start(c, i, &of->from[j], c->as_of, recorded);
            }
        }
    }
}

/* The earliest first; those whose date is not known last. */
static void fields_sort(const plain_case *c, int *fields, int count)
{
    for (int i = 1; i < count; i++) {
        for (int j = i; j > 0; j--) {
            int64_t a = INT64_MAX, b = INT64_MAX;
            (void)field_instant(c, fields[j - 1], &a);
            (void)field_instant(c, fields[j], &b);
            if (a <= b) {
                break;
            }
            int swap = fields[j];
            fields[j] = fields[j - 1];
            fields[j - 1] = swap;
        }
    }
}

static void field_start(plain_case *c, int field)
{
    int64_t told;
    for (int i = 0; i < c->p->limit_count; i++) {
        const plain_limit *of = &c->p->limits[i];
        for (int j = 0; j < of->from_count; j++) {
            if (is_same(&of->from[j], (plain_trigger){ON_FIELD, field, NULL}) &&
                field_instant(c, field, &told)) {
                start(c, i, &of->from[j], told, true);
            }
        }
    }
}

static void field_end(plain_case *c, int field)
{
    for (int i = 0; i < c->p->limit_count; i++) {
        const plain_limit *of = &c->p->limits[i];
        for (int j = 0; j < of->to_count && c->runs[i]; j++) {
            if (is_same(&of->to[j], (plain_trigger){ON_FIELD, field, NULL})) {
                c->running[i].told_end = told_end(c, i);
            }
        }
    }
}

/* Of several dates told together that start a limit, the earliest does; where it is counted back
 * each begins it anew, the latest last. */
void plain_limits_hear_fields(plain_case *c, const int *fields, int count)
{
    int dates[FIELDS_MAX], date_count = 0;
    for (int i = 0; i < count; i++) {
        base_type type = c->p->fields[fields[i]].type.base;
        if (type == T_DATE || type == T_TIME) {
            dates[date_count++] = fields[i];
        }
    }
    fields_sort(c, dates, date_count);
    for (int i = 0; i < CLOCKS_MAX; i++) {
        for (int j = 0; j < date_count && c->runs[i]; j++) {
            if (c->p->limits[c->running[i].limit].by == dates[j]) {
                by_take(c, i);
            }
        }
    }
    plain_terms_hear_fields(c, fields, count);
    for (int i = 0; i < date_count; i++) {
        field_start(c, dates[i]);
    }
    for (int i = 0; i < date_count; i++) {
        field_end(c, dates[i]);
    }
    plain_limits_pass_time(c, c->clock);
}
