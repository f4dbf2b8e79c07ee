/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules: what they require, forbid or count, and what they except. */
#include "unit/interpreter/case.h"

static const gj_text absent = {NULL, 0};

/* Those that relate acts are relations.c's. */
static bool rule_is_about(const plain_case *c, const plain_rule *rule, int act)
{
    gj_text action = c->p->actions[act].label.name;
    if (rule->says->kind == GJC_MUST) {
        return rule->awaited == act;
    }
    if ((rule->says->kind != GJC_RULE_NEVER && rule->says->kind != GJC_RULE_REQUIRE &&
         rule->says->kind != GJC_RULE_COUNT) ||
        plain_rule_counts_each(rule)) {
        return false;
    }
    if (rule->says->kind != GJC_RULE_NEVER) {
        return gjb_text_equal(gjc_node_name(rule->says), action);
    }
    return plain_is_listed(gjc_node_find(rule->says, GJC_ACTS), action);
}

static int rule_act_count(const plain_rule *rule)
{
    return rule->says->kind != GJC_RULE_NEVER
               ? 1
               : (int)gjc_node_count(gjc_node_find(rule->says, GJC_ACTS), GJC_NAME);
}

/* The requirement holds where its `when` is false. */
static value required(facts *f, const plain_rule *rule)
{
    value when = expression_truth(f, plain_when(rule->says));
    value holds = expression_truth(f, gjc_node_find_expr(rule->says));
    if (value_is(when, false) || value_is(holds, true)) {
        return value_number(true);
    }
    return when.kind == V_UNKNOWN ? when : holds;
}

/* The words that are cited: of a requirement under a condition the whole line. */
static const gjc_node *rule_words(const plain_rule *rule)
{
    const gjc_node *when = plain_when(rule->says);
    bool is_when = rule->says->kind == GJC_RULE_NEVER || rule->says->kind == GJC_MUST;
    return is_when ? when : when != NULL ? rule->says : gjc_node_find_expr(rule->says);
}

static reading exception_reading(const plain_rule *rule, const gjc_node *except, int action)
{
    const gjc_node *when = plain_when(except);
    return (reading){{when, NULL}, when, rule->region, action, rule->name, absent, rule};
}

/* Whether one of its exceptions holds. */
static value excused(facts *f, const plain_rule *rule)
{
    value found = value_number(false);
    const gjc_node *except = gjc_node_find(rule->node, GJC_EXCEPT);
    for (; except != NULL; except = gjc_node_find_next(except)) {
        value holds = expression_truth(f, plain_when(except));
        if (value_is(holds, true)) {
            return holds;
        }
        found = holds.kind == V_UNKNOWN ? holds : found;
    }
    return found;
}

static void exceptions_note(plain_case *c, facts *f, const plain_rule *rule, int region)
{
    const gjc_node *except = gjc_node_find(rule->node, GJC_EXCEPT);
    for (; except != NULL; except = gjc_node_find_next(except)) {
        if (expression_truth(f, plain_when(except)).kind == V_UNKNOWN) {
            reading of = exception_reading(rule, except, f->action);
            plain_missing_note(c, &of, region);
        }
    }
}

bool plain_rule_binds(plain_case *c, facts *f, const plain_rule *rule, int region)
{
    value excuse = excused(f, rule);
    if (excuse.kind == V_UNKNOWN) {
        exceptions_note(c, f, rule, region);
    }
    return value_is(excuse, false);
}

static void lack_forecast(const facts *f, const gjc_node *when, bool lacks[LACKS_MAX])
{
    bool missing[MISSES_MAX] = {false}, any = false;
    if (when == NULL || expression_truth(f, when).kind != V_UNKNOWN) {
        return;
    }
    expression_missing(f, when, missing);
    for (int i = 0; i < f->p->field_count; i++) {
        lacks[i] = lacks[i] || missing[i];
        any = any || missing[i];
    }
    bool officer = missing[MISSES_OFFICER];
    lacks[LACKS_OFFICER] = lacks[LACKS_OFFICER] || officer;
    lacks[LACKS_RESULT] = lacks[LACKS_RESULT] || (!officer && !any);
}

