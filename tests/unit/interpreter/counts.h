/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules that count an act for each key. */
#ifndef PLAIN_COUNTS_H
#define PLAIN_COUNTS_H

#include "unit/interpreter/traces.h"

/* Whether the act at hand is one too many; it is counted. */
void plain_counts_one_more(plain_case *c, const plain_rule *rule, int region);
void plain_counts_add(plain_case *c, const plain_rule *rule, int region);

#endif
