/* SPDX-License-Identifier: Apache-2.0
 *
 * From a path on the command line to an image, its calendars and judges. Calendars come from three
 * places, the first that has the name: --calendar, the compilation, NAME.gjcal beside the image. */
#include "program.h"

#include <guiju/seal.h>

#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"
#include "file.h"
#include "natives.h"
#include "search.h"

static const char image_magic[] = "GUIJUIMG", calendar_magic[] = "\x89GJC\r\n\x1a\n";

static bool begins_with(gj_text bytes, const char *magic)
{
    size_t size = strlen(magic);
    return bytes.size >= size && memcmp(bytes.bytes, magic, size) == 0;
}

cli_kind cli_kind_of(const char *path, gj_text bytes)
{
    if (begins_with(bytes, image_magic) || gj_seal_is((gj_bytes){bytes.bytes, bytes.size}))
        return CLI_KIND_IMAGE;
    if (begins_with(bytes, calendar_magic))
        return CLI_KIND_CALENDAR;
    if (cli_file_has_suffix(path, CLI_IMAGE_SUFFIX))
        return CLI_KIND_IMAGE;
    return cli_file_has_suffix(path, CLI_CALENDAR_SUFFIX) ? CLI_KIND_CALENDAR : CLI_KIND_SOURCE;
}

/* ---- compiling ---- */

/* Keeps a compilation that has something to show. */
static gj_compilation *take(cli_session *session, gj_status status, gj_compilation *compilation)
{
    bool shows = compilation != NULL && gj_compilation_diagnostic_count(compilation) > 0;
    if (status == GJ_OK)
        return compilation;
    if (status == GJ_IO && shows) {
        cli_note(session, CLI_UNREADABLE);
        return compilation;
    }
    cli_complain_status(session, status);
    gj_compilation_destroy(compilation);
    return NULL;
}

static gj_compilation *compile_input(cli_session *session, const cli_options *options)
{
    gj_compilation *compilation = NULL;
    cli_buffer bytes = {0};
    if (cli_file_read(session, "-", &bytes))
        compilation = cli_compile_text(session, options, "<stdin>", cli_buffer_text(&bytes));
    cli_buffer_deinit(&bytes);
    return compilation;
}

gj_compilation *cli_compile_text(cli_session *session, const cli_options *options, const char *name,
                                 gj_text text)
{
    cli_search search;
    gj_compilation *compilation = NULL;
    gj_status status = GJ_NO_MEMORY;
    if (cli_search_init(&search, options)) {
        gj_compile_options compile_options = cli_search_options(&search);
        status = gj_compile_text(&compile_options, name, text, &compilation);
    }
    cli_search_deinit(&search);
    return take(session, status, compilation);
}

gj_compilation *cli_compile(cli_session *session, const cli_options *options,
                            const char *const *paths, size_t count)
{
    cli_search search;
    gj_compilation *compilation = NULL;
    gj_status status = GJ_NO_MEMORY;
    if (count == 1 && strcmp(paths[0], "-") == 0)
        return compile_input(session, options);
    if (cli_search_init(&search, options)) {
        gj_compile_options compile_options = cli_search_options(&search);
        status = gj_compile(&compile_options, paths, count, &compilation);
    }
    cli_search_deinit(&search);
    return take(session, status, compilation);
}

void cli_compilation_note(cli_session *session, const gj_compilation *compilation)
{
    if (gj_compilation_error_count(compilation) > 0)
        cli_note(session, CLI_SOURCE);
}

/* ---- loading ---- */

static void refuse(cli_session *session, const char *path, const gj_refusal *why)
{
    cli_buffer words = {0};
    gj_writer writer = cli_buffer_writer(&words);
    gj_refusal_print(why, session->lang, &writer);
    while (words.size > 0 && words.bytes[words.size - 1] == '\n')
        words.size--;
    cli_complain(session, CLI_REFUSED, CLI_SAY(session, "%s: %s", "%s：%s"),
                 cli_file_title(session, path), cli_buffer_string(&words));
    cli_buffer_deinit(&words);
}

/* An envelope is opened without asking who signed it: that is asked by `verify` and by stores. */
static gj_text unsealed(gj_text bytes)
{
    gj_seal seal;
    gj_seal_fault fault;
    gj_bytes file = {bytes.bytes, bytes.size};
    if (!gj_seal_is(file))
        return bytes;
    gj_seal_open(file, NULL, 0, &seal, &fault);
    return seal.image.bytes == NULL ? bytes : (gj_text){seal.image.bytes, seal.image.size};
}

gj_image *cli_image_load(cli_session *session, const char *path, gj_text bytes)
{
    gj_image *image = NULL;
    gj_refusal why = {0};
    bytes = unsealed(bytes);
    gj_status status = gj_image_load(NULL, bytes.bytes, bytes.size, &image, &why);
    if (status == GJ_REFUSED)
        refuse(session, path, &why);
    else
        cli_complain_status(session, status);
    return status == GJ_OK ? image : NULL;
}

