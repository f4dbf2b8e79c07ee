/* SPDX-License-Identifier: Apache-2.0
 *
 * Syntax errors in the reader's words: what was found, what could have stood there, and the slips
 * that people make often enough to have a hint of their own. */
#ifndef GJC_EXPECT_H
#define GJC_EXPECT_H

#include "syntax/make.h"
#include "syntax/reader.h"

/* Whether the parser could have taken a token of this kind. */
bool gjc_expect_has(const gjc_builder *builder, int token);
/* The parser could not take the token; builder->expected is what it could have taken. */
void gjc_expect_report(gjc_builder *builder, gjc_reader *reader, gjc_token found);

#endif
