/* SPDX-License-Identifier: Apache-2.0
 *
 * A template's clauses written out: copies of their nodes in which each parameter's name has given
 * way to what the include says. A copy stands where the template's words stand, in a source of its
 * own that is that text again and knows the include; so what is wrong in it is shown at the
 * template's line and at the include's. */
#ifndef GJC_PLACING_H
#define GJC_PLACING_H

#include "sema/sema.h"

enum {
    GJC_PLACED_MAX = 100000, /* nodes that includes may write out in one compilation */
};

typedef struct gjc_argument {
    gj_text name;
    bool is_name; /* it stands for a name and not for a value */
    const gjc_node *value;
} gjc_argument;

typedef struct gjc_placing {
    gjc_sema *sema;
    const gjc_argument *arguments;
    size_t argument_count;
    uint32_t from, source; /* the template's text, and that text as it is put in place */
    size_t *placed;        /* nodes so far, of the compilation */
    bool is_wrong;         /* an argument does not fit where it would stand; it was reported */
} gjc_placing;

/* NULL where memory ends, or there are too many. */
gjc_node *gjc_placing_copy(gjc_placing *placing, const gjc_node *node);

#endif
