/* SPDX-License-Identifier: Apache-2.0
 *
 * See ahead.h. The thread owns the reader and the batch that it fills; the batch that is read from
 * is the caller's until it asks for the first event of the next. */
#include "feed/ahead.h"

#include "base/text.h"

#include <errno.h>

/* ---- copies ---- */

/* A list of data or of items, whose own items are still to be copied. */
typedef struct pending {
    gj_datum *items;
    size_t count;
    struct pending *next;
} pending;

static void text_keep(gjb_arena *arena, gj_text *text)
{
    if (text->bytes != NULL) {
        *text = gjb_arena_text(arena, *text);
    }
}

/* The list itself; its items wait. */
static const gj_datum *datums_keep(gjb_arena *arena, const gj_datum *from, size_t count,
                                   pending **waiting)
{
    gj_datum *kept = gjb_arena_make(arena, count, sizeof *kept);
    pending *made = gjb_arena_make(arena, 1, sizeof *made);
    if (kept == NULL || made == NULL) {
        return NULL;
    }
    memcpy(kept, from, count * sizeof *kept);
    *made = (pending){kept, count, *waiting};
    *waiting = made;
    return kept;
}

/* Lists in lists, as deep as they may be. */
static void data_keep(gjb_arena *arena, gj_event *event)
{
    pending *waiting = NULL;
    event->data = datums_keep(arena, event->data, event->data_count, &waiting);
    while (waiting != NULL) {
        pending *at = waiting;
        waiting = at->next;
        for (size_t i = 0; i < at->count && !arena->failed; i++) {
            gj_datum *datum = &at->items[i];
            text_keep(arena, &datum->key);
            text_keep(arena, &datum->text);
            if (datum->item_count > 0) {
                datum->items = datums_keep(arena, datum->items, datum->item_count, &waiting);
            }
        }
    }
}

static void documents_keep(gjb_arena *arena, gj_event *event)
{
    gj_text *kept = gjb_arena_make(arena, event->document_count, sizeof *kept);
    for (size_t i = 0; kept != NULL && i < event->document_count; i++) {
        kept[i] = event->documents[i];
        text_keep(arena, &kept[i]);
    }
    event->documents = kept;
}

static void event_keep(gjb_arena *arena, gj_event *event)
{
    gj_text *const texts[] = {
        &event->id,       &event->source,          &event->case_id,  &event->procedure,
        &event->action,   &event->at.written,      &event->officer,  &event->recorded.written,
        &event->post,     &event->department,      &event->office,   &event->branch,
        &event->corrects, &event->corrects_source, &event->retracts, &event->retracts_source,
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        text_keep(arena, texts[i]);
    }
    if (event->data_count > 0) {
        data_keep(arena, event);
    }
    if (event->document_count > 0) {
        documents_keep(arena, event);
    }
}

static void problem_keep(gjb_arena *arena, gj_problem *problem)
{
    gj_text note = gjb_text_of(problem->note);
    text_keep(arena, &problem->field);
    text_keep(arena, &problem->text);
    text_keep(arena, &note); /* with a NUL after it */
    problem->note = note.bytes;
}

/* ---- the thread ---- */

/* Whether there may be more behind it. */
static bool goes_on(gj_status status)
{
    return status == GJ_OK || status == GJ_MALFORMED;
}

static void item_read(gj_feed *feed, gjb_arena *texts, gjr_ahead_item *item)
{
    const gj_event *event = NULL;
    feed->problem = (gj_problem){0};
    item->status = feed->reader->next(feed, &event);
    item->error = errno;
    item->offset = feed->window.input.taken;
    item->problem = feed->problem;
    if (item->status == GJ_OK) {
        item->event = *event;
        event_keep(texts, &item->event);
    } else if (item->status == GJ_MALFORMED) {
        problem_keep(texts, &item->problem);
    }
    if (texts->failed) {
        item->status = GJ_NO_MEMORY;
    }
}

/* False where nothing comes behind it. */
static bool batch_fill(gj_feed *feed, gjr_ahead_batch *batch)
{
    bool more = true;
    gjb_arena_reset(&batch->texts);
    for (batch->count = 0; more && batch->count < GJR_AHEAD_EVENTS; batch->count++) {
        gjr_ahead_item *item = &batch->items[batch->count];
        item_read(feed, &batch->texts, item);
        more = goes_on(item->status);
    }
    return more;
}

