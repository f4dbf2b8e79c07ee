/* SPDX-License-Identifier: Apache-2.0
 *
 * See counts.h. */
#include "unit/interpreter/counts.h"

static bool is_of_key(const plain_done *done, value key)
{
    return !done->gone && value_is(value_equal(done->key, key), true);
}

/* How many acts before told that key. */
static int times_of(const plain_trace *trace, value key)
{
    int times = 0;
    for (int i = 0; i < trace->count; i++) {
        times += is_of_key(&trace->acts[i], key) ? 1 : 0;
    }
    return times;
}

static const plain_done *first_of(const plain_trace *trace, value key)
{
    int i = 0;
    while (!is_of_key(&trace->acts[i], key)) {
        i++;
    }
    return &trace->acts[i];
}

static void times_note(plain_case *c, const plain_rule *rule, value key, int times, int region)
{
    plain_found *found =
        plain_found_add(c, GJ_RULE, (gj_severity)rule->severity, region, rule->name);
    found->broken = rule;
    found->times = times;
    found->times_allowed = (int)rule->says->value2;
    plain_trace_name(c, found, first_of(plain_trace_of(c, rule), key), rule);
}

void plain_counts_one_more(plain_case *c, const plain_rule *rule, int region)
{
    value key = plain_trace_key(c, rule);
    int times = key.kind == V_UNKNOWN ? 0 : times_of(plain_trace_of(c, rule), key) + 1;
    facts f = plain_facts(c, rule->region);
    if (rule->says->value != GJC_BOUND_AT_LEAST && times > rule->says->value2 &&
        plain_rule_binds(c, &f, rule, region)) {
        times_note(c, rule, key, times, region);
    }
}

static void many_note(plain_case *c, const plain_rule *rule, int region)
{
    plain_lack(c, rule, LACKS_TOO_MANY);
    plain_found_add(c, GJ_TOO_MANY_OPEN, GJ_NOTICE, region, rule->name);
}

/* No more than so many keys are counted. */
void plain_counts_add(plain_case *c, const plain_rule *rule, int region)
{
    const plain_trace *trace = plain_trace_of(c, rule);
    if (!plain_trace_tells_key(c, rule, region)) {
        return;
    }
    value key = plain_trace_key(c, rule);
    int keys = 0;
    for (int i = 0; i < trace->count; i++) {
        const plain_done *done = &trace->acts[i];
        keys += !done->gone && first_of(trace, done->key) == done ? 1 : 0;
    }
    if (keys < REMEMBERED_MAX || times_of(trace, key) > 0) {
        plain_trace_add(c, rule, ROLE_ONE_OF);
    } else {
        many_note(c, rule, region);
    }
}

/* Whether it is the first of a key of which there are too few. */
static bool has_too_few(const plain_trace *trace, const plain_rule *rule, const plain_done *done)
{
    return rule->says->value != GJC_BOUND_AT_MOST && !done->gone &&
           first_of(trace, done->key) == done && times_of(trace, done->key) < rule->says->value2;
}

bool plain_tally_is_short(const plain_case *c, const plain_rule *rule)
{
    const plain_trace *trace = &c->traces[rule - c->p->rules];
    bool is_short = false;
    for (int i = 0; i < trace->count; i++) {
        is_short = is_short || has_too_few(trace, rule, &trace->acts[i]);
    }
    return is_short;
}

void plain_tally_end(plain_case *c, const plain_rule *rule)
{
    const plain_trace *trace = plain_trace_of(c, rule);
    facts f = plain_facts(c, rule->region);
    if (!plain_tally_is_short(c, rule) || !plain_rule_binds(c, &f, rule, rule->region)) {
        return;
    }
    for (int i = 0; i < trace->count; i++) {
        const plain_done *done = &trace->acts[i];
        if (has_too_few(trace, rule, done)) {
            times_note(c, rule, done->key, times_of(trace, done->key), rule->region);
        }
    }
}
