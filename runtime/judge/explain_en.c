/* SPDX-License-Identifier: Apache-2.0
 *
 * Explanations in English: the twin of explain_zh.c, sentence by sentence where the languages
 * allow it. */
#include "judge/effect.h"
#include "judge/length.h"
#include "judge/phrase.h"

#include "time/count.h"

enum { LISTED_RUNS_MAX = 6 }; /* of one kind; more are summed up */

static void say(gjb_buffer *out, const char *words)
{
    gjb_buffer_add_string(out, words);
}

static void quote(gjb_buffer *out, gj_text text)
{
    gjr_phrase_print_quoted(out, GJ_EN, text);
}

static void number(gjb_buffer *out, int64_t value)
{
    gjb_buffer_add_int(out, value);
}

/* "approve" is recorded at 2024-03-01 15:20. */
static void act(const gj_finding *finding, gjb_buffer *out)
{
    if (finding->action_title.bytes == NULL) { /* time alone found it */
        say(out, "At ");
        gjr_phrase_print_instant(out, GJ_EN, finding->at, finding->at_offset_s);
        return;
    }
    quote(out, finding->action_title);
    say(out, " is recorded at ");
    gjr_phrase_print_instant(out, GJ_EN, finding->at, finding->at_offset_s);
}

static void of_branch(gjb_buffer *out, gj_text branch)
{
    if (branch.size > 0) {
        say(out, " of the branch ");
        quote(out, branch);
    }
}

static void stood(const gj_finding *finding, gjb_buffer *out)
{
    say(out, ", when the case stood in ");
    quote(out, finding->stage_title);
    of_branch(out, finding->branch_title);
}

static void version(const gj_finding *finding, gjb_buffer *out)
{
    say(out, "version ");
    number(out, finding->version);
    say(out, " of the procedure");
}

static void now_in(const gj_finding *finding, gjb_buffer *out)
{
    bool moved = finding->stage.bytes != finding->stage_after.bytes;
    say(out, moved ? " The case went on to " : " The case stayed in ");
    quote(out, finding->stage_after_title);
    say(out, ".");
}

/* ---- late ---- */

static void limit(const gj_finding *finding, bool opens, gjb_buffer *out)
{
    gjr_phrase_print_limit(out, GJ_EN, gjr_phrase_limit_of(finding), opens);
}

static void late_due(const gj_finding *finding, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    if (counted->held) {
        limit(finding, true, out);
        say(out, " is stopped, and until it goes on nobody can say its last day; ");
        return;
    }
    if (!finding->has_due) {
        limit(finding, true, out);
        say(out, counted->is_measured ? " has no length any more; "
                                      : " is due by a date that is recorded no more; ");
        return;
    }
    if (counted->in_time) {
        limit(finding, true, out);
        say(out, finding->code == GJ_LATE ? " was to be done before " : " is to be done before ");
        gjr_phrase_print_instant(out, GJ_EN, counted->due, counted->due_offset_s);
        say(out, "; ");
        return;
    }
    say(out, "The last day for ");
    limit(finding, false, out);
    say(out, finding->code == GJ_LATE ? " was " : " is ");
    gjr_phrase_print_day(out, GJ_EN, counted->due_day);
    gjr_phrase_print_until(out, GJ_EN, counted);
    say(out, "; ");
}

static void late_end(const gj_finding *finding, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    if (finding->by_law && finding->over_amount == 0) {
        say(out, "it ran out without having ended.");
        return;
    }
    if (finding->by_law) {
        say(out, "by law it ended as of ");
        gjr_phrase_print_instant(out, GJ_EN, counted->until, finding->at_offset_s);
    } else if (!finding->ended) {
        say(out, "nothing that ends it is recorded up to ");
        gjr_phrase_print_instant(out, GJ_EN, counted->until, finding->at_offset_s);
    } else if (finding->action.bytes != NULL) {
        quote(out, finding->action_title);
        say(out, " is recorded at ");
        gjr_phrase_print_instant(out, GJ_EN, counted->until, finding->at_offset_s);
    } else {
        say(out, "the date recorded for its end is ");
        gjr_phrase_print_instant(out, GJ_EN, counted->until, finding->at_offset_s);
    }
    say(out, ", ");
    gjr_phrase_print_amount(out, GJ_EN, finding->over_amount, finding->over_unit);
    say(out, " later.");
}

