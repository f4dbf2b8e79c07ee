/* SPDX-License-Identifier: Apache-2.0
 *
 * See limits.h. */
#include "sema/limits.h"

#include "base/text.h"
#include "sema/actions.h"
#include "sema/calendars.h"
#include "sema/citations.h"
#include "sema/duties.h"
#include "sema/effects.h"
#include "sema/expressions.h"
#include "sema/keys.h"
#include "sema/ladder.h"
#include "sema/posts.h"
#include "sema/refusals.h"
#include "sema/regions.h"
#include "sema/spans.h"
#include "sema/turns.h"

static gjr_limit_kind kind_of(const gjc_node *node)
{
    return gjc_node_find(node, GJC_STATUTORY) != NULL  ? GJR_LIMIT_STATUTORY
           : gjc_node_find(node, GJC_PROMISED) != NULL ? GJR_LIMIT_PROMISED
                                                       : GJR_LIMIT_PLAIN;
}

gjc_limit *gjc_limits_add(gjc_sema *sema, const gjc_label *label, const gjc_node *node)
{
    if (gjc_regions_check_taken(sema, gjc_scoped_limits(sema->model), label,
                                gjc_arg_words("limit", "时限")))
        return NULL;
    gjc_limit *limit = gjc_model_add_limit(sema->model);
    if (limit == NULL) {
        sema->out_of_memory = true;
        return NULL;
    }
    *limit = (gjc_limit){.label = *label,
                         .node = node,
                         .kind = kind_of(node),
                         .region = sema->region,
                         .by = GJC_NO_INDEX,
                         .duty = GJC_NO_INDEX,
                         .calendar = GJC_NO_INDEX};
    return limit;
}

/* `named` is what its name stands in: the limit, or the stage that holds it. */
static void limit_declare(gjc_sema *sema, const gjc_node *node, const gjc_node *named)
{
    gjc_label label = gjc_sema_label(sema, named);
    gjc_limits_add(sema, &label, node);
}

/* A stage that says how long, or what the law does after a time, is a limit too, under the stage's
 * name; so it says one of these, and once. */
static void stage_declare(gjc_sema *sema, const gjc_node *stage)
{
    const gjc_node *within = gjc_node_find(stage, GJC_WITHIN);
    const gjc_node *after = gjc_node_find(stage, GJC_AFTER);
    if (within != NULL || after != NULL)
        limit_declare(sema, within != NULL ? stage : after, stage);
    const gjc_node *first = within != NULL ? within : after;
    for (; after != NULL; after = gjc_node_find_next(after)) {
        if (after == first)
            continue;
        gjc_diag *diag = gjc_diag_add(sema->diags, GJC_E0622, after->span,
                                      gjc_arg_text(gjc_node_name(stage)), gjc_arg_none());
        gjc_diag_note_add(sema->diags, diag, first->span, gjc_arg_words("the first one", "第一处"));
    }
}

static void limits_declare(gjc_sema *sema, const gjc_node *in)
{
    for (const gjc_node *node = in->first; node != NULL; node = node->next)
        if (node->kind == GJC_LIMIT)
            limit_declare(sema, node, node);
        else if (node->kind == GJC_STAGE)
            stage_declare(sema, node);
        else if (node->kind == GJC_POST_DUTIES)
            gjc_duties_declare(sema, node);
}

void gjc_limits_declare(gjc_sema *sema)
{
    for (uint32_t i = 0; i < sema->model->region_count; i++) {
        sema->region = i;
        limits_declare(sema, sema->model->regions[i].node);
    }
    sema->region = 0;
}

/* ---- triggers ---- */

static bool stage_trigger(gjc_sema *sema, const gjc_node *part, gjr_trigger_kind kind,
                          gjc_trigger *out)
{
    const gjc_node *name = gjc_node_find(part, GJC_NAME);
    if (name == NULL)
        return false;
    uint32_t stage = gjc_regions_find_inside(sema, gjc_scoped_stages(sema->model), name->text,
                                             name->span, gjc_arg_words("stage", "环节"));
    *out = (gjc_trigger){.kind = kind, .target = stage, .span = part->span};
    return stage != GJC_NO_INDEX;
}

