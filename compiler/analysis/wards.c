/* SPDX-License-Identifier: Apache-2.0
 *
 * See wards.h. */
#include "analysis/wards.h"

#include "analysis/runs.h"

#include "base/text.h"

/* ---- which there are ---- */

static bool counts(const gjc_rule *rule)
{
    return rule->kind == GJR_RULE_AT_MOST || rule->kind == GJR_RULE_AT_LEAST ||
           rule->kind == GJR_RULE_EXACTLY;
}

static bool is_kind(const gjc_rule *rule)
{
    return counts(rule) || gjr_rule_counts_each(rule->kind) || gjr_rule_relates(rule->kind) ||
           rule->kind == GJR_RULE_DONE_BEFORE || rule->kind == GJR_RULE_DONE_AT_END ||
           (rule->kind == GJR_RULE_NEVER && rule->condition == NULL);
}

/* Of each key that an act tells it wants so many acts. */
static bool wants_each(const gjc_rule *rule)
{
    return rule->kind == GJR_RULE_AT_LEAST_EACH || rule->kind == GJR_RULE_EXACTLY_EACH;
}

/* Of a branch: whether all that it is about is done in stages of that branch or inside, and so
 * while the branch runs. */
static bool is_inside(const gjc_model *model, const gjc_ward *ward)
{
    for (uint32_t i = 0; ward->region != 0 && i < model->action_count; i++) {
        bool found = !gjc_ward_hears(ward, i);
        for (uint32_t j = ward->region; !found && j < model->region_count; j++)
            found = gjc_model_is_within(model, j, ward->region) && gjc_runs_has(model, j, i);
        if (!found)
            return false;
    }
    return true;
}

bool gjc_ward_of_rule(const gjc_model *model, const gjc_rule *rule, gjc_ward *ward)
{
    bool officers = rule->kind == GJR_RULE_SEPARATE || rule->kind == GJR_RULE_JOIN;
    *ward =
        (gjc_ward){.rule = rule,
                   .label = &rule->label,
                   .region = rule->region,
                   .key = rule->per,
                   .is_loose = rule->exception_count > 0 || officers || rule->condition != NULL};
    return is_kind(rule) && rule->kind != GJR_RULE_SEPARATE_POSTS && !rule->is_unclear &&
           rule->times < GJC_WARD_TIMES_MAX && is_inside(model, ward);
}

static bool are_acts(const gjc_trigger *triggers, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (triggers[i].kind != GJR_TRIGGER_ACTION)
            return false;
    return count > 0;
}

bool gjc_ward_of_limit(const gjc_model *model, const gjc_limit *limit, gjc_ward *ward)
{
    *ward = (gjc_ward){.limit = limit,
                       .label = &limit->label,
                       .region = limit->region,
                       .key = limit->open_max > 0 ? limit->per : (gj_text){NULL, 0},
                       .is_loose = limit->effect_count > 0};
    return !limit->is_backward && !limit->is_open && are_acts(limit->from, limit->from_count) &&
           are_acts(limit->to, limit->to_count) && is_inside(model, ward);
}

/* ---- roles ---- */

static const gjc_role *role_find(const gjc_rule *rule, uint32_t action, gjr_role_kind kind)
{
    for (uint32_t i = 0; i < rule->role_count; i++)
        if (rule->roles[i].action == action && rule->roles[i].kind == kind)
            return &rule->roles[i];
    return NULL;
}

static const gjc_trigger *trigger_find(const gjc_trigger *triggers, uint32_t count, uint32_t action)
{
    for (uint32_t i = 0; i < count; i++)
        if (triggers[i].target == action)
            return &triggers[i];
    return NULL;
}

static bool is_judged(const gjc_rule *rule, uint32_t action)
{
    for (uint32_t i = 0; i < rule->action_count; i++)
        if (rule->actions[i] == action)
            return true;
    return false;
}

bool gjc_ward_hears(const gjc_ward *ward, uint32_t action)
{
    if (ward->limit != NULL)
        return trigger_find(ward->limit->from, ward->limit->from_count, action) != NULL ||
               trigger_find(ward->limit->to, ward->limit->to_count, action) != NULL;
    for (uint32_t i = 0; i < ward->rule->role_count; i++)
        if (ward->rule->roles[i].action == action)
            return true;
    return ward->rule->counted == action || is_judged(ward->rule, action);
}

