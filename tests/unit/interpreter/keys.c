/* SPDX-License-Identifier: Apache-2.0
 *
 * A clock a key: which the event at hand means, and how many are open. Those of a limit without
 * keys are numbered as the limits are, the others stand behind them, wherever there is room. */
#include "unit/interpreter/case.h"

#include "unit/interpreter/days.h"

#include <assert.h>
#include <stdio.h>

/* ---- what the event tells ---- */

/* The parameter of such an act that has the name, else the field; NO where there is neither. */
static int key_field(const plain_case *c, int limit, int action)
{
    return plain_find_field(c->p, action, c->p->limits[limit].per);
}

/* Told with this event, and not before. */
static value key_told(const plain_case *c, int limit)
{
    int field = c->action == NO ? NO : key_field(c, limit, c->action);
    value key = field == NO ? value_unknown() : c->told[field];
    bool says_nothing = key.kind == V_TEXT && key.text.size == 0;
    return says_nothing ? value_unknown() : key;
}

static void untold_note(plain_case *c, int limit, const plain_trigger *by)
{
    int field = c->action == NO ? NO : key_field(c, limit, c->action);
    field = field != NO ? field : key_field(c, limit, by->target);
    plain_missing_field(c, field, c->p->limits[limit].region);
}

void plain_clock_tell(plain_case *c, const span *of)
{
    int field = c->p->limits[of->limit].open_max > 0 ? key_field(c, of->limit, c->action) : NO;
    if (field != NO) {
        c->told[field] = of->key;
        c->fields[field] = c->p->fields[field].action != NO ? of->key : c->fields[field];
    }
}

/* ---- which clock ---- */

static bool is_keyed(const plain_case *c, int limit)
{
    return c->p->limits[limit].open_max > 0;
}

static bool is_of(const plain_case *c, int clock, int limit)
{
    return clock >= LIMITS_MAX && c->runs[clock] && c->running[clock].limit == limit;
}

int plain_clock_find(const plain_case *c, int limit)
{
    if (!is_keyed(c, limit)) {
        return limit;
    }
    value key = key_told(c, limit);
    for (int i = 0; i < CLOCKS_MAX && key.kind != V_UNKNOWN; i++) {
        if (is_of(c, i, limit) && value_is(value_equal(c->running[i].key, key), true)) {
            return i;
        }
    }
    return NO;
}

int plain_clock_open_count(const plain_case *c, int limit)
{
    int count = c->runs[limit] ? 1 : 0;
    for (int i = 0; i < CLOCKS_MAX; i++) {
        count += is_of(c, i, limit) ? 1 : 0;
    }
    return count;
}

bool plain_clock_check(plain_case *c, int limit, const plain_trigger *by)
{
    bool told = !is_keyed(c, limit) || key_told(c, limit).kind != V_UNKNOWN;
    if (!told) {
        untold_note(c, limit, by);
    }
    return told;
}

int plain_clock_take(plain_case *c, int limit, const plain_trigger *by, value *key)
{
    const plain_limit *of = &c->p->limits[limit];
    if (!plain_clock_check(c, limit, by)) {
        return NO;
    }
    if (plain_clock_open_count(c, limit) == of->open_max) {
        for (int i = c->first_found; i < c->found_count; i++) { /* by another of its triggers */
            const plain_found *f = &c->found[i];
            if (f->code == GJ_TOO_MANY_OPEN && !f->by_law && f->span.limit == limit) {
                return NO;
            }
        }
        plain_found *f = plain_found_add(c, GJ_TOO_MANY_OPEN, GJ_NOTICE, of->region, of->name);
        f->span = (span){.limit = limit, .key = key_told(c, limit)};
        f->underway = true;
        return NO;
    }
    int clock = LIMITS_MAX + limit * KEYS_MAX; /* the first place that is free */
    assert(of->open_max <= KEYS_MAX);
    while (c->runs[clock]) {
        clock++;
    }
    *key = key_told(c, limit);
    return clock;
}

/* ---- as it is written ---- */

static void number_write(int64_t number, char *out, size_t size)
{
    int64_t whole = number / 10000, part = number % 10000;
    bool negative = number < 0;
    whole = whole < 0 ? -whole : whole;
    part = part < 0 ? -part : part;
    int count = snprintf(out, size, "%s%lld.%04lld", negative ? "-" : "", (long long)whole,
                         (long long)part);
    while (out[count - 1] == '0') {
        out[--count] = '\0';
    }
    if (out[count - 1] == '.') {
        out[--count] = '\0';
    }
}

void plain_value_write(base_type type, value key, char *out, size_t size)
{
    if (type == T_NUMBER) {
        number_write(key.number, out, size);
    } else if (type == T_DATE) {
        plain_date date = plain_date_of((int)key.number);
        snprintf(out, size, "%04d-%02d-%02d", date.year, date.month, date.day);
    } else {
        snprintf(out, size, "%.*s", (int)key.text.size, key.text.bytes);
    }
}

void plain_key_write(const plain_case *c, const span *s, char *out, size_t size)
{
    const plain_limit *of = &c->p->limits[s->limit];
    out[0] = '\0';
    if (of->open_max == 0 || s->key.kind == V_UNKNOWN) {
        return;
    }
    base_type type = c->p->fields[key_field(c, s->limit, of->from[0].target)].type.base;
    plain_value_write(type, s->key, out, size);
}