/* An action where one has the name, else a date field, else an action by this use. */
static bool named_trigger(gjc_sema *sema, const gjc_node *path, gjc_trigger *out)
{
    gjc_model *model = sema->model;
    gjc_labels actions = GJC_LABELS(model->actions, model->action_count);
    gjc_labels fields = GJC_LABELS(model->fields, model->field_count);
    uint32_t field = gjc_labels_find(fields, path->text);
    bool is_action = gjc_labels_find(actions, path->text) != GJC_NO_INDEX;
    if (is_action || field == GJC_NO_INDEX) {
        *out = (gjc_trigger){.kind = GJR_TRIGGER_ACTION,
                             .target = gjc_actions_get(sema, path->text, path->span),
                             .span = path->span};
        return out->target != GJC_NO_INDEX;
    }
    gjr_type type = model->fields[field].type.base;
    if (type == GJR_TYPE_NOTHING) /* its declaration was wrong, and that was reported */
        return false;
    if (type != GJR_TYPE_DATE && type != GJR_TYPE_TIME) {
        gjc_diag_add(sema->diags, GJC_E0606, path->span, gjc_arg_text(path->text), gjc_arg_none());
        return false;
    }
    *out = (gjc_trigger){.kind = GJR_TRIGGER_FIELD, .target = field, .span = path->span};
    return true;
}

static bool what_resolve(gjc_sema *sema, const gjc_node *node, gjc_trigger *out)
{
    const gjc_node *part = gjc_node_find(node, GJC_ENTERING);
    if (part != NULL)
        return stage_trigger(sema, part, GJR_TRIGGER_ENTERING, out);
    part = gjc_node_find(node, GJC_LEAVING);
    if (part != NULL)
        return stage_trigger(sema, part, GJR_TRIGGER_LEAVING, out);
    part = gjc_node_find(node, GJC_PATH);
    return part != NULL && named_trigger(sema, part, out);
}

/* Of an act the condition may speak of its parameters. */
static bool trigger_resolve(gjc_sema *sema, const gjc_node *node, gjc_trigger *out)
{
    if (!what_resolve(sema, node, out))
        return false;
    sema->action = out->kind == GJR_TRIGGER_ACTION ? out->target : GJC_NO_INDEX;
    out->when = gjc_expr_resolve_when(sema, node);
    sema->action = GJC_NO_INDEX;
    return out->when != NULL || gjc_node_find(node, GJC_WHEN) == NULL;
}

/* One more, unless it comes without a condition anyway; a condition beside that says nothing. */
static void trigger_keep(gjc_trigger *triggers, uint32_t *count, gjc_trigger one)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < *count; i++) {
        bool same = triggers[i].kind == one.kind && triggers[i].target == one.target;
        if (same && triggers[i].when == NULL)
            return;
        if (!same || one.when != NULL)
            triggers[kept++] = triggers[i];
    }
    triggers[kept++] = one;
    *count = kept;
}

gjc_trigger *gjc_limits_triggers(gjc_sema *sema, const gjc_node *clause, uint32_t *count)
{
    *count = 0;
    gjc_trigger *triggers =
        gjc_sema_make(sema, gjc_node_count(clause, GJC_TRIGGER), sizeof *triggers);
    if (triggers == NULL)
        return NULL;
    size_t said = 0;
    const gjc_node *node = gjc_node_find(clause, GJC_TRIGGER);
    for (; node != NULL; node = gjc_node_find_next(node)) {
        gjc_trigger one = {.when = NULL};
        if (!trigger_resolve(sema, node, &one))
            continue;
        said++;
        trigger_keep(triggers, count, one);
    }
    if (said > GJR_TRIGGERS_MAX) {
        gjc_diag_add(sema->diags, GJC_E0609, clause->span,
                     gjc_diag_number(sema->diags, GJR_TRIGGERS_MAX), gjc_arg_none());
        *count = *count > GJR_TRIGGERS_MAX ? GJR_TRIGGERS_MAX : *count;
    }
    return triggers;
}

