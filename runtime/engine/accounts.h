/* SPDX-License-Identifier: Apache-2.0
 *
 * The accounts of a case's limits: of each start of each, in their order, made of the trace that
 * was kept while the case was judged. */
#ifndef GJR_ACCOUNTS_H
#define GJR_ACCOUNTS_H

#include "judge/account.h"

/* The result's accounts, and who held the case, made in the arena. The sitting has last stepped
 * this case, with the trace from its first event on. */
gj_status gjr_accounts_make(const gjr_sitting *step, gjb_arena *arena, gj_case_result *result);

#endif
