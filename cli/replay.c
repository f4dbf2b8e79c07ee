/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju replay`: opens the program, has every event of the log read (reading.c) and given to the
 * docket of its procedure, judges, and hands each case to whoever prints. */
#include "replay.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "file.h"
#include "progress.h"

static bool equal(gj_text text, gj_text other)
{
    return text.size == other.size &&
           (text.size == 0 || memcmp(text.bytes, other.bytes, text.size) == 0);
}

static bool equal_string(gj_text text, const char *string)
{
    return equal(text, (gj_text){string, strlen(string)});
}

/* ---- judging ---- */

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

static size_t count_cases(const cli_review *review)
{
    size_t count = 0;
    for (size_t i = 0; i < review->part_count; i++)
        count += gj_docket_case_count(review->parts[i].docket);
    return count;
}

static void judge(cli_review *review, bool prints)
{
    cli_session *session = review->session;
    visit v = {.review = review, .count = count_cases(review), .prints = prints};
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

/* Its index in the docket; the count where it is not there. */
static size_t find_case(const gj_docket *docket, const char *id)
{
    size_t count = gj_docket_case_count(docket), index = 0;
    while (index < count && !equal_string(gj_docket_case_id(docket, index), id))
        index++;
    return index;
}

/* The cases of one number, since each procedure numbers its own. */
static void judge_one(cli_review *review, const char *id, bool prints)
{
    cli_session *session = review->session;
    visit v = {.review = review, .prints = prints};
    bool found = false;
    for (size_t i = 0; i < review->part_count; i++) {
        cli_part *part = &review->parts[i];
        size_t index = find_case(part->docket, id);
        if (index == gj_docket_case_count(part->docket))
            continue;
        found = true;
        review->part = v.part = part;
        gj_docket_judging judging = part->judging;
        judging.payload = &v;
        judging.with_steps = true;
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

gj_text cli_part_title(const cli_review *review, const cli_part *part)
{
    gj_text title = gj_image_procedure_title(review->program.image, part->index);
    return title.size > 0 ? title : gj_image_procedure_name(review->program.image, part->index);
}

gj_text cli_part_revision(const cli_review *review, const cli_part *part)
{
    gj_text name = gj_image_procedure_calendar(review->program.image, part->index);
    for (size_t i = 0; name.bytes != NULL && i < review->program.calendar_count; i++)
        if (equal(gj_calendar_name(review->program.calendars[i]), name))
            return gj_calendar_revision(review->program.calendars[i]);
    return (gj_text){0};
}

/* ---- where the clock ends ---- */

/* A time without an offset is on the wall of each procedure's own calendar. */
static bool settle_until(cli_review *review)
{
    const char *word = cli_options_value(review->options, CLI_OPTION_UNTIL);
    gj_stamp stamp = {0};
    bool usable = word == NULL || (gj_stamp_parse((gj_text){word, strlen(word)}, &stamp) &&
                                   stamp.present && !stamp.unreadable);
    for (size_t i = 0; i < review->part_count && usable; i++) {
        cli_part *part = &review->parts[i];
        part->judging = (gj_docket_judging){
            .size = sizeof part->judging,
            .until = word != NULL ? gj_judge_instant(part->judge, &stamp) : GJ_NEVER,
            .close_open = cli_options_has(review->options, CLI_OPTION_CLOSE_OPEN),
        };
    }
    if (!usable)
        cli_complain(review->session, CLI_USAGE,
                     CLI_SAY(review->session,
                             "`%s` is no time; write 2024-03-31 or 2024-03-31T17:30",
                             "%s 不是时刻；请写作 2024-03-31 或 2024-03-31T17:30"),
                     word);
    return usable;
}

/* The log is one: what it shows of the time holds for each of its procedures. */
static void settle_end(cli_review *review)
{
    for (size_t i = 0; i < review->part_count; i++)
        if (review->parts[i].judging.until == GJ_NEVER)
            review->parts[i].judging.until = gj_registry_last_instant(review->registry);
}

/* ---- the command line ---- */

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

static gj_status open_registry(cli_review *review)
{
    const gj_judge **judges = calloc(review->part_count, sizeof(gj_judge *));
    if (judges == NULL)
        return GJ_NO_MEMORY;
    for (size_t i = 0; i < review->part_count; i++)
        judges[i] = review->parts[i].judge;
    gj_status status = gj_registry_create(judges, review->part_count, &review->registry);
    for (size_t i = 0; i < review->part_count && status == GJ_OK; i++)
        review->parts[i].docket = gj_registry_docket(review->registry, i);
    free(judges);
    return status;
}

static gj_status make_parts(cli_review *review)
{
    const cli_program *program = &review->program;
    review->parts = calloc(program->bound_count, sizeof *review->parts);
    if (review->parts == NULL)
        return GJ_NO_MEMORY;
    review->part_count = program->bound_count;
    for (size_t i = 0; i < review->part_count; i++) {
        review->parts[i].index = program->bound[i].index;
        review->parts[i].judge = program->bound[i].judge;
    }
    review->part = review->parts;
    return open_registry(review);
}

static void run_review(cli_review *review)
{
    if (!cli_program_bind(&review->program, review->session, review->options))
        return;
    gj_status status = make_parts(review);
    if (status != GJ_OK) {
        cli_complain_status(review->session, status);
    } else if (!settle_until(review)) {
        return;
    } else if (cli_options_has(review->options, CLI_OPTION_AS_TOLD)) {
        cli_as_told(review);
    } else if (cli_events_read(review) || count_cases(review) > 0) {
        settle_end(review);
        print_all(review);
    }
}

void cli_replay(cli_session *session, const cli_options *options)
{
    cli_review review = {.session = session, .options = options};
    if (!check_operands(session, options))
        return;
    if (cli_program_open(&review.program, session, options, options->operands[0]))
        run_review(&review);
    for (size_t i = 0; i < review.part_count; i++)
        cli_tally_deinit(&review.parts[i].tally);
    gj_live_destroy(review.live);
    gj_registry_destroy(review.registry);
    free(review.parts);
    cli_buffer_deinit(&review.scratch);
    cli_program_deinit(&review.program);
}
