/* SPDX-License-Identifier: Apache-2.0
 *
 * Dates, times and lengths of time in expressions. Days, hours and minutes are fixed lengths and
 * values of their own. Months, years and working days are not: they shift a date, and a difference
 * of two dates is compared with them by shifting one of the two:
 *
 *     today - filed > 5 workdays      today > filed + 5 workdays
 *     at >= 09:00                     the clock at `at` is not before 09:00 */
#ifndef GJC_MOMENTS_H
#define GJC_MOMENTS_H

#include "sema/sema.h"

/* A DURATION of a fixed length. NULL where it is wrong or none, and reported. */
gjc_expr *gjc_moments_duration(gjc_sema *sema, const gjc_node *node);

/* An ADD or SUBTRACT with a length that is not fixed, and its value: the date shifted. */
bool gjc_moments_is_shift(const gjc_node *node);
gjc_expr *gjc_moments_shift(gjc_sema *sema, const gjc_node *node);

/* Whether one of the two is a date or a time, and what adding or subtracting them, as the node
 * says, gives. */
bool gjc_moments_are_calculated(const gjc_expr *a, const gjc_expr *b);
gjc_expr *gjc_moments_calculate(gjc_sema *sema, const gjc_node *node, gjc_expr *a, gjc_expr *b);

/* Whether a side of a comparison is a time of day or a length that is not fixed, and the two
 * operands to compare in its place. False where they are wrong, and reported. */
bool gjc_moments_are_compared(const gjc_node *node);
bool gjc_moments_compare(gjc_sema *sema, const gjc_node *node, gjc_expr **a, gjc_expr **b);

#endif
