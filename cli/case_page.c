/* SPDX-License-Identifier: Apache-2.0
 *
 * One case in full: its time line, an event a line, and under each event what was found there, said
 * as the explanation says it. A finding that time alone raised stands where its instant falls.
 *
 *     2024-02-05 09:12  受理      受理窗口 · u1017   → 审查
 *                       ● 黄牌 材料缺失  场所平面图
 *                         2024年2月5日09:12登记“受理”，该行为须备齐材料2件……
 */
#include "replay.h"

#include <stdlib.h>
#include <string.h>

#include "key.h"
#include "paragraph.h"
#include "strip.h"
#include "style.h"
#include "width.h"

enum {
    INDENT = 2,
    INSTANT_SIZE = 16, /* "2024-02-05 09:12" */
    DETAIL_INDENT = 6,
    MONTHS_MAX = 4, /* of a late one's strip */
    ACT_COLUMNS_MAX = 34,
    WHO_COLUMNS_MAX = 30,
};

typedef struct page {
    cli_review *review;
    cli_output *out;
    const gj_case_result *result;
    size_t act_columns, who_columns;
    bool *printed;      /* a finding each */
    size_t first_left;  /* all before it are printed */
    size_t timed_count; /* left, of those that time alone raised */
} page;

static gj_text title_or(gj_text title, gj_text name)
{
    return title.size > 0 ? title : name;
}

static bool is_equal(gj_text a, gj_text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.bytes, b.bytes, a.size) == 0);
}

/* Post and officer, whichever are there, or the law, into the scratch. */
static gj_text who_of(cli_review *review, const gj_step_note *step)
{
    gj_text post = title_or(step->post_title, step->post);
    cli_buffer_reset(&review->scratch);
    if (step->migrated_to > 0)
        cli_buffer_add_format(&review->scratch,
                              CLI_SAY(review->session, "(moved to version %u)", "（承接至第%u版）"),
                              step->migrated_to);
    if (step->by_law)
        cli_buffer_add_string(&review->scratch,
                              CLI_SAY(review->session, "(by law)", "（依法视为）"));
    cli_buffer_add_text(&review->scratch, post);
    if (post.size > 0 && step->officer.size > 0)
        cli_buffer_add_string(&review->scratch, " · ");
    cli_buffer_add_text(&review->scratch, step->officer);
    return cli_buffer_text(&review->scratch);
}

static size_t at_most(size_t width, size_t most)
{
    return width < most ? width : most;
}

/* Titles are cut only where a line would not fit. */
static void measure(page *p)
{
    size_t stage = 0;
    for (size_t i = 0; i < p->result->step_count; i++) {
        const gj_step_note *step = &p->result->steps[i];
        size_t act = cli_width(title_or(step->action_title, step->action));
        size_t who = cli_width(who_of(p->review, step));
        size_t after = cli_width(title_or(step->stage_after_title, step->stage_after));
        stage = after > stage ? after : stage;
        if (act > p->act_columns)
            p->act_columns = act;
        if (who > p->who_columns)
            p->who_columns = who;
    }
    size_t between = INDENT + INSTANT_SIZE + 2 + 2 + strlen("  -> ");
    if (between + p->act_columns + p->who_columns + stage <= p->out->columns)
        return;
    size_t wide = p->out->columns >= 100 ? 10 : 0;
    p->act_columns = at_most(p->act_columns, ACT_COLUMNS_MAX - 8 + wide);
    p->who_columns = at_most(p->who_columns, WHO_COLUMNS_MAX - 10 + wide);
}

static void print_instant(cli_output *out, gj_instant at, int32_t offset_s)
{
    char written[48] = "";
    gj_instant_format(at, offset_s, written, sizeof written);
    if (strlen(written) > INSTANT_SIZE) {
        written[10] = ' ';
        written[INSTANT_SIZE] = '\0';
    }
    cli_output_add_spaces(out, INDENT);
    cli_output_style(out, CLI_FAINT);
    cli_output_add_format(out, "%-*s", INSTANT_SIZE, written);
    cli_output_style(out, CLI_PLAIN);
    cli_output_add_spaces(out, 2);
}

