/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules that relate acts: `every A followed by B`, `after A never B`, and their like. Each comes
 * down to roles: what an action is to the rule. */
#ifndef GJC_RELATIONS_H
#define GJC_RELATIONS_H

#include "sema/sema.h"

enum { GJC_HELD_DEFAULT = 32 }; /* acts that such a rule remembers at a time */

/* Of the rule's node, which says one; false where it says none that is taken. */
bool gjc_relations_resolve(gjc_sema *sema, const gjc_node *node, gjc_rule *rule);
/* Of a count that is kept for each key by itself: what is counted is its only role. */
void gjc_relations_take_counted(gjc_sema *sema, const gjc_node *node, gjc_rule *rule);
/* Once all actions of the procedure are known: what keeps posts apart looks at each of them. */
void gjc_relations_spread(gjc_sema *sema);
/* The one action whose act the rule is found broken by, or GJC_NO_INDEX. */
uint32_t gjc_relations_judged(const gjc_rule *rule);
/* How many acts, or pairs of them, it has to remember at a time. */
uint32_t gjc_relations_held(const gjc_rule *rule);

#endif
