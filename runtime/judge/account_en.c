/* SPDX-License-Identifier: Apache-2.0
 *
 * Accounts in English: the twin of account_zh.c. What can be checked comes first: from when, how
 * long, what was added or did not count, until when; then how it stands. */
#include "judge/account.h"
#include "judge/decisions.h"
#include "judge/length.h"
#include "judge/effect.h"
#include "judge/phrase.h"

static void say(gjb_buffer *out, const char *words)
{
    gjb_buffer_add_string(out, words);
}

static void quote(gjb_buffer *out, gj_text text)
{
    gjr_phrase_print_quoted(out, GJ_EN, text);
}

static void measure(gjb_buffer *out, const gj_account *account, uint64_t amount)
{
    gjr_phrase_print_gone(out, GJ_EN, (int64_t)amount, account->unit);
}

static void instant_of(gjb_buffer *out, const gj_account_mark *mark)
{
    gjr_phrase_print_instant(out, GJ_EN, mark->at, mark->at_offset_s);
}

/* “accept”, entering “hearing”, the date “opening”. */
static void cause(gjb_buffer *out, const gj_account_mark *mark)
{
    static const char *const kinds[] = {"", "entering ", "leaving ", "the date "};
    say(out, kinds[mark->cause]);
    quote(out, mark->subject_title);
}

static void who(gjb_buffer *out, const gj_account_mark *mark)
{
    if (mark->post_title.size > 0) {
        say(out, " by ");
        gjb_buffer_add_text(out, mark->post_title);
    }
    if (mark->officer.size > 0) {
        say(out, " (officer ");
        gjb_buffer_add_text(out, mark->officer);
        say(out, ")");
    }
}

/* ---- the count ---- */

static gjr_limit_words limit_words(const gj_account *account)
{
    return (gjr_limit_words){account->limit_kind, account->limit_title, account->key_title};
}

/* Where it comes from, on which day or at what time. */
static void when(gjb_buffer *out, const gj_account *account, const gj_account_mark *mark,
                 gj_day day)
{
    cause(out, mark);
    say(out, account->in_time ? " at " : " on ");
    if (account->in_time) {
        instant_of(out, mark);
    } else {
        gjr_phrase_print_day(out, GJ_EN, day);
    }
}

/* What lies between the act and what it is counted back from. */
static void between(gjb_buffer *out, const gj_account *account)
{
    const gj_account_mark *last = &account->marks[account->mark_count - 1];
    say(out, account->span == GJ_SPAN_WITHIN_BEFORE ? "no more than " : "at least ");
    gjr_phrase_print_amount(out, GJ_EN, account->budget, account->unit);
    say(out, account->span == GJ_SPAN_WITHIN_BEFORE ? " may" : " must");
    say(out, " lie between ");
    when(out, account, account->marks, account->start_day);
    say(out, " and ");
    if (account->has_due) {
        when(out, account, last, account->until_day);
    } else {
        say(out, "what it is counted back from, which has not come");
    }
    say(out, account->in_time ? "." : ", neither day counted.");
}

static void by_date(gjb_buffer *out, const gj_account *account)
{
    say(out, "by ");
    quote(out, account->by_title);
    say(out, ", from ");
    when(out, account, account->marks, account->start_day);
    say(out, account->marks->not_recorded
                 ? " (not recorded itself: taken at the act that skipped it)."
                 : ".");
}

/* One whose length hangs on the case may have none. */
static bool has_length(const gj_account *account)
{
    return account->span == GJ_SPAN_BY || account->budget > account->extended;
}

/* Nobody says when it is due, and not because it is stopped. */
static bool is_undated(const gj_account *account)
{
    return !account->has_due && (account->span == GJ_SPAN_BY || !has_length(account));
}

static void start(gjb_buffer *out, const gj_account *account)
{
    const gj_account_mark *from = account->marks;
    gjr_phrase_print_limit(out, GJ_EN, limit_words(account), true);
    say(out, ": ");
    if (gjr_account_is_backward(account)) {
        between(out, account);
        return;
    }
    if (account->span == GJ_SPAN_BY) {
        by_date(out, account);
        return;
    }
    say(out, account->span == GJ_SPAN_AT_LEAST ? "at least " : "");
    if (has_length(account)) {
        gjr_phrase_print_amount(out, GJ_EN, account->budget - account->extended, account->unit);
        if (account->unit == GJ_WORKHOURS) {
            gjr_phrase_print_hours(out, GJ_EN, account->hours, account->hour_count);
        }
        say(out, " from ");
    } else {
        say(out, "from ");
    }
    cause(out, from);
    say(out, account->in_time ? " at " : " on ");
    if (account->in_time) {
        instant_of(out, from);
    } else {
        gjr_phrase_print_day(out, GJ_EN, account->start_day);
        say(out, ", that day not counted");
    }
    say(out, from->not_recorded ? " (not recorded itself: taken at the act that skipped it)."
             : from->by_law     ? " (by law)."
                                : ".");
}

