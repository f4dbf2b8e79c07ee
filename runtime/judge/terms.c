/* SPDX-License-Identifier: Apache-2.0
 *
 * See terms.h. */
#include "judge/terms.h"

_Static_assert((int)GJR_SHARE_WHOLE == (int)GJR_SHARE_ALL, "one whole");

/* Units of the image are those of the public header, by number. */
_Static_assert((int)GJR_UNIT_WORKDAYS == (int)GJ_WORKDAYS && (int)GJR_UNIT_DAYS == (int)GJ_DAYS &&
                   (int)GJR_UNIT_HOURS == (int)GJ_HOURS &&
                   (int)GJR_UNIT_MINUTES == (int)GJ_MINUTES &&
                   (int)GJR_UNIT_MONTHS == (int)GJ_MONTHS && (int)GJR_UNIT_YEARS == (int)GJ_YEARS &&
                   (int)GJR_UNIT_WORKHOURS == (int)GJ_WORKHOURS &&
                   (int)GJR_UNIT_COUNT == (int)GJ_UNIT_COUNT,
               "one numbering of units");

gjr_term gjr_terms_of(const gjr_limit *row, const gjr_pace *pace)
{
    return (gjr_term){.unit = (gj_unit)row->unit,
                      .budget = pace->budget,
                      .rolls = (row->flags & GJR_LIMIT_ROLLS) != 0,
                      .consumed = pace->consumed,
                      .at_close = (row->flags & GJR_LIMIT_AT_CLOSE) != 0,
                      .moved = pace->moved,
                      .back = pace->back};
}

gjr_count gjr_terms_count(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace)
{
    gjr_term term = gjr_terms_of(row, pace);
    if (!gjr_terms_is_due(row, pace)) {
        return (gjr_count){
            .start_day = gjr_calendar_day_of(gjr_judge_calendar(judge, row), pace->start),
            .raw_due_day = GJ_NO_DAY,
            .due_day = GJ_NO_DAY,
            .due = GJ_NEVER,
        };
    }
    return row->by != GJR_NONE
               ? gjr_count_by(gjr_judge_calendar(judge, row), term, pace->since, pace->by)
               : gjr_count_due(gjr_judge_calendar(judge, row), term, pace->since);
}

gj_instant gjr_terms_due(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace)
{
    bool simple = row->by == GJR_NONE && gjr_terms_is_due(row, pace);
    return simple ? gjr_count_due_at(gjr_judge_calendar(judge, row), gjr_terms_of(row, pace),
                                     pace->since)
                  : gjr_terms_count(judge, row, pace).due;
}

gjr_count gjr_terms_latest(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace)
{
    gjr_count count = gjr_terms_count(judge, row, pace);
    gjr_range range = gjr_terms_range(judge, row, pace, &count);
    return gjr_count_at_latest(&count, range);
}

gj_instant gjr_terms_over(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace)
{
    gj_instant due = gjr_terms_due(judge, row, pace);
    return due == GJ_NEVER || due <= gjr_judge_published_end(judge, row)
               ? due
               : gjr_terms_latest(judge, row, pace).due;
}

gj_instant gjr_terms_soonest(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace)
{
    gjr_count count = gjr_terms_count(judge, row, pace);
    gjr_range range = gjr_terms_range(judge, row, pace, &count);
    bool may_close = count.at_close && count.beyond_published;
    if (!range.open && !may_close) {
        return count.due;
    }
    const gj_calendar *calendar = gjr_judge_calendar(judge, row);
    gj_day day = range.open ? range.earliest : count.due_day;
    bool by_day = gjr_count_is_by_day((gj_unit)row->unit) && !count.at_close;
    return by_day ? gjr_calendar_day_end(calendar, day) : gjr_calendar_day_start(calendar, day);
}

gjr_range gjr_terms_range(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace,
                          const gjr_count *count)
{
    return pace->range.open
               ? pace->range
               : gjr_count_range_of(gjr_judge_calendar(judge, row), gjr_terms_of(row, pace), count);
}

gjr_term gjr_terms_least_of(const gjr_limit *row)
{
    return (gjr_term){.unit = (gj_unit)row->least_unit,
                      .budget = row->least,
                      .rolls = (row->flags & GJR_LIMIT_LEAST_ROLLS) != 0};
}

gjr_count gjr_terms_least(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace)
{
    return gjr_count_due(gjr_judge_calendar(judge, row), gjr_terms_least_of(row), pace->start);
}

int64_t gjr_terms_elapsed(const gj_judge *judge, const gjr_limit *row, int64_t before,
                          gj_instant from, gj_instant until)
{
    gj_unit unit = (gj_unit)row->unit;
    int64_t gone =
        from == GJ_NEVER ? 0 : gjr_count_gone(gjr_judge_calendar(judge, row), unit, from, until);
    return gjr_count_whole(unit, before + gone);
}

int64_t gjr_terms_used(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace,
                       const gjr_rung *rung)
{
    if (rung->kind != GJR_RUNG_SHARE || pace->own == 0) {
        return INT64_MAX;
    }
    return gjr_count_share(gjr_judge_calendar(judge, row), gjr_terms_of(row, pace), pace->since,
                           rung->amount);
}

/* So long after due in any case: what is not announced may put that off as it does the due day. */
static gj_instant overdue_at(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace,
                             const gjr_rung *rung)
{
    const gj_calendar *calendar = gjr_judge_calendar(judge, row);
    gj_unit unit = (gj_unit)rung->unit;
    gjr_count count = gjr_terms_latest(judge, row, pace);
    gj_instant by_week = gjr_count_beside(calendar, unit, &count, rung->amount);
    if (by_week <= gjr_judge_published_end(judge, row)) {
        return by_week;
    }
    if (unit == GJ_WORKDAYS || unit == GJ_WORKHOURS) {
        gjr_term term = {.unit = unit, .budget = rung->amount, .at_close = count.at_close};
        gj_instant from =
            unit == GJ_WORKHOURS ? count.due : gjr_calendar_day_start(calendar, count.due_day);
        gjr_count more = gjr_count_due(calendar, term, from);
        return gjr_count_latest(calendar, term, &more).due;
    }
    bool may_close = count.at_close && gjr_count_is_by_day(unit);
    return may_close ? gjr_calendar_day_end(calendar, gjr_calendar_day_of(calendar, by_week - 1))
                     : by_week;
}

gj_instant gjr_terms_rung(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace,
                          const gjr_rung *rung)
{
    if (!gjr_terms_is_due(row, pace)) {
        return GJ_NEVER;
    }
    if (rung->kind == GJR_RUNG_SHARE) {
        return gjr_count_share_at(gjr_judge_calendar(judge, row), gjr_terms_of(row, pace),
                                  pace->since, rung->amount);
    }
    if (rung->amount == 0) {
        return gjr_terms_over(judge, row, pace);
    }
    if (rung->kind == GJR_RUNG_OVERDUE) {
        return overdue_at(judge, row, pace, rung);
    }
    gjr_count count = gjr_terms_count(judge, row, pace);
    return gjr_count_beside(gjr_judge_calendar(judge, row), (gj_unit)rung->unit, &count,
                            -(int64_t)rung->amount);
}
