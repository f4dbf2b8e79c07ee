/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju calendar`: lists calendars, draws a month or a year of one, counts days by it, compares
 * two revisions, makes one of what was announced. */
#include <stdlib.h>
#include <string.h>

#include "calendars.h"
#include "command.h"

/* "2026" or "2026-02" in the years a calendar has days for; month 0: the whole year. */
static bool period_read(const char *text, bool with_month, int32_t *year, int32_t *month)
{
    char *end;
    if (strspn(text, "0123456789") != 4)
        return false;
    *year = (int32_t)strtol(text, &end, 10);
    *month = 0;
    if (*end == '-' && with_month && strspn(end + 1, "0123456789") <= 2)
        *month = (int32_t)strtol(end + 1, &end, 10);
    bool is_month = !with_month || (*month >= 1 && *month <= 12);
    return *end == '\0' && is_month && *year >= 1 && *year <= 9999;
}

static void draw(cli_session *session, const cli_options *options, const cli_shelf *shelf)
{
    const char *of_month = cli_options_value(options, CLI_OPTION_MONTH);
    const char *text = of_month != NULL ? of_month : cli_options_value(options, CLI_OPTION_YEAR);
    int32_t year, month;
    if (!period_read(text, of_month != NULL, &year, &month)) {
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "`%s` is no year (2026) or month (2026-02)",
                             "%s 不是年（2026）或月（2026-02）"),
                     text);
        return;
    }
    for (size_t i = 0; i < shelf->count; i++) {
        if (i > 0)
            cli_output_add_string(&session->out, "\n");
        cli_calendar_picture(session, shelf->items[i], year, month);
    }
}

/* Each of the older ones with the newer one of its name; two files of one calendar each, too. */
static void compare(cli_session *session, const cli_options *options, const cli_shelf *newer)
{
    cli_shelf older = {.count = 0};
    const char *path = cli_options_value(options, CLI_OPTION_AGAINST);
    size_t compared = 0;
    if (!cli_shelf_add(&older, session, options, path)) {
        cli_shelf_deinit(&older);
        return;
    }
    for (size_t i = 0; i < older.count; i++)
        for (size_t j = 0; j < newer->count; j++)
            if ((older.count == 1 && newer->count == 1) ||
                cli_text_equal(gj_calendar_name(older.items[i]),
                               gj_calendar_name(newer->items[j]))) {
                if (cli_calendar_asks_due(options))
                    cli_calendar_due_compare(session, options, older.items[i], newer->items[j]);
                else
                    cli_calendar_compare(session, older.items[i], newer->items[j]);
                compared++;
            }
    if (compared == 0)
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "no calendar stands in both; say which with --name",
                             "两处没有同名的日历，请以 --name 指明"));
    cli_shelf_deinit(&older);
}

static bool is_usable(cli_session *session, const cli_options *options)
{
    bool makes = cli_options_has(options, CLI_OPTION_MAKE);
    bool others =
        cli_options_has(options, CLI_OPTION_MONTH) || cli_options_has(options, CLI_OPTION_AGAINST);
    bool of_make = cli_options_has(options, CLI_OPTION_OUTPUT) ||
                   cli_options_has(options, CLI_OPTION_CALENDAR);
    if (options->operand_count == 0)
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session,
                             "`calendar` needs an image, a source or a calendar; with --make, a "
                             "notice",
                             "calendar 需要映像、源文件或日历；加 --make 则需要通知"));
    else if (makes && others)
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "--make stands without --month, --from and --against",
                             "--make 不能与 --month、--from 或 --against 同用"));
    else if (!makes && of_make)
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "--output and --calendar belong to --make",
                             "--output 和 --calendar 只与 --make 同用"));
    else
        return true;
    return false;
}

void cli_calendar(cli_session *session, const cli_options *options)
{
    cli_shelf shelf = {.count = 0};
    if (!is_usable(session, options))
        return;
    if (cli_options_has(options, CLI_OPTION_MAKE)) {
        cli_calendar_make(session, options);
        return;
    }
    bool done = true;
    for (size_t i = 0; done && i < options->operand_count; i++)
        done = cli_shelf_add(&shelf, session, options, options->operands[i]);
    bool draws =
        cli_options_has(options, CLI_OPTION_MONTH) || cli_options_has(options, CLI_OPTION_YEAR);
    if (done && cli_options_has(options, CLI_OPTION_AGAINST))
        compare(session, options, &shelf);
    else if (done && cli_calendar_asks_due(options))
        cli_calendar_due(session, options, &shelf);
    else if (done && draws)
        draw(session, options, &shelf);
    else if (done)
        cli_calendar_list(session, &shelf);
    cli_shelf_deinit(&shelf);
}