static void late_start(const gj_finding *finding, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    switch (counted->start_kind) {
    case GJ_START_ACT:
        break;
    case GJ_START_ENTERING:
        say(out, "entering ");
        break;
    case GJ_START_LEAVING:
        say(out, "leaving ");
        break;
    case GJ_START_FIELD:
        say(out, "the date ");
        break;
    }
    quote(out, counted->start_subject);
    say(out, counted->start_kind == GJ_START_FIELD ? " is " : " ");
    if (counted->in_time) {
        gjr_phrase_print_instant(out, GJ_EN, counted->start, finding->at_offset_s);
    } else {
        gjr_phrase_print_day_beside(out, GJ_EN, counted->start_day, counted->due_day);
    }
    if (counted->start_not_recorded) {
        say(out, " (not recorded itself: taken at the act that skipped it)");
    }
    say(out, counted->in_time ? ", counted from that instant; " : ", that day not counted; ");
}

static void weekends(const gj_finding *finding, const gjr_tally *tally, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    gj_run part, whole = {0};
    size_t listed = 0;
    bool list = tally->weekend_runs <= LISTED_RUNS_MAX;
    say(out, tally->is_cut ? "at least " : "");
    number(out, tally->weekend_days);
    say(out, tally->weekend_days == 1 ? " weekend day (" : " weekend days (");
    for (size_t i = 0; i < counted->run_count; i++) {
        if (counted->runs[i].kind != GJ_RUN_WEEKEND ||
            !gjr_tally_run(tally, &counted->runs[i], &part)) {
            continue;
        }
        whole.from = listed == 0 ? part.from : whole.from;
        whole.to = part.to;
        if (list) {
            say(out, listed > 0 ? ", " : "");
            gjr_phrase_print_days(out, GJ_EN, &part, counted->due_day);
        }
        listed++;
    }
    if (!list) {
        number(out, (int64_t)tally->weekend_runs);
        say(out, " weekends from ");
        gjr_phrase_print_days(out, GJ_EN, &whole, counted->due_day);
    }
    say(out, ")");
}

static void closures(const gj_finding *finding, const gjr_tally *tally, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    gj_run part;
    size_t listed = 0;
    bool list = tally->closed_runs <= LISTED_RUNS_MAX;
    say(out, tally->is_cut ? "at least " : "");
    number(out, tally->closed_days);
    say(out, " closed (");
    for (size_t i = 0; list && i < counted->run_count; i++) {
        gj_run_kind kind = counted->runs[i].kind;
        if ((kind != GJ_RUN_HOLIDAY && kind != GJ_RUN_OFF) ||
            !gjr_tally_run(tally, &counted->runs[i], &part)) {
            continue;
        }
        say(out, listed++ > 0 ? ", " : "");
        gjb_buffer_add_text(out, part.name);
        say(out, part.name.size > 0 ? " " : "");
        gjr_phrase_print_days(out, GJ_EN, &part, counted->due_day);
    }
    if (!list) {
        number(out, (int64_t)tally->closed_runs);
        say(out, " times");
    }
    say(out, ")");
}

static void worked(const gj_finding *finding, const gjr_tally *tally, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    gj_run part;
    size_t listed = 0;
    for (size_t i = 0; i < counted->run_count && listed < LISTED_RUNS_MAX; i++) {
        if (counted->runs[i].kind != GJ_RUN_WORKED ||
            !gjr_tally_run(tally, &counted->runs[i], &part)) {
            continue;
        }
        say(out, listed++ > 0 ? ", " : "; ");
        if (part.from == part.to) {
            gjr_phrase_print_weekday(out, GJ_EN, part.from);
            say(out, " ");
        }
        gjr_phrase_print_days(out, GJ_EN, &part, counted->due_day);
    }
    if (listed > 0) {
        say(out, tally->worked_runs > listed ? " and others were worked and count"
                 : listed == 1               ? " was a working day and counts"
                                             : " were working days and count");
    }
}

