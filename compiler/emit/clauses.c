/* SPDX-License-Identifier: Apache-2.0
 *
 * Limits, powers and rules, and the subscriptions by which an act, a stage or a field finds those
 * that must hear of it: so that judging a step costs what it touches. */
#include "emit/emitter.h"

/* ---- where an act is heard of ---- */

/* The region in which a clause of `region` means an act: the nearest around it that has it, seen
 * from outside; 0, everywhere, where no branch has it. */
static uint32_t act_region(const gjc_emitter *e, uint32_t region, gjr_trigger_kind kind,
                           uint32_t target)
{
    const gjc_model *model = e->model;
    while (region > 0 && (kind != GJR_TRIGGER_ACTION || !gjc_emit_has_action(e, region, target)))
        region = model->regions[region].outer;
    return region;
}

/* ---- limits ---- */

static gjc_rows triggers_emit(gjc_emitter *e, const gjc_trigger *triggers, uint32_t count)
{
    gjc_rows rows = {gjr_writer_trigger_count(&e->writer), count};
    for (uint32_t i = 0; i < count; i++)
        gjr_writer_add_trigger(&e->writer, &(gjr_trigger){triggers[i].kind, triggers[i].target});
    return rows;
}

static gjc_rows rungs_emit(gjc_emitter *e, const gjc_limit *limit)
{
    gjc_rows rows = {gjr_writer_rung_count(&e->writer), limit->rung_count};
    for (uint32_t i = 0; i < limit->rung_count; i++)
        gjr_writer_add_rung(&e->writer, &limit->rungs[i]);
    return rows;
}

void gjc_emit_limits(gjc_emitter *e)
{
    for (uint32_t i = 0; i < e->model->limit_count; i++) {
        const gjc_limit *limit = &e->model->limits[i];
        gjr_limit row = {
            .budget = limit->budget,
            .unit = limit->unit,
            .flags =
                (limit->rolls ? GJR_LIMIT_ROLLS : 0u) | (limit->at_close ? GJR_LIMIT_AT_CLOSE : 0u),
            .duty = limit->duty == GJC_NO_INDEX ? GJR_NONE : limit->duty,
            .region = limit->region,
        };
        row.name = gjc_emit_text(e, limit->label.name);
        row.title = gjc_emit_text(e, limit->label.title);
        gjc_rows rows = triggers_emit(e, limit->from, limit->from_count);
        row.from_first = rows.first, row.from_count = rows.count;
        rows = triggers_emit(e, limit->to, limit->to_count);
        row.to_first = rows.first, row.to_count = rows.count;
        rows = rungs_emit(e, limit);
        row.rungs_first = rows.first, row.rungs_count = rows.count;
        rows = gjc_emit_basis(e, limit->basis);
        row.basis_first = rows.first, row.basis_count = rows.count;
        row.position = gjc_emit_position(e, limit->label.span);
        gjr_writer_add_limit(&e->writer, &row);
    }
}

/* ---- rules ---- */

static gjc_rows exceptions_emit(gjc_emitter *e, const gjc_rule *rule)
{
    gjc_rows rows = {gjr_writer_exception_count(&e->writer), rule->exception_count};
    for (uint32_t i = 0; i < rule->exception_count; i++) {
        gjr_exception row = {.condition = gjc_emit_expression(e, rule->exceptions[i].when)};
        gjc_rows basis = gjc_emit_basis(e, rule->exceptions[i].basis);
        row.basis_first = basis.first, row.basis_count = basis.count;
        row.position = gjc_emit_position(e, rule->exceptions[i].span);
        gjr_writer_add_exception(&e->writer, &row);
    }
    return rows;
}

void gjc_emit_rules(gjc_emitter *e)
{
    for (uint32_t i = 0; i < e->model->rule_count; i++) {
        const gjc_rule *rule = &e->model->rules[i];
        gjr_rule row = {
            .kind = rule->kind,
            .counted = rule->counted == GJC_NO_INDEX ? GJR_NONE : rule->counted,
            .times = rule->times,
            .region = rule->region,
            .severity = rule->severity,
        };
        if (rule->counted != GJC_NO_INDEX)
            row.counted_in = act_region(e, rule->region, GJR_TRIGGER_ACTION, rule->counted);
        row.name = gjc_emit_text(e, rule->label.name);
        row.title = gjc_emit_text(e, rule->label.title);
        row.condition = gjc_emit_expression(e, rule->condition);
        gjc_rows rows = exceptions_emit(e, rule);
        row.exceptions_first = rows.first, row.exceptions_count = rows.count;
        rows = gjc_emit_basis(e, rule->basis);
        row.basis_first = rows.first, row.basis_count = rows.count;
        row.position = gjc_emit_position(e, rule->label.span);
        gjr_writer_add_rule(&e->writer, &row);
    }
}

/* ---- subscriptions ---- */

static bool is_among(const gjc_trigger *triggers, uint32_t count, gjr_trigger_kind kind,
                     uint32_t target)
{
    for (uint32_t i = 0; i < count; i++)
        if (triggers[i].kind == kind && triggers[i].target == target)
            return true;
    return false;
}

static void subscription_add(gjc_emitter *e, gjr_subscription_kind kind, uint32_t target,
                             uint32_t region)
{
    gjr_writer_add_subscription(&e->writer, &(gjr_subscription){kind, target, region});
}

gjc_rows gjc_emit_subscriptions(gjc_emitter *e, gjr_trigger_kind kind, uint32_t target)
{
    const gjc_model *model = e->model;
    gjc_rows rows = {gjr_writer_subscription_count(&e->writer), 0};
    for (uint32_t i = 0; i < model->limit_count; i++) {
        const gjc_limit *limit = &model->limits[i];
        uint32_t region = act_region(e, limit->region, kind, target);
        if (is_among(limit->from, limit->from_count, kind, target))
            subscription_add(e, GJR_SUBSCRIPTION_LIMIT_FROM, i, region);
        if (is_among(limit->to, limit->to_count, kind, target))
            subscription_add(e, GJR_SUBSCRIPTION_LIMIT_TO, i, region);
    }
    for (uint32_t i = 0; i < model->rule_count && kind == GJR_TRIGGER_ACTION; i++)
        for (uint32_t j = 0; j < model->rules[i].action_count; j++)
            if (model->rules[i].actions[j] == target)
                subscription_add(e, GJR_SUBSCRIPTION_RULE, i,
                                 act_region(e, model->rules[i].region, kind, target));
    rows.count = gjr_writer_subscription_count(&e->writer) - rows.first;
    return rows;
}

/* ---- powers ---- */

gjc_rows gjc_emit_powers(gjc_emitter *e, uint32_t action)
{
    gjc_rows rows = {gjr_writer_power_count(&e->writer), 0};
    for (uint32_t i = 0; i < e->model->power_count; i++) {
        const gjc_power *power = &e->model->powers[i];
        if (power->action != action)
            continue;
        gjr_power row = {
            .kind = power->kind,
            .post = power->post,
            .region = act_region(e, power->region, GJR_TRIGGER_ACTION, action),
        };
        row.when = gjc_emit_expression(e, power->when);
        gjc_rows basis = gjc_emit_basis(e, power->basis);
        row.basis_first = basis.first, row.basis_count = basis.count;
        row.position = gjc_emit_position(e, power->span);
        gjr_writer_add_power(&e->writer, &row);
    }
    rows.count = gjr_writer_power_count(&e->writer) - rows.first;
    return rows;
}
