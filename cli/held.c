/* SPDX-License-Identifier: Apache-2.0
 *
 * Who held a case, or a limit's part of it, and for how long: a row for each, what the law held
 * last, and the sum without it, which is what was counted. */
#include "case.h"

#include <inttypes.h>

#include "table.h"

enum { ROWS_MAX = CLI_TABLE_ROWS_MAX - 3, COLUMNS_MAX = 5 };

typedef struct page {
    cli_session *session;
    cli_table *table;
    cli_buffer words;
    bool officers, offices; /* some are known */
} page;

static bool is_zh(const page *p)
{
    return p->session->lang == GJ_ZH;
}

static void cell_end(page *p, cli_style style)
{
    cli_table_add(p->table, style, cli_buffer_text(&p->words));
    cli_buffer_reset(&p->words);
}

static void string_add(page *p, cli_style style, const char *en, const char *zh)
{
    cli_table_add_string(p->table, style, is_zh(p) ? zh : en);
}

/* ---- cells ---- */

static void say_posts(page *p, const gj_holder *holder)
{
    for (size_t i = 0; i < holder->post_count; i++) {
        cli_buffer_add_string(&p->words, i == 0 ? "" : is_zh(p) ? "或" : " or ");
        cli_buffer_add_text(&p->words, holder->post_titles[i]);
    }
    if (holder->post_count == 0)
        cli_buffer_add_string(&p->words, is_zh(p) ? "无特定岗位" : "no post in particular");
}

static void add_who(page *p, const gj_holder *holder)
{
    if (holder->by_law)
        cli_buffer_add_string(&p->words, is_zh(p) ? "法定停止计算" : "the law: stopped");
    else if (holder->post.size > 0)
        cli_buffer_add_text(&p->words, holder->post_title);
    else
        say_posts(p, holder);
    cell_end(p, holder->by_law ? CLI_NOTICE : CLI_PLAIN);
    if (p->officers)
        cli_table_add(p->table, CLI_PLAIN, holder->officer);
    if (p->offices)
        cli_table_add(p->table, CLI_PLAIN, holder->office);
}

/* Days of 24 hours, which office hours do not make, hours and minutes; what is left of a minute in
 * seconds. */
static void say_time(page *p, uint64_t ms, bool in_days)
{
    static const uint64_t sizes_ms[] = {86400000, 3600000, 60000, 1000};
    static const char *const en[] = {" d", " h", " min", " s"};
    static const char *const zh[] = {"天", "小时", "分", "秒"};
    bool said = false;
    for (size_t i = in_days ? 0 : 1; i < sizeof sizes_ms / sizeof *sizes_ms; i++) {
        uint64_t count = ms / sizes_ms[i];
        ms %= sizes_ms[i];
        if (count == 0 && (said || i != 2 || ms >= 1000))
            continue;
        cli_buffer_add_format(&p->words, "%s%" PRIu64 "%s", said && !is_zh(p) ? " " : "", count,
                              is_zh(p) ? zh[i] : en[i]);
        said = true;
    }
}

static void add_amounts(page *p, cli_style style, uint64_t elapsed_ms, const gj_held *as)
{
    say_time(p, elapsed_ms, true);
    cell_end(p, style);
    if (as->is_counted &&
        (as->unit == GJ_HOURS || as->unit == GJ_MINUTES || as->unit == GJ_WORKHOURS))
        say_time(p, as->amount, as->unit != GJ_WORKHOURS);
    else if (as->is_counted)
        cli_buffer_add_format(&p->words, "%" PRIu64, as->amount);
    cell_end(p, style);
}

/* ---- rows ---- */

static void add_heading(page *p, const gj_held *as)
{
    string_add(p, CLI_FAINT, "who", "持有人");
    if (p->officers)
        string_add(p, CLI_FAINT, "officer", "人员");
    if (p->offices)
        string_add(p, CLI_FAINT, "office", "机关");
    string_add(p, CLI_FAINT, "by the clock", "历时");
    if (!as->is_counted)
        string_add(p, CLI_FAINT, "", "");
    else if (as->unit == GJ_WORKDAYS)
        string_add(p, CLI_FAINT, "working days", "工作日");
    else if (as->unit == GJ_WORKHOURS)
        string_add(p, CLI_FAINT, "office hours", "工时");
    else if (as->unit == GJ_HOURS || as->unit == GJ_MINUTES)
        string_add(p, CLI_FAINT, "counted", "计入");
    else
        string_add(p, CLI_FAINT, "days", "日数");
}

static void add_held(page *p, const gj_held *held)
{
    add_who(p, &held->holder);
    add_amounts(p, held->holder.by_law ? CLI_NOTICE : CLI_PLAIN, held->elapsed_ms, held);
}

static void add_sum(page *p, const gj_held *sum, bool stopped)
{
    if (stopped)
        string_add(p, CLI_STRONG, "in all, without stops", "合计（不含停止）");
    else
        string_add(p, CLI_STRONG, "in all", "合计");
    if (p->officers)
        string_add(p, CLI_PLAIN, "", "");
    if (p->offices)
        string_add(p, CLI_PLAIN, "", "");
    add_amounts(p, CLI_STRONG, sum->elapsed_ms, sum);
}

/* All but the last columns stand on the left. */
static void table_begin(page *p, const gj_held *held, size_t count)
{
    cli_align aligns[COLUMNS_MAX] = {CLI_BENDABLE, CLI_LEFT, CLI_LEFT};
    size_t columns = 1;
    for (size_t i = 0; i < count; i++) {
        p->officers = p->officers || held[i].holder.officer.size > 0;
        p->offices = p->offices || held[i].holder.office.size > 0;
    }
    columns += (p->officers ? 1u : 0u) + (p->offices ? 1u : 0u);
    aligns[columns] = aligns[columns + 1] = CLI_RIGHT;
    cli_table_init(p->table, aligns, columns + 2);
    add_heading(p, held);
}

void cli_held_print(cli_session *session, const gj_held *held, size_t count)
{
    cli_table table;
    page p = {.session = session, .table = &table};
    if (count == 0)
        return;
    gj_held sum = {.is_counted = held[0].is_counted, .unit = held[0].unit};
    size_t law = count;
    table_begin(&p, held, count);
    for (size_t i = 0; i < count; i++) {
        if (held[i].holder.by_law) {
            law = i;
            continue;
        }
        sum.elapsed_ms += held[i].elapsed_ms;
        sum.amount += held[i].amount;
        if (i < ROWS_MAX)
            add_held(&p, &held[i]);
    }
    if (law < count)
        add_held(&p, &held[law]);
    add_sum(&p, &sum, law < count);
    cli_table_print(&table, 2, &session->out);
    cli_table_deinit(&table);
    cli_buffer_deinit(&p.words);
    if (count > ROWS_MAX)
        cli_output_add_format(&session->out,
                              CLI_SAY(session, "  … and %zu more\n", "  ……另有%zu项\n"),
                              count - ROWS_MAX);
}
