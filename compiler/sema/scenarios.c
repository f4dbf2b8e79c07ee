/* SPDX-License-Identifier: Apache-2.0
 *
 * See scenarios.h. A scenario is read line by line with its clock in hand: a line without a time of
 * its own has that of the line before, and no line goes back, but for an act that was told late. */
#include "sema/scenarios.h"

#include <guiju/compile.h>

#include "base/text.h"
#include "sema/posts.h"
#include "sema/refusals.h"
#include "sema/told.h"
#include "time/civil.h"

/* One scenario being read. */
typedef struct reader {
    gjc_sema *sema;
    gj_scenario_step *steps;
    size_t count;
    gj_stamp clock;                              /* of the lines so far; absent before the first */
    bool has_try, has_expectation, has_timeless; /* a line without any time was reported */
    gj_text title;
    gjc_label *labels; /* of the acts so far that have one */
    uint32_t label_count;
} reader;

static gj_text last_name(gj_text path)
{
    size_t begin = path.size;
    while (begin > 0 && path.bytes[begin - 1] != '.')
        begin--;
    return gjb_text_slice(path, begin, path.size);
}

/* What stands before the last name: "a.b" of "a.b.c"; absent where there is one alone. */
static gj_text names_before(gj_text path)
{
    gj_text last = last_name(path);
    return last.size == path.size ? (gj_text){0}
                                  : gjb_text_slice(path, 0, path.size - last.size - 1);
}

static void *make(reader *r, size_t count, size_t size)
{
    return gjc_sema_make(r->sema, count, size);
}

/* ---- the clock ---- */

static gj_stamp stamp_of(reader *r, const gjc_node *moment)
{
    bool zoned = moment->value2 != GJC_NO_OFFSET;
    return (gj_stamp){
        .wall_ms = moment->value,
        .offset_s = zoned ? (int32_t)moment->value2 : 0,
        .present = true,
        .zoned = zoned,
        .written = gjc_sources_text(r->sema->modules->sources, moment->span),
    };
}

/* Whether one is certainly before the other: a time with an offset and one without can only be told
 * apart by the calendar's zone. */
static bool is_before(const gj_stamp *a, const gj_stamp *b)
{
    int64_t shift = (int64_t)(a->offset_s - b->offset_s) * GJR_MS_PER_SECOND;
    return a->zoned == b->zoned && a->wall_ms - shift < b->wall_ms;
}

/* Takes the line's time, or the clock's. Only an act that says when it was recorded may lie before;
 * it leaves the clock alone. */
static gj_stamp time_take(reader *r, const gjc_node *line, gj_scenario_step *step)
{
    const gjc_node *moment = gjc_node_find(line, GJC_MOMENT);
    if (moment == NULL) {
        if (!r->clock.present && !r->has_timeless)
            gjc_diag_add(r->sema->diags, GJC_E0720, line->span, gjc_arg_none(), gjc_arg_none());
        r->has_timeless = r->has_timeless || !r->clock.present;
        return r->clock;
    }
    gj_stamp at = stamp_of(r, moment);
    if (!r->clock.present || !is_before(&at, &r->clock)) {
        r->clock = step->clock = at;
    } else if (gjc_node_find(line, GJC_RECORDED) == NULL) {
        gjc_diag_add(r->sema->diags, GJC_E0721, moment->span, gjc_arg_none(), gjc_arg_none());
    }
    return at;
}

/* ---- acts ---- */

static void actor_take(reader *r, const gjc_node *act, gj_event *event)
{
    const gjc_model *model = r->sema->model;
    const gjc_node *actor = gjc_node_find(gjc_node_find(act, GJC_BY), GJC_ACTOR);
    const gjc_node *name = actor == NULL ? NULL : actor->first;
    if (name == NULL)
        return;
    uint32_t index = gjc_posts_find(r->sema, name);
    if (index == GJC_NO_INDEX)
        return;
    const gjc_post *post = &model->posts[index];
    event->post = post->label.name;
    event->officer = actor->text;
    if (name->kind == GJC_PATH && post->department != GJC_NO_INDEX)
        event->department = model->departments[post->department].label.name;
}

/* `in fire`: a branch, or else the department that does it. */
static void place_take(reader *r, const gjc_node *act, gj_event *event)
{
    const gjc_model *model = r->sema->model;
    const gjc_node *path = gjc_node_find(gjc_node_find(act, GJC_IN), GJC_PATH);
    if (path == NULL || model->region_count == 0) /* memory has ended */
        return;
    gj_text name = last_name(path->text);
    gjc_labels places[] = {
        {model->regions + 1, model->region_count - 1, sizeof *model->regions},
        GJC_LABELS(model->departments, model->department_count),
    };
    if (gjc_labels_find(places[0], name) != GJC_NO_INDEX)
        event->branch = name;
    else if (gjc_labels_find(places[1], name) != GJC_NO_INDEX)
        event->department = name;
    else
        gjc_sema_add_unknown(r->sema, places, 2, path->text, path->span,
                             gjc_arg_words("branch or department", "分支或部门"));
}

