/* SPDX-License-Identifier: Apache-2.0
 *
 * What each calendar says but for its days, a paragraph each. */
#include "calendars.h"
#include "style.h"
#include "width.h"

static void print_label(cli_session *session, const char *en, const char *zh)
{
    const char *label = CLI_SAY(session, en, zh);
    enum { LABEL_COLUMNS = 20 };
    size_t width = cli_width_of(label);
    cli_output_add_spaces(&session->out, 2);
    cli_output_style(&session->out, CLI_FAINT);
    cli_output_add_string(&session->out, label);
    cli_output_style(&session->out, CLI_PLAIN);
    cli_output_add_spaces(&session->out, width < LABEL_COLUMNS ? LABEL_COLUMNS - width : 1);
}

static void print_words(cli_session *session, cli_buffer *words)
{
    cli_output_add_text(&session->out, cli_buffer_text(words));
    cli_output_add_string(&session->out, "\n");
    cli_buffer_reset(words);
}

static void say_week(cli_buffer *words, gj_lang lang, uint8_t week)
{
    static const char *const en[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const zh[] = {"周一", "周二", "周三", "周四", "周五", "周六", "周日"};
    const char *separator = "";
    for (unsigned day = 0; day < 7; day++)
        if ((week >> day & 1) != 0) {
            cli_buffer_add_format(words, "%s%s", separator, lang == GJ_ZH ? zh[day] : en[day]);
            separator = lang == GJ_ZH ? "、" : ", ";
        }
}

static void say_hours(cli_buffer *words, gj_lang lang, const gj_calendar_summary *summary)
{
    for (size_t i = 0; i < summary->hours_count; i++) {
        unsigned from = summary->hours[i].from, to = summary->hours[i].to;
        const char *separator = i == 0 ? "" : lang == GJ_ZH ? "、" : ", ";
        cli_buffer_add_format(words,
                              lang == GJ_ZH ? "%s%02u:%02u至%02u:%02u" : "%s%02u:%02u–%02u:%02u",
                              separator, from / 60, from % 60, to / 60, to % 60);
    }
    if (summary->hours_count == 0)
        cli_buffer_add_string(words, lang == GJ_ZH ? "未写明" : "not said");
}

static void say_published(cli_buffer *words, gj_lang lang, gj_day through)
{
    if (through == GJ_NO_DAY)
        cli_buffer_add_string(words, lang == GJ_ZH ? "未写明" : "not said");
    else
        cli_day_say(words, lang, through, true);
}

static void say_days(cli_buffer *words, gj_lang lang, const gj_calendar_summary *summary)
{
    if (summary->first_day == GJ_NO_DAY) {
        cli_buffer_add_string(words, lang == GJ_ZH ? "无" : "none");
        return;
    }
    cli_buffer_add_format(words,
                          lang == GJ_ZH ? "节假日%zu天、放假%zu天、上班%zu天（"
                                        : "%zu holidays, %zu off, %zu worked (",
                          summary->holidays, summary->off, summary->on);
    cli_days_say(words, lang, summary->first_day, summary->last_day, true);
    cli_buffer_add_string(words, lang == GJ_ZH ? "）" : ")");
}

static void print_calendar(cli_session *session, const gj_calendar *calendar)
{
    gj_calendar_summary summary = gj_calendar_summarise(calendar);
    cli_buffer words = {0};
    cli_output_style(&session->out, CLI_STRONG);
    cli_output_add_text(&session->out, summary.name);
    cli_output_style(&session->out, CLI_PLAIN);
    cli_output_add_string(&session->out, "\n");
    print_label(session, "revision", "版本");
    cli_buffer_add_text(&words, summary.revision);
    print_words(session, &words);
    if (summary.source.size > 0) {
        print_label(session, "module", "模块");
        cli_buffer_add_text(&words, summary.source);
        print_words(session, &words);
    }
    print_label(session, "zone", "时区");
    cli_buffer_add_text(&words, summary.zone);
    print_words(session, &words);
    print_label(session, "week", "每周");
    say_week(&words, session->lang, summary.week);
    print_words(session, &words);
    print_label(session, "office hours", "办公时间");
    say_hours(&words, session->lang, &summary);
    print_words(session, &words);
    print_label(session, "published through", "已公布至");
    say_published(&words, session->lang, summary.published_through);
    print_words(session, &words);
    print_label(session, "days listed", "所列日期");
    say_days(&words, session->lang, &summary);
    print_words(session, &words);
    cli_buffer_deinit(&words);
}

void cli_calendar_list(cli_session *session, const cli_shelf *shelf)
{
    for (size_t i = 0; i < shelf->count; i++) {
        if (i > 0)
            cli_output_add_string(&session->out, "\n");
        print_calendar(session, shelf->items[i]);
    }
}
