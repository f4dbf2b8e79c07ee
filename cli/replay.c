/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju replay`: opens the program, feeds every event of the log to a docket, judges, and hands
 * each case to whoever prints. What cannot be read is told with its line, the first few in full,
 * and the rest goes on: a log of a million lines is not worth less for one bad one. */
#include "replay.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "command.h"
#include "file.h"
#include "progress.h"

enum { PROBLEMS_TOLD_MAX = 20 };

static bool equal(gj_text text, gj_text other)
{
    return text.size == other.size &&
           (text.size == 0 || memcmp(text.bytes, other.bytes, text.size) == 0);
}

static bool equal_string(gj_text text, const char *string)
{
    return equal(text, (gj_text){string, strlen(string)});
}

/* ---- reading ---- */

static void tell_problem(cli_review *review, const gj_problem *problem, cli_progress *progress)
{
    cli_session *session = review->session;
    cli_note(session, CLI_UNREADABLE);
    if (++review->told_count > PROBLEMS_TOLD_MAX)
        return;
    cli_buffer words = {0};
    gj_writer writer = cli_buffer_writer(&words);
    gj_problem_print(problem, session->lang, &writer);
    cli_progress_clear(progress);
    const char *path = cli_options_value(review->options, CLI_OPTION_EVENTS);
    cli_complain(session, CLI_UNREADABLE, CLI_SAY(session, "%s: %s", "%s：%s"),
                 cli_file_title(session, path), cli_buffer_string(&words));
    cli_buffer_deinit(&words);
}

static void tell_rest(cli_review *review)
{
    if (review->told_count > PROBLEMS_TOLD_MAX)
        cli_mention(review->session,
                    CLI_SAY(review->session, "… and %" PRIu64 " more such problems",
                            "……另有 %" PRIu64 " 处类似问题"),
                    review->told_count - PROBLEMS_TOLD_MAX);
}

/* With --procedure, the events of others are none of ours. */
static bool is_passed_over(const cli_review *review, const gj_event *event)
{
    return event->procedure.bytes != NULL &&
           cli_options_has(review->options, CLI_OPTION_PROCEDURE) &&
           !equal(event->procedure, gj_image_procedure(review->program.image)) &&
           !equal(event->procedure, gj_image_title(review->program.image));
}

static gj_status add_event(cli_review *review, const gj_event *event, cli_progress *progress)
{
    gj_added added = GJ_ADDED;
    if (is_passed_over(review, event)) {
        review->passed_over_count++;
        return GJ_OK;
    }
    gj_status status = gj_docket_add(review->docket, event, &added);
    const gj_problem *problem = gj_docket_problem(review->docket);
    if (status == GJ_MALFORMED || (status == GJ_OK && problem->code != GJ_PROBLEM_NONE)) {
        review->problem_count += status == GJ_MALFORMED || added == GJ_NOT_ADDED;
        tell_problem(review, problem, progress);
        return GJ_OK;
    }
    review->again_count += status == GJ_OK && added == GJ_ADDED_AGAIN;
    return status;
}

/* GJ_DONE at the end of the feed. */
static gj_status read_feed(cli_review *review, gj_feed *feed, cli_progress *progress)
{
    gj_status status = GJ_OK;
    for (uint64_t count = 0; status == GJ_OK; count++) {
        const gj_event *event = NULL;
        status = gj_feed_next(feed, &event);
        if (status == GJ_OK)
            status = add_event(review, event, progress);
        else if (status == GJ_MALFORMED) {
            review->problem_count++;
            tell_problem(review, gj_feed_problem(feed), progress);
            status = GJ_OK;
        }
        cli_progress_step(progress, gj_feed_offset(feed), gj_feed_size(feed), count);
    }
    return status;
}

static bool read_events(cli_review *review)
{
    cli_session *session = review->session;
    const char *path = cli_options_value(review->options, CLI_OPTION_EVENTS);
    gj_feed_options feed_options = {.size = sizeof feed_options, .path = path};
    gj_feed *feed = NULL;
    cli_progress progress;
    errno = 0;
    gj_status status = gj_feed_open(&feed_options, &feed);
    if (status != GJ_OK) {
        cli_complain(session, CLI_UNREADABLE,
                     CLI_SAY(session, "cannot read %s: %s", "无法读取 %s：%s"),
                     cli_file_title(session, path),
                     cli_errno_text(session, status == GJ_NO_MEMORY ? ENOMEM : errno));
        return false;
    }
    cli_progress_init(&progress, session, CLI_SAY(session, "reading", "读取"),
                      CLI_SAY(session, "events", "项事件"));
    status = read_feed(review, feed, &progress);
    int number = errno;
    cli_progress_clear(&progress);
    gj_feed_close(feed);
    tell_rest(review);
    if (status == GJ_DONE)
        return true;
    if (status == GJ_IO)
        cli_complain(session, CLI_UNREADABLE,
                     CLI_SAY(session, "cannot read all of %s: %s", "未能读完 %s：%s"),
                     cli_file_title(session, path), cli_errno_text(session, number));
    else
        cli_complain_status(session, status);
    return false;
}

/* ---- judging ---- */

typedef struct visit {
    cli_review *review;
    cli_progress progress;
    size_t index, count;
    bool prints; /* findings as data, while judging */
} visit;

static bool visit_case(void *payload, const gj_case_result *result)
{
    visit *v = payload;
    cli_review *review = v->review;
    cli_tally_add(&review->tally, result, v->index++);
    if (v->prints)
        cli_findings_add(review, result);
    cli_progress_step(&v->progress, v->index, v->count, v->index);
    return review->session->out.error == 0;
}

static void judge(cli_review *review, bool prints)
{
    cli_session *session = review->session;
    visit v = {.review = review, .count = gj_docket_case_count(review->docket), .prints = prints};
    cli_progress_init(&v.progress, session, CLI_SAY(session, "judging", "审核"),
                      CLI_SAY(session, "cases", "件"));
    /* Two lines that are redrawn over each other on one terminal would be neither. */
    if (prints && session->out.terminal)
        v.progress.begun_ms = INT64_MAX / 2;
    gj_docket_judging judging = review->judging;
    judging.payload = &v;
    judging.on_case = visit_case;
    gj_status status = gj_docket_judge(review->docket, &judging);
    cli_progress_clear(&v.progress);
    if (status != GJ_DONE)
        cli_complain_status(session, status);
}

static bool visit_one(void *payload, const gj_case_result *result)
{
    cli_review *review = payload;
    cli_tally_add(&review->tally, result, 0);
    if (review->session->format == CLI_TEXT)
        cli_case_print(review, result);
    else
        cli_findings_add(review, result);
    return true;
}

static void judge_one(cli_review *review, const char *id)
{
    cli_session *session = review->session;
    gj_docket_judging judging = review->judging;
    judging.payload = review;
    judging.with_steps = true;
    judging.on_case = visit_one;
    size_t count = gj_docket_case_count(review->docket), index = 0;
    while (index < count && !equal_string(gj_docket_case_id(review->docket, index), id))
        index++;
    if (index == count)
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "the log has no case `%s`", "日志中没有办件 %s"), id);
    else
        cli_complain_status(session, gj_docket_judge_case(review->docket, index, &judging));
}

static void print_all(cli_review *review)
{
    const char *id = cli_options_value(review->options, CLI_OPTION_CASE);
    bool text = review->session->format == CLI_TEXT;
    if (!text)
        cli_findings_begin(review);
    if (id != NULL)
        judge_one(review, id);
    else
        judge(review, !text);
    if (!text)
        cli_findings_end(review);
    else if (id == NULL)
        cli_report_print(review);
    if (cli_tally_has_failed(&review->tally))
        cli_complain_status(review->session, GJ_NO_MEMORY);
    if (review->tally.finding_count > 0)
        cli_note(review->session, CLI_FOUND);
}

gj_text cli_review_revision(const cli_review *review)
{
    gj_text name = gj_image_calendar(review->program.image);
    for (size_t i = 0; name.bytes != NULL && i < review->program.calendar_count; i++)
        if (equal(gj_calendar_name(review->program.calendars[i]), name))
            return gj_calendar_revision(review->program.calendars[i]);
    return (gj_text){0};
}

/* ---- the command line ---- */

static bool settle_until(cli_review *review)
{
    const char *word = cli_options_value(review->options, CLI_OPTION_UNTIL);
    gj_stamp stamp = {0};
    review->judging = (gj_docket_judging){
        .size = sizeof review->judging,
        .until = GJ_NEVER,
        .close_open = cli_options_has(review->options, CLI_OPTION_CLOSE_OPEN),
    };
    if (word == NULL)
        return true;
    if (gj_stamp_parse((gj_text){word, strlen(word)}, &stamp) && stamp.present &&
        !stamp.unreadable) {
        review->judging.until = gj_judge_instant(review->program.judge, &stamp);
        return true;
    }
    cli_complain(review->session, CLI_USAGE,
                 CLI_SAY(review->session, "`%s` is no time; write 2024-03-31 or 2024-03-31T17:30",
                         "%s 不是时刻；请写作 2024-03-31 或 2024-03-31T17:30"),
                 word);
    return false;
}

static bool check_procedure(const cli_review *review)
{
    const char *wanted = cli_options_value(review->options, CLI_OPTION_PROCEDURE);
    gj_text name = gj_image_procedure(review->program.image);
    if (wanted == NULL || equal_string(name, wanted) ||
        equal_string(gj_image_title(review->program.image), wanted))
        return true;
    cli_complain(review->session, CLI_USAGE,
                 CLI_SAY(review->session, "the procedure here is `%.*s`, not `%s`",
                         "此处的流程为 %.*s，不是 %s"),
                 (int)name.size, name.bytes, wanted);
    return false;
}

static bool check_operands(cli_session *session, const cli_options *options)
{
    const char *events = cli_options_value(options, CLI_OPTION_EVENTS);
    const char *wrong = NULL;
    if (options->operand_count != 1)
        wrong =
            CLI_SAY(session, "`replay` takes one image or source", "replay 需要一个映像或源文件");
    else if (events == NULL)
        wrong = CLI_SAY(session, "`replay` needs a log: --events LOG",
                        "replay 需要事件日志：--events LOG");
    else if (strcmp(events, "-") == 0 && strcmp(options->operands[0], "-") == 0)
        wrong = CLI_SAY(session, "the procedure and the log cannot both be standard input",
                        "流程与日志不能同时取自标准输入");
    if (wrong != NULL)
        cli_complain(session, CLI_USAGE, "%s", wrong);
    return wrong == NULL;
}

static void run_review(cli_review *review)
{
    if (!cli_program_bind(&review->program, review->session, review->options) ||
        !check_procedure(review) || !settle_until(review))
        return;
    gj_status status = gj_docket_create(review->program.judge, &review->docket);
    if (status != GJ_OK)
        cli_complain_status(review->session, status);
    else if (read_events(review) || gj_docket_case_count(review->docket) > 0)
        print_all(review);
    gj_docket_destroy(review->docket);
}

void cli_replay(cli_session *session, const cli_options *options)
{
    cli_review review = {.session = session, .options = options};
    if (!check_operands(session, options))
        return;
    if (cli_program_open(&review.program, session, options, options->operands[0]))
        run_review(&review);
    cli_tally_deinit(&review.tally);
    cli_buffer_deinit(&review.scratch);
    cli_program_deinit(&review.program);
}