static void documents_take(reader *r, const gjc_node *act, gj_event *event)
{
    const gjc_model *model = r->sema->model;
    const gjc_node *with = gjc_node_find(act, GJC_WITH);
    gj_text *names = make(r, gjc_node_count(with, GJC_NAME), sizeof *names);
    if (names == NULL)
        return;
    event->documents = names;
    const gjc_node *name = gjc_node_find(with, GJC_NAME);
    for (; name != NULL; name = gjc_node_find_next(name)) {
        uint32_t index = gjc_sema_find(r->sema, GJC_LABELS(model->documents, model->document_count),
                                       name->text, name->span, gjc_arg_words("document", "材料"));
        if (index != GJC_NO_INDEX)
            names[event->document_count++] = model->documents[index].label.name;
    }
}

/* The label, or the line's ordinal, which no label can be. */
static gj_text identity_make(reader *r, const gjc_node *act)
{
    const gjc_node *named = gjc_node_find(act, GJC_LABEL);
    if (named != NULL) {
        gjc_label label = {.name = gjc_node_name(named), .span = gjc_node_name_span(named)};
        if (!gjc_sema_check_taken(r->sema, GJC_LABELS(r->labels, r->label_count), &label,
                                  gjc_arg_words("event", "事件")))
            r->labels[r->label_count++] = label;
        return label.name;
    }
    gjb_buffer words;
    gjb_buffer_init(&words, r->sema->arena->allocator);
    gjb_buffer_add_format(&words, "%zu", r->count);
    gj_text id =
        words.failed ? (gj_text){0} : gjb_arena_text(r->sema->arena, gjb_buffer_text(&words));
    r->sema->out_of_memory = r->sema->out_of_memory || id.bytes == NULL;
    gjb_buffer_deinit(&words);
    return id;
}

static void act_take(reader *r, const gjc_node *act, gj_scenario_step *step)
{
    const gjc_model *model = r->sema->model;
    uint32_t action =
        gjc_sema_find(r->sema, GJC_LABELS(model->actions, model->action_count), gjc_node_name(act),
                      gjc_node_name_span(act), gjc_arg_words("action", "行为"));
    const gjc_node *recorded = gjc_node_find(gjc_node_find(act, GJC_RECORDED), GJC_MOMENT);
    gj_event *event = &step->event;
    *event = (gj_event){
        .id = identity_make(r, act),
        .source = gjb_text_of("scenario"),
        .case_id = r->title,
        .procedure = model->label.name,
        .action = action == GJC_NO_INDEX ? (gj_text){0} : model->actions[action].label.name,
        .at = time_take(r, act, step),
        .seq = r->count,
        .line = step->line,
    };
    if (recorded != NULL)
        event->recorded = stamp_of(r, recorded);
    actor_take(r, act, event);
    place_take(r, act, event);
    documents_take(r, act, event);
    event->data = gjc_told_data(r->sema, gjc_node_find(act, GJC_PAYLOAD), &event->data_count);
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
        if (code != NULL && gjb_text_equal_string(code->text, gj_code_name(step->code)))
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
        GJC_LABELS(m->stages, m->stage_count),
    };
    enum { KINDS = sizeof kinds / sizeof *kinds };
    step->name = last_name(path->text);
    step->branch = names_before(path->text);
    for (size_t i = 0; i < KINDS; i++)
        if (gjc_labels_find(kinds[i], step->name) != GJC_NO_INDEX)
            return;
    gjc_sema_add_unknown(r->sema, kinds, KINDS, step->name, path->span,
                         gjc_arg_words("subject of a finding", "结论的对象"));
}

static void finding_take(reader *r, const gjc_node *line, gj_scenario_step *step)
{
    const gjc_node *path = gjc_node_find(line, GJC_PATH);
    const gjc_node *severity = gjc_node_find(line, GJC_SEVERITY);
    code_take(r, gjc_node_find(line, GJC_CODE), step);
    if (path != NULL)
        subject_take(r, path, step);
    if (gjb_text_is_present(line->text))
        gjc_refusals_add(r->sema, GJC_UNSUPPORTED_EXPECT_KEY, line->span);
    step->has_severity = severity != NULL;
    if (severity != NULL)
        step->severity = (gj_severity)severity->value;
}

static void due_take(reader *r, const gjc_node *line, gj_scenario_step *step)
{
    const gjc_model *model = r->sema->model;
    const gjc_node *day = gjc_node_find(line, GJC_EXPR_DATE);
    const gjc_node *moment = gjc_node_find(line, GJC_MOMENT);
    step->name = declared_name(r, line, GJC_LABELS(model->limits, model->limit_count),
                               gjc_arg_words("limit", "时限"));
    step->due_day = day != NULL ? (gj_day)day->value : GJ_NO_DAY;
    if (moment != NULL)
        step->due = stamp_of(r, moment);
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
    if (line->kind == GJC_STEP_TRY && line->value != 0) {
        gjc_refusals_add(r->sema, GJC_UNSUPPORTED_TRY_CORRECT, line->span);
        r->has_try = true;
    } else if (kind == GJ_STEP_CLOCK) {
        time_take(r, line, step);
    } else if (kind == GJ_STEP_ACT || kind == GJ_STEP_TRY) {
        act_take(r, line, step);
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
    gj_text name = last_name(path->text);
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
    r.steps = make(&r, lines, sizeof *r.steps);
    r.labels = make(&r, lines, sizeof *r.labels);
    if (r.steps == NULL || r.labels == NULL)
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
