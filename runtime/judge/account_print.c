/* SPDX-License-Identifier: Apache-2.0
 *
 * An account as one JSON object, the keys of docs/LANGUAGE.md, "Why a day counts". A key whose
 * value is absent is left out; keys are stable and new ones may be added. */
#include "base/text.h"
#include "judge/account.h"
#include "judge/finding.h"
#include "judge/held.h"
#include "judge/decisions.h"
#include "judge/length.h"
#include "judge/phrase.h"
#include "time/stamp.h"
#include "value/duration.h"

/* ---- values ---- */

static void key(gjb_buffer *out, const char *name)
{
    gjb_buffer_add_byte(out, ',');
    gjb_buffer_add_json(out, gjb_text_of(name));
    gjb_buffer_add_byte(out, ':');
}

static void text(gjb_buffer *out, const char *name, gj_text value)
{
    if (gjb_text_is_present(value)) {
        key(out, name);
        gjb_buffer_add_json(out, value);
    }
}

static void string(gjb_buffer *out, const char *name, const char *value)
{
    text(out, name, gjb_text_of(value));
}

static void number(gjb_buffer *out, const char *name, uint64_t value)
{
    key(out, name);
    gjb_buffer_add_format(out, "%llu", (unsigned long long)value);
}

static void flag(gjb_buffer *out, const char *name, bool value)
{
    key(out, name);
    gjb_buffer_add_string(out, value ? "true" : "false");
}

static void flag_if(gjb_buffer *out, const char *name, bool value)
{
    if (value) {
        flag(out, name, value);
    }
}

static void day(gjb_buffer *out, const char *name, gj_day value)
{
    key(out, name);
    gjb_buffer_add_byte(out, '"');
    gjr_stamp_print_day(value, out);
    gjb_buffer_add_byte(out, '"');
}

static void instant(gjb_buffer *out, const char *name, gj_instant value, int32_t offset_s)
{
    key(out, name);
    gjb_buffer_add_byte(out, '"');
    gjr_stamp_print_instant(value, offset_s, out);
    gjb_buffer_add_byte(out, '"');
}

/* Of what is counted in time "PT36H", else a number of days. */
static void measure(gjb_buffer *out, const char *name, const gj_account *account, uint64_t value)
{
    if (!account->in_time) {
        number(out, name, value);
        return;
    }
    key(out, name);
    gjb_buffer_add_byte(out, '"');
    gjr_duration_print((int64_t)value, out);
    gjb_buffer_add_byte(out, '"');
}

static void basis(gjb_buffer *out, const gj_citation *cited, size_t count)
{
    key(out, "basis");
    gjb_buffer_add_byte(out, '[');
    for (size_t i = 0; i < count; i++) {
        gjb_buffer whole;
        gjb_buffer_init(&whole, out->allocator);
        gjb_buffer_add_text(&whole, cited[i].law);
        gjb_buffer_add_byte(&whole, '.');
        gjb_buffer_add_text(&whole, cited[i].article);
        out->failed = out->failed || whole.failed;
        gjb_buffer_add_string(out, i > 0 ? "," : "");
        gjb_buffer_add_json(out, gjb_buffer_text(&whole));
        gjb_buffer_deinit(&whole);
    }
    gjb_buffer_add_byte(out, ']');
}

/* ---- parts ---- */

static void rung(gjb_buffer *out, const gj_account_mark *mark)
{
    static const char *const whens[] = {"due", "overdue", "before", "share"};
    string(out, "when", whens[mark->rung.kind]);
    if (mark->rung.kind == GJ_RUNG_SHARE) {
        key(out, "amount");
        gjb_buffer_add_byte(out, '"');
        gjr_phrase_print_share(out, mark->rung.amount);
        gjb_buffer_add_byte(out, '"');
    } else if (mark->rung.kind != GJ_RUNG_DUE) {
        number(out, "amount", mark->rung.amount);
        string(out, "unit", gj_unit_name(mark->rung.unit));
    }
    string(out, "severity", gj_severity_name(mark->severity));
}