/* The closed days between, if any, behind a word that joins them on. */
static const char *late_closed(const gj_finding *finding, const gjr_tally *tally, gjb_buffer *out,
                               const char *joint)
{
    if (tally->closed_days > 0) {
        say(out, joint);
        closures(finding, tally, out);
        joint = " and ";
    }
    if (tally->weekend_days > 0) {
        say(out, joint);
        weekends(finding, tally, out);
        joint = " and ";
    }
    return joint;
}

static void late_workdays(const gj_finding *finding, const gjr_tally *tally, gjb_buffer *out)
{
    if (!tally->is_whole) {
        say(out, ", of which ");
        gjr_phrase_print_amount(out, GJ_EN, finding->counted.budget, GJ_WORKDAYS);
        return;
    }
    const char *joint = late_closed(finding, tally, out, ", less ");
    (void)gjr_explain_stopped_en(finding, joint, out);
    say(out, ", leaving ");
    gjr_phrase_print_amount(out, GJ_EN, finding->counted.budget, GJ_WORKDAYS);
    gjr_explain_extended_en(finding, out);
    worked(finding, tally, out);
}

/* So much time; of office hours also which, and what lies closed between. */
static void late_time(const gj_finding *finding, const gjr_tally *tally, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    gjr_phrase_print_amount(out, GJ_EN, counted->budget, counted->unit);
    gjr_explain_extended_en(finding, out);
    if (counted->unit == GJ_WORKHOURS) {
        gjr_phrase_print_hours(out, GJ_EN, counted->hours, counted->hour_count);
        (void)late_closed(finding, tally, out, ", without ");
    }
    (void)gjr_explain_stopped_en(finding, "; ", out);
    say(out, ".");
}

/* What is taken off a number of days, and added to it. */
static void days_left(const gj_finding *finding, gjb_buffer *out)
{
    if (finding->counted.unit == GJ_DAYS && gjr_explain_stopped_en(finding, ", less ", out)) {
        say(out, ", leaving ");
        gjr_phrase_print_amount(out, GJ_EN, finding->counted.budget, GJ_DAYS);
    }
    if (finding->counted.unit == GJ_DAYS) {
        gjr_explain_extended_en(finding, out);
    }
}

/* The days of a number of them, or the day on which months or years end. */
static void late_days(const gj_finding *finding, const gj_run *whole, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    if (counted->unit == GJ_MONTHS || counted->unit == GJ_YEARS) {
        gjr_phrase_print_amount(out, GJ_EN, counted->budget, counted->unit);
        gjr_explain_extended_en(finding, out);
        bool stopped = gjr_explain_stopped_en(finding, ", ", out);
        say(out, stopped ? ", ending on " : counted->budget == 1 ? " ends on " : " end on ");
        gjr_phrase_print_day_beside(out, GJ_EN, whole->to, counted->start_day);
        return;
    }
    gjr_phrase_print_days(out, GJ_EN, whole, counted->due_day);
    say(out, " is ");
    gjr_phrase_print_amount(out, GJ_EN, (uint64_t)((int64_t)whole->to - whole->from + 1), GJ_DAYS);
    days_left(finding, out);
}

/* By a date, or a time. */
static void late_by(const gj_finding *finding, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    say(out, "by ");
    quote(out, counted->end_subject);
    if (!finding->has_due) {
        say(out, ", which is recorded no more.");
        return;
    }
    say(out, ", which is recorded as ");
    if (counted->in_time) {
        gjr_phrase_print_instant(out, GJ_EN, counted->due, counted->due_offset_s);
    } else {
        gjr_phrase_print_day(out, GJ_EN, counted->raw_due_day);
    }
    if (counted->raw_due_day != counted->due_by_week) {
        say(out, ", and as that day is closed it moves to ");
        gjr_phrase_print_day_beside(out, GJ_EN, counted->due_by_week, counted->raw_due_day);
    }
    say(out, ".");
}

