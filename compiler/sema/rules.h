/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules about one act: `on A require E`, `never A, B when E`, and `count A at most N times`, each
 * with the exceptions in which it does not bind. */
#ifndef GJC_RULES_H
#define GJC_RULES_H

#include "sema/sema.h"

void gjc_rules_resolve(gjc_sema *sema);

#endif
