/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju build`: sources to an image, and the calendars that they declare or use to files beside
 * it, where `replay` looks for them. Sources without a procedure give their calendars only.
 * Diagnostics go to standard error; as data, which someone will read on, to standard output. */
#include <string.h>

#include "command.h"
#include "diagnostics.h"
#include "file.h"
#include "program.h"

static bool write_result(cli_session *session, const char *path, gj_text bytes)
{
    if (!cli_file_write(session, path, bytes))
        return false;
    if (strcmp(path, "-") != 0)
        cli_mention(session, CLI_SAY(session, "wrote %s (%zu bytes)", "已写出 %s（%zu 字节）"),
                    path, bytes.size);
    return true;
}

static void write_calendars(cli_session *session, const gj_compilation *compilation,
                            const char *output)
{
    size_t count = gj_compilation_calendar_count(compilation);
    for (size_t i = 0; i < count; i++) {
        cli_buffer path = {0};
        cli_file_beside(output, gj_compilation_calendar_name(compilation, i), CLI_CALENDAR_SUFFIX,
                        &path);
        write_result(session, cli_buffer_string(&path), gj_compilation_calendar(compilation, i));
        cli_buffer_deinit(&path);
    }
}

static void write_results(cli_session *session, const gj_compilation *compilation,
                          const char *output)
{
    gj_text image = gj_compilation_image(compilation);
    size_t calendar_count = gj_compilation_calendar_count(compilation);
    if (image.bytes == NULL && calendar_count == 0) {
        cli_complain(session, CLI_SOURCE, "%s",
                     CLI_SAY(session, "the sources hold neither a procedure nor a calendar",
                             "源文件中既没有流程，也没有日历"));
        return;
    }
    if (image.bytes == NULL && calendar_count == 1) {
        write_result(session, output, gj_compilation_calendar(compilation, 0));
        return;
    }
    if (image.bytes != NULL && !write_result(session, output, image))
        return;
    if (strcmp(output, "-") != 0)
        write_calendars(session, compilation, output);
    else if (calendar_count > 0)
        cli_mention(session, "%s",
                    CLI_SAY(session,
                            "the calendars are not written: there is no folder to put them in",
                            "映像写至标准输出，未写出日历"));
}

static bool is_usable(cli_session *session, const cli_options *options, const char *output)
{
    bool as_data = session->format != CLI_TEXT;
    if (options->operand_count == 0)
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "`build` needs a source file", "build 需要源文件"));
    else if (output == NULL)
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "`build` needs a place for the image: -o IMAGE",
                             "build 需要指定映像文件：-o IMAGE"));
    else if (as_data && strcmp(output, "-") == 0)
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session,
                             "the image and the diagnostics cannot both go to standard output",
                             "映像与诊断不能同时写至标准输出"));
    else
        return true;
    return false;
}

void cli_build(cli_session *session, const cli_options *options)
{
    const char *output = cli_options_value(options, CLI_OPTION_OUTPUT);
    cli_diagnostics diagnostics;
    if (!is_usable(session, options, output) ||
        !cli_diagnostics_init(&diagnostics, session, options))
        return;
    gj_compilation *compilation =
        cli_compile(session, options, options->operands, options->operand_count);
    if (compilation == NULL)
        return;
    diagnostics.compilations = &compilation;
    diagnostics.count = 1;
    cli_diagnostics_print(session, &diagnostics,
                          session->format == CLI_TEXT ? &session->err : &session->out);
    cli_compilation_note(session, compilation);
    if (session->status < CLI_SOURCE)
        write_results(session, compilation, output);
    gj_compilation_destroy(compilation);
}
