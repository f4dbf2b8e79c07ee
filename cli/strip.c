/* SPDX-License-Identifier: Apache-2.0
 *
 * See strip.h. */
#include "strip.h"

#include <string.h>

#include "calendars.h"
#include "width.h"

enum { CELL = 2, MONTH_DAYS = 31 };

static const struct {
    const char *mark[2], *words[2]; /* by gj_lang */
    cli_style style;
} looks[CLI_LOOKS] = {
    [CLI_LOOK_OUTSIDE] = {{"", ""}, {"", ""}, CLI_PLAIN},
    [CLI_LOOK_START] = {{"S", "起"}, {"start", "起算日"}, CLI_GREEN},
    [CLI_LOOK_COUNTED] = {{"#", "#"}, {"", ""}, CLI_STRONG},
    [CLI_LOOK_TO_COME] = {{"#", "#"}, {"", ""}, CLI_PLAIN},
    [CLI_LOOK_WORKED] = {{"+", "班"}, {"worked, counts", "调休上班，计入"}, CLI_YELLOW},
    [CLI_LOOK_WEEKEND] = {{".", "."}, {"weekend", "周末"}, CLI_FAINT},
    [CLI_LOOK_HOLIDAY] = {{"*", "节"}, {"holiday", "节假日"}, CLI_FAINT},
    [CLI_LOOK_OFF] = {{"-", "休"}, {"closed", "放假"}, CLI_FAINT},
    [CLI_LOOK_STOPPED] = {{"=", "停"}, {"stopped", "停止计算"}, CLI_NOTICE},
    [CLI_LOOK_DUE] = {{"D", "届"}, {"last day", "最后一日"}, CLI_STRONG},
    [CLI_LOOK_OPEN] = {{"?", "?"}, {"not announced yet", "尚未公布"}, CLI_NOTICE},
    [CLI_LOOK_OVER] = {{"!", "超"}, {"over", "超出"}, CLI_RED},
    [CLI_LOOK_END] = {{"E", "止"}, {"ended", "结束"}, CLI_GREEN},
    [CLI_LOOK_NOW] = {{"|", "今"}, {"up to here", "截至此日"}, CLI_STRONG},
};

/* ---- days ---- */

static bool has_ended(const gj_account *account)
{
    return account->status == GJ_ACCOUNT_ENDED || account->status == GJ_ACCOUNT_CLOSED;
}

gj_day cli_strip_last(const gj_account *account)
{
    gj_day last = account->until_day > account->start_day ? account->until_day : account->start_day;
    if (account->span == GJ_SPAN_AT_LEAST && account->has_due)
        return account->due_day; /* what comes after is free */
    return account->has_due && account->due_day > last ? account->due_day : last;
}

/* The last run that holds the day: of hours several may. */
static const gj_account_run *run_of(const gj_account *account, gj_day day)
{
    for (size_t i = account->run_count; i > 0; i--)
        if (account->runs[i - 1].from <= day && day <= account->runs[i - 1].to)
            return &account->runs[i - 1];
    return NULL;
}

static cli_look look_of_run(const gj_account_run *run)
{
    switch (run->why) {
    case GJ_WHY_START:
        return CLI_LOOK_START;
    case GJ_WHY_COUNTED:
        return run->phase == GJ_PHASE_OVER   ? CLI_LOOK_OVER
               : run->phase == GJ_PHASE_GONE ? CLI_LOOK_COUNTED
                                             : CLI_LOOK_TO_COME;
    case GJ_WHY_WORKED:
        return run->phase == GJ_PHASE_OVER ? CLI_LOOK_OVER : CLI_LOOK_WORKED;
    case GJ_WHY_WEEKEND:
        return CLI_LOOK_WEEKEND;
    case GJ_WHY_HOLIDAY:
        return CLI_LOOK_HOLIDAY;
    case GJ_WHY_OFF:
        return CLI_LOOK_OFF;
    case GJ_WHY_STOPPED:
        return CLI_LOOK_STOPPED;
    case GJ_WHY_MOVED:
        return CLI_LOOK_DUE;
    case GJ_WHY_TARGET:
        return CLI_LOOK_END;
    case GJ_WHY_OPEN:
        return CLI_LOOK_OPEN;
    }
    return CLI_LOOK_OUTSIDE;
}

