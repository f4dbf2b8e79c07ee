/* SPDX-License-Identifier: Apache-2.0
 *
 * Explanations of what is judged when a limit's end comes, in both languages: how long it was to
 * last at least, or how long before something an act was to be. */
#include "judge/phrase.h"

#include "base/text.h"
#include "judge/effect.h"

/* One of the two. */
static void say(gjb_buffer *out, gj_lang lang, const char *en, const char *zh)
{
    gjb_buffer_add_string(out, lang == GJ_ZH ? zh : en);
}

/* The act that ended it, or the date told for its end; when that was. */
static void end_told(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    if (finding->action.bytes != NULL) {
        gjr_phrase_print_quoted(out, lang, finding->action_title);
        say(out, lang, " is recorded at ", "登记的时间为");
    } else {
        say(out, lang, "The date recorded for its end is ", "登记的截止日期为");
    }
    gjr_phrase_print_instant(out, lang, finding->counted.until, finding->at_offset_s);
}

/* An amount by which it is amiss, and the end of the sentence. */
static void amiss(const gj_finding *finding, gj_lang lang, gjb_buffer *out, const char *en,
                  const char *zh)
{
    say(out, lang, ", ", zh);
    gjr_phrase_print_amount(out, lang, finding->over_amount, finding->over_unit);
    say(out, lang, en, "。");
}

/* ---- a minimum ---- */

static void at_least(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    end_told(finding, lang, out);
    say(out, lang, "; ", "；");
    gjr_phrase_print_limit(out, lang, gjr_phrase_limit_of(finding), false);
    say(out, lang, " lasts at least ", "至少");
    gjr_phrase_print_amount(out, lang, counted->budget, counted->unit);
    if (counted->in_time) {
        say(out, lang, ", until ", "，至");
        gjr_phrase_print_instant(out, lang, counted->due, counted->due_offset_s);
        say(out, lang, "", "届满");
    } else {
        say(out, lang, ", of which the last day is ", "，最后一日为");
        gjr_phrase_print_day(out, lang, counted->due_day);
    }
    say(out, lang, "; it may end only after that", "，其后方可办理");
    amiss(finding, lang, out, " too early.", "，尚差");
}

/* ---- counted back ---- */

static void subject(gjb_buffer *out, gj_lang lang, gj_start_kind kind, gj_text title)
{
    say(out, lang,
        kind == GJ_START_ENTERING  ? "entering "
        : kind == GJ_START_LEAVING ? "leaving "
                                   : "",
        kind == GJ_START_ENTERING  ? "进入"
        : kind == GJ_START_LEAVING ? "离开"
                                   : "");
    gjr_phrase_print_quoted(out, lang, title);
}

/* "notify" is recorded at 2026-03-05 09:00; "hearing" at 2026-03-16 09:00. */
static void both_told(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    subject(out, lang, counted->start_kind, counted->start_subject);
    say(out, lang, " is recorded at ", "登记的时间为");
    gjr_phrase_print_instant(out, lang, counted->start, finding->at_offset_s);
    say(out, lang, ", ", "，");
    subject(out, lang, counted->end_kind, counted->end_subject);
    if (counted->end_kind == GJ_START_FIELD) {
        say(out, lang, " is ", "为");
        gjr_phrase_print_day(out, lang, gjr_phrase_day(counted->until, finding->at_offset_s));
    } else {
        say(out, lang, " at ", "为");
        gjr_phrase_print_instant(out, lang, counted->until, finding->at_offset_s);
    }
    say(out, lang, ". ", "。");
}

void gjr_explain_backward(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    bool within = counted->span == GJ_SPAN_WITHIN_BEFORE;
    both_told(finding, lang, out);
    if (finding->relation == GJ_RELATION_NONE) {
        gjr_phrase_print_limit(out, lang, gjr_phrase_limit_of(finding), true);
    } else {
        gjr_phrase_print_quoted(out, lang, finding->subject_title);
    }
    say(out, lang, within ? ": no more than " : ": at least ",
        within ? "：两者之间不超过" : "：两者之间至少");
    gjr_phrase_print_amount(out, lang, counted->budget, counted->unit);
    say(out, lang, within ? " may" : " must", "");
    if (counted->in_time) {
        say(out, lang, " lie between the two, so it lies ", "，");
        say(out, lang, within ? "not before " : "not after ", within ? "最早为" : "最迟为");
        gjr_phrase_print_instant(out, lang, counted->due, counted->due_offset_s);
    } else {
        say(out, lang, " lie between the two, neither day counted; the ", "，两端当日均不计，");
        say(out, lang, within ? "first day for it is " : "last day for it is ",
            within ? "最早一日为" : "最迟一日为");
        gjr_phrase_print_day(out, lang, counted->due_day);
    }
    amiss(finding, lang, out, within ? " earlier than that." : " later than that.", "，相差");
}

