/* SPDX-License-Identifier: Apache-2.0
 *
 * See telling.h. A line without a time of its own has that of the line before, and no line goes
 * back, but for an act that was told late. */
#include "sema/telling.h"

#include "base/text.h"
#include "sema/posts.h"
#include "sema/told.h"
#include "time/civil.h"

typedef gjc_telling reader;

gj_text gjc_telling_last_name(gj_text path)
{
    size_t begin = path.size;
    while (begin > 0 && path.bytes[begin - 1] != '.')
        begin--;
    return gjb_text_slice(path, begin, path.size);
}

static void *make(reader *r, size_t count, size_t size)
{
    return gjc_sema_make(r->sema, count, size);
}

/* ---- the clock ---- */

gj_stamp gjc_telling_stamp(const reader *r, const gjc_node *moment)
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

gj_stamp gjc_telling_time(reader *r, const gjc_node *line, gj_scenario_step *step)
{
    const gjc_node *moment = gjc_node_find(line, GJC_MOMENT);
    if (moment == NULL) {
        if (!r->clock.present && !r->has_timeless)
            gjc_diag_add(r->sema->diags, GJC_E0720, line->span, gjc_arg_none(), gjc_arg_none());
        r->has_timeless = r->has_timeless || !r->clock.present;
        return r->clock;
    }
    gj_stamp at = gjc_telling_stamp(r, moment);
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
    gj_text name = gjc_telling_last_name(path->text);
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

/* From now on the name means the line at hand. */
static void label_add(reader *r, const gjc_label *label)
{
    r->labels[r->label_count] = *label;
    r->labelled[r->label_count++] = (uint32_t)r->count - 1;
}

/* The label, or the line's ordinal, which no label can be. */
static gj_text identity_make(reader *r, const gjc_node *act)
{
    const gjc_node *named = gjc_node_find(act, GJC_LABEL);
    if (named != NULL) {
        gjc_label label = {.name = gjc_node_name(named), .span = gjc_node_name_span(named)};
        if (!gjc_sema_check_taken(r->sema, GJC_LABELS(r->labels, r->label_count), &label,
                                  gjc_arg_words("event", "事件")))
            label_add(r, &label);
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

void gjc_telling_act(reader *r, const gjc_node *act, gj_scenario_step *step)
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
        .at = gjc_telling_time(r, act, step),
        .seq = r->count,
        .line = step->line,
    };
    if (recorded != NULL)
        event->recorded = gjc_telling_stamp(r, recorded);
    actor_take(r, act, event);
    r->departments[r->count - 1] = event->department;
    place_take(r, act, event);
    documents_take(r, act, event);
    event->data =
        gjc_told_data(r->sema, action, gjc_node_find(act, GJC_PAYLOAD), &event->data_count);
}

/* ---- what was told before ---- */

/* Which of the labels a line names, or GJC_NO_INDEX. */
static uint32_t named_find(reader *r, const gjc_node *line)
{
    return gjc_sema_find(r->sema, GJC_LABELS(r->labels, r->label_count), gjc_node_name(line),
                         gjc_node_name_span(line), gjc_arg_words("event", "事件"));
}

static bool has_key(const gj_datum *data, size_t count, gj_text key)
{
    for (size_t i = 0; i < count; i++)
        if (gjb_text_equal(data[i].key, key))
            return true;
    return false;
}

/* What the line tells, and of what was told before the rest. */
static void data_merge(reader *r, const gjc_node *line, const gj_event *before, gj_event *event)
{
    size_t count;
    gjc_labels actions = GJC_LABELS(r->sema->model->actions, r->sema->model->action_count);
    const gj_datum *told = gjc_told_data(r->sema, gjc_labels_find(actions, before->action),
                                         gjc_node_find(line, GJC_PAYLOAD), &count);
    gj_datum *data = make(r, before->data_count + count, sizeof *data);
    if (data == NULL)
        return;
    event->data = data;
    event->data_count = 0;
    for (size_t i = 0; i < before->data_count; i++)
        if (!has_key(told, count, before->data[i].key))
            data[event->data_count++] = before->data[i];
    for (size_t i = 0; i < count; i++)
        data[event->data_count++] = told[i];
}

static void parts_replace(reader *r, const gjc_node *line, const gj_event *before, gj_event *event)
{
    data_merge(r, line, before, event);
    if (gjc_node_find(line, GJC_WITH) != NULL) {
        event->document_count = 0;
        documents_take(r, line, event);
    }
    if (gjc_node_find(line, GJC_IN) != NULL) {
        event->branch = (gj_text){0};
        event->department = r->departments[r->count - 1];
        place_take(r, line, event);
    }
}

/* An act stands as it is told here, in the place and at the time that it had. */
void gjc_telling_correct(reader *r, const gjc_node *line, gj_scenario_step *step)
{
    uint32_t named = named_find(r, line);
    const gjc_node *recorded = gjc_node_find(gjc_node_find(line, GJC_RECORDED), GJC_MOMENT);
    gj_stamp now = gjc_telling_time(r, line, step);
    if (named == GJC_NO_INDEX)
        return;
    uint32_t line_before = r->labelled[named];
    const gj_event *before = &r->steps[line_before].event;
    gj_event *event = &step->event;
    r->departments[r->count - 1] = r->departments[line_before];
    *event = *before;
    event->id = identity_make(r, line);
    event->corrects = r->labels[named].name;
    event->recorded = recorded != NULL ? gjc_telling_stamp(r, recorded) : now;
    event->seq = r->count;
    event->line = step->line;
    parts_replace(r, line, before, event);
    if (step->kind == GJ_STEP_ACT)
        r->labelled[named] = (uint32_t)r->count - 1;
}

void gjc_telling_retract(reader *r, const gjc_node *line, gj_scenario_step *step)
{
    uint32_t named = named_find(r, line);
    gj_stamp now = gjc_telling_time(r, line, step);
    if (named == GJC_NO_INDEX)
        return;
    step->event = (gj_event){
        .id = identity_make(r, line),
        .source = gjb_text_of("scenario"),
        .case_id = r->title,
        .procedure = r->sema->model->label.name,
        .at = now,
        .retracts = r->labels[named].name,
        .seq = r->count,
        .line = step->line,
    };
}
