/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju dump`: an image, a source or a calendar from the inside, as the libraries print it. */
#include <string.h>

#include "command.h"
#include "diagnostics.h"
#include "file.h"
#include "program.h"

/* What each procedure's cases cost in memory. */
static void print_case_sizes(cli_session *session, const gj_image *image, size_t first, size_t end)
{
    cli_output_add_string(&session->out, "\n");
    for (size_t i = first; i < end; i++) {
        size_t remembered = gj_image_case_remembered_size(image, i);
        cli_output_add_format(&session->out, "case of unit %zu: %zu bytes", i,
                              gj_image_case_size(image, i));
        if (remembered > 0)
            cli_output_add_format(&session->out, ", and at most %zu that its rules remember",
                                  remembered);
        cli_output_add_string(&session->out, "\n");
    }
}

static void dump_image(cli_session *session, const cli_options *options, gj_text bytes)
{
    gj_writer writer = cli_output_writer(&session->out);
    const char *wanted = cli_options_value(options, CLI_OPTION_PROCEDURE);
    gj_image *image = cli_image_load(session, options->operands[0], bytes);
    size_t index = image != NULL && wanted != NULL ? cli_procedure_find(session, image, wanted) : 0;
    if (image != NULL && wanted == NULL)
        cli_complain_status(session, gj_image_dump(image, &writer));
    else if (image != NULL && index != GJ_NO_INDEX)
        cli_complain_status(session, gj_image_dump_procedure(image, index, &writer));
    if (image != NULL && index != GJ_NO_INDEX)
        print_case_sizes(session, image, wanted != NULL ? index : 0,
                         wanted != NULL ? index + 1 : gj_image_procedure_count(image));
    gj_image_destroy(image);
}

static void dump_calendar(cli_session *session, const char *path, gj_text bytes)
{
    gj_writer writer = cli_output_writer(&session->out);
    gj_calendar *calendar = cli_calendar_load(session, path, bytes);
    if (calendar != NULL)
        cli_complain_status(session, gj_calendar_dump(calendar, &writer));
    gj_calendar_destroy(calendar);
}

/* The code of a source is that of its image; one without a procedure may still hold calendars. */
static void dump_code(cli_session *session, const cli_options *options,
                      const gj_compilation *compilation)
{
    const char *path = options->operands[0];
    gj_text image = gj_compilation_image(compilation);
    size_t count = gj_compilation_calendar_count(compilation);
    if (image.bytes != NULL)
        dump_image(session, options, image);
    for (size_t i = 0; image.bytes == NULL && i < count; i++)
        dump_calendar(session, path, gj_compilation_calendar(compilation, i));
    if (image.bytes == NULL && count == 0 && session->status < CLI_SOURCE)
        cli_complain(session, CLI_SOURCE,
                     CLI_SAY(session, "%s holds no procedure", "%s 中没有流程"),
                     cli_file_title(session, path));
}

static gj_text given_text(const cli_options *options, cli_option option)
{
    const char *value = cli_options_value(options, option);
    return (gj_text){value, value != NULL ? strlen(value) : 0};
}

static void drawing_miss_tell(cli_session *session, const cli_options *options,
                              gj_drawing_miss miss)
{
    const char *file = cli_file_title(session, options->operands[0]);
    const char *procedure = cli_options_value(options, CLI_OPTION_PROCEDURE);
    const char *stage = cli_options_value(options, CLI_OPTION_STAGE);
    switch (miss) {
    case GJ_MISS_NOTHING:
        return;
    case GJ_MISS_PROCEDURE:
        if (procedure == NULL)
            cli_complain(session, CLI_SOURCE,
                         CLI_SAY(session, "%s holds no procedure", "%s 中没有流程"), file);
        else
            cli_complain(
                session, CLI_USAGE,
                CLI_SAY(session, "no procedure in %s is called `%s`", "%s 中没有名为 %s 的流程"),
                file, procedure);
        return;
    case GJ_MISS_CHOICE:
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session,
                             "%s holds several procedures; say which with --procedure NAME",
                             "%s 中有多个流程，请以 --procedure 名称 指明一个"),
                     file);
        return;
    case GJ_MISS_STAGE:
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "no stage in %s is called `%s`", "%s 中没有名为 %s 的环节"),
                     file, stage);
        return;
    case GJ_MISS_STAGE_CHOICE:
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session,
                             "several branches in %1$s have a stage `%2$s`; say BRANCH/%2$s",
                             "%1$s 中有多个分支含环节 %2$s，请写作“分支/%2$s”"),
                     file, stage);
        return;
    }
}

/* The graph, as text or drawn. */
static void draw(cli_session *session, const cli_options *options,
                 const gj_compilation *compilation)
{
    gj_writer writer = cli_output_writer(&session->out);
    gj_drawing_miss miss = GJ_MISS_NOTHING;
    gj_drawing drawing = {
        .size = sizeof drawing,
        .form = session->format == CLI_SVG   ? GJ_DRAWING_SVG
                : session->format == CLI_DOT ? GJ_DRAWING_DOT
                                             : GJ_DRAWING_TEXT,
        .lang = session->lang,
        .procedure = given_text(options, CLI_OPTION_PROCEDURE),
        .stage = given_text(options, CLI_OPTION_STAGE),
    };
    gj_status status = gj_compilation_draw(compilation, &drawing, &miss, &writer);
    if (status == GJ_UNKNOWN)
        drawing_miss_tell(session, options, miss);
    else if (status == GJ_OVER_LIMIT)
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "the graph is too large to be laid out; take --format dot",
                             "环节图过大，无法排布；请改用 --format dot"));
    else
        cli_complain_status(session, status);
}

/* Tokens, tree or graph. */
static void dump_part(cli_session *session, const cli_options *options,
                      const gj_compilation *compilation, gj_dump what)
{
    gj_writer writer = cli_output_writer(&session->out);
    const char *wanted = cli_options_value(options, CLI_OPTION_PROCEDURE);
    gj_text called = given_text(options, CLI_OPTION_PROCEDURE);
    gj_status status = gj_compilation_dump(compilation, what, called, &writer);
    if (status == GJ_UNKNOWN)
        cli_complain(
            session, CLI_USAGE,
            CLI_SAY(session, "no procedure in %s is called `%s`", "%s 中没有名为 %s 的流程"),
            cli_file_title(session, options->operands[0]), wanted);
    else
        cli_complain_status(session, status);
}

static void dump_source(cli_session *session, const cli_options *options, gj_text bytes)
{
    static const struct {
        cli_option option;
        gj_dump what;
    } dumps[] = {{CLI_OPTION_TOKENS, GJ_DUMP_TOKENS}, {CLI_OPTION_AST, GJ_DUMP_AST}};
    const char *path = options->operands[0];
    gj_compilation *compilation = strcmp(path, "-") == 0
                                      ? cli_compile_text(session, options, "<stdin>", bytes)
                                      : cli_compile(session, options, options->operands, 1);
    if (compilation == NULL)
        return;
    bool other = false;
    cli_diagnostics_tell(session, compilation);
    cli_compilation_note(session, compilation);
    for (size_t i = 0; i < sizeof dumps / sizeof *dumps; i++)
        if (cli_options_has(options, dumps[i].option)) {
            dump_part(session, options, compilation, dumps[i].what);
            other = true;
        }
    if (cli_options_has(options, CLI_OPTION_GRAPH)) {
        draw(session, options, compilation);
        other = true;
    }
    if (!other || cli_options_has(options, CLI_OPTION_CODE))
        dump_code(session, options, compilation);
    gj_compilation_destroy(compilation);
}

static bool asks_for_source(const cli_options *options)
{
    return cli_options_has(options, CLI_OPTION_TOKENS) ||
           cli_options_has(options, CLI_OPTION_AST) || cli_options_has(options, CLI_OPTION_GRAPH);
}

static void dump_bytes(cli_session *session, const cli_options *options, gj_text bytes)
{
    const char *path = options->operands[0];
    cli_kind kind = cli_kind_of(path, bytes);
    if (kind != CLI_KIND_SOURCE && asks_for_source(options)) {
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "%s is no source: it has no tokens, tree or graph left",
                             "%s 不是源文件，其中没有词、语法树和环节图"),
                     cli_file_title(session, path));
        return;
    }
    switch (kind) {
    case CLI_KIND_SOURCE:
        dump_source(session, options, bytes);
        return;
    case CLI_KIND_IMAGE:
        dump_image(session, options, bytes);
        return;
    case CLI_KIND_CALENDAR:
        dump_calendar(session, path, bytes);
        return;
    }
}

void cli_dump(cli_session *session, const cli_options *options)
{
    cli_buffer bytes = {0};
    bool draws = session->format != CLI_TEXT;
    bool is_alone = !cli_options_has(options, CLI_OPTION_TOKENS) &&
                    !cli_options_has(options, CLI_OPTION_AST) &&
                    !cli_options_has(options, CLI_OPTION_CODE);
    if (options->operand_count != 1)
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "`dump` takes one image, source or calendar",
                             "dump 需要一个映像、源文件或日历"));
    else if ((draws || cli_options_has(options, CLI_OPTION_STAGE)) &&
             !cli_options_has(options, CLI_OPTION_GRAPH))
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "only --graph can be drawn, and only it has a --stage",
                             "只有 --graph 可以画成图，--stage 也只与它同用"));
    else if (draws && !is_alone)
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session,
                             "a drawing stands alone: leave out --tokens, --ast and --code",
                             "画成图时不能同时输出 --tokens、--ast 或 --code"));
    else if (cli_file_read(session, options->operands[0], &bytes))
        dump_bytes(session, options, cli_buffer_text(&bytes));
    cli_buffer_deinit(&bytes);
}
