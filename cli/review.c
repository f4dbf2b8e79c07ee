/* SPDX-License-Identifier: Apache-2.0
 *
 * A log brought before its procedures: opens the program, makes a docket of each procedure, has the
 * log read (reading.c) and settles where the clock ends. */
#include "replay.h"

#include <stdlib.h>
#include <string.h>

#include "json.h"

static bool equal(gj_text text, gj_text other)
{
    return text.size == other.size &&
           (text.size == 0 || memcmp(text.bytes, other.bytes, text.size) == 0);
}

static bool equal_string(gj_text text, const char *string)
{
    return equal(text, (gj_text){string, strlen(string)});
}

/* ---- parts ---- */

gj_text cli_part_title(const cli_part *part)
{
    return part->title.size > 0 ? part->title : part->name;
}

gj_text cli_part_revision(const cli_part *part, size_t which)
{
    return gj_judge_calendar(part->judge, which);
}

void cli_part_print_calendars(const cli_review *review, const cli_part *part)
{
    cli_output *out = &review->session->out;
    size_t count = gj_judge_calendar_count(part->judge);
    if (count < 2)
        return;
    cli_output_add_string(out, ",\"calendars\":[");
    for (size_t i = 0; i < count; i++) {
        cli_output_add_string(out, i > 0 ? "," : "");
        cli_json_print_text(out, cli_part_revision(part, i));
    }
    cli_output_add_string(out, "]");
}

size_t cli_review_find(const gj_docket *docket, const char *id)
{
    size_t count = gj_docket_case_count(docket), index = 0;
    while (index < count && !equal_string(gj_docket_case_id(docket, index), id))
        index++;
    return index;
}

size_t cli_review_count(const cli_review *review)
{
    size_t count = 0;
    for (size_t i = 0; i < review->part_count; i++)
        count += gj_docket_case_count(review->parts[i].docket);
    return count;
}

/* ---- where the clock ends ---- */

/* A time without an offset is on the wall of each procedure's own calendar. */
static bool settle_until(cli_review *review)
{
    const char *until = cli_options_value(review->options, CLI_OPTION_UNTIL);
    const char *word = until != NULL ? until : cli_options_value(review->options, CLI_OPTION_AT);
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

/* ---- opening ---- */

static void complain_operands(cli_session *session, const cli_options *options)
{
    const char *events = cli_options_value(options, CLI_OPTION_EVENTS);
    if (options->operand_count != 1)
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "`%s` takes one image or source", "%s 需要一个映像或源文件"),
                     options->command);
    else if (events == NULL)
        cli_complain(
            session, CLI_USAGE,
            CLI_SAY(session, "`%s` needs a log: --events LOG", "%s 需要事件日志：--events LOG"),
            options->command);
    else
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "the procedure and the log cannot both be standard input",
                             "流程与日志不能同时取自标准输入"));
}

static bool check_operands(cli_session *session, const cli_options *options)
{
    const char *events = cli_options_value(options, CLI_OPTION_EVENTS);
    bool usable = options->operand_count == 1 && events != NULL &&
                  (strcmp(events, "-") != 0 || strcmp(options->operands[0], "-") != 0);
    if (!usable)
        complain_operands(session, options);
    return usable;
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
        size_t index = review->parts[i].index = program->bound[i].index;
        review->parts[i].name = gj_image_procedure_name(program->image, index);
        review->parts[i].title = gj_image_procedure_title(program->image, index);
        review->parts[i].version = gj_image_procedure_version(program->image, index);
        review->parts[i].judge = program->bound[i].judge;
    }
    review->part = review->parts;
    return open_registry(review);
}

bool cli_review_open(cli_review *review, cli_session *session, const cli_options *options)
{
    *review = (cli_review){.session = session, .options = options};
    if (!check_operands(session, options) ||
        !cli_program_open(&review->program, session, options, options->operands[0]) ||
        !cli_program_bind(&review->program, session, options))
        return false;
    gj_status status = make_parts(review);
    cli_complain_status(session, status);
    return status == GJ_OK && settle_until(review);
}

bool cli_review_read(cli_review *review)
{
    if (!cli_events_read(review) && cli_review_count(review) == 0)
        return false;
    settle_end(review);
    return true;
}

void cli_review_deinit(cli_review *review)
{
    for (size_t i = 0; i < review->part_count; i++)
        cli_tally_deinit(&review->parts[i].tally);
    gj_live_destroy(review->live);
    gj_registry_destroy(review->registry);
    free(review->parts);
    cli_buffer_deinit(&review->scratch);
    cli_program_deinit(&review->program);
}