/* Waits for an empty batch; NULL: nobody wants one any more. */
static gjr_ahead_batch *batch_await(gjr_ahead *ahead)
{
    pthread_mutex_lock(&ahead->mutex);
    while (!ahead->stopped && ahead->filled_count - ahead->emptied_count == GJR_AHEAD_BATCHES) {
        pthread_cond_wait(&ahead->emptied, &ahead->mutex);
    }
    gjr_ahead_batch *batch =
        ahead->stopped ? NULL : &ahead->batches[ahead->filled_count % GJR_AHEAD_BATCHES];
    pthread_mutex_unlock(&ahead->mutex);
    return batch;
}

static void *read_on(void *payload)
{
    gjr_ahead *ahead = payload;
    gjr_ahead_batch *batch;
    for (bool more = true; more && (batch = batch_await(ahead)) != NULL;) {
        more = batch_fill(ahead->feed, batch);
        pthread_mutex_lock(&ahead->mutex);
        ahead->filled_count++;
        pthread_cond_signal(&ahead->filled);
        pthread_mutex_unlock(&ahead->mutex);
    }
    return NULL;
}

/* ---- the caller ---- */

static void free_all(gjr_ahead *ahead)
{
    for (size_t i = 0; i < GJR_AHEAD_BATCHES; i++) {
        gjb_arena_deinit(&ahead->batches[i].texts);
    }
    pthread_cond_destroy(&ahead->emptied);
    pthread_cond_destroy(&ahead->filled);
    pthread_mutex_destroy(&ahead->mutex);
    gjb_alloc_destroy(ahead->feed->allocator, ahead, 1, sizeof *ahead);
}

gj_status gjr_ahead_begin(gj_feed *feed, gjr_ahead **made)
{
    gjr_ahead *ahead = gjb_alloc_create(feed->allocator, 1, sizeof *ahead);
    *made = NULL;
    if (ahead == NULL) {
        return GJ_NO_MEMORY;
    }
    ahead->feed = feed;
    ahead->offset = feed->window.input.taken;
    for (size_t i = 0; i < GJR_AHEAD_BATCHES; i++) {
        gjb_arena_init(&ahead->batches[i].texts, feed->allocator);
    }
    pthread_mutex_init(&ahead->mutex, NULL);
    pthread_cond_init(&ahead->filled, NULL);
    pthread_cond_init(&ahead->emptied, NULL);
    if (pthread_create(&ahead->thread, NULL, read_on, ahead) != 0) {
        free_all(ahead);
        return GJ_OK;
    }
    *made = ahead;
    return GJ_OK;
}

/* The batch at hand was read through: the next one. */
static void batch_leave(gjr_ahead *ahead)
{
    ahead->at = 0;
    pthread_mutex_lock(&ahead->mutex);
    ahead->emptied_count++;
    pthread_cond_signal(&ahead->emptied);
    pthread_mutex_unlock(&ahead->mutex);
}

static const gjr_ahead_batch *batch_get(gjr_ahead *ahead)
{
    const gjr_ahead_batch *batch = &ahead->batches[ahead->emptied_count % GJR_AHEAD_BATCHES];
    if (ahead->at > 0) {
        return batch;
    }
    pthread_mutex_lock(&ahead->mutex);
    while (ahead->filled_count == ahead->emptied_count) {
        pthread_cond_wait(&ahead->filled, &ahead->mutex);
    }
    pthread_mutex_unlock(&ahead->mutex);
    return batch;
}

/* What ends the feed is told as often as it is asked for. */
gj_status gjr_ahead_next(gjr_ahead *ahead, const gj_event **event)
{
    const gjr_ahead_batch *batch = batch_get(ahead);
    if (ahead->at == batch->count && goes_on(batch->items[batch->count - 1].status)) {
        batch_leave(ahead);
        batch = batch_get(ahead);
    }
    ahead->at -= ahead->at == batch->count ? 1 : 0;
    const gjr_ahead_item *item = &batch->items[ahead->at++];
    ahead->problem = item->problem;
    ahead->offset = item->offset;
    *event = &item->event;
    errno = item->error;
    return item->status;
}

void gjr_ahead_end(gjr_ahead *ahead)
{
    if (ahead == NULL) {
        return;
    }
    pthread_mutex_lock(&ahead->mutex);
    ahead->stopped = true;
    pthread_cond_signal(&ahead->emptied);
    pthread_mutex_unlock(&ahead->mutex);
    pthread_join(ahead->thread, NULL);
    free_all(ahead);
}
