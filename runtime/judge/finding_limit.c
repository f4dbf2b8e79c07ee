/* SPDX-License-Identifier: Apache-2.0
 *
 * What a finding says of a limit: where it began, its days, its line of the ladder, how much it is
 * over or short, and who answers for it. */
#include "judge/counted.h"
#include "judge/finding.h"
#include "judge/finding_maker.h"
#include "judge/holder.h"
#include "judge/length.h"
#include "judge/taken.h"
#include "time/backward.h"
#include "time/range.h"

static void trigger_take(gjr_maker *with, uint32_t index, gj_start_kind *kind, gj_text *subject)
{
    const gjr_trigger *trigger = &with->judge->rows->triggers[index];
    switch ((gjr_trigger_kind)trigger->kind) {
    case GJR_TRIGGER_ACTION:
        *kind = GJ_START_ACT;
        *subject = GJR_TITLED(with, action, trigger->target).title;
        break;
    case GJR_TRIGGER_ENTERING:
        *kind = GJ_START_ENTERING;
        *subject = GJR_TITLED(with, stage, trigger->target).title;
        break;
    case GJR_TRIGGER_LEAVING:
        *kind = GJ_START_LEAVING;
        *subject = GJR_TITLED(with, stage, trigger->target).title;
        break;
    case GJR_TRIGGER_FIELD:
        *kind = GJ_START_FIELD;
        *subject = GJR_TITLED(with, field, trigger->target).title;
        break;
    case GJR_TRIGGER_COUNT:
        break;
    }
}

/* What started it, and what it is due by or counted back from. */
static void ends_take(gjr_maker *with, gj_counted *counted)
{
    const gjr_limit *row = &with->judge->rows->limits[with->raised->subject_index];
    trigger_take(with, with->raised->limit.trigger, &counted->start_kind, &counted->start_subject);
    if ((row->flags & GJR_LIMIT_BACKWARD) != 0 && row->to_count > 0) {
        trigger_take(with, row->to_first, &counted->end_kind, &counted->end_subject);
    } else if (counted->span == GJ_SPAN_BY) {
        counted->end_kind = GJ_START_FIELD;
        counted->end_subject = GJR_TITLED(with, field, row->by).title;
    }
}

/* By which its limit counts. */
static const gj_calendar *calendar_of(const gjr_maker *with)
{
    return gjr_judge_calendar(with->judge, &with->judge->rows->limits[with->raised->subject_index]);
}

gj_rung gjr_finding_rung(const gjr_rung *rung, gj_instant at)
{
    static const gj_rung_kind kinds[GJR_RUNG_COUNT] = {GJ_RUNG_BEFORE, GJ_RUNG_SHARE,
                                                       GJ_RUNG_OVERDUE};
    return (gj_rung){
        .kind = rung->amount == 0 ? GJ_RUNG_DUE : kinds[rung->kind],
        .amount = rung->amount,
        .unit = (gj_unit)rung->unit,
        .at = at,
    };
}

static void rung_take(gjr_maker *with)
{
    const gjr_raised_limit *limit = &with->raised->limit;
    with->to->rung = gjr_finding_rung(&with->judge->rows->rungs[limit->rung], limit->rung_at);
}

/* The limit of the finding ran out, and the law ended it there. */
static bool ran_out(const gjr_maker *with)
{
    const gjr_raised_law *law = &with->raised->law;
    return law->effect != GJR_NONE && law->ran_out;
}

/* Up to when it is counted: one that ran out up to its last day. */
static gj_instant counted_until(const gjr_maker *with)
{
    return with->raised->limit.until - (ran_out(with) ? 1 : 0);
}