static void days_count(const gj_finding *finding, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    gjr_tally tally = gjr_tally_of(counted);
    say(out, " Count: ");
    if (counted->span == GJ_SPAN_BY) {
        late_by(finding, out);
        return;
    }
    late_start(finding, out);
    if (counted->held) {
        gjr_phrase_print_amount(out, GJ_EN, (uint64_t)counted->elapsed,
                                gjr_count_over_unit(counted->unit));
        say(out, " counted");
        (void)gjr_explain_stopped_en(finding, "; ", out);
        say(out, ".");
        return;
    }
    if (counted->in_time) {
        late_time(finding, &tally, out);
        return;
    }
    gj_run whole = {.from = tally.from,
                    .to = counted->unit == GJ_WORKDAYS ? tally.to : counted->raw_due_day};
    if (whole.from > whole.to) {
        say(out, "due that day.");
        return;
    }
    late_days(finding, &whole, out);
    if (counted->unit == GJ_WORKDAYS) {
        late_workdays(finding, &tally, out);
    } else if (counted->raw_due_day != counted->due_by_week) {
        say(out, counted->unit == GJ_DAYS ? ", and as the last of them is closed it moves to "
                                          : ", and as that day is closed it moves to ");
        gjr_phrase_print_day_beside(out, GJ_EN, counted->due_by_week, counted->start_day);
        gjr_explain_moved_en(finding, out);
    }
    say(out, ".");
}

/* And how long the limit is, where that hangs on the case. */
static void late_count(const gj_finding *finding, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    bool endless = counted->is_measured && counted->length.amount == 0;
    if (!endless) {
        days_count(finding, out);
    }
    if (counted->is_measured) {
        gjr_length_explain(&counted->length, counted->unit, GJ_EN, out);
    }
}

/* By which of several severities the finding stands. */
static void rung(const gj_finding *finding, gjb_buffer *out)
{
    if (finding->rung.kind == GJ_RUNG_OVERDUE) {
        say(out, " The severity is that of more than ");
        gjr_phrase_print_amount(out, GJ_EN, finding->rung.amount, finding->rung.unit);
        say(out, " after due.");
    }
}

static void late_calendar(const gj_finding *finding, gjb_buffer *out)
{
    if (finding->counted.beyond_published) {
        say(out, " The days counted lie beyond those the calendar has published");
        if (finding->counted.due_earliest != finding->counted.due_latest) {
            say(out, " and go by the week alone; the last day is ");
            gjr_phrase_print_day(out, GJ_EN, finding->counted.due_earliest);
            bool bounded = finding->counted.due_latest < GJR_DAY_MAX;
            say(out, " at the earliest");
            say(out, bounded ? " and " : ", and the latest nobody can tell");
            if (bounded) {
                gjr_phrase_print_day(out, GJ_EN, finding->counted.due_latest);
                say(out, " at the latest");
            }
        }
        say(out, "; it is counted anew when they are.");
    }
    if (finding->counted.calendar.size > 0) {
        say(out, " Calendar: ");
        gjb_buffer_add_text(out, finding->counted.calendar);
        say(out, ".");
    }
}

void gjr_explain_count_en(const gj_finding *finding, gjb_buffer *out)
{
    late_count(finding, out);
    late_calendar(finding, out);
}

static void period(const gj_finding *finding, gjb_buffer *out)
{
    gjr_explain_period(finding, GJ_EN, out);
}

static void late(const gj_finding *finding, gjb_buffer *out)
{
    if (finding->counted.span == GJ_SPAN_WITHIN_BEFORE) {
        period(finding, out);
        return;
    }
    late_due(finding, out);
    late_end(finding, out);
    late_count(finding, out);
    rung(finding, out);
    if (finding->by_law) {
        gjr_effect_explain(&finding->law, GJ_EN, out);
    }
    late_calendar(finding, out);
}