/* ---- one limit ---- */

static void missing_add(gjc_sema *sema, gjc_diag_code code, const gjc_limit *limit)
{
    gjc_diag_add(sema->diags, code, limit->label.span, gjc_arg_text(limit->label.name),
                 gjc_arg_none());
}

static bool says_duty(const gjc_node *node)
{
    const gjc_node *line = gjc_node_find(node, GJC_EXPIRES);
    while (line != NULL && gjc_node_find(line, GJC_DUTY) == NULL)
        line = gjc_node_find_next(line);
    return line != NULL || gjc_node_find(node, GJC_DUTY) != NULL;
}

static void whole_check(gjc_sema *sema, const gjc_node *node, const gjc_limit *limit)
{
    const gjc_node *from = gjc_node_find(node, GJC_FROM);
    bool backward = gjc_spans_is_backward(node);
    if (from == NULL && !backward)
        missing_add(sema, GJC_E0601, limit);
    if (from != NULL && backward)
        gjc_diag_add(sema->diags, GJC_E0614, from->span, gjc_arg_text(limit->label.name),
                     gjc_arg_none());
    if (gjc_node_find(node, GJC_TO) == NULL)
        missing_add(sema, GJC_E0602, limit);
    if (!gjc_spans_say(node))
        missing_add(sema, GJC_E0603, limit);
    if (!says_duty(node))
        missing_add(sema, GJC_W0601, limit);
}

/* What ends a limit that is counted back is what starts the period: from then on until what it is
 * counted back from comes. */
static void triggers_take(gjc_sema *sema, const gjc_node *from, const gjc_node *to,
                          gjc_limit *limit)
{
    if (!limit->is_backward) {
        limit->from = gjc_limits_triggers(sema, from, &limit->from_count);
        limit->to = gjc_limits_triggers(sema, to, &limit->to_count);
        return;
    }
    limit->from = gjc_limits_triggers(sema, to, &limit->from_count);
    limit->to = gjc_limits_triggers(sema, gjc_spans_backward(limit->node), &limit->to_count);
}

/* Of the limit, or of what the law does where it runs out. */
static const gjc_node *duty_find(gjc_sema *sema, const gjc_node *node)
{
    gjc_arg words = gjc_arg_words("duty", "责任岗位");
    const gjc_node *duty = gjc_sema_find_only(sema, node, GJC_DUTY, words);
    const gjc_node *line = gjc_node_find(node, GJC_EXPIRES);
    for (; line != NULL; line = gjc_node_find_next(line)) {
        const gjc_node *one = gjc_node_find(line, GJC_DUTY);
        if (one != NULL && duty != NULL)
            gjc_diag_add(sema->diags, GJC_E0607, one->span, words, gjc_arg_none());
        duty = duty == NULL ? one : duty;
    }
    return duty;
}

static void duty_resolve(gjc_sema *sema, const gjc_node *duty, gjc_limit *limit)
{
    if (duty == NULL)
        return;
    limit->is_of_holder = gjc_node_find(duty, GJC_HOLDER) != NULL;
    if (!limit->is_of_holder && duty->first != NULL)
        limit->duty = gjc_posts_find(sema, duty->first);
}

static void limit_resolve(gjc_sema *sema, const gjc_node *node, gjc_limit *limit)
{
    const gjc_node *from = gjc_sema_find_only(sema, node, GJC_FROM, gjc_arg_words("from", "自…起"));
    const gjc_node *to = gjc_sema_find_only(sema, node, GJC_TO, gjc_arg_words("to", "至…止"));
    limit->calendar = sema->calendar = gjc_calendars_of_limit(sema, node);
    if (!gjc_refusals_hold(node))
        whole_check(sema, node, limit);
    limit->basis = gjc_citations_resolve(sema, node);
    gjc_spans_resolve(sema, node, limit);
    triggers_take(sema, from, to, limit);
    gjc_ladder_resolve(sema, node, limit);
    gjc_turns_resolve(sema, node, limit);
    gjc_keys_resolve(sema, node, limit);
    gjc_effects_resolve(sema, node, limit);
    duty_resolve(sema, duty_find(sema, node), limit);
    sema->calendar = 0;
}

