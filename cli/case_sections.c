/* SPDX-License-Identifier: Apache-2.0
 *
 * Below a case's time line: its limits, each start of each in one line, and the rules that were
 * asked. */
#include "case.h"

#include <inttypes.h>
#include <string.h>

#include "calendars.h"
#include "table.h"

enum { ROWS_MAX = CLI_TABLE_ROWS_MAX - 1 };

static gj_text title_or(gj_text title, gj_text name)
{
    return title.size > 0 ? title : name;
}

/* ---- limits ---- */

static void say_amount(const cli_session *session, cli_buffer *words, uint64_t amount, gj_unit unit)
{
    static const char *const zh[] = {"个工作日", "日", "小时", "分钟", "个月", "年", "工时"};
    static const char *const en[] = {" working day", " day",  " hour",       " minute",
                                     " month",       " year", " office hour"};
    cli_buffer_add_format(words, "%" PRIu64, amount);
    cli_buffer_add_string(words, CLI_SAY(session, en[unit], zh[unit]));
    if (session->lang == GJ_EN && amount != 1)
        cli_buffer_add_string(words, "s");
}

static void say_instant(cli_buffer *words, gj_instant at, int32_t offset_s)
{
    enum { MINUTES = 16 };
    char written[48] = "";
    gj_instant_format(at, offset_s, written, sizeof written);
    written[10] = ' ';
    cli_buffer_add(words, written, MINUTES);
}

/* The day from which it is counted, or until which: of hours the instant. */
static void say_day(const cli_session *session, cli_buffer *words, const gj_account *account,
                    bool due)
{
    if (due && !account->has_due)
        cli_buffer_add_string(words, CLI_SAY(session, "not known yet", "尚不能确定"));
    else if (account->in_time)
        say_instant(words, due ? account->due : account->start, account->until_offset_s);
    else
        cli_date_say(words, session->lang, due ? account->due_day : account->start_day);
}

/* In English without the unit where that is the limit's, which stands beside it. */
static void say_over(const cli_session *session, cli_buffer *words, const gj_account *account,
                     uint64_t amount)
{
    if (session->lang == GJ_EN && account->over_unit == account->unit)
        cli_buffer_add_format(words, "%" PRIu64, amount);
    else
        say_amount(session, words, amount, account->over_unit);
}

/* As the account measures it. */
static void say_left(const cli_session *session, cli_buffer *words, const gj_account *account)
{
    const uint64_t hour_ms = 3600000, minute_ms = 60000;
    if (!account->in_time) {
        say_over(session, words, account, account->left);
        return;
    }
    say_amount(session, words, account->left / hour_ms,
               account->unit == GJ_WORKHOURS ? GJ_WORKHOURS : GJ_HOURS);
    if (account->left % hour_ms >= minute_ms) {
        cli_buffer_add_string(words, CLI_SAY(session, " ", ""));
        say_amount(session, words, account->left % hour_ms / minute_ms, GJ_MINUTES);
    }
}

static void say_standing(const cli_session *session, cli_buffer *words, const gj_account *account)
{
    bool zh = session->lang == GJ_ZH, ended = account->status == GJ_ACCOUNT_ENDED;
    if (account->over > 0) {
        cli_buffer_add_string(words, zh ? (ended ? "超出" : "已超出") : "");
        say_over(session, words, account, account->over);
        cli_buffer_add_string(words,
                              zh ? (ended ? "，已结束" : "") : (ended ? " over, ended" : " over"));
        return;
    }
    if (account->status == GJ_ACCOUNT_RAN_OUT) {
        cli_buffer_add_string(words, zh ? "已届满" : "ran out");
        return;
    }
    static const char *const before[][2] = {
        [GJ_ACCOUNT_RUNNING] = {"", ""},
        [GJ_ACCOUNT_STOPPED] = {"stopped, ", "停止计算，"},
        [GJ_ACCOUNT_ENDED] = {"ended, ", "已结束，"},
        [GJ_ACCOUNT_CLOSED] = {"closed with the case, ", "随办件结束，"},
    };
    cli_buffer_add_string(words, before[account->status][session->lang]);
    cli_buffer_add_string(words, zh ? "尚余" : "");
    say_left(session, words, account);
    cli_buffer_add_string(words, zh ? "" : " left");
}

