/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju advance`: the clock of a store comes to a time, and what falls due meanwhile is judged. */
#include "command.h"
#include "news.h"
#include "style.h"

enum { INDENT = 2 };

static void print_end(const cli_news *news, gj_instant was, gj_instant to)
{
    cli_session *session = news->store->session;
    const gj_judge *judge = cli_store_judge(news->store);
    gj_instant now = gj_engine_now(news->store->engine);
    cli_output_add_string(&session->out,
                          news->counts[0] + news->counts[1] + news->counts[2] > 0 ? "\n" : "");
    cli_output_add_spaces(&session->out, INDENT);
    cli_output_style(&session->out, CLI_STRONG);
    cli_output_add_string(&session->out, CLI_SAY(session, "clock at ", "时钟 "));
    cli_minute_print(&session->out, judge, now);
    cli_output_style(&session->out, CLI_PLAIN);
    cli_output_add_string(&session->out, "   ");
    if (to < was)
        cli_output_add_string(&session->out,
                              CLI_SAY(session, "it never goes back", "时钟不能倒退，未变"));
    else
        cli_news_sum_print(news);
    cli_output_add_string(&session->out, "\n");
}

void cli_advance(cli_session *session, const cli_options *options)
{
    cli_store store;
    cli_news news = {.store = &store};
    const char *word = cli_options_value(options, CLI_OPTION_TO);
    gj_instant to = cli_now();
    if (cli_store_open(&store, session, options, CLI_STORE_WRITE) && cli_store_has_rules(&store) &&
        (word == NULL || cli_store_instant(&store, word, &to))) {
        gj_instant was = gj_engine_now(store.engine);
        gj_status status = gj_engine_advance(store.engine, to, &news, cli_news_hear);
        cli_store_complain(&store, status);
        if (status == GJ_OK && session->format == CLI_TEXT)
            print_end(&news, was, to);
        if (news.counts[GJ_FINDING_ADDED] > 0)
            cli_note(session, CLI_FOUND);
    }
    cli_store_close(&store);
}
