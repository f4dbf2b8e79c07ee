/* SPDX-License-Identifier: Apache-2.0
 *
 * Accounts in Chinese: the twin of account_en.c. */
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
    gjr_phrase_print_quoted(out, GJ_ZH, text);
}

static void measure(gjb_buffer *out, const gj_account *account, uint64_t amount)
{
    gjr_phrase_print_gone(out, GJ_ZH, (int64_t)amount, account->unit);
}

static void instant_of(gjb_buffer *out, const gj_account_mark *mark)
{
    gjr_phrase_print_instant(out, GJ_ZH, mark->at, mark->at_offset_s);
}

/* “受理”, 进入“听证”, 所登记日期“开标日”. */
static void cause(gjb_buffer *out, const gj_account_mark *mark)
{
    static const char *const kinds[] = {"", "进入", "离开", "所登记日期"};
    say(out, kinds[mark->cause]);
    quote(out, mark->subject_title);
}

static void who(gjb_buffer *out, const gj_account_mark *mark)
{
    if (mark->post_title.size > 0) {
        say(out, "，办理岗位：");
        gjb_buffer_add_text(out, mark->post_title);
    }
    if (mark->officer.size > 0) {
        say(out, "，经办人：");
        gjb_buffer_add_text(out, mark->officer);
    }
}

/* ---- the count ---- */

static gjr_limit_words limit_words(const gj_account *account)
{
    return (gjr_limit_words){account->limit_kind, account->limit_title, account->key_title};
}

/* On which day or at what time, and what. */
static void when(gjb_buffer *out, const gj_account *account, const gj_account_mark *mark,
                 gj_day day)
{
    if (account->in_time) {
        instant_of(out, mark);
    } else {
        gjr_phrase_print_day(out, GJ_ZH, day);
    }
    cause(out, mark);
}

/* What lies between the act and what it is counted back from. */
static void between(gjb_buffer *out, const gj_account *account)
{
    const gj_account_mark *last = &account->marks[account->mark_count - 1];
    when(out, account, account->marks, account->start_day);
    say(out, "与");
    if (account->has_due) {
        when(out, account, last, account->until_day);
    } else {
        say(out, "据以倒算之事（尚未到来）");
    }
    say(out, account->span == GJ_SPAN_WITHIN_BEFORE ? "，两者之间不超过" : "，两者之间至少");
    gjr_phrase_print_amount(out, GJ_ZH, account->budget, account->unit);
    say(out, account->in_time ? "。" : "，两端当日均不计。");
}

static void by_date(gjb_buffer *out, const gj_account *account)
{
    say(out, "自");
    when(out, account, account->marks, account->start_day);
    say(out, "起，截至");
    quote(out, account->by_title);
    say(out, account->marks->not_recorded ? "（无登记记录，自跳步登记时起算）。" : "。");
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
    gjr_phrase_print_limit(out, GJ_ZH, limit_words(account), true);
    say(out, "：");
    if (gjr_account_is_backward(account)) {
        between(out, account);
        return;
    }
    if (account->span == GJ_SPAN_BY) {
        by_date(out, account);
        return;
    }
    say(out, "自");
    if (account->in_time) {
        instant_of(out, from);
    } else {
        gjr_phrase_print_day(out, GJ_ZH, account->start_day);
    }
    cause(out, from);
    if (has_length(account)) {
        say(out, account->span == GJ_SPAN_AT_LEAST ? "起算，至少" : "起算，限");
        gjr_phrase_print_amount(out, GJ_ZH, account->budget - account->extended, account->unit);
        if (account->unit == GJ_WORKHOURS) {
            gjr_phrase_print_hours(out, GJ_ZH, account->hours, account->hour_count);
        }
    } else {
        say(out, "起算");
    }
    say(out, account->in_time ? "" : "，当日不计");
    say(out, from->not_recorded ? "（无登记记录，自跳步登记时起算）。"
             : from->by_law     ? "（依法视为）。"
                                : "。");
}

static void basis(gjb_buffer *out, const gj_account_mark *mark)
{
    if (mark->basis_count > 0) {
        say(out, "，依据：");
        gjr_citation_print(out, GJ_ZH, mark->basis, mark->basis_count);
    }
}

static void length_basis(gjb_buffer *out, const gj_length *length)
{
    if (length->basis_count > 0) {
        say(out, "，依据：");
        gjr_citation_print(out, GJ_ZH, length->basis, length->basis_count);
    }
}

/* Of a stop or an extension, when it began. */
static void voided(gjb_buffer *out, const gj_account_mark *mark)
{
    gjr_phrase_print_instant(out, GJ_ZH, mark->began, mark->at_offset_s);
    say(out,
        mark->voids_extension ? "的延长未按期告知，不起作用" : "的停止计算未按期告知，不起作用");
    basis(out, mark);
    say(out, "。");
}

