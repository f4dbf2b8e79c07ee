/* SPDX-License-Identifier: Apache-2.0
 *
 * The slips that people make often enough to have an answer of their own: slips.def, to look up. */
#ifndef GJC_SLIP_H
#define GJC_SLIP_H

#include <guiju/guiju.h>

typedef struct gjc_slip {
    const char *word;
    const char *replacement; /* NULL: it depends on what was meant */
    bool is_certain;
    const char *en, *zh; /* what to write instead; NULL for a mark */
} gjc_slip;

/* NULL where there is nothing to say of it. */
const gjc_slip *gjc_slip_find_word(gj_text word);
const gjc_slip *gjc_slip_find_mark(gj_text mark);

#endif
