/* SPDX-License-Identifier: Apache-2.0
 *
 * Natives as the judge has them: bound by name and signature when it is made, asked while a
 * condition is worked out. What the machine takes for unknown because a native failed is noted, so
 * that whoever reads the finding knows that it was not the data. */
#ifndef GJR_JUDGE_NATIVES_H
#define GJR_JUDGE_NATIVES_H

#include "judge/step.h"

/* Finds each that the procedure names among those granted: GJ_UNGRANTED where one is not there, or
 * not as the procedure says. */
gj_status gjr_judge_natives_bind(gj_judge *judge, const gj_natives *natives);

/* Of a native of the procedure. */
gj_native_type gjr_judge_native_result(const gj_judge *judge, uint32_t native);

/* For gjr_facts. */
gjr_value gjr_sitting_call(void *payload, uint32_t native, const gjr_value *arguments);
/* The same where a run is made once more: nobody is asked, and what was not recorded is unknown. */
gjr_value gjr_sitting_recall(void *payload, uint32_t native, const gjr_value *arguments);
/* native-failed, of each that failed since the last time; one event names a native once. */
void gjr_sitting_note_natives(gjr_sitting *step);
/* Whether the expression asks one of which that is noted. */
bool gjr_sitting_has_failed(const gjr_sitting *step, uint32_t expression);

#endif
