/* SPDX-License-Identifier: Apache-2.0
 *
 * What declarations promise beyond their columns and types: defaults, conditions, aliases, limits
 * and who must hear of what. The functions stand in the order of their claims. */
#include "image/schema.h"
#include "image/verify.h"

/* ---- declarations ----------------------------------------------------------------------- */

static gj_status verify_procedure(const gjr_verifier *verifier)
{
    if (verifier->rows->procedure_count != 1) {
        return GJR_REFUSE(verifier, ONE_PROCEDURE, procedure, 0, name);
    }
    return GJ_OK;
}

static bool unit_needs_calendar(uint32_t unit)
{
    return unit == GJR_UNIT_WORKDAYS || unit == GJR_UNIT_WORKHOURS;
}

static bool needs_calendar(const gjr_rows *rows, const gjr_limit *limit)
{
    for (uint32_t i = limit->rungs_first; i < limit->rungs_first + limit->rungs_count; i++) {
        const gjr_rung *rung = &rows->rungs[i];
        if (unit_needs_calendar(rung->unit) && rung->kind != GJR_RUNG_SHARE && rung->amount > 0) {
            return true;
        }
    }
    for (uint32_t i = limit->stops_first; i < limit->stops_first + limit->stops_count; i++) {
        const gjr_stop *stop = &rows->stops[i];
        if ((stop->granted > 0 && unit_needs_calendar(stop->granted_unit)) ||
            (stop->notice_within > 0 && unit_needs_calendar(stop->notice_unit))) {
            return true;
        }
    }
    for (uint32_t i = limit->extensions_first;
         i < limit->extensions_first + limit->extensions_count; i++) {
        const gjr_extension *extension = &rows->extensions[i];
        if (extension->notice_within > 0 && unit_needs_calendar(extension->notice_unit)) {
            return true;
        }
    }
    const uint32_t flags = GJR_LIMIT_ROLLS | GJR_LIMIT_AT_CLOSE | GJR_LIMIT_LEAST_ROLLS;
    return unit_needs_calendar(limit->unit) || (limit->flags & flags) != 0 ||
           (limit->least > 0 && unit_needs_calendar(limit->least_unit));
}

static gj_status verify_calendar(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    bool named = rows->procedures[0].calendar != GJR_NONE;
    for (uint32_t i = 0; i < rows->limit_count && !named; i++) {
        if (needs_calendar(rows, &rows->limits[i])) {
            return GJR_REFUSE(verifier, CALENDAR_NAMED, limit, i, unit);
        }
    }
    for (uint32_t i = 0; i < rows->relation_count && !named; i++) {
        const gjr_relation *relation = &rows->relations[i];
        bool counts = relation->length > 0 && unit_needs_calendar(relation->unit);
        if (counts || (relation->flags & GJR_RELATION_ROLLS) != 0) {
            return GJR_REFUSE(verifier, CALENDAR_NAMED, relation, i, unit);
        }
    }
    return GJ_OK;
}

static bool presets(const gjr_expression *preset, const gjr_field *field)
{
    return preset->fields_count == 0 && preset->type == field->type &&
           preset->enumeration == field->enumeration;
}

static gj_status verify_presets(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->field_count; i++) {
        const gjr_field *field = &rows->fields[i];
        if (field->preset != GJR_NONE && !presets(&rows->expressions[field->preset], field)) {
            return GJR_REFUSE(verifier, PRESET, field, i, preset);
        }
    }
    return GJ_OK;
}

/* None is a condition too. */
static bool is_condition(const gjr_rows *rows, uint32_t expression)
{
    return expression == GJR_NONE || rows->expressions[expression].type == GJR_TYPE_BOOL;
}

