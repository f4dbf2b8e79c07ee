/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju check`: the diagnostics of some sources, as text or as data, and how many. They are the
 * result here, so they go to standard output. Each file is checked for itself, with what it uses:
 * an image has one procedure, but a folder has many. */
#include <stdlib.h>

#include "command.h"
#include "program.h"
#include "style.h"

typedef struct batch {
    gj_compilation **compilations; /* NULL where a file gave none */
    size_t count;
    size_t errors, warnings;
} batch;

static bool batch_init(batch *b, cli_session *session, const cli_options *options)
{
    *b = (batch){.compilations = calloc(options->operand_count, sizeof *b->compilations)};
    if (b->compilations == NULL) {
        cli_complain_status(session, GJ_NO_MEMORY);
        return false;
    }
    for (; b->count < options->operand_count; b->count++) {
        gj_compilation *compilation =
            cli_compile(session, options, &options->operands[b->count], 1);
        b->compilations[b->count] = compilation;
        if (compilation == NULL)
            continue;
        cli_compilation_note(session, compilation);
        b->errors += gj_compilation_error_count(compilation);
        b->warnings += gj_compilation_warning_count(compilation);
    }
    return true;
}

static void batch_deinit(batch *b)
{
    for (size_t i = 0; i < b->count; i++)
        gj_compilation_destroy(b->compilations[i]);
    free(b->compilations);
}

static size_t print_objects(cli_session *session, const gj_compilation *compilation, size_t printed)
{
    cli_output *out = &session->out;
    gj_writer writer = cli_output_writer(out);
    size_t count = compilation != NULL ? gj_compilation_diagnostic_count(compilation) : 0;
    bool whole = session->format == CLI_JSON;
    for (size_t i = 0; i < count; i++) {
        cli_output_add_string(out, !whole ? "" : printed + i > 0 ? ",\n" : "\n");
        gj_diagnostic_print_json(compilation, i, session->lang, &writer);
        cli_output_add_string(out, whole ? "" : "\n");
    }
    return printed + count;
}

static void print_json(cli_session *session, const batch *b)
{
    cli_output *out = &session->out;
    bool whole = session->format == CLI_JSON;
    size_t printed = 0;
    if (whole)
        cli_output_add_format(out,
                              "{\"files\":%zu,\"errors\":%zu,\"warnings\":%zu,\"diagnostics\":[",
                              b->count, b->errors, b->warnings);
    for (size_t i = 0; i < b->count; i++)
        printed = print_objects(session, b->compilations[i], printed);
    cli_output_add_string(out, whole ? "]}\n" : "");
}

static void print_counts(cli_session *session, const batch *b)
{
    cli_output *out = &session->out;
    cli_output_style(out, b->errors > 0 ? CLI_RED : b->warnings > 0 ? CLI_YELLOW : CLI_GREEN);
    if (b->errors == 0 && b->warnings == 0)
        cli_output_add_string(out, CLI_SAY(session, "no errors", "没有错误"));
    if (b->errors > 0)
        cli_count_print(session, b->errors, "# error", "# errors", "#个错误");
    if (b->errors > 0 && b->warnings > 0)
        cli_output_add_string(out, CLI_SAY(session, ", ", "，"));
    if (b->warnings > 0)
        cli_count_print(session, b->warnings, "# warning", "# warnings", "#个警告");
    cli_output_style(out, CLI_PLAIN);
    cli_output_add_string(out, CLI_SAY(session, " in ", "，共检查"));
    cli_count_print(session, b->count, "# file", "# files", "#个文件");
    cli_output_add_string(out, "\n");
}

static void print_text(cli_session *session, const batch *b)
{
    for (size_t i = 0; i < b->count; i++)
        if (b->compilations[i] != NULL)
            cli_diagnostics_print(session, b->compilations[i], &session->out);
    print_counts(session, b);
}

void cli_check(cli_session *session, const cli_options *options)
{
    batch b;
    if (options->operand_count == 0) {
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "`check` needs a source file", "check 需要源文件"));
        return;
    }
    if (!batch_init(&b, session, options))
        return;
    if (session->format == CLI_TEXT)
        print_text(session, &b);
    else
        print_json(session, &b);
    batch_deinit(&b);
}
