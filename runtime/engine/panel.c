/* SPDX-License-Identifier: Apache-2.0
 *
 * See panel.h. A run of cases is judged into a place of its own, of which there are a few more than
 * threads: whoever is ahead waits until what was judged first is told. Who tells judges too, as
 * long as the run to be told is not ready. Waking a thread takes as long as judging many cases, so
 * one is woken only for the run that is waited for, or when there is room for several. All that the
 * threads share besides is the docket, which they only read, and the order, in which each sorts its
 * own run. */
#include "engine/panel.h"

#include "engine/hearing.h"

#include <pthread.h>

enum {
    RUN = 128, /* cases judged at a time by one thread */
    THREADS_MAX = 64,
    PLACES_EACH = 3, /* of a thread */
};

/* A run of cases that is judged or being told. */
typedef struct place {
    gjr_hearing hearing;
    gj_status status;
    gj_case_result results[RUN]; /* the hearing's arena's */
    size_t count;
    size_t run;   /* 1 + which is ready; 0: none */
    bool is_made; /* the hearing */
} place;

typedef struct panel {
    gj_docket *docket;
    const gj_docket_judging *judging;
    const gjr_order *order;
    const size_t *begins; /* of each run's records in the order, and the end of the last */
    size_t run_count;
    place *places;
    size_t place_count;
    pthread_mutex_t mutex; /* of what follows, and of each place's `run` */
    pthread_cond_t ready, room;
    size_t taken, told; /* runs */
    bool ended;
} panel;

bool gjr_panel_is_for(const gj_docket *docket, const gj_docket_judging *judging, size_t count)
{
    return judging->threads > 1 && count > RUN && docket->links.keys.count == 0 &&
           docket->past_count == 0 && judging->coverage == NULL &&
           docket->judge->rows->native_count == 0;
}

/* ---- judging ---- */

static bool result_keep(void *payload, const gj_case_result *result)
{
    place *in = payload;
    in->results[in->count++] = *result;
    return true;
}

static gj_status place_make(const panel *with, place *in)
{
    if (in->is_made) {
        gjb_arena_reset(&in->hearing.arena);
        return GJ_OK;
    }
    gj_docket_judging judging = *with->judging;
    judging.payload = in;
    judging.on_case = result_keep;
    in->is_made = true;
    return gjr_hearing_init(&in->hearing, with->docket, &judging);
}

/* The order ends for it with its own run: what lies behind is another thread's. */
static void run_judge(const panel *with, size_t run, place *in)
{
    size_t end = (run + 1) * RUN, count = with->docket->roll.index.count;
    end = end < count ? end : count;
    in->count = 0;
    in->status = place_make(with, in);
    in->hearing.order = *with->order;
    in->hearing.order.count = with->begins[run + 1];
    in->hearing.begin = with->begins[run];
    for (size_t i = run * RUN; in->status == GJ_OK && i < end; i++) {
        in->status = gjr_hearing_case(&in->hearing, i);
    }
}

static bool has_place(const panel *with)
{
    return with->taken - with->told < with->place_count;
}

/* The next run, for which there is a place. The mutex is held, but not while it is judged. */
static void next_judge(panel *with)
{
    size_t run = with->taken++;
    place *in = &with->places[run % with->place_count];
    pthread_mutex_unlock(&with->mutex);
    run_judge(with, run, in);
    pthread_mutex_lock(&with->mutex);
    in->run = run + 1;
    if (run == with->told) {
        pthread_cond_signal(&with->ready);
    }
}

static void *runs_judge(void *payload)
{
    panel *with = payload;
    pthread_mutex_lock(&with->mutex);
    while (!with->ended && with->taken < with->run_count) {
        if (has_place(with)) {
            next_judge(with);
        } else {
            pthread_cond_wait(&with->room, &with->mutex);
        }
    }
    pthread_mutex_unlock(&with->mutex);
    return NULL;
}

/* ---- telling ---- */

