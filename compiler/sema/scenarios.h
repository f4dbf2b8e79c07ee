/* SPDX-License-Identifier: Apache-2.0
 *
 * Scenarios: cases that a source tells, with what is expected of them. Their names are checked here
 * against the procedure, and what comes out is plain data (gj_scenario), so that whoever runs them
 * needs no tree. The image knows nothing of them. */
#ifndef GJC_SCENARIOS_H
#define GJC_SCENARIOS_H

#include "sema/resolve.h"
#include "sema/sema.h"

/* Those of the files given, once their procedures are resolved. */
void gjc_scenarios_resolve(gjc_sema *sema, gjc_models *models);

#endif
