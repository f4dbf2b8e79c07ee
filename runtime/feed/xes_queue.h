/* SPDX-License-Identifier: Apache-2.0
 *
 * The events and problems of a piece, in the file's order. */
#ifndef GJR_FEED_XES_QUEUE_H
#define GJR_FEED_XES_QUEUE_H

#include "base/alloc.h"

#include <guiju/guiju.h>

typedef struct gjr_xes_item {
    const gj_problem *problem; /* NULL: an event */
    gj_event event;
} gjr_xes_item;

typedef struct gjr_xes_queue {
    const gj_allocator *allocator;
    gjr_xes_item *items;
    size_t count, at, capacity;
} gjr_xes_queue;

void gjr_xes_queue_deinit(gjr_xes_queue *queue);
/* Room for one more, its problem NULL and its event not set; NULL when memory ends. */
gjr_xes_item *gjr_xes_queue_add(gjr_xes_queue *queue);

#endif
