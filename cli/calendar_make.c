/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju calendar --make`: notices and lists of days to a calendar, as a source in the reader's
 * language, or compiled where the output is called NAME.gjcal. */
#include <stdlib.h>
#include <string.h>

#include "calendars.h"
#include "diagnostics.h"
#include "file.h"
#include "search.h"

typedef struct kitchen {
    cli_session *session;
    const cli_options *options;
    cli_buffer *texts;
    gj_announcement *announcements;
    size_t count;
    cli_shelf onto;
    int32_t year;
} kitchen;

static bool year_take(kitchen *in)
{
    const char *text = cli_options_value(in->options, CLI_OPTION_YEAR);
    char *end = NULL;
    long year = text != NULL ? strtol(text, &end, 10) : 0;
    in->year = (int32_t)year;
    if (text == NULL || (strspn(text, "0123456789") == 4 && *end == '\0'))
        return true;
    cli_complain(in->session, CLI_USAGE,
                 CLI_SAY(in->session, "`%s` is no year; write 2027", "%s 不是年份；请写作 2027"),
                 text);
    return false;
}

static bool texts_read(kitchen *in)
{
    size_t count = in->options->operand_count;
    in->texts = calloc(count, sizeof *in->texts);
    in->announcements = calloc(count, sizeof *in->announcements);
    if (in->texts == NULL || in->announcements == NULL) {
        cli_complain_status(in->session, GJ_NO_MEMORY);
        return false;
    }
    for (; in->count < count; in->count++) {
        const char *path = in->options->operands[in->count];
        if (!cli_file_read(in->session, path, &in->texts[in->count]))
            return false;
        in->announcements[in->count] = (gj_announcement){strcmp(path, "-") == 0 ? "<stdin>" : path,
                                                         cli_buffer_text(&in->texts[in->count])};
    }
    return true;
}

/* The calendar of --calendar; where its file has several, the one of --name. */
static bool onto_take(kitchen *in)
{
    const char *path = cli_options_value(in->options, CLI_OPTION_CALENDAR);
    if (path == NULL)
        return true;
    if (!cli_shelf_add(&in->onto, in->session, in->options, path))
        return false;
    if (in->onto.count > 1)
        cli_complain(in->session, CLI_USAGE,
                     CLI_SAY(in->session, "%s holds several calendars; say which with --name",
                             "%s 中有多个日历，请以 --name 指明"),
                     path);
    return in->onto.count == 1;
}

static gj_status cook(kitchen *in, const gj_compile_options *options, gj_compilation **made)
{
    const char *name = cli_options_value(in->options, CLI_OPTION_NAME);
    gj_calendar_recipe recipe = {
        .size = sizeof recipe,
        .announcements = in->announcements,
        .announcement_count = in->count,
        .name = {name, name != NULL ? strlen(name) : 0},
        .onto = in->onto.count > 0 ? in->onto.items[0] : NULL,
        .year = in->year,
    };
    return gj_calendar_make(options, &recipe, made);
}

/* The source in the reader's language, or compiled. */
static void serve(kitchen *in, const gj_compile_options *options, gj_text source)
{
    const char *output = cli_options_value(in->options, CLI_OPTION_OUTPUT);
    bool compiles = output != NULL && cli_file_has_suffix(output, CLI_CALENDAR_SUFFIX);
    gj_compilation *compilation = NULL;
    gj_keywords keywords = in->session->lang == GJ_ZH ? GJ_KEYWORDS_ZH : GJ_KEYWORDS_EN;
    gj_status status = compiles ? gj_compile_text(options, "calendar", source, &compilation)
                                : gj_format(options, "calendar", source, keywords, &compilation);
    cli_complain_status(in->session, status);
    if (status == GJ_OK) {
        cli_diagnostics_tell(in->session, compilation);
        cli_compilation_note(in->session, compilation);
    }
    if (status == GJ_OK && gj_compilation_error_count(compilation) == 0) {
        gj_text bytes = compiles ? gj_compilation_calendar(compilation, 0)
                                 : gj_compilation_formatted(compilation);
        cli_file_write(in->session, output != NULL ? output : "-", bytes);
    }
    gj_compilation_destroy(compilation);
}

static void make(kitchen *in)
{
    cli_search search;
    gj_compilation *made = NULL;
    if (!cli_search_init(&search, in->options))
        cli_complain_status(in->session, GJ_NO_MEMORY);
    else {
        gj_compile_options options = cli_search_options(&search);
        gj_status status = cook(in, &options, &made);
        if (status == GJ_OVER_LIMIT)
            cli_complain(
                in->session, CLI_USAGE, "%s",
                CLI_SAY(in->session, "too many announcements at once", "一次给出的通知过多"));
        else
            cli_complain_status(in->session, status);
        if (status == GJ_OK) {
            cli_diagnostics_tell(in->session, made);
            cli_compilation_note(in->session, made);
        }
        if (status == GJ_OK && gj_compilation_error_count(made) == 0)
            serve(in, &options, gj_compilation_formatted(made));
        gj_compilation_destroy(made);
    }
    cli_search_deinit(&search);
}

void cli_calendar_make(cli_session *session, const cli_options *options)
{
    kitchen in = {.session = session, .options = options};
    if (year_take(&in) && texts_read(&in) && onto_take(&in))
        make(&in);
    for (size_t i = 0; in.texts != NULL && i < options->operand_count; i++)
        cli_buffer_deinit(&in.texts[i]);
    cli_shelf_deinit(&in.onto);
    free(in.texts);
    free(in.announcements);
}
