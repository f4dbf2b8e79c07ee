/* SPDX-License-Identifier: Apache-2.0
 *
 * See duties.h. */
#include "sema/duties.h"

#include "base/text.h"
#include "sema/actions.h"
#include "sema/citations.h"
#include "sema/expressions.h"
#include "sema/ladder.h"
#include "sema/limits.h"
#include "sema/posts.h"
#include "sema/regions.h"
#include "sema/spans.h"

/* ---- what it is called ---- */

static bool is_dated(const gjc_node *must)
{
    return gjc_spans_say(must);
}

static gj_text joined(gjc_sema *sema, gj_text post, const char *between, gj_text action,
                      uint32_t number)
{
    gjb_buffer words;
    gjb_buffer_init(&words, sema->arena->allocator);
    gjb_buffer_add_text(&words, post);
    gjb_buffer_add_string(&words, between);
    gjb_buffer_add_text(&words, action);
    if (number > 1)
        gjb_buffer_add_format(&words, "_%u", number);
    gj_text text =
        words.failed ? (gj_text){NULL, 0} : gjb_arena_text(sema->arena, gjb_buffer_text(&words));
    sema->out_of_memory = sema->out_of_memory || text.bytes == NULL;
    gjb_buffer_deinit(&words);
    return text;
}

/* The post of the block and the action of the clause. */
typedef struct duty {
    const gjc_node *must;
    uint32_t post, action;
} duty;

static bool is_taken(const gjc_model *model, gj_text name)
{
    return gjc_labels_find(GJC_LABELS(model->limits, model->limit_count), name) != GJC_NO_INDEX ||
           gjc_labels_find(GJC_LABELS(model->rules, model->rule_count), name) != GJC_NO_INDEX;
}

static gjc_label label_make(gjc_sema *sema, const gjc_node *must, uint32_t post)
{
    gj_text whose = sema->model->posts[post].label.name, what = gjc_node_name(must);
    gjc_label label = {.span = gjc_node_name_span(must)};
    uint32_t number = 1;
    do
        label.name = joined(sema, whose, ".", what, number++);
    while (!sema->out_of_memory && is_taken(sema->model, label.name));
    label.title = label.name;
    return label;
}

/* Which is known once the action is. */
static gj_text title_make(gjc_sema *sema, duty of)
{
    const gjc_model *model = sema->model;
    return joined(sema, model->posts[of.post].label.title, " · ",
                  model->actions[of.action].label.title, 1);
}

/* ---- conditions ---- */

/* Read when one of the triggers comes: of an act it may speak of what is told with that. */
static void when_take(gjc_sema *sema, const gjc_node *must, gjc_trigger *triggers, uint32_t count)
{
    if (gjc_node_find(must, GJC_WHEN) == NULL)
        return;
    for (uint32_t i = 0; i < count; i++) {
        sema->action = triggers[i].kind == GJR_TRIGGER_ACTION ? triggers[i].target : GJC_NO_INDEX;
        triggers[i].when = gjc_expr_resolve_when(sema, must);
        sema->action = GJC_NO_INDEX;
        if (triggers[i].when == NULL)
            return; /* said once */
    }
}

/* ---- duties with a time ---- */

void gjc_duties_declare(gjc_sema *sema, const gjc_node *block)
{
    uint32_t post = GJC_NO_INDEX;
    const gjc_node *must = gjc_node_find(block, GJC_MUST);
    for (; must != NULL; must = gjc_node_find_next(must)) {
        if (!is_dated(must))
            continue;
        post = post == GJC_NO_INDEX ? gjc_posts_find(sema, block->first) : post;
        if (post == GJC_NO_INDEX)
            return;
        gjc_label label = label_make(sema, must, post);
        gjc_limit *limit = gjc_limits_add(sema, &label, must);
        if (limit != NULL)
            limit->duty = post;
    }
}

static gjc_trigger *action_trigger(gjc_sema *sema, uint32_t action, gjc_span span)
{
    gjc_trigger *trigger = gjc_sema_make(sema, 1, sizeof *trigger);
    if (trigger != NULL)
        *trigger = (gjc_trigger){.kind = GJR_TRIGGER_ACTION, .target = action, .span = span};
    return trigger;
}

/* What runs up to a date runs from the beginning. */
static gjc_trigger *opening_trigger(gjc_sema *sema, gjc_span span)
{
    uint32_t initial = sema->model->regions[sema->region].initial;
    gjc_trigger *trigger = initial == GJC_NO_INDEX ? NULL : gjc_sema_make(sema, 1, sizeof *trigger);
    if (trigger != NULL)
        *trigger = (gjc_trigger){.kind = GJR_TRIGGER_ENTERING, .target = initial, .span = span};
    return trigger;
}

