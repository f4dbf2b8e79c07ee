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
    while (i < end &&
           (lacks->items[i].bearing == GJR_LACK_IDLE || !is_same(&lacks->items[i], lack))) {
        i++;
    }
    return i < end;
}

/* It stands there, and nothing makes up for it. */
static bool is_settled(const gjr_lacks *lacks, const gjr_lack *lack)
{
    size_t i = 0;
    while (i < lacks->count &&
           (lacks->items[i].bearing != GJR_LACK_BEARS || !is_same(&lacks->items[i], lack))) {
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
    lack.bearing = GJR_LACK_BEARS;
    lack.act = GJR_NONE;
    lacks->items[lacks->count++] = lack;
}

/* ---- what hangs on them ---- */

static bool stands(const gjr_lacks *lacks, size_t end, const gjr_lack *lack)
{
    size_t i = 0;
    while (i < end &&
           (lacks->items[i].bearing != lack->bearing || lacks->items[i].act != lack->act ||
            lacks->items[i].due != lack->due || !is_same(&lacks->items[i], lack))) {
        i++;
    }
    return i < end;
}

/* So of those from `from` on, each once. */
static void bear(gjr_sitting *step, size_t from, gjr_lack_bearing bearing, uint32_t act,
                 gj_instant due)
{
    size_t kept = from, count = gjr_lacks_count(step);
    for (size_t i = from; i < count; i++) {
        gjr_lack lack = step->lacks->items[i];
        lack.bearing = bearing;
        lack.act = act;
        lack.due = due;
        if (!stands(step->lacks, kept, &lack)) {
            step->lacks->items[kept++] = lack;
        }
    }
    if (count > from) {
        step->lacks->count = kept;
    }
}

void gjr_lacks_await(gjr_sitting *step, size_t from, uint32_t act, gj_instant due)
{
    bear(step, from, GJR_LACK_AWAITED, act, due);
}

void gjr_lacks_rest(gjr_sitting *step, size_t from, uint32_t act)
{
    bear(step, from, GJR_LACK_IDLE, act, GJ_NEVER);
}

bool gjr_lacks_awaits(const gjr_sitting *step, uint32_t rule)
{
    for (size_t i = 0; i < gjr_lacks_count(step); i++) {
        if (step->lacks->items[i].rule == rule &&
            step->lacks->items[i].bearing == GJR_LACK_AWAITED) {
            return true;
        }
    }
    return false;
}

/* Of the rule, those that wait: of the act, or before an instant. */
static void drop(gjr_sitting *step, uint32_t rule, uint32_t act, gj_instant at)
{
    size_t kept = 0, count = gjr_lacks_count(step);
    for (size_t i = 0; i < count; i++) {
        const gjr_lack *lack = &step->lacks->items[i];
        bool met = act != GJR_NONE ? lack->act == act : lack->due == GJ_NEVER || at < lack->due;
        if (lack->rule != rule || lack->bearing != GJR_LACK_AWAITED || !met) {
            step->lacks->items[kept++] = *lack;
        }
    }
    if (count > 0) {
        step->lacks->count = kept;
    }
}

void gjr_lacks_follow(gjr_sitting *step, uint32_t rule, gj_instant at)
{
    drop(step, rule, GJR_NONE, at);
}

void gjr_lacks_meet(gjr_sitting *step, uint32_t rule, uint32_t act)
{
    drop(step, rule, act, GJ_NEVER);
}

void gjr_lacks_settle(gjr_sitting *step, uint32_t rule)
{
    for (size_t i = 0; i < gjr_lacks_count(step); i++) {
        gjr_lack *lack = &step->lacks->items[i];
        if (lack->bearing == GJR_LACK_AWAITED && lack->rule == rule && lack->due == GJ_NEVER) {
            lack->bearing = GJR_LACK_BEARS;
        }
    }
}

void gjr_lacks_rouse(gjr_sitting *step, uint32_t rule, uint32_t act)
{
    for (size_t i = 0; i < gjr_lacks_count(step); i++) {
        gjr_lack *lack = &step->lacks->items[i];
        if (lack->bearing == GJR_LACK_IDLE && lack->rule == rule && lack->act == act) {
            lack->bearing = GJR_LACK_BEARS;
        }
    }
}
