/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju may`: what is asked of a store before anything is done: which acts are open to a post in a
 * case, whether an act would deviate and how, and what would cure a finding. Nothing is changed. */
#include <inttypes.h>
#include <string.h>

#include "calendars.h"
#include "command.h"
#include "json.h"
#include "key.h"
#include "news.h"
#include "paragraph.h"
#include "style.h"
#include "table.h"

enum { INDENT = 2, DETAIL_INDENT = 6, ITEMS_MAX = 64 };

typedef struct asking {
    cli_session *session;
    cli_store store;
    cli_table table;
    size_t shown, hidden, added;
    bool can_act; /* of a cure */
} asking;

static bool is_json(const asking *with)
{
    return with->session->format == CLI_JSON;
}

static void print_pair(cli_output *out, const char *key, gj_text value)
{
    if (value.size == 0)
        return;
    cli_output_add_format(out, ",\"%s\":", key);
    cli_json_print_text(out, value);
}

static void comma_print(asking *with)
{
    cli_output_add_string(&with->session->out, with->shown++ > 0 ? ",\n" : "\n");
}

/* Of what time the answer is: of the one that is said, else of where the clock stands, else now. */
static gj_instant answered_at(const asking *with)
{
    gj_instant clock = gj_engine_now(with->store.engine);
    bool says = cli_options_has(with->store.options, CLI_OPTION_AT);
    return says || clock == INT64_MIN ? with->store.asked_at : clock;
}

static void begin_object(const asking *with, const char *list)
{
    gj_instant at = answered_at(with);
    char written[48];
    gj_instant_format(at, gj_judge_offset(cli_store_judge(&with->store), at), written,
                      sizeof written);
    cli_output_add_format(&with->session->out, "{\"at\":\"%s\",\"%s\":[", written, list);
}

/* ---- which acts are open ---- */

static void add_needs(asking *with, const gj_act *act)
{
    cli_session *session = with->session;
    cli_buffer words = {0};
    if (act->need_count == 0) {
        cli_table_add_string(&with->table, CLI_GREEN, CLI_SAY(session, "in order", "可以办理"));
        return;
    }
    cli_buffer_add_string(&words, CLI_SAY(session, "with ", "须有"));
    for (size_t i = 0; i < act->need_count; i++) {
        cli_buffer_add_string(&words, i > 0 ? CLI_SAY(session, ", ", "、") : "");
        cli_buffer_add_text(&words, act->needs[i]);
    }
    cli_table_add(&with->table, CLI_YELLOW, cli_buffer_text(&words));
    cli_buffer_deinit(&words);
}

static bool act_show(void *payload, const gj_act *act)
{
    asking *with = payload;
    if (act->standing == GJ_ACT_DEVIATES) {
        with->hidden++;
        return true;
    }
    cli_table_add(&with->table, CLI_STRONG, act->action);
    cli_table_add(&with->table, CLI_PLAIN,
                  cli_text_equal(act->action, act->action_title) ? (gj_text){0}
                                                                 : act->action_title);
    cli_table_add(&with->table, CLI_PLAIN, act->post_title);
    add_needs(with, act);
    with->shown++;
    return true;
}

static bool act_print(void *payload, const gj_act *act)
{
    static const char *const standings[] = {"open", "needs", "deviates"};
    asking *with = payload;
    cli_output *out = &with->session->out;
    comma_print(with);
    cli_output_add_format(out, "{\"standing\":\"%s\"", standings[act->standing]);
    print_pair(out, "action", act->action);
    print_pair(out, "action_title", act->action_title);
    print_pair(out, "department", act->department);
    print_pair(out, "post", act->post);
    print_pair(out, "post_title", act->post_title);
    cli_output_add_string(out, ",\"needs\":[");
    for (size_t i = 0; i < act->need_count; i++) {
        cli_output_add_string(out, i > 0 ? "," : "");
        cli_json_print_text(out, act->needs[i]);
    }
    cli_output_add_string(out, "],\"codes\":[");
    const char *comma = "";
    for (int code = 0; code < GJ_CODE_COUNT; code++)
        if ((act->codes >> code & 1) != 0) {
            cli_output_add_format(out, "%s\"%s\"", comma, gj_code_name((gj_code)code));
            comma = ",";
        }
    cli_output_add_string(out, "]}");
    return out->error == 0;
}

static void print_hidden(const asking *with)
{
    cli_session *session = with->session;
    if (with->hidden == 0)
        return;
    cli_output_add_spaces(&session->out, INDENT);
    cli_output_style(&session->out, CLI_FAINT);
    if (with->shown == 0)
        cli_output_add_string(&session->out,
                              CLI_SAY(session, "no act is open; ", "没有可以办理的行为；"));
    cli_count_print(session, with->hidden, "# would deviate", "# would deviate",
                    "其余#种办理会产生异常");
    cli_output_style(&session->out, CLI_PLAIN);
    cli_output_add_string(&session->out, "\n");
}

static gj_status ask_acts(asking *with)
{
    static const cli_align aligns[] = {CLI_LEFT, CLI_BENDABLE, CLI_LEFT, CLI_BENDABLE};
    const cli_store *store = &with->store;
    cli_output *out = &with->session->out;
    cli_table_init(&with->table, aligns, sizeof aligns / sizeof *aligns);
    if (is_json(with))
        begin_object(with, "acts");
    gj_status status = gj_engine_acts(store->engine, cli_store_word(store, CLI_OPTION_PROCEDURE),
                                      cli_store_word(store, CLI_OPTION_CASE),
                                      cli_store_word(store, CLI_OPTION_POST), with,
                                      is_json(with) ? act_print : act_show);
    if (is_json(with))
        cli_output_add_string(out, "]}\n");
    else if (status == GJ_OK) {
        cli_table_print(&with->table, INDENT, out);
        print_hidden(with);
    }
    cli_table_deinit(&with->table);
    return status;
}

/* ---- whether an act would deviate ---- */

static void print_change(asking *with, const gj_revision *revision)
{
    cli_session *session = with->session;
    cli_output *out = &session->out;
    const gj_finding *finding = revision->finding;
    bool added = revision->change == GJ_FINDING_ADDED;
    cli_output_add_spaces(out, INDENT);
    cli_output_add_string(out, added ? "+ " : revision->change == GJ_FINDING_CHANGED ? "~ " : "− ");
    cli_severity_print(session, finding->severity);
    cli_output_style(out, CLI_STRONG);
    cli_output_add_format(out, "  %s", gj_code_title(finding->code, session->lang));
    cli_output_style(out, CLI_PLAIN);
    cli_output_add_string(out, "  ");
    cli_output_add_text(out, finding->subject_title.size > 0 ? finding->subject_title
                                                             : finding->subject);
    cli_key_print(session, finding->key_title);
    cli_output_add_string(out, added ? ""
                               : revision->change == GJ_FINDING_WITHDRAWN
                                   ? CLI_SAY(session, "  would be withdrawn", "  将撤回")
                               : finding->status == GJ_CLOSED
                                   ? CLI_SAY(session, "  would be closed", "  将了结")
                                   : CLI_SAY(session, "  would change", "  将变更"));
    cli_output_add_string(out, "\n");
}

static bool change_show(void *payload, const gj_revision *revision)
{
    asking *with = payload;
    cli_output *out = &with->session->out;
    cli_buffer words = {0};
    gj_writer writer = cli_buffer_writer(&words);
    print_change(with, revision);
    with->added += revision->change == GJ_FINDING_ADDED;
    if (revision->change == GJ_FINDING_ADDED &&
        gj_finding_explain(revision->finding, with->session->lang, &writer) == GJ_OK) {
        cli_output_add_spaces(out, DETAIL_INDENT);
        cli_paragraph_print(out, cli_buffer_text(&words), DETAIL_INDENT, DETAIL_INDENT);
    }
    cli_buffer_deinit(&words);
    return true;
}

static bool change_print(void *payload, const gj_revision *revision)
{
    asking *with = payload;
    gj_writer writer = cli_output_writer(&with->session->out);
    comma_print(with);
    with->added += revision->change == GJ_FINDING_ADDED;
    return gj_revision_print(revision, with->session->lang, &writer) == GJ_OK;
}

typedef struct act_told {
    gj_event event;
    gj_datum given[ITEMS_MAX]; /* in the order of the command line */
    size_t given_count;
    gj_datum data[ITEMS_MAX], items[ITEMS_MAX]; /* the items of lists */
    gj_text documents[ITEMS_MAX];
} act_told;

/* "-12.5" */
static bool is_number(const char *value)
{
    value += *value == '-';
    size_t whole = strspn(value, "0123456789");
    const char *rest = value + whole;
    size_t part = *rest == '.' ? strspn(rest + 1, "0123456789") : 0;
    return whole > 0 && (*rest == '\0' || (part > 0 && rest[1 + part] == '\0'));
}

/* "NAME=VALUE"; what looks like a number, true or false is one, unless it stands in quotes. */
static bool datum_make(const asking *with, const char *word, gj_datum *datum)
{
    const char *equals = strchr(word, '=');
    if (equals == NULL || equals == word) {
        cli_complain(
            with->session, CLI_USAGE,
            CLI_SAY(with->session, "`--data %s` is not NAME=VALUE", "--data %s 应写作 名称=值"),
            word);
        return false;
    }
    const char *value = equals + 1;
    size_t size = strlen(value);
    bool truth = strcmp(value, "true") == 0;
    *datum = (gj_datum){.key = {word, (size_t)(equals - word)},
                        .kind = truth || strcmp(value, "false") == 0 ? GJ_DATUM_BOOL
                                : is_number(value)                   ? GJ_DATUM_NUMBER
                                                                     : GJ_DATUM_TEXT,
                        .truth = truth,
                        .text = {value, size}};
    if (size >= 2 && *value == '"' && value[size - 1] == '"')
        datum->text = (gj_text){value + 1, size - 2};
    return true;
}

static bool too_many(const asking *with, const char *option)
{
    cli_complain(with->session, CLI_USAGE,
                 CLI_SAY(with->session, "at most %d times `--%s`", "--%2$s 至多给出 %1$d 次"),
                 ITEMS_MAX, option);
    return false;
}

/* What is given once is a value, what is given several times a list. */
static void data_make(act_told *told)
{
    gj_event *event = &told->event;
    size_t used = 0;
    for (size_t i = 0; i < told->given_count; i++) {
        gj_datum one = told->given[i];
        size_t first = used;
        bool is_told = false;
        for (size_t j = 0; j < i; j++)
            is_told = is_told || cli_text_equal(told->given[j].key, one.key);
        for (size_t j = i; j < told->given_count && !is_told; j++)
            if (cli_text_equal(told->given[j].key, one.key)) {
                told->items[used] = told->given[j];
                told->items[used++].key = (gj_text){0};
            }
        if (is_told)
            continue;
        if (used - first > 1)
            one = (gj_datum){.key = one.key,
                             .kind = GJ_DATUM_LIST,
                             .items = &told->items[first],
                             .item_count = used - first};
        told->data[event->data_count++] = one;
    }
}

static bool act_make(const asking *with, act_told *told)
{
    const cli_options *options = with->store.options;
    const char *at = cli_options_value(options, CLI_OPTION_AT);
    gj_event *event = &told->event;
    *event = (gj_event){.case_id = cli_store_word(&with->store, CLI_OPTION_CASE),
                        .procedure = cli_store_word(&with->store, CLI_OPTION_PROCEDURE),
                        .action = cli_store_word(&with->store, CLI_OPTION_ACTION),
                        .post = cli_store_word(&with->store, CLI_OPTION_POST),
                        .officer = cli_store_word(&with->store, CLI_OPTION_OFFICER),
                        .department = cli_store_word(&with->store, CLI_OPTION_DEPARTMENT),
                        .data = told->data,
                        .documents = told->documents};
    for (size_t i = 0; i < options->given_count; i++) {
        const char *value = options->given[i].value;
        if (options->given[i].option == CLI_OPTION_DATA) {
            if (told->given_count == ITEMS_MAX)
                return too_many(with, "data");
            if (!datum_make(with, value, &told->given[told->given_count++]))
                return false;
        } else if (options->given[i].option == CLI_OPTION_DOCUMENT) {
            if (event->document_count == ITEMS_MAX)
                return too_many(with, "document");
            told->documents[event->document_count++] = (gj_text){value, strlen(value)};
        }
    }
    data_make(told);
    return at == NULL || gj_stamp_parse((gj_text){at, strlen(at)}, &event->at);
}

static void print_problem(const asking *with, const gj_receipt *receipt)
{
    cli_session *session = with->session;
    gj_problem problem = {
        .code = receipt->problem,
        .field = {receipt->field, receipt->field == NULL ? 0 : strlen(receipt->field)},
        .text = receipt->text};
    cli_buffer words = {0};
    gj_writer writer = cli_buffer_writer(&words);
    gj_problem_print(&problem, session->lang, &writer);
    cli_mention(session, "%s", cli_buffer_string(&words));
    cli_buffer_deinit(&words);
    cli_note(session, CLI_UNREADABLE);
}

static void print_verdict(asking *with, const gj_receipt *receipt)
{
    cli_session *session = with->session;
    cli_output *out = &session->out;
    if (receipt->kind == GJ_NOT_RECEIVED)
        return;
    cli_output_add_spaces(out, INDENT);
    cli_output_style(out, with->added > 0 ? CLI_STRONG : CLI_GREEN);
    if (with->added > 0)
        cli_count_print(session, with->added, "it would add # finding", "it would add # findings",
                        "将新增异常#项");
    else
        cli_output_add_string(out, CLI_SAY(session, "in order", "可以办理，无异常"));
    cli_output_style(out, CLI_PLAIN);
    cli_output_add_string(out, "\n");
}

static gj_status ask_check(asking *with)
{
    static const char *const kinds[] = {"received", "received-again", "conflicting",
                                        "not-received"};
    static act_told told;
    cli_output *out = &with->session->out;
    gj_receipt receipt = {.kind = GJ_NOT_RECEIVED};
    if (!act_make(with, &told))
        return GJ_OK;
    if (is_json(with))
        begin_object(with, "changes");
    gj_status status = gj_engine_check(with->store.engine, &told.event, &receipt, with,
                                       is_json(with) ? change_print : change_show);
    if (is_json(with))
        cli_output_add_format(out, "],\"receipt\":\"%s\",\"deviates\":%s}\n", kinds[receipt.kind],
                              with->added > 0 ? "true" : "false");
    else if (status == GJ_OK)
        print_verdict(with, &receipt);
    if (status == GJ_OK && receipt.problem != GJ_PROBLEM_NONE)
        print_problem(with, &receipt);
    return status;
}

/* ---- what cures ---- */

static const char *cure_words(const cli_session *session, gj_cure_kind kind)
{
    switch (kind) {
    case GJ_CURE_ACT:
        return CLI_SAY(session, "do now", "现在办理");
    case GJ_CURE_TOLD_LATE:
        return CLI_SAY(session, "if it was done, tell it", "已办未报的补报");
    case GJ_CURE_CORRECTION:
        return CLI_SAY(session, "if told wrongly, correct it", "登记有误的更正");
    case GJ_CURE_RETRACTION:
        return CLI_SAY(session, "if it did not happen, retract it", "并未发生的撤销");
    }
    return "";
}

static bool cure_show(void *payload, const gj_cure *cure)
{
    asking *with = payload;
    cli_session *session = with->session;
    with->can_act = with->can_act || cure->kind == GJ_CURE_ACT;
    cli_table_add_string(&with->table, CLI_PLAIN, cure_words(session, cure->kind));
    cli_table_add(&with->table, CLI_STRONG,
                  cure->action_title.size > 0 ? cure->action_title : cure->action);
    cli_table_add(&with->table, CLI_PLAIN, cure->post_title);
    cli_table_add_string(&with->table, CLI_GREEN,
                         cure->withdraws ? CLI_SAY(session, "withdraws it", "撤回该异常")
                                         : CLI_SAY(session, "closes it", "了结该异常"));
    cli_table_add_string(
        &with->table, CLI_YELLOW,
        cure->is_in_order ? "" : CLI_SAY(session, "but deviates itself", "但会另生异常"));
    with->shown++;
    return true;
}

static bool cure_print(void *payload, const gj_cure *cure)
{
    static const char *const kinds[] = {"act", "told-late", "correction", "retraction"};
    asking *with = payload;
    cli_output *out = &with->session->out;
    comma_print(with);
    cli_output_add_format(out, "{\"kind\":\"%s\"", kinds[cure->kind]);
    print_pair(out, "action", cure->action);
    print_pair(out, "action_title", cure->action_title);
    print_pair(out, "post", cure->post);
    print_pair(out, "event", cure->event);
    cli_output_add_format(out, ",\"withdraws\":%s,\"in_order\":%s}",
                          cure->withdraws ? "true" : "false", cure->is_in_order ? "true" : "false");
    return out->error == 0;
}

/* An open finding of the case, kept until its turn comes. */
typedef struct open_finding {
    char id[33];
    gj_code code;
    gj_severity severity;
    cli_buffer subject;
} open_finding;

typedef struct open_findings {
    open_finding items[ITEMS_MAX];
    size_t count;
} open_findings;

static bool finding_keep(void *payload, const gj_finding_row *row)
{
    open_findings *all = payload;
    open_finding *one = &all->items[all->count++];
    *one = (open_finding){.code = row->code, .severity = row->severity};
    size_t size = row->id.size < sizeof one->id ? row->id.size : sizeof one->id - 1;
    memcpy(one->id, row->id.bytes, size);
    cli_buffer_add_text(&one->subject,
                        row->subject_title.size > 0 ? row->subject_title : row->subject);
    return all->count < ITEMS_MAX;
}

static void print_patient(asking *with, const open_finding *one)
{
    cli_session *session = with->session;
    cli_output *out = &session->out;
    if (is_json(with)) {
        cli_output_add_format(out, "%s{\"finding\":\"%s\",\"code\":\"%s\",\"cures\":[",
                              with->hidden++ > 0 ? ",\n" : "\n", one->id, gj_code_name(one->code));
        with->shown = 0;
        return;
    }
    cli_output_add_string(out, with->hidden++ > 0 ? "\n" : "");
    cli_output_add_spaces(out, INDENT);
    cli_finding_head_print(session, one->severity, one->code, cli_buffer_text(&one->subject));
    cli_output_add_string(out, "\n");
}

static gj_status ask_cure(asking *with, const open_finding *one)
{
    static const cli_align aligns[] = {CLI_LEFT, CLI_BENDABLE, CLI_LEFT, CLI_LEFT, CLI_LEFT};
    const cli_store *store = &with->store;
    cli_session *session = with->session;
    print_patient(with, one);
    with->can_act = false;
    cli_table_init(&with->table, aligns, sizeof aligns / sizeof *aligns);
    gj_status status =
        gj_engine_cures(store->engine, cli_store_word(store, CLI_OPTION_PROCEDURE),
                        cli_store_word(store, CLI_OPTION_CASE), (gj_text){one->id, strlen(one->id)},
                        with, is_json(with) ? cure_print : cure_show);
    if (is_json(with))
        cli_output_add_string(&session->out, "]}");
    else {
        cli_table_print(&with->table, DETAIL_INDENT, &session->out);
        if (!with->can_act) {
            cli_output_add_spaces(&session->out, DETAIL_INDENT);
            cli_output_style(&session->out, CLI_FAINT);
            cli_output_add_string(&session->out,
                                  CLI_SAY(session, "nothing that can be done now cures it\n",
                                          "现在办理任何行为均不能消除该异常\n"));
            cli_output_style(&session->out, CLI_PLAIN);
        }
    }
    cli_table_deinit(&with->table);
    return status;
}

static gj_status ask_cures(asking *with)
{
    static open_findings all;
    cli_session *session = with->session;
    gj_finding_filter filter = {.size = sizeof filter,
                                .procedure = cli_store_word(&with->store, CLI_OPTION_PROCEDURE),
                                .case_id = cli_store_word(&with->store, CLI_OPTION_CASE),
                                .statuses = 1u << GJ_OPEN};
    gj_status status = gj_engine_findings(with->store.engine, &filter, &all, finding_keep);
    if (is_json(with))
        begin_object(with, "findings");
    for (size_t i = 0; i < all.count; i++) {
        status = status == GJ_OK ? ask_cure(with, &all.items[i]) : status;
        cli_buffer_deinit(&all.items[i].subject);
    }
    if (is_json(with))
        cli_output_add_string(&session->out, "]}\n");
    else if (status == GJ_OK && all.count == 0) {
        cli_output_add_spaces(&session->out, INDENT);
        cli_output_add_string(&session->out,
                              CLI_SAY(session, "nothing is open\n", "没有未结的异常\n"));
    }
    return status;
}

/* ---- which of them ---- */

static void complain(const asking *with, gj_status status)
{
    cli_session *session = with->session;
    if (status == GJ_UNKNOWN)
        cli_complain(
            session, CLI_USAGE, "%s",
            cli_options_has(with->store.options, CLI_OPTION_POST)
                ? CLI_SAY(session,
                          "there is no such case or post; of several procedures in force: "
                          "--procedure NAME",
                          "没有该办件或岗位；现行流程不止一个的，请以 --procedure 名称 指明")
                : CLI_SAY(session,
                          "there is no such case; of several procedures in force: "
                          "--procedure NAME",
                          "没有该办件；现行流程不止一个的，请以 --procedure 名称 指明"));
    else
        cli_store_complain(&with->store, status);
}

/* What is asked is asked of the time that is said, else of where the clock stands; of a store whose
 * clock has never moved, of now. */
static bool settle_now(asking *with)
{
    const char *at = cli_options_value(with->store.options, CLI_OPTION_AT);
    if (at != NULL)
        return cli_store_instant(&with->store, at, &with->store.asked_at);
    if (gj_engine_now(with->store.engine) == INT64_MIN)
        with->store.asked_at = cli_now();
    return true;
}

/* Of when the answer is, since that is seldom the time of day. */
static void print_when(const asking *with)
{
    cli_session *session = with->session;
    cli_output *out = &session->out;
    gj_instant clock = gj_engine_now(with->store.engine);
    bool says = cli_options_has(with->store.options, CLI_OPTION_AT);
    cli_output_add_spaces(out, INDENT);
    cli_output_style(out, CLI_FAINT);
    cli_output_add_string(out, CLI_SAY(session, "as of ", "截至 "));
    cli_minute_print(out, cli_store_judge(&with->store), answered_at(with));
    cli_output_add_string(
        out, says ? ""
             : clock == INT64_MIN
                 ? CLI_SAY(session, ", now", "（现在）")
                 : CLI_SAY(session, ", where the store's clock stands", "（存储文件的时钟）"));
    cli_output_style(out, CLI_PLAIN);
    cli_output_add_string(out, "\n");
}

static bool check_usage(cli_session *session, const cli_options *options)
{
    const char *action = cli_options_value(options, CLI_OPTION_ACTION);
    if (!cli_options_has(options, CLI_OPTION_CASE))
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "`may` needs a case: --case ID", "may 需要办件：--case ID"));
    else if (action != NULL && *action == '\0')
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session,
                             "`--action` names no act; without it `may` lists those that are open",
                             "--action 未写明行为；不写 --action 则列出可以办理的行为"));
    else
        return true;
    return false;
}

void cli_may(cli_session *session, const cli_options *options)
{
    asking with = {.session = session};
    if (check_usage(session, options) &&
        cli_store_open(&with.store, session, options, CLI_STORE_READ) &&
        cli_store_has_rules(&with.store) && settle_now(&with)) {
        gj_status status = cli_options_has(options, CLI_OPTION_CURES)    ? ask_cures(&with)
                           : cli_options_has(options, CLI_OPTION_ACTION) ? ask_check(&with)
                                                                         : ask_acts(&with);
        complain(&with, status);
        if (status == GJ_OK && !is_json(&with))
            print_when(&with);
        if (with.added > 0)
            cli_note(session, CLI_FOUND);
    }
    cli_store_close(&with.store);
}
