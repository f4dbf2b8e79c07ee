/* SPDX-License-Identifier: Apache-2.0
 *
 * Two revisions of a calendar: what each says of itself that the other does not, the days that are
 * something else now, and by how many working days each year differs. */
#include "calendars.h"
#include "style.h"
#include "table.h"

enum { YEAR_FIRST = 1970, YEAR_LAST = 2199 };

typedef struct comparison {
    cli_session *session;
    cli_output *out;
    const gj_calendar *was, *is;
    gj_calendar_summary old, new;
    bool differs;
    size_t closed, opened; /* days */
} comparison;

static void print_pair(comparison *of, const char *en, const char *zh, gj_text was, gj_text is)
{
    cli_output_add_format(of->out, CLI_SAY(of->session, "%s: ", "%s："),
                          CLI_SAY(of->session, en, zh));
    cli_output_add_text(of->out, was);
    cli_output_add_string(of->out, " → ");
    cli_output_add_text(of->out, is);
    cli_output_add_string(of->out, "\n");
    of->differs = true;
}

static void say_published(cli_buffer *words, gj_lang lang, gj_day through)
{
    if (through == GJ_NO_DAY)
        cli_buffer_add_string(words, lang == GJ_ZH ? "未写明" : "not said");
    else
        cli_day_say(words, lang, through, true);
}

static bool hours_are_equal(const gj_calendar_summary *a, const gj_calendar_summary *b)
{
    bool equal = a->hours_count == b->hours_count;
    for (size_t i = 0; equal && i < a->hours_count; i++)
        equal = a->hours[i].from == b->hours[i].from && a->hours[i].to == b->hours[i].to;
    return equal;
}

static void compare_heads(comparison *of)
{
    if (of->old.published_through != of->new.published_through) {
        cli_buffer was = {0}, is = {0};
        say_published(&was, of->session->lang, of->old.published_through);
        say_published(&is, of->session->lang, of->new.published_through);
        print_pair(of, "published through", "已公布至", cli_buffer_text(&was),
                   cli_buffer_text(&is));
        cli_buffer_deinit(&was);
        cli_buffer_deinit(&is);
    }
    if (!cli_text_equal(of->old.zone, of->new.zone))
        print_pair(of, "zone", "时区", of->old.zone, of->new.zone);
    if (of->old.week != of->new.week || !hours_are_equal(&of->old, &of->new)) {
        cli_output_add_format(of->out, "%s\n",
                              CLI_SAY(of->session, "The week or its office hours differ.",
                                      "每周工作日或办公时间不同。"));
        of->differs = true;
    }
}

/* ---- days ---- */

typedef struct change {
    gj_day_class was, is;
    gj_text name_was, name_is;
} change;

static change change_of(const comparison *of, gj_day day)
{
    return (change){
        gj_calendar_day_class(of->was, day),
        gj_calendar_day_class(of->is, day),
        gj_calendar_day_name(of->was, day),
        gj_calendar_day_name(of->is, day),
    };
}

static bool is_none(const change *of)
{
    return of->was == of->is && cli_text_equal(of->name_was, of->name_is);
}

static bool is_same(const change *a, const change *b)
{
    return a->was == b->was && a->is == b->is && cli_text_equal(a->name_was, b->name_was) &&
           cli_text_equal(a->name_is, b->name_is);
}

static void say_class(cli_buffer *words, gj_lang lang, gj_day_class class, gj_text name)
{
    cli_buffer_add_string(words, cli_day_class_words(class, lang));
    if (name.size > 0) {
        cli_buffer_add_string(words, lang == GJ_ZH ? "（" : " (");
        cli_buffer_add_text(words, name);
        cli_buffer_add_string(words, lang == GJ_ZH ? "）" : ")");
    }
}

static cli_style style_of(const change *each)
{
    bool worked = cli_day_is_worked(each->is);
    return cli_day_is_worked(each->was) == worked ? CLI_PLAIN : worked ? CLI_YELLOW : CLI_GREEN;
}

