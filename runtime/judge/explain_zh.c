/* SPDX-License-Identifier: Apache-2.0
 *
 * Explanations in Chinese, in the words of an office's own records: what is registered, what the
 * procedure says, how it was counted, what would change it. No word of blame: a finding is a fact
 * about records, and whoever reads it may be the person it names. */
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
    gjr_phrase_print_quoted(out, GJ_ZH, text);
}

static void number(gjb_buffer *out, int64_t value)
{
    gjb_buffer_add_int(out, value);
}

/* “2024年3月1日15:20登记“准予许可””. */
static void act(const gj_finding *finding, gjb_buffer *out)
{
    gjr_phrase_print_instant(out, GJ_ZH, finding->at, finding->at_offset_s);
    if (finding->action_title.bytes == NULL) { /* time alone found it */
        return;
    }
    say(out, "登记");
    quote(out, finding->action_title);
}

static void stood(const gj_finding *finding, gjb_buffer *out)
{
    say(out, finding->branch_title.size > 0 ? "，登记时本件在" : "，登记时本件在环节");
    if (finding->branch_title.size > 0) {
        say(out, "分支");
        quote(out, finding->branch_title);
        say(out, "的环节");
    }
    quote(out, finding->stage_title);
}

/* 环节“决定”, 分支“消防审查”的环节“查看”. */
static void expected(const gj_finding *finding, gjb_buffer *out)
{
    if (finding->branch_expected_title.size > 0) {
        say(out, "分支");
        quote(out, finding->branch_expected_title);
        say(out, "的");
    }
    say(out, "环节");
    quote(out, finding->stage_expected_title);
}

static void version(const gj_finding *finding, gjb_buffer *out)
{
    say(out, "按流程第");
    number(out, finding->version);
    say(out, "版，");
}

static bool moved(const gj_finding *finding)
{
    return finding->stage.bytes != finding->stage_after.bytes;
}

static void now_in(const gj_finding *finding, gjb_buffer *out)
{
    say(out, moved(finding) ? "本件已转入" : "本件仍在环节");
    quote(out, finding->stage_after_title);
    say(out, "。");
}

/* ---- late ---- */

static void late_due(const gj_finding *finding, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    gjr_phrase_print_limit(out, GJ_ZH, gjr_phrase_limit_of(finding), true);
    if (counted->held) {
        say(out, "正在停计，恢复计算前不能确定最后一日；");
        return;
    }
    if (!finding->has_due) {
        say(out, counted->is_measured ? "已没有期限；" : "所截至的日期已无登记；");
        return;
    }
    if (counted->in_time) {
        say(out, "应当在");
        gjr_phrase_print_instant(out, GJ_ZH, counted->due, counted->due_offset_s);
        say(out, "之前完成；");
        return;
    }
    say(out, "的最后一日为");
    gjr_phrase_print_day(out, GJ_ZH, counted->due_day);
    gjr_phrase_print_until(out, GJ_ZH, counted);
    say(out, "；");
}

static void late_end(const gj_finding *finding, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    if (finding->by_law && finding->over_amount == 0) {
        say(out, "届满时无完成记录。");
        return;
    }
    if (finding->by_law) {
        say(out, "依法视为完成的时间为");
        gjr_phrase_print_instant(out, GJ_ZH, counted->until, finding->at_offset_s);
        say(out, "，超出");
    } else if (!finding->ended) {
        say(out, "截至");
        gjr_phrase_print_instant(out, GJ_ZH, counted->until, finding->at_offset_s);
        say(out, "无完成记录，已超出");
    } else if (finding->action.bytes != NULL) {
        quote(out, finding->action_title);
        say(out, "登记的时间为");
        gjr_phrase_print_instant(out, GJ_ZH, counted->until, finding->at_offset_s);
        say(out, "，超出");
    } else {
        say(out, "登记的完成日期为");
        gjr_phrase_print_instant(out, GJ_ZH, counted->until, finding->at_offset_s);
        say(out, "，超出");
    }
    gjr_phrase_print_amount(out, GJ_ZH, finding->over_amount, finding->over_unit);
    say(out, "。");
}

