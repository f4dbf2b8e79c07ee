/* SPDX-License-Identifier: Apache-2.0
 *
 * How long a limit is when nothing happens but what its own clauses allow, on the days on which
 * analyses start it. */
#ifndef GJC_LENGTHS_H
#define GJC_LENGTHS_H

#include "sema/model.h"
#include "syntax/diag.h"
#include "time/calendar.h"

/* The calendars by which a procedure's limits count, in the order of its uses. */
typedef struct gjc_calendars {
    const gj_calendar *items[GJR_CALENDARS_MAX];
    uint32_t count; /* 0: it has none */
} gjc_calendars;

/* The procedure's own, and a limit's; NULL where there is none. */
static inline const gj_calendar *gjc_calendars_own(const gjc_calendars *calendars)
{
    return calendars->count > 0 ? calendars->items[0] : NULL;
}
static inline const gj_calendar *gjc_calendars_of(const gjc_calendars *calendars,
                                                  const gjc_limit *limit)
{
    return limit->calendar < calendars->count ? calendars->items[limit->calendar] : NULL;
}

/* The days to try: the last two years whose days are published, or any one where there is no
 * calendar, which may be NULL. */
void gjc_length_starts(const gjc_calendars *calendars, gj_day *first, gj_day *last);
/* When it is due, by its own length alone, or with every extension that it allows. */
gj_instant gjc_length_plain(const gjc_calendars *calendars, const gjc_limit *limit,
                            gj_instant start);
gj_instant gjc_length_longest(const gjc_calendars *calendars, const gjc_limit *limit,
                              gj_instant start);
/* A limit whose length depends on the case, as if it always were as long as one of its lines says;
 * as its shortest, and as its longest. Where a line is told with the case nobody knows these, and
 * its budget is 0. Any other limit is as it is. */
gjc_limit gjc_length_by_line(const gjc_limit *limit, const gjc_within *line);
gjc_limit gjc_length_shortest(const gjc_limit *limit);
gjc_limit gjc_length_greatest(const gjc_limit *limit);
/* "20 working days", "20个工作日". */
gjc_arg gjc_length_words(gjc_diag_list *diags, uint32_t amount, gj_unit unit);

#endif