static void print_step(page *p, const gj_step_note *step)
{
    gj_text before = {0}, after = title_or(step->stage_after_title, step->stage_after);
    if (step > p->result->steps)
        before = title_or(step[-1].stage_after_title, step[-1].stage_after);
    print_instant(p->out, step->at, step->at_offset_s);
    cli_padded_print(p->out, title_or(step->action_title, step->action), p->act_columns);
    cli_output_add_spaces(p->out, 2);
    bool moved = !is_equal(before, after) && after.size > 0;
    gj_text who = who_of(p->review, step);
    cli_output_style(p->out, CLI_FAINT);
    if (moved)
        cli_padded_print(p->out, who, p->who_columns);
    else
        cli_output_add_text(p->out, (gj_text){who.bytes, cli_width_cut(who, p->who_columns)});
    cli_output_style(p->out, CLI_PLAIN);
    if (moved) {
        cli_output_add_string(p->out, "  → ");
        cli_output_add_text(p->out, after);
    }
    cli_output_add_string(p->out, "\n");
}

static void print_status(page *p, const gj_finding *finding)
{
    cli_session *session = p->review->session;
    /* Only a limit's finding can close by itself; of the others "open" would say nothing. */
    bool is_open = finding->status == GJ_OPEN && finding->has_due;
    const char *words = is_open ? CLI_SAY(session, "  open", "  未结")
                        : finding->status == GJ_WITHDRAWN
                            ? CLI_SAY(session, "  withdrawn", "  已撤回")
                            : "";
    cli_output_style(p->out, CLI_FAINT);
    cli_output_add_string(p->out, words);
    cli_output_style(p->out, CLI_PLAIN);
}

/* How a late one was counted, as a strip of calendar, where accounts were made. */
static void print_strip(page *p, const gj_finding *finding)
{
    for (size_t i = 0; finding->code == GJ_LATE && i < p->result->account_count; i++) {
        const gj_account *account = &p->result->accounts[i];
        if (is_equal(account->limit, finding->subject) && is_equal(account->key, finding->key) &&
            is_equal(account->branch, finding->branch) &&
            account->marks[0].at == finding->counted.start &&
            account->until == finding->counted.until) {
            cli_output_add_string(p->out, "\n");
            cli_strip_print(p->review->session, account, DETAIL_INDENT, MONTHS_MAX);
            return;
        }
    }
}

static void print_finding(page *p, const gj_finding *finding)
{
    cli_session *session = p->review->session;
    cli_buffer *words = &p->review->scratch;
    gj_writer writer = cli_buffer_writer(words);
    cli_output_add_spaces(p->out, DETAIL_INDENT);
    cli_output_style(p->out, cli_style_of(finding->severity));
    cli_output_add_format(p->out, "● %s", gj_severity_title(finding->severity, session->lang));
    cli_output_style(p->out, CLI_PLAIN);
    cli_output_add_string(p->out, "  ");
    cli_output_style(p->out, CLI_STRONG);
    cli_output_add_string(p->out, gj_code_title(finding->code, session->lang));
    cli_output_style(p->out, CLI_PLAIN);
    gj_text subject = title_or(finding->subject_title, finding->subject);
    if (subject.size > 0) {
        cli_output_add_string(p->out, "  ");
        cli_output_add_text(p->out, subject);
        cli_key_print(session, finding->key_title);
    }
    print_status(p, finding);
    cli_output_add_string(p->out, "\n");
    cli_buffer_reset(words);
    gj_finding_explain(finding, session->lang, &writer);
    cli_output_add_spaces(p->out, DETAIL_INDENT + 2);
    cli_paragraph_print(p->out, cli_buffer_text(words), DETAIL_INDENT + 2, DETAIL_INDENT + 2);
    print_strip(p, finding);
}

static bool is_timed(const gj_finding *finding)
{
    return finding->event.size == 0;
}

