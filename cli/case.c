/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju case`: one case of a log, as it stood at an instant, or how one of its limits was
 * counted. */
#include "case.h"

#include <stdlib.h>
#include <string.h>

#include "calendars.h"
#include "command.h"
#include "store.h"
#include "strip.h"

typedef struct visit {
    cli_review *review;
    const gj_coverage *coverage;
    size_t visited, shown; /* cases */
    bool over;             /* a limit that was asked for is, or was, late */
} visit;

static const char *wanted_limit(const cli_review *review)
{
    return cli_options_value(review->options, CLI_OPTION_WHY);
}

/* ---- which limits ---- */

/* By name or title; in a branch with or without it before. */
static bool answers_to(const gj_account *account, gj_text wanted)
{
    gj_text names[][2] = {{account->branch, account->limit},
                          {account->branch_title, account->limit_title}};
    for (size_t i = 0; i < 2; i++) {
        gj_text branch = names[i][0], name = names[i][1], rest = wanted;
        if (branch.size > 0 && wanted.size > branch.size && wanted.bytes[branch.size] == '/' &&
            memcmp(wanted.bytes, branch.bytes, branch.size) == 0)
            rest = (gj_text){wanted.bytes + branch.size + 1, wanted.size - branch.size - 1};
        if (cli_text_equal(rest, name) || cli_text_equal(wanted, name))
            return true;
    }
    return false;
}

/* All of them where none is asked for by name. False where memory ends. */
static bool accounts_make(cli_review *review, const gj_case_result *result, cli_accounts *accounts)
{
    const char *word = wanted_limit(review);
    accounts->count = 0;
    accounts->items = calloc(result->account_count + 1, sizeof *accounts->items);
    if (accounts->items == NULL) {
        cli_complain_status(review->session, GJ_NO_MEMORY);
        return false;
    }
    for (size_t i = 0; i < result->account_count; i++)
        if (word == NULL || answers_to(&result->accounts[i], (gj_text){word, strlen(word)}))
            accounts->items[accounts->count++] = &result->accounts[i];
    return true;
}

static bool is_limit_of(const gj_coverage *coverage, gj_text wanted)
{
    for (size_t i = 0; i < gj_coverage_count(coverage); i++) {
        gj_coverage_item item = gj_coverage_get(coverage, i);
        gj_account named = {.limit = item.name,
                            .limit_title = item.title,
                            .branch = item.branch,
                            .branch_title = item.branch};
        if (item.kind == GJ_SUBJECT_LIMIT && answers_to(&named, wanted))
            return true;
    }
    return false;
}

/* There is no such limit, or it has not begun. */
static void tell_none(const visit *v)
{
    cli_session *session = v->review->session;
    const char *word = wanted_limit(v->review);
    if (is_limit_of(v->coverage, (gj_text){word, strlen(word)})) {
        cli_mention(session,
                    CLI_SAY(session,
                            "the limit `%s` has not begun in this case by then, or no length of "
                            "time is counted in it",
                            "截至该时刻，本件的时限 %s 尚未起算，或者不按时间长度计算"),
                    word);
        return;
    }
    cli_buffer words = {0};
    for (size_t i = 0; i < gj_coverage_count(v->coverage); i++) {
        gj_coverage_item item = gj_coverage_get(v->coverage, i);
        if (item.kind != GJ_SUBJECT_LIMIT)
            continue;
        cli_buffer_add_string(&words, words.size > 0 ? CLI_SAY(session, ", ", "、") : "");
        cli_buffer_add_text(&words, item.branch);
        cli_buffer_add_string(&words, item.branch.size > 0 ? "/" : "");
        cli_buffer_add_text(&words, item.name);
    }
    cli_complain(session, CLI_USAGE,
                 words.size > 0 ? CLI_SAY(session, "there is no limit `%s`; there are: %s",
                                          "没有时限 %s；现有：%s")
                                : CLI_SAY(session, "there is no limit `%s`%s", "没有时限 %s%s"),
                 word, cli_buffer_string(&words));
    cli_buffer_deinit(&words);
}

/* ---- one case ---- */

static void print_whole(const visit *v, const gj_case_result *result)
{
    cli_session *session = v->review->session;
    cli_case_print(v->review, result);
    cli_case_limits_print(session, result);
    if (result->held_count > 0)
        cli_section_print(session, "Who held the case", "各持有人用时");
    cli_held_print(session, result->held, result->held_count);
    cli_case_rules_print(session, v->coverage);
}

static void print_accounts(const visit *v, const gj_case_result *result,
                           const cli_accounts *accounts)
{
    cli_session *session = v->review->session;
    for (size_t i = 0; i < accounts->count; i++) {
        cli_output_add_string(&session->out, i > 0 ? "\n\n" : "");
        cli_account_print(session, result->case_id, accounts->items[i]);
    }
}

static void print_data(visit *v, const gj_case_result *result, const cli_accounts *accounts)
{
    cli_output_add_string(&v->review->session->out, v->shown > 0 ? ",\n" : "\n");
    cli_case_data_print(v->review, result, accounts,
                        wanted_limit(v->review) == NULL ? v->coverage : NULL);
}

static void print_case(visit *v, const gj_case_result *result, const cli_accounts *accounts)
{
    cli_session *session = v->review->session;
    if (session->format == CLI_JSON)
        print_data(v, result, accounts);
    else if (session->format == CLI_SVG)
        cli_strips_draw(session, result->case_id, accounts->items, accounts->count);
    else {
        cli_output_add_string(&session->out, v->shown > 0 ? "\n" : "");
        if (wanted_limit(v->review) != NULL)
            print_accounts(v, result, accounts);
        else if (cli_options_has(v->review->options, CLI_OPTION_RULES))
            cli_case_verdicts_print(session, result);
        else
            print_whole(v, result);
    }
}

static bool visit_case(void *payload, const gj_case_result *result)
{
    visit *v = payload;
    cli_review *review = v->review;
    cli_accounts accounts;
    if (!accounts_make(review, result, &accounts))
        return false;
    for (size_t i = 0; i < accounts.count; i++)
        v->over = v->over || accounts.items[i]->over > 0;
    if (wanted_limit(review) != NULL && accounts.count == 0)
        tell_none(v);
    else {
        print_case(v, result, &accounts);
        v->shown++;
    }
    if (wanted_limit(review) != NULL ? v->over : result->finding_count > 0)
        cli_note(review->session, CLI_FOUND);
    v->visited++;
    free(accounts.items);
    return true;
}

static void tell_not_begun(const cli_review *review)
{
    cli_mention(review->session,
                CLI_SAY(review->session, "the case `%s` had not begun then",
                        "截至该时刻，办件 %s 尚未开始"),
                cli_options_value(review->options, CLI_OPTION_CASE));
}

static void judge_case(visit *v, cli_part *part, size_t index)
{
    cli_review *review = v->review;
    gj_docket_judging judging = part->judging;
    size_t before = v->visited;
    gj_coverage *coverage = NULL;
    gj_status status = gj_coverage_create(part->judge, &coverage);
    v->coverage = coverage;
    review->part = part;
    judging.payload = v;
    judging.with_steps = judging.with_state = judging.with_accounts = true;
    judging.coverage = coverage;
    judging.on_case = visit_case;
    status = status == GJ_OK ? gj_docket_judge_case(part->docket, index, &judging) : status;
    cli_complain_status(review->session, status);
    if (status == GJ_OK && v->visited == before)
        tell_not_begun(review);
    gj_coverage_destroy(coverage);
    v->coverage = NULL;
}

/* ---- the cases of that number ---- */

/* Since each procedure numbers its own. */
static size_t parts_count(const cli_review *review, const char *id)
{
    size_t count = 0;
    for (size_t i = 0; i < review->part_count; i++) {
        const gj_docket *docket = review->parts[i].docket;
        count += cli_review_find(docket, id) < gj_docket_case_count(docket);
    }
    return count;
}

static void judge_all(cli_review *review, const char *id)
{
    visit v = {.review = review};
    for (size_t i = 0; i < review->part_count; i++) {
        cli_part *part = &review->parts[i];
        size_t index = cli_review_find(part->docket, id);
        if (index < gj_docket_case_count(part->docket))
            judge_case(&v, part, index);
    }
}

static void print_cases(cli_review *review)
{
    cli_session *session = review->session;
    const char *id = cli_options_value(review->options, CLI_OPTION_CASE);
    size_t count = parts_count(review, id);
    if (count == 0)
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "the log has no case `%s`", "日志中没有办件 %s"), id);
    else if (count > 1 && session->format == CLI_SVG)
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session,
                             "several procedures have a case `%s`; say which with --procedure NAME",
                             "多个流程中有办件 %s，请以 --procedure 名称 指明一个"),
                     id);
    else if (session->format != CLI_JSON)
        judge_all(review, id);
    else {
        cli_output_add_format(&session->out, "{\"image\":\"%s\",\n\"cases\":[",
                              gj_image_identity(review->program.image));
        judge_all(review, id);
        cli_output_add_string(&session->out, "]}\n");
    }
}

/* ---- of a store ---- */

typedef struct looking {
    visit visit;
    const cli_store *store;
    cli_part part;
    gj_instant until; /* GJ_NEVER: where the store's clock stands */
} looking;

static void look_at_case(void *payload, const gj_rule_set *rules, const gj_coverage *coverage,
                         const gj_case_result *result)
{
    looking *with = payload;
    gj_instant now = gj_engine_now(with->store->engine);
    with->part = (cli_part){.judge = rules->judge,
                            .name = rules->procedure,
                            .title = rules->title,
                            .version = rules->version,
                            .judging = {.until = with->until == GJ_NEVER ? now : with->until}};
    with->visit.review->part = &with->part;
    with->visit.coverage = coverage;
    visit_case(&with->visit, result);
    with->visit.coverage = NULL;
}

/* The case of that number in one procedure, where it has one. */
static bool look_in(void *payload, const gj_rule_set *rules)
{
    looking *with = payload;
    gj_text wanted = cli_store_word(with->store, CLI_OPTION_PROCEDURE);
    gj_case_question question = {.size = sizeof question,
                                 .procedure = rules->procedure,
                                 .case_id = cli_store_word(with->store, CLI_OPTION_CASE),
                                 .until = with->until,
                                 .payload = with,
                                 .on_case = look_at_case};
    if (!rules->in_force || (wanted.size > 0 && !cli_text_equal(wanted, rules->procedure) &&
                             !cli_text_equal(wanted, rules->title)))
        return true;
    gj_status status = gj_engine_judge(with->store->engine, &question);
    if (status != GJ_UNKNOWN)
        cli_store_complain(with->store, status);
    return with->visit.review->session->status < CLI_USAGE;
}

static void print_of_store(cli_review *review, const cli_store *store)
{
    cli_session *session = review->session;
    looking with = {.visit = {.review = review}, .store = store, .until = GJ_NEVER};
    const char *at = cli_options_value(review->options, CLI_OPTION_AT);
    if (at != NULL && !cli_store_instant(store, at, &with.until))
        return;
    if (session->format == CLI_JSON)
        cli_output_add_string(&session->out, "{\"cases\":[");
    gj_engine_rule_sets(store->engine, &with, look_in);
    if (session->format == CLI_JSON)
        cli_output_add_string(&session->out, "]}\n");
    if (with.visit.visited == 0 && session->status < CLI_USAGE)
        cli_complain(session, CLI_USAGE,
                     at == NULL
                         ? CLI_SAY(session, "the store has no case `%s`", "存储中没有办件 %s")
                         : CLI_SAY(session, "the store has no case `%s` that had begun then",
                                   "存储中没有截至该时刻已开始的办件 %s"),
                     cli_options_value(review->options, CLI_OPTION_CASE));
}

static void case_of_store(cli_session *session, const cli_options *options)
{
    cli_store store = {0};
    cli_review review = {.session = session, .options = options, .part_count = 1};
    if (options->operand_count > 0 || cli_options_has(options, CLI_OPTION_EVENTS))
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session,
                             "a case of a store is judged by the store's own rules; leave "
                             "the image and --events out",
                             "存储中的办件按存储自身的规则审核，不能另给映像或 --events"));
    else if (cli_store_open(&store, session, options, CLI_STORE_READ) &&
             cli_store_has_rules(&store))
        print_of_store(&review, &store);
    cli_buffer_deinit(&review.scratch);
    cli_store_close(&store);
}

void cli_case(cli_session *session, const cli_options *options)
{
    cli_review review = {0};
    if (!cli_options_has(options, CLI_OPTION_CASE)) {
        cli_complain(
            session, CLI_USAGE, "%s",
            CLI_SAY(session, "`case` needs a case: --case ID", "case 需要办件：--case ID"));
        return;
    }
    if (cli_options_has(options, CLI_OPTION_DB)) {
        case_of_store(session, options);
        return;
    }
    if (cli_review_open(&review, session, options) && cli_review_read(&review))
        print_cases(&review);
    cli_review_deinit(&review);
}
