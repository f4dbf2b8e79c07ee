/* SPDX-License-Identifier: Apache-2.0
 *
 * See scenarios.h. A scenario is read line by line; what its lines tell is telling.h's, what they
 * expect stands here. */
#include "sema/scenarios.h"

#include <guiju/compile.h>

#include "base/text.h"
#include "sema/refusals.h"
#include "sema/telling.h"

typedef gjc_telling reader;

/* What stands before the last name: "a.b" of "a.b.c"; absent where there is one alone. */
static gj_text names_before(gj_text path)
{
    gj_text last = gjc_telling_last_name(path);
    return last.size == path.size ? (gj_text){0}
                                  : gjb_text_slice(path, 0, path.size - last.size - 1);
}

/* "chief.sign" of "fire.chief.sign", where that is what a duty is called; else the last name alone.
 */
static gj_text called(const gjc_model *model, gj_text path)
{
    gj_text last = gjc_telling_last_name(path), before = names_before(path);
    if (!gjb_text_is_present(before))
        return last;
    size_t size = gjc_telling_last_name(before).size + 1 + last.size;
    gj_text duty = gjb_text_slice(path, path.size - size, path.size);
    bool is_duty =
        gjc_labels_find(GJC_LABELS(model->limits, model->limit_count), duty) != GJC_NO_INDEX ||
        gjc_labels_find(GJC_LABELS(model->rules, model->rule_count), duty) != GJC_NO_INDEX;
    return is_duty ? duty : last;
}

/* ---- expectations ---- */

static gj_text declared_name(reader *r, const gjc_node *of, gjc_labels labels, gjc_arg noun)
{
    uint32_t index =
        gjc_sema_find(r->sema, labels, gjc_node_name(of), gjc_node_name_span(of), noun);
    return index == GJC_NO_INDEX ? (gj_text){0} : gjc_labels_get(labels, index)->name;
}

static void code_take(reader *r, const gjc_node *code, gj_scenario_step *step)
{
    for (step->code = 0; step->code < GJ_CODE_COUNT; step->code++)
        if (code != NULL && step->code != GJ_FUTURE && /* no scenario is ahead of its clock */
            gjb_text_equal_string(code->text, gj_code_name(step->code)))
            return;
    gjc_refusals_add(r->sema, GJC_UNSUPPORTED_EXPECT_CODE,
                     code == NULL ? (gjc_span){0} : code->span);
}

static void subject_take(reader *r, const gjc_node *path, gj_scenario_step *step)
{
    const gjc_model *m = r->sema->model;
    const gjc_labels kinds[] = {
        GJC_LABELS(m->limits, m->limit_count),   GJC_LABELS(m->rules, m->rule_count),
        GJC_LABELS(m->actions, m->action_count), GJC_LABELS(m->documents, m->document_count),
        GJC_LABELS(m->fields, m->field_count),   GJC_LABELS(m->posts, m->post_count),
        GJC_LABELS(m->stages, m->stage_count),   GJC_LABELS(m->natives, m->native_count),
    };
    enum { KINDS = sizeof kinds / sizeof *kinds };
    step->name = called(m, path->text);
    step->branch = step->name.size == path->text.size
                       ? (gj_text){0}
                       : gjb_text_slice(path->text, 0, path->text.size - step->name.size - 1);
    for (size_t i = 0; i < KINDS; i++)
        if (gjc_labels_find(kinds[i], step->name) != GJC_NO_INDEX)
            return;
    gjc_sema_add_unknown(r->sema, kinds, KINDS, step->name, path->span,
                         gjc_arg_words("subject of a finding", "结论的对象"));
}

/* Of a limit, or of a rule. */
static bool is_kept_per_key(const gjc_model *model, gj_text name)
{
    for (uint32_t i = 0; i < model->limit_count; i++)
        if (model->limits[i].open_max > 0 && gjb_text_equal(model->limits[i].label.name, name))
            return true;
    for (uint32_t i = 0; i < model->rule_count; i++)
        if (gjb_text_is_present(model->rules[i].per) &&
            gjb_text_equal(model->rules[i].label.name, name))
            return true;
    return false;
}

static void key_take(reader *r, const gjc_node *line, gj_scenario_step *step)
{
    step->key = line->text;
    if (step->name.size > 0 && !is_kept_per_key(r->sema->model, step->name))
        gjc_diag_add(r->sema->diags, GJC_E0645, line->span, gjc_arg_text(step->name),
                     gjc_arg_none());
}

