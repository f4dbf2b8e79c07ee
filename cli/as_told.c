/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju replay --as-told`: the log as an office's system would have told it, line after line. The
 * clock goes on to when each event was recorded, so what was told late, corrected or retracted
 * shows what it made of what had been found before. Each finding is printed as it comes, changes
 * and goes, with what made it so. */
#include "replay.h"

#include <string.h>

#include "style.h"

enum { INDENT = 2 };

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
    const gj_live_options options = {sizeof options, review, cli_revision_print};
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
