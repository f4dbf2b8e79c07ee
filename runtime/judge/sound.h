/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether bytes that were stored as a case's state are such that judging may go on from them. A
 * store is a file that others may have written to, so nothing of it is believed: every index is
 * held to its table, every instant to the calendar, every span to the tail, every list of turns to
 * its end, and no two things that may change lie over one another. What is not told here is
 * whether the state is what its events come to. */
#ifndef GJR_SOUND_H
#define GJR_SOUND_H

#include "judge/case.h"

/* Of a state that was put there (gjr_case_put). GJ_REFUSED: it is not sound. */
gj_status gjr_sound_check(const gjr_case *judged);

#endif
