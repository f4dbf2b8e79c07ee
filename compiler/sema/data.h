/* SPDX-License-Identifier: Apache-2.0
 *
 * What a case is known by: the fields of `data` and the `documents`. */
#ifndef GJC_DATA_H
#define GJC_DATA_H

#include "sema/sema.h"

/* Names and types; defaults and conditions are read once every name is known. */
void gjc_data_declare(gjc_sema *sema, const gjc_node *procedure);
void gjc_data_resolve(gjc_sema *sema, const gjc_node *procedure);

#endif
