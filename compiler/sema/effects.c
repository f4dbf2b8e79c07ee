/* SPDX-License-Identifier: Apache-2.0
 *
 * See effects.h. */
#include "sema/effects.h"

#include "base/text.h"
#include "sema/citations.h"
#include "sema/expressions.h"
#include "sema/judgements.h"
#include "sema/natives.h"
#include "sema/parameters.h"
#include "sema/refusals.h"
#include "sema/regions.h"

/* ---- what the deemed act tells ---- */

static bool pair_resolve(gjc_sema *sema, const gjc_node *pair, gjc_assignment *set)
{
    const gjc_model *model = sema->model;
    const gjc_node *value = gjc_node_find_expr(pair);
    gj_text name = gjc_node_name(pair);
    set->field = gjc_parameters_find_field(sema, name);
    if (set->field == GJC_NO_INDEX) {
        gjc_labels places[] = {gjc_parameters_seen(sema),
                               GJC_LABELS(model->fields, model->field_count)};
        gjc_sema_add_unknown(sema, places, 2, name, gjc_node_name_span(pair),
                             gjc_arg_words("field", "数据项"));
    }
    if (set->field == GJC_NO_INDEX || value == NULL)
        return false;
    if (gjc_judgements_check_set(sema, set->field, gjc_node_name_span(pair)))
        return false;
    gjc_type type = gjc_model_get_field(model, set->field)->type;
    if (type.base == GJR_TYPE_LIST || type.base == GJR_TYPE_RECORD) {
        gjc_refusals_add(sema, GJC_UNSUPPORTED_SET_LIST, pair->span);
        return false;
    }
    set->value = type.base == GJR_TYPE_NOTHING ? NULL : gjc_expr_resolve(sema, value, type);
    set->value = gjc_natives_check_set(sema, set->value, type, value->span);
    return set->value != NULL;
}

static void payload_resolve(gjc_sema *sema, const gjc_node *payload, gjc_effect *effect)
{
    gjc_assignment *sets = gjc_sema_make(sema, gjc_node_count(payload, GJC_PAIR), sizeof *sets);
    if (sets == NULL)
        return;
    const gjc_node *pair = gjc_node_find(payload, GJC_PAIR);
    for (; pair != NULL; pair = gjc_node_find_next(pair))
        if (!gjc_sema_check_again(sema, payload, pair) &&
            pair_resolve(sema, pair, &sets[effect->set_count]))
            effect->set_count++;
    effect->sets = sets;
}

static void deemed_resolve(gjc_sema *sema, const gjc_node *deemed, gjc_effect *effect)
{
    const gjc_model *model = sema->model;
    if (deemed == NULL)
        return;
    effect->action =
        gjc_sema_find(sema, GJC_LABELS(model->actions, model->action_count), gjc_node_name(deemed),
                      gjc_node_name_span(deemed), gjc_arg_words("action", "行为"));
    effect->as_of_start = gjc_node_find(deemed, GJC_AS_OF_START) != NULL;
    const gjc_node *payload = gjc_node_find(deemed, GJC_PAYLOAD);
    if (effect->action == GJC_NO_INDEX || payload == NULL)
        return;
    sema->action = effect->action;
    payload_resolve(sema, payload, effect);
    sema->action = GJC_NO_INDEX;
}

/* ---- one effect ---- */

static void effect_resolve(gjc_sema *sema, const gjc_node *node, uint32_t stage, gjc_effect *effect)
{
    *effect = (gjc_effect){.span = node->span, .stage = stage, .action = GJC_NO_INDEX};
    effect->target = gjc_regions_find_target(sema, node);
    effect->when = gjc_expr_resolve_when(sema, node);
    deemed_resolve(sema, gjc_node_find(node, GJC_DEEMED), effect);
    effect->basis = gjc_citations_resolve(sema, node);
    if (gjc_node_find(node, GJC_GOTO) == NULL && gjc_node_find(node, GJC_DEEMED) == NULL)
        gjc_diag_add(sema->diags, GJC_E0621, node->span, gjc_arg_none(), gjc_arg_none());
}

/* A line after one that always holds is never come to. */
static void order_check(gjc_sema *sema, const gjc_node *node)
{
    const gjc_node *next = gjc_node_find_next(node);
    if (gjc_node_find(node, GJC_WHEN) != NULL || next == NULL)
        return;
    gjc_diag *diag =
        gjc_diag_add(sema->diags, GJC_E0623, next->span, gjc_arg_none(), gjc_arg_none());
    gjc_diag_note_add(sema->diags, diag, node->span,
                      gjc_arg_words("this line always holds", "此行总能适用"));
}

void gjc_effects_resolve(gjc_sema *sema, const gjc_node *node, gjc_limit *limit)
{
    uint32_t count = (uint32_t)gjc_node_count(node, GJC_EXPIRES);
    gjc_effect *effects = gjc_sema_make(sema, count, sizeof *effects);
    const gjc_node *line = gjc_node_find(node, GJC_EXPIRES);
    if (line == NULL || effects == NULL)
        return;
    if (limit->is_open || limit->is_backward)
        gjc_diag_add(sema->diags, GJC_E0620, line->span, gjc_arg_none(), gjc_arg_none());
    if (count > GJR_EFFECTS_MAX)
        gjc_diag_add(sema->diags, GJC_E0624, line->span,
                     gjc_diag_number(sema->diags, GJR_EFFECTS_MAX), gjc_arg_none());
    for (; line != NULL; line = gjc_node_find_next(line)) {
        effect_resolve(sema, line, GJC_NO_INDEX, &effects[limit->effect_count++]);
        order_check(sema, line);
    }
    limit->effects = effects;
}

void gjc_effects_resolve_after(gjc_sema *sema, const gjc_node *after, uint32_t stage,
                               gjc_limit *limit)
{
    gjc_effect *effect = gjc_sema_make(sema, 1, sizeof *effect);
    if (effect == NULL)
        return;
    effect_resolve(sema, after, stage, effect);
    limit->effects = effect;
    limit->effect_count = 1;
}
