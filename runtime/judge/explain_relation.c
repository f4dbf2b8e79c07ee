/* SPDX-License-Identifier: Apache-2.0
 *
 * Explanations of rules that relate acts, in both languages: both acts with when they were
 * recorded, what the rule says of them, and where a time is said how it was counted. */
#include "judge/phrase.h"

/* One of the two. */
static void say(gjb_buffer *out, gj_lang lang, const char *en, const char *zh)
{
    gjb_buffer_add_string(out, lang == GJ_ZH ? zh : en);
}

static void quote(gjb_buffer *out, gj_lang lang, gj_text text)
{
    gjr_phrase_print_quoted(out, lang, text);
}

/* `"approve" is recorded at 2024-03-01 15:20`, 2024年3月1日15:20登记“准予许可”. */
static void recorded(gjb_buffer *out, gj_lang lang, gj_text title, gj_instant at, int32_t offset_s)
{
    if (lang == GJ_ZH) {
        gjr_phrase_print_instant(out, lang, at, offset_s);
        gjb_buffer_add_string(out, "登记");
        quote(out, lang, title);
        return;
    }
    quote(out, lang, title);
    gjb_buffer_add_string(out, " is recorded at ");
    gjr_phrase_print_instant(out, lang, at, offset_s);
}

static void act(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    recorded(out, lang, finding->action_title, finding->at, finding->at_offset_s);
}

/* `"object" (for "A-3", recorded at …)`, “提出异议”（A-3，…登记）. */
static void other(const gj_finding *finding, const gj_other_act *of, gj_lang lang, gjb_buffer *out)
{
    quote(out, lang, of->action_title);
    say(out, lang, " (", "（");
    if (finding->key_title.size > 0) {
        say(out, lang, "for ", "");
        if (lang == GJ_ZH) {
            gjb_buffer_add_text(out, finding->key_title);
        } else {
            quote(out, lang, finding->key_title);
        }
        say(out, lang, ", ", "，");
    }
    say(out, lang, "recorded at ", "");
    gjr_phrase_print_instant(out, lang, of->at, of->at_offset_s);
    say(out, lang, ")", "登记）");
}

/* `"a", "b" or "c"`, “甲”、“乙”或者“丙”. */
static void awaited(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    for (size_t i = 0; i < finding->awaited_count; i++) {
        if (i > 0) {
            bool last = i + 1 == finding->awaited_count;
            say(out, lang, last ? " or " : ", ", last ? "或者" : "、");
        }
        quote(out, lang, finding->awaited[i]);
    }
}

static void rule_says(const gj_finding *finding, gj_lang lang, gjb_buffer *out, const char *en,
                      const char *zh)
{
    say(out, lang, "the rule ", "规则");
    quote(out, lang, finding->subject_title);
    say(out, lang, en, zh);
}

static void exceptions(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    gjr_phrase_print_values(out, lang, finding);
    gjr_phrase_print_exceptions(out, lang, finding);
}

static void corrected(gj_lang lang, gjb_buffer *out)
{
    say(out, lang, ". If a record is wrong, the case is judged again once it is corrected.",
        "。登记有误的，更正后自动重新判定。");
}

/* ---- every A followed by B ---- */

static void last_day(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    if (!finding->has_due) {
        return;
    }
    say(out, lang, counted->in_time ? ", before " : ", of which the last day is ",
        counted->in_time ? "，届满之时为" : "，最后一日为");
    if (counted->in_time) {
        gjr_phrase_print_instant(out, lang, counted->due, counted->due_offset_s);
    } else {
        gjr_phrase_print_day(out, lang, counted->due_day);
        gjr_phrase_print_until(out, lang, counted);
    }
}

static void over(const gj_finding *finding, gj_lang lang, gjb_buffer *out, const char *zh)
{
    if (finding->has_due && finding->over_amount > 0) {
        say(out, lang, ", ", zh);
        gjr_phrase_print_amount(out, lang, finding->over_amount, finding->over_unit);
        say(out, lang, " later", "");
    }
}

