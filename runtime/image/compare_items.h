/* SPDX-License-Identifier: Apache-2.0
 *
 * What is compared of two images: kinds of items, and of each the aspects. An aspect has the
 * columns of the item's row that it covers: two of them are the same where those have the same
 * content (content.h), and words are only what is shown. What no aspect covers is the aspect
 * "other", so that a column which is added to records.def is compared before anyone thinks of it.
 */
#ifndef GJR_COMPARE_ITEMS_H
#define GJR_COMPARE_ITEMS_H

#include "image/compare_words.h"

enum { GJR_ASPECTS_MAX = 14, GJR_ASPECT_COLUMNS_MAX = 8 };

typedef struct gjr_covered {
    const char *name; /* of the column; NULL ends */
    uint32_t mask;    /* of its flags; 0: all of it */
} gjr_covered;

typedef struct gjr_aspect {
    const char *name;
    void (*say)(const gjr_view *v, uint32_t row);
    /* Where rows of the first column are compared one by one, and those alone are said that the
     * other has not: how one is said. */
    void (*say_each)(const gjr_view *v, uint32_t row);
    /* What stands elsewhere and belongs here, or NULL. */
    void (*add)(const gjr_rows *rows, uint32_t row, gjb_buffer *out);
    gjr_covered columns[GJR_ASPECT_COLUMNS_MAX];
} gjr_aspect;

typedef struct gjr_item {
    const char *name;
    gjr_table table;
    bool (*is_told)(const gjr_rows *rows, uint32_t row); /* where it is new or gone; NULL: always */
    bool (*is_item)(const gjr_rows *rows, uint32_t row); /* NULL: each row is */
    gjr_aspect aspects[GJR_ASPECTS_MAX];
} gjr_item;

extern const gjr_item gjr_items[];
extern const size_t gjr_item_count;

#endif
