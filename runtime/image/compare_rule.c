/* SPDX-License-Identifier: Apache-2.0
 *
 * See compare_words.h; here what a rule says, in the order of words of the language itself. */
#include "image/compare_words.h"

const gjr_relation *gjr_rows_relation_of(const gjr_rows *rows, uint32_t rule)
{
    for (uint32_t i = 0; i < rows->relation_count; i++) {
        if (rows->relations[i].rule == rule) {
            return &rows->relations[i];
        }
    }
    return NULL;
}

/* Which acts a rule is asked at, only those say that are. */
uint32_t gjr_rows_rule_action(const gjr_rows *rows, uint32_t rule, uint32_t index, uint32_t *region)
{
    for (uint32_t action = 0; action < rows->action_count; action++) {
        const gjr_action *row = &rows->actions[action];
        for (uint32_t i = 0; i < row->subscriptions_count; i++) {
            const gjr_subscription *of = &rows->subscriptions[row->subscriptions_first + i];
            if (of->kind == GJR_SUBSCRIPTION_RULE && of->target == rule && index-- == 0) {
                if (region != NULL) {
                    *region = of->region;
                }
                return action;
            }
        }
    }
    return GJR_NONE;
}

/* ---- rules of one act ---- */

static void say_actions(const gjr_view *v, uint32_t rule)
{
    for (uint32_t i = 0;; i++) {
        uint32_t action = gjr_rows_rule_action(v->rows, rule, i, NULL);
        if (action == GJR_NONE) {
            return;
        }
        gjr_say_comma(v, i);
        gjr_say_name(v, GJR_TABLE_action, action);
    }
}

static void say_require(const gjr_view *v, uint32_t rule)
{
    gjr_say(v, "on ", "办理");
    say_actions(v, rule);
    gjr_say(v, " require ", "应当满足 ");
    gjr_say_expression(v, v->rows->rules[rule].condition);
}

static void say_never(const gjr_view *v, uint32_t rule)
{
    gjr_say(v, "never ", "不得");
    say_actions(v, rule);
    gjr_say_condition(v, v->rows->rules[rule].condition);
}

/* With what joins an act to the number of times: " at most ", "至多". */
static void say_bound(const gjr_view *v, const gjr_rule *row)
{
    if (row->kind == GJR_RULE_AT_MOST || row->kind == GJR_RULE_AT_MOST_EACH) {
        gjr_say(v, " at most ", "至多");
    } else if (row->kind == GJR_RULE_AT_LEAST || row->kind == GJR_RULE_AT_LEAST_EACH) {
        gjr_say(v, " at least ", "至少");
    } else {
        gjr_say(v, " exactly ", "恰好");
    }
    gjr_say_times(v, row->times);
}

static void say_count(const gjr_view *v, uint32_t rule)
{
    const gjr_rule *row = &v->rows->rules[rule];
    gjr_say(v, "count ", "");
    gjr_say_name(v, GJR_TABLE_action, row->counted);
    say_bound(v, row);
    gjr_say_condition(v, row->condition);
}

/* What a post must do, by an act or by the end. */
static void say_duty(const gjr_view *v, uint32_t rule)
{
    const gjr_rule *row = &v->rows->rules[rule];
    gjr_say_name(v, GJR_TABLE_post, row->duty);
    gjr_say(v, " must ", "应当");
    gjr_say_name(v, GJR_TABLE_action, row->counted);
    if (row->kind == GJR_RULE_DONE_BEFORE) {
        gjr_say(v, " before ", "，早于");
        say_actions(v, rule);
    }
    gjr_say_condition(v, row->condition);
}

/* ---- rules that relate acts ---- */

typedef struct relating {
    const gjr_view *v;
    const gjr_relation *relation;
} relating;

static void say_role(const gjr_view *v, const gjr_role *role)
{
    if (role->post != GJR_NONE) {
        gjr_say_name(v, GJR_TABLE_post, role->post);
    } else {
        gjr_say_name(v, GJR_TABLE_action, role->action);
    }
    gjr_say_condition(v, role->when);
}

