/* SPDX-License-Identifier: Apache-2.0
 *
 * See grants.h. */
#include "analysis/grants.h"

#include "syntax/ast.h"

static void contradiction_add(const gjc_model *model, gjc_diag_list *diags, const gjc_power *never,
                              gjc_span grant)
{
    gjc_diag *diag = gjc_diag_add(diags, GJC_W0703, never->span,
                                  gjc_arg_text(model->posts[never->post].label.name),
                                  gjc_arg_text(model->actions[never->action].label.name));
    gjc_diag_note_add(diags, diag, grant, gjc_arg_words("granted here", "授予于此"));
}

/* Whether the prohibition holds whenever the grant does. */
static bool covers(gjc_sampler *sampler, const gjc_power *never, const gjc_expr *when)
{
    return never->when == NULL || (when != NULL && !gjc_sample_is_never(sampler, when) &&
                                   gjc_sample_implies(sampler, when, never->when));
}

static bool is_granted(const gjc_transition *t, uint32_t post)
{
    for (uint32_t i = 0; i < t->post_count; i++)
        if (t->posts[i] == post)
            return true;
    return false;
}

/* The first grant that the prohibition leaves without effect. */
static void never_check(gjc_sampler *sampler, gjc_diag_list *diags, const gjc_power *never)
{
    const gjc_model *model = sampler->model;
    sampler->work += (uint64_t)model->power_count + model->transition_count;
    for (uint32_t i = 0; i < model->power_count; i++) {
        const gjc_power *may = &model->powers[i];
        if (may->kind == GJR_POWER_MAY && may->post == never->post &&
            may->action == never->action && !may->is_unclear &&
            gjc_model_is_within(model, may->region, never->region) &&
            covers(sampler, never, may->when)) {
            contradiction_add(model, diags, never, may->span);
            return;
        }
    }
    for (uint32_t i = 0; i < model->transition_count; i++) {
        const gjc_transition *t = &model->transitions[i];
        if (t->action == never->action && !t->is_unclear && is_granted(t, never->post) &&
            gjc_model_is_within(model, model->stages[t->stage].region, never->region) &&
            covers(sampler, never, t->when)) {
            contradiction_add(model, diags, never, t->span);
            return;
        }
    }
}

/* ---- duties ---- */

bool gjc_grants_forbid(const gjc_model *model, uint32_t post, uint32_t action)
{
    for (uint32_t i = 0; i < model->power_count; i++) {
        const gjc_power *power = &model->powers[i];
        if (power->kind == GJR_POWER_NEVER && power->post == post && power->action == action &&
            power->when == NULL && !power->is_unclear)
            return true;
    }
    return false;
}

/* What is granted to nobody is open to all. */
static bool is_for_others(const gjc_model *model, uint32_t post, uint32_t action)
{
    bool granted = false;
    for (uint32_t i = 0; i < model->transition_count; i++) {
        const gjc_transition *t = &model->transitions[i];
        if (t->action == action && (t->post_count == 0 || is_granted(t, post)))
            return false;
        granted = granted || t->action == action;
    }
    for (uint32_t i = 0; i < model->power_count; i++) {
        const gjc_power *power = &model->powers[i];
        if (power->kind != GJR_POWER_MAY || power->action != action)
            continue;
        if (power->post == post)
            return false;
        granted = true;
    }
    return granted;
}

static void duty_check(gjc_sampler *sampler, gjc_diag_list *diags, uint32_t post, uint32_t action,
                       gjc_span span)
{
    const gjc_model *model = sampler->model;
    sampler->work += (uint64_t)model->power_count + model->transition_count;
    if (gjc_grants_forbid(model, post, action) || is_for_others(model, post, action))
        gjc_diag_add(diags, GJC_W0706, span, gjc_arg_text(model->posts[post].label.name),
                     gjc_arg_text(model->actions[action].label.name));
}

void gjc_grants_check(gjc_sampler *sampler, gjc_diag_list *diags)
{
    const gjc_model *model = sampler->model;
    for (uint32_t i = 0; i < model->power_count && sampler->work <= GJC_SAMPLES_WORK_MAX; i++)
        if (model->powers[i].kind == GJR_POWER_NEVER && !model->powers[i].is_unclear)
            never_check(sampler, diags, &model->powers[i]);
    for (uint32_t i = 0; i < model->limit_count && sampler->work <= GJC_SAMPLES_WORK_MAX; i++) {
        const gjc_limit *limit = &model->limits[i];
        if (limit->node->kind == GJC_MUST && !limit->is_backward && limit->to_count > 0)
            duty_check(sampler, diags, limit->duty, limit->to[0].target, limit->label.span);
    }
    for (uint32_t i = 0; i < model->rule_count && sampler->work <= GJC_SAMPLES_WORK_MAX; i++)
        if (model->rules[i].duty != GJC_NO_INDEX)
            duty_check(sampler, diags, model->rules[i].duty, model->rules[i].counted,
                       model->rules[i].label.span);
}
