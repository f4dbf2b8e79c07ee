/* SPDX-License-Identifier: Apache-2.0
 *
 * The summary of a replay, for a person who has a minute: what was judged, how much of it deviates,
 * of which kind, where most, who is concerned, one case in full as an example, and how to get the
 * rest. A section without rows is left out. */
#include "replay.h"

#include <inttypes.h>
#include <string.h>

#include "file.h"
#include "style.h"
#include "table.h"

enum { INDENT = 2, ROWS_SHOWN = 6, BAR_COLUMNS = 16, WIDE_COLUMNS = 100 };

static gj_text title_or(gj_text title, gj_text name)
{
    return title.size > 0 ? title : name;
}

void cli_section_print(cli_session *session, const char *en, const char *zh)
{
    cli_output_add_string(&session->out, "\n");
    cli_output_style(&session->out, CLI_STRONG);
    cli_output_add_string(&session->out, CLI_SAY(session, en, zh));
    cli_output_style(&session->out, CLI_PLAIN);
    cli_output_add_string(&session->out, "\n");
}

/* ---- the head ---- */

void cli_label_print(cli_session *session, const char *en, const char *zh)
{
    cli_output_style(&session->out, CLI_FAINT);
    cli_output_add_spaces(&session->out, INDENT);
    cli_output_add_string(&session->out, CLI_SAY(session, en, zh));
    cli_output_style(&session->out, CLI_PLAIN);
}

static void print_day(cli_output *out, gj_instant at, int32_t offset_s, size_t size)
{
    char written[48] = "";
    gj_instant_format(at, offset_s, written, sizeof written);
    if (strlen(written) > 16)
        written[10] = ' ';
    written[size] = '\0';
    cli_output_add_string(out, written);
}

static void print_period(cli_review *review)
{
    cli_session *session = review->session;
    const gj_judge *judge = review->part->judge;
    const cli_tally *tally = &review->part->tally;
    if (tally->case_count == 0)
        return;
    cli_label_print(session, "period     ", "期间  ");
    print_day(&session->out, tally->first_at, gj_judge_offset(judge, tally->first_at), 10);
    cli_output_add_string(&session->out, CLI_SAY(session, " to ", " 至 "));
    print_day(&session->out, tally->last_at, gj_judge_offset(judge, tally->last_at), 10);
    if (cli_options_has(review->options, CLI_OPTION_UNTIL)) {
        cli_output_add_string(&session->out, CLI_SAY(session, ", judged until ", "，计时至 "));
        print_day(&session->out, review->part->judging.until,
                  gj_judge_offset(judge, review->part->judging.until), 16);
    }
    if (review->part->judging.close_open)
        cli_output_add_string(
            &session->out, CLI_SAY(session, ", open cases taken as ended", "，未办结的视为已结束"));
    cli_output_add_string(&session->out, "\n");
}

void cli_log_print(cli_review *review)
{
    cli_session *session = review->session;
    cli_label_print(session, "log        ", "日志  ");
    cli_output_add_format(
        &session->out, "%s\n",
        cli_file_title(session, cli_options_value(review->options, CLI_OPTION_EVENTS)));
}

static void print_head(cli_review *review)
{
    cli_session *session = review->session;
    cli_output *out = &session->out;
    const gj_image *image = review->program.image;
    size_t index = review->part->index;
    size_t calendar_count = gj_image_procedure_calendar_count(image, index);
    cli_output_style(out, CLI_STRONG);
    cli_output_add_text(out, cli_part_title(review->part));
    cli_output_style(out, CLI_PLAIN);
    cli_output_add_string(out, "\n");
    cli_label_print(session, "procedure  ", "流程  ");
    cli_output_add_text(out, gj_image_procedure_name(image, index));
    cli_output_add_format(out, CLI_SAY(session, ", version %" PRIu32 "\n", "，第%" PRIu32 "版\n"),
                          gj_image_procedure_version(image, index));
    for (size_t i = 0; i < calendar_count; i++) {
        cli_label_print(session, "calendar   ", "日历  ");
        cli_output_add_text(out, cli_part_revision(review->part, i));
        cli_output_add_string(out, "\n");
    }
    if (review->part_count == 1)
        cli_log_print(review);
    print_period(review);
}