static void finding_take(reader *r, const gjc_node *line, gj_scenario_step *step)
{
    const gjc_node *path = gjc_node_find(line, GJC_PATH);
    const gjc_node *severity = gjc_node_find(line, GJC_SEVERITY);
    code_take(r, gjc_node_find(line, GJC_CODE), step);
    if (path != NULL)
        subject_take(r, path, step);
    if (gjb_text_is_present(line->text))
        key_take(r, line, step);
    step->has_severity = severity != NULL;
    if (severity != NULL)
        step->severity = (gj_severity)severity->value;
}

static void due_take(reader *r, const gjc_node *line, gj_scenario_step *step)
{
    const gjc_model *model = r->sema->model;
    const gjc_node *day = gjc_node_find(line, GJC_EXPR_DATE);
    const gjc_node *moment = gjc_node_find(line, GJC_MOMENT);
    const gjc_node *path = gjc_node_find(line, GJC_PATH);
    uint32_t index = path == NULL
                         ? GJC_NO_INDEX
                         : gjc_sema_find(r->sema, GJC_LABELS(model->limits, model->limit_count),
                                         path->text, path->span, gjc_arg_words("limit", "时限"));
    step->name = index == GJC_NO_INDEX ? (gj_text){0} : model->limits[index].label.name;
    step->due_day = day != NULL ? (gj_day)day->value : GJ_NO_DAY;
    if (moment != NULL)
        step->due = gjc_telling_stamp(r, moment);
}

static void expectation_take(reader *r, const gjc_node *line, gj_scenario_step *step)
{
    const gjc_model *model = r->sema->model;
    r->has_expectation = true;
    if (!r->clock.present && !r->has_timeless) {
        gjc_diag_add(r->sema->diags, GJC_E0720, line->span, gjc_arg_none(), gjc_arg_none());
        r->has_timeless = true;
    }
    if (step->kind == GJ_EXPECT_STAGE)
        step->name = declared_name(r, line, GJC_LABELS(model->stages, model->stage_count),
                                   gjc_arg_words("stage", "环节"));
    else if (step->kind == GJ_EXPECT_FINDING)
        finding_take(r, line, step);
    else if (step->kind == GJ_EXPECT_DUE)
        due_take(r, line, step);
    else if (step->kind == GJ_EXPECT_REFUSED && !r->has_try)
        gjc_diag_add(r->sema->diags, GJC_E0722, line->span, gjc_arg_none(), gjc_arg_none());
}

/* ---- lines ---- */

/* False for what is refused or could not be read: it is no line of ours. */
static bool kind_of(const gjc_node *line, gj_scenario_step_kind *kind)
{
    static const struct {
        gjc_kind node;
        gj_scenario_step_kind kind;
    } rows[] = {
        {GJC_STEP_CLOCK, GJ_STEP_CLOCK},
        {GJC_STEP_ACT, GJ_STEP_ACT},
        {GJC_STEP_CORRECT, GJ_STEP_ACT},
        {GJC_STEP_RETRACT, GJ_STEP_ACT},
        {GJC_STEP_TRY, GJ_STEP_TRY},
        {GJC_EXPECT_STAGE, GJ_EXPECT_STAGE},
        {GJC_EXPECT_FINDING, GJ_EXPECT_FINDING},
        {GJC_EXPECT_NONE, GJ_EXPECT_NO_DEVIATIONS},
        {GJC_EXPECT_DUE, GJ_EXPECT_DUE},
        {GJC_EXPECT_REFUSED, GJ_EXPECT_REFUSED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].node == line->kind) {
            *kind = rows[i].kind;
            return true;
        }
    }
    return false;
}

static gj_text blanks_cut(gj_text text)
{
    size_t begin = 0, end = text.size;
    while (begin < end && (text.bytes[begin] == ' ' || text.bytes[begin] == '\t'))
        begin++;
    while (end > begin && (unsigned char)text.bytes[end - 1] <= ' ')
        end--;
    return gjb_text_slice(text, begin, end);
}

/* What is done or tried: an act, or what corrects or retracts one. */
static void tell(reader *r, const gjc_node *line, gj_scenario_step *step)
{
    bool corrects = line->kind == GJC_STEP_CORRECT ||
                    (line->kind == GJC_STEP_TRY && line->value == GJC_TRY_CORRECT);
    bool retracts = line->kind == GJC_STEP_RETRACT ||
                    (line->kind == GJC_STEP_TRY && line->value == GJC_TRY_RETRACT);
    if (corrects)
        gjc_telling_correct(r, line, step);
    else if (retracts)
        gjc_telling_retract(r, line, step);
    else
        gjc_telling_act(r, line, step);
}

