/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju check`: the diagnostics of some sources, as text or as data, and how many. They are the
 * result here, so they go to standard output. Each file is checked for itself, with what it uses:
 * whether some go into one image together is said to `build` alone. */
#include <stdlib.h>

#include "command.h"
#include "diagnostics.h"
#include "fix.h"
#include "program.h"
#include "style.h"

/* False where nothing could be compiled at all. */
static bool compile_all(cli_session *session, const cli_options *options,
                        gj_compilation **compilations)
{
    bool fix = cli_options_has(options, CLI_OPTION_FIX);
    for (size_t i = 0; i < options->operand_count; i++) {
        if (fix && !cli_fix(session, options, options->operands[i]))
            return false;
        compilations[i] = cli_compile(session, options, &options->operands[i], 1);
        if (compilations[i] != NULL)
            cli_compilation_note(session, compilations[i]);
    }
    return true;
}

static void print_counts(cli_session *session, const cli_diagnostics *diagnostics)
{
    cli_output *out = &session->out;
    size_t errors = cli_diagnostics_errors(diagnostics);
    size_t warnings = cli_diagnostics_warnings(diagnostics);
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
    cli_count_print(session, diagnostics->count, "# file", "# files", "#个文件");
    cli_output_add_string(out, "\n");
}

void cli_check(cli_session *session, const cli_options *options)
{
    cli_diagnostics diagnostics;
    if (options->operand_count == 0) {
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "`check` needs a source file", "check 需要源文件"));
        return;
    }
    if (!cli_diagnostics_init(&diagnostics, session, options))
        return;
    gj_compilation **compilations = calloc(options->operand_count, sizeof(gj_compilation *));
    if (compilations == NULL) {
        cli_complain_status(session, GJ_NO_MEMORY);
        return;
    }
    diagnostics.compilations = compilations;
    diagnostics.count = options->operand_count;
    if (compile_all(session, options, compilations)) {
        cli_diagnostics_print(session, &diagnostics, &session->out);
        if (session->format == CLI_TEXT)
            print_counts(session, &diagnostics);
    }
    for (size_t i = 0; i < options->operand_count; i++)
        gj_compilation_destroy(compilations[i]);
    free(compilations);
}