static void add_limit(cli_session *session, cli_table *table, const gj_account *account)
{
    cli_buffer words = {0};
    if (account->branch.size > 0) {
        cli_buffer_add_text(&words, account->branch_title);
        cli_buffer_add_string(&words, "/");
    }
    if (account->key_title.size > 0) { /* first, where the column does not cut it off */
        cli_buffer_add_text(&words, account->key_title);
        cli_buffer_add_string(&words, " · ");
    }
    cli_buffer_add_text(&words, title_or(account->limit_title, account->limit));
    cli_table_add(table, CLI_PLAIN, cli_buffer_text(&words));
    cli_buffer_reset(&words);
    say_day(session, &words, account, false);
    cli_table_add(table, CLI_PLAIN, cli_buffer_text(&words));
    cli_buffer_reset(&words);
    say_amount(session, &words, account->budget, account->unit);
    cli_table_add(table, CLI_PLAIN, cli_buffer_text(&words));
    cli_buffer_reset(&words);
    say_day(session, &words, account, true);
    cli_table_add(table, CLI_PLAIN, cli_buffer_text(&words));
    cli_buffer_reset(&words);
    say_standing(session, &words, account);
    cli_table_add(table, account->over > 0 ? CLI_RED : CLI_PLAIN, cli_buffer_text(&words));
    cli_buffer_deinit(&words);
}

void cli_case_limits_print(cli_session *session, const gj_case_result *result)
{
    static const cli_align aligns[] = {CLI_BENDABLE, CLI_LEFT, CLI_LEFT, CLI_LEFT, CLI_LEFT};
    static cli_table table;
    size_t count = result->account_count < ROWS_MAX ? result->account_count : ROWS_MAX;
    if (count == 0)
        return;
    cli_table_init(&table, aligns, sizeof aligns / sizeof *aligns);
    cli_table_add_string(&table, CLI_FAINT, CLI_SAY(session, "limit", "时限"));
    cli_table_add_string(&table, CLI_FAINT, CLI_SAY(session, "from", "起算"));
    cli_table_add_string(&table, CLI_FAINT, CLI_SAY(session, "time", "期限"));
    cli_table_add_string(&table, CLI_FAINT, CLI_SAY(session, "last day", "最后一日"));
    cli_table_add_string(&table, CLI_FAINT, CLI_SAY(session, "how it stands", "情况"));
    for (size_t i = 0; i < count; i++)
        add_limit(session, &table, &result->accounts[i]);
    cli_section_print(session, "Limits", "时限");
    cli_table_print(&table, 2, &session->out);
    cli_table_deinit(&table);
    if (count < result->account_count)
        cli_output_add_format(&session->out,
                              CLI_SAY(session, "  … and %zu more\n", "  ……另有%zu项\n"),
                              result->account_count - count);
    cli_output_style(&session->out, CLI_FAINT);
    cli_output_add_string(&session->out,
                          CLI_SAY(session, "  --why LIMIT says how one was counted, day by day.\n",
                                  "  加 --why 时限 可逐日列出如何计算。\n"));
    cli_output_style(&session->out, CLI_PLAIN);
}

/* ---- rules ---- */

static void title_list(const cli_session *session, cli_buffer *titles, const gj_coverage_item *item)
{
    cli_buffer_add_string(titles, titles->size > 0 ? CLI_SAY(session, ", ", "、") : "");
    cli_buffer_add_text(titles, title_or(item->title, item->name));
}

void cli_case_rules_print(cli_session *session, const gj_coverage *coverage)
{
    size_t kept = 0, broken = 0, undecided = 0, unasked = 0;
    cli_buffer titles = {0}, judged = {0};
    for (size_t i = 0; i < gj_coverage_count(coverage); i++) {
        gj_coverage_item item = gj_coverage_get(coverage, i);
        if (item.kind != GJ_SUBJECT_RULE)
            continue;
        kept += item.touched && !item.broken && !item.undecided;
        undecided += item.undecided;
        broken += item.broken;
        unasked += !item.touched && !item.broken;
        if (item.judged && (item.touched || item.broken))
            title_list(session, &judged, &item);
        if (item.broken)
            title_list(session, &titles, &item);
    }
    if (kept + broken + undecided + unasked > 0) {
        cli_section_print(session, "Rules", "规则");
        cli_output_add_format(
            &session->out, CLI_SAY(session, "  %zu met, %zu not met, ", "  符合%zu项，不符%zu项，"),
            kept, broken);
        if (undecided > 0)
            cli_output_add_format(&session->out,
                                  CLI_SAY(session, "%zu that cannot be told, ", "无法判定%zu项，"),
                                  undecided);
        cli_output_add_format(&session->out, CLI_SAY(session, "%zu not asked", "未涉及%zu项"),
                              unasked);
        cli_output_add_string(&session->out, titles.size > 0 ? CLI_SAY(session, ": ", "：") : "");
        cli_output_add_text(&session->out, cli_buffer_text(&titles));
        cli_output_add_string(&session->out, "\n");
    }
    if (judged.size > 0) {
        cli_output_add_string(&session->out, CLI_SAY(session, "  resting on a person's judgement: ",
                                                     "  以裁量为据："));
        cli_output_add_text(&session->out, cli_buffer_text(&judged));
        cli_output_add_string(&session->out, "\n");
    }
    cli_buffer_deinit(&titles);
    cli_buffer_deinit(&judged);
}

