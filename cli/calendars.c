/* SPDX-License-Identifier: Apache-2.0
 *
 * See calendars.h. */
#include "calendars.h"

#include <string.h>

#include "diagnostics.h"
#include "file.h"

bool cli_text_equal(gj_text a, gj_text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.bytes, b.bytes, a.size) == 0);
}

/* ---- finding them ---- */

static bool is_wanted(const cli_options *options, gj_text name)
{
    const char *wanted = cli_options_value(options, CLI_OPTION_NAME);
    return wanted == NULL || cli_text_equal(name, (gj_text){wanted, strlen(wanted)});
}

static bool has_name(const cli_shelf *shelf, gj_text name)
{
    for (size_t i = 0; i < shelf->count; i++)
        if (cli_text_equal(gj_calendar_name(shelf->items[i]), name))
            return true;
    return false;
}

static bool add(cli_shelf *shelf, cli_session *session, const cli_options *options,
                const char *path, gj_text bytes)
{
    gj_calendar *calendar = cli_calendar_load(session, path, bytes);
    if (calendar == NULL)
        return false;
    if (shelf->count < CLI_CALENDARS_MAX && is_wanted(options, gj_calendar_name(calendar)))
        shelf->items[shelf->count++] = calendar;
    else
        gj_calendar_destroy(calendar);
    return true;
}

static bool add_source(cli_shelf *shelf, cli_session *session, const cli_options *options,
                       const char *path, gj_text bytes)
{
    gj_compilation *compilation = strcmp(path, "-") == 0
                                      ? cli_compile_text(session, options, "<stdin>", bytes)
                                      : cli_compile(session, options, &path, 1);
    if (compilation == NULL)
        return false;
    cli_diagnostics_tell(session, compilation);
    cli_compilation_note(session, compilation);
    bool done = session->status < CLI_SOURCE;
    for (size_t i = 0; done && i < gj_compilation_calendar_count(compilation); i++)
        done = add(shelf, session, options, path, gj_compilation_calendar(compilation, i));
    gj_compilation_destroy(compilation);
    return done;
}

static bool add_file(cli_shelf *shelf, cli_session *session, const cli_options *options,
                     const char *path)
{
    cli_buffer bytes = {0};
    bool done = cli_file_read(session, path, &bytes) &&
                add(shelf, session, options, path, cli_buffer_text(&bytes));
    cli_buffer_deinit(&bytes);
    return done;
}

/* A name comes from an image, which anyone may have made: it must not lead to another folder. */
static bool add_beside(cli_shelf *shelf, cli_session *session, const cli_options *options,
                       const char *path, gj_text name)
{
    if (name.size == 0 || memchr(name.bytes, '/', name.size) != NULL || has_name(shelf, name) ||
        !is_wanted(options, name))
        return true;
    cli_buffer beside = {0};
    cli_file_beside(path, name, CLI_CALENDAR_SUFFIX, &beside);
    bool done = add_file(shelf, session, options, cli_buffer_string(&beside));
    cli_buffer_deinit(&beside);
    return done;
}

static bool add_image(cli_shelf *shelf, cli_session *session, const cli_options *options,
                      const char *path, gj_text bytes)
{
    gj_image *image = cli_image_load(session, path, bytes);
    bool done = image != NULL;
    for (size_t i = 0; done && i < gj_image_procedure_count(image); i++)
        for (size_t j = 0; done && j < gj_image_procedure_calendar_count(image, i); j++)
            done =
                add_beside(shelf, session, options, path, gj_image_procedure_calendar(image, i, j));
    gj_image_destroy(image);
    return done;
}

static bool add_bytes(cli_shelf *shelf, cli_session *session, const cli_options *options,
                      const char *path, gj_text bytes)
{
    switch (cli_kind_of(path, bytes)) {
    case CLI_KIND_SOURCE:
        return add_source(shelf, session, options, path, bytes);
    case CLI_KIND_IMAGE:
        return add_image(shelf, session, options, path, bytes);
    case CLI_KIND_CALENDAR:
        return add(shelf, session, options, path, bytes);
    }
    return false;
}

bool cli_shelf_add(cli_shelf *shelf, cli_session *session, const cli_options *options,
                   const char *path)
{
    cli_buffer bytes = {0};
    size_t before = shelf->count;
    bool done = cli_file_read(session, path, &bytes) &&
                add_bytes(shelf, session, options, path, cli_buffer_text(&bytes));
    cli_buffer_deinit(&bytes);
    if (done && shelf->count == before) {
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "there is no such calendar in %s", "%s 中没有所要的日历"),
                     cli_file_title(session, path));
        return false;
    }
    return done;
}

void cli_shelf_deinit(cli_shelf *shelf)
{
    for (size_t i = 0; i < shelf->count; i++)
        gj_calendar_destroy(shelf->items[i]);
    shelf->count = 0;
}

/* ---- saying days ---- */

static void say_date(cli_buffer *words, gj_lang lang, gj_day day, bool with_year)
{
    int32_t year, month, of_month;
    gj_date_of_day(day, &year, &month, &of_month);
    if (lang == GJ_ZH) {
        if (with_year)
            cli_buffer_add_format(words, "%d年", year);
        cli_buffer_add_format(words, "%d月%d日", month, of_month);
    } else {
        if (with_year)
            cli_buffer_add_format(words, "%04d-", year);
        cli_buffer_add_format(words, "%02d-%02d", month, of_month);
    }
}

void cli_date_say(cli_buffer *words, gj_lang lang, gj_day day)
{
    say_date(words, lang, day, true);
}

void cli_day_say(cli_buffer *words, gj_lang lang, gj_day day, bool with_year)
{
    static const char *const en[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const zh[] = {"周一", "周二", "周三", "周四", "周五", "周六", "周日"};
    uint32_t weekday = gj_day_weekday(day);
    say_date(words, lang, day, with_year);
    cli_buffer_add_string(words, lang == GJ_ZH ? "" : " ");
    cli_buffer_add_string(words, lang == GJ_ZH ? zh[weekday] : en[weekday]);
}

void cli_days_say(cli_buffer *words, gj_lang lang, gj_day from, gj_day to, bool with_year)
{
    cli_day_say(words, lang, from, with_year);
    if (to != from) {
        cli_buffer_add_string(words, lang == GJ_ZH ? "至" : " – ");
        cli_day_say(words, lang, to, with_year);
    }
}

const char *cli_day_class_words(gj_day_class class, gj_lang lang)
{
    static const struct {
        const char *en, *zh;
    } words[] = {
        [GJ_DAY_WORKING] = {"working day", "工作日"},
        [GJ_DAY_WEEKEND] = {"day of rest", "休息日"},
        [GJ_DAY_HOLIDAY] = {"holiday", "节假日"},
        [GJ_DAY_OFF] = {"off", "放假"},
        [GJ_DAY_ON] = {"worked", "上班"},
    };
    return lang == GJ_ZH ? words[class].zh : words[class].en;
}

bool cli_day_is_worked(gj_day_class class)
{
    return class == GJ_DAY_WORKING || class == GJ_DAY_ON;
}
