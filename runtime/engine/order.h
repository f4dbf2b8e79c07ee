/* SPDX-License-Identifier: Apache-2.0
 *
 * The records of each case side by side, in the order they came. For all cases they are laid out in
 * one pass over the records, so that those of the cases to come are known and can be asked for
 * while one is judged; for a single case its chain is walked, and nothing else is touched. */
#ifndef GJR_ORDER_H
#define GJR_ORDER_H

#include "engine/docket.h"

typedef struct gjr_order {
    const gj_allocator *allocator;
    uint32_t *items; /* records */
    size_t count;
} gjr_order;

/* The cases [first, end), each behind the one before. GJ_NO_MEMORY leaves nothing to deinit. */
gj_status gjr_order_init(gjr_order *order, const gj_docket *docket, size_t first, size_t end);
void gjr_order_deinit(gjr_order *order);
/* Those at [at, at + count) as they are judged: by gjr_records_compare. */
void gjr_order_sort(gjr_order *order, const gjr_records *records, size_t at, size_t count);

/* What lies `ahead` of `at` is on its way to the processor. */
void gjr_order_fetch(const gjr_order *order, const gjr_records *records, size_t at);

#endif
