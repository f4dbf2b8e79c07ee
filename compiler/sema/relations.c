/* SPDX-License-Identifier: Apache-2.0
 *
 * See relations.h. */
#include "sema/relations.h"

#include "base/text.h"
#include "sema/actions.h"
#include "sema/citations.h"
#include "sema/durations.h"
#include "sema/expressions.h"
#include "sema/keys.h"
#include "sema/limits.h"
#include "sema/posts.h"

typedef struct relating {
    gjc_sema *sema;
    gjc_rule *rule;
    gjc_role *roles;
} relating;

/* ---- roles ---- */

static void role_add(relating *with, gjc_role role)
{
    if (role.action != GJC_NO_INDEX)
        with->roles[with->rule->role_count++] = role;
}

/* `A [when E]`. */
static void act_add(relating *with, const gjc_node *act, gjr_role_kind kind)
{
    gjc_sema *sema = with->sema;
    gjc_role role = {.span = act->span,
                     .kind = kind,
                     .post = GJC_NO_INDEX,
                     .action = gjc_actions_get(sema, gjc_node_name(act), gjc_node_name_span(act))};
    sema->action = role.action;
    bool follows = with->rule->kind == GJR_RULE_FOLLOWED && kind == GJR_ROLE_SECOND;
    sema->first_of = follows && with->rule->role_count > 0 ? with->rule : NULL;
    role.when = gjc_expr_resolve_when(sema, act);
    sema->first_of = NULL;
    sema->action = GJC_NO_INDEX;
    with->rule->is_unclear |= role.when == NULL && gjc_node_find(act, GJC_WHEN) != NULL;
    role_add(with, role);
}

/* `A or B`, acts all. */
static void points_add(relating *with, const gjc_node *points, gjr_role_kind kind)
{
    uint32_t count = 0;
    gjc_trigger *triggers = points == NULL ? NULL : gjc_limits_triggers(with->sema, points, &count);
    for (uint32_t i = 0; triggers != NULL && i < count; i++) {
        if (triggers[i].kind != GJR_TRIGGER_ACTION) {
            gjc_diag_add(with->sema->diags, GJC_E0711, triggers[i].span, gjc_arg_none(),
                         gjc_arg_none());
            with->rule->is_unclear = true;
            continue;
        }
        role_add(with, (gjc_role){.span = triggers[i].span,
                                  .kind = kind,
                                  .post = GJC_NO_INDEX,
                                  .action = triggers[i].target,
                                  .when = triggers[i].when});
    }
}

/* Each name once. */
static void names_add(relating *with, const gjc_node *acts, gjr_role_kind kind)
{
    const gjc_node *name = gjc_node_find(acts, GJC_NAME);
    uint32_t first = with->rule->role_count;
    for (; name != NULL; name = gjc_node_find_next(name)) {
        gjc_role role = {.span = name->span,
                         .kind = kind,
                         .post = GJC_NO_INDEX,
                         .action = gjc_actions_get(with->sema, name->text, name->span)};
        bool twice = false;
        for (uint32_t i = first; i < with->rule->role_count; i++)
            twice = twice || with->roles[i].action == role.action;
        if (!twice)
            role_add(with, role);
    }
}

/* ---- how long ---- */

static void rolls_take(gjc_sema *sema, gjc_rule *rule, gjc_span span)
{
    gjr_unit unit = rule->length.unit;
    bool days = unit == GJR_UNIT_DAYS || unit == GJR_UNIT_MONTHS || unit == GJR_UNIT_YEARS;
    bool has_calendar = gjb_text_is_present(sema->model->calendar);
    if (days && !has_calendar && rule->length.amount > 0)
        gjc_diag_add(sema->diags, GJC_W0602, span, gjc_arg_none(), gjc_arg_none());
    rule->rolls = days && has_calendar && rule->length.amount > 0;
}

static void length_take(relating *with, const gjc_node *node, const gjc_node *clause)
{
    const gjc_node *duration = clause == NULL ? NULL : gjc_node_find(clause, GJC_DURATION);
    if (duration == NULL)
        return;
    with->rule->length = gjc_durations_length(with->sema, duration);
    with->rule->is_unclear |= with->rule->length.amount == 0;
    gjc_citations_check_unit(with->sema, node, duration);
    if (with->rule->kind == GJR_RULE_FOLLOWED)
        rolls_take(with->sema, with->rule, duration->span);
}

