/* SPDX-License-Identifier: Apache-2.0
 *
 * See lacks.h. */
#include "judge/lacks.h"

void gjr_lacks_init(gjr_lacks *lacks, const gj_allocator *allocator)
{
    *lacks = (gjr_lacks){.allocator = allocator};
}

void gjr_lacks_deinit(gjr_lacks *lacks)
{
    gjb_alloc_destroy(lacks->allocator, lacks->items, lacks->capacity, sizeof *lacks->items);
    *lacks = (gjr_lacks){0};
}

void gjr_lacks_reset(gjr_lacks *lacks)
{
    lacks->count = 0;
}

static bool grow(gjr_lacks *lacks)
{
    size_t capacity = lacks->capacity == 0 ? 8 : lacks->capacity * 2;
    gjr_lack *items =
        gjb_alloc_resize(lacks->allocator, lacks->items, lacks->capacity, capacity, sizeof *items);
    if (items == NULL) {
        return false;
    }
    lacks->items = items;
    lacks->capacity = capacity;
    return true;
}

static bool is_same(const gjr_lack *a, const gjr_lack *b)
{
    return a->rule == b->rule && a->kind == b->kind && a->field == b->field;
}

bool gjr_lacks_has(const gjr_lacks *lacks, size_t end, const gjr_lack *lack)
{
    size_t i = 0;
    while (i < end && !is_same(&lacks->items[i], lack)) {
        i++;
    }
    return i < end;
}

/* It stands there, and nothing that follows an act makes up for it. */
static bool is_settled(const gjr_lacks *lacks, const gjr_lack *lack)
{
    size_t i = 0;
    while (i < lacks->count && (lacks->items[i].is_followed || !is_same(&lacks->items[i], lack))) {
        i++;
    }
    return i < lacks->count;
}

void gjr_lacks_take(gjr_sitting *step, gjr_lack lack)
{
    gjr_lacks *lacks = step->lacks;
    if (lacks == NULL || is_settled(lacks, &lack)) {
        return;
    }
    if (lacks->count == lacks->capacity && !grow(lacks)) {
        step->no_memory = true;
        return;
    }
    lacks->items[lacks->count++] = lack;
}

void gjr_lacks_await(gjr_sitting *step, size_t from, gj_instant due)
{
    for (size_t i = from; i < gjr_lacks_count(step); i++) {
        step->lacks->items[i].is_followed = true;
        step->lacks->items[i].due = due;
    }
}

bool gjr_lacks_awaits(const gjr_sitting *step, uint32_t rule)
{
    for (size_t i = 0; i < gjr_lacks_count(step); i++) {
        if (step->lacks->items[i].rule == rule && step->lacks->items[i].is_followed) {
            return true;
        }
    }
    return false;
}

void gjr_lacks_follow(gjr_sitting *step, uint32_t rule, gj_instant at)
{
    size_t kept = 0, count = gjr_lacks_count(step);
    for (size_t i = 0; i < count; i++) {
        const gjr_lack *lack = &step->lacks->items[i];
        bool in_time = lack->due == GJ_NEVER || at < lack->due;
        if (lack->rule != rule || !lack->is_followed || !in_time) {
            step->lacks->items[kept++] = *lack;
        }
    }
    if (count > 0) {
        step->lacks->count = kept;
    }
}

void gjr_lacks_settle(gjr_sitting *step, uint32_t rule)
{
    for (size_t i = 0; i < gjr_lacks_count(step); i++) {
        gjr_lack *lack = &step->lacks->items[i];
        lack->is_followed = lack->is_followed && (lack->rule != rule || lack->due != GJ_NEVER);
    }
}
