/* SPDX-License-Identifier: Apache-2.0
 *
 * See bounds.h. */
#include "analysis/bounds.h"

#include "base/text.h"

/* ---- against the stages ---- */

static bool is_always(const gjc_rule *rule)
{
    return rule->kind == GJR_RULE_NEVER && rule->condition == NULL && rule->exception_count == 0 &&
           !rule->is_unclear;
}

static void stage_add(const gjc_model *model, gjc_diag_list *diags, const gjc_rule *rule,
                      const gjc_transition *t)
{
    gjc_diag *diag =
        gjc_diag_add(diags, GJC_W0702, rule->label.span, gjc_arg_text(rule->label.name),
                     gjc_arg_text(model->actions[t->action].label.name));
    gjc_diag_note_add(diags, diag, t->span, gjc_arg_words("a stage has it here", "环节中有此行为"));
}

/* `never A` without a condition or exception, where a stage has A: who follows the one breaks the
 * other. */
static void stages_check(const gjc_model *model, gjc_diag_list *diags)
{
    uint32_t *first = gjb_arena_make(diags->arena, model->action_count, sizeof *first);
    if (first == NULL) {
        diags->out_of_memory = true;
        return;
    }
    for (uint32_t i = 0; i < model->action_count; i++)
        first[i] = GJC_NO_INDEX;
    for (uint32_t i = model->transition_count; i-- > 0;)
        first[model->transitions[i].action] = i;
    for (uint32_t i = 0; i < model->rule_count; i++) {
        const gjc_rule *rule = &model->rules[i];
        for (uint32_t j = 0; is_always(rule) && j < rule->action_count; j++)
            if (first[rule->actions[j]] != GJC_NO_INDEX)
                stage_add(model, diags, rule, &model->transitions[first[rule->actions[j]]]);
    }
}

/* ---- against one another ---- */

/* How often it lets an action be done at most; UINT32_MAX: as often as one likes. */
static uint32_t times_most(const gjc_rule *rule, uint32_t action)
{
    if (rule->exception_count > 0 || rule->is_unclear)
        return UINT32_MAX;
    if (rule->counted == action &&
        (rule->kind == GJR_RULE_AT_MOST || rule->kind == GJR_RULE_EXACTLY))
        return rule->times;
    for (uint32_t i = 0; is_always(rule) && i < rule->action_count; i++)
        if (rule->actions[i] == action)
            return 0;
    return UINT32_MAX;
}

static bool asks_for_times(const gjc_rule *rule)
{
    return (rule->kind == GJR_RULE_AT_LEAST || rule->kind == GJR_RULE_EXACTLY ||
            rule->kind == GJR_RULE_DONE_AT_END) &&
           rule->condition == NULL && rule->counted != GJC_NO_INDEX && rule->exception_count == 0 &&
           !rule->is_unclear;
}

/* The first rule under which an action cannot be done as often as this one asks. */
static void times_check(gjc_sampler *sampler, gjc_diag_list *diags, const gjc_rule *least)
{
    const gjc_model *model = sampler->model;
    sampler->work += model->rule_count;
    for (uint32_t i = 0; i < model->rule_count; i++) {
        const gjc_rule *most = &model->rules[i];
        if (most == least || most->region != least->region ||
            times_most(most, least->counted) >= least->times)
            continue;
        gjc_diag *diag =
            gjc_diag_add(diags, GJC_W0704, least->counts_span, gjc_arg_text(least->label.name),
                         gjc_arg_text(most->label.name));
        gjc_diag_note_add(diags, diag, most->label.span,
                          gjc_arg_words("the other rule", "另一规则"));
        return;
    }
}

/* An exception that holds whenever the act is forbidden leaves nothing of the prohibition. */
static void exceptions_check(gjc_sampler *sampler, gjc_diag_list *diags, const gjc_rule *rule)
{
    for (uint32_t i = 0; i < rule->exception_count; i++) {
        const gjc_expr *when = rule->exceptions[i].when;
        if (rule->kind != GJR_RULE_NEVER || rule->condition == NULL ||
            gjc_sample_is_never(sampler, rule->condition) ||
            !gjc_sample_implies(sampler, rule->condition, when))
            continue;
        gjc_diag_add(diags, GJC_W0705, rule->exceptions[i].span, gjc_arg_text(rule->label.name),
                     gjc_arg_none());
        return;
    }
}

/* ---- exceptions against one another ---- */

static bool is_same_citation(const gjc_citation *a, const gjc_citation *b)
{
    return gjb_text_equal(a->law, b->law) && gjb_text_equal(a->article, b->article);
}

/* Whether each rests on a basis of its own. */
static bool rest_apart(const gjc_model *model, const gjc_basis *a, const gjc_basis *b)
{
    bool same = a->count == b->count;
    for (uint32_t i = 0; same && i < a->count; i++)
        same = is_same_citation(&model->citations[a->first + i], &model->citations[b->first + i]);
    return a->count > 0 && b->count > 0 && !same;
}

/* Of two of which one holds only where the other does, the narrower is the special one. */
static bool meets(gjc_sampler *sampler, const gjc_expr *first, const gjc_expr *second,
                  gjb_buffer *example)
{
    return !gjc_sample_implies(sampler, first, second) &&
           !gjc_sample_implies(sampler, second, first) &&
           gjc_sample_find_both(sampler, first, second, example);
}

/* E0724: the later of two that may hold at once, and rest on different articles. */
static bool order_check(gjc_sampler *sampler, gjc_diag_list *diags, const gjc_exception *first,
                        const gjc_exception *second)
{
    bool is_told = false;
    gjb_buffer example;
    if (!rest_apart(sampler->model, &first->basis, &second->basis))
        return false;
    gjb_buffer_init(&example, diags->arena->allocator);
    if (meets(sampler, first->when, second->when, &example)) {
        gj_text words = gjb_arena_text(diags->arena, gjb_buffer_text(&example));
        diags->out_of_memory = diags->out_of_memory || example.failed || words.bytes == NULL;
        gjc_diag *diag =
            gjc_diag_add(diags, GJC_E0724, second->span, gjc_arg_text(words), gjc_arg_none());
        gjc_diag_note_add(diags, diag, first->span,
                          gjc_arg_words("the other exception", "另一项例外"));
        is_told = true;
    }
    gjb_buffer_deinit(&example);
    return is_told;
}

static void orders_check(gjc_sampler *sampler, gjc_diag_list *diags, const gjc_rule *rule)
{
    for (uint32_t i = 1; i < rule->exception_count; i++)
        for (uint32_t j = 0; j < i && sampler->work <= GJC_SAMPLES_WORK_MAX; j++)
            if (rule->exceptions[i].when != NULL && rule->exceptions[j].when != NULL &&
                order_check(sampler, diags, &rule->exceptions[j], &rule->exceptions[i]))
                break;
}

void gjc_bounds_check(gjc_sampler *sampler, gjc_diag_list *diags)
{
    const gjc_model *model = sampler->model;
    stages_check(model, diags);
    for (uint32_t i = 0; i < model->rule_count && sampler->work <= GJC_SAMPLES_WORK_MAX; i++) {
        const gjc_rule *rule = &model->rules[i];
        if (asks_for_times(rule))
            times_check(sampler, diags, rule);
        exceptions_check(sampler, diags, rule);
        orders_check(sampler, diags, rule);
    }
}
