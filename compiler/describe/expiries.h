/* SPDX-License-Identifier: Apache-2.0
 *
 * What the law does where a limit runs out, in a drawing: an arc from each stage in which the limit
 * may run to where it takes the case. */
#ifndef GJC_EXPIRIES_H
#define GJC_EXPIRIES_H

#include "describe/machine.h"

/* Adds them to the pane, which is the last one. */
void gjc_expiries_describe(gjc_machine *machine, uint32_t pane);

#endif
