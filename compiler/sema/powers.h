/* SPDX-License-Identifier: Apache-2.0
 *
 * What the posts' blocks say beside the stages: `may A when E` and `never A when E`. */
#ifndef GJC_POWERS_H
#define GJC_POWERS_H

#include "sema/sema.h"

void gjc_powers_resolve(gjc_sema *sema);

#endif
