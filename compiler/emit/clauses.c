/* SPDX-License-Identifier: Apache-2.0
 *
 * Limits, powers and rules, and the subscriptions by which an act, a stage or a field finds those
 * that must hear of it: so that judging a step costs what it touches. */
#include "emit/emitter.h"
#include "base/text.h"
#include "sema/keys.h"
#include "sema/relations.h"

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
    for (uint32_t i = 0; i < count; i++) {
        uint32_t when = gjc_emit_expression(e, triggers[i].when);
        gjr_writer_add_trigger(&e->writer,
                               &(gjr_trigger){triggers[i].kind, triggers[i].target, when});
    }
    return rows;
}

static gjc_rows rungs_emit(gjc_emitter *e, const gjc_limit *limit)
{
    gjc_rows rows = {gjr_writer_rung_count(&e->writer), limit->rung_count};
    for (uint32_t i = 0; i < limit->rung_count; i++)
        gjr_writer_add_rung(&e->writer, &limit->rungs[i]);
    return rows;
}

/* ---- what changes how a limit runs ---- */

static gjc_rows notice_emit(gjc_emitter *e, const gjc_notice *notice)
{
    return triggers_emit(e, notice->act, notice->act == NULL ? 0 : 1);
}

static gjc_rows stops_emit(gjc_emitter *e, uint32_t limit)
{
    const gjc_limit *of = &e->model->limits[limit];
    gjc_rows rows = {gjr_writer_stop_count(&e->writer), of->stop_count};
    for (uint32_t i = 0; i < of->stop_count; i++) {
        const gjc_stop *stop = &of->stops[i];
        gjr_stop row = {.limit = limit,
                        .when = gjc_emit_expression(e, stop->when),
                        .granted = stop->granted.amount,
                        .granted_unit = stop->granted.unit,
                        .notice_within = stop->notice.within.amount,
                        .notice_unit = stop->notice.within.unit};
        gjc_rows made = triggers_emit(e, stop->from, stop->from_count);
        row.from_first = made.first, row.from_count = made.count;
        made = triggers_emit(e, stop->to, stop->to_count);
        row.to_first = made.first, row.to_count = made.count;
        made = notice_emit(e, &stop->notice);
        row.notices_first = made.first, row.notices_count = made.count;
        made = gjc_emit_basis(e, stop->basis);
        row.basis_first = made.first, row.basis_count = made.count;
        row.position = gjc_emit_position(e, stop->span);
        gjr_writer_add_stop(&e->writer, &row);
    }
    return rows;
}

static gjc_rows extensions_emit(gjc_emitter *e, uint32_t limit)
{
    const gjc_limit *of = &e->model->limits[limit];
    gjc_rows rows = {gjr_writer_extension_count(&e->writer), of->extension_count};
    for (uint32_t i = 0; i < of->extension_count; i++) {
        const gjc_extension *extension = &of->extensions[i];
        gjr_extension row = {.limit = limit,
                             .amount = extension->amount,
                             .when = gjc_emit_expression(e, extension->when),
                             .times_max = extension->times_max,
                             .notice_within = extension->notice.within.amount,
                             .notice_unit = extension->notice.within.unit};
        gjc_rows made = triggers_emit(e, extension->by, extension->by_count);
        row.by_first = made.first, row.by_count = made.count;
        made = notice_emit(e, &extension->notice);
        row.notices_first = made.first, row.notices_count = made.count;
        made = gjc_emit_basis(e, extension->basis);
        row.basis_first = made.first, row.basis_count = made.count;
        row.position = gjc_emit_position(e, extension->span);
        gjr_writer_add_extension(&e->writer, &row);
    }
    return rows;
}

/* Of every action that says it: an act may be at hand where another was left out. */
static gjc_rows keys_emit(gjc_emitter *e, gj_text per, gjc_type type)
{
    gjc_rows rows = {gjr_writer_key_field_count(&e->writer), 0};
    for (uint32_t i = 0; gjb_text_is_present(per) && i < e->model->action_count; i++) {
        uint32_t field = gjc_keys_find(e->model, per, type, i);
        if (field == GJC_NO_INDEX)
            continue;
        gjr_writer_add_key_field(&e->writer, &(gjr_key_field){i, field});
        rows.count++;
    }
    return rows;
}

