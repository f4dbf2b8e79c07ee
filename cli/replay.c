/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju replay`: judges the cases of a log one after another, and hands each to whoever prints. */
#include "replay.h"

#include <string.h>

#include "command.h"
#include "processors.h"
#include "progress.h"

typedef struct visit {
    cli_review *review;
    cli_part *part;
    cli_progress progress;
    size_t done, count; /* cases */
    bool prints;        /* findings as data, while judging */
} visit;

static bool visit_case(void *payload, const gj_case_result *result)
{
    visit *v = payload;
    cli_review *review = v->review;
    cli_tally_add(&v->part->tally, result);
    if (v->prints)
        cli_findings_add(review, result);
    cli_progress_step(&v->progress, v->done, v->count, v->done);
    v->done++;
    return review->session->out.error == 0;
}

static void judge(cli_review *review, bool prints)
{
    cli_session *session = review->session;
    visit v = {.review = review, .count = cli_review_count(review), .prints = prints};
    gj_status status = GJ_OK;
    cli_progress_init(&v.progress, session, CLI_SAY(session, "judging", "审核"),
                      CLI_SAY(session, "cases", "件"));
    /* Two lines that are redrawn over each other on one terminal would be neither. */
    if (prints && session->out.terminal)
        v.progress.begun_ms = INT64_MAX / 2;
    for (size_t i = 0; i < review->part_count && status == GJ_OK; i++) {
        review->part = v.part = &review->parts[i];
        gj_docket_judging judging = v.part->judging;
        judging.payload = &v;
        judging.on_case = visit_case;
        judging.threads = cli_processors_count();
        status = gj_docket_judge(v.part->docket, &judging);
    }
    cli_progress_clear(&v.progress);
    cli_complain_status(session, status);
}

static bool visit_one(void *payload, const gj_case_result *result)
{
    visit *v = payload;
    cli_review *review = v->review;
    cli_tally_add(&v->part->tally, result);
    if (v->prints) {
        cli_findings_add(review, result);
        return true;
    }
    if (v->done++ > 0)
        cli_output_add_string(&review->session->out, "\n");
    cli_case_print(review, result);
    return true;
}

/* The cases of one number, since each procedure numbers its own. */
static void judge_one(cli_review *review, const char *id, bool prints)
{
    cli_session *session = review->session;
    visit v = {.review = review, .prints = prints};
    bool found = false;
    for (size_t i = 0; i < review->part_count; i++) {
        cli_part *part = &review->parts[i];
        size_t index = cli_review_find(part->docket, id);
        if (index == gj_docket_case_count(part->docket))
            continue;
        found = true;
        review->part = v.part = part;
        gj_docket_judging judging = part->judging;
        judging.payload = &v;
        judging.with_steps = judging.with_accounts = true;
        judging.on_case = visit_one;
        cli_complain_status(session, gj_docket_judge_case(part->docket, index, &judging));
    }
    if (!found)
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "the log has no case `%s`", "日志中没有办件 %s"), id);
}

static bool has_failed(const cli_review *review)
{
    bool failed = false;
    for (size_t i = 0; i < review->part_count; i++)
        failed = failed || cli_tally_has_failed(&review->parts[i].tally);
    return failed;
}

static void print_all(cli_review *review)
{
    const char *id = cli_options_value(review->options, CLI_OPTION_CASE);
    bool text = review->session->format == CLI_TEXT;
    if (!text)
        cli_findings_begin(review);
    if (id != NULL)
        judge_one(review, id, !text);
    else
        judge(review, !text);
    for (size_t i = 0; i < review->part_count; i++)
        cli_tally_add_counts(&review->total, &review->parts[i].tally);
    if (!text)
        cli_findings_end(review);
    else if (id == NULL)
        cli_report_print(review);
    if (has_failed(review))
        cli_complain_status(review->session, GJ_NO_MEMORY);
    if (review->total.finding_count > 0)
        cli_note(review->session, CLI_FOUND);
}

void cli_replay(cli_session *session, const cli_options *options)
{
    cli_review review;
    if (cli_review_open(&review, session, options)) {
        if (cli_options_has(options, CLI_OPTION_AS_TOLD))
            cli_as_told(&review);
        else if (cli_options_has(options, CLI_OPTION_WAS))
            cli_recount(&review);
        else if (cli_review_read(&review))
            print_all(&review);
    }
    cli_review_deinit(&review);
}
