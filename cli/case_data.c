/* SPDX-License-Identifier: Apache-2.0
 *
 * A case as data; accounts and findings are printed by the library. */
#include "case.h"

#include <string.h>

#include <inttypes.h>

#include "json.h"

static void key(cli_output *out, const char *name)
{
    cli_output_add_format(out, ",\"%s\":", name);
}

static void text(cli_output *out, const char *name, gj_text value)
{
    if (value.bytes != NULL) {
        key(out, name);
        cli_json_print_text(out, value);
    }
}

static void instant(cli_output *out, const char *name, gj_instant at, int32_t offset_s)
{
    char written[48] = "";
    gj_instant_format(at, offset_s, written, sizeof written);
    key(out, name);
    cli_json_print_string(out, written);
}

static void flag(cli_output *out, const char *name, bool value)
{
    key(out, name);
    cli_output_add_string(out, value ? "true" : "false");
}

/* ---- the parts of a case ---- */

static void print_heading(cli_review *review, const gj_case_result *result)
{
    cli_output *out = &review->session->out;
    const cli_part *part = review->part;
    gj_instant until = part->judging.until;
    cli_output_add_string(out, "{\"case\":");
    cli_json_print_text(out, result->case_id);
    text(out, "procedure", part->name);
    text(out, "title", part->title);
    cli_output_add_format(out, ",\"version\":%" PRIu32, part->version);
    text(out, "calendar", cli_part_revision(part, 0));
    cli_part_print_calendars(review, part);
    instant(out, "until", until, gj_judge_offset(part->judge, until));
    text(out, "stage", result->stage);
    text(out, "stage_title", result->stage_title);
    flag(out, "final", result->final);
}

static void print_branches(cli_output *out, const gj_case_result *result)
{
    if (result->branch_count == 0)
        return;
    key(out, "branches");
    for (size_t i = 0; i < result->branch_count; i++) {
        cli_output_add_string(out, i == 0 ? "[{\"branch\":" : ",{\"branch\":");
        cli_json_print_text(out, result->branches[i].branch);
        text(out, "stage", result->branches[i].stage);
        cli_output_add_string(out, "}");
    }
    cli_output_add_string(out, "]");
}

static void print_events(cli_output *out, const gj_case_result *result)
{
    cli_output_add_string(out, ",\n\"events\":[");
    for (size_t i = 0; i < result->step_count; i++) {
        const gj_step_note *step = &result->steps[i];
        cli_output_add_string(out, i == 0 ? "\n{\"event\":" : ",\n{\"event\":");
        cli_json_print_text(out, step->event);
        instant(out, "at", step->at, step->at_offset_s);
        text(out, "action", step->action);
        text(out, "post", step->post);
        text(out, "officer", step->officer);
        text(out, "stage_after", step->stage_after);
        if (step->by_law)
            instant(out, "by_law_as_of", step->law.as_of, step->law.as_of_offset_s);
        if (step->migrated_to > 0)
            cli_output_add_format(out, ",\"migrated_to\":%u", step->migrated_to);
        cli_output_add_format(out, ",\"findings\":%zu}", step->finding_count);
    }
    cli_output_add_string(out, "]");
}

static void print_held(cli_session *session, const gj_case_result *result)
{
    cli_output *out = &session->out;
    gj_writer writer = cli_output_writer(out);
    cli_output_add_string(out, ",\n\"holdings\":[");
    for (size_t i = 0; i < result->holding_count; i++) {
        cli_output_add_string(out, i == 0 ? "\n" : ",\n");
        cli_complain_status(session, gj_holding_print(&result->holdings[i], &writer));
    }
    cli_output_add_string(out, "],\n\"held\":[");
    for (size_t i = 0; i < result->held_count; i++) {
        cli_output_add_string(out, i == 0 ? "\n" : ",\n");
        cli_complain_status(session, gj_held_print(&result->held[i], &writer));
    }
    cli_output_add_string(out, "]");
}

