/* SPDX-License-Identifier: Apache-2.0
 *
 * See rules.h. */
#include "sema/rules.h"

#include "sema/actions.h"
#include "sema/citations.h"
#include "sema/expressions.h"
#include "sema/operations.h"
#include "sema/refusals.h"
#include "sema/regions.h"
#include "sema/relations.h"
#include "sema/types.h"
#include "syntax/make.h"

static void actions_resolve(gjc_sema *sema, const gjc_node *names, gjc_rule *rule)
{
    uint32_t *actions = gjc_sema_make(sema, gjc_node_count(names, GJC_NAME), sizeof *actions);
    if (actions == NULL)
        return;
    const gjc_node *name = gjc_node_find(names, GJC_NAME);
    for (; name != NULL; name = gjc_node_find_next(name)) {
        uint32_t action = gjc_actions_get(sema, name->text, name->span);
        bool twice = action == GJC_NO_INDEX;
        for (uint32_t i = 0; i < rule->action_count; i++)
            twice = twice || actions[i] == action;
        if (!twice)
            actions[rule->action_count++] = action;
    }
    rule->actions = actions;
}

/* The one action that the rule is about: its parameters may be spoken of. */
static uint32_t action_meant(const gjc_rule *rule)
{
    return rule->action_count == 1 ? rule->actions[0] : GJC_NO_INDEX;
}

/* The one action whose act the rule is broken by. */
static uint32_t action_judged(const gjc_rule *rule)
{
    if (gjr_rule_relates(rule->kind) && rule->counted == GJC_NO_INDEX)
        return gjc_relations_judged(rule);
    return rule->counted == GJC_NO_INDEX ? action_meant(rule) : GJC_NO_INDEX;
}

static void require_resolve(gjc_sema *sema, const gjc_node *node, gjc_rule *rule)
{
    rule->kind = GJR_RULE_REQUIRE;
    actions_resolve(sema, node, rule);
    const gjc_node *expr = gjc_node_find_expr(node);
    if (expr == NULL)
        return;
    sema->action = action_meant(rule);
    sema->may_ask = true;
    rule->condition = gjc_expr_resolve(sema, expr, gjc_type_of(GJR_TYPE_BOOL));
    if (gjc_node_find(node, GJC_WHEN) != NULL)
        rule->condition = gjc_expr_make_implication(sema, gjc_expr_resolve_when(sema, node),
                                                    rule->condition, node->span);
    sema->may_ask = false;
    sema->action = GJC_NO_INDEX;
}

static void never_resolve(gjc_sema *sema, const gjc_node *node, gjc_rule *rule)
{
    rule->kind = GJR_RULE_NEVER;
    actions_resolve(sema, gjc_node_find(node, GJC_ACTS), rule);
    sema->action = action_meant(rule);
    sema->may_ask = true;
    rule->condition = gjc_expr_resolve_when(sema, node);
    sema->may_ask = false;
    sema->action = GJC_NO_INDEX;
    rule->is_unclear = rule->condition == NULL && gjc_node_find(node, GJC_WHEN) != NULL;
}

static void count_resolve(gjc_sema *sema, const gjc_node *node, gjc_rule *rule)
{
    static const gjr_rule_kind kinds[][2] = {
        [GJC_BOUND_AT_MOST] = {GJR_RULE_AT_MOST, GJR_RULE_AT_MOST_EACH},
        [GJC_BOUND_AT_LEAST] = {GJR_RULE_AT_LEAST, GJR_RULE_AT_LEAST_EACH},
        [GJC_BOUND_EXACTLY] = {GJR_RULE_EXACTLY, GJR_RULE_EXACTLY_EACH},
    };
    bool each = gjc_node_find(node, GJC_PER) != NULL;
    rule->kind = kinds[node->value][each ? 1 : 0];
    rule->times = (uint32_t)node->value2; /* a whole number the grammar has bounded */
    rule->counts_span = node->span;
    actions_resolve(sema, node, rule);
    rule->counted = action_meant(rule);
    if (each)
        gjc_relations_take_counted(sema, node, rule);
    /* What counts for each key hears of the act by its role; `at least` is asked at the end. */
    if (each || rule->kind == GJR_RULE_AT_LEAST)
        rule->action_count = 0;
    rule->is_unclear = node->value2 < 1;
    if (rule->is_unclear)
        gjc_diag_add(sema->diags, GJC_E0704, node->span, gjc_arg_none(), gjc_arg_none());
}

static void exceptions_resolve(gjc_sema *sema, const gjc_node *node, gjc_rule *rule)
{
    size_t count = gjc_node_count(node, GJC_EXCEPT);
    gjc_exception *exceptions = gjc_sema_make(sema, count, sizeof *exceptions);
    if (exceptions == NULL)
        return;
    sema->action = action_judged(rule);
    sema->may_ask = !gjr_rule_relates(rule->kind); /* the others may be asked as time passes */
    const gjc_node *except = gjc_node_find(node, GJC_EXCEPT);
    for (; except != NULL; except = gjc_node_find_next(except)) {
        gjc_exception exception = {.span = except->span,
                                   .when = gjc_expr_resolve_when(sema, except),
                                   .basis = gjc_citations_resolve(sema, except)};
        rule->is_unclear = rule->is_unclear || exception.when == NULL;
        if (exception.when != NULL)
            exceptions[rule->exception_count++] = exception;
    }
    sema->may_ask = false;
    sema->action = GJC_NO_INDEX;
    rule->exceptions = exceptions;
}

static void rule_resolve(gjc_sema *sema, const gjc_node *node)
{
    gjc_model *model = sema->model;
    const gjc_node *require = gjc_node_find(node, GJC_RULE_REQUIRE);
    const gjc_node *never = gjc_node_find(node, GJC_RULE_NEVER);
    const gjc_node *count = gjc_node_find(node, GJC_RULE_COUNT);
    gjc_rule rule = {.label = gjc_sema_label(sema, node),
                     .region = sema->region,
                     .counted = GJC_NO_INDEX,
                     .duty = GJC_NO_INDEX,
                     .severity = GJR_SEVERITY_YELLOW};
    if (gjc_regions_check_taken(sema, gjc_scoped_rules(model), &rule.label,
                                gjc_arg_words("rule", "规则")))
        return;
    const gjc_node *severity = gjc_node_find(node, GJC_SEVERITY);
    if (severity != NULL)
        rule.severity = (gjr_severity)severity->value;
    rule.basis = gjc_citations_resolve(sema, node);
    if (require != NULL)
        require_resolve(sema, require, &rule);
    else if (never != NULL)
        never_resolve(sema, never, &rule);
    else if (count != NULL)
        count_resolve(sema, count, &rule);
    else if (!gjc_relations_resolve(sema, node, &rule))
        return; /* of a kind refused elsewhere */
    exceptions_resolve(sema, node, &rule);
    gjc_rule *added = gjc_model_add_rule(model);
    if (added == NULL)
        sema->out_of_memory = true;
    else
        *added = rule;
}

void gjc_rules_resolve(gjc_sema *sema)
{
    for (uint32_t i = 0; i < sema->model->region_count; i++) {
        sema->region = i;
        const gjc_node *node = gjc_node_find(sema->model->regions[i].node, GJC_RULE);
        for (; node != NULL; node = gjc_node_find_next(node))
            rule_resolve(sema, node);
    }
    sema->region = 0;
}
