/* SPDX-License-Identifier: Apache-2.0
 *
 * See history.h. A run of days that holds the most of a kind may be taken to begin with one, so
 * only those are tried: for each of its days, the days of its kind in the year behind it. */
#include "time/history.h"

static bool is_of_kind(const gjr_calendar_plan *plan, const gjr_calendar_row *row, bool worked)
{
    bool by_week = (plan->week >> gjr_civil_weekday(row->day) & 1) != 0;
    bool published = plan->published_through != GJ_NO_DAY && row->day <= plan->published_through;
    return published && (row->class == GJR_DAY_ON) == worked && by_week != worked;
}

static void most_find(const gjr_calendar_plan *plan, bool worked, uint16_t *most)
{
    for (size_t i = 0; i < plan->row_count; i++) {
        uint16_t count = 0;
        if (!is_of_kind(plan, &plan->rows[i], worked)) {
            continue;
        }
        for (size_t j = i; j < plan->row_count; j++) {
            int64_t days = (int64_t)plan->rows[j].day - plan->rows[i].day + 1;
            if (days > GJR_HISTORY_DAYS) {
                break;
            }
            count = (uint16_t)(count + (is_of_kind(plan, &plan->rows[j], worked) ? 1 : 0));
            most[days] = count > most[days] ? count : most[days];
        }
    }
    for (int days = 1; days <= GJR_HISTORY_DAYS; days++) {
        most[days] = most[days - 1] > most[days] ? most[days - 1] : most[days];
    }
}

void gjr_history_find(const gjr_calendar_plan *plan, gjr_history *history)
{
    *history = (gjr_history){.closed = {0}};
    most_find(plan, false, history->closed);
    most_find(plan, true, history->worked);
}

static int64_t most_of(const uint16_t *most, int64_t days)
{
    return days <= 0
               ? 0
               : days / GJR_HISTORY_DAYS * most[GJR_HISTORY_DAYS] + most[days % GJR_HISTORY_DAYS];
}

int64_t gjr_history_closed(const gjr_history *history, int64_t days)
{
    return most_of(history->closed, days);
}

int64_t gjr_history_worked(const gjr_history *history, int64_t days)
{
    return most_of(history->worked, days);
}
