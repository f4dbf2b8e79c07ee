/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju rulesets`: what was ever deployed in a store, and what of it is in force. */
#include <inttypes.h>

#include "command.h"
#include "json.h"
#include "store.h"
#include "table.h"

enum { INDENT = 2 };

typedef struct listing {
    cli_session *session;
    cli_table table;
    size_t count;
} listing;

static bool row_add(void *payload, const gj_rule_set *rules)
{
    listing *with = payload;
    cli_table *table = &with->table;
    cli_session *session = with->session;
    cli_buffer words = {0};
    char at[48] = "";
    cli_table_add(table, rules->in_force ? CLI_STRONG : CLI_FAINT, rules->procedure);
    cli_table_add(table, rules->in_force ? CLI_PLAIN : CLI_FAINT, rules->title);
    cli_buffer_add_format(&words, CLI_SAY(session, "version %" PRIu32, "第%" PRIu32 "版"),
                          rules->version);
    cli_table_add(table, rules->in_force ? CLI_PLAIN : CLI_FAINT, cli_buffer_text(&words));
    cli_table_add_string(table, rules->in_force ? CLI_GREEN : CLI_FAINT,
                         rules->in_force ? CLI_SAY(session, "in force", "现行")
                                         : CLI_SAY(session, "replaced", "已被代替"));
    if (rules->at != INT64_MIN)
        gj_instant_format(rules->at, gj_judge_offset(rules->judge, rules->at), at, sizeof at);
    at[10] = '\0';
    cli_table_add_string(table, CLI_FAINT, at);
    cli_buffer_reset(&words);
    for (size_t i = 0; i < gj_judge_calendar_count(rules->judge); i++) {
        cli_buffer_add_string(&words, i > 0 ? " " : "");
        cli_buffer_add_text(&words, gj_judge_calendar(rules->judge, i));
    }
    cli_table_add(table, CLI_FAINT, cli_buffer_text(&words));
    cli_buffer_deinit(&words);
    return true;
}

static bool object_add(void *payload, const gj_rule_set *rules)
{
    listing *with = payload;
    cli_output *out = &with->session->out;
    char at[48] = "";
    if (with->session->format == CLI_JSON)
        cli_output_add_string(out, with->count > 0 ? ",\n" : "\n");
    cli_output_add_format(out, "{\"number\":%" PRIu64 ",\"procedure\":", rules->number);
    cli_json_print_text(out, rules->procedure);
    cli_output_add_string(out, ",\"title\":");
    cli_json_print_text(out, rules->title);
    cli_output_add_format(out, ",\"version\":%" PRIu32 ",\"unit\":", rules->version);
    cli_json_print_text(out, rules->unit);
    if (rules->at != INT64_MIN) {
        gj_instant_format(rules->at, gj_judge_offset(rules->judge, rules->at), at, sizeof at);
        cli_output_add_format(out, ",\"at\":\"%s\"", at);
    }
    cli_output_add_string(out, rules->in_force ? ",\"in_force\":true" : ",\"in_force\":false");
    cli_output_add_string(out, ",\"calendars\":[");
    for (size_t i = 0; i < gj_judge_calendar_count(rules->judge); i++) {
        cli_output_add_string(out, i > 0 ? "," : "");
        cli_json_print_text(out, gj_judge_calendar(rules->judge, i));
    }
    cli_output_add_string(out, with->session->format == CLI_JSON ? "]}" : "]}\n");
    with->count++;
    return true;
}

static void print_text(const cli_store *store)
{
    static const cli_align aligns[] = {CLI_LEFT, CLI_BENDABLE, CLI_LEFT,
                                       CLI_LEFT, CLI_LEFT,     CLI_BENDABLE};
    listing with = {.session = store->session};
    cli_table_init(&with.table, aligns, sizeof aligns / sizeof *aligns);
    gj_engine_rule_sets(store->engine, &with, row_add);
    cli_table_print(&with.table, INDENT, &store->session->out);
    cli_table_deinit(&with.table);
}

void cli_rulesets(cli_session *session, const cli_options *options)
{
    cli_store store;
    if (cli_store_open(&store, session, options, CLI_STORE_READ) && cli_store_has_rules(&store)) {
        listing with = {.session = session};
        if (session->format == CLI_TEXT)
            print_text(&store);
        else {
            cli_output_add_string(&session->out,
                                  session->format == CLI_JSON ? "{\"rule_sets\":[" : "");
            gj_engine_rule_sets(store.engine, &with, object_add);
            cli_output_add_string(&session->out, session->format == CLI_JSON ? "]}\n" : "");
        }
    }
    cli_store_close(&store);
}
