/* SPDX-License-Identifier: Apache-2.0
 *
 * Many live cases of one judge, side by side in memory: each begins at a line of the processor's
 * cache, with the first of its tail in place, and is reached by its number alone. Blocks of cases
 * double in size and never move, so a case stays where it is.
 *
 *     gjr_cases_init(&cases, judge);
 *     status = gjr_cases_add(&cases, &index);
 *     status = gjr_cases_step(&cases, &step, index, &event);
 *     status = gjr_cases_step_all(&cases, &step, visits, count, on_raised, payload);
 *     gjr_cases_deinit(&cases); */
#ifndef GJR_CASES_H
#define GJR_CASES_H

#include "judge/step.h"

enum { GJR_CASES_FIRST = 64, GJR_CASES_BLOCKS_MAX = 26 }; /* cases of the first block; blocks */

typedef struct gjr_cases {
    const gj_judge *judge;
    size_t size;        /* a case's bytes, with what it takes to hold it */
    size_t tail_offset; /* where the tail of a case begins that has not outgrown its place */
    size_t lines_ahead; /* of the processor's cache, that are asked for before a step */
    uint32_t count;
    unsigned char *blocks[GJR_CASES_BLOCKS_MAX]; /* where its cases begin */
    void *owned[GJR_CASES_BLOCKS_MAX];           /* what was allocated for it */
} gjr_cases;

void gjr_cases_init(gjr_cases *cases, const gj_judge *judge);
void gjr_cases_deinit(gjr_cases *cases);
/* A new case, before its first event; its number is how many there were. */
gj_status gjr_cases_add(gjr_cases *cases, uint32_t *index);
/* The bytes that all of them take, but for what the greater ones have outgrown. */
size_t gjr_cases_size(const gjr_cases *cases);

/* Borrowed until deinit. */
static inline gjr_case *gjr_cases_get(const gjr_cases *cases, uint32_t index)
{
    uint32_t shifted = index + GJR_CASES_FIRST;
    unsigned block = (unsigned)(__builtin_clz(GJR_CASES_FIRST) - __builtin_clz(shifted));
    uint32_t within = shifted - ((uint32_t)GJR_CASES_FIRST << block);
    return (gjr_case *)(void *)(cases->blocks[block] + within * cases->size);
}

/* One event of one case. */
typedef struct gjr_visit {
    uint32_t index;
    const gjr_event *event;
} gjr_visit;

/* gjr_case_step of that case. Of many live cases hardly one lies in the processor's cache: all that
 * a step reads of it is asked for at once. */
gj_status gjr_cases_step(const gjr_cases *cases, gjr_sitting *step, uint32_t index,
                         const gjr_event *event);
/* The same for each in turn; here the bytes of the next ones are on their way while one is judged.
 * `on_raised` is called after each step that raised something, what was raised being borrowed until
 * it returns. Stops at the first that fails. */
gj_status gjr_cases_step_all(const gjr_cases *cases, gjr_sitting *step, const gjr_visit *visits,
                             size_t count,
                             void (*on_raised)(void *payload, size_t visit,
                                               const gjr_raised *raised, size_t raised_count),
                             void *payload);

#endif
