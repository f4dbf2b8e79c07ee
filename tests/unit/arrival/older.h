/* SPDX-License-Identifier: Apache-2.0
 *
 * An older revision of the calendar that a random procedure is counted by: a few days were
 * something else, perhaps less was announced, now and then the office had other hours. */
#ifndef ARRIVAL_OLDER_H
#define ARRIVAL_OLDER_H

#include "unit/interpreter/subject.h"

typedef struct older {
    gj_calendar *calendar; /* NULL: the procedure has none */
    gj_judge *judge;
} older;

void older_open(older *made, const subject *s, chance *c);
void older_close(older *made);

#endif