void gjr_explain_period(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    if (finding->counted.span != GJ_SPAN_AT_LEAST) {
        gjr_explain_backward(finding, lang, out);
        return;
    }
    at_least(finding, lang, out);
    if (lang == GJ_ZH) {
        gjr_explain_count_zh(finding, out);
    } else {
        gjr_explain_count_en(finding, out);
    }
}

void gjr_explain_due_unknown(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    say(out, lang, "; ", "，");
    gjr_phrase_print_quoted(out, lang, finding->due_of_title);
    say(out, lang, " was due by ", "截至");
    gjr_phrase_print_quoted(out, lang, finding->subject_title);
    if (finding->quoted.bytes != NULL) {
        say(out, lang, ", which is recorded as ", "，该项登记为");
        gjr_phrase_print_quoted(out, lang, finding->quoted);
        say(out, lang, ", not a date or time, and counts as missing",
            "，不是日期或者时刻，按未登记处理");
    } else {
        say(out, lang, ", which is not recorded up to then", "，该项截至该时刻未登记");
    }
    say(out, lang,
        ", so whether it was in time cannot be said. Once it is recorded the case is judged again.",
        "，是否按期办理无法判定。补报该项后自动重新判定。");
}

/* ---- how long ---- */

void gjr_explain_length_unknown(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    say(out, lang, "; how long ", "，");
    gjr_phrase_print_quoted(out, lang, finding->length_of_title);
    say(out, lang, " is, ", "的期限由");
    gjr_phrase_print_quoted(out, lang, finding->condition);
    say(out, lang, " is to say", "确定");
    if (finding->quoted.bytes != NULL) {
        say(out, lang, "; ", "，");
        gjr_phrase_print_quoted(out, lang, finding->subject_title);
        say(out, lang, " is recorded as ", "登记为");
        gjr_phrase_print_quoted(out, lang, finding->quoted);
        say(out, lang, ", which is not of its type and counts as missing",
            "，不是该项应有的类型，按未登记处理");
    } else if (finding->value_is_bad) {
        say(out, lang, ", which is no whole number from 1 up", "，所得不是1以上的整数");
        gjr_phrase_print_values(out, lang, finding);
    } else if (finding->subject_kind == GJ_SUBJECT_FIELD) {
        say(out, lang, "; ", "，");
        gjr_phrase_print_quoted(out, lang, finding->subject_title);
        say(out, lang, " is not recorded up to then", "截至该时刻未登记");
    } else {
        say(out, lang, ", which gives no result", "，按已登记的数据计算不出结果");
        gjr_phrase_print_values(out, lang, finding);
    }
    say(out, lang,
        ". So nothing is due by it. Once the data are supplied or corrected the case is "
        "judged again.",
        "。该时限因此没有到期日。补报或者更正数据后自动重新判定。");
}

/* ---- a clock a key ---- */

void gjr_explain_key_unknown(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    say(out, lang, "; ", "，");
    gjr_phrase_print_quoted(out, lang, finding->key_of_title);
    say(out, lang, " is kept for each ", "按");
    gjr_phrase_print_quoted(out, lang, finding->subject_title);
    say(out, lang, "", finding->is_key_of_rule ? "分项适用" : "分项计算");
    if (finding->quoted.bytes != NULL) {
        say(out, lang, " by itself, which is recorded as ", "，该项登记为");
        gjr_phrase_print_quoted(out, lang, finding->quoted);
        say(out, lang, ", not of its type, and counts as missing",
            "，不是该项应有的类型，按未登记处理");
    } else {
        say(out, lang, " by itself, which is not recorded with the act", "，该行为未登记该项");
    }
    say(out, lang,
        ", so which of them it concerns cannot be said, and it changes none. Once it is recorded "
        "the case is judged again.",
        "，所针对的是哪一项无法判定，因此各项均不受影响。补报该项后自动重新判定。");
}

void gjr_explain_too_many_open(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    if (finding->subject_kind == GJ_SUBJECT_RULE) {
        gjr_explain_too_many_acts(finding, lang, out);
        return;
    }
    if (finding->by_law) {
        say(out, lang, "By law ", "依法");
        gjr_effect_print(&finding->law, lang, out);
    } else {
        gjr_phrase_print_quoted(out, lang, finding->action_title);
        say(out, lang, " is recorded at ", "登记的时间为");
        gjr_phrase_print_instant(out, lang, finding->at, finding->at_offset_s);
    }
    say(out, lang, ", which starts ", "，自此起算");
    gjr_phrase_print_limit(out, lang, gjr_phrase_limit_of(finding), false);
    gjb_buffer_add_format(
        out,
        lang == GJ_ZH
            ? "。该时限同时最多计算%u项，届时已有%u项未结，本项没有计算，是否按期应当另行查明。"
              "“最多 N件 未结”写得过少的，改正后自动重新判定。"
            : ". The procedure provides for at most %u of these at a time, and %u were open "
              "then: this one is not counted, and whether it is in time has to be seen to "
              "otherwise. If `at most N open` is too small, the case is judged again once "
              "that is mended.",
        finding->times_allowed, finding->times_allowed);
}