static void basis(gjb_buffer *out, const gj_account_mark *mark)
{
    if (mark->basis_count > 0) {
        say(out, " (");
        gjr_citation_print(out, GJ_EN, mark->basis, mark->basis_count);
        say(out, ")");
    }
}

static void length_basis(gjb_buffer *out, const gj_length *length)
{
    if (length->basis_count > 0) {
        say(out, " (");
        gjr_citation_print(out, GJ_EN, length->basis, length->basis_count);
        say(out, ")");
    }
}

/* Of a stop or an extension, when it began. */
static void voided(gjb_buffer *out, const gj_account_mark *mark)
{
    say(out, mark->voids_extension ? " The extension of " : " The stop of ");
    gjr_phrase_print_instant(out, GJ_EN, mark->began, mark->at_offset_s);
    say(out, " has no effect: no notice of it came in time");
    basis(out, mark);
    say(out, ".");
}

/* By when it is due, and from when on that was known. */
static void told(gjb_buffer *out, const gj_account *account, const gj_account_mark *mark)
{
    say(out, " Told at ");
    instant_of(out, mark);
    say(out, ": ");
    if (mark->told == GJ_NEVER) {
        say(out, "no date any more");
    } else if (account->in_time) {
        gjr_phrase_print_instant(out, GJ_EN, mark->told, mark->at_offset_s);
    } else {
        gjr_phrase_print_day(out, GJ_EN, gjr_phrase_day(mark->told, mark->at_offset_s));
    }
    say(out, ".");
}

/* How long it is from then on, and why. */
static void measured(gjb_buffer *out, const gj_account *account, const gj_account_mark *mark)
{
    say(out, " Its length, read at ");
    instant_of(out, mark);
    say(out, ": ");
    gjr_length_explain_why(&mark->length, account->unit, GJ_EN, out);
    length_basis(out, &mark->length);
    say(out, ".");
    gjr_decisions_explain(mark->rows, mark->row_count, GJ_EN, out);
}

/* How long it lasts at most, as it was granted; a range where that is not announced yet. */
static void granted(gjb_buffer *out, const gj_account_mark *mark)
{
    if (mark->kind != GJ_MARK_STOPPED || mark->at_most_latest == GJ_NEVER) {
        return;
    }
    say(out, ", until ");
    gjr_phrase_print_instant(out, GJ_EN, mark->at_most_earliest, mark->at_offset_s);
    if (mark->at_most_earliest != mark->at_most_latest) {
        say(out, " to ");
        gjr_phrase_print_instant(out, GJ_EN, mark->at_most_latest, mark->at_offset_s);
    }
    say(out, " at the latest");
}

/* What was done at that instant, or has worked since another act, which is the one at hand, told
 * of it. */
static void extended(gjb_buffer *out, const gj_account *account, const gj_account_mark *mark)
{
    say(out, " Extended by ");
    gjr_phrase_print_amount(out, GJ_EN, (uint64_t)mark->amount, account->unit);
    say(out, ", ");
    quote(out, mark->subject_title);
    if (mark->notice_title.size > 0) {
        say(out, " of ");
        gjr_phrase_print_instant(out, GJ_EN, mark->began, mark->at_offset_s);
        say(out, ", by notice ");
        quote(out, mark->notice_title);
    }
    say(out, " at ");
}

static void stopped(gjb_buffer *out, const gj_account_mark *mark)
{
    say(out, " Stopped by ");
    cause(out, mark);
    if (mark->notice_title.size > 0) {
        say(out, ", by notice ");
        quote(out, mark->notice_title);
    }
    say(out, " from ");
}

static void awaited(gjb_buffer *out, const gj_account *account, const gj_account_mark *mark)
{
    say(out, " Granted, and to count once notice of it is recorded: ");
    gjr_phrase_print_amount(out, GJ_EN, (uint64_t)mark->amount, account->unit);
    say(out, " more, ");
    quote(out, mark->subject_title);
    say(out, " at ");
}

