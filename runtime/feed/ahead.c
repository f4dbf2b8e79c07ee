/* SPDX-License-Identifier: Apache-2.0
 *
 * See ahead.h. The feed's window is whoever's cuts the next part; a desk is its reader's from the
 * cut until it is read, and then the caller's until all of it is told. The caller reads too, as
 * long as the next part is not ready. Waking a thread takes as long as reading many events, so a
 * reader that has filled all desks is woken when half of them are free. */
#include "feed/ahead.h"

#include "feed/kept.h"

#include <errno.h>
#include <pthread.h>
#include <unistd.h>

enum {
    READERS_MAX = 4, /* threads, beside the caller's */
    DESKS_EACH = 2,
    DESKS_MAX = (READERS_MAX + 1) * DESKS_EACH,
    DOUBLED_MAX = 4, /* a part's size, where no place to cut is found; then there are no parts */
    CAPACITY_FIRST = 64,
};

/* A problem, and how many events of its part were read before it. */
typedef struct trouble {
    gj_problem problem;
    size_t before;
} trouble;

/* A part with its reader, and what was read of it. */
typedef struct desk {
    gj_feed feed; /* its window has the part's bytes */
    gjr_part part;
    uint64_t taken; /* of the whole feed's input then */
    gj_event *events;
    trouble *troubles;
    size_t count, capacity, trouble_count, trouble_capacity;
    gj_status end; /* what its reader said after all of these */
    gjr_kept kept;
    gjr_part next; /* what would follow it */
    bool is_whole;
    bool is_open; /* the feed */
    bool is_read;
} desk;

typedef enum stage {
    HEAD,  /* events are read before anything is cut */
    BEGIN, /* nothing is cut yet */
    PARTS,
    WHOLE, /* no part is read any more */
} stage;

struct gjr_ahead {
    gj_feed *feed; /* the whole; its window is the cutter's */
    stage stage;
    gj_problem problem;
    desk *hand;            /* that is told; or NULL */
    size_t at, trouble_at; /* the next of its events and troubles */
    uint64_t offset;
    uint64_t numbered; /* events in the parts before */
    pthread_t threads[READERS_MAX];
    size_t thread_count, desk_count;
    pthread_mutex_t mutex; /* of what follows, and of each desk's is_read */
    pthread_cond_t room, read;
    gjr_part next;                /* to be cut */
    size_t cut_count, told_count; /* parts, ever */
    bool cutting;                 /* somebody is */
    bool ended;                   /* nothing is left to cut, or it cannot be cut */
    bool stopped;                 /* nobody wants any more */
    desk desks[DESKS_MAX];
};

/* ---- reading a part ---- */

/* Whether there may be more behind it. */
static bool goes_on(gj_status status)
{
    return status == GJ_OK || status == GJ_MALFORMED;
}

/* Room for one more; false when memory ends. */
static bool reserve(const desk *at, void **array, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity) {
        return true;
    }
    size_t more = *capacity == 0 ? CAPACITY_FIRST : *capacity * 2;
    void *grown = gjb_alloc_resize(at->feed.allocator, *array, *capacity, more, size);
    if (grown == NULL) {
        return false;
    }
    *array = grown;
    *capacity = more;
    return true;
}

static bool event_keep(desk *at, const gj_event *event)
{
    void *events = at->events;
    if (!reserve(at, &events, at->count, &at->capacity, sizeof *at->events)) {
        return false;
    }
    at->events = events;
    at->events[at->count] = *event;
    return gjr_kept_event(&at->kept, &at->events[at->count++]);
}

static bool trouble_keep(desk *at)
{
    void *troubles = at->troubles;
    if (!reserve(at, &troubles, at->trouble_count, &at->trouble_capacity, sizeof *at->troubles)) {
        return false;
    }
    at->troubles = troubles;
    at->troubles[at->trouble_count] = (trouble){at->feed.problem, at->count};
    return gjr_kept_problem(&at->kept, &at->troubles[at->trouble_count++].problem);
}

static gj_status item_read(desk *at)
{
    const gj_event *event = NULL;
    at->feed.problem = (gj_problem){0};
    gj_status status = at->feed.reader->next(&at->feed, &event);
    bool kept = status == GJ_OK          ? event_keep(at, event)
                : status == GJ_MALFORMED ? trouble_keep(at)
                                         : true;
    return kept ? status : GJ_NO_MEMORY;
}

