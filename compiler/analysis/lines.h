/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether comparisons that are linear can come out together as they are said to: `a + b <= 100`,
 * `a > 60`, `b > 60`. What they compare are whole numbers of the smallest unit, so each is a sum of
 * whole multiples that is at most 0. Variables are eliminated one by one (Fourier and Motzkin; with
 * every sum divided by what its multiples have in common, and rounded), which is exact where one of
 * two multiples that meet is 1 or -1 (Pugh, The Omega test, 1991) and else errs towards "may be".
 */
#ifndef GJC_LINES_H
#define GJC_LINES_H

#include "sema/model.h"

enum { GJC_LINES_VARIABLES_MAX = 12, GJC_LINES_MAX = 160 };

typedef __int128 gjc_wide;

/* The sum of times[i] · variable i, and a number, is at most 0. */
typedef struct gjc_line {
    gjc_wide times[GJC_LINES_VARIABLES_MAX];
    gjc_wide plus;
} gjc_line;

typedef struct gjc_lines {
    const gjc_expr *variables[GJC_LINES_VARIABLES_MAX];
    size_t variable_count;
    gjc_line items[GJC_LINES_MAX];
    size_t count;
    bool is_partial; /* something was left out: too large, or too many */
} gjc_lines;

typedef enum gjc_side_of { GJC_BELOW, GJC_EQUAL, GJC_ABOVE } gjc_side_of;

/* Whether it compares what a sum may be made of. */
bool gjc_lines_take(const gjc_expr *comparison);
/* Whether it says more than how a single thing stands to a constant. */
bool gjc_lines_relate(const gjc_expr *comparison);

void gjc_lines_init(gjc_lines *lines);
/* The comparison holds, or does not; where one that asks for the same does not, the first is below
 * or above the other. */
void gjc_lines_add(gjc_lines *lines, const gjc_expr *comparison, bool holds, gjc_side_of side);
/* False: they cannot all be so, for certain. */
bool gjc_lines_may_meet(const gjc_lines *lines);
/* Numbers for the variables that make all of them so; false where none were found. */
bool gjc_lines_find(const gjc_lines *lines, int64_t values[GJC_LINES_VARIABLES_MAX]);

#endif
