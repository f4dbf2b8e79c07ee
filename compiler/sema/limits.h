/* SPDX-License-Identifier: Apache-2.0
 *
 * Limits: one span of time each, what sets it going, what ends it, how it is counted and who
 * answers for it. */
#ifndef GJC_LIMITS_H
#define GJC_LIMITS_H

#include "sema/sema.h"

/* Names first, since conditions speak of limits by name (`due(L)`). */
void gjc_limits_declare(gjc_sema *sema);
void gjc_limits_resolve(gjc_sema *sema);
/* One more in the region being read; NULL where its name is taken, reported, or memory ends. */
gjc_limit *gjc_limits_add(gjc_sema *sema, const gjc_label *label, const gjc_node *node);

/* What the clause's TRIGGERs name, in the arena; what is said twice is taken once. NULL when memory
 * ends. */
gjc_trigger *gjc_limits_triggers(gjc_sema *sema, const gjc_node *clause, uint32_t *count);

#endif
