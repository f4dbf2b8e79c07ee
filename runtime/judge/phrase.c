/* SPDX-License-Identifier: Apache-2.0
 *
 * See phrase.h. */
#include "judge/phrase.h"

#include "base/text.h"
#include "judge/decisions.h"
#include "time/civil.h"
#include "time/count.h"
#include "value/duration.h"

/* ---- days and instants ---- */

static void print_civil(gjb_buffer *out, gj_lang lang, gjr_civil civil, bool with_year)
{
    if (lang == GJ_ZH) {
        if (with_year) {
            gjb_buffer_add_format(out, "%d年", civil.year);
        }
        gjb_buffer_add_format(out, "%d月%d日", civil.month, civil.day);
        return;
    }
    if (with_year) {
        gjb_buffer_add_format(out, "%04d-", civil.year);
    }
    gjb_buffer_add_format(out, "%02d-%02d", civil.month, civil.day);
}

static gjr_civil civil_of(gj_day day)
{
    return gjr_civil_of_day(gjr_civil_clamp(day));
}

void gjr_phrase_print_day(gjb_buffer *out, gj_lang lang, gj_day day)
{
    print_civil(out, lang, civil_of(day), true);
}

void gjr_phrase_print_day_beside(gjb_buffer *out, gj_lang lang, gj_day day, gj_day beside)
{
    gjr_civil civil = civil_of(day);
    print_civil(out, lang, civil, civil.year != civil_of(beside).year);
}

void gjr_phrase_print_days(gjb_buffer *out, gj_lang lang, const gj_run *run, gj_day beside)
{
    gjr_civil from = civil_of(run->from), to = civil_of(run->to);
    bool years = from.year != to.year || to.year != civil_of(beside).year;
    print_civil(out, lang, from, years);
    if (run->to == run->from) {
        return;
    }
    gjb_buffer_add_string(out, lang == GJ_ZH ? "至" : " to ");
    if (lang == GJ_ZH && from.year == to.year && from.month == to.month) {
        gjb_buffer_add_format(out, "%d日", to.day);
    } else {
        print_civil(out, lang, to, lang == GJ_ZH ? from.year != to.year : years);
    }
}

static int64_t wall_of(gj_instant instant, int32_t offset_s)
{
    const int64_t least = GJR_DAY_MIN * GJR_MS_PER_DAY, most = GJR_DAY_MAX * GJR_MS_PER_DAY;
    instant = instant < least ? least : instant > most ? most : instant;
    return instant + offset_s * GJR_MS_PER_SECOND;
}

gj_day gjr_phrase_day(gj_instant instant, int32_t offset_s)
{
    int64_t ms;
    return gjr_civil_of_wall(wall_of(instant, offset_s), &ms);
}

void gjr_phrase_print_instant(gjb_buffer *out, gj_lang lang, gj_instant instant, int32_t offset_s)
{
    int64_t ms;
    gjr_phrase_print_day(out, lang, gjr_civil_of_wall(wall_of(instant, offset_s), &ms));
    int minute = (int)(ms / 60000);
    gjb_buffer_add_format(out, "%s%02d:%02d", lang == GJ_ZH ? "" : " ", minute / 60, minute % 60);
}

void gjr_phrase_print_before(gjb_buffer *out, gj_lang lang, gj_instant instant, int32_t offset_s)
{
    int64_t ms;
    gj_day day = gjr_civil_of_wall(wall_of(instant, offset_s), &ms);
    if (ms != 0) {
        gjr_phrase_print_instant(out, lang, instant, offset_s);
        return;
    }
    gjb_buffer_add_string(out, lang == GJ_ZH ? "" : "24:00 of ");
    gjr_phrase_print_day(out, lang, day - 1);
    gjb_buffer_add_string(out, lang == GJ_ZH ? "24时" : "");
}

void gjr_phrase_print_weekday(gjb_buffer *out, gj_lang lang, gj_day day)
{
    static const char *const names[][2] = {{"Monday", "星期一"},    {"Tuesday", "星期二"},
                                           {"Wednesday", "星期三"}, {"Thursday", "星期四"},
                                           {"Friday", "星期五"},    {"Saturday", "星期六"},
                                           {"Sunday", "星期日"}};
    gjb_buffer_add_string(out, names[gjr_civil_weekday(day)][lang == GJ_ZH]);
}

/* ---- words ---- */

void gjr_phrase_print_quoted(gjb_buffer *out, gj_lang lang, gj_text text)
{
    gjb_buffer_add_string(out, lang == GJ_ZH ? "“" : "\"");
    gjb_buffer_add_text(out, text);
    gjb_buffer_add_string(out, lang == GJ_ZH ? "”" : "\"");
}