static void mark_print(gjb_buffer *out, const gj_account_mark *mark)
{
    static const char *const causes[] = {"act", "entering", "leaving", "field"};
    gjb_buffer_add_string(out, "{\"mark\":");
    gjb_buffer_add_json(out, gjb_text_of(gj_mark_name(mark->kind)));
    instant(out, "at", mark->at, mark->at_offset_s);
    if (!mark->by_time) {
        string(out, "by", causes[mark->cause]);
        text(out, "subject", mark->subject);
        text(out, "subject_title", mark->subject_title);
    }
    text(out, "notice", mark->notice);
    text(out, "event", mark->event);
    text(out, "event_source", mark->source_id);
    text(out, "post", mark->post);
    text(out, "officer", mark->officer);
    flag_if(out, "by_law", mark->by_law && mark->kind != GJ_MARK_RAN_OUT);
    flag_if(out, "not_recorded", mark->not_recorded);
    flag_if(out, "stays_overdue", mark->stays_overdue);
    flag_if(out, "extension", mark->voids_extension);
    if (mark->kind == GJ_MARK_RUNG) {
        rung(out, mark);
    } else if (mark->kind == GJ_MARK_EXTENDED || mark->kind == GJ_MARK_GRANTED) {
        number(out, "amount", (uint64_t)mark->amount);
    } else if (mark->kind == GJ_MARK_STOPPED && mark->at_most_until != GJ_NEVER) {
        instant(out, "at_most_until", mark->at_most_until, mark->at_offset_s);
    } else if (mark->kind == GJ_MARK_RAN_OUT) {
        gjr_finding_print_law(out, &mark->law);
    } else if (mark->kind == GJ_MARK_TOLD && mark->told != GJ_NEVER) {
        instant(out, "due_by", mark->told, mark->at_offset_s);
    } else if (mark->kind == GJ_MARK_MEASURED) {
        gjr_length_print(&mark->length, out);
        gjr_decisions_print(mark->rows, mark->row_count, out);
    }
    if (mark->basis_count > 0) {
        basis(out, mark->basis, mark->basis_count);
    }
    gjb_buffer_add_byte(out, '}');
}

static void run_print(gjb_buffer *out, const gj_account *account, const gj_account_run *run)
{
    static const char *const phases[] = {"gone", "to-come", "over"};
    gjb_buffer_add_string(out, "{\"counts\":");
    gjb_buffer_add_string(out, run->counts ? "true" : "false");
    if (account->in_time) {
        instant(out, "from", run->begin, account->until_offset_s);
        instant(out, "to", run->end, account->until_offset_s);
    } else {
        day(out, "from", run->from);
        day(out, "to", run->to);
        number(out, "days", (uint64_t)((int64_t)run->to - run->from + 1));
    }
    string(out, "why", gj_why_name(run->why));
    text(out, "name", run->name);
    string(out, "phase", phases[run->phase]);
    flag_if(out, "extended", run->extended);
    measure(out, "total", account, run->total);
    gjb_buffer_add_byte(out, '}');
}

/* ---- the whole ---- */

static void what(gjb_buffer *out, const gj_account *account)
{
    static const char *const spans[] = {"within", "by", "at-least", "at-least-before",
                                        "within-before"};
    gjb_buffer_add_string(out, "{\"limit\":");
    gjb_buffer_add_json(out, account->limit);
    text(out, "title", account->limit_title);
    text(out, "key", account->key);
    if (account->limit_kind != GJ_LIMIT_PLAIN) {
        string(out, "limit_kind", gj_limit_kind_name(account->limit_kind));
    }
    text(out, "branch", account->branch);
    number(out, "instance", account->instance);
    number(out, "instances", account->instance_count);
    string(out, "status", gj_account_status_name(account->status));
    if (account->span != GJ_SPAN_WITHIN) {
        string(out, "span", spans[account->span]);
    }
    text(out, "by", account->by);
    text(out, "by_title", account->by_title);
    string(out, "unit", gj_unit_name(account->unit));
    if (account->span != GJ_SPAN_BY) {
        number(out, "budget", account->budget);
    }
    if (account->extended > 0) {
        number(out, "extended", account->extended);
    }
}