cli_day_cell cli_strip_cell(const gj_account *account, gj_day day)
{
    cli_day_cell cell = {.look = CLI_LOOK_OUTSIDE};
    const gj_account_run *run = run_of(account, day);
    if (run == NULL)
        return cell;
    cell.look = look_of_run(run);
    if (run->counts && !account->in_time)
        cell.total = run->total - (uint64_t)((int64_t)run->to - day);
    if (day == account->start_day)
        cell.look = CLI_LOOK_START;
    if (account->has_due && day == account->due_day)
        cell.look = CLI_LOOK_DUE;
    if (has_ended(account) && day == account->until_day)
        cell.look = CLI_LOOK_END;
    cell.is_now = !has_ended(account) && day == account->until_day && day < cli_strip_last(account);
    return cell;
}

/* Of what is counted back: the act, the day on its right side, and that it is counted back from. */
static const char *back_words(const gj_account *account, cli_look look, gj_lang lang)
{
    bool zh = lang == GJ_ZH, within = account->span == GJ_SPAN_WITHIN_BEFORE;
    if (look == CLI_LOOK_START)
        return zh ? "行为当日" : "the act";
    if (look == CLI_LOOK_DUE && within)
        return zh ? "最早一日" : "first day for it";
    if (look == CLI_LOOK_DUE)
        return zh ? "最迟一日" : "last day for it";
    return zh ? "据以倒算之日" : "counted back from";
}

bool cli_is_backward(const gj_account *account)
{
    return account->span == GJ_SPAN_AT_LEAST_BEFORE || account->span == GJ_SPAN_WITHIN_BEFORE;
}

const char *cli_look_words(const gj_account *account, cli_look look, gj_lang lang)
{
    bool named = look == CLI_LOOK_START || look == CLI_LOOK_DUE || look == CLI_LOOK_END;
    if (named && cli_is_backward(account) && account->has_due)
        return back_words(account, look, lang);
    bool at_once = account->until_day == account->start_day;
    if (look == CLI_LOOK_DUE && account->in_time)
        return lang == GJ_ZH ? "届满" : "due";
    bool on_last = account->has_due && account->until_day == account->due_day;
    if (look == CLI_LOOK_END && (at_once || on_last))
        return at_once ? (lang == GJ_ZH ? "起算当日结束" : "began and ended")
                       : (lang == GJ_ZH ? "最后一日结束" : "ended on the last day");
    return looks[look].words[lang];
}

const char *cli_look_mark(cli_look look, gj_lang lang)
{
    return looks[look].mark[lang];
}

/* ---- on the terminal ---- */

typedef struct strip {
    cli_session *session;
    cli_output *out;
    const gj_account *account;
    bool seen[CLI_LOOKS];
    bool seen_bar; /* of where the clock stands */
    size_t indent;
    size_t blanks; /* owed: no line ends with any */
} strip;

static void owe(strip *s, size_t columns)
{
    s->blanks += columns;
}

static void put(strip *s, cli_style style, const char *words)
{
    cli_output_add_spaces(s->out, s->blanks);
    s->blanks = 0;
    cli_output_style(s->out, style);
    cli_output_add_string(s->out, words);
    cli_output_style(s->out, CLI_PLAIN);
}

static void end_line(strip *s)
{
    s->blanks = 0;
    cli_output_add_string(s->out, "\n");
}

static size_t label_columns(const strip *s)
{
    return s->session->lang == GJ_ZH ? 12 : 9; /* 2024年12月, 2024-12, and two spaces */
}

static void print_head(strip *s)
{
    char number[8];
    owe(s, s->indent + label_columns(s));
    for (int day = 1; day <= MONTH_DAYS; day++) {
        bool named = day == 1 || day % 5 == 0;
        cli_buffer words = {0};
        cli_buffer_add_format(&words, "%d", day);
        size_t size = named && words.size < sizeof number ? words.size : 0;
        memcpy(number, words.bytes, size);
        number[size] = '\0';
        if (size > 0)
            put(s, CLI_FAINT, number);
        owe(s, CELL - size);
        cli_buffer_deinit(&words);
    }
    end_line(s);
}

