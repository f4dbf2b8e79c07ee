/* SPDX-License-Identifier: Apache-2.0
 *
 * See cases.h. */
#include "judge/cases.h"

enum {
    LINE_SIZE = 64,
    ROOM_SIZE_LEAST = 40, /* of a tail: an event's key, where it is short */
    VISITS_AHEAD = 8,     /* whose bytes are asked for */
    EVENTS_AHEAD = 16,    /* whose events are, since these must be there then */
    LINES_AHEAD = 4,      /* so many of each at most: what lies further is asked for when needed */
};

void gjr_cases_init(gjr_cases *cases, const gj_judge *judge)
{
    size_t size = sizeof(gjr_case) + judge->layout.tail + ROOM_SIZE_LEAST;
    size_t lines = (sizeof(gjr_case) + judge->layout.image + LINE_SIZE - 1) / LINE_SIZE;
    *cases = (gjr_cases){
        .judge = judge,
        .size = (size + LINE_SIZE - 1) / LINE_SIZE * LINE_SIZE,
        .lines_ahead = lines < LINES_AHEAD ? lines : LINES_AHEAD,
    };
}

static size_t block_size(const gjr_cases *cases, unsigned block)
{
    return ((size_t)GJR_CASES_FIRST << block) * cases->size + LINE_SIZE - 1;
}

void gjr_cases_deinit(gjr_cases *cases)
{
    for (uint32_t i = 0; i < cases->count; i++) {
        gjr_case_deinit(gjr_cases_get(cases, i));
    }
    for (unsigned i = 0; i < GJR_CASES_BLOCKS_MAX; i++) {
        gjb_alloc_destroy(cases->judge->allocator, cases->owned[i], block_size(cases, i), 1);
    }
    gjr_cases_init(cases, cases->judge);
}

/* The first of the block's cases begins at a line. */
static gj_status block_add(gjr_cases *cases, unsigned block)
{
    if (block == GJR_CASES_BLOCKS_MAX) {
        return GJ_OVER_LIMIT;
    }
    void *owned = gjb_alloc_create(cases->judge->allocator, block_size(cases, block), 1);
    if (owned == NULL) {
        return GJ_NO_MEMORY;
    }
    uintptr_t begin = ((uintptr_t)owned + LINE_SIZE - 1) / LINE_SIZE * LINE_SIZE;
    cases->owned[block] = owned;
    cases->blocks[block] = (unsigned char *)owned + (begin - (uintptr_t)owned);
    return GJ_OK;
}

/* How many the blocks before this one hold. */
static uint32_t count_before(unsigned block)
{
    return ((uint32_t)GJR_CASES_FIRST << block) - GJR_CASES_FIRST;
}

gj_status gjr_cases_add(gjr_cases *cases, uint32_t *index)
{
    unsigned block = 0;
    while (block < GJR_CASES_BLOCKS_MAX && cases->count >= count_before(block + 1)) {
        block++;
    }
    if (block == GJR_CASES_BLOCKS_MAX || cases->blocks[block] == NULL) {
        gj_status status = block_add(cases, block);
        if (status != GJ_OK) {
            return status;
        }
    }
    *index = cases->count++;
    gjr_case *judged = gjr_cases_get(cases, *index);
    *judged = (gjr_case){
        .judge = cases->judge,
        .bytes = (unsigned char *)(judged + 1),
        .capacity = (uint32_t)(cases->size - sizeof *judged),
        .lent = true,
    };
    gjr_case_reset(judged);
    return GJ_OK;
}

size_t gjr_cases_size(const gjr_cases *cases)
{
    return cases->count * cases->size;
}

/* ---- in batches ---- */

/* Always inline: a call that does nothing but this has no effect, as compilers see it, and goes. */
__attribute__((always_inline)) static inline void fetch(const gjr_cases *cases,
                                                        const gjr_visit *visit)
{
    const char *at = (const char *)gjr_cases_get(cases, visit->index);
    for (size_t line = 0; line < cases->lines_ahead; line++) {
        __builtin_prefetch(at + line * LINE_SIZE, 1);
    }
    if (visit->event->told_count > 0) {
        __builtin_prefetch(visit->event->told);
    }
}

gj_status gjr_cases_step(const gjr_cases *cases, gjr_sitting *step, const gjr_visit *visits,
                         size_t count,
                         void (*on_raised)(void *payload, size_t visit, const gjr_raised *raised,
                                           size_t raised_count),
                         void *payload)
{
    for (size_t i = 0; i < count && i < EVENTS_AHEAD; i++) {
        __builtin_prefetch(visits[i].event);
    }
    for (size_t i = 0; i < count && i < VISITS_AHEAD; i++) {
        fetch(cases, &visits[i]);
    }
    for (size_t i = 0; i < count; i++) {
        if (i + EVENTS_AHEAD < count) {
            __builtin_prefetch(visits[i + EVENTS_AHEAD].event);
        }
        if (i + VISITS_AHEAD < count) {
            fetch(cases, &visits[i + VISITS_AHEAD]);
        }
        gj_status status =
            gjr_case_step(step, gjr_cases_get(cases, visits[i].index), visits[i].event);
        if (status != GJ_OK) {
            return status;
        }
        if (step->raised_count > 0) {
            on_raised(payload, i, step->raised, step->raised_count);
        }
    }
    return GJ_OK;
}
