/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules that relate acts: each is a small automaton that remembers, in the case's state, the acts
 * from which it looks at others (recalls.h). An act is judged by those that it has a role in before
 * it is done, and remembered when it is done; one that the law deems done is remembered alone. What
 * has to follow an act is follow.h's. */
#ifndef GJR_RELATIONS_H
#define GJR_RELATIONS_H

#include "judge/recalls.h"
#include "judge/step.h"

/* What the rules of the audience, which is the action's, find by the act at hand: at least one has
 * a role for it. */
void gjr_relations_judge(gjr_sitting *step, const gjr_audience *audience);
/* The same act is done: it is remembered, and ends what it ends. */
void gjr_relations_hear(gjr_sitting *step, const gjr_audience *audience);
/* A region has come to a final stage: what its rules count for each key. */
void gjr_relations_check_end(gjr_sitting *step, uint32_t region);
/* The branch begins anew: what its rules remember is as if it had never been. */
void gjr_relations_forget(gjr_sitting *step, uint32_t branch);

/* Bytes of the tail that such an act may take, whose key takes at most so many. */
size_t gjr_relations_room(const gjr_sitting *step, uint32_t action, size_t key_size);
/* How many more an act behind such an act may take for it. */
size_t gjr_relations_room_more(const gjr_sitting *step, uint32_t action);

/* ---- for the kinds ---- */

static inline const gjr_relation *gjr_relation_row(const gjr_sitting *step, uint32_t relation)
{
    return &step->judge->rows->relations[relation];
}
static inline const gjr_rule *gjr_relation_rule(const gjr_sitting *step, uint32_t relation)
{
    return &step->judge->rows->rules[gjr_relation_row(step, relation)->rule];
}
/* The act at hand, taken in that role; NULL where no more can be, which is noted. */
gjr_recall *gjr_relation_remember(gjr_sitting *step, uint32_t relation, uint32_t role);
/* The note says from which act the rule looked; nothing where there is no note. */
void gjr_relation_name(gjr_sitting *step, uint32_t relation, const gjr_recall *first,
                       gjr_raised *raised);

#endif