static void late_start(const gj_finding *finding, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    if (counted->in_time) {
        gjr_phrase_print_instant(out, GJ_ZH, counted->start, finding->at_offset_s);
    } else {
        gjr_phrase_print_day_beside(out, GJ_ZH, counted->start_day, counted->due_day);
    }
    switch (counted->start_kind) {
    case GJ_START_ACT:
        break;
    case GJ_START_ENTERING:
        say(out, "进入");
        break;
    case GJ_START_LEAVING:
        say(out, "离开");
        break;
    case GJ_START_FIELD:
        say(out, "为");
        break;
    }
    quote(out, counted->start_subject);
    if (counted->start_not_recorded) {
        say(out, "（无登记记录，自跳步登记时起算）");
    }
    say(out, counted->in_time ? "，自该时刻起算；" : "，当日不计；");
}

/* “周末4日（2月24日、25日，3月2日、3日）”, or how many weekends there were. */
static void weekends(const gj_finding *finding, const gjr_tally *tally, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    gj_run part, whole = {0};
    size_t listed = 0;
    bool list = tally->weekend_runs <= LISTED_RUNS_MAX;
    say(out, tally->is_cut ? "周末至少" : "周末");
    number(out, tally->weekend_days);
    say(out, "日（");
    for (size_t i = 0; i < counted->run_count; i++) {
        if (counted->runs[i].kind != GJ_RUN_WEEKEND ||
            !gjr_tally_run(tally, &counted->runs[i], &part)) {
            continue;
        }
        whole.from = listed == 0 ? part.from : whole.from;
        whole.to = part.to;
        if (list) {
            say(out, listed > 0 ? "、" : "");
            gjr_phrase_print_days(out, GJ_ZH, &part, counted->due_day);
        }
        listed++;
    }
    if (!list) {
        gjr_phrase_print_days(out, GJ_ZH, &whole, counted->due_day);
        say(out, "之间共");
        number(out, (int64_t)tally->weekend_runs);
        say(out, "次");
    }
    say(out, "）");
}

static void closures(const gj_finding *finding, const gjr_tally *tally, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    gj_run part;
    size_t listed = 0;
    bool list = tally->closed_runs <= LISTED_RUNS_MAX;
    say(out, tally->is_cut ? "放假至少" : "放假");
    number(out, tally->closed_days);
    say(out, "日（");
    for (size_t i = 0; list && i < counted->run_count; i++) {
        gj_run_kind kind = counted->runs[i].kind;
        if ((kind != GJ_RUN_HOLIDAY && kind != GJ_RUN_OFF) ||
            !gjr_tally_run(tally, &counted->runs[i], &part)) {
            continue;
        }
        say(out, listed++ > 0 ? "、" : "");
        gjb_buffer_add_text(out, part.name);
        gjr_phrase_print_days(out, GJ_ZH, &part, counted->due_day);
    }
    if (!list) {
        say(out, "共");
        number(out, (int64_t)tally->closed_runs);
        say(out, "次");
    }
    say(out, "）");
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
        say(out, listed++ > 0 ? "、" : "；");
        gjr_phrase_print_days(out, GJ_ZH, &part, counted->due_day);
        if (part.from == part.to) {
            say(out, "（");
            gjr_phrase_print_weekday(out, GJ_ZH, part.from);
            say(out, "）");
        }
    }
    if (listed > 0) {
        say(out, tally->worked_runs > listed ? "等日调休上班，计入" : "调休上班，计入");
    }
}

/* The closed days between, if any, behind a word that joins them on. */
static const char *late_closed(const gj_finding *finding, const gjr_tally *tally, gjb_buffer *out,
                               const char *joint)
{
    if (tally->closed_days > 0) {
        say(out, joint);
        closures(finding, tally, out);
        joint = "、";
    }
    if (tally->weekend_days > 0) {
        say(out, joint);
        weekends(finding, tally, out);
        joint = "、";
    }
    return joint;
}

