/* SPDX-License-Identifier: Apache-2.0
 *
 * How one limit was counted: in words, as a strip of calendar, and run by run with the total at the
 * end of each, so that it can be followed with a finger on a calendar of paper. */
#include "case.h"

#include <inttypes.h>
#include <string.h>

#include "calendars.h"
#include "key.h"
#include "paragraph.h"
#include "strip.h"
#include "style.h"
#include "width.h"

enum { INDENT = 2, GAP = 2, MONTHS_MAX = 36 };

typedef struct page {
    cli_session *session;
    cli_output *out;
    const gj_account *account;
    size_t days_columns, length_columns;
} page;

static gj_text title_of(const gj_account *account)
{
    return account->limit_title.size > 0 ? account->limit_title : account->limit;
}

static bool is_zh(const page *p)
{
    return p->session->lang == GJ_ZH;
}

/* ---- cells ---- */

static void say_instant(cli_buffer *words, gj_instant at, int32_t offset_s)
{
    enum { MINUTES = 16 };
    char written[48] = "";
    gj_instant_format(at, offset_s, written, sizeof written);
    written[10] = ' ';
    cli_buffer_add(words, written, MINUTES);
}

static int32_t year_of(gj_day day)
{
    int32_t year, month, of_month;
    gj_date_of_day(day, &year, &month, &of_month);
    return year;
}

/* The year where it is new. */
static void say_days(const page *p, const gj_account_run *run, size_t index, cli_buffer *words)
{
    if (p->account->in_time) {
        say_instant(words, run->begin, p->account->until_offset_s);
        cli_buffer_add_string(words, is_zh(p) ? "至" : " – ");
        say_instant(words, run->end, p->account->until_offset_s);
        return;
    }
    int32_t before = index > 0 ? year_of(p->account->runs[index - 1].to) : 0;
    int32_t year = year_of(run->from);
    cli_day_say(words, p->session->lang, run->from, year != before);
    if (run->to != run->from) {
        cli_buffer_add_string(words, is_zh(p) ? "至" : " – ");
        cli_day_say(words, p->session->lang, run->to, year_of(run->to) != year);
    }
}

/* An amount as the account measures it. */
static void say_measure(const page *p, cli_buffer *words, uint64_t amount)
{
    const uint64_t hour_ms = 3600000, minute_ms = 60000;
    if (!p->account->in_time) {
        cli_buffer_add_format(words, "%" PRIu64, amount);
        return;
    }
    cli_buffer_add_format(words, is_zh(p) ? "%" PRIu64 "小时" : "%" PRIu64 "h", amount / hour_ms);
    if (amount % hour_ms >= minute_ms)
        cli_buffer_add_format(words, is_zh(p) ? "%" PRIu64 "分" : " %" PRIu64 "min",
                              amount % hour_ms / minute_ms);
}

static void say_length(const page *p, const gj_account_run *run, cli_buffer *words)
{
    if (p->account->in_time)
        say_measure(p, words, run->counts ? run->amount : (uint64_t)(run->end - run->begin));
    else
        cli_buffer_add_format(words, "%" PRId64, (int64_t)run->to - run->from + 1);
}

/* "working days 1–4", 第1–4个工作日; of hours how many in all. */
static void say_counted(const page *p, const gj_account_run *run, cli_buffer *words)
{
    bool zh = is_zh(p), over = run->phase == GJ_PHASE_OVER, one = run->amount == 1;
    if (p->account->in_time) {
        cli_buffer_add_string(words, over ? (zh ? "超出，累计" : "over: ")
                                          : (zh ? "计入，累计" : "counted: "));
        say_measure(p, words, run->total);
        cli_buffer_add_string(words, zh ? "" : " in all");
        return;
    }
    uint64_t first = run->total - run->amount + 1;
    bool workdays = p->account->unit == GJ_WORKDAYS;
    cli_buffer_add_string(words, over ? (zh ? "超出第" : "over: ") : (zh ? "第" : ""));
    if (!zh)
        cli_buffer_add_string(words, workdays ? (one ? "working day " : "working days ")
                                              : (one ? "day " : "days "));
    cli_buffer_add_format(words, "%" PRIu64, first);
    if (!one)
        cli_buffer_add_format(words, "–%" PRIu64, run->total);
    if (zh)
        cli_buffer_add_string(words, workdays ? "个工作日" : "日");
    if (run->extended)
        cli_buffer_add_string(words, zh ? "（延长的时间）" : ", of the time added");
}

