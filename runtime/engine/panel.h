/* SPDX-License-Identifier: Apache-2.0
 *
 * A panel: several hearings that judge the cases of one docket at the same time, each in a thread
 * of its own. Cases have nothing to do with each other, so they are shared out in runs of some; the
 * results are told in the order of the cases by the thread that asked for them, as one hearing
 * would tell them. */
#ifndef GJR_PANEL_H
#define GJR_PANEL_H

#include "engine/order.h"

/* Whether so many cases are worth it, and nothing that is judged is shared between cases: what was
 * corrected is settled while judging, a coverage is one for all, and so are the answers of natives.
 */
bool gjr_panel_is_for(const gj_docket *docket, const gj_docket_judging *judging, size_t count);
/* All cases, whose records the order has; `until` is told. False: no thread could be had, and
 * nothing is judged. */
bool gjr_panel_judge(gj_docket *docket, const gj_docket_judging *judging, const gjr_order *order,
                     gj_status *status);

#endif