static void late_workdays(const gj_finding *finding, const gjr_tally *tally, gjb_buffer *out)
{
    if (!tally->is_whole) {
        say(out, "，其中");
        gjr_phrase_print_amount(out, GJ_ZH, finding->counted.budget, GJ_WORKDAYS);
        return;
    }
    const char *joint = late_closed(finding, tally, out, "，减去");
    (void)gjr_explain_stopped_zh(finding, joint, out);
    say(out, "，为");
    gjr_phrase_print_amount(out, GJ_ZH, finding->counted.budget, GJ_WORKDAYS);
    gjr_explain_extended_zh(finding, out);
    worked(finding, tally, out);
}

/* 限若干小时；工时另列办公时间和其间的休息日。 */
static void late_time(const gj_finding *finding, const gjr_tally *tally, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    say(out, "限");
    gjr_phrase_print_amount(out, GJ_ZH, counted->budget, counted->unit);
    gjr_explain_extended_zh(finding, out);
    if (counted->unit == GJ_WORKHOURS) {
        gjr_phrase_print_hours(out, GJ_ZH, counted->hours, counted->hour_count);
        (void)late_closed(finding, tally, out, "，不含");
    }
    (void)gjr_explain_stopped_zh(finding, "；", out);
    say(out, "。");
}

/* What is taken off a number of days, and added to it. */
static void days_left(const gj_finding *finding, gjb_buffer *out)
{
    if (finding->counted.unit == GJ_DAYS && gjr_explain_stopped_zh(finding, "，减去", out)) {
        say(out, "，为");
        gjr_phrase_print_amount(out, GJ_ZH, finding->counted.budget, GJ_DAYS);
    }
    if (finding->counted.unit == GJ_DAYS) {
        gjr_explain_extended_zh(finding, out);
    }
}

/* The days of a number of them, or the day on which months or years end. */
static void late_days(const gj_finding *finding, const gj_run *whole, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    if (counted->unit == GJ_MONTHS || counted->unit == GJ_YEARS) {
        gjr_phrase_print_amount(out, GJ_ZH, counted->budget, counted->unit);
        gjr_explain_extended_zh(finding, out);
        (void)gjr_explain_stopped_zh(finding, "，", out);
        say(out, "，至");
        gjr_phrase_print_day_beside(out, GJ_ZH, whole->to, counted->start_day);
        say(out, "止");
        return;
    }
    gjr_phrase_print_days(out, GJ_ZH, whole, counted->due_day);
    say(out, "共");
    number(out, (int64_t)whole->to - whole->from + 1);
    say(out, "日");
    days_left(finding, out);
}

/* 截至某一日期或者时刻。 */
static void late_by(const gj_finding *finding, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    say(out, "截至");
    quote(out, counted->end_subject);
    if (!finding->has_due) {
        say(out, "，该项已无登记。");
        return;
    }
    say(out, "，登记为");
    if (counted->in_time) {
        gjr_phrase_print_instant(out, GJ_ZH, counted->due, counted->due_offset_s);
    } else {
        gjr_phrase_print_day(out, GJ_ZH, counted->raw_due_day);
    }
    if (counted->raw_due_day != counted->due_by_week) {
        say(out, "，当日休息，顺延至");
        gjr_phrase_print_day_beside(out, GJ_ZH, counted->due_by_week, counted->raw_due_day);
    }
    say(out, "。");
}

static void days_count(const gj_finding *finding, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    gjr_tally tally = gjr_tally_of(counted);
    say(out, "计算：");
    if (counted->span == GJ_SPAN_BY) {
        late_by(finding, out);
        return;
    }
    late_start(finding, out);
    if (counted->held) {
        say(out, "已计");
        gjr_phrase_print_amount(out, GJ_ZH, (uint64_t)counted->elapsed,
                                gjr_count_over_unit(counted->unit));
        (void)gjr_explain_stopped_zh(finding, "；", out);
        say(out, "。");
        return;
    }
    if (counted->in_time) {
        late_time(finding, &tally, out);
        return;
    }
    gj_run whole = {.from = tally.from,
                    .to = counted->unit == GJ_WORKDAYS ? tally.to : counted->raw_due_day};
    if (whole.from > whole.to) {
        say(out, "限当日。");
        return;
    }
    late_days(finding, &whole, out);
    if (counted->unit == GJ_WORKDAYS) {
        late_workdays(finding, &tally, out);
    } else if (counted->raw_due_day != counted->due_by_week) {
        say(out, "，末日休息，顺延至");
        gjr_phrase_print_day_beside(out, GJ_ZH, counted->due_by_week, counted->start_day);
        gjr_explain_moved_zh(finding, out);
    }
    say(out, "。");
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
        gjr_length_explain(&counted->length, counted->unit, GJ_ZH, out);
    }
}