/* "62.8%", by whole numbers. */
static void print_share(cli_output *out, uint64_t part, uint64_t whole)
{
    uint64_t tenths = whole > 0 ? (part * 1000 + whole / 2) / whole : 0;
    /* Only all is 100%, only none is 0%. */
    if (part < whole && tenths == 1000)
        tenths = 999;
    if (part > 0 && tenths == 0)
        tenths = 1;
    cli_output_add_format(out, "%" PRIu64 ".%" PRIu64 "%%", tenths / 10, tenths % 10);
}

static void print_clean(cli_session *session, const cli_tally *tally)
{
    cli_output *out = &session->out;
    cli_output_add_string(out, "   ");
    cli_output_style(out, CLI_GREEN);
    cli_count_print(session, tally->clean_count, "# case without findings",
                    "# cases without findings", "无异常#件");
    cli_output_add_string(out, CLI_SAY(session, " (", "（"));
    print_share(out, tally->clean_count, tally->case_count);
    cli_output_add_string(out, CLI_SAY(session, ")", "）"));
    cli_output_style(out, CLI_PLAIN);
}

static void print_counts(cli_session *session, const cli_tally *tally)
{
    cli_output *out = &session->out;
    cli_output_add_string(out, "\n");
    cli_output_add_spaces(out, INDENT);
    cli_output_style(out, CLI_STRONG);
    cli_count_print(session, tally->case_count, "# case", "# cases", "办件#件");
    cli_output_add_string(out, "   ");
    cli_count_print(session, tally->event_count, "# event", "# events", "事件#项");
    cli_output_add_string(out, "   ");
    cli_count_print(session, tally->finding_count, "# finding", "# findings", "异常#项");
    cli_output_style(out, CLI_PLAIN);
    if (tally->case_count > 0)
        print_clean(session, tally);
    cli_output_add_string(out, "\n");
}

/* What was not judged, under the figures it is missing from. What could not be read belongs to no
 * procedure. */
static void print_left_over(cli_review *review, const cli_tally *tally)
{
    cli_session *session = review->session;
    bool whole = review->part_count == 1 || tally == &review->total;
    const struct {
        uint64_t count;
        const char *one, *many, *zh;
    } rows[] = {
        {whole ? review->problem_count : 0, "# line could not be read", "# lines could not be read",
         "#条无法读取，未计入"},
        {whole ? review->unmet_count : 0, "# correction or retraction had no effect",
         "# corrections or retractions had no effect", "未起作用的更正、撤销#项"},
        {whole ? review->again_count : 0, "# event was told again and changed nothing",
         "# events were told again and changed nothing", "重复报送#项，不重复计入"},
        {whole ? review->passed_over_count : 0, "# event of another procedure was passed over",
         "# events of other procedures were passed over", "其他流程的事件#项，已略过"},
        {tally->withdrawn_count, "# finding was withdrawn", "# findings were withdrawn",
         "已撤回的异常#项"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].count == 0)
            continue;
        cli_output_add_spaces(&session->out, INDENT);
        cli_output_style(&session->out, CLI_FAINT);
        cli_count_print(session, rows[i].count, rows[i].one, rows[i].many, rows[i].zh);
        cli_output_style(&session->out, CLI_PLAIN);
        cli_output_add_string(&session->out, "\n");
    }
}

void cli_figures_print(cli_review *review, const cli_tally *tally)
{
    print_counts(review->session, tally);
    print_left_over(review, tally);
}

/* ---- findings by kind ---- */

static void add_severities(cli_table *table, const uint64_t *severities)
{
    for (int i = 0; i < CLI_SEVERITIES; i++)
        cli_table_add_count(table, cli_style_of((gj_severity)i), severities[i]);
}

/* The head of a table's columns; "" is an empty cell. */
static void add_heads(cli_table *table, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        cli_table_add_string(table, CLI_FAINT, words[i]);
}

static cli_style worst_style(const uint64_t *severities)
{
    for (int i = GJ_RED; i > GJ_NOTICE; i--)
        if (severities[i] > 0)
            return cli_style_of((gj_severity)i);
    return cli_style_of(GJ_NOTICE);
}

static uint64_t most_of_codes(const cli_tally *tally)
{
    uint64_t most = 0;
    for (int code = 0; code < GJ_CODE_COUNT; code++)
        if (cli_tally_code_count(tally, (gj_code)code) > most)
            most = cli_tally_code_count(tally, (gj_code)code);
    return most;
}