void gjr_phrase_print_limit(gjb_buffer *out, gj_lang lang, gjr_limit_words limit, bool opens)
{
    static const char *const kinds[][2] = {
        [GJ_LIMIT_PLAIN] = {"", ""},
        [GJ_LIMIT_STATUTORY] = {"he statutory limit ", "法定时限"},
        [GJ_LIMIT_PROMISED] = {"he promised limit ", "承诺时限"},
    };
    if (lang == GJ_EN && limit.kind != GJ_LIMIT_PLAIN) {
        gjb_buffer_add_string(out, opens ? "T" : "t");
    }
    gjb_buffer_add_string(out, kinds[limit.kind][lang == GJ_ZH]);
    gjr_phrase_print_quoted(out, lang, limit.title);
    if (limit.key.bytes == NULL) {
        return;
    }
    if (lang == GJ_EN) {
        gjb_buffer_add_string(out, " for ");
        gjr_phrase_print_quoted(out, lang, limit.key);
    } else {
        gjb_buffer_add_string(out, "（");
        gjb_buffer_add_text(out, limit.key);
        gjb_buffer_add_string(out, "）");
    }
}

void gjr_phrase_print_list(gjb_buffer *out, gj_lang lang, const gj_text *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            gjb_buffer_add_string(out, lang == GJ_ZH ? "、" : ", ");
        }
        gjb_buffer_add_text(out, items[i]);
    }
}

void gjr_phrase_print_held(gjb_buffer *out, gj_lang lang, const gj_finding *finding)
{
    if (finding->held_in.bytes == NULL) {
        return;
    }
    bool zh = lang == GJ_ZH, any = finding->holder_count > 0;
    gjb_buffer_add_string(out,
                          zh ? "责任岗位为本件持有人：当时本件在环节"
                             : " Whoever holds the case answers for it; the case then stood in ");
    gjr_phrase_print_quoted(out, lang, finding->held_in_title);
    if (any) {
        gjb_buffer_add_string(out, zh ? "，由“" : ", held by ");
        gjr_phrase_print_list(out, lang, finding->holder_titles, finding->holder_count);
        gjb_buffer_add_string(out, zh ? "”持有。" : ".");
    } else {
        gjb_buffer_add_string(out, zh ? "，无岗位持有。" : ", where no post holds it.");
    }
}

void gjr_phrase_print_hand(gjb_buffer *out, gj_lang lang, const gj_finding *finding)
{
    const gj_other_act *hand = &finding->held_by;
    bool warns = finding->code == GJ_DUE_SOON, en = lang != GJ_ZH;
    if (!hand->present) {
        return;
    }
    gjb_buffer_add_string(out, !en     ? warns ? "截至提示时，以" : "届满前，以"
                               : warns ? " Up to then the last to act in the case as "
                                       : " Before it fell due the last to act in the case as ");
    gjr_phrase_print_quoted(out, lang, hand->post_title);
    gjb_buffer_add_string(out, en ? " was " : "岗位最后办理本件的是");
    gjr_phrase_print_quoted(out, lang, hand->officer);
    gjb_buffer_add_string(out, en ? ", who did " : "（");
    if (!en) {
        gjr_phrase_print_instant(out, lang, hand->at, hand->at_offset_s);
    }
    gjr_phrase_print_quoted(out, lang, hand->action_title);
    if (en) {
        gjb_buffer_add_string(out, " at ");
        gjr_phrase_print_instant(out, lang, hand->at, hand->at_offset_s);
    }
    gjb_buffer_add_string(out, en ? "." : "）。");
}

void gjr_phrase_print_missing(gjb_buffer *out, gj_lang lang, const gj_finding *finding)
{
    bool zh = lang == GJ_ZH;
    for (size_t i = 0; i < finding->documents_missing_count; i++) {
        gj_text when = finding->documents_missing_when[i];
        gjb_buffer_add_string(out, i == 0 ? "" : zh ? "、" : ", ");
        gjb_buffer_add_text(out, finding->documents_missing[i]);
        if (gjb_text_is_present(when)) {
            gjb_buffer_add_string(out, zh ? "（" : " (required when ");
            gjr_phrase_print_quoted(out, lang, when);
            gjb_buffer_add_string(out, zh ? "时必交）" : ")");
        }
    }
}

static void print_duration(gjb_buffer *out, gj_lang lang, gj_text item)
{
    int64_t duration_ms;
    if (gjr_duration_parse(item, &duration_ms)) {
        gjr_duration_print_words(duration_ms, lang, out);
    } else { /* finer than a second */
        gjb_buffer_add_text(out, item);
    }
}