/* Where memory ended, the part is not whole: then it is read again, and whoever reads is told. */
static void part_read(desk *at)
{
    gj_feed *feed = &at->feed;
    at->count = at->trouble_count = 0;
    at->kept.part = (gj_text){feed->window.bytes, feed->window.end};
    gjb_arena_reset(&at->kept.texts);
    feed->end_told = false;
    feed->reader->begin_part(feed, &at->part);
    do {
        at->end = item_read(at);
    } while (goes_on(at->end));
    bool ended = feed->reader->end_part(feed, &at->next);
    at->is_whole = at->part.last ? at->end != GJ_NO_MEMORY : at->end == GJ_DONE && ended;
}

/* ---- cutting ---- */

/* How many bytes the next part has; 0: what is left cannot be cut, or no memory is left for it. */
static size_t part_find(gj_feed *feed, bool *last)
{
    gjr_window *window = &feed->window;
    for (int doubled = 0; doubled <= DOUBLED_MAX; doubled++) {
        size_t wanted = feed->part_size << doubled;
        while (window->end - window->begin < wanted && gjr_window_fill(window) == GJ_OK) {
        }
        size_t left = window->end - window->begin;
        *last = left <= wanted && window->input.end != GJR_INPUT_OPEN;
        if (*last || left < wanted) {
            return *last ? left : 0;
        }
        size_t size = feed->reader->cut((gj_text){window->bytes + window->begin, wanted});
        if (size > 0) {
            return size;
        }
    }
    return 0;
}

/* The next part onto the desk. False: there is none. */
static bool part_cut(gjr_ahead *ahead, desk *at)
{
    gjr_window *window = &ahead->feed->window;
    bool last;
    size_t size = part_find(ahead->feed, &last);
    if (size == 0 && !last) {
        return false;
    }
    at->part = ahead->next;
    at->part.last = last;
    at->taken = window->input.taken;
    at->feed.window.input.end = last ? window->input.end : GJR_INPUT_ENDED;
    at->feed.window.input.error = window->input.error;
    if (gjr_window_cut(window, size, &at->feed.window) != GJ_OK) {
        return false;
    }
    ahead->next.lines += gjr_newlines_count(at->feed.window.bytes, size);
    ahead->next.first = false;
    return true;
}

/* ---- the threads ---- */

/* That is told next. */
static desk *desk_next(gjr_ahead *ahead)
{
    return &ahead->desks[ahead->told_count % ahead->desk_count];
}

static bool has_ended(const gjr_ahead *ahead)
{
    return ahead->stopped || ahead->ended;
}

/* Whether somebody may cut the next part. */
static bool has_room(const gjr_ahead *ahead)
{
    return !ahead->cutting && ahead->cut_count - ahead->told_count < ahead->desk_count;
}

/* Cuts the next part, for which there is room, and reads it. The mutex is held, but not meanwhile.
 */
static void next_read(gjr_ahead *ahead)
{
    desk *at = &ahead->desks[ahead->cut_count % ahead->desk_count];
    ahead->cutting = true;
    pthread_mutex_unlock(&ahead->mutex);
    bool cut = part_cut(ahead, at);
    pthread_mutex_lock(&ahead->mutex);
    ahead->cutting = false;
    ahead->ended = !cut || at->part.last;
    ahead->cut_count += cut ? 1 : 0;
    pthread_cond_broadcast(&ahead->room);
    pthread_cond_signal(&ahead->read);
    if (!cut) {
        return;
    }
    pthread_mutex_unlock(&ahead->mutex);
    part_read(at);
    pthread_mutex_lock(&ahead->mutex);
    at->is_read = true;
    if (at == desk_next(ahead)) {
        pthread_cond_signal(&ahead->read);
    }
}

static void *read_on(void *payload)
{
    gjr_ahead *ahead = payload;
    pthread_mutex_lock(&ahead->mutex);
    while (!has_ended(ahead)) {
        if (has_room(ahead)) {
            next_read(ahead);
        } else {
            pthread_cond_wait(&ahead->room, &ahead->mutex);
        }
    }
    pthread_mutex_unlock(&ahead->mutex);
    return NULL;
}

/* False where there is no thread to be had. */
static bool threads_begin(gjr_ahead *ahead, size_t wanted)
{
    while (ahead->thread_count < wanted &&
           pthread_create(&ahead->threads[ahead->thread_count], NULL, read_on, ahead) == 0) {
        ahead->thread_count++;
    }
    return ahead->thread_count > 0;
}