/* By when it is due, and from when on that was known. */
static void told(gjb_buffer *out, const gj_account *account, const gj_account_mark *mark)
{
    instant_of(out, mark);
    if (mark->told == GJ_NEVER) {
        say(out, "起不再有所截至的日期。");
        return;
    }
    say(out, "登记为");
    if (account->in_time) {
        gjr_phrase_print_instant(out, GJ_ZH, mark->told, mark->at_offset_s);
    } else {
        gjr_phrase_print_day(out, GJ_ZH, gjr_phrase_day(mark->told, mark->at_offset_s));
    }
    say(out, "。");
}

/* How long it is from then on, and why. */
static void measured(gjb_buffer *out, const gj_account *account, const gj_account_mark *mark)
{
    instant_of(out, mark);
    say(out, "确定期限：");
    gjr_length_explain_why(&mark->length, account->unit, GJ_ZH, out);
    length_basis(out, &mark->length);
    say(out, "。");
    gjr_decisions_explain(mark->rows, mark->row_count, GJ_ZH, out);
}

/* How long it lasts at most, as it was granted; a range where that is not announced yet. */
static void granted(gjb_buffer *out, const gj_account_mark *mark)
{
    if (mark->at_most_latest == GJ_NEVER) {
        return;
    }
    say(out, "，最迟至");
    gjr_phrase_print_instant(out, GJ_ZH, mark->at_most_earliest, mark->at_offset_s);
    if (mark->at_most_earliest != mark->at_most_latest) {
        say(out, "至");
        gjr_phrase_print_instant(out, GJ_ZH, mark->at_most_latest, mark->at_offset_s);
        say(out, "之间");
    }
}

/* “通知”登记告知. */
static void notice(gjb_buffer *out, const gj_account_mark *mark)
{
    if (mark->notice_title.size > 0) {
        quote(out, mark->notice_title);
        say(out, "登记告知，");
    }
}

/* What was done at that instant, or has worked since another act, which is the one at hand, told
 * of it. */
static void extended(gjb_buffer *out, const gj_account *account, const gj_account_mark *mark)
{
    instant_of(out, mark);
    notice(out, mark);
    if (mark->notice_title.size > 0) {
        gjr_phrase_print_instant(out, GJ_ZH, mark->began, mark->at_offset_s);
    }
    quote(out, mark->subject_title);
    say(out, "，延长");
    gjr_phrase_print_amount(out, GJ_ZH, (uint64_t)mark->amount, account->unit);
}

static void awaited(gjb_buffer *out, const gj_account *account, const gj_account_mark *mark)
{
    instant_of(out, mark);
    quote(out, mark->subject_title);
    say(out, "，准予延长");
    gjr_phrase_print_amount(out, GJ_ZH, (uint64_t)mark->amount, account->unit);
    say(out, "，登记告知后计入");
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
        say(out, "自");
        instant_of(out, mark);
        notice(out, mark);
        cause(out, mark);
        say(out, "起停止计算");
        granted(out, mark);
        break;
    case GJ_MARK_RESUMED:
        if (!gjr_account_goes_on(account, mark)) {
            return;
        }
        say(out, "自");
        instant_of(out, mark);
        say(out, "起恢复计算");
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
    who(out, mark);
    basis(out, mark);
    say(out, "。");
}

/* When the act was to be done, so long before what has come. */
static void due_back(gjb_buffer *out, const gj_account *account)
{
    bool within = account->span == GJ_SPAN_WITHIN_BEFORE;
    if (!account->has_due) {
        return;
    }
    if (account->in_time) {
        say(out, within ? "最早为" : "最迟为");
        gjr_phrase_print_instant(out, GJ_ZH, account->due, account->due_offset_s);
    } else {
        say(out, within ? "最早一日为" : "最迟一日为");
        gjr_phrase_print_day(out, GJ_ZH, account->due_day);
    }
    say(out, "。");
}

static void due(gjb_buffer *out, const gj_account *account)
{
    bool minimum = account->span == GJ_SPAN_AT_LEAST;
    if (gjr_account_is_backward(account)) {
        due_back(out, account);
        return;
    }
    if (!account->has_due && account->span == GJ_SPAN_BY) {
        say(out, "所截至的日期尚未登记，没有届满之日。");
    } else if (!account->has_due) {
        say(out, has_length(account) ? "停止计算期间，最后一日尚不能确定。" : "");
    } else if (account->in_time) {
        say(out, minimum ? "至" : "应当在");
        gjr_phrase_print_instant(out, GJ_ZH, account->due, account->due_offset_s);
        say(out, minimum ? "届满，其后方可办理。" : "之前完成。");
    } else {
        say(out, "最后一日为");
        if (account->raw_due_day != account->due_day) {
            gjr_phrase_print_day(out, GJ_ZH, account->raw_due_day);
            say(out, "，当日休息，顺延至");
        }
        gjr_phrase_print_day(out, GJ_ZH, account->due_day);
        gj_counted ends = {.due = account->due,
                           .due_offset_s = account->due_offset_s,
                           .at_close = account->at_close};
        gjr_phrase_print_until(out, GJ_ZH, &ends);
        say(out, minimum ? "，其后方可办理。" : "。");
    }
    if (account->has_due && account->due_day == GJR_DAY_MAX) {
        say(out, "此后的日期不再计算，实际届满可能更晚。");
    }
    if (account->range.open) {
        say(out, "其间的放假安排尚未全部公布：最早为");
        gjr_phrase_print_day(out, GJ_ZH, account->range.earliest);
        bool bounded = account->range.latest < GJR_DAY_MAX;
        say(out, bounded ? "，最迟为" : "，最迟尚无法确定");
        if (bounded) {
            gjr_phrase_print_day(out, GJ_ZH, account->range.latest);
        }
        say(out, "。");
    }
}

