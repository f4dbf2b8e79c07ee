/* SPDX-License-Identifier: Apache-2.0
 *
 * See calendar_years.h. */
#include "sema/calendar_years.h"

/* The rows of the year, from the first at or behind `row`; *row becomes the first behind them. */
static size_t year_rows(const gjr_calendar_plan *plan, int32_t year, size_t *row)
{
    size_t count = 0;
    while (*row < plan->row_count && gjr_civil_of_day(plan->rows[*row].day).year <= year) {
        count += gjr_civil_of_day(plan->rows[*row].day).year == year ? 1 : 0;
        ++*row;
    }
    return count;
}

/* The rows before `end` that are of the year leave a day of it open. */
static bool year_is_worked(const gjr_calendar_plan *plan, int32_t year, size_t end, size_t count)
{
    gj_day first = gjr_civil_day((gjr_civil){year, 1, 1});
    gj_day last = gjr_civil_day((gjr_civil){year, 12, 31});
    size_t row = end - count;
    for (gj_day day = first; day <= last; day++) {
        bool listed = row < end && plan->rows[row].day == day;
        if (listed ? plan->rows[row].class == GJR_DAY_ON
                   : (plan->week >> gjr_civil_weekday(day) & 1) != 0) {
            return true;
        }
        row += listed ? 1 : 0;
    }
    return false;
}

static void left_out_report(const gjc_node *published, const gjc_node *calendar, int32_t year,
                            const gjc_calendar_context *context)
{
    gjc_diag *diag = gjc_diag_add(context->diags, GJC_E0813, published->span,
                                  gjc_arg_text(gjc_node_name(calendar)),
                                  gjc_diag_day(context->diags, (gj_day)published->value));
    diag->args[2] = gjc_diag_number(context->diags, year);
}

static bool year_is_claimed(gj_day through, int32_t year)
{
    return through != GJ_NO_DAY && gjr_civil_day((gjr_civil){year, 1, 1}) <= through;
}

void gjc_calendar_years_check(const gjr_calendar_plan *plan, const gjc_node *calendar,
                              const gjc_calendar_context *context)
{
    const gjc_node *published = gjc_node_find(calendar, GJC_PUBLISHED);
    size_t row = 0;
    int32_t year =
        plan->row_count > 0 ? gjr_civil_of_day(plan->rows[0].day).year : GJR_CALENDAR_YEAR_LAST + 1;
    for (; year <= GJR_CALENDAR_YEAR_LAST; year++) { /* the first such year shows the place */
        size_t count = year_rows(plan, year, &row);
        if (count == 0 && published != NULL && year_is_claimed(plan->published_through, year)) {
            left_out_report(published, calendar, year, context);
            return;
        }
        if (plan->week != 0 && count > 0 && !year_is_worked(plan, year, row, count)) {
            gjc_diag_add(context->diags, GJC_E0812, gjc_node_name_span(calendar),
                         gjc_arg_text(gjc_node_name(calendar)),
                         gjc_diag_number(context->diags, year));
            return;
        }
    }
}
