/* SPDX-License-Identifier: Apache-2.0
 *
 * The procedure's rules: what an act requires, what must never be done, and how often an act is
 * done; and the exceptions under which a rule does not bind. A rule subscribes to the actions that
 * it speaks of, so an act costs the rules that concern it. Judging changes nothing; a condition
 * that comes out unknown is missing-data, charged to the data. Rules that relate acts to others are
 * relations.h's; their exceptions and findings are made here. */
#ifndef GJR_RULES_H
#define GJR_RULES_H

#include "judge/relations.h"
#include "judge/step.h"

/* Whether a finding of the code, about a rule, says that it was not kept. */
static inline bool gjr_rules_is_broken(gj_code code)
{
    return code == GJ_RULE || code == GJ_FORBIDDEN || code == GJ_SEPARATION || code == GJ_NOT_DONE;
}

/* The rules of the audience, which is the action's, before it is done: at least one. */
void gjr_rules_hear(gjr_sitting *step, const gjr_audience *audience);
/* The rules that subscribe to the action, before it is done. */
static inline void gjr_rules_check(gjr_sitting *step, uint32_t action)
{
    const gjr_audience *audience = &step->judge->plan.actions[action];
    if (audience->rules > 0) {
        gjr_rules_hear(step, audience);
    }
    if (audience->roles > 0) {
        gjr_relations_judge(step, audience);
    }
}
/* The rule is not met: the finding of that code, unless an exception holds or none can be told,
 * which is noted; NULL where there is none. */
gjr_raised *gjr_rules_note(gjr_sitting *step, uint32_t rule, gj_code code);
/* The same of a rule that binds for certain. */
gjr_raised *gjr_rules_add(gjr_sitting *step, uint32_t rule, gj_code code);
/* Whether the rule would bind now: none of its exceptions holds; where none can be told, that is
 * noted, and it does not. */
bool gjr_rules_bind(gjr_sitting *step, uint32_t rule);
/* Whether one holds, whatever is unknown of the rule itself; likewise noted. */
bool gjr_rules_is_excused(gjr_sitting *step, uint32_t rule);
/* Whether the rule, not being met, would bind at an instant to come if nothing happens before:
 * where that cannot be told it lacks what is missing. Nothing is noted, and no native is asked. */
bool gjr_rules_would_bind(gjr_sitting *step, uint32_t rule, gj_instant at);
/* How often the act that the rule counts was done. */
uint32_t gjr_rules_times(const gjr_sitting *step, const gjr_rule *row);
/* That the rule was asked. */
void gjr_rules_touch(gjr_sitting *step, uint32_t rule);
/* A region has come to a final stage: what had to be done often enough in it was, or was not. */
void gjr_rules_check_end(gjr_sitting *step, uint32_t region);

#endif
