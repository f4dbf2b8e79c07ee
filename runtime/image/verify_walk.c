/* SPDX-License-Identifier: Apache-2.0
 *
 * See verify_walk.h. The recursion is as deep as regions are nested, which verify_regions.c has
 * bounded before anything is walked. */
#include "image/verify_walk.h"

#include "image/image.h"

gj_status gjr_walk_init(gjr_walk *walk, const gjr_rows *rows, gjb_arena *arena)
{
    *walk = (gjr_walk){
        .rows = rows,
        .stages = gjb_arena_make(arena, rows->region_count, sizeof(uint32_t)),
        .moved = gjb_arena_make(arena, rows->region_count, sizeof(uint64_t)),
        .done = gjb_arena_make(arena, rows->stage_count, sizeof(uint32_t)),
        .done_since = gjb_arena_make(arena, rows->stage_count, sizeof(uint64_t)),
    };
    bool made = walk->stages != NULL && walk->moved != NULL && walk->done != NULL &&
                walk->done_since != NULL;
    return made ? GJ_OK : GJ_NO_MEMORY;
}

/* ---- where it stands -------------------------------------------------------------------- */

static uint32_t outer_of(const gjr_walk *walk, uint32_t region)
{
    return walk->rows->stages[walk->rows->regions[region].parent].region;
}

/* Since when the region stands where it stands. */
static uint64_t standing_since(const gjr_walk *walk, uint32_t region)
{
    if (region == walk->outermost) {
        return walk->moved[region];
    }
    uint64_t began = standing_since(walk, outer_of(walk, region));
    return walk->moved[region] > began ? walk->moved[region] : began;
}

/* The region's stage, or GJR_NONE where it does not run. */
static uint32_t standing_in(const gjr_walk *walk, uint32_t region)
{
    if (region == walk->outermost) {
        return walk->stages[region];
    }
    uint32_t outer = outer_of(walk, region);
    if (standing_in(walk, outer) != walk->rows->regions[region].parent) {
        return GJR_NONE;
    }
    return walk->moved[region] > standing_since(walk, outer) ? walk->stages[region]
                                                             : walk->rows->regions[region].initial;
}

/* ---- going on --------------------------------------------------------------------------- */

static void move(gjr_walk *walk, uint32_t region, uint32_t stage)
{
    walk->stages[region] = stage;
    walk->moved[region] = ++walk->tick;
}

/* One more of the stage's branches finished; whether these are enough. */
static bool is_joined(gjr_walk *walk, uint32_t stage)
{
    uint64_t since = standing_since(walk, walk->rows->stages[stage].region);
    if (walk->done_since[stage] != since) {
        walk->done_since[stage] = since;
        walk->done[stage] = 0;
    }
    return ++walk->done[stage] >= walk->rows->stages[stage].need;
}

static void arrive(gjr_walk *walk, uint32_t stage)
{
    uint32_t region = walk->rows->stages[stage].region;
    move(walk, region, stage);
    while ((walk->rows->stages[stage].flags & GJR_STAGE_FINAL) != 0 && region != walk->outermost) {
        uint32_t parent = walk->rows->regions[region].parent;
        if (!is_joined(walk, parent)) {
            return;
        }
        stage = walk->rows->stages[parent].join;
        region = walk->rows->stages[stage].region;
        move(walk, region, stage);
    }
}

/* False where the act is not expected, leads nowhere, or out of where the walk began. */
static bool take(gjr_walk *walk, uint32_t transition)
{
    const gjr_transition *row = &walk->rows->transitions[transition];
    uint32_t region = walk->rows->stages[row->stage].region;
    if (row->target == GJR_NONE || !gjr_rows_is_within(walk->rows, region, walk->outermost) ||
        !gjr_rows_is_within(walk->rows, walk->rows->stages[row->target].region, walk->outermost) ||
        standing_in(walk, region) != row->stage) {
        return false;
    }
    arrive(walk, row->target);
    return true;
}

static bool take_all(gjr_walk *walk, uint32_t from, uint32_t first, uint32_t count)
{
    walk->outermost = walk->rows->stages[from].region;
    move(walk, walk->outermost, from);
    for (uint32_t i = first; i < first + count; i++) {
        if (!take(walk, walk->rows->steps[i].transition)) {
            return false;
        }
    }
    return true;
}

/* ---- the questions ---------------------------------------------------------------------- */

bool gjr_walk_leads(gjr_walk *walk, uint32_t from, uint32_t first, uint32_t count, uint32_t stage)
{
    uint32_t region = walk->rows->stages[stage].region;
    return gjr_rows_is_within(walk->rows, region, walk->rows->stages[from].region) &&
           take_all(walk, from, first, count) && standing_in(walk, region) == stage;
}

bool gjr_walk_reaches(gjr_walk *walk, uint32_t from, uint32_t first, uint32_t count,
                      uint32_t transition)
{
    if (transition == GJR_NONE) {
        return take_all(walk, from, first, count) &&
               (walk->rows->stages[walk->stages[walk->outermost]].flags & GJR_STAGE_FINAL) != 0;
    }
    const gjr_transition *last = &walk->rows->transitions[transition];
    return walk->rows->steps[first + count - 1].transition == transition &&
           take_all(walk, from, first, count - 1) &&
           standing_in(walk, walk->rows->stages[last->stage].region) == last->stage;
}
