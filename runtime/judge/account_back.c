/* SPDX-License-Identifier: Apache-2.0
 *
 * An account of what is counted back: of what lies between the act and what it is counted back
 * from, neither day counted. Before that has come nobody can tell when the act was to be done. */
#include "judge/account.h"
#include "time/backward.h"

/* What lies between the two, as a run's total. */
static uint64_t between(const gjr_account_span *span, const gj_account *account)
{
    gj_unit unit = span->term.unit;
    if (account->in_time) {
        return (uint64_t)gjr_count_gone(span->calendar, unit, account->start, account->until);
    }
    gj_day after = account->start_day, through = account->until_day - 1;
    if (through <= after) {
        return 0;
    }
    return (uint64_t)(unit == GJ_WORKDAYS
                          ? gjr_calendar_workdays_between(span->calendar, after, through)
                          : (int64_t)through - after);
}

static void due_take(const gjr_account_span *span, gj_account *account)
{
    bool within = account->span == GJ_SPAN_WITHIN_BEFORE;
    gjr_back back = gjr_count_back(span->calendar, span->term.unit, span->term.budget, within,
                                   account->start, account->until);
    account->due_day =
        account->in_time ? gjr_calendar_day_of(span->calendar, back.instant) : back.day;
    account->due = account->in_time ? back.instant
                   : within         ? gjr_calendar_day_start(span->calendar, back.day)
                                    : gjr_calendar_day_end(span->calendar, back.day);
    account->over = back.amount;
}

void gjr_account_count_back(gjr_account_span *span, gj_account *account)
{
    const gj_calendar *calendar = span->calendar;
    account->budget = span->term.budget;
    account->start_day = gjr_calendar_day_of(calendar, account->start);
    account->until_day = gjr_calendar_day_of(calendar, account->until);
    account->until_offset_s = gjr_calendar_offset(calendar, account->until);
    account->has_due = account->status == GJ_ACCOUNT_ENDED;
    account->due = GJ_NEVER;
    account->due_day = GJ_NO_DAY;
    account->over = 0;
    if (account->has_due) {
        due_take(span, account);
        account->due_offset_s = gjr_calendar_offset(calendar, account->due);
    }
    account->raw_due_day = account->due_day;
    account->range = (gj_due){account->due_day, account->due_day, false};
    account->used = between(span, account);
    account->left = 0;
    span->whole = span->whole_before = UINT64_MAX;
}
