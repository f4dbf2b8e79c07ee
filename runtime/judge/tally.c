/* SPDX-License-Identifier: Apache-2.0
 *
 * See tally.h. */
#include "judge/tally.h"

#include "image/image.h"
#include "judge/relation_key.h"
#include "judge/relations.h"
#include "judge/rules.h"

static gjr_recall *recall_get(const gjr_sitting *step, uint32_t relation, uint32_t i)
{
    return gjr_recall_get(step->judged, relation, i);
}

/* The one of the key that the act at hand tells; NULL: there is none yet, or it tells none. */
static gjr_recall *tally_find(const gjr_sitting *step, uint32_t relation)
{
    for (uint32_t i = 0; i < gjr_recall_count(step->judged, relation); i++) {
        gjr_recall *recall = recall_get(step, relation, i);
        if ((recall->flags & GJR_RECALL_USED) != 0 && gjr_relation_key_is(step, relation, recall)) {
            return recall;
        }
    }
    return NULL;
}

static void note_times(gjr_sitting *step, uint32_t relation, const gjr_recall *recall,
                       uint32_t times)
{
    gjr_raised *raised = gjr_rules_add(step, gjr_relation_row(step, relation)->rule, GJ_RULE);
    if (raised != NULL) {
        raised->times = times;
        raised->times_allowed = gjr_relation_rule(step, relation)->times;
        gjr_relation_name(step, relation, recall, raised);
    }
}

void gjr_tally_judge(gjr_sitting *step, uint32_t relation)
{
    const gjr_relation *row = gjr_relation_row(step, relation);
    const gjr_rule *rule = gjr_relation_rule(step, relation);
    const gjr_recall *recall = tally_find(step, relation);
    if (rule->kind != GJR_RULE_AT_LEAST_EACH && recall != NULL && recall->times >= rule->times &&
        gjr_rules_bind(step, row->rule)) {
        note_times(step, relation, recall, recall->times + 1);
    }
}

void gjr_tally_hear(gjr_sitting *step, uint32_t relation, uint32_t role)
{
    gjr_recall *recall = tally_find(step, relation);
    if (recall != NULL) {
        recall->times += recall->times < UINT32_MAX ? 1 : 0;
        return;
    }
    recall = gjr_relation_key_is_told(step, relation) ? gjr_relation_remember(step, relation, role)
                                                      : NULL;
    if (recall != NULL) {
        recall->times = 1;
        gjr_relation_key_keep(step, relation, recall);
    }
}

static bool is_short(const gjr_sitting *step, uint32_t relation, const gjr_recall *recall)
{
    const gjr_rule *rule = gjr_relation_rule(step, relation);
    return rule->kind != GJR_RULE_AT_MOST_EACH && (recall->flags & GJR_RECALL_USED) != 0 &&
           recall->times < rule->times;
}

bool gjr_tally_is_short(const gjr_sitting *step, uint32_t relation)
{
    for (uint32_t i = 0; i < gjr_recall_count(step->judged, relation); i++) {
        if (is_short(step, relation, recall_get(step, relation, i))) {
            return true;
        }
    }
    return false;
}

void gjr_tally_check_end(gjr_sitting *step, uint32_t relation)
{
    if (!gjr_tally_is_short(step, relation) ||
        !gjr_rules_bind(step, gjr_relation_row(step, relation)->rule)) {
        return;
    }
    for (uint32_t i = 0; i < gjr_recall_count(step->judged, relation); i++) {
        const gjr_recall *recall = recall_get(step, relation, i);
        if (is_short(step, relation, recall)) {
            note_times(step, relation, recall, recall->times);
        }
    }
}
