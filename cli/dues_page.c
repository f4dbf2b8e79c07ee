/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju report`: what is overdue, due soon and in time in a store, by department and post, and
 * which limits these are, what falls due first at the top. */
#include <inttypes.h>
#include <string.h>

#include "command.h"
#include "dues.h"
#include "json.h"
#include "key.h"
#include "replay.h"
#include "style.h"
#include "table.h"

enum { INDENT = 2, SHOWN_MAX = 10, DAY_SIZE = 10, MINUTE_SIZE = 16 };

typedef struct report {
    cli_session *session;
    cli_store store;
    cli_dues dues;
} report;

static gj_text text_of(const char *string)
{
    return (gj_text){string, strlen(string)};
}

/* ---- text ---- */

static void print_clock(const report *with)
{
    cli_session *session = with->session;
    gj_instant now = gj_engine_now(with->store.engine);
    cli_label_print(session, "clock  ", "时钟  ");
    if (now == INT64_MIN)
        cli_output_add_string(&session->out, CLI_SAY(session, "no time yet; see `guiju advance`",
                                                     "未走；请用 guiju advance"));
    else
        cli_minute_print(&session->out, cli_store_judge(&with->store), now);
    cli_output_add_string(&session->out, "\n");
    cli_label_print(session, "cases  ", "办件  ");
    cli_count_print(session, with->dues.case_count, "#", "#", "#件");
    cli_output_add_string(&session->out, CLI_SAY(session, ", ", "，"));
    cli_count_print(session, with->dues.open_count, "# not ended", "# not ended", "在办#件");
    cli_output_add_string(&session->out, "\n");
}

static void add_who(cli_table *table, cli_session *session, const char *department,
                    const char *post)
{
    cli_buffer words = {0};
    cli_buffer_add_string(&words, department);
    cli_buffer_add_string(&words, *department != '\0' && *post != '\0' ? " · " : "");
    cli_buffer_add_string(&words, post);
    if (words.size == 0)
        cli_table_add_string(table, CLI_FAINT, CLI_SAY(session, "nobody in particular", "未指明"));
    else
        cli_table_add(table, CLI_PLAIN, cli_buffer_text(&words));
    cli_buffer_deinit(&words);
}

static void add_counts(cli_table *table, const uint64_t *counts)
{
    static const cli_style styles[CLI_DUE_KINDS] = {CLI_RED, CLI_YELLOW, CLI_PLAIN, CLI_PLAIN};
    for (size_t i = 0; i < CLI_DUE_KINDS; i++)
        cli_table_add_count(table, styles[i], counts[i]);
}

static void print_shares(const report *with)
{
    static const cli_align aligns[] = {CLI_BENDABLE, CLI_RIGHT, CLI_RIGHT, CLI_RIGHT, CLI_RIGHT};
    cli_session *session = with->session;
    const char *const heads[] = {
        "", CLI_SAY(session, "overdue", "超期"), CLI_SAY(session, "due soon", "临期"),
        CLI_SAY(session, "in time", "期限内"), CLI_SAY(session, "other findings", "其他异常")};
    cli_table table;
    cli_table_init(&table, aligns, sizeof aligns / sizeof *aligns);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        cli_table_add_string(&table, CLI_FAINT, heads[i]);
    for (size_t i = 0; i < with->dues.share_count; i++) {
        const cli_share *share = &with->dues.shares[i];
        add_who(&table, session, share->department_title, share->post_title);
        add_counts(&table, share->counts);
    }
    cli_table_add_string(&table, CLI_FAINT, CLI_SAY(session, "all", "合计"));
    add_counts(&table, with->dues.counts);
    cli_section_print(session, "By department and post", "按部门和岗位");
    cli_table_print(&table, INDENT, &session->out);
    cli_table_deinit(&table);
}

/* "2024-03-08", "2024-03-08 10:30", "2027-01-04 … 2027-01-12". */
static void add_day(cli_table *table, const cli_running *due)
{
    cli_buffer words = {0};
    size_t size = strlen(due->day);
    cli_buffer_add_text(&words, (gj_text){due->day, size < DAY_SIZE ? size : DAY_SIZE});
    if (size >= MINUTE_SIZE) {
        cli_buffer_add_string(&words, " ");
        cli_buffer_add_text(&words, (gj_text){due->day + DAY_SIZE + 1, MINUTE_SIZE - DAY_SIZE - 1});
    }
    if (due->latest[0] != '\0')
        cli_buffer_add_format(&words, " … %s", due->latest);
    cli_table_add(table, CLI_PLAIN, cli_buffer_text(&words));
    cli_buffer_deinit(&words);
}

static void say_over(const cli_session *session, const cli_running *due, cli_buffer *words)
{
    static const char *const en[] = {"workday", "day",  "hour",     "minute",
                                     "month",   "year", "work hour"};
    static const char *const zh[] = {"个工作日", "日", "小时", "分钟", "个月", "年", "个工作小时"};
    if (due->over > 0 && session->lang == GJ_ZH)
        cli_buffer_add_format(words, "超%" PRIu64 "%s", due->over, zh[due->over_unit]);
    else if (due->over > 0)
        cli_buffer_add_format(words, "%" PRIu64 " %s%s over", due->over, en[due->over_unit],
                              due->over > 1 ? "s" : "");
}

/* In days of the calendar on the wall, which everybody counts alike. */
static void say_left(const report *with, const cli_running *due, cli_buffer *words)
{
    cli_session *session = with->session;
    gj_stamp stamp = {0};
    gj_instant now = gj_engine_now(with->store.engine);
    if (now == INT64_MIN || due->latest[0] != '\0' ||
        !gj_stamp_parse((gj_text){due->day, strlen(due->day) < DAY_SIZE ? 0 : DAY_SIZE}, &stamp))
        return;
    const int64_t day = 86400000;
    int64_t wall = now + gj_judge_offset(cli_store_judge(&with->store), now) * INT64_C(1000);
    int64_t today = wall / day - (wall % day < 0), left = stamp.wall_ms / day - today;
    if (left == 0)
        cli_buffer_add_string(words, CLI_SAY(session, "today", "今日到期"));
    else if (left > 0)
        cli_buffer_add_format(words,
                              left == 1
                                  ? CLI_SAY(session, "in %" PRId64 " day", "还有%" PRId64 "日")
                                  : CLI_SAY(session, "in %" PRId64 " days", "还有%" PRId64 "日"),
                              left);
}

static void add_due(cli_table *table, const report *with, const cli_running *due)
{
    cli_session *session = with->session;
    cli_buffer words = {0};
    bool is_found = due->kind != CLI_IN_TIME;
    if (is_found)
        cli_buffer_add_format(&words, "● %s", gj_severity_title(due->severity, session->lang));
    cli_table_add(table, is_found ? cli_style_of(due->severity) : CLI_PLAIN,
                  cli_buffer_text(&words));
    words.size = 0;
    cli_table_add(table, CLI_STRONG, text_of(due->case_id));
    cli_buffer_add_string(&words, *due->subject_title != '\0' ? due->subject_title : due->subject);
    cli_key_say(session->lang, text_of(due->key), &words);
    cli_table_add(table, CLI_PLAIN, cli_buffer_text(&words));
    words.size = 0;
    add_day(table, due);
    if (due->kind == CLI_OVERDUE)
        say_over(session, due, &words);
    else
        say_left(with, due, &words);
    cli_table_add(table, is_found ? cli_style_of(due->severity) : CLI_FAINT,
                  cli_buffer_text(&words));
    cli_table_add(table, CLI_PLAIN,
                  text_of(*due->post_title != '\0' ? due->post_title : due->department_title));
    cli_buffer_deinit(&words);
}

static void print_dues(const report *with, cli_due_kind kind, const char *en, const char *zh)
{
    static const cli_align aligns[] = {CLI_LEFT, CLI_LEFT, CLI_BENDABLE,
                                       CLI_LEFT, CLI_LEFT, CLI_BENDABLE};
    cli_session *session = with->session;
    bool all = cli_options_has(with->store.options, CLI_OPTION_ALL);
    uint64_t shown = 0;
    cli_table table;
    if (with->dues.counts[kind] == 0)
        return;
    cli_table_init(&table, aligns, sizeof aligns / sizeof *aligns);
    for (size_t i = 0; i < with->dues.count && (all || shown < SHOWN_MAX); i++)
        if (with->dues.items[i].kind == kind) {
            add_due(&table, with, &with->dues.items[i]);
            shown++;
        }
    cli_section_print(session, en, zh);
    cli_table_print(&table, INDENT, &session->out);
    if (with->dues.counts[kind] > shown) {
        cli_output_add_spaces(&session->out, INDENT);
        cli_output_style(&session->out, CLI_FAINT);
        cli_count_print(session, with->dues.counts[kind] - shown, "and # more: --all",
                        "and # more: --all", "另有#项：--all");
        cli_output_add_string(&session->out, "\n");
        cli_output_style(&session->out, CLI_PLAIN);
    }
    cli_table_deinit(&table);
}

static void print_text(const report *with)
{
    print_clock(with);
    if (with->dues.share_count == 0) {
        cli_store_mention_unnamed(&with->store);
        cli_output_add_string(&with->session->out, "\n");
        cli_output_add_spaces(&with->session->out, INDENT);
        cli_output_style(&with->session->out, CLI_GREEN);
        cli_output_add_string(&with->session->out,
                              CLI_SAY(with->session, "nothing is due, and nothing is open\n",
                                      "没有在计的时限，也没有未结的异常\n"));
        cli_output_style(&with->session->out, CLI_PLAIN);
        return;
    }
    print_shares(with);
    print_dues(with, CLI_OVERDUE, "Overdue, the earliest first", "超期，到期早的在前");
    print_dues(with, CLI_DUE_SOON, "Due soon", "临期");
    print_dues(with, CLI_IN_TIME, "In time, what is due next first", "期限内，到期早的在前");
}

/* ---- data ---- */

static void print_pair(cli_output *out, const char *key, const char *value)
{
    if (value == NULL || *value == '\0')
        return;
    cli_output_add_format(out, ",\"%s\":", key);
    cli_json_print_string(out, value);
}

static void print_counts(cli_output *out, const uint64_t *counts)
{
    cli_output_add_format(out,
                          "\"overdue\":%" PRIu64 ",\"due_soon\":%" PRIu64 ",\"in_time\":%" PRIu64
                          ",\"other\":%" PRIu64,
                          counts[CLI_OVERDUE], counts[CLI_DUE_SOON], counts[CLI_IN_TIME],
                          counts[CLI_OTHER]);
}

static void print_due(cli_output *out, const cli_running *due)
{
    static const char *const units[] = {"workdays", "days",  "hours",    "minutes",
                                        "months",   "years", "workhours"};
    cli_output_add_string(out, "{\"case\":");
    cli_json_print_string(out, due->case_id);
    print_pair(out, "procedure", due->procedure);
    print_pair(out, "branch", due->branch);
    print_pair(out, "subject", due->subject);
    print_pair(out, "subject_title", due->subject_title);
    print_pair(out, "key", due->key);
    print_pair(out, "due", due->day);
    print_pair(out, "due_latest", due->latest);
    if (due->over > 0)
        cli_output_add_format(out, ",\"over\":{\"amount\":%" PRIu64 ",\"unit\":\"%s\"}", due->over,
                              units[due->over_unit]);
    print_pair(out, "department", due->department);
    print_pair(out, "department_title", due->department_title);
    print_pair(out, "post", due->post);
    print_pair(out, "post_title", due->post_title);
    if (due->kind != CLI_IN_TIME) {
        print_pair(out, "severity", gj_severity_name(due->severity));
        print_pair(out, "id", due->id);
    }
    cli_output_add_string(out, "}");
}

static void print_due_objects(const report *with, cli_due_kind kind, const char *key)
{
    cli_output *out = &with->session->out;
    const char *comma = "";
    cli_output_add_format(out, ",\n\"%s\":[", key);
    for (size_t i = 0; i < with->dues.count; i++) {
        if (with->dues.items[i].kind != kind)
            continue;
        cli_output_add_format(out, "%s\n", comma);
        print_due(out, &with->dues.items[i]);
        comma = ",";
    }
    cli_output_add_string(out, "]");
}

static void print_json(const report *with)
{
    cli_output *out = &with->session->out;
    gj_instant now = gj_engine_now(with->store.engine);
    char written[48] = "";
    if (now != INT64_MIN)
        gj_instant_format(now, gj_judge_offset(cli_store_judge(&with->store), now), written,
                          sizeof written);
    cli_output_add_format(out,
                          "{\"clock\":%s%s%s,\"cases\":%" PRIu64 ",\"open_cases\":%" PRIu64 ",",
                          now == INT64_MIN ? "null" : "\"", written, now == INT64_MIN ? "" : "\"",
                          with->dues.case_count, with->dues.open_count);
    print_counts(out, with->dues.counts);
    cli_output_add_string(out, ",\n\"posts\":[");
    for (size_t i = 0; i < with->dues.share_count; i++) {
        const cli_share *share = &with->dues.shares[i];
        cli_output_add_string(out, i > 0 ? ",\n{" : "\n{");
        print_counts(out, share->counts);
        print_pair(out, "department", share->department);
        print_pair(out, "department_title", share->department_title);
        print_pair(out, "post", share->post);
        print_pair(out, "post_title", share->post_title);
        cli_output_add_string(out, "}");
    }
    cli_output_add_string(out, "]");
    print_due_objects(with, CLI_OVERDUE, "overdue_limits");
    print_due_objects(with, CLI_DUE_SOON, "due_soon_limits");
    print_due_objects(with, CLI_IN_TIME, "in_time_limits");
    cli_output_add_string(out, "}\n");
}

void cli_report(cli_session *session, const cli_options *options)
{
    report with = {.session = session};
    if (cli_store_open(&with.store, session, options, CLI_STORE_READ) &&
        cli_store_has_rules(&with.store) && cli_dues_init(&with.dues, &with.store)) {
        const uint64_t *counts = with.dues.counts;
        if (session->format == CLI_JSON)
            print_json(&with);
        else
            print_text(&with);
        if (counts[CLI_OVERDUE] + counts[CLI_DUE_SOON] + counts[CLI_OTHER] > 0)
            cli_note(session, CLI_FOUND);
    }
    cli_dues_deinit(&with.dues);
    cli_store_close(&with.store);
}
