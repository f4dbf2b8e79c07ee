/* SPDX-License-Identifier: Apache-2.0
 *
 * Sets of points as boxes: a box is, for each of several columns, a set of whole numbers, and holds
 * the points whose every number is in the set of its column. Rows of a decision table are boxes,
 * and what is asked of them is whether two meet and whether some leave a point of another out.
 *
 * A column matters only where some box begins or ends, so it falls into few intervals throughout
 * which the same boxes fit. Column by column these are gone through, with the boxes that are still
 * in question; boxes once found to leave nothing out from a column on do so together with any
 * others. The answers are exact; what would take too long is not answered. */
#ifndef GJC_BOXES_H
#define GJC_BOXES_H

#include "sema/tables.h"

enum {
    GJC_BOXES_WORK_MAX = 1 << 23, /* comparisons of an interval with a box, for all answers */
    GJC_BOX_COLUMNS_MAX = GJC_TABLE_COLUMNS_MAX,
    GJC_BOXES_MAX = GJC_TABLE_ROWS_MAX,
};

/* One column's set: intervals in order, and apart. */
typedef struct gjc_side {
    const gjc_interval *intervals;
    uint32_t count;
} gjc_side;

typedef struct gjc_box {
    const gjc_side *sides; /* by column */
} gjc_box;

/* Of a point found: for each column an interval of numbers any of which will do. */
typedef struct gjc_spot {
    gjc_interval sides[GJC_BOX_COLUMNS_MAX];
} gjc_spot;

typedef enum gjc_found { GJC_FOUND, GJC_FOUND_NONE, GJC_NOT_DECIDED } gjc_found;

/* What several questions about the same columns share. */
typedef struct gjc_boxes_asking {
    uint32_t column_count;
    gjb_arena *arena;
    uint64_t work; /* done so far; beyond the bound nothing more is decided */
} gjc_boxes_asking;

/* Whether some point lies in both. */
bool gjc_boxes_meet(const gjc_box *a, const gjc_box *b, uint32_t column_count, gjc_spot *spot);
/* A point of `whole` that lies in none of the boxes, which are at most GJC_BOXES_MAX. */
gjc_found gjc_boxes_find_left_out(gjc_boxes_asking *asking, const gjc_box *whole,
                                  const gjc_box *boxes, uint32_t count, gjc_spot *spot);

#endif