static void followed_end(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    gj_instant until = finding->has_due ? finding->counted.until : finding->at;
    if (finding->status == GJ_CLOSED) {
        if (finding->action_title.size > 0) {
            recorded(out, lang, finding->action_title, until, finding->at_offset_s);
        } else {
            say(out, lang, "by law it counts as done at ", "依法视为办理的时间为");
            gjr_phrase_print_instant(out, lang, until, finding->at_offset_s);
        }
        over(finding, lang, out, "，超出");
        if (!finding->has_due) {
            say(out, lang, ", after the end", "，已在办结之后");
        }
        return;
    }
    say(out, lang, "no such record exists up to ", "截至");
    gjr_phrase_print_instant(out, lang, until, finding->at_offset_s);
    say(out, lang, "", "无办理记录");
    over(finding, lang, out, "，已超出");
}

/* What comes to an end before which it is to follow. */
static void ending(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    if (finding->branch_title.size == 0) {
        say(out, lang, "case", "本件");
        return;
    }
    say(out, lang, "branch ", "分支");
    quote(out, lang, finding->branch_title);
}

static void followed(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    recorded(out, lang, finding->first.action_title, finding->first.at, finding->first.at_offset_s);
    say(out, lang, "; ", "；");
    rule_says(finding, lang, out, " requires that ", "规定，其后");
    if (lang == GJ_EN) {
        awaited(finding, lang, out);
        gjb_buffer_add_string(out, " follow it");
    }
    if (finding->has_due) {
        say(out, lang, " within ", "");
        gjr_phrase_print_amount(out, lang, finding->counted.budget, finding->counted.unit);
        say(out, lang, "", "内");
    } else {
        say(out, lang, " before the ", "至");
        ending(finding, lang, out);
        say(out, lang, " ends", "办结");
    }
    if (lang == GJ_ZH) {
        gjb_buffer_add_string(out, "应当办理");
        awaited(finding, lang, out);
    }
    last_day(finding, lang, out);
    say(out, lang, "; ", "；");
    followed_end(finding, lang, out);
    exceptions(finding, lang, out);
    say(out, lang, ".", "。");
    if (finding->has_due && lang == GJ_ZH) {
        gjr_explain_count_zh(finding, out);
    } else if (finding->has_due) {
        gjr_explain_count_en(finding, out);
    }
    say(out, lang,
        " If it was done in time and not recorded so, the case is judged again once it is.",
        "已按期办理而未登记的，补报后自动重新判定。");
}

/* ---- every B preceded by A ---- */

static void preceded(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    if (finding->first.present && finding->has_due) {
        gjr_explain_backward(finding, lang, out);
        say(out, lang, " The rule ", "规则");
        quote(out, lang, finding->subject_title);
        say(out, lang, " asks for that", "作此规定");
    } else {
        act(finding, lang, out);
        say(out, lang, "; ", "；");
        rule_says(finding, lang, out, " requires ", "规定，此前应当办理");
        awaited(finding, lang, out);
        say(out, lang, " before it, and up to then that is not recorded", "，截至该时刻无此项记录");
    }
    exceptions(finding, lang, out);
    say(out, lang, ". If it was done and not recorded so, the case is judged again once it is.",
        "。已经办理而未登记的，补报后自动重新判定。");
}

/* ---- what is barred ---- */

static void after_never(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    act(finding, lang, out);
    say(out, lang, "; ", "；");
    rule_says(finding, lang, out, " says that after ", "规定，");
    other(finding, &finding->first, lang, out);
    say(out, lang, " it is never done", "之后");
    if (finding->awaited_count > 0) {
        say(out, lang, " until ", "、");
        awaited(finding, lang, out);
        say(out, lang, ", which is not recorded since", "之前");
    }
    say(out, lang, "", "不得办理该行为");
    if (finding->awaited_count > 0) {
        say(out, lang, "", "，其间无后者的记录");
    }
    exceptions(finding, lang, out);
    corrected(lang, out);
}

static void between_never(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    act(finding, lang, out);
    say(out, lang, ", between ", "，在");
    other(finding, &finding->first, lang, out);
    say(out, lang, " and ", "和");
    if (finding->second.present) {
        other(finding, &finding->second, lang, out);
    } else {
        awaited(finding, lang, out);
    }
    say(out, lang, "; ", "之间；");
    rule_says(finding, lang, out, " says that it is never done between the two",
              "规定，两者之间不得办理该行为");
    exceptions(finding, lang, out);
    corrected(lang, out);
}

