/* SPDX-License-Identifier: Apache-2.0
 *
 * What an act means where it goes: its clause, who may, how often, with which papers, and rules. */
#include "unit/interpreter/case.h"

#include "unit/interpreter/days.h"

#include <assert.h>

static const gj_text absent = {NULL, 0};

/* ---- the clause taken ---- */

static const gjc_node *when_of(const gjc_node *clause)
{
    return gjc_node_find_expr(gjc_node_find(clause, GJC_WHEN));
}

static const plain_on *clause_find(plain_case *c, int region)
{
    const plain_on *first = NULL, *unknown = NULL;
    gj_text name = c->p->actions[c->action].label.name;
    for (int i = 0; i < c->p->on_count; i++) {
        const plain_on *on = &c->p->ons[i];
        if (on->action != c->action || on->stage != c->standing.at[region]) {
            continue;
        }
        facts f = plain_facts(c, region);
        f.action = c->action;
        value holds = expression_truth(&f, when_of(on->node));
        if (value_is(holds, true)) {
            return on;
        }
        first = first == NULL ? on : first;
        if (holds.kind == V_UNKNOWN) {
            reading of = {{when_of(on->node), NULL}, region, c->action, name, absent};
            plain_missing_note(c, &of, region);
            unknown = unknown == NULL ? on : unknown;
        }
    }
    if (unknown == NULL) {
        plain_found_add(c, GJ_CONDITION_UNMET, GJ_YELLOW, region, name);
    }
    return unknown != NULL ? unknown : first;
}

/* ---- who ---- */

/* Posts told without a department are all of that name. */
static bool may_be(const plain_case *c, int post)
{
    const plain_post *row = &c->p->posts[post];
    if (post == plain_post_told(c)) {
        return true;
    }
    return c->event->department.bytes == NULL && row->department != NO &&
           plain_answers(&row->label, c->event->post);
}

static void post_check(plain_case *c, const plain_on *on, int region)
{
    int told = plain_post_told(c);
    for (int i = 0; i < on->post_count; i++) {
        if (may_be(c, on->posts[i])) {
            return;
        }
    }
    if (on->post_count == 0) {
        return;
    }
    if (c->event->post.size == 0) {
        plain_found_add(c, GJ_MISSING_DATA, GJ_NOTICE, region, gjb_text_of("post"));
        return;
    }
    plain_found_add(c, GJ_UNAUTHORISED, GJ_YELLOW, region,
                    told == NO ? c->event->post : c->p->posts[told].label.name);
}

/* ---- how often ---- */

static void times_check(plain_case *c, const plain_on *on, int region)
{
    const gjc_node *most = gjc_node_find(on->node, GJC_AT_MOST_TIMES);
    int times = c->region_times[region][c->action];
    if (most != NULL && times >= most->value) {
        plain_found *f =
            plain_found_add(c, GJ_REPEATED, GJ_YELLOW, region, c->p->actions[c->action].label.name);
        f->times = times + 1;
        f->times_allowed = (int)most->value;
    }
}

/* ---- papers ---- */

static bool is_listed(const gjc_node *needs, gj_text name)
{
    const gjc_node *one = gjc_node_find(needs, GJC_NAME);
    while (one != NULL && !gjb_text_equal(one->text, name)) {
        one = gjc_node_find_next(one);
    }
    return one != NULL;
}

static bool is_required(plain_case *c, int document, bool listed, int region)
{
    const plain_document *row = &c->p->documents[document];
    const gjc_node *required = gjc_node_find(row->node, GJC_REQUIRED);
    if (required == NULL) {
        return listed;
    }
    facts f = plain_facts(c, 0);
    value holds = expression_truth(&f, when_of(required));
    if (holds.kind == V_UNKNOWN && !c->documents[document]) {
        reading of = {{when_of(required), NULL}, 0, NO, row->label.name, absent};
        plain_missing_note(c, &of, region);
    }
    return value_is(holds, true);
}

