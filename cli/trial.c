/* SPDX-License-Identifier: Apache-2.0
 *
 * See trial.h. What is only tried is judged in a second docket beside the acts so far: what it
 * would raise are the findings of that case that the first one has not; of an act, those about
 * itself. */
#include "trial.h"

#include <stdlib.h>
#include <string.h>

enum { DESCRIBED_MAX = 3 }; /* findings named in one failure */

/* A trial while it runs. */
typedef struct run {
    cli_trial *trial;
    gj_docket *docket;
    gj_instant clock;
    size_t act_count;
    size_t at;    /* the line */
    bool refused; /* the last try */
} run;

static bool equal(gj_text a, gj_text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.bytes, b.bytes, a.size) == 0);
}

/* ---- failures ---- */

static cli_failure *add_failure(run *r)
{
    cli_trial *trial = r->trial;
    if (trial->failure_count == trial->failure_capacity) {
        size_t wider = trial->failure_capacity == 0 ? 4 : trial->failure_capacity * 2;
        cli_failure *grown = realloc(trial->failures, wider * sizeof *grown);
        if (grown == NULL) {
            trial->broken = true;
            cli_complain_status(trial->session, GJ_NO_MEMORY);
            return NULL;
        }
        trial->failures = grown;
        trial->failure_capacity = wider;
    }
    cli_failure *failure = &trial->failures[trial->failure_count++];
    *failure = (cli_failure){.step = &trial->scenario.steps[r->at]};
    return failure;
}

static void tell(run *r, const cli_failure *failure, const gj_case_result *result)
{
    if (r->trial->on_failure != NULL)
        r->trial->on_failure(r->trial, failure, result);
}

/* ---- words ---- */

static void add_quoted(const cli_session *session, cli_buffer *to, gj_text name)
{
    cli_buffer_add_string(to, CLI_SAY(session, "\"", "“"));
    cli_buffer_add_text(to, name);
    cli_buffer_add_string(to, CLI_SAY(session, "\"", "”"));
}

/* What is said of a finding that is expected, or there is. */
typedef struct said {
    gj_code code;
    gj_text branch, subject, key;
    const gj_severity *severity; /* or NULL */
} said;

/* `late decide for "A-3" red`, as an expectation is written. */
static void add_finding(const cli_session *session, cli_buffer *to, said of)
{
    cli_buffer_add_string(to, session->lang == GJ_ZH ? gj_code_title(of.code, GJ_ZH)
                                                     : gj_code_name(of.code));
    if (of.subject.size > 0)
        cli_buffer_add_string(to, " ");
    for (size_t i = 0; i < of.branch.size; i++)
        cli_buffer_add(to, of.branch.bytes[i] == '/' ? "." : &of.branch.bytes[i], 1);
    if (of.branch.size > 0)
        cli_buffer_add_string(to, ".");
    cli_buffer_add_text(to, of.subject);
    if (of.key.size > 0) {
        cli_buffer_add_string(to, CLI_SAY(session, " for ", " 用于 "));
        add_quoted(session, to, of.key);
    }
    if (of.severity != NULL) {
        cli_buffer_add_string(to, " ");
        cli_buffer_add_string(to, gj_severity_title(*of.severity, session->lang));
    }
}

static void add_its(const cli_session *session, cli_buffer *to, const gj_finding *finding)
{
    add_finding(
        session, to,
        (said){finding->code, finding->branch, finding->subject, finding->key, &finding->severity});
}

static void add_instant(const run *r, cli_buffer *to, gj_instant at)
{
    char written[48] = "";
    gj_instant_format(at, gj_judge_offset(r->trial->judge, at), written, sizeof written);
    if (strlen(written) > 16) {
        written[10] = ' ';
        written[16] = '\0';
    }
    cli_buffer_add_string(to, written);
}

static void add_day(cli_buffer *to, gj_day day)
{
    char written[16] = "";
    gj_day_format(day, written, sizeof written);
    cli_buffer_add_string(to, written);
}

static void add_nothing_done(const cli_session *session, cli_buffer *to)
{
    cli_buffer_add_string(to, CLI_SAY(session, "nothing has been done yet", "尚未办理任何行为"));
}

/* ---- expect stage ---- */

static bool is_in_stage(const gj_case_result *result, gj_text stage)
{
    bool found = equal(result->stage, stage);
    for (size_t i = 0; i < result->branch_count; i++)
        found = found || equal(result->branches[i].stage, stage);
    return found;
}

