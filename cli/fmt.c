/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju fmt`: sources written anew in place, or what that would change. Each file is done for
 * itself; one with mistakes is left as it is, its diagnostics are said, and the rest goes on. */
#include <guiju/compile.h>
#include <string.h>

#include "command.h"
#include "diagnostics.h"
#include "diff.h"
#include "file.h"
#include "program.h"
#include "search.h"

typedef struct formatter {
    cli_session *session;
    gj_compile_options compile;
    gj_keywords keywords;
    bool checks, diffs; /* says what would change, and writes nothing */
} formatter;

static bool keywords_take(formatter *f, const cli_options *options)
{
    const char *word = cli_options_value(options, CLI_OPTION_KEYWORDS);
    f->keywords = GJ_KEYWORDS_KEPT;
    if (word == NULL)
        return true;
    if (strcmp(word, "zh") == 0)
        f->keywords = GJ_KEYWORDS_ZH;
    else if (strcmp(word, "en") == 0)
        f->keywords = GJ_KEYWORDS_EN;
    else
        cli_complain(f->session, CLI_USAGE,
                     CLI_SAY(f->session, "`--keywords` cannot be `%s`: zh or en",
                             "--keywords 不能是 %s：zh 或 en"),
                     word);
    return f->keywords != GJ_KEYWORDS_KEPT;
}

static void write_changed(formatter *f, const char *path, gj_text before, gj_text after)
{
    cli_output *out = &f->session->out;
    bool changed = before.size != after.size ||
                   (before.size > 0 && memcmp(before.bytes, after.bytes, before.size) != 0);
    const char *title = cli_file_title(f->session, path);
    bool is_input = strcmp(path, "-") == 0;
    if (f->checks || f->diffs) {
        if (changed)
            cli_note(f->session, CLI_FOUND);
        if (changed && f->diffs) {
            if (!cli_diff_print(out, title, before, after))
                cli_complain_status(f->session, GJ_NO_MEMORY);
        } else if (changed) {
            cli_output_add_text(out, (gj_text){title, strlen(title)});
            cli_output_add_string(out, "\n");
        }
    } else if (is_input) {
        cli_output_add(out, after.bytes, after.size);
    } else if (changed && cli_file_replace(f->session, path, after)) {
        cli_mention(f->session, CLI_SAY(f->session, "formatted %s", "已排版 %s"), path);
    }
}

static void format_text(formatter *f, const char *path, gj_text before)
{
    gj_compilation *compilation = NULL;
    bool is_input = strcmp(path, "-") == 0;
    gj_status status =
        gj_format(&f->compile, is_input ? "<stdin>" : path, before, f->keywords, &compilation);
    if (status == GJ_REFUSED) {
        cli_complain(
            f->session, CLI_UNREADABLE,
            CLI_SAY(
                f->session,
                "%s is left as it is: formatting would change what it says. That is a "
                "mistake of ours, not yours; please report it with the file",
                "%s "
                "保持原样：排版会改变其含义。这是本程序的错误，与文件无关；请附上该文件告知我们"),
            cli_file_title(f->session, path));
    } else if (status != GJ_OK) {
        cli_complain_status(f->session, status);
    } else {
        cli_diagnostics_tell(f->session, compilation);
        cli_compilation_note(f->session, compilation);
        gj_text after = gj_compilation_formatted(compilation);
        if (after.bytes != NULL)
            write_changed(f, path, before, after);
    }
    gj_compilation_destroy(compilation);
}

static void format_file(formatter *f, const char *path)
{
    cli_buffer bytes = {0};
    if (cli_file_read(f->session, path, &bytes)) {
        if (cli_kind_of(path, cli_buffer_text(&bytes)) == CLI_KIND_SOURCE)
            format_text(f, path, cli_buffer_text(&bytes));
        else
            cli_complain(f->session, CLI_USAGE,
                         CLI_SAY(f->session, "%s is no source", "%s 不是源文件"),
                         cli_file_title(f->session, path));
    }
    cli_buffer_deinit(&bytes);
}

void cli_fmt(cli_session *session, const cli_options *options)
{
    formatter f = {
        .session = session,
        .checks = cli_options_has(options, CLI_OPTION_CHECK),
        .diffs = cli_options_has(options, CLI_OPTION_DIFF),
    };
    cli_search search;
    if (options->operand_count == 0) {
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "`fmt` needs a source file", "fmt 需要源文件"));
        return;
    }
    if (!keywords_take(&f, options))
        return;
    if (cli_search_init(&search, options)) {
        f.compile = cli_search_options(&search);
        for (size_t i = 0; i < options->operand_count; i++)
            format_file(&f, options->operands[i]);
    } else {
        cli_complain_status(session, GJ_NO_MEMORY);
    }
    cli_search_deinit(&search);
}
