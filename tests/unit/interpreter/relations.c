/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules that relate acts: what an act is to each of them. */
#include "unit/interpreter/counts.h"
#include "unit/interpreter/pairs.h"

/* ---- what an act is to a rule ---- */

/* Of `A when E or B`, the conditions under which the action stands there; whether it does. */
static bool stands_in(const gjc_node *points, gj_text action, const gjc_node **when)
{
    const gjc_node *one = points == NULL ? NULL : gjc_node_find(points, GJC_TRIGGER);
    for (; one != NULL; one = gjc_node_find_next(one)) {
        if (gjb_text_equal(gjc_node_find(one, GJC_PATH)->text, action)) {
            *when = plain_when(one);
            return true;
        }
    }
    return false;
}

static bool is_act(const gjc_node *act, gj_text action, const gjc_node **when)
{
    *when = plain_when(act);
    return gjb_text_equal(gjc_node_name(act), action);
}

/* Whether the action has the role, and under which condition. */
static bool has_role(const plain_rule *rule, plain_role role, gj_text action, const gjc_node **when)
{
    const gjc_node *says = rule->says, *act = gjc_node_find(says, GJC_ACT);
    *when = NULL;
    switch ((int)says->kind) {
    case GJC_RULE_FOLLOWED:
        return (role == ROLE_FIRST && is_act(act, action, when)) ||
               (role == ROLE_SECOND && is_act(gjc_node_find_next(act), action, when));
    case GJC_RULE_PRECEDED:
        return (role == ROLE_SECOND && is_act(act, action, when)) ||
               (role == ROLE_FIRST && is_act(gjc_node_find_next(act), action, when));
    case GJC_RULE_AFTER_NEVER:
    case GJC_RULE_BETWEEN_NEVER:
        return (role == ROLE_FIRST && stands_in(gjc_node_find(says, GJC_FROM), action, when)) ||
               (role == ROLE_SECOND &&
                stands_in(
                    gjc_node_find(says, says->kind == GJC_RULE_BETWEEN_NEVER ? GJC_TO : GJC_UNTIL),
                    action, when)) ||
               (role == ROLE_BARRED && plain_is_listed(plain_rule_acts(rule), action));
    case GJC_RULE_COUNT:
        return role == ROLE_ONE_OF && gjb_text_equal(gjc_node_name(says), action);
    default:
        return role == ROLE_ONE_OF && plain_is_listed(plain_rule_acts(rule), action);
    }
}

static bool relates(const plain_rule *rule)
{
    return rule->says->kind != GJC_RULE_REQUIRE && rule->says->kind != GJC_RULE_NEVER &&
           (rule->says->kind != GJC_RULE_COUNT || plain_rule_counts_each(rule)) &&
           rule->says->kind != GJC_MUST;
}

/* Of a rule that keeps posts apart: whether the act at hand is of one of them, whatever it is. */
static bool is_of_posts(const plain_case *c, const plain_rule *rule)
{
    int post = c->event == NULL ? NO : plain_who_told(c).post;
    for (int i = 0; post != NO && i < rule->post_count; i++) {
        if (rule->posts[i] == post) {
            return true;
        }
    }
    return false;
}

/* ---- an act ---- */

static bool is_heard(const plain_case *c, const plain_rule *rule, int heard_in)
{
    return relates(rule) && plain_is_heard(c->p, rule->region, c->action, heard_in);
}

static void judge(plain_case *c, const plain_rule *rule, plain_role role, const gjc_node *when,
                  int region)
{
    bool bars =
        plain_rule_is(rule, GJC_RULE_AFTER_NEVER) || plain_rule_is(rule, GJC_RULE_BETWEEN_NEVER);
    if (role == ROLE_FIRST || (role == ROLE_SECOND && !plain_rule_is(rule, GJC_RULE_PRECEDED)) ||
        !plain_trace_counts(c, rule, when, region)) {
        return;
    }
    if (role == ROLE_SECOND) {
        plain_pairs_precede(c, rule, region);
    } else if (plain_rule_is(rule, GJC_RULE_COUNT)) {
        plain_counts_one_more(c, rule, region);
    } else if (role == ROLE_ONE_OF) {
        plain_pairs_equal(c, rule, region);
    } else if (bars && plain_rule_is(rule, GJC_RULE_AFTER_NEVER)) {
        plain_pairs_bar(c, rule, region);
    } else {
        plain_pairs_keep_barred(c, rule, region);
    }
}

