/* SPDX-License-Identifier: Apache-2.0
 *
 * See diagnostics.h. The objects come from the compiler; what stands around them is made here. */
#include "diagnostics.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool cli_diagnostics_init(cli_diagnostics *diagnostics, cli_session *session,
                          const cli_options *options)
{
    const char *words = cli_options_value(options, CLI_OPTION_MAX_ERRORS);
    *diagnostics = (cli_diagnostics){
        .errors_max = session->format == CLI_TEXT ? CLI_ERRORS_SHOWN : 0,
    };
    if (words == NULL)
        return true;
    char *end;
    errno = 0;
    unsigned long number = strtoul(words, &end, 10);
    bool good = words[0] >= '0' && words[0] <= '9' && *end == '\0' && errno == 0;
    if (!good)
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "`--max-errors` takes a number, not `%s`; 0 shows all",
                             "--max-errors 应当是数字，不能是 %s；0 为全部列出"),
                     words);
    diagnostics->errors_max = number;
    return good;
}

size_t cli_diagnostics_errors(const cli_diagnostics *diagnostics)
{
    size_t count = 0;
    for (size_t i = 0; i < diagnostics->count; i++)
        if (diagnostics->compilations[i] != NULL)
            count += gj_compilation_error_count(diagnostics->compilations[i]);
    return count;
}

size_t cli_diagnostics_warnings(const cli_diagnostics *diagnostics)
{
    size_t count = 0;
    for (size_t i = 0; i < diagnostics->count; i++)
        if (diagnostics->compilations[i] != NULL)
            count += gj_compilation_warning_count(diagnostics->compilations[i]);
    return count;
}

/* ---- one by one, as many as are shown ---- */

typedef struct walk {
    const cli_diagnostics *diagnostics;
    size_t at, next;         /* the compilation, and its next diagnostic */
    size_t errors, warnings; /* given so far */
} walk;

/* The next to show; false behind the last, or where the greatest number of errors was shown. */
static bool walk_next(walk *w, const gj_compilation **compilation, size_t *index)
{
    const cli_diagnostics *all = w->diagnostics;
    if (all->errors_max > 0 && w->errors == all->errors_max)
        return false;
    while (w->at < all->count &&
           (all->compilations[w->at] == NULL ||
            w->next == gj_compilation_diagnostic_count(all->compilations[w->at]))) {
        w->at++;
        w->next = 0;
    }
    if (w->at == all->count)
        return false;
    *compilation = all->compilations[w->at];
    *index = w->next++;
    bool error = gj_compilation_diagnostic(*compilation, *index).gravity == GJ_ERROR;
    w->errors += error;
    w->warnings += !error;
    return true;
}

/* ---- text ---- */

static void print_rest(cli_session *session, const walk *w, cli_output *out)
{
    size_t errors = cli_diagnostics_errors(w->diagnostics) - w->errors;
    size_t warnings = cli_diagnostics_warnings(w->diagnostics) - w->warnings;
    if (errors + warnings == 0)
        return;
    cli_output_add_string(out, CLI_SAY(session, "not shown: ", "未列出："));
    if (errors > 0)
        cli_output_add_format(out, CLI_SAY(session, "%zu more error%s", "另有%zu个错误%s"), errors,
                              CLI_SAY(session, errors > 1 ? "s" : "", ""));
    if (errors > 0 && warnings > 0)
        cli_output_add_string(out, CLI_SAY(session, " and ", "、"));
    if (warnings > 0)
        cli_output_add_format(out, CLI_SAY(session, "%zu more warning%s", "另有%zu个警告%s"),
                              warnings, CLI_SAY(session, warnings > 1 ? "s" : "", ""));
    cli_output_add_string(out, CLI_SAY(session, " (--max-errors 0 shows all)\n\n",
                                       "（用 --max-errors 0 列出全部）\n\n"));
}