static void documents_check(plain_case *c, const plain_on *on, int region)
{
    const gjc_node *needs = gjc_node_find(on->node, GJC_NEEDS);
    bool all = gjc_node_find(needs, GJC_ALL_DOCUMENTS) != NULL, missing[DOCUMENTS_MAX] = {false};
    int first = NO;
    for (const gjc_node *one = needs == NULL ? NULL : needs->first; one != NULL && !all;
         one = one->next) {
        for (int i = 0; i < c->p->document_count; i++) {
            if (gjb_text_equal(c->p->documents[i].label.name, one->text) &&
                is_required(c, i, true, region) && !c->documents[i]) {
                missing[i] = true;
                first = first == NO ? i : first;
            }
        }
    }
    for (int i = 0; all && i < c->p->document_count; i++) {
        if (is_required(c, i, is_listed(needs, c->p->documents[i].label.name), region) &&
            !c->documents[i]) {
            missing[i] = true;
            first = first == NO ? i : first;
        }
    }
    if (first != NO) {
        plain_found *f = plain_found_add(c, GJ_MISSING_DOCUMENT, GJ_YELLOW, region,
                                         c->p->documents[first].label.name);
        for (int i = 0; i < DOCUMENTS_MAX; i++) {
            f->missing[i] = missing[i];
        }
    }
}

/* The clause that the case takes from where it stands now. */
static const plain_on *here_judge(plain_case *c, int region)
{
    const plain_on *on = clause_find(c, region);
    post_check(c, on, region);
    times_check(c, on, region);
    documents_check(c, on, region);
    return on;
}

/* ---- rules ---- */

static bool rule_is_about(const plain_rule *rule, gj_text action)
{
    if (rule->says->kind == GJC_RULE_REQUIRE) {
        return gjb_text_equal(gjc_node_name(rule->says), action);
    }
    return is_listed(gjc_node_find(rule->says, GJC_ACTS), action);
}

static int rule_act_count(const plain_rule *rule)
{
    return rule->says->kind == GJC_RULE_REQUIRE
               ? 1
               : (int)gjc_node_count(gjc_node_find(rule->says, GJC_ACTS), GJC_NAME);
}

/* In a branch it is about acts done there; about one that no branch around it has, wherever. */
static bool rule_hears(const plain_case *c, const plain_rule *rule, int region)
{
    int own = rule->region;
    while (own != 0 && !plain_region_holds(c->p, own, c->action)) {
        own = c->p->regions[own].outer;
    }
    return own == 0 || region == NO || plain_is_within(c->p, region, own);
}

/* The requirement holds where its `when` is false. */
static value required(facts *f, const plain_rule *rule)
{
    value when = expression_truth(f, when_of(rule->says));
    value holds = expression_truth(f, gjc_node_find_expr(rule->says));
    if (value_is(when, false) || value_is(holds, true)) {
        return value_number(true);
    }
    return when.kind == V_UNKNOWN ? when : holds;
}

static void rule_check(plain_case *c, const plain_rule *rule, int region)
{
    bool never = rule->says->kind == GJC_RULE_NEVER;
    facts f = plain_facts(c, rule->region);
    f.action = rule_act_count(rule) == 1 ? c->action : NO;
    value holds = never ? expression_truth(&f, when_of(rule->says)) : required(&f, rule);
    if (holds.kind == V_UNKNOWN) {
        const gjc_node *when = when_of(rule->says), *body = gjc_node_find_expr(rule->says);
        reading of = {
            {never ? when : body, never ? NULL : when}, rule->region, f.action, rule->name, absent};
        plain_missing_note(c, &of, region);
    } else if (value_is(holds, never)) {
        plain_found_add(c, never ? GJ_FORBIDDEN : GJ_RULE, (gj_severity)rule->severity, region,
                        rule->name);
    }
}

/* ---- order ---- */