/* "The last day is …; since … there is no more left than 3 working days." */
static void due_soon(const gj_finding *finding, gjb_buffer *out)
{
    const gj_rung *by = &finding->rung;
    late_due(finding, out);
    say(out, "since ");
    gjr_phrase_print_instant(out, GJ_EN, by->at, finding->at_offset_s);
    if (by->kind == GJ_RUNG_SHARE) {
        say(out, " ");
        gjr_phrase_print_share(out, by->amount);
        say(out, " of the time is used");
    } else {
        say(out, " there is no more left than ");
        gjr_phrase_print_amount(out, GJ_EN, by->amount, by->unit);
    }
    if (finding->status == GJ_CLOSED) {
        say(out, ", and at ");
        gjr_phrase_print_instant(out, GJ_EN, finding->counted.until, finding->at_offset_s);
        say(out, " it ended");
    }
    say(out, ".");
    late_count(finding, out);
    late_calendar(finding, out);
}

/* ---- order ---- */

static void skipped_step(const gj_finding *finding, gjb_buffer *out)
{
    act(finding, out);
    stood(finding, out);
    say(out, "; it belongs to ");
    quote(out, finding->stage_expected_title);
    of_branch(out, finding->branch_expected_title);
    say(out, ". By ");
    version(finding, out);
    say(out, " at least ");
    number(out, (int64_t)finding->left_out_count);
    say(out, finding->left_out_count == 1 ? " act lies between: " : " acts lie between: ");
    for (size_t i = 0; i < finding->left_out_count; i++) {
        const gj_left_out *left_out = &finding->left_out[i];
        say(out, i > 0 ? ", " : "");
        quote(out, left_out->title);
        bool in_branch = left_out->branch_title.size > 0, by_post = left_out->post_title.size > 0;
        say(out, in_branch || by_post ? " (" : "");
        say(out, in_branch ? "branch " : "");
        gjb_buffer_add_text(out, left_out->branch_title);
        say(out, in_branch && by_post ? ", " : "");
        gjb_buffer_add_text(out, left_out->post_title);
        say(out, in_branch || by_post ? ")" : "");
    }
    if (finding->left_out_count == 1 && finding->times == 0) {
        say(out, ". No record of it exists up to then.");
    } else {
        say(out, finding->left_out_count == 1 ? ". No record of it" : ". No record of them");
        say(out, " after that stage exists up to then.");
    }
    now_in(finding, out);
    say(out, " Once it is recorded the case is judged again.");
}

static void out_of_order(const gj_finding *finding, gjb_buffer *out)
{
    act(finding, out);
    stood(finding, out);
    say(out, "; it belongs to ");
    quote(out, finding->stage_expected_title);
    of_branch(out, finding->branch_expected_title);
    say(out, ", which by ");
    version(finding, out);
    say(out, " does not lie ahead, and it was not done before.");
    now_in(finding, out);
    say(out, " If the time or the act was recorded wrongly, the case is judged again once it is "
             "corrected.");
}

static void repeated(const gj_finding *finding, gjb_buffer *out)
{
    act(finding, out);
    stood(finding, out);
    gjb_buffer_add_format(out, "; for this case it is number %u, and by ", finding->times);
    version(finding, out);
    if (finding->times_allowed > 0) {
        gjb_buffer_add_format(out, " it may be done at most %u time%s.", finding->times_allowed,
                              finding->times_allowed == 1 ? "" : "s");
    } else {
        say(out, " it is not done in this stage or ahead of it.");
    }
    now_in(finding, out);
    say(out, " If it was recorded twice, the case is judged again once that is corrected.");
}

static void by_post(const gj_finding *finding, gjb_buffer *out)
{
    say(out, ", by the post ");
    quote(out, finding->post_title);
    if (finding->officer.size > 0) {
        say(out, " (officer ");
        gjb_buffer_add_text(out, finding->officer);
        say(out, ")");
    }
    say(out, "; by ");
    version(finding, out);
}

