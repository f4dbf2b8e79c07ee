/* SPDX-License-Identifier: Apache-2.0
 *
 * Functions: a call stands for the function's expression with the arguments in the place of its
 * parameters. */
#ifndef PLAIN_FUNCTIONS_H
#define PLAIN_FUNCTIONS_H

#include "unit/interpreter/types.h"

enum { ARGUMENTS_MAX = 8 };

/* What the function sees during one call: its parameters and nothing of a case. */
typedef struct frame {
    facts inside;
    bound own[ARGUMENTS_MAX];
} frame;

/* The function or table that a call means; NULL: a built-in one. */
const gjc_node *function_of(const plain *p, const gjc_node *expr);
plain_type function_type(const plain *p, const gjc_node *function);
/* With the arguments' values, or as unknown where only names are asked for. */
void function_enter(const facts *f, const gjc_node *expr, const gjc_node *function, bool valued,
                    frame *out);
value function_value(const facts *f, const gjc_node *expr, const gjc_node *function);
void function_missing(const facts *f, const gjc_node *expr, const gjc_node *function,
                      bool *missing);

#endif
