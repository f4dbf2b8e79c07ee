/* SPDX-License-Identifier: Apache-2.0
 *
 * A month or a year on a terminal, as it hangs on a wall: weeks from Monday, each day with a mark
 * of what it is, so that nothing hangs on colour; below it the marks that occur, and what each
 * occasion arranges. In Chinese the marks are those that printed calendars have: 节 休 班. */
#include <string.h>

#include "calendars.h"
#include "style.h"
#include "table.h"
#include "width.h"

enum { MONTHS = 12, WEEK = 7, MONTH_LINES = 8, OCCASIONS_MAX = CLI_TABLE_ROWS_MAX - 1, GAP = 3 };

typedef enum look {
    LOOK_WORKING,
    LOOK_WEEKEND,
    LOOK_HOLIDAY,
    LOOK_OFF,
    LOOK_ON,
    LOOK_OPEN,
    LOOKS
} look;

static const struct {
    const char *mark[2], *words[2]; /* by gj_lang; the marks of one language are equally wide */
    cli_style style;
} looks[LOOKS] = {
    [LOOK_WORKING] = {{" ", "  "}, {"", ""}, CLI_PLAIN},
    [LOOK_WEEKEND] = {{".", ". "}, {"day of rest", "休息日"}, CLI_FAINT},
    [LOOK_HOLIDAY] = {{"*", "节"}, {"holiday", "节假日"}, CLI_RED},
    [LOOK_OFF] = {{"-", "休"}, {"off", "放假"}, CLI_GREEN},
    [LOOK_ON] = {{"+", "班"}, {"worked", "上班"}, CLI_YELLOW},
    [LOOK_OPEN] = {{"?", "? "}, {"not announced yet", "尚未公布"}, CLI_NOTICE},
};

typedef struct picture {
    cli_session *session;
    cli_output *out;
    const gj_calendar *calendar;
    gj_day published;
    int32_t year;
    size_t blanks; /* owed: no line ends with any */
    bool seen[LOOKS];
} picture;

static look look_of(const picture *of, gj_day day)
{
    bool unpublished = of->published != GJ_NO_DAY && day > of->published;
    switch (gj_calendar_day_class(of->calendar, day)) {
    case GJ_DAY_WORKING:
        return unpublished ? LOOK_OPEN : LOOK_WORKING;
    case GJ_DAY_WEEKEND:
        return LOOK_WEEKEND;
    case GJ_DAY_HOLIDAY:
        return LOOK_HOLIDAY;
    case GJ_DAY_OFF:
        return LOOK_OFF;
    case GJ_DAY_ON:
        return LOOK_ON;
    }
    return LOOK_WORKING;
}

/* ---- months ---- */

static size_t cell_width(const picture *of)
{
    return of->session->lang == GJ_ZH ? 5 : 4; /* two digits, a mark, a space */
}

static size_t month_width(const picture *of)
{
    return WEEK * cell_width(of) - 1;
}

static gj_day month_first(const picture *of, int32_t month)
{
    return gj_day_of_date(of->year, month, 1);
}

static gj_day month_last(const picture *of, int32_t month)
{
    return month == MONTHS ? gj_day_of_date(of->year, MONTHS, 31) : month_first(of, month + 1) - 1;
}

static void owe(picture *of, size_t columns)
{
    of->blanks += columns;
}

static void pay(picture *of)
{
    cli_output_add_spaces(of->out, of->blanks);
    of->blanks = 0;
}

static void end_line(picture *of)
{
    of->blanks = 0;
    cli_output_add_string(of->out, "\n");
}

static void print_title(picture *of, int32_t month, size_t width)
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    cli_buffer words = {0};
    if (of->session->lang == GJ_ZH)
        cli_buffer_add_format(&words, "%d年%d月", of->year, month);
    else
        cli_buffer_add_format(&words, "%s %d", names[month - 1], of->year);
    size_t taken = cli_width(cli_buffer_text(&words));
    owe(of, (width - taken) / 2);
    pay(of);
    cli_output_style(of->out, CLI_STRONG);
    cli_output_add_text(of->out, cli_buffer_text(&words));
    cli_output_style(of->out, CLI_PLAIN);
    owe(of, width - taken - (width - taken) / 2);
    cli_buffer_deinit(&words);
}

static void print_weekdays(picture *of)
{
    static const char *const en[] = {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};
    static const char *const zh[] = {"一", "二", "三", "四", "五", "六", "日"};
    cli_output_style(of->out, CLI_FAINT);
    for (size_t i = 0; i < WEEK; i++) {
        pay(of);
        cli_output_add_string(of->out, of->session->lang == GJ_ZH ? zh[i] : en[i]);
        owe(of, cell_width(of) - 2 - (i + 1 == WEEK ? 1 : 0));
    }
    cli_output_style(of->out, CLI_PLAIN);
}

