/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju findings`: what was found in the cases of a store, a line each, the gravest first; by
 * procedure, case, department, post and kind; open, or withdrawn. */
#include <string.h>

#include "command.h"
#include "json.h"
#include "key.h"
#include "store.h"
#include "style.h"
#include "table.h"

enum { INDENT = 2 };

typedef struct listing {
    cli_session *session;
    cli_table table;
    uint64_t count, severities[3];
} listing;

/* ---- text ---- */

static void add_subject(listing *with, const gj_finding_row *row)
{
    cli_buffer words = {0};
    cli_buffer_add_text(&words, row->subject_title.size > 0 ? row->subject_title : row->subject);
    cli_key_say(with->session->lang, row->key, &words);
    cli_table_add(&with->table, CLI_PLAIN, cli_buffer_text(&words));
    cli_buffer_deinit(&words);
}

/* The post; where that is not known, its department. */
static void add_who(listing *with, const gj_finding_row *row)
{
    cli_table_add(&with->table, CLI_PLAIN,
                  row->post_title.size > 0 ? row->post_title : row->department_title);
}

static const char *status_words(const cli_session *session, gj_finding_status status)
{
    switch (status) {
    case GJ_OPEN:
        return CLI_SAY(session, "open", "未结");
    case GJ_CLOSED:
        return CLI_SAY(session, "closed", "已结");
    case GJ_WITHDRAWN:
        return CLI_SAY(session, "withdrawn", "撤回");
    }
    return "";
}

static bool row_add(void *payload, const gj_finding_row *row)
{
    listing *with = payload;
    cli_session *session = with->session;
    cli_buffer mark = {0};
    char day[48] = "";
    with->count++;
    with->severities[row->severity]++;
    cli_buffer_add_format(&mark, "● %s", gj_severity_title(row->severity, session->lang));
    cli_table_add(&with->table, cli_style_of(row->severity), cli_buffer_text(&mark));
    cli_buffer_deinit(&mark);
    cli_table_add(&with->table, CLI_STRONG, row->case_id);
    cli_table_add_string(&with->table, CLI_PLAIN, gj_code_title(row->code, session->lang));
    add_subject(with, row);
    gj_instant_format(row->at, gj_judge_offset(row->judge, row->at), day, sizeof day);
    day[10] = '\0';
    if (row->due.size >= 10)
        cli_table_add(&with->table, CLI_FAINT, (gj_text){row->due.bytes, 10});
    else
        cli_table_add_string(&with->table, CLI_FAINT, day);
    cli_table_add_string(&with->table, row->status == GJ_OPEN ? CLI_PLAIN : CLI_FAINT,
                         status_words(session, row->status));
    add_who(with, row);
    return true;
}

static void print_end(const listing *with)
{
    cli_session *session = with->session;
    cli_output_add_string(&session->out, with->count > 0 ? "\n" : "");
    cli_output_add_spaces(&session->out, INDENT);
    cli_output_style(&session->out, CLI_STRONG);
    cli_count_print(session, with->count, "# finding", "# findings", "异常#项");
    cli_output_style(&session->out, CLI_PLAIN);
    for (int i = 2; i >= 0; i--) {
        if (with->severities[i] == 0)
            continue;
        cli_output_add_string(&session->out, CLI_SAY(session, ", ", "，"));
        cli_output_style(&session->out, cli_style_of((gj_severity)i));
        cli_output_add_format(&session->out, "%s ",
                              gj_severity_title((gj_severity)i, session->lang));
        cli_count_print(session, with->severities[i], "#", "#", "#");
        cli_output_style(&session->out, CLI_PLAIN);
    }
    cli_output_add_string(&session->out, "\n");
}

static gj_status list_text(const cli_store *store, listing *with, const gj_finding_filter *filter)
{
    static const cli_align aligns[] = {CLI_LEFT, CLI_LEFT, CLI_BENDABLE, CLI_BENDABLE,
                                       CLI_LEFT, CLI_LEFT, CLI_BENDABLE};
    cli_session *session = with->session;
    const char *const heads[] = {"",
                                 CLI_SAY(session, "case", "办件"),
                                 CLI_SAY(session, "kind", "种类"),
                                 CLI_SAY(session, "subject", "事项"),
                                 CLI_SAY(session, "due or done", "到期或发生"),
                                 "",
                                 CLI_SAY(session, "who answers", "责任岗位")};
    cli_table_init(&with->table, aligns, sizeof aligns / sizeof *aligns);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        cli_table_add_string(&with->table, CLI_FAINT, heads[i]);
    gj_status status = gj_engine_findings(store->engine, filter, with, row_add);
    if (status == GJ_OK && with->count > 0)
        cli_table_print(&with->table, INDENT, &session->out);
    if (status == GJ_OK)
        print_end(with);
    cli_table_deinit(&with->table);
    return status;
}

/* ---- data ---- */

static bool object_add(void *payload, const gj_finding_row *row)
{
    listing *with = payload;
    cli_output *out = &with->session->out;
    if (with->session->format == CLI_JSON)
        cli_output_add_string(out, with->count > 0 ? ",\n" : "\n");
    cli_output_add(out, row->json.bytes, row->json.size);
    cli_output_add_string(out, with->session->format == CLI_JSON ? "" : "\n");
    with->count++;
    return out->error == 0;
}

/* ---- which ---- */

/* The kind's name, where that or its title in either language was given; absent where nothing was.
 */
static bool code_find(const cli_store *store, gj_text *code)
{
    const char *word = cli_options_value(store->options, CLI_OPTION_KIND);
    *code = (gj_text){NULL, 0};
    for (int i = 0; i < GJ_CODE_COUNT && word != NULL; i++) {
        gj_code one = (gj_code)i;
        if (strcmp(word, gj_code_name(one)) == 0 || strcmp(word, gj_code_title(one, GJ_EN)) == 0 ||
            strcmp(word, gj_code_title(one, GJ_ZH)) == 0)
            *code = (gj_text){gj_code_name(one), strlen(gj_code_name(one))};
    }
    if (word != NULL && code->bytes == NULL)
        cli_complain(store->session, CLI_USAGE,
                     CLI_SAY(store->session,
                             "there is no kind of finding `%s`; `guiju explain` lists them",
                             "没有 %s 这一类异常；用 guiju explain 列出全部"),
                     word);
    return word == NULL || code->bytes != NULL;
}

static gj_finding_filter filter_make(const cli_store *store)
{
    const cli_options *options = store->options;
    uint32_t statuses = (cli_options_has(options, CLI_OPTION_OPEN) ? 1u << GJ_OPEN : 0) |
                        (cli_options_has(options, CLI_OPTION_WITHDRAWN) ? 1u << GJ_WITHDRAWN : 0);
    return (gj_finding_filter){.size = sizeof(gj_finding_filter),
                               .procedure = cli_store_word(store, CLI_OPTION_PROCEDURE),
                               .case_id = cli_store_word(store, CLI_OPTION_CASE),
                               .department = cli_store_word(store, CLI_OPTION_DEPARTMENT),
                               .post = cli_store_word(store, CLI_OPTION_POST),
                               .statuses = statuses};
}

static void list(const cli_store *store, const gj_finding_filter *filter)
{
    cli_session *session = store->session;
    listing with = {.session = session};
    bool whole = session->format == CLI_JSON;
    cli_output_add_string(&session->out, whole ? "{\"findings\":[" : "");
    gj_status status = session->format == CLI_TEXT
                           ? list_text(store, &with, filter)
                           : gj_engine_findings(store->engine, filter, &with, object_add);
    cli_output_add_string(&session->out, whole ? "]}\n" : "");
    if (status == GJ_UNKNOWN)
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "the store has no case `%s`", "存储中没有办件 %s"),
                     cli_options_value(store->options, CLI_OPTION_CASE));
    else
        cli_store_complain(store, status);
    if (with.count > 0)
        cli_note(session, CLI_FOUND);
}

void cli_findings(cli_session *session, const cli_options *options)
{
    cli_store store;
    if (cli_store_open(&store, session, options, CLI_STORE_READ) && cli_store_has_rules(&store)) {
        gj_finding_filter filter = filter_make(&store);
        if (code_find(&store, &filter.code)) {
            list(&store, &filter);
            cli_store_mention_unnamed(&store);
        }
    }
    cli_store_close(&store);
}