/* ---- how it stands ---- */

static void end(gjb_buffer *out, const gj_account *account, const gj_account_mark *mark)
{
    if (mark->kind == GJ_MARK_CLOSED) {
        instant_of(out, mark);
        say(out, account->branch.size > 0 ? "随办件或分支结束" : "随办件结束");
    } else {
        cause(out, mark);
        say(out, mark->cause == GJ_START_FIELD ? "为" : "登记的时间为");
        instant_of(out, mark);
    }
    bool minimum = account->span == GJ_SPAN_AT_LEAST;
    if (account->over > 0) {
        say(out, minimum ? "，尚差" : "，超出");
        gjr_phrase_print_amount(out, GJ_ZH, account->over, account->over_unit);
    } else if (!has_length(account)) {
        say(out, "，届时没有期限");
    } else if (is_undated(account)) {
        say(out, "，是否按期无法判定");
    } else if (minimum && account->left == 0) {
        say(out, "，最短期限已满");
    } else if (!account->in_time && account->until_day == account->due_day) {
        say(out, "，即最后一日");
    } else {
        say(out, "，尚余");
        measure(out, account, account->left);
    }
    say(out, "。");
}

static void ran_out(gjb_buffer *out, const gj_account_mark *mark)
{
    say(out, "至");
    gjr_phrase_print_instant(out, GJ_ZH, mark->at, mark->at_offset_s);
    say(out, "期限届满。");
    gjr_effect_explain(&mark->law, GJ_ZH, out);
}

/* What lies between the two: enough, or by how much amiss. */
static void standing_back(gjb_buffer *out, const gj_account *account)
{
    if (!account->has_due) {
        bool closed = account->status == GJ_ACCOUNT_CLOSED;
        say(out, closed ? "" : "截至");
        gjr_phrase_print_instant(out, GJ_ZH, account->until, account->until_offset_s);
        say(out, closed ? "随办件结束，不作判定。" : "，尚不能判定。");
        return;
    }
    say(out, "两者之间为");
    measure(out, account, account->used);
    if (account->over > 0) {
        say(out, "，相差");
        gjr_phrase_print_amount(out, GJ_ZH, account->over, account->over_unit);
    }
    say(out, "。");
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
    say(out, "截至");
    gjr_phrase_print_instant(out, GJ_ZH, account->until, account->until_offset_s);
    if (is_undated(account)) {
        say(out, "尚未结束。");
        return;
    }
    if (account->over > 0) {
        say(out, "无完成记录，已超出");
        gjr_phrase_print_amount(out, GJ_ZH, account->over, account->over_unit);
        say(out, "。");
        return;
    }
    say(out, "，已用");
    measure(out, account, account->used);
    say(out, account->in_time ? "，尚余" : "，当日之后尚余");
    measure(out, account, account->left);
    say(out, "。");
}

static void clause(gjb_buffer *out, const gj_account *account)
{
    if (account->duty_is_holder) {
        say(out, "责任岗位：本件持有人。");
    } else if (account->duty.size > 0) {
        say(out, "责任岗位：");
        gjb_buffer_add_text(out, account->duty_title);
        say(out, "。");
    }
    if (account->basis_count > 0) {
        say(out, "依据：");
        gjr_citation_print(out, GJ_ZH, account->basis, account->basis_count);
        say(out, "。");
    }
    say(out, "条款：");
    gjb_buffer_add_text(out, account->file);
    gjb_buffer_add_format(out, ":%u。", account->line);
    if (account->calendar.size > 0) {
        say(out, "日历：");
        gjb_buffer_add_text(out, account->calendar);
        say(out, "。");
    }
}

void gjr_account_explain_zh(const gj_account *account, gjb_buffer *out)
{
    start(out, account);
    for (size_t i = 0; i < account->mark_count; i++) {
        turn(out, account, &account->marks[i]);
    }
    due(out, account);
    standing(out, account);
    clause(out, account);
}