typedef void telling(plain_case *c, const plain_rule *rule, plain_role role, const gjc_node *when,
                     int region);

/* Tells every rule that hears of the act at hand what the act is to it, role by role. */
static void roles_tell(plain_case *c, int region, int heard_in, const plain_role order[3],
                       telling *tell)
{
    gj_text action = c->p->actions[c->action].label.name;
    const gjc_node *when;
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < c->p->rule_count; j++) {
            const plain_rule *rule = &c->p->rules[j];
            bool posts = plain_rule_is(rule, GJC_RULE_SEPARATE_POSTS);
            bool plays = posts ? order[i] == ROLE_ONE_OF && is_of_posts(c, rule)
                               : has_role(rule, order[i], action, &when);
            when = posts ? NULL : when;
            if (is_heard(c, rule, heard_in) && plays) {
                tell(c, rule, order[i], when, region);
            }
        }
    }
}

void plain_relations_check(plain_case *c, int region, int heard_in)
{
    static const plain_role order[] = {ROLE_SECOND, ROLE_BARRED, ROLE_ONE_OF};
    roles_tell(c, region, heard_in, order, judge);
}

bool plain_is_through(const plain_case *c, int region)
{
    bool through = c->closed_at != INT64_MAX;
    for (; region != 0; region = c->p->regions[region].outer) {
        through = through || c->through[region];
    }
    return through;
}

static void hear(plain_case *c, const plain_rule *rule, plain_role role, const gjc_node *when,
                 int region)
{
    bool follows = plain_rule_is(rule, GJC_RULE_FOLLOWED),
         precedes = plain_rule_is(rule, GJC_RULE_PRECEDED);
    if (role == ROLE_SECOND && follows) {
        plain_pairs_follow(c, rule, when, region);
        plain_pairs_end_doubts(c, rule, when);
        return;
    }
    if (role == ROLE_SECOND && precedes) {
        return;
    }
    bool first = role == ROLE_FIRST && follows;
    if (role == ROLE_FIRST && precedes) {
        plain_pairs_keep_precedent(c, rule, when, region);
        return;
    }
    if (first && plain_is_through(c, rule->region)) {
        return;
    }
    if (first ? !plain_pairs_is_first(c, rule, when, region)
              : !plain_trace_counts(c, rule, when, region)) {
        return;
    }
    if (role == ROLE_SECOND) {
        plain_pairs_end(c, rule, region);
    } else if (follows) {
        (void)plain_trace_remember(c, rule, ROLE_FIRST, region);
    } else if (plain_rule_is(rule, GJC_RULE_COUNT)) {
        plain_counts_add(c, rule, region);
    } else if (role == ROLE_ONE_OF) {
        plain_pairs_keep_equal(c, rule, region);
    } else if (plain_trace_tells_key(c, rule, region) &&
               plain_pairs_begun(c, rule, plain_trace_key(c, rule)) == NULL) {
        (void)plain_trace_remember(c, rule, role, region);
    }
}

void plain_relations_hear(plain_case *c, int region, int heard_in)
{
    static const plain_role order[] = {ROLE_SECOND, ROLE_FIRST, ROLE_ONE_OF};
    roles_tell(c, region, heard_in, order, hear);
}

void plain_relations_forget(plain_case *c, int branch)
{
    for (int i = 0; i < c->p->rule_count; i++) {
        for (int j = 0; c->p->rules[i].region == branch && j < c->traces[i].count; j++) {
            c->traces[i].acts[j].gone =
                c->traces[i].acts[j].gone || c->traces[i].acts[j].found == NO;
        }
    }
}