/* The stage under whose name a limit stands. */
static uint32_t stage_find(gjc_sema *sema, const gjc_limit *limit)
{
    return gjc_regions_find(sema, gjc_scoped_stages(sema->model), limit->label.name);
}

/* `after D from T -> S` in a stage: from T to leaving it. */
static void after_resolve(gjc_sema *sema, const gjc_node *after, gjc_limit *limit)
{
    uint32_t stage = stage_find(sema, limit);
    gjc_trigger *leaving = gjc_sema_make(sema, 1, sizeof *leaving);
    if (leaving == NULL || stage == GJC_NO_INDEX)
        return;
    *leaving =
        (gjc_trigger){.kind = GJR_TRIGGER_LEAVING, .target = stage, .span = limit->label.span};
    limit->from = gjc_limits_triggers(sema, gjc_node_find(after, GJC_FROM), &limit->from_count);
    limit->to = leaving, limit->to_count = 1;
    limit->calendar = gjb_text_is_present(sema->model->calendar) ? 0 : GJC_NO_INDEX;
    gjc_spans_resolve_after(sema, after, limit);
    gjc_ladder_resolve(sema, after, limit);
    gjc_effects_resolve_after(sema, after, stage, limit);
    limit->duty = sema->model->stages[stage].holder;
    duty_resolve(sema, gjc_node_find(after, GJC_DUTY), limit);
    limit->basis = limit->effects == NULL ? limit->basis : limit->effects->basis;
}

/* `within D` in a stage's head: from entering it to leaving it, the stage's holder's. */
static void stage_resolve(gjc_sema *sema, const gjc_node *stage, gjc_limit *limit)
{
    uint32_t index =
        gjc_regions_find_inside(sema, gjc_scoped_stages(sema->model), gjc_node_name(stage),
                                gjc_node_name_span(stage), gjc_arg_words("stage", "环节"));
    gjc_trigger *triggers = gjc_sema_make(sema, 2, sizeof *triggers);
    if (triggers == NULL || index == GJC_NO_INDEX)
        return;
    gjc_span span = gjc_node_name_span(stage);
    triggers[0] = (gjc_trigger){.kind = GJR_TRIGGER_ENTERING, .target = index, .span = span};
    triggers[1] = (gjc_trigger){.kind = GJR_TRIGGER_LEAVING, .target = index, .span = span};
    limit->from = &triggers[0], limit->from_count = 1;
    limit->to = &triggers[1], limit->to_count = 1;
    limit->duty = sema->model->stages[index].holder;
    limit->calendar = gjb_text_is_present(sema->model->calendar) ? 0 : GJC_NO_INDEX;
    gjc_spans_resolve(sema, stage, limit);
    gjc_ladder_resolve(sema, stage, limit);
}

static void any_resolve(gjc_sema *sema, gjc_limit *limit)
{
    if (limit->node->kind == GJC_STAGE)
        stage_resolve(sema, limit->node, limit);
    else if (limit->node->kind == GJC_AFTER)
        after_resolve(sema, limit->node, limit);
    else if (limit->node->kind == GJC_MUST)
        gjc_duties_resolve_limit(sema, limit);
    else
        limit_resolve(sema, limit->node, limit);
}

void gjc_limits_resolve(gjc_sema *sema)
{
    uint32_t index = 0;
    for (uint32_t i = 0; i < sema->model->region_count; i++) {
        sema->region = i;
        for (; index < sema->model->limit_count && sema->model->limits[index].region == i; index++)
            any_resolve(sema, &sema->model->limits[index]);
    }
    sema->region = 0;
}