static void print_item(gjb_buffer *out, gj_lang lang, gj_value_kind kind, gj_text item)
{
    bool zh = lang == GJ_ZH;
    if (item.bytes == NULL) {
        gjb_buffer_add_string(out, zh ? "未登记" : "not recorded");
    } else if (item.size == 0) {
        gjr_phrase_print_quoted(out, lang, item);
    } else if (kind == GJ_VALUE_BOOL && zh) {
        gjb_buffer_add_string(out, item.bytes[0] == 't' ? "真" : "假");
    } else if (kind == GJ_VALUE_DURATION) {
        print_duration(out, lang, item);
    } else {
        gjb_buffer_add_text(out, item);
        gjb_buffer_add_string(out, kind != GJ_VALUE_MONEY ? "" : zh ? "元" : " CNY");
    }
}

static void print_value(gjb_buffer *out, gj_lang lang, const gj_value *value)
{
    bool zh = lang == GJ_ZH;
    if (!value->known) {
        gjb_buffer_add_string(out, zh ? "未登记" : " not recorded");
        return;
    }
    gjb_buffer_add_string(out, zh ? "为" : " ");
    if (value->item_count == 0) {
        gjb_buffer_add_string(out, zh ? "空" : "none");
    }
    for (size_t i = 0; i < value->item_count; i++) {
        gjb_buffer_add_string(out, i == 0 ? "" : zh ? "、" : ", ");
        print_item(out, lang, value->kind, value->items[i]);
    }
}

/* Who reads a verdict sees where it rests on what a person decided. */
static void print_judged(gjb_buffer *out, gj_lang lang, const gj_value *value)
{
    if (value->is_judgement) {
        gjb_buffer_add_string(out, lang == GJ_ZH ? (value->known ? "（系裁量）" : "（待裁量）")
                                   : value->known ? " (a person's judgement)"
                                                  : " (for a person to judge)");
    }
}

void gjr_phrase_print_values(gjb_buffer *out, gj_lang lang, const gj_finding *finding)
{
    bool zh = lang == GJ_ZH;
    for (size_t i = 0; i < finding->value_count; i++) {
        const gj_value *value = &finding->values[i];
        gjb_buffer_add_string(out, i > 0 ? (zh ? "，" : "; ")
                                         : (zh ? "；当时登记：" : "; recorded then: "));
        gjb_buffer_add_text(out, value->field);
        if (!gjb_text_equal(value->field, value->title)) {
            gjb_buffer_add_string(out, zh ? "（" : " (");
            gjb_buffer_add_text(out, value->title);
            gjb_buffer_add_string(out, zh ? "）" : ")");
        }
        print_value(out, lang, value);
        print_judged(out, lang, value);
    }
}

void gjr_phrase_print_amount(gjb_buffer *out, gj_lang lang, uint64_t amount, gj_unit unit)
{
    static const char *const zh[] = {"个工作日", "日", "小时", "分钟", "个月", "年", "工时"};
    static const char *const en[] = {" working day", " day",  " hour",       " minute",
                                     " month",       " year", " office hour"};
    gjb_buffer_add_int(out, amount > INT64_MAX ? INT64_MAX : (int64_t)amount);
    gjb_buffer_add_string(out, lang == GJ_ZH ? zh[unit] : en[unit]);
    gjb_buffer_add_string(out, lang == GJ_EN && amount != 1 ? "s" : "");
}

/* ---- office hours ---- */

static void print_clock(gjb_buffer *out, int64_t minute)
{
    gjb_buffer_add_format(out, "%02d:%02d", (int)(minute / 60), (int)(minute % 60));
}

void gjr_phrase_print_until(gjb_buffer *out, gj_lang lang, const gj_counted *counted)
{
    int64_t ms;
    if (!counted->at_close) {
        gjb_buffer_add_string(out, lang == GJ_ZH ? "（24时止）" : " (until 24:00)");
        return;
    }
    gjr_civil_of_wall(wall_of(counted->due, counted->due_offset_s), &ms);
    gjb_buffer_add_string(out, lang == GJ_ZH ? "（" : " (until the office closes at ");
    print_clock(out, ms / 60000);
    gjb_buffer_add_string(out, lang == GJ_ZH ? "下班时止）" : ")");
}

void gjr_phrase_print_hours(gjb_buffer *out, gj_lang lang, const gj_office_hours *hours,
                            size_t count)
{
    bool zh = lang == GJ_ZH;
    if (count == 0) {
        gjb_buffer_add_string(out,
                              zh ? "（日历未规定办公时间，工作日全天计入）"
                                 : " (the calendar says no office hours, so working days count "
                                   "whole)");
        return;
    }
    gjb_buffer_add_string(out, zh ? "（办公时间" : " (");
    for (size_t i = 0; i < count; i++) {
        gjb_buffer_add_string(out, i == 0 ? "" : zh ? "、" : ", ");
        print_clock(out, hours[i].from);
        gjb_buffer_add_string(out, zh ? "至" : "-");
        print_clock(out, hours[i].to);
    }
    gjb_buffer_add_string(out, zh ? "）" : ")");
}

