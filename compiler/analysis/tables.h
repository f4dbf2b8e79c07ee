/* SPDX-License-Identifier: Apache-2.0
 *
 * What a decision table leaves out, where its rows meet, and which of them are never reached; each
 * with an example. Missing arguments are left out: where one is unknown, so may the table be. */
#ifndef GJC_ANALYSIS_TABLES_H
#define GJC_ANALYSIS_TABLES_H

#include "sema/tables.h"

/* Reports what is wrong with each. */
void gjc_tables_check(const gjc_tables *tables, gjc_diag_list *diags);

#endif
