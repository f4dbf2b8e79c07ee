/* SPDX-License-Identifier: Apache-2.0
 *
 * From a note to a finding: names, citations, counted days, and the identity, which depends on the
 * facts alone (docs/LANGUAGE.md, "Identity"). Done for the findings that are kept, not while
 * judging. Printing and explaining a finding needs nothing but the finding. */
#ifndef GJR_FINDING_H
#define GJR_FINDING_H

#include "base/buffer.h"
#include "judge/raised.h"

/* The event is the judged one, or NULL. What is made lives in the arena; texts that the note
 * borrows from the case must outlive it. */
gj_status gjr_finding_make(const gj_judge *judge, gj_text case_id, const gjr_raised *raised,
                           const gjr_event *event, gjb_arena *arena, gj_finding *finding);

/* "outer/inner" by name or by title, in the arena; absent in region 0. False when memory ends. */
bool gjr_finding_branch_path(const gj_judge *judge, uint32_t region, bool titles, gjb_arena *arena,
                             gj_text *path);

/* A rung reached at that instant. */
gj_rung gjr_finding_rung(const gjr_rung *rung, gj_instant at);

/* The explanation, one paragraph. */
void gjr_finding_explain(const gj_finding *finding, gj_lang lang, gjb_buffer *out);
/* The JSON object, without a newline. */
void gjr_finding_print(const gj_finding *finding, gj_lang lang, gjb_buffer *out);
/* Its key "by_law" in an object that has keys before it. */
void gjr_finding_print_law(gjb_buffer *out, const gj_law *law);
/* "hours" and its value; nothing where there are none. */
void gjr_finding_print_hours(gjb_buffer *out, const gj_office_hours *hours, size_t count);
/* Likewise the key "basis". */
void gjr_finding_print_basis(gjb_buffer *out, const gj_citation *cited, size_t count);

#endif
