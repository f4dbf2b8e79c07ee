/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju test`: the scenarios of some sources, each run as a trial. As text a line a scenario comes
 * when it is through; under one that failed stand the lines that did not come true, what was found
 * instead, and the case up to there. As data everything is printed at the end. Each file is
 * compiled for itself, with what it uses. With --coverage it ends with what of the procedures the
 * scenarios came to. */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "coverage.h"
#include "diagnostics.h"
#include "file.h"
#include "replay.h"
#include "style.h"
#include "trials.h"
#include "width.h"

/* ---- which ---- */

/* `*` stands for any characters, `?` for one: the last star is tried again one character on. */
static bool is_like(gj_text text, const char *glob)
{
    gj_text pattern = {glob, strlen(glob)};
    size_t at = 0, in = 0, star = SIZE_MAX, retry = 0;
    while (at < text.size) {
        if (in < pattern.size && pattern.bytes[in] == '*') {
            star = ++in;
            retry = at;
        } else if (in < pattern.size && pattern.bytes[in] == '?') {
            at += cli_character_at(text, at).size;
            in++;
        } else if (in < pattern.size && pattern.bytes[in] == text.bytes[at]) {
            at++;
            in++;
        } else if (star != SIZE_MAX) {
            retry += cli_character_at(text, retry).size;
            at = retry;
            in = star;
        } else {
            return false;
        }
    }
    while (in < pattern.size && pattern.bytes[in] == '*')
        in++;
    return in == pattern.size;
}

/* ---- text ---- */

static void print_line(const cli_trial *trial, bool passed)
{
    cli_output *out = &trial->session->out;
    cli_output_style(out, passed ? CLI_GREEN : CLI_RED);
    cli_output_add_string(out, passed ? CLI_SAY(trial->session, "pass", "通过")
                                      : CLI_SAY(trial->session, "FAIL", "未通过"));
    cli_output_style(out, CLI_PLAIN);
    cli_output_add_string(out, "  ");
    cli_output_add_text(out, trial->scenario.title);
    cli_output_add_string(out, "\n");
}

static void print_words(cli_output *out, const char *label, const cli_buffer *words)
{
    cli_output_add_spaces(out, 4);
    cli_output_style(out, CLI_FAINT);
    cli_output_add_string(out, label);
    cli_output_style(out, CLI_PLAIN);
    cli_output_add_text(out, cli_buffer_text(words));
    cli_output_add_string(out, "\n");
}

static void print_case(const cli_trial *trial, const gj_case_result *result)
{
    cli_review review = {.session = trial->session};
    cli_output_add_string(&trial->session->out, "\n");
    cli_case_print(&review, result);
    cli_output_add_string(&trial->session->out, "\n");
    cli_buffer_deinit(&review.scratch);
}

/* The case is shown with the first failure and again where it has gone on since. */
static void print_failure(cli_trial *trial, const cli_failure *failure,
                          const gj_case_result *result)
{
    cli_session *session = trial->session;
    cli_output *out = &session->out;
    if (trial->failure_count == 1)
        print_line(trial, false);
    cli_output_add_spaces(out, 2);
    cli_output_add_text(out, trial->scenario.file);
    cli_output_add_format(out, ":%u: ", failure->step->line);
    cli_output_style(out, CLI_STRONG);
    cli_output_add_text(out, failure->step->text);
    cli_output_style(out, CLI_PLAIN);
    cli_output_add_string(out, "\n");
    print_words(out, CLI_SAY(session, "expected  ", "预期  "), &failure->expected);
    print_words(out, CLI_SAY(session, "found     ", "实际  "), &failure->found);
    const cli_failure *before = trial->failure_count > 1 ? failure - 1 : NULL;
    bool went_on = before == NULL;
    for (const gj_scenario_step *step = before == NULL ? failure->step : before->step;
         step < failure->step; step++)
        went_on = went_on || step->kind == GJ_STEP_ACT || step->kind == GJ_STEP_CLOCK;
    if (result != NULL && went_on)
        print_case(trial, result);
}

static void print_counts(cli_session *session, const cli_trials *trials)
{
    cli_output *out = &session->out;
    size_t count = cli_trials_count(trials), failed = cli_trials_failed(trials);
    cli_output_style(out, failed > 0 ? CLI_RED : count > 0 ? CLI_GREEN : CLI_PLAIN);
    if (count == 0)
        cli_output_add_string(out, CLI_SAY(session, "no scenarios", "没有案例"));
    else
        cli_count_print(session, count - failed, "# passed", "# passed", "通过#个");
    if (failed > 0) {
        cli_output_add_string(out, CLI_SAY(session, ", ", "，"));
        cli_count_print(session, failed, "# failed", "# failed", "未通过#个");
    }
    cli_output_style(out, CLI_PLAIN);
    cli_output_add_string(out, "\n");
}

/* ---- running ---- */

/* The judge of the scenario's procedure, by its index; as many as there are where there is none. */
static size_t judge_of(const cli_program *program, const gj_scenario *scenario)
{
    size_t index = gj_image_procedure_find(program->image, scenario->procedure), i = 0;
    while (i < program->bound_count && program->bound[i].index != index)
        i++;
    return i;
}

static bool coverages_make(cli_session *session, cli_suite *suite)
{
    size_t count = suite->program.bound_count;
    suite->coverages = calloc(count, sizeof *suite->coverages);
    gj_status status = suite->coverages == NULL ? GJ_NO_MEMORY : GJ_OK;
    for (size_t i = 0; status == GJ_OK && i < count; i++)
        status = gj_coverage_create(suite->program.bound[i].judge, &suite->coverages[i]);
    if (status != GJ_OK)
        cli_complain_status(session, status);
    return status == GJ_OK;
}

static void run_trials(cli_session *session, cli_suite *suite, const char *glob, bool cover)
{
    const gj_compilation *compilation = suite->program.compilation;
    size_t count = gj_compilation_scenario_count(compilation);
    suite->trials = calloc(count, sizeof *suite->trials);
    if (cover && !coverages_make(session, suite))
        return;
    if (suite->trials == NULL) {
        cli_complain_status(session, GJ_NO_MEMORY);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        gj_scenario scenario = gj_compilation_scenario(compilation, i);
        if (glob != NULL && !is_like(scenario.title, glob))
            continue;
        bool text = session->format == CLI_TEXT;
        size_t judge = judge_of(&suite->program, &scenario);
        bool bound = judge < suite->program.bound_count;
        cli_trial *trial = &suite->trials[suite->trial_count++];
        *trial = (cli_trial){
            .session = session,
            .judge = bound ? suite->program.bound[judge].judge : NULL,
            .scenario = scenario,
            .coverage = bound && cover ? suite->coverages[judge] : NULL,
            .on_failure = text ? print_failure : NULL,
        };
        cli_trial_run(trial);
        suite->failed_count += trial->failure_count > 0;
        if (text && trial->failure_count == 0 && !trial->broken)
            print_line(trial, true);
    }
}

/* A file that has only modules for others is none to complain of. */
static void run_file(cli_session *session, const cli_options *options, const char *path,
                     cli_suite *suite)
{
    cli_program *program = &suite->program;
    program->path = path;
    if (cli_kind_of(path, (gj_text){"", 0}) != CLI_KIND_SOURCE) {
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "%s is no source; scenarios stand in sources",
                             "%s 不是源文件；案例写在源文件中"),
                     cli_file_title(session, path));
        return;
    }
    program->compilation = cli_compile(session, options, &path, 1);
    if (program->compilation == NULL)
        return;
    cli_diagnostics_tell(session, program->compilation);
    cli_compilation_note(session, program->compilation);
    if (gj_compilation_scenario_count(program->compilation) == 0)
        return;
    program->image = cli_image_load(session, path, gj_compilation_image(program->compilation));
    if (program->image != NULL && cli_program_bind(program, session, options))
        run_trials(session, suite, cli_options_value(options, CLI_OPTION_RUN),
                   cli_options_has(options, CLI_OPTION_COVERAGE));
}

static void print_end(cli_session *session, const cli_options *options, const cli_trials *trials)
{
    const char *glob = cli_options_value(options, CLI_OPTION_RUN);
    bool told_why_none =
        cli_trials_count(trials) == 0 && (glob != NULL || session->status > CLI_FOUND);
    if (session->format != CLI_TEXT)
        cli_trials_print(trials);
    else if (!told_why_none)
        print_counts(session, trials);
    for (size_t i = 0; session->format == CLI_TEXT && i < trials->suite_count; i++)
        cli_coverage_print(session, &trials->suites[i]);
    if (cli_trials_failed(trials) > 0)
        cli_note(session, CLI_FOUND);
    if (glob != NULL && cli_trials_count(trials) == 0 && session->status < CLI_SOURCE)
        cli_complain(
            session, CLI_USAGE,
            CLI_SAY(session, "no scenario has a title like `%s`", "没有名称与 %s 相符的案例"),
            glob);
}

void cli_test(cli_session *session, const cli_options *options)
{
    if (options->operand_count == 0) {
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "`test` needs a source file", "test 需要源文件"));
        return;
    }
    if (cli_options_has(options, CLI_OPTION_COVERAGE) && session->format == CLI_JUNIT) {
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "JUnit has no place for --coverage; take json or jsonl",
                             "JUnit 格式不能包含 --coverage 的内容，请用 json 或 jsonl"));
        return;
    }
    cli_trials trials = {.session = session, .suite_count = options->operand_count};
    trials.suites = calloc(trials.suite_count, sizeof *trials.suites);
    if (trials.suites == NULL) {
        cli_complain_status(session, GJ_NO_MEMORY);
        return;
    }
    for (size_t i = 0; i < trials.suite_count; i++)
        run_file(session, options, options->operands[i], &trials.suites[i]);
    print_end(session, options, &trials);
    for (size_t i = 0; i < trials.suite_count; i++) {
        for (size_t j = 0; j < trials.suites[i].trial_count; j++)
            cli_trial_deinit(&trials.suites[i].trials[j]);
        free(trials.suites[i].trials);
        for (size_t j = 0;
             trials.suites[i].coverages != NULL && j < trials.suites[i].program.bound_count; j++)
            gj_coverage_destroy(trials.suites[i].coverages[j]);
        free(trials.suites[i].coverages);
        cli_program_deinit(&trials.suites[i].program);
    }
    free(trials.suites);
}
