/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju export --db STORE`: all of a store as JSON lines, for another system to load. */
#include <string.h>

#include "command.h"
#include "store.h"

static bool line_write(void *payload, const char *bytes, size_t size)
{
    cli_output *out = payload;
    cli_output_add(out, bytes, size);
    return true;
}

static const struct {
    const char *word;
    uint32_t what;
} kinds[] = {{"rules", GJ_EXPORT_RULES},         {"events", GJ_EXPORT_EVENTS},
             {"conflicts", GJ_EXPORT_CONFLICTS}, {"cases", GJ_EXPORT_CASES},
             {"findings", GJ_EXPORT_FINDINGS},   {"revisions", GJ_EXPORT_REVISIONS}};

static void export_write(cli_store *store, uint32_t what)
{
    gj_writer out = {&store->session->out, line_write};
    cli_store_complain(store, gj_engine_export(store->engine, what, &out));
}

void cli_export(cli_session *session, const cli_options *options)
{
    cli_store store = {.session = session};
    const char *word = options->operand_count == 0 ? "" : options->operands[0];
    uint32_t what = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        what |= strcmp(word, kinds[i].word) == 0 ? kinds[i].what : 0;
    if (options->operand_count > 1 || (options->operand_count == 1 && what == 0)) {
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session,
                             "`export` writes everything, or one of: rules, events, conflicts, "
                             "cases, findings, revisions",
                             "export 写出全部内容，或者其中之一：rules、events、conflicts、cases、"
                             "findings、revisions"));
        return;
    }
    if (cli_store_open(&store, session, options, CLI_STORE_READ))
        export_write(&store, what);
    cli_store_close(&store);
}
