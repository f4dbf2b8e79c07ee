/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules about one act: `on A require E` and `never A, B when E`. */
#ifndef GJC_RULES_H
#define GJC_RULES_H

#include "sema/sema.h"

void gjc_rules_resolve(gjc_sema *sema);

#endif