bool plain_rule_would_bind(plain_case *c, const plain_rule *rule, int64_t at, bool lacks[LACKS_MAX])
{
    facts f = plain_facts(c, rule->region);
    const gjc_node *when = rule->says->kind == GJC_MUST ? plain_when(rule->says) : NULL;
    f.at = at;
    value asks = expression_truth(&f, when), excuse = excused(&f, rule);
    if (value_is(asks, false) || value_is(excuse, true)) {
        return false;
    }
    lack_forecast(&f, when, lacks);
    const gjc_node *except = gjc_node_find(rule->node, GJC_EXCEPT);
    for (; except != NULL; except = gjc_node_find_next(except)) {
        lack_forecast(&f, plain_when(except), lacks);
    }
    return value_is(asks, true) && value_is(excuse, false);
}

bool plain_rule_is_excused(plain_case *c, facts *f, const plain_rule *rule, int region)
{
    value excuse = excused(f, rule);
    if (excuse.kind == V_UNKNOWN) {
        exceptions_note(c, f, rule, region);
    }
    return value_is(excuse, true);
}

static void broken_note(plain_case *c, facts *f, const plain_rule *rule, int region)
{
    bool never = rule->says->kind == GJC_RULE_NEVER || rule->says->kind == GJC_MUST;
    const gjc_node *when = plain_when(rule->says), *body = gjc_node_find_expr(rule->says);
    reading of = {{never ? when : body, never ? NULL : when},
                  rule_words(rule),
                  rule->region,
                  f->action,
                  rule->name,
                  absent,
                  rule};
    plain_missing_note(c, &of, region);
}

/* The finding, where it is broken for certain and no exception holds; else NULL. */
static plain_found *broken_add(plain_case *c, facts *f, const plain_rule *rule, value broken,
                               int region)
{
    gj_code code = rule->says->kind == GJC_RULE_NEVER ? GJ_FORBIDDEN
                   : rule->says->kind == GJC_MUST     ? GJ_NOT_DONE
                                                      : GJ_RULE;
    value excuse = value_is(broken, false) ? value_number(true) : excused(f, rule);
    if (value_is(excuse, true)) {
        return NULL;
    }
    if (broken.kind == V_UNKNOWN) {
        broken_note(c, f, rule, region);
    }
    if (excuse.kind == V_UNKNOWN) {
        exceptions_note(c, f, rule, region);
    }
    if (broken.kind == V_UNKNOWN || excuse.kind == V_UNKNOWN) {
        return NULL;
    }
    plain_found *found = plain_found_add(c, code, (gj_severity)rule->severity, region, rule->name);
    found->broken = rule;
    found->condition = rule->says->kind == GJC_RULE_COUNT ? NULL : rule_words(rule);
    return found;
}

/* ---- counting ---- */

/* How often the act was done where the rule counts it. */
static int times_counted(const plain_case *c, const plain_rule *rule, int action)
{
    int own = plain_heard_in(c->p, rule->region, action), times = 0;
    for (int i = 0; own != 0 && i < c->p->region_count; i++) {
        times += plain_is_within(c->p, i, own) ? c->region_times[i][action] : 0;
    }
    return own == 0 ? c->times[action] : times;
}

bool plain_rule_counts_each(const plain_rule *rule)
{
    return rule->says->kind == GJC_RULE_COUNT && gjc_node_find(rule->says, GJC_PER) != NULL;
}

int plain_rule_times(const plain_case *c, const plain_rule *rule)
{
    bool counts = rule->says->kind == GJC_MUST || rule->says->kind == GJC_RULE_COUNT;
    return counts ? times_counted(c, rule, plain_find_action(c->p, gjc_node_name(rule->says))) : 0;
}

static void times_note(plain_case *c, const plain_rule *rule, int times, int region)
{
    facts f = plain_facts(c, rule->region);
    plain_found *found = broken_add(c, &f, rule, value_number(true), region);
    if (found != NULL) {
        found->times = times;
        found->times_allowed = (int)rule->says->value2;
    }
}

