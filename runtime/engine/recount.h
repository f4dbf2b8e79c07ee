/* SPDX-License-Identifier: Apache-2.0
 *
 * Cases counted on by other revisions of calendars (recount.c), for whoever keeps both judges. */
#ifndef GJR_RECOUNT_H
#define GJR_RECOUNT_H

#include <guiju/guiju.h>

/* Whether a case of the one judge may be counted on by the other: they are of the same unit, in
 * whatever images, and tell times by the same wall. */
bool gjr_live_may_recount(const gj_judge *was, const gj_judge *is);
/* As gj_live_calendar; both judges, and their images, outlive the live docket. */
gj_status gjr_live_recount(gj_live *live, const gj_judge *judge, const gj_recounting *recounting);

#endif
