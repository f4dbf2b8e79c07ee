/* SPDX-License-Identifier: Apache-2.0
 *
 * A finding as one JSON object, the keys of docs/LANGUAGE.md, "Events in, findings out". A key
 * whose value is absent is left out; keys are stable and new ones may be added. */
#include "judge/finding.h"

#include "base/text.h"
#include "judge/decisions.h"
#include "judge/length.h"
#include "judge/phrase.h"
#include "time/stamp.h"

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

static void number(gjb_buffer *out, const char *name, uint64_t value)
{
    key(out, name);
    gjb_buffer_add_format(out, "%llu", (unsigned long long)value);
}

static void flag(gjb_buffer *out, const char *name, bool value)
{
    if (value) {
        key(out, name);
        gjb_buffer_add_string(out, "true");
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

static void texts(gjb_buffer *out, const char *name, const gj_text *items, size_t count)
{
    if (count == 0) {
        return;
    }
    key(out, name);
    for (size_t i = 0; i < count; i++) {
        gjb_buffer_add_byte(out, i == 0 ? '[' : ',');
        gjb_buffer_add_json(out, items[i]);
    }
    gjb_buffer_add_byte(out, ']');
}

/* A day, or where days do not matter the instant. */
static void moment(gjb_buffer *out, const char *name, const gj_finding *finding, gj_day of)
{
    if (finding->counted.in_time || finding->counted.at_close) {
        instant(out, name, finding->counted.due, finding->counted.due_offset_s);
    } else {
        day(out, name, of);
    }
}

/* The last lawful day, or the instant before which it was due; of a minimum, and within so long
 * before something, the first. */
static void due(gjb_buffer *out, const gj_finding *finding)
{
    const gj_counted *counted = &finding->counted;
    switch (counted->span) {
    case GJ_SPAN_WITHIN:
    case GJ_SPAN_BY:
    case GJ_SPAN_AT_LEAST_BEFORE:
        moment(out, "due", finding, counted->due_day);
        break;
    case GJ_SPAN_AT_LEAST:
        moment(out, "lawful_from", finding, counted->due_day + 1);
        break;
    case GJ_SPAN_WITHIN_BEFORE:
        moment(out, "lawful_from", finding, counted->due_day);
        break;
    }
}

/* ---- parts ---- */

void gjr_finding_print_basis(gjb_buffer *out, const gj_citation *cited, size_t count)
{
    key(out, "basis");
    gjb_buffer_add_byte(out, '[');
    for (size_t i = 0; i < count; i++) {
        gjb_buffer_add_string(out, i > 0 ? "," : "");
        gjb_buffer whole;
        gjb_buffer_init(&whole, out->allocator);
        gjb_buffer_add_text(&whole, cited[i].law);
        gjb_buffer_add_byte(&whole, '.');
        gjb_buffer_add_text(&whole, cited[i].article);
        out->failed = out->failed || whole.failed;
        gjb_buffer_add_json(out, gjb_buffer_text(&whole));
        gjb_buffer_deinit(&whole);
    }
    gjb_buffer_add_byte(out, ']');
}

static void source(gjb_buffer *out, const gj_finding *finding)
{
    key(out, "source");
    gjb_buffer_add_string(out, "{\"file\":");
    gjb_buffer_add_json(out, finding->file);
    number(out, "line", finding->line);
    number(out, "column", finding->column);
    gjb_buffer_add_byte(out, '}');
}

static void over(gjb_buffer *out, const gj_finding *finding)
{
    key(out, finding->code == GJ_EARLY ? "short" : "over");
    gjb_buffer_add_string(out, "{\"amount\":");
    gjb_buffer_add_format(out, "%llu", (unsigned long long)finding->over_amount);
    text(out, "unit", gjb_text_of(gj_unit_name(finding->over_unit)));
    gjb_buffer_add_byte(out, '}');
}

/* {"when":"before","amount":3,"unit":"workdays","at":…}; of a share the amount is "90%" */
static void rung(gjb_buffer *out, const gj_finding *finding)
{
    static const char *const whens[] = {"due", "overdue", "before", "share"};
    const gj_rung *by = &finding->rung;
    key(out, "rung");
    gjb_buffer_add_string(out, "{\"when\":");
    gjb_buffer_add_json(out, gjb_text_of(whens[by->kind]));
    if (by->kind == GJ_RUNG_SHARE) {
        key(out, "amount");
        gjb_buffer_add_byte(out, '"');
        gjr_phrase_print_share(out, by->amount);
        gjb_buffer_add_byte(out, '"');
    } else {
        number(out, "amount", by->amount);
        text(out, "unit", gjb_text_of(gj_unit_name(by->unit)));
    }
    instant(out, "at", by->at, finding->at_offset_s);
    gjb_buffer_add_byte(out, '}');
}

static void skipped(gjb_buffer *out, const gj_counted *counted)
{
    static const char *const why[] = {"weekend", "holiday", "off", "on"};
    bool first = true;
    key(out, "skipped");
    gjb_buffer_add_byte(out, '[');
    for (size_t i = 0; i < counted->run_count; i++) {
        const gj_run *run = &counted->runs[i];
        if (run->kind == GJ_RUN_WORKED) {
            continue;
        }
        gjb_buffer_add_string(out, first ? "{\"from\":\"" : ",{\"from\":\"");
        gjr_stamp_print_day(run->from, out);
        gjb_buffer_add_byte(out, '"');
        day(out, "to", run->to);
        text(out, "why", gjb_text_of(why[run->kind]));
        text(out, "name", run->name);
        gjb_buffer_add_byte(out, '}');
        first = false;
    }
    gjb_buffer_add_byte(out, ']');
}

static void worked(gjb_buffer *out, const gj_counted *counted)
{
    bool first = true;
    key(out, "worked");
    gjb_buffer_add_byte(out, '[');
    for (size_t i = 0; i < counted->run_count; i++) {
        const gj_run *run = &counted->runs[i];
        for (gj_day d = run->from; run->kind == GJ_RUN_WORKED && d <= run->to; d++) {
            gjb_buffer_add_string(out, first ? "\"" : ",\"");
            gjr_stamp_print_day(d, out);
            gjb_buffer_add_byte(out, '"');
            first = false;
        }
    }
    gjb_buffer_add_byte(out, ']');
}

/* ["08:30-12:00","13:30-17:30"] */
void gjr_finding_print_hours(gjb_buffer *out, const gj_office_hours *hours, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const gj_office_hours *span = &hours[i];
        if (i == 0) {
            key(out, "hours");
        }
        gjb_buffer_add_format(out, "%s\"%02d:%02d-%02d:%02d\"", i == 0 ? "[" : ",", span->from / 60,
                              span->from % 60, span->to / 60, span->to % 60);
    }
    gjb_buffer_add_string(out, count > 0 ? "]" : "");
}

static void turn(gjb_buffer *out, const gj_turn *of, const gj_finding *finding)
{
    gjb_buffer_add_string(out, of->extends ? "{\"extends\":true" : "{\"stops\":true");
    text(out, "by", of->title);
    text(out, "event", of->event);
    text(out, "event_source", of->source);
    instant(out, of->extends ? "at" : "from", of->from, finding->at_offset_s);
    if (of->extends) {
        number(out, "amount", of->amount);
    } else if (of->to != GJ_NEVER) {
        instant(out, "to", of->to, finding->at_offset_s);
        if (of->first_day <= of->last_day && !finding->counted.in_time) {
            day(out, "first_day", of->first_day);
            day(out, "last_day", of->last_day);
        }
    }
    if (of->basis_count > 0) {
        gjr_finding_print_basis(out, of->basis, of->basis_count);
    }
    gjb_buffer_add_byte(out, '}');
}

/* What stopped it and made it longer, and how much that is. */
static void turns(gjb_buffer *out, const gj_finding *finding)
{
    const gj_counted *counted = &finding->counted;
    flag(out, "held", counted->held);
    if (counted->turn_count == 0) {
        return;
    }
    if (counted->in_time) {
        number(out, "stopped_ms", (uint64_t)counted->stopped);
    } else {
        number(out, "stopped", (uint64_t)counted->stopped);
    }
    number(out, "extended", counted->extended);
    key(out, "turns");
    for (size_t i = 0; i < counted->turn_count; i++) {
        gjb_buffer_add_byte(out, i == 0 ? '[' : ',');
        turn(out, &counted->turns[i], finding);
    }
    gjb_buffer_add_byte(out, ']');
}

/* A stop or an extension without effect. */
static void voided(gjb_buffer *out, const gj_finding *finding)
{
    static const char *const reasons[] = {"notice", "after-due", "times", "power", "condition"};
    const gj_voided *of = &finding->voided;
    key(out, "voided");
    gjb_buffer_add_string(out, "{\"reason\":");
    gjb_buffer_add_json(out, gjb_text_of(reasons[of->reason]));
    text(out, "by", of->title);
    instant(out, "opened", of->opened, finding->at_offset_s);
    if (of->reason == GJ_VOID_NOTICE) {
        text(out, "notice", of->notice);
        if (of->notice_due != GJ_NEVER) {
            instant(out, "notice_before", of->notice_due, finding->at_offset_s);
        }
        if (finding->status == GJ_CLOSED) {
            instant(out, "works_from", of->since, finding->at_offset_s);
        }
    }
    gjb_buffer_add_byte(out, '}');
}

static void counted_print(gjb_buffer *out, const gj_finding *finding)
{
    static const char *const starts[] = {"act", "entering", "leaving", "field"};
    static const char *const spans[] = {"within", "by", "at-least", "at-least-before",
                                        "within-before"};
    const gj_counted *counted = &finding->counted;
    key(out, "counted");
    gjb_buffer_add_string(out, "{\"unit\":");
    gjb_buffer_add_json(out, gjb_text_of(gj_unit_name(counted->unit)));
    if (counted->in_time) {
        instant(out, "from", counted->start, finding->at_offset_s);
    } else {
        day(out, "from", counted->start_day);
    }
    text(out, "start", gjb_text_of(starts[counted->start_kind]));
    text(out, "start_subject", counted->start_subject);
    if (counted->span != GJ_SPAN_WITHIN) {
        text(out, "span", gjb_text_of(spans[counted->span]));
    }
    if (gjb_text_is_present(counted->end_subject)) {
        text(out, "end", gjb_text_of(starts[counted->end_kind]));
        text(out, "end_subject", counted->end_subject);
    }
    if (counted->span != GJ_SPAN_BY) {
        number(out, "budget", counted->budget);
    }
    number(out, "elapsed", (uint64_t)counted->elapsed);
    instant(out, "until", counted->until, finding->at_offset_s);
    if (counted->raw_due_day != counted->due_day && !counted->held) {
        day(out, "rolled_from", counted->raw_due_day);
    }
    text(out, "calendar", counted->calendar);
    flag(out, "start_not_recorded", counted->start_not_recorded);
    flag(out, "beyond_published", counted->beyond_published);
    if (counted->due_earliest != counted->due_latest) {
        day(out, "due_earliest", counted->due_earliest);
        day(out, "due_latest", counted->due_latest);
    }
    if (counted->unit == GJ_WORKDAYS || counted->unit == GJ_WORKHOURS) {
        worked(out, counted);
    }
    if (counted->unit != GJ_HOURS && counted->unit != GJ_MINUTES) {
        skipped(out, counted);
    }
    gjr_finding_print_hours(out, counted->hours, counted->hour_count);
    if (counted->is_measured) {
        gjr_length_print(&counted->length, out);
    }
    turns(out, finding);
    gjb_buffer_add_byte(out, '}');
}

static void left_out(gjb_buffer *out, const gj_finding *finding)
{
    key(out, "left_out");
    for (size_t i = 0; i < finding->left_out_count; i++) {
        const gj_left_out *step = &finding->left_out[i];
        gjb_buffer_add_string(out, i == 0 ? "[{\"action\":" : ",{\"action\":");
        gjb_buffer_add_json(out, step->action);
        text(out, "title", step->title);
        text(out, "post", step->post);
        text(out, "branch", step->branch);
        text(out, "stage", step->stage);
        gjb_buffer_add_byte(out, '}');
    }
    gjb_buffer_add_string(out, finding->left_out_count == 0 ? "[]" : "]");
}

/* [{"field":…,"title":…,"value":"200" | ["u31","u32"] | null,"judgement":true}] */
static void values(gjb_buffer *out, const gj_finding *finding)
{
    key(out, "values");
    for (size_t i = 0; i < finding->value_count; i++) {
        const gj_value *value = &finding->values[i];
        gjb_buffer_add_string(out, i == 0 ? "[{\"field\":" : ",{\"field\":");
        gjb_buffer_add_json(out, value->field);
        text(out, "title", value->title);
        key(out, "value");
        gjb_buffer_add_string(out, !value->known ? "null" : value->is_list ? "[" : "");
        for (size_t j = 0; j < value->item_count; j++) {
            gjb_buffer_add_string(out, j == 0 ? "" : ",");
            gjb_buffer_add_json(out, value->items[j]);
        }
        gjb_buffer_add_string(out, value->known && value->is_list ? "]" : "");
        gjb_buffer_add_string(out, value->is_judgement ? ",\"judgement\":true}" : "}");
    }
    gjb_buffer_add_string(out, finding->value_count == 0 ? "[]" : "]");
}

/* [{"when":"n > 1","basis":["licensing.42.1"]}] */
static void exceptions(gjb_buffer *out, const gj_finding *finding)
{
    if (finding->exception_count == 0) {
        return;
    }
    key(out, "exceptions");
    for (size_t i = 0; i < finding->exception_count; i++) {
        const gj_exception *exception = &finding->exceptions[i];
        gjb_buffer_add_string(out, i == 0 ? "[{\"when\":" : ",{\"when\":");
        gjb_buffer_add_json(out, exception->condition);
        gjr_finding_print_basis(out, exception->basis, exception->basis_count);
        gjb_buffer_add_byte(out, '}');
    }
    gjb_buffer_add_byte(out, ']');
}

/* Beside documents_missing, where one of them is required only when its condition holds. */
static void whens(gjb_buffer *out, const gj_finding *finding)
{
    bool some = false;
    for (size_t i = 0; i < finding->documents_missing_count; i++) {
        some = some || gjb_text_is_present(finding->documents_missing_when[i]);
    }
    if (!some) {
        return;
    }
    key(out, "documents_missing_when");
    for (size_t i = 0; i < finding->documents_missing_count; i++) {
        gj_text when = finding->documents_missing_when[i];
        gjb_buffer_add_byte(out, i == 0 ? '[' : ',');
        if (gjb_text_is_present(when)) {
            gjb_buffer_add_json(out, when);
        } else {
            gjb_buffer_add_string(out, "null");
        }
    }
    gjb_buffer_add_byte(out, ']');
}

/* An act beside the judged one. */
static void other_act(gjb_buffer *out, const char *name, const gj_other_act *act)
{
    if (!act->present) {
        return;
    }
    key(out, name);
    gjb_buffer_add_string(out, "{\"action\":");
    gjb_buffer_add_json(out, act->action);
    text(out, "event", act->event);
    text(out, "event_source", act->source_id);
    instant(out, "at", act->at, act->at_offset_s);
    text(out, "post", act->post);
    text(out, "officer", act->officer);
    text(out, "office", act->office);
    gjb_buffer_add_byte(out, '}');
}

static void relation(gjb_buffer *out, const gj_finding *finding)
{
    if (finding->relation == GJ_RELATION_NONE) {
        return;
    }
    text(out, "relation", gjb_text_of(gj_relation_name(finding->relation)));
    other_act(out, "first", &finding->first);
    other_act(out, "second", &finding->second);
    texts(out, "awaited", finding->awaited, finding->awaited_count);
}

static void details(gjb_buffer *out, const gj_finding *finding)
{
    static const char *const bounds[] = {"", "at-most", "at-least", "exactly"};
    if (finding->code == GJ_SKIPPED_STEP) {
        left_out(out, finding);
    }
    texts(out, "posts_granted", finding->posts_granted, finding->posts_granted_count);
    text(out, "condition", finding->condition);
    if (finding->condition.bytes != NULL || finding->value_count > 0) {
        values(out, finding);
    }
    gjr_decisions_print(finding->rows, finding->row_count, out);
    exceptions(out, finding);
    relation(out, finding);
    other_act(out, "held_by", &finding->held_by);
    texts(out, "documents_missing", finding->documents_missing, finding->documents_missing_count);
    whens(out, finding);
    texts(out, "documents_present", finding->documents_present, finding->documents_present_count);
    texts(out, "fields_missing", finding->fields_missing, finding->fields_missing_count);
    text(out, "quoted", finding->quoted);
    text(out, "due_of", finding->due_of);
    text(out, "length_of", finding->length_of);
    text(out, "key_of", finding->key_of);
    text(out, "sets", finding->sets);
    if (finding->bound != GJ_BOUND_NONE) {
        text(out, "counts", finding->counts);
        text(out, "bound", gjb_text_of(bounds[finding->bound]));
    }
    flag(out, "ended", finding->code == GJ_NOT_DONE && finding->ended);
    if (finding->code == GJ_REPEATED || finding->bound != GJ_BOUND_NONE) {
        number(out, "times", finding->times);
    }
    if (finding->times_allowed > 0) {
        number(out, "times_allowed", finding->times_allowed);
    }
}

void gjr_finding_print_law(gjb_buffer *out, const gj_law *law)
{
    key(out, "by_law");
    gjb_buffer_add_string(out, "{\"as_of\":\"");
    gjr_stamp_print_instant(law->as_of, law->as_of_offset_s, out);
    gjb_buffer_add_byte(out, '"');
    text(out, "action", law->action);
    text(out, "action_title", law->action_title);
    text(out, "stage", law->stage);
    text(out, "stage_title", law->stage_title);
    if (law->basis_count > 0) {
        gjr_finding_print_basis(out, law->basis, law->basis_count);
    }
    gjb_buffer_add_byte(out, '}');
}

/* ---- the whole ---- */

static void what(gjb_buffer *out, const gj_finding *finding)
{
    text(out, "code", gjb_text_of(gj_code_name(finding->code)));
    text(out, "severity", gjb_text_of(gj_severity_name(finding->severity)));
    text(out, "case", finding->case_id);
    text(out, "procedure", finding->procedure);
    number(out, "version", finding->version);
    text(out, "branch", finding->branch);
    text(out, "stage", finding->stage);
    text(out, "stage_after", finding->stage_after);
    text(out, "stage_expected", finding->stage_expected);
    text(out, "subject", finding->subject);
    text(out, "subject_title", finding->subject_title);
    text(out, "key", finding->key);
    if (finding->limit_kind != GJ_LIMIT_PLAIN) {
        text(out, "limit_kind", gjb_text_of(gj_limit_kind_name(finding->limit_kind)));
    }
}

static void when_and_who(gjb_buffer *out, const gj_finding *finding)
{
    text(out, "action", finding->action);
    text(out, "event", finding->event);
    text(out, "event_source", finding->source_id);
    instant(out, "at", finding->at, finding->at_offset_s);
    if (finding->has_due) {
        due(out, finding);
        if (finding->over_amount > 0) {
            over(out, finding);
        }
        if (finding->rung.kind != GJ_RUNG_DUE) {
            rung(out, finding);
        }
    }
    text(out, "office", finding->office);
    text(out, "department", finding->department);
    text(out, "post", finding->post);
    text(out, "officer", finding->officer);
    text(out, "held_in", finding->held_in);
    texts(out, "holders", finding->holders, finding->holder_count);
}

/* From where it is, and why it gave nothing. */
static void native(gjb_buffer *out, const gj_finding *finding)
{
    gjb_buffer_add_string(out, ",\"native\":{\"library\":");
    gjb_buffer_add_json(out, finding->native_library);
    text(out, "failure", gjb_text_of(gj_native_failure_name(finding->native_failure)));
    gjb_buffer_add_string(out, ",\"number\":");
    gjb_buffer_add_int(out, finding->native_number);
    gjb_buffer_add_byte(out, '}');
}

static void explanation(gjb_buffer *out, const char *name, const gj_finding *finding, gj_lang lang)
{
    gjb_buffer words;
    gjb_buffer_init(&words, out->allocator);
    gjr_finding_explain(finding, lang, &words);
    out->failed = out->failed || words.failed;
    text(out, name, gjb_buffer_text(&words));
    gjb_buffer_deinit(&words);
}

void gjr_finding_explain(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    if (lang == GJ_ZH) {
        gjr_explain_zh(finding, out);
    } else {
        gjr_explain_en(finding, out);
    }
}

void gjr_finding_print(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    static const char *const statuses[] = {"open", "closed", "withdrawn"};
    gjb_buffer_add_string(out, "{\"id\":");
    gjb_buffer_add_json(out, gjb_text_of(finding->id));
    what(out, finding);
    when_and_who(out, finding);
    gjr_finding_print_basis(out, finding->basis, finding->basis_count);
    source(out, finding);
    text(out, "status", gjb_text_of(statuses[finding->status]));
    details(out, finding);
    explanation(out, "explanation", finding, lang);
    explanation(out, lang == GJ_ZH ? "explanation_en" : "explanation_zh", finding,
                lang == GJ_ZH ? GJ_EN : GJ_ZH);
    if (finding->has_due || finding->counted.held || finding->counted.is_measured) {
        counted_print(out, finding);
    }
    if (finding->code == GJ_NATIVE_FAILED) {
        native(out, finding);
    }
    if (finding->by_law) {
        gjr_finding_print_law(out, &finding->law);
    }
    if (finding->code == GJ_INVALID_STOP || finding->code == GJ_INVALID_EXTENSION) {
        voided(out, finding);
    }
    gjb_buffer_add_byte(out, '}');
}

gj_status gj_finding_print(const gj_finding *finding, gj_lang lang, const gj_writer *writer)
{
    gjb_buffer out;
    gjb_buffer_init(&out, NULL);
    gjr_finding_print(finding, lang, &out);
    gj_status status = gjb_buffer_write(&out, writer);
    gjb_buffer_deinit(&out);
    return status;
}

gj_status gj_finding_explain(const gj_finding *finding, gj_lang lang, const gj_writer *writer)
{
    gjb_buffer out;
    gjb_buffer_init(&out, NULL);
    gjr_finding_explain(finding, lang, &out);
    gj_status status = gjb_buffer_write(&out, writer);
    gjb_buffer_deinit(&out);
    return status;
}