static void print_cell(strip *s, gj_day day)
{
    gj_lang lang = s->session->lang;
    cli_day_cell cell = cli_strip_cell(s->account, day);
    const char *mark = looks[cell.look].mark[lang];
    bool is_number = *mark == '#' && cell.total > 0;
    char digit[2] = {(char)('0' + cell.total % 10), '\0'};
    if (*mark == '#')
        mark = is_number ? digit : "o";
    if (cell.is_now && cli_width_of(mark) == CELL) {
        cell.look = CLI_LOOK_NOW;
        mark = looks[cell.look].mark[lang];
    }
    s->seen[cell.look] = true;
    size_t width = cli_width_of(mark);
    if (width > 0)
        put(s, looks[cell.look].style, mark);
    if (cell.is_now && width < CELL) {
        put(s, CLI_STRONG, "|");
        width++;
        s->seen_bar = true;
    }
    owe(s, CELL - width);
}

static void print_month(strip *s, int32_t year, int32_t month)
{
    gj_day first = gj_day_of_date(year, month, 1);
    cli_buffer label = {0};
    cli_buffer_add_format(&label, s->session->lang == GJ_ZH ? "%d年%d月" : "%04d-%02d", year,
                          month);
    owe(s, s->indent);
    put(s, CLI_PLAIN, cli_buffer_string(&label));
    owe(s, label_columns(s) - cli_width(cli_buffer_text(&label)));
    cli_buffer_deinit(&label);
    for (int32_t day = 1; day <= MONTH_DAYS; day++) {
        if (gj_day_of_date(year, month, day) != GJ_NO_DAY)
            print_cell(s, first + day - 1);
    }
    end_line(s);
}

static void print_key(strip *s, const char *mark, cli_style style, const char *words, size_t *taken)
{
    size_t width = cli_width_of(mark) + 1 + cli_width_of(words);
    const size_t gap = 3;
    if (*taken > 0 && *taken + gap + width > s->out->columns) {
        end_line(s);
        *taken = 0;
    }
    owe(s, *taken > 0 ? gap : s->indent);
    *taken += width + (*taken > 0 ? gap : s->indent);
    put(s, style, mark);
    owe(s, 1);
    put(s, CLI_PLAIN, words);
}

static void print_keys(strip *s)
{
    gj_lang lang = s->session->lang;
    size_t taken = 0;
    bool numbers = s->seen[CLI_LOOK_COUNTED] || s->seen[CLI_LOOK_TO_COME];
    for (int look = CLI_LOOK_START; look < CLI_LOOKS; look++) {
        if (look == CLI_LOOK_COUNTED && numbers && s->account->in_time)
            print_key(s, "o", CLI_STRONG, CLI_SAY(s->session, "counted", "计入"), &taken);
        else if (look == CLI_LOOK_COUNTED && numbers)
            print_key(
                s, "1 2 3", CLI_STRONG,
                CLI_SAY(s->session, "counted: how many, the last digit", "计入，第几日（末位）"),
                &taken);
        else if (look == CLI_LOOK_NOW && s->seen_bar)
            print_key(s, "|", CLI_STRONG, looks[look].words[lang], &taken);
        else if (s->seen[look] && *looks[look].mark[lang] != '#')
            print_key(s, looks[look].mark[lang], looks[look].style,
                      cli_look_words(s->account, (cli_look)look, lang), &taken);
    }
    end_line(s);
}

static int32_t months_since_zero(gj_day day)
{
    int32_t year, month, of_month;
    gj_date_of_day(day, &year, &month, &of_month);
    return year * 12 + month - 1;
}

void cli_strip_print(cli_session *session, const gj_account *account, size_t indent,
                     int32_t months_max)
{
    strip s = {.session = session, .out = &session->out, .account = account, .indent = indent};
    int32_t first = months_since_zero(account->start_day);
    int32_t last = months_since_zero(cli_strip_last(account));
    print_head(&s);
    for (int32_t at = first; at <= last; at++) {
        if (last - first >= months_max && at == first + months_max - 1) {
            at = last;
            owe(&s, indent);
            put(&s, CLI_FAINT, "…");
            end_line(&s);
        }
        print_month(&s, at / 12, at % 12 + 1);
    }
    print_keys(&s);
}
