/* SPDX-License-Identifier: Apache-2.0
 *
 * See turns.h. */
#include "sema/turns.h"

#include "sema/actions.h"
#include "sema/citations.h"
#include "sema/durations.h"
#include "sema/expressions.h"
#include "sema/limits.h"
#include "sema/regions.h"

/* The clause's triggers without the date fields among them, each of which is reported. */
static const gjc_trigger *acts_resolve(gjc_sema *sema, const gjc_node *clause, uint32_t *count)
{
    uint32_t all = 0;
    gjc_trigger *triggers = gjc_limits_triggers(sema, clause, &all);
    *count = 0;
    for (uint32_t i = 0; triggers != NULL && i < all; i++) {
        if (triggers[i].kind == GJR_TRIGGER_FIELD)
            gjc_diag_add(sema->diags, GJC_E0630, triggers[i].span,
                         gjc_arg_text(sema->model->fields[triggers[i].target].label.name),
                         gjc_arg_none());
        else
            triggers[(*count)++] = triggers[i];
    }
    return triggers;
}

static gjc_length length_resolve(gjc_sema *sema, const gjc_node *duration)
{
    return duration == NULL ? (gjc_length){GJR_UNIT_WORKDAYS, 0}
                            : gjc_durations_length(sema, duration);
}

static gjc_notice notice_resolve(gjc_sema *sema, const gjc_node *clause)
{
    const gjc_node *notified = gjc_node_find(clause, GJC_NOTIFIED);
    const gjc_node *name = notified == NULL ? NULL : gjc_node_find(notified, GJC_NAME);
    gjc_notice notice = {NULL, {GJR_UNIT_WORKDAYS, 0}};
    if (name == NULL)
        return notice;
    notice.act = gjc_sema_make(sema, 1, sizeof *notice.act);
    if (notice.act == NULL)
        return notice;
    *notice.act = (gjc_trigger){.kind = GJR_TRIGGER_ACTION,
                                .target = gjc_actions_get(sema, name->text, name->span),
                                .span = name->span};
    notice.within = length_resolve(sema, gjc_node_find(notified, GJC_DURATION));
    return notice;
}

/* A clause about one act alone may speak of that act's parameters. */
static gjc_expr *when_resolve(gjc_sema *sema, const gjc_node *clause, const gjc_trigger *triggers,
                              uint32_t count)
{
    bool one = count == 1 && triggers[0].kind == GJR_TRIGGER_ACTION;
    sema->action = one ? triggers[0].target : GJC_NO_INDEX;
    gjc_expr *when = gjc_expr_resolve_when(sema, clause);
    sema->action = GJC_NO_INDEX;
    return when;
}

static bool is_one_more(gjc_sema *sema, const gjc_node *clause, uint32_t count)
{
    if (count == GJR_TURNS_MAX)
        gjc_diag_add(sema->diags, GJC_E0631, clause->span,
                     gjc_diag_number(sema->diags, GJR_TURNS_MAX), gjc_arg_none());
    return count < GJR_TURNS_MAX;
}

/* ---- stops ---- */

static void stop_add(gjc_sema *sema, gjc_limit *limit, const gjc_node *clause, gjc_stop stop)
{
    if (stop.from_count == 0 || stop.to_count == 0 || !is_one_more(sema, clause, limit->stop_count))
        return;
    stop.when = when_resolve(sema, clause, stop.from, stop.from_count);
    const gjc_node *most = gjc_node_find(clause, GJC_AT_MOST_FOR);
    stop.granted = length_resolve(sema, most == NULL ? NULL : gjc_node_find(most, GJC_DURATION));
    stop.notice = notice_resolve(sema, clause);
    stop.basis = gjc_citations_resolve(sema, clause);
    limit->stops[limit->stop_count++] = stop;
}

/* From the stage's being entered to its being left. */
static void stage_add(gjc_sema *sema, gjc_limit *limit, const gjc_node *clause,
                      const gjc_node *name)
{
    uint32_t stage = gjc_regions_find_inside(sema, gjc_scoped_stages(sema->model), name->text,
                                             name->span, gjc_arg_words("stage", "环节"));
    gjc_trigger *ends = stage == GJC_NO_INDEX ? NULL : gjc_sema_make(sema, 2, sizeof *ends);
    if (ends == NULL)
        return;
    ends[0] = (gjc_trigger){.kind = GJR_TRIGGER_ENTERING, .target = stage, .span = name->span};
    ends[1] = (gjc_trigger){.kind = GJR_TRIGGER_LEAVING, .target = stage, .span = name->span};
    stop_add(
        sema, limit, clause,
        (gjc_stop){
            .span = name->span, .from = &ends[0], .to = &ends[1], .from_count = 1, .to_count = 1});
}