static void print_text(cli_session *session, const cli_diagnostics *diagnostics, cli_output *out)
{
    walk w = {.diagnostics = diagnostics};
    gj_writer writer = cli_output_writer(out);
    const gj_compilation *compilation;
    size_t index;
    while (walk_next(&w, &compilation, &index)) {
        gj_status status =
            gj_diagnostic_print(compilation, index, session->lang, out->color, &writer);
        cli_complain_status(session, status);
        cli_output_add_string(out, "\n");
    }
    print_rest(session, &w, out);
}

/* ---- our own objects ---- */

static void print_json(cli_session *session, const cli_diagnostics *diagnostics, cli_output *out)
{
    walk w = {.diagnostics = diagnostics};
    gj_writer writer = cli_output_writer(out);
    bool whole = session->format == CLI_JSON;
    const gj_compilation *compilation;
    size_t index;
    if (whole)
        cli_output_add_format(out,
                              "{\"files\":%zu,\"errors\":%zu,\"warnings\":%zu,\"diagnostics\":[",
                              diagnostics->count, cli_diagnostics_errors(diagnostics),
                              cli_diagnostics_warnings(diagnostics));
    while (walk_next(&w, &compilation, &index)) {
        bool first = w.errors + w.warnings == 1;
        cli_output_add_string(out, !whole ? "" : first ? "\n" : ",\n");
        gj_diagnostic_print_json(compilation, index, session->lang, &writer);
        cli_output_add_string(out, whole ? "" : "\n");
    }
    if (whole)
        cli_output_add_string(out, "]}\n");
}

/* ---- SARIF ---- */

/* The codes that are told, each once, in their own order. */
static void print_rules(cli_session *session, const cli_diagnostics *diagnostics, cli_output *out)
{
    gj_writer writer = cli_output_writer(out);
    size_t count = gj_diagnostic_code_count(), printed = 0;
    for (size_t code = 0; code < count; code++) {
        walk w = {.diagnostics = diagnostics};
        const gj_compilation *compilation;
        size_t index;
        bool told = false;
        while (!told && walk_next(&w, &compilation, &index))
            told = strcmp(gj_compilation_diagnostic(compilation, index).code,
                          gj_diagnostic_code_name(code)) == 0;
        if (!told)
            continue;
        cli_output_add_string(out, printed++ > 0 ? ",\n" : "\n");
        gj_diagnostic_code_print_sarif(code, session->lang, &writer);
    }
}

static void print_sarif(cli_session *session, const cli_diagnostics *diagnostics, cli_output *out)
{
    walk w = {.diagnostics = diagnostics};
    gj_writer writer = cli_output_writer(out);
    const gj_compilation *compilation;
    size_t index;
    cli_output_add_format(
        out,
        "{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/"
        "schemas/sarif-schema-2.1.0.json\",\"version\":\"2.1.0\","
        "\"runs\":[{\"tool\":{\"driver\":{\"name\":\"guiju\",\"version\":\"%s\","
        "\"language\":\"%s\",\"rules\":[",
        GJ_VERSION, CLI_SAY(session, "en", "zh"));
    print_rules(session, diagnostics, out);
    cli_output_add_string(out, "]}},\"columnKind\":\"unicodeCodePoints\",\"results\":[");
    while (walk_next(&w, &compilation, &index)) {
        cli_output_add_string(out, w.errors + w.warnings == 1 ? "\n" : ",\n");
        gj_diagnostic_print_sarif(compilation, index, session->lang, &writer);
    }
    cli_output_add_string(out, "]}]}\n");
}

/* ---- any ---- */

void cli_diagnostics_print(cli_session *session, const cli_diagnostics *diagnostics,
                           cli_output *out)
{
    switch (session->format) {
    case CLI_TEXT:
    case CLI_CSV:
    case CLI_JUNIT:
    case CLI_DOT:
    case CLI_SVG:
        print_text(session, diagnostics, out);
        break;
    case CLI_JSON:
    case CLI_JSONL:
        print_json(session, diagnostics, out);
        break;
    case CLI_SARIF:
        print_sarif(session, diagnostics, out);
        break;
    }
}

void cli_diagnostics_tell(cli_session *session, gj_compilation *compilation)
{
    cli_diagnostics diagnostics = {&compilation, 1, CLI_ERRORS_SHOWN};
    print_text(session, &diagnostics, &session->err);
}
