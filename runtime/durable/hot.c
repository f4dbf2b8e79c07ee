/* SPDX-License-Identifier: Apache-2.0
 *
 * See hot.h. Of cases whose hashes are the same but for their high bits the latest is hot: there is
 * no order of use to keep, and a table of four thousand rarely has two that are asked about in
 * turns. */
#include "durable/hot.h"

#include "base/text.h"

enum { CASES_MAX = 4096, SEATS_MAX = 64, STATE_SIZE_MAX = 65536 };

/* The file's state and rank are its own, and so is the id. */
typedef struct hot_case {
    gjr_case_file file;
    uint64_t hash;
    gjb_buffer id;
} hot_case;

struct gjr_hot {
    const gj_allocator *allocator;
    pthread_mutex_t lock;  /* of all below */
    hot_case **cases;      /* by hash, CASES_MAX; NULL until there is one */
    uint64_t commit_count; /* so far: what was read before one may be older than that */
    gjr_hot_seat *idle[SEATS_MAX];
    size_t idle_count;
};

gjr_hot *gjr_hot_create(const gj_allocator *allocator)
{
    gjr_hot *hot = gjb_alloc_create(allocator, 1, sizeof *hot);
    if (hot != NULL) {
        hot->allocator = allocator;
        pthread_mutex_init(&hot->lock, NULL);
    }
    return hot;
}

static void case_destroy(const gjr_hot *hot, hot_case *one)
{
    if (one != NULL) {
        gjr_case_file_deinit(&one->file);
        gjb_buffer_deinit(&one->id);
        gjb_alloc_destroy(hot->allocator, one, 1, sizeof *one);
    }
}

static void seat_destroy(const gjr_hot *hot, gjr_hot_seat *seat)
{
    if (seat != NULL) {
        gjr_case_file_deinit(&seat->file);
        gjr_sitting_deinit(&seat->sitting);
        gjb_arena_deinit(&seat->arena);
        gjb_alloc_destroy(hot->allocator, seat, 1, sizeof *seat);
    }
}

static void cases_clear(gjr_hot *hot)
{
    for (size_t i = 0; hot->cases != NULL && i < CASES_MAX; i++) {
        case_destroy(hot, hot->cases[i]);
        hot->cases[i] = NULL;
    }
}

void gjr_hot_destroy(gjr_hot *hot)
{
    if (hot == NULL) {
        return;
    }
    cases_clear(hot);
    gjb_alloc_destroy(hot->allocator, hot->cases, CASES_MAX, sizeof *hot->cases);
    while (hot->idle_count > 0) {
        seat_destroy(hot, hot->idle[--hot->idle_count]);
    }
    pthread_mutex_destroy(&hot->lock);
    gjb_alloc_destroy(hot->allocator, hot, 1, sizeof *hot);
}

/* ---- the table ---- */

static uint64_t hash_of(const gjr_hot *hot, gj_text procedure, gj_text id)
{
    uint64_t seed = (uint64_t)(uintptr_t)hot;
    return gjb_text_hash(id, gjb_text_hash(procedure, seed));
}

static hot_case **place_of(const gjr_hot *hot, uint64_t hash)
{
    return &hot->cases[hash % CASES_MAX];
}

static bool is_of(const hot_case *one, uint64_t hash, gj_text procedure, gj_text id)
{
    return one != NULL && one->hash == hash && gjb_text_equal(one->file.id, id) &&
           gjb_text_equal(one->file.rules->procedure, procedure);
}

/* ---- seats ---- */

static gjr_hot_seat *seat_create(const gjr_hot *hot, gjr_rule_set *rules)
{
    gjr_hot_seat *seat = gjb_alloc_create(hot->allocator, 1, sizeof *seat);
    if (seat == NULL) {
        return NULL;
    }
    gjb_arena_init(&seat->arena, hot->allocator);
    gj_status status = gjr_case_file_init_new(&seat->file, hot->allocator, rules, 0);
    if (status != GJ_OK || gjr_sitting_init(&seat->sitting, rules->judge) != GJ_OK) {
        seat_destroy(hot, seat);
        return NULL;
    }
    return seat;
}

/* With the lock: an idle one of the rules, or NULL. */
static gjr_hot_seat *seat_find(gjr_hot *hot, const gjr_rule_set *rules)
{
    for (size_t i = hot->idle_count; i-- > 0;) {
        gjr_hot_seat *seat = hot->idle[i];
        if (seat->file.rules == rules) {
            hot->idle[i] = hot->idle[--hot->idle_count];
            return seat;
        }
    }
    return NULL;
}

