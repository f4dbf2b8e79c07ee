/* SPDX-License-Identifier: Apache-2.0
 *
 * In whose hands acts lie: what one officer has to do, since rules join it, act by act, and what
 * two officers have to, since a rule separates the acts or the only posts that may do them. Rules
 * of the case count, without exceptions, and acts that people alone do. */
#ifndef GJC_HANDS_H
#define GJC_HANDS_H

#include "analysis/graph.h"
#include "syntax/diag.h"

enum { GJC_CHAIN_MAX = 5 };

/* Acts of one officer: each and the next are of one rule. */
typedef struct gjc_chain {
    uint32_t acts[GJC_CHAIN_MAX];
    const gjc_rule *rules[GJC_CHAIN_MAX - 1];
    uint32_t count; /* acts */
} gjc_chain;

bool gjc_hands_join(const gjc_rule *rule);
/* Whether the rule keeps acts, or posts, apart. */
bool gjc_hands_separate(const gjc_rule *rule);
/* Whether such a rule lets nobody do both. */
bool gjc_hands_are_apart(const gjc_graph *graph, const gjc_rule *rule, uint32_t act,
                         uint32_t other);
/* The shortest; false where there is none, or it is longer. */
bool gjc_hands_chain(const gjc_graph *graph, uint32_t act, uint32_t other, gjb_arena *arena,
                     gjc_chain *found);

/* W0711: a post that may do two acts which a rule wants of two officers. */
void gjc_hands_check(const gjc_graph *graph, gjc_diag_list *diags);

#endif