gj_calendar *cli_calendar_load(cli_session *session, const char *path, gj_text bytes)
{
    gj_calendar *calendar = NULL;
    gj_refusal why = {0};
    gj_status status = gj_calendar_load(NULL, bytes.bytes, bytes.size, &calendar, &why);
    if (status == GJ_REFUSED)
        refuse(session, path, &why);
    else
        cli_complain_status(session, status);
    return status == GJ_OK ? calendar : NULL;
}

static bool open_source(cli_program *program, cli_session *session)
{
    if (program->compilation == NULL)
        return false;
    cli_diagnostics_tell(session, program->compilation);
    cli_compilation_note(session, program->compilation);
    gj_text image = gj_compilation_image(program->compilation);
    if (session->status >= CLI_SOURCE)
        return false;
    if (image.bytes == NULL) {
        cli_complain(session, CLI_SOURCE,
                     CLI_SAY(session, "%s holds no procedure", "%s 中没有流程"),
                     cli_file_title(session, program->path));
        return false;
    }
    cli_buffer_add_text(&program->image_bytes, image);
    program->image = cli_image_load(session, program->path, image);
    return program->image != NULL;
}

static bool open_bytes(cli_program *program, cli_session *session, const cli_options *options,
                       gj_text bytes)
{
    bool is_input = strcmp(program->path, "-") == 0;
    switch (cli_kind_of(program->path, bytes)) {
    case CLI_KIND_SOURCE:
        program->compilation = is_input ? cli_compile_text(session, options, "<stdin>", bytes)
                                        : cli_compile(session, options, &program->path, 1);
        return open_source(program, session);
    case CLI_KIND_IMAGE:
        cli_buffer_add_text(&program->image_bytes, bytes);
        program->image = cli_image_load(session, program->path, bytes);
        return program->image != NULL;
    case CLI_KIND_CALENDAR:
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "%s is a calendar; give an image or a source",
                             "%s 是日历；请给出映像或源文件"),
                     cli_file_title(session, program->path));
        return false;
    }
    return false;
}

bool cli_program_open(cli_program *program, cli_session *session, const cli_options *options,
                      const char *path)
{
    cli_buffer bytes = {0};
    *program = (cli_program){.path = path};
    bool done = cli_file_read(session, path, &bytes) &&
                open_bytes(program, session, options, cli_buffer_text(&bytes));
    cli_buffer_deinit(&bytes);
    return done;
}

/* ---- calendars ---- */

static bool equal(gj_text a, gj_text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.bytes, b.bytes, a.size) == 0);
}

static bool has_calendar(const cli_program *program, gj_text name)
{
    for (size_t i = 0; i < program->calendar_count; i++)
        if (equal(gj_calendar_name(program->calendars[i]), name))
            return true;
    return false;
}

static bool add_calendar(cli_program *program, cli_session *session, const char *path,
                         gj_text bytes)
{
    if (program->calendar_count == CLI_CALENDARS_MAX) {
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "more than %d calendars", "日历超过 %d 个"),
                     CLI_CALENDARS_MAX);
        return false;
    }
    gj_calendar *calendar = cli_calendar_load(session, path, bytes);
    if (calendar == NULL)
        return false;
    cli_buffer_add_text(&program->calendar_bytes[program->calendar_count], bytes);
    program->calendars[program->calendar_count++] = calendar;
    return true;
}

static bool add_calendar_file(cli_program *program, cli_session *session, const char *path)
{
    cli_buffer bytes = {0};
    bool done = cli_file_read(session, path, &bytes) &&
                add_calendar(program, session, path, cli_buffer_text(&bytes));
    cli_buffer_deinit(&bytes);
    return done;
}

static bool add_compiled(cli_program *program, cli_session *session, gj_text name)
{
    size_t count =
        program->compilation != NULL ? gj_compilation_calendar_count(program->compilation) : 0;
    for (size_t i = 0; i < count; i++)
        if (equal(gj_compilation_calendar_name(program->compilation, i), name))
            return add_calendar(program, session, program->path,
                                gj_compilation_calendar(program->compilation, i));
    return true;
}

/* A name comes from an image, which anyone may have made: it must not lead to another folder. */
static bool add_beside(cli_program *program, cli_session *session, gj_text name)
{
    cli_buffer path = {0};
    cli_file_beside(program->path, name, CLI_CALENDAR_SUFFIX, &path);
    bool plain = name.size > 0 && memchr(name.bytes, '/', name.size) == NULL;
    bool done = true;
    if (plain && cli_file_exists(cli_buffer_string(&path)))
        done = add_calendar_file(program, session, cli_buffer_string(&path));
    else
        cli_complain(session, CLI_UNREADABLE,
                     CLI_SAY(session,
                             "the calendar `%.*s` is missing: neither given with --calendar nor "
                             "found as %s",
                             "缺少日历 %.*s：未用 --calendar 给出，也没有文件 %s"),
                     (int)name.size, name.bytes, cli_buffer_string(&path));
    cli_buffer_deinit(&path);
    return done && has_calendar(program, name);
}

static bool add_given(cli_program *program, cli_session *session, const cli_options *options)
{
    for (size_t i = 0; i < options->given_count; i++)
        if (options->given[i].option == CLI_OPTION_CALENDAR &&
            !add_calendar_file(program, session, options->given[i].value))
            return false;
    return true;
}

