/* SPDX-License-Identifier: Apache-2.0
 *
 * Declared functions; a decision table is one, too. A function is an expression under a name: a
 * call stands for its body with the arguments put in, so it costs what writing it out would, is
 * exact in what is unknown, and needs nothing in the image. It sees its parameters and other
 * functions, and none calls itself. */
#ifndef GJC_FUNCTIONS_H
#define GJC_FUNCTIONS_H

#include "sema/binders.h"
#include "sema/declared.h"

/* A row of a table that collects: whether it holds, and what it gives. */
typedef struct gjc_collected {
    gjc_expr *when, *value;
} gjc_collected;

/* Worked out: the parameters are binders of the body. */
typedef struct gjc_function {
    gjc_binder *parameters;
    uint32_t parameter_count;
    gjc_type result;
    gjc_expr *body;            /* NULL: wrong, or it collects */
    bool collects;             /* a table of which all rows that hold count */
    const gjc_collected *rows; /* then these; NULL: wrong */
    uint32_t row_count;
    const struct gjc_table *table; /* whose rows they are */
} gjc_function;

/* The function that the name of a call means where it is read, or NULL; *ambiguous where several
 * could be meant, which is reported. */
gjc_declared *gjc_functions_find(gjc_sema *sema, const gjc_node *path, bool *ambiguous);
/* Worked out; NULL where it is wrong. */
const gjc_function *gjc_functions_get(gjc_sema *sema, gjc_declared *declared);
/* What is made of the function's body, or of its rows, with the call's arguments. NULL where they
 * are wrong, and then reported. */
gjc_expr *gjc_functions_put(gjc_sema *sema, const gjc_node *call, gjc_declared *declared,
                            gjc_expr *whole);
/* The call with its arguments. NULL where it is wrong, and then reported. */
gjc_expr *gjc_functions_call(gjc_sema *sema, const gjc_node *call, gjc_declared *function);
/* Every function of every module, so that a mistake in one that nobody calls is told too. */
void gjc_functions_work_out(gjc_sema *sema);

#endif
