/* SPDX-License-Identifier: Apache-2.0
 *
 * How long a limit is when nothing happens but what its own clauses allow, on the days on which
 * analyses start it. */
#ifndef GJC_LENGTHS_H
#define GJC_LENGTHS_H

#include "sema/model.h"
#include "syntax/diag.h"
#include "time/calendar.h"

/* The days to try: the last two years whose days are published, or any one where there is no
 * calendar, which may be NULL. */
void gjc_length_starts(const gj_calendar *calendar, gj_day *first, gj_day *last);
/* When it is due, by its own length alone, or with every extension that it allows. */
gj_instant gjc_length_plain(const gj_calendar *calendar, const gjc_limit *limit, gj_instant start);
gj_instant gjc_length_longest(const gj_calendar *calendar, const gjc_limit *limit,
                              gj_instant start);
/* "20 working days", "20个工作日". */
gjc_arg gjc_length_words(gjc_diag_list *diags, uint32_t amount, gj_unit unit);

#endif