static void turn(gjb_buffer *out, const gj_account *account, const gj_account_mark *mark)
{
    switch (mark->kind) {
    case GJ_MARK_TOLD:
        told(out, account, mark);
        return;
    case GJ_MARK_MEASURED:
        measured(out, account, mark);
        return;
    case GJ_MARK_EXTENDED:
        extended(out, account, mark);
        break;
    case GJ_MARK_GRANTED:
        awaited(out, account, mark);
        break;
    case GJ_MARK_STOPPED:
        stopped(out, mark);
        break;
    case GJ_MARK_RESUMED:
        if (!gjr_account_goes_on(account, mark)) {
            return;
        }
        say(out, " Counted again from ");
        break;
    case GJ_MARK_VOIDED:
        voided(out, mark);
        return;
    case GJ_MARK_STARTED:
    case GJ_MARK_RUNG:
    case GJ_MARK_ENDED:
    case GJ_MARK_CLOSED:
    case GJ_MARK_RAN_OUT:
        return;
    }
    instant_of(out, mark);
    who(out, mark);
    granted(out, mark);
    basis(out, mark);
    say(out, ".");
}

/* When the act was to be done, so long before what has come. */
static void due_back(gjb_buffer *out, const gj_account *account)
{
    bool within = account->span == GJ_SPAN_WITHIN_BEFORE;
    if (!account->has_due) {
        return;
    }
    if (account->in_time) {
        say(out, within ? " It lies in time not before " : " It lies in time not after ");
        gjr_phrase_print_instant(out, GJ_EN, account->due, account->due_offset_s);
    } else {
        say(out, within ? " The first day for it is " : " The last day for it is ");
        gjr_phrase_print_day(out, GJ_EN, account->due_day);
    }
    say(out, ".");
}

static void due(gjb_buffer *out, const gj_account *account)
{
    bool minimum = account->span == GJ_SPAN_AT_LEAST;
    if (gjr_account_is_backward(account)) {
        due_back(out, account);
        return;
    }
    if (!account->has_due && account->span == GJ_SPAN_BY) {
        say(out, " No date is recorded by which it is due.");
    } else if (!account->has_due) {
        say(out, has_length(account) ? " While it is stopped nobody can tell its last day." : "");
    } else if (account->in_time) {
        say(out, minimum ? " It may end from then on: " : " It is to be done before ");
        gjr_phrase_print_instant(out, GJ_EN, account->due, account->due_offset_s);
        say(out, ".");
    } else {
        say(out, " The last day is ");
        if (account->raw_due_day != account->due_day) {
            gjr_phrase_print_day(out, GJ_EN, account->raw_due_day);
            say(out, ", which is closed; it moves to ");
        }
        gjr_phrase_print_day(out, GJ_EN, account->due_day);
        gj_counted ends = {.due = account->due,
                           .due_offset_s = account->due_offset_s,
                           .at_close = account->at_close};
        gjr_phrase_print_until(out, GJ_EN, &ends);
        say(out, minimum ? "; it may end only after that." : ".");
    }
    if (account->has_due && account->due_day == GJR_DAY_MAX) {
        say(out, " No day after that is counted here: it may be due later.");
    }
    if (account->range.open) {
        bool bounded = account->range.latest < GJR_DAY_MAX;
        say(out, " The days up to it are not all announced yet: it will lie ");
        say(out, bounded ? "between " : "on ");
        gjr_phrase_print_day(out, GJ_EN, account->range.earliest);
        say(out, bounded ? " and " : " at the earliest, and the latest nobody can tell");
        if (bounded) {
            gjr_phrase_print_day(out, GJ_EN, account->range.latest);
        }
        say(out, ".");
    }
}

/* ---- how it stands ---- */

static void over(gjb_buffer *out, const gj_account *account)
{
    gjr_phrase_print_amount(out, GJ_EN, account->over, account->over_unit);
    say(out, account->in_time ? " too late" : " after the last day");
}

static void minimum_end(gjb_buffer *out, const gj_account *account, const gj_account_mark *mark)
{
    if (account->over > 0) {
        gjr_phrase_print_amount(out, GJ_EN, account->over, account->over_unit);
        say(out, " too early");
    } else if (mark->kind == GJ_MARK_CLOSED && account->left > 0) {
        say(out, "with ");
        measure(out, account, account->left);
        say(out, " left");
    } else {
        say(out, "when that was over");
    }
}

