/* SPDX-License-Identifier: Apache-2.0
 *
 * From the trees of every module to the models of the procedures: those of the files given. What
 * the files use gives them posts, laws and calendars; a procedure of its own is not taken in by it,
 * so using a module never makes an image larger than its files say. */
#ifndef GJC_RESOLVE_H
#define GJC_RESOLVE_H

#include "sema/model.h"
#include "sema/modules.h"
#include "sema/tables.h"

typedef struct gjc_models {
    gjc_model *items; /* in the order of the files, and in each of declaration */
    size_t count;
    const struct gj_scenario *scenarios; /* of the files, in their order; see guiju/compile.h */
    size_t scenario_count;
    gjc_tables tables; /* of every module; for analysis */
} gjc_models;

/* In the modules' arena; mistakes are in their diagnostics. GJ_NO_MEMORY or GJ_OK. */
gj_status gjc_resolve(const gjc_modules *modules, gjc_models *models);

#endif
