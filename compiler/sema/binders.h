/* SPDX-License-Identifier: Apache-2.0
 *
 * Names that an expression itself gives: `b` in `some(b in bids: …)`, the parameters of a function.
 * They are in sight inside it, before anything of the case. Inside a function they are all that is
 * in sight, so that it means the same wherever it is called. */
#ifndef GJC_BINDERS_H
#define GJC_BINDERS_H

#include "sema/sema.h"

typedef struct gjc_binder {
    gjc_label label;
    gjc_type type;
    uint32_t number;
    bool is_lasting; /* what it stands for depends on no case */
    bool is_read;    /* of a parameter, once the body is worked out: the body hangs on it */
    const struct gjc_binder *outer;
} gjc_binder;

/* A new binder of the model, which has the name from now until gjc_binder_close. E0302 where
 * something in sight has the name already. */
void gjc_binder_open(gjc_sema *sema, gjc_binder *bound);
void gjc_binder_close(gjc_sema *sema, const gjc_binder *bound);
/* What has the name, or NULL. */
const gjc_binder *gjc_binder_find(const gjc_sema *sema, gj_text name);
/* Reads it. */
gjc_expr *gjc_binder_read(gjc_sema *sema, const gjc_binder *bound, gjc_span span);
/* Whether what it stands for is asked for in the expression. */
bool gjc_binder_is_read(const gjc_expr *expr, uint32_t binder);
/* For spellings: those in sight, in the arena. */
gjc_labels gjc_binder_names(gjc_sema *sema);

#endif