static void print_change(comparison *of, const change *each, gj_day from, gj_day to)
{
    cli_buffer words = {0};
    bool worked = cli_day_is_worked(each->is);
    if (cli_day_is_worked(each->was) != worked)
        *(worked ? &of->opened : &of->closed) += (size_t)(to - from + 1);
    const char *mark = cli_day_is_worked(each->was) == worked ? "  " : worked ? "+ " : "- ";
    cli_output_style(of->out, style_of(each));
    cli_output_add_string(of->out, mark);
    cli_days_say(&words, of->session->lang, from, to, true);
    cli_padded_print(of->out, cli_buffer_text(&words), of->session->lang == GJ_ZH ? 38 : 32);
    cli_buffer_reset(&words);
    say_class(&words, of->session->lang, each->was, each->name_was);
    cli_buffer_add_string(&words, " → ");
    say_class(&words, of->session->lang, each->is, each->name_is);
    cli_output_add_text(of->out, cli_buffer_text(&words));
    cli_output_style(of->out, CLI_PLAIN);
    cli_output_add_string(of->out, "\n");
    of->differs = true;
    cli_buffer_deinit(&words);
}

static void compare_days(comparison *of)
{
    gj_day last = gj_day_of_date(YEAR_LAST, 12, 31);
    for (gj_day day = gj_day_of_date(YEAR_FIRST, 1, 1); day <= last; day++) {
        change each = change_of(of, day);
        if (is_none(&each))
            continue;
        gj_day from = day;
        for (change next; day < last; day++) {
            next = change_of(of, day + 1);
            if (!is_same(&each, &next))
                break;
        }
        /* A week that differs is told once, not for every day of two centuries. */
        if (of->old.week == of->new.week || each.name_is.size > 0 || each.name_was.size > 0)
            print_change(of, &each, from, day);
    }
}

static void compare_years(comparison *of)
{
    static const cli_align aligns[] = {CLI_LEFT, CLI_RIGHT, CLI_LEFT, CLI_RIGHT};
    static cli_table table;
    cli_table_init(&table, aligns, 4);
    for (int32_t year = YEAR_FIRST; of->old.week == of->new.week &&year <= YEAR_LAST; year++) {
        uint32_t was = gj_calendar_workdays(of->was, year), is = gj_calendar_workdays(of->is, year);
        if (was == is)
            continue;
        cli_buffer words = {0};
        cli_buffer_add_format(&words, CLI_SAY(of->session, "working days of %d:", "%d年工作日："),
                              year);
        cli_table_add(&table, CLI_PLAIN, cli_buffer_text(&words));
        cli_table_add_count(&table, CLI_PLAIN, was);
        cli_table_add_string(&table, CLI_PLAIN, "→");
        cli_table_add_count(&table, CLI_PLAIN, is);
        cli_buffer_deinit(&words);
    }
    cli_table_print(&table, 0, of->out);
    cli_table_deinit(&table);
}

void cli_calendar_compare(cli_session *session, const gj_calendar *was, const gj_calendar *is)
{
    comparison of = {
        .session = session,
        .out = &session->out,
        .was = was,
        .is = is,
        .old = gj_calendar_summarise(was),
        .new = gj_calendar_summarise(is),
    };
    cli_output_style(of.out, CLI_STRONG);
    cli_output_add_text(of.out, of.old.revision);
    cli_output_add_string(of.out, " → ");
    cli_output_add_text(of.out, of.new.revision);
    cli_output_style(of.out, CLI_PLAIN);
    cli_output_add_string(of.out, "\n");
    compare_heads(&of);
    compare_days(&of);
    if (!of.differs) {
        cli_output_add_format(of.out, "%s\n",
                              CLI_SAY(session, "No day differs.", "没有不同的日期。"));
        return;
    }
    cli_output_add_format(
        of.out,
        CLI_SAY(session,
                "%zu days are closed now that were worked (-), %zu worked "
                "that were closed (+).\n",
                "原上班、现休息的日期（-）%zu天，原休息、现上班的日期（+）%zu天。\n"),
        of.closed, of.opened);
    compare_years(&of);
    cli_note(session, CLI_FOUND);
}
