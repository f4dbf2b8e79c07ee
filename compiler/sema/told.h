/* SPDX-License-Identifier: Apache-2.0
 *
 * What an act of a scenario tells: the data in its braces, as an event brings them. */
#ifndef GJC_TOLD_H
#define GJC_TOLD_H

#include "sema/sema.h"

/* The PAYLOAD's pairs as data of an act of that action, in the arena; those that are wrong are
 * reported and left out. A NULL payload has none. */
const gj_datum *gjc_told_data(gjc_sema *sema, uint32_t action, const gjc_node *payload,
                              size_t *count);

#endif
