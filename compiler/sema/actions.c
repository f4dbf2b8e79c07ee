/* SPDX-License-Identifier: Apache-2.0
 *
 * See actions.h. */
#include "sema/actions.h"

#include "base/text.h"
#include "sema/parameters.h"
#include "syntax/spelling.h"

static gjc_labels actions_known(const gjc_model *model)
{
    return GJC_LABELS(model->actions, model->action_count);
}

static gjc_action *action_add(gjc_sema *sema, gjc_label label)
{
    gjc_action *action = gjc_model_add_action(sema->model);
    if (action == NULL) {
        sema->out_of_memory = true;
        return NULL;
    }
    action->label = label;
    return action;
}

static void declared_add(gjc_sema *sema, const gjc_node *node)
{
    gjc_label label = gjc_sema_label(sema, node);
    if (gjc_sema_check_taken(sema, actions_known(sema->model), &label,
                             gjc_arg_words("action", "行为")))
        return;
    gjc_action *action = action_add(sema, label);
    if (action == NULL)
        return;
    action->is_declared = true;
    gjc_parameters_declare(sema, node, sema->model->action_count - 1);
}

static void staged_add(gjc_sema *sema, const gjc_node *on)
{
    gj_text name = gjc_node_name(on);
    if (!gjb_text_is_present(name))
        return;
    uint32_t index = gjc_labels_find(actions_known(sema->model), name);
    gjc_action *action =
        index != GJC_NO_INDEX
            ? &sema->model->actions[index]
            : action_add(sema,
                         (gjc_label){.name = name, .title = name, .span = gjc_node_name_span(on)});
    if (action != NULL)
        action->is_staged = true;
}

static void region_declare(gjc_sema *sema, const gjc_node *in)
{
    const gjc_node *stage = gjc_node_find(in, GJC_STAGE);
    for (; stage != NULL; stage = gjc_node_find_next(stage)) {
        const gjc_node *on = gjc_node_find(stage, GJC_ON);
        for (; on != NULL; on = gjc_node_find_next(on))
            staged_add(sema, on);
    }
}

void gjc_actions_declare(gjc_sema *sema)
{
    const gjc_model *model = sema->model;
    for (uint32_t i = 0; i < model->region_count; i++) {
        const gjc_node *node = gjc_node_find(model->regions[i].node, GJC_ACTION);
        for (; node != NULL; node = gjc_node_find_next(node))
            declared_add(sema, node);
    }
    for (uint32_t i = 0; i < model->region_count; i++)
        region_declare(sema, model->regions[i].node);
}

uint32_t gjc_actions_get(gjc_sema *sema, gj_text name, gjc_span span)
{
    gjc_model *model = sema->model;
    uint32_t index = gjc_labels_find(actions_known(model), name);
    if (index != GJC_NO_INDEX)
        return index;
    gjc_spelling spelling;
    gjc_spelling_init(&spelling, name);
    for (uint32_t i = 0; i < model->action_count; i++)
        gjc_spelling_add(&spelling, model->actions[i].label.name);
    if (gjb_text_is_present(spelling.best)) {
        gjc_diag *diag =
            gjc_diag_add(sema->diags, GJC_W0301, span, gjc_arg_text(name), gjc_arg_none());
        gjc_diag_suggest(diag, spelling.best);
    }
    gjc_action *action = action_add(sema, (gjc_label){.name = name, .title = name, .span = span});
    if (action == NULL)
        return GJC_NO_INDEX;
    action->is_doubtful = gjb_text_is_present(spelling.best);
    return model->action_count - 1;
}