/* By which of several severities the finding stands. */
static void rung(const gj_finding *finding, gjb_buffer *out)
{
    if (finding->rung.kind == GJ_RUNG_OVERDUE) {
        gjb_buffer_add_string(out, gj_severity_title(finding->severity, GJ_ZH));
        say(out, "条件：逾期超过");
        gjr_phrase_print_amount(out, GJ_ZH, finding->rung.amount, finding->rung.unit);
        say(out, "。");
    }
}

static void late_calendar(const gj_finding *finding, gjb_buffer *out)
{
    if (finding->counted.beyond_published) {
        say(out, "所计日期超出日历已公布的范围");
        if (finding->counted.due_earliest != finding->counted.due_latest) {
            say(out, "，以上按每周规则计算，最后一日最早为");
            gjr_phrase_print_day(out, GJ_ZH, finding->counted.due_earliest);
            bool bounded = finding->counted.due_latest < GJR_DAY_MAX;
            say(out, bounded ? "，最晚为" : "，最晚尚无法确定");
            if (bounded) {
                gjr_phrase_print_day(out, GJ_ZH, finding->counted.due_latest);
            }
        }
        say(out, "，公布后自动重新计算。");
    }
    if (finding->counted.calendar.size > 0) {
        say(out, "日历：");
        gjb_buffer_add_text(out, finding->counted.calendar);
        say(out, "。");
    }
}

void gjr_explain_count_zh(const gj_finding *finding, gjb_buffer *out)
{
    late_count(finding, out);
    late_calendar(finding, out);
}

static void period(const gj_finding *finding, gjb_buffer *out)
{
    gjr_explain_period(finding, GJ_ZH, out);
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
        gjr_effect_explain(&finding->law, GJ_ZH, out);
    }
    late_calendar(finding, out);
}

static void due_soon(const gj_finding *finding, gjb_buffer *out)
{
    const gj_rung *by = &finding->rung;
    late_due(finding, out);
    say(out, "自");
    gjr_phrase_print_instant(out, GJ_ZH, by->at, finding->at_offset_s);
    if (by->kind == GJ_RUNG_SHARE) {
        say(out, "起，用时已达");
        gjr_phrase_print_share(out, by->amount);
    } else {
        say(out, "起，剩余时间不超过");
        gjr_phrase_print_amount(out, GJ_ZH, by->amount, by->unit);
    }
    if (finding->status == GJ_CLOSED) {
        say(out, "；已于");
        gjr_phrase_print_instant(out, GJ_ZH, finding->counted.until, finding->at_offset_s);
        say(out, "结束");
    }
    say(out, "。");
    late_count(finding, out);
    late_calendar(finding, out);
}

/* ---- order ---- */

static void skipped_step(const gj_finding *finding, gjb_buffer *out)
{
    act(finding, out);
    stood(finding, out);
    say(out, "；该行为属于");
    expected(finding, out);
    say(out, "。");
    version(finding, out);
    say(out, "两者之间至少应有");
    number(out, (int64_t)finding->left_out_count);
    say(out, "项：");
    for (size_t i = 0; i < finding->left_out_count; i++) {
        const gj_left_out *left_out = &finding->left_out[i];
        say(out, i > 0 ? "、" : "");
        quote(out, left_out->title);
        bool in_branch = left_out->branch_title.size > 0, by_post = left_out->post_title.size > 0;
        say(out, in_branch || by_post ? "（" : "");
        say(out, in_branch ? "分支" : "");
        gjb_buffer_add_text(out, left_out->branch_title);
        say(out, in_branch && by_post ? "，" : "");
        gjb_buffer_add_text(out, left_out->post_title);
        say(out, in_branch || by_post ? "）" : "");
    }
    if (finding->left_out_count == 1 && finding->times == 0) {
        say(out, "。截至该时刻无此项记录。");
    } else {
        say(out, "。截至该时刻，本件在此环节之后无");
        say(out, finding->left_out_count == 1 ? "此项记录。" : "上述各项记录。");
    }
    now_in(finding, out);
    say(out, "补报后自动重新判定。");
}