static void line_take(reader *r, const gjc_node *line)
{
    gj_scenario_step_kind kind;
    if (!kind_of(line, &kind))
        return;
    const gjc_source *source = gjc_sources_get(r->sema->modules->sources, line->span.source);
    gjc_position at = gjc_source_position(source, line->span.begin);
    gj_scenario_step *step = &r->steps[r->count++];
    *step = (gj_scenario_step){
        .kind = kind,
        .line = at.line,
        .column = at.column,
        .text = blanks_cut(gjc_source_line(source, at.line)),
        .due_day = GJ_NO_DAY,
    };
    if (kind == GJ_STEP_CLOCK) {
        gjc_telling_time(r, line, step);
    } else if (kind == GJ_STEP_ACT || kind == GJ_STEP_TRY) {
        tell(r, line, step);
        r->has_try = r->has_try || kind == GJ_STEP_TRY;
    } else {
        expectation_take(r, line, step);
    }
}

/* ---- scenarios ---- */

/* The model that the scenario is for becomes the one that is read; false where there is none. */
static bool procedure_find(gjc_sema *sema, const gjc_models *models, const gjc_node *scenario)
{
    const gjc_node *path = gjc_node_find(gjc_node_find(scenario, GJC_FOR), GJC_PATH);
    if (path == NULL)
        return false;
    gj_text name = gjc_telling_last_name(path->text);
    gjc_label *labels = gjc_sema_make(sema, models->count, sizeof *labels);
    for (size_t i = 0; labels != NULL && i < models->count; i++) {
        sema->model = &models->items[i];
        labels[i] = sema->model->label;
        if (gjb_text_equal(labels[i].name, name))
            return true;
    }
    gjc_model none;
    gjc_model_init(&none, sema->arena);
    gjc_labels known = GJC_LABELS(labels, (uint32_t)models->count);
    sema->model = &none;
    if (labels != NULL)
        gjc_sema_add_unknown(sema, &known, 1, path->text, path->span,
                             gjc_arg_words("procedure", "流程"));
    sema->model = NULL;
    return false;
}

static void scenario_take(gjc_sema *sema, const gjc_node *node, gj_scenario *scenario)
{
    const gjc_node *title = gjc_node_find(node, GJC_TITLE);
    const gjc_source *source = gjc_sources_get(sema->modules->sources, node->span.source);
    gjc_position at = gjc_source_position(source, node->span.begin);
    size_t lines = gjc_node_child_count(node);
    reader r = {.sema = sema, .title = gjc_node_title(node)};
    r.steps = gjc_sema_make(sema, lines, sizeof *r.steps);
    r.labels = gjc_sema_make(sema, lines, sizeof *r.labels);
    r.labelled = gjc_sema_make(sema, lines, sizeof *r.labelled);
    r.departments = gjc_sema_make(sema, lines, sizeof *r.departments);
    if (r.steps == NULL || r.labels == NULL || r.labelled == NULL || r.departments == NULL)
        return;
    if (r.title.size == 0)
        r.title = sema->model->label.name; /* a case needs an id */
    for (const gjc_node *line = node->first; line != NULL; line = line->next)
        line_take(&r, line);
    if (!r.has_expectation)
        gjc_diag_add(sema->diags, GJC_W0720, title == NULL ? node->span : title->span,
                     gjc_arg_text(r.title), gjc_arg_none());
    *scenario = (gj_scenario){
        .title = r.title,
        .procedure = sema->model->label.name,
        .file = source->path,
        .line = at.line,
        .column = at.column,
        .steps = r.steps,
        .step_count = r.count,
    };
}

void gjc_scenarios_resolve(gjc_sema *sema, gjc_models *models)
{
    const gjc_modules *modules = sema->modules;
    size_t count = 0;
    for (size_t i = 0; i < modules->given_count; i++)
        count += gjc_node_count(modules->items[i]->tree, GJC_SCENARIO);
    gj_scenario *scenarios = gjc_sema_make(sema, count, sizeof *scenarios);
    if (scenarios == NULL)
        return;
    models->scenarios = scenarios;
    sema->region = 0;
    for (size_t i = 0; i < modules->given_count; i++) {
        sema->module = modules->items[i];
        const gjc_node *node = gjc_node_find(sema->module->tree, GJC_SCENARIO);
        for (; node != NULL; node = gjc_node_find_next(node))
            if (procedure_find(sema, models, node))
                scenario_take(sema, node, &scenarios[models->scenario_count++]);
    }
}
