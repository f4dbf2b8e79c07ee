/* SPDX-License-Identifier: Apache-2.0
 *
 * See rules.h. */
#include "judge/rules.h"

#include "image/image.h"
#include "judge/conditions.h"
#include "judge/decisions.h"
#include "judge/follow.h"
#include "judge/natives.h"
#include "judge/values.h"

void gjr_rules_touch(gjr_sitting *step, uint32_t rule)
{
    if (step->touched != NULL) {
        step->touched->rules[rule] |= GJR_TOUCHED_ASKED;
    }
}

static const gjr_rule *rule_get(const gjr_sitting *step, uint32_t rule)
{
    return &step->judge->rows->rules[rule];
}

/* ---- exceptions ---- */

static gjr_clause clause_of_exception(const gjr_sitting *step, uint32_t rule, uint32_t exception)
{
    const gjr_exception *row = &step->judge->rows->exceptions[exception];
    return (gjr_clause){row->position, row->basis_first, row->basis_count, GJ_SUBJECT_RULE, rule};
}

/* Whether one of them holds. */
static gjr_truth exceptions_truth(gjr_sitting *step, const gjr_rule *row)
{
    gjr_truth truth = GJR_TRUTH_FALSE;
    for (uint32_t i = 0; i < row->exceptions_count && truth != GJR_TRUTH_TRUE; i++) {
        uint32_t condition = step->judge->rows->exceptions[row->exceptions_first + i].condition;
        gjr_truth holds = gjr_condition_truth(step, condition);
        truth = holds != GJR_TRUTH_FALSE ? holds : truth;
    }
    return truth;
}

static void exceptions_note_unknown(gjr_sitting *step, uint32_t rule)
{
    const gjr_rule *row = rule_get(step, rule);
    for (uint32_t i = row->exceptions_first; i < row->exceptions_first + row->exceptions_count;
         i++) {
        uint32_t condition = step->judge->rows->exceptions[i].condition;
        if (gjr_condition_truth(step, condition) == GJR_TRUTH_UNKNOWN) {
            gjr_clause by = clause_of_exception(step, rule, i);
            gjr_condition_note_unknown(step, condition, &by, GJR_NONE);
        }
    }
}

/* ---- a rule that is not met ---- */

/* Whether one of its exceptions holds; where none can be told, that is noted. */
static gjr_truth excused(gjr_sitting *step, uint32_t rule)
{
    gjr_truth truth = exceptions_truth(step, rule_get(step, rule));
    if (truth == GJR_TRUTH_UNKNOWN) {
        exceptions_note_unknown(step, rule);
    }
    return truth;
}

bool gjr_rules_bind(gjr_sitting *step, uint32_t rule)
{
    return excused(step, rule) == GJR_TRUTH_FALSE;
}

bool gjr_rules_is_excused(gjr_sitting *step, uint32_t rule)
{
    return excused(step, rule) == GJR_TRUTH_TRUE;
}

gjr_raised *gjr_rules_add(gjr_sitting *step, uint32_t rule, gj_code code)
{
    const gjr_rule *row = rule_get(step, rule);
    gjr_clause by = gjr_clause_of_rule(step, rule);
    gjr_raised *raised = gjr_clause_note(step, code, GJ_SUBJECT_RULE, rule, &by);
    if (raised != NULL) {
        raised->severity = (gj_severity)row->severity;
        gjr_values_take(step, row->condition, raised);
        gjr_decisions_take(step, row->condition, raised);
        for (uint32_t i = 0; i < row->exceptions_count; i++) {
            uint32_t when = step->judge->rows->exceptions[row->exceptions_first + i].condition;
            gjr_values_add(step, when, raised);
            gjr_decisions_take(step, when, raised);
        }
    }
    return raised;
}

gjr_raised *gjr_rules_note(gjr_sitting *step, uint32_t rule, gj_code code)
{
    return gjr_rules_bind(step, rule) ? gjr_rules_add(step, rule, code) : NULL;
}

