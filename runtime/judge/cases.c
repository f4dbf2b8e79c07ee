/* SPDX-License-Identifier: Apache-2.0
 *
 * See cases.h. */
#include "judge/cases.h"

enum {
    LINE_SIZE = 64,
    ROOM_SIZE_LEAST = 40, /* of a tail: an event's key, where it is short */
    VISITS_AT_ONCE = 16,  /* visits whose bytes are asked for, while as many are judged */
    TAILS_AHEAD = 2,      /* visits whose tails are asked for, where they will be read */
    LINES_AHEAD = 4,      /* so many of each at most: what lies further is asked for when needed */
};

void gjr_cases_init(gjr_cases *cases, const gj_judge *judge)
{
    size_t size = sizeof(gjr_case) + judge->layout.tail + ROOM_SIZE_LEAST;
    size_t lines = (sizeof(gjr_case) + judge->layout.image + LINE_SIZE - 1) / LINE_SIZE;
    *cases = (gjr_cases){
        .judge = judge,
        .size = (size + LINE_SIZE - 1) / LINE_SIZE * LINE_SIZE,
        .tail_offset = sizeof(gjr_case) + judge->layout.tail,
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

/* ---- steps ---- */

/* What follows is always inlined: a call that does nothing but ask for memory has no effect, as
 * compilers see it, and goes. */
#define ALWAYS_INLINE __attribute__((always_inline)) static inline

/* The bytes of the case. */
ALWAYS_INLINE void fetch_case(const gjr_cases *cases, uint32_t index)
{
    const char *at = (const char *)gjr_cases_get(cases, index);
    for (size_t line = 0; line < cases->lines_ahead; line++) {
        __builtin_prefetch(at + line * LINE_SIZE, 1);
    }
}

/* What the event tells; and what the key of a limit that it starts is made of, and where it goes.
 */
ALWAYS_INLINE void fetch_told(const gjr_cases *cases, uint32_t index, const gjr_event *event)
{
    if (event->told_count > 0) {
        __builtin_prefetch(event->told);
    }
    if (event->action != GJR_NONE && cases->judge->plan.actions[event->action].starts > 0) {
        __builtin_prefetch(event->id.bytes);
        __builtin_prefetch((const char *)gjr_cases_get(cases, index) + cases->tail_offset, 1);
    }
}

/* The tail, where a limit falls due and is to be told of. The case's first bytes must be there. */
ALWAYS_INLINE void fetch_tail(const gjr_cases *cases, const gjr_visit *visit)
{
    const gjr_case *judged = gjr_cases_get(cases, visit->index);
    if (gjr_case_state(judged)->look_at <= visit->event->at) {
        __builtin_prefetch(gjr_case_part(judged, cases->judge->layout.tail));
    }
}

ALWAYS_INLINE void fetch_visit(const gjr_cases *cases, const gjr_visit *visit)
{
    fetch_case(cases, visit->index);
    __builtin_prefetch(visit->event);
}

/* A miss of the table of pages holds a fetch back, and all that comes after it; of fetches that
 * follow one another closely the processor looks up many pages at once. So a group of visits is
 * asked for together, and not each while another is judged. */
ALWAYS_INLINE void fetch_visits(const gjr_cases *cases, const gjr_visit *visits, size_t first,
                                size_t end)
{
    for (size_t i = first; i < end; i++) {
        fetch_visit(cases, &visits[i]);
    }
}

/* A case that has not outgrown its place lies behind what holds it. That is known of nearly all, so
 * it is guessed before the holder's bytes come, and kept from the compiler, which would take the
 * address out of the holder as soon as it knows the two to be the same. */
ALWAYS_INLINE gj_status step_take(const gjr_cases *cases, gjr_sitting *step, uint32_t index,
                                  const gjr_event *event)
{
    gjr_case *judged = gjr_cases_get(cases, index);
    unsigned char *place = (unsigned char *)(judged + 1);
    bool in_place = judged->bytes == place;
    __asm__("" : "+r"(place));
    return in_place ? gjr_case_step_at(step, judged, place, event)
                    : gjr_case_step(step, judged, event);
}

/* What a step reads besides the case's first line hangs on what stands there, so it is asked for
 * beforehand. */
gj_status gjr_cases_step(const gjr_cases *cases, gjr_sitting *step, uint32_t index,
                         const gjr_event *event)
{
    const char *at = (const char *)gjr_cases_get(cases, index);
    __builtin_prefetch(at + LINE_SIZE, 1);
    if (event->action != GJR_NONE && cases->judge->plan.actions[event->action].starts > 0) {
        __builtin_prefetch(at + cases->tail_offset, 1);
    }
    return step_take(cases, step, index, event);
}

gj_status gjr_cases_step_all(const gjr_cases *cases, gjr_sitting *step, const gjr_visit *visits,
                             size_t count,
                             void (*on_raised)(void *payload, size_t visit,
                                               const gjr_raised *raised, size_t raised_count),
                             void *payload)
{
    size_t fetched = 0;
    for (size_t i = 0; i < count; i++) {
        const gjr_visit *visit = &visits[i];
        if (i % VISITS_AT_ONCE == 0) {
            size_t end = count - i < 2 * VISITS_AT_ONCE ? count : i + 2 * VISITS_AT_ONCE;
            fetch_visits(cases, visits, fetched, end);
            fetched = end;
        }
        if (i + TAILS_AHEAD < count) {
            fetch_told(cases, visit[TAILS_AHEAD].index, visit[TAILS_AHEAD].event);
            fetch_tail(cases, visit + TAILS_AHEAD);
        }
        gj_status status = step_take(cases, step, visit->index, visit->event);
        if (status != GJ_OK) {
            return status;
        }
        if (step->raised_count > 0) {
            on_raised(payload, i, step->raised, step->raised_count);
        }
    }
    return GJ_OK;
}
