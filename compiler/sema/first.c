/* SPDX-License-Identifier: Apache-2.0
 *
 * See first.h. */
#include "sema/first.h"

#include "base/text.h"
#include "sema/operations.h"

bool gjc_first_is_meant(const gjc_sema *sema, const gjc_node *name)
{
    return sema->first_of != NULL && (gjb_text_equal_string(name->text, "first") ||
                                      gjb_text_equal_string(name->text, "前件"));
}

static const gjc_action *act_of(const gjc_sema *sema)
{
    return &sema->model->actions[sema->first_of->roles[0].action];
}

static gjc_labels parameters_of(const gjc_model *model, const gjc_action *act)
{
    return model->parameter_count == 0
               ? GJC_LABELS(model->parameters, 0)
               : GJC_LABELS(model->parameters + act->first_parameter, act->parameter_count);
}

/* By the index that expressions name, or GJC_NO_INDEX, which is reported. */
static uint32_t field_find(gjc_sema *sema, const gjc_node *name)
{
    const gjc_model *model = sema->model;
    const gjc_labels known[] = {parameters_of(model, act_of(sema)),
                                GJC_LABELS(model->fields, model->field_count)};
    uint32_t found = gjc_labels_find(known[0], name->text);
    if (found != GJC_NO_INDEX)
        return model->field_count + act_of(sema)->first_parameter + found;
    found = gjc_labels_find(known[1], name->text);
    if (found == GJC_NO_INDEX)
        gjc_sema_add_unknown(sema, known, 2, name->text, name->span,
                             gjc_arg_words("field", "数据项"));
    return found;
}

/* 前件的编号, first number: as the title itself is written. */
static gj_text title_of(gjc_sema *sema, gj_text title)
{
    bool ascii = true;
    for (size_t i = 0; i < title.size; i++)
        ascii = ascii && (unsigned char)title.bytes[i] < 0x80;
    return gjc_sema_join(sema, ascii ? "first " : "前件的", title);
}

static void keep_declare(gjc_sema *sema, uint32_t field, uint32_t *as)
{
    gjc_model *model = sema->model;
    gjc_parameter *kept = gjc_model_add_parameter(model);
    if (kept == NULL) {
        sema->out_of_memory = true;
        return;
    }
    const gjc_field *of = gjc_model_get_field(model, field);
    bool titled = !gjb_text_equal(of->label.title, of->label.name);
    kept->label = of->label;
    kept->label.name = gjc_sema_join(sema, "first.", of->label.name);
    kept->label.title = titled ? title_of(sema, of->label.title) : kept->label.name;
    kept->type = of->type;
    kept->is_kept = true;
    *as = model->field_count + model->parameter_count - 1;
}

/* Under which the rule keeps it. */
static uint32_t keep_get(gjc_sema *sema, uint32_t field)
{
    gjc_rule *rule = sema->first_of;
    uint32_t as = GJC_NO_INDEX;
    for (uint32_t i = 0; i < rule->keep_count; i++)
        as = rule->keeps[i].field == field ? rule->keeps[i].as : as;
    if (as != GJC_NO_INDEX)
        return as;
    if (rule->keeps == NULL)
        rule->keeps = gjc_sema_make(sema, (size_t)sema->model->field_count + GJR_PARAMETERS_MAX,
                                    sizeof *rule->keeps);
    if (rule->keeps != NULL)
        keep_declare(sema, field, &as);
    if (as != GJC_NO_INDEX)
        rule->keeps[rule->keep_count++] = (gjc_keep){field, as};
    return as;
}

gjc_expr *gjc_first_read(gjc_sema *sema, const gjc_node *name)
{
    uint32_t field = field_find(sema, name);
    if (field == GJC_NO_INDEX)
        return NULL;
    gjc_type type = gjc_model_get_field(sema->model, field)->type;
    if (type.base == GJR_TYPE_NOTHING) /* its declaration was wrong, and that was reported */
        return NULL;
    uint32_t as = keep_get(sema, field);
    gjc_expr *expr =
        as == GJC_NO_INDEX ? NULL : gjc_expr_make(sema, GJR_OP_FIELD, type, name->span);
    if (expr != NULL)
        expr->target = as;
    return expr;
}