/* The finding, unless an exception holds; NULL where there is none. */
static gjr_raised *note_broken(gjr_sitting *step, uint32_t rule, gjr_truth is_broken)
{
    const gjr_rule *row = rule_get(step, rule);
    gjr_truth excused = is_broken == GJR_TRUTH_FALSE ? GJR_TRUTH_TRUE : exceptions_truth(step, row);
    if (excused == GJR_TRUTH_TRUE) {
        return NULL;
    }
    gjr_clause by = gjr_clause_of_rule(step, rule);
    if (is_broken == GJR_TRUTH_UNKNOWN) {
        gjr_condition_note_unknown(step, row->condition, &by, GJR_NONE);
    }
    if (excused == GJR_TRUTH_UNKNOWN) {
        exceptions_note_unknown(step, rule);
    }
    if (is_broken == GJR_TRUTH_UNKNOWN || excused == GJR_TRUTH_UNKNOWN) {
        return NULL;
    }
    return gjr_rules_add(step, rule,
                         row->kind == GJR_RULE_NEVER ? GJ_FORBIDDEN
                         : gjr_rule_is_duty(row)     ? GJ_NOT_DONE
                                                     : GJ_RULE);
}

/* ---- what lies ahead ---- */

static void lack(gjr_sitting *step, uint32_t rule, uint32_t condition)
{
    if (gjr_condition_truth(step, condition) == GJR_TRUTH_UNKNOWN) {
        gjr_condition_lack(step, condition, rule);
    }
}

/* Of a duty its condition says whether there is one at all. */
static bool would_bind(gjr_sitting *step, uint32_t rule)
{
    const gjr_rule *row = rule_get(step, rule);
    uint32_t when = gjr_rule_is_duty(row) ? row->condition : GJR_NONE;
    gjr_truth asks = gjr_condition_truth(step, when), excuse = exceptions_truth(step, row);
    if (asks == GJR_TRUTH_FALSE || excuse == GJR_TRUTH_TRUE) {
        return false;
    }
    lack(step, rule, when);
    for (uint32_t i = 0; i < row->exceptions_count; i++) {
        lack(step, rule, step->judge->rows->exceptions[row->exceptions_first + i].condition);
    }
    return asks == GJR_TRUTH_TRUE && excuse == GJR_TRUTH_FALSE;
}

bool gjr_rules_would_bind(gjr_sitting *step, uint32_t rule, gj_instant at)
{
    gjr_facts was = step->facts;
    step->facts.at = at;
    step->facts.today = gjr_calendar_day_of(step->judge->calendar, at);
    step->facts.actions = gjr_case_done(step->judged);
    step->facts.call = gjr_sitting_recall;
    bool binds = would_bind(step, rule);
    step->facts = was;
    return binds;
}

/* ---- counting ---- */

uint32_t gjr_rules_times(const gjr_sitting *step, const gjr_rule *row)
{
    const gjr_rows *rows = step->judge->rows;
    if (row->counted_in == 0) {
        return gjr_case_done(step->judged)[row->counted].times;
    }
    uint32_t times = 0;
    for (uint32_t i = 0; i < rows->place_count; i++) {
        if (rows->places[i].action == row->counted &&
            gjr_rows_is_within(rows, rows->places[i].region, row->counted_in)) {
            times += *gjr_case_times(step->judged, i);
        }
    }
    return times;
}

static void note_times(gjr_sitting *step, uint32_t rule, uint32_t times)
{
    gjr_raised *raised = note_broken(step, rule, GJR_TRUTH_TRUE);
    if (raised != NULL) {
        raised->times = times;
        raised->times_allowed = rule_get(step, rule)->times;
    }
}

/* Asked when the condition is, which says whether there is a duty at all. */
static void check_duty(gjr_sitting *step, uint32_t rule)
{
    const gjr_rule *row = rule_get(step, rule);
    gjr_raised *raised = gjr_rules_times(step, row) > 0
                             ? NULL
                             : note_broken(step, rule, gjr_condition_truth(step, row->condition));
    if (raised != NULL) {
        raised->times_allowed = row->times;
    }
}