static void out_of_order(const gj_finding *finding, gjb_buffer *out)
{
    act(finding, out);
    stood(finding, out);
    say(out, "；该行为属于");
    expected(finding, out);
    say(out, "，");
    version(finding, out);
    say(out, "不在本环节之后，此前也无该行为的记录。");
    now_in(finding, out);
    say(out, "登记的时间或者行为有误的，更正后自动重新判定。");
}

static void repeated(const gj_finding *finding, gjb_buffer *out)
{
    act(finding, out);
    stood(finding, out);
    say(out, "；本件登记该行为为第");
    number(out, finding->times);
    say(out, "次，");
    version(finding, out);
    if (finding->times_allowed > 0) {
        say(out, "该行为至多");
        number(out, finding->times_allowed);
        say(out, "次。");
    } else {
        say(out, "本环节及其后不再办理该行为。");
    }
    now_in(finding, out);
    say(out, "重复登记的，更正后自动重新判定。");
}

static void by_post(const gj_finding *finding, gjb_buffer *out)
{
    say(out, "，登记的办理岗位为");
    quote(out, finding->post_title);
    if (finding->officer.size > 0) {
        say(out, "，工作人员为");
        gjb_buffer_add_text(out, finding->officer);
    }
    say(out, "；");
    version(finding, out);
}

static void unauthorised(const gj_finding *finding, gjb_buffer *out)
{
    act(finding, out);
    by_post(finding, out);
    if (finding->condition.bytes != NULL) {
        say(out, "该岗位仅当");
        quote(out, finding->condition);
        say(out, "时可以办理该行为，该条件不成立");
        gjr_phrase_print_values(out, GJ_ZH, finding);
        say(out, "。数据有误的，更正后自动重新判定。");
    } else {
        say(out, "该行为由“");
        gjr_phrase_print_list(out, GJ_ZH, finding->posts_granted, finding->posts_granted_count);
        say(out, "”办理。");
    }
    now_in(finding, out);
    say(out, "岗位登记有误的，更正后自动重新判定。");
}

static void condition_unmet(const gj_finding *finding, gjb_buffer *out)
{
    act(finding, out);
    stood(finding, out);
    say(out, "；");
    version(finding, out);
    say(out, "在此环节办理该行为须符合条件");
    quote(out, finding->condition);
    say(out, "，该条件不成立");
    gjr_phrase_print_values(out, GJ_ZH, finding);
    say(out, "。");
    now_in(finding, out);
    say(out, "数据有误的，更正后自动重新判定。");
}

static void unknown_action(const gj_finding *finding, gjb_buffer *out)
{
    act(finding, out);
    say(out, "；流程第");
    number(out, finding->version);
    say(out, "版没有以此为名称或者又称的行为。");
    now_in(finding, out);
    say(out, "名称有误的，更正后自动重新判定；确有此行为的，应当在流程中写明。");
}

static void future(const gj_finding *finding, gjb_buffer *out)
{
    act(finding, out);
    say(out, "，时钟尚未到达该时刻。本项先予保存，届时判定。登记的时间有误的，更正后以更正为准。");
}

static void after_close(const gj_finding *finding, gjb_buffer *out)
{
    act(finding, out);
    say(out, "；登记时本件已在终结环节");
    quote(out, finding->stage_title);
    say(out, "，");
    version(finding, out);
    say(out, "其后不再办理该行为。登记的时间有误的，更正后自动重新判定。");
}

/* ---- rules, documents, data ---- */

static void relation(const gj_finding *finding, gjb_buffer *out)
{
    gjr_explain_relation(finding, GJ_ZH, out);
}