static void end(gjb_buffer *out, const gj_account *account, const gj_account_mark *mark)
{
    if (mark->kind == GJ_MARK_CLOSED) {
        say(out, account->branch.size > 0 ? " It closed with the case or the branch at "
                                          : " It closed with the case at ");
        instant_of(out, mark);
    } else {
        say(out, " It ended with ");
        cause(out, mark);
        say(out, mark->cause == GJ_START_FIELD ? ", " : " at ");
        instant_of(out, mark);
    }
    say(out, ", ");
    if (account->span == GJ_SPAN_AT_LEAST) {
        minimum_end(out, account, mark);
    } else if (account->over > 0) {
        over(out, account);
    } else if (!has_length(account)) {
        say(out, "when nothing was due by it");
    } else if (is_undated(account)) {
        say(out, "and when it was due cannot be said");
    } else if (!account->in_time && account->until_day == account->due_day) {
        say(out, "on its last day");
    } else {
        say(out, "with ");
        measure(out, account, account->left);
        say(out, " left");
    }
    say(out, ".");
}

static void ran_out(gjb_buffer *out, const gj_account_mark *mark)
{
    say(out, " It ran out at ");
    gjr_phrase_print_instant(out, GJ_EN, mark->at, mark->at_offset_s);
    say(out, " without having ended.");
    gjr_effect_explain(&mark->law, GJ_EN, out);
}

/* What lies between the two: enough, or by how much amiss. */
static void standing_back(gjb_buffer *out, const gj_account *account)
{
    bool within = account->span == GJ_SPAN_WITHIN_BEFORE;
    if (!account->has_due) {
        say(out, account->status == GJ_ACCOUNT_CLOSED ? " It closed with the case at " : " By ");
        gjr_phrase_print_instant(out, GJ_EN, account->until, account->until_offset_s);
        say(out, account->status == GJ_ACCOUNT_CLOSED ? ", and nothing is to be said."
                                                      : " nothing is to be said yet.");
        return;
    }
    say(out, " Between the two: ");
    measure(out, account, account->used);
    if (account->over > 0) {
        say(out, "; it lies ");
        gjr_phrase_print_amount(out, GJ_EN, account->over, account->over_unit);
        say(out, within ? " earlier than that" : " later than that");
    }
    say(out, ".");
}

static void standing(gjb_buffer *out, const gj_account *account)
{
    if (gjr_account_is_backward(account)) {
        standing_back(out, account);
        return;
    }
    for (size_t i = 0; i < account->mark_count; i++) {
        const gj_account_mark *mark = &account->marks[i];
        if (mark->kind == GJ_MARK_RAN_OUT) {
            ran_out(out, mark);
            return;
        }
        if (mark->kind == GJ_MARK_ENDED || (mark->kind == GJ_MARK_CLOSED && !mark->stays_overdue)) {
            end(out, account, mark);
            return;
        }
    }
    say(out, " By ");
    gjr_phrase_print_instant(out, GJ_EN, account->until, account->until_offset_s);
    if (is_undated(account)) {
        say(out, " it has not ended.");
        return;
    }
    if (account->over > 0) {
        say(out, " it has not ended, ");
        over(out, account);
        say(out, ".");
        return;
    }
    say(out, ", ");
    measure(out, account, account->used);
    say(out, account->used == 1 && !account->in_time ? " has gone" : " have gone");
    say(out, account->in_time ? "; left: " : "; left after that day: ");
    measure(out, account, account->left);
    say(out, ".");
}

static void clause(gjb_buffer *out, const gj_account *account)
{
    if (account->duty_is_holder) {
        say(out, " In charge: whoever holds the case.");
    } else if (account->duty.size > 0) {
        say(out, " In charge: ");
        gjb_buffer_add_text(out, account->duty_title);
        say(out, ".");
    }
    if (account->basis_count > 0) {
        say(out, " Basis: ");
        gjr_citation_print(out, GJ_EN, account->basis, account->basis_count);
        say(out, ".");
    }
    say(out, " Clause: ");
    gjb_buffer_add_text(out, account->file);
    gjb_buffer_add_format(out, ":%u.", account->line);
    if (account->calendar.size > 0) {
        say(out, " Calendar: ");
        gjb_buffer_add_text(out, account->calendar);
        say(out, ".");
    }
}

void gjr_account_explain_en(const gj_account *account, gjb_buffer *out)
{
    start(out, account);
    for (size_t i = 0; i < account->mark_count; i++) {
        turn(out, account, &account->marks[i]);
    }
    due(out, account);
    standing(out, account);
    clause(out, account);
}
