/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju replay --was`: the log judged by an older revision of its calendars, which are then put
 * out for the newer ones. What that changes is printed, each with the days that made it so; where
 * a year has been announced meanwhile, what was open between two days is one day now. */
#include "replay.h"

#include <string.h>

#include "calendars.h"
#include "key.h"
#include "style.h"

enum { INDENT = 2 };

typedef struct recount {
    cli_review *review;
    cli_shelf older;
    gj_judge *was;
    bool tells; /* before that findings come and go unseen */
} recount;

/* ---- what is told ---- */

static bool print_finding(void *payload, const gj_revision *revision)
{
    const recount *with = payload;
    return !with->tells || cli_revision_print(with->review, revision);
}

static void print_due_heading(cli_review *review, const gj_due_revision *revision)
{
    cli_session *session = review->session;
    const gj_limit_note *limit = revision->after;
    cli_output_add_spaces(&session->out, INDENT);
    cli_revision_now_print(review, revision->now);
    cli_output_style(&session->out, CLI_FAINT);
    cli_output_add_string(&session->out, CLI_SAY(session, "  ~ due", "  ~ 届满日"));
    cli_output_style(&session->out, CLI_PLAIN);
    cli_output_add_string(&session->out, "  ");
    cli_output_add_text(&session->out, revision->case_id);
    cli_output_add_string(&session->out, "  ");
    cli_output_style(&session->out, CLI_STRONG);
    cli_output_add_text(&session->out,
                        limit->limit_title.size > 0 ? limit->limit_title : limit->limit);
    cli_key_print(session, limit->key_title);
    cli_output_style(&session->out, CLI_PLAIN);
    cli_output_add_string(&session->out, "\n");
}

static bool print_due(void *payload, const gj_due_revision *revision)
{
    recount *with = payload;
    cli_review *review = with->review;
    cli_output *out = &review->session->out;
    review->due_change_count++;
    if (review->session->format == CLI_JSONL) {
        gj_writer writer = cli_output_writer(out);
        gj_due_revision_print(revision, &writer);
        cli_output_add_string(out, "\n");
        return out->error == 0;
    }
    const gj_limit_note *was = revision->before, *is = revision->after;
    print_due_heading(review, revision);
    cli_due_change_print(review, &(cli_due){was->due_day, was->due_earliest, was->due_latest},
                         &(cli_due){is->due_day, is->due_earliest, is->due_latest});
    cli_recounted_print(review, revision->recounted);
    return out->error == 0;
}

/* ---- the older calendars ---- */

static bool read_older(recount *with)
{
    const cli_options *options = with->review->options;
    for (size_t i = 0; i < options->given_count; i++)
        if (options->given[i].option == CLI_OPTION_WAS &&
            !cli_shelf_add(&with->older, with->review->session, options, options->given[i].value))
            return false;
    return true;
}

static const gj_calendar *older_of(const recount *with, const gj_calendar *calendar)
{
    for (size_t i = 0; i < with->older.count; i++)
        if (cli_text_equal(gj_calendar_name(with->older.items[i]), gj_calendar_name(calendar)))
            return with->older.items[i];
    return calendar;
}

/* The procedure by the older ones, where there is one of the name. */
static bool bind_older(recount *with)
{
    const cli_review *review = with->review;
    const cli_program *program = &review->program;
    const gj_calendar *calendars[CLI_CALENDARS_MAX];
    bool differ = false;
    for (size_t i = 0; i < program->calendar_count; i++) {
        calendars[i] = older_of(with, program->calendars[i]);
        differ = differ || calendars[i] != program->calendars[i];
    }
    gj_judge_options options = {
        .size = sizeof options,
        .image = program->image,
        .procedure = gj_image_procedure_name(program->image, review->part->index),
        .calendars = calendars,
        .calendar_count = program->calendar_count,
        .natives = program->natives,
    };
    if (!differ)
        cli_complain(review->session, CLI_USAGE, "%s",
                     CLI_SAY(review->session,
                             "--was names no calendar that the procedure counts by",
                             "--was 所给的日历都不是该流程所用的日历"));
    else
        cli_complain_status(review->session, gj_judge_create(&options, &with->was));
    return with->was != NULL;
}

/* ---- all of it ---- */

static bool check_usage(cli_review *review)
{
    cli_session *session = review->session;
    const char *wrong = NULL;
    if (session->format != CLI_TEXT && session->format != CLI_JSONL)
        wrong = CLI_SAY(session, "--was prints text or jsonl", "--was 只输出 text 或 jsonl");
    else if (cli_options_has(review->options, CLI_OPTION_CASE))
        wrong = CLI_SAY(session, "--was compares all cases; leave --case out",
                        "--was 比较全部办件，不能与 --case 同用");
    else if (review->part_count > 1)
        wrong = CLI_SAY(session, "--was compares one procedure; choose it with --procedure",
                        "--was 只比较一个流程，请用 --procedure 指明");
    if (wrong != NULL)
        cli_complain(session, CLI_USAGE, "%s", wrong);
    return wrong == NULL;
}

static void print_end(cli_review *review)
{
    cli_session *session = review->session;
    const uint64_t *counts = review->change_counts;
    uint64_t all = counts[0] + counts[1] + counts[2] + review->due_change_count;
    cli_output_add_string(&session->out, all > 0 ? "\n" : "");
    cli_output_add_spaces(&session->out, INDENT);
    cli_output_style(&session->out, CLI_STRONG);
    cli_count_print(session, gj_live_case_count(review->live), "# case", "# cases", "办件#件");
    cli_output_add_string(&session->out, CLI_SAY(session, "   findings: ", "   异常："));
    cli_count_print(session, counts[GJ_FINDING_ADDED], "# added", "# added", "新增#项");
    cli_output_add_string(&session->out, CLI_SAY(session, ", ", "，"));
    cli_count_print(session, counts[GJ_FINDING_CHANGED], "# changed", "# changed", "变更#项");
    cli_output_add_string(&session->out, CLI_SAY(session, ", ", "，"));
    cli_count_print(session, counts[GJ_FINDING_WITHDRAWN], "# withdrawn", "# withdrawn", "撤回#项");
    cli_output_add_string(&session->out, "   ");
    cli_count_print(session, review->due_change_count, "# running limit due otherwise",
                    "# running limits due otherwise", "届满日有变的时限#项");
    cli_output_style(&session->out, CLI_PLAIN);
    cli_output_add_string(&session->out, "\n");
}

static void compare(recount *with)
{
    cli_review *review = with->review;
    const gj_recounting recounting = {sizeof recounting, with, print_due};
    gj_instant end = gj_live_last_instant(review->live);
    gj_status status =
        gj_live_advance(review->live, review->clock_end == GJ_NEVER ? end : review->clock_end);
    with->tells = true;
    status =
        status == GJ_OK ? gj_live_calendar(review->live, review->part->judge, &recounting) : status;
    if (status == GJ_BAD_ARGUMENT)
        cli_complain(review->session, CLI_USAGE, "%s",
                     CLI_SAY(review->session, "the two revisions have different zones",
                             "新旧版本的时区不同"));
    else
        cli_complain_status(review->session, status);
    if (status == GJ_OK && review->session->format == CLI_TEXT)
        print_end(review);
    const uint64_t *counts = review->change_counts;
    if (counts[0] + counts[1] + counts[2] + review->due_change_count > 0)
        cli_note(review->session, CLI_FOUND);
}

void cli_recount(cli_review *review)
{
    recount with = {.review = review};
    const gj_live_options options = {sizeof options, &with, print_finding};
    if (check_usage(review) && read_older(&with) && bind_older(&with)) {
        review->clock_end = review->part->judging.until;
        gj_status status = gj_live_create(with.was, &options, &review->live);
        cli_complain_status(review->session, status);
        if (status == GJ_OK && cli_events_read(review))
            compare(&with);
    }
    gj_live_destroy(review->live); /* before the judge that it may still have */
    review->live = NULL;
    gj_judge_destroy(with.was);
    cli_shelf_deinit(&with.older);
}