static void print_day(picture *of, gj_day day)
{
    int32_t year, month, of_month;
    look is = look_of(of, day);
    gj_date_of_day(day, &year, &month, &of_month);
    of->seen[is] = true;
    const char *mark = looks[is].mark[of->session->lang];
    size_t inked = strcspn(mark, " ");
    pay(of);
    cli_output_style(of->out, looks[is].style);
    cli_output_add_format(of->out, "%2d%.*s", of_month, (int)inked, mark);
    cli_output_style(of->out, CLI_PLAIN);
    owe(of, strlen(mark) - inked);
}

static void print_week(picture *of, int32_t month, int32_t week)
{
    gj_day first = month_first(of, month), last = month_last(of, month);
    gj_day monday = first - (gj_day)gj_day_weekday(first) + week * WEEK;
    for (gj_day day = monday; day < monday + WEEK; day++) {
        if (day >= first && day <= last)
            print_day(of, day);
        else
            owe(of, cell_width(of) - 1);
        owe(of, day + 1 < monday + WEEK ? 1 : 0);
    }
}

static void print_line(picture *of, int32_t month, int32_t line)
{
    if (line == 0)
        print_title(of, month, month_width(of));
    else if (line == 1)
        print_weekdays(of);
    else
        print_week(of, month, line - 2);
}

static int32_t lines_of(const picture *of, int32_t month)
{
    int32_t days = month_last(of, month) - month_first(of, month) + 1;
    return 2 + (days + (int32_t)gj_day_weekday(month_first(of, month)) + WEEK - 1) / WEEK;
}

/* Months side by side; of the last lines only those that one of them needs. */
static void print_months(picture *of, int32_t first, int32_t end)
{
    int32_t lines = 0;
    for (int32_t month = first; month < end; month++)
        lines = lines_of(of, month) > lines ? lines_of(of, month) : lines;
    for (int32_t line = 0; line < lines; line++) {
        for (int32_t month = first; month < end; month++) {
            owe(of, month > first ? GAP : 0);
            print_line(of, month, line);
        }
        end_line(of);
    }
}

static int32_t months_across(const picture *of)
{
    static const int32_t choices[] = {4, 3, 2};
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        size_t count = (size_t)choices[i];
        if (count * month_width(of) + (count - 1) * GAP <= of->out->columns)
            return choices[i];
    }
    return 1;
}

static void print_year(picture *of)
{
    int32_t across = months_across(of);
    for (int32_t month = 1; month <= MONTHS; month += across) {
        print_months(of, month, month + across);
        cli_output_add_string(of->out, "\n");
    }
}

/* ---- below it ---- */

static void print_marks(const picture *of)
{
    const char *separator = "";
    gj_lang lang = of->session->lang;
    for (int is = LOOK_WEEKEND; is < LOOKS; is++) {
        if (!of->seen[is])
            continue;
        gj_text mark = {looks[is].mark[lang], strcspn(looks[is].mark[lang], " ")};
        cli_output_add_string(of->out, separator);
        cli_output_style(of->out, looks[is].style);
        cli_output_add_text(of->out, mark);
        cli_output_style(of->out, CLI_PLAIN);
        cli_output_add_format(of->out, " %s", looks[is].words[lang]);
        separator = "   ";
    }
    cli_output_add_string(of->out, *separator != '\0' ? "\n" : "");
}

static void print_totals(const picture *of, gj_day from, gj_day to)
{
    size_t worked = 0, closed = 0, open = 0;
    for (gj_day day = from; day <= to; day++) {
        worked += cli_day_is_worked(gj_calendar_day_class(of->calendar, day));
        closed += !cli_day_is_worked(gj_calendar_day_class(of->calendar, day));
        open += of->published != GJ_NO_DAY && day > of->published;
    }
    cli_output_add_format(
        of->out, CLI_SAY(of->session, "%zu working days, %zu closed", "工作日%zu天，休息%zu天"),
        worked, closed);
    if (open > 0)
        cli_output_add_format(of->out,
                              CLI_SAY(of->session,
                                      "; %zu are not announced yet and stand by the week alone",
                                      "；其中%zu天的安排尚未公布，按每周工作日计"),
                              open);
    cli_output_add_string(of->out, "\n");
}

/* What one name arranges in the period. */
typedef struct occasion {
    gj_text name;
    cli_buffer off, on;
    size_t off_count;
} occasion;

