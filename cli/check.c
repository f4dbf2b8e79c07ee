/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju check`: the diagnostics of some sources, as text or as data, and how many. They are the
 * result here, so they go to standard output. */
#include <inttypes.h>
#include <string.h>

#include "command.h"
#include "program.h"
#include "style.h"

static void print_json(cli_session *session, const gj_compilation *compilation, size_t files)
{
    cli_output *out = &session->out;
    gj_writer writer = cli_output_writer(out);
    size_t count = gj_compilation_diagnostic_count(compilation);
    bool whole = session->format == CLI_JSON;
    if (whole)
        cli_output_add_format(out, "{\"files\":%zu,\"errors\":%zu,\"warnings\":%zu,\"diagnostics\":[",
                              files, gj_compilation_error_count(compilation),
                              gj_compilation_warning_count(compilation));
    for (size_t i = 0; i < count; i++) {
        cli_output_add_string(out, !whole ? "" : i > 0 ? ",\n" : "\n");
        gj_diagnostic_print_json(compilation, i, session->lang, &writer);
        cli_output_add_string(out, whole ? "" : "\n");
    }
    cli_output_add_string(out, whole ? "]}\n" : "");
}

static void print_counts(cli_session *session, const gj_compilation *compilation, size_t files)
{
    cli_output *out = &session->out;
    size_t errors = gj_compilation_error_count(compilation);
    size_t warnings = gj_compilation_warning_count(compilation);
    cli_output_style(out, errors > 0 ? CLI_RED : warnings > 0 ? CLI_YELLOW : CLI_GREEN);
    if (errors == 0 && warnings == 0)
        cli_output_add_string(out, CLI_SAY(session, "no errors", "没有错误"));
    if (errors > 0)
        cli_count_print(session, errors, "# error", "# errors", "#个错误");
    if (errors > 0 && warnings > 0)
        cli_output_add_string(out, CLI_SAY(session, ", ", "，"));
    if (warnings > 0)
        cli_count_print(session, warnings, "# warning", "# warnings", "#个警告");
    cli_output_style(out, CLI_PLAIN);
    cli_output_add_string(out, CLI_SAY(session, " in ", "，共检查"));
    cli_count_print(session, files, "# file", "# files", "#个文件");
    cli_output_add_string(out, "\n");
}

void cli_check(cli_session *session, const cli_options *options)
{
    if (options->operand_count == 0) {
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "`check` needs a source file", "check 需要源文件"));
        return;
    }
    gj_compilation *compilation =
        cli_compile(session, options, options->operands, options->operand_count);
    if (compilation == NULL)
        return;
    cli_compilation_note(session, compilation);
    if (session->format == CLI_TEXT) {
        cli_diagnostics_print(session, compilation, &session->out);
        print_counts(session, compilation, options->operand_count);
    } else
        print_json(session, compilation, options->operand_count);
    gj_compilation_destroy(compilation);
}
