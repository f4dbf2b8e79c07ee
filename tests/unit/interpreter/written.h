/* SPDX-License-Identifier: Apache-2.0
 *
 * The pieces of which random expressions are made. */
#ifndef PLAIN_WRITTEN_H
#define PLAIN_WRITTEN_H

#include "unit/interpreter/catalogue.h"
#include "unit/interpreter/random.h"

/* A field or parameter of the type; NULL where there is none. */
const char *written_find(writing *w, want of, bool list);
/* Writes its name; false, and nothing, where there is none. */
bool written_name(writing *w, want of, bool list);
bool written_one(writing *w, const names *of);
void written_literal(writing *w, want of);
void written_value(writing *w, want of, int depth);
/* `open A middle B )`. */
void written_between(writing *w, const char *open, want a, const char *middle, want b, int depth);

#endif
