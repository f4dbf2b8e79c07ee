/* SPDX-License-Identifier: Apache-2.0
 *
 * See ways.h. */
#include "analysis/ways.h"

static void second_way_add(const gjc_model *model, gjc_diag_list *diags,
                           const gjc_transition *first, const gjc_transition *second)
{
    gjc_arg action = gjc_arg_text(model->actions[second->action].label.name);
    gjc_diag *diag = second->when == NULL
                         ? gjc_diag_add(diags, GJC_E0505, second->span, action,
                                        gjc_arg_text(model->stages[second->stage].label.name))
                         : gjc_diag_add(diags, GJC_E0506, second->span, action, gjc_arg_none());
    gjc_diag_note_add(diags, diag, first->span,
                      gjc_arg_words("this one has no condition", "此处没有条件"));
}

/* ---- conditions ---- */

static void never_check(gjc_sampler *sampler, gjc_diag_list *diags, const gjc_expr *condition)
{
    if (condition != NULL && gjc_sample_is_never(sampler, condition))
        gjc_diag_add(diags, GJC_W0501, condition->span, gjc_arg_none(), gjc_arg_none());
}

static void triggers_check(gjc_sampler *sampler, gjc_diag_list *diags, const gjc_trigger *triggers,
                           uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        never_check(sampler, diags, triggers[i].when);
}

static gjc_expr operation(gjr_opcode op, gjc_expr *a, gjc_expr *b)
{
    return (gjc_expr){.form = GJC_FORM_OPERATION, .op = op, .type = a->type, .a = a, .b = b};
}

static bool all_have_conditions(const gjc_limit *limit)
{
    for (uint32_t i = 0; i < limit->within_count; i++)
        if (limit->withins[i].when == NULL)
            return false;
    return true;
}

/* W0637: of several lines that say how long the limit is, some case makes none hold. */
static void nothing_check(gjc_sampler *sampler, gjc_diag_list *diags, const gjc_limit *limit)
{
    gjc_expr some[GJR_LENGTHS_MAX], none;
    uint32_t count = limit->within_count;
    if (count < 2 || !all_have_conditions(limit))
        return;
    some[0] = *limit->withins[0].when;
    for (uint32_t i = 1; i < count; i++)
        some[i] = operation(GJR_OP_OR, &some[i - 1], limit->withins[i].when);
    none = operation(GJR_OP_NOT, &some[count - 1], NULL);
    gjb_buffer example;
    gjb_buffer_init(&example, diags->arena->allocator);
    if (gjc_sample_find_both(sampler, &none, &none, &example)) {
        gj_text kept = gjb_arena_text(diags->arena, gjb_buffer_text(&example));
        diags->out_of_memory = diags->out_of_memory || kept.bytes == NULL;
        gjc_diag_add(diags, GJC_W0637, limit->withins[count - 1].span,
                     gjc_arg_text(limit->label.name), gjc_arg_text(kept));
    }
    gjb_buffer_deinit(&example);
}

static void conditions_check(gjc_sampler *sampler, gjc_diag_list *diags)
{
    const gjc_model *model = sampler->model;
    for (uint32_t i = 0; i < model->transition_count; i++)
        never_check(sampler, diags, model->transitions[i].when);
    for (uint32_t i = 0; i < model->document_count; i++)
        never_check(sampler, diags, model->documents[i].when);
    for (uint32_t i = 0; i < model->limit_count; i++) {
        const gjc_limit *limit = &model->limits[i];
        triggers_check(sampler, diags, limit->from, limit->from_count);
        triggers_check(sampler, diags, limit->to, limit->to_count);
        triggers_check(sampler, diags, limit->restarts, limit->restart_count);
        for (uint32_t j = 0; j < limit->within_count; j++)
            never_check(sampler, diags, limit->withins[j].when);
        nothing_check(sampler, diags, limit);
    }
    for (uint32_t i = 0; i < model->power_count; i++)
        never_check(sampler, diags, model->powers[i].when);
    for (uint32_t i = 0; i < model->rule_count; i++) {
        const gjc_rule *rule = &model->rules[i];
        never_check(sampler, diags, rule->condition);
        for (uint32_t j = 0; j < rule->role_count; j++)
            never_check(sampler, diags, rule->roles[j].when);
        for (uint32_t j = 0; j < rule->exception_count; j++)
            never_check(sampler, diags, rule->exceptions[j].when);
    }
}

