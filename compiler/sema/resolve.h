/* SPDX-License-Identifier: Apache-2.0
 *
 * From the trees of every module to the model of the one procedure. */
#ifndef GJC_RESOLVE_H
#define GJC_RESOLVE_H

#include "sema/model.h"
#include "sema/modules.h"

/* Fills the model, which must be initialised; mistakes are in the modules' diagnostics. Without a
 * procedure has_procedure stays false. GJ_NO_MEMORY or GJ_OK. */
gj_status gjc_resolve(const gjc_modules *modules, gjc_model *model);

#endif
