/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju explain`: the page of a diagnostic, which the compiler has, or of a kind of finding, which
 * stands in findings.def: for the supervisor what is claimed and what is not, for the officer how
 * it goes away. */
#include <guiju/compile.h>
#include <string.h>

#include "buffer.h"
#include "command.h"
#include "nearest.h"
#include "paragraph.h"

static const struct page {
    const char *en, *zh;
} pages[GJ_CODE_COUNT] = {
#define CLI_FINDING(NAME, en, zh) [GJ_##NAME] = {en, zh},
#include "findings.def"
#undef CLI_FINDING
};

/* ---- the list of all ---- */

enum { CODE_COLUMNS = 20 };

static void print_row(cli_session *session, const char *code, gj_text words)
{
    cli_output *out = &session->out;
    size_t size = strlen(code), column = CODE_COLUMNS;
    cli_output_add_string(out, "  ");
    cli_output_add_string(out, code);
    cli_output_add_spaces(out, size + 2 < column ? column - size - 2 : 1);
    cli_paragraph_print(out, words, column, column);
}

static void print_heading(cli_session *session, const char *words)
{
    cli_output_style(&session->out, CLI_STRONG);
    cli_output_add_string(&session->out, words);
    cli_output_style(&session->out, CLI_PLAIN);
    cli_output_add_string(&session->out, "\n");
}

static void list_all(cli_session *session)
{
    cli_buffer words = {0};
    gj_writer writer = cli_buffer_writer(&words);
    print_heading(session, CLI_SAY(session, "Diagnostics", "诊断"));
    for (size_t i = 0; i < gj_diagnostic_code_count(); i++) {
        cli_buffer_reset(&words);
        cli_complain_status(session, gj_diagnostic_code_print(i, session->lang, &writer));
        print_row(session, gj_diagnostic_code_name(i), cli_buffer_text(&words));
    }
    cli_output_add_string(&session->out, "\n");
    print_heading(session, CLI_SAY(session, "Findings", "异常"));
    for (int code = 0; code < GJ_CODE_COUNT; code++) {
        const char *title = gj_code_title((gj_code)code, session->lang);
        print_row(session, gj_code_name((gj_code)code), (gj_text){title, strlen(title)});
    }
    cli_buffer_deinit(&words);
}

/* ---- one code ---- */

static bool explain_finding(cli_session *session, const char *name)
{
    cli_output *out = &session->out;
    for (int code = 0; code < GJ_CODE_COUNT; code++) {
        if (strcmp(gj_code_name((gj_code)code), name) != 0 &&
            strcmp(gj_code_title((gj_code)code, GJ_ZH), name) != 0)
            continue;
        const char *words = CLI_SAY(session, pages[code].en, pages[code].zh);
        cli_output_style(out, CLI_STRONG);
        const char *title = gj_code_title((gj_code)code, session->lang);
        cli_output_add_string(out, gj_code_name((gj_code)code));
        if (strcmp(title, gj_code_name((gj_code)code)) != 0)
            cli_output_add_format(out, CLI_SAY(session, ": %s", "：%s"), title);
        cli_output_style(out, CLI_PLAIN);
        cli_output_add_string(out, "\n\n");
        cli_paragraph_print(out, (gj_text){words, strlen(words)}, 0, 0);
        return true;
    }
    return false;
}

static void refuse(cli_session *session, const char *name)
{
    cli_nearest nearest = cli_nearest_make(name);
    for (int code = 0; code < GJ_CODE_COUNT; code++)
        cli_nearest_add(&nearest, gj_code_name((gj_code)code));
    if (nearest.best != NULL)
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "there is no code `%s`; did you mean `%s`?",
                             "没有代码 %s；是否为 %s？"),
                     name, nearest.best);
    else
        cli_complain(
            session, CLI_USAGE,
            CLI_SAY(session,
                    "there is no code `%s`; diagnostics are like E0301, findings like late",
                    "没有代码 %s；诊断的代码如 E0301，异常的代码如 late"),
            name);
}

void cli_explain(cli_session *session, const cli_options *options)
{
    if (options->operand_count == 0) {
        list_all(session);
        return;
    }
    if (options->operand_count > 1) {
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "`explain` takes one code, like E0301 or late",
                             "explain 一次解释一个代码，如 E0301 或 late"));
        return;
    }
    cli_buffer words = {0};
    gj_writer writer = cli_buffer_writer(&words);
    gj_status status = gj_explain(options->operands[0], session->lang, &writer);
    if (status == GJ_OK)
        cli_paragraph_print(&session->out, cli_buffer_text(&words), 0, 0);
    else if (status != GJ_DONE)
        cli_complain_status(session, status);
    else if (!explain_finding(session, options->operands[0]))
        refuse(session, options->operands[0]);
    cli_buffer_deinit(&words);
}