/* The later of two transitions whose conditions meet: never taken, or open to doubt. */
static bool meeting_check(gjc_sampler *sampler, gjc_diag_list *diags, const gjc_transition *first,
                          const gjc_transition *second)
{
    gjc_arg action = gjc_arg_text(sampler->model->actions[second->action].label.name);
    gjc_diag *diag = NULL;
    gjb_buffer example;
    if (gjc_sample_is_never(sampler, second->when) || gjc_sample_is_never(sampler, first->when))
        return false;
    gjb_buffer_init(&example, diags->arena->allocator);
    if (gjc_sample_implies(sampler, second->when, first->when)) {
        diag = gjc_diag_add(diags, GJC_W0502, second->span, action, gjc_arg_none());
    } else if (!gjc_sample_implies(sampler, first->when, second->when) &&
               gjc_sample_find_both(sampler, first->when, second->when, &example)) {
        gj_text words = gjb_arena_text(diags->arena, gjb_buffer_text(&example));
        diags->out_of_memory |= example.failed || words.bytes == NULL;
        diag = gjc_diag_add(diags, GJC_W0503, second->span, action, gjc_arg_text(words));
    }
    gjb_buffer_deinit(&example);
    if (diag != NULL)
        gjc_diag_note_add(
            diags, diag, first->span,
            gjc_arg_words("this one is declared first, and taken", "此处写在前，适用此处"));
    return diag != NULL;
}

/* Earlier transitions of one action in one stage that one is compared with. */
enum { MEETINGS_MAX = 32 };

/* The transitions of each action in the stage being read, the last first. */
typedef struct ways {
    uint32_t *last;     /* by action: GJC_NO_INDEX, or of another stage, where there is none yet */
    uint32_t *previous; /* by transition */
    uint32_t *always;   /* by action: the first of the stage without a condition, as `last` */
} ways;

static const gjc_transition *way_get(const gjc_model *model, uint32_t index, uint32_t stage)
{
    bool here = index != GJC_NO_INDEX && model->transitions[index].stage == stage;
    return here ? &model->transitions[index] : NULL;
}

static void way_check(gjc_sampler *sampler, gjc_diag_list *diags, ways *w, uint32_t index)
{
    const gjc_model *model = sampler->model;
    const gjc_transition *t = &model->transitions[index];
    const gjc_transition *always = way_get(model, w->always[t->action], t->stage);
    w->previous[index] = w->last[t->action];
    w->last[t->action] = index;
    if (t->is_unclear)
        return;
    if (always != NULL) {
        second_way_add(model, diags, always, t);
    } else if (t->when == NULL) {
        w->always[t->action] = index;
    } else {
        uint32_t at = w->previous[index];
        for (int i = 0; i < MEETINGS_MAX; i++, at = w->previous[at]) {
            const gjc_transition *first = way_get(model, at, t->stage);
            if (first == NULL || (first->when != NULL && meeting_check(sampler, diags, first, t)))
                return;
        }
    }
}

void gjc_ways_check(gjc_sampler *sampler, gjc_diag_list *diags)
{
    const gjc_model *model = sampler->model;
    ways w = {
        .last = gjb_arena_make(diags->arena, model->action_count, sizeof *w.last),
        .previous = gjb_arena_make(diags->arena, model->transition_count, sizeof *w.previous),
        .always = gjb_arena_make(diags->arena, model->action_count, sizeof *w.always),
    };
    if (w.last == NULL || w.previous == NULL || w.always == NULL) {
        diags->out_of_memory = true;
        return;
    }
    for (uint32_t i = 0; i < model->action_count; i++)
        w.last[i] = w.always[i] = GJC_NO_INDEX;
    for (uint32_t i = 0; i < model->transition_count; i++)
        way_check(sampler, diags, &w, i);
    conditions_check(sampler, diags);
}