static void spans_take(gjc_sema *sema, const gjc_node *must, gjc_trigger *done, gjc_limit *limit)
{
    const gjc_node *from = gjc_node_find(must, GJC_FROM);
    gjc_trigger *triggers;
    if (limit->is_backward) {
        limit->from = done, limit->from_count = 1;
        triggers = gjc_limits_triggers(sema, gjc_spans_backward(must), &limit->to_count);
        when_take(sema, must, triggers, limit->to_count);
        limit->to = triggers;
        return;
    }
    limit->to = done, limit->to_count = 1;
    if (from != NULL) {
        triggers = gjc_limits_triggers(sema, from, &limit->from_count);
        when_take(sema, must, triggers, limit->from_count);
        limit->from = triggers;
        return;
    }
    const gjc_node *when = gjc_node_find(must, GJC_WHEN);
    if (when != NULL)
        gjc_diag_add(sema->diags, GJC_E0710, when->span, gjc_arg_none(), gjc_arg_none());
    limit->from = opening_trigger(sema, limit->label.span);
    limit->from_count = limit->from != NULL ? 1 : 0;
}

void gjc_duties_resolve_limit(gjc_sema *sema, gjc_limit *limit)
{
    const gjc_node *must = limit->node;
    uint32_t action = gjc_actions_get(sema, gjc_node_name(must), gjc_node_name_span(must));
    gjc_trigger *done = action_trigger(sema, action, limit->label.span);
    if (action == GJC_NO_INDEX || done == NULL)
        return;
    limit->label.title = title_make(sema, (duty){must, limit->duty, action});
    limit->calendar = gjb_text_is_present(sema->model->calendar) ? 0 : GJC_NO_INDEX;
    gjc_spans_resolve(sema, must, limit);
    spans_take(sema, must, done, limit);
    gjc_ladder_resolve(sema, must, limit);
    limit->basis = gjc_citations_resolve(sema, must);
}

/* ---- duties without one ---- */

static const gjc_limit *limit_find(const gjc_model *model, const gjc_node *must)
{
    for (uint32_t i = 0; i < model->limit_count; i++)
        if (model->limits[i].node == must)
            return &model->limits[i];
    return NULL;
}

/* A limit that counts back from an act asks for the duty when that is done. */
static void rule_add(gjc_sema *sema, duty of, const gjc_limit *limit)
{
    bool is_of_act =
        limit != NULL && limit->to_count == 1 && limit->to[0].kind == GJR_TRIGGER_ACTION;
    const gjc_trigger *awaited = is_of_act ? &limit->to[0] : NULL;
    gjc_rule rule = {
        .label = limit != NULL ? limit->label : label_make(sema, of.must, of.post),
        .region = sema->region,
        .kind = awaited != NULL ? GJR_RULE_DONE_BEFORE : GJR_RULE_DONE_AT_END,
        .counted = of.action,
        .times = 1,
        .counts_span = of.must->span,
        .duty = of.post,
        .severity = GJR_SEVERITY_YELLOW,
    };
    rule.label.title = title_make(sema, of);
    if (awaited != NULL) {
        uint32_t *actions = gjc_sema_make(sema, 1, sizeof *actions);
        if (actions == NULL)
            return;
        actions[0] = awaited->target;
        rule.actions = actions, rule.action_count = 1;
        rule.condition = awaited->when;
    } else {
        rule.condition = gjc_expr_resolve_when(sema, of.must);
    }
    rule.is_unclear = rule.condition == NULL && gjc_node_find(of.must, GJC_WHEN) != NULL;
    rule.basis = gjc_citations_resolve(sema, of.must);
    gjc_rule *added = gjc_model_add_rule(sema->model);
    if (added == NULL)
        sema->out_of_memory = true;
    else
        *added = rule;
}

/* A duty that is counted back from something is undone once that has come, or the case has ended.
 */
static void block_resolve(gjc_sema *sema, const gjc_node *block)
{
    uint32_t post = GJC_NO_INDEX;
    const gjc_node *must = gjc_node_find(block, GJC_MUST);
    for (; must != NULL; must = gjc_node_find_next(must)) {
        if (is_dated(must) && !gjc_spans_is_backward(must))
            continue;
        post = post == GJC_NO_INDEX ? gjc_posts_find(sema, block->first) : post;
        uint32_t action = gjc_actions_get(sema, gjc_node_name(must), gjc_node_name_span(must));
        if (post != GJC_NO_INDEX && action != GJC_NO_INDEX)
            rule_add(sema, (duty){must, post, action}, limit_find(sema->model, must));
    }
}

void gjc_duties_resolve(gjc_sema *sema)
{
    for (uint32_t i = 0; i < sema->model->region_count; i++) {
        sema->region = i;
        const gjc_node *block = gjc_node_find(sema->model->regions[i].node, GJC_POST_DUTIES);
        for (; block != NULL; block = gjc_node_find_next(block))
            block_resolve(sema, block);
    }
    sema->region = 0;
}