static cli_style verdict_style(gj_verdict verdict)
{
    return verdict == GJ_VERDICT_VIOLATED    ? CLI_RED
           : verdict == GJ_VERDICT_CURABLE   ? CLI_YELLOW
           : verdict == GJ_VERDICT_UNDECIDED ? CLI_NOTICE
                                             : CLI_PLAIN;
}

static void say_lack(cli_session *session, cli_buffer *words, const gj_lack *lack)
{
    if (lack->field.size > 0)
        cli_buffer_add_text(words, title_or(lack->field_title, lack->field));
    else if (lack->officer)
        cli_buffer_add_string(words, CLI_SAY(session, "the officer", "办理人员"));
    else if (lack->too_many)
        cli_buffer_add_string(words, CLI_SAY(session, "acts not looked at, too many at a time",
                                             "未予对照的行为（同时过多）"));
    else
        cli_buffer_add_string(words, CLI_SAY(session, "a calculation's result", "计算结果"));
}

/* "missing: area, the officer" */
static void say_lacks(cli_session *session, cli_buffer *words, const gj_rule_note *note)
{
    for (size_t i = 0; i < note->lack_count; i++) {
        if (i > 0)
            cli_buffer_add_string(words, CLI_SAY(session, ", ", "、"));
        else if (words->size > 0)
            cli_buffer_add_string(words, CLI_SAY(session, "; missing: ", "；缺少："));
        else
            cli_buffer_add_string(words, CLI_SAY(session, "missing: ", "缺少："));
        say_lack(session, words, &note->lacks[i]);
    }
}

static void add_change(cli_session *session, cli_table *table, const gj_rule_note *note)
{
    cli_buffer words = {0};
    if (note->waiting > 0) {
        cli_buffer_add_format(&words,
                              CLI_SAY(session, "%u to be followed or decided", "待办或待定%u项"),
                              note->waiting);
    }
    if (note->changes_at != GJ_NEVER) {
        cli_buffer_add_string(&words, CLI_SAY(session, "; violated from ", "；不符自 "));
        say_instant(&words, note->changes_at, note->changes_offset_s);
    }
    say_lacks(session, &words, note);
    cli_table_add(table, CLI_FAINT, cli_buffer_text(&words));
    cli_buffer_deinit(&words);
}

void cli_case_verdicts_print(cli_session *session, const gj_case_result *result)
{
    static const cli_align aligns[] = {CLI_LEFT, CLI_BENDABLE, CLI_LEFT};
    static const char *const en[] = {"holds", "holds so far", "not met yet", "violated",
                                     "undecided"};
    static const char *const zh[] = {"符合", "目前符合", "尚未符合", "不符", "无法判定"};
    cli_table table;
    cli_table_init(&table, aligns, sizeof aligns / sizeof *aligns);
    for (size_t i = 0; i < result->rule_count; i++) {
        const gj_rule_note *note = &result->rules[i];
        cli_buffer name = {0};
        cli_buffer_add_text(&name, note->branch_title);
        cli_buffer_add_string(&name, note->branch_title.size > 0 ? "/" : "");
        cli_buffer_add_text(&name, title_or(note->rule_title, note->rule));
        cli_table_add_string(&table, verdict_style(note->verdict),
                             CLI_SAY(session, en[note->verdict], zh[note->verdict]));
        cli_table_add(&table, CLI_PLAIN, cli_buffer_text(&name));
        add_change(session, &table, note);
        cli_buffer_deinit(&name);
    }
    cli_section_print(session, "Rules", "规则");
    cli_table_print(&table, 2, &session->out);
    cli_table_deinit(&table);
}