static gj_status verify_conditions(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    gjr_table table = GJR_TABLE_END;
    uint32_t row = 0, word = 0;
    for (uint32_t i = 0; i < rows->document_count; i++) {
        if (!is_condition(rows, rows->documents[i].when)) {
            table = GJR_TABLE_document, row = i, word = offsetof(gjr_document, when);
        }
    }
    for (uint32_t i = 0; i < rows->transition_count; i++) {
        if (!is_condition(rows, rows->transitions[i].when)) {
            table = GJR_TABLE_transition, row = i, word = offsetof(gjr_transition, when);
        }
    }
    for (uint32_t i = 0; i < rows->trigger_count; i++) {
        if (!is_condition(rows, rows->triggers[i].when)) {
            table = GJR_TABLE_trigger, row = i, word = offsetof(gjr_trigger, when);
        }
    }
    for (uint32_t i = 0; i < rows->power_count; i++) {
        if (!is_condition(rows, rows->powers[i].when)) {
            table = GJR_TABLE_power, row = i, word = offsetof(gjr_power, when);
        }
    }
    for (uint32_t i = 0; i < rows->rule_count; i++) {
        if (!is_condition(rows, rows->rules[i].condition)) {
            table = GJR_TABLE_rule, row = i, word = offsetof(gjr_rule, condition);
        }
    }
    for (uint32_t i = 0; i < rows->exception_count; i++) {
        if (!is_condition(rows, rows->exceptions[i].condition)) {
            table = GJR_TABLE_exception, row = i, word = offsetof(gjr_exception, condition);
        }
    }
    for (uint32_t i = 0; i < rows->stop_count; i++) {
        if (!is_condition(rows, rows->stops[i].when)) {
            table = GJR_TABLE_stop, row = i, word = offsetof(gjr_stop, when);
        }
    }
    for (uint32_t i = 0; i < rows->extension_count; i++) {
        if (!is_condition(rows, rows->extensions[i].when)) {
            table = GJR_TABLE_extension, row = i, word = offsetof(gjr_extension, when);
        }
    }
    for (uint32_t i = 0; i < rows->role_count; i++) {
        if (!is_condition(rows, rows->roles[i].when)) {
            table = GJR_TABLE_role, row = i, word = offsetof(gjr_role, when);
        }
    }
    for (uint32_t i = 0; i < rows->effect_count; i++) {
        if (!is_condition(rows, rows->effects[i].when)) {
            table = GJR_TABLE_effect, row = i, word = offsetof(gjr_effect, when);
        }
    }
    for (uint32_t i = 0; i < rows->length_count; i++) {
        if (!is_condition(rows, rows->lengths[i].when)) {
            table = GJR_TABLE_length, row = i, word = offsetof(gjr_length, when);
        }
    }
    return table == GJR_TABLE_END ? GJ_OK
                                  : gjr_verifier_refuse(verifier, GJR_CLAIM_CONDITION, table, row,
                                                        word / sizeof(uint32_t));
}

static gj_status verify_aliases(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->other_name_count; i++) {
        const gjr_other_name *alias = &rows->other_names[i];
        if (alias->target >= gjr_rows_words(rows, gjr_other_name_table(alias)).row_count) {
            return GJR_REFUSE(verifier, ALIAS_TARGET, other_name, i, target);
        }
    }
    return GJ_OK;
}

static gj_status verify_documents(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->document_count; i++) {
        const gjr_document *document = &rows->documents[i];
        if ((document->need == GJR_NEED_WHEN) != (document->when != GJR_NONE)) {
            return GJR_REFUSE(verifier, NEED_WHEN, document, i, when);
        }
    }
    return GJ_OK;
}

static gj_status verify_needs(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->transition_count; i++) {
        const gjr_transition *transition = &rows->transitions[i];
        if ((transition->needs == GJR_NEEDS_LISTED) != (transition->documents_count > 0)) {
            return GJR_REFUSE(verifier, NEEDS_LISTED, transition, i, needs);
        }
    }
    return GJ_OK;
}

static gj_status verify_judgements(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->field_count; i++) {
        const gjr_field *field = &rows->fields[i];
        if (field->judged_by != GJR_NONE &&
            (field->type != GJR_TYPE_BOOL || field->preset != GJR_NONE ||
             (field->flags & GJR_FIELD_PARAMETER) != 0)) {
            return GJR_REFUSE(verifier, JUDGEMENT, field, i, judged_by);
        }
    }
    for (uint32_t i = 0; i < rows->assignment_count; i++) {
        if (rows->fields[rows->assignments[i].field].judged_by != GJR_NONE) {
            return GJR_REFUSE(verifier, JUDGEMENT, assignment, i, field);
        }
    }
    return GJ_OK;
}

static bool counts_well(const gjr_rule *rule)
{
    bool relates = gjr_rule_relates(rule->kind);
    bool counts = rule->kind != GJR_RULE_REQUIRE && rule->kind != GJR_RULE_NEVER &&
                  (!relates || gjr_rule_counts_each(rule->kind));
    return counts == (rule->counted != GJR_NONE) && counts == (rule->times > 0) &&
           !(relates && rule->condition != GJR_NONE) &&
           (!counts || rule->condition == GJR_NONE || gjr_rule_is_duty(rule));
}

static gj_status verify_rules(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->rule_count; i++) {
        if (rows->rules[i].kind == GJR_RULE_REQUIRE && rows->rules[i].condition == GJR_NONE) {
            return GJR_REFUSE(verifier, RULE_CONDITION, rule, i, condition);
        }
        if (!counts_well(&rows->rules[i])) {
            return GJR_REFUSE(verifier, RULE_COUNTS, rule, i, counted);
        }
        if (gjr_rule_is_duty(&rows->rules[i]) != (rows->rules[i].duty != GJR_NONE)) {
            return GJR_REFUSE(verifier, RULE_DUTY, rule, i, duty);
        }
    }
    return GJ_OK;
}

