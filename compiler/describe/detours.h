/* SPDX-License-Identifier: Apache-2.0
 *
 * What becomes of the acts that a stage has not: for each that the judge finds ahead, an arc to
 * where the case then stands, which names the acts left out; the others are told in the stage's
 * box. */
#ifndef GJC_DETOURS_H
#define GJC_DETOURS_H

#include "describe/machine.h"

/* Those of the chosen stage, while its pane is being filled. */
void gjc_detours_describe(gjc_machine *machine, uint32_t pane);

#endif