static void add_stages(const cli_session *session, cli_buffer *to, const gj_case_result *result)
{
    cli_buffer_add_string(to, CLI_SAY(session, "stage ", "环节"));
    add_quoted(session, to, result->stage);
    for (size_t i = 0; i < result->branch_count; i++) {
        cli_buffer_add_string(to, i == 0 ? CLI_SAY(session, "; in its branches: ", "；各分支：")
                                         : CLI_SAY(session, ", ", "、"));
        cli_buffer_add_text(to, result->branches[i].branch);
        cli_buffer_add_string(to, CLI_SAY(session, " in ", "在"));
        add_quoted(session, to, result->branches[i].stage);
    }
}

static bool check_stage(run *r, const gj_scenario_step *step, const gj_case_result *result)
{
    if (result != NULL && is_in_stage(result, step->name))
        return true;
    const cli_session *session = r->trial->session;
    cli_failure *failure = add_failure(r);
    if (failure == NULL)
        return false;
    cli_buffer_add_string(&failure->expected, CLI_SAY(session, "stage ", "环节"));
    add_quoted(session, &failure->expected, step->name);
    if (result != NULL)
        add_stages(session, &failure->found, result);
    else
        add_nothing_done(session, &failure->found);
    return false;
}

/* ---- expect CODE, expect no deviations ---- */

static bool is_in_branch(const gj_finding *finding, gj_text branch)
{
    if (branch.size == 0)
        return true;
    if (finding->branch.size != branch.size)
        return false;
    for (size_t i = 0; i < branch.size; i++) {
        char of = finding->branch.bytes[i] == '/' ? '.' : finding->branch.bytes[i];
        if (of != branch.bytes[i])
            return false;
    }
    return true;
}

/* How much of the expectation a finding meets: the code weighs most, then the subject,
 * then its key. */
static unsigned likeness(const gj_scenario_step *step, const gj_finding *finding)
{
    bool subject = step->name.size == 0 ||
                   (equal(finding->subject, step->name) && is_in_branch(finding, step->branch));
    bool severity = !step->has_severity || finding->severity == step->severity;
    bool key = step->key.size == 0 || equal(finding->key, step->key) ||
               equal(finding->key_title, step->key);
    return (finding->code == step->code ? 8u : 0u) + (subject ? 4u : 0u) + (key ? 2u : 0u) +
           (severity ? 1u : 0u);
}

enum { ALIKE = 15 };

static bool check_finding(run *r, const gj_scenario_step *step, const gj_case_result *result)
{
    const cli_session *session = r->trial->session;
    const gj_finding *nearest = NULL;
    unsigned best = 0;
    for (size_t i = 0; result != NULL && i < result->finding_count; i++) {
        unsigned its = likeness(step, &result->findings[i]);
        if (nearest == NULL || its > best) {
            nearest = &result->findings[i];
            best = its;
        }
    }
    if (best == ALIKE)
        return true;
    cli_failure *failure = add_failure(r);
    if (failure == NULL)
        return false;
    add_finding(session, &failure->expected,
                (said){step->code, step->branch, step->name, step->key,
                       step->has_severity ? &step->severity : NULL});
    if (result == NULL)
        add_nothing_done(session, &failure->found);
    else if (nearest == NULL)
        cli_buffer_add_string(&failure->found, CLI_SAY(session, "no finding", "没有任何异常"));
    else {
        cli_buffer_add_string(&failure->found,
                              CLI_SAY(session, "not that; nearest: ", "没有此项；最相近的是："));
        add_its(session, &failure->found, nearest);
    }
    return false;
}

static bool check_none(run *r, const gj_case_result *result)
{
    const cli_session *session = r->trial->session;
    cli_failure *failure = NULL;
    size_t count = 0;
    for (size_t i = 0; result != NULL && i < result->finding_count; i++) {
        const gj_finding *finding = &result->findings[i];
        if (finding->severity == GJ_NOTICE)
            continue;
        if (count == 0 && (failure = add_failure(r)) == NULL)
            return false;
        if (count++ >= DESCRIBED_MAX)
            continue;
        cli_buffer_add_string(&failure->found, count == 1 ? "" : CLI_SAY(session, ", ", "、"));
        add_its(session, &failure->found, finding);
    }
    if (count == 0)
        return true;
    if (count > DESCRIBED_MAX)
        cli_buffer_add_format(&failure->found, CLI_SAY(session, " and %zu more", " 等%zu项"),
                              count - CLI_SAY(session, (size_t)DESCRIBED_MAX, (size_t)0));
    cli_buffer_add_string(&failure->expected, CLI_SAY(session, "no deviations", "无异常"));
    return false;
}

/* ---- expect due ---- */

static bool is_due(const run *r, const gj_scenario_step *step, const gj_limit_note *limit)
{
    if (step->due_day != GJ_NO_DAY)
        return limit->due_day == step->due_day;
    return limit->due == gj_judge_instant(r->trial->judge, &step->due);
}