static void not_both(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    act(finding, lang, out);
    say(out, lang, "; ", "；");
    rule_says(finding, lang, out, " says that it and ", "规定，该行为不得与");
    other(finding, &finding->first, lang, out);
    say(out, lang, " are not both done", "同时办理");
    exceptions(finding, lang, out);
    corrected(lang, out);
}

/* ---- officers ---- */

static void by_officer(gj_text officer, gj_lang lang, gjb_buffer *out)
{
    say(out, lang, " by ", "办理人为");
    quote(out, lang, officer);
}

static void officers(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    bool apart = finding->relation == GJ_SEPARATE;
    act(finding, lang, out);
    say(out, lang, ",", "，");
    by_officer(finding->officer, lang, out);
    say(out, lang, "; ", "；");
    rule_says(finding, lang, out,
              apart ? " says that one officer never does both it and "
                    : " says that one officer does both it and ",
              apart ? "规定，该行为不得与" : "规定，该行为应当与");
    other(finding, &finding->first, lang, out);
    say(out, lang, ", which was done", "由同一人办理，后者的");
    by_officer(finding->first.officer, lang, out);
    exceptions(finding, lang, out);
    corrected(lang, out);
}

/* `"u1" as "chief"`, “u1”以“审批岗”的岗位. */
static void as_post(gj_text officer, gj_text post, gj_lang lang, gjb_buffer *out)
{
    quote(out, lang, officer);
    say(out, lang, " as ", "以");
    quote(out, lang, post);
    say(out, lang, "", "的岗位办理");
}

static void posts(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    act(finding, lang, out);
    say(out, lang, " by ", "，由");
    as_post(finding->officer, finding->post_title, lang, out);
    say(out, lang, "; ", "；");
    rule_says(finding, lang, out, " says that one officer never acts in both that post and ",
              "规定，该岗位与");
    quote(out, lang, finding->first.post_title);
    say(out, lang, ", as which the same officer did ", "不得由同一人担任，此人曾以后者办理");
    other(finding, &finding->first, lang, out);
    exceptions(finding, lang, out);
    corrected(lang, out);
}

void gjr_explain_relation(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    static void (*const explain[])(const gj_finding *, gj_lang, gjb_buffer *) = {
        [GJ_FOLLOWED_BY] = followed,    [GJ_PRECEDED_BY] = preceded,
        [GJ_AFTER_NEVER] = after_never, [GJ_BETWEEN_NEVER] = between_never,
        [GJ_NOT_BOTH] = not_both,       [GJ_SEPARATE] = officers,
        [GJ_JOIN] = officers,           [GJ_SEPARATE_POSTS] = posts,
    };
    explain[finding->relation](finding, lang, out);
}

void gjr_explain_officer_unknown(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    say(out, lang, " without the officer that did it; ", "，未登记办理人；");
    static const char *const en[] = {[GJ_SEPARATE] = " keeps apart the officers of it and others",
                                     [GJ_JOIN] = " wants one officer for it and others",
                                     [GJ_SEPARATE_POSTS] =
                                         " keeps apart the officers of its post and others"};
    static const char *const zh[] = {[GJ_SEPARATE] = "规定该行为不得与其他行为由同一人办理",
                                     [GJ_JOIN] = "规定该行为应当与其他行为由同一人办理",
                                     [GJ_SEPARATE_POSTS] = "规定其岗位不得与其他岗位由同一人担任"};
    rule_says(finding, lang, out, en[finding->relation], zh[finding->relation]);
    say(out, lang,
        ", so whether it is kept cannot be said. Once the officer is recorded the case is judged "
        "again.",
        "，是否符合无法判定。补报办理人后自动重新判定。");
}

void gjr_explain_too_many_acts(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    act(finding, lang, out);
    say(out, lang, "; ", "；");
    rule_says(finding, lang, out, "", "");
    gjb_buffer_add_format(
        out,
        lang == GJ_ZH
            ? "同时最多对照%u个行为，届时已满，本次行为没有对照，是否符合该规则应当另行查明。"
            : " looks at no more than %u acts at a time, and so many stood then: this one is "
              "not looked at, and whether the rule is kept has to be seen to otherwise.",
        finding->times_allowed);
}
