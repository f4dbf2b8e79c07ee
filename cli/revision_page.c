/* SPDX-License-Identifier: Apache-2.0
 *
 * A finding's change as a line, with what made it so and what the finding says now; shared by what
 * follows a log as it was told (as_told.c) and what counts it by two calendars (recount.c). */
#include "replay.h"

#include <inttypes.h>
#include <string.h>

#include "calendars.h"
#include "key.h"
#include "news.h"
#include "paragraph.h"
#include "style.h"
#include "width.h"

enum { INDENT = 2, DETAIL_INDENT = 6, MINUTES_SIZE = 16, DAYS_TOLD_MAX = 12 };

static gj_text title_or(gj_text title, gj_text name)
{
    return title.size > 0 ? title : name;
}

/* ---- one line ---- */

void cli_revision_now_print(cli_review *review, gj_instant now)
{
    char written[48] = "";
    gj_instant_format(now, gj_judge_offset(review->part->judge, now), written, sizeof written);
    written[10] = ' ';
    written[MINUTES_SIZE] = '\0';
    cli_output_add_string(&review->session->out, now == INT64_MIN ? "                " : written);
}

static void print_change(cli_session *session, gj_change change)
{
    static const char *const marks[] = {"+", "~", "−"};
    static const cli_style styles[] = {CLI_PLAIN, CLI_FAINT, CLI_GREEN};
    size_t columns = 0;
    for (int i = GJ_FINDING_ADDED; i <= GJ_FINDING_WITHDRAWN; i++) {
        size_t its = cli_width_of(gj_change_title((gj_change)i, session->lang));
        columns = its > columns ? its : columns;
    }
    const char *title = gj_change_title(change, session->lang);
    cli_output_style(&session->out, styles[change]);
    cli_output_add_format(&session->out, "  %s ", marks[change]);
    cli_padded_print(&session->out, (gj_text){title, strlen(title)}, columns);
    cli_output_style(&session->out, CLI_PLAIN);
}

/* Open or closed is said where either can come of it. */
static void print_status(cli_session *session, const gj_revision *revision)
{
    const char *words = revision->change == GJ_FINDING_WITHDRAWN || !revision->finding->has_due ? ""
                        : revision->finding->status == GJ_OPEN
                            ? CLI_SAY(session, "  open", "  未结")
                            : CLI_SAY(session, "  closed", "  已结");
    cli_output_style(&session->out, CLI_FAINT);
    cli_output_add_string(&session->out, words);
    cli_output_style(&session->out, CLI_PLAIN);
}

static void print_heading(cli_review *review, const gj_revision *revision)
{
    cli_session *session = review->session;
    const gj_finding *finding = revision->finding;
    cli_output_add_spaces(&session->out, INDENT);
    cli_revision_now_print(review, revision->now);
    print_change(session, revision->change);
    cli_output_add_string(&session->out, "  ");
    cli_severity_print(session, finding->severity);
    cli_output_add_string(&session->out, "  ");
    cli_output_add_text(&session->out, finding->case_id);
    cli_output_style(&session->out, CLI_STRONG);
    cli_output_add_format(&session->out, "  %s", gj_code_title(finding->code, session->lang));
    cli_output_style(&session->out, CLI_PLAIN);
    cli_output_add_string(&session->out, "  ");
    cli_output_add_text(&session->out, title_or(finding->subject_title, finding->subject));
    cli_key_print(session, finding->key_title);
    print_status(session, revision);
    cli_output_add_string(&session->out, "\n");
}

/* ---- by a calendar ---- */

static void say_class(cli_buffer *words, gj_lang lang, gj_day_class class, gj_text name)
{
    cli_buffer_add_string(words, cli_day_class_words(class, lang));
    if (name.size > 0) {
        cli_buffer_add_string(words, lang == GJ_ZH ? "（" : " (");
        cli_buffer_add_text(words, name);
        cli_buffer_add_string(words, lang == GJ_ZH ? "）" : ")");
    }
}

/* "2027-02-06 Sat: day of rest → worked (春节)" */
static void say_days(cli_buffer *words, gj_lang lang, const gj_day_change *days)
{
    cli_days_say(words, lang, days->from, days->to, true);
    cli_buffer_add_string(words, lang == GJ_ZH ? "：" : ": ");
    say_class(words, lang, days->was, days->name_was);
    cli_buffer_add_string(words, " → ");
    say_class(words, lang, days->is, days->name_is);
}

static void say_published(cli_buffer *words, gj_lang lang, const gj_recounted *recounted)
{
    if (recounted->published_is == recounted->published_was || recounted->published_is == GJ_NO_DAY)
        return;
    cli_buffer_add_string(words, lang == GJ_ZH ? "，公布至" : ", published through ");
    cli_date_say(words, lang, recounted->published_is);
}

static void say_recounted(cli_buffer *words, gj_lang lang, const gj_recounted *recounted)
{
    cli_buffer_add_text(words, recounted->was);
    cli_buffer_add_string(words, " → ");
    cli_buffer_add_text(words, recounted->is);
    say_published(words, lang, recounted);
    if (recounted->hours)
        cli_buffer_add_string(words, lang == GJ_ZH ? "，每周工作日或办公时间有变"
                                                   : ", with another week or office hours");
    for (size_t i = 0; i < recounted->day_count && i < DAYS_TOLD_MAX; i++) {
        cli_buffer_add_string(words, lang == GJ_ZH ? "；" : "; ");
        say_days(words, lang, &recounted->days[i]);
    }
    if (recounted->day_count > DAYS_TOLD_MAX)
        cli_buffer_add_format(words, lang == GJ_ZH ? "；另有%zu处" : "; and %zu more",
                              recounted->day_count - DAYS_TOLD_MAX);
}

