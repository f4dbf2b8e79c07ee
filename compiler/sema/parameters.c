/* SPDX-License-Identifier: Apache-2.0
 *
 * See parameters.h. */
#include "sema/parameters.h"

#include "sema/types.h"

static void parameter_declare(gjc_sema *sema, const gjc_node *node, gjc_labels known)
{
    gjc_label label = gjc_sema_label(sema, node);
    gjc_type type = gjc_type_resolve(sema, gjc_node_find_type(node));
    if (gjc_sema_check_taken(sema, known, &label, gjc_arg_words("parameter", "参数")))
        return;
    gjc_field *parameter = gjc_model_add_parameter(sema->model);
    if (parameter == NULL) {
        sema->out_of_memory = true;
        return;
    }
    parameter->label = label;
    parameter->type = type;
    parameter->is_optional = gjc_node_find(node, GJC_OPTIONAL) != NULL;
}

/* Those declared from `first` on. */
static gjc_labels known_from(const gjc_model *model, uint32_t first)
{
    return GJC_LABELS(model->parameters + first, model->parameter_count - first);
}

void gjc_parameters_declare(gjc_sema *sema, const gjc_node *node, uint32_t action)
{
    gjc_model *model = sema->model;
    uint32_t first = model->parameter_count;
    const gjc_node *parameter = gjc_node_find(node, GJC_PARAMETER);
    if (parameter == NULL)
        return;
    if (gjc_node_count(node, GJC_PARAMETER) > GJR_PARAMETERS_MAX) {
        gjc_diag_add(sema->diags, GJC_E0703, gjc_node_name_span(node),
                     gjc_diag_number(sema->diags, GJR_PARAMETERS_MAX), gjc_arg_none());
        return;
    }
    for (; parameter != NULL; parameter = gjc_node_find_next(parameter))
        parameter_declare(sema, parameter, known_from(model, first));
    gjc_sema_check_answers(sema, known_from(model, first), gjc_arg_words("parameters", "参数"));
    model->actions[action].first_parameter = first;
    model->actions[action].parameter_count = model->parameter_count - first;
}

gjc_labels gjc_parameters_seen(const gjc_sema *sema)
{
    const gjc_model *model = sema->model;
    if (sema->action == GJC_NO_INDEX || model->parameter_count == 0)
        return GJC_LABELS(model->parameters, 0);
    const gjc_action *action = &model->actions[sema->action];
    return GJC_LABELS(model->parameters + action->first_parameter, action->parameter_count);
}

uint32_t gjc_parameters_find_field(const gjc_sema *sema, gj_text name)
{
    const gjc_model *model = sema->model;
    if (sema->is_in_function)
        return GJC_NO_INDEX;
    uint32_t own = gjc_labels_find(gjc_parameters_seen(sema), name);
    if (own != GJC_NO_INDEX)
        return model->field_count + model->actions[sema->action].first_parameter + own;
    return gjc_labels_find(GJC_LABELS(model->fields, model->field_count), name);
}