static void add_code_row(cli_table *table, cli_review *review, gj_code code, uint64_t most)
{
    const cli_tally *tally = &review->part->tally;
    uint64_t count = cli_tally_code_count(tally, code);
    cli_table_add_string(table, CLI_PLAIN, gj_code_title(code, review->session->lang));
    cli_table_add_string(table, CLI_FAINT,
                         review->session->out.columns >= WIDE_COLUMNS ? gj_code_name(code) : "");
    add_severities(table, tally->codes[code]);
    cli_table_add_count(table, CLI_PLAIN, tally->codes_open[code]);
    cli_table_add_count(table, CLI_STRONG, count);
    cli_table_add_bar(table, worst_style(tally->codes[code]), count, most,
                      review->session->out.columns >= WIDE_COLUMNS ? BAR_COLUMNS : BAR_COLUMNS / 2);
}

static void print_codes(cli_review *review)
{
    static const cli_align aligns[] = {CLI_BENDABLE, CLI_LEFT,  CLI_RIGHT, CLI_RIGHT,
                                       CLI_RIGHT,    CLI_RIGHT, CLI_RIGHT, CLI_LEFT};
    cli_session *session = review->session;
    const cli_tally *tally = &review->part->tally;
    const char *const heads[] = {"",
                                 "",
                                 gj_severity_title(GJ_NOTICE, session->lang),
                                 gj_severity_title(GJ_YELLOW, session->lang),
                                 gj_severity_title(GJ_RED, session->lang),
                                 CLI_SAY(session, "open", "未结"),
                                 CLI_SAY(session, "all", "合计"),
                                 ""};
    cli_table table;
    cli_table_init(&table, aligns, sizeof aligns / sizeof *aligns);
    add_heads(&table, heads, sizeof heads / sizeof *heads);
    for (int code = 0; code < GJ_CODE_COUNT; code++)
        if (cli_tally_code_count(tally, (gj_code)code) > 0)
            add_code_row(&table, review, (gj_code)code, most_of_codes(tally));
    cli_table_add_string(&table, CLI_FAINT, CLI_SAY(session, "all", "合计"));
    cli_table_add_string(&table, CLI_PLAIN, "");
    add_severities(&table, tally->severities);
    cli_table_add_count(&table, CLI_PLAIN, tally->open_count);
    cli_table_add_count(&table, CLI_STRONG, tally->finding_count);
    cli_table_add_string(&table, CLI_PLAIN, "");
    cli_section_print(session, "Findings by kind", "异常分类");
    cli_table_print(&table, INDENT, &session->out);
    cli_table_deinit(&table);
}

/* ---- where ---- */

static size_t shown(const cli_census *census)
{
    return census->count < ROWS_SHOWN ? census->count : ROWS_SHOWN;
}

static void print_more(cli_review *review, const cli_census *census)
{
    if (census->count <= ROWS_SHOWN)
        return;
    cli_output_add_spaces(&review->session->out, INDENT);
    cli_output_style(&review->session->out, CLI_FAINT);
    cli_output_add_format(&review->session->out,
                          CLI_SAY(review->session, "and %zu more", "另有 %zu 项"),
                          census->count - ROWS_SHOWN);
    cli_output_style(&review->session->out, CLI_PLAIN);
    cli_output_add_string(&review->session->out, "\n");
}

static void print_table(cli_review *review, cli_table *table, const cli_census *census)
{
    cli_table_print(table, INDENT, &review->session->out);
    cli_table_deinit(table);
    print_more(review, census);
}

static void print_subjects(cli_review *review)
{
    static const cli_align aligns[] = {CLI_BENDABLE, CLI_BENDABLE, CLI_RIGHT, CLI_LEFT};
    cli_census *census = &review->part->tally.subjects;
    cli_table table;
    cli_census_sort(census);
    cli_table_init(&table, aligns, sizeof aligns / sizeof *aligns);
    for (size_t i = 0; i < shown(census); i++) {
        const cli_entry *entry = &census->entries[i];
        cli_table_add_string(&table, CLI_PLAIN, gj_code_title(entry->code, review->session->lang));
        cli_table_add(&table, CLI_PLAIN, title_or(entry->title, entry->name));
        cli_table_add_count(&table, CLI_STRONG, entry->count);
        cli_table_add_bar(&table, worst_style(entry->severities), entry->count,
                          census->entries[0].count, BAR_COLUMNS);
    }
    cli_section_print(review->session, "Most frequent deviations", "最常见的异常");
    print_table(review, &table, census);
}