bool gjc_ward_may_pass_over(const gjc_ward *ward, uint32_t action)
{
    if (ward->limit != NULL) {
        const gjc_trigger *from = trigger_find(ward->limit->from, ward->limit->from_count, action);
        const gjc_trigger *to = trigger_find(ward->limit->to, ward->limit->to_count, action);
        return (from != NULL && from->when != NULL) || (to != NULL && to->when != NULL);
    }
    for (uint32_t i = 0; i < ward->rule->role_count; i++)
        if (ward->rule->roles[i].action == action && ward->rule->roles[i].when != NULL)
            return true;
    return false;
}

/* ---- going on ---- */

/* 1: something is awaited. What an act ends it ends before it begins anything. */
static int limit_step(const gjc_limit *limit, int state, uint32_t action)
{
    if (trigger_find(limit->to, limit->to_count, action) != NULL)
        state = 0;
    return trigger_find(limit->from, limit->from_count, action) != NULL ? 1 : state;
}

static int followed_step(const gjc_rule *rule, int state, uint32_t action)
{
    if (role_find(rule, action, GJR_ROLE_SECOND) != NULL)
        state = 0;
    return role_find(rule, action, GJR_ROLE_FIRST) != NULL ? 1 : state;
}

static int preceded_step(const gjc_rule *rule, int state, uint32_t action, bool by_law)
{
    if (role_find(rule, action, GJR_ROLE_SECOND) != NULL && state == 0 && !by_law)
        return GJC_WARD_BROKEN;
    return role_find(rule, action, GJR_ROLE_FIRST) != NULL ? 1 : state;
}

static int after_step(const gjc_rule *rule, int state, uint32_t action, bool by_law)
{
    if (role_find(rule, action, GJR_ROLE_BARRED) != NULL && state == 1 && !by_law)
        return GJC_WARD_BROKEN;
    return followed_step(rule, state, action);
}

/* 1: it was begun; 2: and something barred was done since. */
static int between_step(const gjc_rule *rule, int state, uint32_t action, bool by_law)
{
    if (role_find(rule, action, GJR_ROLE_BARRED) != NULL && state == 1 && !by_law)
        state = 2;
    if (role_find(rule, action, GJR_ROLE_SECOND) != NULL) {
        if (state == 2)
            return GJC_WARD_BROKEN;
        state = 0;
    }
    return role_find(rule, action, GJR_ROLE_FIRST) != NULL && state == 0 ? 1 : state;
}

/* Which of the equals was done, and one more. */
static int equal_step(const gjc_rule *rule, int state, uint32_t action, bool by_law)
{
    const gjc_role *role = role_find(rule, action, GJR_ROLE_ONE_OF);
    if (role == NULL)
        return state;
    int number = (int)(role - rule->roles) + 1;
    if (state == 0)
        return number;
    return state == number || by_law ? state : GJC_WARD_BROKEN;
}

static int count_step(const gjc_rule *rule, int state, uint32_t action, bool by_law)
{
    bool most = rule->kind != GJR_RULE_AT_LEAST && rule->kind != GJR_RULE_AT_LEAST_EACH;
    if (rule->counted != action)
        return state;
    if (state < (int)rule->times)
        return state + 1;
    return most && !by_law ? GJC_WARD_BROKEN : state;
}

/* 1: it was done. */
static int duty_step(const gjc_rule *rule, int state, uint32_t action, bool by_law)
{
    if (rule->kind == GJR_RULE_DONE_BEFORE && is_judged(rule, action) && state == 0 && !by_law)
        return GJC_WARD_BROKEN;
    return rule->counted == action ? 1 : state;
}

