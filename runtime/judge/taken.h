/* SPDX-License-Identifier: Apache-2.0
 *
 * What a finding tells of stops and extensions: those that its limit took, and the one without
 * effect that it is about. */
#ifndef GJR_TAKEN_H
#define GJR_TAKEN_H

#include "judge/raised.h"

/* In the arena; false when memory ends. What was stopped is counted up to the due that is there. */
bool gjr_taken_make(const gj_judge *judge, const gjr_raised *raised, gjb_arena *arena,
                    gj_counted *counted);
gj_voided gjr_voided_make(const gj_judge *judge, const gjr_raised *raised);

/* The citations, in the arena; NULL when memory ends. */
gj_citation *gjr_citations_make(const gj_judge *judge, uint32_t first, uint32_t count,
                                gjb_arena *arena);

#endif
