/* SPDX-License-Identifier: Apache-2.0
 *
 * The same days as data: a JSON file as the repository holiday-cn keeps one a year,
 *
 *     {"year": 2024, "papers": ["https://…"], "days": [{"name", "date", "isOffDay"}, …]}
 *
 * Read from its bytes with the place of every value, so that a day that does not agree with a
 * notice is shown where it stands. Other keys are passed over. */
#ifndef GJC_NOTICE_LIST_H
#define GJC_NOTICE_LIST_H

#include "notice/facts.h"

/* Whether the text is one: its first character is a brace. */
bool gjc_list_is(gj_text text);
/* Its year; false, and reported, where it has none or is not JSON. */
bool gjc_list_head_read(const gjc_sources *sources, uint32_t index, gjc_diag_list *diags,
                        gjc_notice_source *source);
/* Its days, said to the facts; false where there are none: the year is not announced yet. */
bool gjc_list_read(gjc_facts *facts, const gjc_notice_source *source);

#endif
