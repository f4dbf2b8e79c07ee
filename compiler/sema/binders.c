/* SPDX-License-Identifier: Apache-2.0
 *
 * See binders.h. */
#include "sema/binders.h"

#include "base/text.h"
#include "sema/operations.h"
#include "sema/parameters.h"

const gjc_binder *gjc_binder_find(const gjc_sema *sema, gj_text name)
{
    const gjc_binder *bound = sema->binder;
    while (bound != NULL && !gjb_text_equal(bound->label.name, name))
        bound = bound->outer;
    return bound;
}

static void taken_check(gjc_sema *sema, const gjc_label *label)
{
    const gjc_binder *bound = gjc_binder_find(sema, label->name);
    uint32_t field = gjc_parameters_find_field(sema, label->name);
    const gjc_label *taken = NULL;
    if (bound != NULL)
        taken = &bound->label;
    else if (field != GJC_NO_INDEX)
        taken = &gjc_model_get_field(sema->model, field)->label;
    if (taken != NULL)
        gjc_sema_check_taken(sema, (gjc_labels){taken, 1, sizeof *taken}, label,
                             gjc_arg_words("name", "名称"));
}

void gjc_binder_open(gjc_sema *sema, gjc_binder *bound)
{
    taken_check(sema, &bound->label);
    bound->number = sema->model->binder_count++;
    bound->outer = sema->binder;
    sema->binder = bound;
}

void gjc_binder_close(gjc_sema *sema, const gjc_binder *bound)
{
    sema->binder = bound->outer;
}

gjc_expr *gjc_binder_read(gjc_sema *sema, const gjc_binder *bound, gjc_span span)
{
    if (bound->type.base == GJR_TYPE_NOTHING) /* what it stands for was wrong, and reported */
        return NULL;
    gjc_expr *expr = gjc_expr_make(sema, GJR_OPCODE_COUNT, bound->type, span);
    if (expr == NULL)
        return NULL;
    expr->form = GJC_FORM_BOUND;
    expr->target = bound->number;
    expr->is_lasting = bound->is_lasting;
    return expr;
}

gjc_labels gjc_binder_names(gjc_sema *sema)
{
    uint32_t count = 0, at = 0;
    for (const gjc_binder *bound = sema->binder; bound != NULL; bound = bound->outer)
        count++;
    gjc_label *labels = gjc_sema_make(sema, count, sizeof *labels);
    for (const gjc_binder *bound = sema->binder; labels != NULL && bound != NULL;
         bound = bound->outer)
        labels[at++] = bound->label;
    return GJC_LABELS(labels, at);
}

/* Recursion and time are bounded by GJC_EXPR_SIZE_MAX. */
bool gjc_binder_is_read(const gjc_expr *expr, uint32_t binder)
{
    if (expr == NULL)
        return false;
    return (expr->form == GJC_FORM_BOUND && expr->target == binder) ||
           gjc_binder_is_read(expr->a, binder) || gjc_binder_is_read(expr->b, binder) ||
           gjc_binder_is_read(expr->c, binder);
}
