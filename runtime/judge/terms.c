/* SPDX-License-Identifier: Apache-2.0
 *
 * See terms.h. */
#include "judge/terms.h"

/* Units of the image are those of the public header, by number. */
_Static_assert((int)GJR_UNIT_WORKDAYS == (int)GJ_WORKDAYS && (int)GJR_UNIT_DAYS == (int)GJ_DAYS &&
                   (int)GJR_UNIT_HOURS == (int)GJ_HOURS,
               "one numbering of units");

gjr_term gjr_terms_of(const gjr_limit *row, const gjr_pace *pace)
{
    return (gjr_term){.unit = (gj_unit)row->unit,
                      .budget = pace->budget,
                      .rolls = (row->flags & GJR_LIMIT_ROLLS) != 0,
                      .consumed = pace->consumed};
}

gjr_count gjr_terms_count(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace)
{
    return gjr_count_due(judge->calendar, gjr_terms_of(row, pace), pace->since);
}

gj_instant gjr_terms_due(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace)
{
    return gjr_count_due_at(judge->calendar, gjr_terms_of(row, pace), pace->since);
}

/* The end of that day, or hour, of the budget by which the share of it is used. */
static gj_instant share_at(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace,
                           uint32_t share)
{
    gjr_term term = gjr_terms_of(row, pace);
    term.rolls = false;
    if (term.unit == GJ_HOURS) {
        int64_t rest = term.budget * GJR_MS_PER_HOUR / GJR_SHARE_WHOLE * share - term.consumed;
        gj_instant at;
        return __builtin_add_overflow(pace->since, rest, &at) ? GJ_NEVER : at;
    }
    uint64_t part = (uint64_t)term.budget * share;
    term.budget = (uint32_t)((part + GJR_SHARE_WHOLE - 1) / GJR_SHARE_WHOLE);
    return gjr_count_due_at(judge->calendar, term, pace->since);
}

gj_instant gjr_terms_rung(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace,
                          const gjr_rung *rung)
{
    if (rung->kind == GJR_RUNG_SHARE) {
        return share_at(judge, row, pace, rung->amount);
    }
    if (rung->amount == 0) {
        return gjr_terms_due(judge, row, pace);
    }
    gjr_count count = gjr_terms_count(judge, row, pace);
    int64_t amount = rung->kind == GJR_RUNG_BEFORE ? -(int64_t)rung->amount : rung->amount;
    return gjr_count_beside(judge->calendar, (gj_unit)rung->unit, &count, amount);
}