static void note_printed(page *p, size_t index)
{
    p->printed[index] = true;
    p->timed_count -= is_timed(&p->result->findings[index]);
    while (p->first_left < p->result->finding_count && p->printed[p->first_left])
        p->first_left++;
}

static void print_timed_finding(page *p, const gj_finding *finding)
{
    print_instant(p->out, finding->at, finding->at_offset_s);
    cli_output_style(p->out, CLI_FAINT);
    cli_output_add_string(p->out, CLI_SAY(p->review->session, "(time passed)", "（时限届满）"));
    cli_output_style(p->out, CLI_PLAIN);
    cli_output_add_string(p->out, "\n");
    print_finding(p, finding);
}

/* What time raised before `until`, each on a line of its own instant. */
static void print_timed(page *p, gj_instant until)
{
    for (size_t i = p->first_left; i < p->result->finding_count && p->timed_count > 0; i++) {
        const gj_finding *finding = &p->result->findings[i];
        if (p->printed[i] || !is_timed(finding) || finding->at >= until)
            continue;
        print_timed_finding(p, finding);
        note_printed(p, i);
    }
}

/* Findings stand in the order first raised, so those of this step are never far. */
static void print_found(page *p, const gj_step_note *step)
{
    size_t left = step->by_law ? p->timed_count : step->finding_count;
    for (size_t i = p->first_left; i < p->result->finding_count && left > 0; i++) {
        const gj_finding *finding = &p->result->findings[i];
        if (p->printed[i] || finding->at != step->at || !is_equal(finding->event, step->event) ||
            finding->by_law != step->by_law)
            continue;
        print_finding(p, finding);
        note_printed(p, i);
        left--;
    }
}

static void print_heading(page *p)
{
    cli_session *session = p->review->session;
    const gj_case_result *result = p->result;
    cli_output_style(p->out, CLI_STRONG);
    cli_output_add_string(p->out, CLI_SAY(session, "Case ", "办件 "));
    cli_output_add_text(p->out, result->case_id);
    cli_output_style(p->out, CLI_PLAIN);
    cli_output_style(p->out, CLI_FAINT);
    cli_output_add_string(p->out, " · ");
    if (p->review->part_count > 1) {
        cli_output_add_text(p->out, cli_part_title(p->review->part));
        cli_output_add_string(p->out, " · ");
    }
    cli_count_print(session, result->event_count, "# event", "# events", "事件#项");
    cli_output_add_string(p->out, " · ");
    cli_count_print(session, result->finding_count, "# finding", "# findings", "异常#项");
    cli_output_add_string(p->out, result->final
                                      ? CLI_SAY(session, " · ended in \"", " · 终结于环节“")
                                      : CLI_SAY(session, " · now in \"", " · 现处环节“"));
    cli_output_add_text(p->out, title_or(result->stage_title, result->stage));
    cli_output_add_string(p->out, CLI_SAY(session, "\"", "”"));
    cli_output_style(p->out, CLI_PLAIN);
    cli_output_add_string(p->out, "\n\n");
}

static void print_rest(page *p)
{
    print_timed(p, GJ_NEVER);
    for (size_t i = 0; i < p->result->finding_count; i++)
        if (!p->printed[i])
            print_finding(p, &p->result->findings[i]);
}

void cli_case_print(cli_review *review, const gj_case_result *result)
{
    page p = {.review = review, .out = &review->session->out, .result = result};
    p.printed = calloc(result->finding_count + 1, sizeof *p.printed);
    if (p.printed == NULL) {
        cli_complain_status(review->session, GJ_NO_MEMORY);
        return;
    }
    for (size_t i = 0; i < result->finding_count; i++)
        p.timed_count += is_timed(&result->findings[i]);
    measure(&p);
    print_heading(&p);
    for (size_t i = 0; i < result->step_count; i++) {
        const gj_step_note *step = &result->steps[i];
        print_timed(&p, step->at);
        print_step(&p, step);
        print_found(&p, step);
    }
    print_rest(&p);
    free(p.printed);
}
