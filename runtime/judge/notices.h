/* SPDX-License-Identifier: Apache-2.0
 *
 * The notices that stops and extensions of a limit wait for: when each can no longer come in time,
 * and what hangs on that where days are not announced. */
#ifndef GJR_NOTICES_H
#define GJR_NOTICES_H

#include "judge/course.h"

/* When a stop or an extension's notice is due, in any case; GJ_NEVER where only the limit's own end
 * bounds it. */
gj_instant gjr_notices_due(const gjr_case *judged, const gjr_turn *turn);
/* Whether, on days that are not announced, it may have been due by then; or the limit, where that
 * bounds it. */
bool gjr_notices_may_be_over(const gjr_case *judged, uint32_t limit, const gjr_turn *turn,
                             gj_instant at);
/* Before that the limit is due in no case, as far as is known by then: whether or not what was
 * granted, or told, in doubt makes it longer. */
gj_instant gjr_notices_soonest(const gjr_case *judged, uint32_t limit, gj_instant at);
/* When the next notice that is waited for can no longer come in time, of turns that still matter;
 * the turn. */
gj_instant gjr_notices_next(const gjr_case *judged, uint32_t limit, gjr_turn **turn);

#endif