static void add_dues(run *r, const gj_scenario_step *step, const gj_case_result *result,
                     cli_buffer *to)
{
    const cli_session *session = r->trial->session;
    size_t count = 0;
    for (size_t i = 0; result != NULL && i < result->limit_count; i++) {
        const gj_limit_note *limit = &result->limits[i];
        if (!equal(limit->limit, step->name))
            continue;
        cli_buffer_add_string(to, count++ == 0 ? "" : CLI_SAY(session, ", ", "、"));
        if (step->due_day != GJ_NO_DAY)
            add_day(to, limit->due_day);
        else
            add_instant(r, to, limit->due);
    }
    if (result == NULL)
        add_nothing_done(session, to);
    else if (count == 0)
        cli_buffer_add_string(to, CLI_SAY(session, "the limit does not run", "该时限未在计算中"));
}

static bool check_due(run *r, const gj_scenario_step *step, const gj_case_result *result)
{
    const cli_session *session = r->trial->session;
    for (size_t i = 0; result != NULL && i < result->limit_count; i++)
        if (equal(result->limits[i].limit, step->name) && is_due(r, step, &result->limits[i]))
            return true;
    cli_failure *failure = add_failure(r);
    if (failure == NULL)
        return false;
    cli_buffer_add_text(&failure->expected, step->name);
    cli_buffer_add_string(&failure->expected, CLI_SAY(session, " due ", " 到期日 "));
    if (step->due_day != GJ_NO_DAY)
        add_day(&failure->expected, step->due_day);
    else
        add_instant(r, &failure->expected, gj_judge_instant(r->trial->judge, &step->due));
    add_dues(r, step, result, &failure->found);
    return false;
}

/* ---- expect refused ---- */

static bool check_refused(run *r)
{
    const cli_session *session = r->trial->session;
    if (r->refused)
        return true;
    cli_failure *failure = add_failure(r);
    if (failure == NULL)
        return false;
    cli_buffer_add_string(&failure->expected,
                          CLI_SAY(session, "the act tried is refused", "试办被拦截"));
    cli_buffer_add_string(&failure->found, CLI_SAY(session, "it would raise nothing above a notice",
                                                   "办理后不会产生提示以上的异常"));
    return false;
}

/* ---- judging ---- */

static gj_docket_judging judging_of(const run *r, void *payload,
                                    bool (*on_case)(void *, const gj_case_result *))
{
    return (gj_docket_judging){
        .size = sizeof(gj_docket_judging),
        .until = r->clock,
        .with_steps = true,
        .with_state = true,
        .payload = payload,
        .on_case = on_case,
    };
}

static gj_status judge(const run *r, gj_docket *docket, void *payload,
                       bool (*on_case)(void *, const gj_case_result *))
{
    gj_docket_judging judging = judging_of(r, payload, on_case);
    return gj_docket_judge(docket, &judging);
}

typedef struct hearing {
    run *run;
    bool told; /* the case was there */
} hearing;

static void check(run *r, const gj_case_result *result)
{
    const gj_scenario_step *step = &r->trial->scenario.steps[r->at];
    bool holds = true;
    switch (step->kind) {
    case GJ_EXPECT_STAGE:
        holds = check_stage(r, step, result);
        break;
    case GJ_EXPECT_FINDING:
        holds = check_finding(r, step, result);
        break;
    case GJ_EXPECT_NO_DEVIATIONS:
        holds = check_none(r, result);
        break;
    case GJ_EXPECT_DUE:
        holds = check_due(r, step, result);
        break;
    case GJ_EXPECT_REFUSED:
        holds = check_refused(r);
        break;
    case GJ_STEP_CLOCK:
    case GJ_STEP_ACT:
    case GJ_STEP_TRY:
        return;
    }
    if (!holds && !r->trial->broken)
        tell(r, &r->trial->failures[r->trial->failure_count - 1], result);
}

static bool check_heard(void *payload, const gj_case_result *result)
{
    hearing *h = payload;
    h->told = true;
    check(h->run, result);
    return true;
}

static gj_status check_expectation(run *r)
{
    hearing h = {.run = r};
    gj_docket_judging judging = judging_of(r, &h, check_heard);
    judging.coverage = r->trial->coverage;
    gj_status status = gj_docket_judge(r->docket, &judging);
    if (status == GJ_OK && !h.told)
        check(r, NULL);
    return status;
}

/* ---- acts ---- */

