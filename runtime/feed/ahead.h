/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading ahead: a thread of its own reads a feed's events while those before are dealt with. What
 * it reads is copied into batches, of which there are a few; so memory stays bounded, and what is
 * told is the same, in the same order, as without.
 *
 *     status = gjr_ahead_begin(feed, &ahead);       from here on the reader is the thread's
 *     status = gjr_ahead_next(ahead, &event);       ahead->problem, ahead->offset
 *     gjr_ahead_end(ahead); */
#ifndef GJR_FEED_AHEAD_H
#define GJR_FEED_AHEAD_H

#include "base/arena.h"
#include "feed/feed.h"

#include <pthread.h>

enum {
    GJR_AHEAD_EVENTS = 64, /* of a batch */
    GJR_AHEAD_BATCHES = 8,
};

/* What the reader's `next` gave. */
typedef struct gjr_ahead_item {
    gj_status status;
    int error;          /* errno */
    uint64_t offset;    /* of the feed then */
    gj_event event;     /* GJ_OK */
    gj_problem problem; /* GJ_MALFORMED */
} gjr_ahead_item;

typedef struct gjr_ahead_batch {
    gjr_ahead_item items[GJR_AHEAD_EVENTS];
    size_t count;
    gjb_arena texts;
} gjr_ahead_batch;

typedef struct gjr_ahead {
    gj_feed *feed;
    gj_problem problem; /* of what was read last */
    uint64_t offset;
    size_t at; /* in the batch that is read from: its next item */
    pthread_t thread;
    pthread_mutex_t mutex; /* of what follows */
    pthread_cond_t filled, emptied;
    size_t filled_count, emptied_count; /* batches, ever */
    bool stopped;                       /* nobody reads any more */
    gjr_ahead_batch batches[GJR_AHEAD_BATCHES];
} gjr_ahead;

/* GJ_NO_MEMORY, or GJ_OK with NULL where no thread could be had: then the feed is read as ever. */
gj_status gjr_ahead_begin(gj_feed *feed, gjr_ahead **ahead);
/* As gj_feed_next. */
gj_status gjr_ahead_next(gjr_ahead *ahead, const gj_event **event);
/* Waits for the thread. NULL is none. */
void gjr_ahead_end(gjr_ahead *ahead);

#endif
