/* SPDX-License-Identifier: Apache-2.0
 *
 * See news.h. */
#include "news.h"

#include <string.h>

#include "key.h"
#include "style.h"
#include "width.h"

enum { INDENT = 2 };

void cli_severity_print(cli_session *session, gj_severity severity)
{
    size_t columns = 0;
    for (int i = GJ_NOTICE; i <= GJ_RED; i++) {
        size_t its = cli_width_of(gj_severity_title((gj_severity)i, session->lang));
        columns = its > columns ? its : columns;
    }
    const char *title = gj_severity_title(severity, session->lang);
    cli_output_style(&session->out, cli_style_of(severity));
    cli_output_add_string(&session->out, "● ");
    cli_padded_print(&session->out, (gj_text){title, strlen(title)}, columns);
    cli_output_style(&session->out, CLI_PLAIN);
}

void cli_finding_head_print(cli_session *session, gj_severity severity, gj_code code,
                            gj_text subject)
{
    cli_severity_print(session, severity);
    cli_output_style(&session->out, CLI_STRONG);
    cli_output_add_format(&session->out, "  %s", gj_code_title(code, session->lang));
    cli_output_style(&session->out, CLI_PLAIN);
    cli_output_add_string(&session->out, "  ");
    cli_output_add_text(&session->out, subject);
}

static void print_mark(cli_output *out, gj_change change)
{
    static const char *const marks[] = {"+", "~", "−"};
    static const cli_style styles[] = {CLI_PLAIN, CLI_FAINT, CLI_GREEN};
    cli_output_style(out, styles[change]);
    cli_output_add_string(out, marks[change]);
    cli_output_style(out, CLI_PLAIN);
    cli_output_add_string(out, " ");
}

typedef struct line {
    const cli_news *news;
    const gj_news *item;
} line;

static void print_who(cli_session *session, const gj_news *item, const gj_finding_row *row)
{
    cli_output *out = &session->out;
    gj_text post = row->post_title.size > 0 ? row->post_title : row->officer;
    cli_output_style(out, CLI_FAINT);
    if (post.size > 0) {
        cli_output_add_string(out, "  ");
        cli_output_add_text(out, row->department_title);
        cli_output_add_string(out, row->department_title.size > 0 ? " · " : "");
        cli_output_add_text(out, post);
    }
    if (item->status == GJ_CLOSED && item->change != GJ_FINDING_WITHDRAWN)
        cli_output_add_string(out, CLI_SAY(session, "  closed", "  已结"));
    cli_output_style(out, CLI_PLAIN);
}

static bool print_line(void *payload, const gj_finding_row *row)
{
    const line *with = payload;
    cli_session *session = with->news->store->session;
    cli_output *out = &session->out;
    cli_output_add_spaces(out, INDENT);
    cli_minute_print(out, row->judge, with->item->at);
    cli_output_add_string(out, "  ");
    print_mark(out, with->item->change);
    cli_severity_print(session, with->item->severity);
    cli_output_add_string(out, "  ");
    cli_output_add_text(out, row->case_id);
    cli_output_style(out, CLI_STRONG);
    cli_output_add_format(out, "  %s", gj_code_title(row->code, session->lang));
    cli_output_style(out, CLI_PLAIN);
    cli_output_add_string(out, "  ");
    cli_output_add_text(out, row->subject_title.size > 0 ? row->subject_title : row->subject);
    cli_key_print(session, row->key);
    print_who(session, with->item, row);
    cli_output_add_string(out, "\n");
    return false;
}

bool cli_news_hear(void *payload, const gj_news *item)
{
    cli_news *news = payload;
    cli_output *out = &news->store->session->out;
    news->counts[item->change]++;
    if (news->store->session->format == CLI_TEXT) {
        line with = {news, item};
        gj_finding_filter filter = {.size = sizeof filter,
                                    .procedure = item->procedure,
                                    .case_id = item->case_id,
                                    .id = {item->finding_id, strlen(item->finding_id)},
                                    .statuses =
                                        1u << GJ_OPEN | 1u << GJ_CLOSED | 1u << GJ_WITHDRAWN};
        gj_engine_findings(news->store->engine, &filter, &with, print_line);
    } else {
        cli_output_add(out, item->json.bytes, item->json.size);
        cli_output_add(out, "\n", 1);
    }
    return out->error == 0;
}

void cli_news_sum_print(const cli_news *news)
{
    cli_session *session = news->store->session;
    cli_count_print(session, news->counts[GJ_FINDING_ADDED], "# finding added", "# findings added",
                    "异常新增#项");
    cli_output_add_string(&session->out, CLI_SAY(session, ", ", "，"));
    cli_count_print(session, news->counts[GJ_FINDING_CHANGED], "# changed", "# changed", "变更#项");
    cli_output_add_string(&session->out, CLI_SAY(session, ", ", "，"));
    cli_count_print(session, news->counts[GJ_FINDING_WITHDRAWN], "# withdrawn", "# withdrawn",
                    "撤回#项");
}