void gjr_phrase_print_gone(gjb_buffer *out, gj_lang lang, int64_t gone, gj_unit unit)
{
    if (gjr_count_is_by_day(unit)) {
        gjr_phrase_print_amount(out, lang, (uint64_t)gone, gjr_count_over_unit(unit));
        return;
    }
    uint64_t minutes = (uint64_t)gone / 60000;
    gjr_phrase_print_amount(out, lang, minutes / 60,
                            unit == GJ_WORKHOURS ? GJ_WORKHOURS : GJ_HOURS);
    if (minutes % 60 > 0) {
        gjb_buffer_add_format(out, lang == GJ_ZH ? "%u分钟" : " %u minute%s",
                              (unsigned)(minutes % 60), minutes % 60 == 1 ? "" : "s");
    }
}

void gjr_phrase_print_exceptions(gjb_buffer *out, gj_lang lang, const gj_finding *finding)
{
    bool zh = lang == GJ_ZH;
    size_t count = finding->exception_count;
    if (count == 0) {
        return;
    }
    gjb_buffer_add_string(out, zh          ? "。例外情形"
                               : count > 1 ? ". None of its exceptions holds: "
                                           : ". Its exception ");
    for (size_t i = 0; i < count; i++) {
        const gj_exception *exception = &finding->exceptions[i];
        gjb_buffer_add_string(out, i == 0 ? "" : zh ? "、" : ", ");
        gjr_phrase_print_quoted(out, lang, exception->condition);
        if (exception->basis_count > 0) {
            gjb_buffer_add_string(out, zh ? "（" : " (");
            gjr_citation_print(out, lang, exception->basis, exception->basis_count);
            gjb_buffer_add_string(out, zh ? "）" : ")");
        }
    }
    gjb_buffer_add_string(out, zh ? (count > 1 ? "均不成立" : "不成立")
                                  : (count > 1 ? "" : " does not hold"));
}

void gjr_phrase_print_clause(gjb_buffer *out, gj_lang lang, const gj_finding *finding)
{
    bool zh = lang == GJ_ZH;
    gjr_decisions_explain(finding->rows, finding->row_count, lang, out);
    if (finding->basis_count > 0) {
        gjb_buffer_add_string(out, zh ? "依据：" : " Basis: ");
        gjr_citation_print(out, lang, finding->basis, finding->basis_count);
        gjb_buffer_add_string(out, zh ? "。" : ".");
    }
    gjb_buffer_add_string(out, zh ? "条款：" : " Clause: ");
    gjb_buffer_add_text(out, finding->file);
    gjb_buffer_add_byte(out, ':');
    gjb_buffer_add_int(out, finding->line);
    gjb_buffer_add_string(out, zh ? "。" : ".");
}

/* ---- what lies between ---- */

bool gjr_tally_run(const gjr_tally *tally, const gj_run *run, gj_run *part)
{
    *part = *run;
    part->from = run->from < tally->from ? tally->from : run->from;
    part->to = run->to > tally->to ? tally->to : run->to;
    return part->from <= part->to;
}

void gjr_phrase_print_share(gjb_buffer *out, uint32_t share)
{
    gjb_buffer_add_format(out, "%u", share / 100);
    if (share % 100 != 0) {
        gjb_buffer_add_format(out, share % 10 == 0 ? ".%u" : ".%02u",
                              share % 10 == 0 ? share % 100 / 10 : share % 100);
    }
    gjb_buffer_add_byte(out, '%');
}

gjr_tally gjr_tally_of(const gj_counted *counted)
{
    gjr_tally tally = {.from = counted->start_day + (counted->in_time ? 0 : 1),
                       .to = counted->due_by_week};
    tally.days = (int64_t)tally.to - tally.from + 1;
    tally.is_cut = counted->run_count == GJR_COUNT_RUNS_MAX;
    for (size_t i = 0; i < counted->run_count; i++) {
        gj_run part;
        if (!gjr_tally_run(&tally, &counted->runs[i], &part)) {
            continue;
        }
        int64_t days = (int64_t)part.to - part.from + 1;
        switch (part.kind) {
        case GJ_RUN_WEEKEND:
            tally.weekend_days += days;
            tally.weekend_runs++;
            break;
        case GJ_RUN_HOLIDAY:
        case GJ_RUN_OFF:
            tally.closed_days += days;
            tally.closed_runs++;
            break;
        case GJ_RUN_WORKED:
            tally.worked_runs++;
            break;
        }
    }
    tally.is_whole =
        !counted->held &&
        tally.days - tally.weekend_days - tally.closed_days - counted->stopped == counted->budget;
    return tally;
}