static const char *unit_title(const cli_session *session, gj_unit unit)
{
    switch (unit) {
    case GJ_WORKDAYS:
        return CLI_SAY(session, "working days", "个工作日");
    case GJ_DAYS:
        return CLI_SAY(session, "days", "日");
    case GJ_HOURS:
        return CLI_SAY(session, "hours", "小时");
    case GJ_MINUTES:
        return CLI_SAY(session, "minutes", "分钟");
    case GJ_MONTHS:
        return CLI_SAY(session, "months", "个月");
    case GJ_YEARS:
        return CLI_SAY(session, "years", "年");
    case GJ_WORKHOURS:
        return CLI_SAY(session, "office hours", "工时");
    case GJ_UNIT_COUNT:
        break;
    }
    return "";
}

static void add_limit_row(cli_table *table, const cli_session *session, cli_entry *entry)
{
    cli_table_add(table, CLI_PLAIN, title_or(entry->title, entry->name));
    cli_table_add_count(table, CLI_STRONG, entry->count);
    cli_table_add_count(table, CLI_PLAIN, entry->open);
    cli_table_add_count(table, CLI_PLAIN, cli_entry_median(entry));
    cli_table_add_count(table, CLI_PLAIN, cli_entry_most(entry));
    cli_table_add_string(table, CLI_FAINT, unit_title(session, entry->unit));
}

static void print_limits(cli_review *review)
{
    static const cli_align aligns[] = {CLI_BENDABLE, CLI_RIGHT, CLI_RIGHT,
                                       CLI_RIGHT,    CLI_RIGHT, CLI_LEFT};
    cli_session *session = review->session;
    cli_census *census = &review->part->tally.limits;
    const char *const heads[] = {"",
                                 CLI_SAY(session, "late", "超时"),
                                 CLI_SAY(session, "open", "未结"),
                                 CLI_SAY(session, "over, median", "超出（中位）"),
                                 CLI_SAY(session, "over, most", "超出（最多）"),
                                 ""};
    cli_table table;
    if (census->count == 0)
        return;
    cli_census_sort(census);
    cli_table_init(&table, aligns, sizeof aligns / sizeof *aligns);
    add_heads(&table, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < shown(census); i++)
        add_limit_row(&table, session, &census->entries[i]);
    cli_section_print(session, "Limits not kept", "超时的时限");
    print_table(review, &table, census);
}

static void print_steps(cli_review *review)
{
    static const cli_align aligns[] = {CLI_BENDABLE, CLI_RIGHT, CLI_LEFT};
    cli_census *census = &review->part->tally.steps;
    cli_table table;
    if (census->count == 0)
        return;
    cli_census_sort(census);
    cli_table_init(&table, aligns, sizeof aligns / sizeof *aligns);
    for (size_t i = 0; i < shown(census); i++) {
        const cli_entry *entry = &census->entries[i];
        cli_table_add(&table, CLI_PLAIN, title_or(entry->title, entry->name));
        cli_table_add_count(&table, CLI_STRONG, entry->count);
        cli_table_add_bar(&table, worst_style(entry->severities), entry->count,
                          census->entries[0].count, BAR_COLUMNS);
    }
    cli_section_print(review->session, "Steps most often left out", "最常被略过的步骤");
    print_table(review, &table, census);
}

static void print_people(cli_review *review, cli_census *census, const char *en, const char *zh)
{
    static const cli_align aligns[] = {CLI_BENDABLE, CLI_RIGHT, CLI_RIGHT,
                                       CLI_RIGHT,    CLI_RIGHT, CLI_LEFT};
    cli_session *session = review->session;
    const char *const heads[] = {"",
                                 gj_severity_title(GJ_NOTICE, session->lang),
                                 gj_severity_title(GJ_YELLOW, session->lang),
                                 gj_severity_title(GJ_RED, session->lang),
                                 CLI_SAY(session, "all", "合计"),
                                 ""};
    cli_table table;
    if (census->count == 0)
        return;
    cli_census_sort(census);
    cli_table_init(&table, aligns, sizeof aligns / sizeof *aligns);
    add_heads(&table, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < shown(census); i++) {
        const cli_entry *entry = &census->entries[i];
        cli_table_add(&table, CLI_PLAIN, title_or(entry->title, entry->name));
        add_severities(&table, entry->severities);
        cli_table_add_count(&table, CLI_STRONG, entry->count);
        cli_table_add_bar(&table, worst_style(entry->severities), entry->count,
                          census->entries[0].count, BAR_COLUMNS);
    }
    cli_section_print(session, en, zh);
    print_table(review, &table, census);
}