static void threads_end(gjr_ahead *ahead)
{
    pthread_mutex_lock(&ahead->mutex);
    ahead->stopped = true;
    pthread_cond_broadcast(&ahead->room);
    pthread_mutex_unlock(&ahead->mutex);
    for (size_t i = 0; i < ahead->thread_count; i++) {
        pthread_join(ahead->threads[i], NULL);
    }
    ahead->thread_count = 0;
}

static bool desk_open(gjr_ahead *ahead, desk *at)
{
    gjb_arena_init(&at->kept.texts, ahead->feed->allocator);
    at->is_open = true;
    at->kept.lasting[0] = ahead->feed->source;
    return gjr_feed_open_part(&at->feed, ahead->feed, &at->kept.lasting[1]) == GJ_OK;
}

static void desk_close(desk *at)
{
    if (at->is_open) {
        gjb_arena_deinit(&at->kept.texts);
        gjb_alloc_destroy(at->feed.allocator, at->events, at->capacity, sizeof *at->events);
        gjb_alloc_destroy(at->feed.allocator, at->troubles, at->trouble_capacity,
                          sizeof *at->troubles);
        gjr_feed_close_part(&at->feed);
    }
}

/* Where there is no memory or no thread for it the file is read as a whole. */
static void parts_begin(gjr_ahead *ahead)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t wanted = processors < 3             ? 1
                    : processors > READERS_MAX ? READERS_MAX
                                               : (size_t)processors - 1;
    ahead->desk_count = (wanted + 1) * DESKS_EACH;
    bool opened = true;
    for (size_t i = 0; opened && i < ahead->desk_count; i++) {
        opened = desk_open(ahead, &ahead->desks[i]);
    }
    ahead->stage = opened && threads_begin(ahead, wanted) ? PARTS : WHOLE;
}

/* ---- reading on as a whole ---- */

/* From the part at hand: the bytes of all that were cut go back to where they were. */
static gj_status whole_begin(gjr_ahead *ahead)
{
    threads_end(ahead);
    gjr_window *window = &ahead->feed->window;
    size_t size = 0;
    for (size_t i = ahead->told_count; i < ahead->cut_count; i++) {
        size += ahead->desks[i % ahead->desk_count].feed.window.end;
    }
    gj_status status = gjr_window_reserve(window, size);
    if (status != GJ_OK) {
        return status;
    }
    gjr_part from = ahead->next;
    for (size_t i = ahead->cut_count; i > ahead->told_count; i--) {
        const desk *at = &ahead->desks[(i - 1) % ahead->desk_count];
        gjr_window_put_back(window, (gj_text){at->feed.window.bytes, at->feed.window.end});
        from = at->part;
    }
    from.last = true;
    from.numbered = ahead->numbered;
    ahead->stage = WHOLE;
    ahead->feed->reader->begin_part(ahead->feed, &from);
    return GJ_OK;
}

static gj_status whole_next(const gjr_ahead *ahead, const gj_event **event)
{
    ahead->feed->problem = (gj_problem){0};
    return ahead->feed->reader->next(ahead->feed, event);
}

/* ---- the caller ---- */

gj_status gjr_ahead_begin(gj_feed *feed, gjr_ahead **made)
{
    gjr_ahead *ahead = gjb_alloc_create(feed->allocator, 1, sizeof *ahead);
    *made = ahead;
    if (ahead == NULL) {
        return GJ_NO_MEMORY;
    }
    ahead->feed = feed;
    ahead->next.first = true;
    ahead->stage = feed->reader->has_head ? HEAD : BEGIN;
    pthread_mutex_init(&ahead->mutex, NULL);
    pthread_cond_init(&ahead->read, NULL);
    pthread_cond_init(&ahead->room, NULL);
    return GJ_OK;
}

/* The next part, once it is read; NULL: no more was cut. Until then the caller reads, too. */
static desk *desk_await(gjr_ahead *ahead)
{
    desk *at = desk_next(ahead);
    pthread_mutex_lock(&ahead->mutex);
    while (ahead->told_count < ahead->cut_count ? !at->is_read : !ahead->ended || ahead->cutting) {
        if (!ahead->ended && has_room(ahead)) {
            next_read(ahead);
        } else {
            pthread_cond_wait(&ahead->read, &ahead->mutex);
        }
    }
    bool is_there = ahead->told_count < ahead->cut_count;
    pthread_mutex_unlock(&ahead->mutex);
    return is_there ? at : NULL;
}

