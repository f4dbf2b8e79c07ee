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

#endif
