/* SPDX-License-Identifier: Apache-2.0
 *
 * Counting back from something that has come: so many days or so much time before it. Of days
 * neither end is counted: what lies between the two is. */
#ifndef GJR_TIME_BACKWARD_H
#define GJR_TIME_BACKWARD_H

#include "time/count.h"

typedef struct gjr_back {
    gj_day day;         /* of days: the last that lies at least so far back, or the first within */
    gj_instant instant; /* of time: the same */
    uint64_t amount;    /* by how much the act lies on the wrong side; 0: it does not. Of months and
                           years in days */
} gjr_back;

/* Whether an act lies at least so many units before the target, or within so many. */
gjr_back gjr_count_back(const gj_calendar *calendar, gj_unit unit, uint32_t amount, bool within,
                        gj_instant act, gj_instant target);

#endif
