/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju cases`: the cases of a store, a line each: where it stands, and what is open. */
#include <inttypes.h>

#include "command.h"
#include "json.h"
#include "store.h"
#include "style.h"
#include "table.h"

enum { INDENT = 2 };

typedef struct listing {
    cli_session *session;
    cli_table table;
    bool open_only, tells_procedure;
    uint64_t shown, count, open_count, finding_count;
} listing;

static bool is_wanted(listing *with, const gj_case_row *row)
{
    uint64_t open = row->open_counts[0] + row->open_counts[1] + row->open_counts[2];
    with->count++;
    with->open_count += !row->final;
    with->finding_count += open;
    return !with->open_only || !row->final || open > 0;
}

/* ---- text ---- */

static void add_day(listing *with, const gj_judge *judge, gj_instant at)
{
    char day[48] = "";
    if (at != INT64_MIN)
        gj_instant_format(at, gj_judge_offset(judge, at), day, sizeof day);
    day[10] = '\0';
    cli_table_add_string(&with->table, CLI_FAINT, day);
}

static void add_stage(listing *with, const gj_case_row *row)
{
    cli_session *session = with->session;
    gj_text title = row->stage_title.size > 0 ? row->stage_title : row->stage;
    if (title.size == 0)
        cli_table_add_string(&with->table, CLI_FAINT, CLI_SAY(session, "not begun", "未开始"));
    else
        cli_table_add(&with->table, row->final ? CLI_FAINT : CLI_PLAIN, title);
    cli_table_add_string(&with->table, CLI_FAINT,
                         row->final ? CLI_SAY(session, "ended", "已办结") : "");
}

static bool row_add(void *payload, const gj_case_row *row)
{
    listing *with = payload;
    if (!is_wanted(with, row))
        return true;
    cli_table_add(&with->table, CLI_STRONG, row->case_id);
    if (with->tells_procedure)
        cli_table_add(&with->table, CLI_FAINT,
                      row->procedure_title.size > 0 ? row->procedure_title : row->procedure);
    add_stage(with, row);
    add_day(with, row->judge, row->first_at);
    add_day(with, row->judge, row->last_at);
    cli_table_add_count(&with->table, CLI_PLAIN, row->event_count);
    for (int i = 2; i >= 0; i--)
        cli_table_add_count(&with->table, cli_style_of((gj_severity)i), row->open_counts[i]);
    with->shown++;
    return true;
}

static void print_end(listing *with)
{
    cli_session *session = with->session;
    cli_output_add_string(&session->out, with->shown > 0 ? "\n" : "");
    cli_output_add_spaces(&session->out, INDENT);
    cli_output_style(&session->out, CLI_STRONG);
    cli_count_print(session, with->count, "# case", "# cases", "办件#件");
    cli_output_style(&session->out, CLI_PLAIN);
    cli_output_add_string(&session->out, CLI_SAY(session, ", ", "，"));
    cli_count_print(session, with->open_count, "# not ended", "# not ended", "在办#件");
    cli_output_add_string(&session->out, CLI_SAY(session, "; ", "；"));
    cli_count_print(session, with->finding_count, "# open finding", "# open findings",
                    "未结异常#项");
    cli_output_add_string(&session->out, "\n");
}

static bool procedure_count(void *payload, const gj_rule_set *rules)
{
    *(size_t *)payload += rules->in_force;
    return true;
}

static gj_status list_text(const cli_store *store, listing *with, gj_text procedure)
{
    static const cli_align aligns[] = {CLI_LEFT, CLI_BENDABLE, CLI_BENDABLE, CLI_LEFT,  CLI_LEFT,
                                       CLI_LEFT, CLI_RIGHT,    CLI_RIGHT,    CLI_RIGHT, CLI_RIGHT};
    cli_session *session = with->session;
    const char *const heads[] = {CLI_SAY(session, "case", "办件"),
                                 CLI_SAY(session, "procedure", "流程"),
                                 CLI_SAY(session, "stage", "环节"),
                                 "",
                                 CLI_SAY(session, "since", "起始"),
                                 CLI_SAY(session, "last act", "最近办理"),
                                 CLI_SAY(session, "events", "事件"),
                                 gj_severity_title(GJ_RED, session->lang),
                                 gj_severity_title(GJ_YELLOW, session->lang),
                                 gj_severity_title(GJ_NOTICE, session->lang)};
    size_t count = 0;
    gj_engine_rule_sets(store->engine, &count, procedure_count);
    with->tells_procedure = count > 1 && procedure.size == 0;
    cli_align shown[sizeof aligns / sizeof *aligns];
    size_t columns = 0;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (i != 1 || with->tells_procedure)
            shown[columns++] = aligns[i];
    cli_table_init(&with->table, shown, columns);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (i != 1 || with->tells_procedure)
            cli_table_add_string(&with->table, CLI_FAINT, heads[i]);
    gj_status status = gj_engine_cases(store->engine, procedure, with, row_add);
    if (status == GJ_OK && with->shown > 0)
        cli_table_print(&with->table, INDENT, &session->out);
    if (status == GJ_OK)
        print_end(with);
    cli_table_deinit(&with->table);
    return status;
}

/* ---- data ---- */

static void print_instant(cli_output *out, const char *key, const gj_judge *judge, gj_instant at)
{
    char written[48];
    if (at == INT64_MIN)
        return;
    gj_instant_format(at, gj_judge_offset(judge, at), written, sizeof written);
    cli_output_add_format(out, ",\"%s\":\"%s\"", key, written);
}

static void print_open(cli_output *out, const gj_case_row *row)
{
    cli_output_add_string(out, ",\"open\":{");
    for (int i = 0; i < 3; i++)
        cli_output_add_format(out, "%s\"%s\":%" PRIu64, i > 0 ? "," : "",
                              gj_severity_name((gj_severity)i), row->open_counts[i]);
    cli_output_add_format(out, "},\"findings\":%" PRIu64 "}", row->finding_count);
}

static bool object_add(void *payload, const gj_case_row *row)
{
    listing *with = payload;
    cli_output *out = &with->session->out;
    if (!is_wanted(with, row))
        return true;
    if (with->session->format == CLI_JSON)
        cli_output_add_string(out, with->shown > 0 ? ",\n" : "\n");
    cli_output_add_string(out, "{\"case\":");
    cli_json_print_text(out, row->case_id);
    cli_output_add_string(out, ",\"procedure\":");
    cli_json_print_text(out, row->procedure);
    cli_output_add_format(out, ",\"version\":%" PRIu32 ",\"stage\":", row->version);
    cli_json_print_text(out, row->stage);
    cli_output_add_string(out, ",\"stage_title\":");
    cli_json_print_text(out, row->stage_title);
    cli_output_add_string(out, row->final ? ",\"final\":true" : ",\"final\":false");
    cli_output_add_format(out, ",\"events\":%" PRIu64, row->event_count);
    print_instant(out, "first_at", row->judge, row->first_at);
    print_instant(out, "last_at", row->judge, row->last_at);
    print_open(out, row);
    if (with->session->format == CLI_JSONL)
        cli_output_add_string(out, "\n");
    with->shown++;
    return out->error == 0;
}

static gj_status list_data(const cli_store *store, listing *with, gj_text procedure)
{
    cli_output *out = &with->session->out;
    bool whole = with->session->format == CLI_JSON;
    cli_output_add_string(out, whole ? "{\"cases\":[" : "");
    gj_status status = gj_engine_cases(store->engine, procedure, with, object_add);
    cli_output_add_string(out, whole ? "]}\n" : "");
    return status;
}

void cli_cases(cli_session *session, const cli_options *options)
{
    cli_store store;
    listing with = {.session = session, .open_only = cli_options_has(options, CLI_OPTION_OPEN)};
    if (cli_store_open(&store, session, options, CLI_STORE_READ) && cli_store_has_rules(&store)) {
        gj_text procedure = cli_store_word(&store, CLI_OPTION_PROCEDURE);
        cli_store_complain(&store, session->format == CLI_TEXT
                                       ? list_text(&store, &with, procedure)
                                       : list_data(&store, &with, procedure));
    }
    cli_store_close(&store);
}