/* What is the same of every finding of a limit. */
static void counted_take(gjr_maker *with, gj_span span, gjr_term term, const gjr_count *count,
                         gj_day by_week, gjr_range range)
{
    const gj_calendar *calendar = calendar_of(with);
    const gjr_limit *row = &with->judge->rows->limits[with->raised->subject_index];
    const gjr_raised_limit *limit = &with->raised->limit;
    gj_counted *counted = &with->to->counted;
    *counted = (gj_counted){
        .span = span,
        .unit = term.unit,
        .start = limit->since,
        .start_day = gjr_calendar_day_of(calendar, limit->since),
        .budget = term.budget,
        .elapsed = span == GJ_SPAN_WITHIN
                       ? gjr_terms_elapsed(with->judge, row, limit->counted_before,
                                           limit->counted_from, counted_until(with))
                       : gjr_count_elapsed(calendar, term.unit, limit->since, counted_until(with)),
        .until = limit->until,
        .due = count->due,
        .due_day = count->due_day,
        .due_by_week = by_week,
        .due_earliest = range.open ? range.earliest : count->due_day,
        .due_latest = range.open ? range.latest : count->due_day,
        .raw_due_day = count->raw_due_day,
        .due_offset_s = gjr_calendar_offset(calendar, count->due),
        .in_time = gjr_count_is_time(term.unit),
        .at_close = count->at_close && count->due != gjr_calendar_day_end(calendar, count->due_day),
        .start_not_recorded = limit->start_not_recorded,
        .beyond_published = count->beyond_published || range.open,
    };
    if (calendar != NULL) {
        counted->calendar = gj_calendar_revision(calendar);
    }
    with->no_memory |= !gjr_taken_make(with->judge, with->raised, with->arena, counted);
    ends_take(with, counted);
    if (span == GJ_SPAN_WITHIN || span == GJ_SPAN_AT_LEAST) {
        with->no_memory |= !gjr_counted_take_days(
            calendar, gjr_calendar_day_of(calendar, counted_until(with)), with->arena, counted);
    }
    with->to->has_due = !counted->held && count->due != GJ_NEVER;
    with->to->over_unit = gjr_count_over_unit(term.unit);
}

/* Of several posts the one that acted answers, where it is among them. */
static void holders_take(gjr_maker *with, const gjr_holders *held)
{
    gj_finding *to = with->to;
    gj_text *names = gjr_maker_make(with, held->count, sizeof *names);
    gj_text *titles = gjr_maker_make(with, held->count, sizeof *titles);
    bool acted = false;
    for (size_t i = 0; names != NULL && titles != NULL && i < held->count; i++) {
        gjr_titled post = GJR_TITLED(with, post, held->posts[i]);
        names[i] = post.name;
        titles[i] = post.title;
        acted = acted || (with->event != NULL && with->event->post == held->posts[i]);
    }
    to->holders = names;
    to->holder_titles = titles;
    to->holder_count = names == NULL || titles == NULL ? 0 : held->count;
    if (acted) {
        return;
    }
    to->post = to->post_title = to->department = to->officer = (gj_text){NULL, 0};
    if (held->count == 1) {
        gjr_maker_take_post(with, held->posts[0]);
    }
}

static void holder_take(gjr_maker *with)
{
    uint32_t stage = with->raised->limit.held_in;
    gjr_titled named = GJR_TITLED(with, stage, stage);
    gjr_holders held;
    with->to->held_in = named.name;
    with->to->held_in_title = named.title;
    if (gjr_holders_find(with->judge->rows, stage, with->arena, &held)) {
        holders_take(with, &held);
    } else {
        with->no_memory = true;
    }
}

void gjr_maker_take_owing(gjr_maker *with, uint32_t post)
{
    bool its_own = with->event != NULL && with->event->post == post;
    gjr_maker_take_post(with, post);
    with->to->officer = its_own ? with->event->officer : (gj_text){NULL, 0};
    with->to->office = its_own ? with->event->office : (gj_text){NULL, 0};
}

/* Who answers for a limit. */
static void duty_take(gjr_maker *with)
{
    const gjr_limit *row = &with->judge->rows->limits[with->raised->subject_index];
    if (with->raised->limit.held_in != GJR_NONE) {
        holder_take(with);
    } else if (row->duty != GJR_NONE) {
        gjr_maker_take_owing(with, row->duty);
    }
}

