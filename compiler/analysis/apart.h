/* SPDX-License-Identifier: Apache-2.0
 *
 * What a comparison of dates says of how many days lie between two of them, whatever the calendar:
 * so many working days are as many days at least, and a month is 28 to 31. So `> 5 workdays` and
 * `< 5 days` are known not to hold together, though each is of a unit of its own. */
#ifndef GJC_APART_H
#define GJC_APART_H

#include "sema/model.h"

typedef struct gjc_apart {
    const gjc_expr *date, *from; /* of `date - from` */
    int64_t least, most;         /* the days lie within these; GJC_APART_ANY on a side: no bound */
} gjc_apart;

#define GJC_APART_ANY (INT64_MAX / 4)

/* What is known where the comparison comes out so; false: nothing. */
bool gjc_apart_of(const gjc_expr *comparison, bool holds, gjc_apart *found);

#endif
