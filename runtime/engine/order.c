/* SPDX-License-Identifier: Apache-2.0
 *
 * See order.h. */
#include "engine/order.h"

#include <stdlib.h>
#include <string.h>

enum { RECORDS_AHEAD = 12, EXTRAS_AHEAD = 6, LINE_SIZE = 64 };

static void chain_walk(const gj_docket *docket, size_t of, uint32_t *items)
{
    uint32_t record = docket->roll.cases[of].first;
    for (size_t i = 0; i < docket->roll.cases[of].count; i++) {
        items[i] = record;
        record = gjr_records_get(&docket->records, record)->next;
    }
}

/* Counting sort by case. */
static bool lay_out(const gj_docket *docket, uint32_t *items)
{
    size_t case_count = docket->roll.index.count;
    const gj_allocator *allocator = docket->judge->allocator;
    uint32_t *places = gjb_alloc_create(allocator, case_count, sizeof *places);
    if (places == NULL) {
        return false;
    }
    uint32_t place = 0;
    for (size_t i = 0; i < case_count; i++) {
        places[i] = place;
        place += docket->roll.cases[i].count;
    }
    for (uint32_t i = 0; i < docket->records.keys.count; i++) {
        items[places[gjr_records_get(&docket->records, i)->of]++] = i;
    }
    gjb_alloc_destroy(allocator, places, case_count, sizeof *places);
    return true;
}

gj_status gjr_order_init(gjr_order *order, const gj_docket *docket, size_t first, size_t end)
{
    *order = (gjr_order){.allocator = docket->judge->allocator};
    for (size_t i = first; i < end; i++) {
        order->count += docket->roll.cases[i].count;
    }
    if (order->count == 0) {
        return GJ_OK;
    }
    order->items = gjb_alloc_resize(order->allocator, NULL, 0, order->count, sizeof(uint32_t));
    bool made = order->items != NULL;
    if (made && end - first == 1) {
        chain_walk(docket, first, order->items);
    } else if (made) {
        made = lay_out(docket, order->items);
    }
    if (!made) {
        gjr_order_deinit(order);
    }
    return made ? GJ_OK : GJ_NO_MEMORY;
}

void gjr_order_deinit(gjr_order *order)
{
    gjb_alloc_destroy(order->allocator, order->items, order->count, sizeof(uint32_t));
    *order = (gjr_order){.allocator = order->allocator};
}

static int items_compare(const void *a, const void *b, void *records)
{
    return gjr_records_compare(records, *(const uint32_t *)a, *(const uint32_t *)b);
}

void gjr_order_sort(gjr_order *order, const gjr_records *records, size_t at, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (gjr_records_compare(records, order->items[at + i - 1], order->items[at + i]) > 0) {
            union {
                const gjr_records *borrowed;
                void *payload;
            } with = {.borrowed = records};
            qsort_r(order->items + at, count, sizeof(uint32_t), items_compare, with.payload);
            return;
        }
    }
}

void gjr_order_fetch(const gjr_order *order, const gjr_records *records, size_t at)
{
    if (at + RECORDS_AHEAD < order->count) {
        __builtin_prefetch(gjr_records_get(records, order->items[at + RECORDS_AHEAD]));
    }
    if (at + EXTRAS_AHEAD < order->count) {
        const gjr_record *record = gjr_records_get(records, order->items[at + EXTRAS_AHEAD]);
        __builtin_prefetch(record->id);
        if (record->extra != NULL) {
            __builtin_prefetch(record->extra);
            __builtin_prefetch((const char *)record->extra + LINE_SIZE);
        }
    }
}
