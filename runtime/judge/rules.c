/* SPDX-License-Identifier: Apache-2.0
 *
 * See rules.h. */
#include "judge/rules.h"

#include "image/image.h"
#include "judge/conditions.h"
#include "judge/values.h"

static void check_rule(gjr_sitting *step, uint32_t rule)
{
    const gjr_rule *row = &step->judge->rows->rules[rule];
    gjr_clause by = gjr_clause_of_rule(step, rule);
    bool never = row->kind == GJR_RULE_NEVER;
    gjr_truth holds = gjr_condition_truth(step, row->condition);
    if (holds == GJR_TRUTH_UNKNOWN) {
        gjr_condition_note_unknown(step, row->condition, &by, GJR_NONE);
        return;
    }
    if (never != (holds == GJR_TRUTH_TRUE)) {
        return;
    }
    gjr_raised *raised =
        gjr_clause_note(step, never ? GJ_FORBIDDEN : GJ_RULE, GJ_SUBJECT_RULE, rule, &by);
    if (raised != NULL) {
        raised->severity = (gj_severity)row->severity;
        gjr_values_take(step, row->condition, raised);
    }
}

void gjr_rules_check(gjr_sitting *step, uint32_t action)
{
    const gjr_rows *rows = step->judge->rows;
    const gjr_action *row = &rows->actions[action];
    for (uint32_t i = row->subscriptions_first;
         i < row->subscriptions_first + row->subscriptions_count; i++) {
        if (rows->subscriptions[i].kind == GJR_SUBSCRIPTION_RULE &&
            gjr_sitting_hears(step, &rows->subscriptions[i], step->heard_in)) {
            check_rule(step, rows->subscriptions[i].target);
        }
    }
}
