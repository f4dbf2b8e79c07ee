/* SPDX-License-Identifier: Apache-2.0
 *
 * Where callers queue (engine.h). Whoever comes while nobody is served leads: serves all who have
 * queued so far, in one transaction, and so on until it is served itself. So concurrent callers
 * share a commit, and there is no thread that is not the host's. Woken are those who were served,
 * and the first of those who were not: the others would only find that they have to wait on. */
#include "durable/engine.h"

#include <string.h>

enum { EVENTS_AT_ONCE = 10000 };

void gjr_counter_enter(gj_engine *engine)
{
    pthread_mutex_lock(&engine->gate);
    while (engine->is_leading) {
        pthread_cond_wait(&engine->turn, &engine->gate);
    }
    engine->is_leading = true;
    pthread_mutex_unlock(&engine->gate);
}

/* With the gate locked: nobody is served any more. */
static void turn_give(gj_engine *engine)
{
    engine->is_leading = false;
    pthread_cond_signal(&engine->turn);
    if (engine->first != NULL) {
        pthread_cond_signal(&engine->first->turn);
    }
}

void gjr_counter_leave(gj_engine *engine)
{
    pthread_mutex_lock(&engine->gate);
    turn_give(engine);
    pthread_mutex_unlock(&engine->gate);
}

static void request_queue(gj_engine *engine, gjr_request *request)
{
    if (engine->last == NULL) {
        engine->first = request;
    } else {
        engine->last->next = request;
    }
    engine->last = request;
}

/* As many as go into one transaction: at least one. */
static gjr_request *requests_take(gj_engine *engine)
{
    gjr_request *first = engine->first, *end = first;
    size_t events = first->count;
    while (end->next != NULL && events + end->next->count <= EVENTS_AT_ONCE) {
        end = end->next;
        events += end->count;
    }
    engine->first = end->next;
    engine->last = engine->first == NULL ? NULL : engine->last;
    end->next = NULL;
    return first;
}

static void requests_finish(gjr_request *first)
{
    for (gjr_request *next; first != NULL; first = next) {
        next = first->next;
        first->done = true;
        pthread_cond_signal(&first->turn); /* it is there until the gate is unlocked */
    }
}

/* With the gate locked. */
static void lead(gj_engine *engine)
{
    engine->is_leading = true;
    gjr_request *requests = requests_take(engine);
    pthread_mutex_unlock(&engine->gate);
    gjr_desk_serve(engine, requests);
    pthread_mutex_lock(&engine->gate);
    requests_finish(requests);
    turn_give(engine);
}

static void wait_served(gj_engine *engine, gjr_request *request)
{
    pthread_cond_init(&request->turn, NULL);
    pthread_mutex_lock(&engine->gate);
    request_queue(engine, request);
    while (!request->done) {
        if (engine->is_leading) {
            pthread_cond_wait(&request->turn, &engine->gate);
        } else {
            lead(engine);
        }
    }
    pthread_mutex_unlock(&engine->gate);
    pthread_cond_destroy(&request->turn);
}

/* ---- news ---- */

/* They lie one behind another: the news, whose texts are yet to be pointed to, then those texts. */
static void news_tell(const gjr_request *request, void *payload,
                      bool (*on_revision)(void *payload, const gj_news *news))
{
    bool goes_on = on_revision != NULL && request->status == GJ_OK;
    for (size_t at = 0; goes_on && at < request->news.size;) {
        gj_news news;
        memcpy(&news, request->news.bytes + at, sizeof news);
        at += sizeof news;
        gj_text *texts[] = {&news.case_id, &news.procedure, &news.json};
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
            texts[i]->bytes = request->news.bytes + at;
            at += texts[i]->size;
        }
        goes_on = on_revision(payload, &news);
    }
}

static gj_status serve(gj_engine *engine, gjr_request *request, void *payload,
                       bool (*on_revision)(void *payload, const gj_news *news))
{
    gjb_buffer_init(&request->news, engine->allocator);
    wait_served(engine, request);
    news_tell(request, payload, on_revision);
    gjb_buffer_deinit(&request->news);
    return request->status;
}

static bool is_any_recounted(gj_engine *engine)
{
    bool any = false;
    pthread_mutex_lock(&engine->gate);
    for (const gjr_rule_set *i = engine->rules; i != NULL && !any; i = i->next) {
        any = i->recounted != NULL;
    }
    pthread_mutex_unlock(&engine->gate);
    return any;
}

gj_status gjr_counter_recount(gj_engine *engine)
{
    gj_status status = GJ_OK;
    bool left = is_any_recounted(engine);
    while (status == GJ_OK && left) {
        gjr_request request = {.advance_to = INT64_MIN, .follow_to = INT64_MIN, .recounts = true};
        status = serve(engine, &request, NULL, NULL);
        pthread_mutex_lock(&engine->gate);
        left = engine->is_recounting;
        pthread_mutex_unlock(&engine->gate);
    }
    return status;
}

gj_status gj_engine_submit(gj_engine *engine, const gj_event *events, size_t count,
                           gj_receipt *receipts, void *payload,
                           bool (*on_revision)(void *payload, const gj_news *news))
{
    if (engine == NULL || engine->options.reads_only ||
        ((events == NULL || receipts == NULL) && count > 0)) {
        return gjr_engine_misused(engine);
    }
    bool follows = engine->options.follows_events;
    gjr_request request = {.events = events,
                           .receipts = receipts,
                           .count = count,
                           .advance_to = follows ? INT64_MIN : gjr_engine_told_now(engine),
                           .follow_to = gjr_engine_follow_to(engine),
                           .wants_news = on_revision != NULL};
    return serve(engine, &request, payload, on_revision);
}

gj_status gj_engine_advance(gj_engine *engine, gj_instant now, void *payload,
                            bool (*on_revision)(void *payload, const gj_news *news))
{
    if (engine == NULL || engine->options.reads_only) {
        return gjr_engine_misused(engine);
    }
    if (!gjr_engine_is_time(now)) {
        gjr_engine_fail(engine, GJR_FAILURE_CLOCK, NULL, NULL);
        return GJ_BAD_ARGUMENT;
    }
    gj_status status;
    do {
        gjr_request request = {
            .advance_to = now, .follow_to = INT64_MIN, .wants_news = on_revision != NULL};
        status = serve(engine, &request, payload, on_revision);
    } while (status == GJ_OK && gjr_engine_now(engine) < now);
    return status;
}
