/* SPDX-License-Identifier: Apache-2.0
 *
 * To which region an act goes. Of the regions that run and have the action: the one named by the
 * event's branch, else those of its department, else of its post, else all; among them the first
 * that expects the act, inner ones first, in the order of declaration; else the one before which
 * the fewest acts were left out. */
#ifndef GJR_ROUTE_H
#define GJR_ROUTE_H

#include "judge/ways.h"

typedef enum gjr_bearing {
    GJR_BEARING_HERE,   /* expected */
    GJR_BEARING_AHEAD,  /* too early: see ahead */
    GJR_BEARING_BEHIND, /* not ahead */
    GJR_BEARING_ENDED,  /* of a branch that ended when others had finished: only recorded */
    GJR_BEARING_CLOSED, /* the region, or the case, has come to a final stage */
    GJR_BEARING_FREE,   /* in no stage */
} gjr_bearing;

typedef struct gjr_route {
    gjr_bearing bearing;
    uint32_t region; /* GJR_NONE: of a free act whose branch was not told */
    gjr_ahead ahead;
} gjr_route;

gjr_route gjr_route_find(gjr_sitting *step, uint32_t action);

#endif
