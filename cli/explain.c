/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju explain`: the page of a diagnostic, which the compiler has, or of a kind of finding, which
 * stands in findings.def, its example in cli/pages: for the supervisor what is claimed and what is
 * not, for the officer how it goes away. */
#include <guiju/compile.h>
#include <stdio.h>
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

/* cli/pages/CODE.txt, built in: a source and two logs, each by gj_lang. */
static const struct example {
    const char *source[2], *wrong[2], *right[2];
} examples[GJ_CODE_COUNT] = {
#include "finding_pages.inc"
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

/* As it stands, indented: an example is not wrapped. */
static void print_example(cli_output *out, const char *heading, const char *text)
{
    cli_output_add_format(out, "\n%s\n\n", heading);
    for (size_t size; *text != '\0'; text += size + 1) {
        size = strcspn(text, "\n");
        cli_output_add_spaces(out, size > 0 ? 4 : 0);
        cli_output_add_text(out, (gj_text){text, size});
        cli_output_add_string(out, "\n");
    }
}

static void print_examples(cli_session *session, const struct example *example, const char *name)
{
    char heading[160];
    gj_lang lang = session->lang;
    if (example->source[lang] == NULL)
        return;
    print_example(&session->out, CLI_SAY(session, "A procedure:", "流程："), example->source[lang]);
    snprintf(heading, sizeof heading,
             CLI_SAY(session, "Of this log comes %s:", "以下日志产生 %s："), name);
    print_example(&session->out, heading, example->wrong[lang]);
    print_example(&session->out, CLI_SAY(session, "Of this one nothing:", "以下日志无异常："),
                  example->right[lang]);
}

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
        print_examples(session, &examples[code], gj_code_name((gj_code)code));
        return true;
    }
    return false;
}

/* Lines that are indented are an example, and stay as they are. */
static void print_page(cli_output *out, gj_text page)
{
    for (size_t at = 0; at < page.size;) {
        size_t end = at;
        while (end < page.size && page.bytes[end] != '\n')
            end++;
        gj_text line = {page.bytes + at, end - at};
        if (line.size > 0 && line.bytes[0] == ' ') {
            cli_output_add_text(out, line);
            cli_output_add_string(out, "\n");
        } else {
            cli_paragraph_print(out, line, 0, 0);
        }
        at = end + 1;
    }
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
        print_page(&session->out, cli_buffer_text(&words));
    else if (status != GJ_DONE)
        cli_complain_status(session, status);
    else if (!explain_finding(session, options->operands[0]))
        refuse(session, options->operands[0]);
    cli_buffer_deinit(&words);
}
