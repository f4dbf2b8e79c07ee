/* SPDX-License-Identifier: Apache-2.0
 *
 * Accounts in Chinese: the twin of account_en.c. */
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

static void start(gjb_buffer *out, const gj_account *account)
{
    const gj_account_mark *from = account->marks;
    gjr_phrase_print_limit(out, GJ_ZH, limit_words(account), true);
    say(out, "：自");
    if (account->in_time) {
        instant_of(out, from);
    } else {
        gjr_phrase_print_day(out, GJ_ZH, account->start_day);
    }
    cause(out, from);
    say(out, "起算，限");
    gjr_phrase_print_amount(out, GJ_ZH, account->budget - account->extended, account->unit);
    say(out, account->in_time ? "" : "，当日不计");
    say(out, from->not_recorded ? "（无登记记录，自跳步登记时起算）。"
        : from->by_law     ? "（依法视为）。"
                           : "。");
}

static void basis(gjb_buffer *out, const gj_account_mark *mark)
{
    if (mark->basis_count > 0) {
        say(out, "，依据：");
        gjr_phrase_print_basis(out, GJ_ZH, mark->basis, mark->basis_count);
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

static void turn(gjb_buffer *out, const gj_account *account, const gj_account_mark *mark)
{
    switch (mark->kind) {
    case GJ_MARK_EXTENDED:
        instant_of(out, mark);
        quote(out, mark->subject_title);
        say(out, "，延长");
        gjr_phrase_print_amount(out, GJ_ZH, (uint64_t)mark->amount, account->unit);
        break;
    case GJ_MARK_STOPPED:
        say(out, "自");
        instant_of(out, mark);
        cause(out, mark);
        say(out, "起停止计算");
        break;
    case GJ_MARK_RESUMED:
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

static void due(gjb_buffer *out, const gj_account *account)
{
    if (!account->has_due) {
        say(out, "停止计算期间，最后一日尚不能确定。");
    } else if (account->in_time) {
        say(out, "应当在");
        gjr_phrase_print_instant(out, GJ_ZH, account->due, account->due_offset_s);
        say(out, "之前完成。");
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
        say(out, "。");
    }
    if (account->range.open) {
        say(out, "其间的放假安排尚未全部公布：最早为");
        gjr_phrase_print_day(out, GJ_ZH, account->range.earliest);
        say(out, "，最迟为");
        gjr_phrase_print_day(out, GJ_ZH, account->range.latest);
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
    if (account->over > 0) {
        say(out, "，超出");
        gjr_phrase_print_amount(out, GJ_ZH, account->over, account->over_unit);
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

static void standing(gjb_buffer *out, const gj_account *account)
{
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
        gjr_phrase_print_basis(out, GJ_ZH, account->basis, account->basis_count);
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