/* ---- what the law does ---- */

static gjc_rows effects_emit(gjc_emitter *e, const gjc_limit *limit)
{
    gjc_rows rows = {gjr_writer_effect_count(&e->writer), limit->effect_count};
    for (uint32_t i = 0; i < limit->effect_count; i++) {
        const gjc_effect *effect = &limit->effects[i];
        gjr_effect row = {
            .stage = effect->stage == GJC_NO_INDEX ? GJR_NONE : effect->stage,
            .target = effect->target == GJC_NO_INDEX ? GJR_NONE : effect->target,
            .action = effect->action == GJC_NO_INDEX ? GJR_NONE : effect->action,
            .when = gjc_emit_expression(e, effect->when),
            .flags = effect->as_of_start ? GJR_EFFECT_AS_OF_START : 0u,
        };
        gjc_rows made = gjc_emit_sets(e, effect->sets, effect->set_count);
        row.sets_first = made.first, row.sets_count = made.count;
        made = gjc_emit_basis(e, effect->basis);
        row.basis_first = made.first, row.basis_count = made.count;
        row.position = gjc_emit_position(e, effect->span);
        gjr_writer_add_effect(&e->writer, &row);
    }
    return rows;
}

/* ---- how long it is, where that hangs on the case ---- */

/* The limit's articles and the line's own. */
static gjc_rows length_basis_emit(gjc_emitter *e, const gjc_limit *limit, const gjc_within *line)
{
    gjc_rows rows = gjc_emit_basis(e, limit->basis);
    rows.count += gjc_emit_basis(e, line->basis).count;
    return rows;
}

static gjc_rows lengths_emit(gjc_emitter *e, const gjc_limit *limit)
{
    gjc_rows rows = {gjr_writer_length_count(&e->writer), limit->within_count};
    for (uint32_t i = 0; i < limit->within_count; i++) {
        const gjc_within *line = &limit->withins[i];
        gjr_length row = {.when = gjc_emit_expression(e, line->when), .amount = line->amount};
        row.value = gjc_emit_expression(e, line->value);
        gjc_rows basis = length_basis_emit(e, limit, line);
        row.basis_first = basis.first, row.basis_count = basis.count;
        row.position = gjc_emit_position(e, line->span);
        gjr_writer_add_length(&e->writer, &row);
    }
    return rows;
}

static uint32_t limit_flags(const gjc_limit *limit)
{
    return (limit->rolls ? GJR_LIMIT_ROLLS : 0u) | (limit->at_close ? GJR_LIMIT_AT_CLOSE : 0u) |
           (limit->least_rolls ? GJR_LIMIT_LEAST_ROLLS : 0u) |
           (limit->is_open ? GJR_LIMIT_OPEN : 0u) | (limit->is_backward ? GJR_LIMIT_BACKWARD : 0u) |
           (limit->is_of_holder ? GJR_LIMIT_OF_HOLDER : 0u);
}