static void say_named(cli_buffer *words, const gj_account_run *run, const char *plain,
                      const char *behind)
{
    if (run->name.size == 0) {
        cli_buffer_add_string(words, plain);
        return;
    }
    cli_buffer_add_text(words, run->name);
    cli_buffer_add_string(words, behind);
}

static void say_why(const page *p, const gj_account_run *run, cli_buffer *words)
{
    bool zh = is_zh(p);
    switch (run->why) {
    case GJ_WHY_START:
        if (cli_is_backward(p->account))
            cli_buffer_add_string(words, zh ? "行为当日，不计" : "the day of the act: not counted");
        else
            cli_buffer_add_string(words,
                                  zh ? "起算当日，不计" : "the day of the start: not counted");
        return;
    case GJ_WHY_COUNTED:
        say_counted(p, run, words);
        return;
    case GJ_WHY_WORKED:
        say_counted(p, run, words);
        cli_buffer_add_string(words, zh ? "，" : ": ");
        say_named(words, run, zh ? "调休上班" : "worked instead",
                  zh ? "调休上班" : ", worked instead");
        return;
    case GJ_WHY_WEEKEND:
        cli_buffer_add_string(words, zh ? "周末，不计" : "weekend: not counted");
        return;
    case GJ_WHY_HOLIDAY:
        say_named(words, run, zh ? "节假日" : "holiday", zh ? "放假" : ", holiday");
        break;
    case GJ_WHY_OFF:
        say_named(words, run, zh ? "放假" : "closed", zh ? "放假" : ", closed");
        break;
    case GJ_WHY_STOPPED:
        cli_buffer_add_string(words, zh ? "停止计算" : "stopped");
        if (run->name.size > 0) {
            cli_buffer_add_string(words, zh ? "（" : " (");
            cli_buffer_add_text(words, run->name);
            cli_buffer_add_string(words, zh ? "）" : ")");
        }
        break;
    case GJ_WHY_MOVED:
        cli_buffer_add_string(words, zh ? "顺延至此日" : "moved to this day");
        return;
    case GJ_WHY_OPEN:
        cli_buffer_add_string(words, zh ? "放假安排尚未公布，是否超出尚不能确定"
                                        : "whether it is over is not announced yet");
        return;
    case GJ_WHY_TARGET:
        cli_buffer_add_string(words,
                              zh ? "据以倒算之日，不计" : "the day counted back from: not counted");
        return;
    }
    cli_buffer_add_string(words, zh ? "，不计" : ": not counted");
}

/* What the run ends with, besides its total. */
static void say_edge(const page *p, const gj_account_run *run, cli_buffer *words)
{
    const gj_account *account = p->account;
    bool zh = is_zh(p), ended = account->status == GJ_ACCOUNT_ENDED;
    bool last = account->in_time ? account->has_due && run->end == account->due
                                 : account->has_due && run->to == account->due_day;
    bool end = account->in_time ? run->end == account->until : run->to == account->until_day;
    if (last && cli_is_backward(account)) {
        cli_buffer_add_string(words, zh ? "；" : "; ");
        cli_buffer_add_string(words, cli_look_words(account, CLI_LOOK_DUE, p->session->lang));
    } else if (last)
        cli_buffer_add_string(words, account->in_time ? (zh ? "；届满" : "; due")
                                                      : (zh ? "；最后一日" : "; last day"));
    if (end && cli_is_backward(account))
        return;
    if (end && (ended || account->status == GJ_ACCOUNT_CLOSED))
        cli_buffer_add_string(words, zh ? "；结束" : "; ended");
    else if (end && account->status == GJ_ACCOUNT_RAN_OUT)
        cli_buffer_add_string(words, zh ? "；未办而届满" : "; ran out");
    else if (end && account->run_count > 0 && run != &account->runs[account->run_count - 1])
        cli_buffer_add_string(words, zh ? "；截至此时" : "; up to here");
}

/* ---- the table ---- */

