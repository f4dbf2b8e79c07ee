/* SPDX-License-Identifier: Apache-2.0
 *
 * See traces.h. */
#include "unit/interpreter/traces.h"

#include <assert.h>
#include <string.h>

static const gj_text absent = {NULL, 0};

/* ---- keys ---- */

static gj_text per_of(const plain_rule *rule)
{
    const gjc_node *per = gjc_node_find(rule->says, GJC_PER);
    return per == NULL ? absent : gjc_node_find(per, GJC_PATH)->text;
}

static bool is_keyed(const plain_rule *rule)
{
    return per_of(rule).size > 0;
}

static int key_field(const plain_case *c, const plain_rule *rule)
{
    return plain_find_field(c->p, c->action, per_of(rule));
}

/* Told with this event, and not before. */
value plain_trace_key(const plain_case *c, const plain_rule *rule)
{
    int field = is_keyed(rule) ? key_field(c, rule) : NO;
    value key = field == NO ? value_unknown() : c->told[field];
    return key.kind == V_TEXT && key.text.size == 0 ? value_unknown() : key;
}

/* An act that begins or ends what is barred has to say which key it means. */
bool plain_trace_tells_key(plain_case *c, const plain_rule *rule, int region)
{
    if (!is_keyed(rule) || plain_trace_key(c, rule).kind != V_UNKNOWN) {
        return true;
    }
    int before = c->found_count;
    plain_lack(c, rule, key_field(c, rule));
    plain_missing_field(c, key_field(c, rule), region);
    for (int i = before; i < c->found_count; i++) {
        c->found[i].underway = false;
    }
    return false;
}

/* ---- acts ---- */

plain_trace *plain_trace_of(plain_case *c, const plain_rule *rule)
{
    return &c->traces[rule - c->p->rules];
}

/* The law may have one act counted as done for ever: what counts no more is left out, and so is
 * what says nothing new of what precedes. */
static void trace_shorten(const plain_rule *rule, plain_trace *trace)
{
    int kept = 0, last[2] = {NO, NO};
    bool begun[2] = {false, false};
    for (int i = 0; i < trace->count; i++) {
        last[trace->acts[i].unsure] = i;
    }
    for (int i = 0; i < trace->count; i++) {
        bool unsure = trace->acts[i].unsure;
        bool says_nothing =
            plain_rule_is(rule, GJC_RULE_PRECEDED) && begun[unsure] && last[unsure] != i;
        begun[unsure] = true;
        if (!trace->acts[i].gone && !says_nothing) {
            trace->acts[kept++] = trace->acts[i];
        }
    }
    trace->count = kept;
    assert(kept < TRACE_MAX);
}

plain_done *plain_trace_add(plain_case *c, const plain_rule *rule, plain_role role)
{
    plain_trace *trace = plain_trace_of(c, rule);
    if (trace->count == TRACE_MAX) {
        trace_shorten(rule, trace);
    }
    plain_done *done = &trace->acts[trace->count++];
    plain_who_acted who = plain_who_told(c);
    *done = (plain_done){.role = role,
                         .action = c->action,
                         .at = c->as_of,
                         .key = plain_trace_key(c, rule),
                         .event = c->event,
                         .officer = c->event == NULL ? absent : c->event->officer,
                         .who = {.post = who.post, .officer = who.officer},
                         .number = c->done_count++,
                         .partner = NO,
                         .found = NO};
    for (int i = 0; role == ROLE_FIRST && i < rule->kept_count; i++) {
        done->kept[i] = c->fields[c->p->fields[rule->kept[i]].kept_of];
    }
    return done;
}

/* One event may come to the rule by several roles. */
static bool is_noted_full(const plain_case *c, const plain_rule *rule)
{
    for (int i = c->step_first; i < c->found_count; i++) {
        if (c->found[i].code == GJ_TOO_MANY_OPEN &&
            gjb_text_equal(c->found[i].subject, rule->name)) {
            return true;
        }
    }
    return false;
}

plain_done *plain_trace_remember(plain_case *c, const plain_rule *rule, plain_role role, int region)
{
    const plain_trace *trace = plain_trace_of(c, rule);
    int held = 0;
    for (int i = 0; i < trace->count; i++) {
        held += trace->acts[i].gone ? 0 : 1;
    }
    if (held < REMEMBERED_MAX) {
        return plain_trace_add(c, rule, role);
    }
    plain_lack(c, rule, LACKS_TOO_MANY);
    if (!is_noted_full(c, rule)) {
        plain_found_add(c, GJ_TOO_MANY_OPEN, GJ_NOTICE, region, rule->name);
    }
    return NULL;
}

/* ---- whether it counts ---- */

static value counting(plain_case *c, const plain_rule *rule, const gjc_node *when, int region)
{
    facts f = plain_facts(c, rule->region);
    f.action = c->action;
    f.kept_by = rule;
    value holds = expression_truth(&f, when);
    if (holds.kind == V_UNKNOWN) {
        reading of = {{when, NULL}, when, rule->region, c->action, rule->name, absent, rule};
        plain_missing_note(c, &of, region);
    }
    return holds;
}

bool plain_trace_counts(plain_case *c, const plain_rule *rule, const gjc_node *when, int region)
{
    return value_is(counting(c, rule, when, region), true);
}

value plain_trace_asks(plain_case *c, const plain_rule *rule, const gjc_node *when, int region,
                       bool lacks[LACKS_MAX])
{
    bool *of_rule = c->lacks[rule - c->p->rules], before[LACKS_MAX];
    memcpy(before, of_rule, sizeof before);
    memset(of_rule, 0, sizeof before);
    value holds = counting(c, rule, when, region);
    memcpy(lacks, of_rule, sizeof before);
    memcpy(of_rule, before, sizeof before);
    return holds;
}

/* ---- findings ---- */

plain_found *plain_trace_break(plain_case *c, const plain_rule *rule, gj_code code, int action,
                               int region)
{
    facts f = plain_facts(c, rule->region);
    f.action = action;
    plain_found *found =
        plain_rule_binds(c, &f, rule, region)
            ? plain_found_add(c, code, (gj_severity)rule->severity, region, rule->name)
            : NULL;
    if (found != NULL) {
        found->broken = rule;
    }
    return found;
}

void plain_trace_name(const plain_case *c, plain_found *found, const plain_done *first,
                      const plain_rule *rule)
{
    if (found != NULL && first != NULL) {
        found->has_first = true;
        found->first_at = first->at;
        found->key = value_unknown();
    }
    if (found != NULL && first != NULL && is_keyed(rule)) {
        found->key = first->key;
        found->key_type =
            c->p->fields[plain_find_field(c->p, first->action, per_of(rule))].type.base;
    }
}
