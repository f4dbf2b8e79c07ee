/* SPDX-License-Identifier: Apache-2.0
 *
 * When a number of days is up: one day, or a range where it lies beyond what is published; and,
 * against an older revision, what it was there. */
#include <stdlib.h>
#include <string.h>

#include "calendars.h"

typedef struct span {
    gj_unit unit;
    uint32_t budget;
    gj_day from;
} span;

/* "20 workdays", 20个工作日, "15 days", 15日, "3 months", 3个月, "1 year", 1年. */
static bool budget_read(const char *text, span *asked)
{
    static const struct {
        const char *word;
        gj_unit unit;
    } units[] = {{"workdays", GJ_WORKDAYS}, {"workday", GJ_WORKDAYS}, {"个工作日", GJ_WORKDAYS},
                 {"工作日", GJ_WORKDAYS},   {"days", GJ_DAYS},        {"day", GJ_DAYS},
                 {"日", GJ_DAYS},           {"天", GJ_DAYS},          {"months", GJ_MONTHS},
                 {"month", GJ_MONTHS},      {"个月", GJ_MONTHS},      {"月", GJ_MONTHS},
                 {"years", GJ_YEARS},       {"year", GJ_YEARS},       {"年", GJ_YEARS}};
    size_t digits = strspn(text, "0123456789");
    const char *unit = text + digits + strspn(text + digits, " ");
    if (digits == 0 || digits > 6)
        return false;
    asked->budget = (uint32_t)strtoul(text, NULL, 10);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(unit, units[i].word) == 0) {
            asked->unit = units[i].unit;
            return asked->budget > 0;
        }
    return false;
}

static bool from_read(const char *text, span *asked)
{
    gj_stamp stamp;
    const int64_t day_ms = 86400000;
    if (strlen(text) != 10 || !gj_stamp_parse((gj_text){text, 10}, &stamp))
        return false;
    int64_t day = stamp.wall_ms / day_ms - (stamp.wall_ms % day_ms < 0 ? 1 : 0);
    asked->from = (gj_day)day;
    return true;
}

bool cli_calendar_asks_due(const cli_options *options)
{
    return cli_options_has(options, CLI_OPTION_FROM) || cli_options_has(options, CLI_OPTION_WITHIN);
}

static bool asked_read(cli_session *session, const cli_options *options, span *asked)
{
    const char *from = cli_options_value(options, CLI_OPTION_FROM);
    const char *within = cli_options_value(options, CLI_OPTION_WITHIN);
    if (from == NULL || within == NULL)
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "--from DATE and --within N go together",
                             "--from 日期 与 --within 天数 须同时给出"));
    else if (!from_read(from, asked))
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "`%s` is no date (2026-02-10)", "%s 不是日期（2026-02-10）"),
                     from);
    else if (!budget_read(within, asked))
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "`%s` is no number of days (20 workdays, 15 days, 3 months)",
                             "%s 不是天数（20个工作日，15日，3个月）"),
                     within);
    else
        return true;
    return false;
}

/* "due 2026-03-16 Mon", or from when to when. */
static void say_due(cli_buffer *words, gj_lang lang, gj_due due)
{
    if (due.earliest == due.latest) {
        cli_day_say(words, lang, due.earliest, true);
        return;
    }
    cli_buffer_add_string(words, lang == GJ_ZH ? "最早" : "at the earliest ");
    cli_day_say(words, lang, due.earliest, true);
    cli_buffer_add_string(words, lang == GJ_ZH ? "、最迟" : ", at the latest ");
    cli_day_say(words, lang, due.latest, true);
}

static const char *unit_words(gj_unit unit, gj_lang lang)
{
    bool zh = lang == GJ_ZH;
    return unit == GJ_WORKDAYS ? (zh ? "个工作日" : " workdays")
           : unit == GJ_MONTHS ? (zh ? "个月" : " months")
           : unit == GJ_YEARS  ? (zh ? "年" : " years")
                               : (zh ? "日" : " days");
}

