/* SPDX-License-Identifier: Apache-2.0
 *
 * See xes_queue.h. */
#include "feed/xes_queue.h"

enum { CAPACITY_FIRST = 64 };

void gjr_xes_queue_deinit(gjr_xes_queue *queue)
{
    gjb_alloc_destroy(queue->allocator, queue->items, queue->capacity, sizeof *queue->items);
}

static bool queue_grow(gjr_xes_queue *queue)
{
    size_t more = queue->capacity == 0 ? CAPACITY_FIRST : queue->capacity * 2;
    gjr_xes_item *items = gjb_alloc_resize(queue->allocator, queue->items, queue->capacity, more,
                                           sizeof *queue->items);
    if (items == NULL) {
        return false;
    }
    queue->items = items;
    queue->capacity = more;
    return true;
}

gjr_xes_item *gjr_xes_queue_add(gjr_xes_queue *queue)
{
    if (queue->count == queue->capacity && !queue_grow(queue)) {
        return NULL;
    }
    gjr_xes_item *added = &queue->items[queue->count++];
    added->problem = NULL;
    return added;
}
