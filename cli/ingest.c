/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju ingest`: logs told to a store, from files, a pipe, or a file that grows. Events go in
 * batches, each in one transaction: a batch is submitted when it is full, and when the input
 * pauses, so a trickle is judged at once and a flood shares its commits. What was taken in is kept;
 * telling a log again, after a kill too, goes on where it had ended. */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "batch.h"
#include "command.h"
#include "file.h"
#include "news.h"
#include "processors.h"
#include "progress.h"
#include "style.h"

enum { PROBLEMS_TOLD_MAX = 20, INDENT = 2 };

typedef struct ingestion {
    cli_session *session;
    cli_store store;
    cli_news news;
    cli_progress progress;
    const char *path; /* of the log at hand */
    gj_feed *feed;
    bool follows;
    cli_batch batch;
    gj_receipt receipts[CLI_BATCH_EVENTS_MAX];
    gj_status status; /* of the engine; once it has failed nothing more is told */
    uint64_t read_count, received_count, again_count, conflict_count, refused_count, ahead_count;
    uint64_t passed_count; /* of other procedures than the one that is asked for */
    uint64_t told_count;   /* problems */
} ingestion;

static volatile sig_atomic_t interrupted;

static void interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

/* ---- problems ---- */

static void problem_tell(ingestion *with, const gj_problem *problem, bool is_bad)
{
    cli_session *session = with->session;
    cli_note(session, is_bad ? CLI_UNREADABLE : CLI_NOTHING);
    if (++with->told_count > PROBLEMS_TOLD_MAX)
        return;
    cli_buffer words = {0};
    gj_writer writer = cli_buffer_writer(&words);
    gj_problem_print(problem, session->lang, &writer);
    cli_progress_clear(&with->progress);
    cli_mention(session, CLI_SAY(session, "%s: %s", "%s：%s"), cli_file_title(session, with->path),
                cli_buffer_string(&words));
    cli_buffer_deinit(&words);
}

/* What corrects or retracts another may be told before it: that is no mistake yet. */
static bool may_come(gj_problem_code code)
{
    return code == GJ_PROBLEM_UNMET;
}

static void procedure_tell(ingestion *with, const gj_event *event)
{
    cli_session *session = with->session;
    cli_note(session, CLI_UNREADABLE);
    if (++with->told_count > PROBLEMS_TOLD_MAX)
        return;
    cli_progress_clear(&with->progress);
    cli_mention(session,
                CLI_SAY(session,
                        "%s: line %" PRIu64
                        ": no procedure called \"%.*s\" is in force; deploy it, "
                        "or correct the event",
                        "%s：第%" PRIu64 "行：没有名为“%.*s”的现行流程；请先部署，或者更正该事件"),
                cli_file_title(session, with->path), event->line, (int)event->procedure.size,
                event->procedure.bytes);
}

/* Of several procedures an event must say which it is of. */
static void unassigned_tell(ingestion *with, const gj_event *event)
{
    cli_session *session = with->session;
    cli_note(session, CLI_UNREADABLE);
    if (++with->told_count > PROBLEMS_TOLD_MAX)
        return;
    cli_progress_clear(&with->progress);
    cli_mention(
        session,
        CLI_SAY(session,
                "%s: line %" PRIu64
                ": this event names no procedure, and several are in force; add "
                "\"procedure\" to it, or say of what it is with --procedure NAME",
                "%s：第%" PRIu64
                "行：该事件未写明所属流程，而现行流程不止一个；请在“procedure”中写明，或者以 "
                "--procedure 名称 指明"),
        cli_file_title(session, with->path), event->line);
}

static void receipt_tell(ingestion *with, const gj_event *event, const gj_receipt *receipt)
{
    if (receipt->problem == GJ_PROBLEM_PROCEDURE) {
        procedure_tell(with, event);
        return;
    }
    const gj_event *of = event;
    bool retracts = of->retracts.size > 0;
    bool names = receipt->problem == GJ_PROBLEM_UNMET;
    bool asks = receipt->problem == GJ_PROBLEM_UNASSIGNED;
    if (asks) {
        unassigned_tell(with, event);
        return;
    }
    const char *field = names ? retracts ? "retracts" : "corrects" : receipt->field;
    gj_problem problem = {.code = receipt->problem,
                          .line = of->line,
                          .field = {field, field == NULL ? 0 : strlen(field)},
                          .text = names ? retracts ? of->retracts : of->corrects
                                  : receipt->problem == GJ_PROBLEM_CONFLICT ? of->id
                                                                            : receipt->text};
    problem_tell(with, &problem, !may_come(receipt->problem));
}

static void receipts_take(ingestion *with)
{
    for (size_t i = 0; i < with->batch.count; i++) {
        const gj_receipt *receipt = &with->receipts[i];
        with->received_count += receipt->kind == GJ_RECEIVED;
        with->again_count += receipt->kind == GJ_RECEIVED_AGAIN;
        with->conflict_count += receipt->kind == GJ_CONFLICTING;
        with->refused_count += receipt->kind == GJ_NOT_RECEIVED;
        with->ahead_count += receipt->kind == GJ_RECEIVED && receipt->ahead;
        if (receipt->problem != GJ_PROBLEM_NONE)
            receipt_tell(with, &with->batch.events[i], receipt);
    }
}

/* ---- a batch ---- */

static bool news_hear(void *payload, const gj_news *item)
{
    ingestion *with = payload;
    if (with->session->out.terminal)
        cli_progress_clear(&with->progress);
    return cli_news_hear(&with->news, item);
}

/* The clock goes with what is submitted. What a batch tells out of order, as a log that goes case
 * by case does, is put in the order in which it was recorded, so that nothing is found late in
 * between for want of what follows it. */
static gj_instant recorded_at(const gj_judge *judge, const gj_event *event)
{
    const gj_stamp *stamp = event->recorded.present ? &event->recorded : &event->at;
    return stamp->present && !stamp->unreadable ? gj_judge_instant(judge, stamp) : GJ_NEVER;
}

static int recorded_compare(const void *a, const void *b, void *judge)
{
    const gj_event *one = a, *other = b;
    gj_instant at = recorded_at(judge, one), then = recorded_at(judge, other);
    if (at != then)
        return at < then ? -1 : 1;
    return one->line < other->line ? -1 : one->line > other->line;
}

static void batch_submit(ingestion *with)
{
    const gj_judge *judge = cli_store_judge(&with->store);
    if (with->batch.count > 1)
        qsort_r(with->batch.events, with->batch.count, sizeof *with->batch.events, recorded_compare,
                (void *)(uintptr_t)judge);
    if (with->batch.count > 0 && with->status == GJ_OK) {
        with->status = with->batch.failed
                           ? GJ_NO_MEMORY
                           : gj_engine_submit(with->store.engine, with->batch.events,
                                              with->batch.count, with->receipts, with, news_hear);
        if (with->status == GJ_OK)
            receipts_take(with);
    }
    cli_batch_clear(&with->batch);
}

static bool pause_take(void *payload)
{
    ingestion *with = payload;
    batch_submit(with);
    cli_output_flush(&with->session->out);
    return with->status == GJ_OK && !interrupted && with->session->out.error == 0;
}

/* ---- a log ---- */

/* With --procedure what names none is of that one, and what names another is passed over. */
static void event_take(ingestion *with, const gj_event *event)
{
    gj_event taken = *event;
    gj_text wanted = cli_store_word(&with->store, CLI_OPTION_PROCEDURE);
    if (wanted.size > 0 && event->procedure.size == 0)
        taken.procedure = wanted;
    if (wanted.size == 0 || cli_store_is_called(&with->store, taken.procedure, wanted))
        cli_batch_add(&with->batch, &taken);
    else
        with->passed_count++;
}

static gj_status feed_read(ingestion *with)
{
    gj_status status = GJ_OK;
    while (status == GJ_OK && with->status == GJ_OK && !interrupted) {
        const gj_event *event = NULL;
        status = gj_feed_next(with->feed, &event);
        if (status == GJ_MALFORMED) {
            with->refused_count++;
            problem_tell(with, gj_feed_problem(with->feed), true);
            status = GJ_OK;
        } else if (status == GJ_OK) {
            event_take(with, event);
            with->read_count++;
            if (cli_batch_is_full(&with->batch) || with->batch.failed)
                batch_submit(with);
        }
        cli_progress_step(&with->progress, gj_feed_offset(with->feed), gj_feed_size(with->feed),
                          with->read_count);
    }
    int number = errno;
    batch_submit(with);
    errno = number;
    return status == GJ_DONE ? GJ_OK : status;
}

static bool is_regular(const char *path)
{
    struct stat about;
    return strcmp(path, "-") != 0 && stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

static void log_read(ingestion *with, const char *path)
{
    cli_session *session = with->session;
    with->path = path;
    gj_feed_options options = {.size = sizeof options,
                               .path = path,
                               .source = cli_options_value(with->store.options, CLI_OPTION_SOURCE),
                               .ahead =
                                   is_regular(path) && !with->follows && cli_processors_count() > 1,
                               .follows = with->follows,
                               .payload = with,
                               .on_pause = pause_take};
    errno = 0;
    gj_status status = gj_feed_open(&options, &with->feed);
    if (status == GJ_OK)
        status = feed_read(with);
    if (status != GJ_OK) {
        cli_progress_clear(&with->progress);
        cli_complain(session, CLI_UNREADABLE,
                     CLI_SAY(session, "cannot read all of %s: %s", "未能读完 %s：%s"),
                     cli_file_title(session, path),
                     cli_errno_text(session, status == GJ_NO_MEMORY ? ENOMEM : errno));
    }
    gj_feed_close(with->feed);
    with->feed = NULL;
}

static void logs_read(ingestion *with)
{
    const cli_options *options = with->store.options;
    for (size_t i = 0; i < options->given_count && with->status == GJ_OK && !interrupted; i++)
        if (options->given[i].option == CLI_OPTION_EVENTS)
            log_read(with, options->given[i].value);
    for (size_t i = 0; i < options->operand_count && with->status == GJ_OK && !interrupted; i++)
        log_read(with, options->operands[i]);
}

/* ---- the end ---- */

static void print_more(cli_session *session, uint64_t count, cli_style style, const char *one,
                       const char *many, const char *zh)
{
    if (count == 0)
        return;
    cli_output_add_string(&session->out, CLI_SAY(session, ", ", "，"));
    cli_output_style(&session->out, style);
    cli_count_print(session, count, one, many, zh);
    cli_output_style(&session->out, CLI_PLAIN);
}

static void print_end(ingestion *with)
{
    cli_session *session = with->session;
    const uint64_t *news = with->news.counts;
    cli_output_add_string(&session->out, news[0] + news[1] + news[2] > 0 ? "\n" : "");
    cli_output_add_spaces(&session->out, INDENT);
    cli_output_style(&session->out, CLI_STRONG);
    cli_count_print(session, with->received_count, "# event taken in", "# events taken in",
                    "收入事件#项");
    cli_output_style(&session->out, CLI_PLAIN);
    print_more(session, with->again_count, CLI_PLAIN, "# already there", "# already there",
               "此前已收#项");
    print_more(session, with->conflict_count, CLI_YELLOW, "# in conflict, kept aside",
               "# in conflict, kept aside", "内容冲突另存#项");
    print_more(session, with->refused_count, CLI_YELLOW, "# refused", "# refused", "未收#项");
    print_more(session, with->passed_count, CLI_PLAIN, "# of other procedures passed over",
               "# of other procedures passed over", "其他流程的略过#项");
    print_more(session, with->ahead_count, CLI_PLAIN, "# ahead of the clock",
               "# ahead of the clock", "超前于时钟#项");
    cli_output_add_string(&session->out, "\n");
    cli_output_add_spaces(&session->out, INDENT);
    cli_news_sum_print(&with->news);
    cli_output_add_string(&session->out, CLI_SAY(session, "; clock at ", "；时钟 "));
    gj_instant now = gj_engine_now(with->store.engine);
    if (now == INT64_MIN)
        cli_output_add_string(&session->out, CLI_SAY(session, "no time yet", "未走"));
    else
        cli_minute_print(&session->out, cli_store_judge(&with->store), now);
    cli_output_add_string(&session->out, "\n");
}

static void end_tell(ingestion *with)
{
    cli_session *session = with->session;
    cli_progress_clear(&with->progress);
    if (with->told_count > PROBLEMS_TOLD_MAX)
        cli_mention(session,
                    CLI_SAY(session, "… and %" PRIu64 " more such problems",
                            "……另有 %" PRIu64 " 处类似问题"),
                    with->told_count - PROBLEMS_TOLD_MAX);
    cli_store_complain(&with->store, with->status);
    if (session->format == CLI_TEXT)
        print_end(with);
    if (with->status != GJ_OK || interrupted)
        cli_mention(session, "%s",
                    CLI_SAY(session,
                            "what was taken in is kept; the same command goes on from there",
                            "已收入的均已保存；再次运行同一命令即可继续"));
    if (with->news.counts[GJ_FINDING_ADDED] > 0)
        cli_note(session, CLI_FOUND);
}

static bool check_usage(cli_session *session, const cli_options *options)
{
    size_t count = options->operand_count;
    for (size_t i = 0; i < options->given_count; i++)
        count += options->given[i].option == CLI_OPTION_EVENTS;
    const char *wrong = NULL;
    if (count == 0)
        wrong = CLI_SAY(session, "`ingest` needs a log: --events LOG",
                        "ingest 需要事件日志：--events LOG");
    else if (count > 1 && cli_options_has(options, CLI_OPTION_FOLLOW))
        wrong = CLI_SAY(session, "--follow takes one log", "--follow 只跟踪一个日志");
    if (wrong != NULL)
        cli_complain(session, CLI_USAGE, "%s", wrong);
    return wrong == NULL;
}

static void watch_signals(void)
{
    struct sigaction action = {.sa_handler = interrupt};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

void cli_ingest(cli_session *session, const cli_options *options)
{
    static ingestion with; /* static for its batch */
    with.session = session;
    with.follows = cli_options_has(options, CLI_OPTION_FOLLOW);
    with.news.store = &with.store;
    if (check_usage(session, options) &&
        cli_store_open(&with.store, session, options, CLI_STORE_TELL) &&
        cli_store_has_rules(&with.store)) {
        cli_progress_init(&with.progress, session, CLI_SAY(session, "taking in", "收入"),
                          CLI_SAY(session, "events", "项事件"));
        watch_signals();
        logs_read(&with);
        end_tell(&with);
    }
    cli_batch_clear(&with.batch);
    cli_store_close(&with.store);
}
