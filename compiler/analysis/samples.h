/* SPDX-License-Identifier: Apache-2.0
 *
 * What conditions can be true together, found by trying. A condition compares a field, or anything
 * else that is no constant, with constants; only where a value crosses one of these can an answer
 * change. So it is enough to try, for each such term, the constants and their neighbours, in every
 * combination: values are whole numbers of the smallest unit, and nothing lies between neighbours.
 *
 * Where amounts are compared with one another, or sums of them, every such comparison may come out
 * either way, and whether some come out so together is asked of all at once (lines.h).
 *
 * What else is no comparison counts as a fact of its own that may be true or false, but for how
 * many days lie between two dates (apart.h), so more seems possible than is: "never" and "implies"
 * are certain where they are said, "both" is said only of conditions over fields and constants.
 * Missing data is left out: a condition that is unknown is a matter of its own. Conditions too
 * large to try are said nothing of. */
#ifndef GJC_SAMPLES_H
#define GJC_SAMPLES_H

#include "base/buffer.h"
#include "sema/model.h"

/* Operations tried in one compilation; beyond it nothing more is said. */
enum { GJC_SAMPLES_WORK_MAX = 1 << 24 };

typedef struct gjc_sampler {
    const gjc_model *model;
    uint64_t work; /* done so far */
} gjc_sampler;

/* No case makes it true. */
bool gjc_sample_is_never(gjc_sampler *sampler, const gjc_expr *condition);
/* Every case that makes the first true makes the second true. */
bool gjc_sample_implies(gjc_sampler *sampler, const gjc_expr *a, const gjc_expr *b);
/* Some case makes both true; it is printed ("area 101, kind renewal"). */
bool gjc_sample_find_both(gjc_sampler *sampler, const gjc_expr *a, const gjc_expr *b,
                          gjb_buffer *example);

#endif
