/* SPDX-License-Identifier: Apache-2.0
 *
 * Stops and extensions, in Chinese: what they took off or added, and why one has no effect. */
#include "judge/phrase.h"

static void say(gjb_buffer *out, const char *words)
{
    gjb_buffer_add_string(out, words);
}

static void quote(gjb_buffer *out, gj_text text)
{
    gjr_phrase_print_quoted(out, GJ_ZH, text);
}

/* “3月10日至24日”; of one that goes on “3月10日起”. */
static void span(const gj_finding *finding, const gj_turn *turn, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    if (counted->in_time) {
        gjr_phrase_print_instant(out, GJ_ZH, turn->from, finding->at_offset_s);
        say(out, turn->to == GJ_NEVER ? "起" : "至");
        if (turn->to != GJ_NEVER) {
            gjr_phrase_print_instant(out, GJ_ZH, turn->to, finding->at_offset_s);
        }
    } else if (turn->to == GJ_NEVER) {
        gjr_phrase_print_day_beside(out, GJ_ZH, turn->first_day, counted->start_day);
        say(out, "起");
    } else if (turn->last_day < turn->first_day) {
        gjr_phrase_print_day_beside(out, GJ_ZH, turn->first_day, counted->start_day);
        say(out, "当日恢复，不扣除");
    } else {
        gj_run days = {.from = turn->first_day, .to = turn->last_day};
        gjr_phrase_print_days(out, GJ_ZH, &days, counted->start_day);
    }
}

/* “停计11个工作日（“听证”3月10日至24日）”. */
bool gjr_explain_stopped_zh(const gj_finding *finding, const char *joint, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    bool any = false;
    for (size_t i = 0; i < counted->turn_count; i++) {
        const gj_turn *turn = &counted->turns[i];
        if (turn->extends || gjr_turn_is_past_days(counted, turn)) {
            continue;
        }
        if (!any) {
            say(out, joint);
            say(out, "停计");
            gjr_phrase_print_gone(out, GJ_ZH, counted->stopped, counted->unit);
            say(out, "（");
        }
        say(out, any ? "，" : "");
        quote(out, turn->title);
        span(finding, turn, out);
        any = true;
    }
    say(out, any ? "）" : "");
    return any;
}

/* “，其间停计（“听证”3月10日至24日）”: while its last day moved. */
void gjr_explain_moved_zh(const gj_finding *finding, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    bool any = false;
    for (size_t i = 0; i < counted->turn_count; i++) {
        const gj_turn *turn = &counted->turns[i];
        if (!turn->extends && gjr_turn_is_past_days(counted, turn)) {
            say(out, any ? "，" : "，其间停计（");
            quote(out, turn->title);
            span(finding, turn, out);
            any = true;
        }
    }
    say(out, any ? "）" : "");
}

/* “，其中延长10个工作日（3月20日“批准延期”）”. */
void gjr_explain_extended_zh(const gj_finding *finding, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    bool any = false;
    for (size_t i = 0; i < counted->turn_count; i++) {
        const gj_turn *turn = &counted->turns[i];
        if (!turn->extends) {
            continue;
        }
        if (!any) {
            say(out, "，其中延长");
            gjr_phrase_print_amount(out, GJ_ZH, counted->extended, counted->unit);
            say(out, "（");
        }
        say(out, any ? "，" : "");
        gjr_phrase_print_day_beside(out, GJ_ZH, turn->first_day, counted->start_day);
        quote(out, turn->title);
        any = true;
    }
    say(out, any ? "）" : "");
}

/* ---- without effect ---- */

static void limit(const gj_finding *finding, gjb_buffer *out)
{
    gjr_phrase_print_limit(out, GJ_ZH, gjr_phrase_limit_of(finding), true);
}

/* “应当在2026年3月10日24时前登记“告知所需时间””. */
static void told_by(const gj_finding *finding, gjb_buffer *out)
{
    say(out, "应当在");
    gjr_phrase_print_before(out, GJ_ZH, finding->voided.notice_due, finding->at_offset_s);
    say(out, "前登记");
    quote(out, finding->voided.notice);
}

void gjr_explain_invalid_stop_zh(const gj_finding *finding, gjb_buffer *out)
{
    const gj_voided *voided = &finding->voided;
    quote(out, voided->title);
    say(out, "自");
    gjr_phrase_print_instant(out, GJ_ZH, voided->opened, finding->at_offset_s);
    say(out, "开始。为此停计");
    limit(finding, out);
    say(out, "的，");
    told_by(finding, out);
    if (finding->status == GJ_CLOSED) {
        say(out, "；该项登记于");
        gjr_phrase_print_instant(out, GJ_ZH, voided->since, finding->at_offset_s);
        say(out, "，自该时刻起停计，此前的时间照常计算。");
    } else {
        say(out, "，届时无此项记录，这段时间不予扣除。补报该项后自动重新计算。");
    }
}

void gjr_explain_invalid_extension_zh(const gj_finding *finding, gjb_buffer *out)
{
    const gj_voided *voided = &finding->voided;
    gjr_phrase_print_instant(out, GJ_ZH, voided->opened, finding->at_offset_s);
    say(out, "登记");
    quote(out, voided->title);
    switch (voided->reason) {
    case GJ_VOID_NOTICE:
        say(out, "；");
        told_by(finding, out);
        say(out, "，届时无此项记录");
        break;
    case GJ_VOID_AFTER_DUE:
        say(out, "，此前");
        limit(finding, out);
        say(out, "已于");
        gjr_phrase_print_before(out, GJ_ZH, voided->due, finding->at_offset_s);
        say(out, "届满");
        break;
    case GJ_VOID_TIMES:
        say(out, "，但延长不得超过");
        gjb_buffer_add_int(out, voided->times_max);
        say(out, "次");
        break;
    case GJ_VOID_POWER:
        say(out, "，登记的岗位无此权限");
        break;
    case GJ_VOID_CONDITION:
        say(out, "，当时不具备延长的条件");
        break;
    }
    say(out, "。");
    limit(finding, out);
    say(out, "不予延长，仍按原期限计算。");
}