static void stops_resolve(gjc_sema *sema, const gjc_node *node, gjc_limit *limit)
{
    limit->stops = gjc_sema_make(sema, GJR_TURNS_MAX, sizeof *limit->stops);
    const gjc_node *clause = gjc_node_find(node, GJC_NOT_COUNTING);
    for (; limit->stops != NULL && clause != NULL; clause = gjc_node_find_next(clause)) {
        const gjc_node *from = gjc_node_find(clause, GJC_FROM);
        if (from != NULL) {
            gjc_stop stop = {.span = clause->span};
            stop.from = acts_resolve(sema, from, &stop.from_count);
            stop.to = acts_resolve(sema, gjc_node_find(clause, GJC_TO), &stop.to_count);
            stop_add(sema, limit, clause, stop);
            continue;
        }
        const gjc_node *name = gjc_node_find(clause, GJC_PATH);
        for (; name != NULL; name = gjc_node_find_next(name))
            stage_add(sema, limit, clause, name);
    }
}

/* ---- extensions ---- */

static void unit_check(gjc_sema *sema, const gjc_node *duration, const gjc_limit *limit,
                       gjc_length length)
{
    if (length.amount == 0 || !gjc_limit_has_length(limit) || length.unit == limit->unit)
        return;
    gjc_diag *diag =
        gjc_diag_add(sema->diags, GJC_E0632, duration->span, gjc_arg_none(), gjc_arg_none());
    gjc_diag_note_add(sema->diags, diag, limit->budget_span,
                      gjc_arg_words("the limit's length", "该时限的期限"));
}

static void extension_add(gjc_sema *sema, gjc_limit *limit, const gjc_node *clause)
{
    gjc_extension made = {.span = clause->span, .times_max = 1};
    const gjc_node *duration = gjc_node_find(clause, GJC_DURATION);
    gjc_length length = length_resolve(sema, duration);
    made.by = acts_resolve(sema, clause, &made.by_count);
    if (duration == NULL || made.by_count == 0 ||
        !is_one_more(sema, clause, limit->extension_count))
        return;
    unit_check(sema, duration, limit, length);
    made.amount = length.amount;
    made.when = when_resolve(sema, clause, made.by, made.by_count);
    const gjc_node *times = gjc_node_find(clause, GJC_AT_MOST_TIMES);
    if (times != NULL && times->value < 1)
        gjc_diag_add(sema->diags, GJC_E0702, times->span, gjc_arg_none(), gjc_arg_none());
    else if (times != NULL)
        made.times_max = (uint32_t)times->value;
    made.notice = notice_resolve(sema, clause);
    made.basis = gjc_citations_resolve(sema, clause);
    limit->extensions[limit->extension_count++] = made;
}

static void extensions_resolve(gjc_sema *sema, const gjc_node *node, gjc_limit *limit)
{
    limit->extensions = gjc_sema_make(sema, GJR_TURNS_MAX, sizeof *limit->extensions);
    const gjc_node *clause = gjc_node_find(node, GJC_EXTENDED);
    for (; limit->extensions != NULL && clause != NULL; clause = gjc_node_find_next(clause))
        extension_add(sema, limit, clause);
}

static bool is_turn(gjc_kind kind)
{
    return kind == GJC_NOT_COUNTING || kind == GJC_EXTENDED || kind == GJC_RESTARTS;
}

/* Only a length at most can be stopped, extended or begun anew, and none that stands beside a
 * minimum. */
static bool may_turn(gjc_sema *sema, const gjc_node *node, const gjc_limit *limit)
{
    if (!limit->is_open && !limit->is_backward && limit->by == GJC_NO_INDEX && limit->least == 0)
        return true;
    for (const gjc_node *part = node->first; part != NULL; part = part->next)
        if (is_turn(part->kind))
            gjc_diag_add(sema->diags, GJC_E0618, part->span, gjc_arg_none(), gjc_arg_none());
    return false;
}

void gjc_turns_resolve(gjc_sema *sema, const gjc_node *node, gjc_limit *limit)
{
    if (!may_turn(sema, node, limit))
        return;
    stops_resolve(sema, node, limit);
    extensions_resolve(sema, node, limit);
    const gjc_node *restarts =
        gjc_sema_find_only(sema, node, GJC_RESTARTS, gjc_arg_words("restarts by", "重新计算"));
    limit->restarts = acts_resolve(sema, restarts, &limit->restart_count);
}