/* How often it was done where it goes: in the branch, or in all where that leaves it to others. */
static int times_before(const plain_case *c, int region)
{
    return plain_region_has(c->p, region, c->action) ? c->region_times[region][c->action]
                                                     : c->times[c->action];
}

static void behind_note(plain_case *c, int region)
{
    int times = times_before(c, region);
    plain_found *f = plain_found_add(c, times > 0 ? GJ_REPEATED : GJ_OUT_OF_ORDER, GJ_YELLOW,
                                     region, c->p->actions[c->action].label.name);
    f->times = times > 0 ? times + 1 : 0;
}

/* The acts left out are passed: they start limits and end none. */
static void way_pass(plain_case *c, const route *r)
{
    plain_found *f = plain_found_add(c, GJ_SKIPPED_STEP, GJ_YELLOW, r->region,
                                     c->p->actions[c->action].label.name);
    f->way_count = r->way_count;
    for (int i = 0; i < r->way_count; i++) {
        const plain_on *on = &c->p->ons[r->way[i]];
        f->way[i] = r->way[i];
        f->times += c->region_times[c->p->stages[on->stage].region][on->action] > 0;
    }
    for (int i = 0; i < r->way_count; i++) {
        const plain_on *on = &c->p->ons[r->way[i]];
        passage way = {.count = 0};
        plain_limits_hear(c, (plain_trigger){ON_ACT, on->action}, c->p->stages[on->stage].region,
                          false);
        standing_take(c->p, &c->standing, on, &way);
        plain_limits_pass(c, &way, false);
    }
}

/* ---- doing it ---- */

static void count_done(plain_case *c, int region)
{
    c->times[c->action]++;
    c->last_day[c->action] = plain_day_of(&c->p->calendar, c->at);
    c->moment++;
    bool own = plain_region_has(c->p, region, c->action);
    for (int i = 0; c->p->actions[c->action].staged && i < c->p->region_count; i++) {
        if (own ? i == region
                : plain_is_within(c->p, i, region) && plain_region_has(c->p, i, c->action)) {
            c->region_times[i][c->action]++;
            c->region_done[i][c->action] = c->moment;
        }
    }
}

static void act_do(plain_case *c, const plain_on *on, int region, int heard_in)
{
    if (on != NULL) {
        plain_data_set(c, on, region);
    }
    count_done(c, region);
    plain_limits_hear(c, (plain_trigger){ON_ACT, c->action}, heard_in, true);
    if (on != NULL && on->target != NO) {
        passage way = {.count = 0};
        standing_take(c->p, &c->standing, on, &way);
        plain_limits_pass(c, &way, true);
    }
}

static void rules_check(plain_case *c, int region, int heard_in)
{
    for (int i = 0; i < c->p->rule_count; i++) {
        const plain_rule *rule = &c->p->rules[i];
        if (rule_is_about(rule, c->p->actions[c->action].label.name) &&
            rule_hears(c, rule, heard_in)) {
            rule_check(c, rule, region);
        }
    }
}

void plain_act(plain_case *c)
{
    if (c->action == NO) {
        plain_found_add(c, GJ_UNKNOWN_ACTION, GJ_NOTICE, 0, c->event->action);
        return;
    }
    route r = plain_route(c);
    int heard_in = r.region, region = r.region == NO ? 0 : r.region;
    const plain_on *on = NULL;
    switch (r.bearing) {
    case HERE:
        on = here_judge(c, region);
        break;
    case AHEAD:
        way_pass(c, &r);
        region = heard_in = r.way_region;
        on = here_judge(c, region);
        break;
    case BEHIND:
        behind_note(c, region);
        break;
    case CLOSED:
        plain_found_add(c, GJ_AFTER_CLOSE, GJ_YELLOW, region, c->p->actions[c->action].label.name);
        break;
    case RECORDED:
    case FREE:
        break;
    }
    if (r.bearing != RECORDED) {
        rules_check(c, region, heard_in);
    }
    act_do(c, on, region, heard_in);
}
