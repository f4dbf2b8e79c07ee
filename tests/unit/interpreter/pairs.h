/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules of two acts: one that follows or precedes another, is barred by it, or goes ill with it. */
#ifndef PLAIN_PAIRS_H
#define PLAIN_PAIRS_H

#include "unit/interpreter/traces.h"

/* `every A followed by B`: the act at hand has to be followed, as far as is known; or is a B, also
 * of those of which it is not known. */
bool plain_pairs_is_first(plain_case *c, const plain_rule *rule, const gjc_node *when, int region);
void plain_pairs_follow(plain_case *c, const plain_rule *rule, const gjc_node *when, int region);
void plain_pairs_end_doubts(plain_case *c, const plain_rule *rule, const gjc_node *when);

/* `every B preceded by A`, of an A, and of a B. */
void plain_pairs_keep_precedent(plain_case *c, const plain_rule *rule, const gjc_node *when,
                                int region);
void plain_pairs_precede(plain_case *c, const plain_rule *rule, int region);

/* What is barred: the first act that began it, of the key or of any, and no end of it has come
 * since; one that is barred at once, or kept until its end has come; that end. */
plain_done *plain_pairs_begun(plain_case *c, const plain_rule *rule, value key);
void plain_pairs_bar(plain_case *c, const plain_rule *rule, int region);
void plain_pairs_keep_barred(plain_case *c, const plain_rule *rule, int region);
void plain_pairs_end(plain_case *c, const plain_rule *rule, int region);

/* Among equals: the act at hand is held against those kept, and kept. */
void plain_pairs_equal(plain_case *c, const plain_rule *rule, int region);
void plain_pairs_keep_equal(plain_case *c, const plain_rule *rule, int region);

#endif