/* ---- the example, and the rest ---- */

static bool print_example_case(void *payload, const gj_case_result *result)
{
    cli_case_print(payload, result);
    return true;
}

static void print_example(cli_review *review)
{
    gj_docket_judging judging = review->part->judging;
    judging.payload = review;
    judging.with_steps = true;
    judging.on_case = print_example_case;
    cli_section_print(review->session, "One case in full", "办件示例");
    cli_output_add_spaces(&review->session->out, INDENT);
    cli_complain_status(
        review->session,
        gj_docket_judge_case(review->part->docket, review->part->tally.example, &judging));
}

/* A word of a shell's command line, in quotes where it must be. */
static void print_word(cli_output *out, const char *word)
{
    bool plain = *word != '\0' && strpbrk(word, " \t\n\"'\\$`&|;<>()*?[]{}~#!") == NULL;
    if (plain) {
        cli_output_add_format(out, " %s", word);
        return;
    }
    cli_output_add_string(out, " '");
    for (; *word != '\0'; word++)
        if (*word == '\'')
            cli_output_add_string(out, "'\\''");
        else
            cli_output_add(out, word, 1);
    cli_output_add_string(out, "'");
}

/* This command line for `replay`, or for `case`, which has not all of its options. */
static void print_command(cli_review *review, bool one_case)
{
    cli_output *out = &review->session->out;
    cli_output_add_string(out, one_case ? "guiju case" : "guiju replay");
    print_word(out, review->program.path);
    for (size_t i = 0; i < review->options->given_count; i++) {
        const cli_given *given = &review->options->given[i];
        if (given->option == CLI_OPTION_FORMAT || given->option == CLI_OPTION_COLOR ||
            (one_case && given->option == CLI_OPTION_CLOSE_OPEN))
            continue;
        cli_option named =
            one_case && given->option == CLI_OPTION_UNTIL ? CLI_OPTION_AT : given->option;
        cli_output_add_format(out, " --%s", cli_option_get(named)->long_name);
        if (given->value != NULL)
            print_word(out, given->value);
    }
}

static void print_line_of(cli_review *review, const char *en, const char *zh, bool one_case,
                          const char *more)
{
    cli_output *out = &review->session->out;
    cli_label_print(review->session, en, zh);
    print_command(review, one_case);
    cli_output_add_format(out, " %s\n", more);
}

static void print_foot(cli_review *review)
{
    cli_section_print(review->session, "More", "更多");
    print_line_of(review, "every finding  ", "全部异常  ", false, "--format jsonl");
    print_line_of(review, "one case       ", "单个办件  ", true, "--case ID");
    if (review->part_count > 1)
        print_line_of(review, "one procedure  ", "单个流程  ", false, "--procedure NAME");
}

static void print_part(cli_review *review)
{
    cli_tally *tally = &review->part->tally;
    print_head(review);
    cli_figures_print(review, tally);
    if (tally->finding_count == 0)
        return;
    print_codes(review);
    print_subjects(review);
    print_limits(review);
    print_steps(review);
    print_people(review, &tally->posts, "Posts concerned", "所涉岗位");
    print_people(review, &tally->officers, "Officers concerned", "所涉工作人员");
    print_example(review);
}

void cli_report_print(cli_review *review)
{
    if (review->part_count > 1)
        cli_overview_print(review);
    for (size_t i = 0; i < review->part_count; i++) {
        review->part = &review->parts[i];
        if (review->part_count > 1 && review->part->tally.case_count == 0)
            continue; /* its line in the overview says all */
        if (review->part_count > 1)
            cli_output_add_string(&review->session->out, "\n");
        print_part(review);
    }
    if (review->total.finding_count > 0)
        print_foot(review);
}
