/* SPDX-License-Identifier: Apache-2.0
 *
 * Older revisions of the calendars that a random procedure is counted by: of one of them or of
 * several a few days were something else, perhaps less was announced, now and then the office had
 * other hours. */
#ifndef ARRIVAL_OLDER_H
#define ARRIVAL_OLDER_H

#include "unit/interpreter/subject.h"

typedef struct older {
    gj_calendar *calendars[4]; /* as the subject's */
    size_t calendar_count;
    gj_judge *judge;
} older;

void older_open(older *made, const subject *s, chance *c);
void older_close(older *made);

#endif
