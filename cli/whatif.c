/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju whatif`: the whole history of a store judged by other rules, and each case whose findings
 * would be others, with the event from which on they are. Findings are the same where their
 * identity is (docs/LANGUAGE.md), whatever days were counted; one that is open under either and
 * closed under the other is another. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "calendars.h"
#include "command.h"
#include "json.h"
#include "key.h"
#include "news.h"
#include "program.h"
#include "progress.h"
#include "style.h"
#include "width.h"

enum { INDENT = 2, DETAIL_INDENT = 6 };

/* A finding, as far as it is compared and shown. */
typedef struct found {
    char id[33];
    gj_code code;
    gj_severity severity;
    gj_finding_status status;
    gj_instant at;
    cli_buffer subject, key, event;
    bool matched;
} found;

typedef struct found_set {
    found *items;
    size_t count;
    bool failed;
} found_set;

typedef struct comparison {
    cli_session *session;
    cli_store store;
    cli_program program;
    cli_progress progress;
    found_set was, is;
    uint64_t case_count, changed_count, more_count, fewer_count, skipped_count, total;
    gj_status status;
} comparison;

/* ---- what is found ---- */

static void set_clear(found_set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        cli_buffer_deinit(&set->items[i].subject);
        cli_buffer_deinit(&set->items[i].key);
        cli_buffer_deinit(&set->items[i].event);
    }
    free(set->items);
    *set = (found_set){0};
}

static void set_take(found_set *set, const gj_case_result *result)
{
    set->items = calloc(result->finding_count + 1, sizeof *set->items);
    set->failed = set->items == NULL;
    for (size_t i = 0; !set->failed && i < result->finding_count; i++) {
        const gj_finding *finding = &result->findings[i];
        found *one = &set->items[set->count++];
        *one = (found){.code = finding->code,
                       .severity = finding->severity,
                       .status = finding->status,
                       .at = finding->at};
        memcpy(one->id, finding->id, sizeof one->id);
        cli_buffer_add_text(&one->subject, finding->subject_title.size > 0 ? finding->subject_title
                                                                           : finding->subject);
        cli_buffer_add_text(&one->key, finding->key);
        cli_buffer_add_text(&one->event, finding->event);
    }
}

static void was_take(void *payload, const gj_rule_set *rules, const gj_coverage *coverage,
                     const gj_case_result *result)
{
    (void)rules;
    (void)coverage;
    set_take(&((comparison *)payload)->was, result);
}

static void is_take(void *payload, const gj_rule_set *rules, const gj_coverage *coverage,
                    const gj_case_result *result)
{
    (void)rules;
    (void)coverage;
    set_take(&((comparison *)payload)->is, result);
}

static const gj_judge *judge_find(const comparison *with, gj_text procedure)
{
    for (size_t i = 0; i < with->program.bound_count; i++)
        if (cli_text_equal(
                gj_image_procedure_name(with->program.image, with->program.bound[i].index),
                procedure))
            return with->program.bound[i].judge;
    return NULL;
}

/* ---- what differs ---- */

static bool is_alike(const found *a, const found *b)
{
    return strcmp(a->id, b->id) == 0 && a->status == b->status && a->severity == b->severity;
}

/* Those that both have are passed over. */
static size_t sets_match(found_set *was, found_set *is)
{
    size_t left = was->count + is->count;
    for (size_t i = 0; i < was->count; i++)
        for (size_t j = 0; j < is->count && !was->items[i].matched; j++)
            if (!is->items[j].matched && is_alike(&was->items[i], &is->items[j])) {
                was->items[i].matched = is->items[j].matched = true;
                left -= 2;
            }
    return left;
}

/* The earliest that differs, of either. */
static const found *first_find(const found_set *was, const found_set *is)
{
    const found_set *const sets[] = {was, is};
    const found *first = NULL;
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < sets[i]->count; j++) {
            const found *one = &sets[i]->items[j];
            if (!one->matched && (first == NULL || one->at < first->at))
                first = one;
        }
    return first;
}

/* ---- text ---- */

static void print_found(comparison *with, const found *one, bool is_new)
{
    cli_session *session = with->session;
    cli_output *out = &session->out;
    cli_output_add_spaces(out, DETAIL_INDENT);
    cli_output_style(out, is_new ? CLI_PLAIN : CLI_GREEN);
    cli_output_add_string(out, is_new ? "+ " : "− ");
    cli_output_style(out, CLI_PLAIN);
    cli_severity_print(session, one->severity);
    cli_output_add_string(out, "  ");
    cli_output_style(out, CLI_FAINT);
    cli_output_add_string(out, one->status == GJ_OPEN ? CLI_SAY(session, "open    ", "未结  ")
                                                      : CLI_SAY(session, "closed  ", "已结  "));
    cli_output_style(out, CLI_STRONG);
    cli_output_add_string(out, gj_code_title(one->code, session->lang));
    cli_output_style(out, CLI_PLAIN);
    cli_output_add_string(out, "  ");
    cli_output_add_text(out, cli_buffer_text(&one->subject));
    cli_key_print(session, cli_buffer_text(&one->key));
    cli_output_add_string(out, "\n");
}

static void print_case(comparison *with, const gj_case_row *row, const found *first)
{
    cli_session *session = with->session;
    cli_output *out = &session->out;
    cli_output_add_spaces(out, INDENT);
    cli_output_style(out, CLI_STRONG);
    cli_output_add_text(out, row->case_id);
    cli_output_style(out, CLI_FAINT);
    cli_output_add_string(out, CLI_SAY(session, "  from ", "  始于 "));
    cli_minute_print(out, row->judge, first->at);
    if (first->event.size > 0) {
        cli_output_add_string(out, CLI_SAY(session, ", event ", "，事件 "));
        cli_output_add_text(out, cli_buffer_text(&first->event));
    } else
        cli_output_add_string(out, CLI_SAY(session, ", by time alone", "，时间届至"));
    cli_output_style(out, CLI_PLAIN);
    cli_output_add_string(out, "\n");
    for (size_t i = 0; i < with->was.count; i++)
        if (!with->was.items[i].matched)
            print_found(with, &with->was.items[i], false);
    for (size_t i = 0; i < with->is.count; i++)
        if (!with->is.items[i].matched)
            print_found(with, &with->is.items[i], true);
}

static void print_end(const comparison *with)
{
    cli_session *session = with->session;
    cli_output *out = &session->out;
    cli_output_add_string(out, with->changed_count > 0 ? "\n" : "");
    cli_output_add_spaces(out, INDENT);
    cli_output_style(out, CLI_STRONG);
    cli_count_print(session, with->case_count, "# case judged", "# cases judged", "审核办件#件");
    cli_output_add_string(out, CLI_SAY(session, ", ", "，"));
    cli_count_print(session, with->changed_count, "# would change", "# would change", "有变化#件");
    cli_output_style(out, CLI_PLAIN);
    cli_output_add_string(out, CLI_SAY(session, "   ", "   "));
    cli_count_print(session, with->more_count, "# finding more", "# findings more", "多出异常#项");
    cli_output_add_string(out, CLI_SAY(session, ", ", "，"));
    cli_count_print(session, with->fewer_count, "# fewer", "# fewer", "减少#项");
    if (with->skipped_count > 0) {
        cli_output_add_string(out, CLI_SAY(session, "; ", "；"));
        cli_count_print(session, with->skipped_count, "# of other procedures passed over",
                        "# of other procedures passed over", "其他流程的#件略过");
    }
    cli_output_add_string(out, "\n");
}

/* ---- data ---- */

static void print_found_objects(comparison *with, const found_set *set, const char *key)
{
    cli_output *out = &with->session->out;
    const char *comma = "";
    cli_output_add_format(out, ",\"%s\":[", key);
    for (size_t i = 0; i < set->count; i++) {
        const found *one = &set->items[i];
        if (one->matched)
            continue;
        cli_output_add_format(
            out, "%s{\"id\":\"%s\",\"code\":\"%s\",\"severity\":\"%s\",\"status\":", comma, one->id,
            gj_code_name(one->code), gj_severity_name(one->severity));
        cli_output_add_string(out, one->status == GJ_OPEN ? "\"open\"" : "\"closed\"");
        cli_output_add_string(out, ",\"subject\":");
        cli_json_print_text(out, cli_buffer_text(&one->subject));
        if (one->key.size > 0) {
            cli_output_add_string(out, ",\"key\":");
            cli_json_print_text(out, cli_buffer_text(&one->key));
        }
        cli_output_add_string(out, "}");
        comma = ",";
    }
    cli_output_add_string(out, "]");
}

static void print_case_object(comparison *with, const gj_case_row *row, const found *first)
{
    cli_output *out = &with->session->out;
    char at[48];
    gj_instant_format(first->at, gj_judge_offset(row->judge, first->at), at, sizeof at);
    cli_output_add_string(out, with->changed_count > 1 ? ",\n{\"case\":" : "\n{\"case\":");
    cli_json_print_text(out, row->case_id);
    cli_output_add_string(out, ",\"procedure\":");
    cli_json_print_text(out, row->procedure);
    cli_output_add_format(out, ",\"from\":\"%s\"", at);
    if (first->event.size > 0) {
        cli_output_add_string(out, ",\"event\":");
        cli_json_print_text(out, cli_buffer_text(&first->event));
    }
    print_found_objects(with, &with->was, "fewer");
    print_found_objects(with, &with->is, "more");
    cli_output_add_string(out, "}");
}

/* ---- case by case ---- */

static void case_tell(comparison *with, const gj_case_row *row)
{
    const found *first = first_find(&with->was, &with->is);
    with->changed_count++;
    for (size_t i = 0; i < with->was.count; i++)
        with->fewer_count += !with->was.items[i].matched;
    for (size_t i = 0; i < with->is.count; i++)
        with->more_count += !with->is.items[i].matched;
    cli_progress_clear(&with->progress);
    if (with->session->format == CLI_JSON)
        print_case_object(with, row, first);
    else
        print_case(with, row, first);
}

static gj_status case_judge(comparison *with, const gj_case_row *row, const gj_judge *instead,
                            void (*take)(void *payload, const gj_rule_set *rules,
                                         const gj_coverage *coverage, const gj_case_result *result))
{
    const gj_case_question question = {.size = sizeof question,
                                       .procedure = row->procedure,
                                       .case_id = row->case_id,
                                       .until = GJ_NEVER,
                                       .instead = instead,
                                       .payload = with,
                                       .on_case = take};
    gj_status status = gj_engine_judge(with->store.engine, &question);
    return status == GJ_UNKNOWN ? GJ_OK : status; /* nothing of it has happened yet */
}

static bool case_compare(void *payload, const gj_case_row *row)
{
    comparison *with = payload;
    const gj_judge *judge = judge_find(with, row->procedure);
    if (judge == NULL) {
        with->skipped_count++;
        return true;
    }
    with->case_count++;
    with->status = case_judge(with, row, NULL, was_take);
    if (with->status == GJ_OK)
        with->status = case_judge(with, row, judge, is_take);
    if (with->was.failed || with->is.failed)
        with->status = GJ_NO_MEMORY;
    if (with->status == GJ_OK && sets_match(&with->was, &with->is) > 0)
        case_tell(with, row);
    set_clear(&with->was);
    set_clear(&with->is);
    cli_progress_step(&with->progress, with->case_count, with->total, with->case_count);
    return with->status == GJ_OK && with->session->out.error == 0;
}

static void compare(comparison *with)
{
    cli_session *session = with->session;
    bool whole = session->format == CLI_JSON;
    cli_progress_init(&with->progress, session, CLI_SAY(session, "judging", "审核"),
                      CLI_SAY(session, "cases", "件"));
    with->total = gj_engine_case_count(with->store.engine);
    cli_output_add_string(&session->out, whole ? "{\"cases\":[" : "");
    gj_status status = gj_engine_cases(with->store.engine, (gj_text){NULL, 0}, with, case_compare);
    cli_progress_clear(&with->progress);
    cli_store_complain(&with->store, status != GJ_OK ? status : with->status);
    if (whole)
        cli_output_add_format(&session->out,
                              "],\n\"judged\":%" PRIu64 ",\"changed\":%" PRIu64 ",\"more\":%" PRIu64
                              ",\"fewer\":%" PRIu64 "}\n",
                              with->case_count, with->changed_count, with->more_count,
                              with->fewer_count);
    else if (status == GJ_OK)
        print_end(with);
    if (with->changed_count > 0)
        cli_note(session, CLI_FOUND);
}

void cli_whatif(cli_session *session, const cli_options *options)
{
    comparison with = {.session = session};
    if (options->operand_count != 1)
        cli_complain(
            session, CLI_USAGE, "%s",
            CLI_SAY(session, "`whatif` takes one image or source", "whatif 需要一个映像或源文件"));
    else if (cli_program_open(&with.program, session, options, options->operands[0]) &&
             cli_program_bind(&with.program, session, options) &&
             cli_store_open(&with.store, session, options, CLI_STORE_READ) &&
             cli_store_has_rules(&with.store))
        compare(&with);
    cli_store_close(&with.store);
    cli_program_deinit(&with.program);
}
