/* SPDX-License-Identifier: Apache-2.0
 *
 * `migrates from`: how the cases of an earlier version go on in this one. What that version calls
 * its stages and limits the compiler does not know; where they go to it does. */
#ifndef GJC_MIGRATIONS_H
#define GJC_MIGRATIONS_H

#include "sema/sema.h"

void gjc_migrations_resolve(gjc_sema *sema, const gjc_node *procedure);

#endif