static void unauthorised(const gj_finding *finding, gjb_buffer *out)
{
    act(finding, out);
    by_post(finding, out);
    if (finding->condition.bytes != NULL) {
        say(out, " that post may do it only when ");
        quote(out, finding->condition);
        say(out, ", which does not hold");
        gjr_phrase_print_values(out, GJ_EN, finding);
        say(out, ". If the data are wrong, the case is judged again once they are corrected.");
    } else {
        say(out, " it is for ");
        gjr_phrase_print_list(out, GJ_EN, finding->posts_granted, finding->posts_granted_count);
        say(out, ".");
    }
    now_in(finding, out);
    say(out, " If the post was recorded wrongly, the case is judged again once it is corrected.");
}

static void condition_unmet(const gj_finding *finding, gjb_buffer *out)
{
    act(finding, out);
    stood(finding, out);
    say(out, "; there ");
    version(finding, out);
    say(out, " does it only when ");
    quote(out, finding->condition);
    say(out, ", which does not hold");
    gjr_phrase_print_values(out, GJ_EN, finding);
    say(out, ".");
    now_in(finding, out);
    say(out, " If the data are wrong, the case is judged again once they are corrected.");
}

static void unknown_action(const gj_finding *finding, gjb_buffer *out)
{
    act(finding, out);
    say(out, "; ");
    version(finding, out);
    say(out, " has no action of that name, title or alias.");
    now_in(finding, out);
    say(out, " If the name is wrong, the case is judged again once it is corrected; if the act is "
             "real, the procedure should name it.");
}

static void future(const gj_finding *finding, gjb_buffer *out)
{
    act(finding, out);
    say(out,
        ", and the clock has not come to that yet. It is kept, and judged when the time comes. If "
        "the time was recorded wrongly, a correction takes its place.");
}

static void after_close(const gj_finding *finding, gjb_buffer *out)
{
    act(finding, out);
    say(out, ", when the case had ended in ");
    quote(out, finding->stage_title);
    say(out, "; by ");
    version(finding, out);
    say(out, " it is not done after that. If the time was recorded wrongly, the case is judged "
             "again once it is corrected.");
}

/* ---- rules, documents, data ---- */

static void relation(const gj_finding *finding, gjb_buffer *out)
{
    gjr_explain_relation(finding, GJ_EN, out);
}

static void forbidden(const gj_finding *finding, gjb_buffer *out)
{
    if (finding->relation != GJ_RELATION_NONE) {
        relation(finding, out);
        return;
    }
    act(finding, out);
    if (finding->subject_kind == GJ_SUBJECT_POST) {
        by_post(finding, out);
        say(out, " that post never does it");
    } else {
        say(out, "; the rule ");
        quote(out, finding->subject_title);
        say(out, " says it is never done");
    }
    if (finding->condition.bytes != NULL) {
        say(out, " when ");
        quote(out, finding->condition);
    }
    gjr_phrase_print_values(out, GJ_EN, finding);
    gjr_phrase_print_exceptions(out, GJ_EN, finding);
    say(out, ". If a record is wrong, the case is judged again once it is corrected.");
}

static void times(gjb_buffer *out, uint32_t count)
{
    gjb_buffer_add_format(out, "%u time%s", count, count == 1 ? "" : "s");
}

/* Decided when the case, or the branch, ended. */
static void too_seldom(const gj_finding *finding, gjb_buffer *out)
{
    bool branch = finding->branch_title.size > 0;
    act(finding, out);
    say(out, ", with which the ");
    say(out, branch ? "branch " : "case ended in ");
    quote(out, branch ? finding->branch_title : finding->stage_title);
    say(out, branch ? " ended; the rule " : "; the rule ");
    quote(out, finding->subject_title);
    say(out, " requires ");
    quote(out, finding->counts_title);
    say(out, finding->bound == GJ_EXACTLY ? " exactly " : " at least ");
    times(out, finding->times_allowed);
    if (finding->key_title.size > 0) {
        say(out, " for each, and up to then for ");
        quote(out, finding->key_title);
        say(out, " it is recorded ");
    } else {
        say(out, ", and up to then it is recorded ");
    }
    times(out, finding->times);
    gjr_phrase_print_values(out, GJ_EN, finding);
    gjr_phrase_print_exceptions(out, GJ_EN, finding);
    say(out, ". If it was done and not recorded, the case is judged again once it is recorded.");
}

