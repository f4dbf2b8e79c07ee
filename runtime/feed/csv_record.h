/* SPDX-License-Identifier: Apache-2.0
 *
 * The next record of a CSV file, which stays in the window until it is taken. A quoted cell may
 * hold newlines, so one quote too many can swallow the rest of a file. Where a record turns out
 * malformed, or is never closed, only its first line is given up: up to where it was noticed the
 * following lines are then read as one record each, and no byte more than twice. */
#ifndef GJR_FEED_CSV_RECORD_H
#define GJR_FEED_CSV_RECORD_H

#include "feed/feed.h"

typedef struct gjr_csv_place {
    uint64_t next_line;
    uint64_t singly_until; /* before this offset a record is a line */
    bool was_open;         /* some record was, at the end of what there was */
} gjr_csv_place;

typedef struct gjr_csv_record {
    size_t size, taken; /* without and with its newline */
    bool quotes;
} gjr_csv_record;

/* feed->line becomes that of its first byte. GJ_MALFORMED: what was wrong is taken already. */
gj_status gjr_csv_record_next(gj_feed *feed, gjr_csv_place *place, gjr_csv_record *found);

#endif
