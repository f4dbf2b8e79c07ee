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
    bool never = row->kind == GJR_RULE_NEVER;
    gjr_truth holds = gjr_condition_truth(step, row->condition);
    if (holds != GJR_TRUTH_UNKNOWN && never != (holds == GJR_TRUTH_TRUE)) {
        return;
    }
    gjr_clause by = gjr_clause_of_rule(step, rule);
    if (holds == GJR_TRUTH_UNKNOWN) {
        gjr_condition_note_unknown(step, row->condition, &by, GJR_NONE);
        return;
    }
    gjr_raised *raised =
        gjr_clause_note(step, never ? GJ_FORBIDDEN : GJ_RULE, GJ_SUBJECT_RULE, rule, &by);
    if (raised != NULL) {
        raised->severity = (gj_severity)row->severity;
        gjr_values_take(step, row->condition, raised);
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
