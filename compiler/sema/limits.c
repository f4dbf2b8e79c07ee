/* SPDX-License-Identifier: Apache-2.0
 *
 * See limits.h. */
#include "sema/limits.h"

#include "base/text.h"
#include "sema/actions.h"
#include "sema/citations.h"
#include "sema/durations.h"
#include "sema/ladder.h"
#include "sema/posts.h"
#include "sema/refusals.h"
#include "sema/regions.h"
#include "sema/turns.h"

static void limits_declare(gjc_sema *sema, const gjc_node *in)
{
    const gjc_node *node = gjc_node_find(in, GJC_LIMIT);
    for (; node != NULL; node = gjc_node_find_next(node)) {
        gjc_label label = gjc_sema_label(sema, node);
        if (gjc_regions_check_taken(sema, gjc_scoped_limits(sema->model), &label,
                                    gjc_arg_words("limit", "时限")))
            continue;
        gjc_limit *limit = gjc_model_add_limit(sema->model);
        if (limit == NULL) {
            sema->out_of_memory = true;
            return;
        }
        *limit = (gjc_limit){.label = label, .region = sema->region, .duty = GJC_NO_INDEX};
    }
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
    *out = (gjc_trigger){kind, stage, part->span};
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
        *out = (gjc_trigger){GJR_TRIGGER_ACTION, gjc_actions_get(sema, path->text, path->span),
                             path->span};
        return out->target != GJC_NO_INDEX;
    }
    gjr_type type = model->fields[field].type.base;
    if (type == GJR_TYPE_NOTHING) /* its declaration was wrong, and that was reported */
        return false;
    if (type != GJR_TYPE_DATE && type != GJR_TYPE_TIME) {
        gjc_diag_add(sema->diags, GJC_E0606, path->span, gjc_arg_text(path->text), gjc_arg_none());
        return false;
    }
    *out = (gjc_trigger){GJR_TRIGGER_FIELD, field, path->span};
    return true;
}

static bool trigger_resolve(gjc_sema *sema, const gjc_node *node, gjc_trigger *out)
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

static bool is_among(const gjc_trigger *triggers, uint32_t count, const gjc_trigger *one)
{
    for (uint32_t i = 0; i < count; i++)
        if (triggers[i].kind == one->kind && triggers[i].target == one->target)
            return true;
    return false;
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
        if (!trigger_resolve(sema, node, &triggers[*count]))
            continue;
        said++;
        if (!is_among(triggers, *count, &triggers[*count]))
            ++*count;
    }
    if (said > GJR_TRIGGERS_MAX) {
        gjc_diag_add(sema->diags, GJC_E0609, clause->span,
                     gjc_diag_number(sema->diags, GJR_TRIGGERS_MAX), gjc_arg_none());
        *count = *count > GJR_TRIGGERS_MAX ? GJR_TRIGGERS_MAX : *count;
    }
    return triggers;
}

/* ---- how long ---- */

static void budget_resolve(gjc_sema *sema, const gjc_node *duration, gjc_limit *limit)
{
    gjc_length length = gjc_durations_length(sema, duration);
    limit->unit = length.unit;
    limit->budget = length.amount;
    limit->budget_span = duration->span;
}

static bool is_calendar_days(gjr_unit unit)
{
    return unit == GJR_UNIT_DAYS || unit == GJR_UNIT_MONTHS || unit == GJR_UNIT_YEARS;
}

static void rolls_resolve(gjc_sema *sema, const gjc_node *node, gjc_limit *limit)
{
    const gjc_node *rolls = gjc_node_find(node, GJC_ROLLS);
    const gjc_node *stays = gjc_node_find(node, GJC_DOES_NOT_ROLL);
    if (rolls != NULL && stays != NULL)
        gjc_diag_add(sema->diags, GJC_E0607, stays->span,
                     gjc_arg_words("rolls or does not roll", "遇休顺延或遇休不顺延"),
                     gjc_arg_none());
    const gjc_node *said = rolls != NULL ? rolls : stays;
    bool may = is_calendar_days(limit->unit);
    if (said != NULL && !may)
        gjc_diag_add(sema->diags, GJC_E0608, said->span, gjc_arg_none(), gjc_arg_none());
    limit->rolls = may && stays == NULL;
    if (gjb_text_is_present(sema->model->calendar) || limit->budget == 0)
        return;
    if (limit->rolls)
        gjc_diag_add(sema->diags, GJC_W0602, limit->budget_span, gjc_arg_none(), gjc_arg_none());
    limit->rolls = false;
}

