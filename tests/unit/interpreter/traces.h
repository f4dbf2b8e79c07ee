/* SPDX-License-Identifier: Apache-2.0
 *
 * What rules that relate acts are read off: of every rule the acts that were something to it stand
 * in the order in which they were done, and each is held against all before it. Nothing is
 * forgotten but what a branch that begins anew forgets. */
#ifndef PLAIN_TRACES_H
#define PLAIN_TRACES_H

#include "unit/interpreter/case.h"

enum { REMEMBERED_MAX = 32 }; /* acts that are to be followed, or keys counted, at a time */

static inline bool plain_rule_is(const plain_rule *rule, gjc_kind kind)
{
    return rule->says->kind == kind;
}

static inline const gjc_node *plain_rule_acts(const plain_rule *rule)
{
    return gjc_node_find(rule->says, GJC_ACTS);
}

plain_trace *plain_trace_of(plain_case *c, const plain_rule *rule);
/* The act at hand is that to the rule. */
plain_done *plain_trace_add(plain_case *c, const plain_rule *rule, plain_role role);
/* Where it remembers no more than it can; else that is noted, and NULL. */
plain_done *plain_trace_remember(plain_case *c, const plain_rule *rule, plain_role role,
                                 int region);
/* The key of the rule that the event at hand tells, whatever was told before; or unknown. */
value plain_trace_key(const plain_case *c, const plain_rule *rule);
/* Whether it does, where the rule has keys; where not, that is noted. */
bool plain_trace_tells_key(plain_case *c, const plain_rule *rule, int region);
/* Whether the act at hand counts under that condition; what is unknown is noted. */
bool plain_trace_counts(plain_case *c, const plain_rule *rule, const gjc_node *when, int region);
/* The same, or unknown: what was missing for that stands in `lacks`, and not under the rule. */
value plain_trace_asks(plain_case *c, const plain_rule *rule, const gjc_node *when, int region,
                       bool lacks[LACKS_MAX]);
/* A finding that the rule was not kept; NULL where an exception holds, or cannot be told. `action`:
 * whose parameters an exception may speak of; or NO. */
plain_found *plain_trace_break(plain_case *c, const plain_rule *rule, gj_code code, int action,
                               int region);
/* The finding, if there is one, names the act from which the rule looked, if there is one. */
void plain_trace_name(const plain_case *c, plain_found *found, const plain_done *first,
                      const plain_rule *rule);

#endif