static void measure(page *p)
{
    cli_buffer words = {0};
    for (size_t i = 0; i < p->account->run_count; i++) {
        cli_buffer_reset(&words);
        say_days(p, &p->account->runs[i], i, &words);
        size_t days = cli_width(cli_buffer_text(&words));
        p->days_columns = days > p->days_columns ? days : p->days_columns;
        cli_buffer_reset(&words);
        say_length(p, &p->account->runs[i], &words);
        size_t length = cli_width(cli_buffer_text(&words));
        p->length_columns = length > p->length_columns ? length : p->length_columns;
    }
    cli_buffer_deinit(&words);
}

static cli_style style_of(const gj_account_run *run)
{
    return run->phase == GJ_PHASE_OVER && run->counts ? CLI_RED
           : run->why == GJ_WHY_STOPPED               ? CLI_NOTICE
           : run->counts || run->why == GJ_WHY_MOVED  ? CLI_PLAIN
                                                      : CLI_FAINT;
}

static void print_run(page *p, size_t index)
{
    const gj_account_run *run = &p->account->runs[index];
    cli_buffer words = {0};
    say_days(p, run, index, &words);
    cli_output_add_spaces(p->out, INDENT);
    cli_padded_print(p->out, cli_buffer_text(&words), p->days_columns);
    cli_buffer_reset(&words);
    say_length(p, run, &words);
    cli_output_add_spaces(p->out, GAP + p->length_columns - cli_width(cli_buffer_text(&words)));
    cli_output_add_text(p->out, cli_buffer_text(&words));
    cli_output_add_spaces(p->out, GAP);
    cli_buffer_reset(&words);
    say_why(p, run, &words);
    say_edge(p, run, &words);
    cli_output_style(p->out, style_of(run));
    size_t column = INDENT + p->days_columns + GAP + p->length_columns + GAP;
    cli_paragraph_print(p->out, cli_buffer_text(&words), column, column);
    cli_output_style(p->out, CLI_PLAIN);
    cli_buffer_deinit(&words);
}

static void print_runs(page *p)
{
    measure(p);
    for (size_t i = 0; i < p->account->run_count; i++)
        print_run(p, i);
    if (p->account->runs_cut)
        cli_output_add_string(p->out, CLI_SAY(p->session, "  …\n", "  ……\n"));
}

/* ---- the whole ---- */

static void print_heading(page *p, gj_text case_id)
{
    const gj_account *account = p->account;
    cli_output_style(p->out, CLI_STRONG);
    cli_output_add_text(p->out, title_of(account));
    cli_key_print(p->session, account->key_title);
    cli_output_style(p->out, CLI_PLAIN);
    cli_output_style(p->out, CLI_FAINT);
    cli_output_add_string(p->out, CLI_SAY(p->session, " · case ", " · 办件 "));
    cli_output_add_text(p->out, case_id);
    if (account->branch.size > 0) {
        cli_output_add_string(p->out, CLI_SAY(p->session, " · branch ", " · 分支 "));
        cli_output_add_text(p->out, account->branch_title);
    }
    if (account->instance_count > 1)
        cli_output_add_format(p->out, CLI_SAY(p->session, " · %u of %u", " · 第%u次，共%u次"),
                              account->instance, account->instance_count);
    cli_output_style(p->out, CLI_PLAIN);
    cli_output_add_string(p->out, "\n\n");
}

void cli_account_print(cli_session *session, gj_text case_id, const gj_account *account)
{
    page p = {.session = session, .out = &session->out, .account = account};
    cli_buffer words = {0};
    gj_writer writer = cli_buffer_writer(&words);
    print_heading(&p, case_id);
    cli_complain_status(session, gj_account_explain(account, session->lang, &writer));
    cli_output_add_spaces(p.out, INDENT);
    cli_paragraph_print(p.out, cli_buffer_text(&words), INDENT, INDENT);
    cli_buffer_deinit(&words);
    cli_output_add_string(p.out, "\n");
    cli_strip_print(session, account, INDENT, MONTHS_MAX);
    cli_output_add_string(p.out, "\n");
    print_runs(&p);
    if (account->held_count > 0) {
        cli_output_add_string(p.out, "\n");
        cli_held_print(session, account->held, account->held_count);
    }
}