/* ---- the kinds ---- */

static void followed_take(relating *with, const gjc_node *rule, const gjc_node *node)
{
    const gjc_node *every = gjc_node_find(node, GJC_ACT);
    act_add(with, every, GJR_ROLE_FIRST);
    act_add(with, gjc_node_find_next(every), GJR_ROLE_SECOND);
    length_take(with, rule, gjc_node_find(node, GJC_WITHIN));
}

static void preceded_take(relating *with, const gjc_node *rule, const gjc_node *node)
{
    const gjc_node *every = gjc_node_find(node, GJC_ACT);
    const gjc_node *least = gjc_node_find(node, GJC_AT_LEAST);
    act_add(with, gjc_node_find_next(every), GJR_ROLE_FIRST);
    act_add(with, every, GJR_ROLE_SECOND);
    with->rule->is_least = least != NULL;
    length_take(with, rule, least != NULL ? least : gjc_node_find(node, GJC_WITHIN));
}

static void barred_take(relating *with, const gjc_node *rule, const gjc_node *node)
{
    (void)rule;
    const gjc_node *end =
        gjc_node_find(node, node->kind == GJC_RULE_AFTER_NEVER ? GJC_UNTIL : GJC_TO);
    points_add(with, gjc_node_find(node, GJC_FROM), GJR_ROLE_FIRST);
    names_add(with, gjc_node_find(node, GJC_ACTS), GJR_ROLE_BARRED);
    points_add(with, end, GJR_ROLE_SECOND);
    gjc_keys_resolve_rule(with->sema, node, with->rule);
}

/* What is said of two is said of none where there is but one. */
static void equals_take(relating *with, const gjc_node *rule, const gjc_node *node)
{
    (void)rule;
    names_add(with, gjc_node_find(node, GJC_ACTS), GJR_ROLE_ONE_OF);
    if (with->rule->role_count >= 2 || with->sema->out_of_memory)
        return;
    gjc_diag_add(with->sema->diags, GJC_E0712, node->span, gjc_arg_none(), gjc_arg_none());
    with->rule->is_unclear = true;
}

/* Each post once; its acts are known later. */
static void posts_take(relating *with, const gjc_node *rule, const gjc_node *node)
{
    (void)rule;
    gjc_rule *to = with->rule;
    for (const gjc_node *name = gjc_node_find(node, GJC_BY)->first; name != NULL;
         name = name->next) {
        uint32_t post = gjc_posts_find(with->sema, name);
        bool twice = post == GJC_NO_INDEX;
        for (uint32_t i = 0; i < to->role_count; i++)
            twice = twice || with->roles[i].post == post;
        if (!twice)
            with->roles[to->role_count++] = (gjc_role){
                .span = name->span, .kind = GJR_ROLE_ONE_OF, .action = GJC_NO_INDEX, .post = post};
        to->is_unclear |= post == GJC_NO_INDEX;
    }
    if (to->role_count >= 2 || to->is_unclear || with->sema->out_of_memory)
        return;
    gjc_diag_add(with->sema->diags, GJC_E0713, node->span, gjc_arg_none(), gjc_arg_none());
    to->is_unclear = true;
}

typedef struct form {
    gjc_kind node;
    gjr_rule_kind kind;
    void (*take)(relating *with, const gjc_node *rule, const gjc_node *node);
} form;

static const form forms[] = {
    {GJC_RULE_FOLLOWED, GJR_RULE_FOLLOWED, followed_take},
    {GJC_RULE_PRECEDED, GJR_RULE_PRECEDED, preceded_take},
    {GJC_RULE_AFTER_NEVER, GJR_RULE_AFTER_NEVER, barred_take},
    {GJC_RULE_BETWEEN_NEVER, GJR_RULE_BETWEEN_NEVER, barred_take},
    {GJC_RULE_NOT_BOTH, GJR_RULE_NOT_BOTH, equals_take},
    {GJC_RULE_SEPARATE, GJR_RULE_SEPARATE, equals_take},
    {GJC_RULE_JOIN, GJR_RULE_JOIN, equals_take},
    {GJC_RULE_SEPARATE_POSTS, GJR_RULE_SEPARATE_POSTS, posts_take},
};

