/* SPDX-License-Identifier: Apache-2.0
 *
 * See custody.h. */
#include "judge/custody.h"

void gjr_custody_init(gjr_custody *custody, const gj_allocator *allocator)
{
    *custody = (gjr_custody){.allocator = allocator};
}

void gjr_custody_deinit(gjr_custody *custody)
{
    gjb_alloc_destroy(custody->allocator, custody->items, custody->capacity,
                      sizeof *custody->items);
    *custody = (gjr_custody){0};
}

void gjr_custody_reset(gjr_custody *custody)
{
    custody->count = 0;
}

static bool grow(gjr_custody *custody)
{
    size_t capacity = custody->capacity == 0 ? 8 : custody->capacity * 2;
    gjr_passing *items = gjb_alloc_resize(custody->allocator, custody->items, custody->capacity,
                                          capacity, sizeof *items);
    if (items == NULL) {
        return false;
    }
    custody->items = items;
    custody->capacity = capacity;
    return true;
}

/* What the law does where time has been already, it does then. */
void gjr_custody_take(gjr_sitting *step, const gjr_passing *passing)
{
    gjr_custody *custody = step->custody;
    if (custody->count == custody->capacity && !grow(custody)) {
        step->no_memory = true;
        return;
    }
    gj_instant before = custody->count > 0 ? custody->items[custody->count - 1].at : passing->at;
    gjr_passing *kept = &custody->items[custody->count++];
    *kept = *passing;
    kept->at = kept->at < before ? before : kept->at;
}