static void count_check(plain_case *c, const plain_rule *rule, int region)
{
    int times = times_counted(c, rule, c->action) + 1;
    if (rule->says->value != GJC_BOUND_AT_LEAST && times > rule->says->value2) {
        times_note(c, rule, times, region);
    }
}

/* ---- duties ---- */

/* Once it is asked for; the condition says whether there is a duty at all. */
static void duty_check(plain_case *c, const plain_rule *rule, int region, int act)
{
    int action = plain_find_action(c->p, gjc_node_name(rule->says));
    if (times_counted(c, rule, action) > 0) {
        return;
    }
    facts f = plain_facts(c, rule->region);
    f.action = act;
    const gjc_node *when = plain_when(rule->says);
    value holds = when == NULL ? value_number(true) : expression_truth(&f, when);
    plain_found *found = broken_add(c, &f, rule, holds, region);
    if (found != NULL) {
        found->times_allowed = 1;
        found->acted = found->event != NULL ? found->who.post : NO;
        found->who = plain_who_owes(c->p, rule->duty, found->who);
        found->holders = (plain_holders){.posts = {rule->duty}, .count = 1};
        found->span.since = INT64_MIN;
        found->until = c->at;
    }
}

void plain_rules_end(plain_case *c, int region, int stage)
{
    bool is_void = gjc_node_find(c->p->stages[stage].node, GJC_FINAL_VOID) != NULL;
    for (int i = 0; !is_void && i < c->p->rule_count; i++) {
        const plain_rule *rule = &c->p->rules[i];
        int before = c->found_count;
        if (rule->region != region) {
            continue;
        }
        if (rule->says->kind == GJC_MUST && rule->awaited == NO) {
            duty_check(c, rule, region, NO);
        } else if (rule->says->kind == GJC_RULE_COUNT && !plain_rule_counts_each(rule) &&
                   rule->says->value != GJC_BOUND_AT_MOST) {
            int times = times_counted(c, rule, plain_find_action(c->p, gjc_node_name(rule->says)));
            if (times < rule->says->value2) {
                times_note(c, rule, times, region);
            }
        }
        for (int j = before; j < c->found_count; j++) {
            c->found[j].stage = stage;
        }
    }
    for (int i = 0; !is_void && i < c->p->rule_count; i++) {
        const plain_rule *rule = &c->p->rules[i];
        int before = c->found_count;
        if (rule->region == region && plain_rule_counts_each(rule)) {
            plain_tally_end(c, rule);
        }
        for (int j = before; j < c->found_count; j++) {
            c->found[j].stage = stage;
        }
    }
    if (!is_void) {
        plain_follow_end(c, region);
    }
}

/* ---- rules of an act ---- */

static void rule_check(plain_case *c, const plain_rule *rule, int region)
{
    facts f = plain_facts(c, rule->region);
    f.action = rule_act_count(rule) == 1 ? c->action : NO;
    if (rule->says->kind == GJC_MUST) {
        duty_check(c, rule, region, c->action);
    } else if (rule->says->kind == GJC_RULE_COUNT) {
        count_check(c, rule, region);
    } else if (rule->says->kind == GJC_RULE_NEVER) {
        broken_add(c, &f, rule, expression_truth(&f, plain_when(rule->says)), region);
    } else {
        value holds = required(&f, rule);
        value broken = holds.kind == V_UNKNOWN ? holds : value_number(!holds.number);
        broken_add(c, &f, rule, broken, region);
    }
}

void plain_rules_check(plain_case *c, int region, int heard_in)
{
    for (int i = 0; i < c->p->rule_count; i++) {
        const plain_rule *rule = &c->p->rules[i];
        if (rule_is_about(c, rule, c->action) &&
            plain_is_heard(c->p, rule->region, c->action, heard_in)) {
            rule_check(c, rule, region);
        }
    }
    plain_relations_check(c, region, heard_in);
}