static bool has_role(relating with, gjr_role_kind kind)
{
    for (uint32_t i = 0; i < with.relation->roles_count; i++) {
        if (with.v->rows->roles[with.relation->roles_first + i].kind == (uint32_t)kind) {
            return true;
        }
    }
    return false;
}

/* Whether a role before it names the same post. */
static bool post_is_said(const gjr_role *roles, uint32_t index)
{
    for (uint32_t i = 0; i < index && roles[index].post != GJR_NONE; i++) {
        if (roles[i].post == roles[index].post) {
            return true;
        }
    }
    return false;
}

/* Each act of a kind; where posts are kept apart, each post. */
static void say_roles(relating with, gjr_role_kind kind, const char *en, const char *zh)
{
    const gjr_role *roles = &with.v->rows->roles[with.relation->roles_first];
    uint32_t told = 0;
    for (uint32_t i = 0; i < with.relation->roles_count; i++) {
        if (roles[i].kind != (uint32_t)kind || post_is_said(roles, i)) {
            continue;
        }
        gjr_say(with.v, told > 0 ? en : "", told > 0 ? zh : "");
        say_role(with.v, &roles[i]);
        told++;
    }
}

/* In English behind, in Chinese before the act: " within 3 days", "3日内". */
static void say_length(relating with, const char *least_en, const char *most_zh,
                       const char *least_zh)
{
    const gjr_relation *row = with.relation;
    bool least = (row->flags & GJR_RELATION_LEAST) != 0;
    if (row->length == 0) {
        return;
    }
    gjr_say(with.v, least ? " at least " : " within ", least ? "至少" : "");
    gjr_say_amount(with.v, row->length, row->unit);
    gjr_say(with.v, least ? least_en : "", least ? least_zh : most_zh);
    if ((row->flags & GJR_RELATION_ROLLS) != 0) {
        gjr_say(with.v, ", rolling", "（遇休顺延）");
    }
}

static void say_followed(relating with)
{
    gjr_say(with.v, "every ", "每次");
    say_roles(with, GJR_ROLE_FIRST, ", ", "、");
    gjr_say(with.v, " followed by ", "之后");
    if (with.v->lang == GJ_ZH) {
        say_length(with, "", "内", "后");
        gjr_say(with.v, "", "应当");
    }
    say_roles(with, GJR_ROLE_SECOND, ", ", "、");
    if (with.v->lang != GJ_ZH) {
        say_length(with, "", "", "");
    }
}

static void say_preceded(relating with)
{
    gjr_say(with.v, "every ", "每次");
    say_roles(with, GJR_ROLE_SECOND, ", ", "、");
    gjr_say(with.v, " preceded by ", "之前");
    if (with.v->lang == GJ_ZH) {
        say_length(with, "", "内", "");
        gjr_say(with.v, "", "应当");
    }
    say_roles(with, GJR_ROLE_FIRST, ", ", "、");
    if (with.v->lang != GJ_ZH) {
        say_length(with, " before", "", "");
    }
}

static void say_after(relating with)
{
    bool until = has_role(with, GJR_ROLE_SECOND);
    gjr_say(with.v, "after ", "在");
    say_roles(with, GJR_ROLE_FIRST, ", ", "、");
    gjr_say(with.v, "", "之后");
    if (until && with.v->lang == GJ_ZH) {
        say_roles(with, GJR_ROLE_SECOND, ", ", "、");
        gjr_say(with.v, "", "之前");
    }
    gjr_say(with.v, " never ", "不得");
    say_roles(with, GJR_ROLE_BARRED, ", ", "、");
    if (until && with.v->lang != GJ_ZH) {
        gjr_say(with.v, " until ", "");
        say_roles(with, GJR_ROLE_SECOND, ", ", "");
    }
}

