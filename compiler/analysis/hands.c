/* SPDX-License-Identifier: Apache-2.0
 *
 * See hands.h. */
#include "analysis/hands.h"

#include "analysis/grants.h"

static bool is_certain(const gjc_rule *rule)
{
    return rule->region == 0 && rule->exception_count == 0 && !rule->is_unclear;
}

bool gjc_hands_join(const gjc_rule *rule)
{
    return rule->kind == GJR_RULE_JOIN && is_certain(rule);
}

bool gjc_hands_separate(const gjc_rule *rule)
{
    return (rule->kind == GJR_RULE_SEPARATE || rule->kind == GJR_RULE_SEPARATE_POSTS) &&
           is_certain(rule);
}

static bool has_act(const gjc_rule *rule, uint32_t action)
{
    uint32_t i = 0;
    while (i < rule->role_count && rule->roles[i].action != action)
        i++;
    return i < rule->role_count;
}

static bool has_post(const gjc_rule *rule, uint32_t post)
{
    uint32_t i = 0;
    while (i < rule->role_count && rule->roles[i].post != post)
        i++;
    return i < rule->role_count;
}

/* What the law deems done, nobody does. */
static bool is_by_law(const gjc_graph *graph, uint32_t action)
{
    uint32_t i = 0;
    while (i < graph->consequence_count && graph->consequences[i].effect->action != action)
        i++;
    return i < graph->consequence_count;
}

/* ---- posts ---- */

static bool is_granted(const gjc_model *model, uint32_t post, uint32_t action)
{
    bool granted = false;
    for (uint32_t i = 0; i < model->transition_count; i++) {
        const gjc_transition *t = &model->transitions[i];
        for (uint32_t j = 0; t->action == action && j < t->post_count; j++)
            granted = granted || t->posts[j] == post;
    }
    for (uint32_t i = 0; i < model->power_count; i++) {
        const gjc_power *power = &model->powers[i];
        granted = granted ||
                  (power->kind == GJR_POWER_MAY && power->action == action && power->post == post);
    }
    return granted && !gjc_grants_forbid(model, post, action);
}

/* In some stage whoever likes may do it. */
static bool is_open(const gjc_model *model, uint32_t action)
{
    for (uint32_t i = 0; i < model->transition_count; i++)
        if (model->transitions[i].action == action && model->transitions[i].post_count == 0)
            return true;
    return false;
}

/* Each of the posts that may do either act is one that the rule keeps apart from the others, and
 * none may do both. */
static bool are_posts_apart(const gjc_model *model, const gjc_rule *rule, uint32_t act,
                            uint32_t other)
{
    bool any = false, any_other = false;
    if (is_open(model, act) || is_open(model, other))
        return false;
    for (uint32_t i = 0; i < model->post_count; i++) {
        bool may = is_granted(model, i, act), may_other = is_granted(model, i, other);
        if ((may && may_other) || ((may || may_other) && !has_post(rule, i)))
            return false;
        any = any || may;
        any_other = any_other || may_other;
    }
    return any && any_other;
}

bool gjc_hands_are_apart(const gjc_graph *graph, const gjc_rule *rule, uint32_t act, uint32_t other)
{
    if (act == other || is_by_law(graph, act) || is_by_law(graph, other))
        return false;
    return rule->kind == GJR_RULE_SEPARATE ? has_act(rule, act) && has_act(rule, other)
                                           : are_posts_apart(graph->model, rule, act, other);
}

/* ---- chains ---- */

/* The acts of one officer, as far as they are known. */
typedef struct following {
    uint32_t *acts, *parents; /* a parent: which of the acts */
    const gjc_rule **rules;
    bool *is_known; /* by action */
    uint32_t count;
} following;

static void act_add(following *f, uint32_t action, uint32_t parent, const gjc_rule *rule)
{
    if (f->is_known[action])
        return;
    f->is_known[action] = true;
    f->acts[f->count] = action;
    f->parents[f->count] = parent;
    f->rules[f->count++] = rule;
}

static void act_follow(const gjc_graph *graph, following *f, uint32_t at)
{
    const gjc_model *model = graph->model;
    for (uint32_t i = 0; i < model->rule_count; i++) {
        const gjc_rule *rule = &model->rules[i];
        if (!gjc_hands_join(rule) || !has_act(rule, f->acts[at]))
            continue;
        for (uint32_t j = 0; j < rule->role_count; j++)
            if (!is_by_law(graph, rule->roles[j].action))
                act_add(f, rule->roles[j].action, at, rule);
    }
}

static bool chain_take(const following *f, uint32_t at, gjc_chain *found)
{
    found->count = 1;
    for (uint32_t i = at; i != 0; i = f->parents[i])
        found->count++;
    if (found->count > GJC_CHAIN_MAX)
        return false;
    uint32_t place = found->count;
    for (uint32_t i = at; place > 0; i = f->parents[i]) {
        found->acts[--place] = f->acts[i];
        if (place > 0)
            found->rules[place - 1] = f->rules[i];
    }
    return true;
}

bool gjc_hands_chain(const gjc_graph *graph, uint32_t act, uint32_t other, gjb_arena *arena,
                     gjc_chain *found)
{
    uint32_t most = graph->model->action_count;
    following f = {
        .acts = gjb_arena_make(arena, most, sizeof *f.acts),
        .parents = gjb_arena_make(arena, most, sizeof *f.parents),
        .rules = gjb_arena_make(arena, most, sizeof *f.rules),
        .is_known = gjb_arena_make(arena, most, sizeof *f.is_known),
    };
    if (f.acts == NULL || f.parents == NULL || f.rules == NULL || f.is_known == NULL)
        return false;
    act_add(&f, act, 0, NULL);
    for (uint32_t at = 0; at < f.count; at++) {
        if (f.acts[at] == other)
            return at > 0 && chain_take(&f, at, found);
        act_follow(graph, &f, at);
    }
    return false;
}

/* ---- one post for both ---- */

/* The next of the rule's acts, from the i-th on, that the post may do; GJC_NO_INDEX: none. */
static uint32_t granted_find(const gjc_graph *graph, const gjc_rule *rule, uint32_t post,
                             uint32_t *i)
{
    while (*i < rule->role_count) {
        uint32_t action = rule->roles[(*i)++].action;
        if (!is_by_law(graph, action) && is_granted(graph->model, post, action))
            return action;
    }
    return GJC_NO_INDEX;
}

static void post_check(const gjc_graph *graph, const gjc_rule *rule, uint32_t post,
                       gjc_diag_list *diags)
{
    const gjc_model *model = graph->model;
    uint32_t i = 0, one = granted_find(graph, rule, post, &i);
    uint32_t other = one == GJC_NO_INDEX ? one : granted_find(graph, rule, post, &i);
    if (other == GJC_NO_INDEX)
        return;
    gjc_diag *diag = gjc_diag_add(diags, GJC_W0711, rule->label.span,
                                  gjc_arg_text(model->posts[post].label.name),
                                  gjc_arg_text(model->actions[one].label.name));
    diag->args[2] = gjc_arg_text(model->actions[other].label.name);
}

void gjc_hands_check(const gjc_graph *graph, gjc_diag_list *diags)
{
    const gjc_model *model = graph->model;
    for (uint32_t i = 0; i < model->rule_count; i++)
        for (uint32_t j = 0; model->rules[i].kind == GJR_RULE_SEPARATE && j < model->post_count;
             j++)
            post_check(graph, &model->rules[i], j, diags);
}