static bool find_calendar(cli_program *program, cli_session *session, gj_text name)
{
    if (has_calendar(program, name))
        return true;
    if (!add_compiled(program, session, name))
        return false;
    return has_calendar(program, name) || add_beside(program, session, name);
}

/* Every one that is missing is told, not the first alone. */
static bool find_calendars(cli_program *program, cli_session *session, size_t index)
{
    size_t count = gj_image_procedure_calendar_count(program->image, index);
    bool found = true;
    for (size_t i = 0; i < count; i++)
        found = find_calendar(program, session,
                              gj_image_procedure_calendar(program->image, index, i)) &&
                found;
    return found;
}

static void tell_zone(cli_session *session, const gj_calendar *calendar)
{
    gj_calendar_summary summary = gj_calendar_summarise(calendar);
    cli_complain(session, CLI_USAGE,
                 CLI_SAY(session, "the calendars of a procedure have one zone; %.*s stands in %.*s",
                         "同一流程所用各日历的时区应当相同；%.*s 的时区为 %.*s"),
                 (int)summary.name.size, summary.name.bytes, (int)summary.zone.size,
                 summary.zone.bytes);
}

/* Which they are, so that one sees which is the other one. */
static void tell_zones(const cli_program *program, cli_session *session, size_t index)
{
    size_t count = gj_image_procedure_calendar_count(program->image, index);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < program->calendar_count; j++)
            if (equal(gj_calendar_name(program->calendars[j]),
                      gj_image_procedure_calendar(program->image, index, i))) {
                tell_zone(session, program->calendars[j]);
                break;
            }
}

/* ---- judges ---- */

enum { PROCEDURES_TOLD_MAX = 20 };

static void tell_procedures(const gj_image *image, cli_buffer *words)
{
    size_t count = gj_image_procedure_count(image);
    for (size_t i = 0; i < count && i < PROCEDURES_TOLD_MAX; i++) {
        cli_buffer_add_string(words, i > 0 ? ", " : "");
        cli_buffer_add_text(words, gj_image_procedure_name(image, i));
    }
    cli_buffer_add_string(words, count > PROCEDURES_TOLD_MAX ? ", …" : "");
}

size_t cli_procedure_find(cli_session *session, const gj_image *image, const char *wanted)
{
    size_t index = gj_image_procedure_find(image, (gj_text){wanted, strlen(wanted)});
    cli_buffer words = {0};
    if (index == GJ_NO_INDEX) {
        tell_procedures(image, &words);
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "no procedure here is called `%s`; there is: %s",
                             "此处没有名为 %s 的流程；现有：%s"),
                     wanted, cli_buffer_string(&words));
    }
    cli_buffer_deinit(&words);
    return index;
}

static bool bind_procedure(cli_program *program, cli_session *session, size_t index)
{
    if (!find_calendars(program, session, index) ||
        !cli_natives_check(session, program->natives, program->image, index))
        return false;
    cli_bound *bound = &program->bound[program->bound_count];
    gj_judge_options judge_options = {
        .size = sizeof judge_options,
        .image = program->image,
        .procedure = gj_image_procedure_name(program->image, index),
        .calendars = (const gj_calendar *const *)program->calendars,
        .calendar_count = program->calendar_count,
        .natives = program->natives,
    };
    gj_status status = gj_judge_create(&judge_options, &bound->judge);
    if (status == GJ_OTHER_ZONE)
        tell_zones(program, session, index);
    else
        cli_complain_status(session, status);
    bound->index = index;
    program->bound_count += status == GJ_OK;
    return status == GJ_OK;
}

bool cli_program_bind(cli_program *program, cli_session *session, const cli_options *options)
{
    const char *wanted = cli_options_value(options, CLI_OPTION_PROCEDURE);
    size_t first = 0, end = gj_image_procedure_count(program->image);
    if (wanted != NULL) {
        first = cli_procedure_find(session, program->image, wanted);
        end = first + 1;
    }
    if (first == GJ_NO_INDEX || !add_given(program, session, options))
        return false;
    program->natives = cli_natives_open(session, options);
    if (program->natives == NULL)
        return false;
    program->bound = calloc(end - first, sizeof *program->bound);
    if (program->bound == NULL) {
        cli_complain_status(session, GJ_NO_MEMORY);
        return false;
    }
    for (size_t i = first; i < end; i++)
        if (!bind_procedure(program, session, i))
            return false;
    return true;
}

void cli_program_deinit(cli_program *program)
{
    for (size_t i = 0; i < program->bound_count; i++)
        gj_judge_destroy(program->bound[i].judge);
    free(program->bound);
    gj_natives_destroy(program->natives);
    for (size_t i = 0; i < program->calendar_count; i++)
        gj_calendar_destroy(program->calendars[i]);
    for (size_t i = 0; i < program->calendar_count; i++)
        cli_buffer_deinit(&program->calendar_bytes[i]);
    cli_buffer_deinit(&program->image_bytes);
    gj_image_destroy(program->image);
    gj_compilation_destroy(program->compilation);
    *program = (cli_program){0};
}