void gjc_emit_limits(gjc_emitter *e)
{
    for (uint32_t i = 0; i < e->model->limit_count; i++) {
        const gjc_limit *limit = &e->model->limits[i];
        gjr_limit row = {
            .budget = limit->budget,
            .unit = limit->unit,
            .flags = limit_flags(limit),
            .duty = limit->duty == GJC_NO_INDEX ? GJR_NONE : limit->duty,
            .region = limit->region,
            .least = limit->least,
            .least_unit = limit->least_unit,
            .by = limit->by == GJC_NO_INDEX ? GJR_NONE : limit->by,
            .kind = limit->kind,
            .calendar = limit->calendar == GJC_NO_INDEX ? GJR_NONE : limit->calendar,
            .open_max = limit->open_max,
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
        rows = stops_emit(e, i);
        row.stops_first = rows.first, row.stops_count = rows.count;
        rows = extensions_emit(e, i);
        row.extensions_first = rows.first, row.extensions_count = rows.count;
        rows = triggers_emit(e, limit->restarts, limit->restart_count);
        row.restarts_first = rows.first, row.restarts_count = rows.count;
        rows = keys_emit(e, limit->open_max > 0 ? limit->per : (gj_text){NULL, 0}, limit->per_type);
        row.keys_first = rows.first, row.keys_count = rows.count;
        rows = effects_emit(e, limit);
        row.effects_first = rows.first, row.effects_count = rows.count;
        rows = lengths_emit(e, limit);
        row.lengths_first = rows.first, row.lengths_count = rows.count;
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

static gjc_rows roles_emit(gjc_emitter *e, const gjc_rule *rule)
{
    gjc_rows rows = {gjr_writer_role_count(&e->writer), rule->role_count};
    for (uint32_t i = 0; i < rule->role_count; i++) {
        uint32_t when = gjc_emit_expression(e, rule->roles[i].when);
        gjr_writer_add_role(
            &e->writer,
            &(gjr_role){rule->roles[i].kind, rule->roles[i].action, when,
                        rule->roles[i].post == GJC_NO_INDEX ? GJR_NONE : rule->roles[i].post});
    }
    return rows;
}

static gjc_rows keeps_emit(gjc_emitter *e, const gjc_rule *rule)
{
    gjc_rows rows = {gjr_writer_keep_count(&e->writer), rule->keep_count};
    for (uint32_t i = 0; i < rule->keep_count; i++)
        gjr_writer_add_keep(&e->writer, &(gjr_keep){rule->keeps[i].field, rule->keeps[i].as});
    return rows;
}

static void relation_emit(gjc_emitter *e, uint32_t rule)
{
    const gjc_rule *of = &e->model->rules[rule];
    gjr_relation row = {.rule = rule,
                        .length = of->length.amount,
                        .unit = of->length.unit,
                        .flags = (of->is_least ? GJR_RELATION_LEAST : 0u) |
                                 (of->rolls ? GJR_RELATION_ROLLS : 0u),
                        .held_max = gjc_relations_held(of)};
    gjc_rows rows = roles_emit(e, of);
    row.roles_first = rows.first, row.roles_count = rows.count;
    rows = keys_emit(e, of->per, of->per_type);
    row.keys_first = rows.first, row.keys_count = rows.count;
    rows = keeps_emit(e, of);
    row.keeps_first = rows.first, row.keeps_count = rows.count;
    gjr_writer_add_relation(&e->writer, &row);
}

void gjc_emit_rules(gjc_emitter *e)
{
    for (uint32_t i = 0; i < e->model->rule_count; i++) {
        const gjc_rule *rule = &e->model->rules[i];
        gjr_rule row = {
            .kind = rule->kind,
            .counted = rule->counted == GJC_NO_INDEX ? GJR_NONE : rule->counted,
            .times = rule->times,
            .duty = rule->duty == GJC_NO_INDEX ? GJR_NONE : rule->duty,
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
        if (gjr_rule_relates(rule->kind))
            relation_emit(e, i);
    }
}

/* ---- subscriptions ---- */

static void subscription_add(gjc_emitter *e, gjr_subscription_kind kind, uint32_t target,
                             uint32_t region)
{
    gjr_writer_add_subscription(&e->writer, &(gjr_subscription){kind, target, region});
}

/* Who hears of what. */
typedef struct hearing {
    gjr_trigger_kind kind;
    uint32_t target;
    uint32_t region; /* in which the limit means an act */
} hearing;

/* One for each of the triggers that is this; under several conditions it may stand there more than
 * once. */
static void triggers_subscribe(gjc_emitter *e, gjr_subscription_kind as, uint32_t row,
                               const gjc_trigger *triggers, uint32_t count, hearing of)
{
    for (uint32_t i = 0; i < count; i++)
        if (triggers[i].kind == of.kind && triggers[i].target == of.target)
            subscription_add(e, as, row, of.region);
}

/* Stops and extensions stand limit by limit, so each one's row is how many came before. */
static void turns_subscribe(gjc_emitter *e, const gjc_limit *limit, gjc_rows before, hearing of)
{
    for (uint32_t i = 0; i < limit->stop_count; i++) {
        const gjc_stop *stop = &limit->stops[i];
        uint32_t row = before.first + i;
        triggers_subscribe(e, GJR_SUBSCRIPTION_STOP_TO, row, stop->to, stop->to_count, of);
        triggers_subscribe(e, GJR_SUBSCRIPTION_STOP_FROM, row, stop->from, stop->from_count, of);
        triggers_subscribe(e, GJR_SUBSCRIPTION_STOP_NOTICE, row, stop->notice.act,
                           stop->notice.act != NULL, of);
    }
    for (uint32_t i = 0; i < limit->extension_count; i++) {
        const gjc_extension *extension = &limit->extensions[i];
        uint32_t row = before.count + i;
        triggers_subscribe(e, GJR_SUBSCRIPTION_EXTENSION_BY, row, extension->by,
                           extension->by_count, of);
        triggers_subscribe(e, GJR_SUBSCRIPTION_EXTENSION_NOTICE, row, extension->notice.act,
                           extension->notice.act != NULL, of);
    }
}

/* Roles stand rule by rule. */
static void roles_subscribe(gjc_emitter *e, const gjc_rule *rule, uint32_t first, uint32_t action)
{
    uint32_t region = act_region(e, rule->region, GJR_TRIGGER_ACTION, action);
    for (uint32_t i = 0; i < rule->role_count; i++)
        if (rule->roles[i].action == action)
            subscription_add(e, GJR_SUBSCRIPTION_ROLE, first + i, region);
}

gjc_rows gjc_emit_subscriptions(gjc_emitter *e, gjr_trigger_kind kind, uint32_t target)
{
    const gjc_model *model = e->model;
    gjc_rows rows = {gjr_writer_subscription_count(&e->writer), 0};
    gjc_rows before = {0, 0}; /* stops, extensions of the limits before */
    for (uint32_t i = 0; i < model->limit_count; i++) {
        const gjc_limit *limit = &model->limits[i];
        hearing of = {kind, target, act_region(e, limit->region, kind, target)};
        triggers_subscribe(e, GJR_SUBSCRIPTION_LIMIT_FROM, i, limit->from, limit->from_count, of);
        triggers_subscribe(e, GJR_SUBSCRIPTION_LIMIT_TO, i, limit->to, limit->to_count, of);
        triggers_subscribe(e, GJR_SUBSCRIPTION_LIMIT_RESTART, i, limit->restarts,
                           limit->restart_count, of);
        turns_subscribe(e, limit, before, of);
        before.first += limit->stop_count;
        before.count += limit->extension_count;
    }
    for (uint32_t i = 0; i < model->rule_count && kind == GJR_TRIGGER_ACTION; i++)
        for (uint32_t j = 0; j < model->rules[i].action_count; j++)
            if (model->rules[i].actions[j] == target)
                subscription_add(e, GJR_SUBSCRIPTION_RULE, i,
                                 act_region(e, model->rules[i].region, kind, target));
    uint32_t roles = 0; /* of the rules before */
    for (uint32_t i = 0; i < model->rule_count && kind == GJR_TRIGGER_ACTION; i++) {
        roles_subscribe(e, &model->rules[i], roles, target);
        roles += model->rules[i].role_count;
    }
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

/* ---- how cases of earlier versions go on ---- */

static gjc_rows successions_emit(gjc_emitter *e, const gjc_succession *items, uint32_t count,
                                 bool limits)
{
    gjc_rows rows = {limits ? gjr_writer_limit_migration_count(&e->writer)
                            : gjr_writer_stage_migration_count(&e->writer),
                     count};
    for (uint32_t i = 0; i < count; i++) {
        uint32_t name = gjc_emit_text(e, items[i].name);
        uint32_t to = items[i].to == GJC_NO_INDEX ? GJR_NONE : items[i].to;
        if (limits)
            gjr_writer_add_limit_migration(&e->writer,
                                           &(gjr_limit_migration){name, to, items[i].way});
        else
            gjr_writer_add_stage_migration(&e->writer, &(gjr_stage_migration){name, to});
    }
    return rows;
}

void gjc_emit_migrations(gjc_emitter *e)
{
    for (uint32_t i = 0; i < e->model->migration_count; i++) {
        const gjc_migration *migration = &e->model->migrations[i];
        gjr_migration row = {.from = migration->from};
        gjc_rows rows = successions_emit(e, migration->stages, migration->stage_count, false);
        row.stages_first = rows.first, row.stages_count = rows.count;
        rows = successions_emit(e, migration->limits, migration->limit_count, true);
        row.limits_first = rows.first, row.limits_count = rows.count;
        row.position = gjc_emit_position(e, migration->span);
        gjr_writer_add_migration(&e->writer, &row);
    }
}
