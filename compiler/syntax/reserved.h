/* SPDX-License-Identifier: Apache-2.0
 *
 * A reserved word where only a name can stand. It is reported once and, where the clause goes on as
 * it would after a name, taken for the name that was meant: so the block that it heads is read, and
 * what is wrong inside is found in the same run. */
#ifndef GJC_RESERVED_H
#define GJC_RESERVED_H

#include "syntax/make.h"
#include "syntax/reader.h"

/* E0205 at the token, with the fix that quotes it; false where its words cannot be a name. */
bool gjc_reserved_report(gjc_builder *builder, gjc_token found);
/* Turns the reader's last token into a name, where it is such a word. */
void gjc_reserved_take(gjc_builder *builder, gjc_reader *reader, gjc_token *token);

#endif
