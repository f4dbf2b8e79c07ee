/* SPDX-License-Identifier: Apache-2.0
 *
 * What a syntax error can say beyond what could have stood there: a slip whose meaning the places
 * around it give away gets its own hint, and where it is plain, what to write. */
#ifndef GJC_ADVICE_H
#define GJC_ADVICE_H

#include "syntax/make.h"
#include "syntax/reader.h"

/* Adds to a diagnostic of the token found: nothing where nothing is known. */
void gjc_advice_add(gjc_builder *builder, gjc_reader *reader, gjc_diag *diag, gjc_token found);

#endif