/* Of a limit that ends with a day. */
static void close_resolve(gjc_sema *sema, const gjc_node *node, gjc_limit *limit)
{
    const gjc_node *close =
        gjc_sema_find_only(sema, node, GJC_CLOSE_OF_BUSINESS,
                           gjc_arg_words("ends at close of business", "下班时届满"));
    if (close == NULL)
        return;
    if (!is_calendar_days(limit->unit) && limit->unit != GJR_UNIT_WORKDAYS)
        gjc_diag_add(sema->diags, GJC_E0612, close->span, gjc_arg_none(), gjc_arg_none());
    else if (!gjb_text_is_present(sema->model->calendar))
        gjc_diag_add(sema->diags, GJC_E0604, close->span, gjc_arg_none(), gjc_arg_none());
    else
        limit->at_close = true;
    gjc_durations_check_hours(sema, close->span);
}

/* ---- one limit ---- */

static void missing_add(gjc_sema *sema, gjc_diag_code code, const gjc_limit *limit)
{
    gjc_diag_add(sema->diags, code, limit->label.span, gjc_arg_text(limit->label.name),
                 gjc_arg_none());
}

static void whole_check(gjc_sema *sema, const gjc_node *node, const gjc_limit *limit)
{
    static const struct {
        gjc_kind kind;
        gjc_diag_code missing;
    } parts[] = {
        {GJC_FROM, GJC_E0601},
        {GJC_TO, GJC_E0602},
        {GJC_WITHIN, GJC_E0603},
        {GJC_DUTY, GJC_W0601},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (gjc_node_find(node, parts[i].kind) == NULL)
            missing_add(sema, parts[i].missing, limit);
}

static void limit_resolve(gjc_sema *sema, const gjc_node *node, gjc_limit *limit)
{
    const gjc_node *from = gjc_sema_find_only(sema, node, GJC_FROM, gjc_arg_words("from", "自…起"));
    const gjc_node *to = gjc_sema_find_only(sema, node, GJC_TO, gjc_arg_words("to", "至…止"));
    const gjc_node *duty =
        gjc_sema_find_only(sema, node, GJC_DUTY, gjc_arg_words("duty", "责任岗位"));
    const gjc_node *duration = gjc_node_find(gjc_node_find(node, GJC_WITHIN), GJC_DURATION);
    if (!gjc_refusals_hold(node))
        whole_check(sema, node, limit);
    limit->from = gjc_limits_triggers(sema, from, &limit->from_count);
    limit->to = gjc_limits_triggers(sema, to, &limit->to_count);
    if (duration != NULL) {
        budget_resolve(sema, duration, limit);
        gjc_citations_check_unit(sema, node, duration);
        rolls_resolve(sema, node, limit);
        close_resolve(sema, node, limit);
    }
    gjc_ladder_resolve(sema, node, limit);
    gjc_turns_resolve(sema, node, limit);
    if (gjc_node_find(duty, GJC_HOLDER) == NULL && duty != NULL && duty->first != NULL)
        limit->duty = gjc_posts_find(sema, duty->first);
    limit->basis = gjc_citations_resolve(sema, node);
}

void gjc_limits_resolve(gjc_sema *sema)
{
    uint32_t index = 0;
    for (uint32_t i = 0; i < sema->model->region_count; i++) {
        sema->region = i;
        const gjc_node *node = gjc_node_find(sema->model->regions[i].node, GJC_LIMIT);
        for (; node != NULL && index < sema->model->limit_count; node = gjc_node_find_next(node))
            if (gjc_node_name_span(node).begin == sema->model->limits[index].label.span.begin)
                limit_resolve(sema, node, &sema->model->limits[index++]);
    }
    sema->region = 0;
}
