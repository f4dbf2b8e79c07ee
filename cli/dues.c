/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju report`: what is overdue, due soon and otherwise open in a store, by department and post,
 * and what fell due the earliest. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "json.h"
#include "replay.h"
#include "store.h"
#include "style.h"
#include "table.h"

enum { INDENT = 2, LONGEST_SHOWN = 10, KINDS = 3 };

typedef enum due_kind { OVERDUE, DUE_SOON, OTHER } due_kind;

/* A post's share. */
typedef struct share {
    char *department, *department_title, *post, *post_title;
    uint64_t counts[KINDS];
} share;

/* Something overdue, or soon due. */
typedef struct due {
    due_kind kind;
    char *procedure, *case_id, *id, *subject, *subject_title, *key, *department, *department_title,
        *post, *post_title, *day;
    gj_severity severity;
    size_t share;  /* whose it is */
    uint64_t over; /* counted up to the clock; 0: not asked */
    gj_unit over_unit;
} due;

typedef struct report {
    cli_session *session;
    cli_store store;
    share *shares;
    size_t share_count;
    due *dues;
    size_t due_count, due_capacity;
    uint64_t counts[KINDS], case_count, open_count;
    bool failed;
} report;

/* ---- gathering ---- */

static char *copy(report *with, gj_text text)
{
    char *made = malloc(text.size + 1);
    if (made == NULL) {
        with->failed = true;
        return NULL;
    }
    if (text.size > 0)
        memcpy(made, text.bytes, text.size);
    made[text.size] = '\0';
    return made;
}

static gj_text text_of(const char *string)
{
    return (gj_text){string, string == NULL ? 0 : strlen(string)};
}

static bool is_same(const char *string, gj_text text)
{
    return string != NULL && strlen(string) == text.size &&
           memcmp(string, text.bytes, text.size) == 0;
}

static void due_deinit(due *of)
{
    char *all[] = {of->procedure, of->case_id,    of->id,           of->subject,
                   of->key,       of->day,        of->department,   of->department_title,
                   of->post,      of->post_title, of->subject_title};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
}

static share *share_get(report *with, const gj_finding_row *row)
{
    gj_text department = row->department.bytes == NULL ? text_of("") : row->department;
    gj_text post = row->post.bytes == NULL ? text_of("") : row->post;
    for (size_t i = 0; i < with->share_count; i++)
        if (is_same(with->shares[i].department, department) && is_same(with->shares[i].post, post))
            return &with->shares[i];
    share *grown = realloc(with->shares, (with->share_count + 1) * sizeof *grown);
    if (grown == NULL) {
        with->failed = true;
        return NULL;
    }
    with->shares = grown;
    grown[with->share_count] = (share){.department = copy(with, department),
                                       .department_title = copy(with, row->department_title),
                                       .post = copy(with, post),
                                       .post_title = copy(with, row->post_title)};
    return &grown[with->share_count++];
}

static void due_add(report *with, const gj_finding_row *row, due_kind kind, size_t share_at)
{
    if (with->due_count == with->due_capacity) {
        size_t capacity = with->due_capacity > 0 ? with->due_capacity * 2 : 64;
        due *grown = realloc(with->dues, capacity * sizeof *grown);
        if (grown == NULL) {
            with->failed = true;
            return;
        }
        with->dues = grown;
        with->due_capacity = capacity;
    }
    with->dues[with->due_count++] = (due){.kind = kind,
                                          .procedure = copy(with, row->procedure),
                                          .case_id = copy(with, row->case_id),
                                          .id = copy(with, row->id),
                                          .subject = copy(with, row->subject),
                                          .subject_title = copy(with, row->subject_title),
                                          .key = copy(with, row->key),
                                          .department = copy(with, row->department),
                                          .department_title = copy(with, row->department_title),
                                          .post = copy(with, row->post),
                                          .post_title = copy(with, row->post_title),
                                          .day = copy(with, row->due),
                                          .severity = row->severity,
                                          .share = share_at};
}

static bool finding_take(void *payload, const gj_finding_row *row)
{
    report *with = payload;
    due_kind kind = row->code == GJ_LATE ? OVERDUE : row->code == GJ_DUE_SOON ? DUE_SOON : OTHER;
    share *of = share_get(with, row);
    with->counts[kind]++;
    if (of != NULL)
        of->counts[kind]++;
    if (kind != OTHER && of != NULL)
        due_add(with, row, kind, (size_t)(of - with->shares));
    return !with->failed;
}

static bool case_count(void *payload, const gj_case_row *row)
{
    report *with = payload;
    with->case_count++;
    with->open_count += !row->final;
    return true;
}

/* By limit, what is overdue first. */
static int limits_compare(const void *a, const void *b)
{
    const due *one = a, *other = b;
    int by = strcmp(one->case_id, other->case_id);
    by = by != 0 ? by : strcmp(one->procedure, other->procedure);
    by = by != 0 ? by : strcmp(one->subject, other->subject);
    by = by != 0 ? by : strcmp(one->key, other->key);
    by = by != 0 ? by : strcmp(one->day, other->day);
    return by != 0 ? by : (int)one->kind - (int)other->kind;
}

static bool is_same_limit(const due *one, const due *other)
{
    due both[2] = {*one, *other};
    both[0].kind = both[1].kind;
    return limits_compare(&both[0], &both[1]) == 0;
}

/* What was due soon and is overdue by now is overdue, and that once. */
static void warnings_drop(report *with)
{
    size_t kept = 0;
    if (with->due_count > 0)
        qsort(with->dues, with->due_count, sizeof *with->dues, limits_compare);
    for (size_t i = 0; i < with->due_count; i++) {
        due *of = &with->dues[i];
        bool again = kept > 0 && of->kind == DUE_SOON && with->dues[kept - 1].kind == OVERDUE &&
                     is_same_limit(&with->dues[kept - 1], of);
        if (again) {
            with->counts[DUE_SOON]--;
            with->shares[of->share].counts[DUE_SOON]--;
            due_deinit(of);
        } else
            with->dues[kept++] = *of;
    }
    with->due_count = kept;
}

/* Most overdue first, then what is due soon, then by name. */
static int shares_compare(const void *a, const void *b)
{
    const share *one = a, *other = b;
    for (int i = 0; i < KINDS; i++)
        if (one->counts[i] != other->counts[i])
            return one->counts[i] > other->counts[i] ? -1 : 1;
    int by_department = strcmp(one->department, other->department);
    return by_department != 0 ? by_department : strcmp(one->post, other->post);
}

/* By the last day; of one day, by the case. */
static int dues_compare(const void *a, const void *b)
{
    const due *one = a, *other = b;
    if (one->kind != other->kind)
        return one->kind < other->kind ? -1 : 1;
    int by_day = strcmp(one->day, other->day);
    return by_day != 0 ? by_day : strcmp(one->case_id, other->case_id);
}

static bool gather(report *with)
{
    gj_finding_filter filter = {.size = sizeof filter,
                                .procedure = cli_store_word(&with->store, CLI_OPTION_PROCEDURE),
                                .department = cli_store_word(&with->store, CLI_OPTION_DEPARTMENT),
                                .post = cli_store_word(&with->store, CLI_OPTION_POST),
                                .statuses = 1u << GJ_OPEN};
    gj_status status = gj_engine_findings(with->store.engine, &filter, with, finding_take);
    if (status == GJ_OK)
        status = gj_engine_cases(with->store.engine, filter.procedure, with, case_count);
    cli_store_complain(&with->store, status);
    if (with->failed)
        cli_complain_status(with->session, GJ_NO_MEMORY);
    if (status != GJ_OK || with->failed)
        return false;
    warnings_drop(with);
    if (with->share_count > 0)
        qsort(with->shares, with->share_count, sizeof *with->shares, shares_compare);
    if (with->due_count > 0)
        qsort(with->dues, with->due_count, sizeof *with->dues, dues_compare);
    return true;
}

/* ---- text ---- */

static void print_clock(const report *with)
{
    cli_session *session = with->session;
    gj_instant now = gj_engine_now(with->store.engine);
    cli_label_print(session, "clock  ", "时钟  ");
    if (now == INT64_MIN)
        cli_output_add_string(&session->out, CLI_SAY(session, "no time yet; see `guiju advance`",
                                                     "未走；请用 guiju advance"));
    else
        cli_minute_print(&session->out, cli_store_judge(&with->store), now);
    cli_output_add_string(&session->out, "\n");
    cli_label_print(session, "cases  ", "办件  ");
    cli_count_print(session, with->case_count, "#", "#", "#件");
    cli_output_add_string(&session->out, CLI_SAY(session, ", ", "，"));
    cli_count_print(session, with->open_count, "# not ended", "# not ended", "在办#件");
    cli_output_add_string(&session->out, "\n");
}

static void add_who(cli_table *table, cli_session *session, const char *department,
                    const char *post)
{
    cli_buffer words = {0};
    cli_buffer_add_string(&words, department);
    cli_buffer_add_string(&words, *department != '\0' && *post != '\0' ? " · " : "");
    cli_buffer_add_string(&words, post);
    if (words.size == 0)
        cli_table_add_string(table, CLI_FAINT, CLI_SAY(session, "nobody in particular", "未指明"));
    else
        cli_table_add(table, CLI_PLAIN, cli_buffer_text(&words));
    cli_buffer_deinit(&words);
}

static void add_counts(cli_table *table, const uint64_t *counts)
{
    cli_table_add_count(table, CLI_RED, counts[OVERDUE]);
    cli_table_add_count(table, CLI_YELLOW, counts[DUE_SOON]);
    cli_table_add_count(table, CLI_PLAIN, counts[OTHER]);
    cli_table_add_count(table, CLI_STRONG, counts[OVERDUE] + counts[DUE_SOON] + counts[OTHER]);
}

static void print_shares(const report *with)
{
    static const cli_align aligns[] = {CLI_BENDABLE, CLI_RIGHT, CLI_RIGHT, CLI_RIGHT, CLI_RIGHT};
    cli_session *session = with->session;
    const char *const heads[] = {
        "", CLI_SAY(session, "overdue", "超期"), CLI_SAY(session, "due soon", "临期"),
        CLI_SAY(session, "other", "其他"), CLI_SAY(session, "all", "合计")};
    cli_table table;
    cli_table_init(&table, aligns, sizeof aligns / sizeof *aligns);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        cli_table_add_string(&table, CLI_FAINT, heads[i]);
    for (size_t i = 0; i < with->share_count; i++) {
        add_who(&table, session, with->shares[i].department_title, with->shares[i].post_title);
        add_counts(&table, with->shares[i].counts);
    }
    cli_table_add_string(&table, CLI_FAINT, CLI_SAY(session, "all", "合计"));
    add_counts(&table, with->counts);
    cli_section_print(session, "Open findings by post", "未结异常，按岗位");
    cli_table_print(&table, INDENT, &session->out);
    cli_table_deinit(&table);
}

/* How much is over by the clock: the store has it as it was when it was found. */
static void over_take(void *payload, const gj_judge *judge, const gj_case_result *result)
{
    due *of = payload;
    (void)judge;
    for (size_t i = 0; i < result->finding_count; i++)
        if (strcmp(result->findings[i].id, of->id) == 0) {
            of->over = result->findings[i].over_amount;
            of->over_unit = result->findings[i].over_unit;
        }
}

static void add_over(cli_table *table, const cli_session *session, const due *of)
{
    static const char *const en[] = {"workday", "day",  "hour",     "minute",
                                     "month",   "year", "work hour"};
    static const char *const zh[] = {"个工作日", "日", "小时", "分钟", "个月", "年", "个工作小时"};
    cli_buffer words = {0};
    if (of->over > 0 && session->lang == GJ_ZH)
        cli_buffer_add_format(&words, "超%" PRIu64 "%s", of->over, zh[of->over_unit]);
    else if (of->over > 0)
        cli_buffer_add_format(&words, "%" PRIu64 " %s%s over", of->over, en[of->over_unit],
                              of->over > 1 ? "s" : "");
    cli_table_add(table, cli_style_of(of->severity), cli_buffer_text(&words));
    cli_buffer_deinit(&words);
}

static void add_due(cli_table *table, report *with, due *of)
{
    cli_session *session = with->session;
    cli_buffer mark = {0};
    if (of->kind == OVERDUE)
        gj_engine_case(with->store.engine, text_of(of->procedure), text_of(of->case_id), of,
                       over_take);
    cli_buffer_add_format(&mark, "● %s", gj_severity_title(of->severity, session->lang));
    cli_table_add(table, cli_style_of(of->severity), cli_buffer_text(&mark));
    cli_buffer_deinit(&mark);
    cli_table_add(table, CLI_STRONG, text_of(of->case_id));
    cli_table_add(table, CLI_PLAIN,
                  text_of(*of->subject_title != '\0' ? of->subject_title : of->subject));
    cli_table_add(table, CLI_PLAIN,
                  (gj_text){of->day, strlen(of->day) > 10 ? 10 : strlen(of->day)});
    add_over(table, session, of);
    add_who(table, session, of->department_title, of->post_title);
}

/* Those that the report was asked with. */
static void print_filters(const report *with)
{
    static const struct {
        cli_option option;
        const char *word;
    } filters[] = {{CLI_OPTION_DB, "--db"},
                   {CLI_OPTION_PROCEDURE, "--procedure"},
                   {CLI_OPTION_DEPARTMENT, "--department"},
                   {CLI_OPTION_POST, "--post"}};
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        const char *value = cli_options_value(with->store.options, filters[i].option);
        if (value != NULL)
            cli_output_add_format(&with->session->out, " %s '%s'", filters[i].word, value);
    }
}

static void print_dues(report *with, due_kind kind, const char *en, const char *zh)
{
    static const cli_align aligns[] = {CLI_LEFT, CLI_LEFT, CLI_BENDABLE,
                                       CLI_LEFT, CLI_LEFT, CLI_BENDABLE};
    cli_session *session = with->session;
    size_t shown = 0;
    cli_table table;
    if (with->counts[kind] == 0)
        return;
    cli_table_init(&table, aligns, sizeof aligns / sizeof *aligns);
    for (size_t i = 0; i < with->due_count && shown < LONGEST_SHOWN; i++)
        if (with->dues[i].kind == kind) {
            add_due(&table, with, &with->dues[i]);
            shown++;
        }
    cli_section_print(session, en, zh);
    cli_table_print(&table, INDENT, &session->out);
    if (with->counts[kind] > shown) {
        cli_output_add_spaces(&session->out, INDENT);
        cli_output_style(&session->out, CLI_FAINT);
        cli_output_add_format(&session->out,
                              CLI_SAY(session, "and %" PRIu64 " more: guiju findings",
                                      "另有%" PRIu64 "项：guiju findings"),
                              with->counts[kind] - shown);
        print_filters(with);
        cli_output_add_format(&session->out, " --open --kind %s\n",
                              gj_code_name(kind == OVERDUE ? GJ_LATE : GJ_DUE_SOON));
        cli_output_style(&session->out, CLI_PLAIN);
    }
    cli_table_deinit(&table);
}

static void print_text(report *with)
{
    print_clock(with);
    if (with->share_count == 0) {
        cli_store_mention_unnamed(&with->store);
        cli_output_add_string(&with->session->out, "\n");
        cli_output_add_spaces(&with->session->out, INDENT);
        cli_output_style(&with->session->out, CLI_GREEN);
        cli_output_add_string(&with->session->out,
                              CLI_SAY(with->session, "nothing is open\n", "没有未结的异常\n"));
        cli_output_style(&with->session->out, CLI_PLAIN);
        return;
    }
    print_shares(with);
    print_dues(with, OVERDUE, "Overdue, the earliest first", "超期，到期早的在前");
    print_dues(with, DUE_SOON, "Due next", "即将到期");
}

/* ---- data ---- */

static void print_pair(cli_output *out, const char *key, const char *value)
{
    if (value == NULL || *value == '\0')
        return;
    cli_output_add_format(out, ",\"%s\":", key);
    cli_json_print_string(out, value);
}

static void print_counts(cli_output *out, const uint64_t *counts)
{
    cli_output_add_format(out,
                          "\"overdue\":%" PRIu64 ",\"due_soon\":%" PRIu64 ",\"other\":%" PRIu64,
                          counts[OVERDUE], counts[DUE_SOON], counts[OTHER]);
}

static void print_due_objects(const report *with, due_kind kind, const char *key)
{
    cli_output *out = &with->session->out;
    const char *comma = "";
    cli_output_add_format(out, ",\n\"%s\":[", key);
    for (size_t i = 0; i < with->due_count; i++) {
        const due *of = &with->dues[i];
        if (of->kind != kind)
            continue;
        cli_output_add_format(out, "%s\n{\"id\":\"%s\",\"severity\":\"%s\"", comma, of->id,
                              gj_severity_name(of->severity));
        print_pair(out, "case", of->case_id);
        print_pair(out, "procedure", of->procedure);
        print_pair(out, "subject", of->subject);
        print_pair(out, "subject_title", of->subject_title);
        print_pair(out, "key", of->key);
        print_pair(out, "due", of->day);
        print_pair(out, "department", of->department);
        print_pair(out, "post", of->post);
        cli_output_add_string(out, "}");
        comma = ",";
    }
    cli_output_add_string(out, "]");
}

static void print_json(const report *with)
{
    cli_output *out = &with->session->out;
    gj_instant now = gj_engine_now(with->store.engine);
    char written[48] = "";
    if (now != INT64_MIN)
        gj_instant_format(now, gj_judge_offset(cli_store_judge(&with->store), now), written,
                          sizeof written);
    cli_output_add_format(out,
                          "{\"clock\":%s%s%s,\"cases\":%" PRIu64 ",\"open_cases\":%" PRIu64 ",",
                          now == INT64_MIN ? "null" : "\"", written, now == INT64_MIN ? "" : "\"",
                          with->case_count, with->open_count);
    print_counts(out, with->counts);
    cli_output_add_string(out, ",\n\"posts\":[");
    for (size_t i = 0; i < with->share_count; i++) {
        cli_output_add_string(out, i > 0 ? ",\n{" : "\n{");
        print_counts(out, with->shares[i].counts);
        print_pair(out, "department", with->shares[i].department);
        print_pair(out, "department_title", with->shares[i].department_title);
        print_pair(out, "post", with->shares[i].post);
        print_pair(out, "post_title", with->shares[i].post_title);
        cli_output_add_string(out, "}");
    }
    cli_output_add_string(out, "]");
    print_due_objects(with, OVERDUE, "overdue_limits");
    print_due_objects(with, DUE_SOON, "due_soon_limits");
    cli_output_add_string(out, "}\n");
}

static void report_deinit(report *with)
{
    for (size_t i = 0; i < with->share_count; i++) {
        free(with->shares[i].department);
        free(with->shares[i].department_title);
        free(with->shares[i].post);
        free(with->shares[i].post_title);
    }
    for (size_t i = 0; i < with->due_count; i++)
        due_deinit(&with->dues[i]);
    free(with->shares);
    free(with->dues);
    cli_store_close(&with->store);
}

void cli_report(cli_session *session, const cli_options *options)
{
    report with = {.session = session};
    if (cli_store_open(&with.store, session, options, CLI_STORE_READ) &&
        cli_store_has_rules(&with.store) && gather(&with)) {
        if (session->format == CLI_JSON)
            print_json(&with);
        else
            print_text(&with);
        if (with.share_count > 0)
            cli_note(session, CLI_FOUND);
    }
    report_deinit(&with);
}
