/* SPDX-License-Identifier: Apache-2.0
 *
 * Types: comparing, reading and naming them. Every `one of` is a type of its own, whatever its
 * members are called. */
#ifndef GJC_TYPES_H
#define GJC_TYPES_H

#include "sema/sema.h"

gjc_type gjc_type_of(gjr_type base);
bool gjc_type_equal(gjc_type a, gjc_type b);
gjc_type gjc_type_list(gjc_type element);
bool gjc_type_is_amount(gjc_type type);  /* number, money or duration */
bool gjc_type_is_ordered(gjc_type type); /* those, date and time */
gjc_type gjc_type_element(gjc_type list);

/* A TYPE node; a `one of` makes its enumeration. GJR_TYPE_NOTHING where it is none, and reported.
 */
gjc_type gjc_type_resolve(gjc_sema *sema, const gjc_node *node);
/* Every declared type of every module, so that a mistake in one that nobody uses is told too. */
void gjc_types_work_out(gjc_sema *sema);
/* For messages: "list of number", "one of { a, b }". */
gjc_arg gjc_type_words(gjc_sema *sema, gjc_type type);

#endif