static void too_often(const gj_finding *finding, gjb_buffer *out)
{
    act(finding, out);
    bool keyed = finding->key_title.size > 0;
    gjb_buffer_add_format(out, "; it is number %u", finding->times);
    if (keyed) {
        say(out, " for ");
        quote(out, finding->key_title);
    }
    say(out, ", and the rule ");
    quote(out, finding->subject_title);
    say(out, finding->bound == GJ_EXACTLY ? " wants it exactly " : " allows it at most ");
    times(out, finding->times_allowed);
    say(out, keyed ? " for each" : "");
    gjr_phrase_print_values(out, GJ_EN, finding);
    gjr_phrase_print_exceptions(out, GJ_EN, finding);
    say(out, ". If it was recorded twice, the case is judged again once that is corrected.");
}

static void rule(const gj_finding *finding, gjb_buffer *out)
{
    if (finding->bound != GJ_BOUND_NONE) {
        bool often = finding->times > finding->times_allowed;
        (often ? too_often : too_seldom)(finding, out);
        return;
    }
    if (finding->relation != GJ_RELATION_NONE) {
        relation(finding, out);
        return;
    }
    act(finding, out);
    say(out, "; the rule ");
    quote(out, finding->subject_title);
    say(out, " requires ");
    quote(out, finding->condition);
    say(out, ", which does not hold");
    gjr_phrase_print_values(out, GJ_EN, finding);
    gjr_phrase_print_exceptions(out, GJ_EN, finding);
    say(out, ". If the data are wrong or incomplete, the case is judged again once they are "
             "corrected or supplied.");
}

static void not_done(const gj_finding *finding, gjb_buffer *out)
{
    if (finding->relation != GJ_RELATION_NONE) {
        relation(finding, out);
        return;
    }
    gjr_explain_not_done(finding, GJ_EN, out);
}

static void missing_document(const gj_finding *finding, gjb_buffer *out)
{
    size_t present = finding->documents_present_count, missing = finding->documents_missing_count;
    act(finding, out);
    gjb_buffer_add_format(out, ", for which %zu document%s must be there; %zu recorded",
                          present + missing, present + missing == 1 ? "" : "s", present);
    if (present > 0) {
        say(out, " (");
        gjr_phrase_print_list(out, GJ_EN, finding->documents_present, present);
        say(out, ")");
    }
    gjb_buffer_add_format(out, ", %zu not: ", missing);
    gjr_phrase_print_missing(out, GJ_EN, finding);
    say(out, ". This says only what is recorded; if it had been received by then, the case is "
             "judged again once that is recorded.");
}

static const char *unrecorded(const gj_finding *finding)
{
    return finding->is_of_first    ? "not recorded of the act that it may follow"
           : finding->is_parameter ? "not recorded with the act"
                                   : "not recorded up to then";
}

/* The value to which a field was to be set. */
static void missing_value(const gj_finding *finding, gjb_buffer *out)
{
    say(out, ", which sets ");
    quote(out, finding->sets_title);
    say(out, " to ");
    quote(out, finding->condition);
    if (finding->fields_missing_count == 0) {
        say(out, "; that gives no result");
        gjr_phrase_print_values(out, GJ_EN, finding);
    } else if (finding->quoted.bytes != NULL) {
        say(out, "; for that ");
        quote(out, finding->subject_title);
        say(out, " is recorded as ");
        quote(out, finding->quoted);
        say(out, ", which is not of its type and counts as missing");
    } else {
        say(out, "; for that ");
        quote(out, finding->subject_title);
        say(out, " is needed and ");
        say(out, unrecorded(finding));
    }
    say(out, ". So ");
    quote(out, finding->sets_title);
    say(out, " counts as not recorded. Once the data are supplied or corrected the case is judged "
             "again.");
}

