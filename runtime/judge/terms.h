/* SPDX-License-Identifier: Apache-2.0
 *
 * How a limit counts: from its row and from how far it has come. What is derived here is never
 * kept. */
#ifndef GJR_TERMS_H
#define GJR_TERMS_H

#include "image/layout.h"
#include "judge/judge.h"
#include "time/count.h"

/* How far a running limit has come. */
typedef struct gjr_pace {
    gj_instant since; /* what is left is counted from here */
    int64_t consumed; /* as a gjr_term's */
    uint32_t budget;
} gjr_pace;

gjr_term gjr_terms_of(const gjr_limit *row, const gjr_pace *pace);
gjr_count gjr_terms_count(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace);
/* Its `due` alone. */
gj_instant gjr_terms_due(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace);
/* When that rung of the limit is reached. */
gj_instant gjr_terms_rung(const gj_judge *judge, const gjr_limit *row, const gjr_pace *pace,
                          const gjr_rung *rung);

/* Whether it makes the limit late, and not just due soon. */
static inline bool gjr_rung_is_late(const gjr_rung *rung)
{
    return rung->kind == GJR_RUNG_OVERDUE;
}

#endif
