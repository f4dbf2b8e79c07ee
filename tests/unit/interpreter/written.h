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
/* A list of the type: a field's or parameter's name, or what a function gives; false, and nothing,
 * where there is none. */
bool written_list(writing *w, want of, int depth);
/* Likewise where something is asked of it at once: what a table collects, too. */
bool written_asked(writing *w, want of, int depth);
/* A call of a function that gives the type; false, and nothing, where none can be called. */
bool written_call(writing *w, want of, bool list, int depth);
/* "list of number". */
void written_type(writing *w, want of, bool list);
/* `some(item in LIST: …)` and its like, giving a condition; false, and nothing, without a list. */
bool written_walk(writing *w, int depth);
void written_literal(writing *w, want of);
void written_value(writing *w, want of, int depth);
/* `open A middle B )`. */
void written_between(writing *w, const char *open, want a, const char *middle, want b, int depth);

#endif
