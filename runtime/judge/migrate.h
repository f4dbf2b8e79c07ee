/* SPDX-License-Identifier: Apache-2.0
 *
 * A case moved to another version of its procedure: a function of its state, both judges and the
 * instant, and of nothing else, so that whoever judges the case anew and moves it at that instant
 * comes to the same. What runs goes on: a limit that is kept began when it began, and what stopped
 * or extended it is counted by the new version; one that begins anew begins at that instant. What
 * the old version kept no account of, though the new one asks for it, is counted from then on. */
#ifndef GJR_MIGRATE_H
#define GJR_MIGRATE_H

#include "judge/step.h"
#include "judge/succession.h"

/* Time must have come to `at` in the old state, which is used up; the new one is initialised, of
 * whatever was in it nothing is left. What either raised is borrowed until its next step: of the
 * old sitting findings that are closed by this, which come first, and of the new one what stands
 * otherwise by the new version, or falls due by it at once. GJ_NO_MEMORY, GJ_OVER_LIMIT. */
gj_status gjr_case_migrate(const gjr_succession *by, gjr_sitting *was, gjr_case *from,
                           gjr_sitting *is, gjr_case *to, gj_instant at);

#endif