static occasion *occasion_of(occasion *occasions, size_t *count, gj_text name)
{
    for (size_t i = 0; i < *count; i++)
        if (cli_text_equal(occasions[i].name, name))
            return &occasions[i];
    if (*count == OCCASIONS_MAX)
        return NULL;
    occasions[*count] = (occasion){.name = name};
    return &occasions[(*count)++];
}

static bool is_declared(const picture *of, gj_day day)
{
    gj_day_class class = gj_calendar_day_class(of->calendar, day);
    return class == GJ_DAY_HOLIDAY || class == GJ_DAY_OFF || class == GJ_DAY_ON;
}

/* The last day of the run of one name that is closed, or worked, as this one is. */
static gj_day run_end(const picture *of, gj_day day, gj_day to)
{
    bool worked = cli_day_is_worked(gj_calendar_day_class(of->calendar, day));
    gj_text name = gj_calendar_day_name(of->calendar, day);
    while (day < to && is_declared(of, day + 1) &&
           cli_day_is_worked(gj_calendar_day_class(of->calendar, day + 1)) == worked &&
           cli_text_equal(gj_calendar_day_name(of->calendar, day + 1), name))
        day++;
    return day;
}

static size_t occasions_find(const picture *of, gj_day from, gj_day to, occasion *occasions)
{
    size_t count = 0;
    for (gj_day day = from; day <= to; day++) {
        if (!is_declared(of, day))
            continue;
        gj_day end = run_end(of, day, to);
        occasion *each = occasion_of(occasions, &count, gj_calendar_day_name(of->calendar, day));
        if (each != NULL) {
            bool worked = cli_day_is_worked(gj_calendar_day_class(of->calendar, day));
            cli_buffer *words = worked ? &each->on : &each->off;
            if (words->size > 0)
                cli_buffer_add_string(words, CLI_SAY(of->session, ", ", "、"));
            cli_days_say(words, of->session->lang, day, end, false);
            each->off_count += worked ? 0 : (size_t)(end - day + 1);
        }
        day = end;
    }
    return count;
}

static void print_occasions(const picture *of, gj_day from, gj_day to)
{
    static const cli_align aligns[] = {CLI_BENDABLE, CLI_LEFT, CLI_RIGHT, CLI_LEFT};
    static occasion occasions[OCCASIONS_MAX];
    static cli_table table;
    size_t count = occasions_find(of, from, to, occasions);
    cli_table_init(&table, aligns, 4);
    if (count > 0) {
        cli_table_add_string(&table, CLI_FAINT, CLI_SAY(of->session, "occasion", "节日"));
        cli_table_add_string(&table, CLI_FAINT, CLI_SAY(of->session, "closed", "放假"));
        cli_table_add_string(&table, CLI_FAINT, CLI_SAY(of->session, "days", "天数"));
        cli_table_add_string(&table, CLI_FAINT, CLI_SAY(of->session, "worked instead", "上班"));
    }
    for (size_t i = 0; i < count; i++) {
        cli_table_add(&table, CLI_PLAIN, occasions[i].name);
        cli_table_add(&table, CLI_PLAIN, cli_buffer_text(&occasions[i].off));
        cli_table_add_count(&table, CLI_PLAIN, occasions[i].off_count);
        cli_table_add(&table, CLI_PLAIN, cli_buffer_text(&occasions[i].on));
        cli_buffer_deinit(&occasions[i].off);
        cli_buffer_deinit(&occasions[i].on);
    }
    if (count > 0) {
        cli_output_add_string(of->out, "\n");
        cli_table_print(&table, 0, of->out);
    }
    cli_table_deinit(&table);
}

void cli_calendar_picture(cli_session *session, const gj_calendar *calendar, int32_t year,
                          int32_t month)
{
    gj_calendar_summary summary = gj_calendar_summarise(calendar);
    picture of = {
        .session = session,
        .out = &session->out,
        .calendar = calendar,
        .published = summary.published_through,
        .year = year,
    };
    gj_day from = month_first(&of, month > 0 ? month : 1);
    gj_day to = month_last(&of, month > 0 ? month : MONTHS);
    cli_output_style(of.out, CLI_FAINT);
    cli_output_add_text(of.out, summary.revision);
    cli_output_style(of.out, CLI_PLAIN);
    cli_output_add_string(of.out, "\n\n");
    if (month > 0) {
        print_months(&of, month, month + 1);
        cli_output_add_string(of.out, "\n");
    } else
        print_year(&of);
    print_marks(&of);
    print_totals(&of, from, to);
    print_occasions(&of, from, to);
}
