/* SPDX-License-Identifier: Apache-2.0
 *
 * See durations.h. */
#include "sema/durations.h"

#include "base/text.h"

static gjr_unit unit_of(gjc_unit unit)
{
    static const gjr_unit units[GJC_UNIT_COUNT] = {
        [GJC_WORKDAYS] = GJR_UNIT_WORKDAYS,   [GJC_DAYS] = GJR_UNIT_DAYS,
        [GJC_HOURS_UNIT] = GJR_UNIT_HOURS,    [GJC_MINUTES] = GJR_UNIT_MINUTES,
        [GJC_MONTHS] = GJR_UNIT_MONTHS,       [GJC_YEARS] = GJR_UNIT_YEARS,
        [GJC_WORKHOURS] = GJR_UNIT_WORKHOURS,
    };
    return units[unit];
}

void gjc_durations_check_hours(gjc_sema *sema, gjc_span span)
{
    if (!gjb_text_is_present(sema->model->calendar))
        return;
    const gjc_calendar_use *use = &sema->model->calendar_uses[sema->calendar];
    if (!use->has_hours)
        gjc_diag_add(sema->diags, GJC_W0606, span, gjc_arg_text(use->name), gjc_arg_none());
}

static void calendar_check(gjc_sema *sema, gjr_unit unit, gjc_span span)
{
    if (unit != GJR_UNIT_WORKDAYS && unit != GJR_UNIT_WORKHOURS)
        return;
    if (!gjb_text_is_present(sema->model->calendar))
        gjc_diag_add(sema->diags, GJC_E0604, span, gjc_arg_none(), gjc_arg_none());
    else if (unit == GJR_UNIT_WORKHOURS)
        gjc_durations_check_hours(sema, span);
}

bool gjc_durations_are_told(const gjc_node *duration)
{
    const gjc_node *number = gjc_node_find_expr(duration);
    return number != NULL && number->kind != GJC_EXPR_NUMBER;
}

gjr_unit gjc_durations_unit(gjc_sema *sema, const gjc_node *duration)
{
    gjr_unit unit = unit_of((gjc_unit)duration->value);
    calendar_check(sema, unit, duration->span);
    return unit;
}

/* The most of a unit that ends before the last year, whenever in this millennium it starts. */
static int64_t most_of(gjr_unit unit)
{
    enum { YEARS_MOST = 7000 };
    return unit == GJR_UNIT_YEARS    ? YEARS_MOST
           : unit == GJR_UNIT_MONTHS ? 12 * YEARS_MOST
                                     : GJR_BUDGET_MAX;
}

gjc_length gjc_durations_length(gjc_sema *sema, const gjc_node *duration)
{
    gjc_length length = {unit_of((gjc_unit)duration->value), 0};
    const gjc_node *number = gjc_node_find_expr(duration);
    if (number != NULL && number->kind != GJC_EXPR_NUMBER)
        gjc_diag_add(sema->diags, GJC_E0654, number->span, gjc_arg_none(), gjc_arg_none());
    if (number == NULL || number->kind != GJC_EXPR_NUMBER)
        return length;
    int64_t most = most_of(length.unit), whole = number->value / GJC_DECIMAL_SCALE;
    if (number->value % GJC_DECIMAL_SCALE != 0 || whole < 1 || whole > most) {
        gjc_diag_add(sema->diags, GJC_E0605, number->span, gjc_diag_number(sema->diags, most),
                     gjc_arg_none());
        return length;
    }
    calendar_check(sema, length.unit, duration->span);
    length.amount = (uint32_t)whole;
    return length;
}