static void say_question(cli_buffer *words, gj_lang lang, const span *asked)
{
    const char *unit = unit_words(asked->unit, lang);
    if (lang == GJ_ZH) {
        cli_buffer_add_string(words, "自");
        cli_day_say(words, lang, asked->from, true);
        cli_buffer_add_format(words, "起%u%s，届满日：", asked->budget, unit);
    } else {
        cli_buffer_add_format(words, "%u%s from ", asked->budget, unit);
        cli_day_say(words, lang, asked->from, true);
        cli_buffer_add_string(words, " end ");
    }
}

static gj_due due_of(const gj_calendar *calendar, const span *asked)
{
    return gj_calendar_due(calendar, asked->unit, asked->budget, true, asked->from);
}

/* What would end behind the last year is counted by no calendar. */
static bool is_in_sight(cli_session *session, const cli_options *options,
                        const gj_calendar *calendar, const span *asked)
{
    bool sees = due_of(calendar, asked).latest < gj_day_of_date(9999, 12, 31);
    if (!sees)
        cli_complain(
            session, CLI_USAGE,
            CLI_SAY(session,
                    "`%s` from %s lead past the year 9999: say a shorter time, or an earlier day",
                    "%s自%s起算，超出9999年：请缩短期限，或者提早起算之日"),
            cli_options_value(options, CLI_OPTION_WITHIN),
            cli_options_value(options, CLI_OPTION_FROM));
    return sees;
}

static void say_open(cli_buffer *words, gj_lang lang, const gj_calendar *calendar)
{
    cli_buffer_add_string(words, lang == GJ_ZH ? "（" : " (what comes after ");
    cli_day_say(words, lang, gj_calendar_summarise(calendar).published_through, true);
    cli_buffer_add_string(words, lang == GJ_ZH ? "之后的安排尚未公布）" : " is not announced yet)");
}

static void print_line(cli_session *session, cli_buffer *words)
{
    cli_buffer_add_string(words, "\n");
    cli_output_add(&session->out, words->failed ? "" : words->bytes,
                   words->failed ? 0 : words->size);
    cli_buffer_deinit(words);
}

static void print_due(cli_session *session, const gj_calendar *calendar, const span *asked)
{
    cli_buffer words = {0};
    gj_due due = due_of(calendar, asked);
    cli_buffer_add_text(&words, gj_calendar_revision(calendar));
    print_line(session, &words);
    words = (cli_buffer){0};
    say_question(&words, session->lang, asked);
    say_due(&words, session->lang, due);
    if (due.open)
        say_open(&words, session->lang, calendar);
    print_line(session, &words);
}

void cli_calendar_due(cli_session *session, const cli_options *options, const cli_shelf *shelf)
{
    span asked;
    if (!asked_read(session, options, &asked))
        return;
    for (size_t i = 0; i < shelf->count; i++)
        if (is_in_sight(session, options, shelf->items[i], &asked))
            print_due(session, shelf->items[i], &asked);
}

/* What was one thing by the older revision, and is now another. */
void cli_calendar_due_compare(cli_session *session, const cli_options *options,
                              const gj_calendar *was, const gj_calendar *is)
{
    span asked;
    if (!asked_read(session, options, &asked) || !is_in_sight(session, options, was, &asked) ||
        !is_in_sight(session, options, is, &asked))
        return;
    gj_due old = due_of(was, &asked), new = due_of(is, &asked);
    print_due(session, was, &asked);
    print_due(session, is, &asked);
    bool same = old.earliest == new.earliest &&old.latest == new.latest &&old.open == new.open;
    const char *words = same ? CLI_SAY(session, "Nothing changed.", "没有变化。")
                        : old.open && !new.open
                            ? CLI_SAY(session, "What was open is now final.", "原待定，现已确定。")
                            : CLI_SAY(session, "The end has changed.", "届满日有变化。");
    cli_output_add_format(&session->out, "%s\n", words);
    if (!same)
        cli_note(session, CLI_FOUND);
}