int gjc_ward_step(const gjc_ward *ward, int state, uint32_t action, bool by_law)
{
    const gjc_rule *rule = ward->rule;
    if (ward->limit != NULL)
        return limit_step(ward->limit, state, action);
    switch (rule->kind) {
    case GJR_RULE_FOLLOWED:
        return followed_step(rule, state, action);
    case GJR_RULE_PRECEDED:
        return preceded_step(rule, state, action, by_law);
    case GJR_RULE_AFTER_NEVER:
        return after_step(rule, state, action, by_law);
    case GJR_RULE_BETWEEN_NEVER:
        return between_step(rule, state, action, by_law);
    case GJR_RULE_NOT_BOTH:
    case GJR_RULE_SEPARATE:
    case GJR_RULE_JOIN:
    case GJR_RULE_SEPARATE_POSTS:
        return equal_step(rule, state, action, by_law);
    case GJR_RULE_AT_MOST:
    case GJR_RULE_AT_LEAST:
    case GJR_RULE_EXACTLY:
    case GJR_RULE_AT_MOST_EACH:
    case GJR_RULE_AT_LEAST_EACH:
    case GJR_RULE_EXACTLY_EACH:
        return count_step(rule, state, action, by_law);
    case GJR_RULE_DONE_BEFORE:
    case GJR_RULE_DONE_AT_END:
        return duty_step(rule, state, action, by_law);
    case GJR_RULE_NEVER:
        return is_judged(rule, action) && !by_law ? GJC_WARD_BROKEN : state;
    case GJR_RULE_REQUIRE:
    case GJR_RULE_COUNT:
        break;
    }
    return state;
}

bool gjc_ward_ends_with_the_case(const gjc_ward *ward)
{
    return ward->limit != NULL || ward->rule->kind == GJR_RULE_FOLLOWED;
}

bool gjc_ward_ends_well(const gjc_ward *ward, int state)
{
    if (ward->limit != NULL || ward->rule->kind == GJR_RULE_FOLLOWED)
        return state == 0;
    if (ward->rule->kind == GJR_RULE_AT_LEAST || ward->rule->kind == GJR_RULE_EXACTLY)
        return state >= (int)ward->rule->times;
    if (wants_each(ward->rule)) /* of a key that no act tells nothing is asked */
        return state == 0 || state >= (int)ward->rule->times;
    return ward->rule->kind != GJR_RULE_DONE_AT_END || state == 1;
}

bool gjc_ward_hangs_on_time(const gjc_ward *ward, int state, uint32_t action)
{
    if (ward->limit != NULL)
        return state == 1;
    if (ward->rule->length.amount == 0)
        return false;
    return ward->rule->kind == GJR_RULE_FOLLOWED
               ? state == 1
               : ward->rule->kind == GJR_RULE_PRECEDED &&
                     role_find(ward->rule, action, GJR_ROLE_SECOND) != NULL;
}

/* ---- what it asks for ---- */

uint32_t gjc_ward_trigger(const gjc_ward *ward, uint32_t i)
{
    const gjc_rule *rule = ward->rule;
    if (ward->limit != NULL)
        return i < ward->limit->from_count ? ward->limit->from[i].target : GJC_NO_INDEX;
    if (rule->kind == GJR_RULE_DONE_BEFORE)
        return i < rule->action_count ? rule->actions[i] : GJC_NO_INDEX;
    if (wants_each(rule))
        return i == 0 ? rule->counted : GJC_NO_INDEX;
    gjr_role_kind kind = rule->kind == GJR_RULE_PRECEDED ? GJR_ROLE_SECOND : GJR_ROLE_FIRST;
    for (uint32_t j = 0; j < rule->role_count; j++)
        if (rule->roles[j].kind == kind && i-- == 0)
            return rule->roles[j].action;
    return GJC_NO_INDEX;
}

bool gjc_ward_demands_always(const gjc_ward *ward)
{
    return ward->rule != NULL &&
           (ward->rule->kind == GJR_RULE_AT_LEAST || ward->rule->kind == GJR_RULE_EXACTLY ||
            ward->rule->kind == GJR_RULE_DONE_AT_END);
}

bool gjc_ward_demands(const gjc_ward *ward)
{
    return ward->limit != NULL || gjc_ward_demands_always(ward) || wants_each(ward->rule) ||
           ward->rule->kind == GJR_RULE_FOLLOWED || ward->rule->kind == GJR_RULE_PRECEDED ||
           ward->rule->kind == GJR_RULE_DONE_BEFORE;
}