static void desk_leave(gjr_ahead *ahead)
{
    ahead->numbered += ahead->hand->next.numbered;
    pthread_mutex_lock(&ahead->mutex);
    ahead->hand->is_read = false;
    ahead->told_count++;
    if (ahead->cut_count - ahead->told_count <= ahead->desk_count / 2) {
        pthread_cond_broadcast(&ahead->room);
    }
    pthread_mutex_unlock(&ahead->mutex);
    ahead->hand = NULL;
}

/* Its events are numbered within it until those before are known. */
static void desk_take(gjr_ahead *ahead, desk *at)
{
    for (size_t i = 0; at->feed.reader->numbers && i < at->count; i++) {
        at->events[i].seq += ahead->numbered;
    }
    ahead->hand = at;
    ahead->at = ahead->trouble_at = 0;
}

/* The next trouble, or the events up to it. */
static gj_status desk_tell(gjr_ahead *ahead, size_t most, const gj_event **events, size_t *count)
{
    const desk *at = ahead->hand;
    bool troubled = ahead->trouble_at < at->trouble_count;
    size_t until = troubled ? at->troubles[ahead->trouble_at].before : at->count;
    ahead->offset = at->taken;
    ahead->problem = (gj_problem){0};
    if (ahead->at == until) {
        ahead->problem = at->troubles[ahead->trouble_at++].problem;
        return GJ_MALFORMED;
    }
    *events = &at->events[ahead->at];
    *count = until - ahead->at < most ? until - ahead->at : most;
    ahead->at += *count;
    return GJ_OK;
}

/* What ends the feed is told as often as it is asked for. */
static gj_status end_tell(gjr_ahead *ahead)
{
    ahead->offset = ahead->hand->taken;
    ahead->problem = (gj_problem){0};
    errno = ahead->hand->feed.window.input.error;
    return ahead->hand->end;
}

static gj_status parts_next(gjr_ahead *ahead, size_t most, const gj_event **events, size_t *count)
{
    for (;;) {
        desk *at = ahead->hand;
        if (at != NULL && (ahead->at < at->count || ahead->trouble_at < at->trouble_count)) {
            return desk_tell(ahead, most, events, count);
        }
        if (at != NULL && at->part.last) {
            return end_tell(ahead);
        }
        if (at != NULL) {
            desk_leave(ahead);
        }
        at = desk_await(ahead);
        if (at == NULL || !at->is_whole) {
            gj_status status = whole_begin(ahead);
            *count = 1;
            return status == GJ_OK ? whole_next(ahead, events) : status;
        }
        desk_take(ahead, at);
    }
}

/* Until a place is come to where nothing is open. */
static gj_status head_next(gjr_ahead *ahead, const gj_event **event)
{
    gj_feed *feed = ahead->feed;
    gj_status status = whole_next(ahead, event);
    if (!goes_on(status)) {
        ahead->stage = WHOLE;
    } else if (feed->reader->end_part(feed, &ahead->next)) {
        ahead->next.first = false;
        ahead->stage = BEGIN;
    }
    return status;
}

gj_status gjr_ahead_next(gjr_ahead *ahead, size_t most, const gj_event **events, size_t *count)
{
    *count = 1;
    if (ahead->stage == HEAD) {
        return head_next(ahead, events);
    }
    if (ahead->stage == BEGIN) {
        parts_begin(ahead);
    }
    return ahead->stage == PARTS ? parts_next(ahead, most, events, count)
                                 : whole_next(ahead, events);
}

const gj_problem *gjr_ahead_problem(const gjr_ahead *ahead)
{
    return ahead->stage == PARTS ? &ahead->problem : &ahead->feed->problem;
}

uint64_t gjr_ahead_offset(const gjr_ahead *ahead)
{
    return ahead->stage == PARTS ? ahead->offset : ahead->feed->window.input.taken;
}

void gjr_ahead_end(gjr_ahead *ahead)
{
    if (ahead == NULL) {
        return;
    }
    threads_end(ahead);
    for (size_t i = 0; i < DESKS_MAX; i++) {
        desk_close(&ahead->desks[i]);
    }
    pthread_cond_destroy(&ahead->room);
    pthread_cond_destroy(&ahead->read);
    pthread_mutex_destroy(&ahead->mutex);
    gjb_alloc_destroy(ahead->feed->allocator, ahead, 1, sizeof *ahead);
}
