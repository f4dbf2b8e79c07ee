/* SPDX-License-Identifier: Apache-2.0
 *
 * The log of `guiju replay`, event by event. What cannot be read is told with its line, the first
 * few in full, and the rest goes on: a log of a million lines is not worth less for one bad one. */
#include "replay.h"

#include <errno.h>
#include <inttypes.h>

#include "file.h"
#include "processors.h"
#include "progress.h"

enum { PROBLEMS_TOLD_MAX = 20 };

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
    return event->procedure.size > 0 && cli_options_has(review->options, CLI_OPTION_PROCEDURE) &&
           gj_image_procedure_find(review->program.image, event->procedure) !=
               review->parts[0].index;
}

typedef struct reading {
    cli_review *review;
    gj_feed *feed;
    cli_progress *progress;
    uint64_t count;
} reading;

static void tell_bad(reading *with, const gj_problem *problem)
{
    with->review->problem_count++;
    tell_problem(with->review, problem, with->progress);
}

static void step(reading *with)
{
    cli_progress_step(with->progress, gj_feed_offset(with->feed), gj_feed_size(with->feed),
                      with->count++);
}

static void tell_added(void *payload, size_t which, gj_added added, const gj_problem *problem)
{
    reading *with = payload;
    (void)which;
    bool named = problem->code >= GJ_PROBLEM_UNMET && problem->code <= GJ_PROBLEM_RETRACTION;
    if (problem->code == GJ_PROBLEM_NONE)
        with->review->again_count += added == GJ_ADDED_AGAIN;
    else if (!named) /* else told at the end, where it still is */
        added == GJ_NOT_ADDED ? tell_bad(with, problem)
                              : tell_problem(with->review, problem, with->progress);
    step(with);
}

static gj_status add_told(reading *with, const gj_event *event)
{
    gj_added added = GJ_ADDED;
    gj_status status = cli_as_told_add(with->review, event, &added);
    if (status == GJ_MALFORMED) {
        tell_bad(with, gj_live_problem(with->review->live));
        step(with);
        return GJ_OK;
    }
    if (status == GJ_OK)
        tell_added(with, 0, added, gj_live_problem(with->review->live));
    return status;
}

/* One by one, where some may be none of ours or time goes by with them. */
static gj_status add_each(reading *with, const gj_event *events, size_t count)
{
    cli_review *review = with->review;
    gj_status status = GJ_OK;
    for (size_t i = 0; i < count && status == GJ_OK; i++) {
        if (is_passed_over(review, &events[i])) {
            review->passed_over_count++;
            step(with);
        } else if (review->live != NULL)
            status = add_told(with, &events[i]);
        else
            status = gj_registry_add_all(review->registry, &events[i], 1, with, tell_added);
    }
    return status;
}

static gj_status add_events(reading *with, const gj_event *events, size_t count)
{
    cli_review *review = with->review;
    return review->live != NULL || cli_options_has(review->options, CLI_OPTION_PROCEDURE)
               ? add_each(with, events, count)
               : gj_registry_add_all(review->registry, events, count, with, tell_added);
}

/* GJ_DONE at the end of the feed. */
static gj_status read_feed(cli_review *review, gj_feed *feed, cli_progress *progress)
{
    reading with = {review, feed, progress, 0};
    gj_status status = GJ_OK;
    while (status == GJ_OK) {
        const gj_event *events = NULL;
        size_t count = 0;
        status = gj_feed_next_all(feed, &events, &count);
        if (status == GJ_OK)
            status = add_events(&with, events, count);
        else if (status == GJ_MALFORMED) {
            tell_bad(&with, gj_feed_problem(feed));
            step(&with);
            status = GJ_OK;
        }
    }
    return status;
}

typedef struct unmet {
    cli_review *review;
    cli_progress *progress;
} unmet;

static bool tell_unmet(void *payload, const gj_problem *problem)
{
    const unmet *with = payload;
    with->review->unmet_count++;
    tell_problem(with->review, problem, with->progress);
    return true;
}

bool cli_events_read(cli_review *review)
{
    cli_session *session = review->session;
    const char *path = cli_options_value(review->options, CLI_OPTION_EVENTS);
    gj_feed_options feed_options = {
        .size = sizeof feed_options, .path = path, .ahead = cli_processors_count() > 1};
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
    unmet with = {review, &progress};
    if (review->live != NULL)
        gj_live_report_unmet(review->live, &with, tell_unmet);
    else
        gj_registry_report_unmet(review->registry, &with, tell_unmet);
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