/* How long it is, where that hangs on the case; what that line cites, the finding does. */
static void length_take(gjr_maker *with)
{
    const gjr_limit *row = &with->judge->rows->limits[with->raised->subject_index];
    const gjr_pace *pace = &with->raised->limit.pace;
    gj_finding *to = with->to;
    if (row->lengths_count == 0) {
        return;
    }
    gj_length *length = &to->counted.length;
    to->counted.is_measured = true;
    with->no_memory |=
        !gjr_length_make(with->judge, pace->length, pace->own, pace->measured, with->arena, length);
    if (length->basis_count > 0) {
        to->basis = length->basis;
        to->basis_count = length->basis_count;
    }
}

void gjr_maker_take_limit(gjr_maker *with)
{
    const gj_judge *judge = with->judge;
    const gjr_limit *row = &judge->rows->limits[with->raised->subject_index];
    const gjr_raised_limit *limit = &with->raised->limit;
    gjr_term term = gjr_terms_of(row, &limit->pace);
    bool late = with->raised->code == GJ_LATE;
    gjr_count count = gjr_terms_count(judge, row, &limit->pace);
    gjr_range range = gjr_terms_range(judge, row, &limit->pace, &count);
    gj_day by_week = count.due_day;
    count = late ? gjr_terms_latest(judge, row, &limit->pace) : count;
    counted_take(with, row->by == GJR_NONE ? GJ_SPAN_WITHIN : GJ_SPAN_BY, term, &count, by_week,
                 range);
    length_take(with);
    rung_take(with);
    with->to->over_amount = late && !ran_out(with)
                                ? gjr_count_over(calendar_of(with), term.unit, &count, limit->until)
                                : 0;
    with->to->ended = with->raised->status != GJ_OPEN;
    with->to->at = with->to->ended ? limit->until : late ? count.due : with->to->rung.at;
    duty_take(with);
}

/* Where it was counted back: due is the last day, or instant, on the right side; within, the
 * first. */
static void backward_take(gjr_maker *with, const gjr_limit *row, bool within)
{
    const gj_calendar *calendar = calendar_of(with);
    const gjr_raised_limit *limit = &with->raised->limit;
    gjr_term term = {.unit = (gj_unit)(within ? row->unit : row->least_unit),
                     .budget = within ? row->budget : row->least};
    gjr_back back =
        gjr_count_back(calendar, term.unit, term.budget, within, limit->since, limit->until);
    bool time = gjr_count_is_time(term.unit);
    gj_day day = time ? gjr_calendar_day_of(calendar, back.instant) : back.day;
    gjr_count count = {
        .start_day = gjr_calendar_day_of(calendar, limit->since),
        .raw_due_day = day,
        .due_day = day,
        .due = time     ? back.instant
               : within ? gjr_calendar_day_start(calendar, day)
                        : gjr_calendar_day_end(calendar, day),
    };
    counted_take(with, within ? GJ_SPAN_WITHIN_BEFORE : GJ_SPAN_AT_LEAST_BEFORE, term, &count, day,
                 (gjr_range){.open = false});
    with->to->over_amount = back.amount;
}

void gjr_maker_take_period(gjr_maker *with)
{
    const gj_judge *judge = with->judge;
    const gjr_limit *row = &judge->rows->limits[with->raised->subject_index];
    const gjr_raised_limit *limit = &with->raised->limit;
    if ((row->flags & GJR_LIMIT_BACKWARD) != 0) {
        backward_take(with, row, row->least == 0);
    } else {
        gjr_term term = gjr_terms_least_of(row);
        gjr_count count = gjr_terms_least(judge, row, &limit->pace);
        gjr_range range = gjr_count_range_of(calendar_of(with), term, &count);
        gj_day by_week = count.due_day;
        count = gjr_count_earliest(calendar_of(with), term, &count);
        counted_take(with, GJ_SPAN_AT_LEAST, term, &count, by_week, range);
        with->to->over_amount = gjr_count_short(calendar_of(with), term.unit, &count, limit->until);
    }
    duty_take(with);
}