static void counted(gjb_buffer *out, const gj_account *account)
{
    if (account->in_time) {
        instant(out, "from", account->start, account->until_offset_s);
    } else {
        day(out, "from", account->start_day);
    }
    instant(out, "until", account->until, account->until_offset_s);
    if (account->has_due && (account->in_time || account->at_close)) {
        instant(out, "due", account->due, account->due_offset_s);
    } else if (account->has_due) {
        day(out, "due", account->due_day);
    }
    if (account->has_due && account->raw_due_day != account->due_day) {
        day(out, "rolled_from", account->raw_due_day);
    }
    if (account->range.open) {
        day(out, "due_earliest", account->range.earliest);
        day(out, "due_latest", account->range.latest);
    }
    measure(out, "used", account, account->used);
    if (account->has_due || account->span != GJ_SPAN_BY) {
        measure(out, "left", account, account->left);
    }
    if (account->over > 0) {
        key(out, "over");
        gjb_buffer_add_format(out, "{\"amount\":%llu", (unsigned long long)account->over);
        string(out, "unit", gj_unit_name(account->over_unit));
        gjb_buffer_add_byte(out, '}');
    }
    text(out, "calendar", account->calendar);
    flag_if(out, "beyond_published", account->beyond_published);
}

static void clause(gjb_buffer *out, const gj_account *account)
{
    text(out, "duty", account->duty);
    flag_if(out, "duty_is_holder", account->duty_is_holder);
    basis(out, account->basis, account->basis_count);
    key(out, "source");
    gjb_buffer_add_string(out, "{\"file\":");
    gjb_buffer_add_json(out, account->file);
    number(out, "line", account->line);
    number(out, "column", account->column);
    gjb_buffer_add_byte(out, '}');
}

static void explanation(gjb_buffer *out, const char *name, const gj_account *account, gj_lang lang)
{
    gjb_buffer words;
    gjb_buffer_init(&words, out->allocator);
    gjr_account_explain(account, lang, &words);
    out->failed = out->failed || words.failed;
    text(out, name, gjb_buffer_text(&words));
    gjb_buffer_deinit(&words);
}

void gjr_account_explain(const gj_account *account, gj_lang lang, gjb_buffer *out)
{
    if (lang == GJ_ZH) {
        gjr_account_explain_zh(account, out);
    } else {
        gjr_account_explain_en(account, out);
    }
}

void gjr_account_print(const gj_account *account, gj_lang lang, gjb_buffer *out)
{
    what(out, account);
    counted(out, account);
    clause(out, account);
    gjr_finding_print_hours(out, account->hours, account->hour_count);
    key(out, "marks");
    for (size_t i = 0; i < account->mark_count; i++) {
        gjb_buffer_add_byte(out, i == 0 ? '[' : ',');
        mark_print(out, &account->marks[i]);
    }
    gjb_buffer_add_byte(out, ']');
    key(out, "runs");
    gjb_buffer_add_byte(out, '[');
    for (size_t i = 0; i < account->run_count; i++) {
        gjb_buffer_add_string(out, i == 0 ? "" : ",");
        run_print(out, account, &account->runs[i]);
    }
    gjb_buffer_add_byte(out, ']');
    flag_if(out, "runs_cut", account->runs_cut);
    key(out, "held");
    gjb_buffer_add_byte(out, '[');
    for (size_t i = 0; i < account->held_count; i++) {
        gjb_buffer_add_string(out, i == 0 ? "" : ",");
        gjr_held_print(&account->held[i], out);
    }
    gjb_buffer_add_byte(out, ']');
    explanation(out, "explanation", account, lang);
    explanation(out, lang == GJ_ZH ? "explanation_en" : "explanation_zh", account,
                lang == GJ_ZH ? GJ_EN : GJ_ZH);
    gjb_buffer_add_byte(out, '}');
}

gj_status gj_account_print(const gj_account *account, gj_lang lang, const gj_writer *writer)
{
    gjb_buffer out;
    gjb_buffer_init(&out, NULL);
    gjr_account_print(account, lang, &out);
    gj_status status = gjb_buffer_write(&out, writer);
    gjb_buffer_deinit(&out);
    return status;
}

gj_status gj_account_explain(const gj_account *account, gj_lang lang, const gj_writer *writer)
{
    gjb_buffer out;
    gjb_buffer_init(&out, NULL);
    gjr_account_explain(account, lang, &out);
    gj_status status = gjb_buffer_write(&out, writer);
    gjb_buffer_deinit(&out);
    return status;
}
