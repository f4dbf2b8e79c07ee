/* SPDX-License-Identifier: Apache-2.0
 *
 * A replay of several procedures at a glance: the log, the figures of all, and a line each. What is
 * found in each follows in a summary of its own. */
#include "replay.h"

#include <inttypes.h>

#include "style.h"
#include "table.h"

enum { INDENT = 2, ROWS_SHOWN = 50 };

static void add_counts(cli_table *table, const cli_tally *tally)
{
    cli_table_add_count(table, CLI_PLAIN, tally->case_count);
    cli_table_add_count(table, CLI_PLAIN, tally->clean_count);
    cli_table_add_count(table, CLI_PLAIN, tally->event_count);
    for (int i = 0; i < CLI_SEVERITIES; i++)
        cli_table_add_count(table, cli_style_of((gj_severity)i), tally->severities[i]);
    cli_table_add_count(table, CLI_PLAIN, tally->open_count);
    cli_table_add_count(table, CLI_STRONG, tally->finding_count);
}

static void add_heads(cli_table *table, const cli_session *session)
{
    const char *const heads[] = {"",
                                 CLI_SAY(session, "cases", "办件"),
                                 CLI_SAY(session, "clean", "无异常"),
                                 CLI_SAY(session, "events", "事件"),
                                 gj_severity_title(GJ_NOTICE, session->lang),
                                 gj_severity_title(GJ_YELLOW, session->lang),
                                 gj_severity_title(GJ_RED, session->lang),
                                 CLI_SAY(session, "open", "未结"),
                                 CLI_SAY(session, "all", "合计")};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        cli_table_add_string(table, CLI_FAINT, heads[i]);
}

static void print_procedures(cli_review *review)
{
    static const cli_align aligns[] = {CLI_BENDABLE, CLI_RIGHT, CLI_RIGHT, CLI_RIGHT, CLI_RIGHT,
                                       CLI_RIGHT,    CLI_RIGHT, CLI_RIGHT, CLI_RIGHT};
    cli_session *session = review->session;
    cli_table table;
    cli_table_init(&table, aligns, sizeof aligns / sizeof *aligns);
    add_heads(&table, session);
    for (size_t i = 0; i < review->part_count && i < ROWS_SHOWN; i++) {
        cli_table_add(&table, CLI_PLAIN, cli_part_title(&review->parts[i]));
        add_counts(&table, &review->parts[i].tally);
    }
    cli_table_add_string(&table, CLI_FAINT, CLI_SAY(session, "all", "合计"));
    add_counts(&table, &review->total);
    cli_section_print(session, "Procedures", "各流程情况");
    cli_table_print(&table, INDENT, &session->out);
    cli_table_deinit(&table);
}

void cli_overview_print(cli_review *review)
{
    cli_session *session = review->session;
    cli_output *out = &session->out;
    cli_output_style(out, CLI_STRONG);
    cli_count_print(session, review->part_count, "# procedure", "# procedures", "流程#个");
    cli_output_style(out, CLI_PLAIN);
    cli_output_add_string(out, "\n");
    cli_log_print(review);
    cli_figures_print(review, &review->total);
    print_procedures(review);
    if (review->part_count > ROWS_SHOWN) {
        cli_output_add_spaces(out, INDENT);
        cli_output_style(out, CLI_FAINT);
        cli_output_add_format(out, CLI_SAY(session, "and %zu more\n", "另有 %zu 项\n"),
                              review->part_count - ROWS_SHOWN);
        cli_output_style(out, CLI_PLAIN);
    }
}
