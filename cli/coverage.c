/* SPDX-License-Identifier: Apache-2.0
 *
 * See coverage.h. */
#include "coverage.h"

#include <inttypes.h>

#include "json.h"
#include "paragraph.h"
#include "width.h"

enum { KINDS = 4, LABEL_COLUMNS = 10, COUNT_COLUMNS = 12 };

typedef struct kind {
    gj_subject_kind subject;
    const char *name;          /* as data */
    const char *label[2];      /* by language: "stages" */
    const char *untouched[2];  /* "not entered: " */
    const char *not_broken[2]; /* of those that were touched; NULL where nothing can be broken */
} kind;

static const kind kinds[KINDS] = {
    {GJ_SUBJECT_STAGE, "stage", {"stages", "环节"}, {"not entered: ", "未进入："}, {NULL, NULL}},
    {GJ_SUBJECT_ACTION, "action", {"actions", "行为"}, {"not done: ", "未办理："}, {NULL, NULL}},
    {GJ_SUBJECT_LIMIT,
     "limit",
     {"limits", "时限"},
     {"not started: ", "未起算："},
     {"never late: ", "从未超时："}},
    {GJ_SUBJECT_RULE,
     "rule",
     {"rules", "规则"},
     {"not asked: ", "未判定："},
     {"never broken: ", "从未不符："}},
};

typedef struct amount {
    size_t count, touched, broken;
} amount;

static amount count_kind(const gj_coverage *coverage, gj_subject_kind subject)
{
    amount found = {0};
    for (size_t i = 0; i < gj_coverage_count(coverage); i++) {
        gj_coverage_item item = gj_coverage_get(coverage, i);
        if (item.kind == subject) {
            found.count++;
            found.touched += item.touched;
            found.broken += item.broken;
        }
    }
    return found;
}

/* ---- text ---- */

/* `fire.look`, as an expectation is written. */
static void add_name(cli_buffer *to, const gj_coverage_item *item)
{
    for (size_t i = 0; i < item->branch.size; i++)
        cli_buffer_add(to, item->branch.bytes[i] == '/' ? "." : &item->branch.bytes[i], 1);
    if (item->branch.size > 0)
        cli_buffer_add_string(to, ".");
    cli_buffer_add_text(to, item->name);
}

/* The names of the kind that are touched or not, and then not broken; what is before them comes
 * before the first. */
static void add_names(const cli_session *session, cli_buffer *to, const gj_coverage *coverage,
                      gj_subject_kind subject, const char *const before[2], bool touched)
{
    size_t listed = 0;
    for (size_t i = 0; before[0] != NULL && i < gj_coverage_count(coverage); i++) {
        gj_coverage_item item = gj_coverage_get(coverage, i);
        if (item.kind != subject || item.touched != touched || item.broken)
            continue;
        if (listed++ > 0)
            cli_buffer_add_string(to, CLI_SAY(session, ", ", "、"));
        else if (to->size > 0)
            cli_buffer_add_string(to, CLI_SAY(session, "; ", "；"));
        if (listed == 1)
            cli_buffer_add_string(to, before[session->lang]);
        add_name(to, &item);
    }
}

static void print_kind(cli_session *session, const gj_coverage *coverage, const kind *of)
{
    cli_output *out = &session->out;
    cli_buffer words = {0}, counts = {0};
    amount found = count_kind(coverage, of->subject);
    if (found.count == 0)
        return;
    const char *label = of->label[session->lang];
    cli_output_add_spaces(out, 2);
    cli_output_add_string(out, label);
    cli_output_add_spaces(out, LABEL_COLUMNS - cli_width_of(label));
    cli_buffer_add_format(&counts, CLI_SAY(session, "%zu of %zu", "%zu/%zu"), found.touched,
                          found.count);
    cli_output_add_text(out, cli_buffer_text(&counts));
    add_names(session, &words, coverage, of->subject, of->untouched, false);
    add_names(session, &words, coverage, of->subject, of->not_broken, true);
    size_t width = cli_width(cli_buffer_text(&counts));
    if (words.size > 0) {
        size_t gap = width + 2 < COUNT_COLUMNS ? COUNT_COLUMNS - width : 2;
        size_t indent = 2 + LABEL_COLUMNS + COUNT_COLUMNS;
        cli_output_add_spaces(out, gap);
        cli_paragraph_print(out, cli_buffer_text(&words), 2 + LABEL_COLUMNS + width + gap, indent);
    } else {
        cli_output_add_string(out, "\n");
    }
    cli_buffer_deinit(&words);
    cli_buffer_deinit(&counts);
}