gjr_hot_seat *gjr_hot_take(gjr_hot *hot, gj_text procedure, gj_text id)
{
    gjr_hot_seat *seat = NULL;
    uint64_t hash = hash_of(hot, procedure, id);
    bool is_copied = false;
    pthread_mutex_lock(&hot->lock);
    const hot_case *one = hot->cases == NULL ? NULL : *place_of(hot, hash);
    if (is_of(one, hash, procedure, id)) {
        seat = seat_find(hot, one->file.rules);
        seat = seat == NULL ? seat_create(hot, one->file.rules) : seat;
        is_copied = seat != NULL && gjr_case_file_copy(&seat->file, &one->file);
    }
    pthread_mutex_unlock(&hot->lock);
    if (seat == NULL || !is_copied) {
        seat_destroy(hot, seat);
        return NULL;
    }
    seat->file.id = id;
    gjb_arena_reset(&seat->arena);
    return seat;
}

void gjr_hot_give(gjr_hot *hot, gjr_hot_seat *seat)
{
    pthread_mutex_lock(&hot->lock);
    bool kept = hot->idle_count < SEATS_MAX;
    if (kept) {
        hot->idle[hot->idle_count++] = seat;
    }
    pthread_mutex_unlock(&hot->lock);
    if (!kept) {
        seat_destroy(hot, seat);
    }
}

/* ---- keeping ---- */

uint64_t gjr_hot_commits(gjr_hot *hot)
{
    pthread_mutex_lock(&hot->lock);
    uint64_t count = hot->commit_count;
    pthread_mutex_unlock(&hot->lock);
    return count;
}

static hot_case *case_create(const gjr_hot *hot, const gjr_case_file *file)
{
    hot_case *one = gjb_alloc_create(hot->allocator, 1, sizeof *one);
    if (one == NULL) {
        return NULL;
    }
    gjb_buffer_init(&one->id, hot->allocator);
    gjb_buffer_add_text(&one->id, file->id);
    gj_status status = gjr_case_file_init_new(&one->file, hot->allocator, file->rules, 0);
    if (status != GJ_OK || !gjr_case_file_copy(&one->file, file) || one->id.failed) {
        case_destroy(hot, one);
        return NULL;
    }
    one->file.id = gjb_buffer_text(&one->id);
    one->hash = hash_of(hot, file->rules->procedure, file->id);
    return one;
}

void gjr_hot_keep(gjr_hot *hot, uint64_t commits, const gjr_case_file *file)
{
    bool can_be = file->has_state && !file->is_linked && file->rules->judge->natives == NULL &&
                  gjr_case_size(&file->judged) <= STATE_SIZE_MAX;
    hot_case *one = can_be ? case_create(hot, file) : NULL;
    if (one == NULL) {
        return;
    }
    pthread_mutex_lock(&hot->lock);
    if (hot->cases == NULL) {
        hot->cases = gjb_alloc_create(hot->allocator, CASES_MAX, sizeof *hot->cases);
    }
    if (hot->cases != NULL && hot->commit_count == commits) {
        hot_case **place = place_of(hot, one->hash), *was = *place;
        *place = one;
        one = was;
    }
    pthread_mutex_unlock(&hot->lock);
    case_destroy(hot, one);
}

void gjr_hot_clear(gjr_hot *hot)
{
    if (hot != NULL) {
        pthread_mutex_lock(&hot->lock);
        hot->commit_count++;
        cases_clear(hot);
        pthread_mutex_unlock(&hot->lock);
    }
}

void gjr_hot_commit(gjr_hot *hot, gjr_case_file *const *changed, size_t count)
{
    if (hot == NULL) {
        return;
    }
    pthread_mutex_lock(&hot->lock);
    hot->commit_count++;
    for (size_t i = 0; hot->cases != NULL && i < count; i++) {
        gj_text procedure = changed[i]->rules->procedure, id = changed[i]->id;
        uint64_t hash = hash_of(hot, procedure, id);
        hot_case **place = place_of(hot, hash);
        if (is_of(*place, hash, procedure, id)) {
            case_destroy(hot, *place);
            *place = NULL;
        }
    }
    pthread_mutex_unlock(&hot->lock);
}