static void print_limits(cli_session *session, const cli_accounts *accounts)
{
    cli_output *out = &session->out;
    gj_writer writer = cli_output_writer(out);
    cli_output_add_string(out, ",\n\"limits\":[");
    for (size_t i = 0; i < accounts->count; i++) {
        cli_output_add_string(out, i == 0 ? "\n" : ",\n");
        cli_complain_status(session, gj_account_print(accounts->items[i], session->lang, &writer));
    }
    cli_output_add_string(out, "]");
}

static const gj_rule_note *rule_find(const gj_case_result *result, const gj_coverage_item *item)
{
    for (size_t i = 0; i < result->rule_count; i++) {
        const gj_rule_note *note = &result->rules[i];
        if (note->rule.bytes == item->name.bytes && note->line == item->line)
            return note;
    }
    return NULL;
}

static void print_lack(cli_output *out, const gj_lack *lack)
{
    const char *kind = lack->field.size > 0 ? "field"
                       : lack->officer      ? "officer"
                       : lack->too_many     ? "too-many"
                                            : "result";
    cli_output_add_format(out, "{\"missing\":\"%s\"", kind);
    text(out, "field", lack->field);
    text(out, "title", lack->field_title);
    cli_output_add_string(out, "}");
}

static void print_lacks(cli_output *out, const gj_rule_note *note)
{
    for (size_t i = 0; i < note->lack_count; i++) {
        cli_output_add_string(out, i == 0 ? ",\"lacks\":[" : ",");
        print_lack(out, &note->lacks[i]);
    }
    cli_output_add_string(out, note->lack_count > 0 ? "]" : "");
}

static void print_verdict(cli_output *out, const gj_rule_note *note)
{
    const char *name = gj_verdict_name(note->verdict);
    text(out, "verdict", (gj_text){name, strlen(name)});
    if (note->changes_at != GJ_NEVER) {
        char written[48] = "";
        gj_instant_format(note->changes_at, note->changes_offset_s, written, sizeof written);
        text(out, "changes_at", (gj_text){written, strlen(written)});
        text(out, "becomes", (gj_text){"violated", strlen("violated")});
    }
    if (note->waiting > 0)
        cli_output_add_format(out, ",\"waiting\":%u", note->waiting);
    print_lacks(out, note);
}

static void print_rules(cli_output *out, const gj_case_result *result, const gj_coverage *coverage)
{
    size_t printed = 0;
    cli_output_add_string(out, ",\n\"rules\":[");
    for (size_t i = 0; i < gj_coverage_count(coverage); i++) {
        gj_coverage_item item = gj_coverage_get(coverage, i);
        if (item.kind != GJ_SUBJECT_RULE)
            continue;
        const gj_rule_note *note = rule_find(result, &item);
        cli_output_add_string(out, printed++ == 0 ? "\n{\"rule\":" : ",\n{\"rule\":");
        cli_json_print_text(out, item.name);
        text(out, "title", item.title);
        text(out, "branch", item.branch);
        flag(out, "asked", item.touched || item.broken);
        flag(out, "met", !item.broken && !item.undecided);
        if (item.undecided)
            flag(out, "undecided", true);
        flag(out, "judgement", item.judged);
        if (note != NULL)
            print_verdict(out, note);
        cli_output_add_string(out, "}");
    }
    cli_output_add_string(out, "]");
}

static void print_findings(cli_session *session, const gj_case_result *result)
{
    cli_output *out = &session->out;
    gj_writer writer = cli_output_writer(out);
    cli_output_add_string(out, ",\n\"findings\":[");
    for (size_t i = 0; i < result->finding_count; i++) {
        cli_output_add_string(out, i == 0 ? "\n" : ",\n");
        cli_complain_status(session,
                            gj_finding_print(&result->findings[i], session->lang, &writer));
    }
    cli_output_add_string(out, "]");
}

void cli_case_data_print(cli_review *review, const gj_case_result *result,
                         const cli_accounts *accounts, const gj_coverage *coverage)
{
    cli_output *out = &review->session->out;
    print_heading(review, result);
    if (coverage != NULL) {
        print_branches(out, result);
        print_events(out, result);
        print_held(review->session, result);
    }
    print_limits(review->session, accounts);
    if (coverage != NULL) {
        print_rules(out, result, coverage);
        print_findings(review->session, result);
    }
    cli_output_add_string(out, "}");
}
