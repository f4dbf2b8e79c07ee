/* SPDX-License-Identifier: Apache-2.0
 *
 * See trials.h. */
#include "trials.h"

#include <inttypes.h>
#include <string.h>

#include "coverage.h"
#include "json.h"
#include "width.h"

size_t cli_trials_count(const cli_trials *trials)
{
    size_t count = 0;
    for (size_t i = 0; i < trials->suite_count; i++)
        count += trials->suites[i].trial_count;
    return count;
}

size_t cli_trials_failed(const cli_trials *trials)
{
    size_t count = 0;
    for (size_t i = 0; i < trials->suite_count; i++)
        count += trials->suites[i].failed_count;
    return count;
}

/* ---- JSON ---- */

static void print_failures(cli_output *out, const cli_trial *trial)
{
    for (size_t i = 0; i < trial->failure_count; i++) {
        const cli_failure *failure = &trial->failures[i];
        cli_output_add_format(out, "%s{\"line\":%" PRIu32 ",\"text\":", i > 0 ? "," : "",
                              failure->step->line);
        cli_json_print_text(out, failure->step->text);
        cli_output_add_string(out, ",\"expected\":");
        cli_json_print_text(out, cli_buffer_text(&failure->expected));
        cli_output_add_string(out, ",\"found\":");
        cli_json_print_text(out, cli_buffer_text(&failure->found));
        cli_output_add_string(out, "}");
    }
}

static void print_object(cli_output *out, const cli_trial *trial)
{
    cli_output_add_string(out, "{\"title\":");
    cli_json_print_text(out, trial->scenario.title);
    cli_output_add_string(out, ",\"procedure\":");
    cli_json_print_text(out, trial->scenario.procedure);
    cli_output_add_string(out, ",\"file\":");
    cli_json_print_text(out, trial->scenario.file);
    cli_output_add_format(out, ",\"line\":%" PRIu32 ",\"passed\":%s,\"failures\":[",
                          trial->scenario.line, trial->failure_count == 0 ? "true" : "false");
    print_failures(out, trial);
    cli_output_add_string(out, "]}");
}

/* Of one object its last member; else an object a line. */
static void print_coverages(const cli_trials *trials, bool whole)
{
    cli_output *out = &trials->session->out;
    const char *before = ",\"coverage\":[\n";
    for (size_t i = 0; i < trials->suite_count; i++) {
        const cli_suite *suite = &trials->suites[i];
        for (size_t j = 0; suite->coverages != NULL && j < suite->program.bound_count; j++) {
            cli_output_add_string(out, whole ? before : "");
            cli_coverage_print_object(out, suite, j);
            cli_output_add_string(out, whole ? "" : "\n");
            before = ",\n";
        }
    }
    if (whole && before[1] == '\n')
        cli_output_add_string(out, "]");
}

static void print_json(const cli_trials *trials)
{
    cli_output *out = &trials->session->out;
    bool whole = trials->session->format == CLI_JSON;
    const char *comma = "\n";
    if (whole)
        cli_output_add_format(out, "{\"scenarios\":%zu,\"failed\":%zu,\"results\":[",
                              cli_trials_count(trials), cli_trials_failed(trials));
    for (size_t i = 0; i < trials->suite_count; i++) {
        for (size_t j = 0; j < trials->suites[i].trial_count; j++) {
            cli_output_add_string(out, whole ? comma : "");
            print_object(out, &trials->suites[i].trials[j]);
            cli_output_add_string(out, whole ? "" : "\n");
            comma = ",\n";
        }
    }
    if (whole)
        cli_output_add_string(out, "]");
    print_coverages(trials, whole);
    if (whole)
        cli_output_add_string(out, "}\n");
}

/* ---- JUnit ---- */

static void print_junit_failure(const cli_session *session, cli_output *out, const cli_trial *trial,
                                const cli_failure *failure)
{
    cli_output_add_string(out, "      <failure message=\"");
    cli_xml_print_text(out, cli_buffer_text(&failure->expected));
    cli_output_add_string(out, CLI_SAY(session, "; found: ", "；实际："));
    cli_xml_print_text(out, cli_buffer_text(&failure->found));
    cli_output_add_string(out, "\">");
    cli_xml_print_text(out, trial->scenario.file);
    cli_output_add_format(out, ":%" PRIu32 ": ", failure->step->line);
    cli_xml_print_text(out, failure->step->text);
    cli_output_add_string(out, "</failure>\n");
}

static void print_case(const cli_session *session, cli_output *out, const cli_trial *trial)
{
    cli_output_add_string(out, "    <testcase classname=\"");
    cli_xml_print_text(out, trial->scenario.procedure);
    cli_output_add_string(out, "\" name=\"");
    cli_xml_print_text(out, trial->scenario.title);
    cli_output_add_string(out, "\" file=\"");
    cli_xml_print_text(out, trial->scenario.file);
    cli_output_add_format(out, "\" line=\"%" PRIu32 "\"", trial->scenario.line);
    cli_output_add_string(out, trial->failure_count == 0 ? "/>\n" : ">\n");
    for (size_t i = 0; i < trial->failure_count; i++)
        print_junit_failure(session, out, trial, &trial->failures[i]);
    if (trial->failure_count > 0)
        cli_output_add_string(out, "    </testcase>\n");
}

static void print_junit(const cli_trials *trials)
{
    cli_output *out = &trials->session->out;
    cli_output_add_format(out,
                          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                          "<testsuites name=\"guiju\" tests=\"%zu\" failures=\"%zu\">\n",
                          cli_trials_count(trials), cli_trials_failed(trials));
    for (size_t i = 0; i < trials->suite_count; i++) {
        const cli_suite *suite = &trials->suites[i];
        const char *path = suite->program.path;
        cli_output_add_string(out, "  <testsuite name=\"");
        cli_xml_print_text(out, (gj_text){path, strlen(path)});
        cli_output_add_format(out, "\" tests=\"%zu\" failures=\"%zu\">\n", suite->trial_count,
                              suite->failed_count);
        for (size_t j = 0; j < suite->trial_count; j++)
            print_case(trials->session, out, &suite->trials[j]);
        cli_output_add_string(out, "  </testsuite>\n");
    }
    cli_output_add_string(out, "</testsuites>\n");
}

void cli_trials_print(const cli_trials *trials)
{
    if (trials->session->format == CLI_JUNIT)
        print_junit(trials);
    else
        print_json(trials);
}
