/* SPDX-License-Identifier: Apache-2.0
 *
 * What an act means where it goes: its clause, who may, how often, with which papers, and rules. */
#include "unit/interpreter/case.h"

#include "unit/interpreter/days.h"

#include <assert.h>

static const gj_text absent = {NULL, 0};

/* ---- the clause taken ---- */

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
        value holds = expression_truth(&f, plain_when(on->node));
        if (value_is(holds, true)) {
            return on;
        }
        first = first == NULL ? on : first;
        if (holds.kind == V_UNKNOWN) {
            reading of = {{plain_when(on->node), NULL},
                          plain_when(on->node),
                          region,
                          c->action,
                          name,
                          absent,
                          NULL};
            plain_missing_note(c, &of, region);
            unknown = unknown == NULL ? on : unknown;
        }
    }
    if (unknown == NULL) {
        plain_found *f = plain_found_add(c, GJ_CONDITION_UNMET, GJ_YELLOW, region, name);
        f->condition = plain_when(first->node);
    }
    return unknown != NULL ? unknown : first;
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

static bool is_required(plain_case *c, int document, bool listed, int region)
{
    const plain_document *row = &c->p->documents[document];
    const gjc_node *required = gjc_node_find(row->node, GJC_REQUIRED);
    if (required == NULL) {
        return listed;
    }
    facts f = plain_facts(c, 0);
    value holds = expression_truth(&f, plain_when(required));
    if (holds.kind == V_UNKNOWN && !c->documents[document]) {
        reading of = {{plain_when(required), NULL},
                      plain_when(required),
                      0,
                      NO,
                      row->label.name,
                      absent,
                      NULL};
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
        if (is_required(c, i, plain_is_listed(needs, c->p->documents[i].label.name), region) &&
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
static const plain_on *here_judge(plain_case *c, int region, int heard_in)
{
    const plain_on *on = clause_find(c, region);
    plain_grants_check(c, on, region, heard_in);
    times_check(c, on, region);
    documents_check(c, on, region);
    return on;
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
        plain_limits_hear(c, (plain_trigger){ON_ACT, on->action, NULL},
                          c->p->stages[on->stage].region, false);
        standing_go(c->p, &c->standing, on->target, &way);
        plain_limits_pass(c, &way, false);
    }
}

/* ---- doing it ---- */

/* Who did it, each once; by law nobody does. */
static void officer_add(plain_case *c)
{
    int *count = &c->officers[c->action];
    bool before = false, told = c->event->officer.size > 0;
    c->untold[c->action] = c->untold[c->action] || !told;
    for (int i = 0; i < *count; i++) {
        before = before || gjb_text_equal(c->crews[c->action][i], c->event->officer);
    }
    if (!told || (!before && *count == CREW_MAX)) {
        *count = NO;
    } else if (*count != NO && !before) {
        c->crews[c->action][(*count)++] = c->event->officer;
    }
}

static void count_done(plain_case *c, int region)
{
    c->times[c->action]++;
    if (c->event != NULL) {
        officer_add(c);
    }
    c->last_day[c->action] = plain_day_of(&c->p->calendar, c->as_of);
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

void plain_act_hear(plain_case *c, int region, int heard_in)
{
    count_done(c, region);
    plain_terms_hear_act(c, c->action);
    plain_limits_hear(c, (plain_trigger){ON_ACT, c->action, NULL}, heard_in, true);
    plain_relations_hear(c, region, heard_in);
}

static bool has_effects(const plain *p)
{
    for (int i = 0; i < p->limit_count; i++) {
        if (p->limits[i].effect_count > 0) {
            return true;
        }
    }
    return false;
}

/* What the law does because of what the act sets comes after the act. */
static void act_do(plain_case *c, const plain_on *on, int region, int heard_in)
{
    c->law_waits = has_effects(c->p);
    if (on != NULL) {
        plain_data_set(c, on, region);
    }
    plain_act_hear(c, region, heard_in);
    if (on != NULL && on->target != NO) {
        passage way = {.count = 0};
        standing_go(c->p, &c->standing, on->target, &way);
        plain_limits_pass(c, &way, true);
    }
    if (c->law_waits) {
        c->law_waits = false;
        plain_limits_pass_time(c, c->clock);
    }
}

void plain_act(plain_case *c)
{
    if (c->action == NO) {
        plain_found_add(c, GJ_UNKNOWN_ACTION, GJ_NOTICE, 0, c->event->action);
        return;
    }
    route r = plain_route(c);
    if (plain_is_acknowledged(c, &r)) {
        return;
    }
    int heard_in = r.region, region = r.region == NO ? 0 : r.region;
    const plain_on *on = NULL;
    plain_passing_act(c, heard_in);
    switch (r.bearing) {
    case HERE:
        on = here_judge(c, region, heard_in);
        break;
    case AHEAD:
        way_pass(c, &r);
        region = heard_in = r.way_region;
        on = here_judge(c, region, heard_in);
        break;
    case BEHIND:
        behind_note(c, region);
        break;
    case CLOSED:
        plain_found_add(c, GJ_AFTER_CLOSE, GJ_YELLOW, region, c->p->actions[c->action].label.name);
        break;
    case FREE:
        plain_grants_check(c, NULL, region, heard_in);
        break;
    case RECORDED:
        break;
    }
    if (r.bearing != RECORDED) {
        plain_nevers_check(c, region, heard_in);
        plain_rules_check(c, region, heard_in);
    }
    act_do(c, on, region, heard_in);
}
