/* SPDX-License-Identifier: Apache-2.0
 *
 * See revise.h. */
#include "judge/revise.h"

#include <stdlib.h>
#include <string.h>

static const uint32_t none = UINT32_MAX;

static int by_index(const void *a, const void *b)
{
    const gjr_found *left = a, *right = b;
    return (left->index > right->index) - (left->index < right->index);
}

static int by_id(const void *a, const void *b)
{
    int order = strcmp(((const gjr_found *)a)->id, ((const gjr_found *)b)->id);
    return order != 0 ? order : by_index(a, b);
}

static void sort(gjr_found *held, size_t count, int (*compare)(const void *, const void *))
{
    if (count > 1) {
        qsort(held, count, sizeof *held, compare);
    }
}

/* Both sorted by id. */
static void match(gjr_found *before, size_t before_count, gjr_found *after, size_t after_count)
{
    for (size_t i = 0, j = 0; i < before_count && j < after_count;) {
        int order = strcmp(before[i].id, after[j].id);
        if (order == 0) {
            before[i].twin = after[j].index;
            after[j].twin = before[i].index;
        }
        i += order <= 0 ? 1 : 0;
        j += order >= 0 ? 1 : 0;
    }
}

static void twins_find(gjr_found *before, size_t before_count, gjr_found *after, size_t after_count)
{
    for (size_t i = 0; i < before_count; i++) {
        before[i].twin = none;
    }
    for (size_t i = 0; i < after_count; i++) {
        after[i].twin = none;
    }
    sort(before, before_count, by_id);
    sort(after, after_count, by_id);
    match(before, before_count, after, after_count);
    sort(before, before_count, by_index);
    sort(after, after_count, by_index);
}

void gjr_revise(const gjr_revising *with)
{
    const gjr_found *before = with->before, *after = with->after;
    bool goes_on = true;
    twins_find(with->before, with->before_count, with->after, with->after_count);
    for (uint32_t i = 0; i < with->before_count && goes_on; i++) {
        if (before[i].twin == none) {
            goes_on = with->on_change(with->payload, GJ_FINDING_WITHDRAWN, i, none);
        }
    }
    for (uint32_t i = 0; i < with->after_count && goes_on; i++) {
        uint32_t twin = after[i].twin;
        if (twin != none && !with->is_same(with->payload, twin, i)) {
            goes_on = with->on_change(with->payload, GJ_FINDING_CHANGED, twin, i);
        }
    }
    for (uint32_t i = 0; i < with->after_count && goes_on; i++) {
        if (after[i].twin == none) {
            goes_on = with->on_change(with->payload, GJ_FINDING_ADDED, none, i);
        }
    }
}