static void forbidden(const gj_finding *finding, gjb_buffer *out)
{
    bool of_post = finding->subject_kind == GJ_SUBJECT_POST;
    if (finding->relation != GJ_RELATION_NONE) {
        relation(finding, out);
        return;
    }
    act(finding, out);
    if (of_post) {
        by_post(finding, out);
    } else {
        say(out, "；规则");
        quote(out, finding->subject_title);
        say(out, "规定，");
    }
    if (finding->condition.bytes != NULL) {
        say(out, "当");
        quote(out, finding->condition);
        say(out, "时");
    }
    say(out, of_post ? "该岗位不得办理该行为" : "不得办理该行为");
    gjr_phrase_print_values(out, GJ_ZH, finding);
    gjr_phrase_print_exceptions(out, GJ_ZH, finding);
    say(out, "。登记有误的，更正后自动重新判定。");
}

/* Decided when the case, or the branch, ended. */
static void too_seldom(const gj_finding *finding, gjb_buffer *out)
{
    bool branch = finding->branch_title.size > 0;
    act(finding, out);
    say(out, branch ? "，分支" : "，本件随之在环节");
    quote(out, branch ? finding->branch_title : finding->stage_title);
    say(out, branch ? "随之办结；规则" : "办结；规则");
    quote(out, finding->subject_title);
    say(out, "规定，");
    quote(out, finding->counts_title);
    bool keyed = finding->key_title.size > 0;
    say(out, keyed ? "每项" : "");
    say(out, finding->bound == GJ_EXACTLY ? "应当恰好办理" : "应当至少办理");
    number(out, finding->times_allowed);
    say(out, "次，截至该时刻");
    if (keyed) {
        quote(out, finding->key_title);
    }
    say(out, "登记");
    number(out, finding->times);
    say(out, "次");
    gjr_phrase_print_values(out, GJ_ZH, finding);
    gjr_phrase_print_exceptions(out, GJ_ZH, finding);
    say(out, "。已办理而未登记的，补报后自动重新判定。");
}

static void too_often(const gj_finding *finding, gjb_buffer *out)
{
    act(finding, out);
    bool keyed = finding->key_title.size > 0;
    say(out, "，为");
    if (keyed) {
        quote(out, finding->key_title);
        say(out, "的");
    }
    say(out, "第");
    number(out, finding->times);
    say(out, "次；规则");
    quote(out, finding->subject_title);
    say(out, keyed ? "规定该行为每项" : "规定该行为");
    say(out, finding->bound == GJ_EXACTLY ? "恰好办理" : "至多办理");
    number(out, finding->times_allowed);
    say(out, "次");
    gjr_phrase_print_values(out, GJ_ZH, finding);
    gjr_phrase_print_exceptions(out, GJ_ZH, finding);
    say(out, "。重复登记的，更正后自动重新判定。");
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
    say(out, "；规则");
    quote(out, finding->subject_title);
    say(out, "规定，办理该行为应当满足");
    quote(out, finding->condition);
    say(out, "，该条件不成立");
    gjr_phrase_print_values(out, GJ_ZH, finding);
    gjr_phrase_print_exceptions(out, GJ_ZH, finding);
    say(out, "。数据有误或者不全的，更正或者补报后自动重新判定。");
}

static void not_done(const gj_finding *finding, gjb_buffer *out)
{
    if (finding->relation != GJ_RELATION_NONE) {
        relation(finding, out);
        return;
    }
    gjr_explain_not_done(finding, GJ_ZH, out);
}

static void missing_document(const gj_finding *finding, gjb_buffer *out)
{
    size_t present = finding->documents_present_count, missing = finding->documents_missing_count;
    act(finding, out);
    say(out, "，该行为须备齐材料");
    number(out, (int64_t)(present + missing));
    say(out, "件，已登记");
    number(out, (int64_t)present);
    say(out, "件");
    if (present > 0) {
        say(out, "（");
        gjr_phrase_print_list(out, GJ_ZH, finding->documents_present, present);
        say(out, "）");
    }
    say(out, "，未登记");
    number(out, (int64_t)missing);
    say(out, "件：");
    gjr_phrase_print_missing(out, GJ_ZH, finding);
    say(out, "。本条仅说明登记情况；当时已收的，补报后自动重新判定。");
}