static void print_procedure(cli_session *session, const cli_suite *suite, size_t index)
{
    cli_output *out = &session->out;
    const gj_image *image = suite->program.image;
    cli_output_add_string(out, CLI_SAY(session, "\nCoverage of ", "\n案例涉及的范围："));
    cli_output_style(out, CLI_STRONG);
    cli_output_add_text(out, gj_image_procedure_name(image, suite->program.bound[index].index));
    cli_output_style(out, CLI_PLAIN);
    cli_output_add_string(out, "\n");
    for (size_t i = 0; i < KINDS; i++)
        print_kind(session, suite->coverages[index], &kinds[i]);
}

void cli_coverage_print(cli_session *session, const cli_suite *suite)
{
    for (size_t i = 0; suite->coverages != NULL && i < suite->program.bound_count; i++)
        print_procedure(session, suite, i);
}

/* ---- JSON ---- */

static void print_amounts(cli_output *out, const gj_coverage *coverage)
{
    for (size_t i = 0; i < KINDS; i++) {
        amount found = count_kind(coverage, kinds[i].subject);
        cli_output_add_format(out, ",\"%ss\":{\"count\":%zu,\"touched\":%zu", kinds[i].name,
                              found.count, found.touched);
        if (kinds[i].not_broken[0] != NULL)
            cli_output_add_format(out, ",\"broken\":%zu", found.broken);
        cli_output_add_string(out, "}");
    }
}

static void print_item(cli_output *out, const gj_coverage_item *item)
{
    size_t k = 0;
    while (kinds[k].subject != item->kind)
        k++;
    cli_output_add_format(out, "{\"kind\":\"%s\",\"name\":", kinds[k].name);
    cli_json_print_text(out, item->name);
    cli_output_add_string(out, ",\"title\":");
    cli_json_print_text(out, item->title);
    if (item->branch.size > 0) {
        cli_output_add_string(out, ",\"branch\":");
        cli_json_print_text(out, item->branch);
    }
    if (item->file.bytes != NULL) {
        cli_output_add_string(out, ",\"file\":");
        cli_json_print_text(out, item->file);
        cli_output_add_format(out, ",\"line\":%" PRIu32, item->line);
    }
    cli_output_add_format(out, ",\"touched\":%s", item->touched ? "true" : "false");
    if (kinds[k].not_broken[0] != NULL)
        cli_output_add_format(out, ",\"broken\":%s", item->broken ? "true" : "false");
    cli_output_add_string(out, "}");
}

void cli_coverage_print_object(cli_output *out, const cli_suite *suite, size_t index)
{
    const gj_image *image = suite->program.image;
    const gj_coverage *coverage = suite->coverages[index];
    size_t procedure = suite->program.bound[index].index;
    cli_output_add_string(out, "{\"coverage\":");
    cli_json_print_text(out, gj_image_procedure_name(image, procedure));
    cli_output_add_string(out, ",\"title\":");
    cli_json_print_text(out, gj_image_procedure_title(image, procedure));
    print_amounts(out, coverage);
    cli_output_add_string(out, ",\"items\":[");
    for (size_t i = 0; i < gj_coverage_count(coverage); i++) {
        gj_coverage_item item = gj_coverage_get(coverage, i);
        cli_output_add_string(out, i > 0 ? "," : "");
        print_item(out, &item);
    }
    cli_output_add_string(out, "]}");
}