/* An event that the docket does not take is a failure of its line. */
static gj_status add_event(run *r, gj_docket *docket, const gj_event *event)
{
    gj_added added = GJ_ADDED;
    gj_status status = gj_docket_add(docket, event, &added);
    if (status != GJ_MALFORMED && (status != GJ_OK || added != GJ_NOT_ADDED))
        return status;
    const cli_session *session = r->trial->session;
    cli_failure *failure = add_failure(r);
    if (failure == NULL)
        return GJ_NO_MEMORY;
    gj_writer writer = cli_buffer_writer(&failure->found);
    cli_buffer_add_string(&failure->expected,
                          CLI_SAY(session, "an event that can be judged", "可以判定的事件"));
    gj_problem_print(gj_docket_problem(docket), session->lang, &writer);
    tell(r, failure, NULL);
    return GJ_OK;
}

typedef struct attempt {
    char (*ids)[33]; /* of the findings there are without it */
    size_t count;
    gj_text event; /* whose findings count; absent: all do */
    bool refused, failed;
} attempt;

static bool keep_ids(void *payload, const gj_case_result *result)
{
    attempt *a = payload;
    a->ids = calloc(result->finding_count + 1, sizeof *a->ids);
    a->failed = a->ids == NULL;
    for (size_t i = 0; !a->failed && i < result->finding_count; i++)
        memcpy(a->ids[a->count++], result->findings[i].id, sizeof *a->ids);
    return true;
}

static bool is_new(const attempt *a, const gj_finding *finding)
{
    for (size_t i = 0; i < a->count; i++)
        if (memcmp(a->ids[i], finding->id, sizeof *a->ids) == 0)
            return false;
    return true;
}

static bool look_for_new(void *payload, const gj_case_result *result)
{
    attempt *a = payload;
    for (size_t i = 0; i < result->finding_count; i++) {
        const gj_finding *finding = &result->findings[i];
        bool counts = a->event.size == 0 || equal(finding->event, a->event);
        if (finding->severity > GJ_NOTICE && counts && is_new(a, finding))
            a->refused = true;
    }
    return true;
}

static bool is_act(const gj_scenario_step *step)
{
    return step->kind == GJ_STEP_ACT;
}

static gj_status fill_beside(run *r, gj_docket *beside)
{
    gj_status status = GJ_OK;
    for (size_t i = 0; status == GJ_OK && i <= r->at; i++) {
        const gj_scenario_step *step = &r->trial->scenario.steps[i];
        if (is_act(step) || i == r->at)
            status = add_event(r, beside, &step->event);
    }
    return status;
}

static gj_status try_act(run *r)
{
    const gj_event *tried = &r->trial->scenario.steps[r->at].event;
    bool plain = tried->corrects.size == 0 && tried->retracts.size == 0;
    attempt a = {.event = plain ? tried->id : (gj_text){0}};
    gj_docket *beside = NULL;
    gj_status status = gj_docket_create(r->trial->judge, &beside);
    if (status == GJ_OK)
        status = fill_beside(r, beside);
    if (status == GJ_OK)
        status = judge(r, r->docket, &a, keep_ids);
    if (status == GJ_OK && !a.failed)
        status = judge(r, beside, &a, look_for_new);
    r->refused = a.refused;
    gj_docket_destroy(beside);
    free(a.ids);
    return a.failed ? GJ_NO_MEMORY : status;
}

/* ---- the scenario ---- */

static gj_status run_line(run *r, const gj_scenario_step *step)
{
    if (step->clock.present) {
        gj_instant at = gj_judge_instant(r->trial->judge, &step->clock);
        r->clock = at > r->clock ? at : r->clock;
    }
    if (is_act(step))
        return add_event(r, r->docket, &step->event);
    if (step->kind == GJ_STEP_TRY)
        return try_act(r);
    return step->kind == GJ_STEP_CLOCK ? GJ_OK : check_expectation(r);
}

void cli_trial_run(cli_trial *trial)
{
    run r = {.trial = trial, .clock = INT64_MIN};
    gj_status status = gj_docket_create(trial->judge, &r.docket);
    for (; status == GJ_OK && !trial->broken && r.at < trial->scenario.step_count; r.at++)
        status = run_line(&r, &trial->scenario.steps[r.at]);
    gj_docket_destroy(r.docket);
    if (status != GJ_OK) {
        trial->broken = true;
        cli_complain_status(trial->session, status);
    }
}

void cli_trial_deinit(cli_trial *trial)
{
    for (size_t i = 0; i < trial->failure_count; i++) {
        cli_buffer_deinit(&trial->failures[i].expected);
        cli_buffer_deinit(&trial->failures[i].found);
    }
    free(trial->failures);
    trial->failures = NULL;
    trial->failure_count = trial->failure_capacity = 0;
}