static void too_many_open(const gj_finding *finding, gjb_buffer *out)
{
    gjr_explain_too_many_open(finding, GJ_EN, out);
}

static void missing_data(const gj_finding *finding, gjb_buffer *out)
{
    act(finding, out);
    if (finding->due_of.bytes != NULL) {
        gjr_explain_due_unknown(finding, GJ_EN, out);
    } else if (finding->length_of.bytes != NULL) {
        gjr_explain_length_unknown(finding, GJ_EN, out);
    } else if (finding->key_of.bytes != NULL) {
        gjr_explain_key_unknown(finding, GJ_EN, out);
    } else if (finding->sets.bytes != NULL) {
        missing_value(finding, out);
    } else if (finding->fields_missing_count > 0) {
        say(out, "; ");
        quote(out, finding->subject_title);
        if (finding->quoted.bytes != NULL) {
            say(out, ", which the condition ");
            quote(out, finding->condition);
            say(out, " needs, is recorded as ");
            quote(out, finding->quoted);
            say(out, ", which is not of its type and counts as missing");
        } else {
            say(out, ", which the condition ");
            quote(out, finding->condition);
            say(out, " needs, is ");
            say(out, unrecorded(finding));
        }
        say(out, ", so whether it holds cannot be said. Once it is recorded the case is "
                 "judged again.");
    } else if (finding->relation != GJ_RELATION_NONE && finding->condition.bytes == NULL) {
        gjr_explain_officer_unknown(finding, GJ_EN, out);
    } else if (finding->subject_kind == GJ_SUBJECT_POST) {
        say(out, " without the post that did it, so whether it was the right one cannot be said. "
                 "Once the post is recorded the case is judged again.");
    } else {
        say(out, "; the condition ");
        quote(out, finding->condition);
        say(out, " of ");
        quote(out, finding->subject_title);
        say(out, " gives no result");
        gjr_phrase_print_values(out, GJ_EN, finding);
        say(out, ". Whether it holds cannot be said. Once the data are supplied or corrected the "
                 "case is judged again.");
    }
    say(out, " This is about data and not about any officer.");
}

static void native_failed(const gj_finding *finding, gjb_buffer *out)
{
    act(finding, out);
    gjr_explain_native(finding, GJ_EN, out);
}

void gjr_explain_en(const gj_finding *finding, gjb_buffer *out)
{
    static void (*const explain[])(const gj_finding *, gjb_buffer *) = {
        [GJ_LATE] = late,
        [GJ_EARLY] = period,
        [GJ_DUE_SOON] = due_soon,
        [GJ_INVALID_EXTENSION] = gjr_explain_invalid_extension_en,
        [GJ_INVALID_STOP] = gjr_explain_invalid_stop_en,
        [GJ_TOO_MANY_OPEN] = too_many_open,
        [GJ_SKIPPED_STEP] = skipped_step,
        [GJ_OUT_OF_ORDER] = out_of_order,
        [GJ_REPEATED] = repeated,
        [GJ_UNAUTHORISED] = unauthorised,
        [GJ_CONDITION_UNMET] = condition_unmet,
        [GJ_UNKNOWN_ACTION] = unknown_action,
        [GJ_AFTER_CLOSE] = after_close,
        [GJ_FORBIDDEN] = forbidden,
        [GJ_SEPARATION] = relation,
        [GJ_RULE] = rule,
        [GJ_NOT_DONE] = not_done,
        [GJ_MISSING_DOCUMENT] = missing_document,
        [GJ_MISSING_DATA] = missing_data,
        [GJ_NATIVE_FAILED] = native_failed,
        [GJ_FUTURE] = future,
    };
    _Static_assert(sizeof explain / sizeof *explain == GJ_CODE_COUNT, "an explanation a code");
    explain[finding->code](finding, out);
    gjr_phrase_print_held(out, GJ_EN, finding);
    gjr_phrase_print_hand(out, GJ_EN, finding);
    gjr_phrase_print_clause(out, GJ_EN, finding);
}
