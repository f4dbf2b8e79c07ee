/* SPDX-License-Identifier: Apache-2.0
 *
 * Findings as data: a JSON object a line, one JSON object with the counts, or CSV. They are written
 * while the cases are judged, so the memory needed does not grow with them; in `json` the counts
 * therefore stand behind the findings. */
#include "replay.h"

#include <inttypes.h>
#include <string.h>

#include "json.h"

/* ---- JSON ---- */

static void print_key_count(cli_output *out, const char *key, uint64_t count)
{
    cli_output_add_format(out, "\"%s\":%" PRIu64, key, count);
}

/* Which procedure, and by what it was judged. */
static void print_procedure(cli_review *review, const cli_part *part, const char *identity)
{
    cli_output *out = &review->session->out;
    const gj_image *image = review->program.image;
    cli_output_add_string(out, "\"procedure\":");
    cli_json_print_text(out, gj_image_procedure_name(image, part->index));
    cli_output_add_string(out, ",\"title\":");
    cli_json_print_text(out, gj_image_procedure_title(image, part->index));
    cli_output_add_format(out, ",\"version\":%" PRIu32 ",\"%s\":\"%s\",\"calendar\":",
                          gj_image_procedure_version(image, part->index),
                          review->part_count == 1 ? "image" : "unit", identity);
    cli_json_print_text(out, cli_part_revision(part, 0));
    cli_part_print_calendars(review, part);
}

static void begin_json(cli_review *review)
{
    cli_output *out = &review->session->out;
    const char *identity = gj_image_identity(review->program.image);
    cli_output_add_string(out, "{");
    if (review->part_count == 1)
        print_procedure(review, review->parts, identity);
    else
        cli_output_add_format(out, "\"image\":\"%s\"", identity);
    cli_output_add_string(out, ",\n\"findings\":[");
}

static void print_severities(cli_output *out, const uint64_t *severities)
{
    for (int i = 0; i < CLI_SEVERITIES; i++) {
        cli_output_add_string(out, i > 0 ? "," : "");
        print_key_count(out, gj_severity_name((gj_severity)i), severities[i]);
    }
}

static void print_codes(cli_output *out, const cli_tally *tally)
{
    const char *comma = "";
    for (int code = 0; code < GJ_CODE_COUNT; code++) {
        uint64_t count = cli_tally_code_count(tally, (gj_code)code);
        if (count == 0)
            continue;
        cli_output_add_format(out, "%s\n  \"%s\":{", comma, gj_code_name((gj_code)code));
        print_key_count(out, "findings", count);
        cli_output_add_string(out, ",");
        print_severities(out, tally->codes[code]);
        cli_output_add_string(out, ",");
        print_key_count(out, "open", tally->codes_open[code]);
        cli_output_add_string(out, "}");
        comma = ",";
    }
}

static void print_subjects(cli_output *out, cli_census *subjects)
{
    cli_census_sort(subjects);
    for (size_t i = 0; i < subjects->count; i++) {
        const cli_entry *entry = &subjects->entries[i];
        cli_output_add_format(out, "%s\n  {\"code\":\"%s\",\"subject\":", i > 0 ? "," : "",
                              gj_code_name(entry->code));
        cli_json_print_text(out, entry->name);
        cli_output_add_string(out, ",\"title\":");
        cli_json_print_text(out, entry->title);
        cli_output_add_string(out, ",");
        print_key_count(out, "findings", entry->count);
        cli_output_add_string(out, ",");
        print_severities(out, entry->severities);
        cli_output_add_string(out, ",");
        print_key_count(out, "open", entry->open);
        cli_output_add_string(out, "}");
    }
}

static void print_figures(cli_output *out, const cli_tally *tally)
{
    print_key_count(out, "cases", tally->case_count);
    cli_output_add_string(out, ",");
    print_key_count(out, "cases_without_findings", tally->clean_count);
    cli_output_add_string(out, ",");
    print_key_count(out, "events", tally->event_count);
}

/* Of what, is known of one procedure only. */
static void print_counts(cli_output *out, const cli_tally *tally, cli_census *subjects)
{
    cli_output_add_string(out, "\"counts\":{");
    print_key_count(out, "findings", tally->finding_count);
    cli_output_add_string(out, ",\n \"severity\":{");
    print_severities(out, tally->severities);
    cli_output_add_string(out, "},\n \"status\":{");
    print_key_count(out, "open", tally->open_count);
    cli_output_add_string(out, ",");
    print_key_count(out, "closed", tally->finding_count - tally->open_count);
    cli_output_add_string(out, ",");
    print_key_count(out, "withdrawn", tally->withdrawn_count);
    cli_output_add_string(out, "},\n \"code\":{");
    print_codes(out, tally);
    cli_output_add_string(out, "}");
    if (subjects != NULL) {
        cli_output_add_string(out, ",\n \"subject\":[");
        print_subjects(out, subjects);
        cli_output_add_string(out, "]");
    }
    cli_output_add_string(out, "}");
}

static void print_parts(cli_review *review)
{
    cli_output *out = &review->session->out;
    for (size_t i = 0; i < review->part_count; i++) {
        cli_part *part = &review->parts[i];
        cli_output_add_string(out, i > 0 ? ",\n{" : "\n{");
        print_procedure(review, part,
                        gj_image_procedure_identity(review->program.image, part->index));
        cli_output_add_string(out, ",\n");
        print_figures(out, &part->tally);
        cli_output_add_string(out, ",\n");
        print_counts(out, &part->tally, &part->tally.subjects);
        cli_output_add_string(out, "}");
    }
}