static place *run_await(panel *with, size_t run)
{
    place *in = &with->places[run % with->place_count];
    pthread_mutex_lock(&with->mutex);
    while (in->run != run + 1) {
        if (with->taken < with->run_count && has_place(with)) {
            next_judge(with);
        } else {
            pthread_cond_wait(&with->ready, &with->mutex);
        }
    }
    pthread_mutex_unlock(&with->mutex);
    return in;
}

static void run_leave(panel *with)
{
    pthread_mutex_lock(&with->mutex);
    with->told++;
    if (with->taken - with->told <= with->place_count / 2) {
        pthread_cond_broadcast(&with->room);
    }
    pthread_mutex_unlock(&with->mutex);
}

static gj_status runs_tell(panel *with)
{
    for (size_t run = 0; run < with->run_count; run++) {
        const place *in = run_await(with, run);
        for (size_t i = 0; i < in->count; i++) {
            if (!with->judging->on_case(with->judging->payload, &in->results[i])) {
                return GJ_OK;
            }
        }
        if (in->status != GJ_OK) {
            return in->status;
        }
        run_leave(with);
    }
    return GJ_OK;
}

static void end(panel *with)
{
    pthread_mutex_lock(&with->mutex);
    with->ended = true;
    pthread_cond_broadcast(&with->room);
    pthread_mutex_unlock(&with->mutex);
}

/* ---- the panel ---- */

static size_t *begins_make(const gj_docket *docket, size_t run_count)
{
    size_t *begins = gjb_alloc_create(docket->judge->allocator, run_count + 1, sizeof *begins);
    for (size_t i = 0; begins != NULL && i < docket->roll.index.count; i++) {
        begins[i / RUN + 1] += docket->roll.cases[i].count;
    }
    for (size_t run = 0; begins != NULL && run < run_count; run++) {
        begins[run + 1] += begins[run];
    }
    return begins;
}

/* How many threads there are: fewer than asked for where the system gives no more. */
static size_t threads_begin(panel *with, pthread_t *threads, size_t count)
{
    size_t begun = 0;
    while (begun < count && pthread_create(&threads[begun], NULL, runs_judge, with) == 0) {
        begun++;
    }
    return begun;
}

static bool runs_share_out(panel *with, size_t count, gj_status *status)
{
    pthread_t threads[THREADS_MAX];
    pthread_mutex_init(&with->mutex, NULL);
    pthread_cond_init(&with->ready, NULL);
    pthread_cond_init(&with->room, NULL);
    size_t begun = threads_begin(with, threads, count - 1);
    if (begun > 0) {
        *status = runs_tell(with);
    }
    end(with);
    for (size_t i = 0; i < begun; i++) {
        pthread_join(threads[i], NULL);
    }
    pthread_cond_destroy(&with->room);
    pthread_cond_destroy(&with->ready);
    pthread_mutex_destroy(&with->mutex);
    return begun > 0;
}

bool gjr_panel_judge(gj_docket *docket, const gj_docket_judging *judging, const gjr_order *order,
                     gj_status *status)
{
    const gj_allocator *allocator = docket->judge->allocator;
    size_t count = judging->threads < THREADS_MAX ? judging->threads : THREADS_MAX;
    panel with = {.docket = docket,
                  .judging = judging,
                  .order = order,
                  .run_count = (docket->roll.index.count + RUN - 1) / RUN,
                  .place_count = count * PLACES_EACH};
    size_t *begins = begins_make(docket, with.run_count);
    with.begins = begins;
    with.places = gjb_alloc_create(allocator, with.place_count, sizeof *with.places);
    bool judged = begins != NULL && with.places != NULL && runs_share_out(&with, count, status);
    for (size_t i = 0; with.places != NULL && i < with.place_count; i++) {
        if (with.places[i].is_made) {
            gjr_hearing_deinit(&with.places[i].hearing);
        }
    }
    gjb_alloc_destroy(allocator, with.places, with.place_count, sizeof *with.places);
    gjb_alloc_destroy(allocator, begins, with.run_count + 1, sizeof *begins);
    return judged;
}
