/* SPDX-License-Identifier: Apache-2.0
 *
 * See sets.h. */
#include "sema/sets.h"

#include "base/text.h"
#include "sema/expressions.h"
#include "sema/judgements.h"
#include "sema/natives.h"
#include "sema/refusals.h"
#include "sema/types.h"

static bool set_resolve(gjc_sema *sema, const gjc_node *set, gjc_assignment *assignment)
{
    gjc_labels fields = GJC_LABELS(sema->model->fields, sema->model->field_count);
    assignment->field = gjc_sema_find(sema, fields, gjc_node_name(set), gjc_node_name_span(set),
                                      gjc_arg_words("field", "数据项"));
    const gjc_node *value = gjc_node_find_expr(set);
    if (assignment->field == GJC_NO_INDEX || value == NULL)
        return false;
    if (gjc_judgements_check_set(sema, assignment->field, gjc_node_name_span(set)))
        return false;
    gjc_type type = sema->model->fields[assignment->field].type;
    if (type.base == GJR_TYPE_LIST || type.base == GJR_TYPE_RECORD) {
        gjc_refusals_add(sema, GJC_UNSUPPORTED_SET_LIST, set->span);
        return false;
    }
    assignment->value = type.base == GJR_TYPE_NOTHING ? NULL : gjc_expr_resolve(sema, value, type);
    assignment->value = gjc_natives_check_set(sema, assignment->value, type, value->span);
    return assignment->value != NULL;
}

void gjc_sets_resolve(gjc_sema *sema, const gjc_node *on, gjc_transition *t)
{
    gjc_assignment *sets = gjc_sema_make(sema, gjc_node_count(on, GJC_SET), sizeof *sets);
    if (sets == NULL)
        return;
    const gjc_node *set = gjc_node_find(on, GJC_SET);
    for (; set != NULL; set = gjc_node_find_next(set))
        if (!gjc_sema_check_again(sema, on, set) && set_resolve(sema, set, &sets[t->set_count]))
            t->set_count++;
    t->sets = sets;
}
