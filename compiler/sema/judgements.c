/* SPDX-License-Identifier: Apache-2.0
 *
 * See judgements.h. */
#include "sema/judgements.h"

#include "sema/citations.h"
#include "sema/posts.h"
#include "sema/types.h"

/* True where neither a field nor an action has the name. */
static bool name_check(gjc_sema *sema, const gjc_label *label)
{
    const gjc_model *model = sema->model;
    return !gjc_sema_check_taken(sema, GJC_LABELS(model->fields, model->field_count), label,
                                 gjc_arg_words("field", "数据项")) &&
           !gjc_sema_check_taken(sema, GJC_LABELS(model->actions, model->action_count), label,
                                 gjc_arg_words("action", "行为"));
}

static void judgement_declare(gjc_sema *sema, const gjc_node *node)
{
    gjc_model *model = sema->model;
    gjc_label label = gjc_sema_label(sema, node);
    if (!name_check(sema, &label))
        return;
    gjc_field *field = gjc_model_add_field(model);
    gjc_action *action = gjc_model_add_action(model);
    if (field == NULL || action == NULL) {
        sema->out_of_memory = true;
        return;
    }
    *action = (gjc_action){.label = label, .is_declared = true};
    *field = (gjc_field){.label = label,
                         .type = gjc_type_of(GJR_TYPE_BOOL),
                         .is_optional = true,
                         .is_judgement = true,
                         .judged_by = model->action_count - 1};
}

/* Calls it for each, in order. */
static void each(gjc_sema *sema, void (*on_judgement)(gjc_sema *, const gjc_node *))
{
    for (uint32_t i = 0; i < sema->model->region_count; i++) {
        sema->region = i;
        const gjc_node *node = gjc_node_find(sema->model->regions[i].node, GJC_JUDGEMENT);
        for (; node != NULL; node = gjc_node_find_next(node))
            on_judgement(sema, node);
    }
    sema->region = 0;
}

void gjc_judgements_declare(gjc_sema *sema)
{
    each(sema, judgement_declare);
}

static void judgement_resolve(gjc_sema *sema, const gjc_node *node)
{
    gjc_model *model = sema->model;
    uint32_t action =
        gjc_labels_find(GJC_LABELS(model->actions, model->action_count), gjc_node_name(node));
    gjc_basis basis = gjc_citations_resolve(sema, node);
    const gjc_node *by = gjc_node_find(node, GJC_BY);
    for (const gjc_node *name = by->first; name != NULL && action != GJC_NO_INDEX;
         name = name->next) {
        uint32_t post = gjc_posts_find(sema, name);
        gjc_power *power = post == GJC_NO_INDEX ? NULL : gjc_model_add_power(model);
        if (power != NULL)
            *power = (gjc_power){.span = node->span,
                                 .kind = GJR_POWER_MAY,
                                 .region = sema->region,
                                 .post = post,
                                 .action = action,
                                 .basis = basis};
        sema->out_of_memory = sema->out_of_memory || (power == NULL && post != GJC_NO_INDEX);
    }
}

void gjc_judgements_resolve(gjc_sema *sema)
{
    each(sema, judgement_resolve);
}

bool gjc_judgements_check_set(gjc_sema *sema, uint32_t field, gjc_span span)
{
    const gjc_model *model = sema->model;
    if (field == GJC_NO_INDEX || !gjc_model_get_field(model, field)->is_judgement)
        return false;
    gjc_diag *diag =
        gjc_diag_add(sema->diags, GJC_E0716, span,
                     gjc_arg_text(gjc_model_get_field(model, field)->label.name), gjc_arg_none());
    gjc_diag_note_add(sema->diags, diag, gjc_model_get_field(model, field)->label.span,
                      gjc_arg_words("this is the judgement", "裁量事项"));
    return true;
}