static void say_between(relating with)
{
    gjr_say(with.v, "between ", "在");
    say_roles(with, GJR_ROLE_FIRST, ", ", "、");
    gjr_say(with.v, " and ", "和");
    say_roles(with, GJR_ROLE_SECOND, ", ", "、");
    gjr_say(with.v, " never ", "之间不得");
    say_roles(with, GJR_ROLE_BARRED, ", ", "、");
}

static void say_not_both(relating with)
{
    gjr_say(with.v, "not both ", "不得同时");
    say_roles(with, GJR_ROLE_ONE_OF, ", ", "、");
}

static void say_officers(relating with, const char *en, const char *zh)
{
    gjr_say(with.v, en, "");
    say_roles(with, GJR_ROLE_ONE_OF, ", ", "和");
    gjr_say(with.v, " by officers", zh);
}

static void say_relation(const gjr_view *v, uint32_t rule)
{
    relating with = {v, gjr_rows_relation_of(v->rows, rule)};
    switch ((gjr_rule_kind)v->rows->rules[rule].kind) {
    case GJR_RULE_FOLLOWED:
        say_followed(with);
        break;
    case GJR_RULE_PRECEDED:
        say_preceded(with);
        break;
    case GJR_RULE_AFTER_NEVER:
        say_after(with);
        break;
    case GJR_RULE_BETWEEN_NEVER:
        say_between(with);
        break;
    case GJR_RULE_NOT_BOTH:
        say_not_both(with);
        break;
    case GJR_RULE_SEPARATE:
        say_officers(with, "separate ", "不得由同一人办理");
        break;
    case GJR_RULE_JOIN:
        say_officers(with, "join ", "应当由同一人办理");
        break;
    case GJR_RULE_SEPARATE_POSTS:
        say_officers(with, "separate posts ", "不得由同一人担任");
        break;
    case GJR_RULE_AT_MOST_EACH:
    case GJR_RULE_AT_LEAST_EACH:
    case GJR_RULE_EXACTLY_EACH:
        gjr_say(v, "count ", "");
        say_roles(with, GJR_ROLE_ONE_OF, ", ", "、");
        say_bound(v, &v->rows->rules[rule]);
        break;
    case GJR_RULE_REQUIRE:
    case GJR_RULE_NEVER:
    case GJR_RULE_AT_MOST:
    case GJR_RULE_AT_LEAST:
    case GJR_RULE_EXACTLY:
    case GJR_RULE_DONE_BEFORE:
    case GJR_RULE_DONE_AT_END:
    case GJR_RULE_COUNT:
        break;
    }
    if (with.relation->keys_count > 0) {
        gjr_say(v, " per ", "，按");
        gjr_say_name(v, GJR_TABLE_field, v->rows->key_fields[with.relation->keys_first].field);
    }
}

void gjr_say_rule(const gjr_view *v, uint32_t rule)
{
    const gjr_rule *row = &v->rows->rules[rule];
    if (gjr_rule_relates(row->kind)) {
        say_relation(v, rule);
    } else if (row->kind == GJR_RULE_REQUIRE) {
        say_require(v, rule);
    } else if (row->kind == GJR_RULE_NEVER) {
        say_never(v, rule);
    } else if (gjr_rule_is_duty(row)) {
        say_duty(v, rule);
    } else {
        say_count(v, rule);
    }
}

void gjr_say_rule_exceptions(const gjr_view *v, uint32_t rule)
{
    const gjr_rule *row = &v->rows->rules[rule];
    for (uint32_t i = 0; i < row->exceptions_count; i++) {
        const gjr_exception *exception = &v->rows->exceptions[row->exceptions_first + i];
        gjr_say(v, i > 0 ? "; " : "", i > 0 ? "；" : "");
        gjr_say_expression(v, exception->condition);
        if (exception->basis_count > 0) {
            gjr_say(v, ", basis ", "，依据");
            gjr_say_basis(v, exception->basis_first, exception->basis_count);
        }
    }
}