/* One more would be too many. */
static void check_times(gjr_sitting *step, uint32_t rule)
{
    uint32_t times = gjr_rules_times(step, rule_get(step, rule));
    if (times >= rule_get(step, rule)->times) {
        note_times(step, rule, times + 1);
    }
}

static bool is_void(const gjr_sitting *step, uint32_t region)
{
    uint32_t stage = gjr_case_regions(step->judged)[region].stage;
    return (step->judge->rows->stages[stage].flags & GJR_STAGE_VOID) != 0;
}

static void check_end(gjr_sitting *step, uint32_t rule)
{
    const gjr_rule *row = rule_get(step, rule);
    gjr_rules_touch(step, rule);
    if (row->kind == GJR_RULE_DONE_AT_END) {
        check_duty(step, rule);
        return;
    }
    uint32_t times = gjr_rules_times(step, row);
    if (times < row->times) {
        note_times(step, rule, times);
    }
}

static bool is_of_end(const gjr_rule *row)
{
    return row->kind == GJR_RULE_AT_LEAST || row->kind == GJR_RULE_EXACTLY ||
           row->kind == GJR_RULE_DONE_AT_END;
}

void gjr_rules_check_end(gjr_sitting *step, uint32_t region)
{
    const gjr_rows *rows = step->judge->rows;
    uint32_t act_region = step->region;
    if (is_void(step, region)) {
        return;
    }
    step->region = region; /* what is found stands there */
    for (uint32_t i = 0; i < rows->rule_count; i++) {
        if (rows->rules[i].region == region && is_of_end(&rows->rules[i])) {
            check_end(step, i);
        }
    }
    gjr_relations_check_end(step, region);
    gjr_follow_check_end(step, region);
    step->region = act_region;
}

/* ---- rules of an act ---- */

static void check_rule(gjr_sitting *step, uint32_t rule)
{
    const gjr_rule *row = rule_get(step, rule);
    gjr_truth holds;
    gjr_rules_touch(step, rule);
    switch ((gjr_rule_kind)row->kind) {
    case GJR_RULE_REQUIRE:
        holds = gjr_condition_truth(step, row->condition);
        note_broken(step, rule,
                    holds == GJR_TRUTH_UNKNOWN ? holds
                    : holds == GJR_TRUTH_TRUE  ? GJR_TRUTH_FALSE
                                               : GJR_TRUTH_TRUE);
        break;
    case GJR_RULE_NEVER:
        note_broken(step, rule, gjr_condition_truth(step, row->condition));
        break;
    case GJR_RULE_AT_MOST:
    case GJR_RULE_EXACTLY:
        check_times(step, rule);
        break;
    case GJR_RULE_DONE_BEFORE:
        check_duty(step, rule);
        break;
    case GJR_RULE_AT_LEAST:
    case GJR_RULE_DONE_AT_END:
    case GJR_RULE_FOLLOWED:
    case GJR_RULE_PRECEDED:
    case GJR_RULE_AFTER_NEVER:
    case GJR_RULE_BETWEEN_NEVER:
    case GJR_RULE_NOT_BOTH:
    case GJR_RULE_SEPARATE:
    case GJR_RULE_JOIN:
    case GJR_RULE_SEPARATE_POSTS:
    case GJR_RULE_AT_MOST_EACH:
    case GJR_RULE_AT_LEAST_EACH:
    case GJR_RULE_EXACTLY_EACH:
    case GJR_RULE_COUNT:
        break;
    }
}

void gjr_rules_hear(gjr_sitting *step, const gjr_audience *audience)
{
    const gjr_listener *listeners =
        &step->judge->plan.listeners[audience->first + audience->ends + audience->starts];
    for (uint32_t i = 0; i < audience->rules; i++) {
        if (gjr_sitting_hears(step, &listeners[i], step->heard_in)) {
            check_rule(step, listeners[i].target);
        }
    }
}