static void end_json(cli_review *review)
{
    cli_output *out = &review->session->out;
    bool several = review->part_count > 1;
    cli_output_add_string(out, "\n],\n");
    print_figures(out, &review->total);
    cli_output_add_string(out, ",");
    print_key_count(out, "problems", review->problem_count + review->unmet_count);
    cli_output_add_string(out, ",\n");
    print_counts(out, &review->total, several ? NULL : &review->parts[0].tally.subjects);
    if (several) {
        cli_output_add_string(out, ",\n\"procedures\":[");
        print_parts(review);
        cli_output_add_string(out, "]");
    }
    cli_output_add_string(out, "}\n");
}

/* ---- CSV ---- */

static const char csv_header[] =
    "id,code,severity,status,procedure,case,stage,subject,subject_title,action,action_title,event,"
    "at,due,"
    "over,"
    "unit,office,department,post,officer,basis,file,line,explanation,key\r\n";

static void print_field(cli_output *out, gj_text text)
{
    cli_csv_print_text(out, text);
    cli_output_add(out, ",", 1);
}

static void print_string(cli_output *out, const char *string)
{
    print_field(out, (gj_text){string, strlen(string)});
}

static void print_due(cli_output *out, const gj_finding *finding)
{
    char due[48] = "";
    if (finding->has_due && (finding->counted.in_time || finding->counted.at_close))
        gj_instant_format(finding->counted.due, finding->counted.due_offset_s, due, sizeof due);
    else if (finding->has_due)
        gj_day_format(finding->counted.due_day, due, sizeof due);
    print_string(out, due);
    if (finding->has_due && finding->over_amount > 0)
        cli_output_add_format(out, "%" PRIu64 ",%s,", finding->over_amount,
                              gj_unit_name(finding->over_unit));
    else
        cli_output_add(out, ",,", 2);
}

static void print_basis(cli_review *review, const gj_finding *finding)
{
    cli_buffer *basis = &review->scratch;
    cli_buffer_reset(basis);
    for (size_t i = 0; i < finding->basis_count; i++) {
        cli_buffer_add_string(basis, i > 0 ? " " : "");
        cli_buffer_add_text(basis, finding->basis[i].law);
        cli_buffer_add_string(basis, ".");
        cli_buffer_add_text(basis, finding->basis[i].article);
    }
    print_field(&review->session->out, cli_buffer_text(basis));
}

static void print_csv(cli_review *review, const gj_finding *finding)
{
    static const char *const statuses[] = {"open", "closed", "withdrawn"};
    cli_output *out = &review->session->out;
    char at[48] = "";
    gj_instant_format(finding->at, finding->at_offset_s, at, sizeof at);
    print_string(out, finding->id);
    print_string(out, gj_code_name(finding->code));
    print_string(out, gj_severity_name(finding->severity));
    print_string(out, statuses[finding->status]);
    print_field(out, finding->procedure);
    print_field(out, finding->case_id);
    print_field(out, finding->stage);
    print_field(out, finding->subject);
    print_field(out, finding->subject_title);
    print_field(out, finding->action);
    print_field(out, finding->action_title);
    print_field(out, finding->event);
    print_string(out, at);
    print_due(out, finding);
    print_field(out, finding->office);
    print_field(out, finding->department);
    print_field(out, finding->post);
    print_field(out, finding->officer);
    print_basis(review, finding);
    print_field(out, finding->file);
    cli_output_add_format(out, "%" PRIu32 ",", finding->line);
    gj_writer writer = cli_buffer_writer(&review->scratch);
    cli_buffer_reset(&review->scratch);
    gj_finding_explain(finding, review->session->lang, &writer);
    print_field(out, cli_buffer_text(&review->scratch));
    cli_csv_print_text(out, finding->key);
    cli_output_add(out, "\r\n", 2);
}

/* ---- any ---- */

void cli_findings_begin(cli_review *review)
{
    if (review->session->format == CLI_JSON)
        begin_json(review);
    else if (review->session->format == CLI_CSV)
        cli_output_add(&review->session->out, csv_header, sizeof csv_header - 1);
}

static void print_object(cli_review *review, const gj_finding *finding)
{
    cli_output *out = &review->session->out;
    gj_writer writer = cli_output_writer(out);
    bool whole = review->session->format == CLI_JSON;
    if (whole)
        cli_output_add_string(out, review->printed_count > 0 ? ",\n" : "\n");
    gj_status status = gj_finding_print(finding, review->session->lang, &writer);
    if (status != GJ_OK)
        cli_complain_status(review->session, status);
    if (!whole)
        cli_output_add(out, "\n", 1);
}

void cli_findings_add(cli_review *review, const gj_case_result *result)
{
    for (size_t i = 0; i < result->finding_count; i++) {
        if (review->session->format == CLI_CSV)
            print_csv(review, &result->findings[i]);
        else
            print_object(review, &result->findings[i]);
        review->printed_count++;
    }
}

void cli_findings_end(cli_review *review)
{
    if (review->session->format == CLI_JSON)
        end_json(review);
}
