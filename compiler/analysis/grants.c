/* SPDX-License-Identifier: Apache-2.0
 *
 * See grants.h. */
#include "analysis/grants.h"

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

void gjc_grants_check(gjc_sampler *sampler, gjc_diag_list *diags)
{
    const gjc_model *model = sampler->model;
    for (uint32_t i = 0; i < model->power_count && sampler->work <= GJC_SAMPLES_WORK_MAX; i++)
        if (model->powers[i].kind == GJR_POWER_NEVER && !model->powers[i].is_unclear)
            never_check(sampler, diags, &model->powers[i]);
}