static const char *unrecorded(const gj_finding *finding)
{
    return finding->is_of_first    ? "前件办理时未登记"
           : finding->is_parameter ? "本次办理未登记"
                                   : "截至该时刻未登记";
}

/* The value to which a field was to be set. */
static void missing_value(const gj_finding *finding, gjb_buffer *out)
{
    say(out, "，办理时应当记");
    quote(out, finding->sets_title);
    say(out, "为");
    quote(out, finding->condition);
    if (finding->fields_missing_count == 0) {
        say(out, "，按已登记的数据计算不出结果");
        gjr_phrase_print_values(out, GJ_ZH, finding);
    } else if (finding->quoted.bytes != NULL) {
        say(out, "，所需的");
        quote(out, finding->subject_title);
        say(out, "登记为");
        quote(out, finding->quoted);
        say(out, "，不是该项应有的类型，按未登记处理");
    } else {
        say(out, "，所需的");
        quote(out, finding->subject_title);
        say(out, unrecorded(finding));
    }
    say(out, "；");
    quote(out, finding->sets_title);
    say(out, "因此按未登记处理。补报或者更正数据后自动重新判定。");
}

static void too_many_open(const gj_finding *finding, gjb_buffer *out)
{
    gjr_explain_too_many_open(finding, GJ_ZH, out);
}

static void missing_data(const gj_finding *finding, gjb_buffer *out)
{
    act(finding, out);
    if (finding->due_of.bytes != NULL) {
        gjr_explain_due_unknown(finding, GJ_ZH, out);
    } else if (finding->length_of.bytes != NULL) {
        gjr_explain_length_unknown(finding, GJ_ZH, out);
    } else if (finding->key_of.bytes != NULL) {
        gjr_explain_key_unknown(finding, GJ_ZH, out);
    } else if (finding->sets.bytes != NULL) {
        missing_value(finding, out);
    } else if (finding->fields_missing_count > 0) {
        say(out, "，判定条件");
        quote(out, finding->condition);
        say(out, "所需的");
        quote(out, finding->subject_title);
        if (finding->quoted.bytes != NULL) {
            say(out, "登记为");
            quote(out, finding->quoted);
            say(out, "，不是该项应有的类型，按未登记处理");
        } else {
            say(out, unrecorded(finding));
        }
        say(out, "，条件是否成立无法判定。补报该项后自动重新判定。");
    } else if (finding->relation != GJ_RELATION_NONE && finding->condition.bytes == NULL) {
        gjr_explain_officer_unknown(finding, GJ_ZH, out);
    } else if (finding->subject_kind == GJ_SUBJECT_POST) {
        say(out, "，未登记办理岗位，是否由应当办理的岗位办理无法判定。补报岗位后自动重新判定。");
    } else {
        say(out, "，判定");
        quote(out, finding->subject_title);
        say(out, "的条件");
        quote(out, finding->condition);
        say(out, "时，按已登记的数据计算不出结果，条件是否成立无法判定");
        gjr_phrase_print_values(out, GJ_ZH, finding);
        say(out, "。补报或者更正数据后自动重新判定。");
    }
    say(out, "本条只涉及数据，不涉及办理人员。");
}

static void native_failed(const gj_finding *finding, gjb_buffer *out)
{
    act(finding, out);
    gjr_explain_native(finding, GJ_ZH, out);
}

void gjr_explain_zh(const gj_finding *finding, gjb_buffer *out)
{
    static void (*const explain[])(const gj_finding *, gjb_buffer *) = {
        [GJ_LATE] = late,
        [GJ_EARLY] = period,
        [GJ_DUE_SOON] = due_soon,
        [GJ_INVALID_EXTENSION] = gjr_explain_invalid_extension_zh,
        [GJ_INVALID_STOP] = gjr_explain_invalid_stop_zh,
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
    gjr_phrase_print_held(out, GJ_ZH, finding);
    gjr_phrase_print_hand(out, GJ_ZH, finding);
    gjr_phrase_print_clause(out, GJ_ZH, finding);
}