static gj_status verify_limits(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->limit_count; i++) {
        const gjr_limit *limit = &rows->limits[i];
        bool none = (limit->flags & GJR_LIMIT_OPEN) != 0 || limit->by != GJR_NONE ||
                    limit->lengths_count > 0;
        if ((limit->budget == 0) != none || limit->budget > GJR_BUDGET_MAX) {
            return GJR_REFUSE(verifier, LIMIT_BUDGET, limit, i, budget);
        }
        if (limit->from_count < 1 || limit->from_count > GJR_TRIGGERS_MAX ||
            limit->to_count > GJR_TRIGGERS_MAX) {
            return GJR_REFUSE(verifier, LIMIT_TRIGGERS, limit, i, from_first);
        }
    }
    return GJ_OK;
}

static bool is_datable(const gjr_field *field)
{
    return field->type == GJR_TYPE_DATE || field->type == GJR_TYPE_TIME;
}

static gj_status verify_triggers(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->trigger_count; i++) {
        const gjr_trigger *trigger = &rows->triggers[i];
        if (trigger->target >= gjr_rows_words(rows, gjr_trigger_table(trigger)).row_count) {
            return GJR_REFUSE(verifier, TRIGGER_TARGET, trigger, i, target);
        }
        if (trigger->kind == GJR_TRIGGER_FIELD && !is_datable(&rows->fields[trigger->target])) {
            return GJR_REFUSE(verifier, TRIGGER_FIELD, trigger, i, target);
        }
    }
    return GJ_OK;
}

static gj_status verify_assignments(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->assignment_count; i++) {
        const gjr_field *field = &rows->fields[rows->assignments[i].field];
        const gjr_expression *value = &rows->expressions[rows->assignments[i].value];
        if (value->type != field->type || value->enumeration != field->enumeration) {
            return GJR_REFUSE(verifier, ASSIGNMENT, assignment, i, value);
        }
    }
    return GJ_OK;
}

/* The fields that are no parameters: a case's own. */
static uint32_t own_count(const gjr_rows *rows)
{
    uint32_t count = 0;
    while (count < rows->field_count && (rows->fields[count].flags & GJR_FIELD_PARAMETER) == 0) {
        count++;
    }
    return count;
}

static gj_status verify_parameters(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    uint32_t next = own_count(rows);
    for (uint32_t i = next; i < rows->field_count; i++) {
        const gjr_field *field = &rows->fields[i];
        if (field->preset != GJR_NONE || field->subscriptions_count > 0) {
            return GJR_REFUSE(verifier, PARAMETER_PLAIN, field, i, preset);
        }
        if ((field->flags & GJR_FIELD_PARAMETER) == 0) {
            return GJR_REFUSE(verifier, PARAMETERS, field, i, flags);
        }
    }
    for (uint32_t i = 0; i < rows->action_count; i++) {
        const gjr_action *action = &rows->actions[i];
        if (action->parameters_count > GJR_PARAMETERS_MAX) {
            return GJR_REFUSE(verifier, PARAMETER_COUNT, action, i, parameters_first);
        }
        if (action->parameters_count > 0 && action->parameters_first != next) {
            return GJR_REFUSE(verifier, PARAMETERS, action, i, parameters_first);
        }
        next += action->parameters_count;
    }
    for (uint32_t i = 0; i < rows->field_count; i++) {
        if (((rows->fields[i].flags & GJR_FIELD_KEPT) != 0) != (i >= next)) {
            return GJR_REFUSE(verifier, PARAMETERS, field, i, flags);
        }
    }
    return GJ_OK;
}

gj_status gjr_verify_declarations(gjr_verifier *verifier)
{
    static gj_status (*const parts[])(const gjr_verifier *) = {
        verify_procedure,  verify_calendar,  verify_presets,     verify_conditions,
        verify_aliases,    verify_documents, verify_needs,       verify_rules,
        verify_limits,     verify_triggers,  verify_assignments, verify_parameters,
        verify_judgements,
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        gj_status status = parts[i](verifier);
        if (status != GJ_OK) {
            return status;
        }
    }
    return GJ_OK;
}

/* ---- subscriptions ---------------------------------------------------------------------- */

/* Every trigger of a limit, of its stops and extensions must be answered by one subscription of the
 * action, stage or field that it names, and every subscription by one trigger. */
typedef struct answers {
    gjr_verifier *verifier;
    uint8_t *answered; /* a trigger: by a subscription */
    uint8_t *heard;    /* a role: likewise */
} trigger_answers;

