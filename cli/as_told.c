/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju replay --as-told`: the log as an office's system would have told it, line after line. The
 * clock goes on to when each event was recorded, so what was told late, corrected or retracted
 * shows what it made of what had been found before. Each finding is printed as it comes, changes
 * and goes, with what made it so. */
#include "replay.h"

#include <inttypes.h>
#include <string.h>

#include "paragraph.h"
#include "style.h"
#include "width.h"

enum { INDENT = 2, DETAIL_INDENT = 6, MINUTES_SIZE = 16 };

static gj_text title_or(gj_text title, gj_text name)
{
    return title.size > 0 ? title : name;
}

/* ---- one line ---- */

static void print_now(cli_review *review, gj_instant now)
{
    char written[48] = "";
    gj_instant_format(now, gj_judge_offset(review->part->judge, now), written, sizeof written);
    written[10] = ' ';
    written[MINUTES_SIZE] = '\0';
    cli_output_add_string(&review->session->out, now == INT64_MIN ? "                " : written);
}

static void print_change(cli_session *session, gj_change change)
{
    static const char *const marks[] = {"+", "~", "−"};
    static const cli_style styles[] = {CLI_PLAIN, CLI_FAINT, CLI_GREEN};
    size_t columns = 0;
    for (int i = GJ_FINDING_ADDED; i <= GJ_FINDING_WITHDRAWN; i++) {
        size_t its = cli_width_of(gj_change_title((gj_change)i, session->lang));
        columns = its > columns ? its : columns;
    }
    const char *title = gj_change_title(change, session->lang);
    cli_output_style(&session->out, styles[change]);
    cli_output_add_format(&session->out, "  %s ", marks[change]);
    cli_padded_print(&session->out, (gj_text){title, strlen(title)}, columns);
    cli_output_style(&session->out, CLI_PLAIN);
}

static void print_severity(cli_session *session, gj_severity severity)
{
    size_t columns = 0;
    for (int i = GJ_NOTICE; i <= GJ_RED; i++) {
        size_t its = cli_width_of(gj_severity_title((gj_severity)i, session->lang));
        columns = its > columns ? its : columns;
    }
    const char *title = gj_severity_title(severity, session->lang);
    cli_output_style(&session->out, cli_style_of(severity));
    cli_output_add_string(&session->out, "  ● ");
    cli_padded_print(&session->out, (gj_text){title, strlen(title)}, columns);
    cli_output_style(&session->out, CLI_PLAIN);
}

/* Open or closed is said where either can come of it. */
static void print_status(cli_session *session, const gj_revision *revision)
{
    const char *words = revision->change == GJ_FINDING_WITHDRAWN || !revision->finding->has_due ? ""
                        : revision->finding->status == GJ_OPEN
                            ? CLI_SAY(session, "  open", "  未结")
                            : CLI_SAY(session, "  closed", "  已结");
    cli_output_style(&session->out, CLI_FAINT);
    cli_output_add_string(&session->out, words);
    cli_output_style(&session->out, CLI_PLAIN);
}

static void print_heading(cli_review *review, const gj_revision *revision)
{
    cli_session *session = review->session;
    const gj_finding *finding = revision->finding;
    cli_output_add_spaces(&session->out, INDENT);
    print_now(review, revision->now);
    print_change(session, revision->change);
    print_severity(session, finding->severity);
    cli_output_add_string(&session->out, "  ");
    cli_output_add_text(&session->out, finding->case_id);
    cli_output_style(&session->out, CLI_STRONG);
    cli_output_add_format(&session->out, "  %s", gj_code_title(finding->code, session->lang));
    cli_output_style(&session->out, CLI_PLAIN);
    cli_output_add_string(&session->out, "  ");
    cli_output_add_text(&session->out, title_or(finding->subject_title, finding->subject));
    print_status(session, revision);
    cli_output_add_string(&session->out, "\n");
}

/* "by a correction a3, line 7" */
static void print_cause(cli_session *session, const gj_revision *revision)
{
    cli_output_add_spaces(&session->out, DETAIL_INDENT);
    cli_output_style(&session->out, CLI_FAINT);
    cli_output_add_string(&session->out, CLI_SAY(session, "because of: ", "原因："));
    cli_output_add_string(&session->out, gj_cause_title(revision->cause, session->lang));
    if (revision->cause_id.size > 0) {
        cli_output_add_string(&session->out, " ");
        cli_output_add_text(&session->out, revision->cause_id);
    }
    if (revision->cause_line > 0)
        cli_output_add_format(&session->out,
                              CLI_SAY(session, ", line %" PRIu64, "，第%" PRIu64 "行"),
                              revision->cause_line);
    cli_output_style(&session->out, CLI_PLAIN);
    cli_output_add_string(&session->out, "\n");
}

static void print_explanation(cli_review *review, const gj_finding *finding)
{
    cli_session *session = review->session;
    gj_writer writer = cli_buffer_writer(&review->scratch);
    cli_buffer_reset(&review->scratch);
    gj_finding_explain(finding, session->lang, &writer);
    cli_output_add_spaces(&session->out, DETAIL_INDENT);
    cli_paragraph_print(&session->out, cli_buffer_text(&review->scratch), DETAIL_INDENT,
                        DETAIL_INDENT);
}

static bool print_revision(void *payload, const gj_revision *revision)
{
    cli_review *review = payload;
    cli_output *out = &review->session->out;
    review->change_counts[revision->change]++;
    if (review->session->format == CLI_JSONL) {
        gj_writer writer = cli_output_writer(out);
        gj_revision_print(revision, review->session->lang, &writer);
        cli_output_add_string(out, "\n");
        return out->error == 0;
    }
    print_heading(review, revision);
    print_cause(review->session, revision);
    if (revision->change != GJ_FINDING_WITHDRAWN)
        print_explanation(review, revision->finding);
    return out->error == 0;
}

/* ---- arrivals ---- */

static gj_instant recorded_at(const cli_review *review, const gj_event *event)
{
    const gj_stamp *stamp = event->recorded.present ? &event->recorded : &event->at;
    bool usable = stamp->present && !stamp->unreadable;
    return usable ? gj_judge_instant(review->part->judge, stamp) : INT64_MIN;
}

static gj_status advance(cli_review *review, gj_instant to)
{
    return gj_live_advance(review->live, to < review->clock_end ? to : review->clock_end);
}

gj_status cli_as_told_add(cli_review *review, const gj_event *event, gj_added *added)
{
    gj_status status = advance(review, recorded_at(review, event));
    review->arrival_count++;
    return status == GJ_OK ? gj_live_add(review->live, event, added) : status;
}

/* ---- the end ---- */

typedef struct standing {
    uint64_t cases, findings;
} standing;

static bool count_case(void *payload, const gj_case_result *result)
{
    standing *counted = payload;
    counted->cases++;
    counted->findings += result->finding_count;
    return true;
}

static gj_status count_standing(cli_review *review, standing *counted)
{
    gj_status status = GJ_OK;
    for (size_t i = 0; status == GJ_OK && i < gj_live_case_count(review->live); i++)
        status = gj_live_see(review->live, i, counted, count_case);
    return status;
}

static void print_end(cli_review *review, const standing *counted)
{
    cli_session *session = review->session;
    const uint64_t *counts = review->change_counts;
    cli_output_add_string(&session->out, counts[0] + counts[1] + counts[2] > 0 ? "\n" : "");
    cli_output_add_spaces(&session->out, INDENT);
    cli_output_style(&session->out, CLI_STRONG);
    cli_count_print(session, counted->cases, "# case", "# cases", "办件#件");
    cli_output_add_string(&session->out, "   ");
    cli_count_print(session, review->arrival_count, "# event told", "# events told", "报送#项");
    cli_output_add_string(&session->out, "   ");
    cli_count_print(session, counted->findings, "# finding stands", "# findings stand",
                    "现有异常#项");
    cli_output_style(&session->out, CLI_PLAIN);
    cli_output_add_string(&session->out, CLI_SAY(session, "   (", "（"));
    cli_count_print(session, counts[GJ_FINDING_ADDED], "# added", "# added", "新增#项");
    cli_output_add_string(&session->out, CLI_SAY(session, ", ", "，"));
    cli_count_print(session, counts[GJ_FINDING_CHANGED], "# changed", "# changed", "变更#项");
    cli_output_add_string(&session->out, CLI_SAY(session, ", ", "，"));
    cli_count_print(session, counts[GJ_FINDING_WITHDRAWN], "# withdrawn", "# withdrawn", "撤回#项");
    cli_output_add_string(&session->out, CLI_SAY(session, ")\n", "）\n"));
}

static bool check_usage(cli_review *review)
{
    cli_session *session = review->session;
    const char *wrong = NULL;
    if (session->format != CLI_TEXT && session->format != CLI_JSONL)
        wrong =
            CLI_SAY(session, "--as-told prints text or jsonl", "--as-told 只输出 text 或 jsonl");
    else if (cli_options_has(review->options, CLI_OPTION_CASE))
        wrong = CLI_SAY(session, "--as-told follows all cases; leave --case out",
                        "--as-told 跟踪全部办件，不能与 --case 同用");
    else if (review->part_count > 1)
        wrong = CLI_SAY(session, "--as-told follows one procedure; choose it with --procedure",
                        "--as-told 只跟踪一个流程，请用 --procedure 指明");
    if (wrong != NULL)
        cli_complain(session, CLI_USAGE, "%s", wrong);
    return wrong == NULL;
}

void cli_as_told(cli_review *review)
{
    const gj_live_options options = {sizeof options, review, print_revision};
    standing counted = {0};
    if (!check_usage(review))
        return;
    review->clock_end = review->part->judging.until;
    gj_status status = gj_live_create(review->part->judge, &options, &review->live);
    if (status != GJ_OK || !cli_events_read(review)) {
        cli_complain_status(review->session, status);
        return;
    }
    gj_instant end = gj_live_last_instant(review->live);
    status = gj_live_advance(review->live, review->clock_end == GJ_NEVER ? end : review->clock_end);
    status = status == GJ_OK ? count_standing(review, &counted) : status;
    cli_complain_status(review->session, status);
    if (status == GJ_OK && review->session->format == CLI_TEXT)
        print_end(review, &counted);
    if (counted.findings > 0)
        cli_note(review->session, CLI_FOUND);
}