void cli_recounted_print(cli_review *review, const gj_recounted *recounted)
{
    cli_session *session = review->session;
    cli_buffer_reset(&review->scratch);
    cli_buffer_add_string(&review->scratch, CLI_SAY(session, "because of: ", "原因："));
    say_recounted(&review->scratch, session->lang, recounted);
    cli_output_add_spaces(&session->out, DETAIL_INDENT);
    cli_output_style(&session->out, CLI_FAINT);
    cli_paragraph_print(&session->out, cli_buffer_text(&review->scratch), DETAIL_INDENT,
                        DETAIL_INDENT);
    cli_output_style(&session->out, CLI_PLAIN);
}

enum { LAST_DAY = 2932896 }; /* 9999-12-31: there is no latest */

static void say_range(cli_buffer *words, gj_lang lang, const cli_due *due)
{
    if (due->day == GJ_NO_DAY) {
        cli_buffer_add_string(words, lang == GJ_ZH ? "不能确定" : "on a day nobody can tell");
    } else if (due->latest == LAST_DAY) {
        cli_buffer_add_string(words, lang == GJ_ZH ? "" : "on ");
        cli_day_say(words, lang, due->earliest, true);
        cli_buffer_add_string(words, lang == GJ_ZH ? "或者以后" : " or later");
    } else if (due->earliest != due->latest) {
        cli_buffer_add_string(words, lang == GJ_ZH ? "" : "between ");
        cli_day_say(words, lang, due->earliest, true);
        cli_buffer_add_string(words, lang == GJ_ZH ? "至" : " and ");
        cli_day_say(words, lang, due->latest, true);
        cli_buffer_add_string(words, lang == GJ_ZH ? "之间" : "");
    } else {
        cli_day_say(words, lang, due->day, true);
    }
}

void cli_due_change_print(cli_review *review, const cli_due *was, const cli_due *is)
{
    cli_session *session = review->session;
    cli_buffer *words = &review->scratch;
    bool same = was->day == is->day && was->earliest == is->earliest && was->latest == is->latest;
    cli_buffer_reset(words);
    cli_buffer_add_string(words, CLI_SAY(session, "was due ", "最后一日原为"));
    say_range(words, session->lang, was);
    cli_buffer_add_string(words, same ? CLI_SAY(session, ", and is; it is counted otherwise",
                                                "，现仍为该日，但计算有变")
                                      : CLI_SAY(session, ", is now due ", "，现为"));
    if (!same)
        say_range(words, session->lang, is);
    cli_output_add_spaces(&session->out, DETAIL_INDENT);
    cli_paragraph_print(&session->out, cli_buffer_text(words), DETAIL_INDENT, DETAIL_INDENT);
}

static cli_due due_of(const gj_counted *counted)
{
    return (cli_due){counted->due_day, counted->due_earliest, counted->due_latest};
}

static void print_recounted(cli_review *review, const gj_revision *revision)
{
    if (revision->before != NULL && revision->finding->has_due) {
        cli_due was = due_of(&revision->before->counted), is = due_of(&revision->finding->counted);
        cli_due_change_print(review, &was, &is);
    }
    cli_recounted_print(review, revision->recounted);
}

/* ---- by what was told ---- */

/* "by a correction a3, line 7" */
static void print_cause(cli_session *session, const gj_revision *revision)
{
    cli_output_add_spaces(&session->out, DETAIL_INDENT);
    cli_output_style(&session->out, CLI_FAINT);
    cli_output_add_string(&session->out, CLI_SAY(session, "because of: ", "原因："));
    cli_output_add_string(&session->out, gj_cause_title(revision->cause, session->lang));
    if (revision->cause_id.size > 0) {
        cli_output_add_string(&session->out, " ");
        cli_output_add_text(&session->out, revision->cause_id);
    }
    if (revision->cause_line > 0)
        cli_output_add_format(&session->out,
                              CLI_SAY(session, ", line %" PRIu64, "，第%" PRIu64 "行"),
                              revision->cause_line);
    cli_output_style(&session->out, CLI_PLAIN);
    cli_output_add_string(&session->out, "\n");
}

static void print_explanation(cli_review *review, const gj_finding *finding)
{
    cli_session *session = review->session;
    gj_writer writer = cli_buffer_writer(&review->scratch);
    cli_buffer_reset(&review->scratch);
    gj_finding_explain(finding, session->lang, &writer);
    cli_output_add_spaces(&session->out, DETAIL_INDENT);
    cli_paragraph_print(&session->out, cli_buffer_text(&review->scratch), DETAIL_INDENT,
                        DETAIL_INDENT);
}

bool cli_revision_print(void *payload, const gj_revision *revision)
{
    cli_review *review = payload;
    cli_output *out = &review->session->out;
    review->change_counts[revision->change]++;
    if (review->session->format == CLI_JSONL) {
        gj_writer writer = cli_output_writer(out);
        gj_revision_print(revision, review->session->lang, &writer);
        cli_output_add_string(out, "\n");
        return out->error == 0;
    }
    print_heading(review, revision);
    if (revision->recounted != NULL)
        print_recounted(review, revision);
    else
        print_cause(review->session, revision);
    if (revision->change != GJ_FINDING_WITHDRAWN)
        print_explanation(review, revision->finding);
    return out->error == 0;
}