/* Marks the first trigger of that kind and target that was not answered yet. */
static bool answer(const trigger_answers *answers, uint32_t first, uint32_t count,
                   gjr_trigger wanted)
{
    const gjr_trigger *triggers = answers->verifier->rows->triggers;
    for (uint32_t i = first; i < first + count; i++) {
        if (!answers->answered[i] && triggers[i].kind == wanted.kind &&
            triggers[i].target == wanted.target) {
            answers->answered[i] = 1;
            return true;
        }
    }
    return false;
}

static bool answers_limit(const trigger_answers *answers, const gjr_subscription *subscription,
                          gjr_trigger wanted)
{
    uint32_t count,
        first = gjr_subscription_triggers(answers->verifier->rows, subscription, &count);
    return answer(answers, first, count, wanted);
}

/* Marks the role, which is one of that action and was not heard of yet. */
static bool hears_role(const trigger_answers *answers, uint32_t role, gjr_trigger owner)
{
    const gjr_role *row = &answers->verifier->rows->roles[role];
    bool first = answers->heard[role] == 0;
    answers->heard[role] = 1;
    return first && owner.kind == GJR_TRIGGER_ACTION && row->action == owner.target;
}

/* The subscriptions of what such a trigger names. */
static gj_status verify_owner(const trigger_answers *answers, uint32_t first, uint32_t count,
                              gjr_trigger owner)
{
    const gjr_verifier *verifier = answers->verifier;
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = first; i < first + count; i++) {
        const gjr_subscription *subscription = &rows->subscriptions[i];
        uint32_t table = gjr_subscription_table(subscription);
        bool rule = table == GJR_TABLE_rule;
        if (subscription->target >= gjr_rows_words(rows, table).row_count ||
            (rule && owner.kind != GJR_TRIGGER_ACTION)) {
            return GJR_REFUSE(verifier, SUBSCRIPTION_TARGET, subscription, i, target);
        }
        if (table == GJR_TABLE_role) {
            if (!hears_role(answers, subscription->target, owner)) {
                return GJR_REFUSE(verifier, ROLE_HEARD, subscription, i, target);
            }
            continue;
        }
        if (!rule && !answers_limit(answers, subscription, owner)) {
            return GJR_REFUSE(verifier, SUBSCRIBED, subscription, i, target);
        }
    }
    return GJ_OK;
}

static gj_status verify_owners(const trigger_answers *answers)
{
    const gjr_rows *rows = answers->verifier->rows;
    gj_status status = GJ_OK;
    for (uint32_t i = 0; status == GJ_OK && i < rows->action_count; i++) {
        const gjr_action *row = &rows->actions[i];
        status = verify_owner(answers, row->subscriptions_first, row->subscriptions_count,
                              (gjr_trigger){.kind = GJR_TRIGGER_ACTION, .target = i});
    }
    for (uint32_t i = 0; status == GJ_OK && i < rows->field_count; i++) {
        const gjr_field *row = &rows->fields[i];
        status = verify_owner(answers, row->subscriptions_first, row->subscriptions_count,
                              (gjr_trigger){.kind = GJR_TRIGGER_FIELD, .target = i});
    }
    for (uint32_t i = 0; status == GJ_OK && i < rows->stage_count; i++) {
        const gjr_stage *row = &rows->stages[i];
        status = verify_owner(answers, row->entering_first, row->entering_count,
                              (gjr_trigger){.kind = GJR_TRIGGER_ENTERING, .target = i});
        if (status == GJ_OK) {
            status = verify_owner(answers, row->leaving_first, row->leaving_count,
                                  (gjr_trigger){.kind = GJR_TRIGGER_LEAVING, .target = i});
        }
    }
    return status;
}

gj_status gjr_verify_subscriptions(gjr_verifier *verifier)
{
    uint32_t trigger_count = verifier->rows->trigger_count;
    uint32_t role_count = verifier->rows->role_count;
    trigger_answers answers = {verifier, gjb_arena_make(&verifier->arena, trigger_count, 1),
                               gjb_arena_make(&verifier->arena, role_count, 1)};
    if (answers.answered == NULL || answers.heard == NULL) {
        return GJ_NO_MEMORY;
    }
    gj_status status = verify_owners(&answers);
    for (uint32_t i = 0; status == GJ_OK && i < trigger_count; i++) {
        if (!answers.answered[i]) {
            status = GJR_REFUSE(verifier, TRIGGER_HEARD, trigger, i, target);
        }
    }
    for (uint32_t i = 0; status == GJ_OK && i < role_count; i++) {
        if (!answers.heard[i]) {
            status = GJR_REFUSE(verifier, ROLE_HEARD, role, i, action);
        }
    }
    return status;
}
