/* SPDX-License-Identifier: Apache-2.0
 *
 * A notice of the State Council's General Office as text: whose year it arranges and whether it
 * announces, adds or amends, from its title; then its items. Notices are copied from web pages and
 * scans, so what is no item is passed over, and a text without any is a mistake. */
#ifndef GJC_NOTICE_NOTICE_H
#define GJC_NOTICE_NOTICE_H

#include "notice/facts.h"

/* Fills in what the text says of itself; `year` stands where it says none (0: unknown). False, and
 * reported, where the year is not known. */
bool gjc_notice_head_read(const gjc_sources *sources, uint32_t index, int32_t year,
                          gjc_diag_list *diags, gjc_notice_source *source);
/* Its items, said to the facts. */
void gjc_notice_read(gjc_facts *facts, const gjc_notice_source *source);

#endif
