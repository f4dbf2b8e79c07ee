/* SPDX-License-Identifier: Apache-2.0
 *
 * Who held a case from its first event to its close, and how much of it each did: the law while
 * limits run and each of them is stopped, since nobody's time counts then. */
#ifndef GJR_TENURE_H
#define GJR_TENURE_H

#include "judge/held.h"

/* The result's holdings; its accounts are there. The sitting has last stepped this case. */
gj_status gjr_tenure_make(const gjr_sitting *step, gjr_held_maker *held, gj_case_result *result);

#endif