/* Names and triggers below the node: no more roles can come of it. */
static size_t roles_max(const gjc_node *node)
{
    size_t count = 0;
    for (const gjc_node *part = node->first; part != NULL; part = part->next)
        count += 1 + gjc_node_child_count(part);
    return count;
}

bool gjc_relations_resolve(gjc_sema *sema, const gjc_node *node, gjc_rule *rule)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const gjc_node *says = gjc_node_find(node, forms[i].node);
        if (says == NULL)
            continue;
        relating with = {sema, rule, gjc_sema_make(sema, roles_max(says), sizeof *with.roles)};
        rule->kind = forms[i].kind;
        rule->roles = with.roles;
        if (with.roles == NULL)
            return false;
        forms[i].take(&with, node, says);
        if (rule->role_count > GJR_ROLES_MAX) {
            gjc_diag_add(sema->diags, GJC_E0714, says->span,
                         gjc_diag_number(sema->diags, GJR_ROLES_MAX), gjc_arg_none());
            rule->role_count = GJR_ROLES_MAX;
        }
        return true;
    }
    return false;
}

void gjc_relations_take_counted(gjc_sema *sema, const gjc_node *node, gjc_rule *rule)
{
    gjc_role *role = gjc_sema_make(sema, 1, sizeof *role);
    if (role == NULL || rule->counted == GJC_NO_INDEX)
        return;
    *role = (gjc_role){
        .span = node->span, .kind = GJR_ROLE_ONE_OF, .post = GJC_NO_INDEX, .action = rule->counted};
    rule->roles = role;
    rule->role_count = 1;
    gjc_keys_resolve_rule(sema, node, rule);
}

/* ---- posts ---- */

static void spread(gjc_sema *sema, gjc_rule *rule)
{
    uint32_t posts = rule->role_count, actions = sema->model->action_count;
    const gjc_role *of = rule->roles;
    if (posts * (uint64_t)actions > GJR_POST_ROLES_MAX) {
        gjc_diag_add(sema->diags, GJC_E0715, of[0].span, gjc_diag_number(sema->diags, posts),
                     gjc_diag_number(sema->diags, GJR_POST_ROLES_MAX / posts));
        return;
    }
    gjc_role *roles = gjc_sema_make(sema, (size_t)posts * actions, sizeof *roles);
    for (uint32_t i = 0; roles != NULL && i < posts * actions; i++) {
        roles[i] = of[i / actions];
        roles[i].action = i % actions;
    }
    rule->roles = roles;
    rule->role_count = roles == NULL ? 0 : posts * actions;
}

void gjc_relations_spread(gjc_sema *sema)
{
    for (uint32_t i = 0; i < sema->model->rule_count; i++)
        if (sema->model->rules[i].kind == GJR_RULE_SEPARATE_POSTS)
            spread(sema, &sema->model->rules[i]);
}

/* ---- what it comes to ---- */

/* What follows is missed at an instant at which nothing is done. */
uint32_t gjc_relations_judged(const gjc_rule *rule)
{
    gjr_role_kind kind = rule->kind == GJR_RULE_PRECEDED ? GJR_ROLE_SECOND : GJR_ROLE_BARRED;
    uint32_t action = GJC_NO_INDEX, count = 0;
    for (uint32_t i = 0; rule->kind != GJR_RULE_FOLLOWED && i < rule->role_count; i++) {
        if (rule->roles[i].kind == kind) {
            action = rule->roles[i].action;
            count++;
        }
    }
    return count == 1 ? action : GJC_NO_INDEX;
}

uint32_t gjc_relations_held(const gjc_rule *rule)
{
    bool one = rule->kind == GJR_RULE_PRECEDED ||
               (rule->kind == GJR_RULE_AFTER_NEVER && !gjb_text_is_present(rule->per));
    return one ? 1 : rule->kind == GJR_RULE_NOT_BOTH ? rule->role_count : GJC_HELD_DEFAULT;
}
