/* SPDX-License-Identifier: Apache-2.0
 *
 * The cells of the next record. Most records are a line without quotes: those are split where they
 * stand in one sweep, the others once csv_record.h has said where they end. */
#ifndef GJR_FEED_CSV_CELLS_H
#define GJR_FEED_CSV_CELLS_H

#include "base/arena.h"
#include "feed/csv_record.h"

typedef struct gjr_csv_cells {
    gjr_csv_place place;
    gj_text *items; /* into the window, until it is filled */
    size_t count, capacity;
    gjb_arena unquoted; /* those that are not in the window as they are read */
} gjr_csv_cells;

void gjr_csv_cells_init(gjr_csv_cells *cells, const gj_allocator *allocator);
void gjr_csv_cells_deinit(gjr_csv_cells *cells, const gj_allocator *allocator);
/* Of the next record that is not blank. They stay where they are until *taken bytes are taken from
 * the window. */
gj_status gjr_csv_cells_next(gj_feed *feed, gjr_csv_cells *cells, size_t *taken);

#endif
