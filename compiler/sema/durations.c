/* SPDX-License-Identifier: Apache-2.0
 *
 * See durations.h. */
#include "sema/durations.h"

#include "base/text.h"
#include "sema/refusals.h"

static bool unit_resolve(gjc_sema *sema, const gjc_node *duration, gjr_unit *unit)
{
    switch ((gjc_unit)duration->value) {
    case GJC_WORKDAYS:
        *unit = GJR_UNIT_WORKDAYS;
        return true;
    case GJC_DAYS:
        *unit = GJR_UNIT_DAYS;
        return true;
    case GJC_HOURS_UNIT:
        *unit = GJR_UNIT_HOURS;
        return true;
    case GJC_MINUTES:
        gjc_refusals_add(sema, GJC_UNSUPPORTED_UNIT_MINUTES, duration->span);
        break;
    case GJC_MONTHS:
        gjc_refusals_add(sema, GJC_UNSUPPORTED_UNIT_MONTHS, duration->span);
        break;
    case GJC_YEARS:
        gjc_refusals_add(sema, GJC_UNSUPPORTED_UNIT_YEARS, duration->span);
        break;
    case GJC_WORKHOURS:
        gjc_refusals_add(sema, GJC_UNSUPPORTED_UNIT_WORKHOURS, duration->span);
        break;
    case GJC_UNIT_COUNT:
        break;
    }
    *unit = GJR_UNIT_DAYS;
    return false;
}

gjc_length gjc_durations_length(gjc_sema *sema, const gjc_node *duration)
{
    gjc_length length = {GJR_UNIT_DAYS, 0};
    const gjc_node *number = gjc_node_find_expr(duration);
    bool known = unit_resolve(sema, duration, &length.unit);
    if (number != NULL && number->kind != GJC_EXPR_NUMBER)
        gjc_refusals_add(sema, GJC_UNSUPPORTED_BUDGET_FIELD, number->span);
    if (number == NULL || number->kind != GJC_EXPR_NUMBER || !known)
        return length;
    int64_t whole = number->value / GJC_DECIMAL_SCALE;
    if (number->value % GJC_DECIMAL_SCALE != 0 || whole < 1 || whole > GJR_BUDGET_MAX) {
        gjc_diag_add(sema->diags, GJC_E0605, number->span,
                     gjc_diag_number(sema->diags, GJR_BUDGET_MAX), gjc_arg_none());
        return length;
    }
    if (length.unit == GJR_UNIT_WORKDAYS && !gjb_text_is_present(sema->model->calendar))
        gjc_diag_add(sema->diags, GJC_E0604, duration->span, gjc_arg_none(), gjc_arg_none());
    length.amount = (uint32_t)whole;
    return length;
}
